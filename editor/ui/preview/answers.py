"""What a page answers: it comes later, and at the latest when the page is taken down, as nothing."""

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget
from shiboken6 import isValid


def answered_in(view: QWidget, then: Callable[..., None]) -> Callable[..., None]:
    """Return what calls `then` with the page's answer, unless `view`, which shows the page, is being taken down.

    Qt answers all that was asked when it deletes a page; by then, half of what `then` works on is gone.
    """

    def take(*answer: Any) -> None:
        if isValid(view):
            then(*answer)

    return take
