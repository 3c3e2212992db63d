"""The button that adds a field: the known ones in a menu, any other by its name."""

import re
from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QPushButton, QVBoxLayout, QWidget

from editor.schema import kinds
from editor.schema.content_type import Field
from editor.translation import gettext as _
from editor.ui.form.inputs import NameLine
from editor.ui.icons import icon
from editor.ui.theme import Theme

_ABOUT_WIDTH = 400
"""Pixels of a description in the menu; its tool tip has all of it."""
_KEY = re.compile(r"[^\W_][\w .-]*")


class AddFieldButton(QWidget):
    """The words "Add field" with their menu, and the line for a name of one's own.

    Signals:
        field_chosen: the Field to add.
    """

    field_chosen = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._fields: list[Field] = []
        self._taken: list[str] = []
        self._button = QPushButton(_("Add field"), self)
        self._button.setObjectName("addField")
        self._button.setProperty("look", "link")
        self._button.setIconSize(QSize(16, 16))
        self._button.setCursor(Qt.CursorShape.PointingHandCursor)
        self._button.clicked.connect(self._show_menu)
        self._name = NameLine(self)
        self._name.setObjectName("newFieldName")
        self._name.setAccessibleName(_("Name of the new field"))
        self._name.setPlaceholderText(_("Name of the new field"))
        self._name.returnPressed.connect(self._add_named)
        self._name.given_up.connect(self.give_up)
        self._name.textEdited.connect(lambda: self._say(""))
        self._name.hide()
        self._hint = QLabel(self)
        self._hint.setProperty("look", "hint")
        self._hint.setProperty("severity", "error")
        self._hint.setWordWrap(True)
        self._hint.hide()
        line = QHBoxLayout()
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self._button)
        line.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self._name)
        layout.addWidget(self._hint)
        layout.addLayout(line)
        self.set_theme(theme)

    def show_fields(self, fields: Sequence[Field], taken: Sequence[str]) -> None:
        """Offer `fields`; the keys `taken` are there already."""
        self._fields, self._taken = list(fields), list(taken)

    def tab_stops(self) -> list[QWidget]:
        """Return what Tab goes through here, in order."""
        return [self._name, self._button]

    def set_theme(self, theme: Theme) -> None:
        """Take the colours."""
        self._theme = theme
        self._button.setIcon(icon("plus", theme.accent, disabled=theme.faint))

    def menu(self) -> QMenu:
        """Return the menu of fields that can be added."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setToolTipsVisible(True)
        for field in self._fields:
            label = kinds.label_of(field)
            about = _whole_words(field.description, menu.fontMetrics(), _ABOUT_WIDTH)
            # Behind a tab, a menu sets what stands there in a column of its own.
            action = menu.addAction(f"{label}\t{about}".rstrip().replace("&", "&&"))
            action.setToolTip(field.description or field.key)
            action.triggered.connect(lambda _checked=False, field=field: self.field_chosen.emit(field))
        if self._fields:
            menu.addSeparator()
        menu.addAction(_("Other field…")).triggered.connect(self.ask_name)
        return menu

    def ask_name(self) -> None:
        """Show the line for a name of one's own."""
        self._name.show()
        self._name.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_menu(self) -> None:
        self.menu().popup(self._button.mapToGlobal(self._button.rect().bottomLeft()))

    def _add_named(self) -> None:
        key = self._name.text().strip()
        if not key:
            return
        if key in self._taken:
            self._say(_("There is a field “{key}” already").format(key=key))
        elif not _KEY.fullmatch(key):
            self._say(
                _("A name has letters, digits, hyphens and underscores: “{key}” has something else").format(
                    key=key
                )
            )
        else:
            self.give_up()
            known = next((field for field in self._fields if field.key == key), None)
            self.field_chosen.emit(known or Field(key, "raw"))

    def give_up(self) -> None:
        """Put the line for a name away, and what was typed in it."""
        self._say("")
        self._name.clear()
        self._name.hide()

    def _say(self, message: str) -> None:
        self._hint.setText(message)
        self._hint.setVisible(bool(message))


def _whole_words(text: str, metrics: QFontMetrics, width: int) -> str:
    """Return the words of `text` that fit into `width` pixels, an ellipsis in the place of the others."""
    if metrics.horizontalAdvance(text) <= width:
        return text
    words = text.split()
    while len(words) > 1 and metrics.horizontalAdvance(" ".join(words) + " …") > width:
        words.pop()
    return metrics.elidedText(" ".join(words) + " …", Qt.TextElideMode.ElideRight, width)
