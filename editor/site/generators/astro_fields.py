"""The fields of an Astro collection: from the JSON schema that Astro writes, else from the schema's source.

https://docs.astro.build/en/guides/content-collections/#defining-the-collection-schema: Astro writes the
schema of each collection to `.astro/collections/NAME.schema.json`.
"""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from editor.errors import SiteError
from editor.schema.content_type import ContentType, Field
from editor.site.generators.data_files import read_data
from editor.site.generators.js_literals import Script
from editor.translation import gettext as _

_CORE = (
    "title",
    "date",
    "pubDate",
    "published",
    "draft",
    "description",
    "tags",
    "categories",
    "category",
    "author",
)
_STRICT = {"strict": True}
_DATE = {"text": True, "free": True}
"""A date that JavaScript's `new Date` makes of a text: of nearly any."""


def usual_type() -> ContentType:
    """Return the fields of Astro's own blog template, for a collection without a schema."""
    return ContentType(
        "post",
        (
            Field("title", "text", _("Title"), core=True),
            Field("description", "long_text", _("Description"), core=True, options={"length": 155}),
            Field("pubDate", "date", _("Date"), core=True, options=_DATE),
            Field("updatedDate", "date", _("Updated"), options=_DATE),
            Field("heroImage", "text", _("Picture")),
            Field("draft", "switch", _("Draft"), core=True, default=False),
            Field("tags", "list", _("Tags"), core=True, options={"items": "scalar", "scalar": True}),
            Field("slug", "slug", _("Slug"), _("The last part of the address; empty: the name of the file.")),
        ),
    )


def from_json(file: Path, name: str) -> ContentType | None:
    """Return the fields of the JSON schema `file` of the collection `name`; None where there are none."""
    try:
        schema = read_data(file)
    except SiteError:
        return None
    definitions = schema.get("definitions") or schema.get("$defs")
    inner: Any = schema
    if isinstance(definitions, Mapping) and isinstance(schema.get("$ref"), str):
        inner = definitions.get(schema["$ref"].rsplit("/", 1)[-1])
    properties = inner.get("properties") if isinstance(inner, Mapping) else None
    if not isinstance(properties, Mapping):
        return None
    required = inner.get("required")
    required = required if isinstance(required, list) else []
    fields = [
        _json_field(str(key), value, key in required)
        for key, value in properties.items()
        if key != "$schema" and isinstance(value, Mapping)
    ]
    return ContentType(name, (*fields, *_slug(fields)))


def from_source(schema: Mapping[str, str], name: str) -> ContentType | None:
    """Return the fields of a schema, by the sources of its keys; None where there are none."""
    fields = [_source_field(key, text) for key, text in schema.items()]
    return ContentType(name, (*fields, *_slug(fields))) if fields else None


def _slug(fields: list[Field]) -> tuple[Field, ...]:
    """Return the field that every collection has besides its schema's, unless the schema has it."""
    if any(field.key == "slug" for field in fields):
        return ()
    said = _("The last part of the address; empty: the name of the file.")
    return (Field("slug", "slug", _("Slug"), said),)


def _json_field(key: str, schema: Mapping[str, Any], required: bool) -> Field:
    options: dict[str, Any] = {}
    choices: tuple[str, ...] = ()
    forms = schema.get("anyOf") or schema.get("oneOf")
    forms = [form for form in forms if isinstance(form, Mapping)] if isinstance(forms, list) else [schema]
    forms = [form for form in forms if form.get("type") != "null"] or [{}]
    form = forms[0]
    kind = {
        "string": "text",
        "number": "number",
        "integer": "integer",
        "boolean": "switch",
        "array": "list",
        "object": "map",
    }.get(str(form.get("type")), "raw")
    if any(entry.get("format") in ("date", "date-time") for entry in forms):
        kind, options = "date", {**_DATE}
    elif len(forms) > 1:
        kind = "raw"
    elif kind == "text":
        listed = form.get("enum") or ([form["const"]] if "const" in form else [])
        choices = tuple(entry for entry in listed if isinstance(entry, str))
        kind, options = ("choice", {}) if choices else _text_kind(key)
    elif kind == "list":
        entries = form.get("items")
        inner = entries.get("type") if isinstance(entries, Mapping) else None
        if inner == "string" and isinstance(entries, Mapping):
            choices = tuple(entry for entry in entries.get("enum") or () if isinstance(entry, str))
            options = {"items": "text"}
        else:
            kind = "raw"
    return Field(
        key,
        kind,
        description=str(schema.get("description") or ""),
        required=required and "default" not in schema,
        core=required or key in _CORE,
        choices=choices,
        default=schema.get("default"),
        options=options,
    )


def _source_field(key: str, source: str) -> Field:
    text = re.sub(r"\s+", "", source)
    required = not re.search(r"\.(?:optional|nullish|nullable|default|catch)\(", text)
    options: dict[str, Any] = {}
    choices: tuple[str, ...] = ()
    kind = "raw"
    if re.match(r"z\.(?:coerce\.)?date\(", text) or "z.date()" in text or "newDate(" in text:
        kind, options = "date", {**_DATE} if "coerce" in text or "newDate(" in text else {}
    elif text.startswith(("z.string(", "z.url(", "z.email(")):
        kind, options = _text_kind(key)
    elif text.startswith(("image(", "reference(")):
        kind, options = "text", _STRICT
    elif text.startswith("z.boolean("):
        kind = "switch"
    elif text.startswith("z.number("):
        kind = "integer" if ".int()" in text else "number"
    elif re.match(r"z\.array\((?:z\.string|reference)\(", text):
        kind, options = "list", {"items": "text"}
    elif text.startswith("z.enum("):
        call = next(Script(source).calls("enum"), None)
        listed = call.arguments[0] if call is not None and call.arguments else None
        if isinstance(listed, list) and all(isinstance(entry, str) for entry in listed):
            choices = tuple(listed)
        kind = "choice" if choices else "raw"
    elif text.startswith("z.object("):
        kind = "map"
    default = re.search(r"\.default\((true|false)\)", text)
    looser = re.match(r"z\.(?:preprocess|union)\(", text) or re.search(r"\.(?:or|catch|pipe)\(", text)
    if kind == "date" and ("z.string()" in text or "z.union(" in text):
        options = {**_DATE}
    return Field(
        key,
        kind,
        severity="warning" if looser else "error",
        required=required and kind != "raw",
        core=required or key in _CORE,
        choices=choices,
        default=default[1] == "true" if default else None,
        options=options,
    )


def _text_kind(key: str) -> tuple[str, dict[str, Any]]:
    long = key in ("description", "excerpt", "summary")
    return ("long_text", {**_STRICT, "length": 155}) if long else ("text", dict(_STRICT))
