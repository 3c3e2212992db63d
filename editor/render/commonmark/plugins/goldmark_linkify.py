"""Bare addresses, as goldmark's extension linkify finds them.

Observed with Hugo 0.168; the characters that an address may have are those of its documentation.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from editor.render.commonmark.plugins.goldmark_inline import is_ascii_punctuation

if TYPE_CHECKING:
    from markdown_it.rules_inline import StateInline

    from editor.render.commonmark.plugins.goldmark_inline import GoldmarkState, Rule

_HOST = r"[-a-zA-Z0-9@:%._+~#=]{1,256}\.[a-z]+"
_REST = r"-a-zA-Z0-9@:%_+.~#!?&/=();,'\">^{}\[\]`"
_WWW = re.compile(rf"www\.{_HOST}(?:[/#?][{_REST}]*)?")
_URL = re.compile(rf"(?:http|https|ftp)://{_HOST}(?::\d+)?(?:[/#?][{_REST}$]*)?")
_LABEL = r"[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?"
_MAIL = re.compile(rf"[A-Za-z0-9.!#$%&'*+/=?^_`{{|}}~-]+@{_LABEL}(?:\.{_LABEL})*")
_LETTERS = re.compile(r"[A-Za-z0-9]+$")


def linkify(protocol: str) -> Rule:
    """Return the rule that links bare addresses; `protocol` is for those that begin with `www.`."""

    def rule(state: GoldmarkState, silent: bool) -> bool:
        source, start = state.src, state.pos
        character = source[start]
        skipped = character in " \t*_~("
        if not skipped:
            fresh = start == state.recognised or start == 0 or source[start - 1] == "\n"
            if not fresh or (is_ascii_punctuation(character)):
                return False
        if silent or state.open_brackets or state.linkLevel or state.in_label:  # in the text of a link, too
            return False
        begin = start + 1 if skipped else start
        end = _address_end(source, begin, state.posMax)
        is_mail = False
        if end < 0:
            end, is_mail = _mail_end(source, begin, state.posMax), True
            if end < 0:
                return False
        if skipped:
            state.append_pending(character)
        address = source[begin:end]
        url = address
        if is_mail:
            url = "mailto:" + address
        elif address.startswith("www."):
            url = f"{protocol}://{address}"
        push_link(state, state.md.normalizeLink(url), address)
        state.pos = end
        return True

    return rule


def push_link(state: StateInline, url: str, text: str) -> None:
    """Push a link that is its own text."""
    token = state.push("link_open", "a", 1)
    token.attrs = {"href": url}
    token.markup = "autolink"
    token = state.push("text", "", 0)
    token.content = text
    token.meta["verbatim"] = True
    state.push("link_close", "a", -1).markup = "autolink"


def _address_end(source: str, begin: int, limit: int) -> int:
    found = None
    if source.startswith(("http:", "https:", "ftp:"), begin):
        found = _URL.match(source, begin, limit)
    if found is None and source.startswith("www.", begin):
        found = _WWW.match(source, begin, limit)
    if found is None:
        return -1
    end = _without_punctuation(source, begin, found.end())
    if source[end - 1] == ")":
        matched = source[begin:end]
        end -= max(0, matched.count(")") - matched.count("("))
    elif source[end - 1] == ";":
        letters = _LETTERS.search(source, begin, end - 1)
        if letters and letters.start() > begin and source[letters.start() - 1] == "&":
            end = letters.start() - 1
    return end


def _without_punctuation(source: str, begin: int, end: int) -> int:
    while end - 1 > begin and source[end - 1] in "?!.,:*_~":
        end -= 1
    return end


def _mail_end(source: str, begin: int, limit: int) -> int:
    if begin >= limit or is_ascii_punctuation(source[begin]):
        return -1
    found = _MAIL.match(source, begin, limit)
    if found is None:
        return -1
    end = found.end()
    if "." not in source[source.index("@", begin) : end - 1]:
        return -1
    if end < limit and source[end] in "-_":
        return -1
    return _without_punctuation(source, begin, end)
