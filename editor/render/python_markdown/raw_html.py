"""Where raw HTML that a chunk of text begins comes to its end: the site's own extractor is asked."""

from __future__ import annotations

import re
import sys
from typing import Any, NamedTuple

_TAG = re.compile(r"<[a-zA-Z/!?]")
_COMMENT = "<!--"
_COMMENT_END = re.compile(r"--!?>")


class Open(NamedTuple):
    """What is still open at the end of a chunk."""

    closer: str
    """What a line must hold (in lower case) that may end it."""
    swallows: bool
    """Whether everything to the end of the page belongs to it where no closer follows; else it is text."""


class RawHtml:
    """Asks the extractor of one Markdown instance, each time from a clean state."""

    def __init__(self, md: Any, preprocessor: Any) -> None:
        self._md = md
        module = sys.modules[type(preprocessor).__module__]
        self._extractor: Any = getattr(module, "HTMLExtractorExtra", None) or module.HTMLExtractor

    def still_open(self, text: str) -> Open | None:
        """Return what the text, fences masked, leaves open; None where what follows stands by itself."""
        if not _TAG.search(text):
            return None
        begin = text.find(_COMMENT)
        while begin >= 0:
            end = _COMMENT_END.search(text, begin + 4)
            if end is None:
                return Open("--", False)
            begin = text.find(_COMMENT, end.end())
        extractor = self._extractor(self._md)
        extractor.feed(text + "\n\n")
        tags = [*getattr(extractor, "mdstack", ()), *extractor.stack] if extractor.inraw else None
        tags = tags or list(getattr(extractor, "mdstack", ()))
        if tags:
            # A `p` that is read as Markdown ends at the next block-level tag too.
            return Open("<" if tags[0] == "p" else f"</{tags[0].lower()}", True)
        if extractor.inraw:
            return Open("<", True)
        left = extractor.rawdata
        if not left:
            return None
        for begun, closer in (("<?", "?>"), ("<![cdata[", "]]>")):
            if left[: len(begun)].lower() == begun:
                return Open(closer, False)
        return Open(">", False)
