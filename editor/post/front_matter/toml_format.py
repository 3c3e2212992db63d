"""TOML front matter: where the pieces of an edit go."""

from collections.abc import Iterator
from typing import Any

from editor.errors import FrontMatterError, NotEditable
from editor.post.front_matter.brackets import Brackets
from editor.post.front_matter.moving import extents, with_comments
from editor.post.front_matter.readings import lost
from editor.post.front_matter.spliced import Source, SplicedFrontMatter
from editor.post.front_matter.toml_reading import TEXT, read_toml
from editor.post.front_matter.toml_spelling import holds_null, spell, spell_key
from editor.post.front_matter.values import Place, Value, at, same
from editor.post.lines import ending_before, line_end, line_start, next_line
from editor.post.text_edit import TextEdit
from editor.translation import gettext as _

_SECTIONS = ("table", "tables", "implicit")
"""Styles of values that headers make; they come behind all keys of the map that holds them."""


class TomlFrontMatter(SplicedFrontMatter):
    """A block of TOML between `+++` and `+++`."""

    text_tag = TEXT

    def _read(self) -> Value:
        return read_toml(self.text, self.block.inner_start, self.block.inner_end)

    def _read_source(self, source: str) -> Value:
        try:
            root = read_toml(f"x = {source}\n", 0, len(source) + 5)
        except FrontMatterError as error:
            raise NotEditable(error.message) from error
        if [entry.key for entry in root.entries] != ["x"] or root.entries[0].value.style == "tables":
            raise NotEditable(_("“{text}” is no single value").format(text=source))
        return root.entries[0].value

    def _replacements(self, place: Place, value: Any) -> Iterator[TextEdit]:
        assert place.entry is not None
        old = place.entry.value
        self._check(value, place.entry.start)
        if old.style not in (*_SECTIONS, "dotted"):
            for spelled in self._spellings(value, old):
                yield TextEdit(old.start, old.end, spelled)

    def _insertions(self, place: Place, value: Any, after: int | None) -> Iterator[TextEdit]:
        mapping, text = place.holders[-1], self.text
        name = spell_key(place.missing[0])
        self._check(value, self.block.inner_start)
        if mapping is self.root and after is None:
            yield from self._new_table(name, value)
        for head, spelled in self._statements(name, value):
            statement = f"{head} = {spelled}"
            if mapping.style == "flow":
                spans = [(entry.start, entry.value.end) for entry in mapping.entries]
                inner = statement if mapping.entries else f" {statement} "
                yield from Brackets(text, mapping.start, mapping.end, spans).append(inner)
                continue
            prefix, index, model = self._place_of_line(place, after)
            indent = "" if model is None else text[line_start(text, model) : model]
            newline = ending_before(text, index) or "\n"
            if indent.strip():
                indent = ""
            yield TextEdit(index, index, f"{indent}{prefix}{statement}{newline}")

    def _removals(self, place: Place) -> Iterator[TextEdit]:
        assert place.entry is not None
        mapping, text, entry = place.holders[-1], self.text, place.entry
        if mapping.style == "flow":
            spans = [(known.start, known.value.end) for known in mapping.entries]
            if len(spans) > 1:
                yield from Brackets(text, mapping.start, mapping.end, spans).remove(place.path[-1])
            yield TextEdit(mapping.start + 1, mapping.end - 1, "")
            return
        begin = line_start(text, entry.value.start if entry.value.style in _SECTIONS else entry.start)
        end = max(value.end for value in entry.value.inside())
        yield TextEdit(begin, next_line(text, end), "")

    def _removal_of_only(self, place: Place, key: str) -> TextEdit:
        if place.holders[-1].style in ("table", "flow") or len(place.holders) == 1:
            return self._first(self._removals(place), key, lambda new: lost(self.root, new.root, place.path))
        # A map of dotted keys is gone with its last one.
        above = place.above
        if len(above.holders[-1].entries) == 1 and len(above.holders) > 1:
            return self._removal_of_only(above, key)
        return self._first(self._removals(above), key, lambda new: lost(self.root, new.root, above.path))

    def _emptied(self, place: Place, key: str) -> TextEdit:
        assert place.entry is not None
        if place.entry.value.style == "tables":
            # There is no other way to write none of them.
            return self._first(self._removals(place), key, lambda new: lost(self.root, new.root, place.path))
        return super()._emptied(place, key)

    # Other names, other places

    def _renamings(self, place: Place, new: str) -> Iterator[TextEdit]:
        assert place.entry is not None
        after = self.text
        for start, end in reversed(place.entry.names):
            quote = after[start]
            spelled = spell_key(new)
            if quote in "\"'" and spelled == new:
                spelled = f"{quote}{new}{quote}"
            after = after[:start] + spelled + after[end:]
        edit = TextEdit.between(self.text, after)
        if edit:
            yield edit

    def _chunks(self, holder: Value) -> list[tuple[int, int]] | None:
        if holder.style == "flow":
            return None
        parts = extents(holder)
        for index, entry in enumerate(holder.entries):
            if entry.value.style in _SECTIONS:
                parts[index] = (entry.value.start, parts[index][1])
        chunks = with_comments(self.text, parts, self.block.inner_start, self.block.inner_end)
        # A table takes the blank lines above it along.
        children = [entry.value for entry in holder.entries] or holder.items
        return [
            (self._above_blank_lines(start) if child.style in _SECTIONS else start, end)
            for (start, end), child in zip(chunks, children, strict=True)
        ]

    # Lists

    def _item_insertions(self, place: Place, item: Any) -> Iterator[TextEdit]:
        brackets, old = self._array(place)
        self._check(item, old.start)
        if old.style == "tables" and isinstance(item, dict):
            yield from self._new_item_table(old, item)
        styles = {known.style for known in old.items if isinstance(known.built, str)}
        style = styles.pop() if len(styles) == 1 else ""
        if brackets:
            for spelled in spell(item, style if style != "multiline" else "", "", _nothing_kept):
                yield from brackets.append(spelled)

    def _item_removals(self, place: Place, index: int) -> Iterator[TextEdit]:
        brackets, old = self._array(place)
        if brackets:
            yield from brackets.remove(index)
        elif old.style == "tables":
            begin, end = extents(old)[index]
            # Blank lines to the next one go too, or those above the last one.
            if index + 1 < len(old.items):
                yield TextEdit(begin, old.items[index + 1].start, "")
            else:
                yield TextEdit(self._above_blank_lines(begin), next_line(self.text, end), "")
            yield TextEdit(begin, next_line(self.text, end), "")

    def _array(self, place: Place) -> tuple[Brackets | None, Value]:
        assert place.entry is not None
        old = place.entry.value
        if old.style != "flow":
            return None, old
        spans = [(known.start, known.end) for known in old.items]
        return Brackets(self.text, old.start, old.end, spans), old

    def _check(self, value: Any, index: int) -> None:
        if holds_null(value):
            raise self._refused(_("TOML has no empty value: remove the field instead"), index)

    def _spellings(self, value: Any, old: Value | None) -> Iterator[str]:
        if isinstance(value, Source):
            yield value.text
            return
        source = self.text[old.start : old.end] if old else ""
        items = [(item.built, self.text[item.start : item.end]) for item in (old.items if old else [])]

        def kept(wanted: Any) -> str | None:
            return next((spelled for built, spelled in items if same(built, wanted)), None)

        if isinstance(value, list) and len(value) > 1 and old and old.style == "flow" and "\n" in source:
            yield self._on_lines(value, old, kept)
        yield from spell(value, old.style if old else "", source, kept)

    def _on_lines(self, value: list[Any], old: Value, kept: Any) -> str:
        """Return an array with a line for each item, as the old one had."""
        newline = ending_before(self.text, next_line(self.text, old.start))
        first = old.items[0].start if old.items else old.start
        before = self.text[line_start(self.text, first) : first]
        indent = "  " if before.strip() else before
        outer = self.text[line_start(self.text, old.end) : old.end - 1]
        lines = [f"{indent}{kept(item) or next(spell(item, '', '', kept))}," for item in value]
        return newline.join(["[", *lines, ("" if outer.strip() else outer) + "]"])

    def _statements(self, name: str, value: Any) -> Iterator[tuple[str, str]]:
        """Yield ways to write a new key: with dots where it leads to a single value, else an inline map."""
        head, inner = name, value
        while isinstance(inner, dict) and len(inner) == 1:
            [(key, inner)] = inner.items()
            head = f"{head}.{spell_key(key)}"
        for spelled in self._spellings(inner, None):
            yield head, spelled
        if inner is not value and not isinstance(inner, Source):
            for spelled in self._spellings(value, None):
                yield name, spelled

    def _place_of_line(self, place: Place, after: int | None) -> tuple[str, int, int | None]:
        """Return a new key's first parts, where its line goes, and what it is indented like."""
        mapping = place.holders[-1]
        prefix = ""
        depth = len(place.holders) - 1
        while depth and place.holders[depth].style in ("dotted", "implicit"):
            entry = at(self.root, place.path[:depth])
            assert entry is not None and entry[0] is not None
            prefix = f"{spell_key(entry[0].key)}.{prefix}"
            depth -= 1
        section = place.holders[depth]
        keys = [entry for entry in section.entries if entry.value.style not in _SECTIONS]
        if after is not None and mapping.entries[after] in keys:
            entry_after = mapping.entries[after]
            return prefix, next_line(self.text, entry_after.value.end), entry_after.start
        if mapping.style == "dotted":
            return prefix, next_line(self.text, mapping.end), mapping.start
        if keys:
            last = max(keys, key=lambda entry: entry.value.end)
            return prefix, next_line(self.text, last.value.end), last.start
        if section is not self.root:
            return prefix, next_line(self.text, section.end), section.start
        return prefix, self._above_first_table(), None

    def _new_table(self, name: str, value: Any) -> Iterator[TextEdit]:
        """Offer a table of its own, at the end, for a map that is new: where the others have such."""
        tables = [entry.value for entry in self.root.entries if entry.value.style == "table"]
        if not tables or not isinstance(value, dict) or not value:
            return
        lines = list(self._table_lines(f"[{name}]", value))
        index = next_line(self.text, max(inner.end for inner in self.root.inside() if inner is not self.root))
        yield self._lines_at(index, lines, tables[-1].start)

    def _new_item_table(self, old: Value, item: dict[str, Any]) -> Iterator[TextEdit]:
        """Offer one more `[[name]]`, below the last one."""
        last = old.items[-1]
        header = self.text[last.start : self.text.index("]]", last.start) + 2]
        index = next_line(self.text, max(inner.end for inner in last.inside()))
        yield self._lines_at(index, list(self._table_lines(header, item)), last.start)

    def _table_lines(self, header: str, value: dict[str, Any]) -> Iterator[str]:
        yield header
        for key, inner in value.items():
            spelled = inner.text if isinstance(inner, Source) else next(spell(inner, "", "", _nothing_kept))
            yield f"{spell_key(key)} = {spelled}"

    def _lines_at(self, index: int, lines: list[str], model: int) -> TextEdit:
        """Return the edit that puts `lines` at `index`, with a blank line before them as at `model`."""
        newline = ending_before(self.text, index) or "\n"
        begin = line_start(self.text, model)
        above = line_start(self.text, begin - len(ending_before(self.text, begin)))
        while above > self.block.inner_start and self.text[above:begin].lstrip().startswith("#"):
            begin = above
            above = line_start(self.text, begin - len(ending_before(self.text, begin)))
        if begin > self.block.inner_start and not self.text[above:begin].strip():
            lines = ["", *lines]
        return TextEdit(index, index, "".join(line + newline for line in lines))

    def _above_blank_lines(self, index: int) -> int:
        """Return where the blank lines above the line at `index` begin."""
        while index > self.block.inner_start:
            above = line_start(self.text, index - len(ending_before(self.text, index)))
            if self.text[above:index].strip():
                break
            index = above
        return index

    def _above_first_table(self) -> int:
        """Return where the block's keys end: before the first table and the comment above it."""
        starts = [entry.value.start for entry in self.root.entries]
        index = line_start(self.text, min(starts)) if starts else self.block.inner_end
        while index > self.block.inner_start:
            before = line_start(self.text, index - len(ending_before(self.text, index)))
            line = self.text[before : line_end(self.text, before)].strip()
            if (starts and not line.startswith("#")) or (not starts and line):
                break
            index = before
        return index


def _nothing_kept(_value: Any) -> str | None:
    return None
