"""ProofDesk: what was found in the open post is shown everywhere, and mended where the person asks for it."""

from bisect import bisect_left, bisect_right
from collections.abc import Collection

from PySide6.QtCore import QObject

from editor.proof.diagnostic import SEVERITIES, Diagnostic
from editor.proof.rules.addresses import DUPLICATE
from editor.translation import gettext as _
from editor.ui.form.advice import Advice
from editor.ui.main_window import MainWindow
from editor.ui.panes import INSPECTOR
from editor.ui.proof.proofreader import Proofreader
from editor.ui.session import PostSession
from editor.ui.tasks import Tasks
from editor.ui.text_editor.document_text import utf16_length
from editor.ui.text_editor.problem_marks import Underline
from editor.ui.workspace import Workspace


class ProofDesk(QObject):
    """Connects the proofreader with the panel, the text, the form and the status line."""

    def __init__(self, window: MainWindow, workspace: Workspace, tasks: Tasks) -> None:
        super().__init__(window)
        self._window = window
        self._workspace = workspace
        self._session: PostSession | None = None
        self._last: Diagnostic | None = None
        """The one that was gone to last, of a post in two files."""
        self.proofreader = Proofreader(tasks, self)
        self.proofreader.proofed.connect(self._show)
        workspace.session_changed.connect(self._show_session)
        workspace.site_changed.connect(lambda _site: self._show_session(workspace.session))
        workspace.posts_changed.connect(lambda posts: self.proofreader.set_others(posts, workspace.learned))
        window.status.problems_wanted.connect(self._toggle_panel)
        window.proof_panel.close_wanted.connect(self._close_panel)
        window.proof_panel.problem_chosen.connect(self._go_to)
        window.proof_panel.fix_wanted.connect(self._mend)
        window.form.fix_wanted.connect(self._mend_field)
        window.actions_by_id.connect_all(
            {
                "next_problem": lambda: self._step(1),
                "previous_problem": lambda: self._step(-1),
                "problems": self._toggle_panel,
            }
        )

    def _show_session(self, session: PostSession | None) -> None:
        self._session = session
        site = self._workspace.header_site or self._workspace.site
        self.proofreader.show_post(session, site)

    def _show(self, diagnostics: list[Diagnostic]) -> None:
        window, session = self._window, self._session
        window.proof_panel.show_diagnostics(diagnostics)
        notes = sum(diagnostic.severity == "info" for diagnostic in diagnostics)
        window.status.show_problems(len(diagnostics) - notes, notes)
        if not diagnostics:
            self._close_panel()
        window.form.show_advice(_advice(diagnostics, window.form.shown_keys()))
        if session is None:
            return
        if session.meta is not None:
            window.editor.set_underlines([])  # they are about another text
            return
        window.editor.set_underlines(
            [
                Underline(
                    self._position(session, diagnostic.start),
                    self._position(session, diagnostic.end),
                    diagnostic.severity,
                    diagnostic.message,
                )
                for diagnostic in diagnostics
            ]
        )

    def _position(self, session: PostSession, offset: int) -> int:
        """Return the document's position of an offset in the text."""
        line, column = session.place_of(offset)
        block = session.document.findBlockByNumber(line)
        return block.position() + utf16_length(block.text()[:column])

    def _toggle_panel(self) -> None:
        panel = self._window.proof_panel
        if panel.isVisible():
            self._close_panel()
        elif self.proofreader.diagnostics:
            panel.show()
            panel.focus_first()
        self._window.actions_by_id["problems"].setChecked(panel.isVisible())

    def _close_panel(self) -> None:
        panel = self._window.proof_panel
        had_focus = panel.isAncestorOf(panel.window().focusWidget() or panel.window())
        panel.hide()
        self._window.actions_by_id["problems"].setChecked(False)
        if had_focus:
            self._window.editor.setFocus()

    def _go_to(self, diagnostic: Diagnostic) -> None:
        session = self._session
        if session is None:
            return
        if session.meta is not None:
            self._window.panes.show_pane(INSPECTOR)
            self._window.form.focus_field(diagnostic.key)
            return
        start = min(diagnostic.start, len(session.text))
        self._window.editor.go_to(*session.place_of(start))
        self._window.editor.setFocus()

    def _step(self, direction: int) -> None:
        """Go to the next problem behind the caret, or the one before it; round at the ends."""
        session, found = self._session, self.proofreader.diagnostics
        if session is None or not found:
            self._window.status.show_message(_("No problems in this post"))
            return
        if session.meta is not None:  # the caret is in another text
            known = found.index(self._last) if self._last in found else (-1 if direction > 0 else 0)
            self._last = found[(known + direction) % len(found)]
            self._go_to(self._last)
            self._window.status.show_message(self._last.message)
            return
        starts = [self._position(session, diagnostic.start) for diagnostic in found]
        caret = self._window.editor.textCursor().position()
        if direction > 0:
            index = bisect_right(starts, caret) % len(found)
        else:
            index = (bisect_left(starts, caret) - 1) % len(found)
        self._go_to(found[index])
        self._window.status.show_message(found[index].message)

    def _mend_field(self, key: str) -> None:
        """Make the quick fix that the form shows for a field; an empty key is the front matter itself."""
        for diagnostic in self.proofreader.diagnostics:
            if diagnostic.fix is not None and diagnostic.key == key:
                self._mend(diagnostic)
                return

    def _mend(self, diagnostic: Diagnostic) -> None:
        """Make a quick fix, as one step of undo."""
        session = self._session
        if session is None or session.header_session.read_only:
            return
        edit = self.proofreader.edit_for(diagnostic)
        if edit is None:
            self._window.status.show_message(_("The text has changed: this does not apply any more"))
        else:
            session.header_session.apply(edit)
        self.proofreader.check_now()


def _advice(diagnostics: list[Diagnostic], shown: Collection[str]) -> dict[str, Advice]:
    """Return what the form, which has the fields `shown`, says of each: all sentences, and the first quick fix."""
    advice: dict[str, Advice] = {}
    for diagnostic in sorted(diagnostics, key=lambda found: SEVERITIES.index(found.severity)):
        key = diagnostic.key
        if diagnostic.code == DUPLICATE and "slug" in shown:
            key = "slug"  # what is to be changed, though the address may come from elsewhere
        known = advice.get(key)
        title = diagnostic.fix.title if diagnostic.fix is not None else ""
        if known is None:
            advice[key] = Advice(diagnostic.severity, diagnostic.message, title)
        else:
            words = dict.fromkeys([*known.message.split("\n"), diagnostic.message])
            advice[key] = Advice(known.severity, "\n".join(words), known.fix or title)
    return advice
