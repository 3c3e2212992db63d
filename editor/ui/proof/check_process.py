"""The process that checks long posts: in the window's own, even another thread would hold up the keys meanwhile.

It gets pickled `Request`s on its standard input and answers each with the pickled list of diagnostics, or with the
exception that there was; both sides are this program, started from the same files. No Qt comes along.
"""

import os
import pickle
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO

from editor.errors import WorkerDied
from editor.proof.contents import Around, Content, check_content
from editor.proof.diagnostic import Diagnostic
from editor.proof.external_links import Outcome
from editor.proof.other_posts import OtherPosts
from editor.proof.rules import all_rules
from editor.proof.rules.web_links import web_rules
from editor.site.site import Site
from editor.translation import gettext as _
from editor.ui.proof.window_pages import Previewed, WindowPages

_NICENESS = 10
_SECONDS, _SECONDS_PER_MILLION = 20.0, 30.0
"""How long a check may take: so long, and for each million characters so much longer."""
_PROGRAM = "import sys; sys.path.insert(0, {root!r}); from editor.ui.proof import check_process; check_process.main()"


@dataclass(frozen=True, slots=True)
class Request:
    """A post, and what a check of it needs."""

    post: Content
    meta: Content | None
    site: Site | None
    others: OtherPosts | None
    """Both None where they are those of the request before."""
    previewed: Previewed | None
    web: Mapping[str, Outcome]

    def check(self, pages: WindowPages) -> list[Diagnostic]:
        """Return what all rules find; `site` and `others` have to be there."""
        assert self.site is not None and self.others is not None
        pages.show(self.post.path, self.previewed)
        rules = (*all_rules(), *web_rules(self.web))
        return check_content(self.site, self.post, Around(self.others, pages), self.meta, rules)


class NotSent(Exception):
    """A request holds something that can't go to another process."""


class CheckProcess:
    """Asks the process and waits for it, in one thread at a time; it is started when it is first needed."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._sent: tuple[Site | None, OtherPosts | None] = (None, None)
        self._ended = False

    def check(self, request: Request) -> list[Diagnostic]:
        """Return what is found; raises what the check has raised, WorkerDied where the process is gone.

        NotSent, where the request can't go to another process.
        """
        process = self._started()
        assert process.stdin is not None and process.stdout is not None
        asked = (request.site, request.others)
        if asked[0] is self._sent[0] and asked[1] is self._sent[1]:
            request = replace(request, site=None, others=None)
        try:
            data = pickle.dumps(request, pickle.HIGHEST_PROTOCOL)
        except (pickle.PicklingError, AttributeError, TypeError, RecursionError) as error:
            raise NotSent(str(error)) from error
        limit = _SECONDS + _SECONDS_PER_MILLION * len(request.post.text) / 1_000_000
        alarm = threading.Timer(limit, process.kill)
        alarm.daemon = True
        alarm.start()
        try:
            process.stdin.write(data)
            process.stdin.flush()
            self._sent = asked
            answer = pickle.load(process.stdout)
        except (OSError, EOFError, ValueError, pickle.UnpicklingError) as error:
            self.rest()
            raise WorkerDied(_("The check of the post ended unexpectedly.")) from error
        finally:
            alarm.cancel()
        if isinstance(answer, Exception):
            raise answer
        found: list[Diagnostic] = answer
        return found

    def rest(self) -> None:
        """End the process until it is needed again."""
        with self._lock:
            process, self._process = self._process, None
            self._sent = (None, None)
        if process is not None:
            process.kill()
            process.wait()
            _close(process)

    def end(self) -> None:
        """End the process for good, from any thread: who waits for it gets WorkerDied."""
        with self._lock:
            self._ended = True
            if self._process is not None:
                self._process.kill()

    def _started(self) -> "subprocess.Popen[bytes]":
        with self._lock:
            if self._ended:
                raise WorkerDied(_("The check of the post ended unexpectedly."))
            if self._process is None:
                root = Path(__file__).resolve().parents[3]
                try:
                    self._process = subprocess.Popen(
                        [sys.executable, "-P", "-c", _PROGRAM.format(root=str(root))],
                        cwd=Path(__file__).parent,
                        stdin=subprocess.PIPE,
                        stdout=subprocess.PIPE,
                        creationflags=getattr(subprocess, "BELOW_NORMAL_PRIORITY_CLASS", 0),
                    )
                except OSError as error:
                    raise WorkerDied(_("The check of the post can't be started.")) from error
            return self._process


def main() -> None:
    """Answer requests until there are no more: what the process does."""
    with suppress(OSError, AttributeError):
        os.nice(_NICENESS)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the window, whose end is ours
    answers = sys.stdout.buffer
    sys.stdout = sys.stderr  # what anything prints is no answer
    pages = WindowPages()
    try:
        _serve(sys.stdin.buffer, answers, pages)
    finally:
        pages.rest()


def _serve(requests: IO[bytes], answers: IO[bytes], pages: WindowPages) -> None:
    site: Site | None = None
    others: OtherPosts | None = None
    while True:
        try:
            request: Request = pickle.load(requests)
        except EOFError:
            return
        if request.site is not None:
            site, others = request.site, request.others
        answer: list[Diagnostic] | Exception
        try:
            answer = replace(request, site=site, others=others).check(pages)
        except Exception as error:  # told to whoever asked
            answer = error
        pickle.dump(answer, answers, pickle.HIGHEST_PROTOCOL)
        answers.flush()


def _close(process: "subprocess.Popen[bytes]") -> None:
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            with suppress(OSError):
                pipe.close()
