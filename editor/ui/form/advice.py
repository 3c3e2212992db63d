"""What is said below a field: advice of the proof, and what the field's own kind finds."""

from collections.abc import Sequence
from dataclasses import dataclass

from editor.schema.content_type import Problem

_SEVERITIES = ("error", "warning", "info")
"""The worst first."""


@dataclass(frozen=True, slots=True)
class Advice:
    """What a proof has to say about a field."""

    severity: str
    message: str
    fix: str = ""
    """What a quick fix would do, in a few words; empty: there is none."""
    part: str = ""
    """The dotted key of what it is about inside the field's value; empty: no single part is known."""


def said(advice: Sequence[Advice], problems: Sequence[Problem]) -> tuple[str, str, str] | None:
    """Return the worst severity, all sentences, each once and the worst first, and the part that is worst.

    None where there is nothing to say.
    """
    found = [*advice, *(Advice(problem.severity, problem.message) for problem in problems)]
    found.sort(key=lambda one: _SEVERITIES.index(one.severity))
    if not found:
        return None
    words = "\n".join(dict.fromkeys(one.message for one in found))
    return found[0].severity, words, found[0].part
