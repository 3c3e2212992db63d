r"""One window on one post: opened, typed in, measured. Run as a process of its own by `measure`.

    python -c "import gc; gc.disable(); from tests.benchmarks import typing_run; typing_run.run()" POST STARTED \
        KEYS BURSTS

Like `copydesk`, it starts without collecting garbage. It prints one line of JSON, which `measure`
reads.
"""

import json
import os
import random
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QEventLoop, QObject, Qt, QTimer
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest

from editor.settings import Settings
from editor.ui import app
from editor.ui.preview.page import Bridge
from tests.benchmarks.memory import tree_pss

PLACES = ("start", "middle", "end")
_BURST = 12
"""Keys in a burst."""
_BURST_PAUSE = 0.03
"""Seconds between the keys of a burst: 33 a second, more than anybody types."""
_PARAGRAPH = 60
"""Characters of the shortest line that is typed in: a paragraph's, in any post."""
_LONGEST = 60.0
"""Seconds after which what did not come is given up."""


class Clock(QObject):
    """Notes when what was seen: the text painted, a revision in the page, a revision painted there."""

    def __init__(self, parts: app.Parts) -> None:
        super().__init__()
        self.text_painted: list[float] = []
        self.applied: list[tuple[float, int]] = []
        self.painted: list[tuple[float, int]] = []
        self.rendered: list[tuple[int, int]] = []
        self._revisions: dict[int, int] = {}
        window = parts.window
        self._viewport = window.editor.viewport()
        self._viewport.installEventFilter(self)
        bridge = window.preview.findChild(Bridge)
        assert isinstance(bridge, Bridge)
        bridge.patched.connect(self._sent)
        bridge.page_applied.connect(self._applied)
        window.preview.settled.connect(lambda revision: self.painted.append((time.perf_counter(), revision)))
        parts.client.rendered.connect(lambda patch: self.rendered.append((patch.revision, patch.rendered)))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._viewport and event.type() == QEvent.Type.Paint:
            QTimer.singleShot(0, lambda: self.text_painted.append(time.perf_counter()))
        return False

    def _sent(self, message: str) -> None:
        patch = json.loads(message)
        self._revisions[patch["serial"]] = patch["revision"]

    def _applied(self, serial: int) -> None:
        self.applied.append((time.perf_counter(), self._revisions.get(serial, -1)))


def main(post: Path, started: float, keys: int, bursts: int) -> None:
    application = app.make_application()
    parts = app.build(Settings.load(), "light")
    window = parts.window
    clock = Clock(parts)
    window.resize(1600, 1000)
    window.show()
    parts.desk.open_first(post)
    wall = time.time() - time.perf_counter()
    wait_for(lambda: parts.workspace.session is not None and bool(clock.text_painted))
    first_screen = clock.text_painted[-1] + wall - started
    wait_for(lambda: bool(clock.painted))
    start = clock.painted[0][0] + wall - started
    rest(1.0)
    app.collect_garbage()
    opened = tree_pss(os.getpid())
    typed = {}
    early = None
    if keys:
        go_to(parts, "start")
        early = burst(parts, clock, 1)[0]
        wait_for(lambda: not parts.client.busy)
        rest(3.0)
        for place in PLACES:
            go_to(parts, place)
            rest(1.0)
            typed[place] = {
                "single": [figure for _ in range(keys) for figure in burst(parts, clock, 1)],
                "burst": [figure for _ in range(bursts) for figure in burst(parts, clock, _BURST)],
            }
    result = {
        "first_screen": first_screen * 1000,
        "start": start * 1000,
        "opened": opened,
        "memory": tree_pss(os.getpid()),
        "early": early,
        "typed": typed,
        "corrected": parts.client.corrected,
    }
    print(json.dumps(result), flush=True)
    parts.client.shutdown()
    application.processEvents()
    os._exit(0)  # a benchmark does not wait for the window to be taken down


def go_to(parts: app.Parts, place: str) -> None:
    """Put the caret behind a line of a paragraph at the start, in the middle or at the end of the body."""
    session, editor = parts.workspace.session, parts.window.editor
    assert session is not None
    first, last = session.front_matter_lines, session.document.blockCount() - 1
    line = {"start": first, "middle": (first + last) // 2, "end": last}[place]
    block = session.document.findBlockByNumber(line)
    while block.isValid() and not (block.text()[:1].isalpha() and len(block.text()) > _PARAGRAPH):
        block = block.previous() if place == "end" else block.next()
    editor.go_to(max(block.blockNumber(), first))
    editor.moveCursor(QTextCursor.MoveOperation.EndOfBlock)
    editor.setFocus()


def burst(parts: app.Parts, clock: Clock, count: int) -> list[dict[str, Any]]:
    """Type `count` keys and return the figures of each, in milliseconds; waits for them all to be painted."""
    rest(random.uniform(0.25, 0.55))  # around the pauses after which things are worked out
    session, editor = parts.workspace.session, parts.window.editor
    assert session is not None
    for noted in (clock.text_painted, clock.applied, clock.painted, clock.rendered):
        noted.clear()
    pressed: list[tuple[float, float, int]] = []
    begun = time.perf_counter()
    for number in range(count):
        wait_for(partial(passed, begun + number * _BURST_PAUSE))
        at, busy = time.perf_counter(), time.thread_time()
        QTest.keyClick(editor, Qt.Key.Key_X)
        pressed.append((at, time.thread_time() - busy, session.revision))
    last = session.revision
    wait_for(lambda: any(revision >= last for _at, revision in clock.painted) and bool(clock.text_painted))
    return [
        {
            "echo": later(at, [painted for painted in clock.text_painted if painted > at]),
            "patched": later(at, [seen for seen, shown in clock.applied if shown >= revision]),
            "painted": later(at, [seen for seen, shown in clock.painted if shown >= revision]),
            "busy": busy * 1000,
            # What was rendered for several keys at once counts for the last of them.
            "rendered": next((many for shown, many in clock.rendered if shown == revision), None),
        }
        for at, busy, revision in pressed
    ]


def later(at: float, seen: list[float]) -> float | None:
    """Return the milliseconds from `at` to the first of `seen`; None where it never came."""
    return (min(seen) - at) * 1000 if seen else None


def wait_for(ready: Callable[[], bool]) -> None:
    """Let the window work until `ready`."""
    loop = QEventLoop()
    end = time.perf_counter() + _LONGEST
    timer = QTimer()
    timer.setInterval(1)
    timer.setTimerType(Qt.TimerType.PreciseTimer)
    timer.timeout.connect(lambda: loop.quit() if ready() or time.perf_counter() > end else None)
    timer.start()
    loop.exec()


def passed(moment: float) -> bool:
    """Return whether `moment` of the performance counter is past."""
    return time.perf_counter() >= moment


def rest(seconds: float) -> None:
    """Let the window work for a while."""
    wait_for(partial(passed, time.perf_counter() + seconds))


def run() -> None:
    """Do what the arguments say."""
    random.seed(4)
    main(Path(sys.argv[1]), float(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]))
