"""The preview is what Eleventy and Hexo publish: posts with all that Markdown has, and the real generators."""

import pytest

from tests.end_to_end.published.__main__ import outcomes, published
from tests.end_to_end.published.programs import GeneratorError

BASICS = """# Head *line* & "quotes"

A paragraph with **strong**, `code`, a [link](https://example.com/a?b=c&d=e "Title"), ![a picture](p.png),
an entity &copy; and a
hard break.\\
Here it's -- broken...

## Head line

- one
- two
    - nested

      more

1. first
2. second

> quoted
> text
lazy

| a | b |
|:--|--:|
| 1 | `|` |

---

<div class="x">

*inside*

</div>

Text with <b>raw</b> HTML and a [reference][r] and [none].

[r]: /somewhere 'A title'

## Head line
"""
CODE = """Text

```
plain text
  indented <b>
```

~~~
tildes
~~~

    indented code

- in a list

  ```
  of text
  ```
"""
MORE = """Before

<!-- more -->

Behind ~~struck~~ http://example.com/a_b_c.

- [ ] open
- [x] done

term
: said
"""
WIDE = """One[^1] and two[^b] and again[^1] ^[inline *note*].

[^1]: A note.
[^b]: Another

    with more.

Term
: Definition

H~2~O x^2^ ==marked==
"""
POSTS = {"basics": BASICS, "code": CODE, "more": MORE, "wide": WIDE}


def built(site, generator, scratch):
    """Return what a generator makes of the posts of a site; skip the test where it is not there."""
    try:
        return published(site, generator, scratch)
    except GeneratorError as error:
        if "not installed" in str(error) or "Cannot find" in str(error):
            pytest.skip(str(error).splitlines()[0])
        raise


def checked(site, generator, tmp_path, truth, options=()):
    """Compare the posts of a site with what was made of them."""
    found = outcomes(site, generator, tmp_path / "scratch", list(options), truth=truth)
    assert len(found) == len(POSTS)
    assert {outcome.name: outcome.difference for outcome in found if outcome.difference is not None} == {}
    return {outcome.name.rpartition("/")[2].removesuffix(".md"): outcome for outcome in found}


def written(folder, extra=""):
    folder.mkdir(parents=True)
    for name, text in POSTS.items():
        (folder / f"{name}.md").write_text(
            f"---\ntitle: {name}\ndate: 2024-01-02\n---\n{text}{extra}", "utf-8"
        )


@pytest.fixture
def scratch(tmp_path, monkeypatch):
    (tmp_path / "scratch").mkdir()
    monkeypatch.setenv("COPYDESK_HOME", str(tmp_path / "home"))
    return tmp_path


@pytest.mark.parametrize(
    "config",
    [
        "",
        'config.amendLibrary("md", (md) => { md.enable("code"); md.set({ linkify: true, typographer: true }); });',
        'config.setLibrary("md", require("markdown-it")({ breaks: true }));',
        'config.addPlugin(async (c) => { c.addPlugin((await import("@11ty/eleventy")).IdAttributePlugin); });',
    ],
    ids=["as it comes", "amended", "own library", "ids"],
)
def test_eleventy(scratch, config):
    site = scratch / "site"
    written(site / "content")
    ids = "IdAttributePlugin" in config
    if ids:
        config = "config.addPlugin(IdAttributePlugin);"
    head = 'import { IdAttributePlugin } from "@11ty/eleventy";\nexport default function' if ids else ""
    name = "eleventy.config.mjs" if ids else "eleventy.config.cjs"
    source = f'{head or "module.exports = function"} (config) {{ {config} return {{ dir: {{ input: "content" }} }}; }};'
    (site / name).write_text(source, "utf-8")
    found = checked(site, "eleventy", scratch, built(site, "eleventy", scratch))
    assert all(outcome.exact for outcome in found.values()), found


HEXO = {
    "as it comes": "",
    "options": "marked: {breaks: false, smartypants: false, modifyAnchors: 1, lazyload: true}\nroot: /blog/\n",
    "prism": "syntax_highlighter: prismjs\nmarked: {headerIds: false, descriptionLists: false}\n",
    "without table": "highlight: {line_number: false, wrap: false, hljs: true}\n",
}


@pytest.fixture(scope="module", params=HEXO)
def hexo_site(request, tmp_path_factory):
    """Give a site, and what Hexo makes of its posts."""
    site = tmp_path_factory.mktemp("hexo") / "site"
    written(site / "source/_posts")
    text = "title: A\nurl: https://example.com\nsource_dir: source\ntheme: none\n" + HEXO[request.param]
    (site / "_config.yml").write_text(text, "utf-8")
    return site, built(site, "hexo", tmp_path_factory.mktemp("scratch"))


@pytest.mark.parametrize("options", [(), ("--replay", "7")], ids=["at once", "typed"])
def test_hexo(scratch, hexo_site, options):
    site, truth = hexo_site
    found = checked(site, "hexo", scratch, truth, options)
    assert all(outcome.exact for outcome in found.values()), found
