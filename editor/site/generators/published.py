"""Published: what a built site has besides its posts, as far as its sources tell."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urlsplit

_PLACEHOLDER = re.compile(r"\{[^{}]*\}|%[A-Za-z]|:[a-z_]+")


def nothing(_name: str) -> Path | None:
    """Return None: no file is served anywhere."""
    return None


def nothing_beside(_source: Path, _name: str) -> Path | None:
    """Return None: no file is served below a page."""
    return None


@dataclass(frozen=True, slots=True)
class Published:
    """The addresses that a generator publishes; of posts the index of the site tells them.

    All of them are decoded, and begin with a slash at the root of the published site.
    """

    base: str = ""
    """The path of that root at its host, without a slash at its end; empty for the host's own root."""
    rooted: bool = False
    """Whether a link that begins with a slash means the site's root, wherever that is at its host."""
    from_root: bool = False
    """Whether rendering leaves addresses that the generator makes relative to the root, where it has them relative."""
    pages: Mapping[str, Path] = field(default_factory=dict)
    """Address -> the source of each page that is no post."""
    asset: Callable[[str], Path | None] = nothing
    """Return the file that is served as it is at a path, given without its first slash."""
    beside: Callable[[Path, str], Path | None] = nothing_beside
    """Return the file that is served below the page of a source, at a path relative to that page's address."""
    made: tuple[re.Pattern[str], ...] = ()
    """What the addresses look like that generator, theme or plugins may make: whether they do, only a build knows."""
    complete: bool = False
    """Whether a page that is none of all these, and no post, is none at all."""

    assets_known: bool = False
    """Whether a file that is none of these is none at all, even where not all pages are known."""
    folders_known: bool = False
    """Whether that is so in folders in which the site itself has files: others may come with a theme."""

    def may_make(self, address: str) -> bool:
        """Return whether something that is no source may be published at an address."""
        return any(pattern.match(address) for pattern in self.made)


def base_of(url: str) -> str:
    """Return the path of a site's address, without a slash at its end."""
    try:
        return unquote(urlsplit(url).path).rstrip("/")
    except ValueError:
        return ""


def patterns(texts: Iterable[str]) -> tuple[re.Pattern[str], ...]:
    """Return regular expressions for addresses: `*` is any part of one, a slash at the end all below it."""
    made = []
    for text in dict.fromkeys(texts):
        inner = ".*".join(re.escape(part) for part in text.strip("/").split("*"))
        ending = "(?:/|$)" if text.endswith("/") else "$"
        made.append(re.compile(f"/{inner}{ending}", re.IGNORECASE))
    return tuple(made)


def of_template(text: str) -> str:
    """Return a pattern of addresses such as `tag/{slug}.html` or `/:year/:title/` with `*` for what is filled in."""
    return re.sub(r"\*+", "*", _PLACEHOLDER.sub("*", text))
