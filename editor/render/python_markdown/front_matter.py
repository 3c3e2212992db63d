"""The body of a page, split from its metadata by the rules of its generator.

Sources: mkdocs/utils/meta.py (pages) and material/plugins/blog/structure (posts), MkDocs 1.6 and Material 9;
markdown/extensions/meta.py, as Pelican reads it; nikola/metadata_extractors.py; the package hexo-front-matter;
gohugoio/hugo parser/pageparser.
"""

from __future__ import annotations

import functools
import json
import re
from typing import TYPE_CHECKING

import markdown
from markdown.extensions.meta import MetaPreprocessor

if TYPE_CHECKING:
    from editor.render.python_markdown.notes import Notes

_BLOCK = re.compile(r"-{3}[ \t]*\n(.*?\n)(?:\.{3}|-{3})[ \t]*\n", re.DOTALL)
_FENCED = re.compile(
    r"(?:---[A-Za-z]*[ \t]*\n(?:.*?\n)??(?:---|\.\.\.)|(\+\+\+|;;;)[ \t]*\n(?:.*?\n)??\1)[ \t]*(?:\n|\Z)",
    re.DOTALL,
)
_FENCES = ("---", "+++", ";;;", "{", "\ufeff")
_CLOSING = re.compile(r"(?:-{3,}|;{3,})[ \t]*(?:\n|\Z)", re.MULTILINE)
_NIKOLA_FIELD = re.compile(r"\s*\.\. .*?: .", re.MULTILINE)
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


def other_body(text: str, rule: str) -> str:
    """Return the body of a page of another generator than MkDocs.

    `rule` is `lines` (`Key: value`, as Markdown's extension meta takes them), `nikola` (its own lines), or
    `nikola-lines` where it takes both, `hexo`, whose YAML needs no opening fence, or `fenced`: whatever stands
    between `---` (YAML), `+++` (TOML) or `;;;`, or a JSON object; `hugo` is the same, below white space too.
    """
    if rule == "lines":
        return _below_lines(text)
    if rule == "hugo":
        written = text.lstrip("\ufeff \t\n")
        inner = _fenced_body(written)
        return text if inner is written else inner
    body = _fenced_body(text)
    if body is text and rule.startswith("nikola"):
        body = _below_nikola_lines(text)
    if body is text and rule == "nikola-lines":
        return _below_lines(text)
    return _below_closing_fence(text) if body is text and rule == "hexo" else body


def may_become_metadata(text: str, rule: str) -> bool:
    """Return whether an edit below the first line of `text`, all of which is body, may make it metadata."""
    if rule == "hugo" and text[:1].isspace():
        return True
    return rule in ("nikola", "nikola-lines", "hexo") or text.startswith(
        "---" if rule in ("mkdocs", "lines") else _FENCES
    )


def _fenced_body(text: str) -> str:
    start = len(text) - len(text.lstrip("\ufeff"))
    block = _FENCED.match(text, start)
    if block:
        return text[block.end() :].lstrip("\n")
    if text.startswith("{", start):
        try:
            value, end = json.JSONDecoder().raw_decode(text, start)
        except (ValueError, RecursionError):
            return text
        return text[end:].lstrip("\n") if isinstance(value, dict) else text
    return text


def _below_lines(text: str) -> str:
    text = text.lstrip("\ufeff")
    lines = text.expandtabs(4).split("\n")  # as Markdown has it before it looks for metadata
    rest = MetaPreprocessor(markdown.Markdown()).run(list(lines))
    return "\n".join(text.split("\n")[len(lines) - len(rest) :])


def _below_nikola_lines(text: str) -> str:
    header, _, body = text.lstrip().partition("\n\n")
    return body.lstrip("\n") if _NIKOLA_FIELD.search(header) else text


def _below_closing_fence(text: str) -> str:
    closing = _CLOSING.search(text)
    if closing is None or yaml_kind(text[: closing.start()]) != "mapping":
        return text
    return text[closing.end() :].lstrip("\n")


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
