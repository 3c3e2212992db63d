"""Go to a post by a few letters of its title."""

from pathlib import Path

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from editor.site.index import PostSummary
from editor.translation import gettext as _
from editor.ui.library.post_delegate import paint_state
from editor.ui.library.post_list_model import shown_day, shown_title, state_words
from editor.ui.theme import LIGHT, Theme

_MOST = 60
_POST = int(Qt.ItemDataRole.UserRole)
_PATH = _POST + 1
_SIDE = 10
"""From a row's edges to what stands in it: as in the line above the list."""
_DOT = 18
"""From the dot's left to the title."""
_ABOVE = 6


class _RowDelegate(QStyledItemDelegate):
    """Paints a post: the dot of its state, title and day; below them, dimmed, its path."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(0, 2 * option.fontMetrics.height() + 2 * _ABOVE)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        theme, post = self._theme, index.data(_POST)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        wash = None
        if option.state & QStyle.StateFlag.State_Selected:
            wash = theme.accent_wash
        elif option.state & QStyle.StateFlag.State_MouseOver:
            wash = theme.hover
        if wash is not None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(wash))
            painter.drawRoundedRect(QRectF(option.rect), 6, 6)
        metrics, middle = option.fontMetrics, Qt.AlignmentFlag.AlignVCenter
        elide = Qt.TextElideMode.ElideRight
        height = metrics.height()
        line = QRect(option.rect.adjusted(_SIDE, _ABOVE, -_SIDE, 0))
        line.setHeight(height)
        paint_state(painter, QPointF(line.left() + 4, line.top() + height / 2), post.state, theme)
        line.setLeft(line.left() + _DOT)
        painter.setFont(option.font)
        day = shown_day(post.date)
        painter.setPen(QColor(theme.dim))
        painter.drawText(line, middle | Qt.AlignmentFlag.AlignRight, day)
        room = line.width() - metrics.horizontalAdvance(day) - _SIDE
        painter.setPen(QColor(theme.ink))
        painter.drawText(line, middle, metrics.elidedText(shown_title(post), elide, room))
        line.translate(0, height)
        painter.setPen(QColor(theme.dim))
        # The end of a path tells more than its beginning.
        path = metrics.elidedText(index.data(_PATH), Qt.TextElideMode.ElideLeft, line.width())
        painter.drawText(line, middle, path)
        painter.restore()


class GoToPost(QDialog):
    """A line to type in, and the posts whose titles, days or paths hold all of its words.

    `root` is the site's folder: paths are shown from there.

    Signals:
        post_chosen: the path.
    """

    post_chosen = Signal(Path)

    def __init__(
        self,
        posts: list[PostSummary],
        parent: QWidget | None = None,
        *,
        root: Path | None = None,
        theme: Theme = LIGHT,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Go to post"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._posts = posts
        self._root = root
        self._line = QLineEdit(self)
        self._line.setPlaceholderText(_("Words of the title or the path"))
        self._line.setAccessibleName(_("Words of the title or the path"))
        self._list = QListWidget(self)
        self._list.setAccessibleName(_("Posts"))
        self._list.setFrameShape(QFrame.Shape.NoFrame)
        self._list.setMouseTracking(True)
        self._list.setUniformItemSizes(True)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setItemDelegate(_RowDelegate(theme, self._list))
        layout = QVBoxLayout(self)
        layout.addWidget(self._line)
        layout.addWidget(self._list)
        self.resize(560, 420)
        self._line.textChanged.connect(self._filter)
        self._line.returnPressed.connect(self._choose)
        self._list.itemActivated.connect(lambda _row: self._choose())
        self._line.installEventFilter(self)
        self._filter("")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the arrows move in the list while one types in the line."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
            if step:
                row = self._list.currentRow() + step
                self._list.setCurrentRow(max(0, min(self._list.count() - 1, row)))
                return True
        return super().eventFilter(watched, event)

    def _filter(self, text: str) -> None:
        words = text.casefold().split()
        self._list.clear()
        for post in self._posts:
            path = self._shown_path(post.path)
            hay = f"{post.title} {post.date} {path}".casefold()
            if all(word in hay for word in words):
                row = QListWidgetItem(shown_title(post))
                row.setData(_POST, post)
                row.setData(_PATH, path)
                row.setToolTip(str(post.path))
                heard = (shown_title(post), state_words(post.state), shown_day(post.date), path)
                row.setData(Qt.ItemDataRole.AccessibleTextRole, ", ".join(heard))
                self._list.addItem(row)
                if self._list.count() >= _MOST:
                    break
        self._list.setCurrentRow(0)

    def _shown_path(self, path: Path) -> str:
        if self._root is not None and path.is_relative_to(self._root):
            return path.relative_to(self._root).as_posix()
        return str(path)

    def _choose(self) -> None:
        row = self._list.currentItem()
        if row is not None:
            self.post_chosen.emit(row.data(_POST).path)
            self.accept()
