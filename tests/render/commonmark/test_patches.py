"""Whatever is typed, the blocks that are shown are the page as it is rendered at once."""

import random

import pytest
from hypothesis import given

from tests.render.commonmark.generated import DOCUMENTS, EDITS
from tests.render.commonmark.model import Typed
from tests.render.generated import FAST, placed

FLAVOURS = {
    "plain": {"flavour": "plain"},
    "eleventy": {
        "flavour": "eleventy",
        "templates": "liquid",
        "markdown_it": {"html": True, "linkify": True, "typographer": True},
        "disable": ["code"],
        "plugins": [
            ["markdown-it-anchor", {"permalink": {"kind": "ariaHidden"}}],
            ["markdown-it-attrs", {}],
            ["markdown-it-footnote", {}],
            ["markdown-it-deflist", {}],
        ],
    },
    "hexo": {"flavour": "hexo", "front_matter": "hexo", "highlighter": "highlight.js"},
}
NAMES = list(FLAVOURS)


@pytest.mark.parametrize("name", NAMES)
@FAST
@given(text=DOCUMENTS, edits=EDITS)
def test_after_any_edits_the_blocks_are_the_page(name, text, edits):
    typed = Typed(FLAVOURS[name], text)
    typed.check()
    for edit in edits:
        typed.type(*placed(typed.text, edit))
        typed.check()


@pytest.mark.parametrize("name", NAMES)
@FAST
@given(text=DOCUMENTS, edits=EDITS, later=EDITS)
def test_edits_that_waited_make_one_patch(name, text, edits, later):
    typed = Typed(FLAVOURS[name], text)
    for several in (edits, later):
        for edit in several:
            typed.edit(*placed(typed.text, edit))
        typed.take()
        typed.check()


@pytest.mark.parametrize("name", NAMES)
def test_posts_of_real_sites_stay_right_while_they_are_typed_into(name, corpus):
    paths = sorted((corpus / "posts").rglob("*.md"))
    rng = random.Random(7)
    for path in rng.sample(paths, min(12, len(paths))):
        text = path.read_text("utf-8", "replace")[:20_000]
        typed = Typed(FLAVOURS[name], text)
        for _ in range(5):
            start = rng.randrange(len(typed.text) + 1)
            inserted = rng.choice(["\n\n", "```\n", "> ", "<div>", "[", "# ", "- ", "{{ a }}", ""])
            typed.type(start, min(len(typed.text), start + rng.randrange(20)), inserted)
            typed.check()


LONG = "".join(f"## Part {at}\n\nText of it.\n\n- one\n- two\n\n" for at in range(400))


@pytest.mark.parametrize("name", NAMES)
def test_a_key_renders_the_blocks_that_it_touches_and_no_others(name):
    typed = Typed(FLAVOURS[name], LONG)
    place = LONG.index("Text", len(LONG) // 2)
    for letter in "typed":
        typed.type(place, place, letter)
        assert typed.rendered <= 2
    typed.check()


def test_a_definition_below_renders_what_looks_it_up():
    typed = Typed(FLAVOURS["plain"], "one [x]\n\ntwo\n\nthree [x][]\n\n")
    typed.type(len(typed.text), len(typed.text), "[x]: /here\n")
    assert typed.blocks[0] == '<p>one <a href="/here">x</a></p>'
    assert typed.rendered == 2  # the first, and the one that the definition stands behind
    typed.type(typed.text.index("/here"), typed.text.index("/here") + 5, "/there")
    assert '<a href="/there">x</a>' in typed.blocks[2]
    typed.type(0, 0, "[x]: /first\n\n")
    assert '<a href="/first">x</a>' in "".join(typed.blocks)
    typed.check()


def test_a_heading_gives_its_id_up_to_one_above_it():
    typed = Typed(FLAVOURS["eleventy"], "text\n\n# Same\n\nmore\n\n# Other\n")
    typed.type(0, 0, "# Same\n\n")
    assert 'id="same"' in typed.blocks[0] and 'id="same-1"' in typed.blocks[2]
    assert 'id="other"' in typed.blocks[4]
    typed.check()


def test_footnotes_are_numbered_anew_and_stand_below():
    typed = Typed(FLAVOURS["eleventy"], "one[^a]\n\n[^a]: first\n\n[^b]: second\n")
    assert "first" in typed.blocks[-1] and "second" not in typed.blocks[-1]
    assert typed.lines[-1] == 0
    typed.type(0, 0, "zero[^b] ")
    assert typed.blocks[0].index("fnref1") < typed.blocks[0].index("fnref2")
    assert typed.blocks[-1].index("second") < typed.blocks[-1].index("first")
    start = typed.text.index("zero")
    typed.type(start, typed.text.index("\n"), "none")
    assert not any("footnotes" in block for block in typed.blocks)
    typed.check()


def test_what_raw_html_holds_together_is_one_block_and_falls_apart_again():
    typed = Typed(FLAVOURS["plain"], "a\n\n<div>\n\n*b*\n\nc\n\n</div>\n\nd\n")
    assert len(typed.blocks) == 3
    assert typed.blocks[1].startswith("<div>") and typed.blocks[1].endswith("</div>")
    assert typed.lines == [2, 8, 1]
    place = typed.text.index("<div>")
    typed.type(place, place + 5, "text")
    assert len(typed.blocks) == 6
    typed.check()


def test_lines_are_counted_from_the_front_matter_on():
    typed = Typed(FLAVOURS["plain"], "---\ntitle: A\n---\n\none\n\ntwo\nmore\n\n\nthree\n")
    assert typed.first_line == 4
    assert typed.lines == [2, 4, 1]


def test_a_tag_over_several_lines_counts_as_them():
    typed = Typed(FLAVOURS["eleventy"], "one\n\n{% tag\n a\n b %}\n\ntwo\n")
    assert typed.lines == [2, 4, 1]
    assert "copydesk-placeholder" in typed.blocks[1]
    assert typed.notes == [["placeholder", "tag"]]
    typed.check()


def test_after_something_was_raised_the_next_patch_is_the_whole_page(monkeypatch):
    typed = Typed(FLAVOURS["plain"], "one\n\ntwo\n")
    flavour = typed.renderer._flavour(typed.document)
    with monkeypatch.context() as patched:
        patched.setattr(flavour, "html", lambda *_given: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            typed.type(0, 0, "x")
    typed.type(0, 0, "y")
    assert typed.blocks[0] == "<p>yxone</p>"
    typed.check()


FOOTNOTES = {"eleventy": FLAVOURS["eleventy"], "hugo": {"flavour": "hugo"}}


@pytest.mark.parametrize("name", FOOTNOTES)
@pytest.mark.parametrize("edit", [(2, 3, "2"), (0, 9, ""), (0, 8, "text\n")])
def test_a_second_note_of_a_name_holds_when_the_first_is_gone(name, edit):
    typed = Typed(FOOTNOTES[name], "[^1]: one\n[^1]: two\n\ntext[^1]\n")
    typed.type(*edit)
    typed.check()


NO_TEXT = "\0 \ud800 \udfff \ufdd00\ufdd1 \ufdd2aa\ufdd3 \ufdd2 \ufdd4 \ufdd5"


@pytest.mark.parametrize("name", NAMES)
def test_characters_that_are_no_text_are_shown_as_such(name):
    typed = Typed(FLAVOURS[name], f"# {NO_TEXT}\n\n# Heading\n\n[a](/{NO_TEXT[2:3]})\n")
    typed.check()
    typed.type(0, 0, f"{NO_TEXT}\n\n")
    typed.check()
    shown = "".join(typed.blocks)
    assert "\ufffd" in shown and not set(NO_TEXT) - {"0", "a", " "} & set(shown)


def test_the_lines_of_front_matter_count_above_what_is_no_text():
    typed = Typed(FLAVOURS["plain"], "---\nt: 1\n---\na\0\n\nb\n")
    assert typed.first_line == 3
    typed.type(len(typed.text), len(typed.text), "c\n")
    typed.check()
    assert typed.rendered == 1
