"""YAML front matter: where the pieces of an edit go, and how they are spelled."""

import re
from collections.abc import Iterator
from typing import Any

from editor.errors import FrontMatterError, NotEditable
from editor.post.front_matter.block import Block, find_unopened
from editor.post.front_matter.brackets import Brackets
from editor.post.front_matter.moving import extents, moved_lines, with_comments
from editor.post.front_matter.spliced import Source, SplicedFrontMatter
from editor.post.front_matter.values import Place, Value, same
from editor.post.front_matter.yaml_block_scalars import block_scalars
from editor.post.front_matter.yaml_habits import Habits
from editor.post.front_matter.yaml_reading import NULL, TEXT, read_yaml
from editor.post.front_matter.yaml_spelling import spell_block, spell_flow, spell_scalar, spell_text
from editor.post.lines import ending_before, line_end, line_start, next_line, position
from editor.post.text_edit import TextEdit
from editor.translation import gettext as _


class YamlFrontMatter(SplicedFrontMatter):
    """A block of YAML between `---` and `---` (or `...`)."""

    text_tag = TEXT

    def _read(self) -> Value:
        root = read_yaml(self.text, self.block.inner_start, self.block.inner_end)
        if root is None or (root.tag == NULL and root.start == root.end):
            return self._empty()
        if root.kind != "map":
            line, column = position(self.text, root.start)
            raise FrontMatterError(
                _("The front matter is no map of keys and values"), line=line, column=column
            )
        root.tag = ""  # nothing depends on it, and an empty block has none
        return root

    def _read_source(self, source: str) -> Value:
        try:
            value = read_yaml(source + "\n", 0, len(source) + 1)
        except FrontMatterError as error:
            raise NotEditable(error.message) from error
        return value or Value(0, 0, "scalar", "empty", NULL)

    @property
    def _habits(self) -> Habits:
        return Habits(self.text, self.root)

    def _block_of(self, text: str) -> Block | None:
        if self.block.start == self.block.inner_start:
            return find_unopened(text)
        return super()._block_of(text)

    # Another value

    def _replacements(self, place: Place, value: Any) -> Iterator[TextEdit]:
        assert place.entry is not None
        old = place.entry.value
        flow = _in_flow(place.holders)
        if isinstance(value, Source):
            yield from self._source_replacements(place, value, flow=flow)
            return
        if not flow and _has_content(value) and self._wants_block(old, value):
            yield from self._lines_below(place, self._block_lines(place, value))
        if not flow and isinstance(value, str):
            parent = self._habits.column(place.holders[-1])
            for spelled in block_scalars(self.text, old, value, parent, self._habits.newline(old.start)):
                yield from self._instead(place, spelled)
        for spelled in self._spellings(value, old, flow=flow):
            yield from self._instead(place, spelled)

    def _source_replacements(self, place: Place, source: Source, *, flow: bool) -> Iterator[TextEdit]:
        assert place.entry is not None
        newline = self._habits.newline(place.entry.start)
        for inline in (True, False):
            for pad in [0] if flow else self._pads(place):
                lines = _padded(source, pad)
                if inline:
                    yield from self._instead(place, newline.join(lines).lstrip(" "))
                elif not flow:
                    yield from self._lines_below(place, newline.join(lines))

    def _pads(self, place: Place) -> list[int]:
        """Return by how many columns a source of several lines may be indented, the old value's own first."""
        pads = [
            self._habits.column(place.holders[-1]),
            self._habits.column(place.holders[-1]) + self._habits.step(),
        ]
        old = place.entry.value if place.entry else None
        if old and (place.is_item or (old.style == "block" and old.kind != "scalar")):
            begin = line_start(self.text, old.start)
            if place.is_item or not self.text[begin : old.start].strip(" "):
                pads.insert(0, old.start - begin)
        return list(dict.fromkeys(pads))

    def _spellings(self, value: Any, old: Value | None, *, flow: bool) -> Iterator[str]:
        """Yield spellings of `value` on one line."""
        if isinstance(value, list | dict):
            yield spell_flow(value, self._keeper(old))
        else:
            style = old.style if old and isinstance(old.built, str) else ""
            source = self.text[old.start : old.end] if old and old.kind == "scalar" else ""
            yield from spell_scalar(value, style, source, flow=flow)

    def _instead(self, place: Place, spelled: str) -> Iterator[TextEdit]:
        """Yield edits that put `spelled` where the old value of `place` stands, the comments left alone."""
        assert place.entry is not None
        entry, old, text = place.entry, place.entry.value, self.text
        if old.start == old.end:
            if text[old.start : old.start + 1] in (" ", "\t") and self._rest_is_blank(old.start):
                yield TextEdit(old.start + 1, old.start + 1, spelled)
            yield TextEdit(old.start, old.start, " " + spelled)
            return
        if old.style in ("literal", "folded"):
            header = text[old.start : line_end(text, old.start)]
            hash_ = header.find("#")
            comment = "  " + header[hash_:] if hash_ > 0 else ""
            if "\n" not in spelled and "\r" not in spelled:
                yield TextEdit(old.start, old.end, spelled + comment.replace("  ", " ", 1))
        if old.kind == "scalar" or old.style == "flow":
            yield TextEdit(old.start, old.end, spelled)
            return
        if place.is_item:
            yield TextEdit(old.start, old.end, spelled)
            return
        # A list or map on the lines below its key: a scalar goes on the key's line, before its comment.
        colon = text.index(":", entry.end)
        head = text[colon + 1 : old.start].rstrip()
        yield TextEdit(colon + 1, old.end, (f" {spelled}".rstrip()) + head)
        yield TextEdit(old.start, old.end, spelled)

    def _rest_is_blank(self, index: int) -> bool:
        return not self.text[index : line_end(self.text, index)].strip()

    def _block_lines(self, place: Place, value: Any) -> str:
        """Return the lines of a list or map with content, indented as the old one, or as the others."""
        assert place.entry is not None
        old, text = place.entry.value, self.text
        dashes = self._habits.dashes()
        begin = line_start(text, old.start)
        alike = old.style == "block" and old.kind == ("list" if isinstance(value, list) else "map")
        if place.is_item or (alike and not text[begin : old.start].strip()):
            indent = old.start - begin
        else:
            indent = self._habits.column(place.holders[-1]) + (
                dashes if isinstance(value, list) else self._habits.step()
            )
        lines = spell_block(value, indent, self._habits.steps(old), self._keeper(old))
        return self._habits.newline(place.entry.start).join(lines)

    def _lines_below(self, place: Place, lines: str) -> Iterator[TextEdit]:
        """Yield edits that put `lines` below the key of `place`, in place of its value."""
        assert place.entry is not None
        entry, old, text = place.entry, place.entry.value, self.text
        newline = self._habits.newline(entry.start)
        begin = line_start(text, old.start)
        if place.is_item:
            if old.start < old.end and old.style != "flow":
                yield TextEdit(old.start, old.end, lines.lstrip(" "))
            return
        if old.kind != "scalar" and old.style == "block" and not text[begin : old.start].strip():
            yield TextEdit(begin, old.end, lines)
        stop = line_end(text, max(entry.end, old.end))
        if old.start == old.end:
            yield TextEdit(stop, stop, newline + lines)
            return
        colon = text.index(":", entry.end)
        yield TextEdit(colon + 1, stop, text[old.end : stop].rstrip() + newline + lines)
        yield TextEdit(colon + 1, old.end, newline + lines)

    def _wants_block(self, old: Value | None, value: Any) -> bool:
        """Return whether a list or map with content goes on lines of its own, as the others."""
        if old and old.kind != "scalar" and (old.items or old.entries):
            return old.style == "block"
        if old and old.style == "flow" and isinstance(value, dict):
            return False
        kind = "list" if isinstance(value, list) else "map"
        others = [
            inner.style
            for inner in self.root.inside()
            if inner.kind == kind and (inner.items or inner.entries) and inner is not self.root
        ]
        return not others or "block" in others

    # A new key

    def _insertions(self, place: Place, value: Any, after: int | None) -> Iterator[TextEdit]:
        mapping, name = place.holders[-1], place.missing[0]
        if mapping.style == "flow" or _in_flow(place.holders):
            key = next(spell_text(name, "", flow=True))
            spans = [(entry.start, max(entry.end, entry.value.end)) for entry in mapping.entries]
            brackets = Brackets(self.text, mapping.start, mapping.end, spans)
            one_line = isinstance(value, Source)
            for spelled in [value.text] if one_line else self._spellings(value, None, flow=True):
                yield from brackets.append(f"{key}: {spelled}")
            return
        for lines in self._entry_lines(name, value, self._habits.column(mapping), self._pads(place)):
            for index in self._line_places(mapping, after):
                newline = ending_before(self.text, index) or "\n"
                yield TextEdit(index, index, "".join(line + newline for line in lines))

    def _entry_lines(self, name: str, value: Any, column: int, pads: list[int]) -> Iterator[list[str]]:
        """Yield ways to write a key and its value on lines of their own."""
        key = " " * column + next(spell_text(name, "", flow=False)) + ":"
        if _has_content(value) and self._wants_block(None, value):
            indent = column + (self._habits.dashes() if isinstance(value, list) else self._habits.step())
            yield [key, *spell_block(value, indent, self._habits.steps(), _nothing_kept)]
        if isinstance(value, Source):
            for pad in pads:
                first, *rest = _padded(value, pad)
                yield [f"{key} {first.lstrip(' ')}".rstrip(), *rest]
                yield [key, first, *rest]
            return
        if isinstance(value, str):
            for spelled in block_scalars(self.text, None, value, column, "\n"):
                yield f"{key} {spelled}".split("\n")
        for spelled in self._spellings(value, None, flow=False):
            yield [f"{key} {spelled}".rstrip()]

    def _line_places(self, mapping: Value, after: int | None) -> Iterator[int]:
        """Yield where a new line of `mapping` may begin."""
        if after is not None:
            entry = mapping.entries[after]
            yield next_line(self.text, max(entry.end, entry.value.end))
        if mapping is not self.root:
            last = mapping.entries[-1]
            yield next_line(self.text, max(last.end, last.value.end))
            return
        index = self.block.inner_end
        while index > self.block.inner_start:
            before = line_start(self.text, index - len(ending_before(self.text, index)))
            if self.text[before:index].strip():
                break
            index = before
        yield max(index, self.block.inner_start)
        yield self.block.inner_end  # behind a block of text that keeps the blank lines below it

    # A key less

    def _removals(self, place: Place) -> Iterator[TextEdit]:
        assert place.entry is not None
        mapping, text = place.holders[-1], self.text
        if _in_flow(place.holders):
            spans = [(entry.start, max(entry.end, entry.value.end)) for entry in mapping.entries]
            brackets = Brackets(text, mapping.start, mapping.end, spans)
            if len(spans) > 1:
                yield from brackets.remove(place.path[-1])
            else:
                yield TextEdit(mapping.start + 1, mapping.end - 1, "")
            return
        begin = line_start(text, place.entry.start)
        end = max(place.entry.end, place.entry.value.end)
        yield from self._without_lines(begin, place.entry.start, end)
        if (
            place.path[-1] == 0
            and text[begin : place.entry.start].strip() == "-"
            and len(mapping.entries) > 1
        ):
            # The first key of an item, behind its dash: the next one takes its place there.
            yield TextEdit(place.entry.start, mapping.entries[1].start, "")

    def _removal_of_only(self, place: Place, key: str) -> TextEdit:
        # Without its last entry a map would be null: it becomes an empty map.
        return self._replace(place.above, key, {})

    def _without_lines(self, begin: int, start: int, end: int) -> Iterator[TextEdit]:
        """Yield edits that take away the lines from `begin` to the one with `end`; from `start`."""
        text = self.text
        behind = text[end : line_end(text, end)].strip()
        if text[begin:start].strip() or (behind and not behind.startswith("#")):
            return  # another key shares the line
        stop = next_line(text, end)
        yield TextEdit(begin, stop, "")
        while stop < self.block.inner_end:
            line = text[stop : line_end(text, stop)]
            if not line.strip().startswith("#") or line[0] not in " \t":
                break
            stop = next_line(text, stop)
            yield TextEdit(begin, stop, "")  # left behind, a comment would become text of the value above

    # Other names, other places

    def _renamings(self, place: Place, new: str) -> Iterator[TextEdit]:
        assert place.entry is not None
        start, end = place.entry.start, place.entry.end
        style = {"'": "single", '"': "double"}.get(self.text[start], "")
        for spelled in spell_text(new, style, flow=_in_flow(place.holders)):
            yield TextEdit(start, end, spelled)

    def _chunks(self, holder: Value) -> list[tuple[int, int]] | None:
        if holder.style == "flow":
            return None
        parts = extents(holder)
        if holder.kind == "list":
            dashes = [self._dash(holder, item) for item in holder.items]
            parts = [
                (end if dash is None else dash, end) for dash, (_, end) in zip(dashes, parts, strict=True)
            ]
        return with_comments(self.text, parts, self.block.inner_start, self.block.inner_end)

    def _moves(self, place: Place, to: int) -> Iterator[TextEdit]:
        holder = place.holders[-1]
        first = holder.spans()[0][0]
        if holder.kind == "list" or holder.style == "flow" or self._begins_line(first):
            yield from super()._moves(place, to)
            return
        # The map of an item, its first key behind the dash: as if that had a line of its own.
        pad = "\n" + " " * self._habits.column(holder)
        text = self.text[:first] + pad + self.text[first:]
        parts = [(start + len(pad), end + len(pad)) for start, end in extents(holder)]
        chunks = with_comments(text, parts, first + 1, self.block.inner_end + len(pad))
        start, end = chunks[place.path[-1]]
        for edit in moved_lines(text, start, end, chunks[to - 1][1] if to else chunks[0][0]):
            after = edit.apply(text)
            whole = TextEdit.between(self.text, after[:first] + after[first + len(pad) :])
            if whole and after.startswith(pad, first):
                yield whole

    def _begins_line(self, index: int) -> bool:
        return not self.text[line_start(self.text, index) : index].strip()

    # Lists

    def _item_insertions(self, place: Place, item: Any) -> Iterator[TextEdit]:
        assert place.entry is not None
        old, text = place.entry.value, self.text
        styles = {known.style for known in old.items if isinstance(known.built, str)}
        style = styles.pop() if len(styles) == 1 else ""
        if old.style == "flow":
            brackets = Brackets(text, old.start, old.end, [(known.start, known.end) for known in old.items])
            for spelled in self._item_spellings(item, style, flow=True):
                yield from brackets.append(spelled)
            return
        last = old.items[-1]
        dash = self._dash(old, last)
        if dash is None:
            return
        indent = text[line_start(text, dash) : dash]
        gap = text[dash + 1 : last.start]
        if not gap or gap.strip(" "):
            gap = " "
        index = next_line(text, max(last.end, dash + 1))
        newline = ending_before(text, index)
        if _has_content(item):
            first, *rest = spell_block([item], len(indent), self._habits.steps(), _nothing_kept)
            body = newline.join([indent + first[len(indent) :], *rest])
            yield TextEdit(index, index, body + newline)
        for spelled in self._item_spellings(item, style, flow=False):
            yield TextEdit(index, index, f"{indent}-{gap}{spelled}{newline}")

    def _item_spellings(self, item: Any, style: str, *, flow: bool) -> Iterator[str]:
        if isinstance(item, list | dict):
            yield spell_flow(item, _nothing_kept)
        else:
            yield from spell_scalar(item, style, "", flow=flow)

    def _item_removals(self, place: Place, index: int) -> Iterator[TextEdit]:
        assert place.entry is not None
        old, text = place.entry.value, self.text
        if old.style == "flow":
            spans = [(known.start, known.end) for known in old.items]
            yield from Brackets(text, old.start, old.end, spans).remove(index)
            return
        item = old.items[index]
        dash = self._dash(old, item)
        if dash is not None:
            yield from self._without_lines(line_start(text, dash), dash, max(item.end, dash + 1))

    def _dash(self, old: Value, item: Value) -> int | None:
        """Return where the dash of an item of the block list `old` stands, if it begins its line."""
        column = old.start - line_start(self.text, old.start)
        begin = line_start(self.text, item.start)
        while begin >= line_start(self.text, old.start):
            dash = begin + column
            if self.text[dash : dash + 1] == "-" and not self.text[begin:dash].strip():
                return dash
            begin = line_start(self.text, begin - len(ending_before(self.text, begin)))
        return None

    def _keeper(self, old: Value | None) -> Any:
        """Return the function that knows how the items of `old` are spelled, to keep them so."""
        known = [
            (item.built, self.text[item.start : item.end])
            for item in (old.items if old else [])
            if item.kind == "scalar" and item.style in ("plain", "single", "double")
        ]

        def spelling(value: Any) -> str | None:
            for built, source in known:
                if same(built, value) and "\n" not in source and "\r" not in source:
                    return source
            return None

        return spelling


def _padded(source: Source, column: int) -> list[str]:
    """Return the lines of `source`, indented by `column`."""
    return [" " * column + line if line else "" for line in re.split(r"\r\n|\n|\r", source.text)]


def _nothing_kept(_value: Any) -> str | None:
    return None


def _has_content(value: Any) -> bool:
    return isinstance(value, list | dict) and bool(value)


def _in_flow(maps: tuple[Value, ...]) -> bool:
    return any(mapping.style == "flow" for mapping in maps)
