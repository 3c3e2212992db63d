"""The bar above a page that is compared: which side of it is shown, in which look, and from change to change."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from editor.translation import gettext as _
from editor.translation import ngettext
from editor.ui.fidelity import FidelityBadge
from editor.ui.icons import icon
from editor.ui.published.look_switch import LookSwitch
from editor.ui.theme import LIGHT, Theme
from editor.ui.widgets import icon_button

CHANGES, BEFORE, AFTER = "changes", "before", "after"
_GAP = 24
"""Pixels that stay free between what is left and what is right."""


class ChangesBar(QWidget):
    """Buttons, a count and the badge; what they mean is for others to do.

    Signals:
        side_chosen: CHANGES, BEFORE or AFTER was clicked.
        step_wanted: to the next change (1), or the one before (-1).
    """

    side_chosen = Signal(str)
    step_wanted = Signal(int)

    def __init__(self, owner: QWidget, first: str) -> None:
        """Make the bar for `owner`, in which the keys for the next change work; `first` is chosen."""
        super().__init__(owner)
        self.setObjectName("paneBar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(40)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.buttons: dict[str, QPushButton] = {}
        self._switch = self._make_switch(first)
        self.count = QLabel(self)
        self.count.setObjectName("renderedCount")
        self.count.setProperty("dim", True)
        self.previous = self._action(owner, _("Previous change"), "Alt+Up", -1)
        self.next = self._action(owner, _("Next change"), "Alt+Down", 1)
        self._steps = [icon_button(action, self) for action in (self.previous, self.next)]
        self.published = QAction(_("Published look"), self)
        self.published.setCheckable(True)
        self.look_switch = LookSwitch(self.published, self)
        self.look_switch.hide()
        self.badge = FidelityBadge(self)
        layout = self._layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 0, 12, 0)
        layout.setSpacing(4)
        layout.addWidget(self._switch, 0, Qt.AlignmentFlag.AlignVCenter)
        layout.addSpacing(6)
        layout.addWidget(self.count)
        for button in self._steps:
            layout.addWidget(button)
        layout.addStretch(1)
        layout.addWidget(self.look_switch, 0, Qt.AlignmentFlag.AlignVCenter)
        layout.addSpacing(4)
        layout.addWidget(self.badge)
        self.show_count(0, 0)

    @property
    def side(self) -> str:
        """Which side is chosen."""
        return next(name for name, button in self.buttons.items() if button.isChecked())

    def choose(self, side: str) -> None:
        """Choose a side."""
        self.buttons[side].setChecked(True)

    def show_count(self, number: int, count: int, words: str = "") -> None:
        """Say how many changes there are, or that the one with this number (from 1) is looked at; of none, `words`."""
        if number:
            words = _("{number} of {count}").format(number=number, count=count)
        elif count:
            words = ngettext("{count} change", "{count} changes", count).format(count=count)
        self.count.setText(words)
        for action in (self.previous, self.next):
            action.setEnabled(bool(count))
        self.fit()

    def offer_published(self, offered: bool) -> None:
        """Let the look be chosen, or show Reading alone."""
        if not offered:
            self.published.setChecked(False)
        self.look_switch.setVisible(offered)
        self.fit()

    def set_theme(self, theme: Theme) -> None:
        """Colour the icons."""
        self.previous.setIcon(icon("chevron-up", theme.dim))
        self.next.setIcon(icon("chevron-down", theme.dim))
        self.look_switch.set_theme(theme)
        self.badge.set_theme(theme)

    def fit(self) -> None:
        """Say less where there is no room: of the look, of the badge, then of the changes, whose keys go on working."""
        self.look_switch.set_wordless(False)
        self.badge.set_wordless(False)
        self.count.setVisible(bool(self.count.text()))
        self._show_steps(self.next.isEnabled())
        for say_less in (
            lambda: self.look_switch.set_wordless(True),
            lambda: self.badge.set_wordless(True),
            self.count.hide,
            lambda: self._show_steps(False),
        ):
            self._layout.activate()
            if self._layout.sizeHint().width() + _GAP > self.width():
                say_less()

    def _show_steps(self, shown: bool) -> None:
        for button in self._steps:
            button.setVisible(shown)

    def _make_switch(self, first: str) -> QWidget:
        switch = QWidget(self)
        switch.setObjectName("lookSwitch")
        switch.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        switch.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(switch)
        row.setContentsMargins(1, 1, 1, 1)
        row.setSpacing(0)
        group = QButtonGroup(self)
        for name, words, says in (
            (CHANGES, _("Changes"), _("The page with what changed marked in place")),
            (BEFORE, _("Before"), _("The page as it was")),
            (AFTER, _("After"), _("The page as it is now")),
        ):
            button = self.buttons[name] = QPushButton(words, switch)
            button.setObjectName(f"rendered-{name}")
            button.setCheckable(True)
            button.setProperty("segment", True)
            button.setToolTip(says)
            button.setAccessibleDescription(says)
            button.clicked.connect(lambda _checked=False, name=name: self.side_chosen.emit(name))
            group.addButton(button)
            row.addWidget(button)
        self.buttons[first].setChecked(True)
        return switch

    def _action(self, owner: QWidget, words: str, keys: str, by: int) -> QAction:
        action = QAction(words, owner)
        action.setShortcut(QKeySequence(keys))
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        action.setIcon(icon("chevron-up" if by < 0 else "chevron-down", LIGHT.dim))
        action.triggered.connect(lambda _checked=False: self.step_wanted.emit(by))
        owner.addAction(action)
        return action
