"""From a dialect's options, JSON data, to extensions of Python-Markdown.

Resolves Python objects (`{"$python": …}`), MkDocs' folders (`{"$relative": …}`) and relative paths, and keeps
an untrusted site to the list of `allowed` and to its own folder. What is left out or held back is noted.
"""

# Paths are texts here: the extensions take and give them as such.
# ruff: noqa: PTH118
from __future__ import annotations

import importlib
import os
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import markdown
from markdown.extensions import Extension

from editor.render.python_markdown import allowed
from editor.render.python_markdown.confined import inside
from editor.render.python_markdown.previews import LinkPreviews

if TYPE_CHECKING:
    from editor.render.python_markdown.icons import Icons
    from editor.render.python_markdown.notes import Notes

_LEFT_OUT = object()
"""Stands for a value that could not be resolved: its key is dropped."""

Maker = Callable[[markdown.Markdown, dict[str, Any]], Extension]


class Place:
    """Where a page stands: what relative paths in options are relative to."""

    def __init__(self, root: str, docs: str, configuration: str, page_folder: str) -> None:
        self.root = root
        """The site's folder: the current folder of a build."""
        self.docs = docs
        self.configuration = configuration
        """The folder of the configuration file."""
        self.page_folder = page_folder

    def resolved(self, value: str) -> str:
        """Return the folder of an `!relative` value (mkdocs/utils/yaml.py): its prefix, then what follows."""
        prefix, _, rest = value.partition("/")
        base = {"$config_dir": self.configuration, "$docs_dir": self.docs}.get(prefix, self.page_folder)
        return os.path.join(base, rest) if rest else base


class Resolver:
    """Makes the extensions of one dialect for one place."""

    def __init__(self, place: Place, trusted: bool, notes: Notes, icons: Icons) -> None:
        self._place = place
        self._trusted = trusted
        self._notes = notes
        self._icons = icons

    def configured(self, options: Mapping[str, Any]) -> list[tuple[str, dict[str, Any]]]:
        """Return (name to import, options) of every extension that may be had, in their order."""
        configs = options.get("extension_configs", {})
        found = []
        for name in options.get("extensions", []):
            # Under its full name, also in a trusted site: by that it is known how far it reaches in a page.
            known = allowed.extension(name) or (name if self._trusted else None)
            if known is None:
                self._notes.add("extension-not-allowed", name)
                continue
            config = self._value(configs.get(name) or {})
            if not isinstance(config, dict):
                config = {}
            self._paths(known, config)
            found.append((known, config))
        return found

    def _value(self, value: Any) -> Any:
        if isinstance(value, dict):
            if "$python" in value:
                return self._object(value)
            if "$relative" in value:
                return self._place.resolved(str(value["$relative"] or ""))
            resolved = {key: self._value(inner) for key, inner in value.items()}
            return {key: inner for key, inner in resolved.items() if inner is not _LEFT_OUT}
        if isinstance(value, list):
            return [inner for inner in map(self._value, value) if inner is not _LEFT_OUT]
        return value

    def _object(self, value: Mapping[str, Any]) -> Any:
        name = str(value["$python"])
        calls = "args" in value or "kwds" in value
        if not calls and name in allowed.MATERIAL_INDEX:
            return self._icons.index
        if not calls and name in allowed.MATERIAL_GENERATOR:
            return self._icons.to_svg
        if not self._trusted and not (allowed.factory(name) if calls else allowed.python_name(name)):
            self._notes.add("python-not-allowed", name)
            return _LEFT_OUT
        try:
            found = _imported(name)
            if calls:
                arguments = self._value(list(value.get("args") or []))
                found = found(*arguments, **self._value(dict(value.get("kwds") or {})))
        except Exception:  # a name of another version, or whatever a trusted site's code raises
            self._notes.add("python-missing", name)
            return _LEFT_OUT
        return found

    def _paths(self, extension: str, config: dict[str, Any]) -> None:
        """Make the paths of the extensions that read files absolute, and keep them in the site."""
        module = extension.partition(":")[0]
        if module == "pymdownx.snippets":
            bases = config.get("base_path", ["."])
            config["base_path"] = self._held(
                [bases] if isinstance(bases, str) else list(bases), "snippets-outside"
            )
            if not self._trusted:
                self._forced(config, "restrict_base_path", True, "snippets-unrestricted")
                self._forced(config, "url_download", False, "snippets-download")
        elif module == "pymdownx.b64":
            held = self._held([config.get("base_path") or "."], "b64-outside")
            config["base_path"] = held[0] if held else self._place.root
            if config.get("root_path"):
                config["root_path"] = (
                    self._held([config["root_path"]], "b64-outside") or [self._place.root]
                )[0]
            if not self._trusted and "restrict_path" in config:
                self._forced(config, "restrict_path", True, "b64-unrestricted")
        elif module == "pymdownx.emoji":
            options = config.get("options")
            if isinstance(options, dict) and options.get("custom_icons"):
                options["custom_icons"] = self._held(list(options["custom_icons"]), "icons-outside")

    def _held(self, paths: list[Any], code: str) -> list[str]:
        absolute = [os.path.join(self._place.root, os.fspath(path)) for path in paths]
        if self._trusted:
            return absolute
        held = []
        for path in absolute:
            if inside(path, self._place.root):
                held.append(path)
            else:
                self._notes.add(code, os.path.normpath(path))
        return held

    def _forced(self, config: dict[str, Any], key: str, value: bool, code: str) -> None:
        if key in config and bool(config[key]) != value:
            self._notes.add(code)
        config[key] = value


def imported(
    configured: list[tuple[str, dict[str, Any]]], trusted: bool, notes: Notes
) -> list[tuple[str, dict[str, Any], Maker]]:
    """Import what was configured; return (name, options, what makes the extension of options).

    Importing is apart from making them, because only that may be done while the site is confined.
    """
    found: list[tuple[str, dict[str, Any], Maker]] = []
    for name, config in configured:
        try:
            if name in allowed.LINK_PREVIEWS:
                make: Maker = _link_previews
            else:
                make = _by_build(name) if trusted else _by_import(name)
        except ImportError:
            notes.add("extension-missing", name)
        except Exception:  # whatever a module raises on import
            notes.add("extension-failed", name)
        else:
            found.append((name, config, make))
    return found


def _link_previews(_md: markdown.Markdown, config: dict[str, Any]) -> Extension:
    return LinkPreviews(**config)


def _by_build(name: str) -> Maker:
    return lambda md, config: md.build_extension(name, config)


def _by_import(name: str) -> Maker:
    module_name, _, class_name = name.partition(":")
    module = importlib.import_module(module_name)
    made_by: Any = getattr(module, class_name or "makeExtension")
    if class_name and not (isinstance(made_by, type) and issubclass(made_by, Extension)):
        raise TypeError(f"{name} is no extension")
    return lambda _md, config: made_by(**config)


def _imported(dotted: str) -> Any:
    module, _, attribute = dotted.rpartition(".")
    if not module:
        raise ImportError(dotted)
    found = importlib.import_module(module)
    return getattr(found, attribute)
