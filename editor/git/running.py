"""Running git where it may take long: its lines as they come, and its end with all that it started."""

import contextlib
import logging
import os
import re
import signal
import subprocess
import threading
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from editor.errors import GitError
from editor.git.command import installed_git
from editor.translation import gettext as _

_log = logging.getLogger(__name__)

_LOOK_SECONDS = 0.03
"""How often `cancelled` is asked."""
_GRACE_SECONDS = 3.0
"""How long programs that are asked to end may take: a hook that has put changes aside lays them back."""
_REST_SECONDS = 1.0
"""How long to wait for the rest of the output: a program that stays (an agent, a shared ssh) may hold it open."""
_KEPT = 200_000
"""Characters of the output that are kept, from its end."""
_LONGEST_LINE = 10_000
"""Bytes after which what is printed counts as a line, though it has no end: nobody reads more in one."""

_LINE_END = re.compile(rb"\r?\n|\r(?=.)", re.DOTALL)
_ESCAPES = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[@-Z\\-_])")


@dataclass(frozen=True, slots=True)
class Ended:
    """How a run ended."""

    status: int | None
    """The exit status; None where it was cancelled."""
    output: str


def run_aloud(
    arguments: Sequence[str],
    folder: Path,
    environment: Mapping[str, str],
    said: Callable[[str], None],
    cancelled: Callable[[], bool],
) -> Ended:
    """Run git with `arguments` in `folder` to its end, or until `cancelled`; raises GitError where it can't be run.

    `said` gets each line without its end and colours, in another thread; of a line that is written over again, as
    progress is, it gets each state, while only the last is in the output.
    """
    command = [installed_git(), *arguments]
    try:
        process = subprocess.Popen(
            command,
            cwd=folder,
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            # A session of its own has no terminal that something could ask in, and can be ended as a whole.
            start_new_session=os.name != "nt",
            creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
        )
    except (OSError, ValueError) as error:
        raise GitError(_("git can't be run: {reason}").format(reason=error)) from error
    listener = _Listener(process, said)
    try:
        while (status := _wait(process, _LOOK_SECONDS)) is None:
            if cancelled():
                _end(process)
                return Ended(None, listener.rest())
    except BaseException:
        _end(process)
        raise
    return Ended(status, listener.rest())


class _Listener:
    """Reads what a process prints, in a thread of its own."""

    def __init__(self, process: subprocess.Popen[bytes], said: Callable[[str], None]) -> None:
        self._process = process
        self._said = said
        self._lock = threading.Lock()
        self._lines: deque[str] = deque()
        self._size = 0
        """Characters in the lines, with an end each."""
        self._over = False
        self._thread = threading.Thread(target=self._read, name="git output", daemon=True)
        self._thread.start()

    def rest(self) -> str:
        """Return all that was printed, once the process is gone; what others print later is not heard."""
        self._thread.join(_REST_SECONDS)
        with self._lock:
            self._over = True
            return "\n".join(self._lines)[-_KEPT:]

    def _read(self) -> None:
        stream = self._process.stdout
        assert stream is not None
        pending = b""
        with stream:
            while data := os.read(stream.fileno(), 65_536):
                pending = self._lines_of(pending + data)
            if pending:
                self._hear(pending, last=True)

    def _lines_of(self, data: bytes) -> bytes:
        """Hear the lines in `data`, and return what is not the end of one yet."""
        # A carriage return at the very end may be half of a line ending.
        start = 0
        for found in _LINE_END.finditer(data):
            self._hear(data[start : found.start()], last=found.group().endswith(b"\n"))
            start = found.end()
        data = data[start:]
        while len(data) > _LONGEST_LINE:
            self._hear(data[:_LONGEST_LINE], last=True)
            data = data[_LONGEST_LINE:]
        return data

    def _hear(self, line: bytes, *, last: bool) -> None:
        """Hand a line on; it stays in the output if it is the `last` state of it."""
        text = _ESCAPES.sub("", line.decode("utf-8", "replace")).rstrip()
        with self._lock:
            if self._over:
                return
            if last:
                self._keep(text)
        try:
            self._said(text)
        except Exception:  # whoever listens: git must not be left waiting for somebody to read on
            _log.exception("a line of git's could not be shown")
            self._said = lambda _line: None

    def _keep(self, text: str) -> None:
        """Take a line over, and leave out the first ones where all are too long by now."""
        self._lines.append(text)
        self._size += len(text) + 1
        while self._size > _KEPT and len(self._lines) > 1:
            self._size -= len(self._lines.popleft()) + 1


def _wait(process: subprocess.Popen[bytes], seconds: float) -> int | None:
    try:
        return process.wait(seconds)
    except subprocess.TimeoutExpired:
        return None


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a process and all of its group: first as Ctrl+C does, at last by force."""
    if os.name == "nt":
        command = ["taskkill", "/T", "/F", "/PID", str(process.pid)]
        subprocess.run(command, capture_output=True, check=False)
        _wait(process, _GRACE_SECONDS)
        return
    for sign in (signal.SIGINT, signal.SIGTERM, signal.SIGKILL):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, sign)
        if _group_ends(process):
            return


def _group_ends(process: subprocess.Popen[bytes]) -> bool:
    """Wait for a while, and tell whether no process of the group is left."""
    for _look in range(round(_GRACE_SECONDS / _LOOK_SECONDS)):
        _wait(process, _LOOK_SECONDS)
        try:
            os.killpg(process.pid, 0)
        except (ProcessLookupError, PermissionError):
            return True
        if process.returncode is not None:
            threading.Event().wait(_LOOK_SECONDS)
    return False
