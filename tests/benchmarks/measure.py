"""Measure what a writer waits for: start-up, echo and preview of a key, and memory.

    python -m tests.benchmarks.measure POST [--keys N] [--starts N] [--sizes 1,10,100] [--json]

Run it from the checkout, on a screen (`xvfb-run -s "-screen 0 1600x1000x24"`) or offscreen. POST is copied with its
site, and its body repeated for the larger sizes. Each figure is wall time in milliseconds:

- start: from starting the interpreter to the first settled preview (two animation frames after the patch);
- echo: from the key press to the end of the editor's paint event that shows it;
- preview: from the key press to the settled preview of that revision;
- memory: the proportional set size (PSS) of the process tree in MiB, after typing (Linux).

A benchmark, not a test: it asserts nothing.
"""

import argparse
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("post", type=Path)
    parser.add_argument("--keys", type=int, default=40)
    parser.add_argument("--starts", type=int, default=5)
    parser.add_argument("--sizes", default="1", help="how many times the body is repeated, e.g. 1,10,100")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--child", type=float, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.child is not None:
        child(arguments.post, arguments.child, arguments.keys)
        return
    rows = []
    for times in map(int, arguments.sizes.split(",")):
        with tempfile.TemporaryDirectory() as folder:
            post = enlarged(arguments.post, Path(folder), times)
            runs = [run(post, arguments.keys if n == 0 else 0) for n in range(arguments.starts)]
            typed = runs[0]
            rows.append(
                {
                    "bytes": post.stat().st_size,
                    "start": spread([r["start"] for r in runs]),
                    "echo": spread(typed["echo"]),
                    "preview": spread(typed["preview"]),
                    "memory": typed["memory"],
                }
            )
    if arguments.json:
        print(json.dumps(rows, indent=2))
        return
    print(
        f"{'bytes':>9} {'start p50/p95':>16} {'echo p50/p95/max':>20} {'preview p50/p95/max':>22} {'PSS MiB':>8}"
    )
    for row in rows:
        start, echo, preview = row["start"], row["echo"], row["preview"]
        print(
            f"{row['bytes']:9} {start[0]:9.0f}/{start[1]:5.0f} {echo[0]:9.1f}/{echo[1]:.1f}/{echo[2]:.1f}"
            f" {preview[0]:12.1f}/{preview[1]:.1f}/{preview[2]:.1f} {row['memory']:8.0f}"
        )


def spread(values: list[float]) -> tuple[float, float, float]:
    """Return p50, p95 and the largest."""
    if not values:
        return 0.0, 0.0, 0.0
    ordered = sorted(values)
    return statistics.median(ordered), ordered[int(0.95 * (len(ordered) - 1))], ordered[-1]


def enlarged(post: Path, folder: Path, times: int) -> Path:
    """Copy the site around `post` to `folder`, the post's body repeated, and return the copy."""
    from editor.site.find import open_site

    root = open_site(post).root
    shutil.copytree(root, folder / "site", symlinks=True)
    copy = folder / "site" / post.resolve().relative_to(root)
    copy.chmod(0o644)
    text = copy.read_text("utf-8")
    head = re.match(r"---\n.*?\n---\n", text, re.DOTALL)
    start = head.end() if head else 0
    copy.write_text(text[:start] + text[start:] * times, "utf-8")
    return copy


def run(post: Path, keys: int) -> dict[str, object]:
    """Start a window of its own on `post`, type `keys` keys and return what it measured."""
    with tempfile.TemporaryDirectory() as home:
        environment = {**os.environ, "COPYDESK_HOME": home}
        done = subprocess.run(
            [
                sys.executable,
                "-m",
                "tests.benchmarks.measure",
                str(post),
                "--child",
                str(time.time()),
                "--keys",
                str(keys),
            ],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            timeout=600,
            check=False,
        )
    if done.returncode:
        sys.exit(done.stderr[-3000:])
    result: dict[str, object] = json.loads(done.stdout.splitlines()[-1])
    return result


def child(post: Path, started: float, keys: int) -> None:
    from PySide6.QtCore import QEvent, QEventLoop, QObject, Qt, QTimer
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    from editor.settings import Settings
    from editor.ui import app

    application = app.make_application()
    parts = app.build(Settings.load(), "light")
    window = parts.window
    window.resize(1600, 1000)
    window.show()
    parts.desk.open_first(post)
    settled: dict[int, float] = {}
    window.preview.settled.connect(lambda revision: settled.setdefault(revision, time.time()))

    def wait_for(ready: object) -> None:
        loop = QEventLoop()
        timer = QTimer()
        timer.setInterval(2)
        timer.timeout.connect(lambda: ready() and loop.quit())  # type: ignore[operator]
        timer.start()
        loop.exec()

    wait_for(lambda: 0 in settled)
    start = (settled[0] - started) * 1000
    painted: list[float] = []

    class Watch(QObject):
        def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Paint:
                QTimer.singleShot(0, lambda: painted.append(time.time()))
            return False

    watch = Watch()
    window.editor.viewport().installEventFilter(watch)
    window.editor.go_to(window.editor.document().blockCount() // 2)
    echo, preview = [], []
    for _ in range(keys):
        quiet = time.time() + 0.25
        wait_for(lambda quiet=quiet: time.time() > quiet)
        painted.clear()
        session = parts.workspace.session
        pressed = time.time()
        QTest.keyClick(window.editor, Qt.Key.Key_X)
        revision = session.revision
        wait_for(lambda: bool(painted))
        echo.append((painted[0] - pressed) * 1000)
        wait_for(lambda revision=revision: revision in settled)
        preview.append((settled[revision] - pressed) * 1000)
    print(
        json.dumps({"start": start, "echo": echo, "preview": preview, "memory": tree_pss(os.getpid())}),
        flush=True,
    )
    parts.close()
    QApplication.processEvents()
    os._exit(0)  # a benchmark does not wait for the window to be taken down
    assert application


def tree_pss(pid: int) -> float:
    """Return the PSS of the process and of all below it, in MiB; 0 where /proc does not tell."""
    total = 0
    waiting = [pid]
    while waiting:
        current = waiting.pop()
        try:
            rollup = Path(f"/proc/{current}/smaps_rollup").read_text()
            total += int(re.search(r"^Pss:\s+(\d+)", rollup, re.MULTILINE)[1])  # type: ignore[index]
            for task in Path(f"/proc/{current}/task").iterdir():
                waiting += map(int, (task / "children").read_text().split())
        except OSError:
            continue
    return total / 1024


if __name__ == "__main__":
    main()
