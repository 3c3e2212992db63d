"""Trust in the window: asked once, default no; given or taken back, the page is rendered anew."""

import subprocess
import sys

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton

from editor.settings import Settings
from editor.ui.dialogs.trust import TrustQuestion
from tests.conftest import ROOT
from tests.end_to_end.front_matter_window import Window

CONFIGURATION = "site_name: Own code\nmarkdown_extensions: [own, admonition]\n"
EXTENSION = """\
from markdown.extensions.toc import TocExtension
def makeExtension(**options):
    return TocExtension(permalink="the code of the site")
"""
FILES = {
    "mkdocs.yml": CONFIGURATION,
    "own.py": EXTENSION,
    "docs/a.md": "---\ntitle: A\n---\n\n# A\n\n!!! note\n    x\n",
}


class Site:
    """The window on a site with code of its own."""

    def __init__(self, shown: Window) -> None:
        self.shown = shown
        self.qtbot = shown.qtbot
        self.badge = shown.window.preview_pane.badge
        self.action = shown.window.actions_by_id["trust"]

    def open(self) -> None:
        self.shown.open(self.shown.folder / "docs/a.md")
        self.wait_for("note")

    def wait_for(self, text: str, there: bool = True) -> None:
        client = self.shown.parts.client
        self.qtbot.waitUntil(
            lambda: not client.busy and (text in client.page.html()) is there, timeout=20_000
        )

    def question(self) -> TrustQuestion:
        self.qtbot.waitUntil(lambda: bool(self.questions()), timeout=10_000)
        return self.questions()[0]

    def questions(self) -> list[TrustQuestion]:
        return [found for found in self.shown.window.findChildren(TrustQuestion) if found.isVisible()]

    def listed(self) -> list[str]:
        shown = self.badge.card.list
        return [shown.item(row).text() for row in range(shown.count())]

    def settle(self) -> None:
        """Wait until it is known what code the site has."""
        self.shown.parts.tasks.wait()
        self.qtbot.waitUntil(lambda: self.shown.parts.trust._looked_at is not None, timeout=20_000)
        self.shown.parts.tasks.wait()
        self.qtbot.wait(1)


@pytest.fixture
def site(window):
    return Site(window(FILES))


@pytest.fixture
def another(site):
    """Give a function that opens another window on the site."""
    made = []

    def make():
        made.append(Site(Window(site.qtbot, site.shown.folder)))
        return made[-1]

    yield make
    for one in made:
        one.shown.parts.close()


def test_the_question_says_what_would_run_and_enter_means_no(site):
    site.open()
    question = site.question()
    told = "\n".join(label.text() for label in question.findChildren(QLabel))
    assert "“Own code”" in told
    assert str(site.shown.folder) in told
    assert "Markdown extensions of the site run: own" in told
    assert "read, change and send your files" in told
    assert told.split("\n")[0] in question.accessibleDescription()
    QTest.keyClick(question, Qt.Key.Key_Return)
    site.qtbot.waitUntil(lambda: Settings.load().has_declined(site.shown.folder), timeout=20_000)
    site.settle()
    assert not site.shown.parts.workspace.site.trusted
    assert "the code of the site" not in site.shown.parts.client.page.html()
    assert site.questions() == []


@pytest.mark.parametrize("answer", ["trustSite", "refuseTrust", "Escape"])
def test_the_answer_is_kept_for_the_next_window(site, another, answer):
    first = site
    first.open()
    question = first.question()
    if answer == "Escape":
        QTest.keyClick(question, Qt.Key.Key_Escape)
    else:
        question.findChild(QPushButton, answer).click()
    trusted = answer == "trustSite"
    first.qtbot.waitUntil(lambda: first.shown.parts.workspace.site.trusted is trusted, timeout=10_000)
    first.wait_for("the code of the site", trusted)
    first.settle()
    second = another()
    second.open()
    second.settle()
    assert second.questions() == []
    assert second.shown.parts.workspace.site.trusted is trusted
    assert bool(second.listed()) is not trusted


def test_a_site_without_code_is_not_asked_for(window):
    site = Site(window({**FILES, "mkdocs.yml": "site_name: Plain\nmarkdown_extensions: [admonition]\n"}))
    site.open()
    site.settle()
    assert site.questions() == []
    assert site.badge.words == "As published"
    site.badge.click()
    assert not site.badge.card.trust_button.isVisible()


def test_it_is_not_asked_again_when_the_site_is_read_anew(site):
    site.open()
    site.question().reject()
    site.settle()
    with site.qtbot.waitSignal(site.shown.parts.workspace.posts_changed, timeout=10_000):
        site.shown.parts.workspace.reread_site()
    site.settle()
    assert site.questions() == []


def test_the_menu_gives_trust_and_takes_it_back(site):
    site.open()
    site.question().reject()
    site.settle()
    assert site.action.text() == "&Trust this site…"
    site.action.trigger()
    site.question().findChild(QPushButton, "trustSite").click()
    site.wait_for("the code of the site")
    assert Settings.load().is_trusted(site.shown.folder)
    site.qtbot.waitUntil(lambda: site.badge.words == "As published", timeout=10_000)
    assert site.action.text() == "No longer &trust this site"
    site.action.trigger()
    site.wait_for("the code of the site", False)
    assert not Settings.load().is_trusted(site.shown.folder)
    assert site.action.text() == "&Trust this site…"
    site.settle()
    assert site.questions() == []


def test_the_badge_lists_what_is_missing_and_offers_trust(site):
    site.open()
    site.question().reject()
    site.settle()
    assert site.badge.words == "1 difference"
    site.badge.setFocus()
    QTest.keyClick(site.badge, Qt.Key.Key_Space)
    card = site.badge.card
    assert card.isVisible()
    assert card.list.hasFocus()
    assert site.listed() == ["The extension own only runs in a site that you trust."]
    assert site.listed()[0] in site.badge.accessibleDescription()
    assert card.trust_button.isVisible()
    QTest.keyClick(card.list, Qt.Key.Key_Escape)
    assert not card.isVisible()
    site.shown.window.actions_by_id["fidelity"].trigger()
    assert card.isVisible()
    card.trust_button.click()
    assert not card.isVisible()
    site.question().accept()
    site.wait_for("the code of the site")


def test_trust_that_is_given_elsewhere_holds_here_too(site):
    site.open()
    site.question().reject()
    site.settle()
    for options, there in (((), True), (("--revoke",), False)):
        command = [sys.executable, "-m", "editor", "trust", *options, str(site.shown.folder)]
        subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
        site.wait_for("the code of the site", there)


def test_whoever_needs_trust_may_ask_for_it(site):
    site.open()
    site.question().reject()
    site.settle()
    done = []
    trust = site.shown.parts.trust
    trust.ask(lambda: done.append("first"))
    site.question().reject()
    site.settle()
    assert done == []
    trust.ask(lambda: done.append("second"))
    site.question().accept()
    site.qtbot.waitUntil(lambda: done == ["second"], timeout=10_000)
    assert site.shown.parts.workspace.site.trusted
    trust.ask(lambda: done.append("third"))
    assert done == ["second", "third"]


def test_an_answer_that_can_not_be_kept_is_told_and_nothing_is_trusted(site, log):
    log.expect("can't be read")
    site.open()
    question = site.question()
    path = Settings.load().path
    path.parent.mkdir(parents=True, exist_ok=True)
    path.mkdir()
    question.accept()
    status = site.shown.window.status
    site.qtbot.waitUntil(lambda: "can't be written" in status._message.text(), timeout=10_000)
    assert not site.shown.parts.workspace.site.trusted
