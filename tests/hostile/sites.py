"""A small site of every generator, and posts for it whose front matter means harm."""

from itertools import pairwise
from pathlib import Path

DEEP = 20_000
_MATERIAL = "site_name: x\ntheme: {name: material}\nplugins: [blog]\n"
_NIKOLA = (
    "BLOG_TITLE='x'\nPOSTS=(('posts/*.md','posts','post.tmpl'),)\nPAGES=()\nCOMPILERS={'markdown':('.md',)}\n"
)
_ASTRO = {"astro.config.mjs": "export default {};\n", "package.json": '{"dependencies":{"astro":"4"}}'}
_HEXO = {
    "_config.yml": "title: x\nsource_dir: source\nnew_post_name: :title.md\n",
    "package.json": '{"hexo":{}}',
}
_FENCED = "---\n{}\n---\n\nx\n"

SITES: dict[str, tuple[dict[str, str], str, str]] = {
    "mkdocs-material": ({"mkdocs.yml": _MATERIAL}, "docs/blog/posts/", _FENCED),
    "mkdocs": ({"mkdocs.yml": "site_name: x\n"}, "docs/", _FENCED),
    "pelican": ({"pelicanconf.py": "SITENAME='x'\nPATH='content'\n"}, "content/", "Title: T\n{}\n\nx\n"),
    "pelican yaml": (
        {"pelicanconf.py": "PATH='content'\nPLUGINS=['yaml_metadata']\n"},
        "content/",
        _FENCED,
    ),
    "nikola": ({"conf.py": _NIKOLA}, "posts/", _FENCED),
    "nikola toml": ({"conf.py": _NIKOLA}, "posts/", "+++\n{}\n+++\n\nx\n"),
    "hugo": ({"hugo.toml": "title='x'\n"}, "content/posts/", _FENCED),
    "hugo toml": ({"hugo.toml": "title='x'\n"}, "content/posts/", "+++\n{}\n+++\n\nx\n"),
    "hugo json": ({"hugo.toml": "title='x'\n"}, "content/posts/", "{{\n{}\n}}\n\nx\n"),
    "jekyll": ({"_config.yml": "title: x\n"}, "_posts/2024-01-01-", _FENCED),
    "eleventy": ({"eleventy.config.js": "module.exports = function(c){};\n"}, "posts/", _FENCED),
    "zola": ({"config.toml": "base_url='https://x.org'\n"}, "content/", "+++\n{}\n+++\n\nx\n"),
    "astro": ({**_ASTRO, "src/content.config.ts": "x"}, "src/content/blog/", _FENCED),
    "hexo": ({**_HEXO, "source/_posts/.keep": ""}, "source/_posts/", _FENCED),
    "plain": ({}, "", _FENCED),
}
"""Name -> its configuration, where its posts stand, and what one looks like around its fields."""


def _bomb(shape: str) -> str:
    names = "abcdefghijklm"
    lines = [f"a: &a {shape.format('x, y')}"]
    for before, name in pairwise(names):
        lines.append(f"{name}: &{name} {shape.format(', '.join([f'*{before}'] * 9))}")
    return "\n".join([*lines, "tags: *m", "title: *m", "date: *m"])


YAML = {
    "deep list": "title: " + "[" * DEEP + "]" * DEEP,
    "deep list over lines": "title: " + "[\n " * 100_000 + "]\n" * 100_000,
    "list without end": "title: " + "[" * DEEP,
    "deep map": "title: " + "{a: " * DEEP,
    "deep dashes": "title:\n " + "- " * DEEP + "x",
    "deep keys": "? " * DEEP,
    "bomb": _bomb("[{}]"),
    "bomb of merges": _bomb("{{<<: [{}]}}").replace("x, y", "{q: 1}"),
    "itself": "title: &a [*a]\ntags: *a\ndate: *a",
    "before the year 1": "title: x\ndate: 0001-01-01T00:00:00+14:00",
    "behind the year 9999": "title: x\ndate: 9999-12-31 23:59:59-14:00",
    "the last day": "title: x\ndate: 9999-12-31",
    "the first day": "title: x\ndate: 0001-01-01",
    "base 60 float": "title: " + "1:" * 400 + "1.5",
    "base 60": "title: " + ":".join(["1"] * 100_000),
    "long number": "title: " + "9" * 5000 + "\ndate: " + "9" * 5000,
    "no number": "title: .inf\ndate: .nan\ntags: .inf",
    "python call": "title: !!python/object/apply:os.mkdir [MARK]",
    "python new": "title: !!python/object/new:os.mkdir [MARK]",
    "python name": "title: !!python/name:os.system\ndate: !!python/module:os",
    "tags that do not fit": "title: !!bool maybe\ndate: !!timestamp x\ntags: !!int z\nslug: !!binary '%'",
    "NUL": "title: a\0b",
    "escapes": 'title: "\\0\\ud800\\x1b"\ndate: "\\0"\nslug: "\\ud83d"',
    "keys": "[a]: b\n{c: d}: e\n? [x]\n: y",
    "kinds": "title: {a: [1]}\ndate: [1]\ntags: {x: 1}\ncategories: 5\ndraft: []\nslug: [a]\nauthors: 7\naliases: {}\nlinks: 3",
    "ways out": "title: \"\u202egnp.exe\"\nslug: ../../../etc/passwd\npermalink: //h/%2e%2e/\nurl: file:///etc/passwd\nlayout: ../../x",
    "huge dates": "title: 1\ndate: 99999999999999999999\nexpiryDate: 1e300\nlastmod: -99999999999999999999",
    "long title": "title: " + "x" * 300_000,
}  # fmt: skip
TOML = {
    "deep": "title = " + "[" * DEEP + "]" * DEEP,
    "dotted": "title = 1\n" + "a." * 100_000 + "b = 1",
    "dotted table": "title = 1\n[" + "a . " * 100_000 + "b]",
    "long number": "title = " + "9" * 5000,
    "no number": "title = inf\ndate = nan\ntags = 1e999999",
    "before the year 1": 'title = "x"\ndate = 0001-01-01T00:00:00+14:00',
    "behind the year 9999": 'title = "x"\ndate = 9999-12-31T23:59:59-14:00',
    "times": "title = 10:00:00\ndate = 10:00:00",
    "kinds": "title = {a=[1]}\ndate = [1]\ntags = {x=1}\nslug = [1]\ndraft = 3\n[taxonomies]\ntags = 5",
    "tables": "taxonomies = 5\nextra = 3\nauthors = 1",
}
JSON = {
    "deep": '"title":' + "[" * DEEP + "]" * DEEP,
    "deep map": '"a":{' * DEEP + "}" * DEEP,
    "long number": '"title":' + "9" * 5000,
    "no number": '"title":1e99999,"date":NaN,"tags":-Infinity',
    "kinds": '"title":{"a":[1]},"date":[1],"tags":{"x":1},"slug":[],"draft":3',
    "escapes": '"title":"\\u0000","date":"\\ud800"',
    "twice": '"title":1,"title":2',
}
LINES = {
    "long number": "Date: " + "9" * 5000,
    "before the year 1": "Date: 0001-01-01 00:00+14:00",
    "behind the year 9999": "Date: 9999-12-31T23:59:59-14:00\nModified: 0001-01-01T00:00+14:00",
    "many lines": "Tags: a\n" + "    b\n" * 20_000,
    "many keys": "".join(f"Key{n}: v\n" for n in range(5_000)),
    "colons": ":" * 100_000,
    "NUL": "Slug: ../../../etc/passwd\nDate: x\0y",
    "ways out": "Save_as: /etc/passwd\nUrl: javascript:alert(1)\nStatus: " + "d" * 10_000,
}


def make(name: str, folder: Path, mark: Path) -> list[Path]:
    """Make the site `name` in `folder` with a post for each attack, and return those; `mark` must not come up."""
    files, place, shape = SITES[name]
    for path, text in {**files, ".git/HEAD": "ref: refs/heads/main\n"}.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, "utf-8")
    words = name.partition(" ")[2] or {"pelican": "lines", "zola": "toml"}.get(name, "yaml")
    posts = []
    for number, fields in enumerate(
        {"yaml": YAML, "toml": TOML, "json": JSON, "lines": LINES}[words].values()
    ):
        post = folder / f"{place}post-{number}.md"
        post.parent.mkdir(parents=True, exist_ok=True)
        post.write_bytes(shape.format(fields.replace("MARK", str(mark))).encode("utf-8"))
        posts.append(post)
    return posts
