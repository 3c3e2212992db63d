"""Every rule about the body: a post with the fault, and one that nearly has it; what mends it, mends it."""

from collections.abc import Callable
from pathlib import Path

import markdown
import pytest

from editor.site.find import open_site
from tests.proof.conftest import SITES, Desk

RICH = (
    "site_name: A blog\ntheme: {name: material}\nplugins:\n- blog:\n    blog_dir: .\n"
    "markdown_extensions:\n- admonition\n- pymdownx.details\n- pymdownx.superfences\n- attr_list\n- md_in_html\n"
    "- footnotes\n- pymdownx.tabbed: {alternate_style: true}\n"
)
HEAD = "---\ntitle: A title\ndate: 2024-01-31\n---\n\n"


class Rich(Desk):
    """A site of Material for MkDocs with the extensions that most of them have."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._pattern = SITES["mkdocs-material"][1]
        self.write("mkdocs.yml", RICH)
        self.site = open_site(folder)


@pytest.fixture
def desk_of(tmp_path: Path, site_of: Callable[[str], Desk]) -> Callable[[str], Desk]:
    return lambda name: Rich(tmp_path / "rich") if name == "rich" else site_of(name)


FAULTS = [
    # code, site, with the fault, nearly with it
    ("missing-alt-text", "hugo", "![](https://example.org/a.png)\n", "![A cat](https://example.org/a.png)\n"),
    ("missing-alt-text", "hugo", "![ ][a]\n\n[a]: https://example.org/a.png\n", "`![](a.png)`\n"),
    ("missing-alt-text", "plain", '<img src="a.png">\n', '<img src="a.png" alt="">\n'),
    ("missing-alt-text", "plain", '<img src="a.png">\n', '<img src="a.png" role="presentation">\n'),
    ("missing-alt-text", "plain", "[![](https://x.org/a.png)](b.md)\n", "[![](https://x.org/a.png) Words](b.md)\n"),
    ("missing-alt-text", "plain", "![](https://x.org/a.png)\n", "![](https://x.org/a.mp4)\n"),
    ("missing-alt-text", "plain", "![](https://x.org/a.png)\n", "```\n![](https://x.org/a.png)\n```\n"),
    ("missing-alt-text", "rich", "![](https://x.org/a.png){ width=3 }\n", '![](https://x.org/a.png){ alt="A" }\n'),
    ("poor-alt-text", "plain", "![IMG_2031.jpg](https://x.org/a.png)\n", "![Release 2.0](https://x.org/a.png)\n"),
    ("poor-alt-text", "plain", "![alt text](https://x.org/a.png)\n", "![An image](https://x.org/a.png)\n"),
    ("heading-jump", "plain", "## One\n\n#### Two\n", "## One\n\n### Two\n\n## Three\n"),
    ("heading-jump", "plain", "One\n---\n\n#### Two\n", "### One\n\nWords.\n\n> ###### Two\n"),
    ("heading-jump", "plain", "## One\n\n#### Two\n", "## One\n\n<h3>Between</h3>\n\n#### Two\n"),
    ("heading-jump", "plain", "## One\n\n#### Two\n", "## One\n\n```\n#### Two\n```\n"),
    ("several-titles", "plain", "# One\n\nWords.\n\n# Two\n", "# One\n\nWords.\n\n## Two\n"),
    ("several-titles", "plain", "One\n===\n\nTwo\n===\n", "One\n===\n\n```py\n# Two\n```\n"),
    ("several-titles", "hugo", "# A title\n\nWords.\n", "# Another title\n\nWords.\n"),
    ("several-titles", "hugo", "# A Title\n\nWords.\n", "## A title\n\nWords.\n"),
    ("heading-without-space", "hugo", "##Heading\n\nWords.\n", "#hashtag and words\n"),
    ("heading-without-space", "jekyll", "###Heading\n", "Words\n###more\n"),
    ("duplicate-id", "hugo", "## One {#a}\n\n## Two {#a}\n", "## One {#a}\n\n## Two {#b}\n"),
    ("duplicate-id", "plain", '<a id="a"></a>\n\n<b id="a">x</b>\n', '<a id="a" name="a"></a>\n'),
    ("duplicate-id", "plain", "[go](#one)\n\n## One\n\n## One\n", "[go](#two)\n\n## One\n\n## Two\n\n## One\n"),
    ("undefined-reference", "plain", "See [the words][there].\n\n[b]: c.md\n", "See [the words][b].\n\n[b]: c.md\n"),
    ("undefined-reference", "plain", "See [the words][1].\n", "Take a[0][1] of it, or [x][1].\n"),
    ("undefined-reference", "plain", "See [the words][1].\n", "See [the words][1].\n\n--8<-- 'links.md'\n"),
    ("undefined-reference", "plain", "See [the words][1].\n", "See `[the words][1]`.\n\n> [!NOTE]\n> Words.\n"),
    ("undefined-reference", "jekyll", "See [the words][a b].\n\n[b]: c\n\n[b]\n",
     "See [the words][a b].\n\n{% for x in y %}\n[{{ x }} b]: {{ x }}\n{% endfor %}\n"),
    ("unused-reference", "plain", "Words.\n\n[a]: b.md\n", "Words [A].\n\n[a]: b.md\n"),
    ("unused-reference", "plain", "Words.\n\n[a]: b.md\n", "Words.\n\n[//]: # (a comment)\n[comment]: <> (another)\n"),
    ("duplicate-reference", "plain", "[a]\n\n[a]: b.md\n[A]: c.md\n", "[a]\n\n[a]: b.md\n[A]: b.md\n"),
    ("undefined-footnote", "rich", "Words[^1].\n", "Words[^1].\n\n[^1]: Note.\n"),
    ("undefined-footnote", "rich", "W[^a][^b].\n\n[^a]: N.\n", "W[^a].\n\n[^a]:N.\n"),
    ("undefined-footnote", "jekyll", "Words[^one].\n\n[^two]: Note[^two].\n", "Not one of [^a-z], or `[^1]`.\n"),
    ("unused-footnote", "rich", "Words.\n\n[^1]: Note.\n", "Words[^1].\n\n[^1]: Note.\n"),
    ("duplicate-footnote", "rich", "W[^1].\n\n[^1]: Note.\n\n[^1]: Note.\n", "W[^1][^2].\n\n[^1]: N.\n\n[^2]: N.\n"),
    ("unclosed-fence", "hugo", "```py\nx = 1\n\nWords.\n", "```py\nx = 1\n```\n\nWords.\n"),
    ("unclosed-fence", "hugo", "````\n```\n\nWords.\n", "````\n```\n````\n"),
    ("unclosed-fence", "rich", "~~~\nx = 1\n\nWords.\n", "- a\n\n    ~~~\n    x = 1\n    ~~~\n"),
    ("unclosed-fence", "hugo", "```\na\n", "```html {% raw %}\na\n{% endraw %} ```\n\nWords.\n"),
    ("unclosed-fence", "plain", "Words.\n\n```\n", "Words ``` and more ``` words.\n"),
    ("unindented-body", "rich", "!!! note\nWords.\n", "!!! note\n    Words.\n"),
    ("unindented-body", "rich", '!!! note "T"\n  Words.\n', '!!! note "T"\n\n    Words.\n'),
    ("unindented-body", "rich", "!!! note\n\nWords.\n", '!!! note "All that there is"\n\nWords.\n'),
    ("unindented-body", "rich", '??? note "T"\n\nWords.\n', '??? note "T"\n\n\t<b>Words</b>.\n'),
    ("unindented-body", "rich", '=== "A"\n\nWords.\n', '=== "A"\n\n    Words.\n\n=== "B"\n\n    Words.\n'),
    ("unindented-body", "rich", "!!! note\nWords.\n", "```\n!!! note\nWords.\n```\n"),
    ("list-indent", "rich", "- a\n  - b\n", "- a\n    - b\n"),
    ("list-indent", "rich", "1. a\n\n   Words.\n\n2. b\n", "1. a\n\n    Words.\n\n2. b\n"),
    ("list-indent", "rich", "- a\n  - b\n", "- a\n - b\n"),
    ("list-indent", "rich", "- a\n\n  Words.\n", "*\n\n  Words.\n"),
    ("list-indent", "rich", "* a\n   * b\n   * c\n* d\n", "  * a\n  * b\n\nWords.\n"),
    ("list-indent", "hugo", "1. a\n  - b\n2. c\n", "1. a\n   - b\n2. c\n"),
    ("list-indent", "plain", "1. a\n  - b\n", "- a\n  - b\n"),
    ("list-without-blank-line", "rich", "Words:\n- a\n- b\n", "Words:\n\n- a\n- b\n"),
    ("list-without-blank-line", "rich", "Words\n1. a\n2. b\n", "Words and\n- that was a dash\n"),
    ("tabs-and-spaces", "plain", "- a\n\t- b\n- c\n    - d\n", "- a\n\t- b\n- c\n\t- d\n"),
    ("unclosed-html", "plain", "<div>\n\nWords.\n", "<div>\n\nWords.\n\n</div>\n"),
    ("unclosed-html", "plain", "Words.\n\n</details>\n", "Words <br> <img src='a' alt='b'> and <p>words.\n"),
    ("unclosed-html", "jekyll", "<div>\n\nW.\n",
     "{% if a %}\n<div>\n{% else %}\n<div class='b'>\n{% endif %}\n\nW.\n\n</div>\n"),
    ("unclosed-html", "plain", "A <b>word.\n", "A `<b>` word.\n"),
    ("unclosed-comment", "hugo", "Words.\n\n<!-- more\n\nWords.\n", "Words.\n\n<!-- more\n\nWords. -->\n"),
    ("unknown-html", "plain", "Write to <name> today.\n", "Write to `<name>`, <https://x.org> or <my-tag>.\n"),
    ("unknown-html", "plain", "A List<string> of them.\n", "A <sup>2</sup> <Component> of it.\n"),
    ("markdown-in-html", "rich", "<div>\nSee [a](https://x.org).\n</div>\n", "<div markdown>\n[a](https://x.org)\n</div>\n"),
    ("markdown-in-html", "hugo", "<div>\n**a**\n</div>\n", "<div>\n\n**a**\n\n</div>\n"),
    ("markdown-in-html", "hugo", "<div>\n**a**\n</div>\n", "<pre>\n**a**\n</pre>\n"),
    ("excerpt-mark", "mkdocs-material", "One.\n\n<!--more-->\n\nTwo.\n", "One.\n\n<!-- more -->\n\nTwo.\n"),
    ("excerpt-mark", "hugo", "One.\n\n<!-- more -->\n\nTwo.\n", "One.\n\n<!-- anything more -->\n\nTwo.\n"),
    ("excerpt-mark", "nikola", "One.\n\n<!-- more -->\n\nTwo.\n", "One.\n\n<!-- teaser_end -->\n\nTwo.\n"),
    ("todo", "plain", "TODO: say more.\n", "My TODO list: milk.\n"),
    ("todo", "plain", "Words. <!-- TODO say more -->\n", "`TODO: this` and a todo: that.\n"),
    ("todo", "plain", "- FIXME(ann): this\n", "```\n# TODO: this\n```\n"),
    ("todo", "plain", "Words [TODO].\n", "See [TODO](https://x.org) and XXX.\n"),
    ("conflict-marker", "plain", "<<<<<<< HEAD\na\n=======\nb\n>>>>>>> c\n", "A title\n=======\n\n>>>>>>> quoted\n"),
    (
        "conflict-marker",
        "plain",
        "```\n<<<<<<< HEAD\na\n=======\nb\n>>>>>>> c\n```\n",
        "When git merges:\n\n```\n<<<<<<< HEAD\na\n=======\nb\n>>>>>>> c\n```\n",
    ),
    ("trailing-spaces", "plain", "One line,  \nand another.\n", "One line,  \n\nand another.  \n"),
    ("trailing-spaces", "hugo", "Roses are red  \nViolets are blue\n", "```\na  \nb\n```\n"),
]  # fmt: skip


@pytest.mark.parametrize(("code", "site", "fault", "nearly"), FAULTS)
def test_a_fault_is_found_and_what_is_nearly_one_is_not(desk_of, code, site, fault, nearly):
    desk = desk_of(site)
    assert code in desk.codes(HEAD + fault)
    assert code not in desk.codes(HEAD + nearly)


MENDED = [
    ("missing-alt-text", "plain", '![](https://x.org/a.png "A cat")', '![A cat](https://x.org/a.png "A cat")'),
    ("heading-jump", "plain", "## A\n\n#### B\n\n##### C\n\n#### D\n\n## E",
     "## A\n\n### B\n\n#### C\n\n### D\n\n## E"),
    ("heading-without-space", "hugo", "##A", "## A"),
    ("undefined-reference", "plain", "[one][other]\n\n[others]: b.md", "[one][others]\n\n[others]: b.md"),
    ("unused-reference", "plain", "Words.\n\n[a]: b.md\n  'A title'\n\nWords.", "Words.\n\n\nWords."),
    ("undefined-footnote", "rich", "W[^nota].\n\n[^note]: N[^note].", "W[^note].\n\n[^note]: N[^note]."),
    ("unclosed-fence", "plain", "Words.\n\n```py\nx = 1", "Words.\n\n```py\nx = 1\n```"),
    ("unindented-body", "rich", "!!! note\nOne\n  two\n\nThree", "!!! note\n    One\n      two\n\nThree"),
    ("list-indent", "rich", "- a\n  - b\n    - c\n  - d\n- e", "- a\n    - b\n        - c\n    - d\n- e"),
    ("list-indent", "rich", "1. a\n\n   W.\n\n2. b", "1. a\n\n    W.\n\n2. b"),
    ("list-indent", "hugo", "1. a\n  - b\n  - c\n2. d", "1. a\n   - b\n   - c\n2. d"),
    ("list-without-blank-line", "rich", "Words:\n- a\n- b", "Words:\n\n- a\n- b"),
    ("tabs-and-spaces", "plain", "- a\n\t- b\n- c\n    - d", "- a\n    - b\n- c\n    - d"),
    ("unknown-html", "plain", "To <name>.", "To &lt;name>."),
    ("excerpt-mark", "mkdocs-material", "One.\n\n<!--more-->\n\nTwo.", "One.\n\n<!-- more -->\n\nTwo."),
    ("trailing-spaces", "hugo", "Roses  \nViolets  \nSugar", "Roses\\\nViolets\\\nSugar"),
    ("trailing-spaces", "jekyll", "Roses  \nViolets", "Roses\\\\\nViolets"),
    ("trailing-spaces", "rich", "Roses  \nViolets", "Roses<br>\nViolets"),
    (
        "trailing-spaces",
        "plain",
        "A line that was wrapped in the midst of what  \nit was to say, and goes on below.",
        "A line that was wrapped in the midst of what\nit was to say, and goes on below.",
    ),
]  # fmt: skip


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize(("code", "site", "before", "after"), MENDED)
def test_a_quick_fix_mends_what_it_is_for(desk_of, code, site, before, after, newline):
    text, wanted = (f"{HEAD}{body}\n".replace("\n", newline) for body in (before, after))
    assert desk_of(site).mended(code, text) == wanted


LENGTHS = [
    ("long-title", "title", 60),
    ("long-description", "description", 160),
]


@pytest.mark.parametrize(("code", "key", "most"), LENGTHS)
def test_what_search_results_would_cut(desk_of, code, key, most):
    desk = desk_of("hugo")

    def post(value: str) -> str:
        title = "" if key == "title" else "title: A\n"
        return f"---\n{title}{key}: {value}\ndate: 2024-01-31\n---\n\nWords.\n"

    assert code in desk.codes(post("a" * (most + 1)))
    assert code not in desk.codes(post("a" * most))
    assert code in desk.codes(post("名" * (most // 2 + 1)))
    assert code not in desk.codes(post("名" * (most // 2)))


def test_an_excerpt_is_missed_where_all_others_have_one(desk_of):
    desk = desk_of("mkdocs-material")
    text = HEAD + "One.\n\nTwo.\n"
    assert "missing-excerpt" not in desk.codes(text)
    for number in range(20):
        desk.post(f"p{number}", HEAD.replace("A title", f"T{number}") + "One.\n\n<!-- more -->\n\nTwo.\n")
    assert "missing-excerpt" in desk.codes(text)
    assert "missing-excerpt" not in desk.codes(HEAD + "One.\n\n<!-- more -->\n")
    assert "missing-excerpt" not in desk.codes(HEAD + "One.\n\n<!--more-->\n")


def test_references_that_a_plugin_defines_are_let_be(desk_of):
    desk = desk_of("rich")
    text = HEAD + "See [the class][pkg.module].\n\n[a]: b.md\n\n[a]\n"
    assert "undefined-reference" in desk.codes(text)
    desk.write("mkdocs.yml", RICH.replace("plugins:\n", "plugins:\n- mkdocstrings\n"))
    desk.site = open_site(desk.folder)
    assert "undefined-reference" not in desk.codes(text)


def test_a_fence_that_swallows_another_is_named_too(desk_of):
    found = desk_of("hugo").check(
        HEAD + "```py\nx = 1\n\nWords.\n\n```py\ny = 2\n```\n\nWords.\n\n```py\nz = 3\n"
    )
    lines = [one.line for one in found if one.code == "unclosed-fence"]
    assert lines == [6, 17]


def test_what_can_not_be_read_has_no_body(desk_of):
    text = "---\ntitle: [a\ndate: 2024-01-31\n---\n\n![](https://x.org/a.png)\n"
    codes = desk_of("hugo").codes(text)
    assert "missing-alt-text" in codes and "heading-jump" not in codes
    assert "several-titles" not in desk_of("plain").codes("---\ntitle: a\n# One\n# Two\n")


@pytest.mark.parametrize(
    ("body", "code", "wrong", "right"),
    [
        ("- a\n  - b\n", "list-indent", "<li>a</li>\n<li>b</li>", "<li>a<ul>\n<li>b</li>"),
        ("1. a\n\n   W.\n\n2. b\n", "list-indent", "</ol>\n<p>W.</p>", "<p>W.</p>\n</li>"),
        ("Words:\n- a\n- b\n", "list-without-blank-line", "Words:\n- a", "<ul>\n<li>a</li>"),
        ("!!! note\nWords.\n", "unindented-body", "</div>\n<p>Words.</p>", "<p>Words.</p>\n</div>"),
    ],
)
def test_python_markdown_agrees(desk_of, body, code, wrong, right):
    """What the rules say of Python-Markdown is so: its HTML before and after the fix."""
    before, after = HEAD + body, desk_of("rich").mended(code, HEAD + body)
    html = [markdown.markdown(text[len(HEAD) :], extensions=["admonition"]) for text in (before, after)]
    assert wrong in html[0]
    assert right not in html[0]
    assert right in html[1]


def test_a_conflict_in_the_front_matter_is_found(desk_of):
    text = "---\n<<<<<<< HEAD\ntitle: a\n=======\ntitle: b\n>>>>>>> other\ndate: 2024-01-31\n---\n\nWords.\n"
    assert desk_of("hugo").only("conflict-marker", text).line == 2
