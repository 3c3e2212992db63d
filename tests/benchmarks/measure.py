"""Measure what a writer waits for, in posts of three lengths: start, echo and preview of a key, and memory.

    python -m tests.benchmarks.measure POST [--sizes 1,10,100] [--keys N] [--bursts N] [--starts N]
                                            [--kinds real,rich] [--json FILE] [--plot FILE.svg]

Run it from the checkout, on a screen (`xvfb-run -s "-screen 0 1600x1000x24"`) or offscreen (QT_QPA_PLATFORM=offscreen).
POST is copied with its site, and its body repeated for the larger sizes (`real`); `rich` are posts of the same sizes
full of footnotes, tabs, code and math. Single keys come after rests of 250 to 550 ms; the keys of a burst follow each
other every 30 ms. Wall time, in milliseconds:

- first screen: from starting the interpreter to the text painted; start: to the first painted preview (modules are
  compiled, as in an installation);
- echo: from the key press to the end of the editor's paint event that shows it;
- patched: to the page's word that the revision of that key, or a later one, is in its DOM;
- painted: to its word that this is painted (two animation frames, and the pictures in view, after the patch);
- busy: processor time of the GUI thread for the key itself, which a busy machine does not change;
- early: a key as soon as the first screen is painted, while the worker still opens the post;
- rendered: how many blocks a key had rendered; corrected: how many places verification had to correct;
- memory: the proportional set size (PSS) of the process tree in MiB, after opening and after typing (Linux).

`ratio` is a figure at one size against that at the smallest. A benchmark, not a test: it asserts nothing. To time it
from outside, by pixels, run `copydesk POST` under Xvfb and inject keys with a tool that polls the screen.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from tests.benchmarks.plot import Line, latency_plot
from tests.benchmarks.posts import copied, rich

ROOT = Path(__file__).resolve().parents[2]
LATENCIES = ("echo", "patched", "painted")
_RUN = "import gc; gc.disable(); from tests.benchmarks import typing_run; typing_run.run()"
FIGURES = (*LATENCIES, "busy", "rendered")

Row = dict[str, Any]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("post", type=Path)
    parser.add_argument("--sizes", default="1,10,100", help="how many times the body is repeated")
    parser.add_argument("--kinds", default="real,rich")
    parser.add_argument("--keys", type=int, default=30, help="single keys at each place")
    parser.add_argument("--bursts", type=int, default=4, help="bursts of twelve keys at each place")
    parser.add_argument("--starts", type=int, default=3, help="windows opened for each size")
    parser.add_argument("--json", type=Path, metavar="FILE")
    parser.add_argument("--plot", type=Path, metavar="FILE.svg")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as compiled:
        rows = all_rows(arguments, compile_into(compiled))
    print(ratios(rows))
    if arguments.json:
        arguments.json.write_text(json.dumps(rows, indent=2) + "\n", "utf-8")
    if arguments.plot:
        arguments.plot.write_text(latency_plot(panels(rows)), "utf-8")


def compile_into(folder: str) -> dict[str, str]:
    """Compile the modules as an installation does, and return the environment that makes use of them."""
    environment = {**os.environ, "PYTHONPYCACHEPREFIX": folder}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    for what in (["-m", "compileall", "-q", "editor", "tests/benchmarks"], ["-c", "import editor.ui.app"]):
        subprocess.run([sys.executable, *what], cwd=ROOT, env=environment, check=True)
    return environment


def all_rows(arguments: argparse.Namespace, environment: dict[str, str]) -> list[Row]:
    """Measure every kind and size, and print each as it is done."""
    rows: list[Row] = []
    for kind in arguments.kinds.split(","):
        for times in map(int, arguments.sizes.split(",")):
            with tempfile.TemporaryDirectory() as folder:
                post = copied(arguments.post, Path(folder), times)
                if kind == "rich":
                    size = post.stat().st_size
                    post = rich(Path(folder) / "rich", size)
                counts = arguments.keys, arguments.bursts, arguments.starts
                rows.append(measured(kind, post, counts, environment))
            print(table(rows[-1:], heading=len(rows) == 1), flush=True)
    return rows


def measured(kind: str, post: Path, counts: tuple[int, int, int], environment: dict[str, str]) -> Row:
    """Open windows on `post`, type in the first of them, and return all figures; `counts`: keys, bursts, starts."""
    keys, bursts, starts = counts
    runs = [run(post, keys if n == 0 else 0, bursts, environment) for n in range(max(1, starts))]
    typed = runs[0]["typed"]
    cells = {
        f"{place} {way}": {name: spread([key[name] for key in pressed]) for name in FIGURES}
        for place, ways in typed.items()
        for way, pressed in ways.items()
    }
    everything = [key for ways in typed.values() for pressed in ways.values() for key in pressed]
    cells["all"] = {name: spread([key[name] for key in everything]) for name in FIGURES}
    return {
        "kind": kind,
        "bytes": post.stat().st_size,
        "first_screen": spread([r["first_screen"] for r in runs]),
        "start": spread([r["start"] for r in runs]),
        "opened": runs[0]["opened"],
        "memory": runs[0]["memory"],
        "early": runs[0]["early"],
        "corrected": runs[0]["corrected"],
        "keys": len(everything),
        "cells": cells,
    }


def run(post: Path, keys: int, bursts: int, environment: dict[str, str]) -> dict[str, Any]:
    """Start a window of its own on `post`, type and return what it measured."""
    with tempfile.TemporaryDirectory() as home:
        command = (sys.executable, "-c", _RUN, str(post), str(time.time()))
        done = subprocess.run(
            [*command, str(keys), str(bursts)],
            cwd=ROOT,
            env={**environment, "COPYDESK_HOME": home},
            capture_output=True,
            text=True,
            timeout=1800,
            check=False,
        )
    if done.returncode:
        sys.exit(done.stderr[-3000:])
    result: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return result


def spread(values: list[float | None]) -> dict[str, float] | None:
    """Return p50, p95, the largest and how many there are, those that never came left out; None without any."""
    ordered = sorted(value for value in values if value is not None)
    if not ordered:
        return None
    return {
        "p50": statistics.median(ordered),
        "p95": ordered[int(0.95 * (len(ordered) - 1))],
        "max": ordered[-1],
        "count": len(ordered),
    }


def table(rows: list[Row], *, heading: bool = True) -> str:
    """Return the figures of each size: one line for all of it, one for each place and way of typing."""
    lines = []
    if heading:
        names = "".join(f"{name + ' p50/p95/max':>26}" for name in LATENCIES)
        lines.append(f"{'post':24}{names}{'busy p50/p95':>16}{'blocks p50/max':>16}")
    for row in rows:
        first, start = row["first_screen"], row["start"]
        lines.append(
            f"{row['kind']}, {row['bytes']:,} bytes: first screen {first['p50']:.0f} ms, preview painted"
            f" {start['p50']:.0f} ms, PSS {row['opened']:.0f} MiB, after typing {row['memory']:.0f};"
            f" {row['corrected']} corrections in {row['keys']} keys"
        )
        if row["early"]:
            lines.append(
                f"  {'while it is opened':22}" + "".join(f"{_one(row['early'][n]):>26}" for n in LATENCIES)
            )
        for name, cell in row["cells"].items():
            shown = "".join(f"{_shown(cell[figure]):>26}" for figure in LATENCIES)
            busy, blocks = cell["busy"], cell["rendered"]
            lines.append(
                f"  {name:22}{shown}"
                + (f"{busy['p50']:11.1f}/{busy['p95']:.1f}" if busy else " " * 16)
                + (f"{blocks['p50']:11.0f}/{blocks['max']:.0f}" if blocks else "")
            )
    return "\n".join(lines)


def _shown(figure: dict[str, float] | None) -> str:
    return f"{figure['p50']:.1f}/{figure['p95']:.1f}/{figure['max']:.1f}" if figure else "-"


def _one(figure: float | None) -> str:
    return "-" if figure is None else f"{figure:.1f}"


def ratios(rows: list[Row]) -> str:
    """Return how the figures of each size stand to those of the smallest of its kind."""
    lines = []
    for row in rows:
        first = next(other for other in rows if other["kind"] == row["kind"])
        if row is first:
            continue
        shown = []
        for name in (*LATENCIES, "busy"):
            now, then = row["cells"]["all"][name], first["cells"]["all"][name]
            if now and then:
                shown.append(
                    f"{name} {now['p50'] / then['p50']:.2f} (p50) {now['p95'] / then['p95']:.2f} (p95)"
                )
        shown.append(f"memory {row['memory'] / first['memory']:.2f}" if first["memory"] else "")
        lines.append(f"{row['kind']} {row['bytes']:,} : {first['bytes']:,} ratio  " + ", ".join(shown))
    return "\n".join(lines)


def panels(rows: list[Row]) -> list[tuple[str, list[Line]]]:
    """Return the lines to plot, a panel for each kind of post."""
    found = []
    for kind in dict.fromkeys(row["kind"] for row in rows):
        lines: list[Line] = []
        for name in LATENCIES:
            for share in ("p50", "p95"):
                points = [
                    (row["bytes"], row["cells"]["all"][name][share])
                    for row in rows
                    if row["kind"] == kind and row["cells"]["all"][name]
                ]
                if points:
                    lines.append((name, share, points))
        found.append((f"{kind} post: from the key press", lines))
    return found


if __name__ == "__main__":
    main()
