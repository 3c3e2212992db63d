"""The marks of a page of changes, as they stand in its HTML, and the way back to the two pages that it is made of.

Every mark holds the page's key, which neither of the two pages contains: nothing that a post says can pass for a mark.

    <ins data-copydesk-mark="KEY N">…</ins data-copydesk-mark="KEY">       words that are new; `del`: that are gone
    <p data-copydesk-mark="KEY new N" …>…</p><!--KEY/-->                    a whole block that is new, or `gone`
    <!--KEY:OLD-->NEW<!--KEY+-->                                            what nobody sees: other tags, other spaces

N counts the changes of the page from 1; further words may follow it (`block`: around a block; `line`: a line of code;
`moved`: the block stands elsewhere now, or stood). OLD is percent-encoded. An end tag may have attributes, which
browsers ignore; a block without an end tag is ended by such a one, lest it take in what follows.
"""

import re
from itertools import count
from urllib.parse import quote, unquote

ATTRIBUTE = "data-copydesk-mark"

GONE, NEW = "gone", "new"
_ELEMENTS = {GONE: "del", NEW: "ins"}
_KEY = re.compile(r"c(\d{1,9})d")


def key_for(*pages: str) -> str:
    """Return a key that none of `pages` contains."""
    taken = {int(number) for page in pages for number in _KEY.findall(page)}
    return f"c{next(number for number in count() if number not in taken)}d"


class Marks:
    """Writes the marks of one key, and counts the changes."""

    def __init__(self, key: str) -> None:
        self.key = key
        self.count = 0
        """How many changes there are so far."""
        self._open = False
        self._pieces: list[str] = []

    def take(self) -> str:
        """Return what has been written since this was called last."""
        html, self._pieces = "".join(self._pieces), []
        return html

    def end_change(self) -> None:
        """Let the next mark be another change."""
        self._open = False

    def same(self, source: str) -> None:
        """Write what stands in both pages, and is seen: the next mark is another change."""
        self._open = False
        self._pieces.append(source)

    def unseen(self, before: str, after: str) -> None:
        """Write `after`, and that it was `before`, for nobody to see."""
        if before == after:
            self._pieces.append(after)
            return
        old = quote(before, safe="", errors="surrogatepass").replace("-", "%2D")
        self._pieces.append(f"<!--{self.key}:{old}-->{after}<!--{self.key}+-->")

    def change(self, kind: str, source: str, words: str = "") -> None:
        """Write words that are `kind` in an element of their own; `words` say more of them."""
        if source:
            self._begin(kind, words)
            self._pieces += (source, f'</{_ELEMENTS[kind]} {ATTRIBUTE}="{self.key}">')

    def begin_block(self, kind: str, tag: str, words: str = "") -> None:
        """Write the start tag of a block that is `kind`; `end_block` follows after its end."""
        self._number()
        name = _NAME.match(tag)
        assert name is not None
        more = f" {words}" if words else ""
        mark = f' {ATTRIBUTE}="{self.key} {kind} {self.count}{more}"'
        self._pieces += (tag[: name.end()], mark, tag[name.end() :])

    def end_block(self, unclosed: str = "") -> None:
        """End the block that was begun last; `unclosed` is its name where it has no end tag of its own."""
        self._pieces.append(f'</{unclosed} {ATTRIBUTE}="{self.key}">' if unclosed else f"<!--{self.key}/-->")

    def plain(self, source: str) -> None:
        """Write what lies inside of a block that is marked as a whole."""
        self._pieces.append(source)

    def _begin(self, kind: str, words: str) -> None:
        self._number()
        more = f" {words}" if words else ""
        self._pieces.append(f'<{_ELEMENTS[kind]} {ATTRIBUTE}="{self.key} {self.count}{more}">')

    def _number(self) -> None:
        if not self._open:
            self._open = True
            self.count += 1


_NAME = re.compile(r"<[a-zA-Z][^\s/>]*+")


def accepted(html: str, key: str) -> str:
    """Return the later page: what is marked as new stays, what is gone goes."""
    return _resolved(html, key, NEW)


def rejected(html: str, key: str) -> str:
    """Return the earlier page: what is marked as gone stays, what is new goes."""
    return _resolved(html, key, GONE)


def _resolved(html: str, key: str, kept: str) -> str:
    pieces: list[str] = []
    leaves: list[bool] = []
    """For each mark that is open, whether what it is around goes."""
    hidden = position = 0
    for found in _marks(key).finditer(html):
        if not hidden:
            pieces.append(html[position : found.start()])
        position = found.end()
        if found["ends"] or found["after"]:
            hidden -= leaves.pop()
            continue
        if found["old"] is not None:
            goes = kept == GONE
            if goes and not hidden:
                pieces.append(unquote(found["old"], errors="surrogatepass"))
        else:
            kind = found["kind"] or (GONE if found["element"] == "del" else NEW)
            goes = kind != kept
            if not goes and not hidden:
                pieces.append(found["tag"] or "")
        leaves.append(goes)
        hidden += goes
    if not hidden:
        pieces.append(html[position:])
    return "".join(pieces)


def _marks(key: str) -> re.Pattern[str]:
    return re.compile(
        rf'<(?P<element>ins|del) {ATTRIBUTE}="{key} \d+[ a-z]*">'
        rf'|(?P<tag><[a-zA-Z][^\s/>]*+) {ATTRIBUTE}="{key} (?P<kind>new|gone) \d+[ a-z]*"'
        rf'|(?P<ends></[a-zA-Z][^\s/>]*+ {ATTRIBUTE}="{key}">|<!--{key}/-->)'
        rf"|<!--{key}:(?P<old>[^>]*)-->"
        rf"|(?P<after><!--{key}\+-->)"
    )
