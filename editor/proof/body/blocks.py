"""What each line of a body is: blocks, found in one pass; the words within them are for `inline`.

The rules are those that CommonMark (https://spec.commonmark.org/0.31.2/), Python-Markdown and kramdown share, with the
blocks that PyMdown and the generators' templates add. Time grows with the length of the text only: what looks
ahead for an end takes note of it where there is none.
"""

import bisect
import re
from dataclasses import dataclass, replace

from editor.post.line_state import is_delimiter_row
from editor.proof.body import source as kinds
from editor.proof.body.grammar import COMMONMARK, PYTHON_MARKDOWN, Grammar
from editor.proof.body.html_tags import BLOCKS, TAG, TEMPLATE, VERBATIM, VOID
from editor.proof.body.inline import Inline
from editor.proof.body.lookahead import Ends, FenceEnds
from editor.proof.body.source import BodySource, Call, Comment, Definition, Fence, Heading, Line, Span

_LINE_END = re.compile(r"\r\n|\n|\r")
_MARKER = re.compile(r"(?:[-*+]|\d{1,9}[.)])(?=[ \t]|$)")
_RULE = re.compile(r"(?:(?:\*[ \t]*+){3,}+|(?:-[ \t]*+){3,}+|(?:_[ \t]*+){3,}+)$")
_FENCE = re.compile(r"(?P<marks>`{3,}+(?=[^`]*+$)|~{3,}+)(?P<info>.*)$")
_HEADING = re.compile(r"(#{1,6})(?!#)")
_UNDERLINE = re.compile(r"(?:=++|-++)[ \t]*+$")
_CALL = re.compile(
    r"(!!!\+?|\?\?\?\+?|===[!+]{0,2})[ \t]++(?=\S)([^\"]*+)(?:\"((?:[^\"\\]|\\.)*+)\")?[ \t]*+$"
)
_BLOCK_MARK = re.compile(r"/{3,}+(?:[ \t].*)?$|:{3,}+[ \t]*+(?:[\w{<\[].*)?$")
_FOOTNOTE = re.compile(r"\[\^([^\]\[\s]++)\]:(?=[ \t]|$)")
_LABEL = re.compile(r"\[((?:[^\[\]\\]|\\.){1,999}+)\]:")
_ADDRESS = re.compile(
    rf"[ \t]*+(?P<address><[^<>\n]*+>|(?:{TEMPLATE}|(?!<)\S)++)"
    r"(?:[ \t]++(?P<title>\"[^\n]*\"|'[^\n]*'|\([^\n]*\)))?[ \t]*+$"
)
_TITLE = re.compile(r"[ \t]*+(?:\"[^\"]*+\"|'[^']*+'|\([^()]*+\))[ \t]*+$")
_ABBREVIATION = re.compile(r"\*\[[^\]]++\]:")
_CLOSING_MARKS = re.compile(r"[ \t]++#++[ \t]*+$")
_ATTRIBUTES = re.compile(r"\{:?(?P<list>[^{}\n]*)\}[ \t]*$")
_ID = re.compile(r"(?:^|[ \t])#([^\s#.{}=]+)(?=[ \t]|$)")
_TEMPLATE = re.compile(r"\{\{[<%]|\{%|\{\{")
_TEMPLATE_CODE = re.compile(
    r"\{%-?\s*+(highlight|raw|comment|codeblock|mermaid|math|katex|verbatim|code|pre|plantuml|javascript)\b"
    r"|\{\{[<%]\s*+(highlight|raw|mermaid|math|katex|code|html|tex|latex|plantuml|rawhtml)\b"
)
_TEMPLATE_LINE = re.compile(r"(?:\{[%{#][^\n]*?[%}#]\}[ \t]*|\{:[^{}\n]*\}[ \t]*|;?-+8<-+.*)$")
_MATH_BEGIN = re.compile(r"\\begin\{([A-Za-z]+\*?)\}")
_TAG_NAME = re.compile(r"</?([A-Za-z][A-Za-z0-9-]*)(?=[\s/>]|$)")
_SCRIPT = re.compile(r"(?:import|export)[ \t{*]")


@dataclass(slots=True)
class _Container:
    """A quote, or what the lines of belong to it that are indented so far."""

    quote: bool
    needed: int = 0
    """The column from which a line belongs to it."""
    code: int = 0
    """The column from which a line in it is code."""


def scan(text: str, start: int, grammar: Grammar) -> BodySource:
    """Return what stands where in the body of `text`, which begins at `start`."""
    return _Scan(text, start, grammar).scanned()


class _Scan:
    def __init__(self, text: str, start: int, grammar: Grammar) -> None:
        self.text = text
        self.grammar = grammar
        self.start = start
        self.spans: list[Span] = _lines(text, start)
        self.lines: list[Line] = []
        self.headings: list[Heading] = []
        self.fences: list[Fence] = []
        self.calls: list[Call] = []
        self.definitions: list[Definition] = []
        self.footnotes: list[Definition] = []
        self.comments: list[Comment] = []
        self.templates: list[Span] = []
        self.hidden: list[Span] = []
        self.runs: list[tuple[int, int, bool]] = []
        """What is to be scanned for what stands in lines: start, end, whether only for tags."""
        self.containers: list[_Container] = []
        self.paragraph = -1
        """The index of the first line of the paragraph that is open, or -1."""
        self.run_start = 0
        self.ends = Ends(text)
        self.fence_ends = FenceEnds(text, self.spans)
        self.table = False

    def scanned(self) -> BodySource:
        number = 0
        while number < len(self.spans):
            number = self._line(number)
        self._close_paragraph()
        inline = Inline(self.text, self.grammar, self.definitions, self.ends)
        for start, end, tags_only in self.runs:
            inline.scan(start, end, tags_only=tags_only)
        return BodySource(
            text=self.text,
            start=self.start,
            grammar=self.grammar,
            lines=tuple(self.lines),
            headings=tuple(self.headings),
            fences=tuple(self.fences),
            calls=tuple(self.calls),
            links=tuple(sorted(inline.links, key=lambda link: link.start)),
            definitions=tuple(self.definitions),
            footnotes=tuple(self.footnotes),
            footnote_uses=tuple(inline.footnote_uses),
            tags=tuple(inline.tags),
            comments=tuple(sorted(self.comments + inline.comments, key=lambda comment: comment.start)),
            templates=tuple(sorted(self.templates + inline.templates)),
            hidden=_merged(self.hidden + inline.hidden),
        )

    def _line(self, number: int) -> int:
        """Take the line `number`; return the number of the next one to take."""
        start, end = self.spans[number]
        text = self.text
        at, column = _skip_blanks(text, start, end, 0)
        if at == end:
            self._close_paragraph()
            self._add(number, kinds.BLANK, end, 0)
            return number + 1
        indent = column
        at, column, matched, code_from = self._continued(end, at, column)
        if at == end:  # a quote's empty line
            self._close_paragraph()
            self._add(number, kinds.BLANK, end, indent)
            return number + 1
        lazy = matched < len(self.containers)
        if lazy and not (self.paragraph >= 0 and self._goes_on(at, end)):
            self._close_paragraph()
            del self.containers[matched:]
            lazy = False
        marker = ""
        while not lazy:
            if column >= code_from and self.paragraph < 0 and not self._is_fence_in_list(at, end):
                return self._code(number, at, indent)
            opened = self._opened(number, at, end, column)
            if opened is None:
                break
            at, column, code_from, mark = opened
            marker = mark or marker
            if at >= end:
                self._add(number, kinds.TEXT, at, indent, marker)
                return number + 1
        if lazy:
            return self._text(number, at, indent, marker)
        return self._leaf(number, at, column, indent, marker)

    def _continued(self, end: int, at: int, column: int) -> tuple[int, int, int, int]:
        """Return place and column behind what the line continues, how much that is, and where code begins."""
        matched, code_from = 0, 4
        for container in self.containers:
            if container.quote:
                if at >= end or self.text[at] != ">":
                    break
                code_from = column + 6
                at, column = _skip_blanks(self.text, at + 1, end, column + 1)
            elif column >= container.needed or at >= end:
                code_from = container.code
            else:
                break
            matched += 1
        return at, column, matched, code_from

    def _goes_on(self, at: int, end: int) -> bool:
        """Return whether a line that is not indented enough goes on with the paragraph above it."""
        text = self.text
        character = text[at]
        if character.isalpha():
            return True
        if character == ">" or _MARKER.match(text, at, end) or _HEADING.match(text, at, end):
            return False
        if character in "`~" and _FENCE.match(text, at, end):
            return False
        if character == "<" and _block_tag(text, at, end):
            return False
        if character in "[!?=/:|" and (
            _CALL.match(text, at, end)
            or _LABEL.match(text, at, end)
            or _BLOCK_MARK.match(text, at, end)
            or character == "|"
        ):
            return False
        return not (_RULE.match(text, at, end) or _UNDERLINE.match(text, at, end))

    def _is_fence_in_list(self, at: int, end: int) -> bool:
        return bool(self.containers) and self.text[at] in "`~" and bool(_FENCE.match(self.text, at, end))

    def _opened(self, number: int, at: int, end: int, column: int) -> tuple[int, int, int, str] | None:
        """Open the quote or list entry that begins at `at`; return where its own text begins, or None.

        That is: the place, its column, the column from which it is code, and the marker.
        """
        text = self.text
        character = text[at]
        if len(self.containers) > 60:
            return None
        if character == ">":
            self._close_paragraph()
            self.containers.append(_Container(quote=True))
            behind, inner = _skip_blanks(text, at + 1, end, column + 1)
            return behind, inner, column + 6, ""
        if character in "-*+" or character.isdigit():
            return self._opened_entry(at, end, column)
        if character == ":" and text[at + 1 : at + 2] in (" ", "\t") and number:
            above = self.lines[number - 1].kind
            if above in (kinds.TEXT, kinds.BLANK):
                self._close_paragraph()
                at, column = _skip_blanks(text, at + 1, end, column + 1)
                self.containers.append(_Container(quote=False, needed=2, code=column + 4))
                return at, column, column + 4, ""
        if character == "[" and self.grammar.footnotes is not False:
            found = _FOOTNOTE.match(text, at, end)
            if found:
                self._close_paragraph()
                self.footnotes.append(Definition(found[1], at, end, found.span(1)))
                self.containers.append(_Container(quote=False, needed=column + 2, code=column + 8))
                at, column = _skip_blanks(text, found.end(), end, column + found.end() - at)
                return at, column, column + 4, ""
        return None

    def _opened_entry(self, at: int, end: int, column: int) -> tuple[int, int, int, str] | None:
        text = self.text
        found = _MARKER.match(text, at, end)
        if found is None or _RULE.match(text, at, end):
            return None
        marker = found[0]
        behind, inner = _skip_blanks(text, found.end(), end, column + len(marker))
        if self.paragraph >= 0:
            empty = behind >= end
            in_list = bool(self.containers) and not self.containers[-1].quote
            if empty or (not in_list and self.grammar.blank_above_list):
                return None
            if not in_list and marker[0].isdigit() and marker[:-1] != "1":
                return None
        self._close_paragraph()
        wide = inner - column - len(marker)
        needed = column + len(marker) + (1 if wide > 4 or behind >= end else wide)
        if self.grammar.four_columns:
            self.containers.append(_Container(quote=False, needed=column + 1, code=column + 8))
            return behind, inner, inner + 1, marker
        self.containers.append(_Container(quote=False, needed=needed, code=needed + 4))
        return behind, inner, max(needed + 4, inner + 4 if wide <= 4 else 0), marker

    def _leaf(self, number: int, at: int, column: int, indent: int, marker: str) -> int:
        """Take what a line holds behind the marks of quotes and lists."""
        end = self.spans[number][1]
        text = self.text
        character = text[at]
        if self.table:
            if "|" in text[at:end]:
                return self._row(number, at, indent)
            self.table = False
        if not character.isalnum():
            taken = self._begun(number, at, column, indent, marker)
            if taken is not None:
                return taken
        elif self.grammar.javascript and self.paragraph < 0 and _SCRIPT.match(text, at, end):
            return self._through(number, self._blank_from(number), kinds.TEMPLATE, at)
        if self.paragraph < 0 and number + 1 < len(self.spans) and "|" in text[at:end]:
            below = text[slice(*self.spans[number + 1])]
            if "-" in below and is_delimiter_row(below):
                return self._row(number, at, indent)
        return self._text(number, at, indent, marker)

    def _begun(self, number: int, at: int, column: int, indent: int, marker: str) -> int | None:
        """Take the block that a sign begins; return the next line, or None where it is a paragraph's."""
        end = self.spans[number][1]
        text = self.text
        character = text[at]
        if character in "`~":
            found = _FENCE.match(text, at, end)
            return self._fence(number, at, found, indent) if found else None
        if character == "#":
            return self._atx(number, at, indent, marker)
        if character in "=-" and self.paragraph >= 0 and _UNDERLINE.match(text, at, end):
            return self._underlined(number, at, indent)
        if character in "-*_" and _RULE.match(text, at, end):
            return self._alone(number, kinds.RULE, at, indent, marker)
        if character in "!?=":
            call = _CALL.match(text, at, end)
            return self._call(number, at, column, call) if call else None
        if character in "/:" and _BLOCK_MARK.match(text, at, end):
            return self._alone(number, kinds.CALL, at, indent, marker)
        if character == "[":
            return self._definition(number, at, indent)
        if character == "*" and _ABBREVIATION.match(text, at, end):
            return self._alone(number, kinds.DEFINITION, at, indent, marker)
        if character == "<":
            return self._html(number, at)
        if character == "{" or (character == ";" and "8<" in text[at:end]):
            return self._template(number, at, indent)
        if character == "$" and text.startswith("$$", at):
            return self._math(number, at, at + 2, "$$")
        if character == "\\":
            if text.startswith("\\[", at):
                return self._math(number, at, at + 2, "\\]")
            begun = _MATH_BEGIN.match(text, at, end)
            return self._math(number, at, begun.end(), f"\\end{{{begun[1]}}}") if begun else None
        return None

    # Blocks of several lines

    def _fence(self, number: int, at: int, found: re.Match[str], indent: int) -> int:
        end = self.spans[number][1]
        quoted = any(container.quote for container in self.containers)
        nested = bool(self.containers)
        last = self.fence_ends.find(number, found["marks"])
        if quoted:
            limit = len(self.spans) - 1 if last is None else last
            last = number
            while last < limit and self.text[slice(*self.spans[last + 1])].lstrip().startswith(">"):
                last += 1
        closed = last is not None
        if last is None and self.grammar.fences_need_end:
            self.fences.append(
                Fence(
                    at,
                    end,
                    number,
                    len(self.spans) - 1,
                    found["marks"],
                    found["info"].strip(),
                    False,
                    indent,
                    nested,
                )
            )
            return self._text(number, at, indent, "")
        last = len(self.spans) - 1 if last is None else last
        self.fences.append(
            Fence(at, end, number, last, found["marks"], found["info"].strip(), closed, indent, nested)
        )
        self._close_paragraph()
        self._add(number, kinds.FENCE, at, indent)
        for inner in range(number + 1, last + 1):
            kind = kinds.FENCE if inner == last and closed else kinds.CODE
            self._add(inner, kind, self.spans[inner][0])
        self.hidden.append((at, self.spans[last][1]))
        return last + 1

    def _code(self, number: int, at: int, indent: int) -> int:
        self.hidden.append((at, self.spans[number][1]))
        self._add(number, kinds.CODE, at, indent)
        return number + 1

    def _math(self, number: int, at: int, inner: int, mark: str) -> int | None:
        end = self.ends.find(mark, inner)
        if end is None:
            return None
        return self._through(number, self._number_at(end), kinds.MATH, at, end)

    def _template(self, number: int, at: int, indent: int) -> int | None:
        end = self.spans[number][1]
        text = self.text
        code = _TEMPLATE_CODE.match(text, at, end)
        if code:
            name = code[1] or code[2]
            closing = self.ends.find_template(name, code.end())
            if closing is not None:
                return self._through(number, self._number_at(closing), kinds.CODE, at, closing)
        opening = _TEMPLATE.match(text, at, end)
        if opening:
            mark = {"{{<": ">}}", "{{%": "%}}", "{%": "%}", "{{": "}}"}[opening[0]]
            closing = self.ends.find(mark, opening.end())
            if closing is not None and closing > end:
                self.templates.append((at, closing))
                return self._through(number, self._number_at(closing), kinds.TEMPLATE, at, closing)
        if _TEMPLATE_LINE.match(text, at, end):
            self.templates.append((at, end))
            self.hidden.append((at, end))
            return self._alone(number, kinds.TEMPLATE, at, indent, "")
        return None

    def _html(self, number: int, at: int) -> int | None:
        end = self.spans[number][1]
        text = self.text
        if text.startswith("<!--", at):
            return self._comment(number, at)
        if text.startswith(("<?", "<!"), at):
            return self._html_through(number, at, self._blank_from(number))
        name = _block_tag(text, at, end)
        if name is None:
            alone = TAG.match(text, at, end)
            own = self.paragraph < 0 and self.grammar.family == COMMONMARK
            if own and alone and not text[alone.end() : end].strip():
                return self._html_through(number, at, self._blank_from(number))
            return None
        closing = text[at + 1] == "/"
        if name in VERBATIM and not closing:
            stop = self.ends.find_tag(name, at + 1)
            if stop is not None:
                return self._html_through(number, at, self._number_at(stop), verbatim=True)
            return self._html_through(number, at, self._blank_from(number))
        if self.grammar.family == COMMONMARK or closing or name in VOID:
            return self._html_through(
                number, at, self._blank_from(number) if self._is_raw_to_blank() else number
            )
        tag = TAG.match(text, at)
        if tag is not None and "markdown" in tag["attributes"]:
            self._close_paragraph()
            self._add(number, kinds.HTML, at)
            self.runs += [(at, tag.end(), True), (tag.end(), max(end, tag.end()), False)]
            return number + 1
        stop = self.ends.find_element(name, at)
        return self._html_through(
            number, at, self._blank_from(number) if stop is None else self._number_at(stop)
        )

    def _is_raw_to_blank(self) -> bool:
        return self.grammar.family == COMMONMARK

    def _html_through(self, number: int, at: int, last: int, *, verbatim: bool = False) -> int:
        """Take lines of raw HTML; `verbatim` ones hold code."""
        self._close_paragraph()
        for inner in range(number, last + 1):
            start = at if inner == number else self.spans[inner][0]
            self._add(inner, kinds.HTML, start)
        stop = self.spans[last][1]
        if verbatim:
            opening = TAG.match(self.text, at)
            closing = self.text.rfind("</", at, stop)
            if opening is not None and closing >= opening.end():
                self.hidden.append((opening.end(), closing))
                self.runs += [(at, opening.end(), True), (closing, stop, True)]
                return last + 1
        if self.grammar.family == PYTHON_MARKDOWN:
            at = self._past_fences(number, last, at)
        self.runs.append((at, stop, True))
        return last + 1

    def _past_fences(self, number: int, last: int, at: int) -> int:
        """Hide the code in raw HTML: Python-Markdown looks for fences before it looks for HTML.

        Return where what is left begins.
        """
        while number <= last:
            start, end = self.spans[number]
            first, _column = _skip_blanks(self.text, start, end, 0)
            found = (
                _FENCE.match(self.text, first, end) if self.text[first : first + 1] in ("`", "~") else None
            )
            closing = self.fence_ends.find(number, found["marks"]) if found else None
            if closing is not None and closing <= last:
                self.hidden.append((first, self.spans[closing][1]))
                self.runs.append((at, start, True))
                number, at = closing, self.spans[closing][1]
            number += 1
        return at

    def _comment(self, number: int, at: int) -> int:
        self._close_paragraph()
        end = self.ends.find("-->", at + 4)
        if end is None:
            last = len(self.spans) - 1 if self.grammar.family == COMMONMARK else number
            self.comments.append(Comment(at, self.spans[last][1], closed=False))
            return self._through(number, last, kinds.COMMENT, at)
        self.comments.append(Comment(at, end))
        last = self._number_at(end)
        if last == number:
            rest, _column = _skip_blanks(self.text, end, self.spans[number][1], 0)
            self.hidden.append((at, end))
            if rest < self.spans[number][1]:
                self.run_start = rest
                self.paragraph = number
                self._add(number, kinds.TEXT, at)
                return number + 1
            self._add(number, kinds.COMMENT, at)
            return number + 1
        return self._through(number, last, kinds.COMMENT, at, end)

    def _through(self, number: int, last: int, kind: str, at: int, end: int | None = None) -> int:
        """Take the lines from `number` to `last` as of one kind, hidden up to `end`; what is behind that is scanned."""
        self._close_paragraph()
        self._add(number, kind, at)
        for inner in range(number + 1, last + 1):
            self._add(inner, kind, self.spans[inner][0])
        stop = self.spans[last][1]
        hidden = stop if end is None else end
        self.hidden.append((at, hidden))
        if hidden < stop:
            self.runs.append((hidden, stop, False))
        return last + 1

    # Lines

    def _call(self, number: int, at: int, column: int, found: re.Match[str]) -> int | None:
        mark = found[1]
        has = self.grammar
        known = has.tabs if mark[0] == "=" else has.details if mark[0] == "?" else has.admonitions
        if known is False or (mark[0] == "=" and found[3] is None):
            return None
        self._close_paragraph()
        self.calls.append(Call(at, self.spans[number][1], number, mark, found[2].strip(), found[3], column))
        self._add(number, kinds.CALL, at, column)
        self.containers.append(_Container(quote=False, needed=column + 4, code=column + 8))
        return number + 1

    def _atx(self, number: int, at: int, indent: int, marker: str) -> int | None:
        end = self.spans[number][1]
        text = self.text
        found = _HEADING.match(text, at, end)
        if found is None:
            return None
        behind = found.end()
        if behind < end and text[behind] not in " \t" and self.grammar.family != PYTHON_MARKDOWN:
            return None
        words, stop = _skip_blanks(text, behind, end, 0)[0], end
        closing = _CLOSING_MARKS.search(text, max(behind - 1, at), end) if text[end - 1] in "# \t" else None
        self._close_paragraph()
        self._head(number, len(found[1]), words, closing.start() if closing else stop, found.span(1))
        self._add(number, kinds.HEADING, at, indent, marker)
        return number + 1

    def _underlined(self, number: int, at: int, indent: int) -> int:
        first = self.paragraph
        level = 1 if self.text[at] == "=" else 2
        above = self.lines[number - 1]
        single = first == number - 1
        if not single and self.grammar.family == PYTHON_MARKDOWN:
            return self._alone(number, kinds.RULE if level == 2 else kinds.TEXT, at, indent, "")
        run_start = self.run_start
        self.paragraph = -1
        self.lines[first:number] = [replace(line, kind=kinds.HEADING) for line in self.lines[first:number]]
        self._head(first, level, run_start, above.end, (at, self.spans[number][1]))
        self._add(number, kinds.UNDERLINE, at, indent)
        return number + 1

    def _head(self, number: int, level: int, start: int, end: int, marks: Span) -> None:
        text = self.text
        while end > start and text[end - 1] in " \t":
            end -= 1
        self.runs.append((start, end, False))
        name, place = "", (0, 0)
        if end > start and text[end - 1] == "}":
            found = _ATTRIBUTES.search(text, max(text.rfind("{", start, end), start), end)
            given = _ID.search(found["list"]) if found else None
            if found is not None and text[found.start() - 1 : found.start()] != "{":
                if given:
                    name = given[1]
                    place = (found.start("list") + given.start(1), found.start("list") + given.end(1))
                end = found.start()
                while end > start and text[end - 1] in " \t#":
                    end -= 1
        self.headings.append(
            Heading(level, start, end, number, marks, name, place, nested=bool(self.containers))
        )

    def _definition(self, number: int, at: int, indent: int) -> int | None:
        text = self.text
        end = self.spans[number][1]
        label = _LABEL.match(text, at, end)
        if label is None or not label[1].strip() or label[1].startswith("^"):
            return None
        last = number
        found = _ADDRESS.match(text, label.end(), end)
        if found is None and not text[label.end() : end].strip() and number + 1 < len(self.spans):
            last = number + 1
            found = _ADDRESS.match(text, *self.spans[last])
        if found is None:
            return None
        address, target = found["address"], found.span("address")
        if address.startswith("<"):
            address, target = address[1:-1], (target[0] + 1, target[1] - 1)
        title = found["title"] or ""
        if not title and last + 1 < len(self.spans) and _TITLE.match(text, *self.spans[last + 1]):
            last += 1
            title = text[slice(*self.spans[last])].strip()
        self.definitions.append(
            Definition(label[1], at, self.spans[last][1], label.span(1), address, target, title[1:-1])
        )
        self._close_paragraph()
        for inner in range(number, last + 1):
            self._add(inner, kinds.DEFINITION, at if inner == number else self.spans[inner][0], indent)
        return last + 1

    def _row(self, number: int, at: int, indent: int) -> int:
        self._close_paragraph()
        end = self.spans[number][1]
        self.runs.append((at, end, False))
        self._add(number, kinds.TABLE, at, indent)
        self.table = True
        return number + 1

    def _alone(self, number: int, kind: str, at: int, indent: int, marker: str) -> int:
        self._close_paragraph()
        self._add(number, kind, at, indent, marker)
        return number + 1

    def _text(self, number: int, at: int, indent: int, marker: str) -> int:
        end = self.spans[number][1]
        if self.paragraph < 0:
            self.paragraph = number
            self.run_start = at
        self._add(number, kinds.TEXT, at, indent, marker)
        text = self.text
        opened = text.rfind("<!--", at, end)
        if opened >= 0 and text.find("-->", opened, end) < 0 and text.count("`", at, opened) % 2 == 0:
            closing = self.ends.find("-->", opened)
            if closing is not None:
                self.runs.append((self.run_start, opened, False))
                self.paragraph = -1
                self.comments.append(Comment(opened, closing))
                self.hidden.append((opened, closing))
                last = self._number_at(closing)
                for inner in range(number + 1, last + 1):
                    self._add(inner, kinds.COMMENT, self.spans[inner][0])
                if closing < self.spans[last][1]:
                    self.runs.append((closing, self.spans[last][1], False))
                return last + 1
        return number + 1

    def _close_paragraph(self) -> None:
        if self.paragraph >= 0:
            self.runs.append((self.run_start, self.lines[-1].end, False))
            self.paragraph = -1
        self.table = False

    def _add(self, number: int, kind: str, at: int, indent: int = -1, marker: str = "") -> None:
        """Add the line `number`; what it is indented by is looked up where it is not given."""
        start, end = self.spans[number]
        if indent < 0:
            indent = _skip_blanks(self.text, start, end, 0)[1]
        quoted = any(container.quote for container in self.containers) if self.containers else False
        depth = len(self.containers) - quoted
        self.lines.append(Line(start, end, kind, at, indent, depth, quoted, marker))

    def _number_at(self, offset: int) -> int:
        """Return the line that holds what ends at `offset`."""
        return max(bisect.bisect_left(self.spans, (offset, -1)) - 1, 0)

    def _blank_from(self, number: int) -> int:
        """Return the last line before the next blank one, or before the end of the quote."""
        quoted = any(container.quote for container in self.containers)
        while number + 1 < len(self.spans):
            line = self.text[slice(*self.spans[number + 1])]
            if not line.strip(" \t>" if quoted else None) or (quoted and line.lstrip()[0] != ">"):
                break
            number += 1
        return number


def _block_tag(text: str, at: int, end: int) -> str | None:
    """Return the name of the tag at `at` that begins a block of HTML."""
    found = _TAG_NAME.match(text, at, end)
    name = found[1].lower() if found else ""
    return name if name in BLOCKS or name in VERBATIM else None


def _lines(text: str, start: int) -> list[Span]:
    """Return the lines of the body, without their ends; an empty last one is none."""
    found = []
    at = start
    for ending in _LINE_END.finditer(text, start):
        found.append((at, ending.start()))
        at = ending.end()
    if at < len(text):
        found.append((at, len(text)))
    return found


def _skip_blanks(text: str, at: int, end: int, column: int) -> tuple[int, int]:
    """Return the next place from `at` that is no blank, and its column."""
    while at < end:
        if text[at] == " ":
            column += 1
        elif text[at] == "\t":
            column += 4 - column % 4
        else:
            break
        at += 1
    return at, column


def _merged(spans: list[Span]) -> tuple[Span, ...]:
    """Return spans in order, those that touch each other made one."""
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        elif start < end:
            found.append((start, end))
    return tuple(found)
