"""CommitDesk: what changed in the repository is shown, and what the person wants with it is done."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication

from editor.errors import CopydeskError, GitError
from editor.git.repository import Repository
from editor.git.standing import Standing
from editor.post.history import LocalHistory
from editor.settings import Settings
from editor.site.site import Site
from editor.translation import gettext as _
from editor.ui.appearance import Appearance
from editor.ui.commit.checks import BUILD, CommitChecks, Content
from editor.ui.commit.checks_list import BUSY, Found
from editor.ui.commit.column_state import (
    AS_A_WHOLE,
    commit_state,
    show_sync,
    warning,
    without_changes,
    without_repository,
)
from editor.ui.commit.committer import Committer, Plan
from editor.ui.commit.discarder import Discarder
from editor.ui.commit.edited_here import EditedHere
from editor.ui.commit.git_work import GitWork
from editor.ui.commit.kept_messages import KeptMessages
from editor.ui.commit.overview import MARKDOWN, ChangedFile, Overview
from editor.ui.commit.picks import Picks
from editor.ui.commit.repository_reader import RepositoryReader
from editor.ui.commit.repository_watcher import RepositoryWatcher
from editor.ui.commit.words import branch_name
from editor.ui.main_window import MainWindow
from editor.ui.tasks import PoolTasks
from editor.ui.trust_desk import TrustDesk
from editor.ui.workspace import Workspace

if TYPE_CHECKING:
    from editor.ui.commit.commit_view import CommitView
    from editor.ui.commit.file_shown import FileShown
    from editor.ui.commit.rendered_changes import BuiltPage, RenderedChanges

_FIRST_MS = 700
"""After so long the repository of a site that was just opened is looked at: its posts come first."""
MOST_FILES = 300
"""So many files that are not ticked are listed: nobody looks more over."""


class CommitDesk(QObject):
    """Connects the commit view with the repository of the open site; the view is made when it is first wanted."""

    def __init__(
        self,
        window: MainWindow,
        workspace: Workspace,
        settings: Settings,
        appearance: Appearance,
        trust: TrustDesk,
        find_built: "Callable[[Path, str], BuiltPage | None] | None" = None,
    ) -> None:
        """`find_built` gives the page of a post in the site's last build, where there is one."""
        super().__init__(window)
        self._window = window
        self._workspace = workspace
        self._settings = settings
        self._appearance = appearance
        self._trust = trust
        self._find_built = find_built
        self._tasks = PoolTasks(self)
        self.edited_here = EditedHere(workspace, self._tasks)
        self.reader = RepositoryReader(workspace, self.edited_here, self)
        self.work = GitWork(self)
        self.watcher = RepositoryWatcher(self._tasks, lambda: self.busy, self)
        self.picks = Picks()
        self.overview: Overview | None = None
        self.view: CommitView | None = None
        self.rendered: RenderedChanges | None = None
        self._rest_shown = False
        self._just_opened = False
        """Whether what is changed has yet to be read since the view was opened."""
        self._site: Site | None = None
        self._checks = CommitChecks(settings.cache_dir, self)
        self._shown: FileShown | None = None
        self._kept = KeptMessages(settings.state_dir / "commit-messages", self._tasks, self)
        self._committer = Committer(self, workspace, self.work, self.edited_here, self._kept, self._plan)
        history = LocalHistory(settings.state_dir / "history")
        self._discarder = Discarder(window, workspace, self._tasks, history)
        self._first = QTimer(self)
        self._first.setSingleShot(True)
        self._first.setInterval(_FIRST_MS)
        self._first.timeout.connect(self.reader.read_now)
        self._connect()

    @property
    def is_open(self) -> bool:
        """Whether the view is what the window shows."""
        return self.view is not None and self._window.shown_page() is self.view

    @property
    def busy(self) -> bool:
        """Whether something is asked of git, or done by it."""
        return self.reader.busy or self.work.running or self._committer.saving

    def open(self) -> None:
        """Show the view."""
        view = self.view or self._make_view()
        self._window.form.finish_editing()
        self._window.show_page(view)
        self._window.actions_by_id["review"].setChecked(True)
        self.watcher.sees_files = True
        if self.overview is None:
            view.show_empty("", _("Looking at the repository…"))
        self.show()
        view.focus_first()
        self._just_opened = True
        self.reader.read_now()

    def close(self) -> None:
        """Go back to the text."""
        self._window.actions_by_id["review"].setChecked(False)
        if self.is_open:
            self._window.show_page(None)
            self.watcher.sees_files = False
            self._committer.results.left()
            self._checks.rest()
            if self._shown is not None:
                self._shown.rest()
            (self._window.editor if self._workspace.session is not None else self._window.library).setFocus()

    def _leave(self) -> None:
        if self.is_open:
            self.close()

    def end(self) -> None:
        """End all that runs, and wait for it; the window is about to go."""
        self._first.stop()
        self.watcher.end()
        self._kept.flush()
        self.reader.end()
        self.work.end()
        if self.rendered is not None:
            self.rendered.end()
        self._checks.end()
        self._tasks.end()

    # ---- what there is

    def _connect(self) -> None:
        window, workspace = self._window, self._workspace
        window.actions_by_id["review"].toggled.connect(self._on_action)
        window.panes_wanted.connect(self._leave)
        window.status.branch_chosen.connect(self.open)
        self.reader.read.connect(self._take)
        self.reader.failed.connect(self._on_failed)
        self.watcher.changed.connect(self.reader.read_soon)
        self.edited_here.changed.connect(self.reader.read_soon)
        workspace.site_changed.connect(self._on_site)
        workspace.session_changed.connect(self._on_session)
        workspace.session_opened.connect(
            lambda session: session.modified_changed.connect(lambda _modified: self.reader.read_soon())
        )
        workspace.saved.connect(lambda _session, _path: self.reader.read_soon())
        workspace.posts_changed.connect(lambda _posts: self._on_posts())
        self._appearance.theme_changed.connect(self._show_theme)
        self._committer.changed.connect(self.show)
        self._committer.done.connect(self.reader.read_now)
        self._discarder.done.connect(self.reader.read_now)
        self._discarder.failed.connect(self._tell)
        self._checks.changed.connect(self._show_checks)
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.applicationStateChanged.connect(self._on_application)

    def _on_application(self, state: Qt.ApplicationState) -> None:
        """Look again when the person comes back: git may have been used elsewhere."""
        if state == Qt.ApplicationState.ApplicationActive and self.overview is not None:
            self.reader.read_soon()

    def _make_view(self) -> "CommitView":
        # Not at the start, which they would make longer for everybody.
        from editor.ui.commit.commit_view import CommitView
        from editor.ui.commit.file_shown import FileShown
        from editor.ui.commit.rendered_changes import RenderedChanges

        view = self.view = CommitView()
        column = view.column
        self.rendered = RenderedChanges(self._site_of)
        self.rendered.set_builds(self._find_built)
        self.rendered.set_preview(self._window.preview)
        self.rendered.link_activated.connect(self._on_link)
        view.set_rendered(self.rendered)
        self._shown = FileShown(view, self._workspace, self._tasks, self)
        view.leave_wanted.connect(self.close)
        view.empty.step_wanted.connect(self._make_repository)
        view.nothing.step_wanted.connect(self._committer.syncer.go_on)
        column.list.chosen.connect(lambda _file: self._show_file())
        column.list.toggled.connect(self._on_ticked)
        column.list.many_toggled.connect(self._on_many_ticked)
        column.all_toggled.connect(column.list.toggle_all)
        column.list.menu_wanted.connect(lambda _file, place: view.source.menu.popup(place))
        column.rest_toggled.connect(self._on_rest)
        column.checks.action_wanted.connect(self._on_check)
        column.checks.found_chosen.connect(self._go_to)
        column.message_edited.connect(self._show_commit)
        self._committer.take(column)
        view.source.hunk_toggled.connect(self._on_hunk)
        view.source.only_here_toggled.connect(self._on_only_here)
        view.source.discard_wanted.connect(self._discarder.discard)
        view.source.discard_hunk_wanted.connect(self._discarder.discard_hunk)
        view.source.open_wanted.connect(self._open_file)
        self._window.add_page(view)
        view.set_theme(self._appearance.theme)
        return view

    def _on_action(self, checked: bool) -> None:
        if checked != self.is_open:
            (self.open if checked else self.close)()

    def _on_site(self, site: Site | None) -> None:
        if site is None or (self._site is not None and self._site.root != site.root):
            self.overview = None
            self.picks = Picks()
            self._rest_shown = False
            self.show()
        self._site = site
        self._first.start()

    def _on_session(self, _session: object) -> None:
        if self.is_open:
            self.close()

    def _on_posts(self) -> None:
        if not self._first.isActive():
            self.reader.read_soon()

    def _take(self, overview: Overview | None) -> None:
        self.overview = overview
        self._discarder.overview = overview
        if overview is None:
            self.watcher.follow(None, Standing())
        else:
            self.watcher.follow(overview.repository, overview.standing)
        self.show()
        if self._just_opened and self.is_open and self.view is not None:
            # There may be files now where there were none a moment ago.
            self._just_opened = False
            if self.view.column.message.hasFocus() and not self._committer.has_message:
                self.view.focus_first()

    def _on_failed(self, error: CopydeskError) -> None:
        self.overview = None
        self.watcher.follow(None, Standing())
        self._window.top_bar.show_changes(0)
        self._window.status.show_branch("")
        if self.view is not None:
            self.view.show_empty(_("Git can't tell what has changed"), error.message, _("Try again"))

    # ---- what is shown

    def files(self) -> list[ChangedFile]:
        """Return the files of the list: those of the site, and others where they are wanted or staged."""
        if self.overview is None:
            return []
        shown, left = [], MOST_FILES
        for file in self.overview.files:
            if self.picks.is_picked(file):
                shown.append(file)
            elif (file.in_site or self._rest_shown) and left > 0:
                left -= 1
                shown.append(file)
        return shown

    def picked(self) -> list[ChangedFile]:
        """Return the files that are to be committed."""
        return self.picks.picked(self.overview.files) if self.overview is not None else []

    def _plan(self) -> Plan | None:
        return Plan(self.overview, self.picks, self.picked()) if self.overview is not None else None

    def show(self) -> None:
        """Show everything as it is now."""
        overview, view = self.overview, self.view
        there = overview is not None and overview.repository is not None
        changed = sum(file.in_site for file in overview.files) if overview is not None else 0
        self._window.top_bar.show_changes(changed)
        self._window.status.show_branch(branch_name(overview.state) if there and overview is not None else "")
        if view is None or overview is None:
            return
        none = without_repository(overview)
        if none is not None:
            view.show_empty(*none)
            return
        view.column.show_branch(branch_name(overview.state), warning(overview.state))
        files = self.files()
        session = self._workspace.session
        view.column.list.show_files(
            files, [self.picks.state(file) for file in files], session.path if session is not None else None
        )
        listed = {file.key for file in files}
        rest = [file for file in overview.files if not file.in_site]
        hidden = sum(file.in_site and file.key not in listed for file in overview.files)
        outside = len(rest) if self._rest_shown else sum(file.key not in listed for file in rest)
        view.column.show_counts(len(files), outside, rest_shown=self._rest_shown, hidden=hidden)
        show_sync(view.column, overview.state, idle=not self.work.running)
        self._committer.show(overview)
        self._show_file()
        self._show_commit()
        if self.is_open:
            self._check()

    def _show_commit(self) -> None:
        """Show what the button does, and whether it can."""
        view, overview = self.view, self.overview
        if view is None or overview is None or overview.repository is None:
            return
        whole = overview.state.operation in AS_A_WHOLE
        written = whole and bool(view.column.message.toPlainText().strip())
        state = commit_state(
            overview,
            self.picked(),
            amend=view.column.amend.isChecked(),
            has_message=written or self._committer.has_message,
        )
        idle = not self.work.running and not self._committer.saving
        view.column.show_commit(state.words, state.why, enabled=state.enabled and idle)

    def _show_file(self) -> None:
        view, overview = self.view, self.overview
        if view is None or overview is None or self._shown is None:
            return
        file = view.column.list.current
        if file is None:
            view.show_nothing(*without_changes(overview.state))
        else:
            view.show_changes()
            self._shown.show(overview, file, self.picks)

    def _show_checks(self, checks: list[object]) -> None:
        if self.view is not None:
            self.view.column.checks.show_checks(checks)  # type: ignore[arg-type]
            self.view.column.show_checks_heading(shown=bool(checks))

    def _show_theme(self, theme: object) -> None:
        if self.view is not None:
            self.view.set_theme(theme)  # type: ignore[arg-type]

    def _check(self) -> None:
        """Let what is ticked be checked."""
        overview, site = self.overview, self._workspace.site
        if overview is None or overview.repository is None or site is None:
            self._checks.show(None)
            return
        picked = self.picked()
        self._checks.show(
            Content(
                site,
                overview.repository,
                tuple(page for file in picked if (page := self._page(file)) is not None),
                tuple(self.picks.for_build(file) for file in picked),
                overview.state.head,
                tuple(self._workspace.posts),
                self._workspace.learned,
            )
        )

    def _page(self, file: ChangedFile) -> tuple[Path, str] | None:
        """Return the place and the text of a picked page as it is about to be."""
        if (
            not file.is_post
            or file.difference is None
            or file.difference.binary
            or file.difference.after is None
        ):
            return None
        content = self.picks.content(file)
        return file.path, (file.difference.after if content is None else content).decode(
            "utf-8-sig", "replace"
        )

    # ---- what the person does

    def _on_ticked(self, file: ChangedFile, picked: bool) -> None:
        self.picks.pick(file, picked)
        self.show()

    def _on_many_ticked(self, files: Sequence[ChangedFile], picked: bool) -> None:
        for file in files:
            self.picks.pick(file, picked)
        self.show()

    def _on_hunk(self, file: ChangedFile, number: int, picked: bool) -> None:
        if file.difference is not None and number < len(file.difference.keys):
            self.picks.pick_hunk(file, file.difference.keys[number], picked)
            self.show()

    def _on_only_here(self, file: ChangedFile, only: bool) -> None:
        self.picks.pick_only_here(file, only)
        self.show()

    def _on_rest(self, shown: bool) -> None:
        self._rest_shown = shown
        self.show()

    def _on_check(self, name: str) -> None:
        site = self._workspace.site
        if name != BUILD or site is None or self.view is None:
            return
        build = next((check for check in self.view.column.checks.checks if check.id == BUILD), None)
        if build is not None and build.state == BUSY:
            self._checks.cancel()
        elif not site.trusted:
            self._trust.ask(
                lambda: QTimer.singleShot(0, self, self.show),
                _("The check before a commit runs the site's own generator."),
            )
        else:
            self._checks.build_now()

    def _go_to(self, found: Found) -> None:
        """Show the place of a problem in the text."""
        if found.path is None:
            return
        if found.path.suffix.lower() not in MARKDOWN:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(found.path)))
            return
        if not self._workspace.open_post(found.path):
            return
        self.close()
        session = self._workspace.session
        if session is None:
            return
        if found.start >= 0 and session.meta is None:
            self._window.editor.go_to(*session.place_of(min(found.start, len(session.text))))
        elif found.line:
            self._window.editor.go_to(found.line - 1)
        self._window.editor.setFocus()

    def _open_file(self, file: ChangedFile, line: int) -> None:
        if self._workspace.open_post(file.path):
            self.close()
            if line:
                self._window.editor.go_to(line - 1)
            self._window.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def _site_of(self, path: Path) -> Site | None:
        site = self._workspace.site
        return site if site is not None and path.is_relative_to(site.root) else None

    def _on_link(self, address: str) -> None:
        """Show the post that a link of the page means."""
        site, file = self._workspace.site, self.view.source.file if self.view is not None else None
        target = site.resolve(address, file.path) if site is not None and file is not None else None
        if (
            site is not None
            and target is not None
            and site.is_post(target)
            and self._workspace.open_post(target)
        ):
            self.close()

    def _make_repository(self) -> None:
        """Make the site a repository; or try again, where git has failed."""
        site, overview = self._workspace.site, self.overview
        if site is None or overview is None or not overview.has_git:
            self.reader.read_now()
            return
        self._tasks.run(
            lambda: Repository.create(site.root), lambda _repository: self.reader.read_now(), self._tell
        )

    def _tell(self, error: Exception) -> None:
        said = error.message if isinstance(error, CopydeskError) else str(error)
        if self.view is not None and self.is_open and self.overview is not None and self.overview.repository:
            self._committer.results.tell(said, failed=True)
        else:
            self._window.status.show_message(said)
        if isinstance(error, GitError):
            self.reader.read_soon()
