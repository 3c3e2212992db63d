"""Where markdown-it of JavaScript does otherwise than its port to Python."""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, heading, lheading, paragraph
from markdown_it.rules_inline import StateInline, linkify
from markdown_it.token import Token

_SPACE = " \t\r\n"
_CLOSING = re.compile(r"(?:^|[ \t])#+[ \t]*$")


class JavascriptMarkdownIt(MarkdownIt):
    """Writes addresses as mdurl of JavaScript does."""

    def normalizeLink(self, url: str) -> str:
        """Return the address percent-encoded, brackets too."""
        return super().normalizeLink(url).replace("[", "%5B").replace("]", "%5D")


_Rule = Callable[[StateBlock, int, int, bool], bool]
_LONGEST_SCHEME = 100


def javascript_blocks(md: MarkdownIt) -> None:
    """Let paragraphs and headings keep no-break spaces and their like at their edges (markdown-it 14.2)."""
    md.block.ruler.at("paragraph", _keeping(paragraph, _lines), {"alt": []})
    md.block.ruler.at(
        "heading", _keeping(heading, _behind_hashes), {"alt": ["paragraph", "reference", "blockquote"]}
    )
    md.block.ruler.at("lheading", _keeping(lheading, _lines), {"alt": []})


def javascript_pictures(md: MarkdownIt) -> None:
    """Let the text of a picture be that of its text alone: code in it is left out."""

    def image(renderer: Any, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
        token = tokens[index]
        token.attrs["alt"] = _alternative(token.children or ())
        html: str = renderer.renderToken(tokens, index, options, env)
        return html

    md.add_render_rule("image", image)


def _alternative(tokens: Iterable[Token]) -> str:
    parts = []
    for token in tokens:
        if token.type == "image":
            parts.append(_alternative(token.children or ()))
        elif token.type in ("softbreak", "hardbreak"):
            parts.append("\n")
        elif token.type in ("text", "html_inline", "html_block"):
            parts.append(token.content)
    return "".join(parts)


def bounded_addresses(md: MarkdownIt) -> None:
    """Have what stands before the `://` of an address looked at as far as its scheme may reach, not from the start."""
    md.inline.ruler.at("linkify", _linkify)


def _linkify(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] != ":" or not state.md.options.linkify:
        return False
    if len(state.pending) > _LONGEST_SCHEME and not silent:
        scheme = state.pending[-_LONGEST_SCHEME:]
        state.pending = state.pending[:-_LONGEST_SCHEME]
        state.pushPending()  # parts of a text become one again
        state.pending = scheme
    return linkify(state, silent)


def without_indented_code(md: MarkdownIt) -> None:
    """Let indented code be text, as `disable("code")` does.

    The port takes indented lines for headings, lists and so on then; markdown-it does not.
    """
    md.block.ruler.at("code", _no_code)


def _keeping(rule: _Rule, content: Callable[[StateBlock, int], str]) -> _Rule:
    def kept(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
        found = rule(state, start_line, end_line, silent)
        if found and not silent:
            state.tokens[-2].content = content(state, start_line).strip(_SPACE)
        return found

    return kept


def _lines(state: StateBlock, start_line: int) -> str:
    found = state.tokens[-2].map or [start_line, state.line]
    return state.getLines(start_line, found[1], state.blkIndent, False)


def _behind_hashes(state: StateBlock, start_line: int) -> str:
    line = state.getLines(start_line, start_line + 1, state.blkIndent, False).strip(_SPACE).lstrip("#")
    return _CLOSING.sub("", line)


def _no_code(_state: StateBlock, _start_line: int, _end_line: int, _silent: bool) -> bool:
    return False
