"""kramdown's options, as Jekyll hands them to it.

Source: https://kramdown.gettalong.org/options.html; what Jekyll sets: jekyll/configuration.rb (4.3).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

_QUOTES = ("lsquo", "rsquo", "ldquo", "rdquo")
_LEVELS = (1, 2, 3, 4, 5, 6)


@dataclass(frozen=True)
class Options:
    """The options that count here."""

    gfm: bool = True
    """Whether the input is GFM, else kramdown."""
    hard_wrap: bool = False
    paragraph_end: bool = True
    """The quirk: headers, lists, quotes and fences end a paragraph."""
    auto_typographic: bool = True
    auto_ids: bool = True
    auto_id_prefix: str = ""
    auto_id_stripping: bool = False
    toc_levels: tuple[int, ...] = _LEVELS
    header_offset: int = 0
    parse_block_html: bool = False
    parse_span_html: bool = True
    smart_quotes: tuple[str, ...] = _QUOTES
    typographic_symbols: Mapping[str, str] = field(default_factory=dict)
    footnote_nr: int = 1
    footnote_prefix: str = ""
    footnote_backlink: str = "&#8617;"
    footnote_backlink_inline: bool = False
    entity_output: str = "as_char"
    math_engine: str | None = "mathjax"
    highlighter: str | None = "rouge"
    default_language: str | None = "plaintext"
    spans_highlighted: bool = True
    blocks_highlighted: bool = True


def options_of(values: Mapping[str, Any]) -> Options:
    """Return the options that the mapping `kramdown` of a site's configuration gives; nothing is raised."""
    made: dict[str, Any] = {}
    quirks = _words(values.get("gfm_quirks", "paragraph_end"))
    made["gfm"] = str(values.get("input", "GFM")).lower().startswith("gfm")
    made["hard_wrap"] = values.get("hard_wrap") is True
    made["paragraph_end"] = "paragraph_end" in quirks
    made["auto_typographic"] = "no_auto_typographic" not in quirks
    for name in ("auto_ids", "parse_span_html"):
        made[name] = values.get(name, True) is not False
    for name in (
        "parse_block_html",
        "footnote_backlink_inline",
        "auto_id_stripping",
    ):
        made[name] = values.get(name) is True
    for name in ("auto_id_prefix", "footnote_prefix"):
        made[name] = str(values.get(name) or "")
    made["footnote_backlink"] = str(values.get("footnote_backlink", "&#8617;") or "")
    made["footnote_nr"] = _number(values.get("footnote_nr"), 1)
    made["header_offset"] = _number(values.get("header_offset"), 0)
    made["toc_levels"] = _levels(values.get("toc_levels", list(_LEVELS)))
    quotes = tuple(_words(values.get("smart_quotes", ",".join(_QUOTES))))
    made["smart_quotes"] = quotes if len(quotes) == 4 else _QUOTES
    symbols = values.get("typographic_symbols")
    if isinstance(symbols, dict):
        made["typographic_symbols"] = {str(key): str(value) for key, value in symbols.items()}
    made["entity_output"] = str(values.get("entity_output") or "as_char").lstrip(":")
    engine = values.get("math_engine", "mathjax")
    made["math_engine"] = str(engine) if engine not in (None, False, "nil", "") else None
    highlighter = values.get("syntax_highlighter", "rouge")
    made["highlighter"] = str(highlighter) if highlighter not in (None, False, "nil", "") else None
    _take_highlighting(made, values.get("syntax_highlighter_opts"))
    return Options(**made)


def _take_highlighting(made: dict[str, Any], given: Any) -> None:
    choices: dict[str, Any] = given if isinstance(given, dict) else {}
    made["default_language"] = str(choices.get("default_lang") or "plaintext")
    disabled = choices.get("disable") is True
    made["spans_highlighted"] = not (disabled or _disabled(choices.get("span")))
    made["blocks_highlighted"] = not (disabled or _disabled(choices.get("block")))


def _disabled(choices: Any) -> bool:
    return isinstance(choices, dict) and choices.get("disable") is True


def _words(value: Any) -> list[str]:
    if isinstance(value, str):
        return [word.strip() for word in value.split(",")]
    return [str(word).strip() for word in value] if isinstance(value, list) else []


def _number(value: Any, default: int) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) else default


def _levels(value: Any) -> tuple[int, ...]:
    if isinstance(value, int):
        value = str(value)
    if isinstance(value, str):
        first, dots, last = value.partition("..")
        if dots and first.isdigit() and last.isdigit():
            return tuple(range(int(first), min(int(last), 6) + 1))
        value = value.split(",")
    if isinstance(value, list):
        return tuple(int(level) for level in value if str(level).strip().isdigit())
    return _LEVELS
