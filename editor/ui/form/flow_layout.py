"""A layout that sets its widgets side by side and goes on below where the line is full, as words do."""

from PySide6.QtCore import QMargins, QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget


class FlowLayout(QLayout):
    """Widgets in lines; those that are hidden take no room.

    Where `last_fills`, the last one takes what is left of its line. It begins a line of its own only where its
    minimum width does not fit then; a minimum of 1 fits everywhere.
    """

    def __init__(self, parent: QWidget | None = None, *, spacing: int = 4, last_fills: bool = True) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._last_fills = last_fills
        self.setSpacing(spacing)

    def insert_widget(self, index: int, widget: QWidget) -> None:
        """Put `widget` before the one at `index`."""
        self.addWidget(widget)
        self._items.insert(index, self._items.pop())
        self.invalidate()

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        if not 0 <= index < len(self._items):
            return None
        item = self._items.pop(index)
        self.invalidate()
        return item

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._arrange(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._arrange(rect, move=True)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        size = QSize()
        for item in self._shown():
            size = size.expandedTo(QSize(min(item.minimumSize().width(), 80), item.minimumSize().height()))
        margins = self.contentsMargins()
        return size + QSize(margins.left() + margins.right(), margins.top() + margins.bottom())

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _arrange(self, rect: QRect, *, move: bool) -> int:
        """Place the items inside `rect` where `move` says so; return the height that they need."""
        margins: QMargins = self.contentsMargins()
        inner = rect.marginsRemoved(margins)
        x, y, line_height = inner.x(), inner.y(), 0
        shown = self._shown()
        for position, item in enumerate(shown):
            hint = item.sizeHint()
            last = self._last_fills and position == len(shown) - 1
            width = min(item.minimumSize().width() if last else hint.width(), inner.width())
            squeezed = last and width <= 1
            if x > inner.x() and x + width > inner.right() + 1 and not squeezed:
                x, y, line_height = inner.x(), y + line_height + self.spacing(), 0
            if last:
                width = max(width, inner.right() + 1 - x)
            if move:
                item.setGeometry(QRect(QPoint(x, y), QSize(width, hint.height())))
            x += width + self.spacing()
            line_height = max(line_height, hint.height())
        return y + line_height - rect.y() + margins.bottom()
