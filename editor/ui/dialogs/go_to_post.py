"""Go to a post by a few letters of its title."""

from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from editor.site.index import PostSummary
from editor.translation import gettext as _

_MOST = 60


class GoToPost(QDialog):
    """A line to type in, and the posts whose titles or paths hold all of its words.

    Signals:
        post_chosen: the path.
    """

    post_chosen = Signal(Path)

    def __init__(self, posts: list[PostSummary], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Go to post"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._posts = posts
        self._line = QLineEdit(self)
        self._line.setPlaceholderText(_("Words of the title or the path"))
        self._line.setAccessibleName(_("Words of the title or the path"))
        self._list = QListWidget(self)
        self._list.setAccessibleName(_("Posts"))
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
            hay = f"{post.title} {post.path}".casefold()
            if all(word in hay for word in words):
                row = QListWidgetItem(f"{post.title}    {post.date}")
                row.setData(Qt.ItemDataRole.UserRole, str(post.path))
                self._list.addItem(row)
                if self._list.count() >= _MOST:
                    break
        self._list.setCurrentRow(0)

    def _choose(self) -> None:
        row = self._list.currentItem()
        if row is not None:
            self.post_chosen.emit(Path(row.data(Qt.ItemDataRole.UserRole)))
            self.accept()
