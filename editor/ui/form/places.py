"""Where a field stands among its neighbours in the file, and where it may be moved: plain functions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from editor.errors import FrontMatterError
from editor.ui.form import groups
from editor.ui.form.rows import FrontMatter


@dataclass(frozen=True, slots=True)
class Step:
    """One step up or down among the fields of the same map, or the entries of the same list."""

    after: str | None
    """The key that the field comes to stand behind; None: it becomes the first."""
    passed: str
    """The key of the neighbour that it changes places with."""
    key: str
    """The field's own key after it: that of an entry of a list is its number."""
    refused: str = ""
    """Why it can't be made without touching more than the two (a sentence), or empty."""


def outer_key(front_matter: FrontMatter, key: str) -> str:
    """Return the key of the map or list that holds the field, or an empty text."""
    return "" if key in front_matter.values else key.rpartition(".")[0]


def neighbours(front_matter: FrontMatter, key: str) -> list[str]:
    """Return the keys of the fields beside `key`, itself among them, in the order of the file."""
    outer = outer_key(front_matter, key)
    inside = groups.lookup(front_matter.values, outer)[1] if outer else front_matter.values
    if isinstance(inside, Mapping):
        keys = [f"{outer}.{name}" if outer else str(name) for name in inside]
    elif isinstance(inside, Sequence) and not isinstance(inside, str):
        keys = [f"{outer}.{number}" for number in range(len(inside))]
    else:
        return []
    # What a merge key brings in has no place of its own.
    return [known for known in keys if front_matter.line(known) is not None]


def step(front_matter: FrontMatter, key: str, *, down: bool) -> Step | None:
    """Return the step of `key` in the file, or None where nothing stands on that side of it."""
    beside = neighbours(front_matter, key)
    if key not in beside:
        return None
    index = beside.index(key)
    passed = index + 1 if down else index - 1
    if not 0 <= passed < len(beside):
        return None
    after = beside[passed] if down else (beside[passed - 1] if passed else None)
    inside = groups.lookup(front_matter.values, outer_key(front_matter, key))[1]
    own = beside[passed] if isinstance(inside, list) else key
    try:
        front_matter.move(key, after)
    except FrontMatterError as error:
        return Step(after, beside[passed], own, error.message)
    return Step(after, beside[passed], own)
