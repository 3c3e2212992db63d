"""The collections of an Astro site: the JSON Schemas that Astro makes of them in `.astro/collections`.

They are the build's own: a value that one refuses fails the build
(https://docs.astro.build/en/guides/content-collections/). Read is the part of JSON Schema that Astro writes.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from editor.errors import CopydeskError
from editor.schema.content_type import ContentType, Field
from editor.site.content_types.declared import BUILD, Declared, Description, choices, nested, text
from editor.site.content_types.documents import Document, read_document
from editor.translation import gettext as _

FOLDER = ".astro/collections"
_SUFFIX = ".schema.json"
_DEEPEST = 6
_MOST = 200
"""Collections that are read."""


def files(root: Path) -> list[Path]:
    """Return the schemas of the collections."""
    try:
        found = sorted(path for path in (root / FOLDER).iterdir() if path.name.endswith(_SUFFIX))
    except OSError:
        return []
    return found[:_MOST]


def read(document: Document, description: Description) -> list[Declared]:
    """Return the content type of the collection that the file is named for."""
    name = document.path.name.removesuffix(_SUFFIX)
    schema = _Schema(document.values, description)
    top = schema.resolved(document.values)
    if not isinstance(top.get("properties"), Mapping):
        description.complain(_("The schema lists no properties"))
        return []
    fields = tuple(schema.fields(top, 0))
    lines = {field.key: document.line(*schema.place, "properties", field.key) or 1 for field in fields}
    return [
        Declared(
            ContentType(name, fields),
            document.path,
            BUILD,
            lines,
            folders=(f"src/content/{name}", f"src/data/{name}", f"content/{name}"),
            files=frozenset(_entries(description.root, name)),
        )
    ]


def _entries(root: Path, name: str) -> Iterator[str]:
    """Yield the posts of a collection, where Astro has noted them beside the schemas."""
    try:
        index = read_document(root / FOLDER / "collections.json").values
    except CopydeskError:
        return
    entries = index.get("entries")
    for address, collection in entries.items() if isinstance(entries, Mapping) else ():
        if collection == name and isinstance(address, str):
            path = address.removeprefix("file://")
            shown = root.as_posix().lower() + "/"  # Astro writes these paths in lower case
            if path.lower().startswith(shown):
                yield path[len(shown) :]


class _Schema:
    """Reads one JSON Schema."""

    def __init__(self, whole: Mapping[str, Any], description: Description) -> None:
        self._whole = whole
        self._description = description
        self.place: tuple[str, ...] = ()
        """Where the schema stands that was resolved last."""

    def resolved(self, schema: Any) -> Mapping[str, Any]:
        """Return a schema, or the one of this file that it refers to."""
        for _step in range(_DEEPEST):
            if not isinstance(schema, Mapping):
                return {}
            reference = schema.get("$ref")
            if not isinstance(reference, str) or not reference.startswith("#/"):
                return schema
            self.place = tuple(reference[2:].split("/"))
            found: Any = self._whole
            for name in self.place:
                found = found.get(name) if isinstance(found, Mapping) else None
            schema = found
        return {}

    def fields(self, schema: Mapping[str, Any], depth: int) -> Iterator[Field]:
        """Yield the fields of an object's properties."""
        required = schema.get("required")
        needed = required if isinstance(required, list) else []
        properties = schema.get("properties")
        if not isinstance(properties, Mapping) or depth > _DEEPEST:
            return
        for key, inner in properties.items():
            if key != "$schema" and self._description.goes_on():
                yield from self._field(str(key), inner, key in needed, depth)

    def _field(self, key: str, stated: Any, required: bool, depth: int) -> list[Field]:
        place = self.place
        schema, nullable = self._one(self.resolved(stated))
        self.place = place
        kind, options, allowed = self._kind(schema, depth)
        given = schema.get("default")
        if given is None and isinstance(stated, Mapping):
            given = stated.get("default")
        about = text(schema.get("description")) or (
            text(stated.get("description")) if isinstance(stated, Mapping) else ""
        )
        outer = Field(
            key,
            kind,
            text(schema.get("title")),
            about,
            required=required and given is None and not nullable,
            core=required or depth == 0,
            choices=allowed,
            default=given,
            options=options,
        )
        return nested(outer, list(self.fields(schema, depth + 1))) if kind == "map" else [outer]

    def _one(self, schema: Mapping[str, Any]) -> tuple[Mapping[str, Any], bool]:
        """Return the alternative that a field is made for, and whether nothing is one as well."""
        alternatives = schema.get("anyOf") or schema.get("oneOf")
        kinds = schema.get("type")
        if isinstance(kinds, list):
            real = [kind for kind in kinds if kind != "null"]
            return {**schema, "type": real[0] if len(real) == 1 else None}, "null" in kinds
        if not isinstance(alternatives, list):
            return schema, False
        real_ones = [self.resolved(entry) for entry in alternatives]
        left = [entry for entry in real_ones if entry.get("type") != "null"]
        nullable = len(left) < len(real_ones)
        if any(_is_date(entry) for entry in left):
            return {**schema, "type": "string", "format": "date", "anyOf": None}, nullable
        if len(left) == 1:
            kept = {name: schema[name] for name in ("default", "description", "title") if name in schema}
            return {**left[0], **kept}, nullable
        named = [entry for entry in left if entry.get("type") == "string"]
        if len(named) == 1 and all(entry in named or _is_reference(entry) for entry in left):
            return named[0], nullable  # a reference: the name of an entry is what one writes
        constants = [entry["const"] for entry in left if "const" in entry]
        if left and len(constants) == len(left):
            return {**schema, "enum": constants, "anyOf": None}, nullable
        lists = [entry for entry in left if entry.get("type") == "array"]
        if len(left) == 2 and len(lists) == 1 and any(entry.get("type") == "string" for entry in left):
            return {**lists[0], "scalar": True}, nullable
        return {**schema, "type": None}, nullable

    def _kind(self, schema: Mapping[str, Any], depth: int) -> tuple[str, dict[str, Any], tuple[str, ...]]:
        """Return kind, options and choices of a schema's field."""
        stated = schema.get("type")
        options: dict[str, Any] = {}
        if isinstance(schema.get("enum"), list):
            values = schema["enum"]
            texts = all(isinstance(value, str) for value in values)
            return ("choice", {}, choices(values)) if texts else ("raw", {}, ())
        if "const" in schema:
            constant = schema["const"]
            return ("choice", {}, (constant,)) if isinstance(constant, str) else ("raw", {}, ())
        if stated == "string" and _is_date(schema):
            # Astro's own dates are coerced: text is read as well.
            return "date", {"text": True, "free": True}, ()
        if stated == "string":
            longest = schema.get("maxLength")
            if isinstance(longest, int):
                options["length"] = longest
            options.update(self._description.pattern(schema.get("pattern"), ""))
            return (
                ("long_text" if isinstance(longest, int) and longest > 120 else "text"),
                {
                    **options,
                    "strict": True,
                },
                (),
            )
        if stated in ("integer", "number"):
            for theirs, ours in (("minimum", "min"), ("maximum", "max")):
                if isinstance(schema.get(theirs), int | float):
                    options[ours] = schema[theirs]
            return str(stated), options, ()
        if stated == "boolean":
            return "switch", {}, ()
        if stated == "array":
            return self._list(schema, depth)
        return ("map" if stated == "object" else "raw"), {}, ()

    def _list(self, schema: Mapping[str, Any], depth: int) -> tuple[str, dict[str, Any], tuple[str, ...]]:
        options: dict[str, Any] = {}
        for theirs, ours in (("minItems", "min_items"), ("maxItems", "max_items")):
            if isinstance(schema.get(theirs), int):
                options[ours] = schema[theirs]
        if schema.get("scalar"):
            options["scalar"] = True
        inner, _nullable = self._one(self.resolved(schema.get("items")))
        if isinstance(inner.get("enum"), list) and all(isinstance(value, str) for value in inner["enum"]):
            return "choices", options, choices(inner["enum"])
        if inner.get("type") == "string" and not _is_date(inner):
            return "list", options, ()
        if inner.get("type") in ("integer", "number"):
            return "raw", options, ()
        if inner.get("type") == "object":
            options["entries"] = tuple(self.fields(inner, depth + 1))
        return "raw", options, ()


def _is_reference(schema: Mapping[str, Any]) -> bool:
    properties = schema.get("properties")
    return isinstance(properties, Mapping) and "collection" in properties


def _is_date(schema: Mapping[str, Any]) -> bool:
    return schema.get("format") in ("date", "date-time") and schema.get("type") == "string"
