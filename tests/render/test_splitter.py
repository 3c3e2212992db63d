import markdown
import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.render.python_markdown.constructs import Constructs
from editor.render.python_markdown.splitter import Splitter
from tests.render.generated import DOCUMENTS, EDITS, EXTRA, FAST, MATERIAL, placed


def splitter(configured, text):
    extensions, configs = configured
    made = Splitter(Constructs(markdown.Markdown(extensions=extensions, extension_configs=configs)))
    made.open(text)
    return made


def table(made):
    return [(piece.source, piece.fenced, piece.pending, piece.whole) for piece in made.pieces]


def sources(text, configured=MATERIAL):
    return [piece.source for piece in splitter(configured, text).pieces]


@pytest.mark.parametrize(
    ("text", "blocks"),
    [
        ("", []),
        ("one", ["one"]),
        ("\n\none\n\n\ntwo\n", ["\n\none\n\n\n", "two\n"]),
        ("one\n \t\ntwo", ["one\n \t\n", "two"]),
        ("one\n\u00a0\ntwo\n\nthree", ["one\n\u00a0\ntwo\n\n", "three"]),
        ("- a\n\n- b\n\nc\n\n- d\n", ["- a\n\n- b\n\n", "c\n\n", "- d\n"]),
        ("- a\n\n1. b\n", ["- a\n\n1. b\n"]),
        ("- a\n\n[x]: /u\n\n- b\n", ["- a\n\n[x]: /u\n\n- b\n"]),
        ("a\n\n[x]: /u\n\n- b\n", ["a\n\n", "[x]: /u\n\n", "- b\n"]),
        ("a\n\n    b\n\nc\n", ["a\n\n    b\n\n", "c\n"]),
        ("a\n\n\tb\n\nc\n", ["a\n\n\tb\n\n", "c\n"]),
        ("> a\n\n> b\n\nc\n", ["> a\n\n> b\n\n", "c\n"]),
        ("a\n\n```\nb\n\nc\n```\n\nd\n", ["a\n\n", "```\nb\n\nc\n```\n\n", "d\n"]),
        ("a\n\n```\nb\n\nc\n", ["a\n\n", "```\nb\n\n", "c\n"]),
        (
            "``` not ` a fence\n\nb\n\n```\nc\n\nd\n```\n",
            ["``` not ` a fence\n\n", "b\n\n", "```\nc\n\nd\n```\n"],
        ),
        ('=== "A"\n\n    a\n\n=== "B"\n\n    b\n\nc\n', ['=== "A"\n\n    a\n\n=== "B"\n\n    b\n\n', "c\n"]),
        ("<div>\na\n\nb\n</div>\n\nc\n", ["<div>\na\n\nb\n</div>\n\n", "c\n"]),
        ("<div markdown>\na\n\nb\n</div>\n\nc\n", ["<div markdown>\na\n\nb\n</div>\n\n", "c\n"]),
        ("a <div>\n\nb\n", ["a <div>\n\n", "b\n"]),
        ("<div>\na\n\nb\n", ["<div>\na\n\nb\n"]),
        ("<!-- a\n\nb -->\n\nc\n", ["<!-- a\n\nb -->\n\n", "c\n"]),
        ("<!-- a\n\nb\n", ["<!-- a\n\n", "b\n"]),
        ("<b x='\n\n'>\n\na\n", ["<b x='\n\n'>\n\n", "a\n"]),
        ("t\n\n: d\n\nu\n\n: e\n\nv\n", ["t\n\n: d\n\nu\n\n: e\n\n", "v\n"]),
        ("t\n\n[x]: /u\n\n: d\n", ["t\n\n[x]: /u\n\n: d\n"]),
    ],
)
def test_blocks(text, blocks):
    assert sources(text) == blocks


def test_no_fence_opens_below_one_that_never_ends():
    made = splitter(MATERIAL, "```\na\n\n~~~\nb\n\nc\n~~~\n\nd\n")
    assert [(piece.source, piece.fenced) for piece in made.pieces] == [
        ("```\na\n\n", True),
        ("~~~\nb\n\n", False),
        ("c\n~~~\n\n", False),
        ("d\n", False),
    ]


def test_fences_open_again_once_the_one_that_never_ends_is_gone():
    text = "``` x\na\n\nwords\n\nmore\n\n~~~\nb\n\nc\n~~~\n\nd\n"
    made = splitter(MATERIAL, text)
    assert not made.pieces[-1].fenced
    made.edit(0, 3, "")
    assert table(made) == table(splitter(MATERIAL, text[3:]))
    assert made.pieces[-1].fenced


def test_plain_fences_do_not_hold_each_other_up():
    assert sources("```\na\n\n~~~\nb\n\nc\n~~~\n\nd\n", EXTRA) == [
        "```\na\n\n",
        "~~~\nb\n\nc\n~~~\n\n",
        "d\n",
    ]


def test_an_edit_cuts_only_around_it():
    made = splitter(MATERIAL, "".join(f"paragraph {number}\n\n" for number in range(1000)))
    before = list(made.pieces)
    first, gone, new = made.edit(len("paragraph 0\n\n") * 5 + 2, len("paragraph 0\n\n") * 5 + 3, "XY")
    assert (first, len(gone), len(new)) == (5, 1, 1)
    assert made.pieces[:5] == before[:5]
    assert made.pieces[6:] == before[6:]


def test_closing_what_was_open_far_above_is_seen():
    text = "<!-- open\n\n" + "paragraph\n\n" * 50
    made = splitter(MATERIAL, text)
    made.edit(len(text) - 2, len(text) - 2, " -->")
    assert len(made.pieces) == 1


LONG = "- long list\n\n" + "    a\n\n    - b\n\n    ```\n    c\n\n    d\n    ```\n\n" * 4 + "- e\n\n"


@pytest.mark.parametrize("configured", [MATERIAL, EXTRA], ids=["material", "extra"])
@FAST
@given(text=DOCUMENTS, long=st.sampled_from(["", LONG]), edits=EDITS)
def test_after_any_edits_the_cut_is_that_of_the_whole(configured, text, long, edits):
    text = long + text
    made = splitter(configured, text)
    for edit in edits:
        edit = placed(text, edit)
        text = text[: edit[0]] + edit[2] + text[edit[1] :]
        made.edit(*edit)
        assert "".join(piece.source for piece in made.pieces) == text
        assert table(made) == table(splitter(configured, text))
