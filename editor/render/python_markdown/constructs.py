"""What of a site's Markdown reaches over blank lines: read off its Markdown instance, once.

A page is rendered block by block only where every extension is one whose reach is known.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import markdown

_STANDARD = (
    "abbr admonition attr_list codehilite def_list extra fenced_code footnotes legacy_attrs legacy_em "
    "md_in_html meta nl2br sane_lists smarty tables toc wikilinks"
)

_PYMDOWNX = (
    "arithmatex b64 betterem blocks.admonition blocks.caption blocks.definition blocks.details blocks.html "
    "blocks.tab caret critic details emoji escapeall extra fancylists highlight inlinehilite keys magiclink "
    "mark progressbar quotes saneheaders smartsymbols snippets striphtml superfences tabbed tasklist tilde"
)

_PREVIEWS = ("material.extensions.preview", "zensical.extensions.preview")

# Beside lists, quotes and the like, what may take in a chunk after it although definitions stand between.
LIST, QUOTE, TAB, TERMS, CODE, BOX = 1, 2, 4, 8, 16, 32
STICKY = LIST | QUOTE | TAB | TERMS | CODE | BOX
DEFINES = 64
"""A chunk that opens with a definition, which leaves no element between its neighbours."""
BACK = 128
"""A chunk that takes in, or belongs to, whatever stands before it."""
COLON = 256
"""A chunk that opens with a colon: the terms are the paragraph before."""

_LIST = r"^ {0,3}(?:[*+-]|\d+\.)[ ]"
_FANCY = r"^ {0,3}(?:[*+-]|(?:[0-9]+|[a-zA-Z]+|#)[.)]|\((?:[0-9]+|[a-zA-Z]+)\))(?:[ ]|$)"
_DEFINITION = re.compile(r" {0,3}(?:\[[^\]]*\]|\*\[[^\]]*\][ ]?):|\*\[")
CRITIC_MARK = re.compile(r"\{(\+\+|--|~~|==|>>)")
"""What opens a mark of pymdownx.critic."""

_CAPTIONS_WITHOUT_NUMBER = frozenset(("caption",))


def is_known(extension: str) -> bool:
    """Return whether the reach of an extension (its full name of import) is known.

    Any other may look at the whole text or the whole tree: macros, includes, `:::` autodoc and the like.
    """
    name = extension.partition(":")[0]
    package, _, rest = name.partition(".")
    if name in _PREVIEWS:
        return True
    if package == "pymdownx":
        return rest in _PYMDOWNX.split()
    return name.rpartition(".")[2] in _STANDARD.split() and name.startswith("markdown.extensions.")


class Constructs:
    """Which constructs one Markdown instance knows, as far as they decide where a block may end."""

    def __init__(self, md: markdown.Markdown) -> None:
        """Look through the registries of `md`."""
        self.md = md
        blocks = md.parser.blockprocessors
        self.fences: Any = named(md.preprocessors, "fenced_code_block")
        self.super_fences = hasattr(self.fences, "search_nested")
        self.html: Any = named(md.preprocessors, "html_block")
        self.snippets: Any = named(md.preprocessors, "snippet")
        self.critic: Any = named(md.preprocessors, "critic")
        self.terms = "deflist" in blocks
        self.definition_lines = _DEFINITION
        fancy = any(type(block).__module__.startswith("pymdownx.fancylists") for block in blocks)
        self.list_marker = re.compile(_FANCY if fancy else _LIST, re.MULTILINE)
        generic: list[Any] = [block for block in blocks if type(block).__name__ == "BlocksProcessor"]
        self.fancy_lists = fancy
        self.generic: Any = generic[0] if generic else None
        self.numbered_captions = frozenset(
            name
            for name, made in (self.generic.blocks.items() if self.generic else ())
            if made.__module__ == "pymdownx.blocks.caption" and name not in _CAPTIONS_WITHOUT_NUMBER
        )
        self.shortcodes = "nikola_shortcodes" in md.preprocessors
        footnotes = [extension for extension in md.registeredExtensions if hasattr(extension, "setFootnote")]
        self.footnotes: Any = footnotes[-1] if footnotes else None

    def why_whole(self) -> str | None:
        """Return the option because of which every page must be rendered at once, or None."""
        notes = self.footnotes
        if self.md.tab_length != 4:
            return "tab_length"
        if notes is not None:
            if notes.getConfig("UNIQUE_IDS"):
                return "UNIQUE_IDS"  # counted on from page to page
            if "USE_DEFINITION_ORDER" in notes.config and not notes.getConfig("USE_DEFINITION_ORDER"):
                return "USE_DEFINITION_ORDER"  # numbers follow the order in which inline text is reached
            if "{}" not in notes.config.get("SUPERSCRIPT_TEXT", ["{}"])[0]:
                return "SUPERSCRIPT_TEXT"
        if "abbr" in self.md.parser.blockprocessors and "abbr" not in self.md.treeprocessors:
            return "abbr"  # before Markdown 3.7 each definition became an inline pattern
        if self.super_fences:
            if self.fences.config.get("preserve_tabs"):
                return "preserve_tabs"
            for fence in self.fences.config.get("custom_fences", []):
                for made in (fence.get("format"), fence.get("validator")):
                    made = getattr(made, "func", made)
                    module = getattr(made, "__module__", None) or type(made).__module__
                    if made is not None and not module.startswith("pymdownx."):
                        return "custom_fences"  # may count, or keep what it is given
        if self.generic is not None and any(
            config.get("slugify")
            for name, config in self.generic.config.items()
            if name == "tab" and isinstance(config, dict)
        ):
            return "slugify"
        return None

    def rewrites(self, text: str) -> bool:
        """Return whether something in a text may be turned into other lines before its lines count."""
        return (
            (self.snippets is not None and "8<" in text)
            or (self.critic is not None and CRITIC_MARK.search(text) is not None)
            or (self.generic is not None and "///" in text)
            or "\x02" in text
            or "\x03" in text
        )

    def whole_line(self, line: str) -> bool:
        """Return whether a line makes its page one that must be rendered at once."""
        if self.numbered_captions and "///" in line:
            found = self.generic.start.search(line)
            if found and found.group(2).lower() in self.numbered_captions:
                return True
        return self.footnotes is not None and self.footnotes.getConfig("PLACE_MARKER") in line

    def kinds(self, text: str) -> int:
        """Return the kinds of what a chunk of text (fences masked) holds and opens with."""
        kinds = 0
        if self.list_marker.search(text):
            kinds |= LIST
        if ">" in text and re.search(r"^ {0,3}>", text, re.MULTILINE):
            kinds |= QUOTE
        if "===" in text and re.search(r'^\s*={3}[+!]{0,2} +"', text, re.MULTILINE):
            kinds |= TAB | BOX
        if "!!!" in text or "???" in text or "///" in text:
            kinds |= BOX
        if self.terms and ":" in text and re.search(r"^ {0,3}:[ ]", text, re.MULTILINE):
            kinds |= TERMS
        if "<" in text and "markdown" in text:
            kinds |= STICKY
        first = text.lstrip("\n")
        if first.startswith("    "):
            kinds |= CODE | BACK
        if self.definition_lines.match(first):
            kinds |= DEFINES
        if self.terms and re.match(r" {0,3}:[ ]", first):
            kinds |= BACK | COLON
        if self.generic is not None and re.match(r" {0,3}///", first):
            kinds |= BACK
        return kinds

    def joins(self, text: str, kinds: int, before: int) -> bool:
        """Return whether a chunk of these kinds goes on with a block of the kinds `before`."""
        if kinds & BACK or before & (kinds & TERMS):
            return True
        opening = text.lstrip("\n")
        if kinds & DEFINES:
            return bool(before & STICKY)
        if before & LIST and self.list_marker.match(opening):
            return True
        if before & QUOTE and re.match(r" {0,3}>", opening):
            return True
        return bool(before & TAB) and opening.startswith("===")


def named(registry: Any, name: str) -> Any:
    """Return what is registered under a name, or None: a registry has no `get`."""
    return registry[name] if name in registry else None  # noqa: SIM401
