"""The slim bar above the preview that tells how a build goes, and what the generator complained of."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from editor.site.building.results import BuildProblem
from editor.translation import gettext as _
from editor.translation import ngettext
from editor.ui.icons import icon
from editor.ui.theme import Theme
from editor.ui.widgets import ElidedLabel

_MOST = 200
"""Problems that are listed; nobody reads more."""
_HIGHEST = 168
"""Pixels of the list."""


class BuildBar(QFrame):
    """One line on the build, a button to end it, and the list of its problems.

    Signals:
        cancel_wanted: the build is to be ended.
        problem_chosen: the BuildProblem whose place is to be shown.
    """

    cancel_wanted = Signal()
    problem_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("buildBar")
        self._problems: tuple[BuildProblem, ...] = ()
        self._theme: Theme | None = None
        self._words = ElidedLabel(self)
        self._words.setObjectName("buildWords")
        self._cancel = self._button(_("Cancel"), "cancelBuild")
        self._cancel.clicked.connect(self.cancel_wanted)
        self._more = self._button("", "buildProblemsButton")
        self._more.setCheckable(True)
        self._more.toggled.connect(self._fold)
        self._close = self._button(_("Close"), "closeBuildBar")
        self._close.clicked.connect(self.hide)
        self.list = QListWidget(self)
        self.list.setObjectName("buildProblems")
        self.list.setAccessibleName(_("Problems of the build"))
        self.list.setWordWrap(True)
        self.list.setMaximumHeight(_HIGHEST)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.itemActivated.connect(self._choose)
        self.list.itemClicked.connect(self._choose)
        self.list.hide()
        row = QHBoxLayout()
        row.setContentsMargins(12, 4, 8, 4)
        row.setSpacing(6)
        row.addWidget(self._words, 1)
        for button in (self._more, self._cancel, self._close):
            row.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(row)
        layout.addWidget(self.list)
        self.hide()

    def show_progress(self, words: str) -> None:
        """Tell how far a build is."""
        self._tell(words, running=True)
        self._show_problems(())

    def show_line(self, line: str) -> None:
        """Tell the last line of a build that runs."""
        if self._cancel.isVisible() and line.strip():
            self._words.setText(line.strip())

    def show_end(self, words: str, problems: Sequence[BuildProblem] = ()) -> None:
        """Tell how a build ended; with neither words nor problems the bar goes."""
        self._tell(words, running=False)
        self._show_problems(tuple(problems))
        self.setVisible(bool(words))

    def set_theme(self, theme: Theme) -> None:
        """Colour the marks."""
        self._theme = theme
        self._fill()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape folds the list, and then closes the bar (Qt)."""
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self._more.isChecked():
            self._more.setChecked(False)
        elif not self._cancel.isVisible():
            self.hide()

    def _tell(self, words: str, *, running: bool) -> None:
        self._words.setText(words)
        self.setAccessibleName(words)
        self._cancel.setVisible(running)
        self._close.setVisible(not running)
        self.show()

    def _show_problems(self, problems: tuple[BuildProblem, ...]) -> None:
        self._problems = problems
        count = ngettext("{count} problem", "{count} problems", len(problems)).format(count=len(problems))
        self._more.setText(count)
        self._more.setAccessibleName(_("Problems of the build: {count}").format(count=len(problems)))
        self._more.setVisible(bool(problems))
        self._fill()
        self._more.setChecked(any(problem.severity == "error" for problem in problems))
        self._fold(self._more.isChecked() and bool(problems))

    def _fold(self, shown: bool) -> None:
        self.list.setVisible(shown)

    def _fill(self) -> None:
        self.list.clear()
        for problem in self._problems[:_MOST]:
            place = ""
            if problem.path is not None:
                place = problem.path.name + (f":{problem.line}" if problem.line is not None else "")
            row = QListWidgetItem(f"{place}  {problem.message}".strip(), self.list)
            row.setToolTip(str(problem.path or ""))
            if self._theme is not None:
                error = problem.severity == "error"
                row.setIcon(icon("alert", self._theme.bad if error else self._theme.warn, size=14))

    def _choose(self, row: QListWidgetItem) -> None:
        number = self.list.row(row)
        if 0 <= number < len(self._problems):
            self.problem_chosen.emit(self._problems[number])

    def _button(self, words: str, name: str) -> QPushButton:
        button = QPushButton(words, self)
        button.setObjectName(name)
        button.setAccessibleName(words)
        button.setProperty("flat", True)
        return button
