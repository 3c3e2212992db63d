"""Where the page of a post is in the built site: by its address, else by the words of its text."""

import html
import os
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

_SUFFIXES = (".html", ".htm", ".xhtml")
_MAX_PAGES = 20_000
_MAX_BYTES = 8_000_000
_PHRASE = 5
"""So many words in a row are rarely on two pages."""
_PHRASES = 24
_ENOUGH = 0.5
"""The share of a post's phrases that its page holds at least: shortcodes and code may look otherwise there."""
_SURE = 3
"""So many phrases at least are on a page that has neither the name nor the title of the post: fewer are anywhere."""

_FRONT_MATTER = re.compile(
    r"\A\ufeff?\s*(?:---[ \t]*\n.*?\n---|\+\+\+[ \t]*\n.*?\n\+\+\+)[ \t]*(?:\n|\Z)", re.DOTALL
)
_FENCED = re.compile(r"^ {0,3}(`{3,}|~{3,}).*?^ {0,3}\1", re.DOTALL | re.MULTILINE)
_NO_WORDS = (
    re.compile(r"<!--.*?-->", re.DOTALL),
    re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{:.*?\}", re.DOTALL),
    re.compile(r"!\[[^\]]*\](?:\([^)]*\)|\[[^\]]*\])?"),
    re.compile(r"(?<=\])(?:\([^)]*\)|\[[^\]]*\])"),
    re.compile(r"<[^>\n]*>"),
    re.compile(r"https?://\S+"),
    re.compile(r"^\[[^\]]+\]:.*$", re.MULTILINE),
    re.compile(r"^(?:\.\. )?[\w-]+:.*$", re.MULTILINE),
)
_TITLES = re.compile(r"^(?:(?:\.\. )?title[ \t]*[:=]|#[ \t])[ \t]*(\S.*)$", re.IGNORECASE | re.MULTILINE)
_HEAD = re.compile(r"<title\b[^>]*>(.*?)</title", re.DOTALL | re.IGNORECASE)
_NO_TEXT = re.compile(r"<(script|style|template)\b.*?</\1\s*>|<!--.*?-->|<[^>]*>", re.DOTALL | re.IGNORECASE)


def at_address(folder: Path, address: str, prefix: str = "/") -> Path | None:
    """Return the file below `folder` that is published at the path `address`, with or without `prefix`.

    A folder's page is its `index.html`, and servers find `x.html` for `/x`.
    """
    if not address:
        return None
    try:
        name = unquote(urlsplit(address).path)
    except ValueError:
        return None
    names = [name[len(prefix) - 1 :]] if name.startswith(prefix) else []
    real = os.path.realpath(folder)
    for inner in dict.fromkeys([*names, name]):
        if "\0" in inner:
            continue
        place = folder / inner.strip("/")
        indexes = [place / f"index{suffix}" for suffix in _SUFFIXES]
        beside = [place.with_name(place.name + suffix) for suffix in _SUFFIXES] if inner.strip("/") else []
        for file in (place, *indexes, *beside) if not inner.endswith("/") else (*indexes, *beside):
            found = os.path.realpath(file)
            if os.path.isfile(found) and Path(found).is_relative_to(real):  # noqa: PTH113  (real is text)
                return file
    return None


def address_of(page: Path, folder: Path, prefix: str = "/") -> str:
    """Return the quoted path under which the file `page` below `folder` is published."""
    name = page.relative_to(folder).as_posix()
    name = name[: -len("index.html")] if name == "index.html" or name.endswith("/index.html") else name
    return prefix + quote(name)


def by_content(folder: Path, path: Path, text: str) -> Path | None:
    """Return the page below `folder` that holds most of the phrases of a post, or None.

    `text` is the post with its front matter. Indexes and feeds hold whole posts too: among pages that hold
    about as much, that goes first which has the name of the file `path`, or the post's title, and then the
    one with the fewest words.
    """
    phrases = _phrases(text)
    if not phrases:
        return None
    name = _name(path)
    title = _words(next(iter(_TITLES.findall(text)), ""))
    rarest = max((word for phrase in phrases for word in phrase.split()), key=len).encode()
    best: tuple[float, bool, int] | None = None
    found = None
    for page in sorted(_pages(folder), key=lambda page: (not _is_named(page, name), page)):
        named = _is_named(page, name)
        if best is not None and best[1] and best[0] > 0.8 and not named:
            break  # the rest are indexes
        text_of_page = _read(page, rarest)
        if not text_of_page:
            continue
        words = _words(_NO_TEXT.sub(" ", text_of_page))
        count = sum(phrase in words for phrase in phrases)
        share = count / len(phrases)
        head = _HEAD.search(text_of_page)
        own = named or (len(title) > 2 and head is not None and title in _words(head[1]))
        score = (round(share, 1), own, -len(words))
        if share >= _ENOUGH and (own or count >= _SURE) and (best is None or score > best):
            best, found = score, page
    return found


def _pages(folder: Path) -> Iterator[Path]:
    count = 0
    for parent, folders, names in os.walk(folder):
        folders.sort()
        for name in names:
            if name.lower().endswith(_SUFFIXES):
                count += 1
                if count > _MAX_PAGES:
                    return
                yield Path(parent, name)


def _read(page: Path, rarest: bytes) -> str:
    """Return the HTML of a page; nothing where the word `rarest` is not in it."""
    try:
        if page.stat().st_size > _MAX_BYTES:
            return ""
        data = page.read_bytes()
    except OSError:
        return ""
    if rarest.isascii() and rarest not in data.lower():
        return ""
    return data.decode("utf-8", "replace")


def _words(text: str) -> str:
    """Return the words of a text, HTML's entities resolved, in lower case and each between spaces."""
    words = re.findall(r"\w+", html.unescape(text).lower())
    return f" {' '.join(words)} "


def _phrases(text: str) -> list[str]:
    """Return some phrases of the text that stand on the page as they do in the source, from all over it."""
    body = _FENCED.sub("\n", _FRONT_MATTER.sub("", text.replace("\r\n", "\n"), count=1))
    for pattern in _NO_WORDS:
        body = pattern.sub(" \n ", body)
    found: list[str] = []
    for paragraph in re.split(r"\n\s*\n|\n(?=\s*(?:[-*+>#|]|\d+[.)]))", body):
        words = _words(re.sub(r"[*_~`]+", "", paragraph)).split()
        starts = (
            range(0, len(words) - _PHRASE + 1, _PHRASE) if len(words) >= _PHRASE else range(len(words) > 2)
        )
        found += [f" {' '.join(words[start : start + _PHRASE])} " for start in starts]
    found = list(dict.fromkeys(found))
    step = max(1, len(found) // _PHRASES)
    return found[::step][:_PHRASES]


def _name(path: Path) -> str:
    stem = path.parent.name if path.stem == "index" else path.stem
    return re.sub(r"^\d{4}-\d{2}-\d{2}-", "", stem).lower()


def _is_named(page: Path, name: str) -> bool:
    own = page.parent.name if page.stem == "index" else page.stem
    return own.lower() == name
