"""What was changed from one version of a file to the next, done to another version of it."""

import codecs

from editor.git.hunks import hunks, lines_of


def replayed(onto: bytes, before: bytes, after: bytes) -> bytes | None:
    """Return `onto` with the changes from `before` to `after`; None where it has other lines in their places.

    Line endings and a byte order mark stay as `onto` has them: new lines get its usual ending. A changed line next
    to one that differs in `onto` is no obstacle, as it is for a merge (git-merge-file(1)): fields stand line by line.
    """
    lines = lines_of(onto.removeprefix(codecs.BOM_UTF8))
    old, new, base = _plain(before), _plain(after), _plain(onto)
    places = _places(old, base)
    found: list[bytes] = []
    done = 0
    for hunk in hunks(old, new):
        place = _place(places, hunk.before_start, hunk.before_end, len(lines_of(old)), len(lines))
        if place is None or place[0] < done:
            return None
        start, end = place
        found += _ended(lines[done:start], onto)
        found += [_bare(line) + _usual_ending(onto) for line in hunk.new]
        done = end
    found += lines[done:]
    return _with_end(b"".join(found), onto, before, after)


def _places(old: bytes, base: bytes) -> dict[int, int]:
    """Return line of `old` -> the same line of `base`, for those that both have."""
    places: dict[int, int] = {}
    line = shift = 0
    for hunk in hunks(old, base):
        places.update({number: number + shift for number in range(line, hunk.before_start)})
        line = hunk.before_end
        shift = hunk.after_end - hunk.before_end
    places.update({number: number + shift for number in range(line, len(lines_of(old)))})
    return places


def _place(places: dict[int, int], start: int, end: int, count: int, others: int) -> tuple[int, int] | None:
    """Return which lines of the other version are the lines `start` to `end` of one of `count` lines."""
    if start < end:
        first = places.get(start)
        same = first is not None and all(
            places.get(number) == first + number - start for number in range(start, end)
        )
        return (first, first + end - start) if first is not None and same else None
    if start - 1 in places:
        return places[start - 1] + 1, places[start - 1] + 1
    if start in places:
        return places[start], places[start]
    if count == 0 and others == 0:
        return 0, 0
    return None


def _plain(content: bytes) -> bytes:
    """Return a content without byte order mark, each of its lines ended by a line feed."""
    return b"".join(_bare(line) + b"\n" for line in lines_of(content.removeprefix(codecs.BOM_UTF8)))


def _ended(lines: list[bytes], onto: bytes) -> list[bytes]:
    """Return `lines` with an ending behind the last one: more follow."""
    if lines and not lines[-1].endswith(b"\n"):
        return [*lines[:-1], lines[-1] + _usual_ending(onto)]
    return lines


def _bare(line: bytes) -> bytes:
    return line.removesuffix(b"\n").removesuffix(b"\r")


def _usual_ending(content: bytes) -> bytes:
    pairs = content.count(b"\r\n")
    return b"\r\n" if pairs > content.count(b"\n") - pairs else b"\n"


def _with_end(content: bytes, onto: bytes, before: bytes, after: bytes) -> bytes:
    """Return `content` with the byte order mark of `onto`, and a last line feed as the change wants it."""
    ended = onto.endswith(b"\n") if before.endswith(b"\n") == after.endswith(b"\n") else after.endswith(b"\n")
    if content and ended and not content.endswith(b"\n"):
        content += _usual_ending(onto)
    elif not ended:
        content = _bare(content)
    return (codecs.BOM_UTF8 if onto.startswith(codecs.BOM_UTF8) else b"") + content
