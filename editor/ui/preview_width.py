"""The preview as wide as a phone, a tablet or a desktop shows it, whatever room its pane has."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from editor.ui.preview.preview_view import PreviewView

WIDTHS = {"width_pane": 0, "width_phone": 390, "width_tablet": 820, "width_desktop": 1280}
"""Name -> width in CSS pixels, as themes see it; 0: as the pane is. Common devices' of today."""


class WidthFrame(QWidget):
    """Holds the preview in the middle of the pane; one that is wider than the pane is shown smaller."""

    def __init__(self, view: PreviewView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("previewFrame")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._view = view
        self._width = 0
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(view)

    @property
    def width_wanted(self) -> int:
        """The width in CSS pixels; 0: as the pane is."""
        return self._width

    def set_width(self, width: int) -> None:
        """Show the page `width` CSS pixels wide, at its own zoom as far as there is room; 0: as the pane is."""
        self._width = width
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the width when the pane gets another (Qt)."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        room = self.width()
        if not self._width or room <= 0:
            self._view.set_fit(1.0)
            self._view.setMaximumWidth(16777215)
            return
        fit = min(1.0, room / self._width)
        self._view.set_fit(fit)
        self._view.setMaximumWidth(round(self._width * fit))
