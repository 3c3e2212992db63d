"""A picture of the window, taken when nothing in it moves any more."""

import logging
from pathlib import Path

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from editor.translation import gettext as _

_QUIET_MS = 400
"""How long nothing has to settle anew before the picture is taken."""
_LONGEST_MS = 30_000
"""When the picture is taken whatever moves."""

_log = logging.getLogger(__name__)


class Screenshot(QObject):
    """Saves a picture of `window` as `path` and ends the program: with 0, or 1 where it can't be written."""

    def __init__(self, window: QWidget, path: Path) -> None:
        super().__init__(window)
        self._window = window
        self._path = path
        self._quiet = self._timer(_QUIET_MS)
        self._timer(_LONGEST_MS).start()

    def take_soon(self) -> None:
        """Take the picture once it has been quiet for a moment."""
        self._quiet.start()

    def _timer(self, milliseconds: int) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(milliseconds)
        timer.timeout.connect(self._take)
        return timer

    def _take(self) -> None:
        if self._window.grab().save(str(self._path), "PNG"):
            QApplication.exit(0)
            return
        _log.error(_("%s: the picture could not be written"), self._path)
        QApplication.exit(1)
