"""Plain data that goes between a site, the window and the render worker."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


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
    """What of this very post could not be reproduced (translated); the dialect's own reasons are not repeated."""


@dataclass(frozen=True, slots=True)
class RenderFailure:
    """Why a revision could not be rendered: the last good page stays."""

    revision: int
    message: str
    """One sentence (translated)."""
    details: str = ""
    """For the log: the worker's traceback."""
