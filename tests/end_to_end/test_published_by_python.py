"""The generators written in Python: what is previewed of small sites is what the real ones publish of them.

Skipped where a generator is not installed (see tests/end_to_end/published/programs.py).
"""

import pytest

from tests.end_to_end.published.__main__ import outcomes, published
from tests.end_to_end.published.programs import GeneratorError

MARKDOWN = """\
A "first" paragraph -- with *emphasis*, `code & more`, an &amp; and NASA's 1990s...

Two words
---------

- one "item"
    - two[^a], and a [reference][r]

1. first

   still first

| a | b |
|---|---:|
| 1 | <b>2</b> |

```python
def f(x):
    return "a  b"
```

    plain --indented --code
    #!with no language

Term
:   What it is. <kbd>CTRL</kbd>

> Quoted, "twice"

*[NASA]: The agency
[^a]: A note, it's short.
[r]: https://example.org/a?b=1&c=2 "A title"

# A heading of the first level

<div class="box">
<p>Raw "HTML"</p>
</div>

Ende gut, alles gut & schön
"""

PELICAN = {
    "pelicanconf.py": """\
SITEURL = "https://example.org/blog"
PATH = "content"
DEFAULT_DATE = (2020, 1, 1)
TYPOGRIFY = True
TYPOGRIFY_IGNORE_TAGS = ["h1"]
TAG_URL = "about/{slug}/"
STATIC_PATHS = ["images"]
MARKDOWN = {
    "extension_configs": {
        "markdown.extensions.codehilite": {"css_class": "highlight", "guess_lang": False},
        "markdown.extensions.extra": {},
        "markdown.extensions.toc": {"permalink": True},
    },
    "output_format": "html5",
}
""",
    "content/one.md": "Title: One\nTags: a\nSummary: x\n\ty\n\n" + MARKDOWN,
    "content/two.md": """\
Title: Two
Date: 2020-02-02

[TOC]

## Note: a heading

[one]({filename}/one.md#a "x"), [again](<{filename}one.md>), ![p]({static}/images/a%20b.png), [gone]({filename}no.md)
[tag]({tag}Some Tag), [tag](|tag|other), {category}Not.A.Link, [i]({index}), [x]({unknown}y)

<a href='{attach}images/c.pdf'>attached</a>

[ref]: {filename}/one.md
See [ref] and [file]({static}../images/missing.txt).
""",
    "content/images/a b.png": "",
    "content/images/c.pdf": "",
}

PELICAN_PLAIN = {
    "pelicanconf.py": """\
RELATIVE_URLS = True
DEFAULT_DATE = (2020, 1, 1)
MARKDOWN = {
    "extensions": ["smarty", "nl2br", "sane_lists", "admonition", "toc", "footnotes"],
    "extension_configs": {"codehilite": {"guess_lang": False, "linenums": True}, "extra": {}},
    "tab_length": 2,
}
""",
    "one.md": "---\ntitle: One\n---\n" + MARKDOWN + '\n!!! note "Title"\n  In two spaces\n',
}

NIKOLA = {
    "conf.py": """\
BLOG_TITLE = "Example"
BLOG_AUTHOR = "Someone"
BLOG_EMAIL = "x@example.org"
BLOG_DESCRIPTION = ""
SITE_URL = "https://example.org/"
DEFAULT_LANG = "en"
TIMEZONE = "UTC"
POSTS = (("posts/*.md", "posts", "post.tmpl"),)
PAGES = (("pages/*.md", "", "page.tmpl"),)
COMPILERS = {"markdown": (".md",), "rest": (".rst",)}
MARKDOWN_EXTENSIONS = ["fenced_code", "codehilite", "extra", "toc"]
MARKDOWN_EXTENSION_CONFIGS = {DEFAULT_LANG: {"toc": {"permalink": "#"}}}
""",
    "posts/one.md": "<!--\n.. title: One\n.. slug: one\n.. date: 2020-01-01\n-->\n\n" + MARKDOWN,
    "posts/two.md": """\
<!--
.. title: Two
.. slug: two
.. date: 2020-01-02
-->

# ~~Gone~~ and `~~kept~~`

<!-- TEASER_END -->

[one](link://slug/one), [file](link://filename/posts/one.md#x), [root](link:///images/a.png), [é](/é/à b/)

{{% raw %}}{{% not a shortcode %}}{{% /raw %}} and {{% thumbnail "/images/a.jpg" alt="A picture" %}}{{% /thumbnail %}}

[podcast]https://example.org/a.mp3[/podcast]

<p><h2>Raw</h2></p>

``` { .python linenos=True }
x  =  1
if x: pass
```
""",
    "pages/about.md": ".. title: About\n.. slug: about\n\nShort.\n",
}

ZENSICAL = {
    "zensical.toml": '[project]\nsite_name = "Example"\n',
    "docs/index.md": MARKDOWN
    + """
!!! note "Box"
    Text

=== "A"
    a
=== "B"
    b

- [x] done ==marked== ++ctrl+alt++ (c) H~2~O :smile: https://example.org

```mermaid
graph LR
```
""",
    "docs/a/b.md": "---\ntitle: B\n---\n[i](../index.md#two-words), $x^2$\n",
}

ZENSICAL_OWN = {
    "zensical.toml": """\
[project]
site_name = "Example"
[project.markdown_extensions.smarty]
[project.markdown_extensions.toc]
permalink = true
slugify = { object = "pymdownx.slugs.slugify", kwds = { case = "lower" } }
[project.markdown_extensions.pymdownx.inlinehilite]
[project.plugins.callouts]
""",
    "docs/index.md": MARKDOWN + "\n> [!NOTE]\n> Called out\n\n`#!python x = 1`\n",
}

MKDOCS = {
    "mkdocs.yml": """\
site_name: Example
theme: mkdocs
markdown_extensions:
  - smarty
  - codehilite: {guess_lang: false}
  - def_list
  - footnotes
  - abbr
""",
    "docs/index.md": "Title: Kept as metadata\n\n" + MARKDOWN,
    "docs/a.md": "[i](index.md) ![p](p%20q.png) [x](/x)\n",
}

SITES = {
    "pelican": (PELICAN, "pelican"),
    "pelican-plain": (PELICAN_PLAIN, "pelican"),
    "nikola": (NIKOLA, "nikola"),
    "zensical": (ZENSICAL, "zensical"),
    "zensical-own": (ZENSICAL_OWN, "zensical"),
    "mkdocs": (MKDOCS, "mkdocs"),
}


@pytest.fixture(scope="module", params=SITES)
def built(request, tmp_path_factory):
    """Give the files of a site, where they are, its generator, and what that makes of them."""
    files, generator = SITES[request.param]
    site = tmp_path_factory.mktemp("original")
    for path, text in files.items():
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        (site / path).write_text(text, "utf-8")
    try:
        truth = published(site, generator, tmp_path_factory.mktemp("scratch"))
    except GeneratorError as error:
        if "not installed" in str(error) or "No module named" in str(error):
            pytest.skip(str(error))
        raise
    return files, site, generator, truth


@pytest.mark.parametrize("options", [[], ["--replay", "7"]], ids=["whole", "replay"])
def test_the_preview_is_what_gets_published(tmp_path, built, options):
    files, site, generator, truth = built
    found = outcomes(site, generator, tmp_path / "scratch", options, truth=truth)
    assert {outcome.name for outcome in found} == {path for path in files if path.endswith(".md")}
    assert {outcome.name: outcome.difference for outcome in found if outcome.difference} == {}
    # Which Pygments colours the code of either is not ours to choose: that it is another one is rightly told.
    told = {
        outcome.name: [words for words in outcome.reasons if "Pygments" not in words] for outcome in found
    }
    assert {name: reasons for name, reasons in told.items() if reasons} == {}
    assert all(outcome.exact or outcome.reasons for outcome in found)
