"""The line above the fields of a post in two files: which file has them."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from editor.translation import gettext as _


class FileNote(QWidget):
    """Names the file, and offers to open it as a text; hidden without one.

    Signals:
        file_wanted: it is to be opened.
    """

    file_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = QLabel(self)
        self._words.setProperty("look", "hint")
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._words.setWordWrap(True)
        self._open = QPushButton(_("Open as text"), self)
        self._open.setObjectName("openHeaderFile")
        self._open.setProperty("look", "quickFix")
        self._open.setCursor(Qt.CursorShape.PointingHandCursor)
        self._open.clicked.connect(self.file_wanted)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._words, 1)
        layout.addWidget(self._open)
        self.hide()

    def show_file(self, name: str) -> None:
        """Say that the fields are those of the file `name`; empty: there is nothing to say."""
        self._words.setText(_("These fields stand in {name}").format(name=name) if name else "")
        self._open.setAccessibleName(_("Open {name} as text").format(name=name))
        self.setVisible(bool(name))
