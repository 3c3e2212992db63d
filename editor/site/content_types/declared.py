"""Declared: a content type that a file of the site describes, and which posts it is for."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from editor.errors import CopydeskError, SiteError
from editor.schema.content_type import ContentType, Field
from editor.schema.limits import compiled
from editor.site.content_types.documents import Document
from editor.translation import gettext as _

COPYDESK, CMS, BUILD = "copydesk", "cms", "build"
"""Who describes: the site for this program, the site for another editor, or the build itself."""
_MOST_ENTRIES = 5_000
_DEEPEST = 4
"""Maps inside maps whose fields are read."""


@dataclass(frozen=True, slots=True)
class Declared:
    """One content type of one file."""

    type: ContentType
    file: Path
    source: str
    """COPYDESK, CMS or BUILD."""
    lines: Mapping[str, int] = field(default_factory=dict)
    """The line of each field."""
    folders: tuple[str, ...] = ()
    """Whose posts it is for, relative to the site with forward slashes; an empty text is the whole site."""
    files: frozenset[str] = frozenset()
    """Single posts that it is for, relative to the site."""
    named_by: tuple[str, ...] = ()
    """Keys of the front matter by which a post may name the type."""
    wanted_value: tuple[str, Any] | None = None
    """Key and value that a post in one of the folders must have."""
    shallow: bool = False
    """Whether subfolders are left out."""

    def match(self, path: str, values: Mapping[str, Any]) -> int:
        """Return how closely the type fits the post at `path`, relative to the site; 0: not at all."""
        if path in self.files:
            return 100_000
        if any(values.get(key) == self.type.name for key in self.named_by):
            return 50_000
        if self.wanted_value and values.get(self.wanted_value[0]) != self.wanted_value[1]:
            return 0
        parts = PurePosixPath(path).parts
        best = 0
        for folder in self.folders:
            inner = PurePosixPath(folder).parts
            # A bundle is a folder with one post: a level more is no subfolder.
            if parts[: len(inner)] == inner and not (self.shallow and len(parts) > len(inner) + 2):
                best = max(best, 2 * len(inner) + 1 + bool(self.wanted_value))
        return best


class Description:
    """A document that is being read as a description of posts, and what is wrong with it."""

    def __init__(self, document: Document, root: Path) -> None:
        """Start reading `document`, of the site at `root`."""
        self.document = document
        self.root = root
        self.problems: list[CopydeskError] = []
        self._entries = 0
        self.files: list[Path] = []
        """Other files that were read for it."""

    def complain(self, message: str, *place: str | int) -> None:
        """Note a problem with what stands at `place`."""
        self.problems.append(SiteError(message, path=self.document.path, line=self.document.line(*place)))

    def maps(self, value: Any, *place: str | int) -> Iterator[tuple[int, Mapping[str, Any]]]:
        """Yield the maps of a list with their numbers; anything else is a problem."""
        if value is None:
            return
        if not isinstance(value, list):
            self.complain(_("This must be a list"), *place)
            return
        for number, entry in enumerate(value):
            if not self.goes_on():
                return
            if isinstance(entry, Mapping):
                yield number, entry
            else:
                self.complain(_("Each entry must have names with values"), *place, number)

    def goes_on(self) -> bool:
        """Count one more entry, and return whether it is to be read.

        What refers to itself, through aliases, groups or components, has no end.
        """
        self._entries += 1
        if self._entries == _MOST_ENTRIES:
            self.complain(_("The file describes more than can be read: does a part of it contain itself?"))
        return self._entries < _MOST_ENTRIES

    def name(self, entry: Mapping[str, Any], *place: str | int) -> str:
        """Return the name of a field or collection; an empty text, and a problem, where it has none."""
        name = entry.get("name")
        if isinstance(name, str) and name.strip():
            return name.strip()
        self.complain(_("The name is missing"), *place)
        return ""

    def pattern(self, value: Any, message: Any, *place: str | int) -> dict[str, Any]:
        """Return the options of a pattern; one that can't be tried is a problem."""
        if not isinstance(value, str) or not value:
            return {}
        said = {"pattern_message": message} if isinstance(message, str) and message else {}
        if compiled(value) is None:
            self.complain(
                _("“{pattern}” is too involved to be tried while you type: it is not checked").format(
                    pattern=value
                ),
                *place,
            )
            return {}
        return {"pattern": value, **said}

    def folder(self, value: Any, *place: str | int) -> str | None:
        """Return a folder relative to the site, None and a problem where there is none such.

        Content management systems count from the top of the repository, which may be above the site.
        """
        if not isinstance(value, str):
            self.complain(_("This must be a folder"), *place)
            return None
        name = value.replace("\\", "/").strip("/")
        if name in ("", "."):
            return ""
        if ".." in name.split("/"):
            self.complain(_("“{folder}” leads out of the site").format(folder=value), *place)
            return None
        if (self.root / name).exists():
            return PurePosixPath(name).as_posix()
        for above in [self.root, *self.root.parents][1:4]:
            if (above / name).exists() and (above / name).is_relative_to(self.root):
                return (above / name).relative_to(self.root).as_posix().removeprefix(".")
            if (above / name).exists() and self.root.is_relative_to(above / name):
                return ""
            if (above / ".git").exists():
                break
        return PurePosixPath(name).as_posix()  # its first post is yet to be written


def text(value: Any) -> str:
    """Return a text, or an empty one for anything else."""
    return value.strip() if isinstance(value, str) else ""


def scalar(value: Any) -> str | None:
    """Return a choice as the text that a field has, None where it is no scalar."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, str | int | float) else None


def choices(value: Any, *keys: str) -> tuple[str, ...]:
    """Return the choices of a list of texts, or of maps that have theirs at the first of `keys` they know."""
    found = []
    for entry in value if isinstance(value, list) else []:
        if isinstance(entry, Mapping):
            entry = next((entry[key] for key in keys or ("value",) if key in entry), None)
        choice = scalar(entry)
        if choice is not None:
            found.append(choice)
    return tuple(dict.fromkeys(found))


def labels(value: Any, label: str, *keys: str) -> dict[str, Any]:
    """Return the option `labels` for a list of maps as `choices` reads it: value -> what stands at `label`."""
    found = {}
    for entry in value if isinstance(value, list) else []:
        choice = choices([entry], *keys) if isinstance(entry, Mapping) else ()
        words = text(entry.get(label)) if choice else ""
        if words and words != choice[0]:
            found[choice[0]] = words
    return {"labels": found} if found else {}


def nested(outer: Field, inner: Sequence[Field]) -> list[Field]:
    """Return a map's field and those of what is in it, with dotted keys."""
    if outer.key.count(".") >= _DEEPEST:
        return [outer]
    return [outer, *(_inside(outer.key, entry) for entry in inner)]


def _inside(key: str, entry: Field) -> Field:
    return Field(
        f"{key}.{entry.key}",
        entry.kind,
        entry.label,
        entry.description,
        entry.required,
        False,
        entry.choices,
        entry.default,
        entry.options,
        entry.severity,
    )


def numbers(entry: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    """Return the limits that `entry` sets, by the names of `names` (theirs -> ours)."""
    found = {}
    for theirs, ours in names.items():
        value = entry.get(theirs)
        if isinstance(value, int | float) and not isinstance(value, bool):
            found[ours] = value
    return found
