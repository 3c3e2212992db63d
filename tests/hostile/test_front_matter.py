"""Front matter as attack: each command tells of every post within seconds, and runs nothing of it."""

import json

import pytest

from editor import cli
from editor.errors import NotEditable
from editor.post.front_matter import read
from editor.settings import Settings
from editor.site.find import open_site
from tests.hostile import sites
from tests.hostile.fuzz import TARGETS, run, within
from tests.hostile.test_patterns import RUNS

SECONDS = 10.0
"""Of the processor, for all posts of a site together."""


@pytest.fixture
def site(request, tmp_path):
    root, mark = tmp_path / "site", tmp_path / "mark"
    root.mkdir()
    posts = sites.make(request.param, root, mark)
    yield root, posts
    assert not mark.exists()


@pytest.mark.parametrize("site", sites.SITES, indirect=True)
def test_every_post_is_told_of(site, capsys, monkeypatch):
    root, posts = site
    monkeypatch.chdir(root)
    with within(SECONDS):
        assert cli.run(["posts", "--json"]) == 0
    listed = json.loads(capsys.readouterr().out)
    assert {root / post["path"] for post in listed} >= set(posts)
    with within(2 * SECONDS):
        assert cli.run(["check", "--format", "json"]) in (0, 1)
    assert json.loads(capsys.readouterr().out)
    with within(SECONDS):
        assert cli.run(["meta", "--json", *map(str, posts)]) in (0, 1)
    out, err = capsys.readouterr()
    told = {line.partition(":")[0] for line in err.splitlines()}
    known = json.loads(out)
    assert len(told) + len(known) == len(posts)
    assert all(len(line) < 2000 for line in err.splitlines())


@pytest.mark.parametrize("site", ["mkdocs-material", "jekyll", "zola"], indirect=True)
def test_a_field_of_each_can_be_set_or_that_is_refused(site):
    root, posts = site
    opened = open_site(root, Settings.load(), trust=False)
    for post in posts:
        before = post.read_bytes()
        with within(SECONDS):
            status = cli.run(["meta", str(post), "--set", "subtitle=x", "--site", str(opened.root)])
        assert (post.read_bytes() == before) is (status == 1), post


@pytest.mark.parametrize("target", TARGETS)
def test_random_texts(target):
    run(target, 40, 7)


CONFIGURATIONS = {
    "mkdocs.yml": sites.YAML,
    "_config.yml": sites.YAML,
    "hugo.toml": sites.TOML,
    "config.toml": sites.TOML,
    "hugo.json": {name: f"{{{text}}}" for name, text in sites.JSON.items()},
    "copydesk.toml": sites.TOML,
    ".pages.yml": sites.YAML,
    "pyproject.toml": sites.TOML,
    "pelicanconf.py": {
        "deep": "PATH = " + "[" * 90 + "]" * 90 + "\nX = " + "(" * 5000,
        "long sum": "PATH = " + "+".join(["'a'"] * 5000),
        "power": "PATH = 'a' * 10 ** 12\nB = 9 ** 9 ** 9 ** 9\nC = 1 << 10 ** 10\nD = '%1000000000d' % 1\nE = f'{1:>1000000000}'",
        "doubled": "a = ['x']\n" + "a = a + a\n" * 60 + "PATH = a\n",
        "endless": "while True: pass\nPATH = [x for x in iter(int, 1)]\n",
        "NUL": "PATH = 'a\0b'\n",
    },
}  # fmt: skip


@pytest.mark.parametrize("name", CONFIGURATIONS)
def test_a_configuration_is_read_or_refused(name, tmp_path, capsys):
    for number, text in enumerate(CONFIGURATIONS[name].values()):
        root = tmp_path / str(number)
        (root / ".git").mkdir(parents=True)
        (root / "post.md").write_text("# Hello\n")
        beginning = {"config.toml": 'base_url = "https://x.org"\n', "mkdocs.yml": "site_name: x\n"}.get(
            name, ""
        )
        (root / name).write_bytes((beginning + text.replace("MARK", str(root / "mark"))).encode("utf-8"))
        with within(SECONDS):
            status = cli.run(["info", str(root), "--json"])
        _out, err = capsys.readouterr()
        assert status == 0 or err.count("\n") == 1, (number, err[:300])
        assert not (root / "mark").exists()
        with within(SECONDS):
            cli.run(["check", str(root)])
        capsys.readouterr()


LONG = {
    "yaml": ("mkdocs-material", "---\ntitle: {}\n---\n\nx\n"),
    "yaml in quotes": ("mkdocs-material", '---\ntitle: "{}"\n---\n\nx\n'),
    "yaml key": ("hugo", "---\n{}: x\n---\n\nx\n"),
    "toml": ("zola", "+++\ntitle = '{}'\n+++\n\nx\n"),
    "json": ("hugo", '{{"title": "{}"}}\n\nx\n'),
    "pelican": ("pelican", "Title: {}\n\nx\n"),
    "nikola": ("nikola", ".. title: {}\n\nx\n"),
    "hexo": ("hexo", "title: {}\n---\n\nx\n"),
}


@pytest.mark.parametrize("name", LONG)
def test_a_line_of_ten_megabytes(name):
    reader, shape = LONG[name]
    text = shape.format("x " * (5 * 1024 * 1024))
    with within(4):
        found = read(text, reader)
        assert found.problem is None or found.problem.message
        assert found.end <= len(text)


AROUND = {
    "yaml": ("mkdocs-material", [("---\n", "\n---\nx"), ("---\ntitle: ", "\n---\n"), ('---\ntitle: "', "\n---\n"),
                                 ("---\ntags: [", "\n---\n"), ("---\n", "")]),
    "toml": ("zola", [("+++\n", "\n+++\nx"), ("+++\ntitle = ", "\n+++\n"), ('+++\ntitle = "', "\n+++\n"),
                      ("+++\ntags = [", "\n+++\n"), ("+++\n", "")]),
    "json": ("hugo", [("{", "}\n"), ('{"a": "', "\n}\n"), ('{"a": [', "]}\n"), ('{"a":', "")]),
    "pelican": ("pelican", [("Title: ", "\n"), ("", "")]),
    "multimarkdown": ("mkdocs", [("title: ", "\n\nx"), ("", "")]),
    "nikola": ("nikola", [(".. title: ", "\n\nx"), ("<!--\n.. title: ", ""), ("", "")]),
    "hexo": ("hexo", [("", "\n---\n"), ("title: ", "\n---\nx"), ('"a": "', ";;;\n")]),
    "content": (None, [("", "")]),
}  # fmt: skip
MORE_RUNS = (
    '\\"', "\\\\", "''", '""', '"""', "'''", "a = ", "a=1,", "{a=", "[[", "]]", "[a]\n", "a.", "? ", "- - ", "&a ", "*a ", "!x ", "| ",
    "# ", "\r", "\n", "\r\n", " \n", "a\n", "---\n", "+++\n", ";;;\n", "...\n", ".. ", ".. a: ", "}", "{}", ",", "%", "1:", "0x",
    "_1", '"a" ', "a:\n", "a: b\n", "a: b\nc: d\n", "  - ", "key: value\n", "    x\n", ": ", "\ufeff", "\u2028", "<<: ",
)  # fmt: skip


@pytest.mark.parametrize("name", AROUND)
def test_runs_of_every_sign(name):
    """Where a reader looks at the rest for each of them, twenty kilobytes take seconds, and a hundred minutes."""
    reader, ways = AROUND[name]
    for run_of in (*RUNS, *MORE_RUNS):
        for before, behind in ways:
            with within(1.5):
                read(before + run_of * (20_000 // len(run_of)) + behind, reader)


def test_the_last_field_does_not_make_fields_of_the_page():
    """Behind it, what stands between dashes is text."""
    found = read("title: x\n---\nKey: value\n---", "mkdocs")
    assert list(found.values) == ["title"]
    with pytest.raises(NotEditable):
        found.unset("title")
    assert found.set("title", "y").apply(found.text) == "title: y\n---\nKey: value\n---"


def test_many_keys_each_of_them_twice():
    for reader, line in (("pelican", "Key{}: x\n"), ("mkdocs", "key{}: x\n"), ("nikola", ".. key{}: x\n")):
        text = "".join(line.format(number % 2000) for number in range(4000))
        with within(3):
            read(text, reader)
