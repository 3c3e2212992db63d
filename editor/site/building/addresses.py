"""The site's own addresses in built pages: found, and led to where the built site is shown."""

import re
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import urlsplit

_MARKUP = re.compile(
    rb"<!--.*?-->|<script\b.*?</script\s*>|<style\b.*?</style\s*>|<[a-zA-Z/!][^<>]*>",
    re.DOTALL | re.IGNORECASE,
)
_IS_MARKUP = re.compile(rb"(?:\xef\xbb\xbf)?\s*<")
_INTEGRITY = re.compile(rb"""\s+integrity\s*=\s*(?:"[^"]*"|'[^']*'|[^\s>]+)""", re.IGNORECASE)
_CANONICAL = re.compile(
    r"""<link\b(?=[^>]*\brel\s*=\s*["']?canonical\b)[^>]*\bhref\s*=\s*["']?(https?://[^"'\s>]+)""",
    re.IGNORECASE,
)
_END = rb"(?![\w.:@-])"
"""What follows an origin: not the rest of a longer name, a port or an account."""


def origin_of(url: str) -> str:
    """Return the origin of an address, `https://example.org`; empty for one that has none."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return ""
    return f"{parts.scheme}://{parts.netloc}" if parts.scheme in ("http", "https") and parts.netloc else ""


def prefix_of(url: str) -> str:
    """Return the path of the site's address with slashes around it, `/blog/`; `/` where it has none."""
    try:
        path = urlsplit(url.strip()).path.strip("/")
    except ValueError:
        path = ""
    return f"/{path}/" if path else "/"


def site_addresses(urls: Iterable[str], folder: Path) -> tuple[str, ...]:
    """Return the origins of the addresses `urls`, and of that which the built home page says it has.

    The scheme does not count: both http and https are among them. Generators whose configuration is code may
    be known by the canonical address of a page only.
    """
    found: dict[str, None] = {}
    for url in (*urls, _canonical(folder)):
        origin = origin_of(url)
        if origin:
            host = origin.partition("://")[2]
            found.update({f"https://{host}": None, f"http://{host}": None})
    return tuple(found)


def localized(data: bytes, addresses: Iterable[str], origin: str = "") -> bytes:
    """Return HTML, CSS or a script with `origin` in place of each of the origins `addresses`.

    In HTML only tags, scripts and styles are touched: what people read stays as it is. A file's promised hash
    (`integrity`) is taken away from the tags, since the files change too.
    """
    hosts = b"|".join(re.escape(host.partition("://")[2].encode()) for host in addresses if host)
    if not hosts:
        return data
    # Scripts hold JSON with escaped slashes; `//example.org` is an address as well.
    own = re.compile(rb"(?:https?:)?(?:\\?/){2}(?:" + hosts + rb")" + _END, re.IGNORECASE)
    new = origin.encode()

    def led(match: re.Match[bytes]) -> bytes:
        if match[0].startswith(b"<!--"):
            return match[0]
        return _INTEGRITY.sub(b"", own.sub(lambda _: new, match[0]))

    if _IS_MARKUP.match(data):
        return _MARKUP.sub(led, data)
    return own.sub(lambda _: new, data)


def _canonical(folder: Path) -> str:
    for name in ("index.html", "404.html"):
        try:
            with (folder / name).open(encoding="utf-8", errors="replace") as stream:
                found = _CANONICAL.search(stream.read(200_000))
        except OSError:
            continue
        if found:
            return found[1]
    return ""
