"""SocialCard: a post as a link to it is shown elsewhere, in a chat or on a social network (Open Graph)."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QVBoxLayout, QWidget

from editor.site.card import Card, shortened
from editor.translation import gettext as _
from editor.ui.theme import LIGHT, Theme

PICTURE_SIZE = QSize(1200, 630)
"""What networks ask for; a picture is cut to this shape."""

_TITLE, _DESCRIPTION = 90, 120
"""Characters that cards show, about."""


class _Picture(QWidget):
    """The upper part of the card: the picture, cut to the card's shape, or what is said in its place."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("cardPicture")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.image = QImage()
        self.words = ""
        self.theme = LIGHT

    def sizeHint(self) -> QSize:
        """Ask for the height that belongs to the width (Qt)."""
        return QSize(420, 220 if not self.image.isNull() else 84)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the picture (Qt)."""
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        clip = QPainterPath()
        clip.addRoundedRect(QRectF(self.rect()).adjusted(0, 0, 0, 10), 9, 9)
        painter.setClipPath(clip)
        painter.fillRect(self.rect(), QColor(self.theme.background))
        if self.image.isNull():
            painter.setPen(QColor(self.theme.dim))
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(self.rect().adjusted(16, 8, -16, -8), flags, self.words)
            return
        whole = QSize(self.image.size())
        shape = self.size().scaled(whole, Qt.AspectRatioMode.KeepAspectRatio)
        source = QRectF(
            (whole.width() - shape.width()) / 2,
            (whole.height() - shape.height()) / 2,
            shape.width(),
            shape.height(),
        )
        painter.drawImage(QRectF(self.rect()), self.image, source)


class SocialCard(QFrame):
    """Picture, host, title and description."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("socialCard")
        self.setAccessibleName(_("As a link is shown when it is shared"))
        self._card = QFrame(self)
        self._picture = _Picture(self._card)
        self._host = QLabel(self._card)
        self._title = QLabel(self._card)
        self._description = QLabel(self._card)
        inner = QVBoxLayout(self._card)
        inner.setContentsMargins(1, 1, 1, 1)
        inner.setSpacing(0)
        inner.addWidget(self._picture)
        words = QVBoxLayout()
        words.setContentsMargins(15, 10, 15, 13)
        words.setSpacing(3)
        for label in (self._host, self._title, self._description):
            label.setTextFormat(Qt.TextFormat.PlainText)
            words.addWidget(label)
        for label in (self._title, self._description):
            label.setWordWrap(True)
        inner.addLayout(words)
        self.note = QLabel(self)
        self.note.setWordWrap(True)
        self.note.setTextFormat(Qt.TextFormat.PlainText)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self._card)
        layout.addWidget(self.note)

    @property
    def texts(self) -> tuple[str, str, str]:
        """What is shown: host, title and description."""
        return self._host.text(), self._title.text(), self._description.text()

    @property
    def picture(self) -> QImage:
        """The picture that is shown; a null one where there is none."""
        return self._picture.image

    def show_card(self, card: Card, picture: QImage) -> None:
        """Show `card` with its `picture`, which is null where there is none."""
        self._host.setText(card.host or _("your site"))
        self._title.setText(shortened(card.title, _TITLE))
        self._description.setText(shortened(card.description, _DESCRIPTION))
        self._description.setVisible(bool(card.description))
        self._picture.image = picture
        self._picture.words = _words(card, picture)
        self._picture.setAccessibleName(self._picture.words or _("Picture of the card"))
        self._picture.setFixedHeight(self._picture.sizeHint().height())
        self._picture.update()
        small = not picture.isNull() and (picture.width() < 600 or picture.height() < 315)
        self.note.setText(
            _("The picture has {width} × {height} pixels: below 600 × 315, many sites show it small.").format(
                width=picture.width(), height=picture.height()
            )
            if small
            else ""
        )
        self.note.setVisible(small)

    def set_theme(self, theme: Theme) -> None:
        """Take over colours."""
        self._card.setStyleSheet(
            f"QFrame {{ background: {theme.pane}; border: 1px solid {theme.line}; border-radius: 10px; }}"
            "QLabel { border: none; background: transparent; }"
        )
        self._host.setStyleSheet(f"color: {theme.dim}; font-size: 12px;")
        self._title.setStyleSheet(f"color: {theme.ink}; font-size: 14px; font-weight: 600;")
        self._description.setStyleSheet(f"color: {theme.dim}; font-size: 13px;")
        self.note.setStyleSheet(f"color: {theme.dim}; font-size: 12px;")
        self._picture.theme = theme
        self._picture.update()


def _words(card: Card, picture: QImage) -> str:
    if not picture.isNull():
        return ""
    if not card.picture:
        return _("The post names no picture: most sites show none, or the one of the whole site.")
    if "//" in card.picture:
        return _("The picture lies on another host and is not loaded here: {address}").format(
            address=card.picture
        )
    return _("There is no picture “{address}” in the site").format(address=card.picture)
