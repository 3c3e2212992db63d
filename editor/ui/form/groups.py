"""What a form makes of a map, or of a list of maps: a heading, and a row for each entry."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from editor.schema import kinds
from editor.schema.content_type import ContentType, Field
from editor.translation import gettext as _

GROUP, CARDS, CARD = "group", "cards", "card"
"""The shapes of a heading: of a map, of a list of maps, of one map in such a list."""
_MOST_ROWS = 60
"""More rows than these are no help to anybody, and slow: the value is shown as it stands."""


@dataclass(frozen=True, slots=True)
class Part:
    """One row of a group, its heading among them."""

    field: Field
    """Its key is dotted, as front matter wants it."""
    present: bool
    value: Any = None
    shape: str = ""
    """`group`, `cards` or `card` for a heading, else empty."""
    depth: int = 0
    """How many headings it stands below."""
    group: str = ""
    """What the heading above it is called."""
    inherited: Any = None


def shape_of(field: Field, value: Any) -> str:
    """Return the shape of the heading for a value, or an empty text where one widget shows it all."""
    if field.kind not in ("map", "raw", "list"):
        return ""  # the content type says what it must be, and all else is shown as it stands
    if isinstance(value, Mapping):
        return GROUP if field.kind != "list" and _is_plain(value) and len(value) <= _MOST_ROWS else ""
    if value is None and field.kind == "map":
        return GROUP
    if value in (None, []) and field.options.get("entries"):
        return CARDS
    if isinstance(value, list) and value and all(isinstance(entry, Mapping) for entry in value):
        rows = sum(len(entry) + 1 for entry in value)
        return CARDS if rows <= _MOST_ROWS and all(_is_plain(entry) for entry in value) else ""
    return ""


def parts(
    field: Field,
    present: bool,
    value: Any,
    content_type: ContentType,
    added: Sequence[Field] = (),
    inherited: Any = None,
) -> list[Part]:
    """Return the rows of a field: itself and, where it is a group, those of its entries below."""
    shape = shape_of(field, value)
    head = Part(field, present, value, shape, inherited=inherited)
    label = kinds.label_of(field)
    if shape == GROUP:
        return [head, *_entries(field.key, value or {}, content_type, added, 1, label, inherited)]
    if shape != CARDS:
        return [head]
    found = [head]
    declared = {known.key: known for known in field.options.get("entries", ())}
    for number, entry in enumerate(value or ()):
        key = f"{field.key}.{number}"
        words = _("{label} {number}").format(label=label, number=number + 1)
        found.append(Part(Field(key, "map", words), True, entry, CARD, 1, label))
        own = ContentType("", tuple(replace(known, key=f"{key}.{known.key}") for known in declared.values()))
        found += _entries(key, entry, own, added, 2, words)
    return found


def known_entries(content_type: ContentType, key: str) -> list[Field]:
    """Return the fields that a content type declares for the entries of the map `key`, with dotted keys."""
    prefix = f"{key}."
    return [
        field
        for field in content_type.fields
        if field.key.startswith(prefix) and "." not in field.key.removeprefix(prefix)
    ]


def new_entry(field: Field, value: Any) -> dict[str, Any]:
    """Return what "Add entry" puts into a list of maps: the texts that an entry has there, empty."""
    declared: Sequence[Field] = field.options.get("entries", ())
    wanted = [known for known in declared if known.core or known.required] or declared[:2]
    if wanted:
        return {known.key: kinds.default(known) for known in wanted}
    first: Mapping[str, Any] = next(iter(value or ()), {})
    texts = [name for name, entry in first.items() if isinstance(entry, str)]
    return dict.fromkeys(texts or ["name"], "")


def lookup(values: Mapping[str, Any], key: str) -> tuple[bool, Any]:
    """Return whether front matter has the key, literally or (dotted) in its maps and lists, and its value."""
    if key in values:
        return True, values[key]
    first, dot, rest = key.partition(".")
    inner = values.get(first)
    if isinstance(inner, list):
        inner = {str(number): entry for number, entry in enumerate(inner)}
    return lookup(inner, rest) if dot and isinstance(inner, Mapping) else (False, None)


def _entries(
    key: str,
    value: Mapping[str, Any],
    content_type: ContentType,
    added: Sequence[Field],
    depth: int,
    group: str,
    inherited: Any = None,
) -> list[Part]:
    """Return a row for each entry of a map: those declared first, then the others, then the new ones."""
    prefix = f"{key}."
    known = known_entries(content_type, key)
    handed_down = inherited if isinstance(inherited, Mapping) and _is_plain(inherited) else {}
    fields = [field for field in known if field.core or field.key.removeprefix(prefix) in value]
    there = {field.key for field in fields}
    by_key = {field.key: field for field in known}
    for name, entry in [*value.items(), *handed_down.items()]:
        dotted = f"{prefix}{name}"
        if dotted not in there:
            there.add(dotted)
            fields.append(by_key.get(dotted) or Field(dotted, kinds.kind_for_value(entry)))
    fields += [
        field
        for field in added
        if field.key.startswith(prefix)
        and "." not in field.key.removeprefix(prefix)
        and field.key not in there
    ]
    found = []
    for field in fields:
        name = field.key.removeprefix(prefix)
        if not field.label:
            field = replace(field, label=kinds.label_of(replace(field, key=name)))
        found.append(
            Part(field, name in value, value.get(name), "", depth, group, inherited=handed_down.get(name))
        )
    return found


def _is_plain(value: Mapping[Any, Any]) -> bool:
    """Return whether every key can be part of a dotted one."""
    return all(isinstance(name, str) and name and "." not in name for name in value)
