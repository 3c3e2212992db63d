"""A page that the site's own generator has built, with its scripts, cut off from everything but the built site."""

import json
from typing import Any

from PySide6.QtCore import QObject, QUrl
from PySide6.QtWebChannel import QWebChannel
from PySide6.QtWebEngineCore import QWebEnginePage, QWebEngineProfile, QWebEngineScript, QWebEngineSettings

from editor import resources
from editor.ui.preview.built_scheme import BuiltSchemeHandler, OnlyTheBuild
from editor.ui.preview.page import (
    BUILT,
    WORLD,
    Bridge,
    own_script,
    refuse_download,
    refuse_full_screen,
    refuse_permission,
)
from editor.ui.preview.scheme import BUILT_SCHEME, SCHEME, PreviewSchemeHandler
from editor.ui.tasks import Tasks

_OFF = (
    "JavascriptCanOpenWindows",
    "JavascriptCanAccessClipboard",
    "JavascriptCanPaste",
    "LocalContentCanAccessRemoteUrls",
    "LocalContentCanAccessFileUrls",
    "HyperlinkAuditingEnabled",
    "PluginsEnabled",
    "PdfViewerEnabled",
    "FullScreenSupportEnabled",
    "ScreenCaptureEnabled",
    "AutoLoadIconsForPage",
    "ErrorPageEnabled",
    "FocusOnNavigationEnabled",
    "AllowRunningInsecureContent",
    "AllowGeolocationOnInsecureOrigins",
    "AllowWindowActivationFromJavaScript",
    "DnsPrefetchEnabled",
    "NavigateOnDropEnabled",
)

_NO_PEERS = """\
for (const name of ["RTCPeerConnection", "webkitRTCPeerConnection", "WebTransport"]) delete globalThis[name];
"""
"""Pages that talk to each other directly (WebRTC) pass no interceptor and no policy."""


class BuiltProfile(QWebEngineProfile):
    """A profile without a memory, whose pages reach the built site and pictures of the site only."""

    def __init__(self, tasks: Tasks, pictures: PreviewSchemeHandler) -> None:
        super().__init__()  # no name: off the record
        self.handler = BuiltSchemeHandler(tasks, self)
        self.installUrlSchemeHandler(BUILT_SCHEME, self.handler)
        self.installUrlSchemeHandler(SCHEME, pictures)
        self.setUrlRequestInterceptor(OnlyTheBuild(self))
        self.setSpellCheckEnabled(False)
        self.setHttpCacheType(QWebEngineProfile.HttpCacheType.NoCache)
        self.downloadRequested.connect(refuse_download)


class BuiltPage(QWebEnginePage):
    """One built page: its scripts run in the main world, ours in a world of its own, where alone the channel is."""

    def __init__(self, profile: BuiltProfile, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(profile, parent)
        self._bridge = bridge
        self._address = QUrl()
        settings = self.settings()
        for name in _OFF:
            attribute = getattr(QWebEngineSettings.WebAttribute, name, None)
            if attribute is not None:  # some are newer than the oldest Qt that we run with
                settings.setAttribute(attribute, False)
        settings.setAttribute(QWebEngineSettings.WebAttribute.PlaybackRequiresUserGesture, True)
        settings.setAttribute(QWebEngineSettings.WebAttribute.WebRTCPublicInterfacesOnly, True)
        settings.setUnknownUrlSchemePolicy(
            QWebEngineSettings.UnknownUrlSchemePolicy.DisallowUnknownUrlSchemes
        )
        channel = QWebChannel(self)
        channel.registerObject("bridge", bridge)
        self.setWebChannel(channel, WORLD)
        style = json.dumps(resources.text("preview/built.css") + resources.text("preview/marks.css"))
        self.scripts().insert(own_script(BUILT, f"const copydeskStyle = {style};"))
        self.scripts().insert(_without_peers())
        self.fullScreenRequested.connect(refuse_full_screen)
        if hasattr(self, "permissionRequested"):
            self.permissionRequested.connect(refuse_permission)

    def load_page(self, address: str) -> None:
        """Load the built page with this address of our scheme, also when it is the one that is shown."""
        before, self._address = self._address, QUrl(address)
        if before == self._address:
            self.triggerAction(
                QWebEnginePage.WebAction.Reload
            )  # which keeps the place that it is scrolled to
        else:
            self.load(self._address)

    def acceptNavigationRequest(self, url: QUrl | str, _kind: Any, is_main_frame: bool) -> bool:
        """Let the page go nowhere by itself; where it wants to is told like a link (Qt)."""
        wanted = QUrl(url)
        if not is_main_frame:
            return wanted.scheme() == BUILT_SCHEME.decode()
        if _without_fragment(wanted) == _without_fragment(self._address):
            return True
        self._bridge.page_left.emit(wanted.toString(), wanted.toString())
        return False

    def createWindow(self, _kind: QWebEnginePage.WebWindowType) -> QWebEnginePage | None:  # type: ignore[override]
        """Open no window (Qt)."""
        return None

    def chooseFiles(self, *_ignored: Any) -> list[str]:
        """Choose no file (Qt)."""
        return []

    def javaScriptAlert(self, *_ignored: Any) -> None:
        """Show no dialog of the theme's (Qt)."""

    def javaScriptConfirm(self, *_ignored: Any) -> bool:
        """Answer no (Qt)."""
        return False

    def javaScriptPrompt(self, *_ignored: Any) -> tuple[bool, str]:
        """Answer nothing (Qt)."""
        return False, ""

    def javaScriptConsoleMessage(self, *_ignored: Any) -> None:
        """Keep what the theme's scripts say out of the terminal (Qt)."""


def _without_peers() -> QWebEngineScript:
    script = QWebEngineScript()
    script.setName("no peers")
    script.setWorldId(QWebEngineScript.ScriptWorldId.MainWorld.value)
    script.setInjectionPoint(QWebEngineScript.InjectionPoint.DocumentCreation)
    script.setRunsOnSubFrames(True)
    script.setSourceCode(_NO_PEERS)
    return script


def _without_fragment(url: QUrl) -> str:
    return url.toString().partition("#")[0]
