"""The choice between two versions of a text, place by place, side by side."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QFont, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from editor.git.merge import Merged
from editor.translation import gettext as _
from editor.ui.outside.decisions import BOTH, BY_HAND, MINE, THEIRS, Decisions
from editor.ui.outside.reconcile import line_edits
from editor.ui.theme import LIGHT, Theme

_SIZE = (1040, 680)
_FONT_PIXELS = 12


class MergeDialog(QDialog):
    """Shows what the writer and another program made of the same lines, and what comes of it.

    Whatever closes it but its button means that it is decided later.

    Signals:
        decided: the whole text that was put together.
    """

    decided = Signal(str)

    def __init__(
        self,
        name: str,
        merged: Merged,
        parent: QWidget | None = None,
        *,
        by_lines: bool = True,
        saves: bool = False,
        theme: Theme = LIGHT,
    ) -> None:
        """Take the file's name and its two versions; `by_lines` is False for whole texts that were not compared.

        `saves` is whether the text is saved once it is decided.
        """
        super().__init__(parent)
        self.setObjectName("mergeDialog")
        self.setWindowTitle(_("Changed by another program"))
        self.setAccessibleName(self.windowTitle())
        self.resize(*_SIZE)
        self._theme = theme
        self.decisions = Decisions(merged)
        self._place = 0
        self._filling = False

        asked = self._label(_("What should “{name}” say?").format(name=name))
        asked.setProperty("look", "question")
        explained = self._label(_explanation(by_lines=by_lines, saves=saves))
        explained.setProperty("dim", True)
        self.setAccessibleDescription(f"{asked.text()} {explained.text()}")

        self._where = self._label("")
        self._back = self._small_button(_("&Previous place"), lambda: self.show_place(self._place - 1))
        self._next = self._small_button(_("&Next place"), lambda: self.show_place(self._place + 1))
        all_mine = self._small_button(_("Mine everywhere"), lambda: self._choose_everywhere(MINE))
        all_theirs = self._small_button(_("Theirs everywhere"), lambda: self._choose_everywhere(THEIRS))
        head = QHBoxLayout()
        head.addWidget(self._where)
        head.addStretch(1)
        for button in (self._back, self._next, all_mine, all_theirs):
            head.addWidget(button)
            button.setVisible(len(self.decisions) > 1)

        self._mine = self._version(_("My version"))
        self._base = self._version(_("Before both"))
        self._theirs = self._version(_("On disk"))
        versions = QGridLayout()
        versions.setSpacing(8)
        for column, view in enumerate((self._mine, self._base, self._theirs)):
            title = self._label(view.accessibleName())
            title.setBuddy(view)
            versions.addWidget(title, 0, column)
            versions.addWidget(view, 1, column)
            versions.setColumnStretch(column, 1)

        self._choices = QButtonGroup(self)
        self._choices.setExclusive(True)
        row = QHBoxLayout()
        self.buttons: dict[str, QPushButton] = {}
        for choice, words in (
            (MINE, _("Take &mine")),
            (THEIRS, _("Take &theirs")),
            (BOTH, _("Take &both, mine first")),
            (BY_HAND, _("&Write it by hand")),
        ):
            button = QPushButton(words, self)
            button.setObjectName(f"take-{choice}")
            button.setAccessibleName(words.replace("&", ""))
            button.setCheckable(True)
            button.setAutoDefault(False)
            button.clicked.connect(lambda _checked=False, choice=choice: self._choose(choice))
            self._choices.addButton(button)
            self.buttons[choice] = button
            row.addWidget(button)
        row.addStretch(1)

        self._above = self._context()
        self._below = self._context()
        self.result_text = QPlainTextEdit(self)
        self.result_text.setObjectName("mergeResult")
        self.result_text.setAccessibleName(_("The text here will be"))
        self.result_text.setFont(_font())
        self.result_text.setTabChangesFocus(True)
        self.result_text.textChanged.connect(self._on_written)
        result_title = self._label(self.result_text.accessibleName())
        result_title.setBuddy(self.result_text)

        self._progress = self._label("")
        self._progress.setProperty("dim", True)
        box = QDialogButtonBox(self)
        words = _("Use this text and save") if saves else _("Use this text")
        self.use = box.addButton(words, QDialogButtonBox.ButtonRole.AcceptRole)
        self.use.setObjectName("useResult")
        self.later = box.addButton(_("Decide later"), QDialogButtonBox.ButtonRole.RejectRole)
        self.later.setObjectName("decideLater")
        for button in (self.use, self.later):
            button.setAutoDefault(False)  # the Return key takes what is decided, and nothing before
        box.accepted.connect(self._finish)
        box.rejected.connect(self.reject)
        foot = QHBoxLayout()
        foot.addWidget(self._progress, 1)
        foot.addWidget(box)

        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 18)
        layout.setSpacing(6)
        layout.addWidget(asked)
        layout.addWidget(explained)
        layout.addSpacing(6)
        layout.addLayout(head)
        layout.addLayout(versions, 3)
        layout.addLayout(row)
        layout.addSpacing(6)
        layout.addWidget(result_title)
        layout.addWidget(self._above)
        layout.addWidget(self.result_text, 2)
        layout.addWidget(self._below)
        layout.addSpacing(4)
        layout.addLayout(foot)
        self.show_place(0)
        self.buttons[MINE].setFocus()

    def show_place(self, place: int) -> None:
        """Show the place `place`, from 0."""
        count = len(self.decisions)
        self._place = min(max(place, 0), count - 1)
        conflict = self.decisions.conflict(self._place)
        line = self.decisions.line_of(self._place)
        if count > 1:
            words = _("Place {number} of {count}, line {line}")
            self._where.setText(words.format(number=self._place + 1, count=count, line=line))
        else:
            self._where.setText(_("Line {line}").format(line=line))
        self._back.setEnabled(self._place > 0)
        self._next.setEnabled(self._place + 1 < count)
        _fill(self._base, conflict.base, "", self._theme.side)
        _fill(self._mine, conflict.ours, conflict.base, self._theme.good_wash)
        _fill(self._theirs, conflict.theirs, conflict.base, self._theme.accent_wash)
        self._show_decision()

    def _choose(self, choice: str) -> None:
        if choice == BY_HAND:
            self.decisions.write(self._place, _shown(self.decisions.text_at(self._place)))
        else:
            self.decisions.choose(self._place, choice)
        self._show_decision()
        if choice == BY_HAND:
            self.result_text.setFocus()

    def _choose_everywhere(self, choice: str) -> None:
        for place in range(len(self.decisions)):
            self.decisions.choose(place, choice)
        self._show_decision()

    def _on_written(self) -> None:
        if not self._filling:
            # toPlainText would change no-break spaces.
            written = self.result_text.document().toRawText().replace("\u2029", "\n")
            self.decisions.write(self._place, written)
            self._show_state()

    def _show_decision(self) -> None:
        """Show what the place gets, and what stands around it."""
        self._filling = True
        self.result_text.setPlainText(_shown(self.decisions.text_at(self._place)))
        self._filling = False
        above, below = self.decisions.around(self._place)
        for label, lines in ((self._above, above), (self._below, below)):
            label.setText("\n".join(line[:200] for line in lines))
            label.setVisible(bool(lines))
        self._show_state()

    def _show_state(self) -> None:
        choice = self.decisions.choice(self._place)
        self._choices.setExclusive(False)
        for name, button in self.buttons.items():
            button.setChecked(name == choice)
        self._choices.setExclusive(True)
        count, left = len(self.decisions), self.decisions.left
        if left == 0:
            self._progress.setText(_("Everything is decided"))
        else:
            words = _("{done} of {count} decided")
            self._progress.setText(words.format(done=count - left, count=count))
        self.use.setEnabled(left == 0)
        self.use.setToolTip(_("Say for each place what the text is to be, first") if left else "")
        self.use.setDefault(left == 0)

    def _finish(self) -> None:
        if self.decisions.left == 0:
            self.accept()
            self.decided.emit(self.decisions.result())

    def _label(self, text: str) -> QLabel:
        label = QLabel(text, self)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        return label

    def _context(self) -> QLabel:
        label = QLabel(self)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setProperty("dim", True)
        label.setFont(_font())
        label.setContentsMargins(14, 0, 14, 0)
        label.setMinimumWidth(1)  # what is too long is cut off
        return label

    def _version(self, name: str) -> QPlainTextEdit:
        view = QPlainTextEdit(self)
        view.setAccessibleName(name)
        view.setReadOnly(True)
        view.setFont(_font())
        view.setTabChangesFocus(True)
        return view

    def _small_button(self, words: str, act: object) -> QPushButton:
        button = QPushButton(words, self)
        button.setAccessibleName(words.replace("&", ""))
        button.setAutoDefault(False)
        button.clicked.connect(lambda _checked=False: act())  # type: ignore[operator]
        return button


def _explanation(*, by_lines: bool, saves: bool) -> str:
    if by_lines:
        words = _("You and another program changed the same lines; all the others are put together already.")
    else:
        words = _(
            "You and another program changed this text. Without the git command, only whole texts can be chosen."
        )
    if saves:
        return words + " " + _("Nothing was saved yet. Undo takes back what you decide here.")
    return words + " " + _("Undo takes back what you decide here.")


def _font() -> QFont:
    font = QFont("JetBrains Mono")
    font.setStyleHint(QFont.StyleHint.Monospace)
    font.setPixelSize(_FONT_PIXELS)
    return font


def _shown(text: str) -> str:
    r"""Return `text` as it is shown: with `\n`, and none at the end."""
    return text.replace("\r\n", "\n").removesuffix("\n")


def _fill(view: QPlainTextEdit, text: str, base: str, wash: str) -> None:
    """Show `text`, what is not as in `base` being marked."""
    shown = _shown(text)
    view.setPlainText(shown)
    view.setPlaceholderText("" if shown else _("Nothing: the lines are deleted here"))
    marked = []
    for edit in line_edits(shown, _shown(base))[0] if base else []:
        cursor = QTextCursor(view.document())
        cursor.setPosition(_units(shown, edit.start))
        cursor.setPosition(_units(shown, edit.end), QTextCursor.MoveMode.KeepAnchor)
        selection = QTextEdit.ExtraSelection()
        selection.cursor = cursor
        selection.format = QTextCharFormat()
        selection.format.setBackground(QColor(wash))
        marked.append(selection)
    view.setExtraSelections(marked)


def _units(text: str, points: int) -> int:
    return len(text[:points].encode("utf-16-le", "surrogatepass")) // 2
