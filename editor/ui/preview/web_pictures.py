"""WebPictures: what the preview's pages get from the web, fetched by the program, off the GUI thread."""

import logging
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QByteArray, QFile, QIODevice, QObject
from PySide6.QtWebEngineCore import QWebEngineUrlRequestJob
from shiboken6 import isValid

from editor.site.web_files import WebFile, WebFiles
from editor.ui.tasks import PoolTasks

_log = logging.getLogger(__name__)

_AT_ONCE = 6
"""Fetches, as browsers have it for a host: most of their time they wait."""
_HEADERS = {
    b"Content-Security-Policy": b"default-src 'none'; style-src 'unsafe-inline'; sandbox",
    b"X-Content-Type-Options": b"nosniff",
}
"""An SVG opened by its address is a document that could run scripts."""


class WebPictures(QObject):
    """Answers the requests of pages for pictures of the web, and fetches scripts."""

    def __init__(self, files: WebFiles, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._files = files
        self._tasks = PoolTasks(self, _AT_ONCE)

    def reply(self, job: QWebEngineUrlRequestJob, url: str) -> None:
        """Answer the request `job` with the picture at `url`, when it is there."""

        def take(found: WebFile) -> None:
            if not isValid(job):
                return  # the page has gone on meanwhile
            file = QFile(str(found.path), job)
            if not file.open(QIODevice.OpenModeFlag.ReadOnly):
                job.fail(QWebEngineUrlRequestJob.Error.RequestFailed)
                return
            headers = {QByteArray(name): [QByteArray(value)] for name, value in _HEADERS.items()}
            job.setAdditionalResponseHeaders(headers)  # type: ignore[arg-type]
            job.reply(QByteArray(found.mime_type.encode()), file)

        def failed(error: Exception) -> None:
            _log.info("no picture from the web: %s", error)
            if isValid(job):
                job.fail(QWebEngineUrlRequestJob.Error.UrlNotFound)

        self._tasks.run(lambda: self._files.picture(url), take, failed)

    def fetch_script(self, url: str, then: Callable[[Path | None], None]) -> None:
        """Call `then` with the script at `url` as a file, or None where it can't be had."""

        def failed(error: Exception) -> None:
            _log.info("no script from the web: %s", error)
            then(None)

        self._tasks.run(lambda: self._files.script(url), then, failed)

    def end(self) -> None:
        """Fetch nothing any more, and call nothing back."""
        self._files.stop()
        self._tasks.end()
