"""One date: a line that one types into, and a calendar to pick from."""

import re
from typing import Any

from PySide6.QtCore import QDate, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QColor, QKeyEvent, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QFrame, QPushButton, QToolButton, QVBoxLayout, QWidget

from editor.errors import FrontMatterError
from editor.schema import kinds
from editor.schema.content_type import Field
from editor.translation import gettext as _
from editor.ui.form.inputs import InputLine
from editor.ui.form.rows import shown_text
from editor.ui.icons import icon
from editor.ui.theme import Theme

_DAY = re.compile(r"\s*\d{4}-\d\d?-\d\d?")


class CalendarPopup(QFrame):
    """A calendar that closes when a day is chosen.

    Signals:
        chosen: the day (QDate).
    """

    chosen = Signal(QDate)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setProperty("look", "calendar")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.calendar = QCalendarWidget(self)
        self.calendar.setGridVisible(False)
        self.calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self.calendar.setAccessibleName(_("Calendar"))
        self._colour(theme)
        today = QPushButton(_("Today"), self)
        today.clicked.connect(lambda: self._choose(QDate.currentDate()))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.addWidget(self.calendar)
        layout.addWidget(today)
        self.calendar.clicked.connect(self._choose)
        self.calendar.activated.connect(self._choose)

    def _colour(self, theme: Theme) -> None:
        """Take Qt's own red and black off the days and the arrows."""
        dim = QTextCharFormat()
        dim.setForeground(QColor(theme.dim))
        self.calendar.setHeaderTextFormat(dim)
        for day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            self.calendar.setWeekdayTextFormat(day, dim)
        for name, picture in (
            ("qt_calendar_prevmonth", "chevron-left"),
            ("qt_calendar_nextmonth", "chevron-right"),
        ):
            button = self.calendar.findChild(QToolButton, name)
            if button is not None:
                button.setIcon(icon(picture, theme.dim))

    def _choose(self, day: QDate) -> None:
        self.chosen.emit(day)
        self.close()


class DateLine(InputLine):
    """A date as the file writes it: separator, seconds and zone stay; a calendar changes the day alone.

    Signals:
        begun: the key; what stands there has changed by the writer's hand.
        date_typed: the key, the value, and the text as it was typed.
        refused: the key, and why what stands there is none to write (empty: nothing stands there).
        ended: the key; the writer has pressed Enter or gone on.
        emptied: the key of a date that the writer has cleared, when the focus leaves.
    """

    begun = Signal(str)
    date_typed = Signal(str, object, str)
    refused = Signal(str, str)
    ended = Signal(str)
    emptied = Signal(str)

    def __init__(self, field: Field, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = field
        self._theme = theme
        self._cleared = False
        self._last: str | None = None
        self._calendar = QAction(_("Choose a date"), self)
        self._calendar.setToolTip(_("Choose a date (Alt+Down)"))
        self._calendar.triggered.connect(self.open_calendar)
        self.addAction(self._calendar, InputLine.ActionPosition.TrailingPosition)
        self.set_theme(theme)
        self.textEdited.connect(self._text_edited)
        self.editingFinished.connect(self._editing_finished)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours."""
        self._theme = theme
        self._calendar.setIcon(icon("calendar", theme.dim, disabled=theme.faint))

    def show_date(self, value: Any, source: str | None) -> None:
        """Show a value of the file; nothing happens where its text stands here already."""
        text = shown_text(value, source)
        self._cleared = False
        if text == self.text():
            return
        if self.hasFocus() and self._last == self.text() and self._typed_value() == value:
            return  # the same moment in the file's own words: not while the writer is at it
        place = self.cursorPosition()
        self.setText(text)
        self.setCursorPosition(min(place, len(text)) if self.hasFocus() else 0)

    def open_calendar(self) -> None:
        """Show a calendar below, at the day that stands here."""
        popup = CalendarPopup(self._theme, self)
        day = _DAY.match(self.text())
        shown = QDate.fromString(day.group().strip(), "yyyy-M-d") if day else QDate()
        popup.calendar.setSelectedDate(shown if shown.isValid() else QDate.currentDate())
        popup.chosen.connect(self._day_chosen)
        popup.adjustSize()
        corner = self.mapToGlobal(QPoint(self.width() - popup.width(), self.height() + 4))
        screen = self.screen().availableGeometry()
        if corner.y() + popup.height() > screen.bottom():
            corner.setY(self.mapToGlobal(QPoint(0, 0)).y() - popup.height() - 4)
        corner.setX(max(screen.left(), corner.x()))
        popup.move(corner)
        popup.show()
        popup.calendar.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.open_calendar()
        else:
            super().keyPressEvent(event)

    def _day_chosen(self, day: QDate) -> None:
        written = day.toString("yyyy-MM-dd")
        match = _DAY.match(self.text())
        text = written + self.text()[match.end() :] if match else written
        if text != self.text():
            self.setText(text)
            self._text_edited(text)
            self.ended.emit(self.field.key)

    def _typed_value(self) -> Any:
        try:
            return kinds.parse(self.field, self.text())
        except FrontMatterError:
            return None

    def _text_edited(self, text: str) -> None:
        self.begun.emit(self.field.key)
        cleared = not text.strip()
        self._cleared = cleared
        if cleared:
            self.refused.emit(self.field.key, "")
            return
        try:
            value = kinds.parse(self.field, text)
        except FrontMatterError as error:
            self.refused.emit(self.field.key, error.message)
            return
        self._last = text
        self.date_typed.emit(self.field.key, value, text.strip())

    def finish(self) -> None:
        """Do what leaving the line does."""
        self._editing_finished()

    def _editing_finished(self) -> None:
        self.ended.emit(self.field.key)
        if self._cleared:
            self._cleared = False
            self.emptied.emit(self.field.key)
