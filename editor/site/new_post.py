"""New posts: a file where the site keeps its posts, named and begun as its other posts are."""

import contextlib
import json
import os
import re
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

import yaml

from editor import resources
from editor.errors import SiteError
from editor.schema import kinds
from editor.schema.content_type import Field
from editor.site.generators.publish_way import publish_way
from editor.site.habits import Habits, habits_of, sampled_posts
from editor.site.site import Site
from editor.translation import gettext as _

_MAX_NAME = 150
"""In bytes; most file systems take 255, and numbers, dates and suffixes come on top."""
_PLACEHOLDER = re.compile(r"\{\{\s*(\w+)\s*\}\}")
_WHOLE_VALUE = re.compile(r"^([^\s:#][^:\n]*:[ \t]+|[ \t]*-[ \t]+)\{\{\s*(\w+)\s*\}\}[ \t]*$")


def create_post(
    site: Site,
    title: str,
    *,
    template: str | None = None,
    values: Mapping[str, Any] | None = None,
    today: date | None = None,
) -> Path:
    """Make the file of a new post and return its path; a file that is there is never touched.

    Raises as `new_post`, and SiteError where the file can't be written.
    """
    path, text = new_post(site, title, template=template, values=values, today=today)
    data = text.encode()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
    except OSError as error:
        raise SiteError(
            _("The post can't be made: {reason}").format(reason=error.strerror or error), path=path
        ) from error
    return path


def new_post(
    site: Site,
    title: str,
    *,
    template: str | None = None,
    values: Mapping[str, Any] | None = None,
    today: date | None = None,
) -> tuple[Path, str]:
    """Return the path and the text of a new post, which is a draft; nothing is written.

    Both follow the site's other posts, the text of a template where one is named; `values` are set in the
    front matter then. `today` is the day, or the moment, that the post gets. Raises SiteError for a title that
    is empty or gives no file name, or a template that there is not, FrontMatterError where a value can't be
    set.
    """
    title = " ".join(title.split())
    if not title:
        raise SiteError(_("A post needs a title"))
    values = dict(values or {})
    now = today if today is not None else datetime.now().astimezone().replace(microsecond=0)
    given = values.get("date")
    moment = given if isinstance(given, date) else now
    habits = habits_of(site)
    slug = values.get("slug")
    name = _cut(site.slug(slug if isinstance(slug, str) and slug.strip() else title))
    if not name:
        said = _("The title “{title}” gives no file name: put letters or digits in it, or set a slug")
        raise SiteError(said.format(title=title))
    path = _place(site.rules.new_post_dir(), habits, name, moment)
    if not path.is_relative_to(site.root):
        raise SiteError(_("The site keeps its posts outside of its own folder"), path=path)
    if template is None:
        text = _usual_text(site, habits, path, title, name, moment)
    else:
        text = _filled(
            site,
            template_text(site, template),
            {"title": title, "slug": name, "date": habits.date_text(moment)},
        )
    for given_key, value in values.items():
        edit = site.front_matter_of(text).set(key_of_new(site, given_key), value)
        text = edit.apply(text) if edit is not None else text
    return path, text.replace("\n", "\r\n") if habits.crlf else text


def key_of_new(site: Site, key: str) -> str:
    """Return the key by which new posts of the site have `key`: Zola reads its taxonomies in a map of their own."""
    known = site.content_type
    inner = f"taxonomies.{key}"
    return inner if known.field(key) is None and known.field(inner) is not None else key


def is_no_taxonomy(site: Site, key: str) -> bool:
    """Return whether `key` is what taxonomies are called, and the site's generator knows no such one."""
    known = site.content_type
    return (
        key in ("tags", "categories")
        and known.field("taxonomies") is not None
        and known.field(key_of_new(site, key)) is None
    )


def templates(site: Site) -> dict[str, Path]:
    """Return the templates by name: the program's own, and those of the site, which go first."""
    found: dict[str, Path] = {}
    for folder in (resources.root() / "templates", site.root / ".copydesk" / "templates"):
        for file in sorted(folder.glob("*.md")) if folder.is_dir() else ():
            if folder.is_relative_to(site.root) and not file.resolve().is_relative_to(site.root.resolve()):
                continue
            found[file.stem] = file
    return found


def template_text(site: Site, name: str) -> str:
    """Return the text of a template; raises SiteError where there is none of that name."""
    known = templates(site)
    if name not in known:
        if not known:
            raise SiteError(_("There is no template “{name}”: the site has none").format(name=name))
        raise SiteError(
            _("There is no template “{name}”; there are: {names}").format(
                name=name, names=", ".join(sorted(known))
            )
        )
    try:
        return known[name].read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise SiteError(
            _("The template can't be read: {reason}").format(reason=error), path=known[name]
        ) from error


def _usual_text(site: Site, habits: Habits, path: Path, title: str, slug: str, moment: date) -> str:
    """Return the text of a new post in the format and with the keys that the site's other posts have."""
    way = publish_way(site.generator)
    draft = way.key if way.label else "draft"
    asked = _asked_for(site, path)
    values: dict[str, Any] = {}
    for key in habits.keys:
        if key in ("draft", draft):
            values.setdefault(draft, way.draft)
        elif key == "title":
            values[key] = title
        elif key == "slug":
            values[key] = slug
        elif key == "authors" and key not in habits.constants:
            known = list(site.authors(path))
            values[key] = known if len(known) == 1 else []
        elif key in asked and asked[key].options.get("new") is not None:
            values[key] = asked[key].options["new"]
        elif key in habits.constants:
            values[key] = habits.constants[key]
        else:
            values[key] = [] if key in habits.lists else ""
    values.update({key: inner for key, inner in habits.nested.items() if key not in values})
    if site.front_matter == "yaml":
        text = _yaml_block(habits, values, moment)
    else:
        text = _other_block(site, habits, values, moment)
    for key, field in asked.items():
        if key not in values and key.partition(".")[0] not in values:
            edit = site.front_matter_of(text).set(key, _first_value(field, title, slug, moment))
            text = edit.apply(text) if edit is not None else text
    below = []
    if habits.heading:
        below += [f"# {title}", ""]
    if habits.separator:
        below += [habits.separator, ""]
    gap = "\n" if below and not text.endswith("\n\n") else ""
    return text + gap + "\n".join(below)


def _asked_for(site: Site, path: Path) -> dict[str, Field]:
    """Return the fields that files of the site want in the new post `path`, or say how it begins with them."""
    stated = {field.key for declared in site.site_types.of(path) for field in declared.type.fields}
    return {
        field.key: field
        for field in site.content_type_of(path).fields
        if field.key in stated
        and (field.required or field.options.get("wanted") or field.options.get("new") is not None)
    }


def _first_value(field: Field, title: str, slug: str, moment: date) -> Any:
    """Return what a new post has for a field that the site asks for."""
    if field.options.get("new") is None:
        if field.key in ("title", "slug"):
            return title if field.key == "title" else slug
        if field.kind == "date":
            return _day(moment)
    return kinds.default(field)


def _yaml_block(habits: Habits, values: Mapping[str, Any], moment: date) -> str:
    lines = ["---"]
    for key, value in values.items():
        lines += habits.date_lines(moment) if key == "date" else _field(key, value, indent=habits.indent)
    return "\n".join([*lines, "---", ""])


def _other_block(site: Site, habits: Habits, values: Mapping[str, Any], moment: date) -> str:
    """Return a block in the site's own format, which is not YAML, made by the edits that a form would make."""
    headers = [post.source.header for post in sampled_posts(site)]
    capitals = sum(1 for header in headers if re.search(r"(?m)^ {0,3}Title:", header)) * 2 > len(headers)
    text = ""
    tables: list[str] = []
    for key, value in values.items():
        given: Any = value
        if key == "date":
            given = habits.date_text(moment)
            if site.front_matter == "toml":
                given = moment if isinstance(moment, datetime) and " " in given else _day(moment)
        if isinstance(given, Mapping) and site.front_matter == "toml":
            tables.append(_table(site, key, given))
            continue
        edit = site.front_matter_of(text).set(key, given)
        text = edit.apply(text) if edit is not None else text
    if tables:
        at = text.rindex("+++")
        text = text[:at] + "".join(tables) + text[at:]
    if capitals and site.front_matter == "pelican":
        text = re.sub(r"(?m)^[a-z]", lambda match: match.group(0).upper(), text)
    return text if text.endswith("\n\n") else text + "\n"


def _table(site: Site, key: str, values: Mapping[str, Any]) -> str:
    """Return a TOML table, as people write one, with a blank line above it."""
    text = ""
    for name, value in values.items():
        edit = site.front_matter_of(text).set(name, value)
        text = edit.apply(text) if edit is not None else text
    name = key if re.fullmatch(r"[A-Za-z0-9_-]+", key) else json.dumps(key, ensure_ascii=False)
    return f"\n[{name}]\n" + "".join(text.strip().splitlines(keepends=True)[1:-1])


def _day(moment: date) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


def _field(key: str, value: Any, *, indent: str) -> list[str]:
    if isinstance(value, Mapping):
        inner = [line for name, one in value.items() for line in _field(name, one, indent=indent)]
        return [f"{_scalar(key)}:", *((indent or "  ") + line for line in inner)]
    if isinstance(value, list) and value:
        return [f"{_scalar(key)}:", *(f"{indent}- {_scalar(entry)}" for entry in value)]
    return [f"{_scalar(key)}: {_scalar(value)}".rstrip()]


def _scalar(value: Any) -> str:
    """Return a value as YAML on one line, quoted where it would be read as something else."""
    if value == "":
        return '""'
    text: str = yaml.safe_dump(value, default_flow_style=True, allow_unicode=True, width=float("inf"))
    return text.removesuffix("...\n").strip()


def _filled(site: Site, text: str, values: Mapping[str, str]) -> str:
    """Return a template's text with its placeholders filled; a whole value in the front matter as YAML."""
    text = text.replace("\r\n", "\n")
    end = site.front_matter_of(text).body_start or _end_of_block(text)
    lines = []
    for line in text[:end].splitlines(keepends=True):
        match = _WHOLE_VALUE.match(line.rstrip("\n"))
        if match and match.group(2) in values:
            name = match.group(2)
            value = values[name] if name == "date" else _scalar(values[name])
            line = match.group(1) + value + "\n"
        lines.append(line)
    text = "".join(lines) + text[end:]
    return _PLACEHOLDER.sub(lambda match: values.get(match.group(1), match.group(0)), text)


def _end_of_block(text: str) -> int:
    """Return where the block between `---` lines ends, which may be no valid YAML yet."""
    match = re.match(r"---[ \t]*\n.*?\n---[ \t]*(?:\n|\Z)", text, re.DOTALL)
    return match.end() if match else 0


def _cut(name: str) -> str:
    """Return as much of a file's name as every file system takes."""
    return name.encode()[:_MAX_NAME].decode("utf-8", "ignore").rstrip("-_. ")


def _place(folder: Path, habits: Habits, name: str, moment: date) -> Path:
    """Return the file of a new post, where there is none yet.

    Where posts are in folders of their dates, and that of the day has its post, it gets one of its own name.
    """
    path = folder / habits.file_name(name, moment)
    if "{slug}" in habits.name:
        return _free(path)
    return _free(path.parent.with_name(name) / path.name) if os.path.lexists(path) else path


def _free(path: Path) -> Path:
    """Return `path`, or with a number where that is taken: `post-2.md`, or the folder for `post/index.md`."""
    number = 1
    candidate = path
    with contextlib.suppress(OSError):
        while os.path.lexists(candidate) or (path.stem == "index" and candidate.parent.exists()):
            number += 1
            if path.stem == "index":
                candidate = path.parent.with_name(f"{path.parent.name}-{number}") / path.name
            else:
                candidate = path.with_name(f"{path.stem}-{number}{path.suffix}")
    return candidate
