"""What a list of words offers while one types: values, and beside them how often they are used."""

from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import (
    QCompleter,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from editor.ui.form.rows import Suggestion
from editor.ui.theme import Theme

_Index = QModelIndex | QPersistentModelIndex

_SEARCHED = int(Qt.ItemDataRole.UserRole)
_NOTE = _SEARCHED + 1


class SuggestionModel(QAbstractListModel):
    """The suggestions of one field, without those that are taken."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: tuple[Suggestion, ...] = ()
        self._taken: frozenset[str] = frozenset()
        self._open: list[Suggestion] = []

    def show_suggestions(self, suggestions: tuple[Suggestion, ...], taken: frozenset[str]) -> None:
        """Offer `suggestions` but for those that are `taken`."""
        if suggestions is self._all and taken == self._taken:
            return
        self.beginResetModel()
        self._all, self._taken = suggestions, taken
        self._open = [suggestion for suggestion in suggestions if suggestion.value not in taken]
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - as Qt declares it
        return 0 if parent.isValid() else len(self._open)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        suggestion = self._open[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return suggestion.value
        if role == Qt.ItemDataRole.AccessibleTextRole:
            note = suggestion.note()
            return f"{suggestion.value}, {note}" if note else suggestion.value
        if role == _SEARCHED:
            return f"{suggestion.value} {suggestion.name}" if suggestion.name else suggestion.value
        return suggestion.note() if role == _NOTE else None


class SuggestionDelegate(QStyledItemDelegate):
    """Paints a suggestion's value, and its note dim at the right."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme

    def set_theme(self, theme: Theme) -> None:
        """Take the colours."""
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, _index: _Index) -> QSize:
        return QSize(160, option.fontMetrics.height() + 12)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        theme = self._theme
        rect: QRect = option.rect
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if chosen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.accent_wash))
            painter.drawRoundedRect(rect.adjusted(4, 1, -4, -1), 6, 6)
        inner = rect.adjusted(12, 0, -12, 0)
        note = str(index.data(_NOTE) or "")
        note_width = min(painter.fontMetrics().horizontalAdvance(note), inner.width() // 2)
        aligned = Qt.AlignmentFlag.AlignVCenter
        painter.setPen(QColor(theme.dim))
        painter.drawText(inner, aligned | Qt.AlignmentFlag.AlignRight, note)
        painter.setPen(QColor(theme.accent if chosen else theme.ink))
        words = inner.adjusted(0, 0, -note_width - 8 if note else 0, 0)
        value = str(index.data())
        painter.drawText(
            words,
            aligned | Qt.AlignmentFlag.AlignLeft,
            painter.fontMetrics().elidedText(value, Qt.TextElideMode.ElideRight, words.width()),
        )
        painter.restore()


class SuggestionPopup(QCompleter):
    """A completer over suggestions: any part of a value finds it, capitals or not."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._model = SuggestionModel(self)
        self._delegate = SuggestionDelegate(theme, self)
        self.setModel(self._model)
        self.setCompletionRole(_SEARCHED)
        self.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setFilterMode(Qt.MatchFlag.MatchContains)
        self.setMaxVisibleItems(8)
        self._view: QListView | None = None

    def set_theme(self, theme: Theme) -> None:
        """Take the colours."""
        self._delegate.set_theme(theme)

    def show_suggestions(self, suggestions: tuple[Suggestion, ...], taken: frozenset[str]) -> None:
        """Offer `suggestions` but for those that are `taken`."""
        self._model.show_suggestions(suggestions, taken)

    def offer(self, text: str, below: QWidget) -> None:
        """Show what fits `text` under the widget `below`."""
        if self._view is None:
            self._view = QListView()
            self._view.setProperty("look", "suggestions")
            self._view.setUniformItemSizes(True)
            self._view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            self.setPopup(self._view)
            self._view.setItemDelegate(self._delegate)
        self.setCompletionPrefix(text.strip())
        if self.completionCount() == 0:
            self._view.hide()
            return
        line = self.widget()
        corner = line.mapFromGlobal(below.mapToGlobal(below.rect().bottomLeft()))
        self.complete(QRect(corner.x(), corner.y() - line.height() + 4, below.width(), line.height()))

    def chosen(self) -> str | None:
        """Return the value that is selected in the open popup, or None."""
        if self._view is None or not self._view.isVisible() or not self._view.currentIndex().isValid():
            return None
        return str(self._view.currentIndex().data())

    def hide(self) -> None:
        """Close the popup."""
        if self._view is not None:
            self._view.hide()
