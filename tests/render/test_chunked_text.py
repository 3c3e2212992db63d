"""A text in chunks is the text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.render.python_markdown import chunked_text
from editor.render.python_markdown.chunked_text import ChunkedText

EDITS = st.lists(
    st.tuples(st.floats(0, 1), st.floats(0, 1), st.text("ab\n\U0001f642", max_size=30)), max_size=30
)


@given(st.text("xyz", max_size=60), EDITS)
def test_it_is_the_text_after_any_edits(text, edits):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(chunked_text, "_CHUNK", 8)
        held = ChunkedText(text)
        for one, other, replacement in edits:
            start, end = sorted((round(one * len(text)), round(other * len(text))))
            before, was = held.copy(), text
            held.edit(start, end, replacement)
            text = text[:start] + replacement + text[end:]
            assert len(held) == len(text)
            assert held.slice(start, end + 9) == text[start : end + 9]
            assert before.text == was
        assert held.text == text
        assert held.slice(0, len(text)) == text
        assert max(map(len, held._chunks)) <= 60


@pytest.mark.parametrize(("start", "end"), [(2, 1), (-1, 0), (0, 4), (4, 4)])
def test_what_lies_outside_is_refused(start, end):
    held = ChunkedText("abc")
    with pytest.raises(ValueError, match="no characters"):
        held.edit(start, end, "x")
    assert held.text == "abc"
