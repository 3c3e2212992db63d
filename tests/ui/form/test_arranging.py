"""Other names and other places for fields, from the form: by the menu of a field and by keys."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton, QWidget

from editor.post import front_matter
from editor.ui.form import places
from editor.ui.form.field_row import FieldRow
from tests.ui.form.conftest import Desk

POST = "title: A\ndate: 2025-10-11 # when\n# about mine\nmine: 1\nother: 'x'\n"
CARDS = "related:\n- name: One\n  url: a\n- name: Two # c\n  url: b\n- name: Three\n  url: c\n"
_MOVE = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


def row_of(desk: Desk, key: str) -> FieldRow:
    return next(
        row for row in desk.form.findChildren(FieldRow) if row.state.field.key == key and row.isVisible()
    )


def offered(desk: Desk, key: str) -> dict[str, QAction]:
    actions = row_of(desk, key).menu().actions()
    return {action.text().split("\t")[0]: action for action in actions if not action.isSeparator()}


def rename(desk: Desk, key: str, name: str) -> QWidget:
    desk.field(key).setFocus()
    QTest.keyClick(desk.field(key), Qt.Key.Key_F2)
    line = desk.form.findChild(QWidget, f"rename-{key}")
    assert line is not None
    assert line.hasFocus()
    assert line.accessibleName()
    line.selectAll()
    QTest.keyClicks(line, name)
    QTest.keyClick(line, Qt.Key.Key_Return)
    return line


# Names.


def test_a_field_is_renamed_where_it_stands_and_keeps_the_focus(desk: Desk) -> None:
    desk.open(POST)
    rename(desk, "mine", "yours")
    assert desk.header == POST.replace("mine: 1", "yours: 1")
    assert desk.form.shown_keys()[-2:] == ["yours", "other"]
    assert desk.field("yours").hasFocus()


def test_a_known_field_gets_another_name_and_is_empty_then(desk: Desk) -> None:
    desk.open(POST)
    line = rename(desk, "title", "headline")
    assert desk.header == POST.replace("title: A", "headline: A")
    assert not row_of(desk, "title").state.present
    assert not line.isVisible()
    assert desk.field("headline").text() == "A"


def test_a_name_that_is_there_already_is_refused_and_stays_to_be_changed(desk: Desk) -> None:
    desk.open(POST)
    line = rename(desk, "mine", "other")
    assert "already" in desk.said_about("mine")
    assert desk.header == POST
    assert line.isVisible()
    QTest.keyClick(line, Qt.Key.Key_A)
    assert desk.said_about("mine") == ""
    QTest.keyClick(line, Qt.Key.Key_Escape)
    assert not line.isVisible()
    assert desk.header == POST
    assert row_of(desk, "mine").isAncestorOf(desk.form.focusWidget())


def test_leaving_the_line_of_the_name_renames_nothing(desk: Desk) -> None:
    desk.open(POST)
    desk.field("mine").setFocus()
    row_of(desk, "mine").ask_name()
    QTest.keyClicks(desk.form.focusWidget(), "yours")
    desk.field("other").setFocus()
    assert desk.header == POST
    assert desk.asked == []


def test_an_entry_of_a_map_is_renamed_inside_it(desk: Desk) -> None:
    desk.open("cover:\n  image: a.png # c\n  alt: b\n")
    rename(desk, "cover.alt", "caption")
    assert desk.header == "cover:\n  image: a.png # c\n  caption: b\n"
    assert desk.field("cover.caption").hasFocus()
    rename(desk, "cover.caption", "a.b")
    assert "no dots" in desk.said_about("cover.caption")


# Places.


def test_a_field_is_moved_in_the_file_with_its_comment(desk: Desk) -> None:
    desk.open(POST)
    line = desk.field("mine")
    line.setFocus()
    QTest.keyClick(line, Qt.Key.Key_Up, _MOVE)
    assert desk.header == "title: A\n# about mine\nmine: 1\ndate: 2025-10-11 # when\nother: 'x'\n"
    assert line.hasFocus()
    QTest.keyClick(line, Qt.Key.Key_Up, _MOVE)
    QTest.keyClick(line, Qt.Key.Key_Up, _MOVE)
    assert desk.header.startswith("# about mine\nmine: 1\ntitle: A\n")
    QTest.keyClick(line, Qt.Key.Key_Down, _MOVE)
    QTest.keyClick(line, Qt.Key.Key_Down, _MOVE)
    assert desk.header == POST
    assert line.hasFocus()


@pytest.mark.parametrize("key", ["date", "template", "tags", "draft", "description"])
def test_the_keys_move_whatever_widget_has_the_focus(desk: Desk, key: str) -> None:
    values = {
        "date": "2025-10-11",
        "template": "wide.html",
        "tags": "[a]",
        "draft": "true",
        "description": "x",
    }
    desk.open(f"first: 1\n{key}: {values[key]}\nlast: 2\n")
    desk.field(key).setFocus()
    QTest.keyClick(desk.field(key), Qt.Key.Key_Down, _MOVE)
    assert desk.header == f"first: 1\nlast: 2\n{key}: {values[key]}\n"
    QTest.keyClick(desk.field(key), Qt.Key.Key_Up, _MOVE)
    assert desk.header == f"first: 1\n{key}: {values[key]}\nlast: 2\n"
    assert [name for name, _arguments in desk.asked] == ["moved", "moved"]


def test_a_card_is_moved_among_its_neighbours_and_the_focus_goes_along(desk: Desk) -> None:
    desk.open(CARDS)
    button = row_of(desk, "related.0").findChildren(QToolButton)[0]
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Down, _MOVE)
    assert desk.header == (
        "related:\n- name: Two # c\n  url: b\n- name: One\n  url: a\n- name: Three\n  url: c\n"
    )
    assert row_of(desk, "related.1").isAncestorOf(desk.form.focusWidget())
    QTest.keyClick(desk.form.focusWidget(), Qt.Key.Key_Down, _MOVE)
    assert [entry["name"] for entry in front_matter.read(desk.text).values["related"]] == [
        "Two",
        "Three",
        "One",
    ]
    assert row_of(desk, "related.2").isAncestorOf(desk.form.focusWidget())
    QTest.keyClick(desk.form.focusWidget(), Qt.Key.Key_Down, _MOVE)
    assert len(desk.asked) == 2


def test_the_menu_offers_what_can_be_done(desk: Desk) -> None:
    desk.open(POST)
    title, mine, other = offered(desk, "title"), offered(desk, "mine"), offered(desk, "other")
    assert not title["Move up in the file"].isEnabled()
    assert title["Move down in the file"].isEnabled()
    assert mine["Rename…"].isEnabled()
    assert mine["Rename…"].text().endswith("\tF2")
    assert not other["Move down in the file"].isEnabled()
    mine["Move down in the file"].trigger()
    assert desk.header.endswith("other: 'x'\n# about mine\nmine: 1\n")
    assert "Rename…" not in offered(desk, "slug")  # which the post does not have
    desk.open(CARDS)
    card = offered(desk, "related.1")
    assert "Rename…" not in card
    card["Move up"].trigger()
    assert desk.field("related.0.name").text() == "Two"


def test_what_can_t_be_moved_or_renamed_says_why(desk: Desk) -> None:
    desk.show("+++\na = 1\n\n[t]\nx = 1\n+++\n")
    down = offered(desk, "a")["Move down in the file"]
    assert not down.isEnabled()
    assert "without touching more" in down.toolTip()
    desk.field("a").setFocus()
    QTest.keyClick(desk.field("a"), Qt.Key.Key_Down, _MOVE)
    assert "without touching more" in desk.said_about("a")
    assert desk.asked == []
    desk.open("a: &x 1\nb: *x\nc: 2\n")
    locked = offered(desk, "b")
    assert not locked["Rename…"].isEnabled()
    assert not locked["Move up in the file"].isEnabled()
    assert "alias" in locked["Rename…"].toolTip()
    desk.form.set_read_only("The file belongs to somebody else.")
    assert not offered(desk, "c")["Rename…"].isEnabled()


def test_what_a_merge_key_brings_in_has_no_place() -> None:
    read = front_matter.read("---\nbase: &b {x: 1}\n<<: *b\nlast: 2\n---\n")
    assert "x" in read.values
    assert "x" not in places.neighbours(read, "last")
    assert places.step(read, "x", down=True) is None


def test_numbers_as_names_are_no_places_in_a_list() -> None:
    read = front_matter.read("---\nyears:\n  '2020': a\n  '2021': b\n---\n")
    step = places.step(read, "years.2020", down=True)
    assert step is not None
    assert (step.after, step.key) == ("years.2021", "years.2020")


# A card more.


def test_a_second_empty_card_is_one_of_its_own(desk: Desk) -> None:
    desk.open(CARDS)
    for number in (3, 4):
        desk.field("related").click()
        assert desk.field(f"related.{number}.name").hasFocus()
    assert len(front_matter.read(desk.text).values["related"]) == 5
    QTest.keyClicks(desk.field("related.4.name"), "Five")
    listed = front_matter.read(desk.text).values["related"]
    assert [entry["name"] for entry in listed] == ["One", "Two", "Three", "", "Five"]
    assert desk.header.startswith(CARDS)
