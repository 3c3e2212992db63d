"""Footnotes as the package markdown-it-footnote makes them (version 4): numbered in the order of their references."""

from collections.abc import Sequence
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.helpers import parseLinkLabel
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from editor.render.commonmark.flavour import Late, define, filled, told

_BACK = "\u21a9\ufe0e"


@dataclass(frozen=True)
class FootnoteReference(Late):
    """`[^label]` of a footnote that the page defines."""

    label: str


@dataclass(frozen=True)
class FootnoteText(Late):
    """What a definition holds; its marks are those of the block that it stands in."""

    label: str
    html: str


@dataclass(frozen=True)
class InlineFootnote(Late):
    """`^[text]`, at its place."""


@dataclass(frozen=True)
class InlineText(Late):
    """What an inline footnote holds."""

    place: int
    """Which late value of the block is its place."""
    html: str


@dataclass(frozen=True)
class BackReferences(Late):
    """The links from a footnote to the places that refer to it."""

    label: str


def key(label: str) -> str:
    """Return under which key `references` holds the definition of a footnote; no link's label begins so."""
    return f"[^{label}"


def footnote_plugin(md: MarkdownIt) -> None:
    """Add footnotes; the flavour has to bind their late values by `Footnotes`."""
    md.block.ruler.before("reference", "footnote_def", _definition, {"alt": ["paragraph", "reference"]})
    md.inline.ruler.after("image", "footnote_inline", _inline)
    md.inline.ruler.after("footnote_inline", "footnote_ref", _reference)
    md.core.ruler.push("footnote_tail", _take_out)


class Footnotes:
    """Binds the footnotes of a page."""

    def __init__(self, blocks: Sequence[Sequence[Late]], rule: str = '<hr class="footnotes-sep">') -> None:
        """Number them; `rule` is what stands above them."""
        self._rule = rule
        self._blocks = blocks
        self._numbers: dict[str, int] = {}
        self._counts: dict[str, int] = {}
        self._inline: dict[tuple[int, int], tuple[int, str]] = {}
        """Block and place to number and HTML of those without a label."""
        self._values: dict[tuple[int, int], str] = {}
        self._texts: dict[str, tuple[int, str]] = {}
        number = 0
        for block, lates in enumerate(blocks):
            for index, late in enumerate(lates):
                if isinstance(late, FootnoteReference):
                    if late.label not in self._numbers:
                        number += 1
                        self._numbers[late.label] = number
                    again = self._counts.get(late.label, 0)
                    self._counts[late.label] = again + 1
                    self._values[block, index] = _link(self._numbers[late.label], again)
                elif isinstance(late, InlineFootnote):
                    number += 1
                    self._inline[block, index] = number, ""
                    self._values[block, index] = _link(number, 0)
                elif isinstance(late, InlineText):
                    number_of, _html = self._inline[block, late.place]
                    self._inline[block, late.place] = number_of, late.html
                elif isinstance(late, FootnoteText):
                    self._texts[late.label] = block, late.html

    def value(self, block: int, index: int, late: Late) -> str | None:
        """Return the HTML for one late value; None where it is no footnote's."""
        if isinstance(late, BackReferences):
            return self._backs(late.label)
        if isinstance(late, FootnoteText | FootnoteReference | InlineFootnote | InlineText):
            return self._values.get((block, index), "")
        return None

    def section(self, values: Sequence[Sequence[str]]) -> str:
        """Return the footnotes; `values` are those of all blocks."""
        notes = [(number, *self._text(label)) for label, number in self._numbers.items()]
        notes += [
            (number, block, f"<p>{html}{_back(number, 0)}</p>\n")
            for (block, _place), (number, html) in self._inline.items()
        ]
        if not notes:
            return ""
        entries = "".join(
            f'<li id="fn{number}" class="footnote-item">{filled(html, values[block])}</li>\n'
            for number, block, html in sorted(notes)
        )
        return f'{self._rule}\n<section class="footnotes">\n<ol class="footnotes-list">\n{entries}</ol>\n</section>'

    def _text(self, label: str) -> tuple[int, str]:
        return self._texts.get(label) or (0, self._backs(label))

    def _backs(self, label: str) -> str:
        number = self._numbers.get(label, 0)
        return "".join(_back(number, again) for again in range(self._counts.get(label, 0)))


def _link(number: int, again: int) -> str:
    caption = f"[{number}:{again}]" if again else f"[{number}]"
    own = f"{number}:{again}" if again else str(number)
    return f'<sup class="footnote-ref"><a href="#fn{number}" id="fnref{own}">{caption}</a></sup>'


def _back(number: int, again: int) -> str:
    own = f"{number}:{again}" if again else str(number)
    return f' <a href="#fnref{own}" class="footnote-backref">{_BACK}</a>'


def _definition(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    start = state.bMarks[start_line] + state.tShift[start_line]
    most = state.eMarks[start_line]
    source = state.src
    if start + 4 > most or not source.startswith("[^", start):
        return False
    position = start + 2
    while position < most and source[position] != "]":
        if source[position] == " ":
            return False
        position += 1
    if position == start + 2 or position + 1 >= most or source[position + 1] != ":":
        return False
    if silent:
        return True
    label = source[start + 2 : position]
    position += 2
    opening = Token("footnote_reference_open", "", 1, meta={"label": label}, level=state.level)
    state.level += 1
    state.tokens.append(opening)
    kept = state.bMarks[start_line], state.tShift[start_line], state.sCount[start_line], state.parentType
    after_colon = position
    initial = state.sCount[start_line] + position - start
    offset = initial
    while position < most and source[position] in " \t":
        offset += 4 - offset % 4 if source[position] == "\t" else 1
        position += 1
    state.tShift[start_line] = position - after_colon
    state.sCount[start_line] = offset - initial
    state.bMarks[start_line] = after_colon
    state.blkIndent += 4
    state.parentType = "footnote"
    if state.sCount[start_line] < state.blkIndent:
        state.sCount[start_line] += state.blkIndent
    state.md.block.tokenize(state, start_line, end_line)
    state.blkIndent -= 4
    state.bMarks[start_line], state.tShift[start_line], state.sCount[start_line], state.parentType = kept
    state.level -= 1
    state.tokens.append(Token("footnote_reference_close", "", -1, level=state.level))
    opening.map = [start_line, state.line]
    define(state.env, key(label), [start_line, state.line])
    return True


def _inline(state: StateInline, silent: bool) -> bool:
    start = state.pos
    if start + 2 >= state.posMax or not state.src.startswith("^[", start):
        return False
    end = parseLinkLabel(state, start + 1)
    if end < 0:
        return False
    if not silent:
        tokens: list[Token] = []
        token = state.push("footnote_inline", "", 0)
        token.content = told(state.env).late(InlineFootnote())
        token.meta["place"] = len(told(state.env).lates) - 1
        state.md.inline.parse(state.src[start + 2 : end], state.md, state.env, tokens)
        token.children = tokens
    state.pos = end + 1
    return True


def _reference(state: StateInline, silent: bool) -> bool:
    start = state.pos
    if start + 3 > state.posMax or not state.src.startswith("[^", start):
        return False
    position = start + 2
    while position < state.posMax and state.src[position] != "]":
        if state.src[position] in " \n":
            return False
        position += 1
    if position == start + 2 or position >= state.posMax:
        return False
    label = state.src[start + 2 : position]
    if state.env["references"].get(key(label)) is None:
        return False
    if not silent:
        mark = told(state.env).late(FootnoteReference(label))
        state.push("html_inline", "", 0).content = mark
    state.pos = position + 1
    return True


def _take_out(state: StateCore) -> None:
    """Take the definitions out of the page, and render what the footnotes hold."""
    page: list[Token] = []
    label, inside, tokens = "", False, list[Token]()
    for token in state.tokens:
        if token.type == "footnote_reference_open":  # one in another: the package forgets the outer one
            label, inside, tokens = token.meta["label"], True, []
        elif token.type == "footnote_reference_close":
            if inside:
                _tell(state, label, tokens)
            inside = False
        else:
            (tokens if inside else page).append(token)
    for token in page:
        _tell_inline(state, token)
    state.tokens = page


def _tell(state: StateCore, label: str, tokens: list[Token]) -> None:
    for token in tokens:
        _tell_inline(state, token)
    back = Token("html_inline", "", 0, content=told(state.env).late(BackReferences(label)))
    at = len(tokens) - 1 if tokens and tokens[-1].type == "paragraph_close" else len(tokens)
    tokens.insert(at, back)
    html = state.md.renderer.render(tokens, state.md.options, state.env)
    told(state.env).late(FootnoteText(label, html))


def _tell_inline(state: StateCore, token: Token) -> None:
    for child in token.children or ():
        if child.type == "footnote_inline":
            html = state.md.renderer.render(child.children or [], state.md.options, state.env)
            child.type, child.children = "html_inline", None
            told(state.env).late(InlineText(child.meta["place"], html))
