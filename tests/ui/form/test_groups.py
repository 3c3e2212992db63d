"""Maps and lists of maps as headings with rows, and values that are handed down to a post."""

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget

from editor.post import front_matter
from editor.schema.content_type import ContentType, Field
from editor.ui.form import groups
from editor.ui.form.facts import FormFacts
from editor.ui.form.rows import row_states
from editor.ui.theme import DARK
from tests.ui.form.conftest import POST, Desk

ZOLA = ContentType(
    "post",
    (
        Field("title", "text", core=True),
        Field("taxonomies.tags", "list", "Tags", core=True),
        Field("taxonomies", "map", "Taxonomies"),
        Field("extra", "map", "Own values"),
        Field("extra.toc", "switch", "Contents"),
    ),
)


def shapes(header: str, content_type: ContentType = POST) -> dict[str, tuple[str, int]]:
    read = front_matter.read(f"---\n{header}---\n")
    states = row_states(read, content_type, FormFacts())
    return {state.field.key: (state.shape, state.depth) for state in states if state.present}


def override(desk: Desk, key: str) -> QPushButton:
    found: Any = desk.form.findChild(QPushButton, f"override-{key}")
    return found


# Maps.


def test_a_map_is_a_heading_with_a_row_for_each_entry() -> None:
    assert shapes("cover:\n  image: a.png\n  wide: true\n  deeper: {a: 1}\n") == {
        "cover": ("group", 0),
        "cover.image": ("", 1),
        "cover.wide": ("", 1),
        "cover.deeper": ("", 1),
    }


@pytest.mark.parametrize("header", ["a: {b.c: 1}\n", "title: {a: 1}\n", "a: [{b: 1}, x]\n"])
def test_what_has_no_rows_is_shown_as_it_stands(header: str) -> None:
    assert all(shape == "" and depth == 0 for shape, depth in shapes(header).values())


def test_a_huge_map_is_shown_as_it_stands() -> None:
    header = "a:\n" + "".join(f"  k{number}: 1\n" for number in range(200))
    assert shapes(header) == {"a": ("", 0)}


def test_an_entry_is_edited_and_nothing_beside_it(desk: Desk) -> None:
    desk.open("cover:\n  image: a.png   # mine\n  wide: true\n  note: 'x'\n")
    line = desk.field("cover.image")
    line.setFocus()
    QTest.keyClick(line, Qt.Key.Key_End)
    QTest.keyClicks(line, "x")
    assert desk.header == "cover:\n  image: a.pngx   # mine\n  wide: true\n  note: 'x'\n"
    assert desk.field("cover.image") is line
    assert line.hasFocus()
    desk.field("cover.wide").click()
    assert "  wide: false\n" in desk.header
    assert line.accessibleName() == "Cover: Image"


def test_an_entry_is_added_by_its_name_and_taken_away(desk: Desk) -> None:
    desk.open("cover:\n  image: a.png\n")
    desk.field("cover").setFocus()
    QTest.keyClick(desk.field("cover"), Qt.Key.Key_Space)
    name = desk.field("cover-name")
    assert name.hasFocus()
    QTest.keyClicks(name, "image")
    QTest.keyClick(name, Qt.Key.Key_Return)
    assert "already" in desk.said_about("cover")
    name.clear()
    QTest.keyClicks(name, "alt")
    QTest.keyClick(name, Qt.Key.Key_Return)
    assert desk.asked == []
    line = desk.field("cover.alt")
    assert line.hasFocus()
    QTest.keyClicks(line, "Cat")
    assert desk.header == "cover:\n  image: a.png\n  alt: Cat\n"
    assert desk.field("cover.alt") is line
    desk.form._remove("cover.alt")
    assert desk.header == "cover:\n  image: a.png\n"
    assert "cover.alt" not in desk.form.shown_keys()


def test_tab_goes_through_the_entries_from_top_to_bottom(desk: Desk) -> None:
    desk.open("cover:\n  image: a.png\n  alt: b\n")
    desk.field("cover").setFocus()
    seen = []
    for _press in range(8):
        QTest.keyClick(desk.form.focusWidget(), Qt.Key.Key_Tab)
        seen.append(desk.form.focusWidget().objectName())
    assert [name for name in seen if name.startswith("field-")][:2] == [
        "field-cover.image",
        "field-cover.alt",
    ]


def test_a_declared_entry_is_there_before_the_map_is(desk: Desk) -> None:
    desk.content_type = ZOLA
    desk.show("+++\ntitle = 'x'\n+++\n")
    assert desk.form.shown_keys() == ["title", "taxonomies", "taxonomies.tags"]
    line = desk.field("taxonomies.tags")
    line.setFocus()
    QTest.keyClicks(line, "cats,")
    assert front_matter.read(desk.text).values == {"title": "x", "taxonomies": {"tags": ["cats"]}}


def test_a_toml_table_is_edited_entry_by_entry(desk: Desk) -> None:
    desk.content_type = ZOLA
    desk.show("+++\ntitle = 'x'\n[extra]\ntoc = true # c\nlead = 'y'\n+++\n")
    desk.field("extra.toc").click()
    assert desk.text == "+++\ntitle = 'x'\n[extra]\ntoc = false # c\nlead = 'y'\n+++\n"


# Lists of maps.


def test_a_list_of_maps_is_a_card_each(desk: Desk) -> None:
    desk.open("resources:\n  - name: a\n    src: b\n  - name: c\n")
    assert desk.form.shown_keys()[-6:] == [
        "resources",
        "resources.0",
        "resources.0.name",
        "resources.0.src",
        "resources.1",
        "resources.1.name",
    ]
    line = desk.field("resources.1.name")
    line.setFocus()
    QTest.keyClick(line, Qt.Key.Key_End)
    QTest.keyClicks(line, "d")
    assert desk.header == "resources:\n  - name: a\n    src: b\n  - name: cd\n"


def test_a_card_is_added_and_taken_away(desk: Desk) -> None:
    desk.open("resources:\n  - name: a\n    src: b\n")
    desk.field("resources").click()
    assert desk.header == 'resources:\n  - name: a\n    src: b\n  - name: ""\n    src: ""\n'
    menu = desk.form._rows["resources.0"].menu()
    remove = next(action for action in menu.actions() if action.text() == "Remove entry")
    remove.trigger()
    assert desk.header == 'resources:\n  - name: ""\n    src: ""\n'
    assert "resources.1" not in desk.form.shown_keys()


def test_a_new_card_has_what_is_declared() -> None:
    entries = (Field("name", "text", required=True), Field("size", "integer"))
    assert groups.new_entry(Field("a", "list", options={"entries": entries}), None) == {"name": ""}
    assert groups.new_entry(Field("a", "raw"), [{"url": "x", "n": 1}]) == {"url": ""}


def test_links_of_material_stay_as_they_stand(desk: Desk) -> None:
    desk.open("links:\n  - A page: a.md\n  - b.md\n")
    assert desk.field("links").toPlainText() == "- A page: a.md\n- b.md"


# Values that are handed down.


def test_an_inherited_value_is_overridden_by_a_button(desk: Desk) -> None:
    desk.facts = FormFacts(inherited={"authors": ["editor"], "draft": True, "layout": "wide"})
    desk.open("title: x\n")
    assert desk.field("layout").placeholderText() == "wide"
    assert desk.field("layout").text() == ""
    button = override(desk, "layout")
    assert button.isVisible()
    assert button.accessibleName() == "Layout: override here"
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Space)
    assert desk.header == "title: x\nlayout: wide\n"
    assert not override(desk, "layout").isVisible()
    assert desk.field("layout").hasFocus()
    override(desk, "authors").click()
    assert front_matter.read(desk.text).values["authors"] == ["editor"]


def test_only_what_is_inherited_has_the_button(desk: Desk) -> None:
    desk.facts = FormFacts(inherited={"draft": True})
    desk.open("title: x\ndraft: false\n")
    assert not [
        button
        for button in desk.form.findChildren(QPushButton)
        if button.objectName().startswith("override-") and button.isVisible()
    ]


def test_an_inherited_entry_of_a_map_is_overridden_alone(desk: Desk) -> None:
    desk.facts = FormFacts(inherited={"cover": {"wide": True, "alt": "b"}})
    desk.open("cover:\n  alt: mine\n")
    assert not override(desk, "cover.alt").isVisible()
    override(desk, "cover.wide").click()
    assert desk.header == "cover:\n  alt: mine\n  wide: true\n"


def test_a_post_that_can_only_be_read_has_nothing_overridden(desk: Desk) -> None:
    desk.facts = FormFacts(inherited={"layout": "wide"})
    desk.open("cover: {a: b}\n")
    desk.form.set_read_only("It is locked")
    assert not override(desk, "layout").isEnabled()
    assert not desk.field("cover").isEnabled()


def test_groups_take_the_colours_of_a_theme(desk: Desk) -> None:
    desk.open("cover:\n  image: a.png\n")
    desk.form.set_theme(DARK)
    row = desk.form._rows["cover.image"]
    fields: Any = desk.form.findChild(QWidget, "frontMatterFields")
    place = row.geometry().topLeft()
    picture = fields.grab().toImage()
    ratio = picture.devicePixelRatio()
    assert picture.pixelColor(int((place.x() + 3) * ratio), int((place.y() + 5) * ratio)).name() == DARK.line
