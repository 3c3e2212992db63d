"""The web page of the preview: closed on all sides, with our own script in a world of its own."""

from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import QFile, QIODevice, QObject, QUrl, Signal, Slot
from PySide6.QtWebChannel import QWebChannel
from PySide6.QtWebEngineCore import (
    QWebEngineDownloadRequest,
    QWebEngineFullScreenRequest,
    QWebEnginePage,
    QWebEngineProfile,
    QWebEngineScript,
    QWebEngineSettings,
)

from editor import resources
from editor.ui.preview.scheme import SCHEME, SHELL_URL, NothingLeaves, PreviewSchemeHandler

WORLD = QWebEngineScript.ScriptWorldId.ApplicationWorld.value
"""The world of our own script; the post's, the main world, runs none."""

_READING = ("clean", "tags", "nodes", "parts", "room", "blocks", "lines", "place", "marks", "patch")
"""Our own script, in the order that its parts need each other."""
BUILT = ("clean", "tags", "nodes", "adoption", "built", "room", "blocks", "lines", "place", "marks", "patch")
"""The same in a page that the site's generator has built."""

_OFF = (
    "JavascriptEnabled",
    "JavascriptCanOpenWindows",
    "JavascriptCanAccessClipboard",
    "LocalStorageEnabled",
    "LocalContentCanAccessRemoteUrls",
    "LocalContentCanAccessFileUrls",
    "HyperlinkAuditingEnabled",
    "PluginsEnabled",
    "PdfViewerEnabled",
    "FullScreenSupportEnabled",
    "ScreenCaptureEnabled",
    "WebGLEnabled",
    "Accelerated2dCanvasEnabled",
    "AutoLoadIconsForPage",
    "ErrorPageEnabled",
    "FocusOnNavigationEnabled",
    "AllowRunningInsecureContent",
    "AllowGeolocationOnInsecureOrigins",
    "AllowWindowActivationFromJavaScript",
    "DnsPrefetchEnabled",
    "NavigateOnDropEnabled",
)


class Bridge(QObject):
    """What our script in the page and the view say to each other; messages are JSON.

    Signals:
        patched: to the page: blocks to replace.
        dressed: to the page: theme and words.
        measured: to the page: source lines.
        followed: to the page: the caret's line in the source, and whether it is to be brought into view.
        scrolled: to the page: a source line, and how far down in the view it is to stand, 0 to 1.
        anchored: to the page: the id to scroll to.
        led: to the page: it leads, not the text.
        page_ready: the script is connected.
        page_applied: the patch with this serial number is in the page.
        page_failed: a patch could not be applied: (serial number, what went wrong, for the log).
        page_settled: this revision is painted.
        page_seen: the first and the last block in view, after the patch with this serial number (that comes first).
        page_scrolled: a source line, and how far down in the view it stands, 0 to 1: the reader scrolls.
        double_clicked: (source line, lines of what begins there, word, how many of that word stand before it).
        link_clicked: the address, as the post has it.
        name_sought: an id that is not on the page, which a link leads to.
        all_wanted: all of a page that sleeps in parts is to be selected.
        page_placed: whether the post was found in a built page.
        page_lost: what the theme's scripts had made of a block that has changed: diagram, formula, annotation or
            gallery.
        page_left: a link of a built page was clicked: (its address in full, as it stands in the page).
        link_pointed: the address under the pointer as a context menu is asked for; empty where there is none.
    """

    patched = Signal(str)
    dressed = Signal(str)
    measured = Signal(str)
    followed = Signal(int, bool)
    scrolled = Signal(float, float)
    anchored = Signal(str)
    led = Signal()
    page_ready = Signal()
    page_applied = Signal(int)
    page_failed = Signal(int, str)
    page_settled = Signal(int)
    page_seen = Signal(int, int, int)
    page_placed = Signal(bool)
    page_lost = Signal(str)
    page_left = Signal(str, str)
    page_scrolled = Signal(float, float)
    double_clicked = Signal(int, int, str, int)
    link_clicked = Signal(str)
    link_pointed = Signal(str)
    name_sought = Signal(str)
    all_wanted = Signal()

    @Slot()
    def ready(self) -> None:
        """Note that the script is connected (called by the page, as all that follow)."""
        self.page_ready.emit()

    @Slot(int)
    def applied(self, serial: int) -> None:
        """Note that a patch is in the page."""
        self.page_applied.emit(serial)

    @Slot(int, str)
    def fail(self, serial: int, trace: str) -> None:
        """Note that a patch could not be applied."""
        self.page_failed.emit(serial, trace)

    @Slot(int)
    def settled(self, revision: int) -> None:
        """Note that a revision is painted."""
        self.page_settled.emit(revision)

    @Slot(int, int, int)
    def seen(self, serial: int, first: int, last: int) -> None:
        """Note which blocks can be seen."""
        self.page_seen.emit(serial, first, last)

    @Slot(bool)
    def place(self, found: bool) -> None:
        """Note whether a built page has a place for the post."""
        self.page_placed.emit(found)

    @Slot(str)
    def lose(self, kind: str) -> None:
        """Note what the theme's scripts had made."""
        self.page_lost.emit(kind)

    @Slot(str, str)
    def leave(self, address: str, href: str) -> None:
        """Note a click on a link of a built page."""
        self.page_left.emit(address, href)

    @Slot(float, float)
    def scroll(self, line: float, down: float) -> None:
        """Note that the reader scrolls."""
        self.page_scrolled.emit(line, down)

    @Slot(int, int, str, int)
    def double_click(self, line: int, lines: int, word: str, count: int) -> None:
        """Note a double click on the post."""
        self.double_clicked.emit(line, lines, word, count)

    @Slot(str)
    def activate(self, href: str) -> None:
        """Note a click on a link."""
        self.link_clicked.emit(href)

    @Slot(str)
    def seek(self, name: str) -> None:
        """Note an id that the page does not have."""
        self.name_sought.emit(name)

    @Slot()
    def select_all(self) -> None:
        """Note that all is to be selected."""
        self.all_wanted.emit()

    @Slot(str)
    def point(self, href: str) -> None:
        """Note the link that a context menu is asked for."""
        self.link_pointed.emit(href)


class PreviewProfile(QWebEngineProfile):
    """A profile without a memory, whose pages reach our own scheme only."""

    def __init__(self) -> None:
        super().__init__()  # no name: off the record
        self.handler = PreviewSchemeHandler(self)
        self.installUrlSchemeHandler(SCHEME, self.handler)
        self.setUrlRequestInterceptor(NothingLeaves(self))
        self.setSpellCheckEnabled(False)
        self.setHttpCacheType(QWebEngineProfile.HttpCacheType.NoCache)
        self.downloadRequested.connect(refuse_download)


class PreviewPage(QWebEnginePage):
    """The shell page."""

    def __init__(self, profile: PreviewProfile, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(profile, parent)
        settings = self.settings()
        for name in _OFF:
            attribute = getattr(QWebEngineSettings.WebAttribute, name, None)
            if attribute is not None:  # some are newer than the oldest Qt that we run with
                settings.setAttribute(attribute, False)
        settings.setAttribute(QWebEngineSettings.WebAttribute.PlaybackRequiresUserGesture, True)
        settings.setUnknownUrlSchemePolicy(
            QWebEngineSettings.UnknownUrlSchemePolicy.DisallowUnknownUrlSchemes
        )
        channel = QWebChannel(self)
        channel.registerObject("bridge", bridge)
        self.setWebChannel(channel, WORLD)
        self.scripts().insert(own_script(_READING))
        self.fullScreenRequested.connect(refuse_full_screen)
        if hasattr(self, "permissionRequested"):
            self.permissionRequested.connect(refuse_permission)

    def load_shell(self) -> None:
        """Load the shell page."""
        self.load(QUrl(SHELL_URL))

    def acceptNavigationRequest(self, url: QUrl | str, _kind: Any, _is_main_frame: bool) -> bool:
        """Let the page go nowhere but to the shell (Qt)."""
        return QUrl(url).toString() == SHELL_URL

    def createWindow(self, _kind: QWebEnginePage.WebWindowType) -> QWebEnginePage | None:  # type: ignore[override]
        """Open no window (Qt)."""
        return None

    def chooseFiles(self, *_ignored: Any) -> list[str]:
        """Choose no file (Qt)."""
        return []

    def javaScriptConsoleMessage(self, *_ignored: Any) -> None:
        """Keep what Chromium says of a refused request out of the terminal (Qt)."""


def own_script(parts: Iterable[str], before: str = "") -> QWebEngineScript:
    """Return the script of the modules `parts` of resources/preview, for our own world; `before` stands before them."""
    channel = QFile(":/qtwebchannel/qwebchannel.js")
    channel.open(QIODevice.OpenModeFlag.ReadOnly)
    source = bytes(channel.readAll().data()).decode()
    channel.close()
    script = QWebEngineScript()
    script.setName("copydesk")
    script.setWorldId(WORLD)
    script.setInjectionPoint(QWebEngineScript.InjectionPoint.DocumentReady)
    script.setRunsOnSubFrames(False)
    modules = [resources.text(f"preview/{name}.js") for name in parts]
    script.setSourceCode("\n".join((source, before, *modules)))
    return script


def refuse_download(request: QWebEngineDownloadRequest) -> None:
    """Refuse to download anything."""
    request.cancel()


def refuse_full_screen(request: QWebEngineFullScreenRequest) -> None:
    """Refuse to fill the screen."""
    request.reject()


def refuse_permission(permission: Any) -> None:
    """Refuse cameras, places and the like."""
    permission.deny()
