"""SplicedFrontMatter: edits by replacing spans of the text, each proved by reading the text again.

A format says how to read a block, and offers candidates for an edit, the best first. The first one is taken
after which the block reads as before, but for exactly the wanted change. So no candidate has to be right in
every corner of its format; where none is, the edit is refused.
"""

import datetime
import textwrap
from abc import abstractmethod
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from operator import methodcaller
from typing import Any, Self

from editor.errors import NotEditable
from editor.post.front_matter.block_front_matter import BlockFrontMatter
from editor.post.front_matter.brackets import Brackets
from editor.post.front_matter.moving import moved_lines
from editor.post.front_matter.readings import changed, gained, has_new, lost, moved, renamed
from editor.post.front_matter.values import Place, Value, at, same, tree
from editor.post.text_edit import TextEdit
from editor.translation import gettext as _


@dataclass(frozen=True, slots=True)
class Source:
    """A value given by its spelling in the format, `value` being what the spelling says."""

    text: str
    value: Value


class SplicedFrontMatter(BlockFrontMatter):
    """The front matter of a block, with the edits that its format offers for it."""

    @abstractmethod
    def _read_source(self, source: str) -> Value:
        """Return the one value that `source` writes; raises FrontMatterError."""

    def _storable(self, value: Any, _key: str) -> Any:
        """Return the value of a field as the format holds it; raises NotEditable where it can't."""
        return value

    def _given(self, source: str, _key: str) -> Source:
        """Return what `source` writes as the value of a field; raises FrontMatterError."""
        source = textwrap.dedent(source).strip()
        return Source(source, self._read_source(source))

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

    @abstractmethod
    def _renamings(self, place: Place, new: str) -> Iterator[TextEdit]:
        """Offer edits that spell the key of `place` as `new`."""

    @abstractmethod
    def _chunks(self, holder: Value) -> list[tuple[int, int]] | None:
        """Return the whole lines of each child of `holder`, with its comments; None: it is in brackets."""

    def set(self, key: str, value: Any, *, after: str | None = None) -> TextEdit | None:
        place = self._open(key)
        value = self._storable(_plain(value), key)
        if place.entry is None or place.stopped:
            return self._put(place, key, value, after)
        old = place.entry.value
        if self._says(old, value):
            return None
        by_parts = self._piecewise(key, old.built, value)
        return self._replace(place, key, value, (by_parts,) if by_parts else ())

    def set_source(self, key: str, source: str) -> TextEdit | None:
        place = self._open(key)
        given = self._given(source, key)
        if place.entry is None or place.stopped:
            return self._put(place, key, given, None)
        if self.source(key) == given.text:
            return None
        return self._replace(place, key, given)

    def unset(self, key: str) -> TextEdit | None:
        place = self._open(key)
        if place.entry is None or place.stopped:
            return None
        if place.is_item:
            return self._without_item(place, key)
        if len(place.holders) > 1 and len(place.holders[-1].entries) == 1:
            return self._removal_of_only(place, key)
        return self._first(self._removals(place), key, lambda new: lost(self.root, new.root, place.path))

    def rename(self, key: str, new: str) -> TextEdit | None:
        place = self._open(key)
        if place.entry is None or place.stopped:
            return None
        if place.is_item:
            raise self._refused(_("An item of a list has no name"), place.entry.start)
        known = place.entry.key
        if new != known and any(entry.key == new for entry in place.holders[-1].entries):
            raise self._refused(_("“{key}” is there already").format(key=new), place.entry.start)
        if new == known:
            return None
        return self._first(
            self._renamings(place, new), key, lambda after: self._is_renamed(after, place.path, new)
        )

    def move(self, key: str, after: str | None = None) -> TextEdit | None:
        place = self._open(key)
        if place.entry is None or place.stopped:
            return None
        to = 0
        if after is not None:
            behind = self._find(after)
            if behind.entry is None or behind.holders[-1] is not place.holders[-1] or behind.stopped:
                message = _("“{key}” and “{other}” are not in the same map").format(key=key, other=after)
                raise self._refused(message, place.entry.start)
            to = behind.path[-1] + 1
        index = place.path[-1]
        if to in (index, index + 1):
            return None
        final = to if to < index else to - 1
        if self._are_alike(place.holders[-1], min(index, final), max(index, final)):
            return None
        return self._first(
            self._moves(place, to),
            key,
            lambda new: moved(self.root, new.root, place.path, final),
        )

    def add(self, key: str, item: Any, *, again: bool = False) -> TextEdit | None:
        place = self._open(key)
        [item] = self._storable([_plain(item)], key) or [""]
        if place.entry is None or place.stopped:
            return self._put(place, key, [item], None)
        old = place.entry.value
        if old.kind == "scalar" and old.built is None:
            return self._replace(place, key, [item])
        if old.kind != "list":
            raise self._refused(_("“{key}” is not a list").format(key=key), old.start)
        if not again and any(self._says(known, item) for known in old.items):
            return None
        if not old.items:
            return self._replace(place, key, [item])
        path = (*place.path, len(old.items))
        return self._first(
            self._item_insertions(place, item),
            key,
            lambda new: gained(self.root, new.root, path, self._accept(item)),
        )

    def remove(self, key: str, item: Any) -> TextEdit | None:
        place = self._open(key)
        [item] = self._storable([_plain(item)], key) or [""]
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
            return self._emptied(place, key)
        path = (*place.path, found[-1])
        edit = self._first(
            self._item_removals(place, found[-1]), key, lambda new: lost(self.root, new.root, path)
        )
        return (
            edit if len(found) == 1 else self._chain([lambda _: edit, lambda front: front.remove(key, item)])
        )

    # How an edit comes about

    def _without_item(self, place: Place, key: str) -> TextEdit:
        """Return the edit that takes the item of `place` out of its list."""
        above = place.above
        if len(place.holders[-1].items) == 1:
            return self._emptied(above, key)
        edits = self._item_removals(above, place.path[-1])
        return self._first(edits, key, lambda new: lost(self.root, new.root, place.path))

    def _emptied(self, place: Place, key: str) -> TextEdit:
        """Return the edit that leaves the list of `place` without items."""
        return self._replace(place, key, [])

    def _moves(self, place: Place, to: int) -> Iterator[TextEdit]:
        """Offer edits that put the child of `place` before the one at `to` of its holder."""
        holder, index, text = place.holders[-1], place.path[-1], self.text
        chunks = self._chunks(holder)
        if chunks is not None:
            start, end = chunks[index]
            target = chunks[to][0] if to < len(chunks) else chunks[-1][1]
            if 0 <= to - 1 < len(chunks) and to - 1 != index:
                target = chunks[to - 1][1]
            yield from moved_lines(text, start, end, target)
            return
        spans = holder.spans()
        piece = text[slice(*spans[index])]
        whole_list = Brackets(text, holder.start, holder.end, spans)
        yield from whole_list.move(index, to)
        for removal in whole_list.remove(index):
            if whole_list.loses_comment(index, removal):
                continue
            shorter = self._read_again(removal.apply(text))
            found = at(shorter.root, place.path[:-1]) if shorter and not shorter.problem else None
            if shorter is None or found is None or not found[1].spans():
                continue
            brackets = Brackets(shorter.text, found[1].start, found[1].end, found[1].spans())
            final = to if to < index else to - 1
            edits = brackets.append(piece) if final >= len(spans) - 1 else brackets.insert(final, piece)
            for edit in edits:
                whole = TextEdit.between(text, edit.apply(shorter.text))
                if whole:
                    yield whole

    def _are_alike(self, holder: Value, first: int, last: int) -> bool:
        """Return whether the children of `holder` from `first` to `last` are written alike: none can be moved."""
        parts = self._chunks(holder) or holder.spans()
        if len(set(parts)) < len(parts):
            parts = holder.spans()  # several on one line
        return len({self.text[start:end] for start, end in parts[first : last + 1]}) == 1

    def _open(self, key: str) -> Place:
        """Return where `key` leads; raises where it may not be edited."""
        if self.problem:
            raise self.problem
        place = self._find(key)
        reason = self.lock(key)
        if reason:
            raise self._refused(reason, place.entry.start if place.entry else self.block.inner_start)
        return place

    def _put(self, place: Place, key: str, value: Any, after: str | None) -> TextEdit:
        """Return the edit that makes the missing keys of `place`, with `value` in the last."""
        if place.entry is None and place.is_item:
            message = _("“{key}” leads to no item of the list").format(key=key)
            raise self._refused(message, place.holders[-1].start)
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
        behind = self._find(after) if after else None
        index = None
        if behind and behind.entry and behind.holders[-1] is place.holders[-1]:
            index = behind.path[-1]
        return self._first(
            self._insertions(place, value, index),
            key,
            lambda new: has_new(self.root, new.root, place, self.text_tag, self._accept(value)),
        )

    def _replace(self, place: Place, key: str, value: Any, better: Iterable[TextEdit] = ()) -> TextEdit:
        """Return the edit that gives the entry of `place` another value; one of `better`, if that is exact."""
        accept = self._accept(value)
        return self._first(
            chain(better, self._replacements(place, value)),
            key,
            lambda new: changed(self.root, new.root, place.path, accept),
        )

    def _piecewise(self, key: str, old: Any, new: Any) -> TextEdit | None:
        """Return the edit of a list or map by its parts, which keeps the others' bytes; None: rewrite."""
        steps: list[Callable[[Any], TextEdit | None]] = []
        if isinstance(old, list) and isinstance(new, list):
            steps += _list_steps(key, old, new)
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
                again = front._read_again(edit.apply(front.text))
                assert again is not None  # the edit was proved by reading it
                front = again
        return TextEdit.between(self.text, front.text)

    def _first(self, edits: Iterable[TextEdit], key: str, exact: Callable[[Self], bool]) -> TextEdit:
        """Return the first of the edits after which nothing but the wanted change is there to read."""
        for edit in edits:
            after = edit.apply(self.text)
            new = self._read_again(after)
            if new and new.problem is None and after[new.end :] == self.text[self.end :] and exact(new):
                return edit
        place = self._find(key)
        raise self._refused(
            _("“{key}” can't be changed without touching more than its own text").format(key=key),
            place.entry.start if place.entry else self.block.inner_start,
        )

    # What another reading must have

    def _is_renamed(self, after: Self, path: tuple[int, ...], new: str) -> bool:
        return renamed(self.root, after.root, path, (self.text_tag, new))

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


def _list_steps(key: str, old: list[Any], new: list[Any]) -> Iterator[Callable[[Any], TextEdit | None]]:
    """Yield the steps that make the list `new` of `old`; none where it has to be written anew."""
    kept = [item for item in old if _holds(new, item)]
    if kept and same(new[: len(kept)], kept) and not _repeats(old) and not _repeats(new):
        gone = [item for item in old if not _holds(new, item)]
        yield from (methodcaller("remove", key, item) for item in gone)
        yield from (methodcaller("add", key, item) for item in new[len(kept) :])
    elif old and len(old) == len(new) and not all(_holds(old, item) for item in new):
        # Some of them changed, none came or went.
        yield from (methodcaller("set", f"{key}.{index}", item) for index, item in enumerate(new))


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
    if value is None or isinstance(value, str | bool | int | float | datetime.date | datetime.time):
        return value
    raise TypeError(f"no front matter holds a {type(value).__name__}")
