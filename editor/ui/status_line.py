"""The line at the bottom of the window: words, place, encoding, problems."""

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QPushButton, QWidget

from editor.translation import gettext as _
from editor.translation import ngettext
from editor.ui.icons import icon
from editor.ui.theme import Theme

_MOST = 20
"""Nobody reads more of the site's problems at a time; they are counted."""
_WIDEST = 700
"""Pixels of a problem in the menu; its tool tip has all of it."""
_ENDINGS = {"\n": "LF", "\r\n": "CRLF", "\r": "CR"}


class StatusLine(QWidget):
    """Facts about the post shown, and a passing message.

    Signals:
        problems_wanted: the count of problems was clicked.
        server_chosen: the site's server was clicked.
        branch_chosen: the branch was clicked.
        site_problem_chosen: which one of the site's problems was chosen, from 0.
    """

    problems_wanted = Signal()
    server_chosen = Signal()
    branch_chosen = Signal()
    site_problem_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("statusLine")
        self._theme: Theme | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._words = self._label(_("Words and reading time"))
        self._place = self._label(_("Line and column"))
        self._file = self._label(_("Encoding and line endings"))
        self._message = self._label(_("Message"))
        self._problems = QPushButton(self)
        self._problems.setObjectName("problems")
        self._problems.setProperty("flat", True)
        self._problems.setToolTip(_("Show the problems, or fold them away"))
        self._problems.clicked.connect(self.problems_wanted)
        self._problems.hide()
        self._server = QPushButton(self)
        self._server.setObjectName("siteServer")
        self._server.setProperty("flat", True)
        self._server.setToolTip(_("Open the post in the browser"))
        self._server.clicked.connect(self.server_chosen)
        self._server.hide()
        self._branch = QPushButton(self)
        self._branch.setObjectName("branch")
        self._branch.setProperty("flat", True)
        self._branch.setToolTip(_("Review and commit"))
        self._branch.clicked.connect(self.branch_chosen)
        self._branch.hide()
        self._site_problems = QPushButton(self)
        self._site_problems.setObjectName("siteProblems")
        self._site_problems.setProperty("flat", True)
        self._site_problems.clicked.connect(self._show_site_problems)
        self._site_problems.hide()
        self._of_site: list[str] = []
        layout = QHBoxLayout(self)
        layout.setContentsMargins(14, 0, 14, 0)
        layout.setSpacing(18)
        for label in (self._words, self._place, self._file):
            layout.addWidget(label)
        layout.addStretch(1)
        layout.addWidget(self._message)
        layout.addWidget(self._server)
        layout.addWidget(self._site_problems)
        layout.addWidget(self._problems)
        layout.addWidget(self._branch)
        self.setFixedHeight(28)

    def show_words(self, words: int, minutes: int) -> None:
        """Show the count of words and the minutes of reading."""
        counted = ngettext("{count:,} word", "{count:,} words", words).format(count=words)
        self._words.setText(f"{counted} · " + _("{minutes} min").format(minutes=minutes))

    def show_place(self, line: int, column: int) -> None:
        """Show the caret's place; both count from 0, people from 1."""
        self._place.setText(_("Ln {line}, Col {column}").format(line=line + 1, column=column + 1))

    def show_file(self, encoding: str, ending: str, mixed: bool) -> None:
        """Show the encoding and what the lines end with."""
        ends = _("mixed line ends") if mixed else _ENDINGS.get(ending, "LF")
        self._file.setText(f"{encoding} · {ends}")

    def show_problems(self, count: int, notes: int = 0, *, errors: bool = False) -> None:
        """Show how many problems the post has, or else how many notes there are; nothing without either.

        `errors` says that there are some among the problems.
        """
        said = ngettext("{count} problem", "{count} problems", count).format(count=count)
        if not count:
            said = ngettext("{count} note", "{count} notes", notes).format(count=notes)
        self._problems.setVisible(count + notes > 0)
        self._problems.setText(said)
        looks = {"quiet": count == 0, "errors": errors}
        if any(self._problems.property(name) != value for name, value in looks.items()):
            for name, value in looks.items():
                self._problems.setProperty(name, value)
            self._problems.style().unpolish(self._problems)
            self._problems.style().polish(self._problems)
        self._show_icon()

    def show_site_problems(self, problems: Sequence[str]) -> None:
        """Show how many sentences there are on what of the site's files can't be used; nothing without any."""
        self._of_site = list(problems)
        count = len(problems)
        self._site_problems.setVisible(count > 0)
        self._site_problems.setText(
            ngettext("{count} problem of the site", "{count} problems of the site", count).format(count=count)
        )
        # As rich text, a tool tip breaks its lines.
        self._site_problems.setToolTip("".join(f"<p>{escape(said)}</p>" for said in problems[:_MOST]))
        self._site_problems.setAccessibleDescription("\n".join(problems[:_MOST]))

    def site_problems_menu(self) -> QMenu:
        """Return the menu that lists the site's problems."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setToolTipsVisible(True)
        for number, said in enumerate(self._of_site[:_MOST]):
            shown = menu.fontMetrics().elidedText(said, Qt.TextElideMode.ElideRight, _WIDEST)
            action = menu.addAction(shown.replace("&", "&&"))
            action.setToolTip(_("{problem}\nOpen the file").format(problem=said))
            action.triggered.connect(
                lambda _checked=False, number=number: self.site_problem_chosen.emit(number)
            )
        return menu

    def _show_site_problems(self) -> None:
        menu = self.site_problems_menu()
        corner = self._site_problems.mapToGlobal(self._site_problems.rect().topLeft())
        menu.popup(corner - QPoint(0, menu.sizeHint().height()))

    def show_server(self, words: str) -> None:
        """Show where the site is served; empty: it is not."""
        self._server.setText(words)
        self._server.setAccessibleName(words)
        self._server.setVisible(bool(words))

    def show_branch(self, branch: str) -> None:
        """Show what is checked out of the site's repository; empty: it is in none."""
        self._branch.setText(branch)
        self._branch.setAccessibleName(_("Branch: {branch}").format(branch=branch))
        self._branch.setVisible(bool(branch))

    def show_message(self, message: str) -> None:
        """Show a sentence until the next one; empty for none."""
        self._message.setText(message)

    def clear(self) -> None:
        """Show that no post is open."""
        for label in (self._words, self._place, self._file):
            label.clear()
        self.show_problems(0)

    def set_theme(self, theme: Theme) -> None:
        """Colour the icon."""
        self._theme = theme
        self._show_icon()

    def _show_icon(self) -> None:
        theme, quiet = self._theme, self._problems.property("quiet")
        if theme is not None:
            self._branch.setIcon(icon("branch", theme.dim))
            tone = theme.bad if self._problems.property("errors") else theme.warn
            self._problems.setIcon(icon("info", theme.dim) if quiet else icon("alert", tone))
            self._site_problems.setIcon(icon("settings", theme.warn))

    def _label(self, name: str) -> QLabel:
        label = QLabel(self)
        label.setProperty("dim", True)
        label.setAccessibleName(name)
        return label
