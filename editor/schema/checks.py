"""What a generator will not like about a value, and what to do about it: one function a kind of field."""

import datetime
import re
from collections.abc import Sequence
from typing import Any

from editor.errors import FrontMatterError
from editor.schema import dates
from editor.schema.content_type import Field, Problem
from editor.translation import gettext as _


def label_of(field: Field) -> str:
    """Return what people call `field`: its label, else its key in words (`og_image`: "Og image")."""
    if field.label:
        return field.label
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", field.key)
    words = re.sub(r"[\s._/-]+", " ", words).strip()
    return words[:1].upper() + words[1:].lower() if words else field.key


def text(field: Field, value: Any, _source: str | None) -> list[Problem]:
    if isinstance(value, str) or _is_cast_to_text(field, value):
        return []
    if isinstance(value, list) and field.options.get("many"):
        return []
    severity = "error" if field.options.get("strict") else "warning"
    return [Problem(severity, _not_text(field, value))]


def slug(field: Field, value: Any, _source: str | None) -> list[Problem]:
    if _is_cast_to_text(field, value):
        return []
    if not isinstance(value, str):
        return [error(_not_text(field, value))]
    if value != value.strip() or re.search(r"\s", value):
        return [warning(_("The slug has spaces in it: they end up in the address, use hyphens"))]
    if re.search(r"[?#%\\]", value):
        return [warning(_("The slug has one of ? # % \\ in it, which an address can't show as it stands"))]
    return []


def integer(field: Field, value: Any, _source: str | None) -> list[Problem]:
    if isinstance(value, bool):
        return [
            warning(_("{label} is read as yes or no: write a whole number").format(label=label_of(field)))
        ]
    if isinstance(value, int):
        return []
    if isinstance(value, str) and value.strip().lstrip("+-").isdigit():
        if field.options.get("cast"):
            return []
        return [error(_("The quotes make {label} a text: take them away").format(label=label_of(field)))]
    return [error(_("{label} must be a whole number, without quotes").format(label=label_of(field)))]


def number(field: Field, value: Any, _source: str | None) -> list[Problem]:
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return []
    return [error(_("{label} must be a number, without quotes").format(label=label_of(field)))]


def switch(field: Field, value: Any, _source: str | None) -> list[Problem]:
    if isinstance(value, bool) or (field.options.get("cast") and value in ("true", "false", 0, 1)):
        return []
    if field.options.get("text") and str(value).strip().lower() in ("true", "false", "yes", "no", "1", "0"):
        return []
    if isinstance(value, str) and value.strip().lower() in ("true", "false", "yes", "no", "on", "off"):
        return [
            error(
                _("The quotes make {label} a text: write true or false without").format(label=label_of(field))
            )
        ]
    return [error(_("{label} must be true or false").format(label=label_of(field)))]


def date(field: Field, value: Any, source: str | None) -> list[Problem]:
    if not isinstance(value, dict) or not field.options.get("map"):
        problem = _date_problem(field, value, source)
        return [problem] if problem else []
    if value.get("created") is None:
        return [error(_("The dates lack the one of creation: add “created”"))]
    found = []
    for name, entry in value.items():
        if entry is None:
            found.append(error(_("“{name}” is empty: write a date such as 2024-01-31").format(name=name)))
        elif problem := _date_problem(field, entry, None):
            said = _("{name}: {message}").format(name=name, message=problem.message)
            found.append(Problem(problem.severity, said))
    return found


def _date_problem(field: Field, value: Any, source: str | None) -> Problem | None:
    """Return what is wrong with one date, of a map or alone."""
    if isinstance(value, datetime.date) or (value is False and field.options.get("false")):
        return None
    if not isinstance(value, str):
        return error(_("This must be a date: write 2024-01-31, or 2024-01-31 09:05:00 with the time"))
    severity = "warning" if field.options.get("text") else "error"
    if not value.strip():
        return Problem(severity, _("The date is empty: write one such as 2024-01-31"))
    if field.options.get("free"):
        if dates.reads_freely(value):
            return None
        said = _("“{text}” is not read as a date: write one such as 2024-01-31").format(text=value)
        return Problem(severity, said)
    if field.options.get("text"):
        if dates.looks_like_date(value, field.options.get("words", ())):
            return None
        return warning(_("“{text}” does not look like a date").format(text=value))
    try:
        dates.read(value)
    except FrontMatterError as wrong:
        return error(wrong.message)
    if source is not None and source[:1] in ("|", ">"):
        return error(_("A block of text is no date: write it on the line of its key"))
    return error(_("The quotes make the date a text: take them away"))


def choice(field: Field, value: Any, _source: str | None) -> list[Problem]:
    if not isinstance(value, str):
        return [error(_not_text(field, value))]
    return _not_allowed(field, [value])


def entries(field: Field, value: Any, _source: str | None) -> list[Problem]:
    if value is None:
        return [error(_("{label} is empty: write [], or remove the field").format(label=label_of(field)))]
    if not isinstance(value, list):
        if value == "" and field.options.get("items") == "scalar":
            return []  # no list at all, to a generator that takes what it finds
        if isinstance(value, str) and field.options.get("scalar"):
            return _not_allowed(field, [value])
        label = label_of(field)
        if isinstance(value, dict):
            return [error(_("{label} must be a list: write a line “- …” for each").format(label=label))]
        said = _("{label} must be a list: write [{value}], or a line “- …” for each")
        return [error(said.format(label=label, value=_show(value)))]
    if field.options.get("items") == "scalar":
        bad = [entry for entry in value if not isinstance(entry, (str, int, float))]
    else:
        bad = [entry for entry in value if not isinstance(entry, str)]
    if bad:
        lenient = bad[0] is None and field.options.get("scalar")
        return [Problem("warning" if lenient else "error", _bad_entry(bad[0]))]
    return _not_allowed(field, [entry if isinstance(entry, str) else _show(entry) for entry in value])


def links(field: Field, value: Any, _source: str | None) -> list[Problem]:
    if not isinstance(value, (list, dict)):
        return [
            error(
                _("{label} must be a list of addresses, or of “name: address”").format(label=label_of(field))
            )
        ]
    wrong = _first_non_link(value)
    if wrong is None:
        return []
    return [error(_("“{value}” is no link: write an address, or “name: address”").format(value=wrong))]


def mapping(field: Field, value: Any, _source: str | None) -> list[Problem]:
    if isinstance(value, dict):
        return []
    return [error(_("{label} must have names with values below it").format(label=label_of(field)))]


def raw(_field: Field, _value: Any, _source: str | None) -> list[Problem]:
    return []


def error(message: str) -> Problem:
    return Problem("error", message)


def warning(message: str) -> Problem:
    return Problem("warning", message)


def missing(field: Field) -> str:
    if field.kind == "date":
        return _("The date is missing: write one such as 2024-01-31")
    return _("{label} is missing: the generator needs it").format(label=label_of(field))


def wanted(field: Field) -> str:
    return _("{label} is missing: the site asks for it").format(label=label_of(field))


def _is_cast_to_text(field: Field, value: Any) -> bool:
    """Return whether the generator takes a number for the text that it shows."""
    return bool(field.options.get("cast")) and isinstance(value, int | float) and not isinstance(value, bool)


def _not_text(field: Field, value: Any) -> str:
    label = label_of(field)
    if isinstance(value, bool):
        return _("{label} is read as true or false: put it in quotes").format(label=label)
    if isinstance(value, (int, float)):
        return _("{label} is read as a number: put it in quotes").format(label=label)
    if isinstance(value, datetime.date):
        return _("{label} is read as a date: put it in quotes").format(label=label)
    return _("{label} must be text, on one line or in quotes").format(label=label)


def _bad_entry(entry: Any) -> str:
    if entry is None:
        return _("An entry of the list is empty: remove it, or write its name")
    if isinstance(entry, (list, dict)):
        return _("An entry of the list is itself a list or a map: write plain words")
    return _("“{entry}” is not read as text: put it in quotes").format(entry=_show(entry))


def _not_allowed(field: Field, entries: Sequence[str]) -> list[Problem]:
    if not field.choices:
        return []
    sentence = field.options.get("unknown") or _("“{value}” is not allowed here: choose from {choices}")
    severity = "warning" if field.options.get("open") else "error"
    allowed = ", ".join(field.choices)
    return [
        Problem(severity, str(sentence).replace("{value}", entry).replace("{choices}", allowed))
        for entry in entries
        if entry not in field.choices
    ]


def _show(value: Any) -> str:
    """Return a scalar as YAML writes it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return "null" if value is None else str(value)


def _first_non_link(value: Any) -> str | None:
    """Return the first leaf of a tree of links that is no text, or None where all are."""
    if isinstance(value, str):
        return None
    if not isinstance(value, (list, dict)):
        return _show(value)
    leaves = value.values() if isinstance(value, dict) else value
    return next((wrong for wrong in map(_first_non_link, leaves) if wrong is not None), None)
