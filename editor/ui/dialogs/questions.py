"""Short questions before something could be lost."""

from collections.abc import Callable
from enum import Enum, auto
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QMessageBox,
    QVBoxLayout,
    QWidget,
)

from editor.errors import CopydeskError
from editor.translation import gettext as _
from editor.translation import ngettext


class Unsaved(Enum):
    """What to do with unsaved changes."""

    SAVE = auto()
    DISCARD = auto()
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
    save = box.addButton(_("&Save"), QMessageBox.ButtonRole.AcceptRole)
    discard = box.addButton(_("&Discard changes"), QMessageBox.ButtonRole.DestructiveRole)
    cancel = box.addButton(_("&Keep editing"), QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(save)
    box.setEscapeButton(cancel)
    box.exec()
    clicked = box.clickedButton()
    if clicked is save:
        return Unsaved.SAVE
    return Unsaved.DISCARD if clicked is discard else Unsaved.CANCEL


def ask_overwrite(parent: QWidget, path: Path) -> bool:
    """Ask whether the file `path`, which is there already, may be replaced."""
    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.Warning)
    box.setWindowTitle(_("Save as"))
    box.setText(_("“{name}” is there already.").format(name=path.name))
    replace = box.addButton(_("&Replace it"), QMessageBox.ButtonRole.DestructiveRole)
    cancel = box.addButton(_("&Keep it"), QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(cancel)
    box.setEscapeButton(cancel)
    box.exec()
    return box.clickedButton() is replace


def ask_title(parent: QWidget) -> str | None:
    """Ask for a new post's title; None where the person changed their mind."""
    dialog = QDialog(parent)
    dialog.setWindowTitle(_("New post"))
    dialog.setMinimumWidth(460)
    label = QLabel(_("Title"), dialog)
    line = QLineEdit(dialog)
    line.setAccessibleName(_("Title"))
    label.setBuddy(line)
    hint = QLabel(_("The file is made where the site's generator wants it, named after the title."), dialog)
    hint.setProperty("dim", True)
    hint.setWordWrap(True)
    buttons = QDialogButtonBox(dialog)
    create = buttons.addButton(_("Create post"), QDialogButtonBox.ButtonRole.AcceptRole)
    buttons.addButton(_("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
    create.setDefault(True)
    create.setEnabled(False)
    line.textChanged.connect(lambda text: create.setEnabled(bool(text.strip())))
    buttons.accepted.connect(dialog.accept)
    buttons.rejected.connect(dialog.reject)
    layout = QVBoxLayout(dialog)
    layout.setContentsMargins(20, 18, 20, 16)
    layout.setSpacing(8)
    for part in (label, line, hint):
        layout.addWidget(part)
    layout.addSpacing(8)
    layout.addWidget(buttons)
    line.setFocus()
    return line.text().strip() if dialog.exec() else None


def tell(parent: QWidget, error: CopydeskError) -> None:
    """Tell an error: what happened, and where."""
    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.Warning)
    box.setWindowTitle(_("Copydesk"))
    box.setText(error.message)
    if error.path is not None:
        box.setInformativeText(str(error.path) if error.line is None else f"{error.path}:{error.line}")
    box.addButton(_("OK"), QMessageBox.ButtonRole.AcceptRole)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.open()


def tell_save_failed(
    parent: QWidget, error: CopydeskError, retry: Callable[[], None], save_as: Callable[[], None]
) -> QMessageBox:
    """Tell why a post could not be saved, and offer to try again or to save it elsewhere; returns the open box."""
    box = QMessageBox(parent)
    box.setObjectName("saveFailed")
    box.setIcon(QMessageBox.Icon.Warning)
    box.setWindowTitle(_("Not saved"))
    box.setText(error.message)
    kept = _("The file is as it was, and your text is kept here.")
    box.setInformativeText(kept if error.path is None else f"{error.path}\n{kept}")
    again = box.addButton(_("&Try again"), QMessageBox.ButtonRole.AcceptRole)
    elsewhere = box.addButton(_("Save &as…"), QMessageBox.ButtonRole.ActionRole)
    keep = box.addButton(_("&Keep editing"), QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(again)
    box.setEscapeButton(keep)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

    def decide(button: QAbstractButton) -> None:
        if button is again:
            retry()
        elif button is elsewhere:
            save_as()

    box.buttonClicked.connect(decide)
    box.open()
    return box
