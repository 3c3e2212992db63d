"""What the posts of a site say by what they have: the kind of each key, its values, the habits.

A post is looked at once (`observe`), and all of them are added up (`learn`): the first may wait for a disk, the
second is a matter of milliseconds for a thousand posts.
"""

import datetime
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from editor.schema.content_type import Field

EMPTY, EMPTY_LIST, SWITCH, INTEGER, NUMBER, DATE, DATE_TEXT, TEXT, LONG, LIST, MAPS, MIXED, MAP, DATES = (
    "empty",
    "empty list",
    "switch",
    "integer",
    "number",
    "date",
    "date text",
    "text",
    "long text",
    "list",
    "list of maps",
    "mixed list",
    "map",
    "map of dates",
)
"""The shapes of values."""

SURE = 0.9
"""The share of a key's values that must agree; the rest are outliers."""
_USUAL = 0.8
"""The share of posts that have a usual key."""
_LONG_TEXT = 80
_LONGEST_WORD = 60
"""Code points of a text that may be one of a vocabulary."""
_MOST_CHOICES = 12
_USES_OF_A_CHOICE = 5
"""How often each of a closed vocabulary is used, on the average."""
_MOST_KEYS = 200
"""Keys of one post that are looked at."""
_DATE = re.compile(r"\d{4}-\d{1,2}-\d{1,2}(?:[Tt ]+\d{1,2}:\d{2}.{0,20})?\Z")
_PICTURE = re.compile(r"\S+\.(?:png|jpe?g|gif|webp|svg|avif)\Z", re.IGNORECASE)
_SLUG = re.compile(r"[^\s?#%\\A-Z]+\Z")
_HEADER_LINE = re.compile(
    r"""^(?:\.\. |:)?["']?([\w-]+)["']?[ \t]*[:=][ \t]*(.{0,60})(?:\n([ \t]*-[ \t]))?""", re.MULTILINE
)

_FEWEST = 5
"""Posts of a folder that show its own habits."""


@dataclass(frozen=True, slots=True)
class Observation:
    """One key of one post."""

    key: str
    """Dotted for one inside a map."""
    shape: str
    words: tuple[str, ...] = ()
    """A short text, or the entries of a list, as they stand there."""
    style: str = ""
    """`flow` or `block` for a list; the digits' places for a date (`0000-00-00 00:00`)."""


Observations = tuple[Observation, ...]


@dataclass(frozen=True)
class LearnedKey:
    """What the posts show of one key."""

    key: str
    posts: int
    """How many have it."""
    kind: str
    """A kind of field; `raw` where they do not agree."""
    shapes: Mapping[str, int]
    words: Mapping[str, int]
    """Value -> how many posts have it, the most used first."""
    choices: tuple[str, ...] = ()
    """The closed vocabulary that its values seem to be."""
    usual: bool = False
    """Whether nearly all posts have it."""
    style: str = ""
    """How most of them write it: see `Observation.style`."""
    options: Mapping[str, Any] = field(default_factory=dict)

    @property
    def filled(self) -> int:
        """How many posts have a value for it."""
        return sum(count for shape, count in self.shapes.items() if shape not in (EMPTY, EMPTY_LIST))


@dataclass(frozen=True)
class Learned:
    """What the posts of a site show; the keys are in the order in which posts have them."""

    posts: int = 0
    """Posts with front matter."""
    keys: Mapping[str, LearnedKey] = field(default_factory=dict)
    folders: Mapping[str, "Learned"] = field(default_factory=dict)
    """What the posts of single folders show, by their paths, where the site has several kinds."""

    def of(self, path: str) -> "Learned":
        """Return what the posts in the folder of `path` show, which is relative to the site.

        Where it is none of `folders`, that is what all show; the values of keys are always those of all.
        """
        parents = [path]
        while parents[-1]:
            parents.append(parents[-1].rpartition("/")[0])
            if parents[-1] in self.folders:
                return self.folders[parents[-1]]
        return self

    @cached_property
    def fields(self) -> tuple[Field, ...]:
        """The keys as fields, without those of single posts; nothing that they hold is ever wrong."""
        least = 1 if self.posts < 5 else max(2, self.posts // 100)
        return tuple(
            Field(
                found.key,
                found.kind,
                core=found.usual and "." not in found.key,
                choices=found.choices,
                options=found.options,
                severity="",
            )
            for found in self.keys.values()
            if found.posts >= least
        )

    @cached_property
    def vocabularies(self) -> dict[str, Mapping[str, int]]:
        """Key -> value -> how many posts have it, of keys whose values come again."""
        return {
            found.key: found.words
            for found in self.keys.values()
            if found.words and (found.kind in ("list", "choices", "choice") or _comes_again(found))
        }


def learn(posts: Iterable[Mapping[str, Any]]) -> Learned:
    """Return what front matters, as values, show."""
    return add_up(observe(values) for values in posts)


def observe(values: Mapping[str, Any], header: str = "") -> Observations:
    """Return what one front matter shows; `header` is its text, where that is at hand: it has the style."""
    found: list[Observation] = []
    styles = {
        match[1].lower(): (match[2], bool(match[3])) for match in _HEADER_LINE.finditer(header[:20_000])
    }
    for key, value in list(values.items())[:_MOST_KEYS]:
        key = str(key)
        shape = _shape(value)
        found.append(Observation(key, shape, _words(shape, value), _style(shape, styles.get(key.lower()))))
        if shape in (MAP, DATES):
            for name, inner in list(value.items())[:_MOST_KEYS]:
                if isinstance(name, str):
                    inner_shape = _shape(inner)
                    found.append(Observation(f"{key}.{name}", inner_shape, _words(inner_shape, inner)))
    return tuple(found)


def add_up_folders(posts: Iterable[tuple[str, Observations]]) -> Learned:
    """Return what the observations of all posts show, each with the path of the folder that it counts for.

    Of folders with too few posts to have habits, or of a single one, nothing is told apart.
    """
    by_folder: dict[str, list[Observations]] = {}
    for folder, observed in posts:
        by_folder.setdefault(folder, []).append(observed)
    whole = add_up(observed for listed in by_folder.values() for observed in listed)
    telling = {
        folder: listed
        for folder, listed in by_folder.items()
        if sum(1 for observed in listed if observed) >= _FEWEST
    }
    if len(telling) < 2:
        return whole
    folders = {}
    for folder, listed in telling.items():
        own = add_up(listed)
        keys = {key: _with_words_of(found, whole.keys[key]) for key, found in own.keys.items()}
        folders[folder] = Learned(own.posts, keys)
    return replace(whole, folders=folders)


def _with_words_of(found: LearnedKey, whole: LearnedKey) -> LearnedKey:
    """Return a folder's key with the words that all posts have for it."""
    alike = any({found.kind, whole.kind} <= kinds for kinds in ({"list", "choices"}, {"text", "choice"}))
    if alike:
        options = {name: value for name, value in found.options.items() if name != "open"}
        options |= {"open": whole.options["open"]} if "open" in whole.options else {}
        return replace(found, kind=whole.kind, words=whole.words, choices=whole.choices, options=options)
    return replace(found, words=whole.words) if found.kind == whole.kind else found


def add_up(posts: Iterable[Observations]) -> Learned:
    """Return what the observations of all posts show together."""
    count = 0
    shapes: dict[str, Counter[str]] = {}
    words: dict[str, Counter[str]] = {}
    styles: dict[str, Counter[str]] = {}
    places: dict[str, float] = {}
    for observed in posts:
        if not observed:
            continue
        count += 1
        size = len(observed)
        for number, seen in enumerate(observed):
            key = seen.key
            if key not in shapes:
                shapes[key], words[key], styles[key], places[key] = Counter(), Counter(), Counter(), 0.0
            shapes[key][seen.shape] += 1
            places[key] += number / size
            if seen.words:
                words[key].update(seen.words)
            if seen.style:
                styles[key][seen.style] += 1
    keys = {key: _learned_key(key, found, words[key], styles[key], count) for key, found in shapes.items()}
    order = sorted(keys, key=lambda key: places[key] / keys[key].posts)
    return Learned(count, {key: keys[key] for key in order})


def _learned_key(
    key: str, shapes: Counter[str], words: Counter[str], styles: Counter[str], posts: int
) -> LearnedKey:
    kind, options = _kind(key, shapes)
    choices: tuple[str, ...] = ()
    ordered = dict(words.most_common())
    if kind in ("text", "list") and _is_closed(ordered):
        choices = tuple(ordered)
        kind = "choice" if kind == "text" else "choices"
        options = {**options, "open": True}
    elif kind == "text" and key.rpartition(".")[2] in ("slug", "permalink") and _most(ordered, _SLUG):
        kind = "slug" if key == "slug" else kind
    if kind == "text" and _most(ordered, _PICTURE):
        options = {**options, "picture": True}
    present = sum(shapes.values())
    return LearnedKey(
        key=key,
        posts=present,
        kind=kind,
        shapes=dict(shapes),
        words=ordered,
        choices=choices,
        usual=posts >= 3 and present >= posts * _USUAL,
        style=styles.most_common(1)[0][0] if styles else "",
        options=options,
    )


def _kind(key: str, shapes: Counter[str]) -> tuple[str, dict[str, Any]]:
    """Return the kind that nearly all values of a key have, and its options."""
    filled = sum(shapes.values()) - shapes[EMPTY] - shapes[EMPTY_LIST]
    if not filled:
        return ("list", {"items": "scalar"}) if shapes[EMPTY_LIST] else ("text", {})

    def mostly(*wanted: str) -> bool:
        agree = sum(shapes[shape] for shape in wanted)
        return agree >= filled * SURE or (filled >= 4 and agree >= filled - 1)

    if mostly(SWITCH):
        return "switch", {}
    if mostly(INTEGER):
        return "integer", {}
    if mostly(INTEGER, NUMBER):
        return "number", {}
    if mostly(DATE, DATE_TEXT, DATES):
        options = {"text": True} if shapes[DATE_TEXT] else {}
        return "date", {**options, "map": True} if shapes[DATES] else options
    if mostly(LIST):
        return "list", {"items": "scalar"}
    if mostly(LIST, TEXT) and shapes[LIST] >= filled * (1 - SURE):
        return "list", {"items": "scalar", "scalar": True}
    texts = shapes[TEXT] + shapes[LONG] + shapes[DATE_TEXT]
    # Where most are no text, a field of text would put quotes around a number or a date.
    if mostly(TEXT, LONG, DATE_TEXT, INTEGER, NUMBER, DATE, SWITCH) and texts * 2 >= filled:
        long = shapes[LONG] * 4 >= filled and key not in ("title", "slug")
        return "long_text" if long else "text", {}
    if mostly(MAP, DATES):
        return "map", {}
    return "raw", {}


def _is_closed(words: Mapping[str, int]) -> bool:
    """Return whether values are few, and come again and again."""
    uses = sum(words.values())
    return (
        0 < len(words) <= _MOST_CHOICES
        and uses >= len(words) * _USES_OF_A_CHOICE
        and uses >= 2 * _USES_OF_A_CHOICE
        and sum(1 for count in words.values() if count == 1) * 4 <= len(words)
    )


def _comes_again(found: LearnedKey) -> bool:
    """Return whether at least half of the uses are of values that other posts have as well."""
    uses = sum(found.words.values())
    return found.kind == "text" and sum(count for count in found.words.values() if count > 1) * 2 >= uses


def _most(words: Mapping[str, int], pattern: re.Pattern[str]) -> bool:
    matching = sum(count for word, count in words.items() if pattern.match(word))
    return bool(words) and matching >= sum(words.values()) * SURE


def _shape(value: Any) -> str:
    if isinstance(value, str):
        text = value.strip()
        if not text:
            return EMPTY
        if text[0].isdigit() and _DATE.match(text):
            return DATE_TEXT
        return LONG if "\n" in text or (len(text) > _LONG_TEXT and " " in text) else TEXT
    if value is None:
        return EMPTY
    if isinstance(value, bool):
        return SWITCH
    if isinstance(value, int):
        return INTEGER
    if isinstance(value, float):
        return NUMBER
    if isinstance(value, datetime.date | datetime.time):
        return DATE
    if isinstance(value, list | tuple):
        return _list_shape(value)
    if isinstance(value, Mapping):
        # Not by _shape: with aliases, a map may be inside itself.
        return DATES if "created" in value and all(map(_is_date, value.values())) else MAP
    return MIXED


def _is_date(value: Any) -> bool:
    return isinstance(value, datetime.date) or (isinstance(value, str) and bool(_DATE.match(value.strip())))


def _list_shape(value: Sequence[Any]) -> str:
    entries = [entry for entry in value if entry is not None and entry != ""]
    if not entries:
        return EMPTY_LIST
    if all(isinstance(entry, str | int | float | datetime.date) for entry in entries):
        return LIST
    return MAPS if all(isinstance(entry, Mapping) for entry in entries) else MIXED


def _words(shape: str, value: Any) -> tuple[str, ...]:
    """Return the values of a vocabulary, each once."""
    if shape == TEXT:
        text = value.strip()
        return (text,) if len(text) <= _LONGEST_WORD else ()
    if shape == LIST:
        entries = [entry for entry in value[:_MOST_KEYS] if not isinstance(entry, bool | datetime.date)]
        texts = [str(entry).strip() for entry in entries if entry is not None]
        return tuple(dict.fromkeys(text for text in texts if text and len(text) <= _LONGEST_WORD))
    return ()


def _style(shape: str, written: tuple[str, bool] | None) -> str:
    """Return how a list or date is written, from the text behind its key."""
    if written is None:
        return ""
    text, block = written
    if shape == LIST:
        return "flow" if text.startswith("[") else "block" if block and not text.strip() else ""
    if shape in (DATE, DATE_TEXT):
        return re.sub(r"\d", "0", text.strip().strip("\"'"))[:40]
    return ""
