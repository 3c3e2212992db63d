"""The verdict and Publish in the whole window."""

from datetime import date

import pytest
from PySide6.QtWidgets import QPushButton

from editor.ui.form.verdict_card import VerdictCard


class Publishing:
    """The card and the notice, as a person uses them."""

    def __init__(self, app_window):
        self.app = app_window
        self.card = app_window.window.form.findChild(VerdictCard)

    def wait_for(self, line):
        def said():
            return self.card.verdict is not None and self.card.verdict.line.startswith(line)

        self.app.qtbot.waitUntil(said, timeout=10_000)

    def press(self, name):
        found = self.card.findChild(QPushButton, name)
        self.app.qtbot.waitUntil(lambda: found.isVisible() and found.isEnabled(), timeout=10_000)
        found.click()

    def offered(self):
        notice = self.app.window.text_pane.notice
        return {button.text(): button for button in notice.findChildren(QPushButton) if button.isVisible()}

    def choose(self, words):
        self.app.qtbot.waitUntil(lambda: words in self.offered(), timeout=10_000)
        self.offered()[words].click()


@pytest.fixture
def publishing(app_window):
    return Publishing(app_window)


def add_post(app_window, name, text):
    path = app_window.site / "docs/posts" / name
    path.write_bytes(text.encode())
    return path


def today():
    return date.today().isoformat()


def test_publish_is_one_step_of_undo(app_window, publishing):
    text = "---\ndate: 2025-01-01\ndraft: true   # until it is done\n---\n\n# A new one\n"
    path = add_post(app_window, "new.md", text)
    app_window.open("new.md")
    publishing.wait_for("Hidden: draft")
    publishing.press("publishButton")
    publishing.wait_for("Published at /")
    wanted = text.replace("2025-01-01", today()).replace("true", "false")
    assert app_window.session.text == wanted
    app_window.window.actions_by_id["undo"].trigger()
    assert app_window.session.text == text
    publishing.wait_for("Hidden: draft")
    app_window.window.actions_by_id["redo"].trigger()
    app_window.save()
    assert path.read_bytes() == wanted.encode()


def test_the_earlier_date_can_be_kept(app_window, publishing):
    add_post(app_window, "new.md", "---\ndate: 2025-01-01\ndraft: true # x\n---\n\n# A new one\n")
    app_window.open("new.md")
    publishing.press("publishButton")
    publishing.choose("Keep 1 Jan 2025")
    publishing.wait_for("Published at /2025/01/01/")
    assert app_window.session.text.startswith("---\ndate: 2025-01-01\ndraft: false # x\n")
    assert "Keep 1 Jan 2025" not in publishing.offered()


def test_unpublish_and_publish_again_keep_the_date(app_window, publishing):
    text = "---\ndate: 2025-01-01\ndraft: false # x\n---\n\n# A post\n"
    add_post(app_window, "new.md", text)
    app_window.open("new.md")
    publishing.press("unpublishButton")
    publishing.wait_for("Hidden: draft")
    assert app_window.session.text == text.replace("false", "true")
    publishing.press("publishButton")
    publishing.wait_for("Published at /2025/01/01/")
    assert app_window.session.text == text


def test_the_verdict_follows_typing(app_window, publishing):
    add_post(app_window, "new.md", "---\ndate: 2025-01-01\nslug: one\n---\n\n# A post\n")
    app_window.open("new.md")
    publishing.wait_for("Published at /2025/01/01/one/")
    app_window.insert("t", before="one")
    publishing.wait_for("Published at /2025/01/01/tone/")
    app_window.insert("draft: true\n", before="slug")
    publishing.wait_for("Hidden: draft")
    app_window.insert("[", before="slug")
    publishing.wait_for("The build fails")
    assert not publishing.card.findChild(QPushButton, "publishButton").isVisible()


def test_the_verdict_follows_the_body_after_a_pause(app_window, publishing):
    add_post(app_window, "new.md", "---\ndate: 2025-01-01\n---\n\n# Heading\n")
    app_window.open("new.md")
    publishing.wait_for("Published at /2025/01/01/heading/")
    app_window.insert("New ", before="Heading")
    publishing.wait_for("Published at /2025/01/01/new-heading/")


@pytest.fixture
def drafts(app_window, publishing):
    """Give a Jekyll site with a draft, open in the window."""
    site = app_window.site
    (site / "mkdocs.yml").unlink()
    (site / "_config.yml").write_text("title: A blog\n", "utf-8")
    for name in ("_posts/2025-01-01-old.md", "_drafts/sub/new-one.md"):
        path = site / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"---\ntitle: {path.stem}\n---\n\nText.\n", "utf-8")
    path = site / "_drafts/sub/new-one.md"
    with app_window.qtbot.waitSignal(app_window.window.preview.settled, timeout=30_000):
        app_window.parts.workspace.open_path(path)
    publishing.wait_for("Hidden: draft")
    return site


def test_a_draft_moves_and_its_unsaved_text_stays(app_window, publishing, drafts):
    draft, target = drafts / "_drafts/sub/new-one.md", drafts / f"_posts/sub/{today()}-new-one.md"
    app_window.append("Not saved yet.\n")
    publishing.press("publishButton")
    app_window.qtbot.waitUntil(lambda: app_window.session.path == target, timeout=10_000)
    assert not draft.exists()
    assert "Not saved yet." not in target.read_text("utf-8")
    assert app_window.session.modified
    publishing.wait_for("Published at /")
    assert target.name in app_window.window.windowFilePath()
    app_window.save()
    assert target.read_text("utf-8").endswith("Text.\nNot saved yet.\n")
    assert not draft.exists()

    def listed():
        return {post.path for post in app_window.parts.workspace.posts}

    app_window.qtbot.waitUntil(lambda: target in listed() and draft not in listed(), timeout=10_000)


def test_undo_move_puts_it_back(app_window, publishing, drafts):
    draft, target = drafts / "_drafts/sub/new-one.md", drafts / f"_posts/sub/{today()}-new-one.md"
    before = draft.read_bytes()
    publishing.press("publishButton")
    publishing.choose("Undo move")
    app_window.qtbot.waitUntil(lambda: app_window.session.path == draft, timeout=10_000)
    publishing.wait_for("Hidden: draft")
    assert draft.read_bytes() == before
    assert not target.exists()
    assert "Undo move" not in publishing.offered()


def test_unpublish_moves_back_as_well(app_window, publishing, drafts):
    draft = drafts / "_drafts/sub/new-one.md"
    before = draft.read_bytes()
    publishing.press("publishButton")
    publishing.wait_for("Published at /")
    publishing.press("unpublishButton")
    app_window.qtbot.waitUntil(lambda: app_window.session.path == draft, timeout=10_000)
    assert draft.read_bytes() == before


def test_a_file_in_the_way_stays_and_the_reason_is_told(app_window, publishing, drafts, monkeypatch):
    target = drafts / f"_posts/sub/{today()}-new-one.md"
    target.parent.mkdir(parents=True)
    target.write_text("there", "utf-8")
    told = []
    monkeypatch.setattr("editor.ui.dialogs.questions.tell", lambda _window, error: told.append(error.message))
    text = app_window.session.text
    publishing.press("publishButton")
    app_window.qtbot.waitUntil(lambda: bool(told), timeout=10_000)
    assert f"{today()}-new-one.md" in told[0]
    assert target.read_text("utf-8") == "there"
    assert app_window.session.text == text
    assert app_window.session.path == drafts / "_drafts/sub/new-one.md"
    assert publishing.card.findChild(QPushButton, "publishButton").isEnabled()


def test_updated_is_offered_after_an_edit(app_window, publishing):
    for number in range(3):
        header = f"date:\n  created: 2025-01-0{number + 1}\n  updated: 2025-02-01"
        add_post(app_window, f"o{number}.md", f"---\n{header}\n---\n\n# Post {number}\n")
    app_window.open("o1.md")
    publishing.wait_for("Published at /")
    offer = publishing.card.findChild(QPushButton, "updateButton")
    assert not offer.isVisible()
    app_window.append("More.\n")
    publishing.press("updateButton")
    app_window.qtbot.waitUntil(lambda: f"updated: {today()}" in app_window.session.text, timeout=10_000)
    app_window.qtbot.waitUntil(lambda: not offer.isVisible(), timeout=10_000)
