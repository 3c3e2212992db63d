"""What was checked before a commit, a line each, with what was found below it."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from editor.translation import gettext as _
from editor.translation import ngettext
from editor.ui.icons import pixmap
from editor.ui.theme import LIGHT, Theme

GOOD, BUSY, NOTE, WARNING, ERROR = "good", "busy", "note", "warning", "error"
_MOST = 30
"""Problems that are listed below a check; nobody reads more of them here."""


@dataclass(frozen=True, slots=True)
class Found:
    """A problem, and where it is."""

    message: str
    severity: str
    path: Path | None = None
    line: int = 0
    """From 1; 0: it is not known."""
    start: int = -1
    """The same place in code points of the text; -1: it is not known."""


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was checked."""

    id: str
    state: str
    """`GOOD`, `BUSY`, `NOTE`, `WARNING` or `ERROR`."""
    words: str
    detail: str = ""
    """Said in dim letters behind."""
    action: str = ""
    """What its button says; empty for no button."""
    found: tuple[Found, ...] = ()


class FoundRow(QFrame):
    """One problem.

    Signals:
        chosen: it was clicked, or entered.
    """

    chosen = Signal()

    def __init__(self, found: Found, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("look", "problem")
        self.found = found
        place = found.path.name if found.path is not None else ""
        if place and found.line:
            place = f"{place}:{found.line}"
        message = QLabel(found.message, self)
        message.setTextFormat(Qt.TextFormat.PlainText)
        message.setWordWrap(True)
        message.setToolTip(found.message)
        where = QLabel(place, self)
        where.setProperty("dim", True)
        where.setVisible(bool(place))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(40, 3, 12, 3)
        layout.setSpacing(0)
        layout.addWidget(message)
        layout.addWidget(where)
        for label in (message, where):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        if found.path is not None:
            self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(f"{place}: {found.message}" if place else found.message)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.chosen.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.chosen.emit()
        elif event.key() == Qt.Key.Key_Down:
            self.focusNextChild()
        elif event.key() == Qt.Key.Key_Up:
            self.focusPreviousChild()
        else:
            super().keyPressEvent(event)


class _CheckRow(QWidget):
    """One check, and its problems."""

    def __init__(self, check: Check, theme: Theme, parent: "ChecksList") -> None:
        super().__init__(parent)
        self.setObjectName(f"check-{check.id}")
        self._check = check
        self._mark = QLabel(self)
        self._mark.setFixedSize(16, 16)
        self._words = QLabel(self)
        self._words.setWordWrap(True)
        self._words.setTextFormat(Qt.TextFormat.RichText)
        self._words.setMinimumWidth(20)
        row = QHBoxLayout()
        row.setContentsMargins(18, 5, 10, 5)
        row.setSpacing(8)
        row.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._words, 1)
        self.button: QPushButton | None = None
        if check.action:
            self.button = QPushButton(check.action, self)
            self.button.setProperty("look", "quickFix")
            self.button.setAccessibleName(f"{check.action}: {check.words}")
            self.button.clicked.connect(lambda: parent.action_wanted.emit(check.id))
            row.addWidget(self.button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(row)
        self.rows: list[FoundRow] = []
        for found in check.found[:_MOST]:
            line = FoundRow(found, self)
            line.chosen.connect(lambda found=found: parent.found_chosen.emit(found))
            layout.addWidget(line)
            self.rows.append(line)
        if len(check.found) > _MOST:
            left = len(check.found) - _MOST
            said = ngettext("… and {count} more", "… and {count} more", left).format(count=left)
            more = QLabel(said, self)
            more.setProperty("dim", True)
            more.setContentsMargins(42, 2, 12, 2)
            layout.addWidget(more)
        self.setAccessibleName(f"{check.words} {check.detail}".strip())
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        marks = {
            GOOD: ("check", theme.good),
            BUSY: ("clock", theme.dim),
            NOTE: ("info", theme.dim),
            WARNING: ("alert", theme.warn),
            ERROR: ("alert", theme.bad),
        }
        detail = f'<span style="color: {theme.dim}">{escape(self._check.detail)}</span>'
        self._words.setText(f"{escape(self._check.words)} {detail}")
        name, colour = marks[self._check.state]
        self._mark.setPixmap(pixmap(name, colour, 16, self.devicePixelRatioF()))


class ChecksList(QScrollArea):
    """The checks, as high as they are: what they stand in scrolls.

    Signals:
        action_wanted: the id of the Check whose button was clicked.
        found_chosen: the Found that is to be shown in its file.
    """

    action_wanted = Signal(str)
    found_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("commitChecks")
        self.setAccessibleName(_("Checks"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._theme = LIGHT
        self._shown: list[Check] = []
        self._rows: list[_CheckRow] = []
        self._high = 0
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._inside = QWidget(self)
        self._layout = QVBoxLayout(self._inside)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        self._layout.addStretch(1)
        self.setWidget(self._inside)

    @property
    def checks(self) -> list[Check]:
        """What is shown."""
        return list(self._shown)

    def found_rows(self) -> list[FoundRow]:
        """Return the rows of all problems, from top to bottom."""
        return [line for row in self._rows for line in row.rows]

    def show_checks(self, checks: Sequence[Check]) -> None:
        """Show `checks`; those that are as they were keep their rows."""
        if list(checks) == self._shown:
            return
        for number, check in enumerate(checks):
            if number < len(self._shown) and check == self._shown[number]:
                continue
            row = _CheckRow(check, self._theme, self)
            if number < len(self._rows):
                self._drop(self._rows[number])
                self._rows[number] = row
            else:
                self._rows.append(row)
            self._layout.insertWidget(number, row)
            row.show()
        while len(self._rows) > len(checks):
            self._drop(self._rows.pop())
        self._shown = list(checks)
        self._fit()

    def set_theme(self, theme: Theme) -> None:
        """Colour the marks."""
        self._theme = theme
        for row in self._rows:
            row.set_theme(theme)

    def resizeEvent(self, event: object) -> None:
        """Fit the height to the words, which wrap (Qt)."""
        super().resizeEvent(event)  # type: ignore[arg-type]
        self._fit()

    def sizeHint(self) -> QSize:
        """As high as the rows are (Qt)."""
        return QSize(super().sizeHint().width(), self._high)

    def minimumSizeHint(self) -> QSize:
        """As high as the rows are (Qt)."""
        return QSize(super().minimumSizeHint().width(), self._high)

    def focus_widgets(self) -> list[QWidget]:
        """Return what Tab leads through, from top to bottom."""
        found: list[QWidget] = []
        for row in self._rows:
            found += [*([row.button] if row.button is not None else []), *row.rows]
        return found

    def _drop(self, row: _CheckRow) -> None:
        had_focus = row.isAncestorOf(self.focusWidget()) if self.focusWidget() is not None else False
        self._layout.removeWidget(row)
        row.hide()
        row.deleteLater()
        if had_focus:
            self.window().setFocus()

    def _fit(self) -> None:
        self._layout.activate()
        width = self.viewport().width()
        self._high = sum(
            row.heightForWidth(width) if row.hasHeightForWidth() else row.sizeHint().height()
            for row in self._rows
        )
        self.updateGeometry()
