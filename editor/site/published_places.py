"""PublishedPlaces: what is published at an address of the site, and where a link of a page leads.

Truth is the built site as a plain web server shows it: `/a` may be the file `a`, the page `a/index.html` or, as
GitHub Pages and most hosts have it, `a.html`.
"""

import difflib
import posixpath
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from urllib.parse import quote, unquote, urljoin, urlsplit

from editor.site.generators.published import Published
from editor.site.index import PostSummary
from editor.site.site import Site

_HOST_NAME = "site.invalid"
_HOST = f"http://{_HOST_NAME}"
"""Stands for the site's host: addresses are resolved as a browser does it."""
_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".avif", ".bmp", ".ico", ".apng")
_PAGES = (".html", ".htm", ".php", ".xhtml")
_NEAR = 0.8
_REDIRECTS = (
    "_redirects",
    "netlify.toml",
    "vercel.json",
    ".htaccess",
    "firebase.json",
    "staticwebapp.config.json",
)
"""Files in which hosts are told of addresses that lead elsewhere."""


@dataclass(frozen=True, slots=True)
class Place:
    """What is at an address."""

    address: str
    """Decoded, with a slash at its beginning, from the root of the published site."""
    exists: bool | None
    """Whether the next build publishes something there; None where only a build can know."""
    source: Path | None = None
    """The source of the page there, of a post that the next build leaves out, too."""
    held_back: str = ""
    """Why the build leaves that post out: `draft`, `scheduled`, `hidden` or `invalid`; empty where it doesn't."""
    file: Path | None = None
    """The file that is served there as it is."""


@dataclass(frozen=True, slots=True)
class Lead:
    """Where a link leads that stays in the site."""

    place: Place
    fragment: str
    """Decoded, without `#`; empty for none."""
    own: bool
    """Whether it leads to the page that it stands on."""


class PublishedPlaces:
    """The addresses of one site with its posts as they were read; its other files are looked at when asked."""

    def __init__(self, site: Site, posts: Iterable[PostSummary] = ()) -> None:
        """Take a site and its posts, as `PostIndex` lists them."""
        self.site = site
        self._posts = tuple(posts)

    def __reduce__(self) -> tuple[type["PublishedPlaces"], tuple[Site, tuple[PostSummary, ...]]]:
        """Go to another process without what was found out meanwhile: a generator's rules can't go there."""
        return PublishedPlaces, (self.site, self._posts)

    def place(self, address: str) -> Place:
        """Return what is at an address, decoded and from the site's root."""
        for variant in _variants(address):
            found = self._at(variant, address)
            if found is not None:
                return found
        return Place(address, self._missing(address))

    def exists(self, address: str) -> bool | None:
        """Return whether the next build publishes something at an address; None where only a build can know."""
        return self.place(address).exists

    def address_of(self, path: Path) -> str:
        """Return the address of a page that is no post, quoted and from the site's root; empty for any other file."""
        found = (address for address, source in self._published.pages.items() if source == path)
        return quote(next(found, ""))

    def has_folder(self, address: str) -> bool:
        """Return whether the site publishes anything below the first folder of an address, or at its root by that name.

        Where it doesn't, something else at the same host may: another project's pages, a wiki, a forum.
        """
        first = address.strip("/").split("/")[0]
        return first in self._folders or any((folder / first).exists() for folder in self.site.static_dirs)

    def near(self, address: str) -> str | None:
        """Return the address of a page of the site that `address` most likely means; None where none is near it."""
        known = [*self._by_address, *self._pages]
        found = difflib.get_close_matches(_same(address), known, n=1, cutoff=_NEAR)
        if not found:
            return None
        post = self._by_address.get(found[0])
        if post is not None and not post.published:
            return None
        slash = "/" if address.endswith("/") or posixpath.splitext(found[0])[1] == "" else ""
        return found[0].rstrip("/") + slash

    def lead(self, href: str, own: str, path: Path) -> Lead | None:
        """Return where a link of the page of `path` leads; None where that is out of the site, or nowhere.

        `href` is as it was rendered; `own` the page's address, quoted and from the site's root, as
        `Publication.url`.
        """
        source = self.site.rules.source_link(href, path)
        if source is not None:
            place = self._of_source(source)
            fragment = unquote(urlsplit(href).fragment)
            return Lead(place, fragment, source == path)
        base = self._published.base
        href = href.strip()
        if self._published.rooted and href.startswith("/") and not href.startswith("//"):
            href = quote(base) + href
        try:
            parts = urlsplit(urljoin(_HOST + quote(base) + own, href))
        except ValueError:
            return None
        if parts.scheme not in ("http", "https") or parts.netloc not in (_HOST_NAME, self._host):
            return None
        whole = unquote(parts.path) or "/"
        if base and whole != base and not whole.startswith(base + "/"):
            return None
        inner = whole[len(base) :] or "/"
        is_own = _same(inner) == _same(unquote(urlsplit(own).path))
        place = Place(inner, True) if is_own else self.place(inner)
        if self._published.from_root and not place.exists and not href.startswith(("/", "?", "#")):
            rooted = self.place(unquote(urlsplit(urljoin(_HOST + "/", href)).path))
            place = rooted if rooted.exists else place
        return Lead(place, unquote(parts.fragment), is_own)

    @cached_property
    def _published(self) -> Published:
        return self.site.rules.published()

    @cached_property
    def _host(self) -> str:
        """The host of the site's own address: whole addresses lead into the site, too."""
        try:
            return urlsplit(self.site.url).netloc or _HOST_NAME
        except ValueError:
            return _HOST_NAME

    def _of_source(self, source: Path) -> Place:
        """Return what becomes of a file of the site, which is there."""
        post = self._by_source.get(source)
        if post is not None:
            return _of_post(post, unquote(urlsplit(post.url).path))
        page = next((address for address, file in self._published.pages.items() if file == source), None)
        if page is not None:
            return Place(page, True, source)
        return Place("", True, file=source) if source.is_file() else Place("", None)

    @cached_property
    def _by_source(self) -> Mapping[Path, PostSummary]:
        return {post.path: post for post in self._posts}

    @cached_property
    def _by_address(self) -> Mapping[str, PostSummary]:
        """The posts by their addresses; one that is published before those that are not."""
        found: dict[str, PostSummary] = {}
        for post in sorted(self._posts, key=lambda post: not post.published):
            if post.url:
                found.setdefault(_same(unquote(urlsplit(post.url).path)), post)
        return found

    @cached_property
    def _pages(self) -> Mapping[str, Path]:
        return {_same(address): source for address, source in self._published.pages.items()}

    @cached_property
    def _folders(self) -> frozenset[str]:
        """The first parts of all known addresses: what else is below them is the site's own matter."""
        known = (*self._by_address, *self._pages)
        return frozenset(address.split("/")[1] for address in known if address.count("/") > 1)

    @cached_property
    def _redirects(self) -> str:
        texts = []
        for folder in dict.fromkeys((self.site.root, *self.site.static_dirs)):
            for name in _REDIRECTS:
                try:
                    texts.append((folder / name).read_text("utf-8", "replace"))
                except OSError:
                    continue
        return "\n".join(texts)

    def _at(self, variant: str, address: str) -> Place | None:
        post = self._by_address.get(variant)
        if post is not None:
            return _of_post(post, address)
        page = self._pages.get(variant)
        if page is not None:
            return Place(address, True, page)
        if address.endswith("/"):
            return None
        file = self._published.asset(variant.lstrip("/")) or self._beside(variant)
        return None if file is None else Place(address, True, file=file)

    def _beside(self, variant: str) -> Path | None:
        """Return the file that is served at an address as one that belongs to a page above it."""
        parts = variant.split("/")
        for count in range(len(parts) - 1, 0, -1):
            page = "/".join(parts[:count]) or "/"
            post = self._by_address.get(page)
            source = post.path if post is not None and post.published else self._pages.get(page)
            if source is not None:
                file = self._published.beside(source, "/".join(parts[count:]))
                if file is not None:
                    return file
        return None

    def _missing(self, address: str) -> bool | None:
        """Return False where nothing is published at an address, None where something may be."""
        published = self._published
        if address == "/" or self._is_redirected(address):
            return None
        if published.may_make(address) or published.may_make(_same(address)):
            return None
        suffix = posixpath.splitext(address)[1].lower()
        if suffix in ("", *_PAGES):
            return False if published.complete else None
        if published.assets_known or (published.folders_known and self.has_folder(address)):
            return False if published.complete or suffix in _PICTURES else None
        return None

    def _is_redirected(self, address: str) -> bool:
        """Return whether a file of redirections may speak of an address."""
        if not self._redirects:
            return False
        parts = [part for part in address.split("/") if part]
        first = re.escape("/" + parts[0]) if parts else "/"
        return re.search(rf"{first}\b|(?m:^\s*/[*:(])|\^?/?\(?\.\*", self._redirects) is not None


def _of_post(post: PostSummary, address: str) -> Place:
    """Return the place of a post; what the build makes of one that it can't read, it tells by itself."""
    if post.published:
        return Place(address, True, post.path)
    return Place(address, None if post.state == "invalid" else False, post.path, post.state)


def _variants(address: str) -> Iterable[str]:
    """Yield the addresses by which a page or a file may be known that a server shows at one."""
    name = _same(address)
    yield name
    if not address.endswith("/"):
        yield name + ".html"


def _same(address: str) -> str:
    """Return one spelling of an address: without `index.html`, and without a slash at its end."""
    address = posixpath.normpath("/" + address.lstrip("/"))
    for name in ("/index.html", "/index.htm"):
        if address.endswith(name):
            address = address[: -len(name)] or "/"
    return address
