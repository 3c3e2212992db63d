"""The program's own address scheme: what the preview page may load, and nothing else.

`copydesk://shell/NAME` is a file of resources/preview, `copydesk://site/TOKEN?URL` a picture, film, sound or
font of the site, where URL is what the post says (percent-encoded) and TOKEN stands for the post that is
open. `copydesk://web/?URL` is a picture from the web, where the person lets the site show those: the program fetches
it, the page itself has no network. Everything else is refused: by the interceptor before it leaves the page, by the
handler here.
"""

import os
import stat
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import unquote

from PySide6.QtCore import QByteArray, QFile, QIODevice, QObject, QUrl
from PySide6.QtWebEngineCore import (
    QWebEngineUrlRequestInfo,
    QWebEngineUrlRequestInterceptor,
    QWebEngineUrlRequestJob,
    QWebEngineUrlScheme,
    QWebEngineUrlSchemeHandler,
)

from editor import resources
from editor.render.picture_size import Size, picture_size

if TYPE_CHECKING:
    from editor.ui.preview.web_pictures import WebPictures

SCHEME = b"copydesk"
SHELL_HOST = "shell"
SITE_HOST = "site"
WEB_HOST = "web"
WEB_BASE = "copydesk://web/?"
"""What the address of a picture in the web is appended to, percent-encoded."""
BUILT_SCHEME = b"copydesk-built"
BUILT_ORIGIN = "copydesk-built://site"
"""Where the pages are that the site's generator has built (built_scheme.py)."""
SHELL_URL = "copydesk://shell/shell.html"

NO_NETWORK = "--proxy-server=127.0.0.1:9 --proxy-bypass-list=<-loopback>"
"""Chromium's flags that send all connections to a port where nobody is: of `<link rel=preconnect>`, which themes have,
neither a policy nor an interceptor is asked."""

Resolve = Callable[[str], Path | None]
"""From an address as the open post has it to the file that the generator would publish there, or None."""

_LARGEST = 256 * 1024 * 1024
_MOST_SIZES = 4_000

_SHELL_TYPES = {".html": "text/html", ".css": "text/css", ".svg": "image/svg+xml"}
SITE_TYPES = {
    ".apng": "image/apng",
    ".avif": "image/avif",
    ".bmp": "image/bmp",
    ".gif": "image/gif",
    ".ico": "image/x-icon",
    ".jfif": "image/jpeg",
    ".jpe": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".webp": "image/webp",
    ".m4a": "audio/mp4",
    ".mp3": "audio/mpeg",
    ".oga": "audio/ogg",
    ".ogg": "audio/ogg",
    ".opus": "audio/ogg",
    ".wav": "audio/wav",
    ".flac": "audio/flac",
    ".mov": "video/quicktime",
    ".mp4": "video/mp4",
    ".m4v": "video/mp4",
    ".ogv": "video/ogg",
    ".webm": "video/webm",
    ".vtt": "text/vtt",
    ".otf": "font/otf",
    ".ttf": "font/ttf",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
}

# An SVG opened by its address is a document that could run scripts; in a picture it never may.
_SITE_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
    "X-Content-Type-Options": "nosniff",
}


class NotServed(Exception):
    """An address that the page gets nothing for; the message says why, for the log."""


@dataclass(frozen=True, slots=True)
class Served:
    """A file that the page may have."""

    path: Path
    mime_type: str
    headers: tuple[tuple[str, str], ...] = ()


def register_scheme() -> None:
    """Tell QtWebEngine of our schemes; before the QApplication is made (a second call does nothing)."""
    if QWebEngineUrlScheme.schemeByName(SCHEME).name() == SCHEME:
        return
    flag = QWebEngineUrlScheme.Flag
    flags = flag.SecureScheme | flag.CorsEnabled
    for name, more in ((SCHEME, flags), (BUILT_SCHEME, flags | flag.FetchApiAllowed)):
        scheme = QWebEngineUrlScheme(name)
        scheme.setSyntax(QWebEngineUrlScheme.Syntax.Host)
        scheme.setFlags(more)
        QWebEngineUrlScheme.registerScheme(scheme)


def served_by_shell(url_path: str) -> Served:
    """Return the shell's file for the path of an address, `/shell.css`. Raises NotServed."""
    folder = resources.path("preview")
    return _checked(folder, folder / _safe_relative(url_path), _SHELL_TYPES)


def served_by_site(url: str, root: Path | None, resolve: Resolve | None) -> Served:
    """Return the site's file for `url`, an address as the post has it (`/img/a.png`, `../a.png?x#y`).

    `resolve` is asked first; where it knows nothing, the path counts from `root`. Only an ordinary file whose
    real path lies inside `root` is served. Raises NotServed.
    """
    if root is None:
        raise NotServed("no site is open")
    if "\0" in url:
        raise NotServed("a NUL in the address")
    try:
        found = resolve(url) if resolve is not None else None
    except (
        OSError,
        ValueError,
    ) as error:  # an address that can't be taken apart, a folder that may not be read
        raise NotServed(f"no file for {url!r}") from error
    if found is None:
        found = root / _safe_relative(unquote(url.partition("#")[0].partition("?")[0]))
    return _checked(root, found, SITE_TYPES, _SITE_HEADERS)


def _safe_relative(url_path: str) -> PurePosixPath:
    """Return the path below the folder; a backslash is a separator to some systems, and never needed."""
    if "\0" in url_path or "\\" in url_path:
        raise NotServed(f"a character that no path of ours has: {url_path!r}")
    parts = [part for part in url_path.split("/") if part not in ("", ".")]
    if ".." in parts or any(":" in part for part in parts[:1]):
        raise NotServed(f"leads out of its folder: {url_path!r}")
    return PurePosixPath(*parts)


def _checked(root: Path, path: Path, types: dict[str, str], headers: dict[str, str] | None = None) -> Served:
    mime_type = types.get(path.suffix.lower())
    if mime_type is None:
        raise NotServed(f"not a kind of file that the page needs: {path.name!r}")
    try:
        real = path.resolve(strict=True)
        inside = real.is_relative_to(root.resolve(strict=True))
        facts = real.stat()
    except (OSError, RuntimeError, ValueError) as error:  # RuntimeError: a loop of links, up to Python 3.12
        raise NotServed(f"no such file: {path}") from error
    if not inside:
        raise NotServed(f"outside the site: {real}")
    if real.suffix.lower() not in types:
        raise NotServed(f"a link to another kind of file: {real.name!r}")
    if not stat.S_ISREG(facts.st_mode):
        raise NotServed(f"not an ordinary file: {real}")
    if facts.st_size > _LARGEST:
        raise NotServed(f"too large: {real}, {facts.st_size} bytes")
    if not os.access(real, os.R_OK):
        raise NotServed(f"may not be read: {real}")
    return Served(real, mime_type, tuple((headers or {}).items()))


def headers_of(served: Served) -> dict[QByteArray, list[QByteArray]]:
    """Return the headers of an answer as Qt takes them: each name may have several values."""
    # A value by itself would be taken for a list of its letters, whatever the stubs say.
    return {QByteArray(name.encode()): [QByteArray(value.encode())] for name, value in served.headers}


class PreviewSchemeHandler(QWebEngineUrlSchemeHandler):
    """Answers the page's requests with what `served_by_shell` and `served_by_site` allow."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._root: Path | None = None
        self._resolve: Resolve | None = None
        self.token = 0
        """The number of the post that is open; a request for an earlier one is answered no more."""
        self._sizes: dict[tuple[Path, int, int], Size | None] = {}
        self.web: WebPictures | None = None
        """What fetches pictures from the web; None: none are shown."""

    def set_site(self, root: Path | None, resolve: Resolve | None) -> None:
        """Serve the files of `root`, found with `resolve`."""
        self._root, self._resolve = root, resolve

    def size_of(self, url: str) -> Size | None:
        """Return the size of the picture at `url`, an address as the post has it, or None; for any thread.

        A file is looked into again when it has changed.
        """
        if url.startswith("//") or ":" in url.partition("/")[0]:
            return None
        try:
            path = served_by_site(url, self._root, self._resolve).path
            facts = path.stat()
            key = path, facts.st_mtime_ns, facts.st_size
            if key not in self._sizes:
                if len(self._sizes) >= _MOST_SIZES:
                    self._sizes.clear()
                self._sizes[key] = picture_size(path)
        except (NotServed, OSError):
            return None
        return self._sizes.get(key)

    def requestStarted(self, job: QWebEngineUrlRequestJob) -> None:
        """Answer one request (Qt)."""
        try:
            if job.requestUrl().host() == WEB_HOST:
                self._reply_from_web(job)
                return
            served = self._served(job)
        except NotServed:
            job.fail(QWebEngineUrlRequestJob.Error.UrlNotFound)
            return
        file = QFile(str(served.path), job)  # goes with the job; it is read in Chromium's own time
        if not file.open(QIODevice.OpenModeFlag.ReadOnly):
            job.fail(QWebEngineUrlRequestJob.Error.RequestFailed)
            return
        if served.headers:
            job.setAdditionalResponseHeaders(headers_of(served))  # type: ignore[arg-type]
        job.reply(QByteArray(served.mime_type.encode()), file)

    def _reply_from_web(self, job: QWebEngineUrlRequestJob) -> None:
        self._check_asker(job)
        if self.web is None:
            raise NotServed("nothing is shown from the web")
        query = job.requestUrl().query(QUrl.ComponentFormattingOption.FullyEncoded)
        self.web.reply(job, unquote(query))

    def _check_asker(self, job: QWebEngineUrlRequestJob) -> bool:
        """Return whether a built page asks; raises NotServed where neither that does nor our own page."""
        if job.requestMethod() != b"GET":
            raise NotServed("only reading is known here")
        asked_by = job.initiator()
        built = asked_by.scheme() == BUILT_SCHEME.decode()
        if asked_by.isValid() and asked_by.host() != SHELL_HOST and not built:
            raise NotServed(f"asked for by {asked_by.toString()}")
        return built

    def _served(self, job: QWebEngineUrlRequestJob) -> Served:
        url = job.requestUrl()
        built = self._check_asker(job)
        if url.host() == SHELL_HOST and not built:
            return served_by_shell(url.path())
        if url.host() == SITE_HOST and url.path() == f"/{self.token}":
            return served_by_site(
                unquote(url.query(url.ComponentFormattingOption.FullyEncoded)), self._root, self._resolve
            )
        raise NotServed(f"unknown address {url.toString()}")


class NothingLeaves(QWebEngineUrlRequestInterceptor):
    """Blocks every request but those of our own scheme, and pictures that stand in the post itself."""

    def interceptRequest(self, info: QWebEngineUrlRequestInfo) -> None:
        """Look at one request (Qt)."""
        scheme = info.requestUrl().scheme()
        picture = info.resourceType() == QWebEngineUrlRequestInfo.ResourceType.ResourceTypeImage
        if scheme != SCHEME.decode() and not (scheme == "data" and picture):
            info.block(True)
