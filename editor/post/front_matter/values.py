"""Values and where they stand in the text: what a reader of any format finds, how two readings compare."""

import datetime
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

_NUMBER = re.compile(r"0|[1-9][0-9]{0,5}")


@dataclass(slots=True)
class Value:
    """One value of the front matter: a scalar, a list or a map."""

    start: int
    end: int
    """Its own text in the file: no comment behind it and no blank lines below it."""
    kind: str
    """`scalar`, `list` or `map`."""
    style: str
    """See `FrontMatter.style`."""
    tag: str
    """Its type in the format's own words."""
    text: str = ""
    """What a scalar says before it is built: compared, so that `1.10` and `1.1` differ."""
    built: Any = None
    items: "list[Value]" = field(default_factory=list)
    entries: "list[Entry]" = field(default_factory=list)
    lock: str | None = None
    """Why this value can't be edited, whatever holds it (a sentence)."""

    def inside(self) -> Iterator["Value"]:
        """Yield this value and every one in it."""
        yield self
        for value in self.items:
            yield from value.inside()
        for entry in self.entries:
            yield from entry.value.inside()

    def spans(self) -> list[tuple[int, int]]:
        """Return where each child stands: an item, or a key with its value."""
        found = [(item.start, item.end) for item in self.items]
        return found + [(entry.start, max(entry.end, entry.value.end)) for entry in self.entries]


@dataclass(slots=True)
class Entry:
    """A key and its value in a map."""

    key: str
    tag: str
    start: int
    end: int
    """The key's own text, with its quotes."""
    value: Value
    names: list[tuple[int, int]] = field(default_factory=list)
    """Where the key is written, if not just from `start` to `end` (TOML's headers and dotted keys)."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a key leads: the maps and lists on the way, and the entry, or what is missing there."""

    holders: tuple[Value, ...]
    path: tuple[int, ...]
    """The index in each of the holders; without the last where the entry is missing."""
    entry: Entry | None
    """The entry, or one made for an item of a list, its key being the item's number."""
    missing: tuple[str, ...] = ()
    """The keys that would have to be made, one inside the other."""
    stopped: bool = False
    """Whether the entry is only on the way, and no map or list, though the key leads into it."""

    @property
    def is_item(self) -> bool:
        """Whether the key leads to an item of a list."""
        return self.holders[-1].kind == "list"

    @property
    def above(self) -> "Place":
        """Where the map or list stands that holds the entry; not for one of the root."""
        holder, index = self.holders[-2], self.path[len(self.holders) - 2]
        entry = holder.entries[index] if holder.kind == "map" else _item_entry(holder, index)
        return Place(self.holders[:-1], self.path[: len(self.holders) - 1], entry)


def find(root: Value, key: str) -> Place:
    """Return where `key` leads in the map `root`: a key spelled so goes before one reached by dots.

    In a list, a number from 0 leads to that item.
    """
    holders: tuple[Value, ...] = (root,)
    path: tuple[int, ...] = ()
    parts = tuple(key.split("."))
    if not all(parts):
        parts = (key,)  # dots that divide nothing
    while True:
        count, entry, index = _longest(holders[-1], parts)
        if entry is None:
            return Place(holders, path, None, missing=parts)
        path += (index,)
        parts = parts[count:]
        if not parts:
            return Place(holders, path, entry)
        if entry.value.kind == "scalar":
            return Place(holders, path, entry, missing=parts, stopped=True)
        holders += (entry.value,)


def _longest(holder: Value, parts: tuple[str, ...]) -> tuple[int, Entry | None, int]:
    """Return how many of `parts`, joined, are a key of `holder`, as many as possible, the entry and its index."""
    if holder.kind == "list":
        index = int(parts[0]) if _NUMBER.fullmatch(parts[0]) else len(holder.items)
        if index >= len(holder.items):
            return 0, None, 0
        return 1, _item_entry(holder, index), index
    for count in range(len(parts), 0, -1):
        name = ".".join(parts[:count])
        for index, entry in enumerate(holder.entries):
            if entry.key == name:
                return count, entry, index
    return 0, None, 0


def _item_entry(holder: Value, index: int) -> Entry:
    item = holder.items[index]
    return Entry(str(index), "", item.start, item.start, item)


def same(one: Any, other: Any) -> bool:
    """Return whether two built values are the same; True is not 1, a date is not its text."""
    if type(one) is not type(other):
        return False
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    if isinstance(one, list):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, datetime.datetime):
        return one.isoformat() == str(other.isoformat())  # equal instants in two zones are two values
    if isinstance(one, float) and math.isnan(one):
        return math.isnan(other)
    return bool(one == other)


Tree = tuple[Any, tuple[tuple[Any, "Tree"], ...]]
"""What is compared before and after an edit: a head (type, text) and the labelled children."""


def tree(value: Value) -> Tree:
    """Return the tree of `value`."""
    children: list[tuple[Any, Tree]] = [(None, tree(item)) for item in value.items]
    children += [((entry.tag, entry.key), tree(entry.value)) for entry in value.entries]
    return (value.kind, value.tag, value.text), tuple(children)


def at(value: Value, path: tuple[int, ...]) -> tuple[Entry | None, Value] | None:
    """Return the value at `path` below `value`, with its entry where a map holds it, or None."""
    entry: Entry | None = None
    for index in path:
        if value.kind == "map" and index < len(value.entries):
            entry = value.entries[index]
            value = entry.value
        elif value.kind == "list" and index < len(value.items):
            entry, value = None, value.items[index]
        else:
            return None
    return entry, value


def grafted(old: Tree, path: tuple[int, ...], new: tuple[tuple[Any, Tree], ...], skip: int) -> Tree:
    """Return `old` with the children `new` in place of `skip` children at `path`."""
    head, children = old
    index, rest = path[0], path[1:]
    if rest:
        label, child = children[index]
        new, skip = ((label, grafted(child, rest, new, skip)),), 1
    return head, children[:index] + new + children[index + skip :]
