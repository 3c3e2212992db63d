"""What the rows of a form say, worked out without a widget."""

from dataclasses import replace

import pytest

from editor.errors import FrontMatterError
from editor.post import front_matter
from editor.schema.content_type import ContentType, Field
from editor.ui.form.facts import FormFacts
from editor.ui.form.rows import RowState, addable, all_suggestions, fits, read_source, row_states, shown_text
from tests.ui.form.conftest import FACTS, POST


def rows(header: str, facts: FormFacts = FACTS, content_type: ContentType = POST) -> dict[str, RowState]:
    read = front_matter.read(f"---\n{header}---\nBody\n")
    return {state.field.key: state for state in row_states(read, content_type, facts)}


def test_a_core_field_of_the_content_type_can_be_taken_away_only_where_it_is() -> None:
    states = rows("title: x\nmine: 1\n")
    assert states["title"].removable
    assert not states["slug"].removable
    assert states["mine"].removable


def test_the_kind_is_the_value_s_where_no_content_type_knows_the_key() -> None:
    states = rows("a: yes\nb: 5\nc: [x]\nd: {e: f}\ng: 2024-01-31\nh: text\n")
    kinds = {key: state.field.kind for key, state in states.items() if len(key) == 1}
    assert kinds == {"a": "switch", "b": "integer", "c": "list", "d": "map", "g": "date", "h": "text"}


@pytest.mark.parametrize(
    ("kind", "value", "fine"),
    [
        ("text", "a", True),
        ("text", 2024, True),
        ("text", ["a"], False),
        ("text", {"a": 1}, False),
        ("text", "a\u2028b", False),
        ("text", "a\rb", False),
        ("long_text", "a\nb\u00a0c", True),
        ("long_text", "a\u2029b", False),
        ("list", ["a", 1, 1.5], True),
        ("list", "a, b", False),
        ("list", ["a\u2029"], False),
        ("list", [["a"]], False),
        ("choice", "a", True),
        ("choice", 5, False),
        ("date", {"created": "x"}, False),
        ("switch", [True], False),
        ("raw", [{"a": 1}], True),
        ("anything", {}, True),
        ("text", None, True),
    ],
)
def test_a_widget_gets_only_what_it_can_give_back_unharmed(kind: str, value: object, fine: bool) -> None:
    assert fits(kind, value, {}) is fine


def test_a_text_of_several_lines_gets_a_box() -> None:
    assert rows("title: |\n  a\n  b\n")["title"].field.kind == "long_text"


def test_a_scalar_is_shown_as_the_file_writes_it() -> None:
    states = rows("slug: 1.10\ndraft: yes\ndate: 2024-01-31 09:05:00\ntitle: 'q''q'\n")
    assert shown_text(states["slug"].value, states["slug"].source) == "1.10"
    assert shown_text(states["date"].value, states["date"].source) == "2024-01-31 09:05:00"
    assert shown_text(states["title"].value, states["title"].source) == "q'q"


def test_a_map_of_dates_has_its_own_sources() -> None:
    state = rows("date:\n  created: 2024-01-31\n  updated: 2024-02-01T10:00:00Z\n")["date"]
    assert [(entry.name, entry.source) for entry in state.entries] == [
        ("created", "2024-01-31"),
        ("updated", "2024-02-01T10:00:00Z"),
    ]


def test_the_site_s_choices_win_over_those_of_the_content_type() -> None:
    facts = replace(FACTS, choices={"categories": ("only",)})
    state = rows("categories: [logbook]\n", facts)["categories"]
    assert state.field.choices == ("only",)
    assert "only" in state.problems[0].message


def test_suggestions_are_the_allowed_values_or_those_that_other_posts_have() -> None:
    offered = all_suggestions(POST, FACTS)
    assert [entry.value for entry in offered["tags"]] == ["int8", "quantization", "onnx"]
    assert [entry.note() for entry in offered["tags"]] == ["7 posts", "2 posts", "1 post"]
    assert [entry.value for entry in offered["categories"]] == ["logbook", "introspection", "motives"]
    assert [(entry.value, entry.note()) for entry in offered["authors"]] == [
        ("editor", "The editor"),
        ("guest", "A guest"),
    ]


def test_what_can_be_added_is_known_and_not_there() -> None:
    content_type = ContentType("post", (*POST.fields, Field("date.updated", "date")))
    assert [field.key for field in addable(content_type, ["title", "pin"])][:2] == ["date", "draft"]
    assert "date.updated" not in [field.key for field in addable(content_type, [])]


def test_a_note_is_shown_below_its_field() -> None:
    assert rows("slug: x\n", replace(FACTS, notes={"slug": "Taken"}))["slug"].hint == "Taken"


def test_a_source_is_read_in_the_front_matter_s_own_format() -> None:
    assert read_source("{a: [1, no]}", "yaml") == {"a": [1, False]}
    assert read_source("{a = [1, true]}", "toml") == {"a": [1, True]}
    for text, name in (("{a: [1]}", "toml"), ("1\nother = 2", "toml"), ("{a", "yaml")):
        with pytest.raises(FrontMatterError):
            read_source(text, name)


def test_a_toml_table_inside_another_is_left_to_the_text() -> None:
    read = front_matter.read("+++\ntitle = 'x'\nmap = {a = 1}\n[table]\na = 1\n[table.inner]\nb = 1\n+++\n")
    states = {state.field.key: state for state in row_states(read, POST, FACTS)}
    assert states["table.inner"].lock
    assert states["table.a"].lock is None
    assert states["table"].lock is None
    assert states["map.a"].lock is None
