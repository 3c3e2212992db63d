"""Choices that are offered, and those that are not."""

from PySide6.QtCore import Qt

from editor.schema.content_type import ContentType, Field
from editor.ui.form.field_row import FieldRow

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


def test_a_choice_shows_its_label_and_writes_its_value(desk):
    labels = {"1": "Not good", "2": "Good", "2b": "Good"}
    size = Field("stars", "choice", core=True, choices=("1", "2", "2b", "3"), options={"labels": labels})
    topics = Field("topics", "choices", core=True, choices=("a", "b"), options={"labels": {"a": "Animals"}})
    desk.content_type = ContentType("post", (size, topics))
    desk.open("stars: '1'\ntopics: []\n")
    box = desk.field("stars")
    words = [box.itemText(number) for number in range(box.count())]
    assert words == ["Not set", "Not good", "Good (2)", "Good (2b)", "3"]
    assert box.currentText() == "Not good"
    assert box.itemData(1, Qt.ItemDataRole.ToolTipRole) == "1"
    choose(box, "Good (2b)")
    assert desk.header == "stars: '2b'\ntopics: []\n"
    assert box.currentText() == "Good (2b)"
    row = next(row for row in desk.form.findChildren(FieldRow) if row.state.field.key == "topics")
    assert [(entry.value, entry.note()) for entry in row.state.suggestions] == [("a", "Animals"), ("b", "")]
