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

_LONG = 40
"""Characters of a line that somebody has wrapped, and not ended."""


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
    broken = [
        number for number, line in enumerate(body.lines) if line.kind == TEXT and _is_broken(body, number)
    ]
    known = frozenset(broken)
    meant = []
    for number in broken:
        alone = number - 1 not in known and number + 1 not in known
        if alone and _is_within_sentence(body, number):
            said = _("Spaces at its end break this line in the midst of a sentence, and nobody sees them")
            start, end = _spaces(body, number)
            yield Finding(start, end, said, QuickFix(_("Remove them"), TextEdit(start, end, "")))
        else:
            meant.append(number)
    if meant:
        yield _all_at_once(body, meant)


def _is_broken(body: BodySource, number: int) -> bool:
    line = body.lines[number]
    if number + 1 >= len(body.lines) or not body.text[line.content : line.end].endswith("  "):
        return False
    following = body.lines[number + 1]
    if following.kind != TEXT or following.marker or not body.text[line.content : line.end].strip():
        return False
    return following.quoted == line.quoted and not body.is_hidden(line.end - 1)


def _is_within_sentence(body: BodySource, number: int) -> bool:
    """Return whether the words go on in the next line as if there were no break."""
    text, line, following = body.text, body.lines[number], body.lines[number + 1]
    last = text[_spaces(body, number)[0] - 1]
    first = text[following.content : following.content + 1]
    if not (last.isalpha() and first.islower()) or following.content + 8 > following.end:
        return False
    below = body.lines[number + 2].kind if number + 2 < len(body.lines) else ""
    return "://" not in text[following.content : following.content + 10] and (
        below == TEXT or line.end - line.content > _LONG
    )


def _spaces(body: BodySource, number: int) -> tuple[int, int]:
    """Return where the spaces at the end of a line stand."""
    line = body.lines[number]
    return line.content + len(body.text[line.content : line.end].rstrip(" ")), line.end


def _all_at_once(body: BodySource, broken: list[int]) -> Finding:
    """Return what is to be said of breaks that may well be meant: once for a post, since they are a habit."""
    sign = _BREAKS.get(body.grammar.family, "<br>")
    first = at = _spaces(body, broken[0])[0]
    parts: list[str] = []
    for number in broken:
        start, end = _spaces(body, number)
        parts += [body.text[at:start], sign]
        at = end
    said = ngettext(
        "Spaces at its end break this line, and nobody sees them",
        "Spaces at their ends break {count} lines of the post, this one first, and nobody sees them",
        len(broken),
    )
    fix = QuickFix(_("Write {sign}").format(sign=sign), TextEdit(first, at, "".join(parts)))
    return Finding(*_spaces(body, broken[0]), said.format(count=len(broken)), fix)
