"""DocumentText: the text stays byte for byte what the writer made it, whatever QTextDocument does."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtGui import QTextCursor

from editor.post.text_edit import TextEdit
from editor.ui.text_editor.document_text import DocumentText, split_lines

pytestmark = pytest.mark.usefixtures("qapp")

AWKWARD = "a\u00a0b\u2028c\u2029d\x0ce\t\x0bf\U0001f600g\ufdd0h\x85i\ufeffj\u200bk\rl\r\nm\nn"


def content(text: str) -> DocumentText:
    return DocumentText(text)


def shown(text: DocumentText) -> list[str]:
    """The document's own blocks, for comparison with our lines."""
    block = text.document.firstBlock()
    found = []
    while block.isValid():
        found.append(block.text())
        block = block.next()
    return found


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n",
        "\r\n",
        "a",
        "a\n",
        "a\r\nb\nc\r\n",
        "a\rb\r",
        "\ufeffa\nb",
        "\ufeff\ufeff",
        AWKWARD,
        AWKWARD + "\n\n",
    ],
)
def test_loading_keeps_every_character(text):
    loaded = content(text)
    assert loaded.text == text
    assert "".join(loaded.lines(0, loaded.line_count())) == text
    assert len(shown(loaded)) == loaded.line_count()


def test_select_all_delete_undo_gives_the_same_text():
    text = "one\r\ntwo\nthree\r\n\u00a0four\U0001f600\rfive"
    loaded = content(text)
    cursor = QTextCursor(loaded.document)
    cursor.select(QTextCursor.SelectionType.Document)
    cursor.removeSelectedText()
    assert loaded.text == ""
    loaded.document.undo()
    assert loaded.text == text


def test_a_new_line_ends_as_the_line_it_was_split_from():
    loaded = content("one\r\ntwo\nthree")
    cursor = QTextCursor(loaded.document)
    cursor.setPosition(1)
    cursor.insertBlock()
    assert loaded.text == "o\r\nne\r\ntwo\nthree"
    cursor.movePosition(QTextCursor.MoveOperation.End)
    cursor.insertText("\nfour")
    assert loaded.text == "o\r\nne\r\ntwo\nthree\nfour"


def test_joining_two_lines_keeps_the_ending_behind_them():
    loaded = content("one\r\ntwo\nthree\r\n")
    cursor = QTextCursor(loaded.document)
    cursor.setPosition(3)
    cursor.deleteChar()
    assert loaded.text == "onetwo\nthree\r\n"
    cursor.insertText("X")
    assert loaded.text == "oneXtwo\nthree\r\n"
    loaded.document.undo()
    loaded.document.undo()
    assert loaded.text == "one\r\ntwo\nthree\r\n"


def test_positions_are_translated_over_astral_characters_and_endings():
    text = "\U0001f600a\r\n\u00e9\U0001f600b\nc"
    loaded = content(text)
    for offset in range(len(text) + 1):
        if text[offset - 1 : offset + 1] == "\r\n":
            continue  # inside a line ending there is no position
        assert loaded.offset_of(loaded.position_of(offset)) == offset


def test_an_edit_is_one_step_of_undo_and_keeps_its_own_endings():
    loaded = content("a\nb\nc\n")
    loaded.apply(TextEdit(2, 3, "x\r\ny\r\nz"))
    assert loaded.text == "a\nx\r\ny\r\nz\nc\n"
    loaded.document.undo()
    assert loaded.text == "a\nb\nc\n"
    loaded.document.redo()
    assert loaded.text == "a\nx\r\ny\r\nz\nc\n"


def test_a_byte_order_mark_in_the_text_is_a_character_like_others():
    loaded = content("\ufeffone\ntwo\n")
    assert shown(loaded)[0] == "\ufeffone"
    cursor = QTextCursor(loaded.document)
    cursor.setPosition(2)
    cursor.insertText("x")
    assert loaded.text == "\ufeffoxne\ntwo\n"
    loaded.apply(TextEdit(6, 7, "\ufefft"))
    assert loaded.text == "\ufeffoxne\n\ufefftwo\n"


def test_edits_told_by_the_signal_replay_to_the_same_text():
    text = AWKWARD
    loaded = content(text)
    replayed = [text]
    loaded.edited.connect(lambda edit: replayed.append(edit.apply(replayed[-1])))
    cursor = QTextCursor(loaded.document)
    cursor.setPosition(3)
    cursor.setPosition(9, QTextCursor.MoveMode.KeepAnchor)
    cursor.insertText("new\nlines\u00a0here")
    loaded.document.undo()
    assert replayed[-1] == loaded.text == text


ALPHABET = "ab \u00a0\U0001f600\u2029\n\r"


@settings(max_examples=300, deadline=None)
@given(st.text(ALPHABET, max_size=30), st.integers(0, 2**32))
def test_random_editing_never_loses_step(text, seed):
    pick = random.Random(seed)
    loaded = content(text)
    replayed = [text]
    loaded.edited.connect(lambda edit: replayed.append(edit.apply(replayed[-1])))
    for _ in range(12):
        if pick.random() < 0.2:
            loaded.document.undo()
        elif pick.random() < 0.1:
            loaded.document.redo()
        elif pick.random() < 0.3:
            endings = split_lines(loaded.text)
            bounds = [0]
            for line in endings:
                bounds.append(bounds[-1] + len(line))
            start, end = sorted(pick.choices(bounds, k=2))
            replacement = "".join(pick.choice(ALPHABET) for _ in range(pick.randrange(4)))
            wanted = TextEdit(start, end, replacement).apply(loaded.text)
            crossing = (
                wanted[: start + len(replacement)].endswith("\r")
                and wanted[start + len(replacement) :][:1] == "\n"
            )
            split = start and wanted[start - 1] == "\r" and wanted[start : start + 1] == "\n"
            loaded.apply(TextEdit(start, end, replacement))
            if not crossing and not split:  # else a lone CR and a LF meet, and become one ending
                assert loaded.text == wanted
        else:
            cursor = QTextCursor(loaded.document)
            size = loaded.document.characterCount()
            whole = [at for at in range(size) if not "\ud800" <= loaded.document.characterAt(at) <= "\udfff"]
            start, end = sorted(pick.choices(whole, k=2))
            cursor.setPosition(start)
            cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
            cursor.insertText("".join(pick.choice(ALPHABET) for _ in range(pick.randrange(4))))
        assert shown(loaded) == [line.rstrip("\r\n\u2029") for line in loaded.lines(0, loaded.line_count())]
        assert replayed[-1] == loaded.text
        assert loaded.length == len(loaded.text)
    while loaded.document.isUndoAvailable():
        loaded.document.undo()
    assert loaded.text == text


@pytest.mark.parametrize("joined", [True, False])
def test_a_slice_is_that_of_the_text(joined):
    text = "one\r\ntwo 😀\n\nthree\rfour"
    content = DocumentText(text)
    for start in range(len(text) + 2):
        for end in range(len(text) + 3):
            content._text = text if joined else None
            assert content.slice(start, end) == text[start:end]


def test_lines_of_a_text_of_line_feeds_get_their_own_endings_once_one_has_another():
    text = DocumentText("one\ntwo\nthree\n")
    text.apply(TextEdit(4, 7, "2\n2½"))
    assert text.text == "one\n2\n2½\nthree\n"
    text.apply(TextEdit(4, 4, "a\r\nb\r"))
    assert text.text == "one\na\r\nb\r2\n2½\nthree\n"
    text.apply(TextEdit(0, 3, "1\n1"))
    assert text.text == "1\n1\na\r\nb\r2\n2½\nthree\n"
    for expected in ("one\na\r\nb\r2\n2½\nthree\n", "one\n2\n2½\nthree\n", "one\ntwo\nthree\n"):
        text.document.undo()
        assert text.text == expected
    for expected in ("one\n2\n2½\nthree\n", "one\na\r\nb\r2\n2½\nthree\n"):
        text.document.redo()
        assert text.text == expected
