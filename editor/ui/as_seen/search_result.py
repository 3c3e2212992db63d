"""SearchResult: a post as the result of a search shows it."""

from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from editor.site.card import DESCRIPTION_LENGTH, TITLE_LENGTH, Card
from editor.translation import gettext as _
from editor.ui.theme import Theme


class SearchResult(QFrame):
    """Where the page is, its title and its description, each cut as search engines cut it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("searchResult")
        self.setAccessibleName(_("As a search result"))
        self._place = self._label(wraps=False)
        self._title = self._label()
        self._description = self._label()
        self.note = self._label()
        self.note.setObjectName("searchNote")
        card = QFrame(self)
        inner = QVBoxLayout(card)
        inner.setContentsMargins(16, 14, 16, 14)
        inner.setSpacing(4)
        for label in (self._place, self._title, self._description):
            inner.addWidget(label)
        self._card = card
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(card)
        layout.addWidget(self.note)

    def _label(self, *, wraps: bool = True) -> QLabel:
        label = QLabel(self)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(wraps)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        return label

    @property
    def texts(self) -> tuple[str, str, str]:
        """What is shown: place, title and description."""
        return self._place.text(), self._title.text(), self._description.text()

    def show_card(self, card: Card) -> None:
        """Show `card`."""
        place = " › ".join((card.host or _("your site"), *card.trail))
        self._place.setText(self._place.fontMetrics().elidedText(place, Qt.TextElideMode.ElideMiddle, 380))
        self._place.setToolTip(place)
        self._title.setText(card.shown_title)
        self._description.setText(card.shown_description)
        self._description.setVisible(bool(card.description))
        self.note.setText("\n".join(_notes(card)))

    def set_theme(self, theme: Theme) -> None:
        """Take over colours."""
        self._card.setStyleSheet(
            f"QFrame {{ background: {theme.pane}; border: 1px solid {theme.line}; border-radius: 10px; }}"
            "QLabel { border: none; background: transparent; }"
        )
        self._place.setStyleSheet(f"color: {theme.dim}; font-size: 12px;")
        self._title.setStyleSheet(f"color: {theme.accent}; font-size: 18px;")
        self._description.setStyleSheet(f"color: {theme.ink}; font-size: 13px;")
        self.note.setStyleSheet(f"color: {theme.dim}; font-size: 12px;")


def _notes(card: Card) -> list[str]:
    count = QLocale().toString
    said = []
    if len(card.title) > TITLE_LENGTH:
        said.append(
            _("The title has {count} characters: about {shown} are shown.").format(
                count=count(len(card.title)), shown=count(TITLE_LENGTH)
            )
        )
    if not card.description_field:
        said.append(_("There is no description: search engines choose a passage, often the beginning."))
    elif len(card.description) > DESCRIPTION_LENGTH:
        said.append(
            _("The description has {count} characters: about {shown} are shown.").format(
                count=count(len(card.description)), shown=count(DESCRIPTION_LENGTH)
            )
        )
    return said
