"""Front matter that one generator takes otherwise than YAML has it: Pelican's own reader, Jekyll's words.

Pelican reads `Key: value` lines, as Python-Markdown's extension `meta` does, between fences too:
https://docs.getpelican.com/en/latest/content.html#file-metadata. Jekyll splits a text of `tags` or
`categories` at spaces: https://jekyllrb.com/docs/posts/#tags.
"""

import re
from collections.abc import Iterator

from editor.post.lines import line_end, next_line
from editor.post.text_edit import TextEdit
from editor.proof import fixes
from editor.proof.diagnostic import ERROR, INFO, WARNING, QuickFix
from editor.proof.reading import Reading
from editor.proof.rule import FRONT_MATTER, Finding, Rule
from editor.translation import gettext as _

_PELICAN_LINE = re.compile(r" {0,3}(?P<key>[A-Za-z0-9_-]+):\s*(?P<value>.*?)[ \t]*")
_END = re.compile(r"(?:-{3}|\.{3})[ \t]*")


def rules() -> tuple[Rule, ...]:
    """Return the rules of this module."""
    return (
        Rule(
            "foreign-front-matter",
            ERROR,
            FRONT_MATTER,
            _("YAML where Pelican reads `Key: value` lines: lists, quotes and comments mean something else"),
            foreign,
        ),
        Rule(
            "split-tags",
            WARNING,
            FRONT_MATTER,
            _("tags as a text, which Jekyll splits at its spaces"),
            split,
        ),
    )


def foreign(reading: Reading) -> Iterator[Finding]:
    """Find what Pelican's own reader stumbles over between fences, as far as it reads."""
    text = reading.text
    if reading.site.generator != "pelican" or reading.site.front_matter == "yaml":
        return
    if not re.match(r"---[ \t]*\r?\n", text):
        return
    start = next_line(text, 0)
    while start < len(text):
        end = line_end(text, start)
        line = text[start:end]
        if not line.strip() or _END.fullmatch(line):
            return
        found = _PELICAN_LINE.fullmatch(line)
        if found is None and not line.startswith("    "):
            yield _end_of_metadata(text, start, end, line)
            return
        if found is not None:
            yield from _value(text, start, found)
        start = next_line(text, start)


def split(reading: Reading) -> Iterator[Finding]:
    if reading.site.generator != "jekyll":
        return
    for name in ("tags", "categories"):
        key = reading.key_of(name)
        value = reading.value(key) if key is not None else None
        if key is None or not isinstance(value, str) or len(value.split()) < 2:
            continue
        words = ", ".join(f"“{word}”" for word in value.split())
        said = _("Jekyll splits this at its spaces, into {words}: write a list").format(words=words)
        entries = [entry.strip() for entry in value.split(",")] if "," in value else value.split()
        meant = [entry for entry in entries if entry]
        fix = fixes.set_value(reading, key, meant, _("Make it a list"))
        yield Finding(*reading.place(key), said, fix, key, WARNING if "," in value else INFO)


def _value(text: str, start: int, found: re.Match[str]) -> Iterator[Finding]:
    key, value = found["key"].lower(), found["value"]
    place = start + found.start("value"), start + found.end("value")
    below = next_line(text, start)
    items = re.compile(r"(?:[ \t]*- +[^\r\n]*(?:\r\n|\n|\r))+").match(text, below)
    if not value and items:
        listed = re.findall(r"(?m)^[ \t]*- +(.*?)[ \t\r]*$", items[0])
        edit = TextEdit(place[0], items.end(), _joined(value, listed) + _ending(text, start))
        said = _("Pelican knows no lists with dashes: what follows becomes text of the post, write a, b")
        yield Finding(start + found.start("key"), start + found.end("key"), said, _fix(edit), key)
    elif key in ("tags", "authors", "keywords") and re.fullmatch(r"\[.*\]", value):
        listed = [_bare(entry) for entry in value[1:-1].split(",")]
        said = _("Pelican takes the brackets for a part of the names: write them without")
        yield Finding(*place, said, _fix(TextEdit(*place, ", ".join(filter(None, listed)))), key)
    elif len(value) > 1 and value[0] == value[-1] and value[0] in "\"'" and value[0] not in value[1:-1]:
        said = _("Pelican takes the quotes for a part of the value: write it without")
        yield Finding(*place, said, _fix(TextEdit(*place, value[1:-1])), key)
    elif key == "draft" and value.lower() in ("true", "yes"):
        said = _("Pelican does not know “draft”, and publishes the post: write “status: draft”")
        line = start + found.start("key"), place[1]
        yield Finding(*line, said, _fix(TextEdit(*line, "status: draft")), key)


def _end_of_metadata(text: str, start: int, end: int, line: str) -> Finding:
    if line.lstrip().startswith("#"):
        said = _("Pelican knows no comments here: from this line on, all is text of the post")
        edit = TextEdit(start, next_line(text, start), "")
        return Finding(start, end, said, QuickFix(_("Remove the line"), edit))
    said = _("This is no “Key: value” line: from here on, Pelican takes all for text of the post")
    return Finding(start, end, said)


def _joined(before: str, entries: list[str]) -> str:
    gap = "" if before else " "
    return gap + ", ".join(_bare(entry) for entry in entries)


def _bare(text: str) -> str:
    text = text.strip()
    return text[1:-1] if len(text) > 1 and text[0] == text[-1] and text[0] in "\"'" else text


def _ending(text: str, start: int) -> str:
    return text[line_end(text, start) : next_line(text, start)]


def _fix(edit: TextEdit) -> QuickFix:
    return QuickFix(_("Write it as Pelican reads it"), edit)
