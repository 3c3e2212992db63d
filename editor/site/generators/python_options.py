"""Extensions of Python-Markdown and their options, as configuration written in Python has them."""

import datetime
from collections.abc import Mapping
from typing import Any

from editor.site.generators.python_values import Unread
from editor.translation import gettext as _

_LEFT_OUT = object()
_MAX_DEPTH = 20


def options_of(
    extensions: Any, configs: Any, setting: str, reasons: list[str], *, adding: bool
) -> tuple[list[str], dict[str, dict[str, Any]]]:
    """Return the names of the extensions, in their order, and their options, as a dialect has them.

    `adding` says whether an extension that only has options is switched on by them. What is made by code is
    left out, and told in `reasons` by the name of the `setting`.
    """
    names: list[str] = []
    found: dict[str, dict[str, Any]] = {}
    for extension in extensions if isinstance(extensions, list | tuple) else ():
        if isinstance(extension, str):
            names.append(extension)
        else:
            _tell(extension, setting, reasons)
    if isinstance(extensions, Unread):
        _tell(extensions, setting, reasons)
    if isinstance(configs, Unread):
        _tell(configs, setting, reasons)
    for name, options in configs.items() if isinstance(configs, Mapping) else ():
        if not isinstance(name, str):
            continue
        if isinstance(options, list | tuple):  # pairs, as older versions took them
            pairs = [tuple(pair) for pair in options if isinstance(pair, list | tuple)]
            options = {pair[0]: pair[1] for pair in pairs if len(pair) == 2}
        value = _json(options, setting, reasons, 0)
        found[name] = value if isinstance(value, dict) else {}
        if adding and name not in names:
            names.append(name)
    return list(dict.fromkeys(names)), found


def _json(value: Any, setting: str, reasons: list[str], depth: int) -> Any:
    """Return the value as JSON data; a Python object that was imported as `{"$python": name}`."""
    if depth > _MAX_DEPTH:
        return _LEFT_OUT
    if isinstance(value, Unread):
        if value.name:
            return {"$python": value.name}
        _tell(value, setting, reasons)
        return _LEFT_OUT
    if isinstance(value, Mapping):
        pairs = {str(key): _json(inner, setting, reasons, depth + 1) for key, inner in value.items()}
        return {key: inner for key, inner in pairs.items() if inner is not _LEFT_OUT and key[:1] != "$"}
    if isinstance(value, list | tuple | set):
        entries = [_json(inner, setting, reasons, depth + 1) for inner in value]
        return [inner for inner in entries if inner is not _LEFT_OUT]
    if isinstance(value, datetime.date):
        return value.isoformat()
    return value if isinstance(value, str | int | float | bool | None) else str(value)


def _tell(value: Any, setting: str, reasons: list[str]) -> None:
    said = _("A part of {name} is made by code, which is not run: {code} was not read.")
    reasons.append(said.format(name=setting, code=value.code if isinstance(value, Unread) else value))
