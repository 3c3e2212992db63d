import json
import os
import re
import subprocess
from pathlib import Path

import pytest

from editor.cli import run

FAULTY = "---\ntitle: 12:30\ndate: '2024-01-31'\n---\n\nWords.\n"
FINE = "---\ndate: 2024-01-31\n---\n\n# A heading\n"


@pytest.fixture
def blog(site_copy, monkeypatch) -> Path:
    """Give a blog without a fault, in which the tests run."""
    site = site_copy("small-blog")
    (site / "docs/posts/hostile.md").unlink()
    monkeypatch.chdir(site)
    return site


def write(path: Path, text: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_a_site_without_a_fault_says_nothing(blog, capsys):
    assert run(["check"]) == 0
    assert capsys.readouterr() == ("", "")


def test_a_line_for_each(blog, capsys):
    write(blog / "docs/posts/bad.md", FAULTY)
    assert run(["check"]) == 1
    captured = capsys.readouterr()
    assert captured.err == ""
    first, second = captured.out.splitlines()
    assert first.startswith("docs/posts/bad.md:2:8: error: ")
    assert second.startswith("docs/posts/bad.md:3:7: error: ")
    assert second.endswith(" [wrong-type]")


def test_one_file_from_elsewhere_is_named_as_in_its_site(blog, capsys, monkeypatch):
    path = write(blog / "docs/posts/bad.md", FAULTY)
    write(blog / "docs/posts/worse.md", FAULTY)
    monkeypatch.chdir(blog.parent)
    assert run(["check", str(path)]) == 1
    assert all(line.startswith("docs/posts/bad.md:") for line in capsys.readouterr().out.splitlines())


def test_json(blog, capsys):
    write(blog / "docs/posts/bad.md", FAULTY)
    assert run(["check", "--format", "json"]) == 1
    first, second = json.loads(capsys.readouterr().out)
    assert second == {
        "path": "docs/posts/bad.md",
        "line": 3,
        "column": 7,
        "end_line": 3,
        "end_column": 19,
        "code": "wrong-type",
        "severity": "error",
        "message": second["message"],
        "fix": "Take the quotes away",
    }
    assert first["line"] == 2


def test_json_of_nothing_is_a_list(blog, capsys):
    assert run(["check", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out) == []


def test_github(blog, capsys):
    write(blog / "docs/posts/a, 100%: b.md", FAULTY)
    assert run(["check", "--format", "github"]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[1].startswith(
        "::error file=docs/posts/a%2C 100%25%3A b.md,line=3,col=7,endLine=3,endColumn=19,title=wrong-type::"
    )
    assert all(re.fullmatch(r"::(error|warning|notice) [^\n]+::[^\n]+", line) for line in lines)


def test_warnings_fail_where_they_are_asked_to(blog, capsys):
    write(blog / "docs/posts/bad.md", FINE.replace("---\n\n", "catgories: [a]\n---\n\n"))
    assert run(["check"]) == 0
    assert run(["check", "--strict"]) == 1
    assert ": warning: " in capsys.readouterr().out


def test_notes_never_fail(blog, capsys):
    for number in range(9):
        write(
            blog / f"docs/posts/n{number}.md",
            FINE.replace("date:", f"slug: n{number}\ntags: [Python]\ndate:"),
        )
    write(blog / "docs/posts/bad.md", FINE.replace("date:", "tags: [python]\ndate:"))
    assert run(["check", "--strict"]) == 0
    assert ": info: " in capsys.readouterr().out


def test_a_folder_that_is_no_site_is_walked(tmp_path, capsys):
    write(tmp_path / "a/b/one.md", "---\ndraft: 'true'\n---\n")
    write(tmp_path / "a/two.markdown", "---\ntitle: 'x\n---\n")
    for name in ("a/readme.txt", "a/node_modules/x.md", "a/.hidden/x.md", "a/venv/pyvenv.cfg"):
        write(tmp_path / name, "---\ndraft: 'true'\n---\n")
    write(tmp_path / "a/venv/x.md", "---\ndraft: 'true'\n---\n")
    assert run(["check", str(tmp_path / "a")]) == 1
    names = [line.split(":")[0] for line in capsys.readouterr().out.splitlines()]
    assert names == ["two.markdown", "b/one.md"]


def test_a_file_that_can_t_be_read_does_not_stop_the_others(blog, capsys):
    write(blog / "docs/posts/latin.md", b"---\ntitle: caf\xe9\n---\n")
    write(blog / "docs/posts/bad.md", FAULTY)
    assert run(["check", "docs/posts/latin.md", "docs/posts/gone.md", "docs/posts/bad.md"]) == 1
    captured = capsys.readouterr()
    assert [line.split(":")[0] for line in captured.err.splitlines()] == [
        "docs/posts/latin.md",
        "docs/posts/gone.md",
    ]
    assert captured.out.startswith("docs/posts/bad.md:2:8:")


def test_a_site_that_is_not_there(capsys, tmp_path):
    assert run(["check", "--site", str(tmp_path / "gone"), str(tmp_path)]) == 1
    assert capsys.readouterr().err.startswith(str(tmp_path / "gone"))


def test_wrong_usage_is_2(capsys):
    with pytest.raises(SystemExit) as ended:
        run(["check", "--format", "xml"])
    assert ended.value.code == 2
    assert "--format" in capsys.readouterr().err


def test_it_holds_a_commit_back(blog):
    """The hook of the README, with the real git."""
    package = Path(__file__).resolve().parents[2]
    environment = {**os.environ, "PYTHONPATH": str(package)}

    def git(*arguments: str) -> int:
        return subprocess.run(
            ["git", *arguments], cwd=blog, env=environment, capture_output=True, check=False
        ).returncode

    assert git("init") == 0
    hook = write(
        blog / ".git/hooks/pre-commit",
        "#!/bin/sh\npython -m editor check --staged\n",
    )
    hook.chmod(0o755)
    environment["PATH"] = os.pathsep.join([str(Path(os.sys.executable).parent), environment["PATH"]])
    assert git("add", "-A") == 0
    assert git("commit", "-m", "fine") == 0
    bad = write(blog / "docs/posts/a bad one.md", FAULTY)
    assert git("add", "-A") == 0
    assert git("commit", "-m", "not fine") != 0
    write(bad, FINE)
    assert git("add", "-A") == 0
    assert git("commit", "-m", "mended") == 0


def test_real_posts_bring_no_traceback(corpus, capsys):
    blogs = [blog for blog in sorted(corpus.glob("posts/*/*")) if blog.is_dir()]
    posts = [str(post) for blog in blogs for post in sorted(blog.rglob("*.m*"))[:3]]  # .md, .markdown, .mdx
    assert run(["check", *posts, "--format", "json"]) == 1
    captured = capsys.readouterr()
    assert captured.err == ""
    found = json.loads(captured.out)
    errors = [each for each in found if each["severity"] == "error"]
    assert len(errors) < 10, "most of these blogs are published as they are"
    assert {each["code"] for each in found} >= {"unreadable-front-matter"}


def test_what_the_site_leaves_out_does_not_fail(blog, capsys):
    write(blog / "docs/posts/bad.md", FAULTY)
    write(blog / "copydesk.toml", '[check.severity]\nwrong-type = "warning"\nread-otherwise = "off"\n')
    assert run(["check"]) == 0
    [line] = [line for line in capsys.readouterr().out.splitlines() if "wrong-type" in line and ":3:" in line]
    assert ": warning: " in line
    assert run(["check", "--strict"]) == 1
    assert "read-otherwise" not in capsys.readouterr().out


def test_what_posts_are_made_of_is_let_be(tmp_path, capsys):
    mould = '---\ntitle: "{{ replace .Name "-" " " | title }}"\ndate: {{ .Date }}\n---\n'
    hugo, hexo = tmp_path / "hugo", tmp_path / "hexo"
    write(hugo / "hugo.toml", 'baseURL = "https://example.org/"\n')
    write(hexo / "_config.yml", "title: A\nscaffold_dir: scaffolds\nnew_post_name: :title.md\n")
    write(hugo / "archetypes/default.md", mould)
    write(hugo / "themes/t/archetypes/default.md", mould)
    write(hexo / "scaffolds/post.md", "---\ntitle: {{ title }}\ndate: {{ date }}\n---\n")
    assert run(["check", str(hugo), str(hexo), str(hugo / "archetypes/default.md")]) == 0
    assert capsys.readouterr() == ("", "")
    write(hugo / "content/archetypes/a.md", mould)  # pages about archetypes
    assert run(["check", str(hugo)]) == 1
    assert capsys.readouterr().out.startswith("content/archetypes/a.md:2:")


def test_eleventy_s_words_for_dates_are_dates(tmp_path, capsys):
    write(tmp_path / ".eleventy.js", "module.exports = () => ({});\n")
    path = write(tmp_path / "a.md", "---\ntitle: A\ndate: 2024-01-31\n---\n")
    assert run(["meta", str(path), "--set", "date=git Last Modified"]) == 0
    assert "date: git Last Modified\n" in path.read_text("utf-8")
    assert run(["check", str(tmp_path)]) == 0
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("files", "post"),
    [
        ({"astro.config.mjs": "export default {};\n"}, "src/content/blog/a.md"),
        ({"_config.yml": "title: A\nnew_post_name: :title.md\ntheme: next\n"}, "source/_posts/a.md"),
    ],
)
@pytest.mark.parametrize("date", ["'Jul 08 2022'", "2013/7/13 20:46:25"])
def test_dates_as_javascript_reads_them(tmp_path, capsys, files, post, date):
    for name, text in files.items():
        write(tmp_path / name, text)
    path = write(tmp_path / post, f"---\ntitle: A\ndate: {date}\npubDate: {date}\nupdated: {date}\n---\n")
    assert run(["check", str(tmp_path)]) == 0
    assert capsys.readouterr() == ("", "")
    assert run(["meta", str(path), "--set", "date=8 Feb 2023"]) == 0
    assert "8 Feb 2023" in path.read_text("utf-8")


def test_the_file_beside_a_post_of_nikola_is_the_one_that_is_looked_at(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "conf.py", "BLOG_TITLE = 'x'\nPOSTS = (('posts/*.md', 'posts', 'post.tmpl'),)\n")
    write(tmp_path / "posts/a.md", "Words.\n")
    meta = write(tmp_path / "posts/a.meta", ".. title: One\n.. date: garbage\n")
    assert run(["check"]) == 1
    assert capsys.readouterr().out.startswith("posts/a.meta:2:10: error: ")
    write(meta, ".. title: One\n.. date: 2024-01-31\n")
    assert run(["check", "posts/a.md"]) == 0
    assert capsys.readouterr() == ("", "")


def test_both_files_of_a_post_of_nikola_are_checked_each_by_its_own_rules(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "conf.py", "BLOG_TITLE = 'x'\nPOSTS = (('posts/*.md', 'posts', 'post.tmpl'),)\n")
    write(tmp_path / "posts/a.md", "Words.\n\nA [tract](github.com/a/b).\n")
    write(tmp_path / "posts/a.meta", ".. title: One\n.. date: garbage\n")
    assert run(["check", "--format", "json"]) == 1
    found = json.loads(capsys.readouterr().out)
    assert [(each["path"], each["line"], each["code"]) for each in found] == [
        ("posts/a.meta", 2, "wrong-type"),
        ("posts/a.md", 3, "missing-scheme"),
    ]
