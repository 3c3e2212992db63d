"""The render worker: reads requests from stdin, one JSON object a line, and writes an answer to each.

Started by its file path (`python -P worker.py`), from a folder outside the site; what it takes from its
neighbours it loads from its own folder. The requests and answers are described in
`editor/render/protocol.py`. It ends when stdin is closed.
"""

# Paths are texts here: the extensions take and give them as such.
# ruff: noqa: PTH100, PTH120
from __future__ import annotations

import json
import os
import signal
import sys
import time
import traceback
import types
from typing import Any, BinaryIO

_PACKAGE = "editor.render.python_markdown"
_FOLDER = os.path.dirname(os.path.abspath(__file__))


def adopt_neighbours() -> None:
    """Make the modules beside this file importable under their full name, and nothing else of the program."""
    if _PACKAGE in sys.modules:
        return
    outer = None
    for depth in range(1, 4):
        name = ".".join(_PACKAGE.split(".")[:depth])
        package = types.ModuleType(name)
        package.__path__ = [_FOLDER] if name == _PACKAGE else []
        sys.modules[name] = package
        if outer is not None:
            setattr(outer, name.rpartition(".")[2], package)
        outer = package


def leave_own_folder() -> None:
    """Take this file's folder off the search path, for interpreters that have no -P (before 3.11)."""
    if sys.path and os.path.abspath(sys.path[0]) == _FOLDER:
        del sys.path[0]


def take_pipes() -> tuple[BinaryIO, BinaryIO]:
    """Return the pipes of the protocol, moved away from where extensions print and read.

    What an extension, its C code or a program that it starts prints goes to stderr; reading stdin finds
    nothing.
    """
    requests, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.dup2(2, 1)
    sys.stdout = sys.stderr
    return requests, answers


class Worker:
    """Answers requests, one at a time."""

    def __init__(self) -> None:
        from editor.render.python_markdown.confined import Confinement
        from editor.render.python_markdown.documents import Documents
        from editor.render.python_markdown.renderer import Renderer

        self._documents = Documents()
        self._renderer = Renderer(Confinement())

    def answer(self, request: dict[str, Any]) -> dict[str, Any]:
        """Return the answer to one request; whatever goes wrong becomes an answer too."""
        from editor.render.python_markdown.documents import MismatchError

        answer = {"document": request.get("document"), "revision": request.get("revision")}
        try:
            kind = request.get("request")
            if kind == "open":
                document = self._documents.open(request)
                _enter(document.root if document.options.get("trusted") else _FOLDER)
            elif kind == "edit":
                document = self._documents.edit(request)
            elif kind == "render":
                document = self._documents[request["document"]]
                answer["revision"] = document.revision
            else:
                raise ValueError(f"unknown request {kind!r}")
            if kind != "render" and not request.get("render"):
                return {"answer": "held", **answer}
            started = time.perf_counter()
            html, notes, files = self._renderer.render(document)
            milliseconds = (time.perf_counter() - started) * 1000
        except MismatchError as error:
            return {"answer": "mismatch", **answer, "error": str(error)}
        except (Exception, SystemExit) as error:
            named = f"{type(error).__name__}: {error}"
            return {"answer": "failed", **answer, "error": named, "details": traceback.format_exc()}
        rendered = {"html": html, "notes": notes, "files": files, "milliseconds": milliseconds}
        return {"answer": "rendered", **answer, **rendered}


def _enter(folder: str) -> None:
    """Make `folder` the current one: a trusted site's own, as in a build, so that all is found."""
    os.chdir(folder)
    if folder != _FOLDER and folder not in sys.path:
        sys.path.append(folder)
        sys.dont_write_bytecode = True  # nothing is left behind in the site


def _arm(seconds: float) -> None:
    """Have the system end this process after `seconds` (0: no more), should nobody be there to do it.

    The other side keeps the time; this is for the case that it is gone while an extension never returns.
    """
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds)


def main() -> None:
    """Answer until stdin is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    requests, answers = take_pipes()
    worker = Worker()

    def write(answer: dict[str, Any]) -> None:
        line = json.dumps(answer, ensure_ascii=False, separators=(",", ":"))
        answers.write(line.encode("utf-8", "surrogatepass") + b"\n")
        answers.flush()

    write({"answer": "ready", "protocol": 1, "python": "{}.{}.{}".format(*sys.version_info[:3])})
    for line in requests:
        request = json.loads(line.decode("utf-8", "surrogatepass"))
        _arm(2 * float(request.get("limit") or 0))
        answer = worker.answer(request)
        _arm(0)
        write(answer)


if __name__ == "__main__":
    adopt_neighbours()
    leave_own_folder()
    main()
