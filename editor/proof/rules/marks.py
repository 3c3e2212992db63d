"""What a writer, or git, has left in the text to be done: TODO, the marks of a conflict."""

import re
from collections.abc import Iterator, Sequence

from editor.proof.body.source import CODE, FENCE, MATH, TABLE, BodySource
from editor.proof.diagnostic import ERROR, INFO
from editor.proof.reading import Reading
from editor.proof.rule import BODY, Finding, Rule
from editor.translation import gettext as _

_TODO = re.compile(
    r"(?<![\w`\"'“‘/.#-])(?:"
    r"(?P<called>TODO|FIXME|XXX)(?:\([\w@. -]{1,40}\))?:(?![\w/])"  # TODO: …, TODO(ann): …
    r"|(?<=\[)(?<![*_]\[)(?P<bracketed>TODO|FIXME)(?=\](?![(\[]))"  # [TODO]
    r")"
)
_BEGINNING = re.compile(r"(?:<!--+\s*)?(?:\*{1,2}|_{1,2}|\()?(?P<word>TODO|FIXME|XXX)\b(?P<rest>[^\r\n]*)")
_ABOUT = re.compile(
    r"(?i)[ \t]*(?:[`\"'”’/.,;&+-]|(?:list|item|comment|app|tag|note|marker|task|mvc|file|page|entr|board|tracker|"
    r"example|application|program|api|service|s\b|is\b|are\b|was\b|or\b|and\b|in\b|has\b))"
)
"""What follows the word where it is only spoken of."""
_CONFLICT = re.compile(r"^(?:<{7}(?: [^\r\n]*)?|={7}|>{7}(?: [^\r\n]*)?)(?=\r?$)", re.MULTILINE)
_GIT = re.compile(r"(?i)\b(?:merg|rebas|conflict|cherry-pick|git\b|diff3?\b|patch)")


def rules() -> tuple[Rule, ...]:
    """Return the rules of this module."""
    return (
        Rule(
            "todo",
            INFO,
            BODY,
            _("TODO, FIXME or XXX: something is still to be done"),
            todo,
        ),
        Rule(
            "conflict-marker",
            ERROR,
            BODY,
            _("the marks that git leaves where a merge could not decide"),
            conflict,
        ),
    )


def todo(reading: Reading) -> Iterator[Finding]:
    body = reading.body
    text = body.text
    if not any(word in text for word in ("TODO", "FIXME", "XXX")):
        return
    found: dict[int, int] = {}
    for comment in body.comments:
        begun = _BEGINNING.match(text, comment.start, comment.end)
        if begun:
            found[begun.start("word")] = begun.end("word")
    for line in body.lines:
        if line.kind in (CODE, FENCE, MATH, TABLE):
            continue
        for one in _TODO.finditer(text, line.content, line.end):
            place = one.span("called") if one["called"] else one.span("bracketed")
            if not _is_code(body, place[0]):
                found[place[0]] = place[1]
        begun = _BEGINNING.match(text, line.content, line.end)
        if begun and not _ABOUT.match(begun["rest"]) and not _is_code(body, begun.start("word")):
            found[begun.start("word")] = begun.end("word")
    for start, end in sorted(found.items()):
        yield Finding(
            start, end, _("{word}: something is still to be done here").format(word=text[start:end])
        )


def conflict(reading: Reading) -> Iterator[Finding]:
    body = reading.body
    text = body.text
    if "<<<<<<<" not in text:
        return
    marks = list(_CONFLICT.finditer(text))
    about_git: bool | None = None
    for number, begun in enumerate(marks):
        if begun[0][0] != "<":
            continue
        is_whole = _is_whole(marks, number)
        if not is_whole and begun[0] == "<<<<<<<":
            continue
        if begun.start() >= body.start and _is_code(body, begun.start()):
            if about_git is None:
                about_git = _GIT.search(_prose(body)) is not None
            if not is_whole or about_git:
                continue  # a post that shows what they look like
        said = _("Git has left a conflict here, with both versions: keep one, and remove the marks")
        yield Finding(*begun.span(), said)


def _is_whole(marks: Sequence[re.Match[str]], number: int) -> bool:
    """Return whether the conflict that begins with a mark is divided and ends before the next one begins."""
    signs = "".join(mark[0][0] for mark in marks[number + 1 : number + 4])
    return signs.startswith(("=>", "==>"))


def _is_code(body: BodySource, offset: int) -> bool:
    """Return whether `offset` is in code; what stands in a comment is for the writer, as this is."""
    return body.is_hidden(offset) and not body.is_in_comment(offset)


def _prose(body: BodySource) -> str:
    """Return the text without its code."""
    parts = []
    at = 0
    for start, end in body.hidden:
        parts.append(body.text[at:start])
        at = end
    return "".join((*parts, body.text[at:]))
