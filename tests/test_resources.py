"""The files that ship with the program: what the code asks for is there, and what is there is asked for."""

import ast
import re
import xml.etree.ElementTree as ET

import pytest

from editor import resources
from tests.sources import Source, literal

ICONS = resources.path("icons")

SPARE_ICONS = frozenset(
    {
        "book",
        "branch",
        "chevron-left",
        "chevron-up",
        "clock",
        "external-link",
        "footnote",
        "lock",
        "minus",
        "monitor",
        "phone",
        "pin",
        "user",
    }
)
"""Icons of the family that nothing shows yet."""


def strings(source: Source) -> set[str]:
    return {value for part in source.parts if (value := literal(part)) is not None}


def icon_names() -> set[str]:
    return {path.stem for path in ICONS.glob("*.svg")}


def test_every_resource_that_the_code_names_is_there(package):
    missing = []
    for source in package:
        for name, call in source.calls:
            owner = call.func.value if isinstance(call.func, ast.Attribute) else None
            if not (isinstance(owner, ast.Name) and owner.id == "resources" and call.args):
                continue
            asked = literal(call.args[0])
            if name in {"path", "text"} and asked is not None and not (resources.root() / asked).exists():
                missing.append(f"{source.place(call)}: {asked}")
    assert missing == []


def test_every_icon_that_the_code_names_is_there(package):
    missing = []
    there = icon_names()
    for source in package:
        for name, call in source.calls:
            asked = literal(call.args[0]) if call.args else None
            if name in {"icon", "pixmap", "set_icon"} and asked is not None and asked not in there:
                missing.append(f"{source.place(call)}: {asked}")
    assert missing == []


def test_every_icon_is_shown_somewhere(package):
    named = set().union(*(strings(source) for source in package if source.name.startswith("editor.ui")))
    for sheet in resources.path("themes").glob("*.qss"):
        named |= set(re.findall(r"\$icons/([\w-]+)\.svg", sheet.read_text("utf-8")))
    assert icon_names() - named - SPARE_ICONS == set()


def test_every_icon_of_a_style_sheet_is_there():
    missing = [
        f"{sheet.name}: {name}"
        for sheet in resources.path("themes").glob("*.qss")
        for name in re.findall(r"\$icons/([\w/.-]+)", sheet.read_text("utf-8"))
        if not (ICONS / name).is_file()
    ]
    assert missing == []


@pytest.mark.parametrize("name", sorted(icon_names()))
def test_the_icons_are_one_family(name):
    """16 px, 1.4 px strokes, the colour of the text beside them: any other would not follow the theme."""
    drawing = ET.fromstring((ICONS / f"{name}.svg").read_text("utf-8"))
    assert drawing.get("viewBox") == "0 0 16 16"
    assert drawing.get("stroke-width") == "1.4"
    assert drawing.get("stroke") == "currentColor"
    assert drawing.get("fill") == "none"
    colours = {part.get(key) for part in drawing.iter() for key in ("fill", "stroke")}
    assert colours <= {None, "none", "currentColor"}


@pytest.mark.parametrize("name", sorted(icon_names()))
def test_an_icon_is_painted_in_the_colour_that_was_asked_for(name, qapp):
    from PySide6.QtGui import QColor

    from editor.ui.icons import pixmap

    image = pixmap(name, "#2f5bea", 16, 2).toImage()
    assert (image.width(), image.height()) == (32, 32)
    seen = [image.pixelColor(x, y) for x in range(32) for y in range(32)]
    solid = [colour for colour in seen if colour.alpha() == 255]
    assert solid
    wanted = QColor("#2f5bea")
    for colour in solid:
        assert abs(colour.red() - wanted.red()) + abs(colour.blue() - wanted.blue()) < 8
    # A 2 px margin is the family's rhythm; a stroke that leaves the picture would be cut.
    edge = [image.pixelColor(x, y).alpha() for x in range(32) for y in (0, 31)]
    edge += [image.pixelColor(x, y).alpha() for y in range(32) for x in (0, 31)]
    assert max(edge) == 0


def test_a_resource_that_is_not_there_is_named():
    with pytest.raises(FileNotFoundError, match=r"no resource icons/unicorn\.svg"):
        resources.path("icons/unicorn.svg")
