"""What the window shows while no post is open: what it is for, and the first steps."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from editor.translation import gettext as _


class StartPage(QWidget):
    """The first steps and the sites that were open before.

    Signals:
        site_chosen: the folder of a recent site.
    """

    site_chosen = Signal(Path)

    def __init__(self, actions: list[QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("startPage")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(56, 56, 56, 56)
        layout.setSpacing(8)
        layout.addStretch(2)
        title = QLabel(_("Copydesk"), self)
        title.setObjectName("startTitle")
        layout.addWidget(title)
        purpose = QLabel(
            _(
                "Write the posts of your static blog, see them as they will be published, and change nothing else."
            ),
            self,
        )
        purpose.setWordWrap(True)
        purpose.setProperty("dim", True)
        layout.addWidget(purpose)
        layout.addSpacing(12)
        for action in actions:
            shortcut = action.shortcut().toString()
            words = action.text().replace("&", "")
            button = QPushButton(f"{words}   {shortcut}" if shortcut else words, self)
            button.setProperty("link", True)
            button.setAccessibleName(words)
            button.clicked.connect(action.trigger)
            layout.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
            if self.focusProxy() is None:
                self.setFocusProxy(button)
        self._recent = QVBoxLayout()
        self._recent.setSpacing(2)
        layout.addSpacing(12)
        layout.addLayout(self._recent)
        layout.addStretch(3)

    def show_recent(self, sites: list[Path]) -> None:
        """List the sites that were open before, latest first."""
        while self._recent.count():
            taken = self._recent.takeAt(0)
            if taken is not None and (widget := taken.widget()) is not None:
                widget.deleteLater()
        if sites:
            heading = QLabel(_("Recent sites"), self)
            heading.setProperty("dim", True)
            self._recent.addWidget(heading)
        for site in sites:
            button = QPushButton(f"{site.name}   {site.parent}", self)
            button.setProperty("link", True)
            button.clicked.connect(lambda _checked=False, site=site: self.site_chosen.emit(site))
            self._recent.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
