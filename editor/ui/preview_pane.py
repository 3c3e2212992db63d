"""The preview with its bar: back and forward, how wide it is, and the badge that says how true it is."""

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from editor.ui.fidelity import FidelityBadge
from editor.ui.preview.preview_view import PreviewView
from editor.ui.preview_width import WIDTHS, WidthFrame
from editor.ui.published.build_bar import BuildBar
from editor.ui.published.look_switch import LookSwitch
from editor.ui.theme import Theme
from editor.ui.widgets import icon_button


class PreviewPane(QWidget):
    """The preview's bar above the preview itself."""

    def __init__(
        self,
        view: PreviewView,
        back: QAction,
        forward: QAction,
        widths: Mapping[str, QAction],
        published: QAction,
        parent: QWidget | None = None,
    ) -> None:
        """Make the pane; `widths` has an action for each name of `WIDTHS`, `published` chooses the look."""
        super().__init__(parent)
        self.setObjectName("previewPane")
        self.view = view
        self._widths = widths
        self._width_buttons: list[QWidget] = []
        bar = QWidget(self)
        bar.setObjectName("paneBar")
        bar.setFixedHeight(40)
        bar.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)  # see _fit_bar
        self.badge = FidelityBadge(bar)
        bar_layout = QHBoxLayout(bar)
        bar_layout.setContentsMargins(12, 0, 12, 0)
        bar_layout.setSpacing(4)
        self.look_switch = LookSwitch(published, bar)
        bar_layout.addWidget(self.look_switch)
        bar_layout.addSpacing(8)
        bar_layout.addWidget(icon_button(back, bar))
        bar_layout.addWidget(icon_button(forward, bar))
        bar_layout.addStretch(1)
        # A click on the width that is on goes back to that of the pane.
        self._group = QActionGroup(self)
        self._group.setExclusionPolicy(QActionGroup.ExclusionPolicy.ExclusiveOptional)
        for name, width in WIDTHS.items():
            action = self._group.addAction(widths[name])
            if width:
                button = icon_button(action, bar)
                button.setObjectName(name)
                self._width_buttons.append(button)
                bar_layout.addWidget(button)
        widths["width_pane"].setChecked(True)
        self._group.triggered.connect(self._take_width)
        self._bar = bar
        self._narrowness = 0
        """How much of the bar is left out, as there is no room for it."""
        bar.installEventFilter(self)
        bar_layout.addSpacing(8)
        bar_layout.addWidget(self.badge)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(bar)
        self.frame = WidthFrame(view, self)
        layout.addWidget(self.frame, 1)
        self.build_bar = BuildBar(view.web, self)
        self.setFocusProxy(view)

    def _take_width(self, _action: QAction) -> None:
        chosen = self._group.checkedAction()
        if chosen is None:
            self._widths["width_pane"].setChecked(True)
        name = next((name for name, action in self._widths.items() if action is chosen), "width_pane")
        self.frame.set_width(WIDTHS[name])

    def set_theme(self, theme: Theme) -> None:
        """Hand the theme to the page and the badge."""
        self.view.set_theme(theme)
        self.badge.set_theme(theme)
        self.build_bar.set_theme(theme)
        self.look_switch.set_theme(theme)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Show as much in the bar as there is room for (Qt)."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest):
            self._fit_bar()
        return super().eventFilter(watched, event)

    def _fit_bar(self) -> None:
        """Leave out the badge's words first, then the widths, then the words of the looks."""
        layout = self._bar.layout()
        if layout is None:
            return
        spacing = layout.spacing()
        savings = (
            self.badge.words_width if self.badge.isVisibleTo(self._bar) else 0,
            sum(button.sizeHint().width() + spacing for button in self._width_buttons),
            self.look_switch.words_width,
        )
        missing = layout.sizeHint().width() + sum(savings[: self._narrowness]) - self._bar.width()
        wanted = 0
        while missing > 0 and wanted < len(savings):
            missing -= savings[wanted]
            wanted += 1
        if wanted == self._narrowness:
            return
        self._narrowness = wanted
        self.badge.set_wordless(wanted > 0)
        for button in self._width_buttons:
            button.setVisible(wanted < 2)
        self.look_switch.set_wordless(wanted > 2)
