"""Problems of a post's text, in the whole window: found with the page that is previewed, shown, mended."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu, QProgressDialog, QPushButton

from editor.post.disk import read_bytes
from editor.proof.diagnostic import Diagnostic
from editor.proof.external_links import Limits
from editor.ui.proof.window_pages import WindowPages
from tests.end_to_end.conftest import AppWindow, app_window  # noqa: F401  (a fixture)
from tests.proof.test_external_links import Web

FAULTY = """\
---
date: 2025-10-11
---

# A faulty post 🎉

One to [an anchor](#nowhere), and a [tract](github.com/a/b) 🎉 without its scheme.

Another [tract](github.com/c/d).

TODO: an end
"""


class Window:
    """The window with the faulty post, checked."""

    def __init__(self, app: AppWindow, text: str = FAULTY) -> None:
        self.app = app
        self.panel = app.window.proof_panel
        self.editor = app.window.editor
        self.proofreader = app.parts.proof.proofreader
        (app.site / "docs/posts/faulty.md").write_text(text, "utf-8")
        app.open("faulty.md")

    def codes(self) -> list[str]:
        return [found.code for found in self.proofreader.diagnostics]

    def wait_for(self, *codes: str) -> None:
        self.app.qtbot.waitUntil(lambda: self.codes() == list(codes), timeout=15_000)

    def found(self, code: str) -> Diagnostic:
        return next(found for found in self.proofreader.diagnostics if found.code == code)

    def underlined(self) -> list[str]:
        text = self.app.session.document.toPlainText().encode("utf-16-le")
        return [text[line.start * 2 : line.end * 2].decode("utf-16-le") for line in self.editor.underlines]

    def menu(self, name: str = "problemsMenu") -> QMenu:
        def shown() -> list[QMenu]:
            return [menu for menu in self.app.window.findChildren(QMenu, name) if menu.isVisible()]

        self.app.qtbot.waitUntil(lambda: len(shown()) == 1, timeout=5000)
        return shown()[0]

    def go_to(self, words: str) -> None:
        place = FAULTY.index(words)
        self.editor.go_to(*self.app.session.place_of(place))


@pytest.fixture
def window(app_window: AppWindow) -> Window:  # noqa: F811
    window = Window(app_window)
    window.wait_for("broken-anchor", "missing-scheme", "missing-scheme", "todo")
    return window


def test_they_are_found_with_the_page_and_without_rendering_it_again(window: Window) -> None:
    """The anchors are those of the page that is shown; nothing else was rendered for it."""
    assert window.underlined() == ["#nowhere", "github.com/a/b", "github.com/c/d", "TODO"]
    pages = window.proofreader._pages
    assert isinstance(pages, WindowPages)
    assert pages._page is not None
    assert pages._renderer is None
    window.app.insert("## Nowhere\n\n", "Another")
    window.wait_for("missing-scheme", "missing-scheme", "todo")


def test_a_key_offers_what_mends_the_problem_at_the_caret(window: Window) -> None:
    window.go_to("github.com/a")
    window.app.window.actions_by_id["quick_fix"].trigger()
    menu = window.menu()
    assert [action.text() for action in menu.actions() if action.isEnabled()] == [
        "Write https://github.com/a/b"
    ]
    window.app.qtbot.keyClick(menu, Qt.Key.Key_Return)
    assert window.app.session.text == FAULTY.replace("github.com/a", "https://github.com/a")
    window.wait_for("broken-anchor", "missing-scheme", "todo")
    window.editor.undo()
    assert window.app.session.text == FAULTY


def test_where_nothing_can_be_mended_the_key_says_what_is_wrong(window: Window) -> None:
    status = window.app.window.status
    for line, words in ((4, "No problem in this line"), (10, window.found("todo").message)):
        window.editor.go_to(line)
        window.app.window.actions_by_id["quick_fix"].trigger()
        assert status._message.text() == words
    assert window.app.window.findChildren(QMenu, "problemsMenu") == []


def test_the_text_s_own_menu_begins_with_what_is_wrong_there(window: Window) -> None:
    menu = window.editor.context_menu()
    place = window.editor.underlines[2].start + 2
    window.editor.menu_opens.emit(menu, place)
    words = [action.text() for action in menu.actions()]
    assert "github.com/c/d" in words[0]
    assert words[1] == "Write https://github.com/c/d"
    assert words[3] == "Undo"
    menu.actions()[1].trigger()
    assert "(https://github.com/c/d)" in window.app.session.text
    menu.deleteLater()


def test_a_click_on_a_mark_offers_all_of_its_line(window: Window) -> None:
    margin = window.editor.findChild(object, "problemMargin")
    line = next(iter(window.editor._lines_with_problems()))
    window.app.qtbot.mouseClick(
        margin, Qt.MouseButton.LeftButton, pos=QPoint(5, int(line.top + line.height / 2))
    )
    menu = window.menu()
    assert [action.isEnabled() for action in menu.actions()] == [False, False, True]
    menu.close()


def test_places_follow_what_is_typed_before_they_are_checked_again(window: Window) -> None:
    window.app.insert("More words 🎉🎉 here. ", "One to")
    window.app.window.actions_by_id["next_problem"].trigger()
    window.app.window.actions_by_id["next_problem"].trigger()
    assert window.app.session.document.toPlainText()[
        window.editor.textCursor().position() - 2 :  # two of Qt's units for each of the three signs before it
    ]
    assert window.underlined()[:2] == ["#nowhere", "github.com/a/b"]
    mended = window.found("missing-scheme")
    window.panel.fix_wanted.emit(mended)
    assert "[tract](https://github.com/a/b) 🎉 without" in window.app.session.text
    assert "More words 🎉🎉 here. One to" in window.app.session.text


def test_the_panel_has_groups_that_can_be_left_out(window: Window) -> None:
    window.app.window.actions_by_id["problems"].trigger()
    panel = window.panel
    codes = [row.diagnostic.code for row in panel.rows]
    assert codes == ["broken-anchor", "missing-scheme", "missing-scheme", "todo"]
    assert {name: button.text() for name, button in panel.groups.items() if button.isVisible()} == {
        "warning": "3 warnings",
        "info": "1 note",
    }
    panel.groups["warning"].click()
    assert [row.diagnostic.code for row in panel.rows] == ["todo"]
    panel.groups["warning"].click()
    assert len(panel.rows) == 4


def test_a_rule_is_explained_and_can_be_left_out_for_the_site(window: Window) -> None:
    window.app.window.actions_by_id["problems"].trigger()
    row = next(row for row in window.panel.rows if row.diagnostic.code == "todo")
    row.rule_button.click()
    menu = window.menu("ruleMenu")
    assert menu.actions()[0].text().startswith("todo: ")
    menu.actions()[1].trigger()
    menu.close()
    window.wait_for("broken-anchor", "missing-scheme", "missing-scheme")
    assert read_bytes(window.app.site / "copydesk.toml") == b'[check.severity]\ntodo = "off"\n'


def test_many_problems_are_listed_a_few_at_a_time_and_only_where_they_are_seen(
    app_window: AppWindow,  # noqa: F811
) -> None:
    lines = "".join(f"[{number}](#no-{number})\n\n" for number in range(250))
    window = Window(app_window, FAULTY.partition("One")[0] + lines)
    app_window.qtbot.waitUntil(lambda: len(window.codes()) == 250, timeout=20_000)
    assert window.panel.rows == []
    window.app.window.actions_by_id["problems"].trigger()
    assert 0 < len(window.panel.rows) < 100
    app_window.qtbot.waitUntil(lambda: len(window.panel.rows) == 200, timeout=10_000)
    assert len(window.editor.underlines) == 250


def test_a_long_post_is_checked_as_a_short_one_is(app_window: AppWindow) -> None:  # noqa: F811
    app_window.parts.proof.proofreader._long = 10
    window = Window(app_window)
    window.wait_for("broken-anchor", "missing-scheme", "missing-scheme", "todo")
    assert window.proofreader._process._process is not None
    assert window.underlined() == ["#nowhere", "github.com/a/b", "github.com/c/d", "TODO"]


@pytest.fixture
def web():
    server = Web()
    yield server
    server.close()


def test_the_web_is_asked_by_a_command_and_by_nothing_else(app_window: AppWindow, web: Web) -> None:  # noqa: F811
    text = FAULTY.partition("One")[0] + f"[a]({web.at('/status/404')}) <{web.at('/ok')}>\n"
    window = Window(app_window, text)
    desk = app_window.parts.proof.web_links
    desk._limits = Limits(pause_seconds=0.0)
    app_window.qtbot.waitUntil(lambda: not window.proofreader.busy, timeout=10_000)
    assert web.asked == []
    app_window.window.actions_by_id["check_web_links"].trigger()
    assert isinstance(desk.progress, QProgressDialog)
    app_window.qtbot.waitUntil(lambda: "broken-web-link" in window.codes(), timeout=15_000)
    assert desk.progress is None
    assert window.underlined()[-1] == web.at("/status/404") or web.at("/status/404") in window.underlined()


def test_asking_the_web_can_be_ended(app_window: AppWindow, web: Web) -> None:  # noqa: F811
    text = FAULTY.partition("One")[0] + f"<{web.at('/slow')}>\n"
    Window(app_window, text)
    desk = app_window.parts.proof.web_links
    app_window.window.actions_by_id["check_web_links"].trigger()
    app_window.qtbot.waitUntil(lambda: bool(web.asked), timeout=10_000)
    assert desk.progress is not None
    desk.progress.findChild(QPushButton).click()
    app_window.qtbot.waitUntil(lambda: desk.progress is None, timeout=5000)


def test_of_a_post_in_two_files_both_are_checked(window_of_nikola: Window) -> None:
    window = window_of_nikola
    window.wait_for("wrong-type", "missing-scheme")
    assert [window.proofreader.is_of_meta(found) for found in window.proofreader.diagnostics] == [True, False]
    assert window.underlined() == ["github.com/a/b"]
    window.app.parts.proof.mend(window.found("missing-scheme"))
    assert "(https://github.com/a/b)" in window.app.session.text


@pytest.fixture
def window_of_nikola(app_window: AppWindow, tmp_path: Path) -> Window:  # noqa: F811
    site = tmp_path / "nikola"
    (site / "posts").mkdir(parents=True)
    (site / "conf.py").write_text(
        "BLOG_TITLE = 'x'\nPOSTS = (('posts/*.md', 'posts', 'post.tmpl'),)\n", "utf-8"
    )
    (site / "posts/a.md").write_text("A [tract](github.com/a/b).\n", "utf-8")
    (site / "posts/a.meta").write_text(".. title: One\n.. slug: a\n.. date: garbage\n", "utf-8")
    window = Window(app_window)
    with app_window.qtbot.waitSignal(app_window.window.preview.settled, timeout=30_000):
        app_window.parts.workspace.open_path(site / "posts/a.md")
    return window
