"""Addresses that stand in the text, as remark-gfm makes links of them.

It does so twice: while the text is read (micromark-extension-gfm-autolink-literal), and then in what is left as text
(mdast-util-gfm-autolink-literal), by other rules.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

_EMAIL_WORD = r"A-Za-z0-9+\-._"
_START = re.compile(
    rf"(?<![A-Za-z])https?://|(?:(?<=[\s(*_\[\]~])|\A)www\.|(?<![/{_EMAIL_WORD}])[{_EMAIL_WORD}]+@",
    re.IGNORECASE,
)
_BRACKETS = re.compile(r"[\[\]]")
_STOP = re.compile(r"[\n!&*<\[\\\]^_`~]")
_EMAIL = re.compile(rf"[{_EMAIL_WORD}]+@((?:[-_A-Za-z0-9]|\.(?=[A-Za-z0-9]))*)")
_SCHEME = re.compile(r"https?://", re.IGNORECASE)
_WWW = re.compile(r"www\.", re.IGNORECASE)
_REFERENCE = re.compile(r"&[A-Za-z]+;")
_MAYBE = re.compile(r"://|www\.|@", re.IGNORECASE)

_URL = re.compile(
    r"(?<![0-9a-z])(https?://|www(?=\.))([\w-]*\.[\w\-.]*)([^\t\n\r ]*)", re.IGNORECASE | re.ASCII
)
_XMPP = re.compile(
    r"(?<![\w+\-.@])xmpp:([\w+\-.]+)@([\w-]+(?:\.[\w-]+)+)(/(?:[\w\-/]|\.(?=[0-9A-Za-z]))*)?", re.ASCII
)
_MAILTO = re.compile(r"(?<![\w+\-.@])mailto:([\w+\-.]+)@([\w-]+(?:\.[\w-]+)+)", re.ASCII)
_ADDRESS = re.compile(r"(?<![\w+\-.])([\w+\-.]+)@([\w-]+(?:\.[\w-]+)+)", re.ASCII)
_SCHEME_BEFORE = re.compile(r"(?:^|[^0-9@A-Za-z])(?:mailto|xmpp):\Z")


def gfm_autolinks(md: MarkdownIt) -> None:
    """Let `md` make links of addresses; texts must be joined before its last step."""
    md.inline.ruler.at("text", _text)
    md.inline.ruler.after("text", "gfm_autolink", _autolink)
    md.core.ruler.push("gfm_autolinks", _in_what_is_left)


# ---- while the text is read


def _text(state: StateInline, silent: bool) -> bool:
    """Take text up to what may be something else, an address among it."""
    if _START.match(state.src, state.pos):
        return False
    found = _STOP.search(state.src, state.pos)
    end = min(found.start() if found is not None else state.posMax, state.posMax)
    start = _START.search(state.src, state.pos, end + 4)
    if start is not None:
        end = min(end, start.start())
    if end == state.pos:
        return False
    if not silent:
        state.pending += state.src[state.pos : end]
    state.pos = end
    return True


def _autolink(state: StateInline, silent: bool) -> bool:
    if silent or state.linkLevel > 0 or not _START.match(state.src, state.pos):
        return False
    text, most = state.src, state.posMax
    email = _EMAIL.match(text, state.pos, most)
    scheme = ""
    end: int | None
    if email is not None:
        domain = email[1]
        end = email.end() if "." in domain and domain[-1].isascii() and domain[-1].isalpha() else None
        scheme = "mailto:"
    elif _WWW.match(text, state.pos, most):
        end = _web_end(text, state.pos, most)
        scheme = "http://"
    else:
        found = _SCHEME.match(text, state.pos, most)
        begin = found.end() if found is not None else most
        fitting = (
            begin < most and not _space_or_sign(text[begin]) and unicodedata.category(text[begin]) != "Cc"
        )
        end = _web_end(text, begin, most) if fitting else None
    if end is None or _in_brackets(state):
        return False
    address = text[state.pos : end]
    token = state.push("link_open", "a", 1)
    token.attrs = {"href": state.md.normalizeLink(scheme + address)}
    token.info = "auto"
    state.push("text", "", 0).content = address
    state.push("link_close", "a", -1)
    state.pos = end
    return True


def _in_brackets(state: StateInline) -> bool:
    """Return whether a bracket is open that no other has closed.

    It is looked for from the end, as far as the last address that was made a link: none was open there.
    """
    depth = 0
    for text in (state.pending, *_texts_backwards(state.tokens)):
        for found in _BRACKETS.finditer(text[::-1]):
            depth += 1 if found[0] == "[" else -1
            if depth > 0:
                return True
    return False


def _texts_backwards(tokens: Sequence[Token]) -> Iterator[str]:
    for token in reversed(tokens):
        if token.type == "text":
            yield token.content
        elif token.type == "link_open" and token.info == "auto" and not token.markup:
            return


def _space_or_sign(letter: str) -> bool:
    return letter.isspace() or unicodedata.category(letter)[0] in "PSZ"


def _web_end(text: str, at: int, most: int) -> int | None:
    """Return where an address ends whose domain begins at `at`; None where that is no domain."""
    last = last_but_one = seen = False
    while at < most:
        letter = text[at]
        if letter in "._":
            if _is_trail(text, at, most):
                break
            if letter == "_":
                last = True
            else:
                last_but_one, last = last, False
        elif letter != "-" and _space_or_sign(letter):
            break
        else:
            seen = True
        at += 1
    if last or last_but_one or not seen:
        return None
    opened = closed = 0
    while at < most:
        letter = text[at]
        if letter == "(":
            opened += 1
        elif letter == ")" and closed < opened:
            closed += 1
        elif letter in "!\"&'),*.:;<?]_~":
            if _is_trail(text, at, most):
                break
            closed += letter == ")"
        elif letter.isspace():
            break
        at += 1
    return at


def _is_trail(text: str, at: int, most: int) -> bool:
    """Return whether nothing but the signs of a sentence follow up to where an address must end."""
    while at < most:
        letter = text[at]
        if letter == "<" or letter.isspace():
            return True
        if letter == "&":
            found = _REFERENCE.match(text, at, most)
            if found is None:
                return False
            at = found.end()
            continue
        if letter == "]":
            at += 1
            if at >= most or text[at] in "([" or text[at].isspace():
                return True
            continue
        if letter not in "!\"'),*.:;?_~":
            return False
        at += 1
    return True


# ---- in what is left


_Found = tuple[str, str | None]
"""A text, and the address that it is a link to."""


def _in_what_is_left(state: StateCore) -> None:
    for inline in state.tokens:
        children = inline.children or []
        if any(token.type == "text" and _MAYBE.search(token.content) for token in children):
            inline.children = list(_linked(state.md, children))


def _linked(md: MarkdownIt, children: list[Token]) -> Iterator[Token]:
    depth = 0
    for token in children:
        depth += token.nesting if token.tag == "a" and token.type != "html_inline" else 0
        if token.type != "text" or depth or not _MAYBE.search(token.content):
            yield token
            continue
        parts: list[_Found] = [(token.content, None)]
        for pattern, replace in ((_URL, _url), (_XMPP, _xmpp), (_MAILTO, _mailto), (_ADDRESS, _address)):
            parts = [
                new for part in parts for new in ([part] if part[1] else _replaced(part[0], pattern, replace))
            ]
        for text, address in parts:
            if address is not None:
                yield Token("link_open", "a", 1, attrs={"href": md.normalizeLink(address)}, info="auto")
            if text:
                yield Token("text", "", 0, content=text)
            if address is not None:
                yield Token("link_close", "a", -1)


def _replaced(
    text: str, pattern: re.Pattern[str], replace: Callable[[re.Match[str]], list[_Found] | None]
) -> Iterator[_Found]:
    start = at = 0
    while found := pattern.search(text, at):
        made = replace(found)
        if made is None:
            at = found.start() + 1
            continue
        if found.start() > start:
            yield text[start : found.start()], None
        yield from made
        start = at = found.end()
    if start < len(text):
        yield text[start:], None


def _url(found: re.Match[str]) -> list[_Found] | None:
    scheme, domain, path = found[1], found[2], found[3]
    at = found.start()
    if at and not _space_or_sign(found.string[at - 1]):
        return None
    prefix = ""
    if scheme[0] in "wW":
        domain, scheme, prefix = scheme + domain, "", "http://"
    if _space_or_sign(domain[0]) or not _is_domain(domain):
        return None
    address, rest = _without_end(domain + path)
    made: list[_Found] = [(scheme + address, prefix + scheme + address)]
    return [*made, (rest, None)] if rest else made


def _xmpp(found: re.Match[str]) -> list[_Found] | None:
    resource = found[3] or ""
    if not _ends_in_letter(found[2]):
        return None
    if resource and (not _ends_in_letter(resource) or found.string[found.end() : found.end() + 1] == "@"):
        return None
    return [(found[0], found[0])]


def _mailto(found: re.Match[str]) -> list[_Found] | None:
    return [(found[0], found[0])] if _ends_in_letter(found[2]) else None


def _address(found: re.Match[str]) -> list[_Found] | None:
    if _SCHEME_BEFORE.search(found.string, 0, found.start()) or not _ends_in_letter(found[2]):
        return None
    return [(found[0], f"mailto:{found[0]}")]


def _ends_in_letter(text: str) -> bool:
    return text[-1] not in "0123456789-_"


def _is_domain(domain: str) -> bool:
    parts = domain.split(".")
    return len(parts) > 1 and all(
        not part or ("_" not in part and re.search(r"[0-9A-Za-z]", part)) for part in parts[-2:]
    )


def _without_end(url: str) -> tuple[str, str]:
    """Return an address without the signs at its end that belong to the sentence, and those."""
    kept = url.rstrip("!\"&'),.:;<>?]}")
    rest = url[len(kept) :]
    # Nothing that comes back opens a bracket: each that closes one does so for one that is open.
    still_open = kept.count("(") - kept.count(")")
    end = 0
    while still_open > 0 and (at := rest.find(")", end)) >= 0:
        end, still_open = at + 1, still_open - 1
    return kept + rest[:end], rest[end:]
