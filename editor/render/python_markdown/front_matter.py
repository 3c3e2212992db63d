"""The body of a page, split from its metadata by MkDocs' own rules.

Sources: mkdocs/utils/meta.py (pages) and material/plugins/blog/structure (posts), MkDocs 1.6 and Material 9.
"""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from editor.render.python_markdown.notes import Notes

_BLOCK = re.compile(r"-{3}[ \t]*\n(.*?\n)(?:\.{3}|-{3})[ \t]*\n", re.DOTALL)
_KEY = re.compile(r" {0,3}[A-Za-z0-9_-]+:")
_MORE = re.compile(r"(?: {4}|\t)")


def page_body(text: str) -> str:
    """Return the body of a page: text after a YAML mapping, or after MultiMarkdown lines.

    A block that is no YAML mapping, or broken YAML, stays in the page: so does MkDocs.
    """
    block = _BLOCK.match(text)
    if block:
        return text[block.end() :].lstrip("\n") if yaml_kind(block[1]) == "mapping" else text
    lines = text.split("\n")
    known = False
    for at, line in enumerate(lines):
        if not line.strip():
            return "\n".join(lines[at + 1 :]).lstrip("\n")
        if _KEY.match(line):
            known = True
        elif not (known and _MORE.match(line)):
            return "\n".join(lines[at:]).lstrip("\n")
    return ""


def post_body(text: str, notes: Notes) -> str:
    """Return the body of a post of Material's blog, which takes YAML alone; what it would refuse is noted."""
    block = _BLOCK.match(text)
    if not block:
        notes.add("post-without-front-matter")
        return text
    kind = yaml_kind(block[1])
    if kind in {"broken", "other"}:
        notes.add("post-front-matter-broken")
    return text[block.end() :].lstrip("\n")


def fenced_body(text: str) -> str:
    """Return what follows a block between `---` lines, whatever the block holds."""
    block = _BLOCK.match(text)
    return text[block.end() :].lstrip("\n") if block else text


@functools.lru_cache(maxsize=8)
def yaml_kind(block: str) -> str:
    """Return whether the YAML is a `mapping`, `empty`, something `other` or `broken`.

    Without a YAML module (MkDocs can't be without one) it is taken for a mapping.
    """
    try:
        import yaml
    except ImportError:
        return "mapping"
    try:
        value = yaml.load(block, getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except Exception:  # also ValueError of an impossible date: MkDocs catches everything here
        return "broken"
    if value is None:
        return "empty"
    return "mapping" if isinstance(value, dict) else "other"
