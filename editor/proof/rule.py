"""Rule: one thing that posts are checked for, and what it finds."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from editor.proof.diagnostic import QuickFix
from editor.proof.reading import Reading

FRONT_MATTER, BODY = "front matter", "body"
"""The parts of a post that a rule looks at, and that it has to be run again for."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule found: a place in the text, in code points, and a sentence."""

    start: int
    end: int
    message: str
    fix: QuickFix | None = None
    key: str = ""
    severity: str = ""
    """Where it is not the rule's own."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule."""

    code: str
    """Its name, in kebab-case: for people's configurations, so it never changes."""
    severity: str
    """How bad what it finds usually is."""
    part: str
    """`FRONT_MATTER` or `BODY`."""
    says: str
    """What it finds, in a line (translated)."""
    check: Callable[[Reading], Iterator[Finding]]
