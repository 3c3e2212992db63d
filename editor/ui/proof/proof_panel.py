"""The panel below the panes that lists the problems of the open post."""

from PySide6.QtCore import QEvent, QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
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

from editor.proof.diagnostic import ERROR, INFO, SEVERITIES, WARNING, Diagnostic
from editor.translation import gettext as _
from editor.translation import ngettext
from editor.ui.icons import icon
from editor.ui.proof.problem_row import ProblemRow
from editor.ui.theme import LIGHT, Theme

_TALLEST = 208
_MOST = 200
"""Nobody reads more of them; they are counted."""
_AT_ONCE = 16
"""Rows that are made before the window goes on with something else."""


class ProofPanel(QFrame):
    """Lists diagnostics, the worst first; unfolded and folded away by whoever holds it.

    Signals:
        problem_chosen: the Diagnostic to be shown in the text.
        fix_wanted: the Diagnostic whose quick fix is to be made.
        rule_wanted: (the Diagnostic whose rule is to be told about, where on the screen).
        close_wanted: the person has seen enough.
    """

    problem_chosen = Signal(object)
    fix_wanted = Signal(object)
    rule_wanted = Signal(object, QPoint)
    close_wanted = Signal()

    def __init__(self, parent: QWidget | None = None, *, theme: Theme = LIGHT) -> None:
        super().__init__(parent)
        self.setObjectName("proofPanel")
        self.setAccessibleName(_("Problems of the post"))
        self._theme = theme
        self._found: list[Diagnostic] = []
        self._marked: Diagnostic | None = None
        """The one whose place was gone to last."""
        self._row_widgets: list[ProblemRow] = []
        self._stale = False
        """Whether the rows are of an earlier list."""
        self._folded: set[str] = set()
        """The severities whose rows are not shown."""
        self._slices = QTimer(self)
        self._slices.setSingleShot(True)
        self._slices.setInterval(0)
        self._slices.timeout.connect(self._fill)
        self._title = QLabel(self)
        self._title.setProperty("strong", True)
        self._groups = {severity: self._group_button(severity) for severity in SEVERITIES}
        self._close = QToolButton(self)
        self._close.setProperty("flat", True)
        self._close.setFixedSize(24, 24)
        self._close.setIconSize(QSize(14, 14))
        self._close.setAccessibleName(_("Fold the problems away"))
        self._close.setToolTip(_("Fold the problems away (Esc)"))
        self._close.clicked.connect(self.close_wanted)
        head = QHBoxLayout()
        head.setContentsMargins(14, 4, 8, 2)
        head.setSpacing(6)
        head.addWidget(self._title)
        head.addSpacing(10)
        for button in self._groups.values():
            head.addWidget(button)
        head.addStretch(1)
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

    @property
    def groups(self) -> dict[str, QPushButton]:
        """The buttons that fold the rows of a severity away, by severity."""
        return dict(self._groups)

    def show_diagnostics(self, diagnostics: list[Diagnostic]) -> None:
        """List what was found; rows are made once they can be seen, and kept where they can be."""
        counts = dict.fromkeys(SEVERITIES, 0)
        for diagnostic in diagnostics:
            counts[diagnostic.severity] += 1
        self._title.setText(_titled(counts[ERROR] + counts[WARNING], counts[INFO]))
        if diagnostics == self._found:
            return
        self._found = list(diagnostics)
        several = sum(map(bool, counts.values())) > 1
        for severity, button in self._groups.items():
            button.setVisible(several and counts[severity] > 0)
            button.setText(_counted(severity, counts[severity]))
        if not several:
            self._folded.clear()
            for button in self._groups.values():
                button.setChecked(True)
        self._list_anew()

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

    def showEvent(self, event: QShowEvent) -> None:
        if self._stale:
            self._fill()
        super().showEvent(event)

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

    def mark(self, diagnostic: Diagnostic) -> None:
        """Show which problem's place was gone to, and scroll to its row."""
        self._marked = diagnostic
        row = self._show_mark()
        if row is not None and self.isVisible():
            self._scroll.ensureWidgetVisible(row, 0, 8)

    def _show_mark(self) -> ProblemRow | None:
        """Show which row is the marked one, and return it."""
        marked = None
        for row in self._row_widgets:
            row.set_current(row.diagnostic == self._marked)
            marked = row if row.diagnostic == self._marked else marked
        return marked

    def _listed(self) -> list[Diagnostic]:
        """Return what has a row: the worst first, each severity in the order of the text."""
        shown = [found for found in self._found if found.severity not in self._folded]
        return sorted(shown, key=lambda found: SEVERITIES.index(found.severity))[:_MOST]

    def _list_anew(self) -> None:
        self._stale = True
        if self.isVisible():
            self._fill()

    def _fill(self) -> None:
        """Let the rows show what they should, a few new ones at a time."""
        listed = self._listed()
        inside = self.isAncestorOf(self.focusWidget()) if self.focusWidget() is not None else False
        for row, diagnostic in zip(self._row_widgets, listed, strict=False):
            row.show_diagnostic(diagnostic)
        for row in self._row_widgets[len(listed) :]:
            self._rows.removeWidget(row)
            row.hide()
            row.deleteLater()
        del self._row_widgets[len(listed) :]
        known = len(self._row_widgets)
        for diagnostic in listed[known : known + _AT_ONCE]:
            self._add_row(diagnostic)
        self._show_mark()
        self._stale = len(self._row_widgets) < len(listed)
        if self._stale:
            self._slices.start()
        if inside and self.rows and not self.rows[0].isAncestorOf(self.focusWidget() or self):
            self._keep_focus()
        self.updateGeometry()

    def _keep_focus(self) -> None:
        """Put the focus back on a row where the one that had it is gone."""
        focus = self.focusWidget()
        if focus is None or not focus.isVisible():
            self.rows[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _add_row(self, diagnostic: Diagnostic) -> None:
        row = ProblemRow(diagnostic, self._theme, self._list)
        row.chosen.connect(lambda: self.problem_chosen.emit(row.diagnostic))
        row.fix_wanted.connect(lambda: self.fix_wanted.emit(row.diagnostic))
        row.rule_wanted.connect(lambda place: self.rule_wanted.emit(row.diagnostic, place))
        self._rows.addWidget(row)
        self._row_widgets.append(row)
        row.show()

    def _group_button(self, severity: str) -> QPushButton:
        button = QPushButton(self)
        button.setProperty("look", "group")
        button.setCheckable(True)
        button.setChecked(True)
        button.setToolTip(_("Show them, or leave them out"))
        button.toggled.connect(lambda on: self._fold(severity, not on))
        button.hide()
        return button

    def _fold(self, severity: str, folded: bool) -> None:
        if folded == (severity in self._folded):
            return
        self._folded ^= {severity}
        self._list_anew()

    def _list_height(self) -> int:
        if not self._rows.count():
            return 4
        width = max(self._scroll.viewport().width(), 200)
        return (
            self._rows.heightForWidth(width)
            if self._rows.hasHeightForWidth()
            else self._rows.sizeHint().height()
        )


def _titled(problems: int, notes: int) -> str:
    if problems:
        words = ngettext("{count} problem in this post", "{count} problems in this post", problems)
        return words.format(count=problems)
    if notes:
        return ngettext("{count} note on this post", "{count} notes on this post", notes).format(count=notes)
    return _("No problems in this post")


def _counted(severity: str, count: int) -> str:
    if severity == ERROR:
        return ngettext("{count} error", "{count} errors", count).format(count=count)
    if severity == WARNING:
        return ngettext("{count} warning", "{count} warnings", count).format(count=count)
    return ngettext("{count} note", "{count} notes", count).format(count=count)
