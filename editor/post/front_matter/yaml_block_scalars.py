"""Texts of several lines in YAML's block styles: literal (`|`) and folded (`>`)."""

import re
from collections.abc import Iterator

from editor.post.front_matter.values import Value
from editor.post.lines import line_end, line_start, next_line

_UNFIT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]")


def block_scalars(text: str, old: Value | None, value: str, column: int, newline: str) -> Iterator[str]:
    """Yield spellings of `value` in block style, from the indicator to the last character.

    `old` is the value before it, whose style, comment and indentation are kept; without one, and where it was
    not in block style, only a value of several lines becomes a block. `column` is the key's.
    """
    style = old.style if old and old.style in ("literal", "folded") else None
    if _UNFIT.search(value) or not value.strip() or (style is None and "\n" not in value.rstrip("\n")):
        return
    indent, comment, width = column + 2, "", 0
    if old and style:
        header = text[old.start : line_end(text, old.start)]
        hash_ = header.find("#")
        comment = " " + header[hash_:] if hash_ > 0 else ""
        lines = _content(text, old)
        indent = min((len(line) - len(line.lstrip(" ")) for line in lines if line.strip(" ")), default=indent)
        width = max((len(line) - indent for line in lines), default=0) if len(lines) > 1 else 0
    body = value.rstrip("\n")
    chomp = {0: "-", 1: ""}.get(len(value) - len(body), "+")
    below = newline * (len(value) - len(body) - 1)  # with `+`, the blank lines are text
    digit = str(indent - column) if body[0] in " \n" and 0 < indent - column < 10 else ""
    spellings = [("|", body.split("\n"))]
    if style == "folded":
        spellings.insert(0, (">", _folded(body, width)))
    for indicator, lines in spellings:
        written = [" " * indent + line if line else "" for line in lines]
        spelled = newline.join([f"{indicator}{digit}{chomp}{comment}", *written])
        yield spelled  # the blank lines below the old value are still there
        if below:
            yield spelled + below


def _content(text: str, old: Value) -> list[str]:
    """Return the lines of a value in block style, without its header."""
    lines = []
    index = next_line(text, old.start)
    while index < old.end and index == line_start(text, index):
        stop = min(line_end(text, index), old.end)
        lines.append(text[index:stop])
        index = next_line(text, index)
    return lines


def _folded(body: str, width: int) -> list[str]:
    """Return the lines that a folded scalar reads as `body`; wrapped at `width` columns (0: not at all)."""
    lines: list[str] = []
    for number, paragraph in enumerate(body.split("\n")):
        if number and paragraph:
            lines.append("")  # a single line end would be read as a space
        lines += _wrapped(paragraph, width) if paragraph else [""]
    return lines


def _wrapped(paragraph: str, width: int) -> list[str]:
    if not width or paragraph != paragraph.strip(" ") or "  " in paragraph:
        return [paragraph]  # lines that begin with a space are not folded; two spaces would not come back
    lines = [""]
    for word in paragraph.split(" "):
        if lines[-1] and len(lines[-1]) + 1 + len(word) > width:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}" if lines[-1] else word
    return lines
