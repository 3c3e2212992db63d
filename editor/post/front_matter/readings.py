"""What another reading of the text must have, after an edit: exactly the wanted change and nothing else.

Each function compares the root that was read before with the one read after the edit.
"""

from collections.abc import Callable

from editor.post.front_matter.values import Place, Tree, Value, at, grafted, tree

Accept = Callable[[Value], bool]
"""Whether a value that was read is the wanted one."""


def changed(old: Value, new: Value, path: tuple[int, ...], accept: Accept) -> bool:
    """Return whether the value at `path`, and no other, became one that `accept` takes."""
    found, before = at(new, path), at(old, path)
    if found is None or before is None or not accept(found[1]):
        return False
    label = (before[0].tag, before[0].key) if before[0] else None
    return tree(new) == grafted(tree(old), path, ((label, tree(found[1])),), 1)


def gained(old: Value, new: Value, path: tuple[int, ...], accept: Accept) -> bool:
    """Return whether there is one more value, at `path`."""
    found = at(new, path)
    if found is None or not accept(found[1]):
        return False
    label = (found[0].tag, found[0].key) if found[0] else None
    return tree(new) == grafted(tree(old), path, ((label, tree(found[1])),), 0)


def has_new(old: Value, new: Value, place: Place, text_tag: str, accept: Accept) -> bool:
    """Return whether the map of `place` has got its missing key, at whatever place in it."""
    holder = at(new, place.path)
    if holder is None:
        return False
    for index, entry in enumerate(holder[1].entries):
        if entry.key == place.missing[0] and entry.tag == text_tag:
            return gained(old, new, (*place.path, index), accept)
    return False


def lost(old: Value, new: Value, path: tuple[int, ...]) -> bool:
    """Return whether the value at `path` is gone."""
    return tree(new) == grafted(tree(old), path, (), 1)


def renamed(old: Value, new: Value, path: tuple[int, ...], label: tuple[str, str]) -> bool:
    """Return whether the entry at `path` has the tag and key of `label` now."""
    found = at(old, path)
    return found is not None and tree(new) == grafted(tree(old), path, ((label, tree(found[1])),), 1)


def moved(old: Value, new: Value, path: tuple[int, ...], to: int) -> bool:
    """Return whether the child at `path` stands at the index `to` of its holder now."""
    return tree(new) == _reordered(tree(old), path, to)


def _reordered(old: Tree, path: tuple[int, ...], to: int) -> Tree:
    head, children = old
    index, rest = path[0], path[1:]
    if rest:
        label, child = children[index]
        return head, (*children[:index], (label, _reordered(child, rest, to)), *children[index + 1 :])
    others = children[:index] + children[index + 1 :]
    return head, (*others[:to], children[index], *others[to:])
