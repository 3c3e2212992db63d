"""The text inputs of the form: as Qt's own, but undo is the post's, not theirs."""

import re

from PySide6.QtCore import QEvent, QMimeData, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QShowEvent, QTextOption
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget


def is_undo_or_redo(event: QKeyEvent) -> bool:
    """Return whether a key means undo or redo."""
    return event.matches(QKeySequence.StandardKey.Undo) or event.matches(QKeySequence.StandardKey.Redo)


def in_one_line(text: str) -> str:
    """Return `text` with a space in the place of each line break."""
    return re.sub("[ \t]*(?:\r\n|[\n\r\u2028\u2029])[ \t]*", " ", text)


class InputLine(QLineEdit):
    """One line of text; the keys of undo and redo go on to whoever keeps the post's undo stack."""

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and is_undo_or_redo(event):  # type: ignore[arg-type]
            event.ignore()
            return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if is_undo_or_redo(event):
            event.ignore()
            return
        super().keyPressEvent(event)


class NameLine(InputLine):
    """A line that is there to ask for a name, or another value, once.

    Signals:
        given_up: Escape.
    """

    given_up = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.given_up.emit()
        else:
            super().keyPressEvent(event)


class InputBox(QPlainTextEdit):
    """A text box that is as high as its text, between two bounds; undo and redo as in `InputLine`.

    Signals:
        left: the focus went away, or the writer pressed Ctrl+Enter.
    """

    left = Signal()

    def __init__(self, least: int, most: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._least, self._most = least, most
        self._one_line = False
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUndoRedoEnabled(False)
        self.setTabChangesFocus(True)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(0)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        self._fit()

    def content(self) -> str:
        """Return the text; unlike with `toPlainText`, a no-break space stays one."""
        return self.document().toRawText().replace("\u2029", "\n")

    def set_content(self, text: str) -> None:
        """Show `text`, unless it is shown already; the caret stays as near to its place as can be."""
        if text == self.content():
            return
        place = self.textCursor().position()
        self.setPlainText(text)
        if self.hasFocus():
            cursor = self.textCursor()
            cursor.setPosition(min(place, self.document().characterCount() - 1))
            self.setTextCursor(cursor)

    def set_one_line(self, one_line: bool) -> None:
        """Say whether the text must stay one line: Enter breaks none then, and pasted breaks become spaces."""
        self._one_line = one_line

    def sizeHint(self) -> QSize:
        return QSize(120, self.minimumHeight())

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and is_undo_or_redo(event):  # type: ignore[arg-type]
            event.ignore()
            return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if is_undo_or_redo(event):
            event.ignore()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and (
            self._one_line or event.modifiers() & Qt.KeyboardModifier.ControlModifier
        ):
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def insertFromMimeData(self, source: QMimeData) -> None:
        if self._one_line and source.hasText():
            self.textCursor().insertText(in_one_line(source.text()))
            self.ensureCursorVisible()
        else:
            super().insertFromMimeData(source)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.left.emit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit()  # what the style sheet puts around the text is known by now

    def _fit(self) -> None:
        # The layout of a plain text box counts its height in lines.
        wanted = round(self.document().size().height())
        lines = max(self._least, min(self._most, wanted))
        around = self.height() - self.viewport().height() if self.isVisible() else 12
        height = lines * self.fontMetrics().lineSpacing() + around
        if height != self.minimumHeight() or height != self.maximumHeight():
            self.setFixedHeight(height)
        policy = (
            Qt.ScrollBarPolicy.ScrollBarAsNeeded
            if wanted > self._most
            else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        )
        if policy != self.verticalScrollBarPolicy():
            self.setVerticalScrollBarPolicy(policy)
