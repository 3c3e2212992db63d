"""The address scheme of built pages: `copydesk-built://site/PATH` is what a server would answer for PATH of the site.

Only files of the folder that the build wrote are served, by their real path. The site's own addresses in them
(`https://example.org/…`) lead here; every other address is refused before it leaves the page.
"""

from dataclasses import dataclass

from PySide6.QtCore import QBuffer, QByteArray, QFile, QIODevice, QObject, QUrl
from PySide6.QtWebEngineCore import (
    QWebEngineUrlRequestInfo,
    QWebEngineUrlRequestInterceptor,
    QWebEngineUrlRequestJob,
    QWebEngineUrlSchemeHandler,
)
from shiboken6 import isValid

from editor.site.building.results import BuildResult
from editor.ui.preview.scheme import (
    BUILT_ORIGIN,
    BUILT_SCHEME,
    SCHEME,
    SITE_TYPES,
    NotServed,
    Served,
    headers_of,
)
from editor.ui.tasks import Tasks

_TYPES = SITE_TYPES | {
    ".css": "text/css",
    ".eot": "application/vnd.ms-fontobject",
    ".htm": "text/html",
    ".html": "text/html",
    ".js": "text/javascript",
    ".json": "application/json",
    ".map": "application/json",
    ".mjs": "text/javascript",
    ".pdf": "application/pdf",
    ".txt": "text/plain",
    ".wasm": "application/wasm",
    ".webmanifest": "application/manifest+json",
    ".xhtml": "application/xhtml+xml",
    ".xml": "application/xml",
}
_LOCALIZED = {".css", ".htm", ".html", ".js", ".json", ".mjs", ".xhtml", ".xml"}
"""What names addresses of the site."""
_POLICY = (
    f"default-src {BUILT_ORIGIN} copydesk: data: blob: 'unsafe-inline' 'unsafe-eval'; object-src 'none'; "
    f"form-action 'none'; base-uri {BUILT_ORIGIN}"
)
"""Stands behind the interceptor."""


@dataclass(frozen=True, slots=True)
class Moved:
    """The address that a folder has in full, with a slash at its end: addresses within its page count from there."""

    address: str


def served_by_build(url: QUrl, result: BuildResult | None) -> Served | Moved:
    """Return the built file for an address of our scheme, or where it is to be asked for. Raises NotServed."""
    if result is None or url.host() != "site":
        raise NotServed(f"no page was built for {url.toString()}")
    path = url.path(QUrl.ComponentFormattingOption.FullyEncoded)
    file = result.file_at(path or "/")
    if file is None:
        raise NotServed(f"the build wrote nothing for {path!r}")
    if file.stem == "index" and not path.endswith("/") and file.name != path.rpartition("/")[2]:
        moved = QUrl(url)
        moved.setPath(url.path() + "/")
        return Moved(moved.toString(QUrl.ComponentFormattingOption.FullyEncoded))
    mime_type = _TYPES.get(file.suffix.lower(), "application/octet-stream")
    is_page = mime_type in ("text/html", "application/xhtml+xml", "image/svg+xml")
    headers = (("Content-Security-Policy", _POLICY),) if is_page else ()
    return Served(file, mime_type, headers)


class BuiltSchemeHandler(QWebEngineUrlSchemeHandler):
    """Answers a built page's requests; files that name addresses are read and changed off the GUI thread."""

    def __init__(self, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self.result: BuildResult | None = None
        """The build whose pages are served."""

    def requestStarted(self, job: QWebEngineUrlRequestJob) -> None:
        """Answer one request (Qt)."""
        result = self.result
        asked_by = job.initiator()
        try:
            if job.requestMethod() not in (b"GET", b"HEAD"):
                raise NotServed("only reading is known here")
            if asked_by.isValid() and asked_by.scheme() != BUILT_SCHEME.decode():
                raise NotServed(f"asked for by {asked_by.toString()}")
            served = served_by_build(job.requestUrl(), result)
        except NotServed:
            job.fail(QWebEngineUrlRequestJob.Error.UrlNotFound)
            return
        if isinstance(served, Moved):
            job.redirect(QUrl(served.address))
            return
        if served.headers:
            job.setAdditionalResponseHeaders(headers_of(served))  # type: ignore[arg-type]
        if served.path.suffix.lower() in _LOCALIZED and result is not None:
            self._reply_localized(job, served, result)
            return
        file = QFile(str(served.path), job)
        if file.open(QIODevice.OpenModeFlag.ReadOnly):
            job.reply(QByteArray(served.mime_type.encode()), file)
        else:
            job.fail(QWebEngineUrlRequestJob.Error.RequestFailed)

    def _reply_localized(self, job: QWebEngineUrlRequestJob, served: Served, result: BuildResult) -> None:
        def take(data: bytes) -> None:
            if not isValid(job):
                return  # the page has gone on meanwhile
            buffer = QBuffer(job)
            buffer.setData(data)
            buffer.open(QIODevice.OpenModeFlag.ReadOnly)
            job.reply(QByteArray(served.mime_type.encode()), buffer)

        def failed(_error: Exception) -> None:
            if isValid(job):
                job.fail(QWebEngineUrlRequestJob.Error.RequestFailed)

        self._tasks.run(lambda: result.localized(served.path.read_bytes(), BUILT_ORIGIN), take, failed)


class OnlyTheBuild(QWebEngineUrlRequestInterceptor):
    """Blocks every request but those of our own schemes, and what stands in the page itself."""

    def interceptRequest(self, info: QWebEngineUrlRequestInfo) -> None:
        """Look at one request (Qt)."""
        scheme = info.requestUrl().scheme()
        kind = info.resourceType()
        kinds = QWebEngineUrlRequestInfo.ResourceType
        frame = kind in (kinds.ResourceTypeMainFrame, kinds.ResourceTypeSubFrame)
        own = scheme in (BUILT_SCHEME.decode(), SCHEME.decode())
        if not own and not (scheme in ("data", "blob") and not frame):
            info.block(True)
