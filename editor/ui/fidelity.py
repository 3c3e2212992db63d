"""The badge that says how true the preview is, and the card that lists what it can't show."""

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QLabel,
    QListWidget,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from editor.translation import gettext as _
from editor.translation import ngettext
from editor.ui.icons import icon
from editor.ui.theme import Theme

_WIDTH = 440
_HIGHEST = 340
"""Pixels of the list; more of it is scrolled."""
_MARGIN = 16
_BETWEEN = 4
"""Pixels below the last row."""


class FidelityBadge(QPushButton):
    """“As published”, or how many things are not; pressed, it tells which.

    Signals:
        trust_wanted: the person wants to trust the site, so that more of it is reproduced.
        web_wanted: the person lets the site's pictures be loaded from the web.
    """

    trust_wanted = Signal()
    web_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("badge")
        self.setAccessibleName(_("How true the preview is"))
        self._said: tuple[str, ...] | None = None
        self._more: tuple[str, ...] = ()
        self._reasons: tuple[str, ...] | None = None
        self._theme: Theme | None = None
        self._trust_offered = self._web_offered = False
        self._wordless = False
        self._python = ""
        self._words = ""
        self.card = FidelityCard(self)
        self.card.trust_button.clicked.connect(self._on_trust)
        self.card.web_button.clicked.connect(self._on_web)
        self.clicked.connect(self.open_card)
        self.hide()

    def show_reasons(self, reasons: tuple[str, ...] | None) -> None:
        """Say what of the published page is not reproduced; empty: all is; None: nothing is shown yet."""
        self._said = reasons
        self._reasons = reasons = None if reasons is None else (*reasons, *self._more)
        self.setVisible(reasons is not None)
        if reasons is None:
            self.card.hide()
            return
        self.setProperty("exact", not reasons)
        if reasons:
            words = ngettext("{count} difference", "{count} differences", len(reasons))
            self._words = words.format(count=len(reasons))
            self.setToolTip(_("What the published page may show otherwise"))
        else:
            self._words = _("As published")
            self.setToolTip(_("Rendered with the extensions and options of the site's own configuration"))
        self.setText("" if self._wordless else self._words)
        self.setAccessibleDescription("\n".join([self._words, *reasons]))
        self._fill_card()
        self._colour()

    def show_more(self, reasons: tuple[str, ...]) -> None:
        """Say what else may differ, in the look that is shown."""
        if reasons != self._more:
            self._more = reasons
            self.show_reasons(self._said)

    @property
    def words(self) -> str:
        """What it says, or would say where there is room for it."""
        return self._words

    @property
    def words_width(self) -> int:
        """How many pixels the words take."""
        return self.fontMetrics().horizontalAdvance(self._words)

    def set_wordless(self, wordless: bool) -> None:
        """Show the mark alone, where there is no room for words."""
        self._wordless = wordless
        self.setText("" if wordless else self._words)

    def offer_trust(self, offered: bool) -> None:
        """Say whether more would be reproduced if the site were trusted."""
        self._trust_offered = offered
        self._fill_card()

    def offer_web(self, offered: bool) -> None:
        """Say whether more would be shown if the site's pictures might be loaded from the web."""
        if offered != self._web_offered:
            self._web_offered = offered
            self._fill_card()

    def show_python(self, python: str) -> None:
        """Say which Python of the site's own renders the page; empty: none does."""
        self._python = python
        self._fill_card()

    def open_card(self) -> None:
        """Show the list below the badge, with the keyboard in it."""
        if self._reasons is None:
            return
        self.card.adjustSize()
        corner = self.mapToGlobal(QPoint(self.width() - self.card.width(), self.height() + 4))
        screen = self.screen().availableGeometry()
        left = max(screen.left(), min(corner.x(), screen.right() - self.card.width()))
        self.card.move(left, corner.y())
        self.card.show()
        self.card.take_focus()

    def set_theme(self, theme: Theme) -> None:
        """Colour the badge."""
        self._theme = theme
        self._colour()

    def _on_trust(self) -> None:
        self.card.hide()
        self.trust_wanted.emit()

    def _on_web(self) -> None:
        self.card.hide()
        self.web_wanted.emit()

    def _fill_card(self) -> None:
        reasons = self._reasons or ()
        self.card.offer_web(self._web_offered and bool(reasons))
        self.card.show_reasons(reasons, self._trust_offered and bool(reasons), self._python)

    def _colour(self) -> None:
        if self._theme is None or self._reasons is None:
            return
        exact = not self._reasons
        self.setIcon(
            icon("check" if exact else "alert", self._theme.good if exact else self._theme.warn, size=14)
        )
        self.style().unpolish(self)
        self.style().polish(self)


class FidelityCard(QFrame):
    """The list of what is not reproduced, in whole sentences; any click beside it, and Escape, close it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("fidelityCard")
        self.setFixedWidth(_WIDTH)
        self._title = QLabel(self)
        self._title.setProperty("strong", True)
        self._words = QLabel(self)
        self._words.setProperty("dim", True)
        self._words.setWordWrap(True)
        self.list = QListWidget(self)
        self.list.setObjectName("fidelityList")
        self.list.setAccessibleName(_("What the published page may show otherwise"))
        self.list.setWordWrap(True)
        self.list.setFixedWidth(_WIDTH - 2 * _MARGIN)
        self.list.setSpacing(2)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.trust_button = QPushButton(_("Trust this site…"), self)
        self.trust_button.setObjectName("trustFromBadge")
        self.web_button = QPushButton(_("Load this site's pictures from the web"), self)
        self.web_button.setObjectName("webFromBadge")
        self.web_button.setToolTip(
            _("Those who keep them are asked for them, each time that they are not in the cache")
        )
        self.web_button.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(_MARGIN, 14, _MARGIN, 14)
        layout.setSpacing(8)
        for part in (self._title, self._words, self.list):
            layout.addWidget(part)
        layout.addWidget(self.trust_button, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self.web_button, 0, Qt.AlignmentFlag.AlignLeft)

    def show_reasons(self, reasons: tuple[str, ...], offers_trust: bool, python: str = "") -> None:
        """List the sentences; without any, say that the page is as published.

        `python` is the site's own, where that renders; `offers_trust`: whether more is reproduced in a trusted site.
        """
        self._title.setText(_("What may differ from the published page") if reasons else _("As published"))
        if offers_trust:
            words = _("A trusted site is rendered by its own Python and extensions.")
        elif python:
            words = _("The site's own Python is used: {python}").format(python=python)
        else:
            words = _("Rendered with the extensions and options of the site's own configuration.")
        self._words.setText(words)
        self._words.setVisible(offers_trust or bool(python) or not reasons)
        shown = [self.list.item(row).text() for row in range(self.list.count())]
        if shown != list(reasons):
            self.list.clear()
            self.list.addItems(list(reasons))
        self.list.setVisible(bool(reasons))
        self.trust_button.setVisible(offers_trust)
        self._fit()

    def offer_web(self, offered: bool) -> None:
        """Show the button that lets pictures be loaded from the web, or not."""
        self.web_button.setVisible(offered)

    def take_focus(self) -> None:
        """Put the keyboard into the list, at its beginning."""
        if self.list.isVisible():
            self.list.setFocus(Qt.FocusReason.PopupFocusReason)
            self.list.setCurrentRow(0)
        else:
            self.setFocus(Qt.FocusReason.PopupFocusReason)

    def showEvent(self, event: QShowEvent) -> None:
        """Fit the list to its sentences, whose height is known now."""
        super().showEvent(event)
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close on Escape."""
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
        else:
            super().keyPressEvent(event)

    def _fit(self) -> None:
        """Make the list as high as its sentences, up to a limit: how they wrap is known once they are laid out."""
        shown = self.list
        shown.ensurePolished()
        shown.setFixedHeight(_HIGHEST)
        shown.resize(shown.width(), _HIGHEST)
        shown.doItemsLayout()
        last = shown.visualItemRect(shown.item(shown.count() - 1)) if shown.count() else shown.rect()
        bottom = last.bottom() + shown.verticalScrollBar().value()
        shown.setFixedHeight(min(_HIGHEST, bottom + _BETWEEN))
        self.adjustSize()
