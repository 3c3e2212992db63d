"""Front matter of lines, as Pelican, MkDocs and Nikola read it: all values are text, some lists of it."""

import re
from abc import abstractmethod
from collections import Counter
from collections.abc import Iterator
from typing import Any, Self

from editor.post.front_matter.block import Block
from editor.post.front_matter.line_reading import (
    FIRST_WINS,
    Line,
    Metadata,
    multimarkdown_block,
    multimarkdown_lines,
    nikola_block,
    nikola_lines,
    pelican_block,
    pelican_lines,
)
from editor.post.front_matter.line_spelling import spell_text_of
from editor.post.front_matter.moving import extents
from editor.post.front_matter.spliced import Source, SplicedFrontMatter
from editor.post.front_matter.values import Entry, Place, Value, find
from editor.post.lines import ending_before, line_end, line_start, next_line, usual_ending
from editor.post.text_edit import TextEdit
from editor.translation import gettext as _

_SHADOWED = "\n"
"""Begins the key of a definition that another one of the same key overrules."""


class LineFrontMatter(SplicedFrontMatter):
    """A key and its value on a line; what all such formats have in common."""

    text_tag = "text"
    lists: frozenset[str]
    """The keys whose value the generator splits into a list."""
    separators: str
    """What it splits at: the first of these that the value holds, else the last one."""
    more: str = ""
    """What a further line of a value begins with; empty where it has only one."""

    @abstractmethod
    def _definitions(self) -> Iterator[Metadata]:
        """Yield what is defined, in order."""

    @abstractmethod
    def _built(self, key: str, texts: list[str]) -> Any:
        """Return what the generator makes of the lines of a value: text or a list of it."""

    def _head(self, key: str) -> str:
        """Return what a new line with `key` begins with, up to the colon."""
        return f"{self._written(key)}:"

    def _written(self, key: str) -> str:
        """Return `key` as the file writes keys: with a capital letter where all others have one."""
        written = [self.text[entry.start : entry.end] for entry in self.root.entries]
        return key.capitalize() if written and all(name[:1].isupper() for name in written) else key

    def _name(self, key: str) -> str:
        """Return `key` as the generator calls it."""
        return key

    def _winner(self, key: str, found: list[Metadata]) -> int | None:
        """Return which of the definitions of `key` counts, by its number; or None where all of them do."""
        del key, found
        return None

    def _find(self, key: str) -> Place:
        # Nothing leads into anything here, so dots are dots; items of lists have their number, as everywhere.
        name = self._name(key)
        place = find(self.root, name)
        return place if place.entry and not place.stopped else Place((self.root,), (), None, missing=(name,))

    def _read(self) -> Value:
        found = list(self._definitions())
        by_key: dict[str, list[Metadata]] = {}
        for metadata in found:
            by_key.setdefault(metadata.key, []).append(metadata)
        winners = {key: self._winner(key, same) for key, same in by_key.items() if len(same) > 1}
        root = Value(self.block.inner_start, self.block.inner_end, "map", "block", "", built={})
        seen: Counter[str] = Counter()
        for metadata in found:
            key, count = metadata.key, len(by_key[metadata.key])
            winner = winners[key] if count > 1 else 0
            value = self._value_of(metadata)
            name = key
            if count > 1:
                if winner is None:
                    value.lock = self._twice(key)
                if seen[key] != (winner or 0):
                    name = _SHADOWED + key
            if winner is None and seen[key]:
                if seen[key] + 1 == count:  # with the last one, all are known
                    texts = [line.text for other in by_key[key] for line in other.lines]
                    root.built[key] = self._built(key, texts)
            elif seen[key] == (winner or 0):
                root.built[key] = value.built
            seen[key] += 1
            root.entries.append(Entry(name, self.text_tag, metadata.start, metadata.end, value))
        return root

    def _twice(self, key: str) -> str:
        return _("“{key}” is there twice: change it in the text").format(key=key)

    def _value_of(self, metadata: Metadata) -> Value:
        lines = metadata.lines
        texts = [line.text for line in lines]
        built = self._built(metadata.key, texts)
        start, end = lines[0].start, lines[-1].end
        if isinstance(built, str):
            style = "empty" if start == end else ("plain" if len(lines) == 1 else "multiline")
            return Value(start, end, "scalar", style, self.text_tag, text="\n".join(texts), built=built)
        if metadata.key in self.lists:
            items = list(self._items(lines[0]))
            rest = "\n".join(texts[1:])
            return Value(start, end, "list", "line", "list", text=rest, built=built, items=items)
        items = [_scalar(line.start, line.end, line.text, self.text_tag) for line in lines]
        return Value(start, end, "list", "lines", "list", built=built, items=items)

    def _items(self, line: Line) -> Iterator[Value]:
        source = self.text[line.start : line.end]
        separator = self._separator(source)
        at = line.start
        for part, read in zip(source.split(separator), line.text.split(separator), strict=True):
            if part.strip():
                start = at + len(part) - len(part.lstrip())
                yield _scalar(start, start + len(part.strip()), read.strip(), self.text_tag)
            at += len(part) + 1

    def _separator(self, source: str) -> str:
        return next((mark for mark in self.separators if mark in source), self.separators[-1])

    def _split(self, text: str) -> list[str]:
        """Return the items of a list that is written as `text`: those that say something, each once."""
        parts = (part.strip() for part in text.split(self._separator(text)))
        return list(dict.fromkeys(part for part in parts if part))

    def _read_source(self, source: str) -> Value:
        return _scalar(0, len(source), source, self.text_tag)

    def _given(self, source: str, key: str) -> Source:
        source = "\n".join(re.split(r"\r\n|\n|\r", source.strip()))
        sample = f"{self._head(key)} {source}\n\n"
        block = self._block_of(sample)
        entries = type(self)(sample, block).root.entries if block else []
        if len(entries) != 1:
            raise self._refused(_("“{text}” is no single value").format(text=source), self.start)
        return Source(source, entries[0].value)

    def _storable(self, value: Any, key: str) -> Any:
        """Return the text that says `value`, or the list of them: the blanks around a text are not read."""
        name = self._name(key)
        place = self._find(key)
        old = place.entry.value.text if place.entry else ""
        if isinstance(value, list) and name not in self.lists and self._built(name, ["", ""]) != ["", ""]:
            raise self._refused(_("“{key}” is one text here, no list").format(key=key), self.start)
        if isinstance(value, dict) or (
            isinstance(value, list) and any(isinstance(item, list | dict) for item in value)
        ):
            raise self._refused(_("This front matter holds texts and lists of texts only"), self.start)
        if isinstance(value, list):
            if name in self.lists and any(self.separators[0] in str(item) for item in value):
                message = _("“{key}” is divided at “{mark}”, so that none of its items can hold one")
                raise self._refused(message.format(key=key, mark=self.separators[0]), self.start)
            return list(dict.fromkeys(filter(None, (spell_text_of(item, "").strip() for item in value))))
        text = re.sub(r"[ \t]*(?:\r\n|\n|\r)", "\n", spell_text_of(value, old).strip())
        if "\n\n" in text:
            raise self._refused(_("A blank line would end the front matter"), self.start)
        if name in self.lists:
            return self._split(text)
        built = self._built(name, text.split("\n"))
        if "\n" in text and (not self.more or isinstance(built, str)) and built != text:
            raise self._refused(_("“{key}” has one line only here").format(key=key), self.start)
        return built

    def holds_lines(self, key: str) -> bool:
        return bool(self.more) and isinstance(self._built(self._name(key), ["", ""]), str)

    def rename(self, key: str, new: str) -> TextEdit | None:
        return super().rename(key, self._name(new))

    def _is_renamed(self, after: Self, path: tuple[int, ...], new: str) -> bool:
        # What a text means depends on its key: `tags` is a list, `tag` is none.
        def told(front: Self) -> list[tuple[str, str]]:
            return [
                (entry.key, front.text[entry.value.start : entry.value.end]) for entry in front.root.entries
            ]

        wanted = told(self)
        wanted[path[0]] = (new, wanted[path[0]][1])
        return told(after) == wanted

    def unset(self, key: str) -> TextEdit | None:
        place = self._open(key)
        if place.entry and any(entry.key == _SHADOWED + place.entry.key for entry in self.root.entries):
            raise self._refused(self._twice(key), place.entry.start)  # the other one would count then
        return super().unset(key)

    # Where the pieces of an edit go

    def _replacements(self, place: Place, value: Any) -> Iterator[TextEdit]:
        assert place.entry is not None
        old = place.entry.value
        for spelled in self._spellings(value, old):
            gap = " " if spelled and old.start and self.text[old.start - 1] == ":" else ""
            yield TextEdit(old.start, old.end, gap + spelled)

    def _spellings(self, value: Any, old: Value | None) -> Iterator[str]:
        newline = ending_before(self.text, next_line(self.text, old.start if old else 0)) or "\n"
        if isinstance(value, Source):
            yield value.text.replace("\n", newline)
        elif isinstance(value, list):
            source = self.text[old.start : old.end] if old else ""
            used = [mark for mark in self.separators if mark in source]
            gap = "" if used and re.search(rf"{used[0]}\S", source) else " "
            for mark in dict.fromkeys([*used, *reversed(self.separators)]):
                joined = (mark + gap).join(value)
                yield joined
                yield joined + mark  # a single item that holds the other separator
            yield (newline + self._indent(old)).join(value)
        else:
            yield value.replace("\n", newline + self._indent(old))

    def _indent(self, old: Value | None) -> str:
        """Return what a further line of the value begins with: as the old one's."""
        if old:
            second = next_line(self.text, old.start)
            if second < old.end:
                line = self.text[second : line_end(self.text, second)]
                return line[: len(line) - len(line.lstrip())]
        return self.more

    def _insertions(self, place: Place, value: Any, after: int | None) -> Iterator[TextEdit]:
        text, entries = self.text, self.root.entries
        head = self._head(place.missing[0])
        index = self._end_of_lines()
        if after is not None:
            index = next_line(text, max(entries[after].end, entries[after].value.end))
        newline = ending_before(text, index) or ending_before(text, next_line(text, index))
        before = "" if not index or ending_before(text, index) else usual_ending(text)[0]
        for spelled in self._spellings(value, None):
            line = f"{head} {spelled}".rstrip() if spelled else head
            yield TextEdit(index, index, before + line + ("" if before else newline or "\n"))

    def _end_of_lines(self) -> int:
        """Return where a new line goes: behind the last one."""
        return self.block.inner_end

    def _removals(self, place: Place) -> Iterator[TextEdit]:
        assert place.entry is not None
        begin = line_start(self.text, place.entry.start)
        yield TextEdit(begin, next_line(self.text, max(place.entry.end, place.entry.value.end)), "")

    def _removal_of_only(self, place: Place, key: str) -> TextEdit:
        raise AssertionError(f"{key} is in no map but the root, with {place.path}")

    def _item_insertions(self, place: Place, item: Any) -> Iterator[TextEdit]:
        assert place.entry is not None
        old = place.entry.value
        last = old.items[-1].end
        if old.style == "line":
            source = self.text[old.start : line_end(self.text, old.start)]
            mark = self._separator(source)
            gap = "" if re.search(rf"{mark}\S", source) else " "
            yield TextEdit(last, last, f"{mark}{gap}{item}")
        else:
            newline = ending_before(self.text, next_line(self.text, old.start)) or "\n"
            yield TextEdit(last, last, newline + self._indent(old) + item)
        yield from self._replacements(place, [*(known.built for known in old.items), item])

    def _item_removals(self, place: Place, index: int) -> Iterator[TextEdit]:
        assert place.entry is not None
        old = place.entry.value
        if old.style == "line":
            if index:
                yield TextEdit(old.items[index - 1].end, old.items[index].end, "")
            else:
                yield TextEdit(old.items[0].start, old.items[1].start, "")
        rest = [item.built for number, item in enumerate(old.items) if number != index]
        yield from self._replacements(place, rest)

    def _renamings(self, place: Place, new: str) -> Iterator[TextEdit]:
        assert place.entry is not None
        yield TextEdit(place.entry.start, place.entry.end, self._written(new))

    def _chunks(self, holder: Value) -> list[tuple[int, int]] | None:
        # There are no comments.
        return [(line_start(self.text, start), next_line(self.text, end)) for start, end in extents(holder)]

    def _moves(self, place: Place, to: int) -> Iterator[TextEdit]:
        if not place.is_item:
            yield from super()._moves(place, to)
            return
        above = self.root.entries[place.path[0]]
        items = [item.built for item in above.value.items]
        items.insert(to if to <= place.path[1] else to - 1, items.pop(place.path[1]))
        yield from self._replacements(Place((self.root,), place.path[:1], above), items)


class PelicanFrontMatter(LineFrontMatter):
    """Pelican's lines, between fences or not: up to a blank line, or the first one that is none."""

    lists = frozenset(("tags", "authors"))
    separators = ";,"
    more = "    "

    def _block_of(self, text: str) -> Block | None:
        return pelican_block(text)

    def _definitions(self) -> Iterator[Metadata]:
        return pelican_lines(self.text, self.block)

    def _built(self, key: str, texts: list[str]) -> Any:
        if key in self.lists:
            return self._split(texts[0])
        if key in FIRST_WINS or len(texts) == 1:
            return texts[0]
        # The summary is one text in Markdown. A title of two lines is a list to Pelican, and a mistake.
        return "\n".join(texts) if key in ("summary", "title") else texts

    def _winner(self, key: str, found: list[Metadata]) -> int | None:
        del found
        return 0 if key in FIRST_WINS else None

    def _name(self, key: str) -> str:
        return key.lower()


class MultiMarkdownFrontMatter(LineFrontMatter):
    """Bare lines as MkDocs reads them: up to a blank line, or the first one that is none."""

    lists = frozenset()
    separators = ","

    def _block_of(self, text: str) -> Block | None:
        return multimarkdown_block(text)

    def _read_again(self, text: str) -> Self | None:
        # Dashes that came first now would make YAML of the page's text.
        return None if text.startswith("---") else super()._read_again(text)

    def _definitions(self) -> Iterator[Metadata]:
        return multimarkdown_lines(self.text, self.block)

    def _built(self, key: str, texts: list[str]) -> Any:
        del key
        return " ".join(texts)

    def _name(self, key: str) -> str:
        return key.lower()


class NikolaFrontMatter(LineFrontMatter):
    """Nikola's lines `.. key: value`, in a comment or bare; also the file `.meta` of a post in two files."""

    lists = frozenset(("tags",))
    separators = ","

    def _block_of(self, text: str) -> Block | None:
        return nikola_block(text)

    def _definitions(self) -> Iterator[Metadata]:
        return nikola_lines(self.text, self.block)

    def _built(self, key: str, texts: list[str]) -> Any:
        return self._split(texts[0]) if key in self.lists else texts[0]

    def _winner(self, key: str, found: list[Metadata]) -> int | None:
        del key
        # The last one that says something.
        said = [number for number, metadata in enumerate(found) if metadata.lines[0].text]
        return said[-1] if said else len(found) - 1

    def _head(self, key: str) -> str:
        for entry in reversed(self.root.entries):
            return self.text[line_start(self.text, entry.start) : entry.start] + key + ":"
        return f".. {key}:"

    def _end_of_lines(self) -> int:
        if self.root.entries:
            last = self.root.entries[-1]
            return next_line(self.text, max(last.end, last.value.end))
        start = self.block.inner_start
        comment = self.text[start : line_end(self.text, start)].strip() == "<!--"
        return next_line(self.text, start) if comment else start


def _scalar(start: int, end: int, text: str, tag: str) -> Value:
    return Value(start, end, "scalar", "plain", tag, text=text, built=text)
