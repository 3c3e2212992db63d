"""Light or dark: what the person chose, or what the system says."""

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QFont, QFontDatabase, QGuiApplication

from editor.ui.theme import DARK, LIGHT, THEMES, Theme

_UI_FONT_SIZE = 13
"""Logical pixels."""


class Appearance(QObject):
    """The theme in force.

    Signals:
        theme_changed: the Theme.
    """

    theme_changed = Signal(object)

    def __init__(self, choice: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._choice = choice
        QGuiApplication.styleHints().colorSchemeChanged.connect(lambda _scheme: self._tell())

    @property
    def choice(self) -> str:
        """`system`, `light` or `dark`."""
        return self._choice

    @property
    def theme(self) -> Theme:
        """The theme that the choice gives now."""
        if self._choice in THEMES:
            return THEMES[self._choice]
        dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
        return DARK if dark else LIGHT

    def choose(self, choice: str) -> None:
        """Take `system`, `light` or `dark`."""
        self._choice = choice
        self._tell()

    def _tell(self) -> None:
        self.theme_changed.emit(self.theme)


def ui_font() -> QFont:
    """Return the font of the window: Inter where it is installed, else the platform's own at its own size."""
    if "Inter" not in QFontDatabase.families():
        return QGuiApplication.font()
    font = QFont("Inter")
    font.setPixelSize(_UI_FONT_SIZE)
    return font
