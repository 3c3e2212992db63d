"""What one generator's Markdown is to the rest of the program, and how its rules speak with the page.

A flavour owns a MarkdownIt instance. The page is cut into top-level blocks, and each is rendered by itself; what
only the whole page decides (the id of a heading that another one may have taken, the number of a footnote, a table of
contents) is a `Late` value, which a rule leaves behind with a mark in the HTML. When all blocks are known the
flavour's `bind` turns the values of all blocks into HTML at once. So a rule must tell everything that it needs
to know of another block by such values, and keep nothing in itself or in `env` from block to block.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore, block, normalize
from markdown_it.token import Token

from editor.render.python_markdown.notes import Notes

_MARK = re.compile("\ufdd0(\\d+)\ufdd1")
"""Characters that no text has: Unicode keeps them for a program's own use."""

FOLDED_LINE = "\ufdd4"
"""What stands in a prepared body for a line feed that is left out of it, so that lines can be counted."""


@dataclass(frozen=True)
class Late:
    """What one block tells and the whole page decides; made by a rule, bound by the flavour.

    Subclasses are frozen dataclasses too: they are compared, and while those of a page stay equal it is
    not bound again.
    """


@dataclass(frozen=True)
class Place:
    """Where the page stands in its site."""

    root: str = ""
    """The site's folder, absolute."""
    path: str = ""
    """The page's file, relative to it."""
    facts: Mapping[str, Any] = field(default_factory=dict)
    """What the site says about the page: `page_facts` of its generator."""


class Told:
    """What the rules tell while one block is rendered. They find it by `told(env)`."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self.lates: list[Late] = []
        self.notes = Notes()
        self.files: dict[str, None] = {}

    def late(self, late: Late) -> str:
        """Leave a value to be bound; return the mark that stands for it in the block's HTML.

        The mark may go anywhere, into an attribute too, or be thrown away where the value shows nowhere.
        """
        self.lates.append(late)
        return f"\ufdd0{len(self.lates) - 1}\ufdd1"

    def note(self, code: str, subject: str = "") -> None:
        """Note what could not be reproduced; `editor.render.reasons` has a sentence for each code."""
        self.notes.add(code, subject)

    def file(self, path: str) -> None:
        """Tell that a file, by its absolute path, was read for the block."""
        self.files[path] = None


def told(env: Any) -> Told:
    """Return where the rules of the block tell things; `env` is that of the state or the renderer."""
    found: Told = env["told"]
    return found


def define(env: Any, label: str, lines: Sequence[int]) -> None:
    """Note a definition that is not of an address, as a footnote's; `lines` are the first and the one after the last.

    A later one of the same label is noted too: it holds when the first is gone.
    """
    definition = {"href": "", "title": "", "map": lines}
    references = env.setdefault("references", {})
    if label in references:
        env.setdefault("duplicate_refs", []).append({"label": label, **definition})
    else:
        references[label] = definition


@dataclass
class Bound:
    """What the whole page decides."""

    values: list[list[str]]
    """For each block, the HTML for the mark of each of its late values."""
    tail: str = ""
    """What stands at the end of the page (footnotes)."""


def filled(html: str, values: Sequence[str]) -> str:
    """Return `html` of one block with its marks replaced by the values for it."""
    if "\ufdd0" not in html:
        return html

    def value(found: re.Match[str]) -> str:
        index = int(found[1])
        return values[index] if index < len(values) else found[0]

    return _MARK.sub(value, html)


class Flavour:
    """One generator's Markdown; subclasses say what is different from MarkdownIt as it is.

    A rule finds in `env`: `references` (of the whole page), and by `told(env)` the place of the page and what to tell.
    """

    lookahead = 2
    """So many blocks above an edit may end otherwise by it; more where a block reads far ahead."""

    marks: tuple[str, ...] = ()
    """Where none of these is in the body, `prepare` has nothing to do."""

    def __init__(self, md: MarkdownIt) -> None:
        self.md = md
        self.notes: list[list[str]] = []
        """What can't be reproduced on any page, as notes of the worker: (code, subject)."""

    def prepare(self, body: str, told: Told) -> str:  # noqa: ARG002
        """Return the body as it goes into Markdown: what a template engine makes of it before.

        It must leave a FOLDED_LINE for each line feed that it leaves out, and return `body` itself where it has
        nothing to do: then a key costs what it touches, else the whole text; `marks` must name what it looks for.
        What is told here holds for the page; late values have no place here.
        """
        return body

    def continues(self, tokens: Sequence[Token]) -> bool:  # noqa: ARG002
        """Return whether a top-level element, given by its tokens, can only be rendered with the one before it."""
        return False

    def tokens(self, source: str, env: dict[str, Any]) -> list[Token]:
        """Return the block tokens of `source`; definitions go to `env["references"]`."""
        found: list[Token] = []
        self.md.block.parse(source, self.md, env, found)
        return found

    def html(self, source: str, tokens: list[Token], env: dict[str, Any]) -> str:
        """Return the HTML of block tokens, with marks for its late values."""
        state = StateCore(source, self.md, env, tokens)
        for rule in self.md.core.ruler.getRules(""):
            if rule not in (normalize, block):
                rule(state)
        html: str = self.md.renderer.render(state.tokens, self.md.options, env)
        return html

    def bind(self, blocks: Sequence[Sequence[Late]]) -> Bound:
        """Return the HTML for the late values of the page's blocks, given in their order."""
        return Bound([["" for _ in lates] for lates in blocks])


def inline_tokens(tokens: Sequence[Token]) -> Iterator[Token]:
    """Yield the inline tokens among block tokens."""
    return (token for token in tokens if token.type == "inline")
