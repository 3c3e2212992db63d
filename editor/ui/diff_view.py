"""A diff to be read: what is gone and what is new, in colour and with signs."""

from PySide6.QtGui import QColor, QFont, QTextBlockFormat, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from editor.post.differences import DiffLine
from editor.translation import gettext as _
from editor.ui.theme import LIGHT, Theme

_SIGNS = {"same": "  ", "gone": "− ", "new": "+ ", "skipped": ""}
_MOST = 2_000
"""Lines: nobody reads more of them."""


class DiffView(QPlainTextEdit):
    """Shows the lines of a diff; nothing can be typed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("diff")
        self.setAccessibleName(_("Changed lines"))
        self.setReadOnly(True)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.WidgetWidth)
        font = QFont("JetBrains Mono")
        font.setStyleHint(QFont.StyleHint.Monospace)
        font.setPixelSize(12)
        for ligatures in ("calt", "liga"):  # a mark is to be seen as it is typed
            font.setFeature(QFont.Tag(ligatures), 0)
        self.setFont(font)
        self._theme = LIGHT
        self._lines: list[DiffLine] = []

    def set_theme(self, theme: Theme) -> None:
        """Colour the lines."""
        self._theme = theme
        self._colour()

    def show_lines(self, lines: list[DiffLine]) -> None:
        """Show `lines`, of which nobody reads more than two thousand."""
        self._lines = lines[:_MOST]
        shown = [f"{_SIGNS[line.kind]}{line.text}" if line.kind != "skipped" else "⋯" for line in self._lines]
        if len(lines) > _MOST:
            shown.append(_("… and {count} more lines").format(count=len(lines) - _MOST))
        self.setPlainText("\n".join(shown) if shown else _("Nothing differs."))
        self._colour()

    def _colour(self) -> None:
        theme = self._theme
        washes = {"gone": theme.bad_wash, "new": theme.good_wash}
        cursor = QTextCursor(self.document())
        for number, line in enumerate(self._lines):
            cursor.setPosition(self.document().findBlockByNumber(number).position())
            cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
            wash = washes.get(line.kind)
            whole, letters = QTextBlockFormat(), QTextCharFormat()
            if wash is not None:
                whole.setBackground(QColor(wash))
            letters.setForeground(QColor(theme.dim if wash is None else theme.ink))
            cursor.setBlockFormat(whole)
            cursor.setCharFormat(letters)
