"""What of a marked page is shown at once: the changes and what is around them; the rest is folded away."""

from collections.abc import Sequence
from dataclasses import dataclass

from editor.proof.rendered_diff.marked import MarkedBlock

_SHORT = 500
"""Characters of HTML: so long is at most the block before a change that is shown with it."""
_FEWEST = 2
"""Blocks that are worth a fold."""


@dataclass(frozen=True, slots=True)
class Fold:
    """Blocks in a row that are the same in both pages."""

    start: int
    end: int
    """The first block after them."""
    count: int
    """How many of them are seen."""
    all_paragraphs: bool
    """Whether those are paragraphs and headings of text, and nothing else."""


def folds(blocks: Sequence[MarkedBlock]) -> list[Fold]:
    """Return what of a marked page can be folded away, from front to back; nothing where nothing changed.

    With a change stay the heading that it stands under and, if that is short, the block before it.
    """
    changed = [index for index, block in enumerate(blocks) if block.kind not in ("same", "unseen")]
    if not changed:
        return []
    kept: set[int] = set()
    heading: int | None = None
    ahead = iter([*changed, len(blocks)])
    following = next(ahead)
    for index, block in enumerate(blocks):
        if index == following:
            if heading is not None:
                kept.add(heading)
            kept.add(index)
            if index and len(blocks[index - 1].html) <= _SHORT:
                kept.add(index - 1)
            following = next(ahead)
        if block.is_heading:
            heading = index
    found: list[Fold] = []
    start = 0
    for index in range(len(blocks) + 1):
        if index < len(blocks) and index not in kept:
            continue
        run = [block for block in blocks[start:index] if block.name]
        if len(run) >= _FEWEST:
            paragraphs = all(block.name == "p" or block.is_heading for block in run)
            found.append(Fold(start, index, len(run), paragraphs))
        start = index + 1
    return found
