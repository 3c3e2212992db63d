"""Desk: what the person does in the window becomes what the workspace does, and what came of it is shown."""

import json
import logging
import os
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

from PySide6.QtCore import QByteArray, QObject, Qt, QTimer, QUrl, SignalInstance
from PySide6.QtGui import QDesktopServices, QGuiApplication, QTextDocument
from PySide6.QtWidgets import QMessageBox

from editor.errors import CopydeskError, SaveError
from editor.settings import Settings
from editor.site.index import PostSummary
from editor.site.site import Site
from editor.translation import gettext as _
from editor.translation import ngettext
from editor.ui.appearance import Appearance
from editor.ui.dialogs.go_to_post import GoToPost
from editor.ui.dialogs.help import ShortcutHelp, about_text
from editor.ui.field_actions import FieldActions
from editor.ui.file_actions import FileActions
from editor.ui.form.verdict_card import VerdictCard
from editor.ui.form_facts import completions, form_facts, post_title
from editor.ui.live_preview import LivePreview
from editor.ui.main_window import MainWindow
from editor.ui.option_actions import OptionActions
from editor.ui.panes import INSPECTOR, LIBRARY, PREVIEW
from editor.ui.picture_desk import PictureDesk
from editor.ui.publish_desk import PublishDesk
from editor.ui.session import PostSession
from editor.ui.tasks import Tasks
from editor.ui.text_editor.statistics import Statistics
from editor.ui.theme import Theme
from editor.ui.workspace import Workspace

_PAUSE_MS = 300
"""How long nobody types before what is made of the body is worked out again: title, derived slug."""
_PICTURES = {".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".avif"}

_log = logging.getLogger(__name__)


class Desk(QObject):
    """Connects the window and the workspace; holds what is neither a widget's nor a post's."""

    def __init__(
        self,
        window: MainWindow,
        workspace: Workspace,
        preview: LivePreview,
        appearance: Appearance,
        settings: Settings,
        tasks: Tasks,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._workspace = workspace
        self._preview = preview
        self._appearance = appearance
        self._settings = settings
        card = VerdictCard()
        window.form.set_header_widget(card)
        self._publishing = PublishDesk(card, workspace, tasks, self)
        self._session: PostSession | None = None
        self._suggestions = completions([])
        self._files = FileActions(window, workspace)
        self._fields = FieldActions(window, workspace)
        PictureDesk(window, workspace, tasks)
        window.editor.set_offers_pictures(True)
        self._options = OptionActions(window, preview, appearance, settings)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._show_derived)
        self._connect()
        self._show_theme(appearance.theme)
        self._show_session(None)

    def open_first(self, path: Path | None) -> None:
        """Open `path`, else the site that was open last, else show the start page."""
        if path is None:
            path = self._last_opened()
        if path is not None:
            self._workspace.open_path(path)
        if self._settings.problem:
            self._window.status.show_message(self._settings.problem)

    def _last_opened(self) -> Path | None:
        """Return the post that was shown last, if it is of the site that was open last; else the site."""
        site = next((site for site in self._settings.recent_sites if site.is_dir()), None)
        if site is None:
            return None
        posts = (post for post in self._settings.recent_posts if post.is_relative_to(site) and post.is_file())
        return next(posts, site)

    def restore_window(self, size: tuple[int, int] | None, *, fresh: bool) -> None:
        """Give the window the size and the panes that it had last; `fresh` ignores them."""
        window = self._window
        if not fresh:
            geometry = self._settings.window_state("geometry")
            if geometry and size is None:
                window.restoreGeometry(QByteArray.fromBase64(geometry.encode()))
            panes = self._settings.window_state("panes")
            if panes:
                try:
                    window.panes.restore({str(k): int(v) for k, v in json.loads(panes).items()})
                except (ValueError, AttributeError, TypeError):
                    _log.warning("the remembered panes could not be read: %s", panes)
        if size is not None:
            window.resize(*size)
        elif not self._settings.window_state("geometry"):
            available = window.screen().availableGeometry()
            # Room is left for the frame that the desktop puts round it.
            window.resize(min(1600, available.width() - 8), min(1000, available.height() - 48))

    def _connect(self) -> None:
        window, workspace, preview = self._window, self._workspace, self._preview

        workspace.site_changed.connect(self._show_site)
        workspace.posts_changed.connect(self._show_posts)
        workspace.loading_changed.connect(window.library.set_loading)
        workspace.session_changed.connect(self._show_session)
        workspace.history_changed.connect(self._show_history)
        workspace.renamed.connect(self._on_renamed)
        workspace.saved.connect(lambda _session, _path: self._show_modified())
        workspace.notice.connect(window.text_pane.notice.show_words)

        window.library.post_chosen.connect(workspace.open_post)
        window.library.post_chosen.connect(lambda _path: window.panes.close_overlay())
        window.library.reveal_wanted.connect(_reveal)
        window.library.copy_path_wanted.connect(lambda path: QGuiApplication.clipboard().setText(str(path)))
        window.library.set_shortcut_hint(window.actions_by_id["filter_posts"].shortcut())
        window.start_page.site_chosen.connect(workspace.open_path)
        self._files.may_close.connect(self._end)
        window.recent_wanted.connect(lambda path: workspace.open_path(Path(path)))

        self._publishing.done.connect(window.text_pane.notice.show_words)
        self._publishing.failed.connect(self._files.tell)

        preview.reasons_changed.connect(window.preview_pane.badge.show_reasons)
        preview.post_wanted.connect(self._follow_link)
        preview.told.connect(window.status.show_message)
        window.preview.renderer_crashed.connect(window.status.show_message)

        window.form.unwritten_changed.connect(self._show_modified)
        window.editor.caret_moved.connect(self._caret_moved)
        window.editor.files_dropped.connect(self._link_files)
        window.text_pane.length_changed.connect(self._show_length)

        window.status.site_problem_chosen.connect(self._open_site_problem)
        self._appearance.theme_changed.connect(self._show_theme)
        window.actions_by_id.connect_all(
            {
                "back": workspace.go_back,
                "forward": workspace.go_forward,
                "go_to_post": self._go_to_post,
                "filter_posts": self._filter_posts,
                "form": self._focus_form,
                "fidelity": self._show_fidelity,
                "help": self._show_help,
                "about": lambda: QMessageBox.about(window, _("About Copydesk"), about_text()),
            }
        )

    # What is shown

    def _show_site(self, site: Site | None) -> None:
        window = self._window
        if site is None:
            return
        window.library.show_site(site.name, _generator_label(site.generator))
        self._show_title()
        self._show_dialect()
        window.status.show_site_problems([_said_of(problem, site) for problem in site.problems])
        self._preview.show_post(self._session, self._workspace.post_site)
        self._show_form()
        self._show_recent()

    def _show_posts(self, posts: list[PostSummary]) -> None:
        self._suggestions = completions(posts, self._workspace.learned)
        self._window.library.show_posts(posts)
        self._window.library.set_current(self._session.path if self._session else None)
        self._show_form()

    def _show_session(self, session: PostSession | None) -> None:
        window = self._window
        if self._session is not None:
            self._session.caret = window.editor.textCursor().position()
            for signal, slot in self._session_slots(self._session):
                signal.disconnect(slot)
        self._session = session
        window.form.clear()  # what it shows is of the post before
        window.status.show_message("")
        window.show_text(session is not None)
        window.text_pane.notice.show_words(session.read_only or "" if session else "")
        self._preview.show_post(session, self._workspace.post_site)
        window.library.set_current(session.path if session else None)
        if session is None:
            window.top_bar.show_post("", "")
            window.top_bar.show_state("")
            window.editor.setDocument(QTextDocument(window.editor))  # the old one goes with its session
            window.status.clear()
            self._show_recent()
            return
        for signal, slot in self._session_slots(session):
            signal.connect(slot)
        self._show_dialect()
        self._show_document(session)
        self._show_file()
        window.editor.setFocus()
        self._show_modified()
        self._show_front_matter()
        self._show_derived()

    def _show_file(self) -> None:
        """Show how the file is written, and whether it can be."""
        session, window = self._session, self._window
        if session is None:
            return
        window.editor.setReadOnly(session.read_only is not None)
        window.form.set_read_only(session.header_session.read_only)
        window.status.show_file(
            session.post.encoding, session.post.line_ending, session.post.mixed_line_endings
        )

    def _show_dialect(self) -> None:
        site = self._workspace.post_site
        if site is not None:  # while it is looked for, that of the post before is as good as any
            self._window.text_pane.set_fences_need_end(site.fences_need_end)

    def _show_document(self, session: PostSession) -> None:
        editor = self._window.editor
        editor.setDocument(session.document)
        editor.set_front_matter_lines(session.front_matter_lines)
        cursor = editor.textCursor()
        last = session.document.characterCount() - 1
        start = session.document.findBlockByNumber(session.front_matter_lines).position()
        cursor.setPosition(min(session.caret or max(start, 0), last))
        editor.setTextCursor(cursor)

    def _session_slots(self, session: PostSession) -> list[tuple[SignalInstance, Callable[..., None]]]:
        return [
            (session.edited, self._on_edited),
            (session.front_matter_changed, self._show_front_matter),
            (session.modified_changed, self._show_modified),
            (session.reloaded, self._show_file),
        ]

    def _on_edited(self, _edit: object, _revision: int) -> None:
        self._window.status.show_message("")
        self._pause.start()

    def _show_front_matter(self, _front_matter: object = None) -> None:
        session = self._session
        if session is None:
            return
        self._window.editor.set_front_matter_lines(session.front_matter_lines)
        self._window.editor.set_front_matter_label(_front_matter_label(session))
        self._show_form()

    def _show_form(self) -> None:
        session, site = self._session, self._workspace.header_site
        if session is None or site is None:
            return
        facts = form_facts(site, session, self._suggestions, self._workspace.learned)
        front_matter = session.header
        meta = session.meta
        self._window.form.show_file(meta.path.name if meta is not None and meta.path is not None else "")
        self._window.form.set_read_only(session.header_session.read_only)
        values = {} if front_matter.problem else front_matter.values
        content_type = site.content_type_of(session.path, values, self._workspace.learned)
        self._window.form.show_front_matter(front_matter, content_type, facts)

    def _show_derived(self) -> None:
        """Show what is made of the body as well: the title, the form's hints."""
        self._show_title()
        self._show_form()

    def _show_length(self, length: Statistics) -> None:
        if self._session is not None:
            self._window.status.show_words(length.words, length.minutes)

    def _show_title(self) -> None:
        session, site = self._session, self._workspace.post_site
        if session is None:
            return
        title = post_title(session, self._workspace.header_site)
        title = title or (session.path.stem if session.path else _("Untitled"))
        if session.path is None:
            path = _("not saved yet")
        else:
            path = site.relative(session.path) if site is not None else session.path.name
        self._window.top_bar.show_post(title, path)
        self._window.setWindowTitle(f"{title}[*] — Copydesk")
        self._window.setWindowFilePath(str(session.path or ""))

    def _show_modified(self, _modified: bool = False) -> None:
        session = self._session
        if session is None:
            return
        window = self._window
        if session.read_only:
            state = _("Read-only")
        else:
            state = _("Edited") if session.modified else _("Saved")
            field = window.form.unwritten()
            if field:
                state = _("{state}, without “{field}”").format(state=state, field=field)
        self._window.library.set_unsaved(
            {
                open_post.path
                for open_post in self._workspace.open_sessions()
                if open_post.modified and open_post.path
            }
        )
        self._window.top_bar.show_state(state)
        self._window.setWindowModified(session.modified)
        self._window.actions_by_id["save"].setEnabled(session.modified or session.path is None)

    def _show_history(self, back: bool, forward: bool) -> None:
        self._window.actions_by_id["back"].setEnabled(back)
        self._window.actions_by_id["forward"].setEnabled(forward)

    def _show_theme(self, theme: Theme) -> None:
        QGuiApplication.setPalette(theme.palette())
        self._window.set_theme(theme)
        self._window.actions_by_id[f"theme_{self._appearance.choice}"].setChecked(True)

    def _show_recent(self) -> None:
        # Whether they are still there is not asked: a share that is away would hold the window up.
        sites = list(self._settings.recent_sites)
        self._window.show_recent(
            [str(post) for post in self._settings.recent_posts], [str(site) for site in sites]
        )
        self._window.start_page.show_recent(sites[:6])

    def _caret_moved(self, line: int, column: int) -> None:
        if self._session is None:
            return  # there is no place in no post
        self._window.status.show_place(line, column)
        self._preview.follow_caret(line)

    # What the person does

    def _show_help(self) -> None:
        window = self._window
        ShortcutHelp({**window.menus(), _("Front matter form"): window.form.actions()}, window).show()

    def _end(self) -> None:
        """Remember the window and close it."""
        window = self._window
        try:
            self._settings.keep_window_state(
                geometry=bytes(window.saveGeometry().toBase64().data()).decode(),
                panes=json.dumps(window.panes.state()),
            )
        except SaveError as error:
            _log.warning("%s", error.located())
        window.allow_close()

    def _on_renamed(self, session: PostSession) -> None:
        if session is self._session:
            self._show_title()
            self._window.library.set_current(session.path)
            self._preview.show_post(session, self._workspace.post_site)

    def _open_site_problem(self, number: int) -> None:
        """Open the file of one of the site's problems in the program that the person has for such files."""
        site = self._workspace.site
        path = site.problems[number].path if site is not None and number < len(site.problems) else None
        if path is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))

    def _follow_link(self, path: Path, anchor: str) -> None:
        if self._workspace.open_post(path):
            self._preview.go_to_anchor(anchor)

    def _go_to_post(self) -> None:
        site = self._workspace.site
        dialog = GoToPost(
            self._workspace.posts,
            self._window,
            root=site.root if site is not None else None,
            theme=self._appearance.theme,
        )
        dialog.post_chosen.connect(self._workspace.open_post)
        dialog.open()

    def _filter_posts(self) -> None:
        self._window.panes.show_pane(LIBRARY)
        self._window.library.focus_filter()

    def _show_fidelity(self) -> None:
        self._window.panes.show_pane(PREVIEW)
        self._window.preview_pane.badge.open_card()

    def _focus_form(self) -> None:
        self._window.panes.show_pane(INSPECTOR)
        self._window.form.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _link_files(self, paths: list[Path]) -> None:
        """Put a link for each file of the site that was dropped on the text; a picture is shown."""
        site, session = self._workspace.site, self._session
        if site is None or session is None or session.path is None:
            return
        links = []
        for path in paths:
            if path.resolve().is_relative_to(site.root):
                target = Path(os.path.relpath(path.resolve(), session.path.parent)).as_posix()
                mark = "!" if path.suffix.lower() in _PICTURES else ""
                links.append(f"{mark}[{path.stem}]({quote(target)})")
            else:
                words = _("“{name}” lies outside the site: put it into a folder of the site first")
                self._window.status.show_message(words.format(name=path.name))
        if links:
            self._window.editor.insert_text("\n".join(links))


def _said_of(problem: CopydeskError, site: Site) -> str:
    """Return a problem of the site with its place, from the site's folder."""
    if problem.path is None:
        return problem.message
    place = site.relative(problem.path)
    if problem.line is not None:
        place += f":{problem.line}"
    return f"{place}: {problem.message}"


def _generator_label(generator: str) -> str:
    """Return a generator's name as its own people write it."""
    names = {"mkdocs-material": "Material", "mkdocs": "MkDocs", "plain": _("Folder")}
    return names.get(generator, generator.capitalize())


def _reveal(path: Path) -> None:
    """Show the file's folder in the system's file manager."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent)))


def _front_matter_label(session: PostSession) -> str:
    if session.front_matter.problem is not None:
        return _("Front matter · can't be read")
    count_of_fields = len(session.front_matter.values)
    return _("Front matter · {fields}").format(
        fields=ngettext("{count} field", "{count} fields", count_of_fields).format(count=count_of_fields)
    )
