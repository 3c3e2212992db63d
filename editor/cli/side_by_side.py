"""side_by_side(): the same work on many things, by two processes where that is safe and pays."""

import multiprocessing
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from multiprocessing.connection import Connection
from typing import TypeVar

from editor.errors import CopydeskError
from editor.translation import gettext as _

_MOST = 4
"""Processes: each has a worker of its own that renders."""

Thing = TypeVar("Thing")
Result = TypeVar("Result")


def processes_for(count: int, each: int) -> int:
    """Return how many processes are worth their start for `count` things, where each should have `each` of them.

    One where the system can't copy a process as it is (macOS and Windows).
    """
    if sys.platform != "linux" or threads_run():
        return 1
    return max(1, min(_MOST, len(os.sched_getaffinity(0)), count // each))


def threads_run() -> bool:
    """Return whether this process has other threads: a copy of it would lack them, and what they hold."""
    import threading

    return threading.active_count() > 1


def side_by_side(
    work: Callable[[Thing], Result], things: Sequence[Thing], processes: int
) -> Iterator[Result]:
    """Yield `work(thing)` for each of `things`, in their order; results are pickled.

    The processes are copies of this one, which has no other threads; each does every so-manieth thing. Raises
    CopydeskError where one of them is gone.
    """
    if processes <= 1:
        yield from map(work, things)
        return
    context = multiprocessing.get_context("fork")
    lines: list[Connection] = []
    copies = []
    sys.stdout.flush()
    sys.stderr.flush()
    try:
        for number in range(processes):
            ours, theirs = context.Pipe(duplex=False)
            copy = context.Process(target=_work, args=(work, things[number::processes], theirs), daemon=True)
            copy.start()
            theirs.close()
            lines.append(ours)
            copies.append(copy)
        for number in range(len(things)):
            try:
                yield lines[number % processes].recv()
            except EOFError:
                raise CopydeskError(_("A part of the check has ended unexpectedly")) from None
    finally:
        for copy in copies:
            copy.terminate()
        for copy in copies:
            copy.join()
        for line in lines:
            line.close()


def _work(work: Callable[[Thing], Result], things: Sequence[Thing], line: Connection) -> None:
    """Do the work in a copy of the process, and tell no one of its end."""
    try:
        for thing in things:
            line.send(work(thing))
    except (KeyboardInterrupt, BrokenPipeError):
        os._exit(130)
