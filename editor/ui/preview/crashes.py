"""How often the page's process has ended by itself, and what is said of it."""

import os
import time
from collections import deque

from editor.translation import gettext as _

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
