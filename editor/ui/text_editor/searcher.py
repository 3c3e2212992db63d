"""Runs searches: plain ones in short texts at once, all others in a process that can be ended."""

import json
import re
import sys
from collections.abc import Callable
from itertools import islice, repeat
from pathlib import Path

from PySide6.QtCore import QObject, QProcess, QTimer, Signal

from editor.translation import gettext as _
from editor.ui.text_editor import search
from editor.ui.text_editor.search import MATCH_LIMIT, Match, Query

_TIME_LIMIT = 2000
"""Milliseconds after which a pattern is given up, the process's start included."""

AT_ONCE = 100_000
"""Characters of the longest text that is searched in the window's own process: some 4 ms."""

Done = Callable[[list[Match]], None]


class Searcher(QObject):
    """Looks for the matches of a query; the newest request counts, an older one's result never comes.

    Signals:
        failed: why there is no result, a sentence to be shown.
    """

    failed = Signal(str)

    def __init__(self, parent: QObject | None = None, *, time_limit: int = _TIME_LIMIT) -> None:
        super().__init__(parent)
        self._process: QProcess | None = None
        self._done: Done | None = None
        self._regular = False
        """Whether the process looks for a regular expression, which may take for ever."""
        self._sent: str | None = None
        """The text that the process has."""
        self._outdated = 0
        """How many replies are still to come that nobody waits for."""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(time_limit)
        self._timer.timeout.connect(self._took_too_long)

    def find(self, query: Query, text: str, done: Done, replacement: str | None = None) -> None:
        """Call `done` with the matches in `text`, now or later; `replacement` fills in what replaces them."""
        self.stop()
        try:
            query.pattern()
        except re.error as error:
            self._say_invalid(str(error))
            return
        if query.regular or len(text) > AT_ONCE:
            self._ask(query, text, done, replacement)
            return
        done(list(islice(search.find_all(query, text, replacement), MATCH_LIMIT)))

    def prepare(self) -> None:
        """Start the process that regular expressions need, so that the first one need not wait for it."""
        if self._process is None:
            self._process = self._start()

    def stop(self) -> None:
        """Forget what is being looked for."""
        self._timer.stop()
        if self._done is not None and self._regular:  # it is still at work on the old request
            self._end_process()
        elif self._done is not None:
            self._outdated += 1
        self._done = None

    def close(self) -> None:
        """End the process."""
        self.stop()
        self._end_process()

    def _ask(self, query: Query, text: str, done: Done, replacement: str | None) -> None:
        self.prepare()
        assert self._process is not None
        # The same text object is the same text: it is there already.
        subject = text.encode("utf-8", "surrogatepass") if text is not self._sent else None
        request = {
            "text": query.text,
            "regular": query.regular,
            "case": query.case,
            "whole_words": query.whole_words,
            "size": None if subject is None else len(subject),
            "replacement": replacement,
        }
        self._done, self._regular = done, query.regular
        self._sent = text
        self._process.write(json.dumps(request).encode() + b"\n" + (subject or b""))
        self._timer.start()

    def _start(self) -> QProcess:
        process = QProcess(self)
        process.readyReadStandardOutput.connect(self._read)
        process.errorOccurred.connect(self._process_failed)
        process.start(sys.executable, ["-I", str(Path(search.__file__))])
        return process

    def _read(self) -> None:
        process = self._process
        while process is not None and self._outdated and process.canReadLine():
            process.readLine()
            self._outdated -= 1
        if process is None or not process.canReadLine() or self._done is None:
            return
        reply = json.loads(bytes(process.readLine().data()))
        self._timer.stop()
        done, self._done = self._done, None
        if "error" in reply:
            self._say_invalid(reply["error"])
        else:
            places, replacements = reply["places"], reply["replacements"]
            done(list(map(Match, places[::2], places[1::2], replacements or repeat(""))))

    def _say_invalid(self, reason: str) -> None:
        self.failed.emit(_("This is not a regular expression: {reason}").format(reason=reason))

    def _took_too_long(self) -> None:
        self._done = None
        self._end_process()
        self.failed.emit(_("This pattern takes too long to look for"))

    def _process_failed(self) -> None:
        waiting = self._done is not None
        self._done = None
        self._timer.stop()
        self._end_process()
        if waiting:
            self.failed.emit(_("The search could not be started"))

    def _end_process(self) -> None:
        process, self._process = self._process, None
        self._sent = None
        self._outdated = 0
        if process is not None:
            process.readyReadStandardOutput.disconnect(self._read)
            process.errorOccurred.disconnect(self._process_failed)
            process.kill()
            process.waitForFinished(1000)  # a killed process is gone within a millisecond or two
            process.deleteLater()
