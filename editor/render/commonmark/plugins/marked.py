"""What the package marked makes otherwise than markdown-it: tables, lists of tasks, struck text, typography."""

import re
from collections.abc import Callable, Sequence
from functools import partial

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

_TASK = re.compile(r"\[([ xX])\] +")
_RAW = re.compile(r"<(/?)(pre|code|kbd|script)(?=[\s>])", re.IGNORECASE)
_WORD = r"A-Za-z0-9._+-"
_EMAIL = re.compile(rf"[{_WORD}]+@[a-zA-Z0-9_-]+(?:\.[a-zA-Z0-9_-]*[a-zA-Z0-9])+(?![-_])")
_WEB = re.compile(r"(?:(?:ftp|https?)://|www\.)(?:[a-zA-Z0-9-]+\.?)+[^\s<]*", re.IGNORECASE)
_START = re.compile(rf"(?:https?|ftp)://|www\.|(?<![{_WORD}])[{_WORD}]+@[a-zA-Z0-9_-]")
_FIRST = re.compile(rf"[fhw]|(?<![{_WORD}])[{_WORD}]")
"""What `_START` may begin with."""
_END = re.compile(r"[\n!#$%&*+\-:<=>@\[\\\]^_`{}~]")
_ADDRESS = re.compile(r"(?=(?:https?|ftp)://|www\.)")
_SIGN = re.compile(r"[\\<!\[`*~_]")
_LAST_BREAK = re.compile(r"\\\n\s*\Z")
_REFERENCE = re.compile(r"&(?:#\d{1,7}|#[Xx][a-fA-F0-9]{1,6}|\w+);", re.ASCII)
_KEPT = re.compile(r"(?:[^?!.,:;*_'\"~()&]+|\([^)]*\)|&(?![a-zA-Z0-9]+;\Z)|[?!.,:;*_'\"~)]+(?!\Z))+")


class Marked(MarkdownIt):
    """Leaves addresses as they are written."""

    def normalizeLink(self, url: str) -> str:
        """Return `url`: who renders the link writes it."""
        return url

    def normalizeLinkText(self, link: str) -> str:
        """Return `link`."""
        return link

    def validateLink(self, url: str) -> bool:  # noqa: ARG002
        """Return that any address will do."""
        return True


def marked_plugin(md: MarkdownIt) -> None:
    """Add what marked does with GFM."""
    md.inline.ruler.at("entity", _entity)
    md.core.ruler.after("inline", "marked_breaks", _breaks)
    md.core.ruler.push("tasks", _tasks)
    md.core.ruler.push("marked_tables", _tables)
    md.core.ruler.push("marked_deleted", _deleted)


def addresses_plugin(md: MarkdownIt) -> None:
    """Make links of addresses that stand in the text."""
    md.inline.ruler.at("text", _text)
    md.inline.ruler.after("text", "marked_url", _address)


def smartypants_plugin(md: MarkdownIt, quotes: str, links: bool = True) -> None:
    """Add hexo-renderer-marked's typography; `quotes` are the two double ones and the two single ones.

    Where addresses do not become links, what begins with one stays as it is up to the next sign of Markdown.
    """
    smart = partial(smartened if links else _besides_addresses, quotes=quotes)

    def smarten(state: StateCore) -> None:
        for inline in state.tokens:
            if inline.type == "inline":
                _smarten(inline.children or [], smart)

    md.core.ruler.before("text_join", "smartypants", smarten)


def smartened(text: str, quotes: str, before: str = "") -> str:
    """Return one text with dashes, quotes and an ellipsis; `before` is what stands before it in the same text."""
    opening, closing, single_opening, single_closing = tuple(quotes)
    text = before + text
    text = text.replace("---", "\u2014").replace("--", "\u2013")
    text = re.sub(r"(^|[-\u2014/(\[{\"\s])'", lambda found: found[1] + single_opening, text)
    text = text.replace("'", single_closing)
    text = re.sub(r"(^|[-\u2014/(\[{\u2018\s])\"", lambda found: found[1] + opening, text)
    text = text.replace('"', closing)
    return re.sub(r"\.{3}", "\u2026", text)[len(before) :]


def _text(state: StateInline, silent: bool) -> bool:
    """Take text up to what may be something else, an address among it."""
    if _START.match(state.src, state.pos):
        return False
    found = _END.search(state.src, state.pos)
    end = min(found.start() if found is not None else state.posMax, state.posMax)
    # Not searched for: of one that is far off, each sign before it would ask again.
    for letter in _FIRST.finditer(state.src, state.pos, end):
        if _START.match(state.src, letter.start()):
            end = letter.start()
            break
    if end == state.pos:
        return False
    if not silent:
        state.pending += state.src[state.pos : end]
    state.pos = end
    return True


def _address(state: StateInline, silent: bool) -> bool:
    if state.linkLevel > 0 or silent:  # silently: it is looked for the end of a link's text
        return False
    email = _EMAIL.match(state.src, state.pos, state.posMax)
    web = _WEB.match(state.src, state.pos, state.posMax) if email is None else None
    if email is None and web is None:
        return False
    text = email[0] if email is not None else _without_end(web[0] if web is not None else "")
    if not text:
        return False
    scheme = "mailto:" if email is not None else "http://" if text[:4].lower() == "www." else ""
    state.push("link_open", "a", 1).attrs = {"href": scheme + text}
    state.tokens[-1].info = "auto"
    state.push("text", "", 0).content = text
    state.push("link_close", "a", -1)
    state.pos += len(text)
    return True


def _entity(state: StateInline, silent: bool) -> bool:
    """Take a reference as it stands: marked leaves it to the browser."""
    found = _REFERENCE.match(state.src, state.pos)
    if found is None:
        return False
    if not silent:
        state.push("html_inline", "", 0).content = found[0]
    state.pos = found.end()
    return True


def _without_end(url: str) -> str:
    """Return an address without the signs at its end that belong to the sentence."""
    before = None
    while before != url:
        before = url
        found = _KEPT.search(url)
        url = found[0] if found is not None else ""
    return url


def _breaks(state: StateCore) -> None:
    """Let a break behind which nothing comes be no break."""
    for inline in state.tokens:
        children = inline.children or []
        for token in reversed(children):
            if token.type in ("softbreak", "hardbreak"):
                escaped = token.type == "hardbreak" and _LAST_BREAK.search(inline.content) is not None
                token.type, token.tag, token.content = "text", "", "\\\n" if escaped else "\n"
            elif token.type != "text" or token.content.strip():
                break


def _besides_addresses(text: str, quotes: str, before: str = "") -> str:
    parts = []
    for part in _ADDRESS.split(text):
        end = _SIGN.search(part, 1) if _WEB.match(part) else None
        kept = 0 if not _WEB.match(part) else end.start() if end is not None else len(part)
        parts.append(part[:kept] + smartened(part[kept:], quotes, before))
        before = part[-1:]
    return "".join(parts)


def _smarten(children: Sequence[Token], smart: Callable[..., str]) -> None:
    raw = plain = False
    before = ""
    for token in children:
        if token.type == "html_inline":
            found = _RAW.match(token.content)
            raw = not found[1] if found else raw
        elif token.type == "link_open":
            plain = token.info == "auto"
        elif token.type == "link_close":
            plain = False
        elif token.type == "text" and not raw and not plain:
            token.content = smart(token.content, before=before)
        entity = token.type == "html_inline" and token.content.startswith("&")
        before = ";" if entity or (token.type == "text" and token.content) else ""


def _tasks(state: StateCore) -> None:
    for index, token in enumerate(state.tokens[:-2]):
        inline = state.tokens[index + 2]
        if token.type != "list_item_open" or inline.type != "inline" or not inline.children:
            continue
        first = inline.children[0]
        found = _TASK.match(inline.content)
        if found is None or first.type != "text" or not first.content.startswith(found[0].rstrip()):
            continue
        checked = ' checked=""' if found[1] != " " else ""
        first.content = first.content[len(found[0].rstrip()) :].lstrip(" ")
        box = Token("html_inline", "", 0, content=f'<input{checked} disabled="" type="checkbox"> ')
        inline.children.insert(0, box)


def _tables(state: StateCore) -> None:
    for token in state.tokens:
        if token.type in ("th_open", "td_open"):
            style = token.attrs.pop("style", None)
            if style is not None:
                token.attrs["align"] = str(style).removeprefix("text-align:")


def _deleted(state: StateCore) -> None:
    for inline in state.tokens:
        for token in inline.children or ():
            if token.type in ("s_open", "s_close"):
                token.tag = "del"
