"""Places and spellings that matter in TOML; that edits are exact at all is in test_properties."""

import datetime
from typing import Any

import pytest

from editor.errors import NotEditable
from editor.post.front_matter import read


def block(inner: str) -> str:
    return f"+++\n{inner}+++\nBody\n"


def after(inner: str, name: str, *arguments: Any, **named: Any) -> str:
    """Return what an edit makes of the lines between the fences."""
    text = block(inner)
    edit = getattr(read(text), name)(*arguments, **named)
    assert edit is not None
    changed: str = edit.apply(text)
    assert changed.startswith("+++\n")
    assert changed.endswith("+++\nBody\n")
    return changed[4:-9]


@pytest.mark.parametrize(
    ("old", "value", "new"),
    [
        ('"x"', 'a "b" \\', '"a \\"b\\" \\\\"'),
        ("'x'", 'a "b" \\', "'a \"b\" \\'"),
        ("'x'", "it's", '"it\'s"'),
        ("1", "\x7f\x85é", '"\\u007f\\u0085é"'),
        ('"""\nx\n"""', 'a\n"""b"\n', '"""\na\n""\\"b"\n"""'),
        ("'''x'''", "a\n\\b", "'''a\n\\b'''"),
        ("'''x'''", "a'''b", '"""a\'\'\'b"""'),
        ("true", False, "false"),
        ("1_000", 2, "2"),
        ("1", 1e16, "1e+16"),
        ("2024-01-01", datetime.date(2025, 2, 1), "2025-02-01"),
        ("2024-01-01 10:00:00", datetime.datetime(2025, 2, 1, 9), "2025-02-01 09:00:00"),
        (
            "2024-01-01T10:00:00Z",
            datetime.datetime(2025, 2, 1, 9, tzinfo=datetime.UTC),
            "2025-02-01T09:00:00Z",
        ),
        ("{ b = 1 }", [], "[]"),
        ("[\"k\", 'l']", ["l", "k", "m"], '[\'l\', "k", "m"]'),
        ("1", {"b": "c", "d e": [1]}, '{ b = "c", "d e" = [1] }'),
    ],
)
def test_a_value_is_replaced_where_it_stands(old: str, value: Any, new: str) -> None:
    assert after(f"k = 'a = 1'\na  =  {old}#c\n", "set", "a", value) == f"k = 'a = 1'\na  =  {new}#c\n"


@pytest.mark.parametrize(
    ("inner", "new"),
    [
        ("", "k = 1\n"),
        ("# c\n\n", "# c\nk = 1\n\n"),
        ("a = 1\n\n# about\n[t]\nb = 1\n", "a = 1\nk = 1\n\n# about\n[t]\nb = 1\n"),
        ("# about\n[t]\n", "k = 1\n# about\n[t]\n"),
        ('a = """\n[t]\n"""\n', 'a = """\n[t]\n"""\nk = 1\n'),
        ("  a = 1\n  [t]\n", "  a = 1\n  k = 1\n  [t]\n"),
        ("a.b = 1\n[[t]]\n", "a.b = 1\nk = 1\n[[t]]\n"),
    ],
)
def test_a_new_key_goes_before_the_tables(inner: str, new: str) -> None:
    assert after(inner, "set", "k", 1) == new


@pytest.mark.parametrize(
    ("inner", "key", "new"),
    [
        ("[t]\na = 1 # c\n\n[u]\n", "t.k", "[t]\na = 1 # c\nk = 1\n\n[u]\n"),
        ("[t]\n[u]\n", "t.k", "[t]\nk = 1\n[u]\n"),
        ("[t.u]\na = 1\n", "t.u.k", "[t.u]\na = 1\nk = 1\n"),
        ("[t.u]\na = 1\n", "t.k", "t.k = 1\n[t.u]\na = 1\n"),
        ("t.a = 1\nb = 1\n", "t.k", "t.a = 1\nt.k = 1\nb = 1\n"),
        ("t = { a = 1 }\n", "t.k", "t = { a = 1, k = 1 }\n"),
        ("t = {}\n", "t.k", "t = { k = 1 }\n"),
        ("a = 1\n", "t.u.k", "a = 1\nt.u.k = 1\n"),
        ("[t]\nu.a = 1\n", "t.u.k", "[t]\nu.a = 1\nu.k = 1\n"),
        ("a = 1\n", "t.k l", 'a = 1\nt."k l" = 1\n'),
    ],
)
def test_dots_lead_into_tables(inner: str, key: str, new: str) -> None:
    assert after(inner, "set", key, 1) == new


@pytest.mark.parametrize(
    ("inner", "key", "new"),
    [
        ("a = 1 # c\n\nb = 1\n", "a", "\nb = 1\n"),
        ("[t]\na = 1\n", "t.a", "[t]\n"),
        ("# c\n[t]\na = 1\n\n[u]\n", "t", "# c\n\n[u]\n"),
        ("t.a = 1\nb = 1\n", "t.a", "b = 1\n"),
        ("t = { a = 1, b = 2 }\n", "t.a", "t = { b = 2 }\n"),
        ("t = { a = 1 }\n", "t.a", "t = {}\n"),
        ("a = [\n  1,\n]\nb = 1\n", "a", "b = 1\n"),
    ],
)
def test_a_field_takes_its_lines_along(inner: str, key: str, new: str) -> None:
    assert after(inner, "unset", key) == new


@pytest.mark.parametrize(
    ("inner", "new"),
    [
        ("[t]\na = ['k']\n", "a = [\"x\"]\n[t]\na = ['k']\n"),
        ("a = []\n", 'a = ["x"]\n'),
        ("a = ['k']#c\n", "a = ['k', 'x']#c\n"),
        ('a = [ "k", ]\n', 'a = [ "k", "x", ]\n'),
        ('a = [\n  "k", # one\n  "l" # two\n]\n', 'a = [\n  "k", # one\n  "l", # two\n  "x"\n]\n'),
        ('a = ["]", "#",\n  ",,"]\n', 'a = ["]", "#",\n  ",,", "x"]\n'),
    ],
)
def test_an_item_is_written_as_the_others(inner: str, new: str) -> None:
    assert after(inner, "add", "a", "x") == new


@pytest.mark.parametrize(
    ("inner", "name", "arguments", "words"),
    [
        ("a = 1\n", "set", ("a", None), "no empty value"),
        ("a = 1\n", "set", ("b", [None]), "no empty value"),
        ("a = [1]\n", "add", ("a", None), "no empty value"),
        ("a = 1\n", "add", ("a", 2), "not a list"),
        ("a = 1\n", "set", ("a.b", 2), "not a map"),
        ("[a.b]\n[c]\n[a.d]\n", "unset", ("a",), "own text"),
        ("a = 1\n", "set_source", ("a", "2\nb = 3"), "no single value"),
        ("a = 1\n", "set_source", ("a", "x"), "not valid TOML"),
    ],
)
def test_an_edit_that_would_touch_more_is_refused(inner: str, name: str, arguments: Any, words: str) -> None:
    with pytest.raises(NotEditable, match=words):
        getattr(read(block(inner)), name)(*arguments)


def test_a_source_is_taken_over_as_it_stands() -> None:
    assert after("a = 1 # c\n", "set_source", "a", "0xFF") == "a = 0xFF # c\n"
    assert after("a = 1\n", "set_source", "b", "[1,2]") == "a = 1\nb = [1,2]\n"
    assert read(block("a = 0xFF\n")).set_source("a", "0xFF") is None


def test_places_and_styles_are_told() -> None:
    front_matter = read("+++\r\na = 'b' # c\r\n[t]\r\nk = [1]\r\n[[s]]\r\n+++\r\n")
    assert front_matter.source("a") == "'b'"
    assert front_matter.source("t.k") == "[1]"
    assert [front_matter.line(key) for key in ("a", "t", "t.k", "s", "gone")] == [2, 3, 4, 5, None]
    assert [front_matter.style(key) for key in ("a", "t", "t.k", "s")] == [
        "single",
        "table",
        "flow",
        "tables",
    ]
    assert front_matter.lock("a") is None
    assert front_matter.values == {"a": "b", "t": {"k": [1]}, "s": [{}]}
