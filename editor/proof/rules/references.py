"""References, `[text][label]`, and the addresses that are defined for them."""

import difflib
import re
from collections import Counter
from collections.abc import Iterator

from editor.post.lines import line_start, next_line
from editor.post.text_edit import TextEdit
from editor.proof.body.included import is_complete
from editor.proof.body.inline import normal_label
from editor.proof.body.source import BodySource, Definition, Link
from editor.proof.diagnostic import INFO, WARNING, QuickFix
from editor.proof.reading import Reading
from editor.proof.rule import BODY, Finding, Rule
from editor.site.generators.mkdocs import MkDocs
from editor.site.generators.mkdocs_config import plugins_of
from editor.translation import gettext as _

_DEFINING = frozenset(
    "autorefs mkdocstrings ezlinks roamlinks wikilinks glossary abbreviations api-autonav macros".split()  # noqa: SIM905
)
"""Plugins of MkDocs that find what references mean elsewhere."""
_COMMENT = re.compile(r"//.*|#.*|comment|comment\d+|_|-|\*")
"""Labels of definitions that are only there to hide what follows: `[//]: # (words)`."""
_NO_ADDRESS = ("", "#", "<>", "/", "-")
_BRACKETED = re.compile(r"\[([^\[\]]{1,300})\]")
_NEAR = 0.75


def rules() -> tuple[Rule, ...]:
    """Return the rules of this module."""
    return (
        Rule(
            "undefined-reference",
            WARNING,
            BODY,
            _("`[text][label]` without an address for the label: it is shown as it stands"),
            undefined,
        ),
        Rule(
            "unused-reference",
            INFO,
            BODY,
            _("an address that is defined for a label, and never used"),
            unused,
        ),
        Rule(
            "duplicate-reference",
            WARNING,
            BODY,
            _("a label for which two addresses are defined"),
            duplicate,
        ),
    )


def undefined(reading: Reading) -> Iterator[Finding]:
    body = reading.body
    suspects = [link for link in body.links if not link.defined and _is_meant(body, link)]
    if not suspects or body.grammar.defined_elsewhere or not _is_all(body) or _is_defining(reading):
        return
    labels = {normal_label(definition.label): definition.label for definition in body.definitions}
    for link in suspects:
        near = difflib.get_close_matches(normal_label(link.label), labels, n=1, cutoff=_NEAR)
        fix = None
        if near:
            said = _("Nothing defines “{label}”: did you mean “{near}”?")
            words = said.format(label=_line(link.label), near=labels[near[0]])
            edit = TextEdit(link.text[1] + 1, link.end, f"[{labels[near[0]]}]")
            fix = QuickFix(_("Change to “{name}”").format(name=labels[near[0]]), edit)
        else:
            said = _("Nothing defines “{label}”: the brackets are shown as they stand")
            words = said.format(label=_line(link.label))
        yield Finding(link.start, link.end, words, fix)


def unused(reading: Reading) -> Iterator[Finding]:
    body = reading.body
    if not body.definitions or not _is_all(body):
        return
    used = {normal_label(link.label) for link in body.links if link.label}
    suspects = [
        definition
        for definition in body.definitions
        if normal_label(definition.label) not in used and not _is_note(definition)
    ]
    if not suspects:
        return
    # What no link is made of may yet be one for a dialect that is not known so well.
    written = Counter(normal_label(found[1]) for found in _BRACKETED.finditer(body.text, body.start))
    defined = Counter(normal_label(definition.label) for definition in body.definitions)
    for definition in suspects:
        name = normal_label(definition.label)
        if written[name] > defined[name]:
            continue
        said = _("Nothing refers to “{label}”").format(label=_line(definition.label))
        yield Finding(definition.start, definition.end, said, _without(body, definition))


def duplicate(reading: Reading) -> Iterator[Finding]:
    body = reading.body
    known: dict[str, Definition] = {}
    for definition in body.definitions:
        first = known.setdefault(normal_label(definition.label), definition)
        if (
            first is not definition
            and first.destination != definition.destination
            and not _is_note(definition)
        ):
            said = _("“{label}” has an address already, in line {line}: only one of the two counts")
            line = 1 + body.text.count("\n", 0, first.start)
            yield Finding(*definition.name, said.format(label=definition.label, line=line))


def _line(label: str) -> str:
    return " ".join(label.split())


def _is_meant(body: BodySource, link: Link) -> bool:
    """Return whether the brackets can hardly be anything but a reference."""
    words, label = body.text[slice(*link.text)].strip(), link.label
    before = body.text[link.start - 1 : link.start]
    behind = body.text[link.end : link.end + 1]
    if before.isalnum() or (before and before in "]_)[") or behind in ("[", ":", "]"):
        return False  # an index, a row of brackets
    if len(words) < 2 or not re.search(r"[^\W\d_]", words) or words.startswith(("!", "^", "x]")):
        return False
    if link.kind == "collapsed":
        return bool(body.definitions)
    if label.isdigit():
        return True
    return bool(body.definitions) or (" " in words and re.fullmatch(r"[\w .:/#-]+", label) is not None)


def _is_all(body: BodySource) -> bool:
    """Return whether all definitions are in the body as they stand: none drawn in, none written by a template."""
    return is_complete(body) and not any("{" in definition.label for definition in body.definitions)


def _is_defining(reading: Reading) -> bool:
    """Return whether a plugin of the site may define references."""
    rules = reading.site.rules
    if not isinstance(rules, MkDocs):
        return False
    return any(name in _DEFINING for name, _options in plugins_of(rules.values))


def _is_note(definition: Definition) -> bool:
    return bool(_COMMENT.fullmatch(definition.label.strip().lower())) or definition.destination in _NO_ADDRESS


def _without(body: BodySource, definition: Definition) -> QuickFix | None:
    text = body.text
    start = line_start(text, definition.start)
    if text[start : definition.start].strip():
        return None
    return QuickFix(_("Remove it"), TextEdit(start, next_line(text, definition.end), ""))
