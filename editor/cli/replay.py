"""A text typed in by random edits: tries the way of an edit through the program on real posts."""

import random
from collections.abc import Iterator

from editor.post.text_edit import TextEdit

_SLIPS = (
    "x",
    "\n",
    "\n\n",
    "    ",
    "`",
    "```\n",
    "<div>",
    "*",
    "# ",
    "!!! note\n",
    "[^1]",
    "é\U0001f642",
    "---\n",
    "- ",
)


def edits(text: str, seed: int, most: int = 60) -> Iterator[TextEdit]:
    """Yield edits that make `text` of an empty one, by detours: about `most` of them, the same for a seed.

    Pieces come in any order of place; some are typed wrongly and put right, some taken out and put back.
    """
    chance = random.Random(f"{seed}:{len(text)}:{text[:200]}")
    cuts = sorted(chance.sample(range(len(text) + 1), min(len(text) + 1, max(1, most // 2))))
    pieces = [(start, end) for start, end in zip([0, *cuts], [*cuts, len(text)], strict=True) if start < end]
    order = list(range(len(pieces)))
    chance.shuffle(order)
    there: list[int] = []
    for number in order:
        start, end = pieces[number]
        at = sum(pieces[other][1] - pieces[other][0] for other in there if other < number)
        there.append(number)
        yield from _typed(text[start:end], at, chance)


def _typed(piece: str, at: int, chance: random.Random) -> Iterator[TextEdit]:
    middle = at + chance.randrange(len(piece) + 1)
    match chance.randrange(4):
        case 0:  # a slip in the middle, taken back
            slip = chance.choice(_SLIPS)
            yield TextEdit(at, at, piece)
            yield TextEdit(middle, middle, slip)
            yield TextEdit(middle, middle + len(slip), "")
        case 1:  # something else typed over
            slip = chance.choice(_SLIPS)
            yield TextEdit(at, at, slip)
            yield TextEdit(at, at + len(slip), piece)
        case 2:  # in two halves, the second first
            yield TextEdit(at, at, piece[middle - at :])
            yield TextEdit(at, at, piece[: middle - at])
        case _:
            yield TextEdit(at, at, piece)
