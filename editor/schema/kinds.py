"""The kinds of fields: for each, how to read what a person gives, what a new one holds, what a value must be.

`KINDS` maps a kind's name to its `Kind`. `parse`, `default` and `validate` look the kind up and are what
others call. A kind reads these of `Field.options`, and a form reads "placeholder" (what to say in an empty
field, translated):

    text, long_text   "length" (int): about how many characters are wanted, for a hint
                      "strict" (bool): the build fails where the value is no text; else it is a warning
                      "many" (bool): a list of them is fine
    date              "map" (bool): a map of dates with `created` is allowed (and `updated`, and others)
                      "text" (bool): the generator reads dates from text as well (quoted, or without seconds)
                      "free" (bool): it reads nearly any text that names a day, and fails on the rest (with
                      "text": may fail)
                      "false" (bool): false is no date at all
                      "words" (tuple of str, in lower case): what it takes for a date besides
    switch            "text" (bool): the generator reads true, yes, 1 and their opposites from text
    list, choices     "items": "text" (the default: every entry must be) or "scalar" (numbers are fine too)
                      "scalar" (bool): one bare text in place of the list is fine, and an empty entry no error
    choice, choices, list with `Field.choices`
                      "open" (bool): another value is worth a word, and doesn't fail the build
                      "unknown" (str): the translated sentence for another value, with {value}, {choices}
                      "suggestions" (tuple of str): values to offer beside those of other posts
                      "labels" (dict of str): value -> what people are shown for it
    text, slug, integer, switch
                      "cast" (bool): the generator turns a number into text, and quoted numbers, true and
                      false into what it wants
    all               "new" (any): what a new field holds, where that is not the generator's default
                      "wanted" (bool): the site asks for the field, the build goes without
                      "pattern" (str), "pattern_message" (str): what a text must look like
                      "min", "max" (numbers), "min_items", "max_items" (int): limits that the site sets
                      "picture" (bool): the text is the path or address of a picture
                      "entries" (tuple of Field): what the maps of a list hold

What is an error here was measured with the Material blog's own checks, which are strict about types: a quoted
date, a number as slug or a bare text as list of categories fails its build.
"""

import datetime
import difflib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from editor.errors import FrontMatterError
from editor.schema import checks, limits, reading
from editor.schema.checks import label_of as label_of
from editor.schema.content_type import ContentType, Field, Problem
from editor.translation import gettext as _


@dataclass(frozen=True, slots=True)
class Kind:
    """What one kind of field knows."""

    parse: Callable[[Field, str], Any]
    """The value that a person's text means; raises FrontMatterError."""
    default: Callable[[Field], Any]
    """What a field holds that is added without a value."""
    validate: Callable[[Field, Any, str | None], list[Problem]]
    """What the generator will not like about a value that is there."""


def parse(field: Field, text: str) -> Any:
    """Return the value that `text`, typed by a person, means in `field`.

    Raises FrontMatterError with a sentence: the text is no such value, or the build would fail on it.
    """
    value = kind_of(field).parse(field, text)
    for problem in validate(field, value, text):
        if problem.severity == "error":
            raise FrontMatterError(problem.message)
    return value


def default(field: Field) -> Any:
    """Return the value of `field` when it is added: the site's or the generator's default, else an empty one."""
    if field.options.get("new") is not None:
        return field.options["new"]
    return kind_of(field).default(field) if field.default is None else field.default


def validate(field: Field, value: Any, source: str | None = None) -> list[Problem]:
    """Return what the generator, or the site, will not like about `value`, as the safe YAML loader built it.

    `source` is the value's text in the file, where there is one: it tells a quoted date from a block of text.
    """
    if not field.severity:
        return []
    return [_at_most(field.severity, problem) for problem in _validated(field, value, source)]


def _validated(field: Field, value: Any, source: str | None) -> list[Problem]:
    if value is None:
        if field.required:
            return [checks.error(checks.missing(field))]
        strict_list = field.kind in ("list", "choices") and field.options.get("items", "text") == "text"
        # Measured: an empty value is no value to Material, but for its lists of text.
        return checks.entries(field, None, source) if strict_list else []
    return kind_of(field).validate(field, value, source) or limits.validate(field, value)


def _at_most(severity: str, problem: Problem) -> Problem:
    order = ("info", "warning", "error")
    if order.index(problem.severity) <= order.index(severity):
        return problem
    return Problem(severity, problem.message)


def problems(
    content_type: ContentType, values: Mapping[str, Any], source_of: Callable[[str], str | None] | None = None
) -> dict[str, list[Problem]]:
    """Return the problems of a whole front matter by key; keys without one are left out.

    They are those of its values, of required fields that it lacks, and of keys that look misspelt.
    """
    found: dict[str, list[Problem]] = {}
    for field in content_type.fields:
        present, value = _lookup(values, field.key)
        if present:
            listed = validate(field, value, source_of(field.key) if source_of else None)
        else:
            listed = _absent(field, values)
        if listed:
            found[field.key] = listed
    known = [field.key for field in content_type.fields]
    for key in values:
        if isinstance(key, str) and key not in known:
            unknown = _unknown_key(key, [name for name in known if name not in values], content_type.closed)
            if unknown:
                found[key] = [unknown]
    return found


def kind_of(field: Field) -> Kind:
    """Return the kind of `field`; one that is not known here is edited as it stands."""
    return KINDS.get(field.kind, KINDS["raw"])


def kind_for_value(value: Any) -> str:
    """Return the name of the kind that fits a value of a key that no content type knows."""
    if isinstance(value, bool):
        return "switch"
    if value is None:
        return "text"
    if isinstance(value, int):
        return "integer"
    if isinstance(value, float):
        return "number"
    if isinstance(value, datetime.date):  # a datetime is one, too
        return "date"
    if isinstance(value, str):
        return "long_text" if "\n" in value.strip() or len(value) > 80 else "text"
    if isinstance(value, list) and all(isinstance(entry, str) for entry in value):
        return "list"
    return "map" if isinstance(value, dict) else "raw"


def _unknown_key(key: str, unused: list[str], closed: bool) -> Problem | None:
    near = difflib.get_close_matches(key.lower(), unused, n=1, cutoff=0.82)
    if near:
        said = _("“{key}” is not a known field: did you mean “{near}”?").format(key=key, near=near[0])
        return Problem("error" if closed else "warning", said)
    if closed:
        return checks.error(_("“{key}” is not a known field: the generator refuses it").format(key=key))
    return None


def _absent(field: Field, values: Mapping[str, Any]) -> list[Problem]:
    """Return what there is to say about a field that a front matter lacks."""
    outer = field.key.rpartition(".")[0]
    if outer and not _lookup(values, outer)[0]:
        return []  # no part of a map is missing where there is no map
    if field.required:
        return [_at_most(field.severity or "info", checks.error(checks.missing(field)))]
    if field.options.get("wanted"):
        return [checks.warning(checks.wanted(field))]
    return []


def _lookup(values: Mapping[str, Any], key: str) -> tuple[bool, Any]:
    """Return whether `key` is in `values`, literally or (dotted) in the maps below, and its value."""
    if key in values:
        return True, values[key]
    first, dot, rest = key.partition(".")
    inner = values.get(first)
    return _lookup(inner, rest) if dot and isinstance(inner, Mapping) else (False, None)


def _empty_text(_field: Field) -> str:
    return ""


def _first_choice(field: Field) -> str:
    return field.choices[0] if field.choices else ""


def _today(_field: Field) -> datetime.date:
    return datetime.date.today()


def _empty_list(_field: Field) -> list[Any]:
    return []


KINDS: Mapping[str, Kind] = {
    "text": Kind(reading.text, _empty_text, checks.text),
    "long_text": Kind(reading.text, _empty_text, checks.text),
    "slug": Kind(reading.slug, _empty_text, checks.slug),
    "integer": Kind(reading.integer, lambda _field: 0, checks.integer),
    "number": Kind(reading.number, lambda _field: 0, checks.number),
    "switch": Kind(reading.switch, lambda _field: False, checks.switch),
    "date": Kind(reading.date, _today, checks.date),
    "choice": Kind(reading.choice, _first_choice, checks.choice),
    "choices": Kind(reading.words, _empty_list, checks.entries),
    "list": Kind(reading.words, _empty_list, checks.entries),
    "links": Kind(reading.links, _empty_list, checks.links),
    "map": Kind(reading.mapping, lambda _field: {}, checks.mapping),
    "raw": Kind(reading.raw, _empty_text, checks.raw),
}
