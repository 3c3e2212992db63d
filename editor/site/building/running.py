"""Running a program as a group of processes: its lines as they come, its end, its whole group's end."""

import contextlib
import os
import re
import signal
import subprocess
import threading
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from editor.errors import BuildError
from editor.translation import gettext as _

_KEPT_LINES = 4_000
_LONGEST_LINE = 20_000
_GRACE_SECONDS = 3.0
"""So long a program that is asked to end may take to clean up."""
_SHELL = Path("/bin/sh")
_GUARD = """\
exec 3<&0
"$@" </dev/null 3<&- &
program=$!
(trap '' TERM; cat <&3; kill -TERM 0; sleep 3; kill -KILL 0) >/dev/null 2>&1 &
exec 3<&-
trap : TERM
wait "$program"; status=$?
while kill -0 "$program" 2>/dev/null; do wait "$program"; status=$?; done
exit "$status"
"""
"""Ends the whole group when the other end of its input closes: when this program is gone, however it went."""
_ESCAPES = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[@-Z\\-_])")


class Running:
    """A program that runs; its lines go to `on_line` in a thread of their own."""

    def __init__(
        self,
        arguments: Sequence[str],
        folder: Path,
        environment: Mapping[str, str],
        on_line: Callable[[str], None] = lambda _line: None,
    ) -> None:
        """Start `arguments` in `folder`; raises BuildError where that can't be done.

        `on_line` gets each line without its end, colours and overwritten parts; it must not raise.
        """
        self._on_line = on_line
        self.lines: deque[str] = deque(maxlen=_KEPT_LINES)
        """The last lines."""
        guarded = os.name != "nt" and _SHELL.is_file()
        start = [str(_SHELL), "-c", _GUARD, "sh", *arguments] if guarded else list(arguments)
        try:
            self._process = subprocess.Popen(
                start,
                cwd=folder,
                env=dict(environment),
                stdin=subprocess.PIPE if guarded else subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                start_new_session=os.name != "nt",
                creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
            )
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or error
            said = _("{program} can't be started: {reason}").format(
                program=Path(arguments[0]).name, reason=reason
            )
            raise BuildError(said) from error
        self._reader = threading.Thread(target=self._read, name="build output", daemon=True)
        self._reader.start()

    @property
    def status(self) -> int | None:
        """The exit status; None while the program runs."""
        return self._process.poll()

    def wait(self, seconds: float) -> int | None:
        """Wait for the end, at most `seconds`; return the exit status, or None."""
        try:
            return self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            return None

    def finish(self) -> None:
        """Wait until all that was printed is read; what else of the group still runs is ended."""
        self._signal(force=True)
        self._close()

    def end(self) -> None:
        """End the whole group: ask it, and after a while kill what is left of it."""
        self._signal(force=False)
        self.wait(_GRACE_SECONDS)
        self._signal(force=True)
        self.wait(_GRACE_SECONDS)
        self._close()

    def _close(self) -> None:
        if self._process.stdin is not None:
            with contextlib.suppress(OSError):
                self._process.stdin.close()
        self._reader.join(_GRACE_SECONDS)

    def _signal(self, *, force: bool) -> None:
        if os.name == "nt":
            if self._process.poll() is None:
                command = ["taskkill", "/T", "/F", "/PID", str(self._process.pid)]
                subprocess.run(command, capture_output=True, check=False)
            return
        # The group has the number of its first process, which stays its own as long as any is in it.
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL if force else signal.SIGTERM)

    def _read(self) -> None:
        stream = self._process.stdout
        assert stream is not None
        with stream:
            while raw := stream.readline(_LONGEST_LINE):
                line = _ESCAPES.sub("", raw.decode("utf-8", "replace")).rstrip("\r\n")
                line = line.rpartition("\r")[2]
                self.lines.append(line)
                self._on_line(line)


def run(
    arguments: Sequence[str],
    folder: Path,
    environment: Mapping[str, str],
    on_line: Callable[[str], None],
    cancelled: Callable[[], bool],
    limit: float,
) -> tuple[int | None, list[str]]:
    """Run a program to its end; return its exit status and its last lines.

    The status is None where `cancelled` or the `limit`, in seconds, ended it; which of them, `cancelled` tells.
    """
    running = Running(arguments, folder, environment, on_line)
    until = time.monotonic() + limit
    try:
        while (status := running.wait(0.05)) is None:
            if cancelled() or time.monotonic() > until:
                running.end()
                return None, list(running.lines)
        running.finish()
    except BaseException:
        running.end()
        raise
    return status, list(running.lines)
