"""Desk: what the person does in the window becomes what the workspace does, and what came of it is shown."""

import json
import logging
import os
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

from PySide6.QtCore import QByteArray, QObject, Qt, QTimer, QUrl, SignalInstance
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QFileDialog, QMessageBox

from editor.errors import ChangedOnDisk, CopydeskError, SaveError
from editor.settings import Options, Settings
from editor.site.index import PostSummary
from editor.site.site import Site
from editor.translation import gettext as _
from editor.translation import ngettext
from editor.ui.appearance import Appearance
from editor.ui.dialogs import questions
from editor.ui.dialogs.go_to_post import GoToPost
from editor.ui.dialogs.help import ShortcutHelp, about_text
from editor.ui.form.verdict_card import VerdictCard
from editor.ui.form_facts import completions, form_facts, post_title
from editor.ui.live_preview import LivePreview
from editor.ui.main_window import MainWindow
from editor.ui.panes import INSPECTOR, LIBRARY
from editor.ui.publish_desk import PublishDesk
from editor.ui.session import PostSession
from editor.ui.tasks import Tasks
from editor.ui.text_editor.statistics import Statistics, count
from editor.ui.theme import Theme
from editor.ui.workspace import Workspace

_PAUSE_MS = 300
"""How long nobody types before what needs the whole text is worked out again: words, title, derived slug."""
_ZOOM_STEP = 1.1
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
        self._tasks = tasks
        card = VerdictCard()
        window.form.set_header_widget(card)
        self._publishing = PublishDesk(card, workspace, tasks, self)
        self._session: PostSession | None = None
        self._suggestions = completions([])
        self._closing = False
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._show_derived)
        self._connect()
        self._apply_options()
        self._show_theme(appearance.theme)
        self._show_session(None)

    def open_first(self, path: Path | None) -> None:
        """Open `path`, else the site that was open last, else show the start page."""
        if path is None:
            path = next((site for site in self._settings.recent_sites if site.is_dir()), None)
        if path is not None:
            self._workspace.open_path(path)
        if self._settings.problem:
            self._window.status.show_message(self._settings.problem)

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
        workspace.failed.connect(self._tell)
        workspace.notice.connect(window.text_pane.notice.show_words)

        window.library.post_chosen.connect(workspace.open_post)
        window.library.post_chosen.connect(lambda _path: window.panes.close_overlay())
        window.library.new_post_wanted.connect(self._new_post)
        window.library.open_site_wanted.connect(self._open_site)
        window.library.reveal_wanted.connect(_reveal)
        window.library.copy_path_wanted.connect(lambda path: QGuiApplication.clipboard().setText(str(path)))
        window.library.set_shortcut_hint(window.actions_by_id["filter_posts"].shortcut())
        window.start_page.site_chosen.connect(workspace.open_path)
        window.recent_wanted.connect(lambda path: workspace.open_path(Path(path)))
        window.close_wanted.connect(self._close)

        self._publishing.done.connect(window.text_pane.notice.show_words)
        self._publishing.failed.connect(self._tell)

        preview.reasons_changed.connect(window.preview_pane.show_reasons)
        preview.post_wanted.connect(workspace.open_post)
        preview.told.connect(window.status.show_message)
        window.preview.renderer_crashed.connect(window.status.show_message)

        window.editor.caret_moved.connect(self._caret_moved)
        window.editor.folded_changed.connect(window.actions_by_id["fold"].setChecked)
        window.editor.zoom_changed.connect(self._text_zoomed)
        window.editor.files_dropped.connect(self._link_files)

        form = window.form
        form.value_set.connect(lambda key, value: self._edit_field("set_value", key, value))
        form.source_set.connect(lambda key, source: self._edit_field("set_source", key, source))
        form.unset.connect(lambda key: self._edit_field("unset", key))
        form.list_added.connect(lambda key, entry: self._edit_field("add_to_list", key, entry))
        form.list_removed.connect(lambda key, entry: self._edit_field("remove_from_list", key, entry))
        form.go_to_line.connect(self._go_to_front_matter)
        form.fence_wanted.connect(self._add_front_matter)
        form.undo_wanted.connect(window.editor.undo)
        form.redo_wanted.connect(window.editor.redo)

        self._appearance.theme_changed.connect(self._show_theme)
        window.actions_by_id.connect_all(
            {
                "new_post": self._new_post,
                "open_post": self._open_post,
                "open_site": self._open_site,
                "save": self._save,
                "save_as": self._save_as,
                "reload": self._reload,
                "close_post": self._close_post,
                "settings": self._open_settings,
                "fold": lambda: window.editor.set_folded(window.actions_by_id["fold"].isChecked()),
                "line_numbers": lambda: self._toggle_option("line_numbers"),
                "wrap": lambda: self._toggle_option("wrap"),
                "follow": lambda: self._toggle_option("follow"),
                "zoom_in": lambda: self._zoom(_ZOOM_STEP),
                "zoom_out": lambda: self._zoom(1 / _ZOOM_STEP),
                "zoom_reset": lambda: self._zoom(None),
                "theme_system": lambda: self._choose_theme("system"),
                "theme_light": lambda: self._choose_theme("light"),
                "theme_dark": lambda: self._choose_theme("dark"),
                "back": workspace.go_back,
                "forward": workspace.go_forward,
                "go_to_post": self._go_to_post,
                "filter_posts": self._filter_posts,
                "form": self._focus_form,
                "help": lambda: ShortcutHelp(window.menus(), window).show(),
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
        for problem in site.problems[:1]:
            window.status.show_message(problem.located())
        self._preview.show_post(self._session, site)
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
        window.show_text(session is not None)
        window.text_pane.notice.show_words(session.read_only or "" if session else "")
        self._preview.show_post(session, self._workspace.site)
        window.library.set_current(session.path if session else None)
        if session is None:
            window.top_bar.show_post("", "")
            window.top_bar.show_state("")
            window.status.clear()
            window.form.clear()
            self._show_recent()
            return
        for signal, slot in self._session_slots(session):
            signal.connect(slot)
        self._show_document(session)
        window.editor.setReadOnly(session.read_only is not None)
        window.editor.setFocus()
        window.status.show_file(
            session.post.encoding, session.post.line_ending, session.post.mixed_line_endings
        )
        self._show_modified()
        self._show_front_matter()
        self._show_derived()

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
            (session.saved, self._on_saved),
            (session.save_failed, self._on_save_failed),
            (session.moved, self._on_moved),
        ]

    def _on_edited(self, _edit: object, _revision: int) -> None:
        self._pause.start()

    def _show_front_matter(self, _front_matter: object = None) -> None:
        session = self._session
        if session is None:
            return
        self._window.editor.set_front_matter_lines(session.front_matter_lines)
        self._window.editor.set_front_matter_label(_front_matter_label(session))
        self._show_form()

    def _show_form(self) -> None:
        session, site = self._session, self._workspace.site
        if session is None or site is None:
            return
        facts = form_facts(site, session, self._workspace.posts, self._suggestions)
        front_matter = session.front_matter
        values = {} if front_matter.problem else front_matter.values
        content_type = site.content_type_of(session.path, values, self._workspace.learned)
        self._window.form.show_front_matter(front_matter, content_type, facts)

    def _show_derived(self) -> None:
        """Show what needs the whole text; it is worked out off the GUI thread."""
        session = self._session
        if session is None:
            return
        body, revision = session.text[session.front_matter.body_start :], session.revision
        self._show_title()

        def take_over(statistics: Statistics) -> None:
            if session is self._session and revision == session.revision:
                self._window.status.show_words(statistics.words, statistics.minutes)
                self._show_form()

        self._tasks.run(lambda: count(body), take_over)

    def _show_title(self) -> None:
        session, site = self._session, self._workspace.site
        if session is None:
            return
        title = post_title(session) or (session.path.stem if session.path else _("Untitled"))
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
        if session.read_only:
            state = _("Read-only")
        else:
            state = _("Edited") if session.modified else _("Saved")
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
        sites = [site for site in self._settings.recent_sites if site.is_dir()]
        posts = [str(post) for post in self._settings.recent_posts if post.is_file()]
        self._window.show_recent(posts, [str(site) for site in sites])
        self._window.start_page.show_recent(sites[:6])

    def _caret_moved(self, line: int, column: int) -> None:
        self._window.status.show_place(line, column)
        self._preview.follow_caret(line)

    def _tell(self, error: CopydeskError) -> None:
        _log.info("told: %s", error.located())
        questions.tell(self._window, error)

    # What the person does

    def _edit_field(self, act: str, key: str, *arguments: object) -> None:
        if self._session is None:
            return
        try:
            getattr(self._session, act)(key, *arguments)
        except CopydeskError as error:
            self._window.form.show_refusal(key, error.message)

    def _add_front_matter(self) -> None:
        if self._session is not None:
            self._session.add_front_matter()

    def _new_post(self) -> None:
        title = questions.ask_title(self._window)
        if title is not None:
            self._workspace.new_post(title)

    def _open_post(self) -> None:
        start = self._session.path.parent if self._session and self._session.path else self._site_folder()
        name, _filter = QFileDialog.getOpenFileName(
            self._window, _("Open post"), str(start), _("Posts (*.md *.markdown *.mdx);;All files (*)")
        )
        if name:
            self._workspace.open_path(Path(name))

    def _open_site(self) -> None:
        name = QFileDialog.getExistingDirectory(self._window, _("Open site"), str(self._site_folder()))
        if name:
            self._workspace.open_path(Path(name))

    def _save(self, *, overwrite: bool = False) -> None:
        if self._session is None:
            return
        if self._session.path is None:
            self._save_as()
        else:
            self._workspace.save(overwrite=overwrite)

    def _save_as(self) -> None:
        session = self._session
        if session is None:
            return
        start = session.path or self._site_folder() / "post.md"
        name, _filter = QFileDialog.getSaveFileName(self._window, _("Save as"), str(start), _("Posts (*.md)"))
        if name:  # the dialog has asked about a file that is there already
            self._workspace.save(Path(name), overwrite=True)
        else:
            self._closing = False

    def _reload(self) -> None:
        if self._session is not None and self._session.path is not None:
            self._workspace.reload()
            self._window.status.show_message(_("Read anew from disk; undo brings the old text back"))

    def _close_post(self) -> None:
        session = self._session
        if session is None:
            return
        if session.modified:
            answer = questions.ask_unsaved(self._window, [post_title(session) or _("Untitled")])
            if answer is questions.Unsaved.CANCEL:
                return
            if answer is questions.Unsaved.SAVE:
                session.saved.connect(
                    lambda _path: self._workspace.close_session(), Qt.ConnectionType.SingleShotConnection
                )
                self._save()
                return
        self._workspace.close_session()

    def _close(self) -> None:
        """Close the window once nothing can be lost."""
        modified = self._workspace.modified_sessions()
        if modified:
            names = [post_title(session) or _("Untitled") for session in modified]
            answer = questions.ask_unsaved(self._window, names)
            if answer is questions.Unsaved.CANCEL:
                self._closing = False
                return
            if answer is questions.Unsaved.SAVE:
                self._closing = True
                self._save_next()
                return
        self._end()

    def _save_next(self) -> None:
        """While closing: save one post after the other, then close."""
        modified = self._workspace.modified_sessions()
        if not modified:
            self._end()
            return
        self._workspace.show_session(modified[0])
        self._save()

    def _end(self) -> None:
        self._closing = False
        window = self._window
        try:
            self._settings.keep_window_state(
                geometry=bytes(window.saveGeometry().toBase64().data()).decode(),
                panes=json.dumps(window.panes.state()),
            )
        except SaveError as error:
            _log.warning("%s", error.located())
        window.allow_close()

    def _on_saved(self, path: Path) -> None:
        self._show_modified()
        self._show_title()
        self._window.status.show_message(_("Saved {name}").format(name=path.name))
        if self._closing:
            self._save_next()

    def _on_moved(self, path: Path) -> None:
        self._show_title()
        self._window.library.set_current(path)
        self._preview.show_post(self._session, self._workspace.site)

    def _on_save_failed(self, error: CopydeskError) -> None:
        self._closing = False
        session = self._session
        if isinstance(error, ChangedOnDisk) and session is not None and session.path is not None:
            answer = questions.ask_conflict(self._window, session.path)
            if answer is questions.Conflict.OVERWRITE:
                self._save(overwrite=True)
            elif answer is questions.Conflict.RELOAD:
                self._reload()
            return
        self._tell(error)

    def _go_to_post(self) -> None:
        dialog = GoToPost(self._workspace.posts, self._window)
        dialog.post_chosen.connect(self._workspace.open_post)
        dialog.open()

    def _filter_posts(self) -> None:
        self._window.panes.show_pane(LIBRARY)
        self._window.library.focus_filter()

    def _focus_form(self) -> None:
        self._window.panes.show_pane(INSPECTOR)
        self._window.form.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _go_to_front_matter(self, line: int, column: int) -> None:
        """Go to a place in the front matter (from 1), which is unfolded for it."""
        self._window.editor.set_folded(False)
        self._window.editor.go_to(line - 1, column - 1)
        self._window.editor.setFocus()

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

    def _open_settings(self) -> None:
        """Open the settings file in the program that the system opens such files with."""
        try:
            self._settings.set()
        except SaveError as error:
            self._tell(error)
            return
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._settings.path)))

    # Options

    def _apply_options(self) -> None:
        options, actions, editor = self._settings.options, self._window.actions_by_id, self._window.editor
        for name in ("line_numbers", "wrap", "follow"):
            actions[name].setChecked(getattr(options, name))
        editor.set_line_numbers(options.line_numbers)
        editor.set_wrapping(options.wrap)
        editor.set_measure(options.text_measure)
        editor.set_font_family(options.editor_font)
        editor.set_zoom_factor(options.editor_font_size / Options().editor_font_size)
        editor.set_folded(options.fold_front_matter)
        actions["fold"].setChecked(options.fold_front_matter)
        self._preview.set_follow(options.follow)
        self._window.preview.set_zoom(options.preview_zoom)

    def _toggle_option(self, name: str) -> None:
        self._set_options(**{name: self._window.actions_by_id[name].isChecked()})
        self._apply_options()

    def _choose_theme(self, choice: str) -> None:
        self._set_options(theme=choice)
        self._appearance.choose(choice)

    def _zoom(self, factor: float | None) -> None:
        options = self._settings.options
        if factor is None:
            self._set_options(editor_font_size=Options().editor_font_size, preview_zoom=1.0)
        else:
            step = 1 if factor > 1 else -1
            self._set_options(
                editor_font_size=min(40, max(8, options.editor_font_size + step)),
                preview_zoom=round(min(3.0, max(0.5, options.preview_zoom * factor)), 2),
            )
        self._apply_options()

    def _text_zoomed(self, factor: float) -> None:
        """Remember a zoom that was made with the wheel."""
        size = round(factor * Options().editor_font_size)
        if size != self._settings.options.editor_font_size:
            self._set_options(editor_font_size=size)

    def _set_options(self, **changes: object) -> None:
        try:
            self._settings.set(**changes)
        except SaveError as error:
            self._window.status.show_message(error.message)

    def _site_folder(self) -> Path:
        site = self._workspace.site
        if site is None:
            return Path.home()
        return site.content_dirs[0] if site.content_dirs else site.root


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
