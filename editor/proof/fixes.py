"""The edits that mend a field: each is proved by reading the result again, or there is none."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import yaml

from editor.errors import FrontMatterError
from editor.post.front_matter import FrontMatter
from editor.post.lines import line_end, next_line
from editor.post.text_edit import TextEdit
from editor.proof.diagnostic import QuickFix
from editor.proof.reading import Reading
from editor.schema import dates
from editor.schema.content_type import Field
from editor.translation import gettext as _

_WORDS = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}
_CLOCK = re.compile(r"(?P<head>.*[Tt\s])(?P<hour>\d{1,2}):(?P<minute>\d\d)(?P<tail>(?!:?\d).*)", re.DOTALL)
_DAY = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_COLON = re.compile(r"(?P<head>[ \t]*(?:- +)*[^\s:#][^:#]*:[ \t]+)(?P<value>\S.*?)[ \t]*")


def set_value(reading: Reading, key: str, value: Any, title: str) -> QuickFix | None:
    """Return the fix that gives `key` the value, or None where that can't be done safely."""
    return _made(lambda: reading.front_matter.set(key, value), title)


def set_source(reading: Reading, key: str, source: str, title: str) -> QuickFix | None:
    """Return the fix that writes `source` as the value of `key`, or None."""
    return _made(lambda: reading.front_matter.set_source(key, source), title)


def for_wrong_type(reading: Reading, field: Field, key: str, value: Any) -> QuickFix | None:
    """Return what makes a value of the type that `field` wants, where it is plain what was meant."""
    if field.kind == "date":
        return _date(reading, key, value)
    if field.kind == "switch" and isinstance(value, str) and value.strip().lower() in _WORDS:
        word = _WORDS[value.strip().lower()]
        title = _("Write true, without quotes") if word else _("Write false, without quotes")
        return set_value(reading, key, word, title)
    if field.kind == "integer" and isinstance(value, str) and re.fullmatch(r"\s*[-+]?\d+\s*", value):
        return set_value(reading, key, int(value), _("Take the quotes away"))
    if field.kind in ("list", "choices"):
        return _list(reading, key, value)
    if field.kind == "slug" and isinstance(value, str):
        slug = reading.site.slug(value)
        return set_value(reading, key, slug, _("Write {slug}").format(slug=slug))
    if field.kind in ("text", "long_text", "slug", "choice"):
        return quote(reading, key)
    return None


def quote(reading: Reading, key: str) -> QuickFix | None:
    """Return the fix that puts a scalar in quotes, so that it is the text that it looks like."""
    source = reading.front_matter.source(key)
    if not source or reading.front_matter.style(key) not in ("plain", None) or "\n" in source:
        return None
    return set_value(reading, key, source.strip(), _("Put it in quotes"))


def replace(reading: Reading, start: int, end: int, key: str, text: str) -> QuickFix | None:
    """Return the fix that writes `text` in quotes at a place where the file has it without, as `key`."""
    edit = TextEdit(start, end, "'" + text.replace("'", "''") + "'")
    before = {**reading.front_matter.values, key: text}
    if not _reads(reading, edit, lambda after: repr(after.values) == repr(before)):
        return None
    return QuickFix(_("Put it in quotes"), edit)


def quote_entries(reading: Reading, key: str) -> QuickFix | None:
    """Return the fix that puts the entries of a list in quotes that are not read as text."""
    value, texts = reading.value(key), entry_texts(reading, key)
    if not isinstance(value, list) or texts is None or len(texts) != len(value):
        return None
    if not all(isinstance(entry, str | int | float) or hasattr(entry, "isoformat") for entry in value):
        return None
    meant = [entry if isinstance(entry, str) else text for entry, text in zip(value, texts, strict=True)]
    return set_value(reading, key, meant, _("Put them in quotes"))


def entry_texts(reading: Reading, key: str) -> list[str] | None:
    """Return the entries of a YAML list as they are written, or None where they are no plain scalars."""
    source = reading.front_matter.source(key)
    if source is None or reading.front_matter.format != "yaml":
        return None
    try:
        # BaseLoader builds nothing but text, and leaves every scalar as it stands.
        listed = yaml.load(source, yaml.BaseLoader)
    except (yaml.YAMLError, ValueError, RecursionError):
        return None
    if not isinstance(listed, list) or not all(isinstance(entry, str) for entry in listed):
        return None
    return listed


def replace_entry(reading: Reading, key: str, old: str, new: str) -> QuickFix | None:
    """Return the fix that writes `new` for a value, or for the entry `old` of a list."""
    value = reading.value(key)
    title = _("Change to “{name}”").format(name=new)
    if not isinstance(value, list):
        return set_value(reading, key, new, title)
    entries = [new if entry == old else entry for entry in value]
    return set_value(reading, key, list(dict.fromkeys(entries)), title)


def rename_key(reading: Reading, key: str, name: str) -> QuickFix | None:
    """Return the fix that spells `key` as `name`; its value and place stay."""
    title = _("Rename it to “{name}”").format(name=name)
    return _made(lambda: reading.front_matter.rename(key, name), title)


def close_fence(reading: Reading) -> QuickFix | None:
    """Return the fix that puts the fence below front matter that is never closed."""
    text = reading.text
    fence = text[:3]
    first = next_line(text, 0)
    for index in _ends_of_front_matter(text, first):
        newline = "\r\n" if text[:first].endswith("\r\n") else text[first - 1 : first] or "\n"
        ended = index == first or text[index - 1 : index] in ("\n", "\r")
        edit = TextEdit(index, index, f"{'' if ended else newline}{fence}{newline}")
        if _reads(reading, edit, lambda after: bool(after.values)):
            return QuickFix(_("Add the closing {fence}").format(fence=fence), edit)
    return None


def mend_line(reading: Reading, line: int) -> QuickFix | None:
    """Return what makes a block readable that stops at `line` (from 1): quotes, or spaces for tabs."""
    text = reading.text
    start = 0
    for _line in range(line - 1):
        start = next_line(text, start)
    end = line_end(text, start)
    found = _COLON.fullmatch(text, start, end)
    if found and found["value"][0] not in "|>&*!":
        value = found["value"].strip()
        bare = value[1:-1] if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'" else value
        edit = TextEdit(found.start("value"), found.end("value"), "'" + bare.replace("'", "''") + "'")
        if _reads(reading, edit, lambda after: bare in after.values.values()):
            return QuickFix(_("Put the value in quotes"), edit)
    closing = re.search(r"^(?:---|\.\.\.)[ \t]*$", text[start:], re.MULTILINE)
    stop = start + closing.start() if closing else end
    spaced = re.sub(r"^\t+", lambda tabs: "  " * len(tabs[0]), text[start:stop], flags=re.MULTILINE)
    edit = TextEdit(start, stop, spaced)
    if spaced != text[start:stop] and _reads(reading, edit, lambda after: bool(after.values)):
        return QuickFix(_("Indent with spaces"), edit)
    return None


def remove_blank_lines(reading: Reading) -> QuickFix | None:
    """Return the fix that lets the front matter begin on the first line."""
    stripped = re.match(r"(?:[ \t]*(?:\r\n|\n|\r))+", reading.text)
    if stripped is None:
        return None
    edit = TextEdit(0, stripped.end(), "")
    if not _reads(reading, edit, lambda after: bool(after.values)):
        return None
    return QuickFix(_("Remove the blank lines above it"), edit)


def mended_date(text: str) -> str | None:
    """Return the spelling that YAML reads as the date that `text` means, or None where that is not plain."""
    text = re.sub(r"\s+", " ", text.strip())
    text = _DAY.sub(lambda day: f"{day[1]}-{int(day[2]):02}-{int(day[3]):02}", text, count=1)
    clock = _CLOCK.fullmatch(text)
    if clock:
        text = f"{clock['head']}{int(clock['hour']):02}:{clock['minute']}:00{clock['tail']}"
    text = re.sub(r" ?(?:UTC|GMT|z)$", "Z", text)
    text = re.sub(r"([-+]\d\d)(\d\d)$", r"\1:\2", text)
    try:
        dates.read(text)
    except FrontMatterError:
        return None
    return text


def _date(reading: Reading, key: str, value: Any) -> QuickFix | None:
    if not isinstance(value, str):
        return None
    text = mended_date(value)
    if text is None:
        return None
    if text == value.strip():
        return set_source(reading, key, text, _("Take the quotes away"))
    return set_source(reading, key, text, _("Write {date}").format(date=text))


def _list(reading: Reading, key: str, value: Any) -> QuickFix | None:
    if value is None:
        return set_value(reading, key, [], _("Write [], an empty list"))
    if isinstance(value, list):
        return quote_entries(reading, key)
    text = value if isinstance(value, str) else reading.front_matter.source(key)
    if isinstance(value, dict) or not text:
        return None
    entries = [entry for entry in (part.strip() for part in text.split(",")) if entry]
    return set_value(reading, key, list(dict.fromkeys(entries)), _("Make it a list"))


def _ends_of_front_matter(text: str, start: int) -> Iterator[int]:
    """Yield where front matter that begins at `start` may end: a blank line, a line that is none of it."""
    index = start
    while index < len(text):
        line = text[index : line_end(text, index)]
        if not line.strip() or not re.match(r"[\w\"'.-]+[ \t]*[:=]|[ \t]|- |-$|#|\[|\]|\}", line):
            yield index
            if not line.strip():
                return
        index = next_line(text, index)
    yield len(text)


def _reads(reading: Reading, edit: TextEdit, exact: Callable[[FrontMatter], bool]) -> bool:
    """Return whether the front matter can be read after `edit`, and is what it should be."""
    after = reading.site.front_matter_of(edit.apply(reading.text))
    return after.problem is None and exact(after)


def _made(make: Callable[[], TextEdit | None], title: str) -> QuickFix | None:
    try:
        edit = make()
    except FrontMatterError:
        return None
    return None if edit is None else QuickFix(title, edit)
