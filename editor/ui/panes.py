"""The four panes of the window, side by side where there is room, one over the other where there is not."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QLayout, QSplitter, QVBoxLayout, QWidget

LIBRARY, TEXT, PREVIEW, INSPECTOR = "library", "text", "preview", "inspector"
ORDER = (LIBRARY, TEXT, PREVIEW, INSPECTOR)

# Below these widths (logical pixels) a pane no longer stands beside the text.
_ROOM = {LIBRARY: 1200, INSPECTOR: 1040, PREVIEW: 860}
_WIDTHS = {LIBRARY: 252, INSPECTOR: 296}
_NARROWEST = 380
_WIDE = 520
"""What text and preview have to share room by, where nothing is known of one of them."""
_OVERLAY_WIDTHS = {LIBRARY: 280, INSPECTOR: 320}


class Panes(QWidget):
    """Library, text, preview and inspector, each of which but the text can be folded away.

    Signals:
        shown_changed: (name of the pane, whether it can be seen now).
    """

    shown_changed = Signal(str, bool)

    def __init__(self, panes: dict[str, QWidget], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._panes = panes
        self._wanted = dict.fromkeys(ORDER, True)
        """What the person chose while there was room."""
        self._over: str | None = None
        """The pane that lies over the others, or takes the text's turn."""
        self._shown = dict.fromkeys(ORDER, False)
        self._splitter = QSplitter(Qt.Orientation.Horizontal, self)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setHandleWidth(1)
        self._overlay = QFrame(self)
        self._overlay.setObjectName("overlay")
        self._overlay.setFrameShape(QFrame.Shape.NoFrame)
        self._overlay_layout = QVBoxLayout(self._overlay)
        self._overlay_layout.setContentsMargins(0, 0, 0, 0)
        self._overlay.hide()
        for name in ORDER:
            pane = panes[name]
            self._splitter.addWidget(pane)
            pane.setMinimumWidth(180 if name in _WIDTHS else 260)
            pane.installEventFilter(self)
        for index, name in enumerate(ORDER):
            self._splitter.setStretchFactor(index, 0 if name in _WIDTHS else 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._splitter)
        # What does not fit is folded away: the panes side by side are no reason to keep the window wide.
        layout.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self.setMinimumSize(_NARROWEST, 240)
        self._sizes: dict[str, int] = {}
        self._splitter.splitterMoved.connect(self._remember_sizes)

    def is_shown(self, name: str) -> bool:
        """Whether the pane can be seen now."""
        return self._shown[name]

    def toggle(self, name: str) -> None:
        """Fold the pane away, or bring it back; where there is no room beside the text, over it."""
        if self._has_room(name):
            self._wanted[name] = not self._wanted[name]
        else:
            self._over = None if self._over == name else name
        self._arrange()

    def show_pane(self, name: str) -> None:
        """Bring the pane into view."""
        if not self.is_shown(name):
            self.toggle(name)

    def close_overlay(self) -> None:
        """Put away what lies over the text."""
        if self._over is not None:
            self._over = None
            self._arrange()

    def state(self) -> dict[str, int]:
        """Return what to remember of the panes: name -> width, negative where it is folded away."""
        return {name: self._width_of(name) * (1 if self._wanted[name] else -1) for name in ORDER}

    def _width_of(self, name: str) -> int:
        """Return the width that the pane has, or had when it was last seen beside the text."""
        if name in self._sizes:
            return self._sizes[name]
        seen = self._shown[name] and self._splitter.indexOf(self._panes[name]) >= 0
        return self._panes[name].width() if seen else _WIDTHS.get(name, _WIDE)

    def restore(self, state: dict[str, int]) -> None:
        """Take over what `state` returned once."""
        for name in ORDER:
            width = state.get(name)
            if isinstance(width, int) and width:
                self._wanted[name] = width > 0 or name == TEXT
                self._sizes[name] = abs(width)
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Arrange the panes for the new width."""
        super().resizeEvent(event)
        self._arrange()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let Esc put an overlay away."""
        if (
            event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
            and self._over is not None
        ):
            self.close_overlay()
            self._panes[TEXT].setFocus()
            return True
        return super().eventFilter(watched, event)

    def _has_room(self, name: str) -> bool:
        return self.width() >= _ROOM.get(name, 0)

    def _arrange(self) -> None:
        focus = self.window().focusWidget()
        of = next(
            (name for name in ORDER if focus is not None and self._panes[name].isAncestorOf(focus)), None
        )
        self._place_panes()
        if of is not None and focus is not None:
            # Qt hands it on to whatever comes next, which may be a button far away.
            (focus if self._shown[of] else self._panes[TEXT if self._shown[TEXT] else PREVIEW]).setFocus()

    def _place_panes(self) -> None:
        for name in (LIBRARY, INSPECTOR):
            if self._has_room(name):
                self._dock(name)
            else:
                self._lift(name)
        if self._over in _ROOM and self._has_room(self._over):
            self._over = None
        beside = self._has_room(PREVIEW)
        shown = {
            TEXT: beside or self._over != PREVIEW,
            PREVIEW: self._wanted[PREVIEW] if beside else self._over == PREVIEW,
        }
        for name in (LIBRARY, INSPECTOR):
            shown[name] = self._wanted[name] if self._has_room(name) else self._over == name
        for name in ORDER:
            self._panes[name].setVisible(shown[name])
        self._place_overlay()
        self._apply_sizes(shown)
        for name in ORDER:
            if self._shown[name] != shown[name]:
                self._shown[name] = shown[name]
                self.shown_changed.emit(name, shown[name])

    def _dock(self, name: str) -> None:
        pane = self._panes[name]
        if self._splitter.indexOf(pane) < 0:
            self._splitter.insertWidget(0 if name == LIBRARY else self._splitter.count(), pane)
            self._splitter.setStretchFactor(self._splitter.indexOf(pane), 0)

    def _lift(self, name: str) -> None:
        pane = self._panes[name]
        if self._splitter.indexOf(pane) >= 0:
            self._overlay_layout.addWidget(pane)

    def _place_overlay(self) -> None:
        over = self._over
        if over not in _OVERLAY_WIDTHS:
            self._overlay.hide()
            return
        width = min(_OVERLAY_WIDTHS[over], self.width())
        self._overlay.setGeometry(0 if over == LIBRARY else self.width() - width, 0, width, self.height())
        self._overlay.show()
        self._overlay.raise_()

    def _apply_sizes(self, shown: dict[str, bool]) -> None:
        docked = [name for name in ORDER if self._splitter.indexOf(self._panes[name]) >= 0]
        side = {
            name: self._sizes.get(name, _WIDTHS[name]) for name in docked if name in _WIDTHS and shown[name]
        }
        rest = self.width() - sum(side.values())
        wide = [name for name in (TEXT, PREVIEW) if shown[name]]
        weights = {name: self._sizes.get(name, _WIDE) for name in wide}
        total = sum(weights.values()) or 1
        sizes = [side.get(name, round(rest * weights.get(name, 0) / total)) for name in docked]
        self._splitter.setSizes(sizes)

    def _remember_sizes(self) -> None:
        for name in ORDER:
            pane = self._panes[name]
            if self._splitter.indexOf(pane) >= 0 and pane.isVisible():
                self._sizes[name] = pane.width()
