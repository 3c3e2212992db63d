"""How the text looks: font, line height, measure, washes, caret, line numbers."""

from collections.abc import Iterable, Iterator, Sequence

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFont,
    QFontDatabase,
    QFontMetricsF,
    QGuiApplication,
    QHelpEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextDocument,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QToolTip, QWidget

from editor.ui.text_editor.brackets import matching_brackets
from editor.ui.text_editor.line_layout import LINE_HEIGHT
from editor.ui.text_editor.line_numbers import LineNumberArea
from editor.ui.text_editor.line_view import LineView
from editor.ui.text_editor.lines_on_screen import Range, mixed, paint_range
from editor.ui.text_editor.moving_places import MovingPlaces
from editor.ui.text_editor.problem_marks import (
    MARGIN,
    MarkedLine,
    MovingUnderlines,
    ProblemMargin,
    Underline,
    tool_tip,
)
from editor.ui.text_editor.text_marks import TextMarks
from editor.ui.theme import Theme

_FONT = "JetBrains Mono"
_FONT_PIXELS = 14
_MEASURE = 80
"""Characters in a line, at most."""
_SIDE_MARGIN = 32
_TAIL = 120
_ZOOM_STEPS = (0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 1.1, 1.25, 1.4, 1.6, 1.8, 2.0, 2.5, 3.0)
_CARET_WIDTH = 2
_NEAR = 12
"""Pixels beside a place of the text at which the mouse still means it."""


class TextView(LineView):
    """A plain text edit with a measure, and its own selection, caret and current line.

    They are painted here, as Qt's would only cover the letters' height, leaving stripes between the lines.

    Signals:
        zoom_changed: the zoom factor changed.
        problem_mark_clicked: (the Underlines of the line whose mark was clicked, the place on the screen).
    """

    zoom_changed = Signal(float)
    problem_mark_clicked = Signal(list, QPoint)

    def __init__(self, parent: QWidget | None = None, *, theme: Theme) -> None:
        super().__init__(parent)
        self._measure = _MEASURE
        self._theme = theme
        self._zoom = 1.0
        self._family = _default_family()
        self._marks = TextMarks()
        self._problem_margin = ProblemMargin(self, self._lines_with_problems)
        self._problem_margin.clicked.connect(self.problem_mark_clicked)
        self._caret_on = True
        self._caret_rect = QRect()
        self._numbers: LineNumberArea | None = None
        self._blink = QTimer(self)
        self._blink.timeout.connect(self._blink_caret)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setCursorWidth(0)
        self.cursorPositionChanged.connect(self._caret_has_moved)
        self.updateRequest.connect(self._scrolled)

    # -- document, font, size ----------------------------------------------------------------------

    def setDocument(self, document: QTextDocument) -> None:
        """Show `document`, in the view's font and with its line height."""
        super().setDocument(document)
        self._apply_font()

    @property
    def zoom_factor(self) -> float:
        """How much larger than usual the text is shown."""
        return self._zoom

    def set_zoom_factor(self, factor: float) -> None:
        """Show the text `factor` times as large as usual, from 0.5 to 3."""
        factor = min(max(factor, _ZOOM_STEPS[0]), _ZOOM_STEPS[-1])
        if factor != self._zoom:
            self._zoom = factor
            self._apply_font()
            self.zoom_changed.emit(factor)

    def step_zoom(self, steps: int) -> None:
        """Go `steps` steps up the scale of zoom factors, or down."""
        nearest = min(range(len(_ZOOM_STEPS)), key=lambda index: abs(_ZOOM_STEPS[index] - self._zoom))
        self.set_zoom_factor(_ZOOM_STEPS[min(max(nearest + steps, 0), len(_ZOOM_STEPS) - 1)])

    def set_font_family(self, family: str) -> None:
        """Show the text in the font `family`; empty: the usual one."""
        self._family = family or _default_family()
        self._apply_font()

    def set_wrapping(self, on: bool) -> None:
        """Wrap long lines at the text column's edge, or let them run on."""
        mode = QPlainTextEdit.LineWrapMode
        self.setLineWrapMode(mode.WidgetWidth if on else mode.NoWrap)
        self._view_changed()

    def set_measure(self, characters: int) -> None:
        """Wrap after about so many characters; 0: as the window allows."""
        self._measure = characters
        self._place_text()

    def set_line_numbers(self, on: bool) -> None:
        """Show a number beside every line of the file, or none."""
        if on == (self._numbers is not None):
            return
        if self._numbers is not None:
            self._numbers.deleteLater()
            self._numbers = None
        else:
            self._numbers = LineNumberArea(self, self._numbered_lines)
            self._numbers.setFont(self.document().defaultFont())
            self._numbers.set_colours(self._theme.faint, self._theme.dim)
            self._numbers.show()
        self._place_text()

    def set_theme(self, theme: Theme) -> None:
        """Use the colours of `theme`."""
        self._theme = theme
        # The selection is painted below the text by us; the letters in it take the ink.
        self.setStyleSheet(
            f"QPlainTextEdit {{ background: {theme.pane}; color: {theme.ink}; border: none; border-radius: 0;"
            f" padding: 0; selection-background-color: transparent; selection-color: {theme.ink}; }}"
        )
        if self._numbers is not None:
            self._numbers.set_colours(theme.faint, theme.dim)
        self._problem_margin.set_theme(theme)
        self._apply_font()
        self.viewport().update()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._apply_font()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place_text()
        super().resizeEvent(event)
        self._view_changed()

    def _apply_font(self) -> None:
        if not hasattr(self, "_zoom"):  # Qt's constructor sends events already
            return
        font = QFont(self._family)
        font.setPixelSize(round(_FONT_PIXELS * self._zoom))
        font.setStyleHint(QFont.StyleHint.Monospace)
        # No ligatures: in a source text, every character is seen as it was typed.
        font.setFeature(QFont.Tag("calt"), 0)
        document = self.document()
        if document.defaultFont() != font:
            document.setDefaultFont(font)
        self.setTabStopDistance(QFontMetricsF(font).horizontalAdvance(" ") * 4)
        layout = self.line_layout()
        if layout is not None:
            layout.set_line_height(font.pixelSize() * LINE_HEIGHT)
            layout.set_tail(_TAIL)
        if self._numbers is not None:
            self._numbers.setFont(font)
        self._place_text()
        self._view_changed()

    def _place_text(self) -> None:
        """Centre the text column: margins left and right of the viewport."""
        numbers = self._numbers.width_for(self.blockCount()) if self._numbers is not None else 0
        font = self.document().defaultFont()
        column = (
            QFontMetricsF(font).horizontalAdvance("n") * self._measure + 2 * self.document().documentMargin()
        )
        bar = self.verticalScrollBar().sizeHint().width()
        room = self.width() - bar
        side = max(_SIDE_MARGIN, int((room - column - numbers) / 2)) if self._measure else _SIDE_MARGIN
        wrapped = self.lineWrapMode() == QPlainTextEdit.LineWrapMode.WidgetWidth
        right = max(_SIDE_MARGIN, side) if wrapped else _SIDE_MARGIN
        # The document has a margin of its own inside.
        inner = int(self.document().documentMargin())
        self.setViewportMargins(side - inner + numbers, 0, right - inner, 0)
        place = self.viewport().geometry()
        if self._numbers is not None:
            self._numbers.setGeometry(place.left() - numbers + inner, place.top(), numbers, place.height())
        self._problem_margin.setGeometry(place.left() - MARGIN + inner, place.top(), MARGIN, place.height())
        self._problem_margin.raise_()

    # -- beside the text ---------------------------------------------------------------------------

    def _numbered_lines(self) -> Iterator[tuple[int, float, float]]:
        layout = self.line_layout()
        for block, top, _height in self.visible_blocks():
            assert layout is not None
            start, end = layout.line_box(block, 0)
            yield block.blockNumber(), top + start, end - start

    def _view_changed(self) -> None:
        """Bring what stands on the visible lines up to date; to be extended."""
        self._problem_margin.update()
        if self._numbers is not None:
            self._numbers.update()

    def _scrolled(self, _rect: QRect, dy: int) -> None:
        if dy:
            self._view_changed()
        elif self._numbers is not None:
            self._numbers.update()

    # -- marks under the text ----------------------------------------------------------------------

    def set_matches(self, matches: Sequence[Range], current: Range | None = None) -> None:
        """Mark these places of the text (in order, none overlapping) as found, `current` more strongly."""
        self._marks.matches = MovingPlaces(matches)
        self._marks.current_match = current
        self.viewport().update()

    def shift_matches(self, position: int, removed: int, added: int) -> None:
        """Let the marked places follow a change of the text; those that it touches are dropped."""
        self._marks.shift_matches(position, removed, added)

    # -- problems ----------------------------------------------------------------------------------

    def set_underlines(self, underlines: Iterable[Underline]) -> None:
        """Draw a wave below these places, and a mark beside their lines; typing moves them."""
        self._marks.underlines = MovingUnderlines(underlines)
        self.viewport().update()
        self._problem_margin.update()

    @property
    def underlines(self) -> list[Underline]:
        """The places with a wave, in the order of the text."""
        return list(self._marks.underlines)

    def underlines_at(self, position: int) -> list[Underline]:
        """Return those that a place of the document is in, or at the end of."""
        return list(self._marks.underlines.between(position, position + 1))

    def underlines_in_line(self, position: int) -> list[Underline]:
        """Return those that begin in the line of a place of the document."""
        block = self.document().findBlock(position)
        first = block.position()
        lines = self._marks.underlines.between(first, first + block.length())
        return [line for line in lines if line.start >= first]

    def shift_underlines(self, position: int, removed: int, added: int) -> None:
        """Let the waves follow a change of the text."""
        if self._marks.underlines:
            self._marks.shift_underlines(position, removed, added)
            self._problem_margin.update()

    def viewportEvent(self, event: QEvent) -> bool:
        """Say what is wrong with the words that the mouse is on."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            cursor = self.cursorForPosition(event.pos())
            near = self.cursorRect(cursor).adjusted(-_NEAR, 0, _NEAR, 0).contains(event.pos())
            problems = self.underlines_at(cursor.position()) if near else []
            QToolTip.showText(event.globalPos(), tool_tip(problems), self)
            return True
        return super().viewportEvent(event)

    def _lines_with_problems(self) -> Iterator[MarkedLine]:
        layout = self.line_layout()
        if not self._marks.underlines or layout is None:
            return
        for (block, top, _height), problems in self._marks.problems_of(list(self.visible_blocks())):
            start, end = layout.line_box(block, 0)
            yield MarkedLine(top + start, end - start, problems)

    # -- painting ----------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        self._paint_current_line(painter)
        self._paint_marks(painter)
        painter.end()
        super().paintEvent(event)
        self._paint_match_lines()
        if self._caret_on and self.hasFocus() and not self.isReadOnly() and self._caret_can_be_seen():
            painter = QPainter(self.viewport())
            rect = self.cursorRect()
            painter.fillRect(
                QRectF(rect.x(), rect.y(), _CARET_WIDTH, rect.height()), QColor(self._theme.accent)
            )
            painter.end()

    def _paint_current_line(self, painter: QPainter) -> None:
        if not self.hasFocus() or self.textCursor().hasSelection():
            return
        place = self.caret_line_rect()
        if place is not None:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(mixed(self._theme.pane, self._theme.accent_wash, 0.55))
            painter.drawRoundedRect(place, 4, 4)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)

    def _paint_marks(self, painter: QPainter) -> None:
        blocks = list(self.visible_blocks())
        if not blocks:
            return
        dx = self.contentOffset().x()
        self._marks.paint_below(painter, blocks, dx, self._theme)
        cursor = self.textCursor()
        selected = cursor.selectionStart(), cursor.selectionEnd()
        if cursor.hasSelection() and selected != self._marks.current_match:
            strength = 0.28 if self.hasFocus() else 0.14
            wash = mixed(self._theme.pane, self._theme.accent, strength)
            paint_range(painter, blocks, dx, selected, wash)

    def _paint_match_lines(self) -> None:
        blocks = list(self.visible_blocks()) if self._marks.matches else []
        if blocks:
            painter = QPainter(self.viewport())
            self._marks.paint_above(painter, blocks, self.contentOffset().x(), self._theme)
            painter.end()

    # -- caret -------------------------------------------------------------------------------------

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._start_blinking()
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._blink.stop()
        self.viewport().update()

    def _caret_can_be_seen(self) -> bool:
        return self.top_of(self.textCursor().block()) is not None

    def _start_blinking(self) -> None:
        self._caret_on = True
        period = QGuiApplication.styleHints().cursorFlashTime()
        if period > 1:
            self._blink.start(period // 2)

    def _blink_caret(self) -> None:
        self._caret_on = not self._caret_on
        if not self._caret_can_be_seen():
            return
        rect = self.cursorRect().adjusted(-1, 0, _CARET_WIDTH + 1, 0)
        self.viewport().update(rect)

    def _caret_has_moved(self) -> None:
        if self.hasFocus():
            self._start_blinking()
        self._find_brackets()
        rect = self.caret_line_rect()
        place = rect.toAlignedRect() if rect is not None else QRect()
        if place != self._caret_rect or self._marks.brackets:
            self.viewport().update()
        else:
            self.viewport().update(place)
        self._caret_rect = place
        if self._numbers is not None:
            self._numbers.current = self.textCursor().blockNumber()
            self._numbers.update()

    def _find_brackets(self) -> None:
        found = matching_brackets(self.textCursor())
        if found or self._marks.brackets:
            self.viewport().update()
        self._marks.brackets = found

    # -- wheel -------------------------------------------------------------------------------------

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if event.angleDelta().y():
                self.step_zoom(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
            return
        super().wheelEvent(event)


def _default_family() -> str:
    if _FONT in QFontDatabase.families():
        return _FONT
    return QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont).family()
