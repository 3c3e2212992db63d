"""The bar that looks for words in the preview."""

from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWebEngineCore import QWebEngineFindTextResult, QWebEnginePage
from PySide6.QtWebEngineWidgets import QWebEngineView
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QToolButton, QWidget

from editor.translation import gettext as _
from editor.ui.icons import icon
from editor.ui.preview.answers import answered_in
from editor.ui.theme import Theme

_AGAIN_MS = 150
"""So long after nothing was found it is looked for once more."""


class FindInPage(QWidget):
    """A line to type into, how many places there are, and the way from one to the next.

    Signals:
        opened: the bar is shown: all of the page is wanted.
        sought: the page goes to a place that was found.
        closed: the bar was closed.
    """

    opened = Signal()
    sought = Signal()
    closed = Signal()

    def __init__(self, web: QWebEngineView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("previewFindBar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._web = web
        self._serial = 0
        """Of the search that was made last."""
        self._more_comes = False
        """Whether the page still gets what it is to show."""
        self._line = QLineEdit(self)
        self._line.setObjectName("previewFind")
        self._line.setAccessibleName(_("Find in the preview"))
        self._line.setPlaceholderText(_("Find in the preview"))
        self._line.setClearButtonEnabled(True)
        self._line.textChanged.connect(lambda _text: self._find())
        self._count = QLabel(self)
        self._count.setObjectName("previewFindCount")
        self._count.setAccessibleName(_("Places found"))
        self._previous = self._button(_("Previous place (Shift+Enter)"), self.find_previous)
        self._next = self._button(_("Next place (Enter)"), self.find_next)
        self._close = self._button(_("Close (Esc)"), self.close_bar)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 8, 12, 8)
        layout.setSpacing(4)
        layout.addWidget(self._line, 1)
        layout.addWidget(self._count)
        for button in (self._previous, self._next, self._close):
            layout.addWidget(button)
        self.hide()

    def open_bar(self) -> None:
        """Show the bar, with what is selected in the preview, and take the keyboard."""
        selected = self._web.page().selectedText()
        if selected and "\n" not in selected:
            self._line.setText(selected)
        self.show()
        self._line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._line.selectAll()
        self._more_comes = True
        self._find()
        self.opened.emit()

    def count_again(self) -> None:
        """Look for the words once more: all that the page is to show is there."""
        self._more_comes = False
        self._search_anew()

    def close_bar(self) -> None:
        """Hide the bar and the marks, and give the keyboard to the page."""
        self._web.page().findText("")
        # Before it hides, so that Qt does not pass the keyboard on as Tab does: the page would go to its first link.
        self._web.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.hide()
        self.closed.emit()

    def find_next(self) -> None:
        """Go to the next place."""
        self._find()

    def find_previous(self) -> None:
        """Go to the place before."""
        self._find(QWebEnginePage.FindFlag.FindBackward)

    def set_theme(self, theme: Theme) -> None:
        """Use the colours of `theme`."""
        self.setStyleSheet(
            f"#previewFindBar {{ background: {theme.side}; border-top: 1px solid {theme.line}; }}"
            f"QToolButton {{ border: none; border-radius: 6px; padding: 0 7px; min-height: 26px;"
            f" color: {theme.dim}; background: transparent; }}"
            f"QToolButton:hover {{ background: {theme.hover}; color: {theme.ink}; }}"
            f"QToolButton:focus {{ border: 1px solid {theme.accent}; }}"
            f"QLabel {{ color: {theme.dim}; }}"
        )
        for button, name in (
            (self._previous, "chevron-up"),
            (self._next, "chevron-down"),
            (self._close, "close"),
        ):
            button.setIcon(icon(name, theme.dim))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes, Enter goes on (Qt)."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_bar()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            back = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            (self.find_previous if back else self.find_next)()
        elif event.matches(QKeySequence.StandardKey.FindNext):
            self.find_next()
        elif event.matches(QKeySequence.StandardKey.FindPrevious):
            self.find_previous()
        else:
            super().keyPressEvent(event)

    def _search_anew(self) -> None:
        if self.isVisible() and self._line.text():
            self._web.page().findText("")  # else Chromium keeps to having found nothing
            self._find(sure=True)

    def _find(self, flags: QWebEnginePage.FindFlag | None = None, *, sure: bool = False) -> None:
        words = self._line.text()
        if words:
            self.sought.emit()
        if flags is None:
            flags = QWebEnginePage.FindFlag(0)
        self._serial += 1
        then = partial(self._show_count, self._serial, sure)
        self._web.page().findText(words, flags, answered_in(self._web, then))

    def _show_count(self, serial: int, sure: bool, result: QWebEngineFindTextResult) -> None:
        if serial != self._serial:
            return  # of other words, or of a page that had less
        if not self._line.text():
            self._count.setText("")
        elif not result.numberOfMatches() and (self._more_comes or not sure):
            # What has just come to the page may not be laid out yet.
            self._count.setText(_("Searching…"))
            if not self._more_comes:
                QTimer.singleShot(
                    _AGAIN_MS, self, lambda: self._search_anew() if serial == self._serial else None
                )
        elif not result.numberOfMatches():
            self._count.setText(_("Nothing found"))
        else:
            words = _("{place} of {count}")
            self._count.setText(words.format(place=result.activeMatch(), count=result.numberOfMatches()))

    def _button(self, name: str, act: object) -> QToolButton:
        button = QToolButton(self)
        button.setAccessibleName(name)
        button.setToolTip(name)
        button.setAutoRaise(True)
        button.clicked.connect(act)
        return button
