"""Footnotes, `[^1]`: each is called, and each that is called is there."""

import difflib
import re
from collections import Counter
from collections.abc import Iterator

from editor.post.text_edit import TextEdit
from editor.proof.body.included import is_complete
from editor.proof.body.source import BodySource, FootnoteUse
from editor.proof.diagnostic import WARNING, QuickFix
from editor.proof.reading import Reading
from editor.proof.rule import BODY, Finding, Rule
from editor.translation import gettext as _

_LABEL = re.compile(r"[\w.:-]+")
_RANGE = re.compile(r"(?:\w-\w)+|\w{0,3}-")
"""What a regular expression has behind `[^`."""
_NEAR = 0.6


def rules() -> tuple[Rule, ...]:
    """Return the rules of this module."""
    return (
        Rule(
            "undefined-footnote",
            WARNING,
            BODY,
            _("a footnote that is called and not there: `[^1]` is shown as it stands"),
            undefined,
        ),
        Rule(
            "unused-footnote",
            WARNING,
            BODY,
            _("a footnote that nothing calls"),
            unused,
        ),
        Rule(
            "duplicate-footnote",
            WARNING,
            BODY,
            _("two footnotes of one name"),
            duplicate,
        ),
    )


def undefined(reading: Reading) -> Iterator[Finding]:
    body = reading.body
    known = {note.label.casefold(): note.label for note in body.footnotes}
    suspects = [
        use for use in body.footnote_uses if use.label.casefold() not in known and _is_meant(body, use)
    ]
    if not suspects or body.grammar.footnotes is False or not is_complete(body):
        return
    for use in suspects:
        near = difflib.get_close_matches(use.label.casefold(), known, n=1, cutoff=_NEAR)
        fix = None
        if near and not use.label.isdigit():
            near_label = known[near[0]]
            said = _("There is no footnote “{label}”: did you mean “{near}”?")
            words = said.format(label=use.label, near=near_label)
            fix = QuickFix(
                _("Change to “{name}”").format(name=near_label),
                TextEdit(use.start, use.end, f"[^{near_label}]"),
            )
        else:
            words = _("There is no footnote “{label}”: write it as “[^{label}]: …”").format(label=use.label)
        yield Finding(use.start, use.end, words, fix)


def unused(reading: Reading) -> Iterator[Finding]:
    body = reading.body
    if not body.footnotes or body.grammar.footnotes is False or not is_complete(body):
        return
    used = {use.label.casefold() for use in body.footnote_uses}
    suspects = [note for note in body.footnotes if note.label.casefold() not in used]
    if not suspects:
        return
    written = Counter(
        found[1].casefold() for found in re.finditer(r"\[\^([^\[\]]{1,200})\]", body.text[body.start :])
    )
    defined = Counter(note.label.casefold() for note in body.footnotes)
    for note in suspects:
        name = note.label.casefold()
        if written[name] <= defined[name]:
            said = _("Nothing calls the footnote “{label}”").format(label=note.label)
            yield Finding(note.start, note.name[1] + 2, said)


def duplicate(reading: Reading) -> Iterator[Finding]:
    body = reading.body
    if body.grammar.footnotes is False:
        return
    known: set[str] = set()
    for note in body.footnotes:
        name = note.label.casefold()
        if name in known:
            said = _("There is a footnote “{label}” already: only one of the two is shown")
            yield Finding(note.start, note.name[1] + 2, said.format(label=note.label))
        known.add(name)


def _is_meant(body: BodySource, use: FootnoteUse) -> bool:
    """Return whether the brackets can hardly be anything but the call of a footnote."""
    if not _LABEL.fullmatch(use.label) or _RANGE.fullmatch(use.label):
        return False
    if body.footnotes:
        return True
    return (
        body.grammar.footnotes is True and use.label.isdigit() and body.text[use.start - 1 : use.start] != "["
    )
