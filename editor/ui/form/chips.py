"""The widget of a list of words: chips, and a line to add one."""

from PySide6.QtCore import QEvent, QModelIndex, QObject, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QIcon, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from editor.errors import FrontMatterError
from editor.schema import kinds
from editor.schema.content_type import Field
from editor.translation import gettext as _
from editor.ui.form.field_editor import FieldEditor
from editor.ui.form.flow_layout import FlowLayout
from editor.ui.form.inputs import InputLine
from editor.ui.form.rows import RowState
from editor.ui.form.suggestion_popup import SuggestionPopup
from editor.ui.icons import icon
from editor.ui.theme import Theme

_LINE_ROOM = 16
"""Pixels that the line needs beside its text."""
_LINE_MOST = 120
"""Pixels from which on a text scrolls in its line."""


class Chip(QFrame):
    """One word of the list, with a button that removes it.

    Signals:
        removal_wanted: by the button, or by Delete or Backspace on the chip.
        left, right: the arrow keys, to go to the neighbour.
    """

    removal_wanted = Signal()
    left = Signal()
    right = Signal()

    def __init__(self, word: str, note: str, close: QIcon, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.word = word
        self.setProperty("look", "chip")
        self.setFocusPolicy(
            Qt.FocusPolicy.ClickFocus
        )  # Tab goes through the fields; the arrows through the chips
        self.setAccessibleName(word)
        self._label = QLabel(word, self)
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self._label.setMinimumWidth(1)  # a word that is longer than the line is cut off
        self.setToolTip(note or word)
        self._button = QToolButton(self)
        self._button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._button.setAccessibleName(_("Remove {word}").format(word=word))
        self._button.setToolTip(_("Remove"))
        self._button.setIconSize(QSize(10, 10))
        self._button.clicked.connect(self.removal_wanted)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(8, 0, 2, 0)
        layout.setSpacing(1)
        layout.addWidget(self._label, 1)
        layout.addWidget(self._button)
        self.set_icon(close)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), 22)

    def set_icon(self, close: QIcon) -> None:
        """Take the picture of the button."""
        self._button.setIcon(close)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removal_wanted.emit()
        elif event.key() == Qt.Key.Key_Left:
            self.left.emit()
        elif event.key() == Qt.Key.Key_Right:
            self.right.emit()
        else:
            super().keyPressEvent(event)


class ChipsBox(QFrame):
    """The frame that looks like one input and holds the chips and the line."""

    def __init__(self, line: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "chips")
        self._line = line
        self.setCursor(Qt.CursorShape.IBeamCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._line.setFocus(Qt.FocusReason.MouseFocusReason)
        event.accept()

    def show_focus(self, focused: bool) -> None:
        """Draw the border of an input that has the focus, or of one that has not."""
        if bool(self.property("focused")) != focused:
            self.setProperty("focused", focused)
            self.style().unpolish(self)
            self.style().polish(self)


class _ChipLine(InputLine):
    """The line of a chips box.

    Signals:
        added: the text that stands there is to become a chip.
        stepped_back: Backspace or Left at the start: to the last chip, and whether to remove it.
        asked: Down: show what there is to choose from.
        entered, left: the focus came, or went elsewhere.
    """

    added = Signal()
    stepped_back = Signal(bool)
    asked = Signal()
    entered = Signal()
    left = Signal()

    def fit(self) -> None:
        """Ask for the room that the text needs, and for none while there is neither a text nor a caret."""
        width = 1
        if self.text() or self.hasFocus():
            width = min(_LINE_ROOM + self.fontMetrics().horizontalAdvance(self.text()), _LINE_MOST)
        if width != self.minimumWidth():
            self.setMinimumWidth(width)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        at_start = self.cursorPosition() == 0 and not self.hasSelectedText()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) or event.text() == ",":
            self.added.emit()
            event.accept()
        elif key == Qt.Key.Key_Backspace and at_start and not self.text():
            self.stepped_back.emit(True)
        elif key == Qt.Key.Key_Left and at_start:
            self.stepped_back.emit(False)
        elif key == Qt.Key.Key_Down:
            self.asked.emit()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.fit()
        self.entered.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.fit()
        # Another window, or the popup of suggestions, in front for a while: the writer is not done here.
        if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
            self.left.emit()


class ListEditor(FieldEditor):
    """A list of words as chips: Enter or a comma adds, Backspace at the start removes."""

    keeps_typed = True

    def __init__(self, field: Field, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(field, theme, parent)
        self._chips: list[Chip] = []
        self._names: dict[str, str] = {}
        self._close: QIcon | None = None
        self._line = _ChipLine(self)
        self._line.setFrame(False)
        self._line.fit()
        self._line.textChanged.connect(self._line.fit)
        self._box = ChipsBox(self._line, self)
        self._flow = FlowLayout(self._box)
        self._flow.setContentsMargins(4, 3, 4, 3)
        self._flow.addWidget(self._line)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._box)
        self._popup = SuggestionPopup(theme, self)
        self._popup.setWidget(self._line)
        self._popup.activated[QModelIndex].connect(self._suggestion_chosen)  # type: ignore[index]
        self._line.textEdited.connect(self._text_edited)
        self._line.added.connect(self._add_typed)
        self._line.stepped_back.connect(self._step_back)
        self._line.asked.connect(lambda: self._popup.offer(self._line.text(), self._box))
        self._line.entered.connect(lambda: self._box.show_focus(True))
        self._line.left.connect(self._leave)

    def control(self) -> QWidget:
        return self._line

    def framed(self) -> list[QWidget]:
        return [self._box]

    def words(self) -> list[str]:
        """Return the words that are shown as chips."""
        return [chip.word for chip in self._chips]

    def show_value(self, state: RowState) -> None:
        value = state.value if isinstance(state.value, list) else []
        self._show_chips([_chip_text(entry) for entry in value])
        self._show_placeholder()
        self._offer_rest()

    def show_words(self, state: RowState) -> None:
        self._names = {entry.value: entry.name for entry in state.suggestions if entry.name}
        self._show_placeholder()
        self._offer_rest()

    def finish(self) -> None:
        if self._line.text().strip():
            self._add_typed()

    def drop_typed(self) -> None:
        self._popup.hide()
        self._line.clear()

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        self._popup.set_theme(theme)
        self._close = None
        for chip in self._chips:
            chip.set_icon(self._close_icon())

    def set_editable(self, editable: bool) -> None:
        self._box.setEnabled(editable)

    def eventFilter(self, chip: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self._box.show_focus(event.type() == QEvent.Type.FocusIn)
        return super().eventFilter(chip, event)

    def _show_chips(self, words: list[str]) -> None:
        """Make the chips those of `words`, and touch only the ones that differ."""
        shown = self.words()
        if words == shown:
            return
        start = 0
        while start < min(len(words), len(shown)) and words[start] == shown[start]:
            start += 1
        kept = 0
        while kept < min(len(words), len(shown)) - start and words[-1 - kept] == shown[-1 - kept]:
            kept += 1
        end = len(shown) - kept
        for chip in self._chips[start:end]:
            self._flow.removeWidget(chip)
            if chip.hasFocus():
                self._line.setFocus()
            chip.hide()
            chip.deleteLater()
        made = [self._make_chip(word) for word in words[start : len(words) - kept]]
        self._chips[start:end] = made
        for offset, chip in enumerate(made):
            self._flow.insert_widget(start + offset, chip)
            chip.show()
        self._box.updateGeometry()

    def _make_chip(self, word: str) -> Chip:
        chip = Chip(word, self._names.get(word, ""), self._close_icon(), self._box)
        chip.removal_wanted.connect(lambda: self._remove(chip))
        chip.left.connect(lambda: self._focus_chip(self._chips.index(chip) - 1))
        chip.right.connect(lambda: self._focus_chip(self._chips.index(chip) + 1))
        chip.installEventFilter(self)
        return chip

    def _close_icon(self) -> QIcon:
        if self._close is None:
            self._close = icon("close", self.theme.accent, disabled=self.theme.faint, size=10)
        return self._close

    def _focus_chip(self, position: int) -> None:
        if 0 <= position < len(self._chips):
            self._chips[position].setFocus(Qt.FocusReason.OtherFocusReason)
        elif position >= len(self._chips):
            self._line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _remove(self, chip: Chip) -> None:
        position = self._chips.index(chip)
        had_focus = chip.hasFocus()
        self.list_removed.emit(self.field.key, chip.word)
        if had_focus and chip not in self._chips:
            self._focus_chip(min(position, len(self._chips)))

    def _step_back(self, remove: bool) -> None:
        if not self._chips:
            return
        if remove:
            self._remove(self._chips[-1])
        else:
            self._focus_chip(len(self._chips) - 1)

    def _text_edited(self, text: str) -> None:
        self.object_to("")
        if "," in text:  # pasted: what stands between the commas becomes chips, the rest stays to be typed on
            *whole, rest = text.split(",")
            self._line.setText(rest.lstrip())
            refused = [word.strip() for word in whole if not self._add(word)]
            if refused:  # nothing that was typed is lost
                self._line.setText(" ".join([*refused, rest.strip()]).strip())
            self._popup.hide()
        elif text.strip():
            self._popup.offer(text, self._box)
        else:
            self._popup.hide()

    def _add_typed(self) -> None:
        word = self._popup.chosen() or self._line.text()
        self._popup.hide()
        if self._add(word):
            self._line.clear()

    def _suggestion_chosen(self, index: QModelIndex) -> None:
        if self._add(str(index.data())):
            self._line.clear()

    def _add(self, word: str) -> bool:
        """Ask for `word` to be added; return whether it is (or was) in the list."""
        word = word.strip()
        if not word or word in self.words():
            return True
        try:
            kinds.parse(self.field, f"[{_quoted(word)}]")
        except FrontMatterError as error:
            self.object_to(error.message)
            return False
        self.object_to("")
        return self.is_granted(lambda: self.list_added.emit(self.field.key, word))

    def _leave(self) -> None:
        self._box.show_focus(False)
        self._popup.hide()
        self.finish()

    def _show_placeholder(self) -> None:
        placeholder = "" if self._chips else self.state.placeholder
        if self._line.placeholderText() != placeholder:
            self._line.setPlaceholderText(placeholder)

    def _offer_rest(self) -> None:
        self._popup.show_suggestions(self.state.suggestions, frozenset(self.words()))


def _chip_text(entry: object) -> str:
    """Return a list's entry as the file writes it."""
    if isinstance(entry, bool):
        return "true" if entry else "false"
    return str(entry)


def _quoted(word: str) -> str:
    """Return `word` as a YAML text in quotes."""
    return "'" + word.replace("'", "''") + "'"
