"""The three-way merge of a text that was changed here and elsewhere."""

import tempfile
from dataclasses import dataclass
from pathlib import Path

from editor.git.command import run

_MARKS = 61
"""How long the marks of a conflict are: no text has a line of so many signs and the label behind it."""

_OURS, _BASE, _THEIRS = "copydesk-ours", "copydesk-base", "copydesk-theirs"

_MOST_CONFLICTS = 127
"""The highest exit of `git merge-file` that counts conflicts; more of them are counted as that."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """Where both sides changed the same lines: what each has there, and what stood there before."""

    ours: str
    base: str
    theirs: str


@dataclass(frozen=True, slots=True)
class Merged:
    """A text in pieces: what is merged as text, and what is not as conflicts, in their order."""

    pieces: tuple[str | Conflict, ...]

    @property
    def conflicts(self) -> tuple[Conflict, ...]:
        """What is left to be decided."""
        return tuple(piece for piece in self.pieces if isinstance(piece, Conflict))

    @property
    def clean(self) -> bool:
        """Whether nothing is."""
        return not self.conflicts

    def text(self, side: str = "ours") -> str:
        """Return the text with each conflict decided for one `side`: `ours`, `base` or `theirs`."""
        return "".join(piece if isinstance(piece, str) else getattr(piece, side) for piece in self.pieces)


def merge(base: str, ours: str, theirs: str) -> Merged:
    """Return what both made of `base` together, by lines; every line keeps its own ending.

    Raises GitError where there is no git command or it fails. Source: `git merge-file --diff3` (git-merge-file(1)).
    """
    if ours == theirs or theirs == base:
        return Merged((ours,))
    if ours == base:
        return Merged((theirs,))
    with tempfile.TemporaryDirectory(prefix="copydesk-merge-") as name:
        folder = Path(name)
        for file, text in (("ours", ours), ("base", base), ("theirs", theirs)):
            # A line feed at the end of each: what has none there would get one from git, and only for some.
            (folder / file).write_bytes(text.encode("utf-8", "surrogatepass") + b"\n")
        arguments = ["merge-file", "-p", "--diff3", f"--marker-size={_MARKS}"]
        arguments += ["-L", _OURS, "-L", _BASE, "-L", _THEIRS, "ours", "base", "theirs"]
        ended = run(arguments, folder, accepted=tuple(range(_MOST_CONFLICTS + 1)))
    return _pieces(ended.stdout.decode("utf-8", "surrogatepass"))


def _pieces(marked: str) -> Merged:
    begin, middle = f"{'<' * _MARKS} {_OURS}", f"{'|' * _MARKS} {_BASE}"
    turn, end = "=" * _MARKS, f"{'>' * _MARKS} {_THEIRS}"
    pieces: list[str | Conflict] = []
    sides: dict[str, list[str]] = {}
    into: list[str] = []
    plain = into
    for line in marked.split("\n"):
        bare = line.removesuffix("\r")
        if bare == begin and into is plain:
            pieces.append("".join(plain))
            sides = {"ours": [], "base": [], "theirs": []}
            into = sides["ours"]
        elif bare == middle and into is sides.get("ours"):
            into = sides["base"]
        elif bare == turn and into is sides.get("base"):
            into = sides["theirs"]
        elif bare == end and into is sides.get("theirs"):
            pieces.append(Conflict(*("".join(sides[side]) for side in ("ours", "base", "theirs"))))
            into = plain = []
            sides = {}
        else:
            into.append(line + "\n")
    pieces.append("".join(plain))
    return Merged(_without_last_feed(pieces))


def _without_last_feed(pieces: list[str | Conflict]) -> tuple[str | Conflict, ...]:
    """Take off what `merge` and the splitting have put behind the end: a line feed each."""
    last = pieces[-1]
    assert isinstance(last, str)
    if last == "\n" and len(pieces) > 1:
        # The text ends with a conflict, whose sides have the line feed of `merge`.
        conflict = pieces[-2]
        assert isinstance(conflict, Conflict)
        before = pieces[-3]
        assert isinstance(before, str)
        sides = [conflict.ours, conflict.base, conflict.theirs]
        if not all(sides):
            # The one that has nothing here ends with the line before: it must be able to end without a line feed.
            head, feed, line = before.removesuffix("\n").rpartition("\n")
            line += "\n" if before else ""
            before, sides = head + feed, [line + side for side in sides]
        ends = Conflict(*(side.removesuffix("\n") for side in sides))
        return (*(piece for piece in pieces[:-3] if piece), *([before] if before else []), ends)
    pieces[-1] = last.removesuffix("\n").removesuffix("\n")
    return tuple(piece for piece in pieces if piece)
