"""Choices that are offered, and those that are not."""

from PySide6.QtCore import Qt

from editor.schema.content_type import ContentType, Field

TYPE = ContentType(
    "post",
    (
        Field(
            "mood", "choice", core=True, choices=("happy", "sad"), options={"open": True}, severity="warning"
        ),
        Field("size", "choice", core=True, choices=("small", "large")),
    ),
)


def choose(box, text):
    position = box.findText(text)
    assert position >= 0, [box.itemText(number) for number in range(box.count())]
    box.setCurrentIndex(position)
    box.activated.emit(position)


def other_line(desk):
    return desk.field("mood-other")


def test_an_open_choice_takes_another_value(desk, qtbot):
    desk.content_type = TYPE
    desk.open("mood: happy\n")
    choose(desk.field("mood"), "Another value…")
    line = other_line(desk)
    assert line.isVisible()
    assert desk.header == "mood: happy\n"
    qtbot.keyClicks(line, "calm")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert desk.header == "mood: calm\n"
    assert not line.isVisible()
    assert desk.field("mood").currentText() == "calm"
    assert desk.said_about("mood")  # the site asks for one of its own


def test_escape_leaves_all_as_it_was(desk, qtbot):
    desk.content_type = TYPE
    desk.open("mood: happy\n")
    choose(desk.field("mood"), "Another value…")
    qtbot.keyClicks(other_line(desk), "cal")
    qtbot.keyClick(other_line(desk), Qt.Key.Key_Escape)
    assert desk.header == "mood: happy\n"
    assert desk.field("mood").isVisible()
    assert desk.field("mood").currentText() == "happy"


def test_nothing_typed_is_nothing_written(desk, qtbot):
    desk.content_type = TYPE
    desk.open("mood: happy\n")
    choose(desk.field("mood"), "Another value…")
    qtbot.keyClick(other_line(desk), Qt.Key.Key_Return)
    assert desk.header == "mood: happy\n"
    assert desk.field("mood").isVisible()


def test_a_closed_choice_offers_its_values_alone(desk):
    desk.content_type = TYPE
    desk.open("size: small\n")
    box = desk.field("size")
    assert [box.itemText(number) for number in range(box.count())] == ["Not set", "small", "large"]
