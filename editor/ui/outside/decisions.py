"""What was decided about each place where two versions of a text can't be merged by themselves."""

from editor.git.merge import Conflict, Merged

MINE, THEIRS, BOTH, BY_HAND = "mine", "theirs", "both", "hand"
"""How a place can be decided."""

_CONTEXT = 3
"""Lines."""


class Decisions:
    """The places of a Merged, and the text that each of them gets."""

    def __init__(self, merged: Merged) -> None:
        self._merged = merged
        self._places = [number for number, piece in enumerate(merged.pieces) if isinstance(piece, Conflict)]
        self._made: list[tuple[str, str] | None] = [None] * len(self._places)

    def __len__(self) -> int:
        """Return how many places there are."""
        return len(self._places)

    @property
    def left(self) -> int:
        """How many of them are not decided yet."""
        return self._made.count(None)

    def conflict(self, place: int) -> Conflict:
        """Return the versions at `place` (from 0)."""
        piece = self._merged.pieces[self._places[place]]
        assert isinstance(piece, Conflict)
        return piece

    def choice(self, place: int) -> str:
        """Return how `place` was decided: one of MINE, THEIRS, BOTH and BY_HAND; empty where it was not."""
        made = self._made[place]
        return made[0] if made is not None else ""

    def text_at(self, place: int) -> str:
        """Return what `place` gets; the writer's own version as long as nothing is decided."""
        made = self._made[place]
        return made[1] if made is not None else self.conflict(place).ours

    def choose(self, place: int, choice: str) -> None:
        """Decide `place` for one version, or for both, the writer's first."""
        conflict = self.conflict(place)
        texts = {
            MINE: conflict.ours,
            THEIRS: conflict.theirs,
            BOTH: _joined(conflict.ours, conflict.theirs),
        }
        self._made[place] = choice, texts[choice]

    def write(self, place: int, text: str) -> None:
        r"""Decide `place` by a text written by hand, with `\n` as line ending and without the last one."""
        versions = self.conflict(place)
        sample = next((side for side in (versions.ours, versions.theirs, versions.base) if "\n" in side), "")
        ending = "\r\n" if "\r\n" in sample else "\n"
        last = ending if text and sample.endswith("\n") else ""
        self._made[place] = BY_HAND, text.replace("\n", ending) + last

    def result(self) -> str:
        """Return the whole text as it is decided so far."""
        pieces: list[str] = []
        place = 0
        for piece in self._merged.pieces:
            if isinstance(piece, Conflict):
                pieces.append(self.text_at(place))
                place += 1
            else:
                pieces.append(piece)
        return "".join(pieces)

    def line_of(self, place: int) -> int:
        """Return the line in the result, from 1, at which `place` begins."""
        return self._before(place).count("\n") + 1

    def around(self, place: int) -> tuple[list[str], list[str]]:
        """Return a few lines of the result above and below `place`, without their endings."""
        before = self._before(place)
        after = self.result()[len(before) + len(self.text_at(place)) :]
        return before.splitlines()[-_CONTEXT:], after[:4000].splitlines()[:_CONTEXT]

    def _before(self, place: int) -> str:
        pieces: list[str] = []
        for piece in self._merged.pieces[: self._places[place]]:
            if isinstance(piece, Conflict):
                number = sum(isinstance(each, Conflict) for each in self._merged.pieces[: len(pieces)])
                pieces.append(self.text_at(number))
            else:
                pieces.append(piece)
        return "".join(pieces)


def _joined(first: str, second: str) -> str:
    """Return one version behind the other, each on lines of its own."""
    if first and second and not first.endswith("\n"):
        first += "\r\n" if "\r\n" in second else "\n"
    return first + second
