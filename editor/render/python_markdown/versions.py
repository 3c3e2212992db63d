"""The versions of what makes pages: those that are here, and those that the site is published with."""

from __future__ import annotations

from contextlib import suppress
from importlib import metadata
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from editor.render.python_markdown.notes import Notes

MARKDOWN, EXTENSIONS, PYGMENTS, MATERIAL = "Markdown", "pymdown-extensions", "Pygments", "mkdocs-material"
_PACKAGES = (MARKDOWN, EXTENSIONS, PYGMENTS, MATERIAL)
"""What pages are made by, as far as it is told."""


def installed() -> dict[str, str]:
    """Return name -> version of the packages that pages are made by, as far as they are installed."""
    found = {}
    for name in _PACKAGES:
        with suppress(metadata.PackageNotFoundError):
            found[name] = metadata.version(name)
    return found


def note_difference(wanted: Mapping[str, Any], name: str, notes: Notes) -> None:
    """Note where the package `name` is of another version than the one that the site asks for.

    `wanted` are the `versions` of a dialect: name -> [version, the file that says so].
    """
    differing = difference(wanted, name)
    if differing:
        notes.add("version-differs", differing)


def difference(wanted: Mapping[str, Any], name: str) -> str:
    """Return in which version `name` is here, and in which the site asks for it; empty where they are one."""
    asked = wanted.get(name)
    if not asked:
        return ""
    with suppress(metadata.PackageNotFoundError):
        here = metadata.version(name)
        if _release(here) != _release(asked[0]):
            return f"{name} {here} ≠ {asked[0]} ({asked[1]})"
    return ""


def note_differences(wanted: Mapping[str, Any], extensions: Iterable[str], notes: Notes) -> None:
    """Note what differs for every page: Markdown, and the packages of `extensions` (their full names)."""
    if not wanted:
        return
    note_difference(wanted, MARKDOWN, notes)
    if any(name.startswith("pymdownx.") for name in extensions):
        note_difference(wanted, EXTENSIONS, notes)


def _release(version: str) -> list[str]:
    """Return what two versions that are the same one have in common: 3.5, 3.5.0 and 3.5+local are one."""
    parts = version.partition("+")[0].split(".")
    while len(parts) > 1 and parts[-1] == "0":
        parts.pop()
    return parts
