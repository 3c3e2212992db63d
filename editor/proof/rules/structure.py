"""Blocks that do not end or hold what they seem to: fences of code, admonitions, folds and tabs."""

import re
from collections.abc import Iterator

from editor.post.lines import line_start
from editor.post.text_edit import TextEdit
from editor.proof.body.source import BLANK, CALL, COMMENT, TEMPLATE, BodySource, Call, Fence
from editor.proof.diagnostic import ERROR, WARNING, QuickFix
from editor.proof.reading import Reading
from editor.proof.rule import BODY, Finding, Rule
from editor.translation import gettext as _

_OPENING = re.compile(r"[ \t>]*(?P<marks>`{3,}|~{3,})[ \t]*[\w{.+#-]+")
_TYPE = re.compile(r"[A-Za-z][\w-]*(?: [\w-]+)*")


def rules() -> tuple[Rule, ...]:
    """Return the rules of this module."""
    return (
        Rule(
            "unclosed-fence",
            ERROR,
            BODY,
            _("a fence of code that nothing closes: the rest of the post becomes code, or the fence text"),
            unclosed,
        ),
        Rule(
            "unindented-body",
            WARNING,
            BODY,
            _("an admonition, a fold or a tab with nothing in it, as the text below is not indented"),
            unindented,
        ),
    )


def unclosed(reading: Reading) -> Iterator[Finding]:
    body = reading.body
    for fence in body.fences:
        if fence.closed:
            continue
        if not body.text[fence.end :].strip():
            said = _("This fence opens a block of code with nothing in it")
            edit = TextEdit(line_start(body.text, fence.start), len(body.text), "")
            removed = None if fence.nested else QuickFix(_("Remove it"), edit)
            yield Finding(fence.start, fence.end, said, removed, severity=WARNING)
            return
        if body.grammar.fences_need_end:
            said = _("Nothing closes this fence: it is shown as text, and so is the code below")
        else:
            said = _("Nothing closes this fence: all below it becomes code")
        fix = _closed_at_end(body, fence)
        yield Finding(fence.start, fence.end, said, fix, severity=WARNING if fix else "")
        yield from _swallowing(body, fence)
        return


def unindented(reading: Reading) -> Iterator[Finding]:
    body = reading.body
    for call in body.calls:
        if call.mark[0] == "!" and not (call.words and _TYPE.fullmatch(call.words)):
            continue
        if not body.grammar.certain and call.mark[0] == "=" and call.words:
            continue
        first = call.line + 1
        last = first
        while last < len(body.lines) and body.lines[last].kind == BLANK:
            last += 1
        wanted = call.indent + body.grammar.tab_length
        if last < len(body.lines):
            line = body.lines[last]
            if line.indent >= wanted or line.quoted or line.kind in (COMMENT, TEMPLATE):
                continue
            if line.kind == CALL and last == first:
                continue
        apart = last > first or last >= len(body.lines)
        if apart and call.mark[0] == "!" and (call.title is not None or not _is_below(body, last, call)):
            continue  # a title may be all that it is to say
        said = _("Nothing is in it: what belongs to it has to be indented by {count} columns")
        fix = None if apart else _indented(body, last, call.indent + body.grammar.tab_length)
        yield Finding(call.start, call.end, said.format(count=body.grammar.tab_length), fix)


def _swallowing(body: BodySource, unclosed_fence: Fence) -> Iterator[Finding]:
    """Find the fence above that is rather the one without an end: another one is opened in it."""
    for fence in body.fences:
        if fence is unclosed_fence:
            return
        for line in body.lines[fence.line + 1 : fence.last]:
            found = _OPENING.match(body.text, line.start, line.end)
            if found and found["marks"] == fence.marks:
                number = 1 + body.text.count("\n", 0, line.start)
                said = _("This fence is not closed before the next one is opened, in line {line}")
                yield Finding(fence.start, fence.end, said.format(line=number))
                return


def _closed_at_end(body: BodySource, fence: Fence) -> QuickFix | None:
    """Return the fix that closes the fence at the end of the post, where all below it is one piece."""
    below = body.lines[fence.line + 1 :]
    filled = [number for number, line in enumerate(below) if body.text[line.start : line.end].strip()]
    if not filled or len(filled) != filled[-1] + 1 or fence.nested:
        return None
    end = below[filled[-1]].end
    newline = "\r\n" if body.text[fence.end : fence.end + 2] == "\r\n" else "\n"
    edit = TextEdit(end, end, f"{newline}{' ' * fence.indent}{fence.marks}")
    return QuickFix(_("Close it at the end"), edit)


def _is_below(body: BodySource, number: int, call: Call) -> bool:
    """Return whether the line `number` is on the same level as the call."""
    return number < len(body.lines) and body.lines[number].indent == call.indent


def _indented(body: BodySource, number: int, columns: int) -> QuickFix:
    """Return the fix that indents the lines from `number` to the next blank one."""
    first = body.lines[number]
    parts: list[str] = []
    last = number
    while last < len(body.lines) and body.lines[last].kind != BLANK:
        line = body.lines[last]
        if parts:
            parts.append(body.text[body.lines[last - 1].end : line.start])
        words = body.text[line.start : line.end]
        lead = len(words) - len(words.lstrip(" \t"))
        parts.append(" " * max(columns + line.indent - first.indent, columns) + words[lead:])
        last += 1
    edit = TextEdit(first.start, body.lines[last - 1].end, "".join(parts))
    return QuickFix(_("Indent what is below"), edit)
