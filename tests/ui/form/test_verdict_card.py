"""The card above the form: what it shows of a verdict, and what it offers."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton

from editor.site.verdict import Verdict
from editor.ui.form.form import FrontMatterForm
from editor.ui.form.verdict_card import VerdictCard
from editor.ui.theme import DARK, LIGHT

PUBLISHED = Verdict(
    "good",
    "Published at /2025/10/11/x/",
    "Published",
    "at /2025/10/11/x/ on the next build",
    facts="date 11 Oct 2025, draft: false",
    state="published",
    published=True,
    can_unpublish=True,
)
DRAFT = Verdict("neutral", "Hidden: draft", "Hidden: draft", "The next build leaves it out", can_publish=True)


@pytest.fixture
def card(qtbot):
    form = FrontMatterForm()
    card = VerdictCard()
    form.set_header_widget(card)
    form.setStyleSheet(LIGHT.style_sheet())
    form.resize(296, 600)
    qtbot.addWidget(form)
    form.show()
    qtbot.waitExposed(form)
    return card


def label(card, name):
    return card.findChild(QLabel, name)


def button(card, name):
    return card.findChild(QPushButton, name)


def test_nothing_is_shown_before_there_is_a_verdict(card):
    assert card.isHidden()
    card.show_verdict(PUBLISHED)
    assert card.isVisible()
    card.show_verdict(None)
    assert card.isHidden()


def test_what_a_verdict_says_is_shown_and_spoken(card):
    card.show_verdict(PUBLISHED)
    assert label(card, "verdictHeadline").accessibleName() == "Published"
    assert label(card, "verdictSentence").accessibleName() == "at /2025/10/11/x/ on the next build"
    assert label(card, "verdictFacts").accessibleName() == "date 11 Oct 2025, draft: false"
    assert label(card, "verdictReasons").isHidden()
    assert card.accessibleName() == "Published at /2025/10/11/x/"
    assert "draft: false" in card.accessibleDescription()


def test_a_draft_can_be_published_and_a_post_unpublished(card, qtbot):
    card.show_verdict(DRAFT)
    assert button(card, "publishButton").isVisible()
    assert not button(card, "unpublishButton").isVisible()
    with qtbot.waitSignal(card.publish_wanted):
        QTest.mouseClick(button(card, "publishButton"), Qt.MouseButton.LeftButton)
    card.show_verdict(PUBLISHED)
    assert not button(card, "publishButton").isVisible()
    with qtbot.waitSignal(card.unpublish_wanted):
        QTest.keyClick(button(card, "unpublishButton"), Qt.Key.Key_Space)


def test_a_post_that_can_not_be_changed_has_no_buttons(card):
    card.show_verdict(DRAFT, editable=False, update=True)
    assert not any(found.isVisible() for found in card.findChildren(QPushButton))


def test_updated_is_offered_and_not_forced(card, qtbot):
    card.show_verdict(PUBLISHED)
    assert not button(card, "updateButton").isVisible()
    card.show_verdict(PUBLISHED, update=True)
    with qtbot.waitSignal(card.update_wanted):
        button(card, "updateButton").click()


def test_no_click_is_taken_twice(card):
    card.show_verdict(DRAFT)
    card.set_busy(True)
    assert not button(card, "publishButton").isEnabled()
    card.show_verdict(DRAFT)
    assert button(card, "publishButton").isEnabled()


def test_the_focus_stays_with_the_act(card, qtbot):
    card.show_verdict(DRAFT)
    card.window().activateWindow()
    button(card, "publishButton").setFocus()
    qtbot.waitUntil(button(card, "publishButton").hasFocus)
    card.show_verdict(PUBLISHED)
    assert button(card, "unpublishButton").hasFocus()


def test_markup_of_a_post_is_shown_as_it_is(card):
    card.show_verdict(Verdict("bad", "x", "The build fails", "The author “<b>x</b>” & `a<i>` is not known."))
    shown = label(card, "verdictSentence").text()
    assert "&lt;b&gt;x" in shown
    assert "a&lt;i&gt;</span>" in shown
    assert "<b>" not in shown


def test_a_long_address_does_not_widen_the_card(card):
    before = card.width()
    address = "/2025/10/11/" + "a-long-address-that-goes-on/" * 6
    card.show_verdict(Verdict("good", "x", "Published", f"at {address} on the next build"))
    card.layout().activate()
    assert card.minimumSizeHint().width() <= before
    assert label(card, "verdictSentence").accessibleName() == f"at {address} on the next build"


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
@pytest.mark.parametrize("tone", ["good", "warn", "bad"])
def test_a_tone_is_a_wash_and_its_words_can_be_read(card, theme, tone):
    card.window().setStyleSheet(theme.style_sheet())
    card.show_verdict(Verdict("neutral", "x", "Headline", "Words", facts="facts"))
    card.show_verdict(Verdict(tone, "x", "Headline", "Words", facts="facts"))
    wash, colour = getattr(theme, f"{tone}_wash"), getattr(theme, tone)
    picture = card.grab().toImage()
    assert picture.pixelColor(picture.width() // 2, 3) == QColor(wash)
    assert label(card, "verdictHeadline").palette().windowText().color() == QColor(colour)
    for ink in (colour, theme.ink, theme.dim):
        assert contrast(QColor(ink), QColor(wash)) >= 4.5


def contrast(one, other):
    """Return the contrast of two colours as WCAG 2 has it."""

    def luminance(colour):
        parts = [colour.redF(), colour.greenF(), colour.blueF()]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)
