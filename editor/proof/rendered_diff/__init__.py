"""The rendered diff: the page that a post becomes, with what changed marked in place.

`rendered_diff(before, after)` takes two pages as published and gives one with marks, from which `accept` and `reject`
give either of them again, to the character. `elements` reads HTML, `seen` tells what of it a reader sees, `alignment`
finds what belongs together, `compare` writes both pages as one with the marks of `marks`, and `folding` leaves out what
is the same.
"""

from editor.proof.rendered_diff.folding import Fold, folds
from editor.proof.rendered_diff.marked import (
    MarkedBlock,
    MarkedPage,
    accept,
    cut,
    reject,
    rendered_diff,
)

__all__ = ["Fold", "MarkedBlock", "MarkedPage", "accept", "cut", "folds", "reject", "rendered_diff"]
