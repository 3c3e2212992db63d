"""Lines that change places."""

from collections.abc import Iterable, Iterator

from editor.post.front_matter.values import Value
from editor.post.lines import ending_before, line_end, line_start, next_line
from editor.post.text_edit import TextEdit


def moved_lines(text: str, start: int, end: int, target: int) -> Iterator[TextEdit]:
    """Yield the edit that puts the lines `text[start:end]` at `target`, where a line begins or the text ends."""
    piece = text[start:end]
    low, high = min(start, target), max(end, target)
    if target < start:
        result = piece + text[target:start]
    else:
        result = text[end:target] + piece
    if not ending_before(text, high) and high == len(text):
        # The last line has no line end: the line that is last now has none either.
        newline = ending_before(text, next_line(text, low)) or "\n"
        first, second = (piece, text[target:start]) if target < start else (text[end:target], piece)
        result = first + newline + second.removesuffix(ending_before(second, len(second)))
    edit = TextEdit.between(text, text[:low] + result + text[high:])
    if edit:
        yield edit


def with_comments(
    text: str, extents: Iterable[tuple[int, int]], start: int, stop: int
) -> list[tuple[int, int]]:
    """Return the lines of each of `extents`, from its comments above to those indented below it.

    The comments above are those in the lines directly above, at whatever column; those below have a greater
    column than the beginning of the extent. All of them lie within `text[start:stop]`.
    """
    found: list[tuple[int, int]] = []
    last = start
    for first, end in extents:
        begin = line_start(text, first)
        column = first - begin
        while begin > last:
            above = line_start(text, begin - len(ending_before(text, begin)))
            if not _is_comment(text, above):
                break
            begin = above
        behind = next_line(text, end)
        while behind < stop and _is_comment(text, behind) and _column(text, behind) > column:
            behind = next_line(text, behind)
        found.append((begin, behind))
        last = behind
    return found


def extents(holder: Value) -> list[tuple[int, int]]:
    """Return where each child of `holder` begins, and where the last thing in it ends."""
    children = [(item.start, item) for item in holder.items]
    children += [(entry.start, entry.value) for entry in holder.entries]
    return [(start, max(start, *(value.end for value in child.inside()))) for start, child in children]


def _is_comment(text: str, index: int) -> bool:
    return text[index : line_end(text, index)].lstrip(" \t").startswith("#")


def _column(text: str, index: int) -> int:
    line = text[index : line_end(text, index)]
    return len(line) - len(line.lstrip(" \t"))
