"""Plain data that goes between a site, the window and the render worker.

The worker is spoken to in lines of JSON (UTF-8). It says `{"answer": "ready", "protocol": 1}` when it is
there; then each request gets one answer, with the same `document` and `revision`:

    {"request": "open", "document", "revision", "text", "dialect", "context", "close", "render", "limit"}
        the whole text; `close` names a document that is not needed any more
    {"request": "edit", "document", "base", "revision", "edits", "hash", "render", "limit"}
        `edits` is a list of [start, end, replacement], in code points, each on the result of the one before;
        `base` the revision that they begin with, `hash` the CRC-32 of the resulting text
    {"request": "render", "document", "limit"}

    {"answer": "held"}      open or edit without `render`
    {"answer": "rendered", "html", "notes", "files", "milliseconds"}
        `notes`: see editor.render.reasons; `files`: the absolute paths of what the page draws in
    {"answer": "mismatch"}  the worker has another text: send it whole
    {"answer": "failed", "error", "details"}

`limit` is the time in seconds after which the asking side ends the worker.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

PROTOCOL = 1
"""The version of what is spoken with the worker; it says its own when it is ready."""


class Edit(Protocol):
    """Replaces the characters from `start` to `end` (code points), as `editor.post.text_edit.TextEdit`."""

    @property
    def start(self) -> int: ...

    @property
    def end(self) -> int: ...

    @property
    def replacement(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Dialect:
    """How one site writes Markdown; JSON data all through, so that it can be sent to the worker.

    `options` of the family `python-markdown`: `extensions` (list of names) and `extension_configs`
    (name -> options). A Python object in an option is `{"$python": "dotted.name"}`, a call of one
    `{"$python": "dotted.name", "args": [...], "kwds": {...}}`: the worker resolves it from its allow-list.
    """

    family: str
    options: Mapping[str, Any] = field(default_factory=dict)
    reasons: tuple[str, ...] = ()
    """Sentences (translated): what of the site's own rendering can't be reproduced, and why."""


@dataclass(frozen=True, slots=True)
class PageContext:
    """Where the post stands in its site, for all that depends on it (snippets, titles from metadata)."""

    root: str
    """The site's folder, absolute: nothing outside it is read."""
    path: str
    """The post's file, relative to `root`, with forward slashes; empty for an unsaved post."""
    facts: Mapping[str, Any] = field(default_factory=dict)
    """What the generator's own steps need (JSON data)."""


@dataclass(frozen=True, slots=True)
class RenderResult:
    """The HTML of one revision of a post, as published: no step for the screen has been done to it."""

    revision: int
    html: str
    milliseconds: float = 0.0
    reasons: tuple[str, ...] = ()
    """What of this very post could not be reproduced (translated); the dialect's reasons are not repeated."""
    files: tuple[str, ...] = ()
    """The absolute paths of the files, beside the post's own, that were read for it: snippets, pictures."""


@dataclass(frozen=True, slots=True)
class RenderFailure:
    """Why a revision could not be rendered: the last good page stays."""

    revision: int
    message: str
    """One sentence (translated)."""
    details: str = ""
    """For the log: the worker's traceback."""
