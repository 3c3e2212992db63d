"""LibraryPane: the site's posts, to choose one from."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QMenu,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from editor.site.index import PostSummary
from editor.translation import gettext as _
from editor.translation import ngettext
from editor.ui.icons import icon
from editor.ui.library.post_delegate import PostDelegate
from editor.ui.library.post_list_model import POST_ROLE, PostListModel
from editor.ui.theme import LIGHT, Theme


class PostListView(QListView):
    """The list itself: Enter opens, and what is typed goes to the filter.

    Signals:
        chosen: the place of the post to open.
        typed: text that belongs into the filter.
    """

    chosen = Signal(QModelIndex)
    typed = Signal(str)

    def __init__(self, delegate: PostDelegate, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._delegate = delegate
        self.setItemDelegate(delegate)
        self.setObjectName("postList")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setAccessibleName(_("Posts"))
        self.clicked.connect(self.chosen)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._delegate.measure(self.font(), self.viewport().width())
        super().resizeEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._delegate.measure(self.font(), self.viewport().width())
            self.scheduleDelayedItemsLayout()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.currentIndex().isValid():
                self.chosen.emit(self.currentIndex())
        elif plain and event.text().strip() and event.text().isprintable():
            self.typed.emit(event.text())
        else:
            super().keyPressEvent(event)


class FilterBox(QLineEdit):
    """The box above the list.

    Signals:
        entered: Enter: open the first of what is left.
        down: go to the list.
    """

    entered = Signal()
    down = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        elif event.key() == Qt.Key.Key_Down:
            self.down.emit()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)


class LibraryPane(QWidget):
    """The posts of a site by year, with a filter; it opens, makes and changes nothing by itself.

    Signals:
        post_chosen: the path of the post to open.
        new_post_wanted: a new post is to be made.
        open_site_wanted: no site is open, and the writer wants one.
        reveal_wanted: the path of a file to show in the system's file manager.
        copy_path_wanted: the path to put on the clipboard.
        filter_changed: the text of the filter.
    """

    post_chosen = Signal(Path)
    new_post_wanted = Signal()
    open_site_wanted = Signal()
    reveal_wanted = Signal(Path)
    copy_path_wanted = Signal(Path)
    filter_changed = Signal(str)

    def __init__(self, theme: Theme = LIGHT, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("library")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._theme = theme
        self._current: Path | None = None
        self._loading = False
        self._has_site = False

        self._name = QLabel(self)
        self._name.setObjectName("siteName")
        self._name.setTextFormat(Qt.TextFormat.PlainText)
        self._name.setWordWrap(True)
        self._generator = QLabel(self)
        self._generator.setObjectName("generatorPill")
        self._generator.setTextFormat(Qt.TextFormat.PlainText)
        head = QHBoxLayout()
        head.setContentsMargins(8, 0, 0, 0)
        head.setSpacing(8)
        head.addWidget(self._name, 1)
        head.addWidget(self._generator, 0, Qt.AlignmentFlag.AlignVCenter)

        self._filter = FilterBox(self)
        self._filter.setObjectName("libraryFilter")
        self._filter.setPlaceholderText(_("Search posts"))
        self._filter.setAccessibleName(_("Search posts"))
        self._magnifier = QAction(_("Search posts"), self)
        self._filter.addAction(self._magnifier, QLineEdit.ActionPosition.LeadingPosition)
        self._filter.setClearButtonEnabled(False)
        self._shortcut = QLabel(self._filter)
        self._shortcut.setObjectName("libraryShortcut")
        self._shortcut.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        inside = QHBoxLayout(self._filter)
        inside.setContentsMargins(0, 0, 10, 0)
        inside.addStretch(1)
        inside.addWidget(self._shortcut)

        self._model = PostListModel(self)
        self._delegate = PostDelegate(self._model, theme, self)
        self._list = PostListView(self._delegate, self)
        self._list.setModel(self._model)

        self._empty = self._make_empty_page()
        self._pages = QStackedWidget(self)
        self._pages.addWidget(self._list)
        self._pages.addWidget(self._empty)

        top = QVBoxLayout()
        top.setContentsMargins(12, 14, 12, 4)
        top.setSpacing(12)
        top.addLayout(head)
        top.addWidget(self._filter)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(top)
        layout.addWidget(self._pages, 1)

        self._filter.textChanged.connect(self._filter_text_changed)
        self._filter.entered.connect(self._open_first)
        self._filter.down.connect(self._go_to_list)
        self._list.chosen.connect(self._choose)
        self._list.typed.connect(self._type_into_filter)
        self._list.customContextMenuRequested.connect(self._show_menu)
        self.set_theme(theme)
        self.show_site("", "")

    # What it shows.

    def show_posts(self, posts: Sequence[PostSummary]) -> None:
        """Show `posts`, newest first; the place in the list and the chosen row stay where they are."""
        self._loading = False
        kept = self._post_at(self._list.currentIndex())
        place = self._list.verticalScrollBar().value()
        self._model.show_posts(posts)
        self._restore(kept.path if kept else None)
        self._list.verticalScrollBar().setValue(place)
        self._show_page()

    def show_site(self, name: str, generator: str) -> None:
        """Show what the site is called and what publishes it, as people say it; empty: no site is open."""
        self._has_site = bool(name or generator)
        self._name.setText(name or _("No site"))
        self._generator.setText(generator)
        self._generator.setVisible(bool(generator))
        self._filter.setEnabled(self._has_site)
        self._show_page()

    def set_current(self, path: Path | None) -> None:
        """Draw the post at `path` as the open one, and bring it into view."""
        self._current = path
        index = self._model.index_of(path)
        self._delegate.set_open(index)
        if index.isValid():
            self._list.setCurrentIndex(index)
            self._list.scrollTo(index)
        self._list.viewport().update()

    def set_unsaved(self, paths: set[Path]) -> None:
        """Mark the posts at `paths`, and no others, as open with unsaved changes."""
        self._model.set_unsaved(paths)

    def set_loading(self, loading: bool) -> None:
        """Say that the posts are being read, as long as there are none to show."""
        self._loading = loading
        self._show_page()

    def set_shortcut_hint(self, sequence: QKeySequence) -> None:
        """Show inside the filter which keys lead there."""
        text = sequence.toString(QKeySequence.SequenceFormat.NativeText).replace("+", " ")
        self._shortcut.setText(text)
        self._filter.setToolTip(_("Search posts ({keys})").format(keys=text) if text else "")

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of what is painted here; the rest comes by style sheet."""
        self._theme = theme
        self._delegate.set_theme(theme)
        self._magnifier.setIcon(icon("search", theme.dim))
        self._list.viewport().update()

    def focus_filter(self) -> None:
        """Put the caret into the filter, its text selected."""
        self._filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._filter.selectAll()

    def menu(self, index: QModelIndex) -> QMenu:
        """Return the menu of the post at `index`, or of the empty part of the list."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        post = self._post_at(index)
        if post is not None:
            path = post.path
            menu.addAction(_("Open")).triggered.connect(lambda: self.post_chosen.emit(path))
            menu.addSeparator()
            menu.addAction(_("Show in the file manager")).triggered.connect(
                lambda: self.reveal_wanted.emit(path)
            )
            menu.addAction(_("Copy path")).triggered.connect(lambda: self.copy_path_wanted.emit(path))
            menu.addSeparator()
        menu.addAction(_("New post…")).triggered.connect(lambda _checked=False: self.new_post_wanted.emit())
        return menu

    # How it does that.

    def _make_empty_page(self) -> QWidget:
        page = QWidget(self)
        self._empty_title = QLabel(page)
        self._empty_title.setProperty("look", "emptyTitle")
        self._empty_words = QLabel(page)
        self._empty_words.setProperty("look", "emptyWords")
        self._empty_button = QPushButton(page)
        self._empty_button.setObjectName("libraryFirstStep")
        self._empty_button.clicked.connect(self._first_step)
        layout = QVBoxLayout(page)
        layout.setContentsMargins(20, 20, 20, 20)
        layout.setSpacing(6)
        for label in (self._empty_title, self._empty_words):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            layout.addWidget(label)
        layout.addSpacing(6)
        layout.addWidget(self._empty_button, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addStretch(1)
        return page

    def _show_page(self) -> None:
        """Show the list, or say why there is none and what to do first."""
        if self._model.shown_count():
            self._pages.setCurrentWidget(self._list)
            return
        if self._model.count():
            found = _("No post has “{text}”").format(text=self._filter.text().strip())
            posts = self._model.count()
            words = ngettext(
                "Searched in {count} post: its title, date, tags, categories and authors.",
                "Searched in {count} posts: their titles, dates, tags, categories and authors.",
                posts,
            ).format(count=posts)
            self._say(found, words, _("Clear the search"))
        elif self._loading:
            self._say(_("Reading the posts…"), "", "")
        elif self._has_site:
            self._say(
                _("No posts yet"), _("The posts of this site are listed here, newest first."), _("New post…")
            )
        else:
            words = _("Open the folder of a blog, and its posts are listed here.")
            self._say(_("No site is open"), words, _("Open a site…"))
        self._pages.setCurrentWidget(self._empty)

    def _say(self, title: str, words: str, button: str) -> None:
        self._empty_title.setText(title)
        self._empty_words.setText(words)
        self._empty_words.setVisible(bool(words))
        self._empty_button.setText(button)
        self._empty_button.setVisible(bool(button))

    def _first_step(self) -> None:
        if self._model.count():
            self._filter.clear()
            self._filter.setFocus()
        elif self._has_site:
            self.new_post_wanted.emit()
        else:
            self.open_site_wanted.emit()

    def _filter_text_changed(self, text: str) -> None:
        self._shortcut.setVisible(not text)
        kept = self._post_at(self._list.currentIndex())
        self._model.show_matching(text)
        self._restore(kept.path if kept else None)
        self._show_page()
        self.filter_changed.emit(text)

    def _restore(self, chosen: Path | None) -> None:
        """Put the marks where they were before the rows changed."""
        self._delegate.set_open(self._model.index_of(self._current))
        index = self._model.index_of(chosen)
        if index.isValid():
            self._list.setCurrentIndex(index)

    def _post_at(self, index: QModelIndex) -> PostSummary | None:
        return index.data(POST_ROLE) if index.isValid() else None

    def _choose(self, index: QModelIndex) -> None:
        post = self._post_at(index)
        if post is not None:
            self.post_chosen.emit(post.path)

    def _open_first(self) -> None:
        self._choose(self._model.first_post())

    def _go_to_list(self) -> None:
        if not self._list.currentIndex().isValid():
            self._list.setCurrentIndex(self._model.first_post())
        self._list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _type_into_filter(self, text: str) -> None:
        self._filter.setFocus(Qt.FocusReason.OtherFocusReason)
        self._filter.setText(self._filter.text() + text)

    def _show_menu(self, place: QPoint) -> None:
        self.menu(self._list.indexAt(place)).popup(self._list.viewport().mapToGlobal(place))
