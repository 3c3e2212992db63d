"""The text with its bar: formatting, the heading the caret is under, find and replace."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from editor.translation import gettext as _
from editor.ui.icons import icon
from editor.ui.text_editor.find_bar import FindBar
from editor.ui.text_editor.markdown_editor import MarkdownEditor
from editor.ui.text_editor.outline import Outline
from editor.ui.theme import Theme
from editor.ui.widgets import icon_button

_OUTLINE_PAUSE_MS = 250
"""How long nobody types before the heading that the caret is under is shown again."""


class Notice(QFrame):
    """A slim bar with one sentence and, perhaps, one thing to do about it.

    Signals:
        closed: the person has put it away.
    """

    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("notice")
        self._words = QLabel(self)
        self._words.setWordWrap(True)
        self._actions: list[QPushButton] = []
        self._close = QPushButton(_("Close"), self)
        self._close.setProperty("flat", True)
        self._close.clicked.connect(self.hide)
        self._close.clicked.connect(self.closed)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(10, 4, 10, 4)
        layout.addWidget(self._words, 1)
        layout.addWidget(self._close)
        self._layout = layout
        self.hide()

    def show_words(self, words: str, actions: Sequence[tuple[str, Callable[[], None]]] = ()) -> None:
        """Show the sentence, and a button for each of `actions` (its words, what it does); empty hides the bar."""
        for button in self._actions:
            self._layout.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._actions = []
        for label, act in actions:
            button = QPushButton(label, self)
            button.setAccessibleName(label)
            button.clicked.connect(lambda _checked=False, act=act: act())
            self._layout.insertWidget(self._layout.count() - 1, button)
            self._actions.append(button)
        self._words.setText(words)
        self.setAccessibleName(words)
        self.setProperty("offers", bool(actions))
        self.style().unpolish(self)
        self.style().polish(self)
        self.setVisible(bool(words))


class TextPane(QWidget):
    """The editor widget, its bar above it and the find bar below.

    Signals:
        length_changed: the Statistics of the post's body, after a pause.
    """

    length_changed = Signal(object)

    def __init__(
        self,
        editor: MarkdownEditor,
        find_bar: FindBar,
        formats: list[QAction | None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("textPane")
        self.editor = editor
        self.find_bar = find_bar
        self.notice = Notice(self)
        self.outside_notice = Notice(self)
        """What others did to the file: it goes with the post, not with the window."""
        bar = QWidget(self)
        bar.setObjectName("paneBar")
        bar.setFixedHeight(40)
        bar_layout = QHBoxLayout(bar)
        bar_layout.setContentsMargins(12, 0, 12, 0)
        bar_layout.setSpacing(4)
        for action in formats:
            if action is None:
                line = QFrame(bar)
                line.setObjectName("barLine")
                line.setFixedSize(1, 18)
                bar_layout.addSpacing(4)
                bar_layout.addWidget(line)
                bar_layout.addSpacing(4)
            else:
                bar_layout.addWidget(icon_button(action, bar))
        bar_layout.addStretch(1)
        self._jump = QToolButton(bar)
        self._jump.setProperty("jump", True)
        self._jump.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._jump.setLayoutDirection(Qt.LayoutDirection.RightToLeft)  # the arrow stands behind the words
        self._jump.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._jump.setAccessibleName(_("Jump to a heading"))
        self._jump.setToolTip(_("Jump to a heading"))
        self._outline = Outline(self)
        self._menu = QMenu(self._jump)
        self._menu.aboutToShow.connect(self._fill_menu)
        self._jump.setMenu(self._menu)
        bar_layout.addWidget(self._jump)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(bar)
        layout.addWidget(self.notice)
        layout.addWidget(self.outside_notice)
        layout.addWidget(editor, 1)
        layout.addWidget(find_bar)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_OUTLINE_PAUSE_MS)
        self._pause.timeout.connect(self._show_heading)
        self._outline.changed.connect(self._pause.start)
        editor.caret_moved.connect(lambda _line, _column: self._pause.start())
        editor.front_matter_lines_changed.connect(self._outline.set_front_matter_lines)
        self.setFocusProxy(editor)
        self._jump.hide()

    def set_fences_need_end(self, need: bool) -> None:
        """Say whether a code fence that nothing closes is text in the post's dialect, or else code to the end."""
        self.editor.highlighter.set_fences_need_end(need)
        self._outline.set_fences_need_end(need)

    def set_theme(self, theme: Theme) -> None:
        """Colour what is painted."""
        self.editor.set_theme(theme)
        self.find_bar.set_theme(theme)
        self._jump.setIcon(icon("chevron-down", theme.dim, size=12))

    def _show_heading(self) -> None:
        self._outline.watch(self.editor.document())
        current = self._outline.at(self.editor.caret_line())
        self._jump.setVisible(current is not None)
        shown = current or _("Start")
        self._jump.setText(shown if len(shown) <= 28 else shown[:27] + "…")
        length = self._outline.statistics()
        if length is not None:
            self.length_changed.emit(length)

    def _fill_menu(self) -> None:
        self._menu.clear()
        found = self._outline.headings()
        top = min((heading.level for heading in found), default=1)
        for heading in found:
            action = self._menu.addAction("    " * (heading.level - top) + heading.text.replace("&", "&&"))
            action.triggered.connect(lambda _checked=False, line=heading.line: self._go_to(line))

    def _go_to(self, line: int) -> None:
        self.editor.go_to(line)
        self.editor.setFocus()
