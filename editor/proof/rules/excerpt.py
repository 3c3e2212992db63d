"""The mark that ends the excerpt of a post: each generator knows its own, to the letter."""

import re
from collections.abc import Iterator

from editor.post.lines import line_end, next_line
from editor.post.text_edit import TextEdit
from editor.proof.diagnostic import INFO, WARNING, QuickFix
from editor.proof.reading import Reading
from editor.proof.rule import BODY, Finding, Rule
from editor.site.excerpt_marks import lookalike
from editor.site.excerpts import excerpt_mark, has_mark
from editor.translation import gettext as _

_LIKE = re.compile(r"<!?[-–—]")


def rules() -> tuple[Rule, ...]:
    """Return the rules of this module."""
    return (
        Rule(
            "excerpt-mark",
            WARNING,
            BODY,
            _("a mark that looks as if it ended the excerpt, and is not the one that the generator knows"),
            mistaken,
        ),
        Rule(
            "missing-excerpt",
            INFO,
            BODY,
            _("a post without a mark that ends its excerpt, where nearly all others have one"),
            missing,
        ),
    )


def mistaken(reading: Reading) -> Iterator[Finding]:
    mark = _mark(reading)
    text = reading.text
    if not mark or _LIKE.search(text, reading.body.start) is None or _has_mark(reading, mark):
        return
    found = lookalike(text[reading.body.start :], text, lambda written: has_mark(reading.site, mark, written))
    if found is None:
        return
    start = 0
    for _line in range(found.line):
        start = next_line(text, start)
    at = text.find(found.written, start, line_end(text, start))
    end = at + len(found.written)
    if at < 0 or (text[start:at].strip() and text[end : line_end(text, start)].strip()):
        return  # within a line it is there for something else
    said = _("“{found}” does not end the excerpt here: this site's mark is “{mark}”").format(
        found=found.written, mark=mark
    )
    yield Finding(at, end, said, QuickFix(_("Write {mark}").format(mark=mark), TextEdit(at, end, mark)))


def missing(reading: Reading) -> Iterator[Finding]:
    marks = reading.others.excerpt_marks
    if not marks or reading.path is None:
        return
    mark = marks.get(reading.site.content_folder(reading.path), "")
    body = reading.body
    if not mark or mark != _mark(reading) or body.start >= len(body.text) or _has_mark(reading, mark):
        return
    if any(mistaken(reading)):
        return
    said = _("Nearly all posts of the site end their excerpt with “{mark}”, and this one does not")
    yield Finding(*reading.first_line(), said.format(mark=mark))


def _mark(reading: Reading) -> str:
    """Return the comment that is to end the excerpt of the post; empty where none is."""
    if not reading.is_post:
        return ""
    path = reading.path or reading.site.rules.new_post_dir() / "new.md"
    return excerpt_mark(reading.site, path, reading.merged)


def _has_mark(reading: Reading, mark: str) -> bool:
    """Return whether the generator finds the mark in the post, where it is no code."""
    body = reading.body
    return any(
        has_mark(reading.site, mark, body.text[comment.start : comment.end]) for comment in body.comments
    )
