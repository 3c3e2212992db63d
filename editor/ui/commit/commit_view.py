"""The page that takes the place of text and preview to look changes over, and to commit them."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QLabel, QPushButton, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from editor.translation import gettext as _
from editor.ui.commit.commit_column import CommitColumn
from editor.ui.commit.source_changes import SourceChanges
from editor.ui.theme import Theme

_COLUMN = 252
_SHARES = (39, 61)
"""How source and page share their room."""
_WORDS = 400
"""How wide the sentences of an empty page are."""
_BESIDE = 940
"""Below this width (logical pixels) the page's differences stand below those of its source."""


class EmptyPage(QWidget):
    """Says in a sentence why there is nothing to look over, and offers the first step.

    Signals:
        step_wanted: the button was clicked.
    """

    step_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("commitEmpty")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._title = QLabel(self)
        self._title.setObjectName("commitEmptyTitle")
        self._title.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._words = QLabel(self)
        self._words.setProperty("dim", True)
        self._words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._words.setWordWrap(True)
        self._words.setFixedWidth(_WORDS)
        self.step = QPushButton(self)
        self.step.setObjectName("commitFirstStep")
        self.step.setProperty("primary", True)
        self.step.clicked.connect(self.step_wanted)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 24)
        layout.setSpacing(10)
        layout.addStretch(2)
        layout.addWidget(self._title, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addWidget(self._words, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addSpacing(6)
        layout.addWidget(self.step, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(3)

    @property
    def words(self) -> str:
        """What it says."""
        return f"{self._title.text()}\n{self._words.text()}".strip()

    def show_words(self, title: str, words: str, step: str = "") -> None:
        """Say `words` below `title`, and offer `step`; empty: there is none."""
        self._title.setText(title)
        self._title.setVisible(bool(title))
        self._words.setText(words)
        self._words.ensurePolished()
        self._words.setFixedHeight(self._words.heightForWidth(_WORDS))
        self.step.setText(step)
        self.step.setVisible(bool(step))


class CommitView(QWidget):
    """The column of files and message, the source's differences, and the page's.

    Signals:
        leave_wanted: back to the text.
    """

    leave_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("commitView")
        self.setAccessibleName(_("Review and commit"))
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.column = CommitColumn(self)
        self.source = SourceChanges(self)
        self.rendered: QWidget | None = None
        self.empty = EmptyPage(self)
        self.nothing = EmptyPage(self)
        """In the place of the differences, where there are none."""
        self._reading = QSplitter(Qt.Orientation.Horizontal, self)
        self._reading.setHandleWidth(1)
        self._reading.setChildrenCollapsible(False)
        self._reading.addWidget(self.source)
        self._right = QStackedWidget(self)
        self._right.addWidget(self._reading)
        self._right.addWidget(self.nothing)
        self._main = QSplitter(Qt.Orientation.Horizontal, self)
        self._main.setHandleWidth(1)
        self._main.setChildrenCollapsible(False)
        self._main.addWidget(self.column)
        self._main.addWidget(self._right)
        self._main.setStretchFactor(0, 0)
        self._main.setStretchFactor(1, 1)
        self._main.setSizes([_COLUMN, 1000])
        self._pages = QStackedWidget(self)
        self._pages.addWidget(self._main)
        self._pages.addWidget(self.empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._pages)
        self.setMinimumSize(480, 240)
        self._connect()

    def _connect(self) -> None:
        """Take the keys that are the review's wherever the focus is in the window."""
        leave = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        leave.activated.connect(self.leave_wanted)
        for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            commit = QShortcut(QKeySequence(Qt.KeyboardModifier.ControlModifier | key), self)
            commit.activated.connect(self.column.commit_by_key)
        self.source.tick_all_action.triggered.connect(lambda: self.column.list.toggle_all(True))
        self.source.untick_all_action.triggered.connect(lambda: self.column.list.toggle_all(False))

    def set_rendered(self, pane: QWidget) -> None:
        """Put the pane with the page's differences beside those of its source."""
        self.rendered = pane
        self._reading.addWidget(pane)
        pane.setMinimumWidth(260)
        self._arrange()
        self._share()

    def show_rendered(self, shown: bool) -> None:
        """Show that pane, or leave its room to the source."""
        if self.rendered is not None and self.rendered.isHidden() == shown:
            self.rendered.setVisible(shown)
            self._share()

    def show_empty(self, title: str, words: str, step: str = "") -> None:
        """Say why there is nothing to look over, in the place of everything."""
        focus = self.window().focusWidget()
        inside = focus is not None and (focus is self or self.isAncestorOf(focus))
        self.empty.show_words(title, words, step)
        self._pages.setCurrentWidget(self.empty)
        if inside:
            self.focus_first()

    def show_nothing(self, title: str, words: str, step: str = "") -> None:
        """Say why there are no differences, beside the column."""
        pressed = self.window().focusWidget() is self.nothing.step
        self.nothing.show_words(title, words, step)
        self._right.setCurrentWidget(self.nothing)
        self._show_main()
        if pressed and not step:  # it is done, and the button gone
            self.column.message.setFocus()

    def show_changes(self) -> None:
        """Show column and differences."""
        pressed = self.window().focusWidget() is self.nothing.step
        self._right.setCurrentWidget(self._reading)
        self._show_main()
        if pressed:
            self.focus_first()

    def _show_main(self) -> None:
        """Show the column; the focus goes to its files where it was in what stood there before."""
        if self._pages.currentWidget() is self._main:
            return
        focus = self.window().focusWidget()
        inside = focus is not None and (focus is self or self.isAncestorOf(focus))
        self._pages.setCurrentWidget(self._main)
        if inside:
            self.focus_first()

    def focus_first(self) -> None:
        """Give the focus to the files, or to the first step where there are none."""
        if self._pages.currentWidget() is self.empty:
            step = self.empty.step
            (step if step.isVisibleTo(self) else self).setFocus(Qt.FocusReason.ShortcutFocusReason)
        elif self.column.list.isVisibleTo(self):
            self.column.list.setFocus()
        else:
            self.column.message.setFocus()

    def next_pane(self) -> None:
        """Move the focus to the next part: files, source, page, message."""
        column = self.column
        parts: list[QWidget] = [column.list, self.source]
        if self.rendered is not None:
            parts.append(self.rendered)
        parts.append(column.message)
        parts = [part for part in parts if part.isVisible()]
        if not parts:
            self.focus_first()
            return
        focus = self.window().focusWidget()
        here = next(
            (i for i, part in enumerate(parts) if focus is part or part.isAncestorOf(focus or self)), -1
        )
        parts[(here + 1) % len(parts)].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def set_theme(self, theme: Theme) -> None:
        """Colour everything."""
        self.column.set_theme(theme)
        self.source.set_theme(theme)
        if self.rendered is not None:
            self.rendered.set_theme(theme)  # type: ignore[attr-defined]

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the page's differences below the source's where there is no room beside (Qt)."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        beside = self.width() >= _BESIDE
        wanted = Qt.Orientation.Horizontal if beside else Qt.Orientation.Vertical
        if self._reading.orientation() != wanted:
            self._reading.setOrientation(wanted)
            self._share()

    def _share(self) -> None:
        """Give the page somewhat more room than its source, as it is drawn."""
        horizontal = self._reading.orientation() == Qt.Orientation.Horizontal
        source, page = _SHARES if horizontal else (1, 1)
        self._reading.setStretchFactor(0, source)
        self._reading.setStretchFactor(1, page)
        room = max(self._reading.width() if horizontal else self._reading.height(), 1000)
        self._reading.setSizes([room * source // (source + page), room * page // (source + page)])
