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
    assert length.text() == "The first line is 3 characters over 72."


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


def test_a_narrow_column_puts_the_second_button_below_the_first(qtbot, column):
    column.show_commit("Commit 1 file", "", enabled=True)
    assert column.push_button.y() == column.commit_button.y()
    column.show_commit("Save and commit 200 files", "", enabled=True)
    qtbot.waitUntil(lambda: column.push_button.y() > column.commit_button.y())
    assert column.commit_button.width() >= column.commit_button.sizeHint().width()


def test_a_low_window_does_not_grow_by_many_problems(qtbot, column, files, tmp_path):
    column.list.show_files(files, ["none"] * 3, None)
    found = tuple(Found("A link leads nowhere " * 3, "warning", tmp_path / "a.md", n, n) for n in range(25))
    column.checks.show_checks([Check("proof", ERROR, "Links", "25 problems", found=found)])
    column.show_result("Refused", failed=True, output="line\n" * 40)
    assert column.minimumSizeHint().height() <= 640
