"""The two buttons that choose the preview's look."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QWidget

from editor.translation import gettext as _


class LookSwitch(QWidget):
    """Reading or Published, as one control; the checkable action `published` is what they show and change."""

    def __init__(self, published: QAction, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("lookSwitch")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._action = published
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

    def _choose(self, published: bool) -> None:
        if self._action.isChecked() != published:
            self._action.trigger()
        self._show(self._action.isChecked())

    def _show(self, published: bool) -> None:
        (self.published if published else self.reading).setChecked(True)
