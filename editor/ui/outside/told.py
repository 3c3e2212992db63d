"""What is told about a post that others changed."""

from dataclasses import dataclass
from enum import Enum, auto

from editor.git.merge import Merged
from editor.post.document import PostDocument
from editor.translation import gettext as _
from editor.translation import ngettext
from editor.ui.session import PostSession


class Act(Enum):
    """What can be done about it."""

    UNDO = auto()
    COMPARE = auto()
    SAVE_AS = auto()


@dataclass(frozen=True, slots=True)
class Told:
    """One sentence, and what can be done about it."""

    words: str
    act: Act | None = None
    passing: bool = False
    """Whether it goes by itself: with the next edit, or after a while."""


@dataclass(frozen=True, slots=True)
class Difference:
    """Two versions of a text that can't be merged by themselves."""

    session: PostSession
    """The session whose text it is: that of the post, or of its other file."""
    fresh: PostDocument
    """What is on disk."""
    merged: Merged
    by_lines: bool
    revision: int
    """The session's revision that was merged."""
    saves: bool
    """Whether the post is to be saved once it is decided."""


def words_for(lines: int, *, edited: bool, saves: bool, was_lost: bool) -> str:
    """Return the sentence for what was taken over, its placeholders not filled in; empty where nothing changed."""
    if not lines:
        return _("The file “{name}” is back") if was_lost else ""
    if not edited:
        return ngettext(
            "Another program changed {count} line of “{name}”, which is taken over",
            "Another program changed {count} lines of “{name}”, which are taken over",
            lines,
        )
    if saves:
        return ngettext(
            "Merged {count} changed line from disk into “{name}”, and saved",
            "Merged {count} changed lines from disk into “{name}”, and saved",
            lines,
        )
    return ngettext(
        "Merged {count} changed line from disk into “{name}”",
        "Merged {count} changed lines from disk into “{name}”",
        lines,
    )
