"""`copydesk meta`: read the front matter of posts, or change single fields of it in place."""

import argparse
import datetime
import difflib
import json
import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from editor.cli import output
from editor.errors import CopydeskError, FrontMatterError, NotEditable, OpenError
from editor.post.document import PostDocument
from editor.post.front_matter import FrontMatter, read, read_meta, read_value, reader_of
from editor.post.text_edit import TextEdit
from editor.schema import kinds
from editor.schema.content_type import ContentType, Field
from editor.site.find import SiteFinder, open_site
from editor.site.site import Site
from editor.translation import gettext as _

_TEXTS = ("title", "slug", "description")
"""Text everywhere, whatever a site's content type or YAML would make of it."""
_LINES = ("pelican", "multimarkdown", "nikola")
"""Formats in which everything is text."""


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
    source, reading = sites.reading(path)
    document = PostDocument.open(source)
    if document.read_only:
        raise OpenError(document.read_only, path=source)
    front_matter = reading(document.text)
    try:
        if front_matter.problem:
            raise front_matter.problem
        for wanted in arguments.edits or []:
            edit = _edit(front_matter, wanted, sites.field(path, wanted.key, front_matter.values))
            if edit is not None:
                front_matter = reading(edit.apply(front_matter.text))
    except FrontMatterError as error:
        error.path = error.path or source
        raise
    if front_matter.text != document.text:
        if arguments.dry_run:
            for line in _diff(source, document.text, front_matter.text):
                output.say(line)
        else:
            document.save(front_matter.text)
    return front_matter


def _edit(front_matter: FrontMatter, wanted: "_Edit", field: Field | None) -> TextEdit | None:
    """Return the edit of the text that does what an option says."""
    try:
        return _edit_of_field(front_matter, wanted, field)
    except FrontMatterError as error:
        error.line = error.line or front_matter.line(wanted.key)
        raise


def _edit_of_field(front_matter: FrontMatter, wanted: "_Edit", field: Field | None) -> TextEdit | None:
    option, key, text = wanted.option, wanted.key, wanted.text
    is_text = key in _TEXTS or front_matter.writes in _LINES
    if option == "--unset":
        return front_matter.unset(key)
    if option == "--add":
        return front_matter.add(key, text if is_text else _item(text, field))
    if option == "--remove":
        # Whoever takes an item out names it as it stands there, whatever its type.
        edit = front_matter.remove(key, text)
        if edit is None and not is_text:
            try:
                edit = front_matter.remove(key, read_value(text))
            except NotEditable:
                raise
            except FrontMatterError:
                pass  # no YAML, so it can't be there
        return edit
    if is_text:
        return front_matter.set(key, text)
    if field is not None:
        return front_matter.set(key, kinds.parse(field, text))
    value = _yaml(text)
    if isinstance(value, datetime.date) and front_matter.writes == "json":
        return front_matter.set(key, text.strip())
    exact = isinstance(value, float | datetime.date) and front_matter.writes == "yaml"
    if exact and front_matter.source(key) != text.strip():
        return front_matter.set_source(key, text)  # as it was given: 1.10, 2024-01-31T10:00:00Z
    return front_matter.set(key, value)


def _item(text: str, field: Field | None) -> Any:
    """Return the item that `text` means in the list `field`."""
    if field is not None and field.kind in ("list", "choices"):
        return kinds.parse(field, json.dumps([text], ensure_ascii=False))[0]
    return _yaml(text)


def _yaml(text: str) -> Any:
    """Return the value that `text` means in YAML; raises FrontMatterError."""
    try:
        return read_value(text)
    except FrontMatterError as error:
        raise FrontMatterError(_("“{text}” is not valid YAML: quote it").format(text=text)) from error


class _Sites:
    """The sites that the files belong to; each folder is looked up once, and only where it matters."""

    def __init__(self, named: Site | None) -> None:
        """Take the site that was named for all files, if there is one."""
        self._named = named
        self._finder = SiteFinder()
        self._types: dict[tuple[Path, tuple[int, ...]], ContentType] = {}

    def field(self, path: Path, key: str, values: Mapping[str, Any]) -> Field | None:
        """Return what the site of the post `path`, with the front matter `values`, says about the field."""
        if key in _TEXTS:
            return None
        path = path.absolute()
        site = self._site_of(path)
        if site is None:
            return None
        # Posts of one folder may have several types, by what they say themselves.
        known = (path.parent, tuple(id(stated) for stated in site.site_types.of(path, values)))
        if known not in self._types:
            self._types[known] = site.content_type_of(path, values)
        return self._types[known].field(key)

    def reading(self, path: Path) -> tuple[Path, Callable[[str], FrontMatter]]:
        """Return the file that holds the front matter of the post `path`, and what reads its text."""
        site = self._site_of(path.absolute())
        if site is None:
            return path, read
        beside = path.with_suffix(".meta")
        if site.generator == "nikola" and beside.is_file():
            return beside, read_meta
        reader = reader_of(site.generator, site.front_matter)
        return path, lambda text: read(text, reader, site.front_matter)

    def name_of(self, path: Path) -> str:
        """Return the path by which the post is called: relative to its site, where it is in one."""
        site = self._site_of(path.absolute())
        name = site.relative(path.absolute()) if site else str(path)
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
