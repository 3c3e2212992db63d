"""The habits of a site: how its posts are named and begin, learnt from those that are there."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, Any

from editor.errors import OpenError
from editor.post.disk import read_bytes
from editor.site.generators.dates import as_moment
from editor.site.generators.rules import Source
from editor.site.site import Site

if TYPE_CHECKING:
    from pathlib import Path

_SAMPLE = 60
_FEWEST = 3
"""Posts of a folder that show its own habits."""
_NEVER_COPIED = ("pin", "links", "readtime", "image", "cover", "permalink", "aliases", "updated", "lastmod")
"""Keys that belong to one post; those of a new one are for its writer to set."""
_LISTS = ("categories", "tags", "authors")
_PERSONS = ("author", "authors", "byline", "editor", "editors", "writer")
"""Keys that name people: those of others are nobody's habit."""
_OWN = ("title", "date", "draft", "slug", "description", "summary", "tags", "categories")
"""Keys whose values are each post's own."""
_DATE_SHAPE = re.compile(
    r"\d{4}-\d{2}-\d{2}(?:(?P<separator>[Tt ])\d{2}:\d{2}(?P<seconds>:\d{2}(?:\.\d+)?)?"
    r"(?P<zone>Z|[ ]?[+-]\d{2}:?\d{2})?)?"
)


@dataclass(frozen=True, slots=True)
class Habits:
    """What the posts of a site have in common."""

    keys: tuple[str, ...]
    """The keys of a new post's front matter, in order; `draft` is one of them."""
    constants: Mapping[str, Any] = field(default_factory=dict)
    """The value of a key that is nearly always the same."""
    nested: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """What a new post has in maps: outer key -> inner key -> value, empty where each post has its own."""
    lists: frozenset[str] = frozenset(_LISTS)
    """Keys whose values are lists."""
    name: str = "{slug}.md"
    """How a file is named, below the folder of posts: {slug}, {year}, {month}, {day}."""
    date_shape: str = "0000-00-00"
    date_map: bool = False
    """Whether the date is a map with `created`."""
    date_quote: str = ""
    indent: str = "  "
    heading: bool = False
    """Whether the body begins with the title as heading."""
    separator: str = ""
    """What ends the excerpt; empty where posts have none."""
    crlf: bool = False

    def file_name(self, slug: str, day: date) -> str:
        """Return the path of a new post below the folder of posts."""
        year, month, number = f"{day.year:04}", f"{day.month:02}", f"{day.day:02}"
        return self.name.format(slug=slug, year=year, month=month, day=number)

    def date_text(self, day: date) -> str:
        """Return a day or moment as the site writes its dates, with a time only where the others have one."""
        shape = _DATE_SHAPE.fullmatch(self.date_shape)
        moment = day if isinstance(day, datetime) else datetime.combine(day, time())
        if shape is None or not shape["separator"]:
            return moment.strftime("%Y-%m-%d")
        zone = (shape["zone"] or "").strip()
        if zone and moment.tzinfo is None:
            moment = moment.astimezone()
        if zone == "Z":
            moment = moment.astimezone(tz=UTC)
        text = moment.strftime(f"%Y-%m-%d{shape['separator']}%H:%M" + (":%S" if shape["seconds"] else ""))
        if not zone:
            return text
        offset = moment.strftime("%z")
        gap = " " if (shape["zone"] or "").startswith(" ") else ""
        return (
            text
            + gap
            + ("Z" if zone == "Z" else f"{offset[:3]}:{offset[3:5]}" if ":" in zone else offset[:5])
        )

    def date_lines(self, day: date) -> list[str]:
        """Return the lines of the front matter that hold the date."""
        text = f"{self.date_quote}{self.date_text(day)}{self.date_quote}"
        return ["date:", f"{self.indent}created: {text}"] if self.date_map else [f"date: {text}"]


@dataclass(frozen=True, slots=True)
class SampledPost:
    """One of the posts that habits are learnt from."""

    path: str
    """Relative to the folder of new posts, with forward slashes."""
    source: Source
    crlf: bool


def habits_of(site: Site) -> Habits:
    """Return the habits that a sample of the site's posts shows, or the generator's usual ones."""
    posts = sampled_posts(site)
    facts = site.page_context(None, {}).facts
    blog = facts.get("blog") or {}
    is_blog = bool(blog.get("post"))
    separator = str(blog.get("separator", ""))
    if not posts:
        first = ["date", "draft", "categories"] if is_blog else ["title", "date", "draft"]
        if is_blog and len(site.authors()) == 1:
            first.append("authors")
        return Habits(
            tuple(first),
            name=site.rules.new_post_name,
            heading=is_blog,
            separator=separator if is_blog else "",
        )
    name = _name(posts)
    beside = [post for post in posts if _folder(_pattern(post.path)) == _folder(name)]
    posts = beside if len(beside) >= _FEWEST else posts
    usual_keys = _keys(posts)
    heading = _most(posts, lambda post: post.source.body.startswith("# "))
    if not heading and "title" not in usual_keys:
        usual_keys = ["title", *usual_keys]
    if "date" not in usual_keys and site.content_type.field("date") is not None:
        usual_keys.insert(usual_keys.index("title") + 1 if "title" in usual_keys else 0, "date")
    if "draft" not in usual_keys:
        usual_keys.insert(usual_keys.index("date") + 1 if "date" in usual_keys else len(usual_keys), "draft")
    constants = _constants(posts, usual_keys)
    keys = tuple(key for key in usual_keys if key in constants or _is_filled(key))
    shape, quote, date_map, indent = _date_style(posts, strict=is_blog)
    return Habits(
        keys=keys,
        constants=constants,
        nested=_nested(posts),
        lists=frozenset((*_LISTS, *_list_keys(posts))),
        name=name,
        date_shape=shape,
        date_map=date_map,
        date_quote=quote,
        indent=indent,
        heading=heading,
        separator=separator if separator and _most(posts, lambda post: separator in post.source.body) else "",
        crlf=_most(posts, lambda post: post.crlf),
    )


def sampled_posts(site: Site) -> list[SampledPost]:
    """Return some of the posts, those that were written last as far as names and times of files tell."""
    folder = site.rules.new_post_dir()
    found: list[tuple[float, Path]] = []
    for path in site.post_paths():
        if path.is_relative_to(folder):
            try:
                found.append((path.stat().st_mtime, path))
            except OSError:
                continue
    posts = []
    for _time, path in sorted(found)[-_SAMPLE:]:
        try:
            text = read_bytes(path).decode("utf-8-sig")
        except (OpenError, UnicodeDecodeError):
            continue
        source = site.read(text)
        if source.values:
            posts.append(SampledPost(path.relative_to(folder).as_posix(), source, "\r\n" in text[:2000]))
    return posts


def _most(posts: Sequence[SampledPost], holds: Callable[[SampledPost], bool]) -> bool:
    return sum(1 for post in posts if holds(post)) * 2 >= len(posts)


def _keys(posts: Sequence[SampledPost]) -> list[str]:
    """Return the keys that at least half of the posts have, in their usual order."""
    places: dict[str, list[float]] = {}
    for post in posts:
        keys = list(post.source.values)
        for place, key in enumerate(keys):
            places.setdefault(key, []).append(place / len(keys))
    usual = [key for key, found in places.items() if len(found) * 2 >= len(posts)]
    return sorted(usual, key=lambda key: sum(places[key]) / len(places[key]))


def _is_filled(key: str) -> bool:
    """Return whether a new post gets the key even though its value differs from post to post."""
    return key in ("title", "date", "draft", "slug", "description", "summary", *_LISTS)


def _constants(posts: Sequence[SampledPost], keys: Iterable[str]) -> dict[str, Any]:
    """Return the values that nearly all posts share, of keys that may be copied."""
    constants: dict[str, Any] = {}
    for key in keys:
        if key in (*_OWN, *_NEVER_COPIED):
            continue
        values = [post.source.values[key] for post in posts if key in post.source.values]
        if values and not isinstance(values[-1], Mapping | date):
            shared = _shared(key, values, len(posts))
            if shared is not None:
                constants[key] = shared
    return constants


def _shared(key: str, values: Sequence[Any], posts: int) -> Any:
    """Return the value that nearly all posts have in common for `key`, of people all of them; None for none."""
    common, count = Counter(repr(value) for value in values).most_common(1)[0]
    value = next(value for value in values if repr(value) == common)
    if key in _PERSONS:
        single = not isinstance(value, list) or len(value) == 1
        return value if single and count == posts else None
    alone = posts > 1 or key in _LISTS or isinstance(value, bool)
    return value if alone and count * 5 >= len(values) * 4 else None


def _nested(posts: Sequence[SampledPost]) -> dict[str, dict[str, Any]]:
    """Return what a new post has in its maps: what is usual there, as of the keys outside, and what all have."""
    nested: dict[str, dict[str, Any]] = {}
    for outer in _keys(posts):
        if outer in ("date", *_NEVER_COPIED):
            continue
        maps = [post.source.values.get(outer) for post in posts]
        held = [found for found in maps if isinstance(found, Mapping)]
        if len(held) * 2 < len(posts):
            continue
        inner: dict[str, Any] = {}
        for name in dict.fromkeys(str(name) for found in held for name in found):
            values = [found[name] for found in held if name in found]
            if len(values) * 2 >= len(posts):
                value = _inner_value(name, values, len(posts))
                if value is not None:
                    inner[name] = value
        if inner:
            nested[outer] = inner
    return nested


def _inner_value(name: str, values: Sequence[Any], posts: int) -> Any:
    """Return what a new post has for a key in a map; None where it does without."""
    if any(isinstance(value, Mapping | date) for value in values):
        return None
    if name not in (*_OWN, *_NEVER_COPIED):
        shared = _shared(name, values, posts)
        if shared is not None:
            return shared
    if any(isinstance(value, list) and any(isinstance(e, Mapping) for e in value) for value in values):
        return None
    if all(isinstance(value, list) for value in values):
        return [] if name in (*_LISTS, *_PERSONS) or len(values) == posts else None
    return "" if len(values) == posts and all(isinstance(value, str) for value in values) else None


def _list_keys(posts: Sequence[SampledPost]) -> set[str]:
    return {key for post in posts for key, value in post.source.values.items() if isinstance(value, list)}


def _date_style(posts: Sequence[SampledPost], *, strict: bool) -> tuple[str, str, bool, str]:
    """Return the shape of the dates (with zeros for digits), their quotes, if they are maps, the indent."""
    shapes: Counter[tuple[str, str]] = Counter()
    indents: Counter[str] = Counter()
    maps = dated = 0
    for post in posts:
        value = post.source.values.get("date")
        is_map = isinstance(value, Mapping)
        maps += is_map
        dated += value is not None
        if strict and as_moment(value.get("created") if isinstance(value, Mapping) else value) is None:
            continue
        match = re.search(
            r"^(?:(?:\.\. )?[Dd]ate|(?P<indent>[ ]+)created):[ \t]*(?P<quote>[\"']?)(?P<date>\d[^\"'#\n]*)",
            post.source.header,
            re.MULTILINE,
        )
        if match:
            shape = re.sub(r"\d", "0", match["date"].strip()).replace("-00:00", "+00:00")
            if _DATE_SHAPE.fullmatch(shape):
                shapes[(re.sub(r"\.0+", "", shape), match["quote"])] += 1
        listed = re.search(r"^([ ]*)- ", post.source.header, re.MULTILINE)
        if match and match["indent"]:
            indents[match["indent"]] += 1
        elif listed and listed.group(1):
            indents[listed.group(1)] += 1
    shape, quote = shapes.most_common(1)[0][0] if shapes else ("0000-00-00", "")
    indent = indents.most_common(1)[0][0] if indents else "  "
    return shape, quote, maps * 2 > dated, indent


def _name(posts: Sequence[SampledPost]) -> str:
    """Return how most of the files are named, with {year}, {month}, {day} and {slug}."""
    patterns = Counter(_pattern(post.path) for post in posts)
    return patterns.most_common(1)[0][0]


def _folder(pattern: str) -> str:
    return pattern.rpartition("/")[0]


def _pattern(path: str) -> str:
    *folders, file = path.split("/")
    stem, dot, suffix = file.rpartition(".")
    parts: list[str] = []
    for number, folder in enumerate(folders):
        before = parts[-1] if parts else ""
        if re.fullmatch(r"(19|20)\d\d", folder):
            parts.append("{year}")
        elif re.fullmatch(r"(19|20)\d\d-\d\d-\d\d", folder):
            parts.append("{year}-{month}-{day}")
        elif re.fullmatch(r"(19|20)\d\d-\d\d", folder):
            parts.append("{year}-{month}")
        elif re.fullmatch(r"\d\d", folder) and before == "{year}":
            parts.append("{month}")
        elif re.fullmatch(r"\d\d", folder) and before == "{month}":
            parts.append("{day}")
        elif number == len(folders) - 1 and stem in ("index", "README"):
            parts.append(_dated(folder))
        else:
            parts.append(folder.replace("{", "{{").replace("}", "}}"))
    # A folder of its own has the post's name, or is its date.
    bundle = (
        stem in ("index", "README") and bool(parts) and parts[-1].startswith("{") and "{{" not in parts[-1]
    )
    return "/".join([*parts, (stem if bundle else _dated(stem)) + dot + suffix])


def _dated(name: str) -> str:
    match = re.match(r"(19|20)\d\d(?P<first>[-_.]?)\d\d(?P=first)\d\d(?P<last>[-_.])", name)
    if not match:
        return "{slug}"
    first = match["first"]
    return f"{{year}}{first}{{month}}{first}{{day}}{match['last']}{{slug}}"
