"""Kill the program at random moments while it types and saves, start it again, and compare.

    python -m tests.failures.kills --count 1000 --seed 1 [--window] [--in-place]

After each kill the file on disk must be the old or a new text, whole, and what is unsaved must be in the
journal: all but what was typed in the last quarter of a second. `--window` kills the whole window with its preview,
`--in-place` a post that has two names, which is written in place. Prints how many characters were lost (p50, max), how
old the oldest lost one was, and exits with 1 where a file was torn or too much lost, with 2 where the typist ended
before it was killed. Unix only.
"""

import argparse
import contextlib
import json
import os
import random
import signal
import statistics
import sys
import tempfile
import threading
import time
import traceback
from dataclasses import dataclass, field
from pathlib import Path

from editor.post.text_edit import TextEdit

PROMISED = 0.25
"""Seconds of typing that a kill may cost."""

BEGINNING = "---\r\ntitle: Killed\r\n---\r\nFirst line.\r\n"


BEGINS_WITHIN = 60.0
"""Seconds that a typist may take to start."""


class EndedByItself(Exception):
    """The typist ended, or never began: nothing was tried."""


@dataclass
class Run:
    """What one process did until it was killed, and what was found afterwards."""

    told: list[list[object]] = field(default_factory=list)
    killed: float = 0.0
    on_disk: bytes = b""
    recovered: str = ""
    was_unsaved: bool = False

    @property
    def texts(self) -> list[tuple[float, str]]:
        """The texts that there were, with the moments at which they came to be."""
        edits = [(float(str(line[1])), str(line[2])) for line in self.told if line[0] == "edit"]
        return [(0.0, BEGINNING), *edits]

    def torn(self) -> str:
        """Return what is wrong with the file on disk, or nothing."""
        if self.on_disk in {text.encode() for _moment, text in self.texts}:
            return ""
        return f"the file holds {self.on_disk[:80]!r}… ({len(self.on_disk)} bytes), which was never the text"

    def lost(self) -> tuple[int, float] | None:
        """Return how many characters were lost, and how long before the kill the first of them was typed.

        None where what was recovered was never the text.
        """
        texts = self.texts
        known = [index for index, (_moment, text) in enumerate(texts) if text == self.recovered]
        if not known:
            # Killed between an edit and the word about it.
            near = abs(len(texts[-1][1]) - len(self.recovered)) <= 12
            return (0, 0.0) if near and _nearly(texts[-1][1], self.recovered) else None
        last = known[-1]
        if last + 1 == len(texts):
            return 0, 0.0
        characters = sum(
            max(1, abs(len(texts[index][1]) - len(texts[index - 1][1])))
            for index in range(last + 1, len(texts))
        )
        return characters, self.killed - texts[last + 1][0]


def _nearly(one: str, other: str) -> bool:
    edit = TextEdit.between(one, other)
    return edit is None or max(edit.end - edit.start, len(edit.replacement)) <= 12


def kill_one(seed: int, folder: Path, *, window: bool = False, in_place: bool = False) -> Run:
    """Start a typist in `folder`, kill it after a random time, and look at what it left."""
    rng = random.Random(seed)
    post = folder / "site" / "post.md"
    post.parent.mkdir(parents=True)
    post.write_bytes(BEGINNING.encode())
    if in_place:
        post.with_name("other.md").hardlink_to(post)
    home = folder / "home"
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(read)
        os.setsid()
        os.environ["COPYDESK_HOME"] = str(home)
        quiet = os.open(os.devnull, os.O_WRONLY)
        os.dup2(quiet, 2)
        try:
            from tests.failures.typist import type_for_ever

            type_for_ever(post, write, seed, window)
        except BaseException:  # it must not go on as the one that kills
            os.write(write, json.dumps(["raised", traceback.format_exc()]).encode() + b"\n")
        os._exit(3)
    os.close(write)
    run = Run()
    begun = threading.Event()

    def listen() -> None:
        with os.fdopen(read, "rb") as pipe:
            for line in pipe:
                if line.endswith(b"\n"):
                    run.told.append(json.loads(line))
                    if run.told[-1][0] == "begun":
                        begun.set()
        begun.set()  # it has ended

    listening = threading.Thread(target=listen, daemon=True)
    listening.start()
    began = begun.wait(BEGINS_WITHIN)
    time.sleep(rng.uniform(0.0, 1.5))
    ended, status = os.waitpid(child, os.WNOHANG)
    run.killed = time.time()
    with contextlib.suppress(ProcessLookupError):  # nothing of it is left
        os.killpg(child, signal.SIGKILL)
    if not ended:
        _child, status = os.waitpid(child, 0)
    listening.join(5)  # a process that outlives it may hold the pipe open
    raised = [str(line[1]) for line in run.told if line[0] == "raised"]
    if ended or raised or not (os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL):
        words = raised[0] if raised else f"its status is {status}"
        raise EndedByItself(f"the typist ended by itself, so that nothing was tried: {words}")
    if not began or not run.told:
        raise EndedByItself(
            f"the typist did not begin within {BEGINS_WITHIN:.0f} s, so that nothing was tried"
        )
    look(run, post, home)
    return run


def look(run: Run, post: Path, home: Path) -> None:
    """Do what the next start does, and note what was found."""
    from editor.post.in_place import repair
    from editor.post.recovery.unsaved import journal_folder, unsaved_posts

    folder = journal_folder(home / "state")
    repair(folder)
    run.on_disk = post.read_bytes()
    unsaved = [found for found in unsaved_posts(folder) if found.path == post]
    run.was_unsaved = bool(unsaved)
    run.recovered = unsaved[0].text if unsaved else run.on_disk.decode("utf-8", "replace")


def main() -> int:
    """Kill as often as the command line says, and report."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--window", action="store_true")
    parser.add_argument("--in-place", action="store_true")
    arguments = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    if not arguments.window:
        import tests.failures.typist  # noqa: F401  (read once, for all that are forked)
        from editor.ui import app  # noqa: F401
    characters, ages, wrong, saves = [], [], [], 0
    for number in range(arguments.count):
        with tempfile.TemporaryDirectory(prefix="copydesk-kill-") as folder:
            seed = arguments.seed * 100_000 + number
            try:
                run = kill_one(seed, Path(folder), window=arguments.window, in_place=arguments.in_place)
            except EndedByItself as error:
                print(f"seed {seed}: {error}", file=sys.stderr)
                return 2
        saves += sum(line[0] == "saved" for line in run.told)
        lost = run.lost()
        problem = run.torn()
        if lost is None:
            problem = problem or "what was recovered was never the text"
        else:
            characters.append(lost[0])
            ages.append(lost[1])
            if lost[1] > PROMISED:
                problem = problem or f"what was typed {lost[1]:.3f} s before is lost"
        if problem:
            wrong.append((seed, problem))
            print(f"seed {seed}: {problem}", flush=True)
    print(
        f"{arguments.count} kills, {saves} saves: {len(wrong)} wrong; characters lost p50 "
        f"{statistics.median(characters or [0]):.0f}, max {max(characters or [0])}; oldest lost "
        f"{1000 * max(ages or [0]):.0f} ms"
    )
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
