"""`copydesk meta`: read the front matter of posts, or change single fields of it in place."""

import argparse
import datetime
import difflib
import json
import math
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from editor.cli import output
from editor.cli.values import ANY_CASE, LINES, TEXTS, read_item, read_setting
from editor.errors import CopydeskError, FrontMatterError, NotEditable, OpenError
from editor.post.document import PostDocument
from editor.post.front_matter import FrontMatter, read, read_meta, read_value, reader_of
from editor.post.lines import position
from editor.post.recovery.unsaved import journal_folder
from editor.post.text_edit import TextEdit
from editor.proof.contents import SUFFIXES
from editor.proof.rules.keys import near_key
from editor.schema.content_type import ContentType, Field
from editor.settings import Settings
from editor.site.files import as_written
from editor.site.find import SiteFinder, open_site
from editor.site.generators.plain import Plain
from editor.site.site import Site
from editor.translation import gettext as _

_TEXT_FILES = (*SUFFIXES, ".html", ".htm", ".txt", ".rst", ".adoc", ".org", ".meta", "")
"""Suffixes of files that may well be a post without front matter yet."""
_DATA = (".toml", ".yaml", ".yml", ".json", ".jsonc", ".json5", ".csv", ".xml")
"""Suffixes of files that are no posts, though some of them could be read as front matter."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Give `parser` the options of `copydesk meta`."""
    parser.add_argument("files", metavar="FILE", nargs="+", type=Path, help=_("the posts"))
    parser.add_argument("--json", action="store_true", help=_("print an object from path to values"))
    options = {
        "--set": ("KEY=VALUE", _("give the field a value; dots lead into maps: date.updated")),
        "--add": ("KEY=ITEM", _("append to the field's list")),
        "--remove": ("KEY=ITEM", _("take out of the field's list")),
        "--unset": ("KEY", _("take the field away")),
    }
    for option, (metavar, words) in options.items():
        # One list for all of them: edits are made in the order in which they are given.
        parser.add_argument(
            option, metavar=metavar, type=_edit_by(option), action="append", dest="edits", help=words
        )
    parser.add_argument("--dry-run", action="store_true", help=_("print a diff, change no file"))
    parser.add_argument("--site", metavar="DIR", type=Path, help=_("the site; default: found upwards"))


def run(arguments: argparse.Namespace) -> int:
    """Do what the options say with each file; return 1 where one could not be done, else 0."""
    try:
        sites = _Sites(open_site(arguments.site) if arguments.site else None)
    except CopydeskError as error:
        error.path = error.path or arguments.site
        output.complain(error)
        return 1
    values: dict[str, dict[str, Any]] = {}
    failed = False
    for path in arguments.files:
        try:
            front_matter = _process(path, arguments, sites)
            name = sites.name_of(path) if arguments.json else str(path)
        except CopydeskError as error:
            error.path = error.path or path
            output.complain(error)
            failed = True
            continue
        values[name] = {key: _json_value(value) for key, value in front_matter.values.items()}
    if arguments.json:
        output.say_json(values)
    elif not arguments.edits:
        for line in _listing(values):
            output.say(line)
    return int(failed)


def _process(path: Path, arguments: argparse.Namespace, sites: "_Sites") -> FrontMatter:
    """Make the edits in one file and return its front matter."""
    if path.suffix.lower() in _DATA:
        raise _no_post(path)
    source, reading = sites.reading(path)
    document = PostDocument.open(source)
    if document.read_only:
        raise OpenError(document.read_only, path=source)
    front_matter = reading(document.text)
    if source.suffix.lower() not in _TEXT_FILES and front_matter.format == "none":
        raise _no_post(source)
    notes: list[str] = []
    try:
        if front_matter.problem:
            raise front_matter.problem
        for wanted in arguments.edits or []:
            edit = _edit(front_matter, wanted, sites.field(path, wanted.key, front_matter))
            note = _note(edit, wanted, front_matter, sites.known_keys(path, front_matter.values))
            notes += [note] if note else []
            if edit is not None:
                front_matter = reading(edit.apply(front_matter.text))
    except FrontMatterError as error:
        error.path = error.path or source
        raise
    for told in notes:
        output.note(told, source)
    if front_matter.text != document.text:
        if arguments.dry_run:
            for line in _diff(source, document.text, front_matter.text):
                output.say(line)
        else:
            document.save(front_matter.text, spare=journal_folder(Settings().state_dir))
    return front_matter


def _no_post(path: Path) -> OpenError:
    return OpenError(_("This is no post: nothing publishes such a file as a text"), path=path)


def _edit(front_matter: FrontMatter, wanted: "_Edit", field: Field | None) -> TextEdit | None:
    """Return the edit of the text that does what an option says."""
    try:
        return _edit_of_field(front_matter, wanted, field)
    except FrontMatterError as error:
        error.line = error.line or _line_of(front_matter, wanted.key)
        raise


def _edit_of_field(front_matter: FrontMatter, wanted: "_Edit", field: Field | None) -> TextEdit | None:
    option, key, text = wanted.option, wanted.key, wanted.text
    if option == "--unset":
        return front_matter.unset(key)
    if option == "--add":
        return front_matter.add(key, read_item(key, text, field, front_matter.writes))
    if option == "--remove":
        # Whoever takes an item out names it as it stands there, whatever its type.
        edit = front_matter.remove(key, text)
        if edit is None and not (key in TEXTS or front_matter.writes in LINES):
            try:
                edit = front_matter.remove(key, read_value(text))
            except NotEditable:
                raise
            except FrontMatterError:
                pass  # no YAML, so it can't be there
        return edit
    value = read_setting(key, text, field, front_matter.writes)
    if front_matter.writes in LINES:
        # A list is written as the format has lists, all else as it was given.
        is_list = isinstance(value, list) and text.lstrip().startswith("[")
        return front_matter.set(key, value if is_list else text)
    if field is not None or isinstance(value, str):
        return front_matter.set(key, value)
    if isinstance(value, datetime.date) and front_matter.writes == "json":
        return front_matter.set(key, text.strip())
    exact = isinstance(value, float | datetime.date) and front_matter.writes == "yaml"
    if exact and front_matter.source(key) != text.strip():
        return front_matter.set_source(key, text)  # as it was given: 1.10, 2024-01-31T10:00:00Z
    return front_matter.set(key, value)


def _note(
    edit: TextEdit | None, wanted: "_Edit", front_matter: FrontMatter, known: Collection[str]
) -> str | None:
    """Return what is worth a word though it is no error: nothing was there, or a key looks misspelt."""
    key, there = wanted.key, front_matter.line(wanted.key) is not None
    if wanted.option in ("--unset", "--remove"):
        if edit is not None:
            return None
        if not there:
            return _("There is no field “{key}”, so there is nothing to take away").format(key=key)
        return _("There is no “{value}” in “{key}”, so there is nothing to take away").format(
            value=wanted.text, key=key
        )
    near = None if there or key in known else near_key(key, known)
    if near is None:
        return None
    return _("“{key}” is not a known field: did you mean “{near}”?").format(key=key, near=near)


def _line_of(front_matter: FrontMatter, key: str) -> int:
    """Return the line of the field, or the first one of the front matter where there is no such field."""
    return front_matter.line(key) or position(front_matter.text, front_matter.start)[0]


class _Sites:
    """The sites that the files belong to; each folder is looked up once, and only where it matters."""

    def __init__(self, named: Site | None) -> None:
        """Take the site that was named for all files, if there is one."""
        self._named = named
        self._finder = SiteFinder()
        self._types: dict[tuple[Path, tuple[int, ...]], ContentType] = {}

    def field(self, path: Path, key: str, front_matter: FrontMatter) -> Field | None:
        """Return what the site of the post `path` says about the field; Pelican's lines know no capitals."""
        found = self._type(path, front_matter.values)
        if found is not None and key not in TEXTS:
            return found.field(key.lower() if front_matter.writes in ANY_CASE else key)
        # Without a schema, the format alone knows lists: those that it divides.
        divided = front_matter.writes in LINES and front_matter.style(key) == "line"
        return Field(key, "list") if divided else None

    def known_keys(self, path: Path, values: Mapping[str, Any]) -> tuple[str, ...]:
        """Return the keys that the site of the post `path` knows, or those that every blog has."""
        found = self._type(path, values) or Plain(root=path.parent, trusted=False).content_type(None)
        return tuple(field.key for field in found.fields)

    def _type(self, path: Path, values: Mapping[str, Any]) -> ContentType | None:
        path = as_written(path)
        site = self._site_of(path)
        if site is None:
            return None
        # Posts of one folder may have several types, by what they say themselves.
        known = (path.parent, tuple(id(stated) for stated in site.site_types.of(path, values)))
        if known not in self._types:
            self._types[known] = site.content_type_of(path, values)
        return self._types[known]

    def reading(self, path: Path) -> tuple[Path, Callable[[str], FrontMatter]]:
        """Return the file that holds the front matter of the post `path`, and what reads its text."""
        site = self._site_of(as_written(path))
        if site is None:
            return path, read
        beside = path.with_suffix(".meta")
        if site.generator == "nikola" and beside.is_file():
            return beside, read_meta
        reader = reader_of(site.generator, site.front_matter)
        return path, lambda text: read(text, reader, site.front_matter)

    def name_of(self, path: Path) -> str:
        """Return the path by which the post is called: relative to its site, where it is in one."""
        site = self._site_of(as_written(path))
        name = site.relative(as_written(path)) if site else str(path)
        return str(path) if Path(name).is_absolute() else name

    def _site_of(self, path: Path) -> Site | None:
        return self._named or self._finder.find(path)


@dataclass(frozen=True, slots=True)
class _Edit:
    """One edit, as an option gives it."""

    option: str
    key: str
    text: str = ""


def _edit_by(option: str) -> Callable[[str], _Edit]:
    """Return what reads the argument of `option`."""

    def parse(text: str) -> _Edit:
        if option == "--unset":
            if not text:
                raise argparse.ArgumentTypeError(_("the key is empty"))
            return _Edit(option, text)
        key, equals, value = text.partition("=")
        if not key or not equals:
            raise argparse.ArgumentTypeError(_("“{text}” is not KEY=VALUE").format(text=text))
        return _Edit(option, key, value)

    return parse


def _json_value(value: Any) -> Any:
    """Return a value of the front matter as JSON has it: dates as ISO text, no infinite numbers."""
    if isinstance(value, Mapping):
        return {key: _json_value(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_json_value(inner) for inner in value]
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    return value


def _listing(values: dict[str, dict[str, Any]]) -> Iterator[str]:
    """Yield `key: value` lines; below the path, where there are several files."""
    for path, fields in values.items():
        if len(values) > 1:
            yield path
        for key, value in fields.items():
            told = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
            yield f"{'  ' if len(values) > 1 else ''}{key}: {told}"


def _diff(path: Path, before: str, after: str) -> Iterator[str]:
    """Yield the lines of a diff as `git diff` shows it: divided where git does, the carriage returns kept."""
    lines = difflib.unified_diff(_lines(before), _lines(after), f"a/{path}", f"b/{path}", lineterm="\n")
    for line in lines:
        yield line.removesuffix("\n")
        if not line.endswith("\n"):
            yield "\\ No newline at end of file"


def _lines(text: str) -> list[str]:
    *lines, rest = text.split("\n")
    return [line + "\n" for line in lines] + ([rest] if rest else [])
