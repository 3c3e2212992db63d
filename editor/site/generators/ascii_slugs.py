"""Slugs in ASCII, as Pelican and Nikola make them of titles in any script, and the settings that change them."""

import html
import re
import unicodedata
from collections.abc import Callable, Sequence
from importlib import import_module

MAX_LENGTH = 1_000
"""No title is longer; a longer one would only keep the site's own patterns busy."""


def ascii_text(text: str) -> str:
    """Return `text` spelled in ASCII, by the package Unidecode or its sibling where one is installed.

    Without either, marks are taken off letters, and what has no ASCII letter below them is left out.
    """
    if text.isascii():
        return text
    spell = _speller()
    if spell is not None:
        return spell(text)
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode("ascii")


def without_tags(text: str) -> str:
    """Return HTML as the text that it shows, on one line (the package MarkupSafe: `Markup.striptags`)."""
    text = re.sub(r"<!--.*?-->", "", text, flags=re.DOTALL)
    return html.unescape(" ".join(re.sub(r"<[^>]*>", "", text).split()))


def pelican_slug(
    title: str,
    substitutions: Sequence[tuple[re.Pattern[str], str]],
    *,
    keep_case: bool = False,
    keep_script: bool = False,
) -> str:
    """Return the slug of a title by Pelican's rules (pelican/utils.py: slugify)."""
    text = unicodedata.normalize("NFKC", without_tags(title[:MAX_LENGTH]))
    if not keep_script:
        text = ascii_text(text)
    for pattern, replacement in substitutions:
        try:
            text = pattern.sub(replacement, text)
        except (re.error, IndexError):
            continue
    return (text if keep_case else text.lower()).strip()


def nikola_slug(text: str, *, slugify: bool = True) -> str:
    """Return the slug of a text by Nikola's rules (nikola/utils.py: slugify)."""
    if not slugify:
        return re.sub(r"[/\\?#\"'\r\n\t*:<>|]", "-", text)
    text = re.sub(r"[^+\w\s-]", "", ascii_text(text)).strip().lower()
    return re.sub(r"[-\s]+", "-", text)


def tame_pattern(pattern: str, flags: int = 0) -> re.Pattern[str] | None:
    """Return the compiled pattern of a site's configuration.

    None where it is none, or where one endless repetition stands in another: such a pattern can take years.
    """
    if len(pattern) > 1_000:
        return None
    try:
        compiled = re.compile(pattern, flags)
    except (re.error, OverflowError, RecursionError):
        return None
    return None if _NESTED.search(_CLASSES.sub("x", pattern)) else compiled


_CLASSES = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]")
_NESTED = re.compile(r"\((?:[^()]|\([^()]*\))*[*+](?:[^()]|\([^()]*\))*\)(?:[*+]|\{\d+,\})")
"""A group that repeats endlessly and holds `*` or `+`."""


def _speller() -> Callable[[str], str] | None:
    for name in ("unidecode", "text_unidecode"):
        try:
            return import_module(name).unidecode  # type: ignore[no-any-return]
        except ImportError:
            continue
    return None
