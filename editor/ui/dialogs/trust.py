"""The question whether a site's code may run."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QVBoxLayout, QWidget

from editor.translation import gettext as _

_WIDTH = 540


class TrustQuestion(QDialog):
    """Asks once for a site; accepted means yes, and whatever else closes it means no."""

    def __init__(
        self,
        name: str,
        root: Path,
        code: list[str],
        parent: QWidget | None = None,
        *,
        reason: str = "",
        again: bool = False,
    ) -> None:
        """Take what the site is called, its folder, and a sentence for each kind of code that it brings.

        `reason` is a sentence that says what the person wants that needs trust; `again`: they have said no before.
        """
        super().__init__(parent)
        self.setObjectName("trustQuestion")
        self.setWindowTitle(_("Trust this site?"))
        self.setAccessibleName(self.windowTitle())
        self.setFixedWidth(_WIDTH)
        asked = self._label(_("Do you trust the code of “{site}”?").format(site=name))
        asked.setProperty("look", "question")
        folder = self._label(str(root))
        folder.setProperty("dim", True)
        folder.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        yes = _("If you do:")
        lines = code or [_("Builds run the site's own configuration, plugins and templates")]
        runs = "\n".join(f"•  {line}" for line in lines)
        warning = _(
            "That code can do whatever you can do: read, change and send your files. "
            "Trust a site that is yours, or whose authors you know."
        )
        no = _(
            "If you don't, nothing of the site runs. You write, fill in the form, check and save as always; the "
            "badge above the preview lists what may look different once it is published."
        )
        if again:
            later = _(
                "You have said no before. Your answer now takes its place; the File menu changes it later."
            )
        else:
            later = _(
                "You are asked once for this folder. “Trust this site” in the File menu changes it later."
            )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 18)
        layout.setSpacing(6)
        layout.addWidget(asked)
        layout.addWidget(folder)
        if reason:
            layout.addSpacing(8)
            layout.addWidget(self._label(reason))
        layout.addSpacing(8)
        told = [self._label(text) for text in (f"{yes}\n{runs}", warning, no, later)]
        told[-1].setProperty("dim", True)
        for label in told:
            layout.addWidget(label)
            layout.addSpacing(6)
        layout.addStretch(1)
        buttons = QDialogButtonBox(self)
        trust = buttons.addButton(_("Trust this site"), QDialogButtonBox.ButtonRole.AcceptRole)
        trust.setObjectName("trustSite")
        trust.setAutoDefault(False)
        refuse = buttons.addButton(_("Don't trust it"), QDialogButtonBox.ButtonRole.RejectRole)
        refuse.setObjectName("refuseTrust")
        refuse.setDefault(True)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout.addWidget(buttons)
        self.setAccessibleDescription("\n".join([asked.text(), reason, *(label.text() for label in told)]))
        refuse.setFocus()

    def _label(self, text: str) -> QLabel:
        label = QLabel(text, self)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        return label
