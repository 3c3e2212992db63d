"""Code blocks as Hugo writes them: the wrapper, the options of the info string, and colours.

https://gohugo.io/configuration/markup/#highlight. Hugo colours with Chroma, of which Pygments is the model: the
short names of the classes are the same, but some words of a language are coloured otherwise.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from html import escape
from typing import TYPE_CHECKING, Any

from pygments.lexers import get_lexer_by_name
from pygments.styles import get_style_by_name
from pygments.token import STANDARD_TYPES, Token
from pygments.util import ClassNotFound

from editor.render.commonmark.plugins.goldmark_attributes import Attributes, read_attributes, word, written

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pygments.lexer import Lexer

_OPTIONS = (
    "anchorlinenos",
    "guesssyntax",
    "hl_lines",
    "hl_inline",
    "lineanchors",
    "linenos",
    "linenostart",
    "linenumbersintable",
    "noclasses",
    "style",
    "tabwidth",
)
_PLAIN = ("text", "plaintext", "plain", "no-highlight", "nohighlight", "none", "txt")
_TABLE = (
    'style="border-spacing:0;padding:0;margin:0;border:0;"',
    'style="vertical-align:top;padding:0;margin:0;border:0;"',
    'style="vertical-align:top;padding:0;margin:0;border:0;;width:100%"',
)


@dataclass(frozen=True)
class Highlighting:
    """The settings `markup.highlight`; names and defaults are Hugo's."""

    style: str = "monokai"
    code_fences: bool = True
    no_classes: bool = True
    line_nos: Any = None
    line_numbers_in_table: bool = True
    anchor_line_nos: bool = False
    line_anchors: str = ""
    line_no_start: int = 1
    hl_lines: str = ""
    hl_inline: bool = False
    tab_width: int = 4
    guess_syntax: bool = False
    wrapper_class: str = "highlight"


def fence(code: str, info: str, settings: Highlighting, attributes: Attributes | None = None) -> str | None:
    """Return the HTML of a fenced block; None where Hugo stops at what its info string has in braces.

    `attributes` are those that a line below it gives.
    """
    language = info.split(" ", 1)[0].partition("{")[0]
    found = attributes or {}
    if not attributes and "{" in info:
        close = info.find("}", info.find("{"))
        opening = info.rfind("{", 0, close) if close >= 0 else -1
        if opening >= 0:
            read = read_attributes(info[opening : close + 1])
            if read is None:
                return None
            found = read[0]
    options = {name.lower(): value for name, value in found.items() if name.lower() in _OPTIONS}
    rest = {
        name.lower(): value
        for name, value in found.items()
        if name.lower() not in _OPTIONS and not name.lower().startswith("on")
    }
    return highlighted(code, language, with_options(settings, options), rest)


def with_options(settings: Highlighting, options: Mapping[str, Any]) -> Highlighting:
    """Return the settings with options, by their names in lower case, laid over them."""
    changed: dict[str, Any] = {}
    for name, value in options.items():
        if name == "hl_lines":
            changed["hl_lines"] = _lines(value)
        elif name == "linenos":
            changed["line_nos"] = {"true": True, "false": False}.get(word(value), value)
        elif name in ("linenostart", "tabwidth"):
            digits = word(value)
            if digits.lstrip("-").isdigit():
                changed["line_no_start" if name == "linenostart" else "tab_width"] = int(digits)
        elif name in ("style", "lineanchors"):
            changed["style" if name == "style" else "line_anchors"] = word(value)
        else:
            field = {
                "anchorlinenos": "anchor_line_nos",
                "guesssyntax": "guess_syntax",
                "hl_inline": "hl_inline",
                "linenumbersintable": "line_numbers_in_table",
                "noclasses": "no_classes",
            }.get(name)
            if field:
                changed[field] = word(value) in ("true", "1")
    return replace(settings, **changed)


def highlighted(
    code: str, language: str, settings: Highlighting, attributes: Attributes | None = None
) -> str:
    """Return `code` in its wrapper, coloured where the language is known."""
    lexer = _lexer(language) if language else None
    named = f' class="language-{escape(language)}" data-lang="{escape(language)}"' if language else ""
    code = code.removesuffix("\n") + "\n" if code else ""
    if lexer is None:
        if settings.hl_inline:
            return f'<code class="code-inline language-{escape(language)}">{escape(code)}</code>'
        return f'<pre tabindex="0"><code{named}>{escape(code)}</code></pre>'
    style = _styles(settings.style) if settings.no_classes else {}
    lines = list(_coloured(code, lexer, settings, style))
    if settings.hl_inline:
        inner = "".join(lines)
        return f'<code class="code-inline language-{escape(language)}">{inner}</code>'
    marked = set(_marked(settings))
    wrapper = _wrapper(settings, bool(marked))
    numbered = settings.line_nos in (True, "inline", "table")
    in_table = settings.line_nos == "table" or (settings.line_nos is True and settings.line_numbers_in_table)
    own = attributes or {}
    classes = " ".join([settings.wrapper_class, *([word(own["class"])] if "class" in own else [])])
    head = f'<div class="{escape(classes)}"{written(own, ("class",))}>'
    numbers = [settings.line_no_start + count for count in range(len(lines))]
    width = len(str(numbers[-1])) if numbers else 1
    body = "".join(
        _line(line, number, number in marked, settings, width if numbered and not in_table else 0)
        for line, number in zip(lines, numbers, strict=True)
    )
    if not (numbered and in_table):
        return f'{head}<pre tabindex="0"{wrapper}><code{named}>{body}</code></pre></div>'
    column = "".join(_number(number, number in marked, settings, width, True) + "\n" for number in numbers)
    if settings.no_classes:
        outer, table, cells = f"<div{wrapper}>", _TABLE[0], _TABLE[1:]
    else:
        outer, table, cells = '<div class="chroma">', 'class="lntable"', ('class="lntd"', 'class="lntd"')
    return (
        f"{head}{outer}\n<table {table}><tr><td {cells[0]}>\n"
        f'<pre tabindex="0"{wrapper}><code>{column}</code></pre></td>\n<td {cells[1]}>\n'
        f'<pre tabindex="0"{wrapper}><code{named}>{body}</code></pre></td></tr></table>\n</div>\n</div>'
    )


def _wrapper(settings: Highlighting, is_marked: bool) -> str:
    if not settings.no_classes:
        return ' class="chroma"'
    style = get_style_by_name(_style_name(settings.style))
    plain = style.style_for_token(Token)["color"]
    colour = f"color:#{plain};" if plain else ""
    return (
        f' style="{colour}background-color:{style.background_color};'
        f"-moz-tab-size:{settings.tab_width};-o-tab-size:{settings.tab_width};"
        f'tab-size:{settings.tab_width};-webkit-text-size-adjust:none;{"display:grid;" if is_marked else ""}"'
    )


def _line(line: str, number: int, is_marked: bool, settings: Highlighting, width: int) -> str:
    before = _number(number, is_marked, settings, width, False) if width else ""
    if settings.no_classes:
        background = " background-color:#3c3d38" if is_marked else ""
        return f'<span style="display:flex;{background}">{before}<span>{line}</span></span>'
    return f'<span class="line{" hl" if is_marked else ""}">{before}<span class="cl">{line}</span></span>'


def _number(number: int, is_marked: bool, settings: Highlighting, width: int, in_table: bool) -> str:
    name = f"{settings.line_anchors}-{number}" if settings.line_anchors else str(number)
    padded = f"{number:>{width}}"
    anchor = f' id="{name}"' if settings.anchor_line_nos else ""
    shown = f'<a style="outline:none;text-decoration:none;color:inherit" href="#{name}">{padded}</a>'
    if not settings.no_classes:
        shown = f'<a class="lnlinks" href="#{name}">{padded}</a>'
        kind = f"lnt{' hl' if is_marked else ''}" if in_table else "ln"
        return f'<span class="{kind}"{anchor}>{shown if anchor else padded}</span>'
    style = "white-space:pre;-webkit-user-select:none;user-select:none;margin-right:0.4em;padding:0 0.4em 0 0.4em;"
    return f'<span style="{style}color:#7f7f7f"{anchor}>{shown if anchor else padded}</span>'


def _coloured(code: str, lexer: Lexer, settings: Highlighting, style: Mapping[Any, str]) -> Iterator[str]:
    """Yield the lines of `code` as HTML, each with its line feed."""
    made: list[str] = []
    for kind, text in lexer.get_tokens(code):
        opening, closing = _span(kind, settings, style)
        for part in text.splitlines(keepends=True):
            inner = part.removesuffix("\n")
            if inner:
                made.append(f"{opening}{escape(inner)}{closing}")
            if part.endswith("\n"):
                made.append("\n")
                yield "".join(made)
                made = []
    if made:
        yield "".join(made)


def _span(kind: Any, settings: Highlighting, style: Mapping[Any, str]) -> tuple[str, str]:
    if not settings.no_classes:
        name = STANDARD_TYPES.get(kind, "")
        return (f'<span class="{name}">', "</span>") if name and name != "w" else ("", "")
    while kind not in style and kind.parent is not None:
        kind = kind.parent
    css = style.get(kind, "")
    return (f'<span style="{css}">', "</span>") if css else ("", "")


def _style_name(name: str) -> str:
    try:
        get_style_by_name(name)
    except ClassNotFound:
        return "monokai"
    return name


@lru_cache(maxsize=8)
def _styles(name: str) -> dict[Any, str]:
    style = get_style_by_name(_style_name(name))
    plain = style.style_for_token(Token)["color"]
    made = {}
    for kind, look in style:
        css = f"color:#{look['color']};" if look["color"] and look["color"] != plain else ""
        css += "font-weight:bold;" if look["bold"] else ""
        css += "font-style:italic;" if look["italic"] else ""
        made[kind] = css.rstrip(";")
    return made


@lru_cache(maxsize=64)
def _lexer(language: str) -> Lexer | None:
    try:
        return get_lexer_by_name("text" if language in _PLAIN else language, stripnl=False, ensurenl=False)
    except ClassNotFound:
        return None


def _lines(value: Any) -> str:
    if isinstance(value, list):
        return " ".join(word(part) for part in value)
    return word(value)


def _marked(settings: Highlighting) -> Iterator[int]:
    """Yield the numbers of the lines to mark; in the settings they count from the block's first line."""
    for part in settings.hl_lines.replace(",", " ").split():
        first, _dash, last = part.partition("-")
        if first.isdigit() and (not last or last.isdigit()):
            for line in range(int(first), min(int(last or first), int(first) + 10_000) + 1):
                yield line + settings.line_no_start - 1
