"""The bar under the text: find and replace."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from operator import itemgetter

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeyEvent, QKeySequence, QTextCursor, QTextDocument
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QPushButton, QSizePolicy, QToolButton, QWidget

from editor.translation import gettext as _
from editor.translation import ngettext
from editor.ui import icons
from editor.ui.text_editor.document_text import searchable_text
from editor.ui.text_editor.markdown_editor import MarkdownEditor
from editor.ui.text_editor.positions import Positions
from editor.ui.text_editor.search import MATCH_LIMIT, Match, Query
from editor.ui.text_editor.searcher import Searcher
from editor.ui.theme import LIGHT, Theme

_PAUSE = 120
"""Milliseconds after a change of the text before it is searched again."""


class FindBar(QWidget):
    """Finds in the text that can be reached, and replaces; hidden until it is opened."""

    def __init__(self, editor: MarkdownEditor, parent: QWidget | None = None, *, pause: int = _PAUSE) -> None:
        super().__init__(parent)
        self.setObjectName("findBar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._editor = editor
        self._theme = LIGHT
        self._searcher = Searcher(self)
        self._searcher.failed.connect(self._show_failure)
        self._found: list[tuple[int, int]] = []
        """Places in the document, UTF-16 units."""
        self._text: tuple[tuple[QTextDocument, int, int], tuple[int, str]] | None = None
        """The text that was searched last, what it starts at, and what it was taken from."""
        self._revision = -1
        """The document's revision that was searched."""
        self._report = ("", -1)
        """What was replaced last, and the document's revision of which that is said."""
        self._go_on = 0
        """Where to go when the matches have come: 1 on, -1 back, 0 nowhere."""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(pause)
        self._timer.timeout.connect(self._search)
        self._make()
        self._editor.installEventFilter(self)
        self.hide()

    # -- to be called ----------------------------------------------------------------

    def open_find(self) -> None:
        """Open the bar to find; what is selected on one line is looked for."""
        self._open(replacing=False)

    def open_replace(self) -> None:
        """Open the bar to find and replace."""
        self._open(replacing=True)

    def find_next(self) -> None:
        """Select the next match, from the top again behind the last."""
        self._step(1)

    def find_previous(self) -> None:
        """Select the match before, from the end again before the first."""
        self._step(-1)

    def close_bar(self) -> None:
        """Close the bar and go back to the text."""
        self._timer.stop()
        self._forget_matches()
        self._text = None
        # Before it hides: else Qt passes the keyboard on as Tab does, and a web page scrolls to its first link.
        self._editor.setFocus()
        self.hide()

    def set_theme(self, theme: Theme) -> None:
        """Use the colours of `theme`."""
        self._theme = theme
        self.setStyleSheet(
            f"#findBar {{ background: {theme.side}; border-top: 1px solid {theme.line}; }}"
            f"QLineEdit[wrong=true] {{ border-color: {theme.bad}; }}"
            f"QToolButton {{ border: none; border-radius: 6px; padding: 0 7px; min-height: 26px;"
            f" color: {theme.dim}; background: transparent; }}"
            f"QToolButton:hover {{ background: {theme.hover}; color: {theme.ink}; }}"
            f"QToolButton:checked {{ background: {theme.accent_wash}; color: {theme.accent}; }}"
            f"QToolButton:focus {{ border: 1px solid {theme.accent}; }}"
            f"QLabel {{ color: {theme.dim}; }}"
            f"QLabel[wrong=true] {{ color: {theme.bad}; }}"
        )
        for button, name in (
            (self._previous, "chevron-up"),
            (self._next, "chevron-down"),
            (self._close, "close"),
        ):
            button.setIcon(icons.icon(name, theme.dim, disabled=theme.faint))

    def status(self) -> str:
        """Return what the bar says about the search, as `3 of 12`."""
        return self._status.text()

    # -- its parts -------------------------------------------------------------------

    def _make(self) -> None:
        self.find_input = self._line(_("Find"), "findInput")
        self.replace_input = self._line(_("Replace with"), "replaceInput")
        self.find_input.textChanged.connect(self._query_changed)
        self.case = self._option("Aa", _("Match case"), "findCase")
        self.words = self._option(_("Word"), _("Whole words"), "findWords")
        self.regular = self._option(".*", _("Regular expression"), "findRegular")
        self._previous = self._tool(_("Previous match (Shift+F3)"), self.find_previous)
        self._next = self._tool(_("Next match (F3)"), self.find_next)
        self._close = self._tool(_("Close (Esc)"), self.close_bar)
        self._status = QLabel()
        self._status.setObjectName("findStatus")
        self._status.setAccessibleName(_("Matches"))
        self._status.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._status.setMinimumWidth(90)
        self._replace = QPushButton(_("Replace"))
        self._replace.clicked.connect(self.replace_one)
        self._replace_all = QPushButton(_("Replace all"))
        self._replace_all.clicked.connect(self.replace_all)
        grid = QGridLayout(self)
        grid.setContentsMargins(12, 8, 12, 8)
        grid.setHorizontalSpacing(4)
        grid.setVerticalSpacing(6)
        options = (self.case, self.words, self.regular)
        for column, widget in enumerate((self.find_input, *options, self._previous, self._next, self._close)):
            grid.addWidget(widget, 0, column)
        grid.addWidget(self.replace_input, 1, 0)
        grid.addWidget(self._replace, 1, 1, 1, 3)
        grid.addWidget(self._replace_all, 1, 4, 1, 3)
        grid.addWidget(self._status, 2, 0, 1, 7)
        grid.setColumnStretch(0, 1)
        self._editor.document().contentsChanged.connect(self._text_changed)
        self._document = self._editor.document()

    def _line(self, name: str, object_name: str) -> QLineEdit:
        line = QLineEdit()
        line.setObjectName(object_name)
        line.setPlaceholderText(name)
        line.setAccessibleName(name)
        line.setClearButtonEnabled(False)
        line.setMinimumWidth(120)
        return line

    def _option(self, text: str, name: str, object_name: str) -> QToolButton:
        button = QToolButton()
        button.setText(text)
        button.setObjectName(object_name)
        button.setToolTip(name)
        button.setAccessibleName(name)
        button.setCheckable(True)
        button.toggled.connect(self._query_changed)
        return button

    def _tool(self, name: str, slot: Callable[[], None]) -> QToolButton:
        button = QToolButton()
        button.setToolTip(name)
        button.setAccessibleName(name)
        button.clicked.connect(slot)
        return button

    # -- searching -------------------------------------------------------------------

    def query(self) -> Query:
        """Return what is looked for."""
        return Query(
            self.find_input.text(), self.regular.isChecked(), self.case.isChecked(), self.words.isChecked()
        )

    def _open(self, *, replacing: bool) -> None:
        selected = self._editor.textCursor().selectedText()
        for widget in (self.replace_input, self._replace, self._replace_all):
            widget.setVisible(replacing)
        self.show()
        self._report = ("", -1)
        self._searcher.prepare()
        if selected and "\u2029" not in selected:
            self.find_input.setText(selected)
        self.find_input.setFocus()
        self.find_input.selectAll()
        self._search()

    def _query_changed(self) -> None:
        self._go_on = 0
        self._report = ("", -1)
        self._forget_matches()
        self._say(_("Searching…") if self.find_input.text() else "")
        self._search()

    def _forget_matches(self) -> None:
        self._found = []
        self._revision = -1
        self._editor.set_matches([])
        self._offer_replacing()

    def _offer_replacing(self) -> None:
        for button in (self._replace, self._replace_all):
            if not self._found and button.hasFocus():
                self.find_input.setFocus()  # a button that is locked would pass the focus on to anywhere
            button.setEnabled(bool(self._found))

    def _text_changed(self) -> None:
        if self.isVisible():
            self._timer.start()

    def _search(self) -> None:
        document = self._editor.document()
        if document is not self._document:
            self._document = document
            document.contentsChanged.connect(self._text_changed)
        self._timer.stop()
        self._revision = -1
        if not self.find_input.text():
            self._searcher.stop()
            self._take_over([], (0, ""))
            return
        place = self._searched_text()
        revision = document.revision()

        def done(matches: list[Match]) -> None:
            if document is self._editor.document() and revision == document.revision():
                self._revision = revision
                self._take_over(matches, place)

        self._searcher.find(self.query(), place[1], done)

    def _searched_text(self) -> tuple[int, str]:
        """Return the text that can be reached, and where it starts in the document."""
        document = self._editor.document()
        state = document, document.revision(), self._editor.body_start()
        if self._text is None or self._text[0] != state:
            start = state[2]
            text = searchable_text(document)
            skipped = Positions(text[:start]).points(start)
            self._text = state, (start, text[skipped:] if skipped else text)
        return self._text[1]

    def _take_over(self, matches: list[Match], place: tuple[int, str]) -> None:
        offset, text = place
        positions = Positions(text)
        if positions.alike:
            self._found = [(offset + start, offset + end) for start, end, _put in matches]
        else:
            units = positions.units
            self._found = [(offset + units(m.start), offset + units(m.end)) for m in matches]
        self._say("")
        step, self._go_on = self._go_on, 0
        if step:
            self._go(step)
        self._show_matches()

    def _show_matches(self) -> None:
        current = self._current()
        self._editor.set_matches(self._found, self._found[current] if current is not None else None)
        total = len(self._found)
        self._offer_replacing()
        if not self.find_input.text():
            self._say("")
        elif self._report[1] == self._editor.document().revision():
            self._say(self._report[0])
        elif total == 0:
            self._say(_("No matches"))
        elif total >= MATCH_LIMIT:
            self._say(_("More than {count:,} matches").format(count=MATCH_LIMIT))
        elif current is None:
            self._say(ngettext("{count} match", "{count} matches", total).format(count=total))
        else:
            self._say(_("{number} of {count}").format(number=current + 1, count=total))

    def _current(self) -> int | None:
        cursor = self._editor.textCursor()
        selected = cursor.selectionStart(), cursor.selectionEnd()
        index = bisect_left(self._found, selected)
        return index if self._found[index : index + 1] == [selected] else None

    def _say(self, words: str, *, wrong: bool = False) -> None:
        self._status.setText(words)
        for widget in (self._status, self.find_input):
            if bool(widget.property("wrong")) != wrong:
                widget.setProperty("wrong", wrong)
                widget.style().unpolish(widget)
                widget.style().polish(widget)

    def _show_failure(self, reason: str) -> None:
        self._forget_matches()
        self._say(reason, wrong=True)

    def _step(self, step: int) -> None:
        self._report = ("", -1)
        if not self.isVisible():
            self.open_find()
        if self._revision != self._editor.document().revision():
            self._go_on = step
            self._search()
        else:
            self._go(step)
            self._show_matches()

    def _go(self, step: int) -> None:
        if not self._found:
            return
        cursor = self._editor.textCursor()
        if step > 0:
            index = bisect_left(self._found, (cursor.selectionEnd(), 0)) % len(self._found)
        else:
            index = bisect_right(self._found, cursor.selectionStart(), key=itemgetter(1)) - 1
        place = self._found[index]
        self._select(place)

    def _select(self, place: tuple[int, int]) -> None:
        cursor = self._editor.textCursor()
        cursor.setPosition(place[0])
        cursor.setPosition(place[1], QTextCursor.MoveMode.KeepAnchor)
        seen = self._editor.viewport().rect().contains(self._editor.cursorRect(cursor))
        self._editor.setTextCursor(cursor)
        if not seen:  # in the middle it has its context around it
            self._editor.centerCursor()

    # -- replacing -------------------------------------------------------------------

    def replace_one(self) -> None:
        """Replace the match that is selected, and go to the next; where none is selected, go to one."""
        cursor = self._editor.textCursor()
        wanted = cursor.selectionStart(), cursor.selectionEnd()
        if self._editor.isReadOnly() or self._current() is None:
            self._step(1)
            return
        self._replace_matches(only=wanted)

    def replace_all(self) -> None:
        """Replace all matches as one step of undo."""
        if not self._editor.isReadOnly() and self.find_input.text():
            self._replace_matches(only=None)

    def _replace_matches(self, only: tuple[int, int] | None) -> None:
        document = self._editor.document()
        offset, text = self._searched_text()
        revision = document.revision()

        def done(matches: list[Match]) -> None:
            if document is not self._editor.document() or revision != document.revision():
                return
            positions = Positions(text)
            edits = []
            for match in matches:
                place = offset + positions.units(match.start), offset + positions.units(match.end)
                if only is None or place == only:
                    edits.append((*place, match.replacement))
            self._write(edits)
            if only is not None:
                self._go_on = 1
            else:
                words = ngettext("{count} replaced", "{count} replaced", len(edits))
                self._report = (words.format(count=len(edits)), document.revision())
            self._search()

        self._searcher.find(self.query(), text, done, self.replace_input.text())

    def _write(self, edits: list[tuple[int, int, str]]) -> None:
        cursor = self._editor.textCursor()
        cursor.beginEditBlock()
        for start, end, replacement in reversed(edits):
            cursor.setPosition(start)
            cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
            cursor.insertText(replacement)
        cursor.endEditBlock()
        if len(edits) == 1:
            self._editor.setTextCursor(cursor)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._searcher.close()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let Esc in the text close the bar; the text still gets it, for the Tab after it."""
        if (
            event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
            and self.isVisible()
        ):
            self.close_bar()
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes, Enter goes on, with Shift back; F3 as in the text."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if event.key() == Qt.Key.Key_Escape:
            self.close_bar()
        elif enter and self.replace_input.hasFocus():
            self.replace_one()
        elif (enter and back) or event.matches(QKeySequence.StandardKey.FindPrevious):
            self.find_previous()
        elif enter or event.matches(QKeySequence.StandardKey.FindNext):
            self.find_next()
        else:
            super().keyPressEvent(event)
