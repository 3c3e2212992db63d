"""Whether names and habits are those that the site knows."""

import difflib
from collections.abc import Iterator
from datetime import date

from editor.proof import fixes
from editor.proof.diagnostic import ERROR, INFO, SEVERITIES, WARNING
from editor.proof.reading import Reading
from editor.proof.rule import FRONT_MATTER, Finding, Rule
from editor.proof.rules.keys import are_two_names
from editor.schema.content_type import Field
from editor.site.content_types.learning import observe
from editor.site.content_types.outliers import Outlier, is_one_slip
from editor.translation import gettext as _

_NEAR = 0.75
_TYPES: dict[str, type | tuple[type, ...]] = {
    "switch": bool,
    "integer": int,
    "number": (int, float),
    "date": date,
    "list": list,
    "choices": list,
}
"""What a field of a kind holds at its best; a text may be anything."""


def rules() -> tuple[Rule, ...]:
    """Return the rules of this module."""
    return (
        Rule(
            "unknown-name",
            ERROR,
            FRONT_MATTER,
            _("an author, a category or another name that the site does not know"),
            unknown,
        ),
        Rule(
            "misspelt-key",
            WARNING,
            FRONT_MATTER,
            _("a key that no other post has, and that is nearly one that many have"),
            misspelt_key,
        ),
        Rule(
            "misspelt-name",
            INFO,
            FRONT_MATTER,
            _("a tag, a category or the like that is nearly one that many posts have"),
            misspelt_name,
        ),
        Rule(
            "unlike-others",
            INFO,
            FRONT_MATTER,
            _("a value of another kind than nearly all posts have"),
            unlike_others,
        ),
    )


def unknown(reading: Reading) -> Iterator[Finding]:
    for field, key in reading.fields():
        if not field.choices or not field.severity:
            continue
        usual = WARNING if field.options.get("open") else ERROR
        severity = max(usual, field.severity, key=SEVERITIES.index)
        for name in _names(reading, field, key):
            if name in field.choices:
                continue
            near = _nearest(name, field.choices)
            fix = fixes.replace_entry(reading, key, name, near) if near else None
            yield Finding(*reading.place(key, name), _said(field, name, near), fix, key, severity)


def misspelt_key(reading: Reading) -> Iterator[Finding]:
    known = {field.key for field in reading.content_type.fields}
    for outlier in _outliers(reading, "misspelt-key"):
        if outlier.key in known or are_two_names(outlier.key, outlier.instead):
            continue
        fix = None
        if "." not in outlier.key:
            fix = fixes.rename_key(reading, outlier.key, outlier.instead)
        yield Finding(*reading.key_place(outlier.key), outlier.why, fix, outlier.key)


def misspelt_name(reading: Reading) -> Iterator[Finding]:
    for outlier in _outliers(reading, "misspelt-value"):
        if reading.key_of(outlier.key) is None:
            continue
        field = reading.content_type.field(outlier.key)
        if field is not None and field.choices:
            continue  # those are told by what the site allows
        if _is_another(outlier.value.casefold(), outlier.instead.casefold()):
            continue  # IPython is not Python, nor is Cython; a plural is no slip
        fix = fixes.replace_entry(reading, outlier.key, outlier.value, outlier.instead)
        yield Finding(*reading.place(outlier.key, outlier.value), outlier.why, fix, outlier.key)


def unlike_others(reading: Reading) -> Iterator[Finding]:
    for outlier in _outliers(reading, "other-kind"):
        if reading.key_of(outlier.key) is not None and not _is_as_declared(reading, outlier.key):
            yield Finding(*reading.place(outlier.key), outlier.why, None, outlier.key)


def _is_as_declared(reading: Reading, key: str) -> bool:
    """Return whether a value is of the very type that the generator or the site has for it: the others are not."""
    field = reading.content_type.field(key)
    kinds = _TYPES.get(field.kind) if field is not None and field.severity else None
    return kinds is not None and isinstance(reading.value(key), kinds)


def _outliers(reading: Reading, code: str) -> Iterator[Outlier]:
    """Yield what is odd about the post beside the others; nothing in a folder of whatever."""
    slips = reading.others.slips
    if slips is None or reading.path is None or not reading.is_post or reading.site.generator == "plain":
        return
    observed = observe(reading.source.values, reading.source.header)
    yield from (outlier for outlier in slips.outliers(reading.path, observed) if outlier.code == code)


def _names(reading: Reading, field: Field, key: str) -> list[str]:
    value = reading.value(key)
    if isinstance(value, str) and field.kind in ("list", "choices"):
        value = [entry.strip() for entry in value.split(",")]  # where a text is fine, so are several in it
    entries = value if isinstance(value, list) else [value]
    return list(dict.fromkeys(entry for entry in entries if isinstance(entry, str) and entry))


def _is_another(one: str, other: str) -> bool:
    """Return whether one of two names is the other with something more, or another first letter."""
    short, long = sorted((one, other), key=len)
    if len(short) == len(long):
        return short[0] != long[0] and short[1:] == long[1:]
    return long.startswith(short) or long.endswith(short)


def _nearest(name: str, known: tuple[str, ...]) -> str | None:
    """Return the known name that `name` most likely is."""
    folded = {each.casefold(): each for each in known}
    name = name.casefold()
    near = difflib.get_close_matches(name, folded, n=1, cutoff=_NEAR)
    near += [each for each in folded if is_one_slip(name, each)]
    return folded[near[0]] if near else None


def _said(field: Field, name: str, near: str | None) -> str:
    if near is not None:
        if field.key == "authors":
            return _("The site has no author “{name}”: did you mean “{near}”?").format(name=name, near=near)
        return _("“{name}” is not allowed here: did you mean “{near}”?").format(name=name, near=near)
    allowed = ", ".join(field.choices[:12]) + (", …" if len(field.choices) > 12 else "")
    if field.key == "authors":
        return _("The site has no author “{name}”: it knows {choices}").format(name=name, choices=allowed)
    return _("“{name}” is not allowed here: choose from {choices}").format(name=name, choices=allowed)
