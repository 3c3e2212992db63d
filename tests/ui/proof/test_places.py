"""Where places of a text are in its document, asked without the document."""

import random

import pytest

from editor.post.text_edit import TextEdit
from editor.ui.proof.places import document_positions, moved_edit
from editor.ui.text_editor.document_text import DocumentText


@pytest.mark.parametrize("seed", range(12))
def test_they_are_where_the_document_has_them(qapp, seed):
    rand = random.Random(seed)
    signs = ["a", "bc ", "é", "🎉", "\n", "\r\n", "\r\n", "\u2028", "\u00a0"] if seed else ["a", "b\n"]
    text = "".join(rand.choice(signs) for _ in range(200))
    content = DocumentText(text)
    offsets = [place for place in range(len(text) + 1) if text[place - 1 : place + 1] != "\r\n" or not place]
    chosen = rand.sample(offsets, 40)
    assert document_positions(text, chosen) == {place: content.position_of(place) for place in chosen}


def test_a_place_within_a_line_end_is_that_of_the_line_end():
    assert document_positions("a\r\nb\r\nc", [1, 2, 3, 5, 6]) == {1: 1, 2: 1, 3: 2, 5: 3, 6: 4}


@pytest.mark.parametrize(
    ("since", "expected"),
    [
        ([], (10, 14)),
        ([TextEdit(0, 0, "abc")], (13, 17)),
        ([TextEdit(0, 5, "")], (5, 9)),
        ([TextEdit(20, 22, "")], (10, 14)),
        ([TextEdit(0, 0, "abc"), TextEdit(0, 1, "")], (12, 16)),
        ([TextEdit(12, 12, "x")], None),
        ([TextEdit(5, 11, "")], None),
        ([TextEdit(14, 14, "x")], None),  # at its end: what is typed there may belong to it
    ],
)
def test_an_edit_for_a_text_that_has_changed_since(since, expected):
    moved = moved_edit(TextEdit(10, 14, "new"), since)
    assert (moved and (moved.start, moved.end)) == expected
    assert moved is None or moved.replacement == "new"
