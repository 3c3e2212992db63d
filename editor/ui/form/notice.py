"""The card above the fields: why there is nothing to edit, and what to do about it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from editor.errors import FrontMatterError
from editor.translation import gettext as _
from editor.ui.form.flow_layout import FlowLayout
from editor.ui.icons import pixmap
from editor.ui.theme import Theme


class NoticeCard(QFrame):
    """One sentence, where it is about, and one button.

    Signals:
        go_to_line: line and column of the problem.
        fence_wanted: the writer wants front matter put in.
        fix_wanted: the quick fix was clicked.
    """

    go_to_line = Signal(int, int)
    fence_wanted = Signal()
    fix_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("formNotice")
        self._theme = theme
        self._problem: FrontMatterError | None = None
        self._mark = QLabel(self)
        self._title = QLabel(self)
        self._title.setProperty("look", "noticeTitle")
        self._title.setWordWrap(True)
        self._words = QLabel(self)
        self._words.setProperty("look", "noticeWords")
        self._words.setWordWrap(True)
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._button = QPushButton(self)
        self._button.setObjectName("formNoticeButton")
        self._button.clicked.connect(self._clicked)
        self._fix = QPushButton(self)
        self._fix.setProperty("look", "quickFix")
        self._fix.setCursor(Qt.CursorShape.PointingHandCursor)
        self._fix.clicked.connect(self.fix_wanted)
        self._fix.hide()
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self._title, 1)
        self._foot = QWidget(self)
        foot = FlowLayout(self._foot, spacing=8, last_fills=False)
        foot.setContentsMargins(0, 0, 0, 0)
        foot.addWidget(self._button)
        foot.addWidget(self._fix)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 10, 12, 12)
        layout.setSpacing(6)
        layout.addLayout(head)
        layout.addWidget(self._words)
        layout.addWidget(self._foot)

    def show_problem(self, problem: FrontMatterError) -> None:
        """Say what is wrong with the front matter, and where."""
        if problem.line is None:
            place = problem.message
        else:
            place = _("Line {line}, column {column}: {message}").format(
                line=problem.line, column=problem.column or 1, message=problem.message
            )
        self._problem = problem
        self._show("bad", _("The front matter can't be read"), place, _("Go to line") if problem.line else "")
        # In the words of what read it, for those who look them up.
        self._words.setToolTip(str(problem.__cause__ or ""))

    def show_fix(self, title: str) -> None:
        """Offer what mends the front matter that can't be read, or nothing."""
        self._fix.setText(title)
        self._fix.setVisible(bool(title) and self._problem is not None)
        self._show_foot()

    def show_missing(self, *, can_begin: bool) -> None:
        """Say that the post has no front matter; `can_begin` is whether there can be any without a field."""
        self._problem = None
        self.show_fix("")
        if can_begin:
            words = _(
                "Title, date and the like stand above the text: fill in a field, or add an empty block."
            )
        else:
            words = _("Title, date and the like stand above the text: fill in a field.")
        self._show("plain", _("No front matter yet"), words, _("Add front matter") if can_begin else "")

    def show_read_only(self, reason: str) -> None:
        """Say that the post can't be written back, and why."""
        self._problem = None
        self.show_fix("")
        self._show("plain", _("This post can only be read"), reason, "")

    def show_no_post(self) -> None:
        """Say what the form is for, while no post is open."""
        self._problem = None
        self.show_fix("")
        self._show("plain", _("Front matter"), _("Open a post to see its title, date and tags here."), "")

    def show_nothing(self) -> None:
        """Be gone."""
        self.hide()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours."""
        self._theme = theme
        self._show_mark(str(self.property("tone") or "plain"))

    def _show(self, tone: str, title: str, words: str, button: str) -> None:
        if (self._title.text(), self._words.text(), self._button.text()) != (title, words, button):
            self._title.setText(title)
            self._words.setText(words)
            self._words.setToolTip("")
            self._button.setText(button)
            self._button.setVisible(bool(button))
            self._show_foot()
            self.setAccessibleName(title)
            self.setAccessibleDescription(words)
        if self.property("tone") != tone:
            self.setProperty("tone", tone)
            for widget in (self, self._title, self._words):
                widget.style().unpolish(widget)
                widget.style().polish(widget)
            self._show_mark(tone)
        self.show()

    def _show_foot(self) -> None:
        self._foot.setVisible(not (self._button.isHidden() and self._fix.isHidden()))

    def _show_mark(self, tone: str) -> None:
        self._mark.setVisible(tone == "bad")
        if tone == "bad":
            self._mark.setPixmap(pixmap("alert", self._theme.bad, 16, self.devicePixelRatioF()))

    def _clicked(self) -> None:
        if self._problem is None:
            self.fence_wanted.emit()
        else:
            self.go_to_line.emit(self._problem.line or 1, self._problem.column or 1)
