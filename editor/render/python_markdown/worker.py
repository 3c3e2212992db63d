"""The render worker: reads requests from stdin, one JSON object a line, and writes an answer to each.

Started by its file path (`python -P worker.py [NICENESS [FAMILY]]`), from a folder outside the site; what it takes
from its neighbours it loads from its own folder; the renderers of the other families, which run in our own
interpreter alone, from the folders beside it, once a document of theirs is opened. With a FAMILY it is ready when
it has that one's renderer, and tells what that stands on. The requests and answers are described in
`editor/render/protocol.py`. It ends when stdin is closed.
"""

# Paths are texts here: the extensions take and give them as such.
# ruff: noqa: PTH100, PTH118, PTH120
from __future__ import annotations

import gc
import importlib
import json
import os
import signal
import sys
import time
import traceback
import types
from contextlib import suppress
from typing import TYPE_CHECKING, Any, BinaryIO

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Protocol

    from editor.render.python_markdown.documents import Document
    from editor.render.python_markdown.patches import Patch, PatchedPage

    class PageRenderer(Protocol):
        """Renders the documents of one family."""

        def render(self, document: Document) -> tuple[str, list[list[str]], list[str]]:
            """Return the whole page as published, the notes, and the files that were read for it."""
            ...

        def patch(self, document: Document) -> PatchedPage:
            """Return what changed since the last patch of this document; all of it the first time."""
            ...


_PACKAGE = "editor.render.python_markdown"
_FOLDER = os.path.dirname(os.path.abspath(__file__))

_OTHER_RENDERERS = {"commonmark": "CommonMarkRenderer", "kramdown": "KramdownRenderer"}
"""Family to class, in the module `renderer` of the folder of that name beside this one."""

_OLDEST = (3, 9)
"""The Python that the modules of this folder are written for."""

_PROTOCOL = 2
"""As in `editor/render/protocol.py`."""

_PART = 128 * 1024
"""Characters of HTML in a line: a longer one would hold up the window while it is read."""

_MANY_OBJECTS = 200_000
"""A page that has more is looked through for what is left of it when another one is opened."""

_HEAD = 24_000
"""Code points of a long text that are shown before all of it has been rendered."""

_LONG = 150_000
"""Code points: the text of which that is done."""


def adopt_neighbours() -> None:
    """Make the modules beside this file importable under their full name, and nothing else of the program."""
    if _PACKAGE not in sys.modules:
        for depth in range(1, 4):
            _add_package(".".join(_PACKAGE.split(".")[:depth]), _FOLDER if depth == 3 else None)


def _add_package(name: str, folder: str | None) -> None:
    outer, _, own = name.rpartition(".")
    package = types.ModuleType(name)
    package.__path__ = [] if folder is None else [folder]
    sys.modules[name] = package
    if outer:
        setattr(sys.modules[outer], own, package)


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


def make_renderer(family: str) -> PageRenderer:
    """Return a renderer of the dialects of one family, with all that it needs loaded.

    Raises ValueError for a family that there is none for.
    """
    if family == "python-markdown":
        from editor.render.python_markdown.confined import Confinement
        from editor.render.python_markdown.renderer import Renderer

        return Renderer(Confinement())
    if family not in _OTHER_RENDERERS:
        raise ValueError(f"unknown family {family!r}")
    outer = _PACKAGE.rpartition(".")[0]
    package = f"{outer}.{family}"
    if not sys.modules["editor.render"].__path__ and package not in sys.modules:
        for name in _OTHER_RENDERERS:  # they have parts in common
            _add_package(f"{outer}.{name}", os.path.join(os.path.dirname(_FOLDER), name))
    module = importlib.import_module(f"{package}.renderer")
    renderer: PageRenderer = getattr(module, _OTHER_RENDERERS[family])()
    return renderer


class Worker:
    """Answers requests, one at a time."""

    def __init__(self) -> None:
        from editor.render.python_markdown.documents import Documents

        self._documents = Documents()
        self._renderers: dict[str, PageRenderer] = {}
        """By the family that they render."""
        self._patched: dict[str, int] = {}
        """The revision of the last patch of each document."""
        self._shown: list[str] = []
        """What the other side shows, as far as it has told before it asks to verify."""

    def answers(self, request: dict[str, Any]) -> Iterator[dict[str, Any]]:
        """Yield the answer to one request, in parts; whatever goes wrong becomes an answer too."""
        from editor.render.python_markdown.documents import MismatchError

        answer = {"document": request.get("document"), "revision": request.get("revision")}
        try:
            kind = request.get("request")
            if kind == "shown":
                self._shown += request["html"]
                return
            started = time.perf_counter()
            if kind == "verify":
                found = self._verify(request)
                milliseconds = (time.perf_counter() - started) * 1000
                yield {"answer": "verified", **answer, "corrections": found, "milliseconds": milliseconds}
                return
            document = self._document(request)
            if kind not in ("render", "more") and not request.get("render"):
                yield {"answer": "held", **answer}
                return
            answer["revision"] = document.revision
            if kind == "open" and len(document.content) > _LONG:
                with suppress(Exception):  # the page itself is still to come
                    head = document.head(_HEAD)
                    yield {"answer": "head", **answer, **self._head(head)}
                    document.like = head
            document.within = request.get("within")
            page = self._renderer(document).patch(document)
            patched = {
                "base": None if page.patch.fresh else self._patched[request["document"]],
                "first_line": page.first_line,
                "changes": [],
                "notes": page.notes,
                "files": page.files,
                "milliseconds": (time.perf_counter() - started) * 1000,
                "rendered": page.patch.rendered,
                "whole": page.patch.whole,
                "more": page.patch.more,
            }
            self._patched[request["document"]] = document.revision
        except MismatchError as error:
            yield {"answer": "mismatch", **answer, "error": str(error)}
            return
        except (Exception, SystemExit) as error:
            named = f"{type(error).__name__}: {error}"
            yield {"answer": "failed", **answer, "error": named, "details": traceback.format_exc()}
            return
        *early, changes = _in_parts(page.patch)
        for part in early:
            yield {"answer": "blocks", **answer, "blocks": part}
        yield {"answer": "patched", **answer, **patched, "changes": changes}

    def load(self, family: str) -> dict[str, str]:
        """Make the renderer of a family and try it; return the versions of what it stands on.

        Raises whatever keeps it from rendering: a Markdown that does not go with this Python comes out here.
        """
        from editor.render.python_markdown.documents import document_of
        from editor.render.python_markdown.versions import installed

        self._renderers[family] = make_renderer(family)
        nothing = {"root": _FOLDER, "path": "", "facts": {}}
        dialect = {"family": family, "options": {}}
        self._renderers[family].render(
            document_of({"revision": 0, "text": "a", "dialect": dialect, "context": nothing})
        )
        return installed()

    def _document(self, request: dict[str, Any]) -> Document:
        kind = request.get("request")
        if kind == "open":
            document = self._documents.open(request)
            _enter(document.root if document.options.get("trusted") else _FOLDER)
            return document
        if kind == "edit":
            return self._documents.edit(request)
        if kind == "render":
            return self._documents.renew(request["document"])
        if kind == "more":
            return self._documents[request["document"]]
        raise ValueError(f"unknown request {kind!r}")

    def _renderer(self, document: Document) -> PageRenderer:
        found = self._renderers.get(document.family)
        if found is None:
            found = self._renderers[document.family] = make_renderer(document.family)
        return found

    def _head(self, head: Document) -> dict[str, Any]:
        """Return the blocks that a long text begins with, more or less: what stands below may change them."""
        page = self._renderer(head).patch(head)
        blocks = [[block.html, block.lines] for change in page.patch.changes for block in change.blocks]
        return {"first_line": page.first_line, "blocks": blocks, "notes": page.notes, "files": page.files}

    def _verify(self, request: dict[str, Any]) -> list[tuple[int, int, str]]:
        from editor.render.python_markdown.documents import document_of
        from editor.render.python_markdown.verification import corrections

        shown, self._shown = self._shown, []
        document = document_of(request)
        _enter(document.root if document.options.get("trusted") else _FOLDER)
        html, _notes, _files = self._renderer(document).render(document)
        return corrections(shown, html)


def _in_parts(patch: Patch) -> Iterator[list[Any]]:
    """Yield the changes of a patch as JSON data; of a fresh one with much in it, the first blocks before that."""
    blocks: list[list[Any]] = [
        [block.html, block.lines] for change in patch.changes for block in change.blocks
    ]
    start = size = 0
    if patch.fresh:
        for at, (html, _lines) in enumerate(blocks):
            size += len(html)
            if size > _PART:
                yield blocks[start : at + 1]
                start, size = at + 1, 0
        yield [[0, None, blocks[start:]]]
        return
    yield [
        [change.start, change.removed, [[block.html, block.lines] for block in change.blocks]]
        for change in patch.changes
    ]


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
    if sys.argv[1:] and hasattr(os, "nice"):
        os.nice(int(sys.argv[1]))
    requests, answers = take_pipes()
    worker = Worker()

    def write(answer: dict[str, Any]) -> None:
        line = json.dumps(answer, ensure_ascii=False, separators=(",", ":"))
        answers.write(line.encode("utf-8", "surrogatepass") + b"\n")
        answers.flush()

    ready = {"answer": "ready", "protocol": _PROTOCOL, "python": "{}.{}.{}".format(*sys.version_info[:3])}
    if sys.argv[2:]:
        ready["versions"] = worker.load(sys.argv[2])
    write(ready)
    for line in requests:
        request = json.loads(line.decode("utf-8", "surrogatepass"))
        _arm(2 * float(request.get("limit") or 0))
        opens = request.get("request") == "open"
        if opens and gc.get_freeze_count() > _MANY_OBJECTS:
            gc.unfreeze()
            gc.collect()
        for answer in worker.answers(request):
            write(answer)
        if opens:
            # What a long page is made of is not looked through for garbage again while it is typed.
            gc.freeze()
        _arm(0)


if __name__ == "__main__":
    if sys.version_info < _OLDEST:
        sys.exit("this Python is too old")
    adopt_neighbours()
    leave_own_folder()
    main()
