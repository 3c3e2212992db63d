"""The content types of Front Matter CMS: `frontmatter.json` (https://frontmatter.codes/docs/content-creation/fields)."""

from collections.abc import Mapping
from typing import Any

from editor.schema.content_type import ContentType, Field
from editor.site.content_types.declared import CMS, Declared, Description, choices, nested, numbers, text
from editor.site.content_types.documents import Document
from editor.translation import gettext as _

NAMES = ("frontmatter.json",)
_TYPES = "frontMatter.taxonomy.contentTypes"
_FOLDERS = "frontMatter.content.pageFolders"
_GROUPS = "frontMatter.taxonomy.fieldGroups"
_NAMED_BY = ("fmContentType", "type")
_KINDS = {
    "string": "text",
    "number": "integer",
    "datetime": "date",
    "boolean": "switch",
    "image": "text",
    "file": "text",
    "choice": "choice",
    "tags": "list",
    "categories": "list",
    "taxonomy": "list",
    "list": "list",
    "draft": "switch",
    "fields": "map",
    "json": "raw",
    "block": "raw",
    "customField": "raw",
    "slug": "slug",
    "dataFile": "text",
    "contentRelationship": "text",
}
_NO_FIELDS = ("heading", "divider")
_DEEPEST = 6


def read(document: Document, description: Description) -> list[Declared]:
    """Return the content types, each for the folders that name it; `default` is for all others."""
    folders: dict[str, list[str]] = {}
    for number, entry in description.maps(document.values.get(_FOLDERS), _FOLDERS):
        path = entry.get("path")
        path = path.replace("[[workspace]]", "").split("{{", 1)[0] if isinstance(path, str) else path
        folder = description.folder(path, _FOLDERS, number, "path")
        names = entry.get("contentTypes")
        for name in names if isinstance(names, list) and folder is not None else []:
            folders.setdefault(str(name), []).append(folder or "")
    declared = []
    for number, entry in description.maps(document.values.get(_TYPES), _TYPES):
        name = description.name(entry, _TYPES, number)
        if not name:
            continue
        fields = _Fields(description)
        content_type = ContentType(
            name, tuple(fields.read(entry.get("fields"), (_TYPES, number, "fields"), "", 0))
        )
        usual = ("",) if name == "default" else ()
        declared.append(
            Declared(
                content_type,
                document.path,
                CMS,
                fields.lines,
                folders=(*folders.get(name, ()), *usual),
                named_by=_NAMED_BY,
            )
        )
    return declared


class _Fields:
    """Reads the fields of one content type."""

    def __init__(self, description: Description) -> None:
        self._description = description
        self._values = description.document.values
        self.lines: dict[str, int] = {}

    def read(self, listed: Any, place: tuple[str | int, ...], prefix: str, depth: int) -> list[Field]:
        found: list[Field] = []
        for number, entry in self._description.maps(listed, *place):
            stated = entry.get("type")
            if stated in _NO_FIELDS or depth > _DEEPEST:
                continue
            if stated == "fieldCollection":
                for at, group in self._description.maps(self._values.get(_GROUPS), _GROUPS):
                    if group.get("id") == entry.get("fieldGroup"):
                        found += self.read(group.get("fields"), (_GROUPS, at, "fields"), prefix, depth + 1)
                continue
            name = self._description.name(entry, *place, number)
            if name:
                line = self._description.document.line(*place, number)
                if line is not None:
                    self.lines.setdefault(prefix + name, line)
                found += self._field(name, entry, (*place, number), prefix, depth)
        return found

    def _field(
        self, name: str, entry: Mapping[str, Any], place: tuple[str | int, ...], prefix: str, depth: int
    ) -> list[Field]:
        stated = entry.get("type")
        kind = _KINDS.get(stated if isinstance(stated, str) else "")
        if kind is None:
            said = _("The type “{type}” is not known here: the field is shown as it stands")
            self._description.complain(said.format(type=stated), *place, "type")
            kind = "raw"
        options: dict[str, Any] = {}
        allowed: tuple[str, ...] = ()
        several = entry.get("multiple") is True
        if stated == "string":
            kind = "long_text" if entry.get("single") is False or entry.get("wysiwyg") else "text"
        elif stated == "number":
            limits = entry.get("numberOptions")
            limits = limits if isinstance(limits, Mapping) else {}
            kind = "number" if limits.get("isDecimal") is True else "integer"
            options.update(numbers(limits, {"min": "min", "max": "max"}))
        elif stated == "datetime":
            options["text"] = True
        elif stated == "image":
            options["picture"] = True
        elif stated == "choice":
            allowed = choices(entry.get("choices"), "id")
            kind = ("choices" if several else "choice") if allowed else ("list" if several else "text")
        elif stated == "draft":
            kind, allowed = self._draft()
        elif stated in ("tags", "categories", "taxonomy"):
            options.update(self._vocabulary(str(stated), entry))
            options.update(numbers(entry, {"taxonomyLimit": "max_items"}))
            if entry.get("singleValueAsString") is True:
                options["scalar"] = True
        if several and kind == "text":
            kind = "list"
        if kind in ("list", "choices"):
            options["items"] = "scalar"
        checks = entry.get("validation")
        if isinstance(checks, Mapping):
            options.update(
                self._description.pattern(
                    checks.get("pattern"), checks.get("message"), *place, "validation", "pattern"
                )
            )
        inner = (
            self.read(entry.get("fields"), (*place, "fields"), f"{prefix}{name}.", depth + 1)
            if stated == "fields"
            else []
        )
        if kind in ("choice", "choices"):
            options["open"] = True
        if entry.get("required") is True:
            options["wanted"] = True
        given = entry.get("default")
        if given is not None and not (isinstance(given, str) and "{{" in given):
            options["new"] = given
        outer = Field(
            name,
            kind,
            text(entry.get("title")),
            text(entry.get("description")),
            core=entry.get("hidden") is not True,
            choices=allowed,
            options=options,
            severity="warning",
        )
        return nested(outer, inner)

    def _draft(self) -> tuple[str, tuple[str, ...]]:
        """Return kind and choices of the field that says whether a post is a draft."""
        setting = self._values.get("frontMatter.content.draftField")
        if isinstance(setting, Mapping) and setting.get("type") == "choice":
            allowed = choices(setting.get("choices"), "id")
            return ("choice", allowed) if allowed else ("text", ())
        return "switch", ()

    def _vocabulary(self, stated: str, entry: Mapping[str, Any]) -> dict[str, Any]:
        """Return the words that the settings suggest for a taxonomy."""
        known: Any = self._values.get(f"frontMatter.taxonomy.{stated}")
        if stated == "taxonomy":
            known = None
            customs = self._values.get("frontMatter.taxonomy.customTaxonomy")
            for _number, custom in self._description.maps(customs, "frontMatter.taxonomy.customTaxonomy"):
                if custom.get("id") == entry.get("taxonomyId"):
                    known = custom.get("options")
        words = choices(known)
        return {"suggestions": words} if words else {}
