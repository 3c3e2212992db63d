"""Blocks that run on until something ends them: fences, formulas, templates, comments; and the lines of paragraphs."""

import re

from editor.proof.body import source as kinds
from editor.proof.body.grammar import COMMONMARK
from editor.proof.body.sheet import Sheet, skip_blanks
from editor.proof.body.source import Comment, Fence

_TEMPLATE = re.compile(r"\{\{[<%]|\{%|\{\{")
_TEMPLATE_CODE = re.compile(
    r"\{%-?\s*+(highlight|raw|comment|codeblock|mermaid|math|katex|verbatim|code|pre|plantuml|javascript)\b"
    r"|\{\{[<%]\s*+(highlight|raw|mermaid|math|katex|code|html|tex|latex|plantuml|rawhtml)\b"
)
_TEMPLATE_LINE = re.compile(r"(?:\{[%{#][^\n]*?[%}#]\}[ \t]*|\{:[^{}\n]*\}[ \t]*|;?-+8<-+.*)$")


def fence(sheet: Sheet, number: int, at: int, found: re.Match[str], indent: int) -> int:
    """Take the fence of code that begins at `at`, or its first line where nothing ends it and that makes it text."""
    end = sheet.spans[number][1]
    quoted = any(container.quote for container in sheet.containers)
    nested = bool(sheet.containers)
    last = sheet.fence_ends.find(number, found["marks"])
    if quoted:
        limit = len(sheet.spans) - 1 if last is None else last
        last = number
        while last < limit and sheet.text[slice(*sheet.spans[last + 1])].lstrip().startswith(">"):
            last += 1
    closed = last is not None
    if last is None and sheet.grammar.fences_need_end:
        sheet.fences.append(
            Fence(
                at,
                end,
                number,
                len(sheet.spans) - 1,
                found["marks"],
                found["info"].strip(),
                False,
                indent,
                nested,
            )
        )
        return text(sheet, number, at, indent, "")
    last = len(sheet.spans) - 1 if last is None else last
    sheet.fences.append(
        Fence(at, end, number, last, found["marks"], found["info"].strip(), closed, indent, nested)
    )
    sheet.close_paragraph()
    sheet.add(number, kinds.FENCE, at, indent)
    for inner in range(number + 1, last + 1):
        kind = kinds.FENCE if inner == last and closed else kinds.CODE
        sheet.add(inner, kind, sheet.spans[inner][0])
    sheet.hidden.append((at, sheet.spans[last][1]))
    return last + 1


def math(sheet: Sheet, number: int, at: int, inner: int, mark: str) -> int | None:
    """Take the formula that begins at `at`, its inner part at `inner`; return None where no `mark` ends it."""
    end = sheet.ends.find(mark, inner)
    if end is None:
        return None
    return sheet.through(number, sheet.number_at(end), kinds.MATH, at, end)


def template(sheet: Sheet, number: int, at: int, indent: int) -> int | None:
    """Take what a template engine replaces, with the code between its tags; return None where it is within text."""
    end = sheet.spans[number][1]
    text = sheet.text
    code = _TEMPLATE_CODE.match(text, at, end)
    if code:
        name = code[1] or code[2]
        closing = sheet.ends.find_template(name, code.end())
        if closing is not None:
            return sheet.through(number, sheet.number_at(closing), kinds.CODE, at, closing)
    opening = _TEMPLATE.match(text, at, end)
    if opening:
        mark = {"{{<": ">}}", "{{%": "%}}", "{%": "%}", "{{": "}}"}[opening[0]]
        closing = sheet.ends.find(mark, opening.end())
        if closing is not None and closing > end:
            sheet.templates.append((at, closing))
            return sheet.through(number, sheet.number_at(closing), kinds.TEMPLATE, at, closing)
    if _TEMPLATE_LINE.match(text, at, end):
        sheet.templates.append((at, end))
        sheet.hidden.append((at, end))
        return sheet.alone(number, kinds.TEMPLATE, at, indent, "")
    return None


def comment(sheet: Sheet, number: int, at: int) -> int:
    """Take the comment that begins at `at`."""
    sheet.close_paragraph()
    end = sheet.ends.find("-->", at + 4)
    if end is None:
        last = len(sheet.spans) - 1 if sheet.grammar.family == COMMONMARK else number
        sheet.comments.append(Comment(at, sheet.spans[last][1], closed=False))
        return sheet.through(number, last, kinds.COMMENT, at)
    sheet.comments.append(Comment(at, end))
    last = sheet.number_at(end)
    if last == number:
        rest, _column = skip_blanks(sheet.text, end, sheet.spans[number][1], 0)
        sheet.hidden.append((at, end))
        if rest < sheet.spans[number][1]:
            sheet.run_start = rest
            sheet.paragraph = number
            sheet.add(number, kinds.TEXT, at)
            return number + 1
        sheet.add(number, kinds.COMMENT, at)
        return number + 1
    return sheet.through(number, last, kinds.COMMENT, at, end)


def text(sheet: Sheet, number: int, at: int, indent: int, marker: str) -> int:
    """Take a line of a paragraph, and the comment that begins in it and does not end there."""
    end = sheet.spans[number][1]
    if sheet.paragraph < 0:
        sheet.paragraph = number
        sheet.run_start = at
    sheet.add(number, kinds.TEXT, at, indent, marker)
    text = sheet.text
    opened = text.rfind("<!--", at, end)
    if opened >= 0 and text.find("-->", opened, end) < 0 and text.count("`", at, opened) % 2 == 0:
        closing = sheet.ends.find("-->", opened)
        if closing is not None:
            sheet.runs.append((sheet.run_start, opened, False))
            sheet.paragraph = -1
            sheet.comments.append(Comment(opened, closing))
            sheet.hidden.append((opened, closing))
            last = sheet.number_at(closing)
            for inner in range(number + 1, last + 1):
                sheet.add(inner, kinds.COMMENT, sheet.spans[inner][0])
            if closing < sheet.spans[last][1]:
                sheet.runs.append((closing, sheet.spans[last][1], False))
            return last + 1
    return number + 1
