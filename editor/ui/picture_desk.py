"""PictureDesk: the command for a picture offers those of the site, as the form's fields do."""

from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from editor.translation import gettext as _
from editor.ui.main_window import MainWindow
from editor.ui.site_pictures import SitePictures
from editor.ui.tasks import Tasks
from editor.ui.workspace import Workspace

_PATTERNS = "*.png *.jpg *.jpeg *.gif *.svg *.webp *.avif *.bmp *.ico"


class PictureDesk(QObject):
    """Asks for a picture of the site and puts it into the text; who asks for none gets the bare marks."""

    def __init__(self, window: MainWindow, workspace: Workspace, tasks: Tasks) -> None:
        super().__init__(window)
        self._window = window
        self._workspace = workspace
        self._tasks = tasks
        window.editor.picture_wanted.connect(self._ask)

    def _ask(self) -> None:
        session, site, editor = self._workspace.session, self._workspace.post_site, self._window.editor
        if session is None or site is None or session.path is None:
            editor.insert_picture("")
            return
        pictures = SitePictures(site, session.path, self._workspace.learned)
        dialog = QFileDialog(self._window, _("Choose a picture"), str(pictures.folder))
        dialog.setObjectName("choosePicture")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([_("Pictures ({patterns})").format(patterns=_PATTERNS), _("All files (*)")])
        dialog.setLabelText(QFileDialog.DialogLabel.Reject, _("Type it"))

        def write(address: str, name: str) -> None:
            if session is not self._workspace.session:
                return  # another post is shown by now
            if address:
                editor.insert_picture(address)
            else:
                words = _("“{name}” lies outside the site: put it into a folder of the site first")
                self._window.status.show_message(words.format(name=name))

        def chosen(name: str) -> None:
            path = Path(name)
            self._tasks.run(lambda: pictures.address_in_text(path), lambda address: write(address, path.name))

        def put_away() -> None:
            if session is self._workspace.session:
                editor.insert_picture("")

        dialog.fileSelected.connect(chosen)
        dialog.rejected.connect(put_away)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
