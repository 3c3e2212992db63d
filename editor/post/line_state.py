"""What a line of a post starts in: the state that the lines before it left, one line after the other.

Only what reaches over line ends is kept: code fences, comments, math, tables, front matter. The rules are
those that Python-Markdown with the PyMdown extensions and CommonMark share; where they differ, the more
forgiving one is taken, as this decides about colours, headings and the count of words only.
"""

import re
from typing import NamedTuple


class LineState(NamedTuple):
    """The state that a line starts in."""

    kind: str
    """text, paragraph, table, fence, comment, math, yaml, yaml-text, toml."""
    mark: str = ""
    """What the fence was opened with, or what closes the math."""
    language: str = ""
    indent: int = 0
    """Columns before a fence, or before the key of a block of YAML text."""
    quoted: bool = False
    """The fence stands in a block quote."""


TEXT = LineState("text")
PARAGRAPH = LineState("paragraph")
TABLE = LineState("table")
COMMENT = LineState("comment")
YAML = LineState("yaml")
TOML = LineState("toml")

# Possessive: a line of blanks is not divided among the parts in every way there is.
_QUOTED = r"[ \t]*+(?:>(?:[ \t]?>)*+[ \t]?+)?+"
FENCE_OPEN = re.compile(
    rf"(?P<lead>{_QUOTED}(?:(?:[-*+]|\d{{1,9}}[.)])[ \t]++)?+[ \t]*+)"
    r"(?P<mark>`{3,}(?=[^`]*$)|~{3,})(?P<info>.*)$"
)
_FENCE_CLOSE = re.compile(rf"{_QUOTED}[ \t]*+(`{{3,}}|~{{3,}})[ \t]*$")
_HEADING = re.compile(r"#{1,6}(?=[ \t]|$)")
UNDERLINE = re.compile(r" {0,3}(=+|-+)[ \t]*$")
_DELIMITER_CELL = re.compile(r":?-+:?")
_LANGUAGE = re.compile(r"[ \t]*\{?[ \t]*\.?([\w+#.-]*)")
_YAML_TEXT = re.compile(r"[ \t]*(?:- +)*[^\s#'\"][^#]*?:[ \t]+(?:[!&]\S+[ \t]+)*[|>][-+0-9]*[ \t]*(?:#.*)?$")
_YAML_LONGEST = 1000
"""Characters of the longest line of front matter in which a block of text is looked for."""
_MATH_BEGIN = re.compile(r"[ \t>]*\\begin\{(\w+\*?)\}")


class HeadingParts(NamedTuple):
    """Where the parts of a heading's line stand: start and end of each."""

    marks: tuple[int, int]
    words: tuple[int, int]
    closing: tuple[int, int]
    """The marks behind the words, with the blank before them; empty where there are none."""


def heading_parts(line: str, start: int = 0) -> HeadingParts | None:
    """Return the parts of the heading whose marks begin at `start`, or None where none does."""
    found = _HEADING.match(line, start)
    if found is None:
        return None
    begin, end = found.end(), max(found.end(), len(line.rstrip(" \t")))
    closing = len(line[:end].rstrip("#")) - 1
    if not (begin <= closing < end - 1 and line[closing] in " \t"):
        closing = end
    return HeadingParts(found.span(), (begin, closing), (closing, end))


def is_delimiter_row(line: str) -> bool:
    """Return whether `line` is the one between a table's head and its rows."""
    row = line.lstrip(" \t>").rstrip(" \t")
    if "|" not in row or row.strip("|-: \t"):
        return False
    cells = row.removeprefix("|").removesuffix("|").split("|")
    return all(_DELIMITER_CELL.fullmatch(cell.strip(" \t")) for cell in cells)


def fence_language(info: str) -> str:
    """Return the language that a fence's info string names, in lower case; empty where it names none."""
    found = _LANGUAGE.match(info)
    return found[1].lower() if found else ""


def state_after(line: str, state: LineState) -> LineState:
    """Return the state after `line`, which starts in `state`."""
    kind = state.kind
    if kind in ("text", "paragraph", "table"):
        return _after_text(line, state)
    if kind == "fence":
        return _after_fence(line, state)
    if kind == "comment":
        return TEXT if line.rfind("-->") > line.rfind("<!--") else state
    if kind == "math":
        return TEXT if state.mark in line else state
    return _after_front_matter(line, state)


def front_matter_state(first_line: str) -> LineState:
    """Return the state that a front matter starts in, by its first line."""
    return TOML if first_line.startswith("+++") else YAML


def _after_fence(line: str, state: LineState) -> LineState:
    if state.quoted and not line.lstrip().startswith(">"):
        return _after_text(line, TEXT)
    found = _FENCE_CLOSE.match(line)
    if found and found[1][0] == state.mark[0] and len(found[1]) >= len(state.mark):
        return TEXT
    return state


def _after_text(line: str, state: LineState) -> LineState:
    bare = line.lstrip(" \t>")
    if not bare:
        return TEXT
    if "```" in bare or "~~~" in bare:
        found = FENCE_OPEN.match(line)
        if found:
            lead = found["lead"]
            return LineState("fence", found["mark"], fence_language(found["info"]), len(lead), ">" in lead)
    if "<!--" in bare and _opens_comment(line):
        return COMMENT
    if bare[0] in "$\\":
        opened = _opened_math(line, bare)
        if opened:
            return opened
    if state.kind == "table":
        return TABLE if "|" in bare else PARAGRAPH
    if "|" in bare and "-" in bare and is_delimiter_row(line):
        return TABLE
    if bare[0] == "#" and _HEADING.match(bare):
        return TEXT
    if state.kind == "paragraph" and bare[0] in "=-" and UNDERLINE.match(line):
        return TEXT
    return PARAGRAPH


def _opens_comment(line: str) -> bool:
    start = line.rfind("<!--")
    return start > line.rfind("-->") and line.count("`", 0, start) % 2 == 0


def _opened_math(line: str, bare: str) -> LineState | None:
    if bare.startswith("$$"):
        return LineState("math", "$$") if bare.count("$$") % 2 else None
    if bare.startswith("\\["):
        return LineState("math", "\\]") if "\\]" not in bare else None
    found = _MATH_BEGIN.match(line)
    if found and f"\\end{{{found[1]}}}" not in bare:
        return LineState("math", f"\\end{{{found[1]}}}")
    return None


def _after_front_matter(line: str, state: LineState) -> LineState:
    if state.kind == "toml":
        return state
    if state.kind == "yaml-text" and (not line.strip() or _indent(line) > state.indent):
        return state
    if len(line) <= _YAML_LONGEST and _YAML_TEXT.match(line):
        return LineState("yaml-text", indent=_indent(line))
    return YAML


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))
