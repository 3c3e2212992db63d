"""The versions of a post that were saved here: what each would change, and bringing one back."""

from collections.abc import Sequence

from PySide6.QtCore import QDateTime, QLocale, Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QVBoxLayout,
    QWidget,
)

from editor.post.differences import DiffLine, count_changed
from editor.post.history import Version
from editor.translation import gettext as _
from editor.translation import ngettext
from editor.ui.diff_view import DiffView
from editor.ui.theme import Theme

_LEAST_WIDTH, _AROUND = 260, 28
"""Pixels of the list: at least so many, and so many around its longest line."""


class SavedVersions(QDialog):
    """Lists versions, the latest first, with what restoring one would change in the text.

    Signals:
        looked_at: the Version whose changes are to be shown.
        restore_wanted: the Version to be brought back.
    """

    looked_at = Signal(object)
    restore_wanted = Signal(object)

    def __init__(self, versions: Sequence[Version], theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("savedVersions")
        self.setWindowTitle(_("Saved versions"))
        self.setAccessibleName(self.windowTitle())
        self.resize(860, 520)
        self._versions = list(versions)
        self._list = QListWidget(self)
        self._list.setObjectName("versionList")
        self._list.setAccessibleName(_("Versions"))
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        locale = QLocale()
        for number, version in enumerate(self._versions):
            moment = QDateTime.fromMSecsSinceEpoch(round(version.time.timestamp() * 1000))
            day = locale.toString(moment.date(), "d MMM yyyy")
            when = f"{day}, {moment.time().toString(_form(version, self._versions))}"
            self._list.addItem(_("{when}, the last one saved").format(when=when) if number == 0 else when)
        self._list.ensurePolished()
        room = self._list.sizeHintForColumn(0) + self._list.verticalScrollBar().sizeHint().width()
        self._list.setFixedWidth(max(_LEAST_WIDTH, room + _AROUND))
        self._about = QLabel(self)
        self._about.setObjectName("versionAbout")
        self._about.setProperty("dim", True)
        self._about.setWordWrap(True)
        self._diff = DiffView(self)
        self._diff.set_theme(theme)
        right = QVBoxLayout()
        right.addWidget(self._about)
        right.addWidget(self._diff, 1)
        middle = QHBoxLayout()
        middle.setSpacing(12)
        middle.addWidget(self._list)
        middle.addLayout(right, 1)
        buttons = QDialogButtonBox(self)
        self._restore = buttons.addButton(_("Restore this version"), QDialogButtonBox.ButtonRole.AcceptRole)
        self._restore.setObjectName("restoreVersion")
        self._restore.setProperty("primary", True)
        self._restore.setEnabled(False)
        close = buttons.addButton(_("Close"), QDialogButtonBox.ButtonRole.RejectRole)
        close.setAutoDefault(False)
        buttons.accepted.connect(self._accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 16)
        layout.setSpacing(12)
        layout.addLayout(middle, 1)
        layout.addWidget(buttons)
        self._list.currentRowChanged.connect(lambda _row: self._look())

    def showEvent(self, event: object) -> None:
        """Begin with the latest version (Qt)."""
        super().showEvent(event)  # type: ignore[arg-type]
        if self._list.currentRow() < 0:
            self._list.setCurrentRow(0)

    def show_lines(self, version: Version, lines: list[DiffLine]) -> None:
        """Show how the text would change by `version`, if that is still the chosen one."""
        if version is not self._chosen():
            return
        self._diff.show_lines(lines)
        self._restore.setEnabled(bool(lines))
        count = count_changed(lines)
        words = ngettext(
            "Restoring it would change {count} line.", "Restoring it would change {count} lines.", count
        )
        self._about.setText(words.format(count=count) if lines else _("The text is as it was then."))

    def show_words(self, words: str) -> None:
        """Say `words` in the place of changes."""
        self._about.setText(words)
        self._diff.show_lines([])
        self._restore.setEnabled(False)

    def _chosen(self) -> Version | None:
        row = self._list.currentRow()
        return self._versions[row] if 0 <= row < len(self._versions) else None

    def _look(self) -> None:
        self._restore.setEnabled(False)
        version = self._chosen()
        if version is not None:
            self.looked_at.emit(version)

    def _accept(self) -> None:
        version = self._chosen()
        if version is not None:
            self.restore_wanted.emit(version)
        self.accept()


def _form(version: Version, versions: Sequence[Version]) -> str:
    """Return how the time of a version is written: with fractions where another has the same second."""
    second = int(version.time.timestamp())
    alike = sum(int(other.time.timestamp()) == second for other in versions)
    return "HH:mm:ss.zzz" if alike > 1 else "HH:mm:ss"
