"""Footnotes as goldmark reads them (PHP Markdown Extra), observed with Hugo 0.168.

A definition may stand anywhere, in a quote or a list too; the notes are numbered in the order in which
they are referred to, and those that nothing refers to are left out. Where the first definition stands,
what the notes' own texts refer to is counted.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from markdown_it.token import Token

from editor.render.commonmark.flavour import Bound, Late, define, filled, told
from editor.render.commonmark.plugins.goldmark_inline import SPACES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_inline import StateInline

_TAB = 4


@dataclass(frozen=True)
class FootnoteLink(Late):
    """A place in the text that refers to a note."""

    label: str
    inside: bool
    """Whether it stands in the text of a note."""


@dataclass(frozen=True)
class FootnotePlace(Late):
    """Where a definition stands."""


@dataclass(frozen=True)
class FootnoteText(Late):
    """A definition: its HTML before and after the place of the links back."""

    label: str
    before: str
    after: str


def goldmark_footnotes(md: MarkdownIt) -> None:
    """Let `md` know footnotes."""
    md.block.ruler.before(
        "reference", "footnote", _definition, {"alt": ["paragraph", "reference", "blockquote", "list"]}
    )
    md.inline.ruler.before("link", "footnote_link", _link)
    md.add_render_rule("footnote_link", _render_link)
    md.add_render_rule("footnote_place", _render_place)


def without_definitions(tokens: list[Token]) -> tuple[list[Token], list[list[Token]]]:
    """Return the block tokens without definitions, and the definitions' own tokens, with both ends."""
    rest: list[Token] = []
    definitions: list[list[Token]] = []
    inside: list[Token] | None = None
    for token in tokens:
        if inside is None and token.type == "footnote_open":
            inside = [token]
            rest.append(Token("footnote_place", "", 0))
        elif inside is not None:
            inside.append(token)
            if token.type == "footnote_close" and token.level == inside[0].level:
                definitions.append(inside)
                inside = None
        else:
            rest.append(token)
    return rest, definitions


def footnote_text(label: str, html: str, tokens: Sequence[Token]) -> FootnoteText:
    """Return the value of a definition, its HTML given with the tokens that it was made of."""
    tokens = [token for token in tokens if token.type != "footnote_place"]
    if tokens and tokens[-1].type == "paragraph_close" and html.endswith("</p>\n"):
        return FootnoteText(label, html[:-5], "</p>\n")
    return FootnoteText(label, html, "")


def bind_footnotes(blocks: Sequence[Sequence[Late]], values: list[list[str]], back: str) -> Bound:
    """Return `values` with those of footnotes put in, and the list of notes; `back` is the HTML of a link back."""
    numbers: dict[str, int] = {}
    texts: dict[str, tuple[FootnoteText, int]] = {}
    for index, lates in enumerate(blocks):
        for late in lates:
            if isinstance(late, FootnoteText):
                texts.setdefault(late.label, (late, index))
    places: list[tuple[FootnoteLink, int, int]] = []
    inner = [place for place in _links(blocks) if place[0].inside]
    waiting = bool(inner)
    for index, lates in enumerate(blocks):
        for number, late in enumerate(lates):
            if isinstance(late, FootnoteLink) and not late.inside:
                places.append((late, index, number))
            elif isinstance(late, FootnotePlace) and waiting:
                places += inner
                waiting = False
    counts: dict[str, int] = {}
    for link, index, number in places:
        if link.label not in texts:
            values[index][number] = f"[^{link.label}]"
            continue
        note = numbers.setdefault(link.label, len(numbers) + 1)
        earlier = counts.get(link.label, 0)
        counts[link.label] = earlier + 1
        values[index][number] = (
            f'<sup id="fnref{earlier or ""}:{note}"><a href="#fn:{note}" class="footnote-ref" '
            f'role="doc-noteref">{note}</a></sup>'
        )
    if not numbers:
        return Bound(values)
    items = []
    for label, note in numbers.items():
        text, index = texts[label]
        links = "".join(
            f'&#160;<a href="#fnref{earlier or ""}:{note}" class="footnote-backref" '
            f'role="doc-backlink">{back}</a>'
            for earlier in range(counts[label])
        )
        html = filled(text.before, values[index]) + links + filled(text.after, values[index])
        items.append(f'<li id="fn:{note}">\n{html}</li>\n')
    notes = "".join(items)
    return Bound(values, f'<div class="footnotes" role="doc-endnotes">\n<hr>\n<ol>\n{notes}</ol>\n</div>\n')


def _links(blocks: Sequence[Sequence[Late]]) -> list[tuple[FootnoteLink, int, int]]:
    return [
        (late, index, number)
        for index, lates in enumerate(blocks)
        for number, late in enumerate(lates)
        if isinstance(late, FootnoteLink)
    ]


def _closure(text: str, at: int, end: int) -> int:
    """Return the place of the `]` that ends a label, or -1."""
    while at < end and text[at] != "\n":
        if text[at] == "\\":
            at += 1
        elif text[at] == "[":
            return -1
        elif text[at] == "]":
            return at
        at += 1
    return -1


def _definition(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    at = state.bMarks[start] + state.tShift[start]
    stop = state.eMarks[start]
    if state.is_code_block(start) or not state.src.startswith("[^", at, stop):
        return False
    close = _closure(state.src, at + 2, stop)
    label = state.src[at + 2 : close]
    if close < 0 or not state.src.startswith("]:", close, stop) or not label.strip(SPACES):
        return False
    if silent:
        return True
    opening = state.push("footnote_open", "", 1)
    opening.meta = {"label": label}
    kept = (state.blkIndent, state.parentType, state.tight)
    line = (state.bMarks[start], state.tShift[start], state.sCount[start])
    text = close + 2
    while text < stop and state.src[text] in " \t":
        text += 1
    state.blkIndent += _TAB
    state.bMarks[start] = close + 2
    state.tShift[start] = text - close - 2
    state.sCount[start] = state.blkIndent + state.tShift[start]
    state.parentType = "footnote"
    if text < stop:
        state.md.block.tokenize(state, start, end)
    else:
        state.line = start + 1
        following = start + 1
        while following < end and state.isEmpty(following):
            following += 1
        if following < end and state.sCount[following] >= state.blkIndent:
            state.md.block.tokenize(state, following, end)
    state.blkIndent, state.parentType, state.tight = kept
    state.bMarks[start], state.tShift[start], state.sCount[start] = line
    state.line = max(state.line, start + 1)
    opening.map = [start, state.line]
    define(state.env, f"[^{label}]", opening.map)
    state.push("footnote_close", "", -1)
    return True


def _link(state: StateInline, silent: bool) -> bool:
    at = state.pos + (1 if state.src[state.pos] == "!" else 0)
    if not state.src.startswith("[^", at, state.posMax):
        return False
    close = _closure(state.src, at + 2, state.posMax)
    label = state.src[at + 2 : close]
    if close < 0 or f"[^{label}]" not in state.env.get("references", {}):
        return False
    if not silent:
        if at > state.pos:
            state.append_pending("!")
        state.push("footnote_link", "", 0).meta = {"label": label}
    state.pos = close + 1
    return True


def _render_link(_renderer: Any, tokens: Sequence[Token], index: int, _options: Any, env: Any) -> str:
    return told(env).late(FootnoteLink(tokens[index].meta["label"], bool(env.get("in_footnote"))))


def _render_place(_renderer: Any, _tokens: Sequence[Token], _index: int, _options: Any, env: Any) -> str:
    told(env).late(FootnotePlace())
    return ""
