"""The spans of one line of a post, from the line, the state it starts in and the line after it."""

import re

from editor.post.line_state import (
    FENCE_OPEN,
    UNDERLINE,
    LineState,
    heading_parts,
    is_delimiter_row,
    state_after,
)
from editor.ui.text_editor.front_matter_lines import paint_front_matter
from editor.ui.text_editor.inline import LIMIT, paint_inline
from editor.ui.text_editor.styles import Canvas, Flag, Span, Style

_DEEPEST = 40
"""So many quote marks and list markers in one line, one in the other, are told from its text."""

_QUOTE = re.compile(r"(?:[ \t]*>)+[ \t]?")
_ALERT = re.compile(r"\[!\w+\][-+]?")
_LIST = re.compile(r"([ \t]*)([-*+]|\d{1,9}[.)])(?:[ \t]+|$)")
_TASK = re.compile(r"\[([ xX])\](?=[ \t])")
_CALL = re.compile(r"(!!!\+?|\?\?\?\+?|===[!+]{0,2})[ \t]+([^\"{]*)(\"(?:[^\"\\]|\\.)*\")?(.*)$")
_BLOCK = re.compile(r"(/{3,})[ \t]*([\w-]*)([ \t]*\|)?(.*)$")
_DIRECTIVE = re.compile(r":{3,}.*$")
_RULE = re.compile(r"(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$")
_DEFINITION = re.compile(r"(\[)(\^?[^\]]+)(\]:)(?:[ \t]*(.*))?$")
_ABBREVIATION = re.compile(r"(\*\[)([^\]]+)(\]:)(.*)$")
_SNIPPET = re.compile(r"(?:;?-+8<-+)(.*)$")
_MEANING = re.compile(r"(:)[ \t]+")


def line_spans(line: str, state: LineState, following: str = "") -> list[Span]:
    """Return how `line`, which starts in `state`, is shown; `following` is the line after it.

    Lines of code inside a fence come back in one style: `fences` knows their language.
    """
    if not line:
        return []
    canvas = Canvas(len(line))
    kind = state.kind
    if kind in ("yaml", "yaml-text", "toml"):
        paint_front_matter(canvas, line, state)
    elif kind == "fence" and state_after(line, state).kind == "fence":
        canvas.paint(0, len(line), Style.CODE)
    elif kind == "fence" and not (state.quoted and not line.lstrip().startswith(">")):
        canvas.paint(0, len(line), Style.FAINT)
    elif kind == "comment":
        _paint_comment(canvas, line)
    elif kind == "math":
        _paint_math(canvas, line, state)
    else:
        _paint_text(canvas, line, state, following)
    return canvas.spans()


def _paint_comment(canvas: Canvas, line: str) -> None:
    end = line.find("-->")
    if end < 0:
        canvas.paint(0, len(line), Style.COMMENT)
        return
    canvas.paint(0, end, Style.COMMENT)
    canvas.paint(end, end + 3, Style.FAINT, Flag.ITALIC)
    paint_inline(canvas, line, end + 3, len(line))


def _paint_math(canvas: Canvas, line: str, state: LineState) -> None:
    end = line.find(state.mark)
    canvas.paint(0, len(line) if end < 0 else end, Style.MATH)
    if end >= 0:
        canvas.paint(end, end + len(state.mark), Style.FAINT)
        paint_inline(canvas, line, end + len(state.mark), len(line))


def _paint_text(canvas: Canvas, line: str, state: LineState, following: str) -> None:
    end = len(line)
    fence = FENCE_OPEN.match(line) if "```" in line or "~~~" in line else None
    if fence:
        _paint_prefix(canvas, line)
        canvas.paint(fence.start("mark"), end, Style.FAINT)
        canvas.paint(*fence.span("info"), Style.DIM)
        return
    after = state_after(line, state)
    start = _paint_prefix(canvas, line)
    bare = line[start:]
    if after.kind == "math":
        mark = start + len(bare) - len(bare.lstrip())
        canvas.paint(mark, end, Style.MATH)
        canvas.paint(mark, mark + 2, Style.FAINT)
        return
    if after.kind == "comment":
        opened = line.rfind("<!--")
        paint_inline(canvas, line, start, opened)
        canvas.paint(opened, opened + 4, Style.FAINT, Flag.ITALIC)
        canvas.paint(opened + 4, end, Style.COMMENT)
        return
    if state.kind == "paragraph" and UNDERLINE.match(line):
        canvas.paint(0, end, Style.FAINT)
    elif not _paint_block(canvas, line, start):
        _paint_running(canvas, line, start, following)
    if after.kind == "table" or ("|" in line and is_delimiter_row(following)):
        _paint_row(canvas, line, start, header=after.kind != "table")


def _paint_running(canvas: Canvas, line: str, start: int, following: str) -> None:
    if following and UNDERLINE.match(following) and not is_delimiter_row(following) and start == 0:
        canvas.flag(0, len(line), Flag.BOLD)
    paint_inline(canvas, line, start, len(line))


def _paint_prefix(canvas: Canvas, line: str) -> int:
    """Paint quote marks, list markers and task boxes; return where the text behind them starts."""
    place = 0
    for _ in range(_DEEPEST):
        quote = _QUOTE.match(line, place)
        if quote:
            canvas.paint(place, quote.end(), Style.FAINT)
            canvas.paint(quote.end(), len(line), Style.DIM)
            place = quote.end()
            alert = _ALERT.match(line, place)
            if alert:
                canvas.paint(*alert.span(), Style.CALL)
                place = alert.end()
            continue
        marker = _LIST.match(line, place)
        if not marker or _RULE.match(line, marker.start(2)):
            return place
        canvas.paint(*marker.span(2), Style.MARKER)
        place = marker.end()
        task = _TASK.match(line, place)
        if task:
            canvas.paint(*task.span(), Style.MARKER if task[1] == " " else Style.INSERTED)
            return task.end()
    return place


def _paint_block(canvas: Canvas, line: str, start: int) -> bool:
    """Paint a line that is a block mark of its own kind; return whether it was one."""
    end = len(line)
    place = start
    while place < end and line[place] in " \t":
        place += 1
    first = line[place : place + 1]
    if first == "#":
        return _paint_heading(canvas, line, place)
    if first in ("!", "?", "="):
        return _paint_call(canvas, line, place)
    if first == "/" and (found := _BLOCK.match(line, place)):
        canvas.paint(*found.span(1), Style.CALL)
        canvas.paint(*found.span(2), Style.CALL)
        if found[3]:
            canvas.paint(*found.span(3), Style.FAINT)
            canvas.flag(*found.span(4), Flag.BOLD)
        return True
    if first == ":" and (found := _DIRECTIVE.match(line, place)):
        canvas.paint(*found.span(), Style.CALL)
        return True
    if first == ":" and (found := _MEANING.match(line, place)):
        canvas.paint(*found.span(1), Style.MARKER)
        return False
    if first in ("-", "*", "_", ";"):
        return _paint_mark_line(canvas, line, place)
    if first == "[" and (found := _DEFINITION.match(line, place)):
        canvas.paint(*found.span(), Style.FAINT)
        canvas.paint(*found.span(2), Style.LINK)
        if found[2].startswith("^"):
            canvas.paint(*found.span(4), Style.PLAIN)
            paint_inline(canvas, line, found.start(4), end)
        else:
            canvas.paint(*found.span(4), Style.DIM)
        return True
    return False


def _paint_mark_line(canvas: Canvas, line: str, place: int) -> bool:
    if _RULE.match(line, place):
        canvas.paint(place, len(line), Style.FAINT)
        return True
    found = _SNIPPET.match(line, place)
    if found:
        canvas.paint(place, len(line), Style.CALL)
        canvas.paint(*found.span(1), Style.DIM)
        return True
    found = _ABBREVIATION.match(line, place)
    if found:
        canvas.paint(*found.span(), Style.FAINT)
        canvas.paint(*found.span(2), Style.LINK)
        canvas.paint(*found.span(4), Style.DIM)
        return True
    return False


def _paint_heading(canvas: Canvas, line: str, place: int) -> bool:
    found = heading_parts(line, place)
    if found is None:
        return False
    canvas.paint(*found.marks, Style.FAINT)
    canvas.flag(*found.words, Flag.BOLD)
    paint_inline(canvas, line, *found.words)
    canvas.paint(*found.closing, Style.FAINT)
    return True


def _paint_call(canvas: Canvas, line: str, place: int) -> bool:
    found = _CALL.match(line, place)
    if not found:
        return False
    canvas.paint(found.start(1), found.end(2), Style.CALL)
    if found[3]:
        canvas.paint(*found.span(3), Style.FAINT)
        canvas.paint(found.start(3) + 1, found.end(3) - 1, Style.PLAIN)
        canvas.flag(found.start(3) + 1, found.end(3) - 1, Flag.BOLD)
        paint_inline(canvas, line, found.start(3) + 1, found.end(3) - 1)
    canvas.paint(*found.span(4), Style.FAINT)
    return True


def _paint_row(canvas: Canvas, line: str, start: int, *, header: bool) -> None:
    if is_delimiter_row(line):
        canvas.paint(start, len(line), Style.FAINT)
        return
    if header:
        canvas.flag(start, min(len(line), LIMIT), Flag.BOLD)
    place = line.find("|", start)
    while place >= 0:
        if place == 0 or line[place - 1] != "\\":
            canvas.paint(place, place + 1, Style.FAINT)
        place = line.find("|", place + 1)
