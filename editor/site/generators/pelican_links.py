"""What Pelican's own links lead to: `{filename}`, `{static}`, `{attach}`, `{tag}` and their like.

Source: pelican/contents.py (`_link_replacer`, `Static.attach_to`) and urlwrappers.py, Pelican 4.12. A table is made
of what a text may link to; the renderer's step looks up there what stands in the page's HTML.
"""

import html
import os
import posixpath
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urljoin, urlsplit

from editor.site.generators import pelican_metadata
from editor.site.generators.python_values import SafeFormatter

if TYPE_CHECKING:
    from editor.site.generators.pelican import Pelican

_KINDS = ("filename", "static", "attach", "category", "tag", "author", "index")
_WRITTEN = re.compile(rf"[{{|]({'|'.join(_KINDS)})[|}}]")
_LINE = re.compile(r"[^\n]{0,500}")
_ENDS = re.compile(r"""[\s"'<>)\]]""")
_SOURCES = (".md", ".markdown", ".mkd", ".mdown")
_OTHER_SOURCES = (".rst", ".html", ".htm")
"""What Pelican reads too, and Copydesk doesn't."""
_MOST = 2_000


def addresses(site: "Pelican", path: Path, values: Mapping[str, Any], text: str) -> dict[str, Any]:
    """Return the address of everything that `text`, the post `path`, may link to, by `kind:path`.

    None where Pelican leaves the link as it stands, False where only a build knows.
    """
    found: dict[str, Any] = {}
    for kind, name in _candidates(text):
        key = f"{kind}:{name}"
        if key not in found and len(found) < _MOST:
            found[key] = _address(site, path, values, kind, name)
    return found


def _candidates(text: str) -> Iterator[tuple[str, str]]:
    """Yield what may be the target of a link: where it ends, only Markdown knows."""
    for match in _WRITTEN.finditer(text):
        kind = match[1]
        rest = _LINE.match(text, match.end())[0]  # type: ignore[index]  # it matches anything
        ends = [end.start() for end in _ENDS.finditer(rest)][:12]
        for end in [*ends, len(rest)]:
            raw = rest[:end]
            for name in dict.fromkeys((raw, html.unescape(raw), re.sub(r"\\(?=[^\w\s])", "", raw))):
                try:
                    plain = urlsplit(name).path
                except ValueError:
                    continue
                yield kind, plain
                if "%" in plain:
                    yield kind, unquote(plain)


def _address(site: "Pelican", path: Path, values: Mapping[str, Any], kind: str, name: str) -> Any:
    if kind == "index":
        return _joined(site, str(site.settings.values["INDEX_SAVE_AS"]))
    if kind in ("category", "tag", "author"):
        return _joined(site, _page_of(site, kind.upper(), name))
    if "\0" in name or not name:
        return None
    base = site.settings.path if name.startswith("/") else path.parent
    file = Path(os.path.normpath(base / name.removeprefix("/")))
    if kind == "filename":
        if not file.is_relative_to(site.settings.path) or not _is_file(file) or not site.inside(file):
            return None
        if file.suffix in _SOURCES:
            return _joined(site, site.content_address(file))
        if file.suffix in _OTHER_SOURCES:
            return False
        if not site.is_static(file):
            return None
    elif "%20" in name:  # tried without the quoting next
        return None
    sources = (*_SOURCES, *_OTHER_SOURCES) if site.settings.values["STATIC_EXCLUDE_SOURCES"] else ()
    if file.suffix in sources and _is_file(file):
        return None
    # Of any other, Pelican does not ask whether it is there.
    return _joined(site, _static(site, file, path, values, attach=kind == "attach"))


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # a name that is too long: most candidates are no names at all
        return False


def _joined(site: "Pelican", address: str | None) -> str | None:
    if address is None:
        return None
    base = site.settings.own_url
    if site.settings.values["RELATIVE_URLS"]:
        return posixpath.join(base, address)
    return urljoin(base if base.endswith("/") else base + "/", address)


def _page_of(site: "Pelican", kind: str, name: str) -> str | None:
    """Return the address of the page of a tag, a category or an author."""
    pattern = site.settings.values[kind + "_URL"]
    try:
        fields = {"slug": site.slugified(name, kind), "name": name}
        return SafeFormatter().vformat(str(pattern), (), fields) if pattern else None
    except (ValueError, KeyError, IndexError):
        return None


def _static(
    site: "Pelican", file: Path, post: Path, values: Mapping[str, Any], *, attach: bool
) -> str | None:
    """Return where a file that is published as it is ends up; beside the post where it is attached to it."""
    source = os.path.relpath(file, site.settings.path).replace(os.sep, "/")
    said = pelican_metadata.said_of_path(site.settings, source)
    if "url" in said:
        return str(said["url"])
    if attach and "save_as" not in said:
        folder = site.saved_as(post, values)
        if folder is None:
            return None
        tail = os.path.relpath(file, post.parent)
        tail = file.name if tail.startswith(os.pardir + os.sep) else Path(tail).as_posix()
        return posixpath.join(posixpath.dirname(folder), tail)
    try:
        fields = {"path": str(said.get("path", source)), "slug": "", "lang": "en"}
        return SafeFormatter().vformat(str(site.settings.values["STATIC_URL"]), (), fields)
    except (ValueError, KeyError, IndexError):
        return None
