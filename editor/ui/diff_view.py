"""A diff to be read: what is gone and what is new, in colour and with signs."""

from PySide6.QtGui import QColor, QFont, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit, QWidget

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
        colours = {"gone": (theme.bad_wash, theme.ink), "new": (theme.good_wash, theme.ink)}
        selections = []
        for number, line in enumerate(self._lines):
            back, front = colours.get(line.kind, (None, theme.dim))
            selection = QTextEdit.ExtraSelection()
            layout = QTextCharFormat()
            layout.setForeground(QColor(front))
            if back is not None:
                layout.setBackground(QColor(back))
            layout.setProperty(QTextCharFormat.Property.FullWidthSelection, True)
            selection.format = layout
            cursor = QTextCursor(self.document().findBlockByNumber(number))
            if back is None:
                cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
            selection.cursor = cursor
            selections.append(selection)
        self.setExtraSelections(selections)
