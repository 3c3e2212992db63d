"""SplicedFrontMatter: edits by replacing spans of the text, each proved by reading the text again.

A format says how to read a block, and offers candidates for an edit, the best first. The first one is taken
after which the block reads as before, but for exactly the wanted change. So no candidate has to be right in
every corner of its format; where none is, the edit is refused.
"""

import datetime
import re
import textwrap
from abc import abstractmethod
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from operator import methodcaller
from typing import Any, Self

from editor.errors import FrontMatterError, NotEditable
from editor.post.front_matter.block import Block, find_block
from editor.post.front_matter.interface import FrontMatter
from editor.post.front_matter.values import Place, Value, at, find, grafted, same, tree
from editor.post.lines import line_start, position
from editor.post.text_edit import TextEdit
from editor.translation import gettext as _


@dataclass(frozen=True, slots=True)
class Source:
    """A value given by its spelling in the format, `value` being what the spelling says."""

    text: str
    value: Value


class SplicedFrontMatter(FrontMatter):
    """The front matter of a fenced block."""

    text_tag: str
    """What the format calls text, in `Value.tag`."""

    def __init__(self, text: str, block: Block) -> None:
        """Read the block of `text`; never raises, see `problem`."""
        self.text = text
        self.block = block
        self.format = block.format
        self.start, self.end, self.body_start = block.start, block.end, block.end
        self.problem = None
        try:
            self.root = self._read()
        except FrontMatterError as error:
            self.problem = error
            self.root = self._empty()
        self.values = self.root.built

    @abstractmethod
    def _read(self) -> Value:
        """Return the map that the block holds; raises FrontMatterError with line and column."""

    @abstractmethod
    def _read_source(self, source: str) -> Value:
        """Return the one value that `source` writes; raises FrontMatterError."""

    @abstractmethod
    def _replacements(self, place: Place, value: Any) -> Iterator[TextEdit]:
        """Offer edits that give the entry of `place` another value."""

    @abstractmethod
    def _insertions(self, place: Place, value: Any, after: int | None) -> Iterator[TextEdit]:
        """Offer edits that make the first missing key of `place`, behind the entry `after` of its map."""

    @abstractmethod
    def _removals(self, place: Place) -> Iterator[TextEdit]:
        """Offer edits that take the entry of `place` away."""

    @abstractmethod
    def _removal_of_only(self, place: Place, key: str) -> TextEdit:
        """Return the edit that takes the only entry of a map away, the one of `place`."""

    @abstractmethod
    def _item_insertions(self, place: Place, item: Any) -> Iterator[TextEdit]:
        """Offer edits that append `item` to the list (with items) in the entry of `place`."""

    @abstractmethod
    def _item_removals(self, place: Place, index: int) -> Iterator[TextEdit]:
        """Offer edits that take an item out of the list (of more than one) in the entry of `place`."""

    def lock(self, key: str) -> str | None:
        if self.problem:
            return self.problem.message
        place = find(self.root, key)
        for mapping in place.maps:
            if mapping.lock:
                return mapping.lock
        if place.entry is None:
            inherited = place.missing[0] in place.maps[-1].built  # and yet not an entry of its own
            return _("This value comes from a merge key: change it in the text") if inherited else None
        return next((value.lock for value in place.entry.value.inside() if value.lock), None)

    def span(self, key: str) -> tuple[int, int] | None:
        value = self._value(key)
        return None if value is None else (value.start, value.end)

    def source(self, key: str) -> str | None:
        value = self._value(key)
        if value is None:
            return None
        source = self.text[value.start : value.end]
        if value.style == "block":
            column = value.start - line_start(self.text, value.start)
            source = re.sub(rf"(?<=[\r\n]) {{1,{column}}}", "", source) if column else source
        return source

    def style(self, key: str) -> str | None:
        value = self._value(key)
        return None if value is None else value.style

    def line(self, key: str) -> int | None:
        place = find(self.root, key)
        if place.entry is None or place.stopped:
            return None
        return position(self.text, place.entry.start)[0]

    def set(self, key: str, value: Any, *, after: str | None = None) -> TextEdit | None:
        value = _plain(value)
        place = self._open(key)
        if place.entry is None or place.stopped:
            return self._put(place, key, value, after)
        old = place.entry.value
        if self._says(old, value):
            return None
        return self._piecewise(key, old.built, value) or self._replace(place, key, value)

    def set_source(self, key: str, source: str) -> TextEdit | None:
        source = textwrap.dedent(source).strip()
        place = self._open(key)
        given = Source(source, self._read_source(source))
        if place.entry is None or place.stopped:
            return self._put(place, key, given, None)
        if self.source(key) == source:
            return None
        return self._replace(place, key, given)

    def unset(self, key: str) -> TextEdit | None:
        place = self._open(key)
        if place.entry is None or place.stopped:
            return None
        if len(place.maps) > 1 and len(place.maps[-1].entries) == 1:
            return self._removal_of_only(place, key)
        return self._first(self._removals(place), key, lambda new: self._lost(new, place.path))

    def add(self, key: str, item: Any) -> TextEdit | None:
        item = _plain(item)
        place = self._open(key)
        if place.entry is None or place.stopped:
            return self._put(place, key, [item], None)
        old = place.entry.value
        if old.kind == "scalar" and old.built is None:
            return self._replace(place, key, [item])
        if old.kind != "list":
            raise self._refused(_("“{key}” is not a list").format(key=key), old.start)
        if any(self._says(known, item) for known in old.items):
            return None
        if not old.items:
            return self._replace(place, key, [item])
        path = (*place.path, len(old.items))
        return self._first(
            self._item_insertions(place, item), key, lambda new: self._gained(new, path, self._accept(item))
        )

    def remove(self, key: str, item: Any) -> TextEdit | None:
        item = _plain(item)
        place = self._open(key)
        if place.entry is None or place.stopped:
            return None
        old = place.entry.value
        if old.kind == "scalar" and old.built is None:
            return None
        if old.kind != "list":
            raise self._refused(_("“{key}” is not a list").format(key=key), old.start)
        found = [index for index, known in enumerate(old.items) if self._says(known, item)]
        if not found:
            return None
        if len(found) == len(old.items):
            return self._replace(place, key, [])
        path = (*place.path, found[-1])
        edit = self._first(self._item_removals(place, found[-1]), key, lambda new: self._lost(new, path))
        return (
            edit if len(found) == 1 else self._chain([lambda _: edit, lambda front: front.remove(key, item)])
        )

    # How an edit comes about

    def _open(self, key: str) -> Place:
        """Return where `key` leads; raises where it may not be edited."""
        if self.problem:
            raise self.problem
        place = find(self.root, key)
        reason = self.lock(key)
        if reason:
            raise self._refused(reason, place.entry.start if place.entry else self.block.inner_start)
        return place

    def _put(self, place: Place, key: str, value: Any, after: str | None) -> TextEdit:
        """Return the edit that makes the missing keys of `place`, with `value` in the last."""
        names = place.missing if place.stopped else place.missing[1:]
        for name in reversed(names):
            value = {name: value}
        if place.stopped:
            assert place.entry is not None
            if place.entry.value.kind != "scalar" or place.entry.value.built is not None:
                reason = _("“{key}” is not a map, so it can't hold “{name}”")
                raise self._refused(
                    reason.format(key=place.entry.key, name=place.missing[0]), place.entry.value.start
                )
            return self._replace(place, key, value)
        behind = find(self.root, after) if after else None
        index = None
        if behind and behind.entry and behind.maps[-1] is place.maps[-1]:
            index = behind.path[-1]
        return self._first(
            self._insertions(place, value, index),
            key,
            lambda new: self._has_new(new, place, self._accept(value)),
        )

    def _replace(self, place: Place, key: str, value: Any) -> TextEdit:
        accept = self._accept(value)
        return self._first(
            self._replacements(place, value), key, lambda new: self._changed(new, place.path, accept)
        )

    def _piecewise(self, key: str, old: Any, new: Any) -> TextEdit | None:
        """Return the edit of a list or map by its parts, which keeps the others' bytes; None: rewrite."""
        steps: list[Callable[[Any], TextEdit | None]] = []
        if isinstance(old, list) and isinstance(new, list):
            kept = [item for item in old if _holds(new, item)]
            if not kept or not same(new[: len(kept)], kept) or _repeats(old) or _repeats(new):
                return None
            gone = [item for item in old if not _holds(new, item)]
            steps += [methodcaller("remove", key, item) for item in gone]
            steps += [methodcaller("add", key, item) for item in new[len(kept) :]]
        elif isinstance(old, dict) and isinstance(new, dict):
            if not old or not new or any("." in name or not name for name in (*old, *new)):
                return None
            # First what comes, then what goes: a map that is empty on the way would lose its place or style.
            steps += [methodcaller("set", f"{key}.{name}", value) for name, value in new.items()]
            steps += [methodcaller("unset", f"{key}.{name}") for name in old if name not in new]
        try:
            return self._chain(steps) if steps else None
        except NotEditable:
            return None

    def _chain(self, steps: Iterable[Callable[[Any], TextEdit | None]]) -> TextEdit | None:
        """Return one edit that does all the steps, each made in the text that the one before it left."""
        front = self
        for step in steps:
            edit = step(front)
            if edit is not None:
                front = front._again(edit.apply(front.text))
        return TextEdit.between(self.text, front.text)

    def _first(self, edits: Iterable[TextEdit], key: str, exact: Callable[[Self], bool]) -> TextEdit:
        """Return the first of the edits after which nothing but the wanted change is there to read."""
        for edit in edits:
            after = edit.apply(self.text)
            try:
                new = self._again(after)
            except FrontMatterError:
                continue
            if new.problem is None and after[new.end :] == self.text[self.end :] and exact(new):
                return edit
        place = find(self.root, key)
        raise self._refused(
            _("“{key}” can't be changed without touching more than its own text").format(key=key),
            place.entry.start if place.entry else self.block.inner_start,
        )

    def _again(self, text: str) -> Self:
        block = find_block(text)
        if block is None or block.format != self.format:
            raise FrontMatterError(_("The front matter would be gone"))
        return type(self)(text, block)

    # What another reading must have

    def _changed(self, new: Self, path: tuple[int, ...], accept: Callable[[Value], bool]) -> bool:
        found, before = at(new.root, path), at(self.root, path)
        if found is None or before is None or not accept(found[1]):
            return False
        label = (before[0].tag, before[0].key) if before[0] else None
        return tree(new.root) == grafted(tree(self.root), path, ((label, tree(found[1])),), 1)

    def _gained(self, new: Self, path: tuple[int, ...], accept: Callable[[Value], bool]) -> bool:
        found = at(new.root, path)
        if found is None or not accept(found[1]):
            return False
        label = (found[0].tag, found[0].key) if found[0] else None
        return tree(new.root) == grafted(tree(self.root), path, ((label, tree(found[1])),), 0)

    def _has_new(self, new: Self, place: Place, accept: Callable[[Value], bool]) -> bool:
        """Return whether the map of `place` has got its missing key, at whatever place in it."""
        parent = at(new.root, place.path)
        if parent is None:
            return False
        for index, entry in enumerate(parent[1].entries):
            if entry.key == place.missing[0] and entry.tag == self.text_tag:
                return self._gained(new, (*place.path, index), accept)
        return False

    def _lost(self, new: Self, path: tuple[int, ...]) -> bool:
        return tree(new.root) == grafted(tree(self.root), path, (), 1)

    def _accept(self, wanted: Any) -> Callable[[Value], bool]:
        """Return the test whether a value that was read is the wanted one."""

        def accept(value: Value) -> bool:
            inner = wanted
            while isinstance(inner, dict) and len(inner) == 1 and len(value.entries) == 1:
                (name, inner), entry = next(iter(inner.items())), value.entries[0]
                if entry.key != name:
                    return False
                value = entry.value
            if isinstance(inner, Source):
                return tree(value) == tree(inner.value)
            return self._says(value, inner)

        return accept

    def _says(self, value: Value, wanted: Any) -> bool:
        """Return whether `value` is `wanted` already; an impossible date is built as text, but is none."""
        return same(value.built, wanted) and (not isinstance(wanted, str) or value.tag == self.text_tag)

    # Small things

    def _value(self, key: str) -> Value | None:
        place = find(self.root, key)
        return None if place.entry is None or place.stopped else place.entry.value

    def _empty(self) -> Value:
        at_end = self.block.inner_end
        return Value(at_end, at_end, "map", "block", "", built={})

    def _refused(self, message: str, index: int) -> NotEditable:
        line, column = position(self.text, index)
        return NotEditable(message, line=line, column=column)


def _holds(items: list[Any], wanted: Any) -> bool:
    return any(same(item, wanted) for item in items)


def _repeats(items: list[Any]) -> bool:
    return any(_holds(items[:index], item) for index, item in enumerate(items))


def _plain(value: Any) -> Any:
    """Return `value` with lists for tuples and text for keys; TypeError for what no front matter can hold."""
    if isinstance(value, dict):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if value is None or isinstance(value, str | bool | int | float | datetime.date):
        return value
    raise TypeError(f"no front matter holds a {type(value).__name__}")
