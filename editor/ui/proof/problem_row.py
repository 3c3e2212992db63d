"""One problem in the panel: its severity, its sentence, its rule, its place, and what mends it."""

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget

from editor.proof.diagnostic import Diagnostic
from editor.translation import gettext as _
from editor.ui.icons import pixmap
from editor.ui.text_editor.problem_marks import colour_of
from editor.ui.theme import Theme
from editor.ui.widgets import ElidedLabel


def severity_word(severity: str) -> str:
    """Return what a severity is called."""
    return {"error": _("Error"), "warning": _("Warning")}.get(severity, _("Note"))


class ProblemRow(QFrame):
    """One problem; another can be put in its place.

    Signals:
        chosen: it was clicked, or entered.
        fix_wanted: the quick fix was clicked.
        rule_wanted: the rule was clicked, at this place of the screen.
    """

    chosen = Signal()
    fix_wanted = Signal()
    rule_wanted = Signal(QPoint)

    def __init__(self, diagnostic: Diagnostic, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "problem")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.diagnostic = diagnostic
        self._theme = theme
        self._mark = QLabel(self)
        self._message = ElidedLabel(self)
        self._fix = QPushButton(self)
        self._fix.setProperty("look", "quickFix")
        self._fix.clicked.connect(self.fix_wanted)
        self._rule = QToolButton(self)
        self._rule.setProperty("look", "rule")
        self._rule.clicked.connect(self._ask_for_rule)
        self._where = QLabel(self)
        self._where.setProperty("dim", True)
        self._where.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._where.setMinimumWidth(self._where.fontMetrics().horizontalAdvance("Ln 0000, Col 000"))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(14, 3, 14, 3)
        layout.setSpacing(10)
        layout.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignVCenter)
        layout.addWidget(self._message)
        layout.addWidget(self._fix)
        layout.addStretch(1)
        layout.addWidget(self._rule)
        layout.addWidget(self._where)
        for label in (self._mark, self._where):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._show_words()
        self.set_theme(theme)

    @property
    def fix_button(self) -> QPushButton | None:
        """The button of the quick fix, where there is one."""
        return self._fix if self.diagnostic.fix is not None else None

    @property
    def rule_button(self) -> QToolButton:
        """The button that tells about the rule."""
        return self._rule

    def set_current(self, current: bool) -> None:
        """Show whether its place is the one that was gone to last."""
        if bool(self.property("current")) != current:
            self.setProperty("current", current)
            self.style().unpolish(self)
            self.style().polish(self)

    def show_diagnostic(self, diagnostic: Diagnostic) -> None:
        """Show another problem."""
        if diagnostic == self.diagnostic:
            return
        severity = self.diagnostic.severity
        self.diagnostic = diagnostic
        self._show_words()
        if diagnostic.severity != severity:
            self.set_theme(self._theme)

    def set_theme(self, theme: Theme) -> None:
        """Colour the mark."""
        self._theme = theme
        name = {"error": "alert", "warning": "admonition"}.get(self.diagnostic.severity, "info")
        colour = colour_of(self.diagnostic.severity, theme)
        self._mark.setPixmap(pixmap(name, colour, 16, self.devicePixelRatioF()))

    def _show_words(self) -> None:
        found = self.diagnostic
        self._message.setText(found.message)
        self._where.setText(_("Ln {line}, Col {column}").format(line=found.line, column=found.column))
        self._fix.setVisible(found.fix is not None)
        if found.fix is not None:
            self._fix.setText(found.fix.title)
            self._fix.setAccessibleName(
                _("{fix}: {message}").format(fix=found.fix.title, message=found.message)
            )
        self._rule.setText(found.code)
        self._rule.setAccessibleName(_("The rule {code}").format(code=found.code))
        self._rule.setToolTip(_("What this rule is about"))
        told = _("{severity}, line {line}: {message}")
        self.setAccessibleName(
            told.format(severity=severity_word(found.severity), line=found.line, message=found.message)
        )

    def _ask_for_rule(self) -> None:
        self.rule_wanted.emit(self._rule.mapToGlobal(self._rule.rect().bottomLeft()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.chosen.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.chosen.emit()
        elif event.key() == Qt.Key.Key_Period and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            if self.diagnostic.fix is not None:
                self.fix_wanted.emit()
        elif event.key() == Qt.Key.Key_Down:
            self.focusNextChild()
        elif event.key() == Qt.Key.Key_Up:
            self.focusPreviousChild()
        else:
            super().keyPressEvent(event)
