"""How often the page's process has ended by itself, and what is said of it; the end of one that hangs."""

import contextlib
import logging
import os
import signal
import time
from collections import deque
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWebEngineCore import QWebEnginePage
from shiboken6 import isValid

from editor.translation import gettext as _
from editor.ui.preview.page import WORLD

_log = logging.getLogger(__name__)

_PATIENCE = 15_000
"""ms that a page may take for a patch: what it lays out for longer, a drawing of a billion parts, may have no end."""
_LAID_OUT = 1000
"""ms after a patch, when its layout is done or under way."""
_MOST = 3
_TIME = 60.0
"""s: as many crashes as that within this time, and the page is not started again."""


class Crashes:
    """Counts the crashes of the last minute."""

    def __init__(self) -> None:
        self._times: deque[float] = deque(maxlen=_MOST)
        self.too_many = False
        """Whether the page is not to be started again."""

    def forget(self) -> None:
        """Count anew."""
        self._times.clear()
        self.too_many = False

    def note(self) -> str:
        """Take note of a crash; return the sentence that says so."""
        now = time.monotonic()
        self._times.append(now)
        self.too_many = len(self._times) == _MOST and now - self._times[0] < _TIME
        if not self.too_many:
            return _("The preview stopped and was started again.")
        sentence = _(
            "The preview stopped {count} times within a minute and is switched off. "
            "Your text is safe; open the post again to start the preview."
        ).format(count=_MOST)
        if os.environ.get("QT_QUICK_BACKEND") != "software":
            # What stops a page again and again is mostly a driver of the GPU.
            sentence += " " + _("If it stops again, start Copydesk with --composition software.")
        return sentence


class Answer(QObject):
    """Ends the process of a page that answers no more: that is a crash like any other."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._page: QWebEnginePage | None = None
        self._timer = _timer(self, _PATIENCE, self._give_up)
        self._later = _timer(self, _LAID_OUT, self._ask)

    def set_patience(self, milliseconds: int) -> None:
        """Wait for so long from now on."""
        self._timer.setInterval(milliseconds)

    def await_it(self, page: QWebEnginePage) -> None:
        """Wait for the answer of `page` to what it was sent now."""
        self._page = page
        self._later.stop()
        self._timer.start()

    def came(self) -> None:
        """Wait no longer; but see whether the page comes through laying out what it has taken in."""
        self._timer.stop()
        self._later.start()

    def stop(self) -> None:
        """Wait for nothing: it is another page now, or none."""
        self._page = None
        self._timer.stop()
        self._later.stop()

    def _ask(self) -> None:
        if self._page is not None and isValid(self._page):
            self._timer.start()
            self._page.runJavaScript("0", WORLD, self._on_alive)

    def _on_alive(self, _nothing: object) -> None:
        if isValid(self):
            self._timer.stop()

    def _give_up(self) -> None:
        page = self._page
        if page is None or not isValid(page):
            return
        process = page.renderProcessPid()
        if process > 0:
            _log.warning("the preview's page does not answer, and its process %s is ended", process)
            with contextlib.suppress(OSError):
                os.kill(process, getattr(signal, "SIGKILL", signal.SIGTERM))


def _timer(parent: QObject, milliseconds: int, then: Callable[[], None]) -> QTimer:
    timer = QTimer(parent)
    timer.setSingleShot(True)
    timer.setInterval(milliseconds)
    timer.timeout.connect(then)
    return timer
