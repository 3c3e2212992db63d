"""What Enter, Backspace, Tab and opening marks do beyond putting a character in."""

import re

from editor.post.text_edit import TextEdit
from editor.ui.text_editor.block_commands import INDENT, indent, unindent
from editor.ui.text_editor.inline_commands import next_part
from editor.ui.text_editor.passage import Change, Passage, change

_ITEM = re.compile(r"([ \t]*(?:>[ \t]?)*[ \t]*)(?:([-*+])|(\d{1,9})([.)]))([ \t]+)(\[[ xX]\][ \t]+)?")
_QUOTE = re.compile(r"[ \t]*(?:>[ \t]?)+")
_CALL = re.compile(r"[ \t]*(?:!!!|\?\?\?\+?|===[!+]*)[ \t]+\S")

PAIRS = {"(": ")", "[": "]", "{": "}", "`": "`"}
"""Opening marks that bring their closing one."""
WRAPS = PAIRS | {"*": "*", "_": "_"}
"""Marks that are put around a selection when they are typed over it."""


def enter(passage: Passage) -> Change | None:
    """Return what Enter does at the caret, or None where it only begins a new line."""
    if passage.start != passage.end:
        return None
    caret = passage.start
    first, last = passage.line_span()
    line = passage.text[first:last]
    column = caret - first
    if not passage.code:
        found = _ITEM.match(line)
        if found and column >= found.end():
            return _next_item(passage, line, found)
        quote = _QUOTE.match(line)
        if quote and column >= quote.end():
            if not line[quote.end() :].strip():
                return _end_block(passage, "")
            return _new_line(passage, quote[0] if quote[0].endswith((" ", "\t")) else f"{quote[0]} ")
    blanks = line[: len(line) - len(line.lstrip(" \t"))]
    if not passage.code and column == len(line) and _CALL.match(line):
        return _new_line(passage, blanks + INDENT)
    if not blanks or column < len(blanks):
        return None
    if not line.strip():  # leave no blanks behind
        return change(passage, [TextEdit(first, first, "\n")], (caret + 1, caret + 1))
    return _new_line(passage, blanks)


def _next_item(passage: Passage, line: str, found: re.Match[str]) -> Change:
    first, _last = passage.line_span()
    lead = found[1]
    if not line[found.end() :].strip():
        if lead.endswith(INDENT):  # out of this level first
            place = first + len(lead) - len(INDENT)
            return change(passage, [TextEdit(place, place + len(INDENT), "")])
        return _end_block(passage, lead if ">" in lead else "")
    mark = found[2] or f"{int(found[3]) + 1}{found[4]}"
    return _new_line(passage, lead + mark + found[5] + ("[ ] " if found[6] else ""))


def _end_block(passage: Passage, kept: str) -> Change:
    """Take the empty mark at the caret away but for `kept`; a blank line parts what comes from the block before.

    Without it, the next paragraph would be the last one of the list or the quote.
    """
    first, last = passage.line_span()
    above = passage.text[:first].removesuffix("\n").rpartition("\n")[2]
    parting = f"{kept.rstrip()}\n" if above.lstrip("> \t") else ""
    place = first + len(parting) + len(kept)
    return change(passage, [TextEdit(first, last, parting + kept)], (place, place))


def _new_line(passage: Passage, prefix: str) -> Change:
    caret = passage.start
    _first, last = passage.line_span()
    rest = passage.text[caret:last]
    # Blanks at the caret would stand behind the new line's mark.
    skipped = len(rest) - len(rest.lstrip(" \t")) if rest.strip() else 0
    place = caret + 1 + len(prefix)
    return change(passage, [TextEdit(caret, caret + skipped, f"\n{prefix}")], (place, place))


def backspace(passage: Passage) -> Change | None:
    """Return what Backspace does behind an empty mark or in indentation; None: it takes a character."""
    if passage.start != passage.end:
        return None
    first, last = passage.line_span()
    line = passage.text[first:last]
    column = passage.start - first
    if not passage.code and column == len(line):
        found = _ITEM.match(line)
        if found and found.end() == len(line):
            kept = len(found[1])
            return change(passage, [TextEdit(first + kept, last, "")], (first + kept, first + kept))
        quote = _QUOTE.match(line)
        if quote and quote.end() == len(line):
            kept = line.rstrip(" \t").rfind(">")
            return change(passage, [TextEdit(first + kept, last, "")], (first + kept, first + kept))
    if column >= 2 and not line[:column].strip(" "):
        cut = (column - 1) % len(INDENT) + 1
        if cut > 1:
            return change(passage, [TextEdit(passage.start - cut, passage.start, "")])
    return None


def tab(passage: Passage, *, back: bool) -> Change | None:
    """Return what Tab (`back`: Shift+Tab) does: on in a link, levels for lists and lines, else blanks to a stop."""
    first, last = passage.line_span()
    if back:
        return unindent(passage)
    part = None if passage.code else next_part(passage)
    if part is not None:
        return change(passage, [], (part, part))
    if "\n" in passage.selected or (not passage.code and _ITEM.match(passage.text[first:last])):
        return indent(passage)
    width = len(INDENT) - (passage.start - first) % len(INDENT)
    place = passage.start + width
    return change(passage, [TextEdit(passage.start, passage.end, " " * width)], (place, place))


def wrap_selection(passage: Passage, mark: str) -> Change | None:
    """Put the typed `mark` and its partner around the selection; None where it is no such mark."""
    if mark not in WRAPS or not passage.selected.strip() or ("\n" in passage.selected and mark in "*_`"):
        return None
    edits = [TextEdit(passage.start, passage.start, mark), TextEdit(passage.end, passage.end, WRAPS[mark])]
    return change(passage, edits, (passage.start + 1, passage.end + 1))


def open_pair(passage: Passage, mark: str) -> Change | None:
    """Put a typed opening mark and its closing one in, where a word could end; else None."""
    if mark not in PAIRS or passage.start != passage.end:
        return None
    caret = passage.start
    before, after = passage.text[caret - 1 : caret], passage.text[caret : caret + 1]
    if after and not after.isspace() and after not in ")]}.,;:!?":
        return None
    if mark == "`" and (before == "`" or before.isalnum()):
        return None
    if before == "\\":
        return None
    return change(passage, [TextEdit(caret, caret, mark + PAIRS[mark])], (caret + 1, caret + 1))
