"""Every format of front matter: how its block is found, and what edits it; and which of them a reader takes."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from editor.post.front_matter.block import Block, find_block, find_marked_block, find_unopened
from editor.post.front_matter.json_format import JsonFrontMatter
from editor.post.front_matter.json_reading import find_json
from editor.post.front_matter.line_format import (
    MultiMarkdownFrontMatter,
    NikolaFrontMatter,
    PelicanFrontMatter,
)
from editor.post.front_matter.line_reading import multimarkdown_block, nikola_block, pelican_block
from editor.post.front_matter.spliced import SplicedFrontMatter
from editor.post.front_matter.toml_format import TomlFrontMatter
from editor.post.front_matter.yaml_format import YamlFrontMatter

_KEY_FIRST = re.compile(r"[A-Za-z][A-Za-z0-9_ -]{0,60}:")
_BEGINNINGS = {
    "unopened": _KEY_FIRST,
    "nikola": re.compile(r"\s*(?:<!--|\.\. )"),
    "pelican": _KEY_FIRST,
}
"""How lines without fences begin that may be metadata by their content alone."""


@dataclass(frozen=True, slots=True)
class Format:
    """What finds the block of a format, or None, and what reads it; finding raises FrontMatterError."""

    kind: type[SplicedFrontMatter]
    find: Callable[[str], Block | None]


FORMATS = {
    "yaml": Format(YamlFrontMatter, find_block),
    "toml": Format(TomlFrontMatter, find_block),
    "json": Format(JsonFrontMatter, find_json),
    "pelican": Format(PelicanFrontMatter, pelican_block),
    "multimarkdown": Format(MultiMarkdownFrontMatter, multimarkdown_block),
    "nikola": Format(NikolaFrontMatter, nikola_block),
}

READERS: dict[str, tuple[tuple[str, ...], str]] = {
    "yaml": (("fenced",), "yaml"),
    "toml": (("fenced",), "toml"),
    "json": (("json", "fenced"), "json"),
    "mkdocs-material": (("fenced",), "yaml"),
    "zensical": (("fenced",), "yaml"),
    "mkdocs": (("fenced", "multimarkdown"), "yaml"),
    "pelican": (("pelican",), "pelican"),
    "pelican-yaml": (("fenced", "pelican"), "yaml"),
    "nikola": (("fenced", "nikola"), "nikola"),
    "nikola-meta": (("fenced", "nikola", "pelican"), "nikola"),
    "hugo": (("json", "fenced", "marked"), "toml"),
    "jekyll": (("fenced",), "yaml"),
    "eleventy": (("json", "fenced"), "yaml"),
    "zola": (("fenced",), "toml"),
    "astro": (("fenced",), "yaml"),
    "hexo": (("fenced", "json", "unopened"), "yaml"),
}
"""Reader -> what it may find, in order (`fenced`: YAML or TOML; `marked`: behind a second byte order mark), and the
format of a new block.

Fences are taken where a generator has no use for one of the two: nobody means them as text.
"""

JSON_SHAPES = {"eleventy": "json-fenced", "hexo": "json-semicolons"}


def found_by(way: str, text: str) -> SplicedFrontMatter | None:
    """Return the front matter that `text` has for one of the ways in READERS, if there is any.

    Raises FrontMatterError where it is begun and never ended.
    """
    if way in ("fenced", "marked"):
        block = find_block(text) if way == "fenced" else find_marked_block(text)
        return FORMATS[block.format].kind(text, block) if block else None
    if way == "unopened":
        block = find_unopened(text)
        unopened = YamlFrontMatter(text, block) if block else None
        return unopened if unopened and unopened.values else None
    block = FORMATS[way].find(text)
    found = FORMATS[way].kind(text, block) if block else None
    # Lines are there or not; a fence makes an empty block.
    return found if found and (way == "json" or found.values or (block and block.inner_start)) else None


def found_by_content(text: str) -> SplicedFrontMatter | None:
    """Return the front matter of a text of which nothing else is known: only what plainly is some.

    Raises FrontMatterError where it is begun and never ended.
    """
    for way in ("json", "fenced"):
        found = found_by(way, text)
        if found and (found.format != "json" or _ends_its_line(found)):
            return found
    for way, beginning in _BEGINNINGS.items():
        found = found_by(way, text) if beginning.match(text) else None
        if found and _is_plain(found):
            return found
    return None


def _ends_its_line(found: SplicedFrontMatter) -> bool:
    """Return whether nothing but its line end stands behind the block."""
    return found.end == len(found.text) or found.text[found.end - 1] in "\r\n"


def _is_plain(found: SplicedFrontMatter) -> bool:
    """Return whether bare lines say what only metadata says: a title, or a date among others."""
    keys = {key.lower() for key in found.values}
    block = found.block
    ended = block.end > block.inner_end or block.end == len(found.text)
    several = len(keys) > 1
    if block.format == "yaml" and not several:
        return False  # a heading, underlined by dashes
    return ended and ("title" in keys or ("date" in keys and several))
