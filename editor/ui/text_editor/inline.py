"""The spans inside a line of running text: emphasis, code, links, math and the rest."""

import re
from collections.abc import Callable

from editor.ui.text_editor.styles import Canvas, Flag, Style

LIMIT = 8000
"""Code points of one line that are looked at; what is behind them stays plain."""

_BLANK = "\x01"
"""Stands for what a rule has taken, so that no later rule finds its marks in it."""

# Runs are bounded, so that a line full of opening marks costs its length times this at most.
_RUN = "{1,600}?"

_CODE = re.compile(r"(?<!`)(`+)(?!`)(.{1,2000}?)(?<!`)\1(?!`)")
_ESCAPE = re.compile(r"\\[\\`*_{}\[\]()#+\-.!~^=$|<>:\"']")
_COMMENT = re.compile(r"<!--(.*?)-->")
_EXCERPT = re.compile(r"[ \t]*(?:more|TEASER_END.*|truncate|excerpt)[ \t]*", re.IGNORECASE)
_SHORTCODE = re.compile(rf"\{{\{{.{_RUN}\}}\}}|\{{%.{_RUN}%\}}")
_CRITIC = re.compile(rf"\{{(\+\+|--|~~|==|>>)(.{_RUN})(\+\+|--|~~|==|<<)\}}")
_CRITIC_STYLE = {
    "++": Style.INSERTED,
    "--": Style.DELETED,
    "~~": Style.DELETED,
    "==": Style.MARKED,
    ">>": Style.COMMENT,
}
_AUTOLINK = re.compile(r"<((?:https?|ftp|mailto):[^\s<>]+|[\w.+-]+@[\w.-]+)>")
_TAG = re.compile(r"</?[A-Za-z][\w:-]*(?:\s[^<>]*)?/?>")
_MATH = re.compile(
    rf"(?<![\\$\w])(\$\$?)(?![\s$])([^$]{_RUN})(?<![\s\\])\1(?![\w$])"
    rf"|(\\\()(.{_RUN})(\\\))|(\\\[)(.{_RUN})(\\\])"
)
_LINK = re.compile(
    r"(!?\[)((?:[^\[\]]|\[[^\[\]]{0,200}\]){0,600})(\]\()([^()\s]*(?:\([^()\s]*\)[^()\s]*)*)"
    r"((?:[ \t]+(?:\"[^\"]*\"|'[^']*'|\([^)]*\)))?[ \t]*)(\))(\{[^{}]*\})?"
)
_LINK_SPACED = re.compile(r"(!?\[)([^\[\]]{0,600})(\]\()(<[^<>]*>)()([ \t]*\))(\{[^{}]*\})?")
_REFERENCE = re.compile(r"(!?\[)([^\[\]]{1,600})(\])(\[[^\[\]]*\])")
_WIKI = re.compile(r"(!?\[\[)([^\[\]]{1,300})(\]\])")
_FOOTNOTE = re.compile(r"(\[\^)([^\]\s]{1,100})(\])")
_URL = re.compile(r"https?://[^\s<>()\[\]\"']+")
_ATTRIBUTES = re.compile(r"\{:?[ \t]*(?:[.#][\w-]|[\w:-]+=)[^{}]*\}")
_KEYBOARD = re.compile(r"(\+\+)(?=[\w\"])((?:[\w-]+|\"[^\"]+\")(?:\+(?:[\w-]+|\"[^\"]+\"))*)(\+\+)")
_EMOJI = re.compile(r"(?<![\w:]):[a-z0-9][a-z0-9_+-]*:(?![\w:])")
_PAIRED = (
    (re.compile(rf"(==)(?=[^\s=])(.{_RUN})(?<=[^\s=])(==)"), Style.MARKED, Flag.NONE),
    (re.compile(rf"(\^\^)(?=[^\s^])(.{_RUN})(?<=[^\s^])(\^\^)"), Style.PLAIN, Flag.UNDERLINE),
    (re.compile(rf"(~~)(?=[^\s~])(.{_RUN})(?<=[^\s~])(~~)"), Style.PLAIN, Flag.STRIKE),
    (re.compile(r"(?<!~)(~)(?=[^\s~])([^~]{1,60}?)(?<=[^\s~])(~)(?!~)"), Style.DIM, Flag.NONE),
    (re.compile(r"(?<!\^)(\^)(?=[^\s^])([^^\s]{1,60}?)(?<=[^\s^])(\^)(?!\^)"), Style.DIM, Flag.NONE),
)
_EMPHASIS = (
    (re.compile(rf"(?<![*\\])(\*\*\*)(?=[^\s*])(.{_RUN})(?<=[^\s*])(\*\*\*)(?!\*)"), Flag.BOLD | Flag.ITALIC),
    (re.compile(rf"(?<![*\\])(\*\*)(?=[^\s*])(.{_RUN})(?<=[^\s])(\*\*)(?!\*)"), Flag.BOLD),
    (re.compile(rf"(?<![_\w\\])(__)(?=[^\s_])(.{_RUN})(?<=[^\s])(__)(?![_\w])"), Flag.BOLD),
    (re.compile(rf"(?<![*\\])(\*)(?=[^\s*])(.{_RUN})(?<=[^\s*])(\*)(?!\*)"), Flag.ITALIC),
    (re.compile(rf"(?<![_\w\\])(_)(?=[^\s_])(.{_RUN})(?<=[^\s_])(_)(?![_\w])"), Flag.ITALIC),
)


def paint_inline(canvas: Canvas, line: str, start: int, end: int) -> None:
    """Paint the inline marks of `line[start:end]`."""
    end = min(end, start + LIMIT)
    shadow = _BLANK * start + line[start:end]
    painter = _Painter(canvas, shadow)
    painter.run()


class _Painter:
    """The rules, in the order in which Markdown binds: what one takes, the next doesn't see."""

    def __init__(self, canvas: Canvas, shadow: str) -> None:
        self._canvas = canvas
        self._shadow = shadow

    def run(self) -> None:
        text = self._shadow
        if "`" in text:
            self._each(_CODE, self._code)
        if "\\" in text:
            self._each(_MATH, self._math)
            self._each(_ESCAPE, lambda m: self._canvas.paint(m.start(), m.start() + 1, Style.FAINT))
        if "{" in text:
            self._each(_SHORTCODE, lambda m: self._canvas.paint(*m.span(), Style.SHORTCODE))
            self._each(_CRITIC, self._critic)
        if "<" in text:
            self._each(_COMMENT, self._comment)
            self._each(_AUTOLINK, self._autolink)
            self._each(_TAG, lambda m: self._canvas.paint(*m.span(), Style.FAINT, Flag.ITALIC))
        if "$" in text:
            self._each(_MATH, self._math)
        if "[" in text:
            self._links()
        if "://" in text:
            self._each(_URL, lambda m: self._canvas.paint(*m.span(), Style.DIM))
        if "{" in text:
            self._each(_ATTRIBUTES, lambda m: self._canvas.paint(*m.span(), Style.FAINT))
        if "++" in text:
            self._each(_KEYBOARD, lambda m: self._marked(m, Style.KEYBOARD))
        if ":" in text:
            self._each(_EMOJI, lambda m: self._canvas.paint(*m.span(), Style.DIM))
        if "~" in text or "^" in text or "==" in text:
            for pattern, style, flags in _PAIRED:
                self._around(pattern, style, flags)
        if "*" in text or "_" in text:
            for pattern, flags in _EMPHASIS:
                self._around(pattern, Style.PLAIN, flags)

    def _each(self, pattern: re.Pattern[str], paint: Callable[[re.Match[str]], object]) -> None:
        taken = []
        for found in pattern.finditer(self._shadow):
            paint(found)
            taken.append(found.span())
        self._take(taken)

    def _take(self, places: list[tuple[int, int]]) -> None:
        if not places:
            return
        pieces: list[str] = []
        place = 0
        for start, end in sorted(places):
            pieces += (self._shadow[place:start], _BLANK * (end - start))
            place = end
        self._shadow = "".join([*pieces, self._shadow[place:]])

    def _around(self, pattern: re.Pattern[str], style: Style, flags: Flag) -> None:
        """Paint the marks and what they enclose; only the marks are taken, so that what is inside nests."""
        taken = []
        for found in pattern.finditer(self._shadow):
            for group in (1, 3):
                self._canvas.paint(*found.span(group), Style.FAINT)
                taken.append(found.span(group))
            if style:
                self._canvas.paint(*found.span(2), style)
            if flags:
                self._canvas.flag(*found.span(2), flags)
        self._take(taken)

    def _marked(self, found: re.Match[str], style: Style) -> None:
        self._canvas.paint(*found.span(), Style.FAINT)
        self._canvas.paint(*found.span(2), style)

    def _code(self, found: re.Match[str]) -> None:
        self._marked(found, Style.CODE)

    def _math(self, found: re.Match[str]) -> None:
        self._canvas.paint(*found.span(), Style.FAINT)
        inner = next(group for group in (2, 4, 7) if found[group] is not None)
        self._canvas.paint(*found.span(inner), Style.MATH)

    def _critic(self, found: re.Match[str]) -> None:
        self._canvas.paint(*found.span(), Style.FAINT)
        self._canvas.paint(*found.span(2), _CRITIC_STYLE[found[1]])

    def _comment(self, found: re.Match[str]) -> None:
        if _EXCERPT.fullmatch(found[1]):
            self._canvas.paint(*found.span(), Style.MARKER)
            return
        self._canvas.paint(*found.span(), Style.FAINT, Flag.ITALIC)
        self._canvas.paint(*found.span(1), Style.COMMENT)

    def _autolink(self, found: re.Match[str]) -> None:
        self._marked_link(found.span(), found.span(1))

    def _marked_link(self, whole: tuple[int, int], text: tuple[int, int]) -> None:
        self._canvas.paint(*whole, Style.FAINT)
        self._canvas.paint(*text, Style.LINK)

    def _links(self) -> None:
        for pattern in (_LINK, _LINK_SPACED):
            taken = []
            for found in pattern.finditer(self._shadow):
                self._marked_link(found.span(), found.span(2))
                self._canvas.paint(*found.span(4), Style.DIM)
                self._canvas.paint(*found.span(5), Style.DIM)
                if found[2].startswith(("![", "[")):  # a picture that is a link: its text stands inside
                    self._inner_picture(found)
                # The text stays visible to emphasis.
                taken += [(found.start(), found.end(1)), (found.start(3), found.end())]
            self._take(taken)
        for pattern in (_WIKI, _REFERENCE, _FOOTNOTE):
            self._each(pattern, lambda m: self._marked_link(m.span(), m.span(2)))

    def _inner_picture(self, found: re.Match[str]) -> None:
        start, end = found.span(2)
        close = self._shadow.find("](", start, end)
        if close > 0:
            self._canvas.paint(start, start + 2, Style.FAINT)
            self._canvas.paint(close, end, Style.DIM)
