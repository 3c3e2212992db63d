"""The card above the fields: what the next build does with the post, and Publish or Unpublish."""

import re
from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QVBoxLayout, QWidget

from editor.site.verdict import Verdict
from editor.translation import gettext as _
from editor.ui.form.flow_layout import FlowLayout

_ZERO_WIDTH_SPACE = "\u200b"
_WORD_JOINER = "\u2060"
_LONG = 28
"""A word with more characters may not fit into a line of the card."""
_BREAK = re.compile(r"(?<=.)([/_.-])(?=.)")
_CODE_MARKUP = r'<span style="font-family: JetBrains Mono, monospace; font-size: 12px">\1</span>'
_CODE = re.compile(r"`([^`]*)`")


class VerdictCard(QFrame):
    """Shows a Verdict; hidden until it has one.

    Signals:
        publish_wanted, unpublish_wanted: the writer wants the act.
        update_wanted: the post shall say that it was changed today.
    """

    publish_wanted = Signal()
    unpublish_wanted = Signal()
    update_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("verdictCard")
        self._verdict: Verdict | None = None
        self._headline = self._label("verdictHeadline")
        self._sentence = self._label("verdictSentence")
        self._reasons = self._label("verdictReasons")
        self._facts = self._label("verdictFacts")
        self._publish = self._button("publishButton", _("Publish"))
        self._publish.setToolTip(_("Make the next build publish this post; undo takes it back"))
        self._publish.clicked.connect(self.publish_wanted)
        self._unpublish = self._button("unpublishButton", _("Unpublish"))
        self._unpublish.setToolTip(_("Make this post a draft; undo takes it back"))
        self._unpublish.clicked.connect(self.unpublish_wanted)
        self._update = self._button("updateButton", _("Set as updated today"))
        self._update.clicked.connect(self.update_wanted)
        self._pressed = self._publish
        self._foot = QWidget(self)
        foot = FlowLayout(self._foot, spacing=8, last_fills=False)
        foot.setContentsMargins(0, 6, 0, 0)
        for button in self._buttons():
            foot.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 10, 12, 10)
        layout.setSpacing(3)
        for part in (self._headline, self._sentence, self._reasons, self._facts, self._foot):
            layout.addWidget(part)
        self.hide()

    @property
    def verdict(self) -> Verdict | None:
        """What is shown, or None."""
        return self._verdict

    def show_verdict(self, verdict: Verdict | None, *, editable: bool = True, update: bool = False) -> None:
        """Show `verdict`; None hides the card.

        `editable` is whether the post can be changed at all, `update` whether it can be said to be updated.
        """
        self._verdict = verdict
        if verdict is None:
            self.hide()
            return
        _show(self._headline, verdict.headline)
        _show(self._sentence, verdict.sentence)
        _show(self._reasons, "\n".join(verdict.reasons))
        _show(self._facts, verdict.facts)
        self._hold_focus()  # Qt would give it to the next field when its button is hidden
        self._publish.setVisible(editable and verdict.can_publish)
        self._unpublish.setVisible(editable and verdict.can_unpublish)
        self._update.setVisible(editable and update)
        self._foot.setVisible(editable and (verdict.can_publish or verdict.can_unpublish or update))
        for button in self._buttons():
            button.setEnabled(True)
        self.setAccessibleName(verdict.line)
        self.setAccessibleDescription(" ".join((*verdict.reasons, verdict.facts)).strip())
        self.setToolTip(verdict.line)
        if self.property("tone") != verdict.tone:
            self.setProperty("tone", verdict.tone)
            for widget in (self, self._headline, self._sentence, self._reasons, self._facts):
                widget.style().unpolish(widget)
                widget.style().polish(widget)
        self.show()
        self._give_focus_back()

    def set_busy(self, busy: bool) -> None:
        """Take no click while an act is on its way; the focus waits here for the button that will be there."""
        if busy:
            self._hold_focus()
        for button in self._buttons():
            button.setEnabled(not busy)
        if not busy:
            self._give_focus_back()

    def _buttons(self) -> tuple[QPushButton, QPushButton, QPushButton]:
        return self._publish, self._unpublish, self._update

    def _hold_focus(self) -> None:
        """Take the focus from the button that has it, and remember which one that was."""
        held = next((button for button in self._buttons() if button.hasFocus()), None)
        if held is not None:
            self._pressed = held
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _give_focus_back(self) -> None:
        """Give the focus to the button that had it, or to the one that stands in its place."""
        if not self.hasFocus():
            return  # the writer has gone on
        there = [button for button in self._buttons() if button.isVisible() and button.isEnabled()]
        if there:
            (self._pressed if self._pressed in there else there[0]).setFocus(Qt.FocusReason.OtherFocusReason)

    def _label(self, name: str) -> QLabel:
        label = QLabel(self)
        label.setObjectName(name)
        label.setWordWrap(True)
        label.setTextFormat(Qt.TextFormat.RichText)
        return label

    def _button(self, name: str, words: str) -> QPushButton:
        button = QPushButton(words, self)
        button.setObjectName(name)
        button.setAccessibleName(words)
        button.setAutoDefault(False)
        return button


def _show(label: QLabel, text: str) -> None:
    """Show the text, its `code` set as such; empty hides the label.

    A long address may break behind its slashes and hyphens: the card does not grow wider for it.
    """
    words = [
        _BREAK.sub(rf"\1{_ZERO_WIDTH_SPACE}", word) if len(word) > _LONG else word for word in text.split(" ")
    ]
    shown = re.sub(r"(?<![^ ])/", f"/{_WORD_JOINER}", " ".join(words))
    markup = _CODE.sub(_CODE_MARKUP, escape(shown))
    markup = markup.replace("\n", "<br>")
    if label.text() != markup:
        label.setText(markup)
        label.setAccessibleName(text)
    label.setVisible(bool(text))
