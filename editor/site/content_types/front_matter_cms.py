"""The content types of Front Matter CMS: `frontmatter.json` (https://frontmatter.codes/docs/content-creation/fields)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from editor.errors import SiteError
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
from editor.site.content_types.documents import Document, read_document
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
CONFIG = ".frontmatter/config"
_MOST_FILES = 200


@dataclass(frozen=True, slots=True)
class _Part:
    """One entry of a setting that is a list: of the file itself, or in a file of its own."""

    entry: Mapping[str, Any]
    description: Description
    place: tuple[str | int, ...]


def read(document: Document, description: Description) -> list[Declared]:
    """Return the content types, each for the folders that name it; `default` is for all others."""
    folders: dict[str, list[str]] = {}
    for part in _parts(_FOLDERS, description):
        path = part.entry.get("path")
        path = path.replace("[[workspace]]", "").split("{{", 1)[0] if isinstance(path, str) else path
        folder = part.description.folder(path, *part.place, "path")
        names = part.entry.get("contentTypes")
        for name in names if isinstance(names, list) and folder is not None else []:
            folders.setdefault(str(name), []).append(folder or "")
    groups = list(_parts(_GROUPS, description))
    declared = []
    for part in _parts(_TYPES, description):
        name = part.description.name(part.entry, *part.place)
        if not name:
            continue
        fields = _Fields(part.description, document.values, groups)
        listed = fields.read(part.entry.get("fields"), (*part.place, "fields"), "", 0)
        usual = ("",) if name == "default" else ()
        declared.append(
            Declared(
                ContentType(name, tuple(listed)),
                part.description.document.path,
                CMS,
                fields.lines,
                folders=(*folders.get(name, ()), *usual),
                named_by=_NAMED_BY,
            )
        )
    return declared


def _parts(setting: str, description: Description) -> Iterator[_Part]:
    """Yield the entries of a setting, then those that have a file each (docs/settings/overview, “splitting”).

    `frontMatter.taxonomy.contentTypes` is also the folder `.frontmatter/config/taxonomy/contenttypes`.
    """
    for number, entry in description.maps(description.document.values.get(setting), setting):
        yield _Part(entry, description, (setting, number))
    folder = description.document.path.parent / CONFIG
    for name in setting.split(".")[1:]:
        found = [inner for inner in _inside(folder) if inner.name.lower() == name.lower()]
        if not found:
            return
        folder = found[0]
    for path in _inside(folder)[:_MOST_FILES]:
        if path.suffix.lower() == ".json" and path.resolve().is_relative_to(description.document.path.parent):
            try:
                document = read_document(path)
            except SiteError as error:
                description.problems.append(error)
                continue
            part = Description(document, description.root)
            part.problems = description.problems
            description.files.append(path)
            yield _Part(document.values, part, ())


def _inside(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except OSError:
        return []


class _Fields:
    """Reads the fields of one content type."""

    def __init__(
        self, description: Description, settings: Mapping[str, Any], groups: Sequence[_Part]
    ) -> None:
        self._description = description
        self._values = settings
        self._groups = groups
        self.lines: dict[str, int] = {}

    def read(self, listed: Any, place: tuple[str | int, ...], prefix: str, depth: int) -> list[Field]:
        found: list[Field] = []
        for number, entry in self._description.maps(listed, *place):
            stated = entry.get("type")
            if stated in _NO_FIELDS or depth > _DEEPEST:
                continue
            if stated == "fieldCollection":
                for group in self._groups:
                    if group.entry.get("id") == entry.get("fieldGroup"):
                        inner = _Fields(group.description, self._values, self._groups)
                        listed_there = group.entry.get("fields")
                        found += inner.read(listed_there, (*group.place, "fields"), prefix, depth + 1)
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
            options.update(labels(entry.get("choices"), "title", "id"))
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
