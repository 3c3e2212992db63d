"""Outliers: where one post differs from the habits of all the others, most likely by a slip."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from editor.schema.content_type import ContentType
from editor.site.content_types.learning import (
    DATE,
    DATE_TEXT,
    EMPTY,
    EMPTY_LIST,
    INTEGER,
    LIST,
    LONG,
    NUMBER,
    SURE,
    SWITCH,
    TEXT,
    Learned,
    LearnedKey,
    Observation,
    Observations,
)
from editor.translation import gettext as _
from editor.translation import ngettext

if TYPE_CHECKING:
    from editor.site.index import PostIndex

_FEW = 2
"""Posts that may share a slip."""
_MANY = 8
"""Posts that make a habit."""
_TIMES = 8
"""How much more often the right key is used than the misspelt one."""
_TIMES_WORD = 4
"""The same for a tag."""
_SHORTEST = 5
"""Letters of a word in which one may be wrong: below, too many words differ by one."""
_SHORTEST_KEY = 4


@dataclass(frozen=True, slots=True)
class Outlier:
    """One thing that a post has otherwise than the rest."""

    path: Path
    key: str
    """As it stands in the file."""
    code: str
    """`misspelt-key`, `other-kind` or `misspelt-value`."""
    why: str
    """One sentence (translated)."""
    value: str = ""
    """The entry of a list, or the text, that it is about."""
    instead: str = ""
    """What it most likely should be: a key, or a value."""


class Slips:
    """What the posts of a site have in common, made ready to look for slips in any number of them."""

    def __init__(self, learned: Learned, content_type: ContentType | None = None) -> None:
        """Take what was learnt; keys that `content_type` knows are never misspelt."""
        self.learned = learned
        self._known = (
            {field.key for field in content_type.fields if field.severity} if content_type else set()
        )

    def outliers(self, path: Path, observed: Observations) -> Iterator[Outlier]:
        """Yield what is odd about one post."""
        own = {seen.key for seen in observed}
        for seen in observed:
            found = self.learned.keys.get(seen.key)
            meant = self._misspelt_keys.get(seen.key)
            if meant is None and (found is None or found.posts == 0):
                meant = self._meant_key(seen.key)  # typed just now
            if meant is not None and meant not in own:
                count = self.learned.keys[meant].posts
                why = ngettext(
                    "“{key}” is not used elsewhere, “{meant}” in {count} post: is that meant?",
                    "“{key}” is not used elsewhere, “{meant}” in {count} posts: is that meant?",
                    count,
                ).format(key=seen.key, meant=meant, count=count)
                yield Outlier(path, seen.key, "misspelt-key", why, instead=meant)
            if found is not None:
                if why := _other_kind(seen, found):
                    yield Outlier(path, seen.key, "other-kind", why)
                yield from self._misspelt(path, seen, found)

    @cached_property
    def _misspelt_keys(self) -> Mapping[str, str]:
        """Rare key -> the usual one that it most likely should be."""
        rare = [found.key for found in self.learned.keys.values() if found.posts <= _FEW]
        return {key: meant for key in rare if (meant := self._meant_key(key)) is not None}

    def _meant_key(self, key: str) -> str | None:
        if key in self._known or len(key) < _SHORTEST_KEY - 1:
            return None
        count = self.learned.keys[key].posts if key in self.learned.keys else 1
        outer = key.rpartition(".")[0]
        for usual in self._usual_keys:
            if usual.rpartition(".")[0] != outer or self.learned.keys[usual].posts < count * _TIMES:
                continue
            if _plain(usual) == _plain(key) or (
                len(usual) >= _SHORTEST_KEY and is_one_slip(key.lower(), usual.lower())
            ):
                return usual
        return None

    @cached_property
    def _usual_keys(self) -> list[str]:
        usual = [found for found in self.learned.keys.values() if found.posts >= _MANY]
        return [found.key for found in sorted(usual, key=lambda found: -found.posts)]

    def _misspelt(self, path: Path, seen: Observation, found: LearnedKey) -> Iterator[Outlier]:
        for word in seen.words:
            meant = self._misspelt_words.get(seen.key, {}).get(word)
            if meant is not None:
                count = found.words[meant]
                why = ngettext(
                    "“{word}” is nearly “{meant}”, which {count} post has",
                    "“{word}” is nearly “{meant}”, which {count} posts have",
                    count,
                ).format(word=word, meant=meant, count=count)
                yield Outlier(path, seen.key, "misspelt-value", why, word, meant)

    @cached_property
    def _misspelt_words(self) -> dict[str, dict[str, str]]:
        """Key -> rare value -> the frequent one that it is nearly."""
        found = {}
        for key, words in self.learned.vocabularies.items():
            near = _near_words(words)
            if near:
                found[key] = near
        return found


def outliers(index: "PostIndex") -> list[Outlier]:
    """Return what is odd about the posts of an index, as last read."""
    slips = Slips(index.learned, index.site.content_type)
    found: list[Outlier] = []
    for path, observed in index.observed():
        found += slips.outliers(path, observed)
    return found


def is_one_slip(one: str, other: str) -> bool:
    """Return whether two words differ by one letter: another, one more or less, or two exchanged."""
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    first = next(
        (n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )
    if len(one) == len(other):
        swapped = (
            one[first : first + 2] == other[first : first + 2][::-1]
            and one[first + 2 :] == other[first + 2 :]
        )
        return one[first + 1 :] == other[first + 1 :] or swapped
    short, long = sorted((one, other), key=len)
    return short[first:] == long[first + 1 :]


def _other_kind(seen: Observation, found: LearnedKey) -> str:
    """Return why a value is of another kind than nearly all others of its key; empty where it isn't."""
    if seen.shape in (EMPTY, EMPTY_LIST) or found.filled < _MANY:
        return ""
    family = next(
        (shapes for shapes in _FAMILIES if _share(found, shapes) >= SURE),
        None,
    )
    if family is None or seen.shape in family:
        return ""
    if family[0] == TEXT and seen.shape in (INTEGER, NUMBER, DATE, DATE_TEXT):
        return ""  # a title may well be a year
    others = sum(found.shapes.get(shape, 0) for shape in family)
    words = {
        LIST: _("“{key}” is a list in {count} other posts, and none here"),
        TEXT: _("“{key}” is a text in {count} other posts, and none here"),
        SWITCH: _("“{key}” is true or false in {count} other posts, and neither here"),
        DATE: _("“{key}” is a date in {count} other posts, and none here"),
        DATE_TEXT: _("“{key}” is a date in {count} other posts, and none here"),
    }
    return words[family[0]].format(key=seen.key, count=others)


_FAMILIES = ((LIST,), (TEXT, LONG), (SWITCH,), (DATE, DATE_TEXT, "map of dates"))


def _share(found: LearnedKey, shapes: Iterable[str]) -> float:
    return sum(found.shapes.get(shape, 0) for shape in shapes) / found.filled


def _near_words(words: Mapping[str, int]) -> dict[str, str]:
    """Return rare word -> frequent word from which only case, separators or one letter differ.

    Words are found by what is left of them when one letter is taken out: no word is compared with every other.
    """
    frequent = [word for word, count in words.items() if count > _FEW]
    by_plain: dict[str, str] = {}
    by_rest: dict[str, list[str]] = {}
    for word in frequent:  # the most used first
        by_plain.setdefault(_plain(word), word)
        if len(word) >= _SHORTEST:
            for rest in _without_one(word.casefold()):
                by_rest.setdefault(rest, []).append(word)
    near: dict[str, str] = {}
    for word, count in words.items():
        same = by_plain.get(_plain(word))
        if same is not None and same != word and words[same] >= count * 2:
            near[word] = same
            continue
        if count > _FEW or len(word) < _SHORTEST or re.search(r"\d", word):
            continue
        folded = word.casefold()
        candidates = {other for rest in _without_one(folded) for other in by_rest.get(rest, ())}
        meant = [
            other
            for other in candidates
            if words[other] >= count * _TIMES_WORD and is_one_slip(folded, other.casefold())
        ]
        if meant:
            near[word] = max(meant, key=lambda other: (words[other], other))
    return near


def _without_one(word: str) -> set[str]:
    return {word, *(word[:place] + word[place + 1 :] for place in range(len(word)))}


def _plain(word: str) -> str:
    """Return a word without what people write now so, now so: case, hyphens, spaces."""
    return re.sub(r"[\s_-]+", "", word.casefold())
