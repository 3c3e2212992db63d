"""Where raw HTML that a chunk of text begins comes to its end: the site's own extractor is asked."""

from __future__ import annotations

import re
import sys
from typing import Any, NamedTuple

_TAG = re.compile(r"<[a-zA-Z/!?]")
_COMMENT = "<!--"
_COMMENT_END = re.compile(r"--!?>")
_A_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_END_TAG = re.compile(r"</[a-zA-Z][^>]*\Z")
_QUOTES = (">", '">', "'>")
"""What might complete a tag: the end alone, or that of a value before it."""


class Open(NamedTuple):
    """What is still open at the end of a chunk."""

    closers: tuple[str, ...]
    """What a line must hold (in lower case) that may end it: the first of them that any line below holds."""
    swallows: bool = False
    """Whether everything to the end of the page belongs to it where no closer follows; else it is text."""
    misleads: bool = False
    """Whether, where no closer follows, the extractor goes wrong for all the rest."""


class RawHtml:
    """Asks the extractor of one Markdown instance, each time from a clean state."""

    def __init__(self, md: Any, preprocessor: Any) -> None:
        self._md = md
        self.left = ""
        """What is left of the text that was asked about last, where it holds a tag: what stands in the line behind
        an element begins a line there."""
        module = sys.modules[type(preprocessor).__module__]
        extractor: Any = getattr(module, "HTMLExtractorExtra", None) or module.HTMLExtractor

        class Scout(extractor):  # type: ignore[misc]
            """Tells of a start tag that more text would complete; the extractor takes it for text at once."""

            rawdata: str
            unfinished: str | None = None

            def check_for_whole_start_tag(self, i: int) -> int:
                end: int = super().check_for_whole_start_tag(i)
                if end < 0 and self.unfinished is None:
                    text = self.rawdata
                    for more in _QUOTES:
                        self.rawdata = text + more
                        if super().check_for_whole_start_tag(i) > 0:
                            self.unfinished = more[0]
                            break
                    self.rawdata = text
                return end

        self._scout = Scout

    def still_open(self, text: str) -> Open | None:
        """Return what the text, fences masked, leaves open; None where what follows stands by itself."""
        self.left = ""
        if not _TAG.search(text):
            return None
        closers: list[str] = []
        begin = text.find(_COMMENT)
        while begin >= 0:
            end = _COMMENT_END.search(text, begin + 4)
            if end is None:
                closers += ["-->", "--!>"]
                break
            begin = text.find(_COMMENT, end.end())
        if _END_TAG.search(text):
            closers.append(">")
        scout = self._scout(self._md)
        scout.feed(text + "\n\n")
        self.left = "".join(scout.cleandoc)
        if scout.unfinished is not None:
            closers.append(scout.unfinished)
        tags = [*getattr(scout, "mdstack", ()), *(scout.stack if scout.inraw else ())]
        if tags:
            # A `p` that is read as Markdown ends at the next block-level tag too.
            closers.append("<" if tags[0] == "p" else f"</{tags[0].lower()}")
        elif scout.inraw:
            closers.append("<")
        left = scout.rawdata
        if left:
            names = (("<?", "?>"), ("<![cdata[", "]]>"))
            lowered = left[:9].lower()
            closers.append(next((closer for name, closer in names if lowered.startswith(name)), ">"))
        swallows = bool(tags or scout.inraw)
        # What stands in the line behind an element is kept back, to come out behind the next one or at the end.
        stray = "" if swallows else _A_COMMENT.sub("", "".join(getattr(scout, "_cache", ()))).strip()
        if not closers and not stray:
            return None
        return Open(tuple(closers), swallows, misleads=bool(left or stray))
