"""Find the source line of each block of the page, and of what begins inside a block.

Both texts are read as streams of letters and digits: what a block begins with is looked for in the source,
forward from where the last block was found.
"""

import re
from bisect import bisect_right
from html import unescape
from itertools import accumulate, pairwise

_KEY = 24
_SHORT_KEY = 10
_NEAR = 400
_FAR = 6_000
_MOST_STARTS = 4

_FRONT_MATTER = re.compile(r"\A\ufeff?---[ \t]*\r?\n.*?^(?:---|\.\.\.)[ \t]*$", re.DOTALL | re.MULTILINE)
_LIST_NUMBER = re.compile(r"^\s*\d+[.)]\s")
_NOT_LETTERS = re.compile(r"[\W_]+")
_LINE_NUMBERS = re.compile(r'<td class="linenos">.*?</td>', re.DOTALL)
_PICTURE_TEXT = re.compile(r'<img\b[^>]*?\balt="([^"]*)"')
_PICTURE_FILE = re.compile(r'<(?:img|source|video|audio)\b[^>]*?\bsrc="([^"]*)"')
_SKIPPED = re.compile(r"<!--.*?-->|<(script|style|svg|math)\b.*?</\1>|<[^>]*>", re.DOTALL)
_MARKED = re.compile(
    r"<!--.*?-->|<(?P<raw>script|style|textarea|template|title|noscript|iframe|xmp|noembed|noframes)\b.*?</(?P=raw)\s*>"
    r"|<(?P<name>p|li|tr|h[1-6]|dt|dd|pre|summary)(?=[\s/>])"
    r"|<(?P<tab>div)(?=\s+class=\"(?:[^\"]*\s)?tabbed-block[\s\"])",
    re.DOTALL | re.IGNORECASE,
)
"""What has a line of its own; resources/preview/lines.js looks for the same elements."""
_TAB_LABELS = re.compile(r'<div class="tabbed-labels">.*?</div>', re.DOTALL)
_TAB = re.compile(r"\s*(?:===|/{3,}\s*tab\b)")
_HEADER_LINK = re.compile(r'<a class="headerlink".*?</a>', re.DOTALL)


def align(source: str, blocks: list[str]) -> list[int]:
    """Return for each of `blocks` (top-level HTML) the 0-based line of `source` where it begins.

    The lines never decrease. `source` is the post's text; a YAML front matter at its head is passed over. A
    block that can't be found stands between its neighbours.
    """
    lines = source.split("\n")
    front_matter = _FRONT_MATTER.match(source)
    first = front_matter.group().count("\n") + 1 if front_matter else 0
    return _filled(_places(lines, blocks, first), min(first, len(lines) - 1), len(lines))


def inner_lines(lines: list[str], block: str) -> list[tuple[str, int]]:
    """Return (tag name, line) of each element of `block` that has a line of its own, in the order of their tags.

    These are paragraphs, entries, rows, headings, terms, code, summaries and tabs (`div`). `lines` is the source of
    `block`, one top-level piece of published HTML; the lines count from its first, and never decrease.
    """
    starts = [
        (name.lower(), found.start())
        for found in _MARKED.finditer(block)
        if (name := found["name"] or found["tab"])
    ]
    if not starts:
        return []
    text = _TAB_LABELS.sub(lambda found: " " * len(found.group()), block)
    begins = [start for _name, start in starts]
    # A container begins where what is first in it does.
    pieces = [text[start:end] for start, end in pairwise([*begins, len(text)])]
    found = _places(lines, pieces, 0)
    following: int | None = None
    for index in range(len(found) - 1, -1, -1):
        if found[index] is not None:
            following = found[index]
        elif not _starts(pieces[index]):
            found[index] = following
    result = _filled(found, 0, len(lines))
    above = 0
    for index, (name, _start) in enumerate(starts):
        if name == "div":
            above = result[index] = _tab_line(lines, result[index], above)
    return [(name, line) for (name, _start), line in zip(starts, result, strict=True)]


def _tab_line(lines: list[str], line: int, above: int) -> int:
    """Return the line of the tab whose content begins at `line`, not above the one of the tab before it."""
    for candidate in range(min(line, len(lines) - 1), above - 1, -1):
        if _TAB.match(lines[candidate]):
            return candidate
    return line


def _places(lines: list[str], blocks: list[str], first: int) -> list[int | None]:
    """Return the line where each of `blocks` is found, looking from line `first` on."""
    letters = [_letters(_without_number(line)) for line in lines]
    letters[:first] = [""] * min(first, len(letters))
    ends = list(accumulate(map(len, letters)))
    line_starts = frozenset([0, *ends])
    stream = "".join(letters)
    found: list[int | None] = []
    position = 0
    missed = 0
    for block in blocks:
        starts = _starts(block)
        place = _find(stream, line_starts, starts, position, missed)
        if place is None:
            found.append(None)
            missed += len(starts[0]) if starts else 0
        else:
            # The line in which that letter stands: lines without letters end where the one before ends.
            found.append(bisect_right(ends, place))
            position = _end(stream, block, place)
            missed = 0
    return found


def _without_number(line: str) -> str:
    """Return `line` without the number of a list entry, which the page does not have as text."""
    return _LIST_NUMBER.sub("", line) if line.lstrip()[:1].isdigit() else line


def _letters(text: str) -> str:
    return _NOT_LETTERS.sub("", text.casefold())


def _starts(block: str) -> list[str]:
    """Return the letters that the block begins with, from its first word on, its second, and so on."""
    head = _HEADER_LINK.sub("", _LINE_NUMBERS.sub("", block[:4_000]))
    text = unescape(_SKIPPED.sub(" ", head))
    words = [letters for word in text.split() if (letters := _letters(word))]
    if not words:
        pictures = [
            *_PICTURE_TEXT.findall(head),
            *(_letters_of_file(name) for name in _PICTURE_FILE.findall(head)),
        ]
        return [key for picture in pictures if (key := _letters(unescape(picture)))]
    return ["".join(words[start : start + _KEY]) for start in range(min(_MOST_STARTS, len(words)))]


def _letters_of_file(url: str) -> str:
    return url.rpartition("/")[2]


def _find(
    stream: str, line_starts: frozenset[int], starts: list[str], position: int, missed: int
) -> int | None:
    far = position + _FAR + 2 * missed
    near = position + _NEAR + 2 * missed
    for start in starts:
        key = start[:_KEY]
        place = stream.find(key, position, (far if len(key) >= _SHORT_KEY else near) + len(key))
        if place >= 0:
            return place if len(key) == _KEY else _at_line_start(stream, line_starts, key, place, near)
    for start in starts:  # a link's or a picture's address may stand in between
        key = start[:_SHORT_KEY]
        if len(key) == _SHORT_KEY:
            place = stream.find(key, position, near + len(key))
            if place >= 0:
                return _at_line_start(stream, line_starts, key, place, near)
    return None


def _at_line_start(stream: str, line_starts: frozenset[int], key: str, place: int, most: int) -> int:
    """Return the first place of the short `key` in `place` to `most` where a line begins; else `place`."""
    candidate = place
    while 0 <= candidate <= most:
        if candidate in line_starts:
            return candidate
        candidate = stream.find(key, candidate + 1, most + len(key))
    return place


def _end(stream: str, block: str, place: int) -> int:
    """Return where in `stream` the block that begins at `place` ends, or the next letter if not seen."""
    words = _SKIPPED.sub(" ", block[-600:].rpartition('<a class="headerlink"')[0] or block[-600:])
    key = _letters(unescape(words))[-_SHORT_KEY:]
    if len(key) < _SHORT_KEY:
        return place + 1
    last = stream.find(key, place, place + 2 * len(block) + len(key))
    return last + len(key) if last >= 0 else place + 1


def _filled(found: list[int | None], first: int, lines: int) -> list[int]:
    """Return the lines with those in between spread evenly."""
    result: list[int] = []
    index = 0
    last = first
    while index < len(found):
        line = found[index]
        if line is not None:
            last = max(last, line)
            result.append(last)
            index += 1
            continue
        gap = index
        while gap < len(found) and found[gap] is None:
            gap += 1
        after = found[gap] if gap < len(found) else None
        limit = max(last, after if after is not None else lines - 1)
        count = gap - index
        result.extend(last + (limit - last) * (step + 1) // (count + 1) for step in range(count))
        last = result[-1]
        index = gap
    return result
