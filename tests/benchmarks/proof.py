"""Measure what a key costs while the post is checked, against one while nothing goes on.

    python -c "import gc; gc.disable(); from tests.benchmarks import proof; proof.run()" POST [KEYS]

Run it from the checkout, on a screen or offscreen (QT_QPA_PLATFORM=offscreen). Keys are typed in the middle of POST in
turns: at rest, and at a moment within a check that has just begun. Wall time in milliseconds: the key itself (its
event), and its echo, to the end of the paint event that shows it. A benchmark, not a test: it asserts nothing.
"""

import os
import random
import statistics
import sys
import time
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from editor.settings import Settings
from editor.ui import app
from tests.benchmarks.typing_run import Clock, go_to, rest, wait_for

_SHARE = 0.6
"""A key comes within this share of the time that a check takes."""


def main(post: Path, keys: int) -> None:
    app.make_application()
    parts = app.build(Settings.load(), "light")
    window = parts.window
    clock = Clock(parts)
    window.resize(1600, 1000)
    window.show()
    parts.desk.open_first(post)
    wait_for(lambda: bool(clock.painted))
    proofreader = parts.proof.proofreader
    rest(2.0)
    app.collect_garbage()
    wait_for(lambda: not proofreader.busy)
    go_to(parts, "middle")
    took = checked(parts)
    figures: dict[str, list[tuple[float, float]]] = {"at rest": [], "within a check": []}
    for turn in range(2 * keys):
        name = list(figures)[turn % 2]
        wait_for(lambda: not proofreader.busy and not parts.client.busy)
        rest(0.3)
        if turn % 2:
            proofreader.check_now()
            rest(random.uniform(0.0, took * _SHARE))
        clock.text_painted.clear()
        at = time.perf_counter()
        QTest.keyClick(window.editor, Qt.Key.Key_X)
        pressed = time.perf_counter() - at
        wait_for(lambda: bool(clock.text_painted))
        figures[name].append((pressed * 1000, (clock.text_painted[0] - at) * 1000))
    print(f"{post.stat().st_size:,} bytes, a check takes {took * 1000:.0f} ms")
    for name, pairs in figures.items():
        key, echo = (shown([pair[side] for pair in pairs]) for side in (0, 1))
        print(f"  {name:15} key {key}, echo {echo} (p50/p90/max of {len(pairs)})", flush=True)
    parts.client.shutdown()
    os._exit(0)  # a benchmark does not wait for the window to be taken down


def checked(parts: app.Parts) -> float:
    """Check the post and return how many seconds that took, to the marks in the text."""
    begun = time.perf_counter()
    parts.proof.proofreader.check_now()
    wait_for(lambda: not parts.proof.proofreader.busy)
    return time.perf_counter() - begun


def shown(values: list[float]) -> str:
    """Return p50, p90 and the largest."""
    ordered = sorted(values)
    return f"{statistics.median(ordered):.1f}/{ordered[int(0.9 * (len(ordered) - 1))]:.1f}/{ordered[-1]:.1f}"


def run() -> None:
    """Do what the arguments say."""
    random.seed(4)
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 20)
