"""What a field is called: its label, and in the place of that a line when it is to be called otherwise."""

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from editor.translation import gettext as _
from editor.ui.form.inputs import NameLine


class FieldLabel(QLabel):
    """The words. A menu holds what can be done with the field; a click goes to the widget.

    Signals:
        menu_wanted: where on the screen.
        clicked: to go to the widget.
    """

    menu_wanted = Signal(QPoint)
    clicked = Signal()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu_wanted.emit(event.globalPos())
        event.accept()

    def mousePressEvent(self, _event: QMouseEvent) -> None:
        self.clicked.emit()


class FieldName(QWidget):
    """The label of a field, which becomes a line for the name that it has in the file.

    Signals:
        entered: another name, by Enter.
        edited: the name that was entered is being changed.
        left: the writer lets the field have its name, and the focus was in the line.
    """

    entered = Signal(str)
    edited = Signal()
    left = Signal()

    def __init__(self, key: str, label: str, look: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.label = FieldLabel(label, self)
        self.label.setProperty("look", look)
        self.label.setTextFormat(Qt.TextFormat.PlainText)
        self.label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._key = key
        self._name = ""
        self._line: NameLine | None = None
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.addWidget(self.label, 1)

    def show_words(self, label: str, tip: str) -> None:
        """Show the words, and those of the tool tip."""
        if self.label.text() != label:
            self.label.setText(label)
        if self.label.toolTip() != tip:
            self.label.setToolTip(tip)

    def ask(self, name: str) -> None:
        """Let the writer change `name`, what the field is called in the file."""
        self._name = name
        line = self._line or self._make_line()
        line.setText(name)
        self.label.hide()
        line.show()
        line.selectAll()
        line.setFocus(Qt.FocusReason.OtherFocusReason)

    def give_up(self) -> None:
        """Show the label again."""
        line = self._line
        if line is None or line.isHidden():
            return
        had_focus = line.hasFocus()
        line.hide()
        self.label.show()
        self.edited.emit()
        if had_focus:
            self.left.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._line and event.type() == QEvent.Type.FocusOut:
            self.give_up()
        return super().eventFilter(watched, event)

    def _make_line(self) -> NameLine:
        line = self._line = NameLine(self)
        line.setObjectName(f"rename-{self._key}")
        line.setAccessibleName(_("{label}: name in the file").format(label=self.label.text()))
        line.setToolTip(_("The field’s name in the file: Enter renames it, Esc leaves it"))
        line.returnPressed.connect(self._enter)
        line.given_up.connect(self.give_up)
        line.textEdited.connect(lambda _text: self.edited.emit())
        line.installEventFilter(self)
        self._layout.addWidget(line)
        return line

    def _enter(self) -> None:
        name = self._line.text().strip() if self._line is not None else ""
        if not name or name == self._name:
            self.give_up()
        else:
            self.entered.emit(name)
