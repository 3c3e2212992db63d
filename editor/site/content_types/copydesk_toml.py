"""`copydesk.toml`: what a site says of its posts for this program; `resources/schemas` has its JSON Schema."""

import json
from collections.abc import Mapping
from typing import Any

from editor import resources
from editor.schema import kinds
from editor.schema.content_type import ContentType, Field
from editor.site.content_types.declared import COPYDESK, Declared, Description, nested, text
from editor.site.content_types.documents import Document
from editor.translation import gettext as _

NAMES = ("copydesk.toml",)
SCHEMA = "schemas/copydesk.schema.json"
_OPTIONS = (
    "min",
    "max",
    "min_items",
    "max_items",
    "length",
    "placeholder",
    "suggestions",
)
_NAMES_OF_TYPES: Mapping[str, tuple[type, ...]] = {
    "string": (str,),
    "boolean": (bool,),
    "integer": (int,),
    "number": (int, float),
    "array": (list,),
    "object": (dict,),
}


def read(document: Document, description: Description) -> list[Declared]:
    """Return the content types of the file; what its schema does not know is a problem."""
    schema = json.loads(resources.text(SCHEMA))
    _check(document.values, schema, schema, description, ())
    types = document.values.get("types")
    declared = []
    for name, entry in types.items() if isinstance(types, Mapping) else ():
        if isinstance(entry, Mapping):
            declared.append(_declared(name, entry, document, description))
    return declared


def severities(document: Document) -> dict[str, str]:
    """Return how bad the site takes what rules find, by their codes; `read` tells what is wrong with them."""
    check = document.values.get("check")
    stated = check.get("severity") if isinstance(check, Mapping) else None
    if not isinstance(stated, Mapping):
        return {}
    return {code: word for code, word in stated.items() if word in ("off", "info", "warning", "error")}


def _declared(name: str, entry: Mapping[str, Any], document: Document, description: Description) -> Declared:
    stated = entry.get("fields")
    fields: list[Field] = []
    lines: dict[str, int] = {}
    for key, options in stated.items() if isinstance(stated, Mapping) else ():
        place = ("types", name, "fields", key)
        if isinstance(options, Mapping):
            fields += _fields(key, options, description, place, 0)
            lines[key] = document.line(*place) or 1
    order = _texts(entry.get("order"))
    known = {field.key for field in fields}
    # A key that is only put in its place is declared by someone else, or learnt.
    fields += [Field(key, "") for key in order if key not in known]
    fields.sort(key=lambda field: order.index(field.key) if field.key in order else len(order))
    folders = [
        description.folder(folder, "types", name, "folders", number)
        for number, folder in enumerate(_texts(entry.get("folders", [""])))
    ]
    return Declared(
        ContentType(name, tuple(fields)),
        document.path,
        COPYDESK,
        lines,
        folders=tuple(folder for folder in folders if folder is not None),
    )


def _fields(
    key: str, entry: Mapping[str, Any], description: Description, place: tuple[str | int, ...], depth: int
) -> list[Field]:
    kind = text(entry.get("kind"))
    if kind and kind not in kinds.KINDS:
        kind = ""
    choices = tuple(_texts(entry.get("choices")))
    if choices and not kind:
        kind = "choice"
    options: dict[str, Any] = {name: entry[name] for name in _OPTIONS if name in entry}
    if "suggestions" in options:
        options["suggestions"] = tuple(_texts(options["suggestions"]))
    if isinstance(entry.get("labels"), Mapping):
        options["labels"] = {
            value: label for value, label in entry["labels"].items() if isinstance(label, str)
        }
    if kind == "date":
        options["text"] = True
    if kind in ("list", "choices"):
        options["items"] = "scalar"
    if choices:
        options["open"] = True
    if "required" in entry:
        options["wanted"] = entry["required"] is True
    if "default" in entry:
        options["new"] = entry["default"]
    options.update(description.pattern(entry.get("pattern"), entry.get("pattern_message"), *place, "pattern"))
    if isinstance(entry.get("shown"), bool):
        options["shown"] = entry["shown"]
    outer = Field(
        key,
        kind,
        text(entry.get("label")),
        text(entry.get("description")),
        core=entry.get("shown") is not False,
        choices=choices,
        options=options,
        severity="warning",
    )
    stated = entry.get("fields")
    inner: list[Field] = []
    for name, options_inside in stated.items() if isinstance(stated, Mapping) and depth < 4 else ():
        if isinstance(options_inside, Mapping):
            inner += _fields(name, options_inside, description, (*place, "fields", name), depth + 1)
    return nested(outer, inner) if inner else [outer]


def _texts(value: Any) -> list[str]:
    return [entry for entry in value if isinstance(entry, str)] if isinstance(value, list) else []


def _check(
    value: Any,
    schema: Mapping[str, Any],
    whole: Mapping[str, Any],
    description: Description,
    place: tuple[str | int, ...],
) -> None:
    """Hold `value` to its schema: the part of JSON Schema that ours is written in."""
    if "$ref" in schema:
        schema = whole["$defs"][schema["$ref"].rpartition("/")[2]]
    name = ".".join(str(part) for part in place)
    stated = schema.get("type")
    if stated is not None:
        right = isinstance(value, _NAMES_OF_TYPES[stated])
        if isinstance(value, bool) and stated != "boolean":
            right = False
        if not right:
            said = {
                "string": _("“{name}” must be a text"),
                "boolean": _("“{name}” must be true or false"),
                "integer": _("“{name}” must be a whole number"),
                "number": _("“{name}” must be a number"),
                "array": _("“{name}” must be a list"),
                "object": _("“{name}” must have names with values"),
            }
            description.complain(said[stated].format(name=name), *place)
            return
    if "enum" in schema and value not in schema["enum"]:
        allowed = ", ".join(schema["enum"])
        said_enum = _("“{value}” is not known for “{name}”: choose from {choices}")
        description.complain(said_enum.format(value=value, name=name, choices=allowed), *place)
    if isinstance(value, Mapping):
        known = schema.get("properties", {})
        other = schema.get("additionalProperties", True)
        for key, inner in value.items():
            if key in known:
                _check(inner, known[key], whole, description, (*place, key))
            elif other is False:
                description.complain(
                    _("“{name}” is not known here: choose from {choices}").format(
                        name=key, choices=", ".join(known)
                    ),
                    *place,
                    key,
                )
            elif isinstance(other, Mapping):
                _check(inner, other, whole, description, (*place, key))
    if isinstance(value, list) and "items" in schema:
        for number, inner in enumerate(value):
            _check(inner, schema["items"], whole, description, (*place, number))
