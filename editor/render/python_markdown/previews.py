"""Material's marks on links that show a preview (`material.extensions.preview`), which need MkDocs to make.

Rules: material/extensions/preview.py and material/utilities/filter (Material 9), and the places where MkDocs
looks for what a link leads to (mkdocs/structure/pages.py).
"""

# Paths are texts here: the extensions take and give them as such.
# ruff: noqa: PTH113, PTH118
from __future__ import annotations

import os
import posixpath
from fnmatch import fnmatch
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

    import markdown


class LinkPreviews(Extension):
    """Stands in for the extension of Material; options as there."""

    def __init__(self, **options: Any) -> None:
        self.config = {
            "configurations": [[], "a list of maps with sources and targets"],
            "sources": [{}, "which pages: maps of include and exclude, lists of patterns"],
            "targets": [{}, "which pages the links lead to"],
        }
        super().__init__(**options)

    def extendMarkdown(self, md: markdown.Markdown) -> None:
        """Register the step, before the one that rewrites links (which comes after it in the same place)."""
        options = self.getConfigs()
        pairs = [*options["configurations"], {"sources": options["sources"], "targets": options["targets"]}]
        md.treeprocessors.register(_Marks(md, pairs), "preview", 0)


class _Marks(Treeprocessor):
    def __init__(self, md: markdown.Markdown, pairs: list[dict[str, Any]]) -> None:
        super().__init__(md)
        self._pairs = [pair for pair in pairs if pair.get("sources") or pair.get("targets")]

    def run(self, root: Element) -> None:
        links: Any = self.md.treeprocessors["relpath"]
        if links.source is None:
            return
        for pair in self._pairs:
            if not _passes(pair.get("sources"), links.source):
                continue
            for element in root.iter("a"):
                url = element.get("href")
                if url and "footnote-ref" not in element.get("class", "") and _is_local(url):
                    pages = _candidates(links.source, urlsplit(url).path)
                    if any(
                        _is_file(links.docs, page) and _passes(pair.get("targets"), page) for page in pages
                    ):
                        element.set("data-preview", "")


def _is_local(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return not parts.scheme and not parts.netloc


def _passes(patterns: dict[str, Any] | None, page: str) -> bool:
    included = (patterns or {}).get("include") or ["*"]
    excluded = (patterns or {}).get("exclude") or []
    return any(fnmatch(page, one) for one in included) and not any(fnmatch(page, one) for one in excluded)


def _is_file(docs: str, page: str) -> bool:
    hidden = any(part.startswith(".") for part in page.split("/"))
    return not hidden and "\0" not in page and os.path.isfile(os.path.join(docs, page))


def _candidates(source: str, path: str) -> Iterator[str]:
    """Yield the pages that a link may mean, relative to the documentation folder."""
    if posixpath.normpath(path) == ".":
        yield source
        return
    folder, name = posixpath.split(posixpath.splitext(source)[0])
    # The source's folder, and the address that the page is published at.
    for base in (folder, folder if name in ("index", "README") else posixpath.join(folder, name)):
        target = posixpath.normpath(posixpath.join(base, path).lstrip("/"))
        yield target
        if not posixpath.splitext(target)[1]:
            yield posixpath.join(target, "index.md")
            yield posixpath.join(target, "README.md")
        if not path.endswith(".md"):
            yield target.removesuffix(".html") + ".md"
