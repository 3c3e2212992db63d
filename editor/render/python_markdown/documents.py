"""The texts that the worker holds: opened once, then kept in step by edits."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class MismatchError(Exception):
    """The edit does not fit the text that is here: the whole text is needed."""


def text_hash(text: str) -> int:
    """Return the checksum by which both sides see that they hold the same text (CRC-32 of its UTF-8)."""
    return zlib.crc32(text.encode("utf-8", "surrogatepass"))


@dataclass
class Document:
    """One text with all that is needed to render it."""

    revision: int
    text: str
    options: Mapping[str, Any]
    """Of the dialect."""
    root: str
    path: str
    facts: Mapping[str, Any]


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
        context = request["context"]
        document = Document(
            request["revision"],
            request["text"],
            request["dialect"]["options"],
            context["root"],
            context["path"],
            context["facts"],
        )
        self._open[request["document"]] = document
        return document

    def edit(self, request: Mapping[str, Any]) -> Document:
        """Make the edits of an `edit` request, one after the other, each on the result of the one before.

        Raises MismatchError, with the document as it was, where the base revision or the checksum of the
        result differ.
        """
        document = self[request["document"]]
        if document.revision != request["base"]:
            raise MismatchError(f"revision {document.revision} is here")
        text = _edited(document.text, request["edits"])
        if text_hash(text) != request["hash"]:
            raise MismatchError("the checksum differs")
        document.text = text
        document.revision = request["revision"]
        return document


def _edited(text: str, edits: Sequence[Sequence[Any]]) -> str:
    for start, end, replacement in edits:
        if not 0 <= start <= end <= len(text):
            raise MismatchError("an edit lies outside the text")
        text = text[:start] + replacement + text[end:]
    return text
