"""Where the places of a text are in the document that shows it, and where they are after further typing."""

from collections.abc import Iterable, Sequence

from editor.post.text_edit import TextEdit
from editor.ui.text_editor.document_text import utf16_length


def document_positions(text: str, offsets: Iterable[int]) -> dict[int, int]:
    """Return offset (code points in `text`) -> position in its document (UTF-16 units, one for each line end).

    For any thread: a document itself can be asked in the window's alone.
    """
    wanted = sorted(set(offsets))
    if text.isascii() and "\r" not in text:
        return {offset: min(offset, len(text)) for offset in wanted}
    found: dict[int, int] = {}
    done = position = 0
    for offset in wanted:
        cuts_ending = offset > 0 and text[offset - 1 : offset + 1] == "\r\n"
        stop = offset - cuts_ending
        piece = text[done:stop]
        position += utf16_length(piece) - piece.count("\r\n")
        found[offset] = position
        done = stop
    return found


def moved_edit(edit: TextEdit, since: Sequence[TextEdit]) -> TextEdit | None:
    """Return `edit` for the text that `since`, made one after the other, have left; None where one touches it."""
    start, end = edit.start, edit.end
    for other in since:
        if other.end < start:
            delta = len(other.replacement) - (other.end - other.start)
            start, end = start + delta, end + delta
        elif other.start <= end:
            return None
    return TextEdit(start, end, edit.replacement)
