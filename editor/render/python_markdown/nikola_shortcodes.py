"""Nikola's shortcodes, `{{% name arguments %}} text {{% /name %}}`: taken out before Markdown, put in after it.

Source: nikola/shortcodes.py and plugins/shortcode, Nikola 8.3. Those that need no more than their arguments are
rendered; every other one becomes a placeholder, and is noted.
"""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from editor.render.python_markdown.notes import Notes

_NAME = re.compile(r"\S*")
_SPACE = re.compile(r"\s*")


class ShortcodeError(Exception):
    """Nikola stops at this text: a shortcode in it is not well formed."""


class Tag(NamedTuple):
    """The opening or the closing tag of a shortcode, or the text between two tags."""

    source: str
    name: str = ""
    """Empty for a text."""
    closes: bool = False
    arguments: tuple[str, ...] = ()
    named: tuple[tuple[str, str], ...] = ()


def tags(text: str) -> list[Tag]:
    """Cut a text at its shortcodes' tags. Raises ShortcodeError."""
    found: list[Tag] = []
    at = 0
    while True:
        start = text.find("{{%", at)
        if start < 0:
            return [*found, Tag(text[at:])]
        found.append(Tag(text[at:start]))
        name_at = _skip(text, start + 3)
        name = _match(_NAME, text, name_at)
        end = name_at + len(name)
        if not name or name == "%}}":
            raise ShortcodeError(_place(text, start))
        if name.startswith("/"):
            close = _skip(text, end)
            if text[close : close + 3] != "%}}":
                raise ShortcodeError(_place(text, start))
            at = close + 3
            found.append(Tag(text[start:at], name[1:], True))
        else:
            at, arguments, named = _arguments(text, end, start)
            found.append(Tag(text[start:at], name, False, arguments, named))


def _arguments(text: str, at: int, start: int) -> tuple[int, tuple[str, ...], tuple[tuple[str, str], ...]]:
    """Return where the tag ends, and its arguments, those without and those with a name."""
    arguments: list[str] = []
    named: list[tuple[str, str]] = []
    while True:
        after = _skip(text, at)
        if after == at or after == len(text):
            raise ShortcodeError(_place(text, start))
        at = after
        if text.startswith("%}}", at):
            return at + 3, tuple(arguments), tuple(named)
        at, value = _value(text, at, start, name=True)
        if not value and text[at - 1] not in "\"'":
            raise ShortcodeError(_place(text, start))
        if text.startswith("=", at) and at + 1 < len(text):
            at, given = _value(text, at + 1, start, name=False)
            named.append((value, given))
        else:
            arguments.append(value)


def _value(text: str, at: int, start: int, *, name: bool) -> tuple[int, str]:
    """Return where a value ends, and it, without its quotes and backslashes."""
    quote = text[at : at + 1] if text[at : at + 1] in ("'", '"') else ""
    at += len(quote)
    value = ""
    while at < len(text):
        character = text[at]
        if character == "\\":
            if at + 1 == len(text):
                break
            value += text[at + 1]
            at += 2
            continue
        if quote:
            if character == quote:
                return at + 1, value
        elif character.isspace() or (name and character == "="):
            return at, value
        elif character in "'\"":
            break
        value += character
        at += 1
    if quote or at < len(text):
        raise ShortcodeError(_place(text, start))
    return at, value


def _skip(text: str, at: int) -> int:
    return at + len(_match(_SPACE, text, at))


def _match(pattern: re.Pattern[str], text: str, at: int) -> str:
    found = pattern.match(text, at)
    return found.group() if found else ""


def _place(text: str, at: int) -> str:
    return f"line {text.count(chr(10), 0, at) + 1}"


class Shortcodes:
    """The shortcodes of one page."""

    def __init__(self, notes: Notes) -> None:
        self._notes = notes
        self._taken: dict[str, str] = {}

    def take_out(self, text: str) -> str:
        """Return the text with a name of letters and digits in the place of each shortcode."""
        self._taken = {}
        try:
            cut = tags(text)
        except ShortcodeError as error:
            self._notes.add("shortcode-broken", str(error))
            return text
        made: list[str] = []
        at = 0
        while at < len(cut):
            tag = cut[at]
            if not tag.name:
                made.append(tag.source)
            elif tag.closes:
                self._notes.add("shortcode-broken", f"/{tag.name}")
                made.append(tag.source)
            else:
                last = next((n for n in range(at, len(cut)) if cut[n].closes and cut[n].name == tag.name), at)
                name = f"SHORTCODE{len(self._taken):06}REPLACEMENT"
                self._taken[name] = self._applied(cut[at : last + 1])
                made.append(name)
                at = last
            at += 1
        return "".join(made)

    def put_in(self, html: str) -> str:
        """Return the page's HTML with what became of the shortcodes."""
        for name, replacement in self._taken.items():
            html = html.replace(name, replacement)
        return html

    def _applied(self, cut: list[Tag]) -> str:
        """Return what becomes of the shortcode that begins a cut text, and ends it."""
        opening = cut[0]
        inner = cut[1:-1] if len(cut) > 1 else []
        data = "".join(tag.source for tag in inner)
        if opening.name == "raw":
            return data
        if opening.name == "thumbnail" and len(opening.arguments) == 1:
            return _thumbnail(opening.arguments[0], dict(opening.named), data)
        source = "".join(tag.source for tag in cut)
        self._notes.add("shortcode", opening.name)
        return (
            f'<copydesk-placeholder kind="shortcode" name="{escape(opening.name)}">'
            f"{escape(source)}</copydesk-placeholder>"
        )


def _thumbnail(address: str, named: dict[str, str], data: str) -> str:
    """Return the picture that the shortcode `thumbnail` makes: the small one, linked to the whole one."""
    stem, dot, suffix = address.rpartition(".")
    small = f"{stem}.thumbnail.{suffix}" if dot and "/" not in suffix else address + ".thumbnail"
    small += "?" if address.endswith(".svg") else ""
    picture, figure = named.get("imgclass", ""), named.get("figclass", "")
    if align := named.get("align"):
        if data:
            figure += f" align-{align}"
        else:
            picture += f" align-{align}"
    title = f' title="{named["linktitle"]}"' if named.get("linktitle") else ""
    said = (("alt", named.get("alt")), ("title", named.get("title")), ("class", picture))
    attributes = "".join(f' {name}="{value}"' for name, value in said if value)
    html = f'<a href="{address}" class="image-reference"{title}><img src="{small}"{attributes}></a>'
    return f'<div class="figure {figure}">{html}{data}</div>' if data else html
