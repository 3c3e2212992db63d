"""The problems of the open post as a writer meets them, in the whole window."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget

from editor.proof.diagnostic import Diagnostic
from editor.ui.form.field_row import FieldRow
from tests.end_to_end.conftest import AppWindow, app_window  # noqa: F401  (a fixture)

FAULTY = """\
---
title: "Späße 🎉"
date: '2025-10-11'
draft: false
catgories: [a]
---

# A heading

Words.
"""


class Window:
    """The window with the faulty post, checked."""

    def __init__(self, app: AppWindow) -> None:
        self.app = app
        self.panel = app.window.proof_panel
        self.editor = app.window.editor
        self.proofreader = app.parts.proof.proofreader
        post = app.site / "docs/posts/faulty.md"
        post.write_text(FAULTY, "utf-8")
        app.open("faulty.md")
        self.wait_for("wrong-type", "unknown-field")

    def codes(self) -> list[str]:
        return [found.code for found in self.proofreader.diagnostics]

    def wait_for(self, *codes: str) -> None:
        self.app.qtbot.waitUntil(lambda: self.codes() == list(codes), timeout=10_000)

    def found(self, code: str) -> Diagnostic:
        return next(found for found in self.proofreader.diagnostics if found.code == code)

    def count(self) -> str:
        button = self.app.window.findChild(QPushButton, "problems")
        return button.text() if button.isVisible() else ""

    def said_about(self, key: str) -> str:
        """Return what stands below a field of the form."""
        field = self.app.window.form.findChild(QWidget, f"field-{key}")
        assert field is not None, f"no field {key}"
        return str(field.accessibleDescription())

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self.app.qtbot.keyClick(self.editor, key, modifier)

    def under_waves(self) -> list[str]:
        """Return what stands above the waves."""
        text = self.app.session.document.toPlainText().encode("utf-16-le")
        return [text[line.start * 2 : line.end * 2].decode("utf-16-le") for line in self.editor.underlines]


@pytest.fixture
def window(app_window: AppWindow) -> Window:  # noqa: F811
    return Window(app_window)


def test_they_are_counted_listed_and_marked(window: Window) -> None:
    assert window.count() == "2 problems"
    assert not window.panel.isVisible()
    window.app.qtbot.mouseClick(
        window.app.window.findChild(QPushButton, "problems"), Qt.MouseButton.LeftButton
    )
    assert window.panel.isVisible()
    assert [row.diagnostic.code for row in window.panel.rows] == ["wrong-type", "unknown-field"]
    assert window.panel.rows[0].accessibleName().startswith("Error, line 3: ")
    assert window.under_waves() == ["'2025-10-11'", "catgories"]
    window.app.qtbot.keyClick(window.panel.rows[0], Qt.Key.Key_Escape)
    assert not window.panel.isVisible()


def test_a_quick_fix_is_one_step_of_undo(window: Window) -> None:
    window.app.window.actions_by_id["problems"].trigger()
    button = window.panel.rows[0].fix_button
    assert button is not None
    assert button.text() == "Take the quotes away"
    window.app.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert window.app.session.text == FAULTY.replace("'2025-10-11'", "2025-10-11")
    window.wait_for("unknown-field")
    assert window.count() == "1 problem"
    window.editor.undo()
    assert window.app.session.text == FAULTY
    window.wait_for("wrong-type", "unknown-field")


def test_a_fix_below_the_field(window: Window) -> None:
    rows = {row.state.field.key: row for row in window.app.window.form._rows.values()}
    [button] = [
        button
        for button in rows["date"].findChildren(QPushButton)
        if button.property("look") == "quickFix" and button.isVisible()
    ]
    assert button.accessibleName() == "Date: Take the quotes away"
    window.app.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert "date: 2025-10-11\n" in window.app.session.text
    assert not button.isVisible()
    window.wait_for("unknown-field")


def test_the_form_says_what_the_panel_says_and_says_it_once(window: Window) -> None:
    for found in window.proofreader.diagnostics:
        assert window.said_about(found.key) == found.message
    window.app.insert("readtime: soon\n", "date:")
    window.app.qtbot.waitUntil(lambda: window.codes().count("wrong-type") == 2, timeout=10_000)
    [found] = [found for found in window.proofreader.diagnostics if found.key == "readtime"]
    assert window.said_about("readtime") == found.message


def test_what_is_about_a_part_of_a_field_is_said_at_that_part(window: Window) -> None:
    date = "date:\n  created: 2025-10-11\n  updated: '2025-10-12'\n"
    (window.app.site / "docs/posts/dates.md").write_text(f"---\n{date}---\n\n# A heading\n", "utf-8")
    window.app.open("dates.md")
    window.wait_for("wrong-type")
    assert window.proofreader.diagnostics[0].key == "date.updated"
    field = window.app.window.form.findChild(QWidget, "field-date.updated")
    assert field is not None
    assert field.property("severity") == "error"
    other = window.app.window.form.findChild(QWidget, "field-date.created")
    assert other is not None
    assert other.property("severity") == "info"
    [row] = [row for row in window.app.window.form.findChildren(FieldRow) if row.isAncestorOf(field)]
    [button] = [b for b in row.findChildren(QPushButton) if b.text() == "Take the quotes away"]
    window.app.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert "  updated: 2025-10-12\n" in window.app.session.text
    window.wait_for()
    assert field.property("severity") == "info"


def test_f8_goes_round(window: Window) -> None:
    line = window.editor.caret_line
    window.press(Qt.Key.Key_F8)
    assert line() == 2
    window.press(Qt.Key.Key_F8)
    assert line() == 4
    window.press(Qt.Key.Key_F8)
    assert line() == 2
    window.press(Qt.Key.Key_F8, Qt.KeyboardModifier.ShiftModifier)
    assert line() == 4
    assert not window.editor.folded


def test_typing_checks_again_and_moves_the_marks(window: Window) -> None:
    window.app.insert("x: 1\n", "date:")
    assert window.under_waves() == ["'2025-10-11'", "catgories"]
    window.app.qtbot.waitUntil(lambda: window.found("wrong-type").line == 4)
    window.app.insert("e", "gories")
    window.wait_for("wrong-type")
    assert window.under_waves() == ["'2025-10-11'"]


def test_a_fix_for_a_text_that_has_changed_since_is_found_again(window: Window) -> None:
    fix_of_before = window.found("unknown-field")
    window.app.insert("summary: longer now\n", "date:")
    window.panel.fix_wanted.emit(fix_of_before)
    assert "\ncategories: [a]\n" in window.app.session.text
    assert "summary: longer now\ndate: '2025" in window.app.session.text


def test_a_fix_that_does_not_apply_any_more_changes_nothing(window: Window) -> None:
    fix_of_before = window.found("unknown-field")
    window.app.insert("e", "gories")
    text = window.app.session.text
    window.panel.fix_wanted.emit(fix_of_before)
    assert window.app.session.text == text


def test_front_matter_that_can_t_be_read_is_mended_from_the_form(window: Window) -> None:
    window.app.insert("a: b: c\n", "date:")
    window.wait_for("unreadable-front-matter")
    [button] = [
        button
        for button in window.app.window.findChild(QWidget, "formNotice").findChildren(QPushButton)
        if button.property("look") == "quickFix" and button.isVisible()
    ]
    window.app.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert "a: 'b: c'\n" in window.app.session.text
    window.wait_for("wrong-type", "unknown-field")


def test_another_post_has_problems_of_its_own(window: Window) -> None:
    window.app.window.actions_by_id["problems"].trigger()
    window.app.open("first.md")
    window.wait_for()
    assert window.count() == ""
    assert not window.panel.isVisible()
    assert window.editor.underlines == []
    window.press(Qt.Key.Key_F8)
    assert window.editor.caret_line() != 2


def test_a_post_at_the_address_of_another_is_found_once_that_is_read(window: Window) -> None:
    path = Path(window.app.site / "docs/posts/twin.md")
    path.write_text("---\ndate: 2025-09-01\n---\n\n# The second post\n", "utf-8")
    window.app.parts.workspace.refresh_posts()
    window.app.open("twin.md")
    window.wait_for("duplicate-address")
    said = window.said_about("slug")
    assert "“The second post” (docs/posts/second.md) has the same address" in said
    assert said.count("same address") == 1


def test_an_error_is_told_in_its_colour_and_the_next_problem_is_marked_in_the_panel(window: Window) -> None:
    button = window.app.window.findChild(QPushButton, "problems")
    assert bool(button.property("errors")) == any(
        found.severity == "error" for found in window.proofreader.diagnostics
    )
    assert button.property("errors")
    window.app.window.actions_by_id["problems"].trigger()
    marked = []
    for _step in range(2):
        window.app.window.actions_by_id["next_problem"].trigger()
        marked.append([row.diagnostic.code for row in window.panel.rows if row.property("current")])
    assert sorted(marked) == [["unknown-field"], ["wrong-type"]]
