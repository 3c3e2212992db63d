"""The content of Pages CMS: `.pages.yml` at the top of the repository (https://pagescms.org/docs/configuration)."""

from collections.abc import Mapping
from typing import Any

from editor.schema.content_type import ContentType, Field
from editor.site.content_types.declared import (
    CMS,
    Declared,
    Description,
    choices,
    labels,
    nested,
    numbers,
    text,
)
from editor.site.content_types.documents import Document
from editor.translation import gettext as _

NAMES = (".pages.yml", ".pages.yaml")
_KINDS = {
    "string": "text",
    "text": "long_text",
    "rich-text": "long_text",
    "code": "long_text",
    "number": "number",
    "boolean": "switch",
    "date": "date",
    "image": "text",
    "file": "text",
    "select": "choice",
    "reference": "text",
    "list": "list",
    "uuid": "text",
    "object": "map",
    "block": "raw",
}
_DEEPEST = 6


def read(document: Document, description: Description) -> list[Declared]:
    """Return a content type for each collection and each file."""
    declared = []
    components = document.values.get("components")
    for number, entry in _entries(document.values.get("content"), ("content",), description):
        name = description.name(entry, *number)
        path = description.folder(entry.get("path"), *number, "path")
        if path is None or not isinstance(entry.get("fields"), list):
            continue
        fields = _Fields(description, components if isinstance(components, Mapping) else {})
        content_type = ContentType(name, tuple(fields.read(entry["fields"], (*number, "fields"), "", 0)))
        is_file = entry.get("type") == "file"
        declared.append(
            Declared(
                content_type,
                document.path,
                CMS,
                fields.lines,
                folders=() if is_file else (path,),
                files=frozenset({path}) if is_file else frozenset(),
                shallow=entry.get("subfolders") is False,
            )
        )
    return declared


def _entries(
    value: Any, place: tuple[str | int, ...], description: Description
) -> list[tuple[tuple[str | int, ...], Mapping[str, Any]]]:
    """Return the entries of the content, those of groups as well, with their places."""
    found: list[tuple[tuple[str | int, ...], Mapping[str, Any]]] = []
    for number, entry in description.maps(value, *place):
        if entry.get("type") == "group" and len(place) < 12:
            found += _entries(entry.get("items"), (*place, number, "items"), description)
        else:
            found.append(((*place, number), entry))
    return found


class _Fields:
    """Reads the fields of one entry."""

    def __init__(self, description: Description, components: Mapping[str, Any]) -> None:
        self._description = description
        self._components = components
        self.lines: dict[str, int] = {}

    def read(self, listed: Any, place: tuple[str | int, ...], prefix: str, depth: int) -> list[Field]:
        found: list[Field] = []
        for number, entry in self._description.maps(listed, *place):
            component = self._components.get(str(entry.get("component", "")))
            if isinstance(component, Mapping):
                entry = {**component, **entry}
            name = self._description.name(entry, *place, number)
            if not name or (name == "body" and not prefix) or depth > _DEEPEST:
                continue
            line = self._description.document.line(*place, number)
            if line is not None:
                self.lines.setdefault(prefix + name, line)
            found += self._field(name, entry, (*place, number), prefix, depth)
        return found

    def _field(
        self, name: str, entry: Mapping[str, Any], place: tuple[str | int, ...], prefix: str, depth: int
    ) -> list[Field]:
        stated = entry.get("type", "string")
        stated = stated[0] if isinstance(stated, list) and stated else stated
        kind = _KINDS.get(stated if isinstance(stated, str) else "")
        if kind is None:
            said = _("The type “{type}” is not known here: the field is shown as it stands")
            self._description.complain(said.format(type=stated), *place, "type")
            kind = "raw"
        given = entry.get("options")
        theirs: Mapping[str, Any] = given if isinstance(given, Mapping) else {}
        options: dict[str, Any] = {}
        allowed: tuple[str, ...] = ()
        if kind == "date":
            options["text"] = True
        elif stated == "image":
            options["picture"] = True
        elif kind in ("number", "integer"):
            options.update(numbers(theirs, {"min": "min", "max": "max"}))
        elif kind == "choice":
            allowed = choices(theirs.get("values"), "name", "value")
            options.update(labels(theirs.get("values"), "label", "name", "value"))
            kind = "choice" if allowed else "text"
        several = entry.get("list")
        if theirs.get("multiple") is True or several:
            options["items"] = "scalar"
            limits = several if isinstance(several, Mapping) else theirs
            options.update(numbers(limits, {"min": "min_items", "max": "max_items"}))
            kind = {"choice": "choices", "map": "raw", "raw": "raw"}.get(kind, "list")
        pattern = entry.get("pattern")
        if isinstance(pattern, Mapping):
            options.update(
                self._description.pattern(pattern.get("regex"), pattern.get("message"), *place, "pattern")
            )
        elif pattern is not None:
            options.update(self._description.pattern(pattern, "", *place, "pattern"))
        inner = (
            self.read(entry.get("fields"), (*place, "fields"), f"{prefix}{name}.", depth + 1)
            if stated == "object"
            else []
        )
        if kind == "raw" and inner:
            options["entries"] = tuple(inner)
        if kind in ("choice", "choices"):
            options["open"] = True
        if entry.get("required") is True:
            options["wanted"] = True
        if entry.get("default") is not None:
            options["new"] = entry["default"]
        outer = Field(
            name,
            kind,
            text(entry.get("label")),
            text(entry.get("description")),
            core=entry.get("hidden") is not True,
            choices=allowed,
            options=options,
            severity="warning",
        )
        return nested(outer, inner) if kind == "map" else [outer]
