"""Plain data that goes between a site, the window and the render worker.

The worker is spoken to in lines of JSON (UTF-8). It says `{"answer": "ready", "protocol": 2, "python"}` when it
is there, under a site's Python with `versions`, those of the packages that render, by name; then each request gets
one answer, with the same `document` and `revision`:

    {"request": "open", "document", "revision", "text", "dialect", "context", "close", "render", "limit", "within"}
        the whole text; `close` names a document that is not needed any more
    {"request": "edit", "document", "base", "revision", "edits", "length", "place", "hash", "render", "limit",
     "within"}
        `edits` is a list of [start, end, replacement], in code points, each on the result of the one before;
        `base` the revision that they begin with, `length` that of the resulting text in code points, and `hash` the
        CRC-32 of what it has around `place`, 64 code points before it and as many after it: neither side
        walks the whole text for a key
    {"request": "render", "document", "limit", "within"}
        the page once more, all of it: a file that it draws in has changed
    {"request": "more", "document", "limit", "within"}
        what is still to be rendered of the page
    {"request": "verify", "document", "revision", "text", "dialect", "context", "limit"}
        render the text as a whole and compare: the blocks that are shown came in lines before it,
        {"request": "shown", "html": [...]}, which are not answered

    {"answer": "held"}      open or edit without `render`
    {"answer": "patched", "base", "first_line", "changes", "notes", "files", "milliseconds", "rendered", "whole",
     "more"}
        `changes`: [start, removed, [[html, lines], ...]] in blocks of the page as it was at the revision `base`, from
        front to back, not overlapping; joined by line feeds, all blocks are the page. `base` is null where the one
        change is the whole page. `lines`: the source lines from a block's first to the next one's, null where
        they are not known; `first_line`: that of the file where the first block begins, from 0. `rendered`: how
        many blocks were rendered; `whole`: whether the page had to be rendered as a whole.
        `more`: whether blocks are still to be rendered: after `within` seconds (no matter how many, where that is
        missing) the worker answers with those that it has, what was edited last first. A block that was not there
        before is empty till then, and stands for all lines up to the next one that is; ask for `more`, or send
        an edit.
        `notes`: see editor.render.reasons; `files`: the absolute paths of what the page draws in.
        A long page comes in parts: {"answer": "blocks", "blocks": [[html, lines], ...]} lines before it hold
        the first blocks of its only change
        Before the page of a long text that is opened may come {"answer": "head", "first_line", "blocks", "notes",
        "files"}: what the page begins with, to be shown until it is there
    {"answer": "verified", "corrections", "milliseconds"}
        `corrections`: [[index, count, html], ...], the blocks of which together should show that HTML
    {"answer": "mismatch"}  the worker has another text: send it whole
    {"answer": "failed", "error", "details"}

`limit` is the time in seconds after which the asking side ends the worker.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

PROTOCOL = 2
"""The version of what is spoken with the worker; it says its own when it is ready."""


class Edit(Protocol):
    """Replaces the characters from `start` to `end` (code points), as `editor.post.text_edit.TextEdit`."""

    @property
    def start(self) -> int: ...

    @property
    def end(self) -> int: ...

    @property
    def replacement(self) -> str: ...


class Source(Protocol):
    """A text, as its owner holds it: it need not be in one piece to be asked for a part."""

    @property
    def text(self) -> str:
        """The whole text."""
        ...

    @property
    def length(self) -> int:
        """Its length in code points."""
        ...

    def slice(self, start: int, end: int) -> str:
        """Return what stands from `start` to `end` (code points; both within the text)."""
        ...


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
    interpreter: str = ""
    """The Python of a trusted site's own environment, an absolute path: the worker runs under it, so that the
    site's versions and extensions render. Empty: our own."""


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
