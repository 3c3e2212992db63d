"""What was found unsaved at the start: each post with how it differs from its file."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QDateTime, QLocale, Qt, Signal, SignalInstance
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from editor.post.differences import DiffLine, count_changed
from editor.post.recovery.unsaved import UnsavedPost
from editor.translation import gettext as _
from editor.translation import ngettext
from editor.ui.diff_view import DiffView
from editor.ui.theme import Theme


@dataclass(frozen=True, slots=True)
class Found:
    """An unsaved post, held against what its file has now."""

    post: UnsavedPost
    on_disk: str | None
    """The file's text; None where there is no file that can be read."""
    text: str
    """What is brought back: the kept text, with what came into the file since where the two can be put together."""
    lines: tuple[DiffLine, ...]
    """How the file would change."""

    @property
    def name(self) -> str:
        """What the post is called here."""
        return self.post.path.name if self.post.path is not None else _("A post without a name")

    @property
    def disk_changed(self) -> bool:
        """Whether the file is another one than when the edits began."""
        return self.on_disk is not None and self.on_disk != self.post.base


class RecoveryDialog(QDialog):
    """Lists unsaved posts, all of them chosen; nothing happens to those that nobody decides about.

    Signals:
        restore_wanted: the list of Found to be opened again as they were.
        discard_wanted: the list of Found to be given up.
    """

    restore_wanted = Signal(list)
    discard_wanted = Signal(list)

    def __init__(self, found: Sequence[Found], theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("recovery")
        self.setWindowTitle(_("Unsaved work"))
        self.setAccessibleName(self.windowTitle())
        self.resize(860, 520)
        self._found = list(found)
        head = QLabel(
            ngettext(
                "Copydesk ended before {count} post was saved. Its text was kept.",
                "Copydesk ended before {count} posts were saved. Their texts were kept.",
                len(found),
            ).format(count=len(found)),
            self,
        )
        head.setProperty("strong", True)
        head.setWordWrap(True)
        self._list = QListWidget(self)
        self._list.setObjectName("recoveryList")
        self._list.setAccessibleName(_("Unsaved posts"))
        self._list.setSelectionMode(QListWidget.SelectionMode.ExtendedSelection)
        self._list.setFixedWidth(260)
        self._list.setWordWrap(True)
        self._about = QLabel(self)
        self._about.setObjectName("recoveryAbout")
        self._about.setWordWrap(True)
        self._about.setProperty("dim", True)
        self._about.setTextFormat(Qt.TextFormat.PlainText)
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
        self._restore = buttons.addButton("", QDialogButtonBox.ButtonRole.AcceptRole)
        self._restore.setObjectName("restoreUnsaved")
        self._restore.setProperty("primary", True)
        self._discard = buttons.addButton("", QDialogButtonBox.ButtonRole.DestructiveRole)
        self._discard.setObjectName("discardUnsaved")
        self._discard.setAutoDefault(False)
        later = buttons.addButton(_("Decide later"), QDialogButtonBox.ButtonRole.RejectRole)
        later.setAutoDefault(False)
        self._restore.clicked.connect(lambda: self._decide(self.restore_wanted))
        self._discard.clicked.connect(lambda: self._decide(self.discard_wanted))
        later.clicked.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 16)
        layout.setSpacing(12)
        layout.addWidget(head)
        layout.addLayout(middle, 1)
        layout.addWidget(buttons)
        self._list.itemSelectionChanged.connect(self._show_chosen)
        self._list.currentRowChanged.connect(lambda _row: self._show_chosen())
        self._fill()
        self._restore.setDefault(True)

    def _fill(self) -> None:
        self._list.clear()
        for found in self._found:
            moment = QDateTime.fromSecsSinceEpoch(int(found.post.time.timestamp()))
            when = f"{QLocale().toString(moment.date(), 'd MMM yyyy')}, {moment.time().toString('HH:mm')}"
            self._list.addItem(QListWidgetItem(f"{found.name}\n{when}"))
        self._list.setCurrentRow(0)
        self._list.selectAll()
        self._show_chosen()

    def _chosen(self) -> list[Found]:
        return [self._found[index.row()] for index in self._list.selectedIndexes()]

    def _show_chosen(self) -> None:
        row = self._list.currentRow()
        chosen = self._chosen()
        count = len(chosen)
        self._restore.setText(
            ngettext("Restore {count} post", "Restore {count} posts", count).format(count=count)
        )
        self._discard.setText(
            ngettext("Discard {count} post", "Discard {count} posts", count).format(count=count)
        )
        self._restore.setEnabled(bool(chosen))
        self._discard.setEnabled(bool(chosen))
        if not 0 <= row < len(self._found):
            return
        found = self._found[row]
        self._diff.show_lines(list(found.lines))
        self._about.setText(_about(found))

    def _decide(self, signal: SignalInstance) -> None:
        chosen = self._chosen()
        self._found = [found for found in self._found if found not in chosen]
        signal.emit(chosen)
        if self._found:
            self._fill()
        else:
            self.accept()


def _about(found: Found) -> str:
    post = found.post
    count = count_changed(list(found.lines))
    told = [str(post.path) if post.path is not None else _("It was never saved to a file.")]
    if post.path is not None and found.on_disk is None:
        told.append(_("The file is not there any more: the post comes back as one that is not saved."))
    elif found.disk_changed and found.text != post.text:
        told.append(_("The file was changed since: its changes and yours are put together."))
    elif found.disk_changed:
        told.append(_("The file was changed since, in the same places: what you wrote comes back."))
    told.append(ngettext("{count} line differs.", "{count} lines differ.", count).format(count=count))
    if post.damaged:
        told.append(_("A part of what was kept could not be read: the last edits may be missing."))
    return "\n".join(told)
