"""One file before and after: the rows in which people read what changed, and the hunks that can be picked."""

import codecs
import hashlib
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property

from editor.git.hunks import Hunk, hunks
from editor.post.differences import changed_words, paired
from editor.post.front_matter import FrontMatter
from editor.post.lines import usual_ending
from editor.translation import gettext as _
from editor.translation import ngettext
from editor.ui.text_editor.outline import headings_of

LARGEST = 2_000_000
"""Bytes of a file whose lines are compared; a larger one is committed as a whole."""
_PROBE = 8_000
"""Bytes in which a NUL makes a file a binary one, as for git."""
_MOST_ROWS = 1_200
"""Nobody reads more of them; they are counted."""
_LONG = 400
"""Code points of a line above which what is the same in both its forms is cut short."""
_KEPT = 80
"""Code points that stay around what differs."""
_CONTEXT_WIDTH = 56
"""Code points of a line that is there to find the place by."""
_ENDINGS = {"\n": "LF", "\r\n": "CRLF", "\r": "CR"}
_FENCES = ("---", "+++", "...")

HunkKey = tuple[tuple[bytes, ...], tuple[bytes, ...], int]
"""What a hunk takes out and puts in, and which one of those alike it is: it stays while other hunks come and go."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of what is shown."""

    kind: str
    """`section`, `same`, `gone`, `new`, `skipped`, or `ending` for lines that differ in what they end with alone."""
    text: str
    hunk: int = -1
    """The number of the hunk that it is of."""
    words: tuple[tuple[int, int], ...] = ()
    """The spans of `text`, in code points, that differ from the line's other form."""
    elsewhere: bool = False
    """Whether it was changed, but not in this program, in a file that was edited here."""
    line: int = 0
    """Its number in the later text, from 1; for a line that is gone, that of the line behind it."""


@dataclass(frozen=True)
class FileDifference:
    """What two contents of a file differ in."""

    before: bytes | None
    """None: there was no file, or it has no lines to be shown."""
    after: bytes | None
    binary: bool = False
    """Whether there are no lines to be shown: it is no text, or too large. The contents are not kept then."""
    sizes: tuple[int | None, int | None] = (None, None)
    """Bytes before and after; None: there is no file."""
    digest: bytes = b""
    """The SHA-256 of the later content, where that is not kept."""
    hunks: tuple[Hunk, ...] = ()
    rows: tuple[Row, ...] = ()
    more: int = 0
    """Rows that are left out at the end."""
    notes: tuple[str, ...] = ()
    """Sentences on what lines do not show: line endings, a byte order mark."""
    fields: int = 0
    """How many fields of the front matter differ."""
    lines: int = 0
    """How many lines of the body a reader would say were changed."""
    changes: int = 0
    """In how many places of the body these are."""

    @cached_property
    def keys(self) -> tuple[HunkKey, ...]:
        """What each hunk is known by."""
        return keys_of(self.hunks)

    @cached_property
    def elsewhere(self) -> tuple[int, ...]:
        """The numbers of the hunks that have nothing that was changed here."""
        marked = [row for row in self.rows if row.kind in ("gone", "new")]
        here = {row.hunk for row in marked if not row.elsewhere}
        return tuple(dict.fromkeys(row.hunk for row in marked if row.elsewhere and row.hunk not in here))


def keys_of(found: Iterable[Hunk]) -> tuple[HunkKey, ...]:
    """Return what each of the hunks of a file is known by."""
    seen: dict[tuple[tuple[bytes, ...], tuple[bytes, ...]], int] = {}
    keys = []
    for hunk in found:
        same = (hunk.gone, hunk.new)
        seen[same] = number = seen.get(same, -1) + 1
        keys.append((*same, number))
    return tuple(keys)


def is_binary(data: bytes) -> bool:
    """Return whether git would not show lines of `data`: a NUL stands near its beginning."""
    return b"\0" in data[:_PROBE]


def difference(
    before: bytes | None,
    after: bytes | None,
    reader: Callable[[str], FrontMatter] | None = None,
    opened: bytes | None = None,
) -> FileDifference:
    """Compare two contents of a file; not for the GUI thread.

    `reader` reads its front matter, None: it has none. `opened` is what it held before it was edited here, as far as
    it was: what differs already then was changed elsewhere.
    """
    old, new = before or b"", after or b""
    sizes = (None if before is None else len(before), None if after is None else len(after))
    if max(len(old), len(new)) > LARGEST or is_binary(old) or is_binary(new):
        digest = b"" if after is None else hashlib.sha256(after).digest()
        return FileDifference(None, None, binary=True, sizes=sizes, digest=digest)
    found = tuple(hunks(old, new))
    page = _Page(old, new, reader, None if before is None else opened)
    rows: list[Row] = []
    for number, hunk in enumerate(found):
        if len(rows) >= _MOST_ROWS:
            break
        rows += page.rows_of(number, hunk, found[number + 1] if number + 1 < len(found) else None)
    shown = rows[:_MOST_ROWS]
    left = len(rows) - len(shown) + sum(len(hunk.gone) + len(hunk.new) for hunk in found[_counted(rows) :])
    return FileDifference(
        before,
        after,
        sizes=sizes,
        hunks=found,
        rows=tuple(shown),
        more=left,
        notes=tuple(_notes(before, after, opened)),
        fields=page.changed_fields(),
        lines=page.changed_lines,
        changes=page.changed_places,
    )


class _Page:
    """Both texts by their lines, with what stands around each."""

    def __init__(
        self,
        before: bytes,
        after: bytes,
        reader: Callable[[str], FrontMatter] | None,
        opened: bytes | None,
    ) -> None:
        self._old, self._new = _lines(before), _lines(after)
        self._headers = [
            reader("".join(lines)) if reader is not None else None for lines in (self._old, self._new)
        ]
        self._old_header, self._new_header = (
            _header_lines(header, lines)
            for header, lines in zip(self._headers, (self._old, self._new), strict=True)
        )
        found = headings_of(line.rstrip("\r\n") for line in self._new) if reader is not None else ()
        self._headings = [(heading.line, heading.text) for heading in found]
        self._here: set[int] | None = None
        self._gone_elsewhere: set[int] = set()
        if opened is not None:
            self._here = {
                line for hunk in hunks(opened, after) for line in range(hunk.after_start, hunk.after_end)
            }
            self._gone_elsewhere = {
                line for hunk in hunks(before, opened) for line in range(hunk.before_start, hunk.before_end)
            }
        self.section: str | None = None
        self._seen_to = 0
        """The line of the later text behind the last one that is shown."""
        self.changed_lines = self.changed_places = 0

    def changed_fields(self) -> int:
        """Return how many fields differ, of those outermost."""
        old, new = (header.values if header is not None else {} for header in self._headers)
        return sum(old.get(key, _Page) != new.get(key, _Page) for key in {**old, **new})

    def rows_of(self, number: int, hunk: Hunk, following: Hunk | None) -> Iterator[Row]:
        """Yield what is shown of a hunk, with a line of what stands around it."""
        start, end = hunk.after_start, hunk.after_end
        whole = hunk.before_start == hunk.before_end == 0 and end == len(self._new)
        section = self._section_at(start, hunk.before_start)
        if start < self._new_header < end and _has_endings(hunk):
            every = len(hunk.gone) == len(self._old) and len(hunk.new) == len(self._new)
            section = _("The whole file") if every else _("Front matter and text")
        if section != self.section:
            self.section = section
            if section:
                yield Row("section", section)
        elif number and start - 1 > self._seen_to:
            yield Row("skipped", "")
        if not whole:
            yield from self._context(start - 1)
        lines = self.changed_lines
        yield from self._changed(number, hunk)
        self.changed_places += self.changed_lines > lines
        self._seen_to = end
        if not whole and not (following is not None and following.after_start <= end + 1):
            self._seen_to += 1
            yield from self._context(end)

    def _changed(self, number: int, hunk: Hunk) -> Iterator[Row]:
        gone = [line.rstrip("\r\n") for line in self._old[hunk.before_start : hunk.before_end]]
        new = [line.rstrip("\r\n") for line in self._new[hunk.after_start : hunk.after_end]]
        matcher = SequenceMatcher(None, gone, new, autojunk=False)
        for tag, gone_start, gone_end, new_start, new_end in matcher.get_opcodes():
            if tag == "equal":
                count = new_end - new_start
                said = ngettext(
                    "{count} line differs in its ending alone",
                    "{count} lines differ in their endings alone",
                    count,
                )
                yield Row("ending", said.format(count=count), number, line=hunk.after_start + new_start + 1)
                continue
            was = range(hunk.before_start + gone_start, hunk.before_start + gone_end)
            becomes = range(hunk.after_start + new_start, hunk.after_start + new_end)
            self.changed_lines += max(
                sum(line >= self._old_header and bool(self._old[line].strip()) for line in was),
                sum(line >= self._new_header and bool(self._new[line].strip()) for line in becomes),
            )
            for old_index, new_index in paired(gone[gone_start:gone_end], new[new_start:new_end]):
                old_line = None if old_index is None else hunk.before_start + gone_start + old_index
                new_line = None if new_index is None else hunk.after_start + new_start + new_index
                yield from self._pair(number, old_line, new_line, hunk.after_start + new_end)

    def _pair(self, number: int, old_line: int | None, new_line: int | None, behind: int) -> Iterator[Row]:
        """Yield the rows of one line that was changed, taken out or put in; `behind` is the next of the later text."""
        one = self._old[old_line].rstrip("\r\n") if old_line is not None else ""
        other = self._new[new_line].rstrip("\r\n") if new_line is not None else ""
        section = self._section_at(new_line, old_line)
        if (self.section == _header_name()) != (section == _header_name()) and (one + other).strip():
            self.section = section
            if section:
                yield Row("section", section)
        both = old_line is not None and new_line is not None
        gone_words, new_words = changed_words(one, other) if both else ([], [])
        here = self._here is None or new_line in self._here
        number_of = (behind if new_line is None else new_line) + 1
        if old_line is not None:
            text, words = _shortened(one, gone_words)
            elsewhere = not here if both else old_line in self._gone_elsewhere
            yield Row("gone", text, number, words, elsewhere, number_of)
        if new_line is not None:
            text, words = _shortened(other, new_words)
            yield Row("new", text, number, words, not here, number_of)

    def _context(self, line: int) -> Iterator[Row]:
        if not 0 <= line < len(self._new):
            return
        text = self._new[line].rstrip("\r\n")
        in_section = self._section_at(line, None) == self.section
        if text.strip() and in_section and not (line < self._new_header and text.strip() in _FENCES):
            yield Row("same", _cut(text), line=line + 1)

    def _section_at(self, new_line: int | None, old_line: int | None) -> str:
        """Return the name of the part that a line stands in: the front matter, or what its heading says."""
        if new_line is not None and new_line < self._new_header:
            return _header_name()
        if (
            old_line is not None
            and old_line < self._old_header
            and (new_line is None or not self._new_header)
        ):
            return _header_name()
        if new_line is None:
            return self.section if self.section not in (None, _header_name()) else self._beginning()
        above = [text for line, text in self._headings if line <= new_line]
        return above[-1] if above and above[-1] else self._beginning()

    def _beginning(self) -> str:
        return _("Before the first heading") if self._headings or self._new_header else ""


def _has_endings(hunk: Hunk) -> bool:
    """Return whether a hunk has lines that differ in their endings alone."""
    gone = {line.rstrip(b"\r\n") for line in hunk.gone if line.strip()}
    return any(line.rstrip(b"\r\n") in gone for line in hunk.new)


def _header_name() -> str:
    return _("Front matter")


def _counted(rows: Sequence[Row]) -> int:
    """Return how many hunks the rows show."""
    return max((row.hunk for row in rows), default=-1) + 1


def _lines(data: bytes) -> list[str]:
    r"""Return the lines of a file as git has them, each with what it ends with: they end at `\n` alone."""
    text = data.removeprefix(codecs.BOM_UTF8).decode("utf-8", "replace")
    lines = text.split("\n")
    return [line + "\n" for line in lines[:-1]] + ([lines[-1]] if lines[-1] else [])


def _header_lines(header: FrontMatter | None, lines: Sequence[str]) -> int:
    """Return how many lines the front matter takes."""
    end = header.end if header is not None else 0
    count = 0
    while end > 0 and count < len(lines):
        end -= len(lines[count])
        count += 1
    return count


def _cut(text: str) -> str:
    """Return a line that is there to find the place by."""
    return text if len(text) <= _CONTEXT_WIDTH else text[: _CONTEXT_WIDTH - 1].rstrip() + "…"


def _shortened(text: str, words: Collection[tuple[int, int]]) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Return a long line without most of what is the same in its other form, and where its words are then."""
    if len(text) <= _LONG or not words:
        return text, tuple(words)
    pieces: list[str] = []
    spans: list[tuple[int, int]] = []
    done = length = 0
    for start, end in words:
        between = _abridged(text[done:start], first=not done, last=False)
        pieces += [between, text[start:end]]
        spans.append((length + len(between), length + len(between) + end - start))
        length, done = spans[-1][1], end
    pieces.append(_abridged(text[done:], first=False, last=True))
    return "".join(pieces), tuple(spans)


def _abridged(text: str, *, first: bool, last: bool) -> str:
    head, tail = "" if first else text[:_KEPT], "" if last else text[-_KEPT:]
    return text if len(text) <= len(head) + len(tail) + 4 else f"{head} … {tail}"


def _notes(before: bytes | None, after: bytes | None, opened: bytes | None) -> Iterator[str]:
    """Yield sentences on what can't be seen in lines, where a file was changed."""
    if not before or not after:
        return
    elsewhere = opened is not None
    had, has = (data.startswith(codecs.BOM_UTF8) for data in (before, after))
    if had != has:
        said = _("The byte order mark at the file's beginning is gone.")
        if has:
            said = _("The file begins with a byte order mark now.")
        yield _with_origin(
            said, elsewhere and opened is not None and opened.startswith(codecs.BOM_UTF8) == has
        )
    old, new = _ending(before), _ending(after)
    if old != new:
        said = _("Line endings: {before} → {after}.").format(before=old, after=new)
        yield _with_origin(said, elsewhere and opened is not None and _ending(opened) == new)


def _with_origin(said: str, elsewhere: bool) -> str:
    return (
        _("{change} This was changed elsewhere, not in this program.").format(change=said)
        if elsewhere
        else said
    )


def _ending(data: bytes) -> str:
    """Return what people call the line endings of a file."""
    ending, mixed = usual_ending(data.decode("utf-8", "replace"))
    return _("mixed") if mixed else _ENDINGS[ending]
