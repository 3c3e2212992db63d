"""The rows of a difference as a text to be read, with a tick and a button at each hunk."""

from collections.abc import Callable, Sequence
from itertools import pairwise

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFont,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
)
from PySide6.QtWidgets import QFrame, QTextEdit, QToolButton, QWidget

from editor.translation import gettext as _
from editor.translation import ngettext
from editor.ui.commit.file_difference import Row
from editor.ui.commit.tick_box import TickBox
from editor.ui.icons import icon
from editor.ui.theme import LIGHT, Theme

_GUTTER = 24
"""Pixels beside the text for ticks, and on the other side for what discards a hunk."""
_INSET = 9
"""Between the edge of a coloured line and its text."""
_FONT_SIZE = 13
_LINE = 22
"""Pixels from line to line."""
_LEAD = 2
"""Pixels by which what is coloured lies lower than its lines: Qt puts the leading above the letters."""
_TOP = 24
_SIGNS = {"gone": "- ", "new": "+ "}
_MOST_TICKS = 100
"""Nobody ticks more of them one by one; those behind go with the file."""
_NAMED = 60
"""Characters of a changed line by which its tick is called."""


class DiffPage(QTextEdit):
    """Shows rows; nothing can be typed, but keys go from hunk to hunk, tick and discard.

    Signals:
        hunk_toggled: (the number of a hunk, whether it is to be committed).
        discard_wanted: the number of the hunk that is to be taken back.
        line_chosen: the line of the later text, from 1, that was double-clicked.
    """

    hunk_toggled = Signal(int, bool)
    discard_wanted = Signal(int)
    line_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sourceDiff")
        self.setAccessibleName(_("Changed lines"))
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setUndoRedoEnabled(False)
        self.setCursorWidth(0)  # a frame shows what keys are for
        self.document().setDocumentMargin(0)
        font = QFont("JetBrains Mono")
        font.setStyleHint(QFont.StyleHint.Monospace)
        font.setPixelSize(_FONT_SIZE)
        for ligatures in ("calt", "liga"):  # a mark is to be seen as it is typed
            font.setFeature(QFont.Tag(ligatures), 0)
        self.document().setDefaultFont(font)
        self._theme = LIGHT
        self._rows: list[Row] = []
        self._more = 0
        self._firsts: dict[int, int] = {}
        """Hunk -> the number of its first coloured block."""
        self._kinds: list[str] = []
        """What the row of each block is."""
        self._row_of: list[int] = []
        self._current = -1
        """The hunk that keys are for; -1: there is none."""
        self._ticks: dict[int, TickBox] = {}
        self._discards: dict[int, QToolButton] = {}
        self.verticalScrollBar().valueChanged.connect(lambda _value: self._place())
        self.document().documentLayout().documentSizeChanged.connect(lambda _size: self._place())

    def show_rows(self, rows: Sequence[Row], more: int = 0) -> None:
        """Show `rows`, and that there are `more`; equal rows leave the place where it is."""
        if list(rows) == self._rows and more == self._more:
            return
        self._rows, self._more = list(rows), more
        self._write()

    def show_ticks(self, picked: Callable[[int], bool] | None, *, discardable: bool) -> None:
        """Show at each hunk whether it is picked; None: they can't be picked one by one."""
        numbers = list(self._firsts)[:_MOST_TICKS]
        before = (*self._ticks, *self._discards)
        inside = self.viewport().focusWidget()
        for kept, wanted in ((self._ticks, picked is not None), (self._discards, discardable)):
            for number in [number for number in kept if not wanted or number not in numbers]:
                gone = kept.pop(number)
                if gone is inside:
                    self.setFocus()
                gone.hide()
                gone.deleteLater()
        words = self._hunk_words()
        for number in numbers:
            said = words.get(number, "")
            if picked is not None:
                tick = self._ticks.get(number) or self._make_tick(number)
                tick.setAccessibleName(_("Commit this change: {words}").format(words=said))
                tick.blockSignals(True)
                tick.setChecked(picked(number))
                tick.blockSignals(False)
            if discardable:
                button = self._discards.get(number) or self._make_discard(number)
                button.setAccessibleName(_("Discard this change: {words}").format(words=said))
        if before != (*self._ticks, *self._discards):
            self._order()
        self._place()

    def ticks(self) -> dict[int, TickBox]:
        """Return the ticks by the numbers of their hunks."""
        return dict(self._ticks)

    def discard_buttons(self) -> dict[int, QToolButton]:
        """Return what discards a hunk, by their numbers."""
        return dict(self._discards)

    def set_theme(self, theme: Theme) -> None:
        """Colour everything."""
        self._theme = theme
        for button in self._discards.values():
            button.setIcon(icon("undo", theme.dim))
        for tick in self._ticks.values():
            tick.set_theme(theme)
        self._write()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw what is coloured below the text (Qt)."""
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        washes = {"gone": QColor(self._theme.bad_wash), "new": QColor(self._theme.good_wash)}
        layout, shift = self.document().documentLayout(), self.verticalScrollBar().value()
        block = self._first_seen()
        bottom = self.viewport().height()
        while block.isValid():
            place = layout.blockBoundingRect(block)
            top = place.top() - shift
            if top > bottom:
                break
            wash = washes.get(self._kind(block))
            if wash is not None:
                painter.setBrush(wash)
                width = self.viewport().width() - 2 * _GUTTER
                high = _LINE * block.layout().lineCount()
                painter.drawRoundedRect(QRectF(_GUTTER, top + _LEAD, width, high), 4, 4)
            block = block.next()
        if self.hasFocus() and self._current in self._firsts:
            painter.setPen(QPen(QColor(self._theme.accent), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(self._frame(), 5, 5)
        painter.end()
        super().paintEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the ticks at their hunks (Qt)."""
        super().resizeEvent(event)
        self._place()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Go to the line (Qt)."""
        block = self.cursorForPosition(event.position().toPoint()).block()
        row = self._row_of[block.blockNumber()] if block.blockNumber() < len(self._row_of) else -1
        if row >= 0 and self._rows[row].line:
            self.line_chosen.emit(self._rows[row].line)
        else:
            super().mouseDoubleClickEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go from hunk to hunk, tick the one that is framed, or discard it; leave Escape to the window (Qt)."""
        key, number = event.key(), self._current
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if key == Qt.Key.Key_Escape:
            event.ignore()
        elif (
            plain
            and key in (Qt.Key.Key_Up, Qt.Key.Key_Down)
            and self._step(1 if key == Qt.Key.Key_Down else -1)
        ):
            event.accept()
        elif plain and key == Qt.Key.Key_Space and number in self._ticks:
            self._ticks[number].toggle()
        elif plain and key == Qt.Key.Key_Delete and number in self._discards:
            self.discard_wanted.emit(number)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Frame the hunk that keys are for (Qt)."""
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the frame away (Qt)."""
        super().focusOutEvent(event)
        self.viewport().update()

    @property
    def current(self) -> int:
        """The number of the hunk that keys are for, or -1."""
        return self._current

    def _step(self, by: int) -> bool:
        """Frame the next hunk, or the one before; return whether there is one."""
        numbers = list(self._firsts)
        place = numbers.index(self._current) + by if numbers else -1
        if not 0 <= place < len(numbers):
            return False
        self._current = numbers[place]
        self._reveal(self._current)
        self.viewport().update()
        return True

    def _frame(self) -> QRectF:
        """Return what is around the hunk that keys are for."""
        numbers = list(self._firsts)
        following = numbers.index(self._current) + 1
        last = self._firsts[numbers[following]] if following < len(numbers) else len(self._kinds)
        blocks = [
            number
            for number in range(self._firsts[self._current], last)
            if (row := self._row_of[number]) >= 0 and self._rows[row].hunk == self._current
        ]
        layout, shift = self.document().documentLayout(), self.verticalScrollBar().value()
        first = layout.blockBoundingRect(self.document().findBlockByNumber(blocks[0]))
        end = layout.blockBoundingRect(self.document().findBlockByNumber(blocks[-1]))
        high = end.bottom() - first.top()
        return QRectF(
            _GUTTER - 1.5,
            first.top() - shift + _LEAD - 1.5,
            self.viewport().width() - 2 * _GUTTER + 3,
            high + 3,
        )

    def _write(self) -> None:
        place = self.verticalScrollBar().value()
        self._firsts, self._kinds, self._row_of = {}, [], []
        self.document().clear()
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        frame = self.document().rootFrame()
        around = frame.frameFormat()
        around.setTopMargin(_TOP)
        around.setBottomMargin(_TOP)
        frame.setFrameFormat(around)
        elsewhere = False
        for number, row in enumerate(self._rows):
            if row.elsewhere and not elsewhere:
                self._add(cursor, "elsewhere", _("Changed elsewhere, not in this program:"), -1)
            elsewhere = row.elsewhere
            if row.hunk >= 0 and row.kind != "section":
                self._firsts.setdefault(row.hunk, len(self._kinds))
            text = "⋯" if row.kind == "skipped" else _SIGNS.get(row.kind, "") + row.text
            self._add(cursor, row.kind, text, number, row.words)
        if self._more:
            said = ngettext("… and {count} more line", "… and {count} more lines", self._more)
            self._add(cursor, "skipped", said.format(count=self._more), -1)
        cursor.endEditBlock()
        if self._current not in self._firsts:
            self._current = min(self._firsts, default=-1)
        # The caret was pushed to the end, and Qt keeps it in sight as the widget is resized.
        self.setTextCursor(QTextCursor(self.document()))
        self.verticalScrollBar().setValue(place)
        self._place()

    def _add(
        self,
        cursor: QTextCursor,
        kind: str,
        text: str,
        row: int,
        words: Sequence[tuple[int, int]] = (),
    ) -> None:
        """Put a block behind the others."""
        shape, letters, strong = self._formats(kind)
        if self._kinds:
            cursor.insertBlock(shape, letters)
        else:
            cursor.setBlockFormat(shape)
            cursor.setBlockCharFormat(letters)
        self._kinds.append(kind)
        self._row_of.append(row)
        # What Qt would take for the end of a paragraph is not to make a new one.
        text = text.replace("\u2029", "\u2424").replace("\u2028", "\u2424").replace("\r", "\u240d")
        lead = len(_SIGNS.get(kind, ""))
        done = 0
        for start, end in words:
            cursor.insertText(text[done : lead + start], letters)
            cursor.insertText(text[lead + start : lead + end], strong)
            done = lead + end
        cursor.insertText(text[done:], letters)

    def _formats(self, kind: str) -> tuple[QTextBlockFormat, QTextCharFormat, QTextCharFormat]:
        theme = self._theme
        shape, letters = QTextBlockFormat(), QTextCharFormat()
        shape.setLeftMargin(_GUTTER + _INSET)
        shape.setRightMargin(_GUTTER + _INSET)
        shape.setLineHeight(_LINE, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
        letters.setForeground(QColor(theme.ink if kind in _SIGNS else theme.dim))
        if kind in ("section", "elsewhere", "ending"):
            font = QFont(self.font())
            font.setPixelSize(12)
            if kind == "section":
                font.setWeight(QFont.Weight.DemiBold)
                shape.setTopMargin(14 if self._kinds else 0)
            letters.setFont(font)
            if kind == "elsewhere":
                letters.setForeground(QColor(theme.warn))
        strong = QTextCharFormat(letters)
        strong.setFontWeight(QFont.Weight.Bold)
        strong.setForeground(QColor(theme.bad if kind == "gone" else theme.good))
        return shape, letters, strong

    def _hunk_words(self) -> dict[int, str]:
        """Return the words by which each hunk is called: those of its first new line, else of its first."""
        found: dict[int, Row] = {}
        for row in self._rows:
            if row.hunk >= 0 and row.kind in ("new", "gone", "ending"):
                known = found.setdefault(row.hunk, row)
                if row.kind == "new" and known.kind != "new":
                    found[row.hunk] = row
        told = {number: " ".join(row.text.split()) for number, row in found.items()}
        return {number: text if len(text) <= _NAMED else text[:_NAMED] + "…" for number, text in told.items()}

    def _make_tick(self, number: int) -> TickBox:
        tick = TickBox(parent=self.viewport())
        tick.set_theme(self._theme)
        tick.setToolTip(_("Commit this change"))
        tick.setCursor(Qt.CursorShape.ArrowCursor)
        tick.toggled.connect(lambda checked: self.hunk_toggled.emit(number, checked))
        tick.installEventFilter(self)
        tick.setFixedSize(18, 18)
        self._ticks[number] = tick
        tick.show()
        return tick

    def _make_discard(self, number: int) -> QToolButton:
        button = QToolButton(self.viewport())
        button.setProperty("flat", True)
        button.setIcon(icon("undo", self._theme.dim))
        button.setIconSize(QSize(14, 14))
        button.setFixedSize(20, 20)
        button.setToolTip(_("Discard this change"))
        button.setCursor(Qt.CursorShape.ArrowCursor)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(lambda: self.discard_wanted.emit(number))
        button.installEventFilter(self)
        self._discards[number] = button
        button.show()
        return button

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        """Bring a hunk into sight whose tick gets the focus (Qt)."""
        by_key = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        if isinstance(event, QFocusEvent) and event.gotFocus() and event.reason() in by_key:
            for kept in (self._ticks, self._discards):
                for number, part in kept.items():
                    if part is watched:
                        self._reveal(number)
        return super().eventFilter(watched, event)  # type: ignore[arg-type]

    def _reveal(self, number: int) -> None:
        block = self.document().findBlockByNumber(self._firsts[number])
        place = self.document().documentLayout().blockBoundingRect(block)
        bar, height = self.verticalScrollBar(), self.viewport().height()
        if place.top() < bar.value() + 8:
            bar.setValue(max(0, round(place.top()) - 40))
        elif place.bottom() > bar.value() + height - 8:
            bar.setValue(round(place.bottom()) - height + 60)

    def _order(self) -> None:
        """Let Tab lead from hunk to hunk."""
        parts: list[QWidget] = [self]
        for number in self._firsts:
            parts += [kept[number] for kept in (self._ticks, self._discards) if number in kept]
        for before, after in pairwise(parts):
            QWidget.setTabOrder(before, after)

    def _place(self) -> None:
        """Put ticks and buttons at the first lines of their hunks."""
        layout, shift = self.document().documentLayout(), self.verticalScrollBar().value()
        for kept, left in ((self._ticks, 3), (self._discards, self.viewport().width() - _GUTTER + 2)):
            for number, part in kept.items():
                if number not in self._firsts:
                    continue
                block = self.document().findBlockByNumber(self._firsts[number])
                top = round(layout.blockBoundingRect(block).top()) - shift
                size = part.size()
                part.setGeometry(left, top + (_LINE - size.height()) // 2, size.width(), size.height())

    def _first_seen(self) -> QTextBlock:
        return self.cursorForPosition(self.viewport().rect().topLeft()).block()

    def _kind(self, block: QTextBlock) -> str:
        number = block.blockNumber()
        return self._kinds[number] if number < len(self._kinds) else ""
