"""Headings as Zola writes them: `# Text {#id .class}`, and ids of their text."""

import re
import unicodedata
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore

from editor.render.commonmark.flavour import Late, told
from editor.render.commonmark.plugins.heading_text import plain_text, sindre_slug

_ATTRIBUTES = re.compile(r"[ \t]*\{([^{}\n]*)\}[ \t]*\Z")
_UNSAFE = re.compile(r"[<>:/|?*#()\[\]\\\"\n\r\t]")


@dataclass(frozen=True)
class ZolaHeading(Late):
    """A heading that is to have an id."""

    base: str
    given: bool


def zola_headings(md: MarkdownIt, mode: str) -> None:
    """Give headings ids; `mode` is what the site's `slugify.anchors` says."""

    def attributes(state: StateCore) -> None:
        for index, token in enumerate(state.tokens):
            if token.type == "heading_open":
                inline = state.tokens[index + 1]
                found = _ATTRIBUTES.search(inline.content)
                if found is not None:
                    inline.content = inline.content[: found.start()]
                    token.meta = {"attributes": found[1].split()}

    def ids(state: StateCore) -> None:
        for index, token in enumerate(state.tokens):
            if token.type != "heading_open":
                continue
            words = token.meta.get("attributes", [])
            own = next((word[1:] for word in reversed(words) if word[0] == "#" and len(word) > 1), "")
            text = plain_text(state.tokens[index + 1].children)
            late = ZolaHeading(own or slug(text, mode), bool(own))
            token.attrs["id"] = told(state.env).late(late)
            classes = [word[1:] for word in words if word[0] == "." and len(word) > 1]
            if classes:
                token.attrs["class"] = " ".join(classes)
            for word in words:
                name, equals, value = word.partition("=")
                if equals and word[0] not in "#.":
                    token.attrs[name] = value.strip("\"'")

    md.core.ruler.before("inline", "zola_attributes", attributes)
    md.core.ruler.push("zola_ids", ids)


def slug(text: str, mode: str) -> str:
    """Return the id of a text; letters of other scripts than Latin are left out where it is to be a slug."""
    if mode == "off":
        return text
    if mode == "safe":
        return re.sub(r"\s+", "_", _UNSAFE.sub("", unicodedata.normalize("NFC", text)).strip())
    return sindre_slug(text.replace("&", " ").replace("'", " ").replace("\u2019", " "))


class ZolaIds:
    """The ids of a page, each made unlike those before it and those that are given."""

    def __init__(self, lates: list[ZolaHeading]) -> None:
        """Take the headings of the page, in their order."""
        self._taken = {late.base for late in lates if late.given}
        self._counts: dict[str, int] = {}
        """By what an id is made of, the number of its last one: those before it are taken."""

    def unique(self, late: ZolaHeading) -> str:
        """Return the id of the next heading."""
        wanted, number = late.base, self._counts.get(late.base, 0)
        while wanted in self._taken and not late.given:
            number += 1
            wanted = f"{late.base}-{number}"
        self._counts[late.base] = number
        self._taken.add(wanted)
        return wanted
