"""Headings: their levels, and the ids that links lead to."""

import bisect
import re
from collections.abc import Iterator, Sequence

from editor.post.text_edit import TextEdit
from editor.proof.body.grammar import PYTHON_MARKDOWN
from editor.proof.body.included import draws_in, has_branches
from editor.proof.body.source import TEXT, BodySource, Heading
from editor.proof.diagnostic import INFO, WARNING, QuickFix
from editor.proof.reading import Reading
from editor.proof.rule import BODY, Finding, Rule
from editor.site.generators.titles import clean_title
from editor.translation import gettext as _
from editor.translation import ngettext

_SHOWS_TITLE = ("hugo", "pelican", "nikola", "hexo", "zola", "astro")
"""The generators whose themes put the title of the front matter above the post, as its first heading."""
_TAG = re.compile(r"h[1-6]")
_NO_SPACE = re.compile(r"#{2,6}(?=[^\s#!\[{(])(?=.*\w)")


def rules() -> tuple[Rule, ...]:
    """Return the rules of this module."""
    return (
        Rule(
            "heading-jump",
            WARNING,
            BODY,
            _("a heading that is more than one level below the one above it"),
            jump,
        ),
        Rule(
            "several-titles",
            WARNING,
            BODY,
            _("more than one heading of the first level, or one that repeats the title"),
            several,
        ),
        Rule(
            "heading-without-space",
            WARNING,
            BODY,
            _("`##Heading`: without a space behind the signs it is text"),
            without_space,
        ),
        Rule(
            "duplicate-id",
            WARNING,
            BODY,
            _("an id that is there twice, or a link to one of two headings that read the same"),
            duplicate,
        ),
    )


def jump(reading: Reading) -> Iterator[Finding]:
    body = reading.body
    above, above_place = 0, 0
    levels = _levels(body)
    if not any(level > 2 for _place, level, _heading in levels):
        return
    included = _included(body)
    numbers = {heading.start: number for number, heading in enumerate(body.headings)}
    for place, level, heading in levels:
        is_jump = heading is not None and above and level > above + 1
        if heading is not None and is_jump and not _is_between(included, above_place, place):
            said = _("A heading of level {level} follows one of level {above}: a level is left out")
            start = min(heading.start, heading.marks[0])
            fix = _raised(body, numbers[heading.start], above + 1)
            yield Finding(start, heading.end, said.format(level=level, above=above), fix)
        above, above_place = level, place


def several(reading: Reading) -> Iterator[Finding]:
    body = reading.body
    first = [(place, heading) for place, level, heading in _levels(body) if level == 1]
    if len(first) > 1:
        count = len(first)
        said = _(
            "The post has {count} headings of the first level: one is the title, the others belong below it"
        )
        place, heading = first[1]
        start = min(heading.start, heading.marks[0]) if heading is not None else place
        end = heading.end if heading is not None else place + 3
        yield Finding(start, end, said.format(count=count))
    elif first and reading.site.generator in _SHOWS_TITLE and first[0][1] is not None:
        heading = first[0][1]
        key = reading.key_of("title")
        title = reading.value(key) if key is not None else None
        words = clean_title(body.text[heading.start : heading.end])
        if isinstance(title, str) and words and _same(title, words):
            said = _("The heading repeats the title, which the site shows above the post as well")
            yield Finding(min(heading.start, heading.marks[0]), heading.end, said, severity=INFO)


def without_space(reading: Reading) -> Iterator[Finding]:
    body = reading.body
    if body.grammar.family == PYTHON_MARKDOWN or not body.grammar.certain:
        return
    for number, line in enumerate(body.lines):
        if line.kind != TEXT or body.text[line.content : line.content + 2] != "##":
            continue
        if number and body.lines[number - 1].kind == TEXT:
            continue  # within a paragraph
        found = _NO_SPACE.match(body.text, line.content, line.end)
        if found:
            said = _("Without a space behind the signs this is no heading")
            fix = QuickFix(_("Put a space in"), TextEdit(found.end(), found.end(), " "))
            yield Finding(line.content, line.end, said, fix)


def duplicate(reading: Reading) -> Iterator[Finding]:
    body = reading.body
    if has_branches(body):
        return
    known: set[str] = set()
    for start, end, name in sorted(_ids(body)):
        if name in known:
            said = _("The id “{id}” is there twice: links go to the first").format(id=name)
            yield Finding(start, end, said)
        known.add(name)
    yield from _ambiguous(body, known)


def _ambiguous(body: BodySource, known: set[str]) -> Iterator[Finding]:
    """Find links to a heading that another one reads like: the generator numbers the second one's id."""
    wanted = [link for link in body.links if link.destination.startswith("#") and not link.picture]
    if not wanted:
        return
    counts: dict[str, int] = {}
    for heading in body.headings:
        name = _plain_id(clean_title(body.text[heading.start : heading.end]))
        counts[name] = counts.get(name, 0) + (not heading.id)
    for link in wanted:
        name = link.destination[1:]
        if counts.get(name, 0) > 1 and name not in known:
            said = _("{count} headings read like this address: the link goes to the first of them")
            yield Finding(*link.target, said.format(count=counts[name]), severity=INFO)


def _levels(body: BodySource) -> list[tuple[int, int, Heading | None]]:
    """Return place and level of the headings that make up the post, those of raw HTML without a Heading."""
    found: list[tuple[int, int, Heading | None]] = [
        (heading.start, heading.level, heading) for heading in body.headings if not heading.nested
    ]
    found += [
        (tag.start, int(tag.name[1]), None)
        for tag in body.tags
        if not tag.closing and _TAG.fullmatch(tag.name)
    ]
    return sorted(found, key=lambda one: one[0])


def _included(body: BodySource) -> list[int]:
    """Return the places at which text of other files is drawn in."""
    return [start for start, end in body.templates if draws_in(body.text[start:end])]


def _is_between(places: Sequence[int], start: int, end: int) -> bool:
    index = bisect.bisect(places, start)
    return index < len(places) and places[index] < end


def _raised(body: BodySource, number: int, level: int) -> QuickFix | None:
    """Return the fix that lifts the heading `number` to `level`, and those below it with it."""
    first = body.headings[number].level
    shift = first - level
    section: list[Heading] = []
    for index in range(number, len(body.headings)):
        one = body.headings[index]
        if one.level < first:
            break
        if body.text[slice(*one.marks)].strip("#"):
            return None
        if not one.nested:
            section.append(one)
    start, end = section[0].marks[0], section[-1].marks[1]
    return QuickFix(
        ngettext(
            "Lift it to level {level}", "Lift it and those below it to level {level}", len(section)
        ).format(level=level),
        TextEdit(start, end, _lifted(body.text, section, shift)),
    )


def _lifted(text: str, section: Sequence[Heading], shift: int) -> str:
    parts = []
    at = section[0].marks[0]
    for one in section:
        parts += [text[at : one.marks[0]], "#" * (one.level - shift)]
        at = one.marks[1]
    return "".join(parts)


def _ids(body: BodySource) -> Iterator[tuple[int, int, str]]:
    """Yield the ids that the post sets itself, with their places."""
    for heading in body.headings:
        if heading.id:
            yield (*heading.id_span, heading.id)
    drawing = 0
    for tag in body.tags:
        if tag.name == "svg":
            drawing = max(drawing + (-1 if tag.closing else 1), 0)
        if drawing or tag.closing:
            continue
        for name in ("id", "name") if tag.name == "a" else ("id",):
            value, start, end = tag.attributes.get(name, ("", 0, 0))
            if re.fullmatch(r"[^\s'\"{}+]+", value):
                yield start, end, value
                break


def _same(title: str, words: str) -> bool:
    return " ".join(title.split()).casefold() == " ".join(words.split()).casefold()


def _plain_id(words: str) -> str:
    return re.sub(r"[\s-]+", "-", re.sub(r"[^\w\s-]", "", words).strip().lower())
