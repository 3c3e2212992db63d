"""The changed files, each with what changed in it and a tick for what is committed."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QListView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from editor.translation import gettext as _
from editor.ui.commit.overview import ChangedFile
from editor.ui.commit.picks import ALL, NONE, SOME
from editor.ui.commit.words import details, shown_path, summary
from editor.ui.icons import pixmap
from editor.ui.theme import LIGHT, Theme

_Index = QModelIndex | QPersistentModelIndex

_SIDE = 10
_PADDING = 7
_TEXT_LEFT = 25
_TICK = 16
_MOST_HEIGHTS = 2_000
_TICK_RIGHT = 8
_STATES = {
    ALL: Qt.CheckState.Checked,
    SOME: Qt.CheckState.PartiallyChecked,
    NONE: Qt.CheckState.Unchecked,
}


class ChangesModel(QAbstractListModel):
    """The files in the order they are shown in.

    Signals:
        toggled: (the ChangedFile, whether it is to be committed).
    """

    toggled = Signal(object, bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._files: list[ChangedFile] = []
        self._states: list[str] = []
        self._words: list[str] = []

    def show_files(self, files: Sequence[ChangedFile], states: Sequence[str], shown: Path | None) -> None:
        """Show `files` with the state of each one's pick; the rows of files that stay are kept."""
        words = [summary(file, shown) for file in files]
        if [file.key for file in files] == [file.key for file in self._files]:
            self._files, self._states, self._words = list(files), list(states), words
            if files:
                self.dataChanged.emit(self.index(0), self.index(len(files) - 1))
            return
        self.beginResetModel()
        self._files, self._states, self._words = list(files), list(states), words
        self.endResetModel()

    def file(self, row: int) -> ChangedFile | None:
        """Return the file of a row."""
        return self._files[row] if 0 <= row < len(self._files) else None

    def words(self, row: int) -> str:
        """Return what is said of the file of a row."""
        return self._words[row]

    def state(self, row: int) -> str:
        """Return whether all, some or none of the file of a row is to be committed."""
        return self._states[row]

    def row_of(self, key: str) -> int:
        """Return the row of the file that git calls `key`, or -1."""
        return next((row for row, file in enumerate(self._files) if file.key == key), -1)

    def rowCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._files)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
        file = self.file(index.row())
        return flags | Qt.ItemFlag.ItemIsUserCheckable if file is not None and file.can_be_picked else flags

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        file = self.file(index.row())
        if file is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return shown_path(file.path.name)
        if role == Qt.ItemDataRole.ToolTipRole:
            return "\n".join(filter(None, (shown_path(file.key), details(file))))
        if role == Qt.ItemDataRole.CheckStateRole:
            return _STATES[self._states[index.row()]] if file.can_be_picked else None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            told = {ALL: _("to be committed"), SOME: _("in part to be committed"), NONE: _("left out")}
            return (
                f"{shown_path(file.path.name)}, {self._words[index.row()]}, {told[self._states[index.row()]]}"
            )
        return None

    def setData(self, index: _Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        file = self.file(index.row())
        if role != Qt.ItemDataRole.CheckStateRole or file is None or not file.can_be_picked:
            return False
        self.toggled.emit(file, Qt.CheckState(value) == Qt.CheckState.Checked)
        return True


class _Delegate(QStyledItemDelegate):
    """Paints a file: a dot for where it was changed, its name, what changed, the tick."""

    def __init__(self, view: "ChangesList") -> None:
        super().__init__(view)
        self._view = view
        self.theme = LIGHT
        self._heights: dict[tuple[str, int], int] = {}
        """The heights of what was said, by it and the width."""

    def sizeHint(self, _option: QStyleOptionViewItem, index: _Index) -> QSize:
        said = self._view.files.words(index.row())
        return QSize(0, 2 * _PADDING + self._name_height() + (self._height(said) + 1 if said else 0))

    def _name_height(self) -> int:
        known = self._heights.get(("", 0))
        if known is None:
            known = self._heights["", 0] = QFontMetrics(self._fonts()[0]).height()
        return known

    def _height(self, said: str) -> int:
        key = (said, self._text_width())
        if key not in self._heights:
            if len(self._heights) > _MOST_HEIGHTS:
                self._heights.clear()
            self._heights[key] = self._bounds(self._fonts()[1], *key).height()
        return self._heights[key]

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        file = self._view.files.file(index.row())
        if file is None:
            return
        theme = self.theme
        name, small = self._fonts()
        state = self._view.files.state(index.row())
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        over = bool(option.state & QStyle.StateFlag.State_MouseOver)
        focused = chosen and self._view.hasFocus()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        card = QRectF(option.rect.adjusted(_SIDE, 0, -_SIDE, 0)).adjusted(0.5, 0.5, -0.5, -0.5)
        if chosen:
            painter.setPen(QPen(QColor(theme.accent if focused else theme.line), 1))
            painter.setBrush(QColor(theme.pane if theme.name == "light" else theme.hover))
            painter.drawRoundedRect(card, 8, 8)
        elif over:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.hover))
            painter.drawRoundedRect(card, 8, 8)
        height = QFontMetrics(name).height()
        top, left = option.rect.top() + _PADDING, round(card.left()) + _TEXT_LEFT
        self._paint_dot(painter, QPointF(card.left() + 13, top + height / 2), file)
        painter.setFont(name)
        painter.setPen(QColor(theme.ink))
        width = self._text_width()
        words = painter.fontMetrics().elidedText(
            shown_path(file.path.name), Qt.TextElideMode.ElideMiddle, width
        )
        painter.drawText(QRect(left, top, width, height), Qt.AlignmentFlag.AlignVCenter, words)
        painter.setFont(small)
        painter.setPen(QColor(theme.dim if file.settled else theme.bad))
        said = self._view.files.words(index.row())
        bounds = self._bounds(small, said, width)
        painter.drawText(
            QRect(left, top + height + 1, width, bounds.height()), int(Qt.TextFlag.TextWordWrap), said
        )
        if file.can_be_picked:
            self._paint_tick(painter, self.tick_rect(option.rect), state)
        painter.restore()

    def tick_rect(self, row: QRect) -> QRect:
        """Return where the tick of a row is."""
        name, _small = self._fonts()
        top = row.top() + _PADDING + (QFontMetrics(name).height() - _TICK) // 2
        return QRect(row.right() - _SIDE - _TICK_RIGHT - _TICK + 1, top, _TICK, _TICK)

    def _paint_dot(self, painter: QPainter, centre: QPointF, file: ChangedFile) -> None:
        theme = self.theme
        if not file.settled:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.bad))
            painter.drawEllipse(centre, 4, 4)
        elif file.edited_here or file.goes_along:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.accent))
            painter.drawEllipse(centre, 4, 4)
        else:
            painter.setPen(QPen(QColor(theme.dim), 1.4))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(centre, 3.3, 3.3)

    def _paint_tick(self, painter: QPainter, place: QRect, state: str) -> None:
        if state == NONE:
            painter.setPen(QPen(QColor(self.theme.faint), 1.2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(place).adjusted(2, 2, -2, -2), 3, 3)
            return
        drawing = "check" if state == ALL else "minus"
        scale = self._view.devicePixelRatioF()
        painter.drawPixmap(place.topLeft(), pixmap(drawing, self.theme.accent, _TICK, scale))

    def _fonts(self) -> tuple[QFont, QFont]:
        name = QFont(self._view.font())
        name.setWeight(QFont.Weight.Medium)
        small = QFont(self._view.font())
        if small.pixelSize() > 0:
            small.setPixelSize(max(9, small.pixelSize() - 1))
        else:
            small.setPointSizeF(small.pointSizeF() * 0.92)
        return name, small

    def _text_width(self) -> int:
        return max(
            40, self._view.viewport().width() - 2 * _SIDE - _TEXT_LEFT - _TICK - _TICK_RIGHT - _PADDING
        )

    def _bounds(self, font: QFont, words: str, width: int) -> QRect:
        return QFontMetrics(font).boundingRect(QRect(0, 0, width, 1000), int(Qt.TextFlag.TextWordWrap), words)


class ChangesList(QListView):
    """The files, walked by arrow keys, ticked by Space or a click on the tick.

    Signals:
        chosen: the ChangedFile that is to be shown.
        toggled: (a ChangedFile, whether it is to be committed).
        many_toggled: (several ChangedFiles, whether they are to be committed).
        menu_wanted: (a ChangedFile, the place on the screen).
    """

    chosen = Signal(object)
    toggled = Signal(object, bool)
    many_toggled = Signal(object, bool)
    menu_wanted = Signal(object, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("changedFiles")
        self.setAccessibleName(_("Changed files"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.files = ChangesModel(self)
        self.setModel(self.files)
        self._delegate = _Delegate(self)
        self.setItemDelegate(self._delegate)
        self._key = ""
        """The file that is shown."""
        self._filling = False
        self.files.toggled.connect(self.toggled)
        self.selectionModel().currentChanged.connect(self._on_current)
        self.customContextMenuRequested.connect(self._on_menu)

    @property
    def current(self) -> ChangedFile | None:
        """The file that is shown."""
        return self.files.file(self.files.row_of(self._key))

    def show_files(self, files: Sequence[ChangedFile], states: Sequence[str], shown: Path | None) -> None:
        """Show `files`; the one that was chosen stays so, else the one next to it is."""
        before = self.files.row_of(self._key)
        self._filling = True
        self.files.show_files(files, states, shown)
        row = self.files.row_of(self._key)
        if row < 0 and files:
            row = min(max(before, 0), len(files) - 1)
            self._key = files[row].key
        elif row < 0:
            self._key = ""
        if row >= 0:
            self.setCurrentIndex(self.files.index(row))
        self._filling = False
        self.scheduleDelayedItemsLayout()
        self.updateGeometry()

    def choose(self, key: str) -> bool:
        """Show the file that git calls `key`, and return whether there is one."""
        row = self.files.row_of(key)
        if row >= 0:
            self.setCurrentIndex(self.files.index(row))
        return row >= 0

    def sizeHint(self) -> QSize:
        """As high as all rows are together (Qt)."""
        return QSize(super().sizeHint().width(), self.content_height() + 2)

    def minimumSizeHint(self) -> QSize:
        """As high as all rows are together: what the list stands in scrolls (Qt)."""
        return QSize(super().minimumSizeHint().width(), self.content_height() + 2)

    def content_height(self) -> int:
        """Return how high all rows are together."""
        option = QStyleOptionViewItem()
        rows = range(self.files.rowCount())
        return sum(self._delegate.sizeHint(option, self.files.index(row)).height() for row in rows)

    def set_theme(self, theme: Theme) -> None:
        """Colour the rows."""
        self._delegate.theme = theme
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the rows out for the new width (Qt)."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.scheduleDelayedItemsLayout()
            self.updateGeometry()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Tick by a click on the tick (Qt)."""
        index = self.indexAt(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and index.isValid():
            place = self._delegate.tick_rect(self.visualRect(index)).adjusted(-6, -8, 8, 8)
            if place.contains(event.position().toPoint()):
                self._toggle(index)
                return
        super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Take the second click for one more (Qt)."""
        self.mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tick by Space (Qt)."""
        if event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Select) and self.currentIndex().isValid():
            self._toggle_selected()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Draw the frame of the chosen row anew as the focus comes and goes (Qt)."""
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.viewport().update()
        return super().event(event)

    def all_state(self) -> Qt.CheckState:
        """Return whether all files that can be ticked are, none is, or some."""
        model = self.files
        can = [row for row in range(model.rowCount()) if self._can_be_picked(row)]
        states = {model.state(row) for row in can}
        if states == {ALL}:
            return Qt.CheckState.Checked
        return Qt.CheckState.Unchecked if states <= {NONE} else Qt.CheckState.PartiallyChecked

    def toggle_all(self, picked: bool) -> None:
        """Tick all files, or none."""
        self._toggle_rows(range(self.files.rowCount()), picked)

    def _can_be_picked(self, row: int) -> bool:
        file = self.files.file(row)
        return file is not None and file.can_be_picked

    def _toggle_selected(self) -> None:
        """Tick what is selected; where all of that is ticked, untick it."""
        rows = sorted(index.row() for index in self.selectedIndexes())
        if len(rows) < 2:
            self._toggle(self.currentIndex())
            return
        wanted = any(self._can_be_picked(row) and self.files.state(row) != ALL for row in rows)
        self._toggle_rows(rows, wanted)

    def _toggle_rows(self, rows: Sequence[int], picked: bool) -> None:
        files = [self.files.file(row) for row in rows if self._can_be_picked(row)]
        if files:
            self.many_toggled.emit(files, picked)

    def _toggle(self, index: QModelIndex) -> None:
        picked = self.files.state(index.row()) != ALL
        value = Qt.CheckState.Checked if picked else Qt.CheckState.Unchecked
        self.files.setData(index, value, Qt.ItemDataRole.CheckStateRole)

    def _on_current(self, index: QModelIndex, _before: QModelIndex) -> None:
        file = self.files.file(index.row())
        if file is not None and not self._filling and file.key != self._key:
            self._key = file.key
            self.chosen.emit(file)

    def _on_menu(self, place: QPoint) -> None:
        file = self.files.file(self.indexAt(place).row())
        if file is not None:
            self.menu_wanted.emit(file, self.viewport().mapToGlobal(place))
