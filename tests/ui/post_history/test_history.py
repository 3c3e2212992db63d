"""What a post said, as git and the local history have it; with the real git."""

import os
import subprocess
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QComboBox, QLabel, QPlainTextEdit, QPushButton, QTreeWidget

from editor.git.history import Revision
from editor.ui.post_history.entries import Entry, years
from editor.ui.post_history.history_view import HistoryView
from tests.end_to_end.conftest import AppWindow, app_window  # noqa: F401  (a fixture)

FIRST = "---\ndate: 2019-05-01\n---\n\n# A post\n\nAs it was in 2019.\n"
SECOND = FIRST.replace("in 2019", "in 2020, “quoted” & so on")
LAST = SECOND + "\nAnd more.\n"


def git(folder: Path, *arguments: str, date: str = "") -> None:
    dates = {"GIT_AUTHOR_DATE": date, "GIT_COMMITTER_DATE": date} if date else {}
    subprocess.run(
        ["git", *arguments], cwd=folder, env={**os.environ, **dates}, check=True, capture_output=True
    )


def entry(day: str, number: int = 0) -> Entry:
    return Entry(
        datetime.fromisoformat(day),
        Path("a.md"),
        Revision(str(number), "A", datetime.fromisoformat(day), "", "a.md"),
    )


def test_years_without_a_version_say_what_the_one_before_said():
    entries = [
        entry("2023-02-01T00:00:00+00:00"),
        entry("2020-11-01T00:00:00+00:00"),
        entry("2020-01-01T00:00:00+00:00"),
    ]
    found = years(entries)
    assert [(year.year, len(year.entries), year.said) for year in found] == [
        (2023, 1, entries[0]),
        (2022, 0, entries[1]),
        (2021, 0, entries[1]),
        (2020, 2, entries[1]),
    ]
    assert years([]) == []


def test_a_year_is_that_of_the_author_s_clock():
    moment = datetime(2020, 12, 31, 23, 30, tzinfo=timezone(timedelta(hours=-5)))  # 2021 in Greenwich
    assert [year.year for year in years([entry(moment.isoformat())])] == [2020]


def test_commits_with_dates_out_of_order():
    """A commit that was kept back and put on top of younger ones."""
    entries = [entry("2019-01-01T00:00:00+00:00", 2), entry("2021-01-01T00:00:00+00:00", 1)]
    assert [(year.year, year.said.source.hash) for year in years(entries)] == [
        (2021, "2"),
        (2020, "2"),
        (2019, "2"),
    ]


class History:
    """The window on a post that was renamed, and its history."""

    def __init__(self, app: AppWindow) -> None:
        self.app = app
        self.post = app.site / "docs/posts/named “well”.md"
        old = app.site / "docs/posts/old name.md"
        git(app.site, "init", "-q")
        old.write_bytes(FIRST.encode())
        git(app.site, "add", "-A")
        git(app.site, "commit", "-qm", "Begin", date="2019-05-01T10:00:00+0200")
        old.write_bytes(SECOND.encode())
        git(app.site, "commit", "-qam", "Say it better", date="2020-03-01T10:00:00+0200")
        git(app.site, "mv", str(old), str(self.post))
        git(app.site, "commit", "-qm", "Rename it", date="2022-03-01T10:00:00+0200")
        self.post.write_bytes(LAST.encode())
        git(app.site, "commit", "-qam", "More", date="2022-05-01T10:00:00+0200")
        app.open(self.post.name)

    def show(self) -> HistoryView:
        desk = self.app.parts.history
        self.app.window.actions_by_id["post_history"].trigger()
        assert desk.view is not None
        self.app.qtbot.waitUntil(lambda: self.tree.currentItem() is not None, timeout=10_000)
        return desk.view

    @property
    def view(self) -> HistoryView:
        view = self.app.parts.history.view
        assert view is not None
        return view

    @property
    def tree(self) -> QTreeWidget:
        return self.view.findChild(QTreeWidget, "historyList")

    def said(self, name: str) -> str:
        return self.view.findChild(QLabel, name).text()

    def button(self, name: str) -> QPushButton:
        return self.view.findChild(QPushButton, name)

    def titles(self) -> list[str]:
        return [self.tree.topLevelItem(row).text(0) for row in range(self.tree.topLevelItemCount())]

    def choose(self, year: str) -> None:
        """Click a year."""
        row = next(row for row, title in enumerate(self.titles()) if title.startswith(year))
        rect = self.tree.visualItemRect(self.tree.topLevelItem(row))
        self.app.qtbot.mouseClick(self.tree.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())

    def page(self) -> str:
        page = self.view.page
        self.app.qtbot.waitUntil(lambda: page.view is not None and not page.busy, timeout=20_000)
        answers: list[str] = []
        page.view.web.page().toPlainText(answers.append)
        self.app.qtbot.waitUntil(lambda: bool(answers), timeout=10_000)
        return answers[0]

    def wait_for_page(self, words: str) -> None:
        self.app.qtbot.waitUntil(lambda: words in self.page(), timeout=20_000)


@pytest.fixture
def history(app_window: AppWindow) -> History:  # noqa: F811
    return History(app_window)


def test_what_it_said_in_a_year_is_one_click_from_its_history(history: History) -> None:
    history.show()
    assert history.titles() == [
        "2022\u20022 versions",
        "2021\u2002as in 2020",
        "2020\u20021 version",
        "2019\u20021 version",
    ]
    history.wait_for_page("And more.")
    history.choose("2021")
    history.app.qtbot.waitUntil(lambda: "And more" not in history.page(), timeout=20_000)
    assert "As it was in 2020, “quoted” & so on" in history.page()
    assert history.said("historyAbout") == "At the end of 2021"
    assert history.said("historyDetails").startswith("Say it better · Test Writer · ")
    history.choose("2019")
    history.wait_for_page("As it was in 2019.")


def test_differences_with_the_version_before_and_with_the_text(history: History) -> None:
    history.show()
    history.choose("2020")
    history.button("historySource").click()
    diff = history.view.findChild(QPlainTextEdit, "diff")
    history.app.qtbot.waitUntil(lambda: "+ As it was in 2020" in diff.toPlainText())
    assert "− As it was in 2019." in diff.toPlainText()
    history.view.findChild(QComboBox, "historyAgainst").setCurrentIndex(1)
    history.app.qtbot.waitUntil(lambda: "− And more." in diff.toPlainText())
    assert "2019." not in diff.toPlainText()


def test_a_version_comes_back_as_one_step_of_undo(history: History) -> None:
    history.show()
    restore = history.button("restoreVersion")
    history.app.qtbot.waitUntil(lambda: "as the text is now" in history.said("historyDetails"))
    assert not restore.isEnabled()
    history.choose("2019")
    history.app.qtbot.waitUntil(restore.isEnabled)
    restore.click()
    session = history.app.session
    history.app.qtbot.waitUntil(lambda: session.text == FIRST)
    assert history.post.read_bytes() == LAST.encode()
    assert history.app.parts.history.view is None
    history.app.window.editor.undo()
    assert session.text == LAST


def test_what_was_saved_here_is_there_too(history: History) -> None:
    history.app.append("Saved once.\n")
    history.app.save()
    history.app.append("Saved twice.\n")
    history.app.save()
    history.app.parts.tasks.wait()
    history.show()
    assert history.titles()[-1] == "Saved here"
    saved = history.tree.topLevelItem(len(history.titles()) - 1)
    assert saved.childCount() == 3
    history.tree.setCurrentItem(saved.child(1))
    history.wait_for_page("Saved once.")
    assert "Saved twice." not in history.page()


def test_what_was_saved_here_is_compared_with_the_text_and_says_so(history: History) -> None:
    history.app.append("Saved once.\n")
    history.app.save()
    history.app.parts.tasks.wait()
    history.show()
    against = history.view.findChild(QComboBox, "historyAgainst")
    switch = history.button("historyPage").parentWidget()
    widths = against.width(), switch.width()
    history.choose("2020")
    assert against.currentText() == "against the version before it"
    history.choose("Saved here")
    assert (against.currentText(), against.isEnabled()) == ("against the text now", False)
    history.wait_for_page("Saved once.")
    assert (against.width(), switch.width()) == widths
    history.choose("2020")
    assert (against.currentText(), against.isEnabled()) == ("against the version before it", True)


def test_enter_leads_from_a_version_to_what_restores_it(history: History) -> None:
    history.show()
    restore = history.button("restoreVersion")
    history.choose("2019")
    history.app.qtbot.waitUntil(restore.isEnabled)
    history.app.qtbot.keyClick(history.tree, Qt.Key.Key_Return)
    assert history.view.focusWidget() is restore


def test_a_post_in_no_repository_says_so(app_window: AppWindow) -> None:  # noqa: F811
    app_window.open("first.md")
    app_window.window.actions_by_id["post_history"].trigger()
    view = app_window.parts.history.view
    assert view is not None
    app_window.qtbot.waitUntil(
        lambda: "no repository" in view.findChild(QLabel, "historyNote").text(), timeout=10_000
    )
    assert "no earlier version" in view.findChild(QLabel, "historyWords").text()
    assert not view.findChild(QPushButton, "restoreVersion").isEnabled()


def test_a_version_that_was_typed_over_meanwhile_is_still_what_is_restored(history: History) -> None:
    history.show()
    history.choose("2019")
    restore = history.button("restoreVersion")
    history.app.qtbot.waitUntil(restore.isEnabled)
    restore.click()
    cursor = QTextCursor(history.app.session.document)
    cursor.movePosition(QTextCursor.MoveOperation.End)
    cursor.insertText("typed before it came\n")
    history.app.qtbot.waitUntil(lambda: history.app.session.text == FIRST)


def test_closing_it_while_a_page_is_made(history: History) -> None:
    view = history.show()
    history.choose("2020")
    view.reject()
    assert history.app.parts.history.view is None
    history.app.append("Still alive.")
    history.app.wait_for_preview()
