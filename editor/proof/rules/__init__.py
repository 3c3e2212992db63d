"""The rules, a module each subject; `all_rules` is the table that the README shows."""

from editor.proof.rule import Rule
from editor.proof.rules import (
    addresses,
    anchors,
    block,
    keys,
    links,
    names,
    own_readers,
    pictures_there,
    schemes,
    values,
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
    )
