"""Whether the values are of the types that the generator wants, and are read as they look."""

import dataclasses
import re
from collections.abc import Iterator, Mapping
from typing import Any

from editor.post.lines import line_end
from editor.proof import fixes
from editor.proof.diagnostic import ERROR, WARNING
from editor.proof.reading import Reading
from editor.proof.rule import FRONT_MATTER, Finding, Rule
from editor.schema import kinds, limits
from editor.schema.content_type import Field, Problem
from editor.translation import gettext as _

_TEXT_KINDS = ("text", "long_text", "slug", "choice")
_LIST_KINDS = ("list", "choices")
_YAML_1_2 = ("hugo", "eleventy", "astro", "hexo")
"""`yes` and `no` are text to what they read YAML with; they are true and false to Python and Ruby."""


def rules() -> tuple[Rule, ...]:
    """Return the rules of this module."""
    return (
        Rule(
            "wrong-type",
            ERROR,
            FRONT_MATTER,
            _("a value of a type that the generator refuses or ignores: a quoted date, a text for a list"),
            wrong_type,
        ),
        Rule(
            "outside-limits",
            WARNING,
            FRONT_MATTER,
            _("a value that is of the right type, and yet not as the site's own files ask for it"),
            outside_limits,
        ),
        Rule(
            "read-otherwise",
            WARNING,
            FRONT_MATTER,
            _("a text that YAML reads as something else: `no`, `12:30`, `1.10`, `007`"),
            read_otherwise,
        ),
    )


def wrong_type(reading: Reading) -> Iterator[Finding]:
    for known, key in reading.fields():
        value = reading.value(key)
        if (value is None and known.required) or _is_lenient_text(known, value):
            continue  # missing, which is another rule; `title: 2024`, as good as a text to all but the strict
        if reading.is_guessed and _is_nested(value):
            continue  # what publishes it may have a shape of its own: a date of several, authors with addresses
        # Which values are allowed is another rule, too.
        typed = dataclasses.replace(known, choices=())
        if known.kind == "date" and known.options.get("map") and isinstance(value, Mapping):
            yield from _date_map(reading, typed, key, value)
            continue
        asked = {problem.message for problem in limits.validate(typed, value)}
        for problem in kinds.validate(typed, value, reading.front_matter.source(key)):
            if problem.message not in asked:
                yield _finding(reading, typed, key, value, problem)


def outside_limits(reading: Reading) -> Iterator[Finding]:
    for known, key in reading.fields():
        value = reading.value(key)
        if value is None or not known.severity:
            continue
        typed = dataclasses.replace(known, choices=())
        asked = {problem.message for problem in limits.validate(typed, value)}
        for problem in kinds.validate(typed, value, reading.front_matter.source(key)):
            if problem.message in asked:
                yield Finding(*reading.place(key), problem.message, None, key, problem.severity)


def read_otherwise(reading: Reading) -> Iterator[Finding]:
    if reading.front_matter.format != "yaml":
        return
    for known, key in reading.fields():
        value = reading.value(key)
        if known.kind in _TEXT_KINDS and value is None:
            yield from _commented_out(reading, key)
        elif known.kind in _TEXT_KINDS and _is_lenient_text(known, value):
            source = (reading.front_matter.source(key) or "").strip()
            if _looks_otherwise(reading, source, value):
                yield Finding(*reading.place(key), _said(source, value), fixes.quote(reading, key), key)
        elif known.kind in _LIST_KINDS and known.options.get("items") == "scalar" and isinstance(value, list):
            texts = fixes.entry_texts(reading, key)
            if texts is None or len(texts) != len(value):
                continue
            for text, entry in zip(texts, value, strict=True):
                if not isinstance(entry, str) and _looks_otherwise(reading, text, entry):
                    fix = fixes.quote_entries(reading, key)
                    yield Finding(*reading.place(key, text), _said(text, entry), fix, key)


def _commented_out(reading: Reading, key: str) -> Iterator[Finding]:
    """Find a value that begins with `#`, which makes it a comment."""
    _start, end = reading.key_place(key)
    line = reading.text[end : line_end(reading.text, end)]
    found = re.fullmatch(r":[ \t]+(#[^\s#].*?)[ \t]*", line)
    if found:
        said = _("What follows “#” is a comment to YAML, so the field is empty: put it in quotes")
        fix = fixes.replace(reading, end + found.start(1), end + found.end(1), key, found[1])
        yield Finding(end + found.start(1), end + found.end(1), said, fix, key)


def _date_map(reading: Reading, field: Field, key: str, value: Mapping[str, Any]) -> Iterator[Finding]:
    if value.get("created") is None:
        for problem in kinds.validate(field, value):
            yield Finding(*reading.key_place(key), problem.message, None, key, problem.severity)
        return
    single = dataclasses.replace(field, options={**field.options, "map": False})
    for name, entry in value.items():
        inner = f"{key}.{name}"
        if entry is None:
            said = _("“{name}” is empty: write a date such as 2024-01-31").format(name=name)
            yield Finding(*reading.key_place(inner), said, None, inner)
            continue
        for problem in kinds.validate(single, entry, reading.front_matter.source(inner)):
            yield _finding(reading, single, inner, entry, problem)


def _finding(reading: Reading, field: Field, key: str, value: Any, problem: Problem) -> Finding:
    within = ""
    if isinstance(value, list) and field.kind in _LIST_KINDS:
        within = _first_wrong(reading, key, value)
    fix = fixes.for_wrong_type(reading, field, key, value)
    return Finding(*reading.place(key, within), problem.message, fix, key, problem.severity)


def _first_wrong(reading: Reading, key: str, value: list[Any]) -> str:
    """Return how the first entry is written that is no text."""
    texts = fixes.entry_texts(reading, key)
    for number, entry in enumerate(value):
        if not isinstance(entry, str):
            return texts[number] if texts is not None and number < len(texts) else str(entry)
    return ""


def _is_lenient_text(field: Field, value: Any) -> bool:
    """Return whether a field takes a scalar that is no text for its text."""
    if field.kind not in ("text", "long_text") or field.options.get("strict"):
        return False
    return value is not None and not isinstance(value, str | list | dict)


def _is_nested(value: Any) -> bool:
    """Return whether a value holds maps."""
    return isinstance(value, dict) or (isinstance(value, list) and any(map(_is_nested, value)))


def _looks_otherwise(reading: Reading, source: str, value: Any) -> bool:
    """Return whether `value` is not what a person reads in `source`."""
    if not source or source[0] in "!&*'\"|>":
        return False
    if isinstance(value, bool):
        return source.lower() not in ("true", "false") and reading.site.generator not in _YAML_1_2
    if isinstance(value, int | float):
        return str(value) != source
    return False  # a date is a date to who reads it


def _said(source: str, value: Any) -> str:
    shown = ("true" if value else "false") if isinstance(value, bool) else str(value)
    return _("YAML reads “{source}” as {value}: put it in quotes").format(source=source, value=shown)
