"""Which rows a form has, and what each shows: plain functions of front matter, content type and facts."""

import dataclasses
import datetime
import json
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from editor.errors import FrontMatterError
from editor.post.text_edit import TextEdit
from editor.schema import kinds
from editor.schema.content_type import ContentType, Field, Problem
from editor.translation import gettext as _
from editor.translation import ngettext
from editor.ui.form import groups
from editor.ui.form.facts import FormFacts, Pictures

_TEXT_KINDS = ("text", "long_text", "slug")
_LIST_KINDS = ("list", "choices")
# What QTextDocument takes for the end of a line, beside the one that YAML writes.
_FOREIGN_LINE_ENDS = re.compile("[\r\u2028\u2029\ufdd0\ufdd1]")
_SPREAD = ("table", "tables", "implicit", "dotted")
"""The styles of a TOML value that has no one place in the file."""
_PICTURE_NAMES = frozenset(
    [
        "image",
        "img",
        "picture",
        "photo",
        "cover",
        "coverimage",
        "heroimage",
        "hero",
        "previewimage",
        "thumbnail",
        "thumb",
        "banner",
        "bannerimage",
        "featuredimage",
        "featureimage",
        "ogimage",
        "socialimage",
        "teaser",
        "teaserimage",
        "headerimage",
    ]
)
"""What fields of pictures are called, without case and marks."""
_LONGEST_LINE = 32_000
"""QLineEdit cuts what is longer than 32,767 UTF-16 units."""


class FrontMatter(Protocol):
    """What a form needs of a front matter, of whatever format."""

    format: str

    @property
    def values(self) -> Mapping[str, Any]: ...

    @property
    def problem(self) -> FrontMatterError | None: ...

    def begin(self) -> TextEdit | None: ...

    def lock(self, key: str) -> str | None: ...

    def line(self, key: str) -> int | None: ...

    def move(self, key: str, after: str | None = None) -> TextEdit | None: ...

    def source(self, key: str) -> str | None: ...

    def style(self, key: str) -> str | None: ...

    def holds_lines(self, key: str) -> bool: ...


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One value that a list or a choice offers."""

    value: str
    count: int = 0
    """How many posts have it."""
    name: str = ""
    """What it stands for, an author's name: it is found by that as well."""

    def note(self) -> str:
        """Return what is said beside it."""
        if self.name or not self.count:
            return self.name
        return ngettext("{count} post", "{count} posts", self.count).format(count=self.count)


@dataclass(frozen=True, slots=True)
class Entry:
    """One value inside a map: a date of several."""

    name: str
    value: Any
    source: str | None = None
    lock: str | None = None


@dataclass(frozen=True, slots=True)
class RowState:
    """What one row shows; equal states need no refresh."""

    field: Field
    """Its kind is the one of the widget: `raw` where the value does not fit the kind that was declared."""
    present: bool
    value: Any = None
    source: str | None = None
    """The value's text in the file."""
    lock: str | None = None
    """Why the field can't be edited here (translated)."""
    problems: tuple[Problem, ...] = ()
    placeholder: str = ""
    hint: str = ""
    suggestions: tuple[Suggestion, ...] = ()
    inherited: Any = None
    format: str = "yaml"
    removable: bool = False
    entries: tuple[Entry, ...] = ()
    """What a map of dates holds."""
    shape: str = ""
    """`group`, `cards` or `card`: a heading with rows below it; empty: a field (see `groups`)."""
    depth: int = 0
    """How many headings it stands below."""
    group: str = ""
    """What the heading above it is called."""
    known: tuple[Field, ...] = ()
    """The entries that can be added below a heading, as far as they are declared."""
    pictures: Pictures | None = None
    """Where the picture is found that a text names; None: the field is none of a picture."""
    one_line: bool = False
    """Whether the file has no way to write a text of several lines here."""


def row_states(
    front_matter: FrontMatter,
    content_type: ContentType,
    facts: FormFacts,
    added: Sequence[Field] = (),
    suggestions: Mapping[str, tuple[Suggestion, ...]] | None = None,
) -> list[RowState]:
    """Return the rows of a form, each with what it shows.

    First the core fields and those that the file has, in the content type's order, then the file's other keys
    in theirs, then those that are handed down to the post alone, then the `added` ones that have no value yet.
    Maps, and lists of maps, are a heading and a row for each entry.
    """
    values = front_matter.values
    inner = {field.key.partition(".")[0] for field in content_type.fields if "." in field.key and field.core}
    listed = [field for field in content_type.fields if "." not in field.key or field.key in values]
    fields = [
        field
        for field in listed
        if field.core or field.key in values or (field.kind == "map" and field.key in inner)
    ]
    known = {field.key for field in fields}
    for key, value in [*values.items(), *facts.inherited.items()]:
        if isinstance(key, str) and key not in known:
            known.add(key)
            fields.append(content_type.field(key) or Field(key, kinds.kind_for_value(value)))
    for field in added:
        if field.key not in known and not ("." in field.key and field.key.partition(".")[0] in known):
            known.add(field.key)
            fields.append(field)
    problems = {} if facts.proofed else kinds.problems(content_type, values, front_matter.source)
    given = suggestions if suggestions is not None else all_suggestions(content_type, facts)
    return [
        _row_state(part, front_matter, content_type, facts, problems, given, added)
        for field in fields
        for part in groups.parts(
            field,
            field.key in values,
            values.get(field.key),
            content_type,
            added,
            facts.inherited.get(field.key),
        )
    ]


def addable(content_type: ContentType, shown: Sequence[str]) -> list[Field]:
    """Return the known fields that a form without the keys `shown` may add."""
    return [field for field in content_type.fields if field.key not in shown and "." not in field.key]


def all_suggestions(content_type: ContentType, facts: FormFacts) -> dict[str, tuple[Suggestion, ...]]:
    """Return what each key of the site's lists and choices offers, the most used first."""
    keys = [field.key for field in content_type.fields]
    keys += [key for key in facts.completions if key not in keys]
    return {key: _suggestions(key, content_type.field(key), facts) for key in keys}


def fits(kind: str, value: Any, options: Mapping[str, Any]) -> bool:
    """Return whether the widget of `kind` can show `value` and give it back unharmed."""
    if value is None:
        return True
    if isinstance(value, str) and _FOREIGN_LINE_ENDS.search(value):
        return False
    if kind == "date":
        return not isinstance(value, list) and (not isinstance(value, dict) or bool(options.get("map")))
    if kind in _LIST_KINDS:
        return isinstance(value, list) and all(
            isinstance(entry, (str, int, float)) and not _FOREIGN_LINE_ENDS.search(str(entry))
            for entry in value
        )
    if kind == "choice":
        return isinstance(value, str)
    if kind in ("links", "map", "raw") or kind not in kinds.KINDS:
        return True
    return not isinstance(value, (list, dict))


def source_lines(source: str | None) -> str:
    """Return the source of a value for a box of text: its lines end in a line feed, whatever the file has."""
    return re.sub(r"\r\n?", "\n", source or "").rstrip()


def read_source(text: str, front_matter_format: str) -> Any:
    """Return the value that `text` writes in the format of the front matter; raises FrontMatterError."""
    if front_matter_format != "toml":
        return kinds.parse(Field("", "raw"), text)
    try:
        read = tomllib.loads(f"value = {text}")
    except tomllib.TOMLDecodeError as error:
        raise FrontMatterError(_("This is not valid TOML: {reason}").format(reason=error)) from error
    if list(read) != ["value"]:
        raise FrontMatterError(_("Write the value of this field alone"))
    return read["value"]


def shown_text(value: Any, source: str | None) -> str:
    """Return what a one-line field shows for a scalar: text as it is, all else as the file writes it."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if source is not None and "\n" not in source:
        return source.strip()
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if isinstance(value, datetime.date) else str(value)


def _row_state(
    part: groups.Part,
    front_matter: FrontMatter,
    content_type: ContentType,
    facts: FormFacts,
    problems: Mapping[str, list[Problem]],
    suggestions: Mapping[str, tuple[Suggestion, ...]],
    added: Sequence[Field],
) -> RowState:
    field, present, value = part.field, part.present, part.value
    if field.key in facts.choices:
        field = dataclasses.replace(field, choices=facts.choices[field.key])
    found = list(problems.get(field.key, ()))
    declared = facts.proofed and content_type.field(field.key) is not None
    if present and field.choices and not found and not declared:
        found = kinds.validate(field, value)
    kind = field.kind if part.shape or fits(field.kind, value, field.options) else "raw"
    if kind in ("text", "slug") and isinstance(value, str) and ("\n" in value or len(value) > _LONGEST_LINE):
        kind = "long_text"
    pictures = facts.pictures if not part.shape and _is_picture(field) else None
    if pictures is not None and kind in ("raw", "long_text") and _is_line(value):
        kind = "text"  # its path alone
    inherited = None if present and value is not None else part.inherited
    placeholder, hint = _words(field, present, value, inherited, facts)
    return RowState(
        field=field if kind == field.kind else dataclasses.replace(field, kind=kind),
        present=present,
        value=value,
        source=front_matter.source(field.key) if present else None,
        lock=_lock(field.key, front_matter, heading=bool(part.shape)) if present else None,
        problems=tuple(found),
        placeholder=placeholder,
        hint=hint,
        suggestions=suggestions.get(field.key, ()),
        inherited=inherited,
        format=front_matter.format,
        removable=present or any(field.key == new.key for new in added),
        entries=_entries(field.key, value, front_matter)
        if kind == "date" and isinstance(value, dict)
        else (),
        shape=part.shape,
        depth=part.depth,
        group=part.group,
        known=tuple(groups.known_entries(content_type, field.key)) if part.shape == groups.GROUP else (),
        pictures=pictures if kind == "text" else None,
        one_line=not front_matter.holds_lines(field.key),
    )


def _is_picture(field: Field) -> bool:
    """Return whether a field holds the path of a picture: as declared, else by what it is called."""
    name = re.sub("[^a-z]", "", field.key.rpartition(".")[2].lower())
    return bool(field.options.get("picture")) or (
        field.kind in ("text", "long_text", "raw") and name in _PICTURE_NAMES
    )


def _is_line(value: Any) -> bool:
    if value is None:
        return True
    return (
        isinstance(value, str)
        and "\n" not in value
        and len(value) <= _LONGEST_LINE
        and fits("text", value, {})
    )


def _lock(key: str, front_matter: FrontMatter, *, heading: bool) -> str | None:
    if not heading and front_matter.style(key) in _SPREAD:
        return _("This is spread over several lines of the file: edit it in the text")
    return front_matter.lock(key)


def _entries(key: str, value: Mapping[Any, Any], front_matter: FrontMatter) -> tuple[Entry, ...]:
    inner = [(str(name), f"{key}.{name}", entry) for name, entry in value.items()]
    return tuple(
        Entry(name, entry, front_matter.source(dotted), front_matter.lock(dotted))
        for name, dotted, entry in inner
    )


def _words(field: Field, present: bool, value: Any, inherited: Any, facts: FormFacts) -> tuple[str, str]:
    """Return the placeholder of a field and the line below it."""
    hint = facts.notes.get(field.key, "")
    empty = not present or value is None or value == "" or value == []
    if empty and inherited is not None:
        return _inherited_text(inherited), hint or _("Inherited from the folder or the site")
    if field.key == "title" and facts.title:
        return facts.title, hint or (_("From the first heading") if empty else "")
    if field.key == "slug" and facts.slug:
        return facts.slug, hint
    placeholder = field.options.get("placeholder") or _placeholder(field)
    return str(placeholder), hint


def _inherited_text(value: Any) -> str:
    if isinstance(value, list) and not any(isinstance(entry, (list, dict)) for entry in value):
        return ", ".join(str(entry) for entry in value)
    if isinstance(value, (list, dict)):
        return json.dumps(value, ensure_ascii=False, default=str)
    return shown_text(value, None)


def _placeholder(field: Field) -> str:
    if field.key == "tags":
        return _("Add a tag")
    if field.key == "categories":
        return _("Add a category")
    if field.key == "authors":
        return _("Add an author")
    if field.kind in _LIST_KINDS:
        return _("Add one")
    if field.key == "description":
        return _("For search results and cards")
    if field.kind == "date":
        return _("Year-month-day")
    return ""


def _suggestions(key: str, field: Field | None, facts: FormFacts) -> tuple[Suggestion, ...]:
    known = field.options.get("suggestions", ()) if field else ()
    counts = {**dict.fromkeys(known, 0), **facts.completions.get(key, {})}
    allowed = facts.choices.get(key) or (field.choices if field else ())
    names = facts.authors if key == "authors" else {}
    labels = field.options.get("labels", {}) if field else {}
    if allowed or names:
        offered = list(dict.fromkeys([*allowed, *names]))
    else:
        offered = list(counts)
    offered.sort(key=lambda value: (-counts.get(value, 0), value.casefold()))
    return tuple(
        Suggestion(value, counts.get(value, 0), names.get(value, "") or labels.get(value, ""))
        for value in offered
    )
