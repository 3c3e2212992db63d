"""Diagnostic: one thing that a rule says about a place in a post, and perhaps what would mend it."""

from dataclasses import dataclass
from pathlib import Path

from editor.post.text_edit import TextEdit

ERROR, WARNING, INFO = "error", "warning", "info"
SEVERITIES = (ERROR, WARNING, INFO)
"""From the worst on: the build fails or the post is lost; hardly meant so; good to know."""


@dataclass(frozen=True, slots=True)
class QuickFix:
    """An edit that mends what a diagnostic is about, and changes nothing else."""

    title: str
    """What it does, in a few words (translated): for a button."""
    edit: TextEdit
    """To be made in the very text that was checked."""


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """What a rule found."""

    path: Path | None
    """The post's file, where it has one."""
    line: int
    column: int
    """Where it begins; both from 1, the column in code points."""
    end_line: int
    end_column: int
    """Behind its last character."""
    code: str
    """The rule's name, which never changes: `wrong-type`."""
    severity: str
    """`error`, `warning` or `info`."""
    message: str
    """One sentence (translated): what is wrong, then what to do."""
    fix: QuickFix | None = None
    key: str = ""
    """The field of the front matter that it is about (dotted for a nested one), or empty."""
    start: int = 0
    end: int = 0
    """The same place as offsets in the text, in code points."""
