"""Material's emoji and icons, for every name by which a site asks for them.

Does what material/extensions/emoji.py does (Material 9): Twemoji's names, then the icons of the site's own
folders (`custom_icons`), then Material's, the first of a name winning. The folders are only looked through
when a name comes up that is not an emoji: that takes a tenth of a second.
"""

# Paths are texts here: the extensions take and give them as such.
# ruff: noqa: PTH112, PTH118, PTH123, PTH207
from __future__ import annotations

import glob
import importlib
import importlib.util
import os
import re
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import Element

import markdown

from editor.render.python_markdown.versions import MATERIAL, note_difference

if TYPE_CHECKING:
    from collections.abc import Mapping

    from editor.render.python_markdown.notes import Notes

_OF_THEME = re.compile(r":(?:material|fontawesome|octicons|simple|lucide)-[a-z0-9_-]+:")
ZENSICAL = "zensical"


class _Names(dict[str, Any]):
    """Emoji at once, icons when a name is asked for that is not among them."""

    def __init__(self, emoji: Mapping[str, Any], folders: list[str], theme: str | None) -> None:
        super().__init__(emoji)
        self._folders = folders
        self._theme = theme
        self._waiting = True

    def get(self, key: str, default: Any = None) -> Any:
        try:
            return self[key]
        except KeyError:
            return default

    def __missing__(self, key: str) -> Any:
        if self._waiting:
            self._waiting = False
            for folder in [*self._folders, *([self._theme] if self._theme else [])]:
                self._add(os.path.normpath(folder))
            if key in self:
                return self[key]
        if _OF_THEME.fullmatch(key) and self._theme is None:
            return {"name": key, "path": None}
        raise KeyError(key)

    def _add(self, folder: str) -> None:
        for path in glob.iglob(os.path.join(folder, "**", "*.svg"), recursive=True):
            name = ":" + path[len(folder) + 1 : -4].replace(os.path.sep, "-") + ":"
            self.setdefault(name, {"name": name, "path": path})


class Icons:
    """The index and the generator that are put in the place of Material's."""

    def __init__(self, notes: Notes, versions: Mapping[str, Any], generator: str = "") -> None:
        """Take the `versions` of the dialect, which may name one of Material's icons.

        `generator` says whose icons they are: Zensical has its own, and Material's where it is not installed.
        """
        self._notes = notes
        self._versions = versions
        own = package_icons(ZENSICAL) if generator == ZENSICAL else None
        self._theme = own or package_icons("material")
        self._stand_in = generator == ZENSICAL and own is None

    def index(self, options: Mapping[str, Any], md: markdown.Markdown) -> dict[str, Any]:
        """Return the index, as pymdownx.emoji wants one."""
        del md
        twemoji_db = importlib.import_module("pymdownx.twemoji_db")
        names = _Names(twemoji_db.emoji, list(options.get("custom_icons", [])), self._theme)
        return {"name": "twemoji", "emoji": names, "aliases": twemoji_db.aliases}

    def to_svg(
        self,
        index: str,
        shortname: str,
        alias: str | None,
        uc: str | None,
        alt: str,
        title: str | None,
        category: str | None,
        options: dict[str, Any],
        md: markdown.Markdown,
    ) -> Element:
        """Return the element of an emoji (a picture) or of an icon (the SVG), as pymdownx.emoji asks."""
        if uc:
            emoji = importlib.import_module("pymdownx.emoji")
            made: Element = emoji.to_svg(index, shortname, alias, uc, alt, title, category, options, md)
            return made
        pattern: Any = md.inlinePatterns["emoji"]
        path = pattern.emoji_index["emoji"][shortname]["path"]
        try:
            if path is None:
                raise FileNotFoundError(shortname)
            with open(path, encoding="utf-8") as file:
                picture = file.read()
        except OSError:
            self._notes.add("icon-missing", shortname)
            element = Element("span", {"class": "twemoji copydesk-missing-icon", "title": shortname})
            element.text = markdown.util.AtomicString(shortname.strip(":"))
            return element
        if _OF_THEME.fullmatch(shortname):
            note_difference(self._versions, MATERIAL, self._notes)
            if self._stand_in:
                self._notes.add("icons-of-material", shortname)
        element = Element("span", {"class": options.get("classes", index)})
        element.text = md.htmlStash.store(picture)
        return element


def package_icons(package: str) -> str | None:
    """Return the folder of the icons that a theme's package brings, or None where it is not installed."""
    try:
        found = importlib.util.find_spec(package)
    except (ImportError, ValueError):
        return None
    for place in (found.submodule_search_locations or []) if found else []:
        folder = os.path.join(place, "templates", ".icons")
        if os.path.isdir(folder):
            return folder
    return None
