"""What stands in the lines of a body: links, pictures, footnotes, tags, and what hides words.

Code spans, formulas, comments and templates are passed over: what looks like a link in them is none.
"""

import bisect
import re
from collections.abc import Iterable
from dataclasses import replace

from editor.proof.body.grammar import PYTHON_MARKDOWN, Grammar
from editor.proof.body.html_tags import TEMPLATE, tag_at
from editor.proof.body.lookahead import Ends
from editor.proof.body.source import Comment, Definition, FootnoteUse, Link, Span, Tag

_SPECIAL = re.compile(r"\\|`+|<|!?\[|\]|\{\{|\{%|\{#|\$+|(?<![\w/])https?://")
_SPECIAL_OF_HTML = re.compile(r"<|\{\{|\{%|\{#")
_TITLE = r"\"(?:[^\"\\]|\\.)*+\"|'(?:[^'\\]|\\.)*+'|\((?:[^()\\]|\\.)*+\)"
_TARGET = re.compile(
    rf"\(\s*+(?:<(?P<angled>[^<>\n]*+)>|(?P<plain>(?!<)(?:{TEMPLATE}|[^\s()\\]|\\."
    rf"|\((?:{TEMPLATE}|[^\s()\\]|\\.|\([^\s()]*+\))*+\))*+))"
    rf"(?:\s++(?P<title>{_TITLE}))?\s*+\)",
    re.DOTALL,
)
_SPACED = re.compile(
    r"\([ \t]*+(?P<plain>[^()\n\"'<>]++(?:\([^()\n]*+\)[^()\n\"'<>]*+)*+)(?P<title>\"[^\n\"]*+\"|'[^\n']*+')?[ \t]*+\)"
)
"""An address with blanks in it, which Python-Markdown takes."""
_LABEL = re.compile(r"\[((?:[^\[\]\\]|\\.){0,999}+)\]")
_ATTRIBUTES = re.compile(r"\{:?([^{}\n]{0,500}+)\}")
_AUTO = re.compile(
    r"<([A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]*+|[\w.!#$%&'*+/=?^`{|}~-]++@[\w-]++(?:\.[\w-]++)*+)>"
)
_BARE = re.compile(r"https?://[^\s<>\[\]()\"'`{}|\\]*+")
_DEEPEST = 100
"""Brackets within brackets that are followed."""
_LONGEST_LABEL = 999


def normal_label(label: str) -> str:
    """Return what two labels have in common that mean the same."""
    return " ".join(label.split()).casefold()


class Inline:
    """Scans one run of text after the other; what it finds it adds to its lists."""

    def __init__(self, text: str, grammar: Grammar, definitions: Iterable[Definition], ends: Ends) -> None:
        self.links: list[Link] = []
        self.footnote_uses: list[FootnoteUse] = []
        self.tags: list[Tag] = []
        self.comments: list[Comment] = []
        self.templates: list[Span] = []
        self.hidden: list[Span] = []
        self._text = text
        self._grammar = grammar
        self._ends = ends
        self._definitions: dict[str, Definition] = {}
        for definition in definitions:
            self._definitions.setdefault(normal_label(definition.label), definition)
        self._end = 0
        self._ticks: dict[int, list[int]] | None = None
        self._brackets: list[tuple[int, bool, int]] = []
        self._within_anchor = False

    def scan(self, start: int, end: int, *, tags_only: bool = False) -> None:
        """Scan the text from `start` to `end`, which belongs together; raw HTML only for tags."""
        self._end = end
        self._ticks = None
        self._brackets = []
        self._within_anchor = False
        special = _SPECIAL_OF_HTML if tags_only else _SPECIAL
        at = start
        while found := special.search(self._text, at, end):
            at = self._take(found, block=tags_only)

    def _take(self, found: re.Match[str], *, block: bool) -> int:
        """Take what begins with the sign that was found; return where to go on."""
        sign, at = found[0], found.start()
        if sign == "\\":
            return self._escaped(at)
        if sign[0] == "`":
            return self._code(at, len(sign))
        if sign == "<":
            return self._tag(at, block=block)
        if sign[0] == "{":
            return self._template(at, sign)
        if sign[0] == "$":
            return self._formula(at, len(sign))
        if sign[-1] == "[":
            if len(self._brackets) < _DEEPEST:
                self._brackets.append((found.end(), sign[0] == "!", len(self.links)))
            return found.end()
        if sign == "]":
            return self._closed(at)
        return self._bare(at)

    def _escaped(self, at: int) -> int:
        following = self._text[at + 1 : at + 2]
        if following in ("(", "[") and self._text[at - 1 : at] != "\\":
            end = self._ends.find("\\)" if following == "(" else "\\]", at + 2)
            if end is not None and end <= self._end:
                self.hidden.append((at, end))
                return end
        return at + 2

    def _code(self, at: int, length: int) -> int:
        if self._ticks is None:
            self._ticks = {}
            for run in re.compile("`+").finditer(self._text, at, self._end):
                self._ticks.setdefault(len(run[0]), []).append(run.start())
        places = self._ticks.get(length, [])
        index = bisect.bisect_right(places, at)
        if index >= len(places):
            return at + length
        end = places[index] + length
        self.hidden.append((at, end))
        return end

    def _tag(self, at: int, *, block: bool) -> int:
        text = self._text
        if text.startswith("<!--", at):
            end = self._ends.find("-->", at + 2)
            if end is None or end > self._end:
                return at + 4
            self.comments.append(Comment(at, end))
            self.hidden.append((at, end))
            return end
        auto = None if block else _AUTO.match(text, at, self._end)
        if auto:
            self.links.append(Link("auto", False, at, auto.end(), auto.span(1), auto[1], auto.span(1)))
            return auto.end()
        tag = tag_at(text, at, self._end, block=block)
        if tag is None:
            return at + 1
        self.tags.append(tag)
        if tag.name == "a":
            self._within_anchor = not tag.closing
        return tag.end

    def _template(self, at: int, sign: str) -> int:
        following = self._text[at + 2 : at + 3]
        mark = {"{%": "%}", "{#": "#}"}.get(sign, "}}")
        if sign == "{{" and following in ("<", "%"):
            mark = ">}}" if following == "<" else "%}}"
        if sign == "{#" and not self._text[at + 2 : at + 3].isspace():
            return at + 2  # an id in braces
        end = self._ends.find(mark, at + 2)
        if end is None or end > self._end:
            return at + 2
        self.templates.append((at, end))
        self.hidden.append((at, end))
        return end

    def _formula(self, at: int, length: int) -> int:
        text = self._text
        if length > 2:
            return at + length
        end = self._ends.find("$" * length, at + length)
        if end is None or end > self._end:
            return at + length
        inner = text[at + length : end - length]
        if inner.endswith("\\"):
            return at + length
        if length == 1 and (
            not inner
            or inner[0].isspace()
            or inner[-1].isspace()
            or text[end : end + 1].isdigit()
            or "](" in inner
        ):
            return at + 1
        self.hidden.append((at, end))
        return end

    def _bare(self, at: int) -> int:
        found = _BARE.match(self._text, at, self._end)
        end = found.end() if found else at + 4
        while self._text[end - 1] in ".,:;!?*_~":
            end -= 1
        if not self._within_anchor:
            self.links.append(
                Link(
                    "bare",
                    False,
                    at,
                    end,
                    (at, end),
                    self._text[at:end],
                    (at, end),
                    in_link=bool(self._brackets),
                )
            )
        return max(end, at + 7)

    # Brackets

    def _closed(self, at: int) -> int:
        """Take a closing bracket: what it closes may be a link, a picture or a footnote."""
        if not self._brackets:
            return at + 1
        start, picture, known = self._brackets.pop()
        text = self._text
        following = text[at + 1] if at + 1 < self._end else ""
        if text[start] == "^" and start < at and not picture and following != "(":
            self.footnote_uses.append(FootnoteUse(text[start + 1 : at], start - 1, at + 1))
            return at + 1
        made = None
        if following == "(":
            made = self._inline(start, at, picture=picture)
        elif following == "[" or (following == " " and text[at + 2 : at + 3] == "["):
            made = self._reference(start, at, picture=picture)
        if made is None:
            made = self._shortcut(start, at, picture=picture)
        if made is None:
            return at + 1
        if not made.defined:
            self.links.append(made)
            return at + 1
        attributes = (
            _ATTRIBUTES.match(text, made.end, self._end) if text[made.end : made.end + 1] == "{" else None
        )
        if attributes and self._grammar.attributes is not False:
            made = replace(made, end=attributes.end(), attributes=attributes[1].strip())
        if not picture:
            self.links[known:] = [replace(link, in_link=True) for link in self.links[known:]]
        self.links.append(made)
        return made.end

    def _inline(self, start: int, at: int, *, picture: bool) -> Link | None:
        text = self._text
        found = _TARGET.match(text, at + 1, self._end)
        if found:
            group = "plain" if found["angled"] is None else "angled"
        elif self._grammar.family == PYTHON_MARKDOWN and (found := _SPACED.match(text, at + 1, self._end)):
            group = "plain"
        else:
            return None
        first, last = found.span(group)
        while last > first and text[last - 1] in " \t":
            last -= 1
        title = (found["title"] or "")[1:-1]
        begin = start - 2 if picture else start - 1
        return Link(
            "inline", picture, begin, found.end(), (start, at), text[first:last], (first, last), title=title
        )

    def _reference(self, start: int, at: int, *, picture: bool) -> Link | None:
        text = self._text
        apart = text[at + 1] == " "
        found = _LABEL.match(text, at + 2 if apart else at + 1, self._end)
        if found is None or found[1].startswith("^") or at - start > _LONGEST_LABEL:
            return None
        label = found[1] if found[1].strip() else text[start:at]
        definition = self._definitions.get(normal_label(label))
        if apart and (definition is None or self._grammar.family != PYTHON_MARKDOWN):
            return None
        kind = "reference" if found[1].strip() else "collapsed"
        begin = start - 2 if picture else start - 1
        if definition is None:
            return Link(kind, picture, begin, found.end(), (start, at), "", (0, 0), label, defined=False)
        return Link(
            kind,
            picture,
            begin,
            found.end(),
            (start, at),
            definition.destination,
            definition.target,
            label,
            title=definition.title,
        )

    def _shortcut(self, start: int, at: int, *, picture: bool) -> Link | None:
        if not self._definitions or at - start > _LONGEST_LABEL:
            return None
        label = self._text[start:at]
        definition = self._definitions.get(normal_label(label))
        if definition is None:
            return None
        begin = start - 2 if picture else start - 1
        return Link(
            "shortcut",
            picture,
            begin,
            at + 1,
            (start, at),
            definition.destination,
            definition.target,
            label,
            title=definition.title,
        )
