"""Commands inside a line: toggles of marks, links, pictures."""

import re

from editor.post.text_edit import TextEdit
from editor.ui.text_editor.passage import Change, Passage, change

_PREFIX = re.compile(r"[ \t]*(?:>[ \t]?)*(?:#{1,6}[ \t]+|(?:[-*+]|\d{1,9}[.)])[ \t]+(?:\[[ xX]\][ \t]+)?)?")
_LINK = re.compile(r"!?\[([^\[\]\n]*)\]\(([^()\s]*)\)")
_LITERAL = re.compile(r"\\.|(`+)(?!`).*?(?<!`)\1(?!`)")
"""What no mark stands in: an escaped character, a piece of code."""
_ADDRESS = re.compile(r"(?:https?://|mailto:)\S+")


def toggle_mark(passage: Passage, mark: str) -> Change | None:
    """Put `mark` around the selection or the caret's word, line by line; or take it away where it is."""
    if passage.start == passage.end:
        return _toggle_at_caret(passage, mark)
    pieces = _pieces(passage)
    if not pieces:
        return None
    marked = [_marked(passage.text, start, end, mark) for start, end in pieces]
    size = len(mark)
    edits: list[TextEdit] = []
    if all(found is not None for found in marked):
        for found in marked:
            assert found is not None
            start, end = found
            edits += [TextEdit(start - size, start, ""), TextEdit(end, end + size, "")]
    else:
        for (start, end), found in zip(pieces, marked, strict=True):
            if found is None:
                edits += [TextEdit(start, start, mark), TextEdit(end, end, mark)]
    return change(passage, edits)


def _pieces(passage: Passage) -> list[tuple[int, int]]:
    """Return the selected text of every line, without what is no text: list marks, blanks around it."""
    pieces = []
    for start, line in passage.lines():
        prefix = _PREFIX.match(line)
        first = max(passage.start, start + (prefix.end() if prefix and passage.start <= start else 0))
        last = min(passage.end, start + len(line))
        text = passage.text[first:last]
        first += len(text) - len(text.lstrip())
        last -= len(text) - len(text.rstrip())
        if first < last:
            pieces.append((first, last))
    return pieces


def _marked(text: str, start: int, end: int, mark: str) -> tuple[int, int] | None:
    """Return the text inside the marks, where `[start, end)` stands in them or takes them in; else None."""
    size = len(mark)
    if not _count(text, start, mark, -1) and text.startswith(mark, start):
        start += size
    if not _count(text, end, mark, 1) and text.endswith(mark, start, end):
        end -= size
    if start <= end and _count(text, start, mark, -1) and _count(text, end, mark, 1):
        return start, end
    return None


def _count(text: str, place: int, mark: str, step: int) -> bool:
    """Return whether `mark`, and no longer mark, stands right before (-1) or behind (1) `place`."""
    sign = mark[0]
    run = 0
    look = place if step > 0 else place - 1
    while 0 <= look < len(text) and text[look] == sign:
        run += 1
        look += step
    if sign in "*_":
        return run in (1, 3) if len(mark) == 1 else run >= 2
    return run == len(mark)


def _toggle_at_caret(passage: Passage, mark: str) -> Change:
    text, caret, size = passage.text, passage.start, len(mark)
    if _at_closing_mark(passage, mark):  # what it was put in for is written: go on behind it
        return change(passage, [], (caret + size, caret + size))
    start = caret
    while start > 0 and _in_word(text, start - 1):
        start -= 1
    end = caret
    while end < len(text) and _in_word(text, end):
        end += 1
    if _count(text, start, mark, -1) and _count(text, end, mark, 1):
        return change(
            passage,
            [TextEdit(start - size, start, ""), TextEdit(end, end + size, "")],
            (caret - size, caret - size),
        )
    if start == end and _empty_pair(text, caret, mark):
        return change(passage, [TextEdit(caret - size, caret + size, "")], (caret - size, caret - size))
    return change(
        passage, [TextEdit(start, start, mark), TextEdit(end, end, mark)], (caret + size, caret + size)
    )


def _at_closing_mark(passage: Passage, mark: str) -> bool:
    """Return whether the caret stands right before a `mark` that closes, with something between the two."""
    text, caret, sign = passage.text, passage.start, mark[0]
    if not text.startswith(mark, caret):
        return False
    if sign != "*" and (text[caret - 1 : caret] == sign or not _count(text, caret, mark, 1)):
        return False
    written = text[passage.line_span()[0] : caret]
    if sign != "`":
        written = _LITERAL.sub(lambda found: "x" * len(found[0]), written)
    is_open = _open_run(written) if sign == "*" else _runs(written, mark) % 2 * len(mark)
    return is_open in (1, 3) if mark == "*" else is_open >= len(mark)


def _runs(written: str, mark: str) -> int:
    """Return how many runs of the sign of `mark` are as long as it is."""
    return sum(len(run[0]) == len(mark) for run in re.finditer(f"{re.escape(mark[0])}+", written))


def _open_run(written: str) -> int:
    """Return how many of the asterisks that were opened last are still open; none at the very end counts."""
    still_open: list[int] = []
    for run in re.finditer(r"\*+", written):
        count = len(run[0])
        if run.start() and not written[run.start() - 1].isspace():
            while count and still_open:
                closed = min(count, still_open[-1])
                count -= closed
                still_open[-1] -= closed
                if not still_open[-1]:
                    still_open.pop()
        if count and run.end() == len(written):
            return 0
        if count and not written[run.end()].isspace():
            still_open.append(count)
    return still_open[-1] if still_open else 0


def _empty_pair(text: str, caret: int, mark: str) -> bool:
    return text[max(0, caret - len(mark)) : caret] == mark and text.startswith(mark, caret)


def _in_word(text: str, place: int) -> bool:
    return text[place].isalnum() or (text[place] in "'’-" and 0 < place < len(text) - 1
        and text[place - 1].isalnum() and text[place + 1].isalnum())  # fmt: skip


def toggle_link(passage: Passage, mark: str = "[") -> Change:
    """Make the selection a link (or with `![` a picture); a link without an address becomes text again."""
    around = link_around(passage)
    if around is not None:
        return _open_link(passage, *around)
    text = passage.selected
    if _ADDRESS.fullmatch(text):
        return make_link(passage, text, mark="" if mark == "[" else mark, text="")
    edits = [TextEdit(passage.start, passage.start, mark), TextEdit(passage.end, passage.end, "]()")]
    caret = passage.end + len(mark) + (2 if text else 0)
    return change(passage, edits, (caret, caret))


def link_around(passage: Passage) -> tuple[int, re.Match[str]] | None:
    """Return the link or picture that the selection stands in, and where its line starts; else None."""
    for start, line in passage.lines():
        for found in _LINK.finditer(line):
            if start + found.start() <= passage.start and passage.end <= start + found.end():
                return start, found
    return None


def next_part(passage: Passage) -> int | None:
    """Return where Tab goes at the end of a part of a link: to an address that is missing, else behind it."""
    around = link_around(passage) if passage.start == passage.end else None
    if around is None:
        return None
    start, found = around
    caret = passage.start - start
    if caret == found.end(1) and not found[2]:
        return start + found.start(2)
    return start + found.end() if caret in (found.end(1), found.end(2)) else None


def make_link(passage: Passage, address: str, *, mark: str = "[", text: str | None = None) -> Change:
    """Link the selection to `address`; the caret goes behind it, or to where a text is missing."""
    label = passage.selected if text is None else text
    mark = mark or "["
    made = f"{mark}{label}]({address})"
    place = passage.start + (len(mark) if not label else len(made))
    if label == passage.selected:
        edits = [
            TextEdit(passage.start, passage.start, mark),
            TextEdit(passage.end, passage.end, f"]({address})"),
        ]
    else:
        edits = [TextEdit(passage.start, passage.end, made)]
    return change(passage, edits, (place, place))


def is_address(text: str) -> bool:
    """Return whether `text` is one web address and nothing else."""
    return bool(_ADDRESS.fullmatch(text))


def _open_link(passage: Passage, start: int, found: re.Match[str]) -> Change:
    if found[2]:  # it leads somewhere: let the address be changed
        return change(passage, [], (start + found.start(2), start + found.end(2)))
    whole = start + found.start(), start + found.end()
    inner = start + found.start(1), start + found.end(1)
    edits = [TextEdit(whole[0], inner[0], ""), TextEdit(inner[1], whole[1], "")]
    return change(passage, edits, (whole[0], whole[0] + len(found[1])))
