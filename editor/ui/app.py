"""run(): builds the objects and connects them; to read it is to see how the program hangs together."""

import gc
import logging
import os
import sys
import time
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import TracebackType

import shiboken6
from PySide6.QtCore import QLibraryInfo, QLocale, QTimer, QtMsgType, QTranslator, qInstallMessageHandler
from PySide6.QtGui import QGuiApplication, QIcon
from PySide6.QtWidgets import QApplication

from editor import resources
from editor.post.recovery.unsaved import journal_folder
from editor.settings import Settings
from editor.translation import gettext as _
from editor.ui.appearance import Appearance, ui_font
from editor.ui.as_seen.print_desk import PrintDesk
from editor.ui.as_seen.seen_desk import SeenDesk
from editor.ui.commit.commit_desk import CommitDesk
from editor.ui.composition import apply, choose
from editor.ui.desk import Desk
from editor.ui.in_step import InStep
from editor.ui.live_preview import LivePreview
from editor.ui.main_window import MainWindow
from editor.ui.memory import SCRIPT_FLAG, be_thrifty
from editor.ui.outside.file_looks import FileLooks
from editor.ui.outside.file_watcher import FileWatcher
from editor.ui.outside.open_elsewhere import OpenMarks, marks_folder
from editor.ui.outside.outside_changes import OutsideChanges
from editor.ui.outside.outside_desk import OutsideDesk
from editor.ui.post_history.history_desk import HistoryDesk
from editor.ui.post_history.restorer import Restorer
from editor.ui.preview.render_client import RenderClient
from editor.ui.preview.scheme import NO_NETWORK, register_scheme
from editor.ui.proof.proof_desk import ProofDesk
from editor.ui.published.build_desk import BuildDesk
from editor.ui.published.serve_desk import ServeDesk
from editor.ui.recovery_desk import RecoveryDesk
from editor.ui.safekeeping import Safekeeping
from editor.ui.screenshot import Screenshot
from editor.ui.site_watcher import SiteWatcher
from editor.ui.tasks import PoolTasks
from editor.ui.trust_desk import TrustDesk
from editor.ui.versions_desk import VersionsDesk
from editor.ui.web_desk import WebDesk
from editor.ui.workspace import Workspace

_log = logging.getLogger(__name__)

_SWITCH_SECONDS = 0.0005
"""How long the window waits, at most, until a thread at work gives Python's lock back to it.

A key gives the lock up and takes it again some twenty times; with Python's usual 5 ms each, it takes two or three
frames while anything else is at work.
"""

_COLLECT_AFTER_MS = 3000

_END_SECONDS = 10.0
"""So long the end waits for what is under way."""

APPLICATION_ID = "io.github.copydesk.Copydesk"


@dataclass
class Parts:
    """The objects of a running window, connected with each other."""

    window: MainWindow
    workspace: Workspace
    preview: LivePreview
    desk: Desk
    proof: ProofDesk
    trust: TrustDesk
    building: BuildDesk
    serving: ServeDesk
    commit: CommitDesk
    web: WebDesk
    client: RenderClient
    watcher: SiteWatcher
    tasks: PoolTasks
    safekeeping: Safekeeping
    recovery: RecoveryDesk
    versions: VersionsDesk
    history: HistoryDesk
    seen: SeenDesk
    printing: PrintDesk
    outside: OutsideChanges
    outside_desk: OutsideDesk
    looks: FileLooks
    look_tasks: PoolTasks
    """For looking at files only: a disk that does not answer holds nothing else up."""

    def close(self) -> bool:
        """End processes and threads and take the window down; the application does not run any more.

        The window goes here and now: a web page or a shown document that is left to the end of Python is taken down
        in no order, which Qt does not survive. Returns whether that could be: with a thread that waits for a disk
        which does not answer, the window can't be taken down, and the process is to end as it is.
        """
        self.window.hide()
        self.building.end()
        self.serving.end()
        self.commit.end()
        self.web.end()
        self.client.shutdown()
        self.proof.end()
        self.seen.end()
        self.printing.end()
        until = time.monotonic() + _END_SECONDS
        pools = [self.tasks, self.look_tasks, *self.window.findChildren(PoolTasks)]
        ended = [pool.end(max(0.0, until - time.monotonic())) for pool in pools]
        if self.window.may_close:
            self.safekeeping.give_up()
        self.safekeeping.end()
        if not all(ended):
            return False
        self.looks.end()
        shiboken6.delete(self.window)
        # What was copied outlives Python in Qt's clipboard: as data of Qt's own, not as an object of Python's.
        clipboard = QGuiApplication.clipboard()
        if clipboard.ownsClipboard():
            clipboard.setText(clipboard.text())
        return True


def run(
    path: Path | None,
    screenshot: Path | None,
    size: tuple[int, int] | None,
    theme: str | None,
    composition: str | None = None,
) -> int:
    """Open the window on `path` (a site, a post, or None for the last site) and return the exit status.

    With `screenshot`, save a picture of it when the preview has settled, and return. `composition` is how the page is
    composed with the window; None: as the settings say.
    """
    qInstallMessageHandler(_log_qt)
    settings = Settings.load()
    application = make_application(composition or settings.options.preview_composition)
    parts = build(settings, theme, remember=screenshot is None)
    window = parts.window
    sys.excepthook = partial(_report, window)
    parts.desk.restore_window(size or ((1600, 1000) if screenshot else None), fresh=screenshot is not None)
    if screenshot is not None:
        picture = Screenshot(window, screenshot)
        window.preview.settled.connect(lambda _revision: picture.take_soon())
        # Where no post is shown there is no preview to wait for.
        parts.workspace.posts_changed.connect(
            lambda _posts: picture.take_soon() if parts.workspace.session is None else None
        )
        parts.workspace.failed.connect(lambda _error: picture.take_soon())
        if path is None:
            QTimer.singleShot(0, window, picture.take_soon)
    window.show()
    parts.desk.open_first(path)
    if screenshot is None:
        parts.recovery.look()
    QTimer.singleShot(_COLLECT_AFTER_MS, window, collect_garbage)
    status = application.exec()
    if not parts.close():
        logging.shutdown()
        os._exit(status)  # Qt would wait for its threads, however long
    return status


def collect_garbage() -> None:
    """Collect garbage from now on, and never look at what the start has made: it stays as long as the window.

    To look at all of it takes some 100 ms, in the middle of a word.
    """
    gc.freeze()
    gc.enable()


def build(settings: Settings, theme: str | None = None, *, remember: bool = True) -> Parts:
    """Build the window with all that stands behind it; needs the application of `make_application`.

    `remember` what is opened as recent.
    """
    tasks = PoolTasks()
    client = RenderClient()
    client.prewarm()  # its start hides behind that of the window
    appearance = Appearance(theme or settings.options.theme)
    window = MainWindow()
    workspace = Workspace(settings, tasks, remember=remember)
    kept = journal_folder(settings.state_dir)
    safekeeping = Safekeeping(kept, workspace, window)
    restorer = Restorer(window, workspace, tasks)
    local_history = settings.state_dir / "history"
    versions = VersionsDesk(local_history, window, workspace, tasks, appearance, restorer)
    history = HistoryDesk(local_history, window, workspace, tasks, appearance, restorer)
    recovery = RecoveryDesk(kept, window, workspace, safekeeping, tasks, appearance)
    safekeeping.trouble_changed.connect(window.text_pane.notice.show_words)
    preview = LivePreview(client, window.preview, tasks)
    watcher = SiteWatcher(tasks, window)
    in_step = InStep(window.editor, window.preview, window)
    window.actions_by_id["follow"].toggled.connect(in_step.set_follow)
    desk = Desk(window, workspace, preview, appearance, settings, tasks)
    look_tasks = PoolTasks()
    looks = FileLooks(look_tasks, OpenMarks(marks_folder(settings.state_dir)), FileWatcher(window), window)
    outside = OutsideChanges(workspace, looks, tasks, window)
    outside_desk = OutsideDesk(window, workspace, outside, looks, appearance)

    proof = ProofDesk(window, workspace, preview, client)
    seen = SeenDesk(window, workspace, appearance)
    printing = PrintDesk(window, workspace, preview, client)
    trust = TrustDesk(window, workspace, settings, tasks, asks=remember)
    building = BuildDesk(window, workspace, preview, trust, settings, remember=remember)
    serving = ServeDesk(window, workspace, trust, settings)
    commit = CommitDesk(window, workspace, settings, appearance, trust, building.built_page)
    web = WebDesk(window, workspace, preview, settings, tasks)

    workspace.site_changed.connect(lambda site: watcher.watch(site, workspace.read_at))
    watcher.configuration_changed.connect(workspace.reread_site)
    watcher.posts_changed.connect(workspace.refresh_posts)
    watcher.posts_changed.connect(building.build_soon)
    watcher.posts_changed.connect(commit.reader.read_soon)
    watcher.configuration_changed.connect(commit.reader.read_soon)
    watcher.snippets_changed.connect(preview.render_again)
    workspace.posts_changed.connect(lambda _posts: preview.look_up_links())
    client.rendered.connect(lambda patch: watcher.watch_snippets(patch.files))
    return Parts(
        window,
        workspace,
        preview,
        desk,
        proof,
        trust,
        building,
        serving,
        commit,
        web,
        client,
        watcher,
        tasks,
        safekeeping,
        recovery,
        versions,
        history,
        seen,
        printing,
        outside,
        outside_desk,
        looks,
        look_tasks,
    )


def _log_qt(kind: QtMsgType, _context: object, message: str) -> None:
    """Put what Qt and Chromium say of themselves (of GPUs, sandboxes and plugins) into the log."""
    level = {QtMsgType.QtFatalMsg: logging.CRITICAL, QtMsgType.QtCriticalMsg: logging.ERROR}
    _log.log(level.get(kind, logging.INFO), "%s", message)


def _report(
    window: MainWindow, kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    """Say that something went wrong, and go on: an error in the window must not take the text with it."""
    _log.critical("an error in the window", exc_info=(kind, error, trace))
    window.status.show_message(_("Something went wrong: {reason}").format(reason=error or kind.__name__))


def make_application(composition: str = "auto") -> QApplication:
    """Return the QApplication, with all that has to be said before it exists."""
    be_thrifty()
    register_scheme()
    sys.setswitchinterval(_SWITCH_SECONDS)
    chosen = choose(composition)
    _log.info("the page gets into the window by: %s", chosen)
    apply(chosen)
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        os.environ.setdefault(
            "QTWEBENGINE_DISABLE_SANDBOX", "1"
        )  # Chromium's sandbox refuses to start as root
    # Nothing of Chromium's own may go out, and its log is not for people.
    flags = os.environ.get("QTWEBENGINE_CHROMIUM_FLAGS", "")
    os.environ["QTWEBENGINE_CHROMIUM_FLAGS"] = (
        f"{flags} {SCRIPT_FLAG} {NO_NETWORK} --disable-logging --log-level=3".strip()
    )
    application = QApplication(sys.argv[:1])
    application.setApplicationName("copydesk")
    application.setApplicationDisplayName("Copydesk")
    application.setDesktopFileName(APPLICATION_ID)
    application.setWindowIcon(QIcon(str(resources.path(f"icons/app/{APPLICATION_ID}.svg"))))
    application.setStyle("Fusion")
    application.setFont(ui_font())
    translator = QTranslator(application)
    if translator.load(
        QLocale(), "qtbase", "_", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    ):
        application.installTranslator(translator)
    return application
