"""What a person gives for a field, on the command line or in a form, as the value that it means."""

import datetime
import re
from typing import Any

import yaml

from editor.errors import FrontMatterError
from editor.schema import dates, yaml_words
from editor.schema.content_type import Field
from editor.translation import gettext as _


def text(_field: Field, text: str) -> str:
    return text


def slug(_field: Field, text: str) -> str:
    return text.strip()


def integer(_field: Field, text: str) -> int:
    if not re.fullmatch(r"[-+]?[0-9]+", text.strip()):
        raise FrontMatterError(_("“{text}” is not a whole number").format(text=text.strip()))
    return int(text)


def number(_field: Field, text: str) -> int | float:
    text = text.strip()
    if re.fullmatch(r"[-+]?[0-9]+", text):
        return int(text)
    if not re.fullmatch(r"[-+]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][-+]?[0-9]+)?", text):
        raise FrontMatterError(_("“{text}” is not a number").format(text=text))
    return float(text)


def switch(field: Field, text: str) -> bool:
    word = text.strip().lower()
    digits = bool(field.options.get("text"))
    if word in ("true", "yes", "on") or (digits and word == "1"):
        return True
    if word in ("false", "no", "off") or (digits and word == "0"):
        return False
    raise FrontMatterError(_("“{text}” is neither true nor false").format(text=text.strip()))


def date(field: Field, text: str) -> datetime.date | dict[str, Any] | str:
    if field.options.get("map") and text.lstrip().startswith("{"):
        entries = _yaml(text)
        if isinstance(entries, dict):
            return entries
    if field.options.get("free") or field.options.get("text"):
        words = field.options.get("words", ())
        if not (
            dates.reads_freely(text) if field.options.get("free") else dates.looks_like_date(text, words)
        ):
            raise FrontMatterError(
                _("“{text}” is not a date: write one such as 2024-01-31").format(text=text)
            )
        try:
            return dates.read(text)
        except FrontMatterError:
            if dates.is_no_day(text):
                raise
            return text.strip()
    return dates.read(text)


def choice(_field: Field, text: str) -> str:
    return text.strip()


def words(_field: Field, text: str) -> list[str]:
    if text.lstrip().startswith("["):
        # BaseLoader leaves every scalar the text that it is: `[2024]` is a tag's name here, not a number.
        entries = _yaml(text, yaml.BaseLoader)
        if not isinstance(entries, list) or not all(isinstance(entry, str) for entry in entries):
            raise FrontMatterError(_("Write a list of words: one, two, three"))
    else:
        entries = [entry for entry in (part.strip() for part in text.split(",")) if entry]
    return entries


def mapping(_field: Field, text: str) -> Any:
    value = _yaml(text)
    if not isinstance(value, dict):
        raise FrontMatterError(_("Write names with values, such as: name: value"))
    return value


def links(_field: Field, text: str) -> Any:
    return _yaml(text)


def raw(_field: Field, text: str) -> Any:
    return _yaml(text)


def _yaml(text: str, loader: Any = yaml.SafeLoader) -> Any:
    """Return the YAML value `text`; raises FrontMatterError with the place inside it."""
    try:
        return yaml.load(text, loader)  # a safe loader, or one that builds nothing but text
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        raise FrontMatterError(
            _("This is not valid YAML: {reason}").format(reason=yaml_words.reason(error, text)),
            line=mark.line + 1 if mark else None,
            column=mark.column + 1 if mark else None,
        ) from error
    except (
        yaml.YAMLError,
        ValueError,
        RecursionError,
    ) as error:  # PyYAML lets a bad date's ValueError through
        reason = yaml_words.reason(error)
        raise FrontMatterError(_("This is not valid YAML: {reason}").format(reason=reason)) from error
