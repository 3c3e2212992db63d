"""A form with a post behind it: its wishes become edits of a text, and the text is shown again."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from editor.errors import FrontMatterError
from editor.post import front_matter
from editor.post.text_edit import TextEdit
from editor.schema.content_type import ContentType, Field
from editor.ui.form.facts import FormFacts
from editor.ui.form.form import FrontMatterForm

POST = ContentType(
    "post",
    (
        Field("title", "text", core=True),
        Field("date", "date", required=True, core=True, options={"map": True}),
        Field("draft", "switch", core=True, default=False),
        Field("categories", "list", core=True, choices=("introspection", "motives", "logbook")),
        Field("tags", "list", core=True, options={"items": "scalar"}),
        Field("authors", "list", core=True),
        Field("slug", "slug", core=True),
        Field("description", "long_text", core=True, options={"length": 155}),
        Field("pin", "switch", description="Keeps the post on top"),
        Field("readtime", "integer"),
        Field("template", "choice", choices=("post.html", "wide.html")),
        Field("hide", "choices", choices=("toc", "navigation")),
        Field("links", "links"),
    ),
)

FACTS = FormFacts(
    completions={"tags": {"quantization": 2, "int8": 7, "onnx": 1}, "categories": {"logbook": 3}},
    authors={"editor": "The editor", "guest": "A guest"},
    title="The first heading",
    slug="the-first-heading",
)


class Desk:
    """Keeps the text, as a session does, and what the form asked for."""

    def __init__(self, form: FrontMatterForm) -> None:
        self.form = form
        self.text = ""
        self.facts = FACTS
        self.content_type = POST
        self.asked: list[tuple[str, tuple[Any, ...]]] = []
        for name, act in (
            ("value_set", "set"),
            ("source_set", "set_source"),
            ("restored", "restore"),
            ("unset", "unset"),
            ("list_added", "add"),
            ("list_removed", "remove"),
            ("renamed", "rename"),
            ("moved", "move"),
        ):
            getattr(form, name).connect(self._make_slot(name, act))

    def open(self, header: str) -> None:
        """Show a post with the lines `header` between the fences."""
        self.form.clear()
        self.show(f"---\n{header}---\n\nBody\n")

    def show(self, text: str) -> None:
        """Show `text`, as after an edit in the editor."""
        self.text = text
        self.form.show_front_matter(front_matter.read(text), self.content_type, self.facts)

    @property
    def header(self) -> str:
        """What stands between the fences."""
        return self.text.split("---\n")[1]

    def take_asked(self) -> list[tuple[str, tuple[Any, ...]]]:
        """Return what was asked for since the last time."""
        asked, self.asked = self.asked, []
        return asked

    def field(self, key: str) -> Any:
        """Return the widget of a field."""
        found = self.form.findChild(QWidget, f"field-{key}")
        assert found is not None, f"no widget field-{key}"
        return found

    def said_about(self, key: str) -> str:
        """Return what stands below a field."""
        return str(self.field(key).accessibleDescription())

    def _make_slot(self, name: str, act: str) -> Callable[..., None]:
        def slot(*arguments: Any) -> None:
            self.asked.append((name, arguments))
            try:
                again = {"again": True} if act == "add" and isinstance(arguments[1], dict) else {}
                edit = _edit(front_matter.read(self.text), act, arguments, again)
            except FrontMatterError as error:
                self.form.show_refusal(arguments[0], error.message)
                return
            if edit is not None:
                self.show(edit.apply(self.text))

        return slot


def _edit(header: Any, act: str, arguments: tuple[Any, ...], again: dict[str, bool]) -> TextEdit | None:
    if act == "restore" and arguments[1] is None:
        return header.unset(arguments[0])
    return getattr(header, "set_source" if act == "restore" else act)(*arguments, **again)


@pytest.fixture
def desk(qtbot: QtBot) -> Desk:
    form = FrontMatterForm()
    qtbot.addWidget(form)
    form.resize(300, 900)
    form.show()
    qtbot.waitExposed(form)
    form.activateWindow()
    return Desk(form)
