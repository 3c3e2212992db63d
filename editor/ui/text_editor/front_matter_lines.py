"""The spans of a line of front matter: keys, values, comments, fences."""

import re

from editor.post.line_state import LineState
from editor.ui.text_editor.styles import Canvas, Flag, Style

_LIMIT = 1000
"""Characters of one line that are looked at; what is behind them stays plain."""

_FENCE = re.compile(r"(---|\+\+\+|\.\.\.|;;;|<!--|-->)[ \t]*$")
_DASHES = re.compile(r"[ \t]*((?:-[ \t]+)*-?(?=[ \t]|$))[ \t]*")
_YAML_KEY = re.compile(
    r"(\.\.[ \t]+)?(\"[^\"]*\"|'[^']*'|[^\s\[\]{},#&*!|>'\"%@`][^#:]*?(?::\S[^#:]*?)*)[ \t]*(:)(?=[ \t]|$)"
)
_TOML_KEY = re.compile(r"((?:[\w.-]+|\"[^\"]*\"|'[^']*')(?:\.(?:[\w-]+|\"[^\"]*\"))*)[ \t]*(=)")
_TOML_TABLE = re.compile(r"\[\[?[^\]]*\]\]?")
_VALUE = re.compile(
    r"(?P<comment>(?:(?<=\s)|^)#.*$)"
    r"|(?P<string>\"(?:[^\"\\]|\\.)*\"?|'(?:[^']|'')*'?)"
    r"|(?P<tag>[!&*][^\s,\[\]{}]+)"
    r"|(?P<mark>[\[\]{},]|[|>][-+0-9]*(?=[ \t]*$))"
    r"|(?P<word>[^\s\"'#,\[\]{}][^#,\[\]{}]*?(?=[ \t]*(?:[,\[\]{}]|$|[ \t]#)))"
)
_NUMBER = re.compile(
    r"[-+]?(?:0x[0-9a-f]+|0o[0-7]+|(?:\d[\d_]*)?\.?\d+(?:e[-+]?\d+)?|\.inf|\.nan)"
    r"|\d{4}-\d\d?-\d\d?(?:[Tt ]\S*(?: ?[+-]\d\d?(?::?\d\d)?)?)?"
    r"|true|false|yes|no|on|off|null|~",
    re.IGNORECASE,
)


def paint_front_matter(canvas: Canvas, line: str, state: LineState) -> None:
    """Paint a line of front matter that starts in `state`."""
    line = line[:_LIMIT]
    length = len(line)
    if _FENCE.match(line):
        canvas.paint(0, length, Style.FAINT)
        return
    if state.kind == "yaml-text" and (not line.strip() or len(line) - len(line.lstrip(" ")) > state.indent):
        canvas.paint(0, length, Style.STRING)
        return
    place = 0
    dashes = _DASHES.match(line)
    if dashes and state.kind != "toml":
        canvas.paint(*dashes.span(1), Style.FAINT)
        place = dashes.end()
    if state.kind == "toml":
        table = _TOML_TABLE.match(line)
        if table:
            canvas.paint(*table.span(), Style.KEY, Flag.BOLD)
            place = table.end()
        key, value = _TOML_KEY.match(line), 1
    else:
        key, value = _YAML_KEY.match(line, place), 2
    if key:
        canvas.paint(key.start(), key.end(), Style.FAINT)
        canvas.paint(*key.span(value), Style.KEY)
        place = key.end()
    for found in _VALUE.finditer(line, place):
        if found["comment"] is not None:
            canvas.paint(*found.span(), Style.COMMENT)
        elif found["string"] is not None:
            canvas.paint(*found.span(), Style.STRING)
        elif found["mark"] is not None or found["tag"] is not None:
            canvas.paint(*found.span(), Style.DIM)
        else:
            style = Style.NUMBER if _NUMBER.fullmatch(found["word"]) else Style.STRING
            canvas.paint(*found.span(), style)
