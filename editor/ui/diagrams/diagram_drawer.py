"""DiagramDrawer: Mermaid's diagrams as pictures, drawn by the site's own copy of it while nobody waits."""

import base64
import json
import logging
from collections.abc import Iterable
from difflib import SequenceMatcher
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal
from shiboken6 import isValid

from editor.render.display import Drawing
from editor.ui.diagrams.diagram_page import DiagramPage

_log = logging.getLogger(__name__)

_POLL_MS = 25
_PATIENCE_MS = 8_000
"""How long one drawing may take; then the page is started anew."""
_IDLE_MS = 60_000
"""How long the page stays without work: it has a process of its own."""
_MOST = 300
"""Drawings that are kept."""
_LONGEST = 50_000
"""Characters of a diagram, as Mermaid itself has it."""
_MOST_WAITING = 12
_LIKE = 0.6
"""From which likeness on the last drawing stands in for the one that is under way."""
_NEAR = 12


class DiagramDrawer(QObject):
    """Draws one diagram at a time and keeps the drawings by their source.

    Signals:
        drawn: one more is there, or what draws is another one now.
    """

    drawn = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._script: Path | None = None
        self._theme = "default"
        self._known: dict[tuple[str, str], Drawing] = {}
        self._waiting: list[str] = []
        self._page: DiagramPage | None = None
        self._loaded = False
        self._now: tuple[int, str, str] | None = None
        """The number, the source and the theme of what is being drawn."""
        self._number = 0
        self._poll = self._timer(_POLL_MS, self._ask, single=False)
        self._patience = self._timer(_PATIENCE_MS, self._give_up)
        self._idle = self._timer(_IDLE_MS, self._let_page_go)

    def _timer(self, milliseconds: int, slot: object, *, single: bool = True) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(single)
        timer.setInterval(milliseconds)
        timer.timeout.connect(slot)
        return timer

    @property
    def script(self) -> Path | None:
        """What it draws with."""
        return self._script

    @property
    def busy(self) -> bool:
        """Whether something is being drawn, or waits for it."""
        return self._now is not None or bool(self._waiting)

    @property
    def can_draw(self) -> bool:
        """Whether there is a script to draw with."""
        return self._script is not None

    def set_script(self, script: Path | None) -> None:
        """Draw with `script` from now on; None: not at all."""
        if script == self._script:
            return
        self._script = script
        self._known = {}
        self._waiting = []
        self._let_page_go()
        self.drawn.emit()

    def set_dark(self, dark: bool) -> None:
        """Draw for a dark page, or for a light one."""
        theme = "dark" if dark else "default"
        if theme != self._theme:
            self._theme = theme
            self._waiting = []
            if self.can_draw:
                self.drawn.emit()

    def drawing(self, source: str) -> Drawing | None:
        """Return what became of `source`; while that is not known, what became of one much like it, or None.

        It may be called from any thread.
        """
        theme = self._theme
        found = self._known.get((source, theme))
        if found is not None or not self.can_draw:
            return found
        best, likeness = None, _LIKE
        for (other, of_theme), drawing in reversed(list(self._known.items())[-_NEAR:]):
            if of_theme == theme and drawing.address:
                matcher = SequenceMatcher(None, other, source, autojunk=False)
                if matcher.real_quick_ratio() > likeness and matcher.quick_ratio() > likeness:
                    best, likeness = drawing, matcher.quick_ratio()
        return best

    def is_known(self, source: str) -> bool:
        """Return whether nothing is to be drawn for `source`."""
        return not self.can_draw or (source, self._theme) in self._known

    def want(self, sources: Iterable[str]) -> None:
        """Draw what is not known of `sources`, these before what waits already; `drawn` follows for each.

        Of what waits, little is kept: those who still want it ask again after `drawn`.
        """
        now = self._now[1] if self._now is not None else None
        wanted = [source for source in sources if not self.is_known(source) and len(source) <= _LONGEST]
        waiting = dict.fromkeys(source for source in (*wanted, *self._waiting) if source != now)
        self._waiting = list(waiting)[:_MOST_WAITING]
        self._next()

    def _next(self) -> None:
        if self._now is not None or not self._waiting or self._script is None:
            return
        self._idle.stop()
        if self._page is None:
            self._loaded = False
            page = self._page = DiagramPage(self._script, self)
            page.loadFinished.connect(self._on_loaded)
            page.renderProcessTerminated.connect(lambda *_why: self._give_up())
        source = self._waiting.pop(0)
        self._number += 1
        self._now = self._number, source, self._theme
        self._patience.start()
        if self._loaded:
            self._draw()

    def _on_loaded(self, done: bool) -> None:
        if done:
            self._loaded = True
            self._draw()

    def _draw(self) -> None:
        if self._now is None or self._page is None:
            return
        number, source, theme = self._now
        call = f"copydeskDiagrams.draw({number}, {json.dumps(source)}, {json.dumps(theme)}); 0"
        self._page.runJavaScript(call)
        self._poll.start()

    def _ask(self) -> None:
        if self._page is not None:
            self._page.runJavaScript("copydeskDiagrams.take()", self._take)

    def _take(self, answer: object) -> None:
        if not isValid(self) or not isinstance(answer, str) or self._now is None:
            return
        number, source, theme = self._now
        for made in json.loads(answer):
            if made["number"] == number:
                self._finish(source, theme, _drawing_of(made))
                return

    def _finish(self, source: str, theme: str, drawing: Drawing) -> None:
        self._poll.stop()
        self._patience.stop()
        self._now = None
        if len(self._known) >= _MOST:
            del self._known[next(iter(self._known))]
        self._known[source, theme] = drawing
        self._idle.start()
        self.drawn.emit()
        self._next()

    def _give_up(self) -> None:
        """Take what is being drawn for what can't be drawn, and start the page anew for the next."""
        now = self._now
        self._let_page_go()
        if now is not None:
            _log.warning("a diagram took too long, or took its page down")
            self._finish(now[1], now[2], Drawing("", error="timeout"))

    def _let_page_go(self) -> None:
        self._poll.stop()
        self._patience.stop()
        self._idle.stop()
        self._now = None
        page, self._page = self._page, None
        if page is not None:
            page.let_go()


def _drawing_of(made: dict[str, object]) -> Drawing:
    svg = made.get("svg")
    if not isinstance(svg, str):
        return Drawing("", error=str(made.get("error", "")))
    data = base64.b64encode(svg.encode("utf-8", "replace")).decode()
    width, height = made.get("width"), made.get("height")
    return Drawing(
        f"data:image/svg+xml;base64,{data}",
        width if isinstance(width, int) else 0,
        height if isinstance(height, int) else 0,
    )
