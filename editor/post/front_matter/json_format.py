"""JSON front matter: where the pieces of an edit go, and how they are spelled."""

import datetime
import json
import math
import re
from collections.abc import Iterator
from typing import Any

from editor.errors import FrontMatterError, NotEditable
from editor.post.front_matter.block import Block
from editor.post.front_matter.brackets import Brackets
from editor.post.front_matter.json_reading import TEXT, find_json, has_braces, read_json
from editor.post.front_matter.readings import lost
from editor.post.front_matter.spliced import Source, SplicedFrontMatter
from editor.post.front_matter.values import Place, Value, same
from editor.post.lines import ending_before, line_start, next_line, position
from editor.post.text_edit import TextEdit
from editor.translation import gettext as _

_ESCAPED = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]")


class JsonFrontMatter(SplicedFrontMatter):
    """An object of JSON: bare, between fences, or without its braces above `;;;`."""

    text_tag = TEXT

    def _block_of(self, text: str) -> Block | None:
        return find_json(text)

    def _read(self) -> Value:
        start, end = self.block.inner_start, self.block.inner_end
        fenced = bool(start)
        if fenced and not self.text[start:end].strip():
            return Value(start - 1, end + 1, "map", "flow", "map", built={})
        root = read_json(self.text, start, end, braces=has_braces(self.text, self.block))
        if root.kind != "map":
            line, column = position(self.text, root.start)
            raise FrontMatterError(
                _("The front matter is no map of keys and values"), line=line, column=column
            )
        return root

    def _read_source(self, source: str) -> Value:
        try:
            return read_json(source, 0, len(source))
        except FrontMatterError as error:
            raise NotEditable(error.message) from error

    def _storable(self, value: Any, _key: str) -> Any:
        if isinstance(value, dict):
            return {name: self._storable(inner, _key) for name, inner in value.items()}
        if isinstance(value, list):
            return [self._storable(inner, _key) for inner in value]
        if isinstance(value, datetime.date | datetime.time):
            return value.isoformat()
        if isinstance(value, float) and not math.isfinite(value):
            raise self._refused(_("JSON has no infinite numbers"), self.block.inner_start)
        return value

    def _replacements(self, place: Place, value: Any) -> Iterator[TextEdit]:
        assert place.entry is not None
        old = place.entry.value
        column = self._column(place.entry.start)
        for spelled in self._spellings(value, old, column):
            yield TextEdit(old.start, old.end, spelled)

    def _insertions(self, place: Place, value: Any, after: int | None) -> Iterator[TextEdit]:
        mapping, spans = place.holders[-1], place.holders[-1].spans()
        column = self._column(spans[0][0]) if spans else self._column(mapping.start) + self._step()
        for spelled in self._spellings(value, None, column):
            member = f"{_quoted(place.missing[0])}: {spelled}"
            if not spans:
                yield from self._only(mapping, member)
                continue
            brackets = Brackets(self.text, mapping.start, mapping.end, spans)
            if after is not None and after + 1 < len(spans):
                yield from brackets.insert(after + 1, member)
            yield from brackets.append(member)

    def _only(self, mapping: Value, member: str) -> Iterator[TextEdit]:
        """Offer edits that put the first entry into a map."""
        start, end = mapping.start + 1, mapping.end - 1
        if mapping is not self.root:
            yield TextEdit(start, end, member)
            return
        newline = ending_before(self.text, next_line(self.text, start)) or "\n"
        braces = has_braces(self.text, self.block)
        if not braces and self.text.startswith("---"):
            member, braces = f"{{ {member} }}", False
        pad = " " * self._step() if braces else ""
        yield TextEdit(start, end, f"{newline if braces else ''}{pad}{member}{newline}")

    def _removals(self, place: Place) -> Iterator[TextEdit]:
        mapping = place.holders[-1]
        spans = mapping.spans()
        if len(spans) > 1:
            yield from Brackets(self.text, mapping.start, mapping.end, spans).remove(place.path[-1])
        else:
            yield TextEdit(mapping.start + 1, mapping.end - 1, "")
            yield TextEdit(*spans[0], "")

    def _removal_of_only(self, place: Place, key: str) -> TextEdit:
        return self._first(self._removals(place), key, lambda new: lost(self.root, new.root, place.path))

    def _item_insertions(self, place: Place, item: Any) -> Iterator[TextEdit]:
        assert place.entry is not None
        old = place.entry.value
        spans = old.spans()
        for spelled in self._spellings(item, None, self._column(spans[0][0])):
            yield from Brackets(self.text, old.start, old.end, spans).append(spelled)

    def _item_removals(self, place: Place, index: int) -> Iterator[TextEdit]:
        assert place.entry is not None
        old = place.entry.value
        yield from Brackets(self.text, old.start, old.end, old.spans()).remove(index)

    def _renamings(self, place: Place, new: str) -> Iterator[TextEdit]:
        assert place.entry is not None
        yield TextEdit(place.entry.start, place.entry.end, _quoted(new))

    def _chunks(self, _holder: Value) -> list[tuple[int, int]] | None:
        return None

    def _spellings(self, value: Any, old: Value | None, column: int) -> Iterator[str]:
        """Yield spellings of `value`, on several lines where the old one, or others like it, had several."""
        if isinstance(value, Source):
            yield value.text
            return
        like = [old] if old and old.spans() else [inner for inner in self.root.inside() if inner.spans()]
        kind = "list" if isinstance(value, list) else "map"
        others = [inner for inner in like if inner.kind == kind and inner is not self.root]
        tall = bool(others) and all("\n" in self.text[inner.start : inner.end] for inner in others)
        newline = ending_before(self.text, next_line(self.text, self.block.inner_start)) or "\n"
        kept = [(item.built, self.text[item.start : item.end]) for item in (old.items if old else [])]
        yield _spelled(value, newline + " " * column, " " * self._step() if tall else "", kept)

    def _step(self) -> int:
        """Return by how many columns what is in a map or list is indented."""
        for holder in self.root.inside():
            for start, _end in holder.spans():
                column = self._column(start) - (self._column(holder.start) if holder is not self.root else 0)
                if column > 0 and not self.text[line_start(self.text, start) : start].strip():
                    return column
        return 2

    def _column(self, index: int) -> int:
        """Return the column at which the line that holds `index` begins to have text."""
        line = self.text[line_start(self.text, max(index, 0)) :][:200]
        return len(line) - len(line.lstrip(" "))


def _quoted(text: str) -> str:
    spelled = json.dumps(text, ensure_ascii=False)
    return _ESCAPED.sub(lambda found: f"\\u{ord(found[0]):04x}", spelled)


def _spelled(value: Any, line: str, step: str, kept: list[tuple[Any, str]]) -> str:
    """Return `value`; its children on lines that begin with `line` and `step`, or on one line without `step`."""
    known = next((source for built, source in kept if same(built, value)), None)
    if known is not None:
        return known
    if isinstance(value, str):
        return _quoted(value)
    if not isinstance(value, list | dict):
        return json.dumps(value)
    opening, closing = "[]" if isinstance(value, list) else "{}"
    below = line + step
    children = (
        [_spelled(item, below, step, kept) for item in value]
        if isinstance(value, list)
        else [f"{_quoted(name)}: {_spelled(inner, below, step, kept)}" for name, inner in value.items()]
    )
    if not children or not step:
        return opening + ", ".join(children) + closing
    return opening + below + ("," + below).join(children) + line + closing
