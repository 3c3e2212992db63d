"""Quotes, list entries and footnotes, which hold other blocks: which of them a line goes on with, which it opens."""

import re

from editor.proof.body import signs
from editor.proof.body import source as kinds
from editor.proof.body.grammar import PYTHON_MARKDOWN
from editor.proof.body.html_tags import block_tag
from editor.proof.body.sheet import Container, Sheet, skip_blanks
from editor.proof.body.source import Definition

_FOOTNOTE = re.compile(r"\[\^([^\]\[\s]++)\]:")


def continued(sheet: Sheet, end: int, at: int, column: int) -> tuple[int, int, int, int]:
    """Return place and column behind what the line continues, how much that is, and where code begins."""
    matched, code_from = 0, 4
    for container in sheet.containers:
        if container.quote:
            if at >= end or sheet.text[at] != ">":
                break
            code_from = column + 6
            at, column = skip_blanks(sheet.text, at + 1, end, column + 1)
        elif column >= container.needed or at >= end:
            code_from = container.code
        else:
            break
        matched += 1
    return at, column, matched, code_from


def goes_on(sheet: Sheet, at: int, end: int) -> bool:
    """Return whether a line that is not indented enough goes on with the paragraph above it."""
    text = sheet.text
    character = text[at]
    if character.isalpha():
        return True
    if character == ">" or signs.MARKER.match(text, at, end) or signs.HEADING.match(text, at, end):
        return False
    if character in "`~" and signs.FENCE.match(text, at, end):
        return False
    if character == "<" and block_tag(text, at, end):
        return False
    if character in "[!?=/:|" and (
        signs.CALL.match(text, at, end)
        or signs.LABEL.match(text, at, end)
        or signs.BLOCK_MARK.match(text, at, end)
        or character == "|"
    ):
        return False
    return not (signs.RULE.match(text, at, end) or signs.UNDERLINE.match(text, at, end))


def is_fence_in_list(sheet: Sheet, at: int, end: int) -> bool:
    """Return whether a fence begins at `at` that belongs to what is open, however far it is indented."""
    return bool(sheet.containers) and sheet.text[at] in "`~" and bool(signs.FENCE.match(sheet.text, at, end))


def opened(sheet: Sheet, number: int, at: int, end: int, column: int) -> tuple[int, int, int, str] | None:
    """Open the quote or list entry that begins at `at`; return where its own text begins, or None.

    That is: the place, its column, the column from which it is code, and the marker.
    """
    text = sheet.text
    character = text[at]
    if len(sheet.containers) > 60:
        return None
    if character == ">":
        sheet.close_paragraph()
        sheet.containers.append(Container(quote=True))
        behind, inner = skip_blanks(text, at + 1, end, column + 1)
        return behind, inner, column + 6, ""
    if character in "-*+" or character.isdigit():
        return _opened_entry(sheet, at, end, column)
    if character == ":" and text[at + 1 : at + 2] in (" ", "\t") and number:
        above = sheet.lines[number - 1].kind
        if above in (kinds.TEXT, kinds.BLANK):
            sheet.close_paragraph()
            at, column = skip_blanks(text, at + 1, end, column + 1)
            sheet.containers.append(Container(quote=False, needed=2, code=column + 4))
            return at, column, column + 4, ""
    if character == "[" and sheet.grammar.footnotes is not False:
        found = _FOOTNOTE.match(text, at, end)
        if found:
            sheet.close_paragraph()
            sheet.footnotes.append(Definition(found[1], at, end, found.span(1)))
            sheet.containers.append(Container(quote=False, needed=column + 2, code=column + 8))
            at, column = skip_blanks(text, found.end(), end, column + found.end() - at)
            return at, column, column + 4, ""
    return None


def _opened_entry(sheet: Sheet, at: int, end: int, column: int) -> tuple[int, int, int, str] | None:
    text = sheet.text
    found = signs.MARKER.match(text, at, end)
    if found is None or signs.RULE.match(text, at, end):
        return None
    marker = found[0]
    behind, inner = skip_blanks(text, found.end(), end, column + len(marker))
    empty = behind >= end
    if empty and sheet.grammar.family == PYTHON_MARKDOWN:
        return None
    if sheet.paragraph >= 0:
        in_list = bool(sheet.containers) and not sheet.containers[-1].quote
        if empty or (not in_list and sheet.grammar.blank_above_list):
            return None
        if not in_list and marker[0].isdigit() and marker[:-1] != "1":
            return None
    sheet.close_paragraph()
    wide = inner - column - len(marker)
    needed = column + len(marker) + (1 if wide > 4 or empty else wide)
    if sheet.grammar.four_columns:
        sheet.containers.append(Container(quote=False, needed=column + 1, code=column + 8))
        return behind, inner, inner + 1, marker
    sheet.containers.append(Container(quote=False, needed=needed, code=needed + 4))
    return behind, inner, max(needed + 4, inner + 4 if wide <= 4 else 0), marker
