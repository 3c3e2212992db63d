"""Whatever is typed into a page of Astro, Zola or a plain folder, what is shown is the page as it is at once."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.render.commonmark.renderer import CommonMarkRenderer
from tests.render.commonmark.generated import BLOCKS, EDITS, GAPS
from tests.render.commonmark.model import Typed
from tests.render.generated import FAST, placed

OWN = st.sampled_from(
    [
        "- a\n- b\n\n      code\n      more",
        "1. a\n\n    code\n    more\n\n    last",
        "> - a\n> - b\n>\n> 1. c",
        "[^1]: - a\n\n    1. b[^2]",
        "## Heading {#own .class}",
        "## Heading[^1] `code`",
        "{{ youtube(id='x') }}",
        '{% quote(by="a") %}\nwords\n\nmore\n{% end %}',
        "<Card title={x}>\n\ntext\n\n</Card>",
        "import X from './x'",
        "![picture](./a.png) www.example.com. a@example.com",
        "<a className='x' allowfullscreen=allowfullscreen>text</a>",
    ]
)
DOCUMENTS = st.lists(st.tuples(BLOCKS | OWN, GAPS), max_size=9).map(
    lambda found: "".join(map("".join, found))
)
FLAVOURS = {
    "astro": {"flavour": "astro", "front_matter": "hugo"},
    "zola": {"flavour": "zola", "front_matter": "hugo"},
    "zola-all": {
        "flavour": "zola",
        "front_matter": "hugo",
        "markdown": {
            "bottom_footnotes": True,
            "smart_punctuation": True,
            "definition_list": True,
            "render_emoji": True,
        },
    },
    "plain": {"flavour": "plain"},
}


@pytest.mark.parametrize("name", list(FLAVOURS))
@FAST
@given(text=DOCUMENTS, edits=EDITS)
def test_after_any_edits_the_blocks_are_the_page(name, text, edits):
    typed = Typed(FLAVOURS[name], text)
    typed.check()
    for edit in edits:
        typed.type(*placed(typed.text, edit))
        typed.check()


@FAST
@given(text=DOCUMENTS, edits=EDITS)
def test_an_mdx_page_stays_right_too(text, edits):
    typed = Typed(FLAVOURS["astro"], "")
    typed.document.path, typed.renderer = "page.mdx", CommonMarkRenderer()
    typed.take()
    for edit in [(0, 0, text), *edits]:
        typed.edit(*placed(typed.text, edit))
        typed.take()
        typed.check()


def test_a_second_footnote_of_a_name_holds_when_the_first_goes():
    text = "a[^x]\n\n[^x]: first\n\nb\n\n[^x]: second\n"
    typed = Typed({"flavour": "astro"}, text)
    typed.check()
    at = text.index("[^x]: first")
    typed.type(at, at + len("[^x]: first"), "c")
    typed.check()
    assert "second" in "".join(typed.blocks)
