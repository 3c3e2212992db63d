"""SeenWindow: the post as others see it: in lists and feeds, in a search, as a link that is shared."""

from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QFont, QImage
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from editor.site.card import Card
from editor.site.excerpts import MARK, Excerpt
from editor.translation import gettext as _
from editor.ui.as_seen.search_result import SearchResult
from editor.ui.as_seen.social_card import SocialCard
from editor.ui.preview.preview_view import PreviewView
from editor.ui.tasks import Tasks
from editor.ui.theme import Theme


class SeenWindow(QDialog):
    """A window beside the main one, which follows what is typed.

    Signals:
        line_wanted: a line of the post (from 0), whose mark is to be looked at.
        closed: the window was closed.
    """

    line_wanted = Signal(int)
    closed = Signal()

    def __init__(self, tasks: Tasks, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("asSeen")
        self.setWindowTitle(_("As others see it"))
        self.setAccessibleName(self.windowTitle())
        self.resize(1000, 700)
        self._line: int | None = None
        self._shown: tuple[str, str] | None = None
        self._revision = 0
        self.search = SearchResult(self)
        self.card = SocialCard(self)
        self.preview = PreviewView(tasks, self)
        self.preview.setAccessibleName(_("Excerpt"))
        self.preview.web.setAccessibleName(_("Excerpt"))
        self.words = QLabel(self)
        self.words.setObjectName("excerptWords")
        self.words.setProperty("dim", True)
        self.words.setWordWrap(True)
        self.warning = QLabel(self)
        self.warning.setObjectName("excerptWarning")
        self.warning.setWordWrap(True)
        self._go = QPushButton(_("Show it in the text"), self)
        self._go.setObjectName("showMark")
        self._go.setAutoDefault(False)
        self._go.clicked.connect(lambda: self.line_wanted.emit(self._line if self._line is not None else 0))
        self._warned = QFrame(self)
        warned = QHBoxLayout(self._warned)
        warned.setContentsMargins(12, 8, 8, 8)
        warned.addWidget(self.warning, 1)
        warned.addWidget(self._go, 0, Qt.AlignmentFlag.AlignTop)
        self._warned.hide()
        for label in (self.words, self.warning):
            font = label.font()
            font.setFeature(QFont.Tag("calt"), 0)  # else some fonts draw the end of a comment as an arrow
            label.setFont(font)

        side = QWidget(self)
        left = QVBoxLayout(side)
        left.setContentsMargins(20, 18, 14, 20)
        left.setSpacing(8)
        left.addWidget(_heading(_("In a search"), side))
        left.addWidget(self.search)
        left.addSpacing(14)
        left.addWidget(_heading(_("As a link that is shared"), side))
        left.addWidget(self.card)
        left.addStretch(1)
        scroll = QScrollArea(self)
        scroll.setObjectName("asSeenCards")
        scroll.setWidget(side)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFixedWidth(460)
        self._scroll = scroll
        right = QVBoxLayout()
        right.setContentsMargins(14, 18, 20, 20)
        right.setSpacing(8)
        right.addWidget(_heading(_("In lists and in the feed"), self))
        right.addWidget(self.words)
        right.addWidget(self._warned)
        self._frame = QFrame(self)
        framed = QVBoxLayout(self._frame)
        framed.setContentsMargins(1, 1, 1, 1)
        framed.addWidget(self.preview)
        right.addWidget(self._frame, 1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(scroll)
        layout.addLayout(right, 1)
        self.set_theme(theme)

    def show_post(self, name: str) -> None:
        """Make ready for another post."""
        self._shown = None
        self.preview.open_post(name)

    def show_excerpt(self, excerpt: Excerpt, title: str) -> None:
        """Show what lists show; the `title` stands above it, where it is no part of it."""
        self.words.setText(excerpt.words)
        self.warning.setText(excerpt.warning)
        self._warned.setVisible(bool(excerpt.warning) and excerpt.kind != MARK)
        self._line = excerpt.warning_line
        self._go.setVisible(self._line is not None)
        heading = "" if excerpt.titled or not title else f"<h2>{escape(title)}</h2>"
        shown = (heading, excerpt.html)
        if shown != self._shown:
            self._shown = shown
            self._revision += 1
            self.preview.show_patch([(0, None, [(heading, None), (excerpt.html, None)])], 0, self._revision)

    def show_card(self, card: Card, picture: QImage) -> None:
        """Show the card and the result of a search."""
        self.search.show_card(card)
        self.card.show_card(card, picture)

    def set_theme(self, theme: Theme) -> None:
        """Take over colours."""
        self.setStyleSheet(
            f"#asSeen, #asSeenCards, #asSeenCards > QWidget > QWidget {{ background: {theme.side}; }}"
        )
        self._warned.setStyleSheet(
            f"QFrame {{ background: {theme.warn_wash}; border: 1px solid {theme.line}; border-radius: 8px; }}"
            f"QLabel {{ border: none; color: {theme.ink}; background: transparent; }}"
        )
        self._frame.setStyleSheet(f"QFrame {{ background: {theme.pane}; border: 1px solid {theme.line}; }}")
        self.search.set_theme(theme)
        self.card.set_theme(theme)
        self.preview.set_theme(theme)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Say so (Qt)."""
        super().closeEvent(event)
        self.closed.emit()

    def reject(self) -> None:
        """Close as any window: Escape comes here (Qt)."""
        self.close()


def _heading(words: str, parent: QWidget) -> QLabel:
    label = QLabel(words, parent)
    label.setProperty("strong", True)
    return label
