"""The one line that stands for the folded front matter."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QPushButton, QWidget

from editor.translation import gettext as _
from editor.ui import icons
from editor.ui.theme import Theme

HEIGHT = 26
"""Pixels."""


class FrontMatterChip(QPushButton):
    """A small button above the text; checked while the front matter's lines are shown.

    Signals:
        toggled: (shown) as QPushButton has it.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("frontMatterChip")
        self.setAccessibleName(_("Front matter"))
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setIconSize(QSize(12, 12))
        self.setFixedHeight(HEIGHT)
        self.set_label(_("Front matter"))
        self._say_what_it_does()
        self.toggled.connect(self._say_what_it_does)
        self._theme: Theme | None = None

    def set_label(self, label: str) -> None:
        """Show `label`, as `Front matter · 4 fields`."""
        self.setText(label)
        self.adjustSize()

    def set_theme(self, theme: Theme) -> None:
        """Use the colours of `theme`."""
        self._theme = theme
        self.setStyleSheet(
            f"QPushButton {{ background: {theme.background}; color: {theme.dim};"
            f" border: 1px solid {theme.line};"
            " border-radius: 7px; padding: 0 10px 0 8px; font-size: 12px; font-weight: normal;"
            f" min-height: {HEIGHT - 2}px; max-height: {HEIGHT - 2}px; text-align: left; }}"
            f"QPushButton:hover {{ background: {theme.hover}; color: {theme.ink}; }}"
            f"QPushButton:focus {{ border-color: {theme.accent}; }}"
        )
        self._draw_chevron()
        self.adjustSize()

    def _say_what_it_does(self) -> None:
        hidden = not self.isChecked()
        self.setToolTip(_("Show the front matter's lines") if hidden else _("Fold the front matter away"))
        self._draw_chevron()

    def _draw_chevron(self) -> None:
        theme = getattr(self, "_theme", None)
        if theme:
            name = "chevron-down" if self.isChecked() else "chevron-right"
            self.setIcon(icons.icon(name, theme.dim, size=12))
