"""Whether the authors, categories and other names are those that the site knows."""

import difflib
import re
from collections.abc import Iterator, Mapping

from editor.proof import fixes
from editor.proof.diagnostic import ERROR, INFO, WARNING
from editor.proof.reading import Reading
from editor.proof.rule import FRONT_MATTER, Finding, Rule
from editor.schema.content_type import Field
from editor.translation import gettext as _

_NEAR = 0.75
_VERY_NEAR = 0.86
_USUAL = 3
"""So many posts with a name make it one of the site's."""


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
            "unusual-name",
            INFO,
            FRONT_MATTER,
            _("a category or tag that no other post has, and that looks like one that many have"),
            unusual,
        ),
    )


def unknown(reading: Reading) -> Iterator[Finding]:
    for field, key in reading.fields():
        if not field.choices:
            continue
        severity = WARNING if field.options.get("open") else ERROR
        for name in _names(reading, key):
            if name in field.choices:
                continue
            near = next(iter(difflib.get_close_matches(name, field.choices, n=1, cutoff=_NEAR)), None)
            near = near or next((known for known in field.choices if known.lower() == name.lower()), None)
            fix = fixes.replace_entry(reading, key, name, near) if near else None
            yield Finding(*reading.place(key, name), _said(field, name, near), fix, key, severity)


def unusual(reading: Reading) -> Iterator[Finding]:
    if reading.site.generator == "plain":
        return  # a folder of whatever: nothing says that its posts share their names
    for kind in ("categories", "tags", "authors"):
        key = reading.key_of(kind)
        field = reading.content_type.field(kind)
        if key is None or (field is not None and field.choices):
            continue
        counts = reading.others.words.get(kind, {})
        present = _names(reading, key)
        for name in present:
            near = _usual(name, counts)
            if near is not None and near not in present:
                said = _("“{name}” is used nowhere else: did you mean “{near}”?").format(name=name, near=near)
                fix = fixes.replace_entry(reading, key, name, near)
                yield Finding(*reading.place(key, name), said, fix, key)


def _names(reading: Reading, key: str) -> list[str]:
    value = reading.value(key)
    entries = value if isinstance(value, list) else [value]
    return list(dict.fromkeys(entry for entry in entries if isinstance(entry, str) and entry))


def _usual(name: str, counts: Mapping[str, int]) -> str | None:
    """Return the usual name that the rare `name` is a misspelling of, or None."""
    if counts.get(name, 0) > 1 or len(name) < 3:
        return None
    usual = [known for known, count in counts.items() if count >= _USUAL and known != name]
    alike = next((known for known in usual if _folded(known) == _folded(name)), None)
    if alike is not None or len(name) < 6:
        return alike
    near = difflib.get_close_matches(name, usual, n=1, cutoff=_VERY_NEAR)
    if not near or re.sub(r"\d", "", near[0]) == re.sub(r"\d", "", name):
        return None
    short, long = sorted((name, near[0]), key=len)
    # Other forms of a word, and longer names, are meant.
    return None if long.startswith(short) or long.endswith(short) else near[0]


def _folded(name: str) -> str:
    return re.sub(r"[\s_-]+", " ", name.strip()).casefold()


def _said(field: Field, name: str, near: str | None) -> str:
    if near is not None:
        if field.key == "authors":
            return _("The site has no author “{name}”: did you mean “{near}”?").format(name=name, near=near)
        return _("“{name}” is not allowed here: did you mean “{near}”?").format(name=name, near=near)
    allowed = ", ".join(field.choices[:12]) + (", …" if len(field.choices) > 12 else "")
    if field.key == "authors":
        return _("The site has no author “{name}”: it knows {choices}").format(name=name, choices=allowed)
    return _("“{name}” is not allowed here: choose from {choices}").format(name=name, choices=allowed)
