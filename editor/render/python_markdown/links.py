"""MkDocs' step over the links of a page, as far as the article shows it.

Relative links stay relative to the source file: the preview serves the site's sources, and a link to another
post is followed there. What MkDocs changes beside that is done: a link to an existing file is percent-encoded
and normalised as MkDocs writes it, and absolute links become relative where the site sets
`validation.links.absolute_links: relative_to_docs` (mkdocs/structure/pages.py).
"""

# Paths are texts here: the extensions take and give them as such.
# ruff: noqa: PTH113, PTH118
from __future__ import annotations

import os
import posixpath
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote, urlsplit, urlunsplit

from markdown.treeprocessors import Treeprocessor
from markdown.util import AMP_SUBSTITUTE

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_ATTRIBUTES = {"a": "href", "img": "src"}


class SourceLinks(Treeprocessor):
    """Rewrites the links of one page; `source` and `docs` are set before each page."""

    source: str | None = None
    """The page's path in the documentation folder, with forward slashes; None: links stay as they are."""
    docs: str = ""
    """The documentation folder, absolute."""
    absolute_to_docs: bool = False

    def run(self, root: Element) -> None:
        """Rewrite the links below `root`."""
        if self.source is None:
            return
        for element in root.iter():
            attribute = _ATTRIBUTES.get(element.tag)
            url = element.get(attribute) if attribute else None
            if attribute and url:
                element.set(attribute, self.rewritten(url))

    def rewritten(self, url: str) -> str:
        """Return the link as the article has it."""
        try:
            scheme, netloc, path, query, anchor = urlsplit(url)
        except ValueError:
            return url
        absolute = url.startswith(("/", "\\"))
        if scheme or netloc or not path or AMP_SUBSTITUTE in url or (absolute and not self.absolute_to_docs):
            return url
        folder = posixpath.dirname(self.source or "")
        target = posixpath.normpath(posixpath.join(folder, unquote(path)).lstrip("/"))
        if target.startswith("../") or "\0" in target or not os.path.isfile(os.path.join(self.docs, target)):
            return url
        return urlunsplit(("", "", quote(posixpath.relpath(target, folder or ".")), query, anchor))
