"""PictureDesk: the command for a picture offers those of the site, as the form's fields do."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QFileDialog, QMessageBox

from editor.errors import CopydeskError
from editor.translation import gettext as _
from editor.ui.dialogs.questions import tell
from editor.ui.main_window import MainWindow
from editor.ui.picture_copy import PictureCopy, copy_for, make
from editor.ui.site_pictures import SitePictures
from editor.ui.tasks import Tasks
from editor.ui.workspace import Workspace

_PATTERNS = "*.png *.jpg *.jpeg *.gif *.svg *.webp *.avif *.bmp *.ico"


class PictureDesk(QObject):
    """Asks for a picture and puts it into the text: one of the site, or one from outside, which is copied into it.

    Who asks for none gets the bare marks.
    """

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

        def is_shown() -> bool:
            return session is self._workspace.session  # else another post is, by now

        def write(path: Path) -> None:
            def take(address: str) -> None:
                if is_shown():
                    editor.insert_picture(address)

            self._tasks.run(lambda: pictures.address_in_text(path), take, self._tell)

        def offer(copy: PictureCopy) -> None:
            if copy.there:
                write(copy.target)
            elif is_shown():
                self._ask_to_copy(
                    copy,
                    site.relative(copy.target),
                    lambda: self._tasks.run(lambda: make(copy), lambda _done: write(copy.target), self._tell),
                )

        def take_or_offer(found: str | PictureCopy) -> None:
            if isinstance(found, PictureCopy):
                offer(found)
            elif is_shown():
                editor.insert_picture(found)

        def chosen(name: str) -> None:
            path, post, text = Path(name), session.path, session.text
            if post is not None:
                self._tasks.run(
                    lambda: pictures.address_in_text(path) or copy_for(site, post, text, path),
                    take_or_offer,
                    self._tell,
                )

        def put_away() -> None:
            if session is self._workspace.session:
                editor.insert_picture("")

        dialog.fileSelected.connect(chosen)
        dialog.rejected.connect(put_away)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _ask_to_copy(self, copy: PictureCopy, target: str, agreed: Callable[[], None]) -> None:
        """Ask whether a picture from outside the site is to be copied to `target` in it."""
        box = QMessageBox(self._window)
        box.setObjectName("copyPicture")
        box.setIcon(QMessageBox.Icon.Question)
        box.setWindowTitle(_("Picture from outside the site"))
        box.setText(_("Copy “{name}” into the site?").format(name=copy.source.name))
        words = _("It lies outside the site, so that nobody would see it there. The copy will be {target}.")
        box.setInformativeText(words.format(target=target))
        box.setTextFormat(Qt.TextFormat.PlainText)  # what a name holds is no markup
        yes = box.addButton(_("&Copy it"), QMessageBox.ButtonRole.AcceptRole)
        no = box.addButton(_("&Leave it out"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(yes)
        box.setEscapeButton(no)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.buttonClicked.connect(lambda button: agreed() if button is yes else None)
        box.open()

    def _tell(self, error: Exception) -> None:
        """Tell why a picture could not be taken."""
        if not isinstance(error, CopydeskError):
            raise error
        tell(self._window, error)
