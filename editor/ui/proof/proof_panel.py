"""The panel below the panes that lists the problems of the open post."""

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from editor.proof.diagnostic import Diagnostic
from editor.translation import gettext as _
from editor.translation import ngettext
from editor.ui.icons import icon, pixmap
from editor.ui.text_editor.problem_marks import colour_of
from editor.ui.theme import LIGHT, Theme
from editor.ui.widgets import ElidedLabel

_TALLEST = 208
_MOST = 200
"""Nobody reads more of them; they are counted."""


def severity_word(severity: str) -> str:
    """Return what a severity is called."""
    return {"error": _("Error"), "warning": _("Warning")}.get(severity, _("Note"))


class ProblemRow(QFrame):
    """One problem: its severity, its sentence, its place, and what mends it.

    Signals:
        chosen: it was clicked, or entered.
        fix_wanted: the quick fix was clicked.
    """

    chosen = Signal()
    fix_wanted = Signal()

    def __init__(self, diagnostic: Diagnostic, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "problem")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.diagnostic = diagnostic
        self._mark = QLabel(self)
        message = ElidedLabel(self)
        message.setText(diagnostic.message)
        place = _("Ln {line}, Col {column}").format(line=diagnostic.line, column=diagnostic.column)
        where = QLabel(place, self)
        where.setProperty("dim", True)
        where.setToolTip(diagnostic.code)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(14, 3, 14, 3)
        layout.setSpacing(10)
        layout.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignVCenter)
        layout.addWidget(message)
        self.fix_button: QPushButton | None = None
        if diagnostic.fix is not None:
            self.fix_button = QPushButton(diagnostic.fix.title, self)
            self.fix_button.setProperty("look", "quickFix")
            self.fix_button.setAccessibleName(
                _("{fix}: {message}").format(fix=diagnostic.fix.title, message=diagnostic.message)
            )
            self.fix_button.clicked.connect(self.fix_wanted)
            layout.addWidget(self.fix_button)
        layout.addStretch(1)
        layout.addWidget(where)
        for label in (self._mark, where):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        told = _("{severity}, line {line}: {message}")
        self.setAccessibleName(
            told.format(
                severity=severity_word(diagnostic.severity), line=diagnostic.line, message=diagnostic.message
            )
        )
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Colour the mark."""
        name = "info" if self.diagnostic.severity == "info" else "alert"
        colour = colour_of(self.diagnostic.severity, theme)
        self._mark.setPixmap(pixmap(name, colour, 16, self.devicePixelRatioF()))

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


class ProofPanel(QFrame):
    """Lists diagnostics; unfolded and folded away by whoever holds it.

    Signals:
        problem_chosen: the Diagnostic to be shown in the text.
        fix_wanted: the Diagnostic whose quick fix is to be made.
        close_wanted: the person has seen enough.
    """

    problem_chosen = Signal(object)
    fix_wanted = Signal(object)
    close_wanted = Signal()

    def __init__(self, parent: QWidget | None = None, *, theme: Theme = LIGHT) -> None:
        super().__init__(parent)
        self.setObjectName("proofPanel")
        self.setAccessibleName(_("Problems of the post"))
        self._theme = theme
        self._shown: list[Diagnostic] = []
        self._row_widgets: list[ProblemRow] = []
        self._title = QLabel(self)
        self._title.setProperty("strong", True)
        self._close = QToolButton(self)
        self._close.setProperty("flat", True)
        self._close.setFixedSize(24, 24)
        self._close.setIconSize(QSize(14, 14))
        self._close.setAccessibleName(_("Fold the problems away"))
        self._close.setToolTip(_("Fold the problems away (Esc)"))
        self._close.clicked.connect(self.close_wanted)
        head = QHBoxLayout()
        head.setContentsMargins(14, 4, 8, 2)
        head.addWidget(self._title, 1)
        head.addWidget(self._close)
        self._list = QWidget(self)
        self._rows = QVBoxLayout(self._list)
        self._rows.setContentsMargins(0, 0, 0, 6)
        self._rows.setSpacing(0)
        self._scroll = QScrollArea(self)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(self._list)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(self._scroll)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.setMaximumHeight(_TALLEST)
        self.set_theme(theme)
        self.show_diagnostics([])

    @property
    def rows(self) -> list[ProblemRow]:
        """The rows, from top to bottom."""
        return list(self._row_widgets)

    def show_diagnostics(self, diagnostics: list[Diagnostic]) -> None:
        """List what was found; equal lists leave rows and focus alone."""
        count = len(diagnostics)
        self._title.setText(
            ngettext("{count} problem in this post", "{count} problems in this post", count).format(
                count=count
            )
            if count
            else _("No problems in this post")
        )
        if diagnostics == self._shown:
            return
        self._shown = list(diagnostics)
        inside = self.isAncestorOf(self.focusWidget()) if self.focusWidget() is not None else False
        for row in self.rows:
            self._rows.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._row_widgets = []
        for diagnostic in diagnostics[:_MOST]:
            row = ProblemRow(diagnostic, self._theme, self._list)
            row.chosen.connect(lambda diagnostic=diagnostic: self.problem_chosen.emit(diagnostic))
            row.fix_wanted.connect(lambda diagnostic=diagnostic: self.fix_wanted.emit(diagnostic))
            self._rows.addWidget(row)
            self._row_widgets.append(row)
            row.show()
        if inside and self.rows:
            self.rows[0].setFocus(Qt.FocusReason.OtherFocusReason)
        self.updateGeometry()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours."""
        self._theme = theme
        self._close.setIcon(icon("close", theme.dim, size=14))
        for row in self.rows:
            row.set_theme(theme)

    def sizeHint(self) -> QSize:
        """As tall as the rows, up to a point."""
        head = self._close.height() + 6
        return QSize(400, min(_TALLEST, head + self._list_height()))

    def event(self, event: QEvent) -> bool:
        """Ask for another height when the rows want one."""
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Resize):
            self._scroll.setFixedHeight(min(_TALLEST - self._close.height() - 6, self._list_height()))
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_wanted.emit()
        else:
            super().keyPressEvent(event)

    def focus_first(self) -> None:
        """Put the focus on the first problem."""
        if self.rows:
            self.rows[0].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _list_height(self) -> int:
        if not self._rows.count():
            return 4
        width = max(self._scroll.viewport().width(), 200)
        return (
            self._rows.heightForWidth(width)
            if self._rows.hasHeightForWidth()
            else self._rows.sizeHint().height()
        )
