"""SavedText: whether a text that is edited is the one on disk, known without comparing all of it at every key."""

from editor.post.text_edit import TextEdit
from editor.ui.text_editor.document_text import DocumentText


class SavedText:
    """What a file holds, and how much of it surely stands in the edited text, at its start and at its end."""

    def __init__(self, text: str, current: str) -> None:
        """Hold `text`, which is on disk, against `current`, the text as it is now."""
        self.text = text
        self._alike_before = self._alike_behind = len(text) if text == current else 0

    def note(self, edit: TextEdit, length: int) -> None:
        """Take note of an edit; `length` is the text's after it, in code points."""
        old_length = length - len(edit.replacement) + edit.end - edit.start
        self._alike_before = min(self._alike_before, edit.start)
        self._alike_behind = min(self._alike_behind, old_length - edit.end)

    def is_that_of(self, content: DocumentText) -> bool:
        """Return whether `content` has the saved text; what was edited is compared where the lengths are equal."""
        length = content.length
        if length != len(self.text):
            return False
        start = self._alike_before
        end = max(start, length - self._alike_behind)
        if content.slice(start, end) != self.text[start:end]:
            return False
        self._alike_before = self._alike_behind = length
        return True
