"""ProofDesk: what was found in the open post is shown everywhere, and mended where the person asks for it."""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Sequence
from functools import partial

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QMenu

from editor.errors import SaveError
from editor.proof.diagnostic import ERROR, SEVERITIES, Diagnostic
from editor.proof.rule import BODY
from editor.proof.rules import all_rules
from editor.proof.rules.addresses import DUPLICATE
from editor.proof.rules.web_links import web_rules
from editor.proof.severities import set_severity
from editor.translation import gettext as _
from editor.ui.form.advice import Advice
from editor.ui.live_preview import LivePreview
from editor.ui.main_window import MainWindow
from editor.ui.panes import INSPECTOR
from editor.ui.preview.render_client import RenderClient
from editor.ui.proof.problem_menus import add_problems, problems_menu, rule_menu
from editor.ui.proof.proofreader import Proofreader
from editor.ui.proof.web_links_desk import WebLinksDesk
from editor.ui.session import PostSession
from editor.ui.tasks import PoolTasks
from editor.ui.text_editor.problem_marks import Underline
from editor.ui.workspace import Workspace


class ProofDesk(QObject):
    """Connects the proofreader with the panel, the text, the form and the status line."""

    def __init__(
        self, window: MainWindow, workspace: Workspace, preview: LivePreview, client: RenderClient
    ) -> None:
        super().__init__(window)
        self._window = window
        self._workspace = workspace
        self._session: PostSession | None = None
        self._last: Diagnostic | None = None
        """The one that was gone to last, of a post in two files."""
        self.tasks = PoolTasks(self, threads=1)
        """Its own thread: a check of a long post must not hold up what else goes on."""
        self.proofreader = Proofreader(self.tasks, preview.published, self)
        self.proofreader.proofed.connect(self._show)
        self.web_links = WebLinksDesk(window, workspace, self.proofreader)
        client.rendered.connect(lambda patch: self.proofreader.page_has_come(anew=bool(patch.changes)))
        client.verified.connect(lambda patch: self.proofreader.page_has_come(anew=bool(patch.changes)))
        client.failed.connect(lambda _failure: self.proofreader.page_has_failed())
        workspace.session_changed.connect(self._show_session)
        workspace.site_changed.connect(lambda _site: self._show_session(workspace.session))
        workspace.posts_changed.connect(self._compare)
        window.status.problems_wanted.connect(self._toggle_panel)
        window.proof_panel.close_wanted.connect(self._close_panel)
        window.proof_panel.problem_chosen.connect(self._go_to)
        window.proof_panel.fix_wanted.connect(self.mend)
        window.proof_panel.rule_wanted.connect(self._explain)
        window.form.fix_wanted.connect(self._mend_field)
        window.editor.menu_opens.connect(self._add_to_menu)
        window.editor.problem_mark_clicked.connect(self._offer_for_mark)
        window.actions_by_id.connect_all(
            {
                "next_problem": lambda: self._step(1),
                "previous_problem": lambda: self._step(-1),
                "problems": self._toggle_panel,
                "quick_fix": self._offer_at_caret,
            }
        )

    def end(self) -> None:
        """End the check that is under way, and what renders for it."""
        self.web_links.end()
        self.proofreader.end()
        self.tasks.end()

    def mend(self, diagnostic: Diagnostic) -> None:
        """Make a quick fix, as one step of undo."""
        session = self._session
        if session is None:
            return
        of_fields = session.header_session if self.proofreader.is_of_meta(diagnostic) else session
        if of_fields.read_only:
            return
        edit = self.proofreader.edit_for(diagnostic)
        if edit is None:
            self._window.status.show_message(_("The text has changed: this does not apply any more"))
        else:
            of_fields.apply(edit)
        self.proofreader.check_now()

    def _show_session(self, session: PostSession | None) -> None:
        self._session = session
        self.proofreader.show_post(session, self._workspace.post_site or self._workspace.site)

    def _compare(self, posts: list) -> None:
        workspace = self._workspace
        self.proofreader.set_others(posts, workspace.learned, workspace.site)

    def _show(self, diagnostics: list[Diagnostic]) -> None:
        window, session = self._window, self._session
        window.proof_panel.show_diagnostics(diagnostics)
        notes = sum(diagnostic.severity == "info" for diagnostic in diagnostics)
        errors = any(diagnostic.severity == ERROR for diagnostic in diagnostics)
        window.status.show_problems(len(diagnostics) - notes, notes, errors=errors)
        if not diagnostics:
            self._close_panel()
        window.form.show_advice(_advice(diagnostics, window.form.shown_keys()))
        if session is None:
            return
        positions = self.proofreader.proof.positions
        window.editor.set_underlines(
            Underline(
                positions[diagnostic.start],
                positions[diagnostic.end],
                diagnostic.severity,
                diagnostic.message,
                number,
            )
            for number, diagnostic in enumerate(diagnostics)
            if not self.proofreader.is_of_meta(diagnostic)  # that is about another text
        )

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

    # Where they are

    def _places(self) -> dict[int, int]:
        """Return where the problems in the text are by now, by their numbers; those that were typed into are gone."""
        return {line.number: line.start for line in self._window.editor.underlines}

    def _go_to(self, diagnostic: Diagnostic) -> None:
        session = self._session
        if session is None:
            return
        if self.proofreader.is_of_meta(diagnostic):
            self._window.panes.show_pane(INSPECTOR)
            self._window.form.focus_field(diagnostic.key)
            return
        found = self.proofreader.diagnostics
        number = found.index(diagnostic) if diagnostic in found else -1
        start = min(diagnostic.start, session.content.length)
        position = self._places().get(number)
        if position is not None:
            start = session.content.offset_of(position)
        self._window.editor.go_to(*session.place_of(start))
        self._window.editor.setFocus()

    def _step(self, direction: int) -> None:
        """Go to the next problem behind the caret, or the one before it; round at the ends."""
        session, found = self._session, self.proofreader.diagnostics
        if session is None or not found:
            self._window.status.show_message(_("No problems in this post"))
            return
        if session.meta is not None:  # the caret is in one of two texts
            known = found.index(self._last) if self._last in found else (-1 if direction > 0 else 0)
            wanted = (known + direction) % len(found)
        else:
            places = self._places()
            numbers = [number for number in range(len(found)) if number in places]
            if not numbers:
                return
            numbers.sort(key=lambda number: places[number])
            starts = [places[number] for number in numbers]
            caret = self._window.editor.textCursor().position()
            index = bisect_right(starts, caret) if direction > 0 else bisect_left(starts, caret) - 1
            wanted = numbers[index % len(numbers)]
        self._last = found[wanted]
        self._go_to(self._last)
        self._window.proof_panel.mark(self._last)
        self._window.status.show_message(self._last.message)

    def _found(self, underlines: Sequence[Underline]) -> list[Diagnostic]:
        """Return the diagnostics of underlines, the worst first."""
        found = self.proofreader.diagnostics
        chosen = [found[line.number] for line in underlines if 0 <= line.number < len(found)]
        return sorted(chosen, key=lambda diagnostic: SEVERITIES.index(diagnostic.severity))

    # What mends them

    def _add_to_menu(self, menu: QMenu, position: int) -> None:
        """Say at the top of the text's menu what is wrong at that place."""
        problems = self._found(self._window.editor.underlines_at(position))
        if problems:
            actions = menu.actions()
            add_problems(menu, problems, self.mend, before=actions[0] if actions else None)

    def _offer_at_caret(self) -> None:
        """Offer what mends the problems at the caret, else those of its line."""
        editor = self._window.editor
        place = editor.textCursor().position()
        problems = self._found(editor.underlines_at(place)) or self._found(editor.underlines_in_line(place))
        if not any(problem.fix is not None for problem in problems):
            said = problems[0].message if problems else _("No problem in this line")
            self._window.status.show_message(said)
            return
        corner = editor.viewport().mapToGlobal(editor.cursorRect().bottomLeft())
        problems_menu(editor, problems, self.mend).popup(corner + QPoint(0, 4))

    def _offer_for_mark(self, underlines: list[Underline], place: QPoint) -> None:
        problems = self._found(underlines)
        if problems:
            problems_menu(self._window.editor, problems, self.mend).popup(place)

    def _mend_field(self, key: str) -> None:
        """Make the quick fix that the form shows for a field; an empty key is the front matter itself."""
        in_text = _codes_of_body()
        for diagnostic in self.proofreader.diagnostics:
            if diagnostic.fix is not None and diagnostic.key == key and diagnostic.code not in in_text:
                self.mend(diagnostic)
                return

    # Their rules

    def _explain(self, diagnostic: Diagnostic, place: QPoint) -> None:
        """Say what a rule is about, and offer to leave it out."""
        rules = (*all_rules(), *web_rules({}))
        says = next((rule.says for rule in rules if rule.code == diagnostic.code), "")
        site = self._workspace.site
        ignore = partial(self._ignore, diagnostic.code) if site is not None else None
        rule_menu(self._window, diagnostic.code, says, ignore).popup(place)

    def _ignore(self, code: str) -> None:
        site = self._workspace.site
        if site is None:
            return

        def tell(error: Exception) -> None:
            words = error.located() if isinstance(error, SaveError) else str(error)
            self._window.status.show_message(words)

        def done(_result: object) -> None:
            words = _("“{code}” is off in this site's copydesk.toml").format(code=code)
            self._window.status.show_message(words)
            self._workspace.reread_site()

        self.tasks.run(lambda: set_severity(site.root, code, "off"), done, tell)


def _codes_of_body() -> set[str]:
    return {rule.code for rule in all_rules() if rule.part == BODY}


def _advice(diagnostics: list[Diagnostic], shown: Collection[str]) -> dict[str, Advice]:
    """Return what the form, which has the fields `shown`, says of each: all sentences, and the first quick fix."""
    advice: dict[str, Advice] = {}
    in_text = _codes_of_body() if diagnostics else set()
    for diagnostic in sorted(diagnostics, key=lambda found: SEVERITIES.index(found.severity)):
        key = diagnostic.key
        if not key and diagnostic.code in in_text:
            continue
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
