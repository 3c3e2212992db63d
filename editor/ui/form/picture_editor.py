"""The widget of a picture: its path in one line, a button to choose a file, and what it looks like."""

from pathlib import Path

import shiboken6
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QImageReader, QPixmap
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from editor.schema.content_type import Field
from editor.translation import gettext as _
from editor.ui.form.rows import RowState, shown_text
from editor.ui.form.text_editors import LineEditor
from editor.ui.icons import icon
from editor.ui.tasks import Tasks
from editor.ui.theme import Theme

_SIZE = QSize(240, 120)
"""The room of the thumbnail, in pixels of the form."""
_MOST_BYTES = 40_000_000


class PictureEditor(LineEditor):
    """A line with the picture's path; the picture is read off the GUI thread, and only from the site's files."""

    def __init__(self, field: Field, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(field, theme, parent)
        self._tasks: Tasks | None = None
        self._wanted: tuple[object, str] = (None, "")
        self._choose = QToolButton(self)
        self._choose.setProperty("look", "rowMenu")
        self._choose.setFixedSize(28, 28)
        self._choose.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._choose.setToolTip(_("Choose a picture of the site"))
        self._choose.clicked.connect(self._ask)
        self._thumbnail = QLabel(self)
        self._thumbnail.setProperty("look", "hint")
        self._thumbnail.setTextFormat(Qt.TextFormat.PlainText)
        self._thumbnail.setWordWrap(True)
        self._thumbnail.hide()
        layout = self.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.setSpacing(6)
        layout.removeWidget(self._line)
        top = QHBoxLayout()
        top.setSpacing(4)
        top.addWidget(self._line, 1)
        top.addWidget(self._choose)
        layout.addLayout(top)
        layout.addWidget(self._thumbnail)
        self.set_theme(theme)

    def set_tasks(self, tasks: Tasks) -> None:
        """Let `tasks` read the pictures; until then there is none to see."""
        self._tasks = tasks
        self._load()

    def name_controls(self, label: str) -> None:
        super().name_controls(label)
        self._choose.setObjectName(f"choose-{self.field.key}")
        self._choose.setAccessibleName(_("{label}: choose a picture").format(label=label))
        self._thumbnail.setObjectName(f"thumbnail-{self.field.key}")

    def tab_stops(self) -> list[QWidget]:
        return [self._line, self._choose]

    def show_words(self, state: RowState) -> None:
        super().show_words(state)
        self._load()

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        self._choose.setIcon(icon("image", theme.dim, disabled=theme.faint))

    def set_editable(self, editable: bool) -> None:
        super().set_editable(editable)
        self._choose.setEnabled(editable)

    def _load(self) -> None:
        state = self.state
        inherited = state.inherited if isinstance(state.inherited, str) else ""
        address = shown_text(state.value, state.source) or inherited
        wanted = (state.pictures, address)
        if self._tasks is None or wanted == self._wanted:
            return
        self._wanted = wanted
        pictures = state.pictures
        if pictures is None or not address or "//" in address or address.startswith("data:"):
            self._thumbnail.hide()  # it is none of the site's files, and nothing is fetched for a form
            return
        ratio = self.devicePixelRatioF()

        def show(found: tuple[bool, QImage]) -> None:
            if shiboken6.isValid(self) and wanted == self._wanted:
                self._show_picture(*found, ratio)

        self._tasks.run(lambda: _read(pictures.find(address), _SIZE * ratio), show)

    def _show_picture(self, is_there: bool, image: QImage, ratio: float) -> None:
        self._thumbnail.clear()
        if not image.isNull():
            image.setDevicePixelRatio(ratio)
            self._thumbnail.setPixmap(QPixmap.fromImage(image))
            self._thumbnail.setAccessibleName(_("The picture as it looks"))
        elif is_there:
            self._thumbnail.setText(_("This file can't be shown as a picture"))
        else:
            self._thumbnail.setText(_("There is no such file in the site"))
        if image.isNull():
            self._thumbnail.setAccessibleName(self._thumbnail.text())
        self._thumbnail.show()

    def _ask(self) -> None:
        pictures = self.state.pictures
        if pictures is None:
            return
        dialog = QFileDialog(self, _("Choose a picture"), str(pictures.folder))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        patterns = "*.png *.jpg *.jpeg *.gif *.svg *.webp *.avif *.bmp *.ico"
        dialog.setNameFilters([_("Pictures ({patterns})").format(patterns=patterns), _("All files (*)")])
        dialog.fileSelected.connect(self._chosen)
        dialog.open()

    def _chosen(self, name: str) -> None:
        pictures, key = self.state.pictures, self.field.key
        if pictures is None or self._tasks is None:
            return

        def write(address: str) -> None:
            if not shiboken6.isValid(self) or pictures != self.state.pictures:
                return  # another post is shown by now
            if address:
                self.object_to("")
                self.value_set.emit(key, address)
            else:
                words = _("“{name}” lies outside the site: put it into a folder of the site first")
                self.object_to(words.format(name=Path(name).name))

        self._tasks.run(lambda: pictures.address(key, Path(name)), write)


def _read(path: Path | None, room: QSize) -> tuple[bool, QImage]:
    """Return whether there is a file, and its picture, no bigger than `room`; a null one where it is none."""
    if path is None:
        return False, QImage()
    try:
        if path.stat().st_size > _MOST_BYTES:
            return True, QImage()
    except OSError:
        return False, QImage()
    reader = QImageReader(str(path))
    reader.setDecideFormatFromContent(True)
    reader.setAutoTransform(True)
    size = reader.size()
    if size.isValid() and (size.width() > room.width() or size.height() > room.height()):
        reader.setScaledSize(size.scaled(room, Qt.AspectRatioMode.KeepAspectRatio).expandedTo(QSize(1, 1)))
    return True, reader.read()
