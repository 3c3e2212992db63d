"""Commands on whole lines: headings, lists, quotes, fences, tables, moving and indenting."""

import re

from editor.post.text_edit import TextEdit
from editor.ui.text_editor.passage import Change, Passage, change, rewrite_lines

INDENT = "    "
"""Four spaces: what Python-Markdown takes for one level."""

_HEADING = re.compile(r"#{1,6}(?:[ \t]|$)")
_MARKER = re.compile(r"([ \t]*)(?:([-*+])|(\d{1,9})[.)])([ \t]+|$)(\[[ xX]\](?:[ \t]+|$))?")
_QUOTE = re.compile(r">( |$)?")


def heading(passage: Passage, level: int) -> Change | None:
    """Make the selected lines headings of `level`, or text again with 0 or where they all are."""
    lines = [line for _place, line in passage.lines()]
    mark = "#" * level + " " if level else ""
    written = [line for line in lines if line.strip()] or lines
    if level and all(re.match(rf"#{{{level}}}(?:[ \t]|$)", line) for line in written):
        mark = ""
    alone = len(lines) == 1
    return _rewritten(
        passage, [mark + _HEADING.sub("", line, count=1) if line.strip() or alone else line for line in lines]
    )


def toggle_list(passage: Passage, kind: str) -> Change | None:
    """Make the selected lines a list (`bullet`, `ordered`, `task`), or text again where all are one."""
    lines = [line for _place, line in passage.lines()]
    alone = len(lines) == 1
    written = [line for line in lines if line.strip()]
    off = bool(written) and all(_is_item(line, kind) for line in written)
    number = 0
    new = []
    for line in lines:
        if not line.strip() and not alone:
            new.append(line)
            continue
        found = _MARKER.match(line)
        indent = found[1] if found else line[: len(line) - len(line.lstrip(" \t"))]
        text = line[found.end() :] if found else line[len(indent) :]
        number += 1
        mark = {"bullet": "- ", "ordered": f"{number}. ", "task": "- [ ] "}[kind]
        new.append(indent + ("" if off else mark) + text)
    return _rewritten(passage, new)


def _is_item(line: str, kind: str) -> bool:
    found = _MARKER.match(line)
    if not found:
        return False
    if kind == "ordered":
        return found[3] is not None
    return found[2] is not None and (found[5] is not None) == (kind == "task")


def toggle_quote(passage: Passage) -> Change | None:
    """Quote the selected lines, or take one level of quotation away where all are quoted."""
    lines = [line for _place, line in passage.lines()]
    if all(line.startswith(">") for line in lines):
        return _rewritten(passage, [_QUOTE.sub("", line, count=1) for line in lines])
    alone = len(lines) == 1
    return _rewritten(passage, [f"> {line}" if line or alone else ">" for line in lines])


def toggle_task_box(passage: Passage) -> Change | None:
    """Tick or untick the selected tasks; bullets become tasks."""
    lines = [line for _place, line in passage.lines()]
    found = [_MARKER.match(line) for line in lines]
    boxes = [match[5] for match in found if match and match[5]]
    tick = any(box[1] == " " for box in boxes)
    new = []
    for line, match in zip(lines, found, strict=True):
        if match and match[5]:
            place = match.start(5) + 1
            line = line[:place] + ("x" if tick else " ") + line[place + 1 :]
        elif match and not boxes:
            line = f"{line[: match.end()]}{'' if match[4] else ' '}[ ] {line[match.end() :]}"
        new.append(line)
    return _rewritten(passage, new)


def toggle_fence(passage: Passage, mark: str) -> Change:
    """Put lines with `mark` above and below the selected lines, or take them away where they are."""
    first, last = passage.line_span()
    text = passage.text
    above = text.rfind("\n", 0, max(0, first - 1)) + 1
    below = text.find("\n", last + 1)
    below = len(text) if below < 0 else below
    has_above = first > 0 and text[above : first - 1].strip().startswith(mark)
    if has_above and last < len(text) and text[last + 1 : below].strip() == mark:
        return change(passage, [TextEdit(above, first, ""), TextEdit(last, below, "")])
    line = text[first:last]
    indent = line[: len(line) - len(line.lstrip(" \t"))]
    while mark[0] == "`" and mark in line:
        mark += "`"
    edits = [TextEdit(first, first, f"{indent}{mark}\n"), TextEdit(last, last, f"\n{indent}{mark}")]
    shift = len(indent) + len(mark) + 1
    return change(passage, edits, (passage.start + shift, passage.end + shift))


def move_lines_up(passage: Passage) -> Change | None:
    """Change places of the selected lines and the line above them."""
    first, last = passage.line_span()
    if first == 0:
        return None
    above = passage.text.rfind("\n", 0, first - 1) + 1
    wider = Passage(passage.text, above, last)
    lines = [line for _place, line in wider.lines()]
    shift = first - above
    edits = rewrite_lines(wider, [*lines[1:], lines[0]])
    return change(passage, edits, (passage.start - shift, passage.end - shift))


def move_lines_down(passage: Passage) -> Change | None:
    """Change places of the selected lines and the line below them."""
    first, last = passage.line_span()
    if last >= len(passage.text):
        return None
    below = passage.text.find("\n", last + 1)
    below = len(passage.text) if below < 0 else below
    wider = Passage(passage.text, first, below)
    lines = wider.text[first:below].split("\n")
    shift = below - last
    edits = rewrite_lines(Passage(passage.text, first, below), [lines[-1], *lines[:-1]])
    return change(passage, edits, (passage.start + shift, passage.end + shift))


def duplicate_lines(passage: Passage) -> Change:
    """Write the selected lines once more below them, and go there."""
    first, last = passage.line_span()
    text = passage.text[first:last]
    shift = len(text) + 1
    return change(passage, [TextEdit(last, last, f"\n{text}")], (passage.start + shift, passage.end + shift))


def indent(passage: Passage) -> Change | None:
    """Move the selected lines one level to the right."""
    lines = [line for _place, line in passage.lines()]
    alone = len(lines) == 1
    return _rewritten(passage, [INDENT + line if line.strip() or alone else line for line in lines])


def unindent(passage: Passage) -> Change | None:
    """Move the selected lines one level to the left, as far as they go."""
    new = []
    for _place, line in passage.lines():
        blanks = len(line) - len(line.lstrip(" "))
        new.append(line[1:] if line.startswith("\t") else line[min(blanks, len(INDENT)) :])
    return _rewritten(passage, new)


def insert_table(passage: Passage, heading_word: str) -> Change:
    """Put a table of two columns at the selection's lines; the first heading is selected."""
    width = max(3, len(heading_word))
    row = "| " + " | ".join([heading_word.ljust(width)] * 2) + " |"
    rule = "| " + " | ".join(["-" * width] * 2) + " |"
    empty = "| " + " | ".join([" " * width] * 2) + " |"
    return _insert_block(passage, f"{row}\n{rule}\n{empty}", (2, 2 + len(heading_word)))


def insert_admonition(passage: Passage, kind: str) -> Change:
    """Put the selected lines into an admonition, or begin an empty one."""
    lines = passage.lines()
    if not any(line.strip() for _place, line in lines):
        made = f"!!! {kind}\n{INDENT}"
        return _insert_block(passage, made, (len(made), len(made)))
    first, _last = passage.line_span()
    head = f"!!! {kind}\n"
    edits = [TextEdit(first, first, head + INDENT)]
    edits += [TextEdit(place, place, INDENT) for place, line in lines[1:] if line.strip()]
    return change(passage, edits)


def _insert_block(passage: Passage, block: str, selection: tuple[int, int]) -> Change:
    """Insert lines at the caret's line if it is blank, else below it, with a blank line on either side."""
    first, last = passage.line_span()
    text = passage.text
    if text[first:last].strip():
        place, before = (last, last), "\n\n"
    else:
        place = (first, last)
        above = text[:first].rstrip(" \t\n") if first else ""
        before = "\n" if above and text[:first].count("\n", len(above)) < 2 else ""
    rest = text[last:]
    after = "\n" if rest and rest.split("\n", 2)[1].strip() else ""
    start = place[0] + len(before)
    edit = TextEdit(*place, before + block + after)
    return change(passage, [edit], (start + selection[0], start + selection[1]))


def _rewritten(passage: Passage, new: list[str]) -> Change | None:
    edits = rewrite_lines(passage, new)
    return change(passage, edits) if edits else None
