"""Line breaks that nobody sees: two spaces at the end of a line, https://spec.commonmark.org/0.31.2/#hard-line-breaks."""

from collections.abc import Iterator

from editor.post.text_edit import TextEdit
from editor.proof.body.grammar import COMMONMARK, KRAMDOWN
from editor.proof.body.source import TEXT, BodySource
from editor.proof.diagnostic import INFO, QuickFix
from editor.proof.reading import Reading
from editor.proof.rule import BODY, Finding, Rule
from editor.translation import gettext as _
from editor.translation import ngettext

_BREAKS = {COMMONMARK: "\\", KRAMDOWN: "\\\\"}
"""What breaks a line and can be seen; Python-Markdown has only HTML for it."""


def rules() -> tuple[Rule, ...]:
    """Return the rules of this module."""
    return (
        Rule(
            "trailing-spaces",
            INFO,
            BODY,
            _("two spaces at the end of a line, which break it and can't be seen"),
            trailing,
        ),
    )


def trailing(reading: Reading) -> Iterator[Finding]:
    body = reading.body
    if "  \n" not in body.text and "  \r" not in body.text:
        return
    if body.grammar.breaks_lines:
        return  # each end of a line is a break
    broken: list[int] = []
    for number, line in enumerate(body.lines):
        if line.kind == TEXT and _is_broken(body, number):
            broken.append(number)
        elif broken:
            yield _finding(body, broken)
            broken = []
    if broken:
        yield _finding(body, broken)


def _is_broken(body: BodySource, number: int) -> bool:
    line = body.lines[number]
    if number + 1 >= len(body.lines) or not body.text[line.content : line.end].endswith("  "):
        return False
    following = body.lines[number + 1]
    if following.kind != TEXT or following.marker or not body.text[line.content : line.end].strip():
        return False
    return following.quoted == line.quoted and not body.is_hidden(line.end - 1)


def _finding(body: BodySource, broken: list[int]) -> Finding:
    sign = _BREAKS.get(body.grammar.family, "<br>")
    parts: list[str] = []
    first = last = 0
    for number in broken:
        line = body.lines[number]
        words = body.text[line.content : line.end].rstrip(" ")
        if parts:
            parts.append(body.text[last : line.content + len(words)])
        else:
            first = line.content + len(words)
        parts.append(sign)
        last = line.end
    said = ngettext(
        "Spaces at its end break this line, and nobody sees them",
        "Spaces at their ends break {count} lines, and nobody sees them",
        len(broken),
    )
    start = body.lines[broken[0]]
    fix = QuickFix(_("Write {sign}").format(sign=sign), TextEdit(first, last, "".join(parts)))
    return Finding(first, start.end, said.format(count=len(broken)), fix)
