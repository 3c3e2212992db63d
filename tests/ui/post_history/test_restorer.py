"""What an earlier version brings along, and how long that is told."""

import pytest
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QLabel, QPushButton

from editor.post.document import PostDocument
from editor.ui.post_history.restorer import Restorer
from tests.end_to_end.conftest import AppWindow, app_window  # noqa: F401  (a fixture)

THEN = b"---\ntitle: A post\ndraft: false\ndate: 2020-01-01\n---\n\nAs it was.\n"
NOW = b"---\ntitle: A post\ndraft: true\ndate: 2025-01-01\n---\n\nAs it is.\n"


class Restored:
    def __init__(self, app: AppWindow, then: bytes = THEN) -> None:
        self.app = app
        path = app.site / "docs/posts/restored.md"
        path.write_bytes(NOW)
        app.open(path.name)
        self.session = app.session
        self.restorer = app.parts.history._restorer
        assert isinstance(self.restorer, Restorer)
        self.restore(then)

    def restore(self, then: bytes) -> None:
        revision = self.session.revision
        self.restorer.restore(self.session, PostDocument(self.session.path, then))
        self.app.qtbot.waitUntil(lambda: self.session.revision != revision, timeout=10_000)

    @property
    def notice(self):
        return self.app.window.text_pane.notice

    def words(self) -> str:
        return next(label.text() for label in self.notice.findChildren(QLabel) if label.text())


@pytest.fixture
def restored(app_window: AppWindow) -> Restored:  # noqa: F811
    return Restored(app_window)


def test_it_is_said_which_fields_come_back_with_the_text(restored: Restored) -> None:
    assert restored.session.text == THEN.decode()
    assert "Its front matter is that of the earlier version, too: draft, date." in restored.words()


def test_the_text_alone_can_be_had(restored: Restored) -> None:
    button = next(
        button
        for button in restored.notice.findChildren(QPushButton)
        if button.text() == "Restore the text alone" and button.isVisible()
    )
    button.click()
    wanted = NOW.decode().replace("As it is.", "As it was.")
    restored.app.qtbot.waitUntil(lambda: restored.session.text == wanted, timeout=10_000)
    assert "front matter of now" in restored.words()
    assert restored.session.modified


def test_where_the_front_matter_is_the_same_there_is_nothing_to_say(app_window: AppWindow) -> None:  # noqa: F811
    restored = Restored(app_window, NOW.replace(b"it is", b"it was"))
    assert "not saved yet" in restored.words()
    assert "front matter" not in restored.words()
    assert not any(
        button.isVisible() and "alone" in button.text()
        for button in restored.notice.findChildren(QPushButton)
    )


def test_undo_takes_the_notice_back_too(restored: Restored) -> None:
    assert restored.notice.isVisible()
    cursor = QTextCursor(restored.session.document)
    cursor.insertText("Typed. ")
    assert restored.notice.isVisible()
    restored.session.document.undo()
    assert restored.notice.isVisible()
    restored.session.document.undo()
    assert restored.session.text == NOW.decode()
    assert not restored.notice.isVisible()


def test_a_notice_about_something_else_stays_after_a_save(restored: Restored) -> None:
    with restored.app.qtbot.waitSignal(restored.app.parts.workspace.saved, timeout=10_000):
        restored.app.parts.workspace.save()
    assert not restored.notice.isVisible()
    restored.notice.show_words("Something else")
    restored.session.document.undo()
    assert restored.words() == "Something else"
