"""The page that draws: the site's copy of Mermaid in a profile of its own, from which nothing gets out."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import QFile, QIODevice, QObject, QUrl
from PySide6.QtWebEngineCore import (
    QWebEnginePage,
    QWebEngineProfile,
    QWebEngineSettings,
    QWebEngineUrlRequestInfo,
    QWebEngineUrlRequestInterceptor,
    QWebEngineUrlRequestJob,
    QWebEngineUrlSchemeHandler,
)

from editor import resources
from editor.ui.preview.page import refuse_download, refuse_full_screen, refuse_permission
from editor.ui.preview.scheme import SCHEME

_ORIGIN = "copydesk://diagram/"
_PAGE = _ORIGIN + "diagram.html"
_TYPES = {"diagram.html": b"text/html", "diagram.js": b"text/javascript", "mermaid.js": b"text/javascript"}

_OFF = (
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
    "AutoLoadIconsForPage",
    "ErrorPageEnabled",
    "AllowRunningInsecureContent",
    "DnsPrefetchEnabled",
)


class _Handler(QWebEngineUrlSchemeHandler):
    """Serves our page, and the one script."""

    def __init__(self, script: Path, parent: QObject) -> None:
        super().__init__(parent)
        self._script = script

    def requestStarted(self, job: QWebEngineUrlRequestJob) -> None:
        """Answer one request (Qt)."""
        name = job.requestUrl().path().lstrip("/")
        if job.requestUrl().host() != "diagram" or name not in _TYPES or job.requestMethod() != b"GET":
            job.fail(QWebEngineUrlRequestJob.Error.UrlNotFound)
            return
        path = self._script if name == "mermaid.js" else resources.path(f"preview/{name}")
        file = QFile(str(path), job)
        if file.open(QIODevice.OpenModeFlag.ReadOnly):
            job.reply(_TYPES[name], file)
        else:
            job.fail(QWebEngineUrlRequestJob.Error.RequestFailed)


class _NothingElse(QWebEngineUrlRequestInterceptor):
    """Blocks every request but those for the page's own three files, and data in addresses."""

    def interceptRequest(self, info: QWebEngineUrlRequestInfo) -> None:
        """Look at one request (Qt)."""
        url = info.requestUrl()
        if not url.toString().startswith(_ORIGIN) and url.scheme() != "data":
            info.block(True)


class DiagramPage(QWebEnginePage):
    """A page without a view, with the site's `script` in it."""

    def __init__(self, script: Path, parent: QObject) -> None:
        profile = QWebEngineProfile()  # no name: off the record
        handler = _Handler(script, profile)
        profile.installUrlSchemeHandler(SCHEME, handler)
        profile.setUrlRequestInterceptor(_NothingElse(profile))
        profile.setHttpCacheType(QWebEngineProfile.HttpCacheType.NoCache)
        profile.downloadRequested.connect(refuse_download)
        super().__init__(profile, parent)
        profile.setParent(
            parent
        )  # after the page, so that it goes after it: a profile must outlive its pages
        self._own_profile = profile
        settings = self.settings()
        for name in _OFF:
            attribute = getattr(QWebEngineSettings.WebAttribute, name, None)
            if attribute is not None:  # some are newer than the oldest Qt that we run with
                settings.setAttribute(attribute, False)
        settings.setAttribute(QWebEngineSettings.WebAttribute.WebRTCPublicInterfacesOnly, True)
        self.fullScreenRequested.connect(refuse_full_screen)
        if hasattr(self, "permissionRequested"):
            self.permissionRequested.connect(refuse_permission)
        self.setVisible(True)  # a hidden page's timers stand still for a second
        self.load(QUrl(_PAGE))

    def let_go(self) -> None:
        """Go, and the profile after the page."""
        self.deleteLater()
        self._own_profile.deleteLater()

    def acceptNavigationRequest(self, url: QUrl | str, _kind: Any, _is_main_frame: bool) -> bool:
        """Let the page go nowhere (Qt)."""
        return QUrl(url).toString() == _PAGE

    def createWindow(self, _kind: QWebEnginePage.WebWindowType) -> QWebEnginePage | None:  # type: ignore[override]
        """Open no window (Qt)."""
        return None

    def javaScriptConsoleMessage(self, *_ignored: Any) -> None:
        """Keep what Mermaid says out of the terminal (Qt)."""
