"""The pane with the differences of one file: its lines, its pictures before and after, or a sentence."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QImage, QPixmap, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from editor.translation import gettext as _
from editor.ui.commit.diff_page import DiffPage
from editor.ui.commit.overview import ChangedFile
from editor.ui.commit.tick_box import TickBox
from editor.ui.icons import icon
from editor.ui.theme import Theme
from editor.ui.widgets import ElidedLabel


class PicturePair(QWidget):
    """A picture before and after, each scaled down to the room there is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._images: list[QImage | None] = [None, None]
        self._pictures: list[QLabel] = []
        self._captions: list[QLabel] = []
        self._sides: list[QWidget] = []
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 24)
        layout.setSpacing(18)
        for name in ("pictureBefore", "pictureAfter"):
            side = QWidget(self)
            column = QVBoxLayout(side)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(6)
            picture, caption = QLabel(side), QLabel(side)
            picture.setObjectName(name)
            picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
            picture.setMinimumSize(40, 40)
            caption.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            caption.setProperty("dim", True)
            caption.setWordWrap(True)
            column.addWidget(picture, 1)
            column.addWidget(caption)
            layout.addWidget(side, 1)
            self._pictures.append(picture)
            self._captions.append(caption)
            self._sides.append(side)

    def show_pictures(self, images: Sequence[QImage | None], captions: Sequence[str]) -> None:
        """Show what stood before and what stands after; an empty caption: there was nothing."""
        self._images = list(images)
        for side, caption, words in zip(self._sides, self._captions, captions, strict=True):
            caption.setText(words)
            side.setVisible(bool(words))
        for picture, words in zip(self._pictures, captions, strict=True):
            picture.setAccessibleName(words)
        self._scale()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Scale the pictures anew (Qt)."""
        super().resizeEvent(event)
        self._scale()

    def _scale(self) -> None:
        shown = max(1, sum(not side.isHidden() for side in self._sides))
        room = QSize(max(40, self.width() - 48), max(40, (self.height() - 60) // shown - 40))
        scale = self.devicePixelRatioF()
        for picture, image in zip(self._pictures, self._images, strict=True):
            if image is None or image.isNull():
                picture.setPixmap(QPixmap())
                continue
            pixmap = QPixmap.fromImage(image)
            if pixmap.width() > room.width() * scale or pixmap.height() > room.height() * scale:
                pixmap = pixmap.scaled(
                    room * scale,
                    Qt.AspectRatioMode.KeepAspectRatio,
                    Qt.TransformationMode.SmoothTransformation,
                )
                pixmap.setDevicePixelRatio(scale)
            picture.setPixmap(pixmap)


class SourceChanges(QWidget):
    """Shows what changed in a file.

    Signals:
        open_wanted: (the ChangedFile, a line from 1) that is to be shown in the editor.
        discard_wanted: the ChangedFile whose changes are all to be taken back.
        discard_hunk_wanted: (the ChangedFile, the number of a hunk).
        only_here_toggled: (the ChangedFile, whether only what was edited here is to be committed).
        hunk_toggled: (the ChangedFile, the number of a hunk, whether it is to be committed).
    """

    open_wanted = Signal(object, int)
    discard_wanted = Signal(object)
    discard_hunk_wanted = Signal(object, int)
    only_here_toggled = Signal(object, bool)
    hunk_toggled = Signal(object, int, bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sourceChanges")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._file: ChangedFile | None = None
        title = QLabel(_("Source"), self)
        title.setProperty("strong", True)
        line = QFrame(self)
        line.setObjectName("barLine")
        line.setFixedSize(1, 16)
        self._path = ElidedLabel(self)
        self._path.setProperty("dim", True)
        self._menu_button = QToolButton(self)
        self._menu_button.setObjectName("fileMenu")
        self._menu_button.setProperty("flat", True)
        self._menu_button.setFixedSize(28, 28)
        self._menu_button.setIconSize(QSize(16, 16))
        self._menu_button.setAccessibleName(_("What can be done with this file"))
        self._menu_button.setToolTip(_("What can be done with this file"))
        self._menu_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._menu_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.menu = QMenu(self)
        self.open_action = self.menu.addAction(_("&Open in the editor"))
        self.discard_action = self.menu.addAction(_("&Discard all changes of this file…"))
        self.menu.addSeparator()
        self.tick_all_action = self.menu.addAction(_("&Tick all files"))
        self.untick_all_action = self.menu.addAction(_("&Untick all files"))
        self._menu_button.setMenu(self.menu)
        bar = QFrame(self)
        bar.setObjectName("paneBar")
        bar.setFixedHeight(40)
        row = QHBoxLayout(bar)
        row.setContentsMargins(12, 0, 12, 0)
        row.setSpacing(9)
        row.addWidget(title)
        row.addWidget(line)
        row.addWidget(self._path)
        row.addStretch(1)
        row.addWidget(self._menu_button)
        self._notes = QLabel(self)
        self._notes.setObjectName("differenceNotes")
        self._notes.setWordWrap(True)
        self._notes.setTextFormat(Qt.TextFormat.PlainText)
        self._notes.hide()
        self.only_here = TickBox(_("Commit only what was edited here"), self)
        self.only_here.setObjectName("onlyHere")
        self.only_here.setToolTip(_("What was changed elsewhere stays in the file, and out of the commit"))
        self.only_here.setContentsMargins(0, 0, 0, 0)
        self.only_here.hide()
        self.diff = DiffPage(self)
        self.pictures = PicturePair(self)
        self._words = QLabel(self)
        self._words.setObjectName("differenceWords")
        self._words.setWordWrap(True)
        self._words.setProperty("dim", True)
        self._words.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._pages = QStackedWidget(self)
        for page in (self._words, self.diff, self.pictures):
            self._pages.addWidget(page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(bar)
        layout.addWidget(self._notes)
        offer = QHBoxLayout()
        offer.setContentsMargins(12, 0, 12, 0)
        offer.addWidget(self.only_here)
        offer.addStretch(1)
        layout.addLayout(offer)
        layout.addWidget(self._pages, 1)
        self.setMinimumWidth(220)
        self.diff.hunk_toggled.connect(self._on_hunk)
        self.diff.discard_wanted.connect(self._on_discard_hunk)
        self.diff.line_chosen.connect(self._on_line)
        self.only_here.toggled.connect(self._on_only_here)
        self.open_action.triggered.connect(lambda: self._on_line(0))
        self.discard_action.triggered.connect(self._on_discard)

    @property
    def file(self) -> ChangedFile | None:
        """The file that is shown."""
        return self._file

    def show_file(self, file: ChangedFile | None, place: str, notes: Sequence[str], words: str = "") -> None:
        """Show a file, called `place`, and sentences on it; `words` stand there where it has no lines to show."""
        same = file is not None and self._file is not None and file.key == self._file.key
        self._file = file
        self._path.setText(place)
        self._menu_button.setEnabled(file is not None)
        self.open_action.setEnabled(file is not None and file.is_post and file.change.kind != "deleted")
        self.discard_action.setEnabled(
            file is not None and not file.change.submodule and file.change.kind != "conflicted"
        )
        self._notes.setText("\n".join(notes))
        self._notes.setVisible(bool(notes))
        if file is None or words or file.difference is None:
            self._words.setText(words)
            self._pages.setCurrentWidget(self._words)
            return
        self.diff.show_rows(file.difference.rows, file.difference.more)
        if not same:
            self.diff.verticalScrollBar().setValue(0)
        self._pages.setCurrentWidget(self.diff)

    def show_only_here(self, only: bool | None) -> None:
        """Show whether only what was edited here is to be committed; None: that is no question."""
        self.only_here.blockSignals(True)
        self.only_here.setChecked(bool(only))
        self.only_here.blockSignals(False)
        self.only_here.setFixedHeight(34)
        self.only_here.setVisible(only is not None)

    def show_ticks(self, picked: Callable[[int], bool] | None, *, discardable: bool) -> None:
        """Show which hunks are picked, see `DiffPage.show_ticks`."""
        self.diff.show_ticks(picked, discardable=discardable)

    def show_pictures(self, images: Sequence[QImage | None], captions: Sequence[str]) -> None:
        """Show the file's pictures, see `PicturePair.show_pictures`."""
        self.pictures.show_pictures(images, captions)
        self._pages.setCurrentWidget(self.pictures)

    def show_picture_page(self) -> None:
        """Show the pictures as they are."""
        self._pages.setCurrentWidget(self.pictures)

    def set_theme(self, theme: Theme) -> None:
        """Colour everything."""
        self.diff.set_theme(theme)
        self.only_here.set_theme(theme)
        self._menu_button.setIcon(icon("chevron-down", theme.dim))

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """Give the focus to the lines, or to what stands in their place (Qt)."""
        (self.diff if self._pages.currentWidget() is self.diff else self._menu_button).setFocus(reason)

    def _on_only_here(self, only: bool) -> None:
        if self._file is not None:
            self.only_here_toggled.emit(self._file, only)

    def _on_hunk(self, number: int, picked: bool) -> None:
        if self._file is not None:
            self.hunk_toggled.emit(self._file, number, picked)

    def _on_discard_hunk(self, number: int) -> None:
        if self._file is not None:
            self.discard_hunk_wanted.emit(self._file, number)

    def _on_discard(self) -> None:
        if self._file is not None:
            self.discard_wanted.emit(self._file)

    def _on_line(self, line: int) -> None:
        if self._file is not None and self._file.is_post and self._file.change.kind != "deleted":
            self.open_wanted.emit(self._file, line)
