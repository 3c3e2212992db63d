"""The rules, a module each subject; `all_rules` is the table that the README shows."""

from editor.proof.rule import Rule
from editor.proof.rules import (
    addresses,
    alt_text,
    anchors,
    block,
    excerpt,
    footnotes,
    headings,
    keys,
    lengths,
    links,
    lists,
    marks,
    names,
    own_readers,
    pictures_there,
    raw_html,
    references,
    schemes,
    structure,
    values,
    whitespace,
)


def all_rules() -> tuple[Rule, ...]:
    """Return every rule; a function, since what they say is translated."""
    return (
        *block.rules(),
        *values.rules(),
        *keys.rules(),
        *names.rules(),
        *own_readers.rules(),
        *addresses.rules(),
        *links.rules(),
        *anchors.rules(),
        *schemes.rules(),
        *pictures_there.rules(),
        *alt_text.rules(),
        *headings.rules(),
        *references.rules(),
        *footnotes.rules(),
        *structure.rules(),
        *lists.rules(),
        *raw_html.rules(),
        *excerpt.rules(),
        *lengths.rules(),
        *marks.rules(),
        *whitespace.rules(),
    )
