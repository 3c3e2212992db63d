"""What of a dialect only runs in a trusted site, before anything is rendered."""

from collections.abc import Iterator, Mapping
from typing import Any

from editor.render.protocol import Dialect
from editor.render.python_markdown import allowed


def withheld_extensions(dialect: Dialect) -> tuple[str, ...]:
    """Return the names of the extensions that a site which nobody trusts is refused."""
    if dialect.family != "python-markdown":
        return ()
    names = dialect.options.get("extensions", [])
    return tuple(dict.fromkeys(name for name in names if name and allowed.extension(name) is None))


def withheld_functions(dialect: Dialect) -> tuple[str, ...]:
    """Return the names of the Python objects in options that a site which nobody trusts is refused."""
    if dialect.family != "python-markdown":
        return ()
    return tuple(dict.fromkeys(_refused(dialect.options.get("extension_configs", {}))))


def _refused(value: Any) -> Iterator[str]:
    if isinstance(value, Mapping):
        if "$python" in value and not _is_known(value):
            yield str(value["$python"])
        for inner in value.values():
            yield from _refused(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _refused(inner)


def _is_known(value: Mapping[str, Any]) -> bool:
    name = str(value["$python"])
    if "args" in value or "kwds" in value:
        return allowed.factory(name)
    return name in allowed.MATERIAL_INDEX or name in allowed.MATERIAL_GENERATOR or allowed.python_name(name)
