"""Footnotes as remark-gfm reads them and remark-rehype writes them: GitHub's.

Numbered in the order of their references; those of the notes' own texts come after all others.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.common.utils import normalizeReference
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from editor.render.commonmark.flavour import Late, define, filled
from editor.render.commonmark.plugins.gfm_urls import normalize_uri

_LABEL = re.compile(r"\[\^((?:\\[\[\]\\]|[^\[\]\s])+)\]")
_TAB = 4


@dataclass(frozen=True)
class FootnoteReference(Late):
    """`[^label]` of a footnote that the page defines."""

    label: str


@dataclass(frozen=True)
class FootnoteText(Late):
    """What a definition holds, and from which late value of its block on those in it are."""

    label: str
    html: str
    first: int


def gfm_footnotes(md: MarkdownIt) -> None:
    """Let `md` know footnotes.

    The flavour renders the tokens `footnote_reference`, and `footnote_open` where it leaves definitions in the page;
    the meta of both has the `label` and as what it was `written`.
    """
    md.block.ruler.before(
        "reference",
        "footnote",
        _definition,
        {"alt": ["paragraph", "reference", "blockquote", "list", "footnote"]},
    )
    md.inline.ruler.before("link", "footnote_reference", _reference)


def without_definitions(tokens: Sequence[Token]) -> tuple[list[Token], list[tuple[str, list[Token]]]]:
    """Return block tokens without the definitions among them, and the label and tokens of each of those."""
    page: list[Token] = []
    found: list[tuple[str, list[Token]]] = []
    open_ones: list[list[Token]] = []
    for token in tokens:
        if token.type == "footnote_open":
            inner: list[Token] = []
            found.append((token.meta["label"], inner))
            open_ones.append(inner)
        elif token.type == "footnote_close":
            open_ones.pop()
        else:
            (open_ones[-1] if open_ones else page).append(token)
    return page, found


class GithubFootnotes:
    """The footnotes of a page."""

    def __init__(self, blocks: Sequence[Sequence[Late]], options: Mapping[str, Any]) -> None:
        """Number them; `options` are those of remark-rehype."""
        prefix = options.get("clobberPrefix")
        self._prefix = prefix if isinstance(prefix, str) else "user-content-"
        self._options = options
        self._numbers: dict[str, int] = {}
        self._counts: dict[str, int] = {}
        self._references: dict[tuple[int, int], str] = {}
        texts: dict[str, tuple[int, int]] = {}
        inside: set[tuple[int, int]] = set()
        for block, lates in enumerate(blocks):
            for index, late in enumerate(lates):
                if isinstance(late, FootnoteText):
                    texts.setdefault(late.label, (block, index))
                    inside.update((block, inner) for inner in range(late.first, index))
        self._texts = texts
        self.order = [
            (block, index)
            for block, lates in enumerate(blocks)
            for index in range(len(lates))
            if (block, index) not in inside
        ]
        """The late values as the page has them: those of the notes' texts last."""
        self._refer(blocks, self.order)
        self._shown: list[str] = []
        while len(self._shown) < len(self._numbers):
            label = list(self._numbers)[len(self._shown)]
            self._shown.append(label)
            if label in texts:
                block, index = texts[label]
                late = blocks[block][index]
                assert isinstance(late, FootnoteText)
                inner = [(block, at) for at in range(late.first, index)]
                self._refer(blocks, inner)
                self.order += inner
        self._blocks = blocks

    def value(self, block: int, index: int) -> str:
        """Return the HTML for a late value of theirs."""
        return self._references.get((block, index), "")

    def section(self, values: Sequence[Sequence[str]]) -> str:
        """Return the notes; `values` are those of all blocks."""
        entries = []
        for label in self._shown:
            if label not in self._texts:
                continue
            block, index = self._texts[label]
            late = self._blocks[block][index]
            assert isinstance(late, FootnoteText)
            backs = " ".join(self._back(label, again) for again in range(1, self._counts[label] + 1))
            html = late.html.rstrip("\n")
            if html.endswith("</p>"):
                html = f"{html[:-4]} {backs}</p>"
            else:
                html += "\n" + backs
            html = filled(html, values[block])
            entries.append(f'<li id="{self._id("fn-", label)}">\n{html}\n</li>\n')
        if not entries:
            return ""
        tag = str(self._options.get("footnoteLabelTagName") or "h2")
        name = escape(str(self._options.get("footnoteLabel") or "Footnotes"), quote=False)
        properties = self._options.get("footnoteLabelProperties")
        classes = ["sr-only"] if not isinstance(properties, Mapping) else properties.get("className") or []
        attribute = f' class="{escape(" ".join(map(str, classes)))}"' if classes else ""
        return (
            f'<section data-footnotes class="footnotes"><{tag}{attribute} id="footnote-label">{name}</{tag}>\n'
            f"<ol>\n{''.join(entries)}</ol>\n</section>"
        )

    def _refer(self, blocks: Sequence[Sequence[Late]], places: Sequence[tuple[int, int]]) -> None:
        for block, index in places:
            late = blocks[block][index]
            if isinstance(late, FootnoteReference):
                number = self._numbers.setdefault(late.label, len(self._numbers) + 1)
                again = self._counts.get(late.label, 0) + 1
                self._counts[late.label] = again
                own = self._id("fnref-", late.label) + (f"-{again}" if again > 1 else "")
                self._references[block, index] = (
                    f'<sup><a href="#{self._id("fn-", late.label)}" id="{own}" data-footnote-ref '
                    f'aria-describedby="footnote-label">{number}</a></sup>'
                )

    def _back(self, label: str, again: int) -> str:
        number = self._numbers[label]
        own = self._id("fnref-", label)
        said = self._options.get("footnoteBackLabel")
        name = (
            said
            if isinstance(said, str)
            else f"Back to reference {number}" + (f"-{again}" if again > 1 else "")
        )
        content = self._options.get("footnoteBackContent")
        if isinstance(content, str):
            shown = escape(content, quote=False)
        else:
            shown = "\u21a9" + (f"<sup>{again}</sup>" if again > 1 else "")
        own += f"-{again}" if again > 1 else ""
        return (
            f'<a href="#{own}" data-footnote-backref="" aria-label="{escape(name)}" '
            f'class="data-footnote-backref">{shown}</a>'
        )

    def _id(self, kind: str, label: str) -> str:
        return escape(self._prefix + kind + normalize_uri(label.lower()))


def _key(label: str) -> str:
    return f"[^{normalizeReference(label)}"


def _definition(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    if state.is_code_block(start):
        return False
    at = state.bMarks[start] + state.tShift[start]
    stop = state.eMarks[start]
    found = _LABEL.match(state.src, at, stop)
    if found is None or not state.src.startswith(":", found.end(), stop):
        return False
    if silent:
        return True
    label = normalizeReference(found[1])
    opening = state.push("footnote_open", "", 1)
    opening.meta = {"label": label, "written": found[1]}
    kept = (state.blkIndent, state.parentType, state.tight, state.listIndent)
    line = (state.bMarks[start], state.tShift[start], state.sCount[start])
    text = found.end() + 1
    while text < stop and state.src[text] in " \t":
        text += 1
    state.blkIndent += _TAB
    state.listIndent = -1
    state.parentType = "footnote"
    # What stands behind the colon begins the first line, however far from it it is.
    state.bMarks[start], state.tShift[start], state.sCount[start] = text, 0, state.blkIndent
    following = start
    if text >= stop:
        following = start + 1
        while following < end and state.isEmpty(following):
            following += 1
    if following == start or (following < end and state.sCount[following] >= state.blkIndent):
        state.md.block.tokenize(state, following, end)
    else:
        state.line = start + 1
    state.blkIndent, state.parentType, state.tight, state.listIndent = kept
    state.bMarks[start], state.tShift[start], state.sCount[start] = line
    state.line = max(state.line, start + 1)
    opening.map = [start, state.line]
    define(state.env, _key(label), opening.map)
    state.push("footnote_close", "", -1)
    return True


def _reference(state: StateInline, silent: bool) -> bool:
    at = state.pos + (state.src[state.pos] == "!")
    found = _LABEL.match(state.src, at, state.posMax)
    if found is None or state.env.get("references", {}).get(_key(found[1])) is None:
        return False
    if not silent:
        if at > state.pos:
            state.pending += "!"
        token = state.push("footnote_reference", "", 0)
        token.meta = {"label": normalizeReference(found[1]), "written": found[1]}
    state.pos = found.end()
    return True
