"""What a page's renderer hands over: its blocks, and what changed of them since the last time.

The blocks in their order, their HTML joined by line feeds, are the page.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple


@dataclass
class Block:
    """One top-level block of the page, with all that hangs on it."""

    html: str
    """As published, in final form; empty for what leaves nothing (definitions)."""
    lines: int | None
    """The source lines from its first to the next block's first; None: not known."""


@dataclass
class Change:
    """The blocks `start` to `start + removed` of the list before become `blocks`."""

    start: int
    removed: int
    blocks: list[Block]


@dataclass
class Patch:
    """The changes from front to back; they do not overlap, all count in the list before."""

    changes: list[Change] = field(default_factory=list)
    fresh: bool = False
    """Whether the patch does not build on the last one: its one change is the whole list."""
    rendered: int = 0
    """How many blocks were rendered for it."""
    whole: bool = False
    """Whether the page had to be rendered as a whole."""
    more: bool = False
    """Whether blocks are still to be rendered: the next patches have them."""


class PatchedPage(NamedTuple):
    """A patch with all that is told with it."""

    patch: Patch
    first_line: int
    """The line of the file, from 0, where the body begins."""
    notes: list[list[str]]
    files: list[str]
