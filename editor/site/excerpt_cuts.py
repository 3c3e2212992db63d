"""How generators cut excerpts out of a page's published HTML, or out of its Markdown."""

import re
from html.entities import name2codepoint
from html.parser import HTMLParser

NIKOLA_MARK = re.compile(r"<!--\s*(?:TEASER_END|END_TEASER)(?::(?P<label>.+))?\s*-->", re.IGNORECASE)
ZOLA_MARK = re.compile(r"<!--\s*more\s*-->", re.IGNORECASE)
HEXO_MARK = r"(?i)<!-- ?more ?-->"

_CJK = (
    r"\u4e00-\u9fff\u3400-\u4dbf\uf900-\ufaff\U00020000-\U0002a6df\U0002f800-\U0002fa1f"
    r"\u3040-\u30ff\u1100-\u11ff\uac00-\ud7ff\u3130-\u318f"
)
_WORD = re.compile(rf"[{_CJK}]|\w[\w'-]*")
_VOID = frozenset(("br", "col", "link", "base", "img", "param", "area", "hr", "input"))

_DIVIDER = "COPYDESKMORE42"
_HUGO_TAG = re.compile(r"</?[A-Za-z]+>?")
_HUGO_ATTRIBUTE = re.compile(r"[A-Za-z]+=[\"']")
_TAG = re.compile(r"<[^>]*>")

_LIQUID_TAG = re.compile(r"\{%-?\s*(\w+)\s*.*?-?%\}")
_LIQUID_BLOCKS = frozenset(
    ("if", "unless", "for", "case", "capture", "comment", "raw", "highlight", "tablerow", "ifchanged")
)
_DEFINITION = re.compile(r"^ {0,3}(\[[^\]]+\])(:.+)$", re.MULTILINE)


# ---- Pelican


def first_words(html: str, count: int, suffix: str) -> str:
    """Return the first `count` words of `html`, with the elements that are open there closed (pelican/utils.py)."""
    if count <= 0:
        return ""
    words = _Words(html, count)
    if words.end is None:
        return html
    closing = "".join(f"</{tag}>" for tag in reversed(words.open_tags))
    return html[: words.end] + (f" {suffix}" if suffix else "") + closing


def first_paragraphs(html: str, count: int) -> str:
    """Return the first `count` paragraphs, as Pelican looks for them: `<p>` without attributes."""
    found, rest = [], html
    for _number in range(count):
        start, end = rest.find("<p>"), rest.find("</p>") + len("</p>")
        found.append(rest[start:end])
        rest = rest[end:]
    return "".join(found)


def without_contents(html: str) -> str:
    """Return `html` without a table of contents, whose links would lead nowhere in a list."""
    html = re.sub(r'<div\s+class="contents[^"]*"[^>]*>.*?</div>', "", html, flags=re.DOTALL | re.IGNORECASE)
    return re.sub(
        r'<a[^>]*class="[^"]*toc-backref[^"]*"[^>]*>(.*?)</a>', r"\1", html, flags=re.DOTALL | re.IGNORECASE
    )


class _Enough(Exception):
    """The last word that is wanted ends."""


class _Words(HTMLParser):
    """Looks for the end of a word, counted from the beginning; a character of CJK is one.

    A word goes on over character references, and ends at tags: whether one is over is known only from what follows.
    """

    def __init__(self, html: str, wanted: int) -> None:
        super().__init__(convert_charrefs=False)
        self.end: int | None = None
        """Where the last word ends; None where there are not so many."""
        self.open_tags: list[str] = []
        self._wanted = wanted
        self._word: int | None = None
        """Where the word ends that is not over yet, as far as is known."""
        self._starts = [0]
        for line in html.split("\n"):
            self._starts.append(self._starts[-1] + len(line) + 1)
        try:
            self.feed(html)
        except _Enough:
            self.end = self._word
        except AssertionError:  # Python's parser and a half `<![X[`: what stands before it was looked at
            self.end = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        self._finish()
        if tag not in _VOID:
            self.open_tags.append(tag)

    def handle_endtag(self, tag: str) -> None:
        self._finish()
        if tag in self.open_tags:  # with all that stands open inside
            while self.open_tags.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        base, end = self._place(), 0
        for found in _WORD.finditer(data):
            if found.start() > 0:
                self._finish()
            end = found.end()
            self._word = base + end
        if end < len(data):
            self._finish()

    def handle_entityref(self, name: str) -> None:
        self._reference(name, chr(name2codepoint[name]) if name in name2codepoint else "")

    def handle_charref(self, name: str) -> None:
        try:
            character = chr(int(name[1:], 16) if name.startswith("x") else int(name))
        except (ValueError, OverflowError):
            character = ""
        self._reference("#" + name, character)

    def _reference(self, name: str, character: str) -> None:
        end = self._place() + 1 + len(name)
        end += self.rawdata[end : end + 1] == ";"
        if _WORD.match(character) and (self._word is not None or re.match(r"\w", character)):
            self._word = end
        else:
            self._finish()

    def _finish(self) -> None:
        """Count the word that is over now."""
        if self._word is None:
            return
        self._wanted -= 1
        if self._wanted == 0:
            raise _Enough
        self._word = None

    def _place(self) -> int:
        line, column = self.getpos()
        return self._starts[line - 1] + column


# ---- Hugo


def with_divider(body: str, mark: str) -> str:
    """Return `body` with a word in a paragraph of its own for the first `mark`, as Hugo puts one there."""
    before, _mark, after = body.partition(mark)
    return f"{before}\n\n{_DIVIDER}\n\n{after.lstrip()}"


def before_divider(html: str) -> str:
    """Return what stands before that word, without the paragraph around it."""
    before, found, _after = html.partition(_DIVIDER)
    if not found:
        return html
    return re.sub(r"<p[^>]*>$", "", before).strip()


def unwrapped(html: str) -> str:
    """Return `html` without the paragraph around it, where it is one paragraph and nothing else."""
    text = html.strip()
    if text.startswith("<p>") and text.endswith("</p>") and text.count("<p>") == 1:
        return text[3:-4]
    return text


def first_hugo_paragraphs(html: str, count: int, *, cjk: bool) -> str:
    """Return `html` to the end of the paragraph that word `count` stands in; all of it where there are fewer.

    Words are what stands between white space, but for what looks like a tag or an attribute; with `cjk`, each
    character of a word that is not ASCII alone is one.
    """
    html = html.strip()
    if count <= 0:
        return ""
    words, start = 0, 0
    while True:
        end = html.find("</p>", start)
        if end < 0:
            return html
        # As Hugo, which takes a word to its last letter without that: one of a single letter does not count there.
        for word in html[start : max(start, end - 1)].split():
            words += _hugo_words(word, cjk=cjk)
        if words >= count:
            return html[: end + 4]
        start = end + 3


def _hugo_words(word: str, *, cjk: bool) -> int:
    if not word or word == ">" or _HUGO_TAG.fullmatch(word) or _HUGO_ATTRIBUTE.match(word):
        return 0
    if not cjk:
        return 1
    bare = _TAG.sub("", word)
    return 1 if bare.isascii() else len(bare)


# ---- Jekyll


def jekyll_excerpt(body: str, mark: str) -> tuple[str, bool]:
    """Return the Markdown of the excerpt, and whether it ends before the post does.

    Liquid blocks that are open there are closed, and the definitions of its links are taken along.
    """
    head, _mark, tail = body.partition(mark)
    if not tail:
        return head, False
    definitions = [name + rest for name, rest in _DEFINITION.findall(tail) if name in head]
    for tag in reversed(_LIQUID_TAG.findall(head)):
        if tag in _LIQUID_BLOCKS and not re.search(rf"\{{%-?\s*end{tag}.*?\s*-?%\}}", head):
            head += f"\n{{% end{tag} %}}"
    if definitions:
        head += "\n\n" + "\n".join(definitions)
    return head, True
