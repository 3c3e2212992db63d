"""Short questions before something could be lost."""

from enum import Enum, auto
from pathlib import Path

from PySide6.QtWidgets import QInputDialog, QLineEdit, QMessageBox, QWidget

from editor.errors import CopydeskError
from editor.translation import gettext as _
from editor.translation import ngettext


class Unsaved(Enum):
    """What to do with unsaved changes."""

    SAVE = auto()
    DISCARD = auto()
    CANCEL = auto()


class Conflict(Enum):
    """What to do about a file that someone else changed."""

    OVERWRITE = auto()
    RELOAD = auto()
    CANCEL = auto()


def ask_unsaved(parent: QWidget, names: list[str]) -> Unsaved:
    """Ask what to do with the unsaved changes of the posts called `names`."""
    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.Question)
    box.setWindowTitle(_("Unsaved changes"))
    if len(names) == 1:
        box.setText(_("“{name}” has unsaved changes.").format(name=names[0]))
    else:
        words = ngettext(
            "{count} post has unsaved changes.", "{count} posts have unsaved changes.", len(names)
        )
        box.setText(words.format(count=len(names)))
        box.setInformativeText("\n".join(names[:10]))
    save = box.addButton(_("Save"), QMessageBox.ButtonRole.AcceptRole)
    discard = box.addButton(_("Discard changes"), QMessageBox.ButtonRole.DestructiveRole)
    cancel = box.addButton(_("Keep editing"), QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(save)
    box.setEscapeButton(cancel)
    box.exec()
    clicked = box.clickedButton()
    if clicked is save:
        return Unsaved.SAVE
    return Unsaved.DISCARD if clicked is discard else Unsaved.CANCEL


def ask_conflict(parent: QWidget, path: Path) -> Conflict:
    """Ask what to do, where `path` was changed by another program since it was read."""
    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.Warning)
    box.setWindowTitle(_("Changed on disk"))
    box.setText(_("“{name}” was changed by another program since it was opened.").format(name=path.name))
    box.setInformativeText(_("Nothing has been written. Taking over the other version can be undone."))
    overwrite = box.addButton(_("Overwrite with mine"), QMessageBox.ButtonRole.DestructiveRole)
    reload = box.addButton(_("Take over theirs"), QMessageBox.ButtonRole.ActionRole)
    cancel = box.addButton(_("Keep editing"), QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(cancel)
    box.setEscapeButton(cancel)
    box.exec()
    clicked = box.clickedButton()
    if clicked is overwrite:
        return Conflict.OVERWRITE
    return Conflict.RELOAD if clicked is reload else Conflict.CANCEL


def ask_title(parent: QWidget) -> str | None:
    """Ask for a new post's title; None where the person changed their mind."""
    title, accepted = QInputDialog.getText(
        parent, _("New post"), _("Title of the new post:"), QLineEdit.EchoMode.Normal, ""
    )
    return title.strip() if accepted and title.strip() else None


def tell(parent: QWidget, error: CopydeskError) -> None:
    """Tell an error: what happened, and where."""
    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.Warning)
    box.setWindowTitle(_("Copydesk"))
    box.setText(error.message)
    if error.path is not None:
        box.setInformativeText(str(error.path))
    box.addButton(_("OK"), QMessageBox.ButtonRole.AcceptRole)
    box.exec()
