"""What Nikola's own links lead to: `link://slug/…`, `link://filename/…` and their like.

Source: nikola/nikola.py (`url_replacer`, `link`) and plugins/misc/scan_posts.py, Nikola 8.3.
"""

import posixpath
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

if TYPE_CHECKING:
    from editor.site.generators.nikola import Nikola

_WRITTEN = re.compile(r"""link:/[^\s"'<>)\]]*""")
_MOST = 500


def addresses(site: "Nikola", path: Path, values: Mapping[str, Any], text: str) -> dict[str, str]:
    """Return the addresses of what `text`, the post `path`, links to by the scheme `link:`.

    What is not there, only a build knows: pages of tags, archives and the like.
    """
    urls = dict.fromkeys(match[0] for match in _WRITTEN.finditer(text))
    own = ""
    found: dict[str, str] = {}
    for url in list(urls)[:_MOST]:
        parts = urlsplit(url)
        if not parts.netloc:
            found[url] = parts.path
            continue
        file = site.target(url, path)
        if file is None:
            continue
        own = own or _address(site, path, values)
        address = _address(site, file, None)
        if own and address:
            found[url] = _shown(site, own, address) + (f"#{parts.fragment}" if parts.fragment else "")
    return found


def _address(site: "Nikola", path: Path, values: Mapping[str, Any] | None) -> str:
    """Return the address of a post's page, without quoting."""
    return site.permalink(path, values, datetime.now(UTC))


def _shown(site: "Nikola", own: str, address: str) -> str:
    """Return an address as it stands on the page `own`, by URL_TYPE."""
    kind = site.settings.values["URL_TYPE"]
    if kind == "absolute":
        return urljoin(site.url, address.lstrip("/"))
    if kind == "full_path":
        return urljoin(urlsplit(site.url).path or "/", address.lstrip("/"))
    if own == address:
        return "#"
    folder = own if own.endswith("/") else posixpath.dirname(own) + "/"
    shown = posixpath.relpath(address, folder)
    return shown + "/" if address.endswith("/") and not shown.endswith("/") else shown
