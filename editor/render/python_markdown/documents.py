"""The texts that the worker holds: opened once, then kept in step by edits."""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from editor.render.python_markdown.chunked_text import ChunkedText

if TYPE_CHECKING:
    from collections.abc import Mapping

AROUND = 64
"""So many code points on each side of the place of the last edit are compared; see editor/render/protocol.py."""


_DEFINITION = re.compile(r"^ {0,3}\*?\[[^\]^\n][^\]\n]*\]:.*", re.MULTILINE)


class MismatchError(Exception):
    """The edit does not fit the text that is here: the whole text is needed."""


def text_hash(part: str) -> int:
    """Return the checksum by which both sides see that they hold the same text (CRC-32 of its UTF-8)."""
    return zlib.crc32(part.encode("utf-8", "surrogatepass"))


@dataclass
class Document:
    """One text with all that is needed to render it."""

    revision: int
    content: ChunkedText
    options: Mapping[str, Any]
    """Of the dialect."""
    root: str
    path: str
    facts: Mapping[str, Any]
    pending: list[tuple[int, int, str]] = field(default_factory=list)
    """The edits (start, end, replacement) since the text was rendered last, each on the result of the one before, in
    code points of the whole text; the renderer empties the list when it has made them its own."""
    within: float | None = None
    """The seconds after which a patch may be handed over with some of its blocks still to be rendered."""
    like: Document | None = None
    """A part of it that was rendered before, and defines about the same."""
    family: str = "python-markdown"
    """Of the dialect: which renderer it is for."""

    @property
    def text(self) -> str:
        """The whole text; it is put together for that, so a key should not need it."""
        return self.content.text

    def head(self, length: int) -> Document:
        """Return a document of about the first `length` code points, up to an empty line, and of all short
        definitions (of links, of abbreviations) below.
        """
        text = self.text
        end = text.find("\n\n", length) + 1 or len(text)
        definitions = [found.group() for found in _DEFINITION.finditer(text, end)]
        return replace(self, content=ChunkedText("\n".join([text[:end], *definitions, ""])), pending=[])


class Documents:
    """All texts that are open, by the name that the other side gave them."""

    def __init__(self) -> None:
        self._open: dict[str, Document] = {}

    def __len__(self) -> int:
        return len(self._open)

    def __getitem__(self, name: str) -> Document:
        """Return the document `name`; raises MismatchError where none is open under that name."""
        try:
            return self._open[name]
        except KeyError:
            raise MismatchError(f"no document {name}") from None

    def open(self, request: Mapping[str, Any]) -> Document:
        """Take in the whole text of an `open` request; closes the document that the request names."""
        self._open.pop(request.get("close") or "", None)
        document = document_of(request)
        self._open[request["document"]] = document
        return document

    def renew(self, name: str) -> Document:
        """Return the document `name` as one that was never rendered; raises MismatchError where there is none."""
        self._open[name] = replace(self[name], pending=[], like=None)
        return self._open[name]

    def edit(self, request: Mapping[str, Any]) -> Document:
        """Make the edits of an `edit` request, one after the other, each on the result of the one before.

        Raises MismatchError, with the document as it was, where the base revision, or length or checksum of the
        result differ.
        """
        document = self[request["document"]]
        if document.revision != request["base"]:
            raise MismatchError(f"revision {document.revision} is here")
        content = document.content.copy()
        try:
            for start, end, replacement in request["edits"]:
                content.edit(start, end, replacement)
        except ValueError as error:
            raise MismatchError(str(error)) from error
        place = request["place"]
        if len(content) != request["length"]:
            raise MismatchError("the length differs")
        if text_hash(content.slice(max(0, place - AROUND), place + AROUND)) != request["hash"]:
            raise MismatchError("the checksum differs")
        document.content = content
        document.revision = request["revision"]
        document.pending += [(start, end, replacement) for start, end, replacement in request["edits"]]
        return document


def document_of(request: Mapping[str, Any]) -> Document:
    """Return the document that a request with a whole text describes."""
    context = request["context"]
    return Document(
        request["revision"],
        ChunkedText(request["text"]),
        request["dialect"]["options"],
        context["root"],
        context["path"],
        context["facts"],
        family=request["dialect"].get("family") or "python-markdown",
    )
