"""The column of files, checks and message, by mouse and keys."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from editor.ui.commit.checks_list import BUSY, ERROR, GOOD, Check, Found
from editor.ui.commit.commit_column import CommitColumn
from tests.ui.commit.conftest import POST


@pytest.fixture
def column(qtbot):
    made = CommitColumn()
    qtbot.addWidget(made)
    made.resize(252, 800)
    made.show()
    return made


@pytest.fixture
def files(blog):
    blog.write("posts/one.md", POST.replace(b"More", b"Other"))
    blog.write("posts/two.md", b"# Two\n\nOther words.\n")
    blog.write("posts/three.md", b"# Three\n")
    return list(blog.overview(before={"posts/one.md": POST}).files)


def test_space_ticks_and_arrows_walk(qtbot, column, files):
    column.list.show_files(files, ["all", "none", "none"], None)
    column.list.setFocus()
    toggled, chosen = [], []
    column.list.toggled.connect(lambda file, picked: toggled.append((file.path.name, picked)))
    column.list.chosen.connect(lambda file: chosen.append(file.path.name))
    QTest.keyClick(column.list, Qt.Key.Key_Space)
    QTest.keyClick(column.list, Qt.Key.Key_Down)
    QTest.keyClick(column.list, Qt.Key.Key_Space)
    assert toggled == [("one.md", False), ("three.md", True)]
    assert chosen == ["three.md"]


def test_a_click_on_the_tick_ticks_and_shows_nothing_else(qtbot, column, files):
    column.list.show_files(files, ["all", "none", "none"], None)
    toggled, chosen = [], []
    column.list.toggled.connect(lambda file, picked: toggled.append((file.path.name, picked)))
    column.list.chosen.connect(lambda file: chosen.append(file.path.name))
    row = column.list.visualRect(column.list.files.index(1))
    tick = column.list.itemDelegate().tick_rect(row).center()
    QTest.mouseClick(column.list.viewport(), Qt.MouseButton.LeftButton, pos=tick)
    assert (toggled, chosen) == ([("three.md", True)], [])
    QTest.mouseClick(column.list.viewport(), Qt.MouseButton.LeftButton, pos=row.center())
    assert chosen == ["three.md"]


def test_the_chosen_file_stays_chosen_while_others_come_and_go(qtbot, column, files):
    states = ["none"] * 3
    column.list.show_files(files, states, None)
    assert column.list.choose("posts/two.md")
    chosen = []
    column.list.chosen.connect(chosen.append)
    column.list.show_files(files[1:], states[1:], None)
    assert column.list.current.key == "posts/two.md"
    assert column.list.currentIndex().row() == 1
    assert chosen == []
    column.list.show_files(files[:2], states[:2], None)
    assert column.list.current is not None


def test_screen_readers_are_told_name_change_and_tick(column, files):
    column.list.show_files(files, ["all", "some", "none"], None)
    model = column.list.files
    told = [model.data(model.index(row), Qt.ItemDataRole.AccessibleTextRole) for row in range(3)]
    assert told[0] == "one.md, text 1, to be committed"
    assert told[1].endswith("in part to be committed")
    assert told[2].endswith("left out")


def test_control_and_enter_commit_only_where_the_button_does(qtbot, column):
    wanted = []
    column.commit_wanted.connect(lambda: wanted.append(1))
    column.message.setFocus()
    column.message.setPlainText("Something")
    QTest.keyClick(column.message, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert wanted == []
    column.show_commit("Commit 1 file", "", enabled=True)
    QTest.keyClick(column.message, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert wanted == [1]


def test_a_long_first_line_is_told(column):
    length = column.findChild(object, "subjectLength")
    column.message.setPlainText("x" * 72 + "\n" + "y" * 200)
    assert not length.isVisible()
    column.message.setPlainText("x" * 75)
    assert length.isVisible()
    assert length.text() == "3 over 72"
    assert length.toolTip() == "The first line is 3 characters over 72."


def test_checks_that_are_as_they_were_keep_their_rows(column, tmp_path):
    found = (Found("A link leads nowhere", "warning", tmp_path / "a.md", 3, 10),)
    proof = Check("proof", ERROR, "Links", "1 problem", found=found)
    column.checks.show_checks([proof, Check("build", BUSY, "mkdocs build", "running", "Cancel")])
    (row,) = column.checks.found_rows()
    column.checks.show_checks([proof, Check("build", GOOD, "mkdocs build", "0.6 s")])
    assert column.checks.found_rows() == [row]
    chosen = []
    column.checks.found_chosen.connect(chosen.append)
    QTest.keyClick(row, Qt.Key.Key_Return)
    assert chosen == [found[0]]
    assert row.accessibleName() == "a.md:3: A link leads nowhere"


def many(tmp_path, count=25):
    found = tuple(
        Found("A link leads nowhere " * 3, "warning", tmp_path / "a.md", n, n) for n in range(count)
    )
    return Check("proof", ERROR, "Links", f"{count} problems", found=found)


def places(column):
    parts = (column.message, column.commit_button, column.push_button, column.pull_button, column.amend)
    return [part.mapTo(column, part.rect().topLeft()) for part in parts]


def test_message_and_buttons_stay_where_they_are_as_checks_come_and_go(qtbot, column, files, tmp_path):
    column.list.show_files(files, ["none"] * 3, None)
    column.show_counts(3, 0, rest_shown=False)
    column.layout().activate()
    before = places(column)
    column.checks.show_checks([many(tmp_path)])
    column.show_checks_heading(shown=True)
    column.show_commit("Save and commit 200 files", "Tick what is to be committed.", enabled=False)
    column.message.setPlainText("x" * 80)
    column.show_result("Committed", failed=False)
    QTest.qWait(0)
    assert places(column) == before
    column.checks.show_checks([])
    QTest.qWait(0)
    assert places(column) == before


@pytest.mark.parametrize("height", [320, 500])
def test_three_lines_of_the_message_are_seen_in_a_low_window(column, files, tmp_path, height):
    column.list.show_files(files, ["none"] * 3, None)
    column.show_counts(3, 0, rest_shown=False)
    column.checks.show_checks([many(tmp_path)])
    column.show_result("Refused", failed=True, output="line\n" * 40)
    column.resize(220, height)
    QTest.qWait(0)
    assert column.message.viewport().height() >= 3 * column.message.fontMetrics().lineSpacing()
    assert column.amend.geometry().bottom() <= column.height()


def test_what_is_told_of_a_command_is_scrolled_to(qtbot, column, files, tmp_path):
    column.list.show_files(files, ["none"] * 3, None)
    column.checks.show_checks([many(tmp_path)])
    column.resize(252, 560)
    column.show_result("Refused", failed=True, output="line\n" * 40)
    words = column.findChild(object, "gitWords")
    qtbot.waitUntil(lambda: not words.visibleRegion().isEmpty())


def test_what_is_said_on_the_buttons_fits(column):
    column.push_button.setText("Push 12")
    column.pull_button.setText("Pull 12")
    column.show_commit("Save and commit 200 files", "", enabled=True)
    column.resize(220, 700)
    QTest.qWait(0)
    for part in (column.amend, column.push_button, column.pull_button, column.commit_button):
        assert part.width() >= part.sizeHint().width()


def test_all_are_ticked_by_the_box_above_them_or_selected_and_ticked_by_space(column, files):
    column.list.show_files(files, ["all", "none", "some"], None)
    column.show_counts(3, 0, rest_shown=False)
    assert column.all.checkState() == Qt.CheckState.PartiallyChecked
    asked, toggled = [], []
    column.all_toggled.connect(asked.append)
    column.list.many_toggled.connect(lambda found, picked: toggled.append((len(found), picked)))
    QTest.mouseClick(column.all, Qt.MouseButton.LeftButton)
    assert asked == [True]
    column.list.setFocus()
    column.list.selectAll()
    QTest.keyClick(column.list, Qt.Key.Key_Space)
    column.list.show_files(files, ["all"] * 3, None)
    column.show_counts(3, 0, rest_shown=False)
    assert column.all.checkState() == Qt.CheckState.Checked
    column.list.selectAll()
    QTest.keyClick(column.list, Qt.Key.Key_Space)
    assert toggled == [(3, True), (3, False)]


def test_what_was_pressed_has_the_focus_again_once_it_is_done(qtbot, column):
    column.push_button.setFocus()
    column.show_running("Pushing…")
    column.push_button.setEnabled(False)
    assert column.focusWidget().objectName() == "gitResult"
    column.show_result("Pushed.", failed=False)
    column.push_button.setEnabled(True)
    assert column.focusWidget() is column.push_button


def test_tab_leads_from_the_message_down(column):
    column.show_commit("Commit", "", enabled=True)
    column.message.setFocus()
    seen = []
    for _step in range(4):
        QTest.keyClick(column.focusWidget(), Qt.Key.Key_Tab)
        seen.append(column.focusWidget().objectName())
    assert seen == ["commitButton", "pushButton", "pullButton", "amendCommit"]


def test_a_low_window_does_not_grow_by_many_problems(qtbot, column, files, tmp_path):
    column.list.show_files(files, ["none"] * 3, None)
    found = tuple(Found("A link leads nowhere " * 3, "warning", tmp_path / "a.md", n, n) for n in range(25))
    column.checks.show_checks([Check("proof", ERROR, "Links", "25 problems", found=found)])
    column.show_result("Refused", failed=True, output="line\n" * 40)
    assert column.minimumSizeHint().height() <= 640
