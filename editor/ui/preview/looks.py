"""Which look the preview has: the post in our own page, or in one that the site's generator has built."""

from collections.abc import Iterable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from editor.ui.preview.cover import Cover
from editor.ui.preview.page_host import Built, PageHost
from editor.ui.preview.patch import ScreenBlock
from editor.ui.preview.patches import Patches
from editor.ui.preview.screen_step import ScreenStep

_ANSWER_MS = 500
"""So long a page has to tell what it shows."""


class Looks(QObject):
    """Goes from one look to the other, and from a built page to the same one anew, out of sight.

    Signals:
        turned: the page goes; nothing may be sent until the next one is ready.
        chosen: what is going to be shown is known: the page is on its way.
        coming_back: the page that is shown is loaded anew, and shown where it stood.
    """

    turned = Signal()
    chosen = Signal()
    coming_back = Signal()

    def __init__(
        self, host: PageHost, patches: Patches, step: ScreenStep, cover: Cover, parent: QObject
    ) -> None:
        """Take what makes the pages, what is sent to them, what prepares that, and what hides how they come."""
        super().__init__(parent)
        self._host = host
        self._patches = patches
        self._step = step
        self._cover = cover
        self._next: Built | None = None
        """The same page anew, to be loaded once this one has told what it shows."""
        self._place: str | None = None
        """What that was."""

    @property
    def is_built(self) -> bool:
        """Whether a built page is shown, or on its way."""
        return self._host.built is not None

    def show_built(self, built: Built, *, stands: bool) -> None:
        """Show the post in the page `built`; `stands`: what is there now shows this post, and could tell where."""
        before = self._host.built
        self._next = None
        if before is None or before.path != built.path or not stands:
            self._load(built)
            return
        self._next = built
        self._host.ask("copydeskPlace.where()", partial(self._load_anew, built))
        # A page that hangs tells nothing.
        QTimer.singleShot(_ANSWER_MS, self, partial(self._load_anew, built, None))

    def show_reading(self) -> None:
        """Show the post in our own page."""
        if self._host.built is None:
            return
        self.turn()
        self._typeset(True, None)
        self._cover.lift()
        self._host.show_reading()
        self._step.prepare(self._patches.blocks.sleep_again())
        self.chosen.emit()

    def load_again(self) -> None:
        """Load the built page that is shown once more: it could not take a patch."""
        if self._host.built is not None:
            self.turn()
            self._host.show_built(self._host.built)

    def turn(self) -> None:
        """Let go of the page that is shown."""
        self.forget_place()
        self.turned.emit()

    def forget_place(self) -> None:
        """Load nothing anew, and nothing where the page before stood."""
        self._next = self._place = None

    def next_patch(self, base: str, first_line: int) -> str | None:
        """Return what is to be sent to the page next, as `Patches.next_message` does."""
        built, patches = self._host.built, self._patches
        if built is None or not patches.reset:
            return patches.next_message(base, first_line)
        if patches.revision < 0 or not patches.idle:
            return None
        # A built page holds the post already: its elements are found, and what has changed since goes there after that.
        known = built.blocks is not None
        shown = [*built.blocks] if built.blocks is not None else patches.blocks.snapshot()
        if any(block.screen is None for block in shown):
            return None  # the display step is under way
        as_built = known or built.is_current()
        return patches.adoption(base, first_line, shown, as_built=as_built, place=self._place)

    def _load_anew(self, built: Built, place: str | None) -> None:
        if self._next is not built:
            return
        self.coming_back.emit()
        self._cover.put()
        self._load(built)
        self._place = place or None

    def _load(self, built: Built) -> None:
        self.turn()
        built = replace(built, blocks=self._typeset(False, built.blocks))
        blocks = self._patches.blocks
        blocks.sleeps = False
        self._step.prepare(blocks.wake(0, len(blocks.wanted)))
        self._host.show_built(built)
        self.chosen.emit()

    def _typeset(self, typesets: bool, known: list[ScreenBlock] | None) -> list[ScreenBlock] | None:
        """Set formulas, or leave their source as a built page has it; return `known`, blocks of a build, likewise."""
        if typesets == self._step.typesets and known is None:
            return None
        self._step.typesets = typesets
        blocks = self._patches.blocks
        for index, block in enumerate(blocks.wanted):
            if "arithmatex" in block.published and not block.asleep:
                blocks.anew(index, ScreenBlock(block.published, block.lines))
        self._step.prepare(blocks.wanted)
        if known is None:
            return None
        known = [*_with_formulas_anew(known)]
        self._step.prepare(known)
        return known


def _with_formulas_anew(blocks: Iterable[ScreenBlock]) -> Iterable[ScreenBlock]:
    for block in blocks:
        yield ScreenBlock(block.published, block.lines) if "arithmatex" in block.published else block
