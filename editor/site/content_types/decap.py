"""The collections of Decap CMS, Sveltia CMS and Static CMS: `config.yml` in the folder of the admin page.

Widgets and their options: https://decapcms.org/docs/widgets/ and https://decapcms.org/docs/configuration-options/.
"""

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

FOLDERS = (
    "admin",
    "static/admin",
    "public/admin",
    "source/admin",
    "src/admin",
    "docs/admin",
    "content/admin",
)
NAMES = tuple(f"{folder}/config.{suffix}" for folder in FOLDERS for suffix in ("yml", "yaml", "toml", "json"))
"""Where the file is found, below the site."""

_DEEPEST = 6
_KINDS = {
    "string": "text",
    "text": "long_text",
    "markdown": "long_text",
    "richtext": "long_text",
    "code": "long_text",
    "boolean": "switch",
    "number": "number",
    "datetime": "date",
    "date": "date",
    "select": "choice",
    "list": "list",
    "object": "map",
    "keyvalue": "map",
    "map": "text",
    "image": "text",
    "file": "text",
    "color": "text",
    "relation": "text",
    "uuid": "text",
    "compute": "text",
    "hidden": "raw",
}


def read(document: Document, description: Description) -> list[Declared]:
    """Return a content type for each collection; the files of a collection of files have one each."""
    declared = []
    collections = document.values.get("collections")
    for number, collection in description.maps(collections, "collections"):
        place = ("collections", number)
        name = description.name(collection, *place)
        if "files" in collection:
            for file_number, file in description.maps(collection["files"], *place, "files"):
                path = description.folder(file.get("file"), *place, "files", file_number)
                if path is not None:
                    fields = _Fields(description, (*place, "files", file_number, "fields"))
                    declared.append(
                        Declared(
                            ContentType(
                                text(file.get("name")) or name, tuple(fields.read(file.get("fields")))
                            ),
                            document.path,
                            CMS,
                            fields.lines,
                            files=frozenset({path}),
                        )
                    )
            continue
        if "folder" not in collection:
            continue  # a divider, a singleton
        folder = description.folder(collection["folder"], *place, "folder")
        if folder is None:
            continue
        fields = _Fields(description, (*place, "fields"))
        wanted = collection.get("filter")
        declared.append(
            Declared(
                ContentType(name, tuple(fields.read(collection.get("fields")))),
                document.path,
                CMS,
                fields.lines,
                folders=(folder,),
                wanted_value=_filter(wanted) if isinstance(wanted, Mapping) else None,
            )
        )
    return declared


def _filter(wanted: Mapping[str, Any]) -> tuple[str, Any] | None:
    key = wanted.get("field")
    return (key, wanted["value"]) if isinstance(key, str) and "value" in wanted else None


class _Fields:
    """Reads the fields of one collection."""

    def __init__(self, description: Description, place: tuple[str | int, ...]) -> None:
        self._description = description
        self._place = place
        self.lines: dict[str, int] = {}

    def read(self, listed: Any) -> list[Field]:
        return self._fields(listed, self._place, "")

    def _fields(self, listed: Any, place: tuple[str | int, ...], prefix: str) -> list[Field]:
        found: list[Field] = []
        if prefix.count(".") > _DEEPEST:
            return found
        for number, entry in self._description.maps(listed, *place):
            name = self._description.name(entry, *place, number)
            if not name or (name == "body" and not prefix):
                continue  # the body is no field of the front matter
            line = self._description.document.line(*place, number)
            if line is not None:
                self.lines[prefix + name] = line
            found += self._field(name, entry, (*place, number), prefix)
        return found

    def _field(
        self, name: str, entry: Mapping[str, Any], place: tuple[str | int, ...], prefix: str
    ) -> list[Field]:
        widget = entry.get("widget", "string")
        kind = _KINDS.get(widget if isinstance(widget, str) else "")
        if kind is None:
            said = _("The widget “{widget}” is not known here: the field is shown as it stands")
            self._description.complain(said.format(widget=widget), *place, "widget")
            kind = "raw"
        options: dict[str, Any] = {}
        if widget == "number":
            whole = text(entry.get("value_type")) in ("", "int") and isinstance(entry.get("step", 1), int)
            kind = "integer" if whole else "number"
            options.update(numbers(entry, {"min": "min", "max": "max"}))
        elif kind == "date":
            options["text"] = True
        elif widget in ("image", "file"):
            options["picture"] = widget == "image"
        several = entry.get("multiple") is True
        if several and widget in ("select", "relation", "image", "file"):
            kind = "choices" if widget == "select" else "list"
        if kind in ("list", "choices"):
            options.update(numbers(entry, {"min": "min_items", "max": "max_items"}))
            options["items"] = "scalar"
        allowed = choices(entry.get("options")) if widget == "select" else ()
        if widget == "select":
            options.update(labels(entry.get("options"), "label"))
        if widget == "select" and not allowed:
            kind = "list" if several else "text"
        if widget == "select" and kind == "choice":
            kind, allowed = _typed(entry, allowed)
        pattern = entry.get("pattern")
        if isinstance(pattern, list) and pattern:
            options.update(
                self._description.pattern(
                    pattern[0], pattern[1] if len(pattern) > 1 else "", *place, "pattern"
                )
            )
        inner: list[Field] = []
        if widget == "object":
            inner = self._fields(entry.get("fields"), (*place, "fields"), f"{prefix}{name}.")
        elif widget == "list" and (entry.get("fields") or entry.get("types")):
            kind = "raw"
            options["entries"] = tuple(
                self._fields(entry.get("fields"), (*place, "fields"), f"{prefix}{name}.")
            )
        elif widget == "list" and isinstance(entry.get("field"), Mapping):
            inner_widget = entry["field"].get("widget", "string")
            if inner_widget in ("object", "list"):
                kind = "raw"
            elif inner_widget == "select":
                allowed = choices(entry["field"].get("options"))
                options.update(labels(entry["field"].get("options"), "label"))
                kind = "choices" if allowed else "list"
        if kind in ("choice", "choices"):
            options["open"] = True
        if entry.get("required") is not False and widget != "hidden" and widget != "boolean":
            options["wanted"] = True  # unless it says otherwise, a widget is required
        given = entry.get("default")
        if isinstance(given, str) and "{{" in given:
            given = None  # worked out by the editor that is not there
        if given is not None:
            options["new"] = given
        outer = Field(
            name,
            kind,
            text(entry.get("label")),
            text(entry.get("hint")),
            core=widget != "hidden",
            choices=allowed,
            options=options,
            severity="warning",
        )
        return nested(outer, inner)


def _typed(entry: Mapping[str, Any], allowed: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    """Return the kind of a choice: numbers and switches keep their type."""
    given = [
        option.get("value") if isinstance(option, Mapping) else option
        for option in entry.get("options") or ()
    ]
    if all(isinstance(option, bool) for option in given):
        return "switch", ()
    if all(isinstance(option, int) and not isinstance(option, bool) for option in given):
        return "integer", ()
    return "choice", allowed
