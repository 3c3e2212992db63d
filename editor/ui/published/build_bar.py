"""The slim bar over the preview's end that tells how a build goes, and what the generator complained of."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
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
_LINES = 200
"""Lines of what the generator prints that are kept."""


class BuildBar(QFrame):
    """One line on the build, a button to end it, what the generator prints, and the list of its problems.

    It lies over the end of the widget it is put over: what is read there does not move when it comes and goes.

    Signals:
        cancel_wanted: the build is to be ended.
        problem_chosen: the BuildProblem whose place is to be shown.
    """

    cancel_wanted = Signal()
    problem_chosen = Signal(object)

    def __init__(self, over: QWidget, parent: QWidget) -> None:
        """Lie over the end of `over`, which stands in `parent`."""
        super().__init__(parent)
        self.setObjectName("buildBar")
        self._over, self._parent = over, parent
        over.installEventFilter(self)
        self._problems: tuple[BuildProblem, ...] = ()
        self._theme: Theme | None = None
        self._running = False
        self._words = ElidedLabel(self)
        self._words.setObjectName("buildWords")
        self._cancel = self._button(_("Cancel"), "cancelBuild")
        self._cancel.clicked.connect(self.cancel_wanted)
        self._more = self._button("", "buildProblemsButton")
        self._more.setCheckable(True)
        self._more.toggled.connect(self._fold)
        self._details = self._button(_("Details"), "buildDetails")
        self._details.setToolTip(_("What the generator prints"))
        self._details.setCheckable(True)
        self._details.toggled.connect(self._fold)
        self._close = self._button(_("Close"), "closeBuildBar")
        self._close.clicked.connect(self.hide)
        self.output = QPlainTextEdit(self)
        self.output.setObjectName("buildOutput")
        self.output.setAccessibleName(_("What the generator prints"))
        self.output.setReadOnly(True)
        self.output.setMaximumBlockCount(_LINES)
        self.output.setFixedHeight(_HIGHEST)
        self.output.setFrameShape(QFrame.Shape.NoFrame)
        self.output.hide()
        self.list = QListWidget(self)
        self.list.setObjectName("buildProblems")
        self.list.setAccessibleName(_("Problems of the build"))
        self.list.setUniformItemSizes(True)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.itemActivated.connect(self._choose)
        self.list.itemClicked.connect(self._choose)
        self.list.hide()
        row = QHBoxLayout()
        row.setContentsMargins(12, 4, 8, 4)
        row.setSpacing(6)
        row.addWidget(self._words)
        row.addStretch(1)
        for button in (self._more, self._details, self._cancel, self._close):
            row.addWidget(button)
        layout = self._layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(row)
        layout.addWidget(self.output)
        layout.addWidget(self.list)
        self.hide()

    def show_progress(self, words: str) -> None:
        """Tell that a build runs."""
        if not self._running:
            self.output.clear()
            self._show_problems(())
        self._tell(words, running=True)

    def show_line(self, line: str) -> None:
        """Keep a line of a build that runs for who asks for details."""
        if self._running and line.strip():
            self.output.appendPlainText(line.rstrip())

    def show_end(self, words: str, problems: Sequence[BuildProblem] = ()) -> None:
        """Tell how a build ended; with neither words nor problems the bar goes."""
        self._tell(words, running=False)
        self._show_problems(tuple(problems))
        self.setVisible(bool(words))
        self._lay()

    def set_theme(self, theme: Theme) -> None:
        """Colour the marks."""
        self._theme = theme
        self._fill()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape folds the list, and then closes the bar (Qt)."""
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self._more.isChecked() or self._details.isChecked():
            self._more.setChecked(False)
            self._details.setChecked(False)
        elif not self._running:
            self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep to the end of what the bar lies over (Qt)."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Move):
            self._lay()
        return super().eventFilter(watched, event)

    def _lay(self) -> None:
        self._layout.activate()
        under = self._over
        corner = under.mapTo(self._parent, under.rect().bottomLeft())
        height = min(self.sizeHint().height(), under.height())
        self.setGeometry(corner.x(), corner.y() + 1 - height, under.width(), height)
        self.raise_()

    def _tell(self, words: str, *, running: bool) -> None:
        self._running = running
        self._words.setText(words)
        self.setAccessibleName(words)
        self._cancel.setVisible(running)
        self._close.setVisible(not running)
        self._details.setVisible(running)
        if not running:
            self._details.setChecked(False)
        self.show()
        self._lay()

    def _show_problems(self, problems: tuple[BuildProblem, ...]) -> None:
        self._problems = problems
        count = ngettext("{count} problem", "{count} problems", len(problems)).format(count=len(problems))
        self._more.setText(count)
        self._more.setAccessibleName(_("Problems of the build: {count}").format(count=len(problems)))
        self._more.setVisible(bool(problems))
        self._fill()
        self._more.setChecked(any(problem.severity == "error" for problem in problems))
        self._fold()

    def _fold(self) -> None:
        self.list.setVisible(self._more.isChecked() and bool(self._problems))
        self.output.setVisible(self._details.isChecked())
        self._lay()

    def _fill(self) -> None:
        self.list.clear()
        listed = self._problems[:_MOST]
        for problem in listed:
            place = ""
            if problem.path is not None:
                place = problem.path.name + (f":{problem.line}" if problem.line is not None else "")
            words = " ".join(problem.message.split())
            row = QListWidgetItem(f"{place}  {words}".strip(), self.list)
            row.setToolTip("\n".join(filter(None, (problem.message, str(problem.path or "")))))
            if self._theme is not None:
                error = problem.severity == "error"
                row.setIcon(icon("alert", self._theme.bad if error else self._theme.warn, size=14))
        if listed:
            self.list.setFixedHeight(min(_HIGHEST, len(listed) * self.list.sizeHintForRow(0) + 4))

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
