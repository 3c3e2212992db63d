"""The two buttons that choose the preview's look."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QIcon
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QWidget

from editor.translation import gettext as _
from editor.ui.icons import icon
from editor.ui.theme import Theme

_ICON = 16
"""Pixels."""


class LookSwitch(QWidget):
    """Reading or Published, as one control; the checkable action `published` is what they show and change."""

    def __init__(self, published: QAction, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("lookSwitch")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._action = published
        self._theme: Theme | None = None
        self._wordless = False
        self.reading = self._button(_("Reading"), "lookReading")
        self.published = self._button(_("Published"), "lookPublished")
        self.reading.setToolTip(_("The post in Copydesk's own typography"))
        keys = published.shortcut().toString()
        words = _("The post in the site's own theme, built by its generator")
        self.published.setToolTip(f"{words} ({keys})" if keys else words)
        group = QButtonGroup(self)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.setSpacing(0)
        for button in (self.reading, self.published):
            group.addButton(button)
            layout.addWidget(button)
        self.reading.clicked.connect(lambda: self._choose(False))
        self.published.clicked.connect(lambda: self._choose(True))
        published.toggled.connect(self._show)
        published.changed.connect(lambda: self.setEnabled(published.isEnabled()))
        self._show(published.isChecked())

    def _button(self, words: str, name: str) -> QPushButton:
        button = QPushButton(words, self)
        button.setObjectName(name)
        button.setCheckable(True)
        button.setAccessibleName(_("Preview look: {look}").format(look=words))
        button.setProperty("segment", True)
        return button

    @property
    def words_width(self) -> int:
        """How many pixels the words of both take beyond what their icons would."""
        words = (_("Reading"), _("Published"))
        return sum(self.fontMetrics().horizontalAdvance(word) - _ICON for word in words)

    def set_wordless(self, wordless: bool) -> None:
        """Show icons, where there is no room for words."""
        self._wordless = wordless
        self.reading.setText("" if wordless else _("Reading"))
        self.published.setText("" if wordless else _("Published"))
        self._show_icons()

    def set_theme(self, theme: Theme) -> None:
        """Colour the icons."""
        self._theme = theme
        self._show_icons()

    def _show_icons(self) -> None:
        for button, name in ((self.reading, "book"), (self.published, "eye")):
            shown = self._wordless and self._theme is not None
            button.setIcon(icon(name, self._theme.ink, size=_ICON) if shown and self._theme else QIcon())

    def _choose(self, published: bool) -> None:
        if self._action.isChecked() != published:
            self._action.trigger()
        self._show(self._action.isChecked())

    def _show(self, published: bool) -> None:
        (self.published if published else self.reading).setChecked(True)
