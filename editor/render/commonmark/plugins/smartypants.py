"""Typographic quotes, dashes and ellipses as the package remark-smartypants (version 3) makes them.

Quotes are made in the text of a whole paragraph, through its emphasis and links; all else within each text by itself.
"""

# ruff: noqa: ARG001  The arguments are those of a step.

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from editor.render.commonmark.plugins.smartypants_sentences import (
    MARK,
    SPACE,
    SYMBOL,
    WORD,
    Part,
    sentences,
)

_Step = Callable[[Part, list[Part], int], None]
"""Changes one sign, given with its siblings and where among them it stands."""

_DECADE = re.compile(r"[0-9][0-9]s\Z")
_QUOTED = re.compile("[\"']")
_OTHER = re.compile(r"--|\.\.|\. |``|''|\u2014-|\u2013-")


class Smartypants:
    """The changes that a site's options ask for."""

    def __init__(self, options: Mapping[str, Any]) -> None:
        """Take the options of the package: `quotes`, `ellipses`, `dashes`, `backticks`, and its quotation marks."""
        closing = options.get("closingQuotes") or {}
        opening = options.get("openingQuotes") or {}
        self._closing = {'"': closing.get("double", "\u201d"), "'": closing.get("single", "\u2019")}
        self._opening = {'"': opening.get("double", "\u201c"), "'": opening.get("single", "\u2018")}
        self._quotes = options.get("quotes") is not False
        self._steps: list[_Step] = []
        ellipses = options.get("ellipses")
        if ellipses is not False:
            if ellipses != "unspaced":
                self._steps.append(_spaced_ellipsis)
            if ellipses != "spaced":
                self._steps.append(_ellipsis)
        if options.get("backticks") is not False:
            self._steps.append(_all_backticks if options.get("backticks") == "all" else _backticks)
        dashes = options.get("dashes")
        if dashes is not False:
            self._steps.append({"inverted": _inverted, "oldschool": _oldschool}.get(str(dashes), _dashes))

    def quoted(self, text: str) -> str:
        """Return a text of the same length with quotes."""
        return self._changed(text, [self._quote]) if self._quotes and _QUOTED.search(text) else text

    def other(self, text: str) -> str:
        """Return a text with all but the quotes."""
        every = self._steps and _all_backticks in self._steps
        return self._changed(text, self._steps) if every or _OTHER.search(text) else text

    @staticmethod
    def _changed(text: str, steps: Sequence[_Step]) -> str:
        found = sentences(text)
        for siblings in _lists(found):
            at = 0
            while at < len(siblings):
                part = siblings[at]
                if part.kind in (MARK, SYMBOL):
                    for step in steps:
                        step(part, siblings, at)
                at += 1
        return "".join(map(str, found))

    def _quote(self, part: Part, siblings: list[Part], at: int) -> None:
        mark = part.value
        if mark not in ('"', "'"):
            return
        before = siblings[at - 1] if at > 0 else None
        behind = siblings[at + 1] if at + 1 < len(siblings) else None
        second = siblings[at + 2] if at + 2 < len(siblings) else None
        word_follows = second is not None and second.kind == WORD
        signs = behind is not None and behind.signs
        text = str(behind) if behind is not None else ""
        if signs and not word_follows:
            part.value = self._closing[mark]
        elif signs and behind is not None and text in ('"', "'"):
            part.value = self._opening[mark]
            behind.value = self._opening[text]
        elif _DECADE.match(text):
            part.value = self._closing[mark]
        elif before is not None and (before.kind == SPACE or before.signs) and _is_word(behind):
            part.value = self._opening[mark]
        else:
            in_text = before is not None and before.kind != SPACE and not before.signs
            closes = behind is None or behind.kind == SPACE or (mark == "'" and text == "s")
            part.value = (self._closing if in_text or closes else self._opening)[mark]


def smartypants_plugin(md: MarkdownIt, options: Mapping[str, Any]) -> None:
    """Change the text of paragraphs, headings and cells; texts must have been joined before."""
    made = Smartypants(options)

    def smarten(state: StateCore) -> None:
        for inline in state.tokens:
            if inline.type == "inline" and inline.children:
                _smarten(inline.children, made)

    md.core.ruler.push("smartypants", smarten)


def _smarten(children: Sequence[Token], made: Smartypants) -> None:
    texts = [token for token in children if token.type in ("text", "code_inline")]
    whole = "".join(token.content if token.type == "text" else "A" * len(token.content) for token in texts)
    quoted = made.quoted(f" {whole} ")[1:-1]
    at = 0
    for token in texts:
        end = at + len(token.content)
        if token.type == "text":
            token.content = made.other(quoted[at:end])
        at = end


def _lists(found: list[Part]) -> Iterator[list[Part]]:
    """Yield the lists of siblings, each before those in it."""
    for part in found:
        if part.children is not None:
            yield part.children
            yield from _lists(part.children)


def _is_word(part: Part | None) -> bool:
    return part is not None and part.kind == WORD


def _backticks(part: Part, siblings: list[Part], at: int) -> None:
    part.value = {"``": "\u201c", "''": "\u201d"}.get(part.value, part.value)


def _all_backticks(part: Part, siblings: list[Part], at: int) -> None:
    _backticks(part, siblings, at)
    part.value = {"`": "\u2018", "'": "\u2019"}.get(part.value, part.value)


def _dashes(part: Part, siblings: list[Part], at: int) -> None:
    if part.value == "--":
        part.value = "\u2014"


def _inverted(part: Part, siblings: list[Part], at: int) -> None:
    part.value = {"---": "\u2013", "--": "\u2014"}.get(part.value, part.value)


def _oldschool(part: Part, siblings: list[Part], at: int) -> None:
    part.value = {"---": "\u2014", "--": "\u2013"}.get(part.value, part.value)


def _ellipsis(part: Part, siblings: list[Part], at: int) -> None:
    if len(part.value) >= 3 and not part.value.strip("."):
        part.value = "\u2026"


def _spaced_ellipsis(part: Part, siblings: list[Part], at: int) -> None:
    if part.value.strip(".") or not part.value:
        return
    count, position = 1, at - 1
    while position > 0 and siblings[position].kind == SPACE:
        before = siblings[position - 1]
        if not before.signs or not before.value or before.value.strip("."):
            break
        count += 1
        position -= 2
    if count >= 3:
        del siblings[at - 2 * (count - 1) : at]
        part.value = "\u2026"
