"""Addresses as micromark writes them."""

import re
from urllib.parse import quote

from markdown_it import MarkdownIt

_UNSAFE = re.compile(r"%(?![A-Za-z0-9]{2})|[^!#$%&-;=?-Z_a-z~]")


class Micromark(MarkdownIt):
    """Takes any address, and encodes of it what has to be."""

    def normalizeLink(self, url: str) -> str:
        """Return an address percent-encoded."""
        return normalize_uri(url)

    def normalizeLinkText(self, link: str) -> str:
        """Return `link`: it is shown as it is written."""
        return link

    def validateLink(self, url: str) -> bool:  # noqa: ARG002
        """Return that any address will do."""
        return True


def normalize_uri(url: str) -> str:
    """Return an address with all encoded that may not stand in one; what is encoded already stays."""
    return _UNSAFE.sub(lambda found: quote(found[0].encode("utf-8", "replace"), safe=""), url)
