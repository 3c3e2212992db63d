"""Spellings and places that matter in YAML; that edits are exact at all is in test_properties."""

import datetime
from typing import Any

import pytest

from editor.errors import FrontMatterError, NotEditable
from editor.post.front_matter import read


def block(inner: str) -> str:
    return f"---\n{inner}---\nBody\n"


def after(inner: str, name: str, *arguments: Any, **named: Any) -> str:
    """Return what an edit makes of the lines between the fences."""
    text = block(inner)
    edit = getattr(read(text), name)(*arguments, **named)
    assert edit is not None
    changed: str = edit.apply(text)
    assert changed.startswith("---\n")
    assert changed.endswith("---\nBody\n")
    return changed[4:-9]


PLAIN_LOOKS = """
    no y Yes ON off true FALSE ~ null Null 12:30 1.10 1e3 1E-3 0o14 014 0x1F 0b1 1_000 1,000 -1 +1 .5 1. .inf -.INF
    .NaN 2024-01-01 2024-1-1 2024-01-01T10:00 1:20:30.5 = << @a `a - ? : # & * ! | > % ' " [a {a ]a }a ,a &a *a !a |a
    >a %a #a 'a "a ?a :a a: --- ...
"""
BLANK_LOOKS = [
    "",
    " ",
    " a",
    "a ",
    "a: b",
    "a #b",
    "- a",
    "? a",
    "2013-06-27 11:00:01 +0000",
    "--- a",
    "a\tb",
    "\u2028a",
]


@pytest.mark.parametrize("text", [*PLAIN_LOOKS.split(), *BLANK_LOOKS])
def test_text_that_a_loader_might_read_otherwise_is_quoted(text: str) -> None:
    changed = after("a: x\n", "set", "a", text)
    assert changed[3] in "'\""
    assert read(block(changed)).values == {"a": text}


@pytest.mark.parametrize(
    "text",
    ["a", "no one", "x:y", "a#b", "a, b", "1st", "v1.2", "-a", "a - b",
     "http://a.b/c", "é\U0001f600", "it's", 'say "so"', "yes?", "nope",
     "2024 in review", "a [b]", "C:\\x", "a & b", "100%", "a@b", "a=b", "1 2", "a | b"],
)  # fmt: skip
def test_other_text_is_left_plain(text: str) -> None:
    assert after("a: x\n", "set", "a", text) == f"a: {text}\n"


@pytest.mark.parametrize(
    ("old", "text", "new"),
    [
        ("'x'", "it's", "'it''s'"),
        ("'x'", "a\nb", '"a\\nb"'),
        ('"x"', "it's", '"it\'s"'),
        ('"x"', 'a "b" \\', '"a \\"b\\" \\\\"'),
        ("x", 'a: "b"', "'a: \"b\"'"),
        ("x", "no", '"no"'),
        ("x", "\x7f\x85\u2028\ufeff\x00", '"\\u007f\\u0085\\u2028\\ufeff\\u0000"'),
        ("! 'x'", "b", "'b'"),
        ("!own x", "b", "b"),
        ("&unused x", "b", "b"),
        ("2024-02-30", "2024-02-30", '"2024-02-30"'),
    ],
)
def test_quotes_stay_where_they_can(old: str, text: str, new: str) -> None:
    assert after(f"a: {old} # c\n", "set", "a", text) == f"a: {new} # c\n"


UTC = datetime.UTC
WEST = datetime.timezone(datetime.timedelta(hours=-5))


@pytest.mark.parametrize(
    ("old", "value", "new"),
    [
        ("2024-01-31", datetime.date(2025, 2, 1), "2025-02-01"),
        ("'2024-01-31'", datetime.date(2025, 2, 1), "2025-02-01"),
        ("2024-01-31 10:00:00", datetime.datetime(2025, 2, 1, 9), "2025-02-01 09:00:00"),
        ("2024-01-31T10:00:00", datetime.datetime(2025, 2, 1, 9), "2025-02-01T09:00:00"),
        ("2024-01-31t10:00:00Z", datetime.datetime(2025, 2, 1, 9, tzinfo=UTC), "2025-02-01t09:00:00Z"),
        (
            "2024-01-31 10:00:00 +00:00",
            datetime.datetime(2025, 2, 1, 9, tzinfo=UTC),
            "2025-02-01 09:00:00 +00:00",
        ),
        ("2024-01-31T10:00:00Z", datetime.datetime(2025, 2, 1, 9, tzinfo=WEST), "2025-02-01T09:00:00-05:00"),
        ("2024-01-31", datetime.datetime(2025, 2, 1, 9, 30), "2025-02-01 09:30:00"),
        ("x", datetime.datetime(2025, 2, 1, 9, 30, 1, 500000), "2025-02-01 09:30:01.500000"),
        ("True", False, "False"),
        ("yes", False, "false"),
        ("'no'", True, "true"),
        ("1", 2.5, "2.5"),
        ("1.10", 1e16, "1.0e+16"),
        ("1", float("-inf"), "-.inf"),
        ("1", None, "null"),
        ("1", [], "[]"),
        ("1", {}, "{}"),
    ],
)
def test_other_values_look_like_the_old_one(old: str, value: Any, new: str) -> None:
    assert after(f"a: {old}   # c\n", "set", "a", value) == f"a: {new}   # c\n"


@pytest.mark.parametrize(
    ("old", "value"),
    [
        ("a", "a"),
        ("'a'", "a"),
        ("yes", True),
        ("", None),
        ("~", None),
        ("1.10", 1.1),
        ("[a]", ["a"]),
        ("{b: 1}", {"b": 1}),
    ],
)
def test_a_value_that_is_there_is_not_written_again(old: str, value: Any) -> None:
    assert read(block(f"a: {old}\n")).set("a", value) is None


@pytest.mark.parametrize(
    ("inner", "text", "new"),
    [
        ("a: >-\n  one two\n  three\nb: 1\n", "one two four", "a: >-\n  one two\n  four\nb: 1\n"),
        ("a: >-\n  one two\n", "a long text on one line", "a: >-\n  a long text on one line\n"),
        ("a: > # c\n    one\n\n\nb: 1\n", "x\ny", "a: >- # c\n    x\n\n    y\n\n\nb: 1\n"),
        ("a: |\n  one\n", "two\n", "a: |\n  two\n"),
        ("a: |\n  one\n", "  two\nthree\n", "a: |2\n    two\n  three\n"),
        ("a: |\n  one\n", "two\n\n", "a: |+\n  two\n\n"),
        ("a: |\n  one\n\nb: 1\n", "no: # yes", "a: |-\n  no: # yes\n\nb: 1\n"),
        ("a: |\n  one\n", "", 'a: ""\n'),
        ("a: |\n  one\n", "tab\x07", 'a: "tab\\u0007"\n'),
        ("a: |\n  one\n", "x\n---\ny", "a: |-\n  x\n  ---\n  y\n"),
    ],
)
def test_texts_of_several_lines_keep_their_style(inner: str, text: str, new: str) -> None:
    assert after(inner, "set", "a", text) == new


@pytest.mark.parametrize(
    ("inner", "new"),
    [
        ("a:\nb: 1\n", "a: x\nb: 1\n"),
        ("a: \nb: 1\n", "a: x\nb: 1\n"),
        ("a:   # c\n", "a: x   # c\n"),
        ("a :# no comment\n", None),
        ("a:\n  old # c\n", "a:\n  x # c\n"),
        ("a: # c\n  old\n", "a: # c\n  x\n"),
        ("a: old\n  goes on # c\n", "a: x # c\n"),
        ("a:\n  - b\n  # c\nd: 1\n", "a: x\n  # c\nd: 1\n"),
        ("a: # c\n- b\n- c\nd: 1\n", "a: x # c\nd: 1\n"),
        ("a: [b,\n  c] # c\n", "a: x # c\n"),
        ("{a: old, b: 1}\n", "{a: x, b: 1}\n"),
        ("  a: old\n  b: 1\n", "  a: x\n  b: 1\n"),
        ("'a': old\n", "'a': x\n"),
        ("x: \U0001f600\na: old\n", "x: \U0001f600\na: x\n"),
    ],
)
def test_a_value_is_replaced_where_it_stands(inner: str, new: str | None) -> None:
    if new is None:
        assert read(block(inner)).problem is not None
    else:
        assert after(inner, "set", "a", "x") == new


@pytest.mark.parametrize(
    ("inner", "new"),
    [
        ("", "k: x\n"),
        ("# c\n\n", "# c\nk: x\n\n"),
        ("a: 1\n\n# end\n\n", "a: 1\n\n# end\nk: x\n\n"),
        ("  a: 1\n", "  a: 1\n  k: x\n"),
        ("a: |+\n  b\n\n", "a: |+\n  b\n\nk: x\n"),
        ("a: |\n  b\n\n", "a: |\n  b\nk: x\n\n"),
        ("{a: 1}\n", "{a: 1, k: x}\n"),
        ("a:\n- b\n", "a:\n- b\nk: x\n"),
    ],
)
def test_a_new_key_goes_behind_the_last(inner: str, new: str) -> None:
    assert after(inner, "set", "k", "x") == new


def test_a_new_key_may_go_behind_a_named_one() -> None:
    inner = "a:\n  - b # c\n\nd: 1\n"
    assert after(inner, "set", "k", "x", after="a") == "a:\n  - b # c\nk: x\n\nd: 1\n"
    assert after(inner, "set", "k", "x", after="gone") == "a:\n  - b # c\n\nd: 1\nk: x\n"


@pytest.mark.parametrize(
    "key", ["no", "1", "a: b", "# a", "~", "", "é", "a b", "[a]", "2024-01-01", '"', "y"]
)
def test_a_new_key_is_text(key: str) -> None:
    text = block("x: 1\n")
    edit = read(text).set(key, "v")
    assert edit is not None
    assert read(edit.apply(text)).values == {"x": 1, key: "v"}


def test_a_new_line_ends_as_the_one_before_it() -> None:
    text = "---\r\na: 1\r\nb: 2\n---\r\n"
    front_matter = read(text)
    edit = front_matter.set("k", ["x"])
    assert edit is not None
    assert edit.apply(text) == "---\r\na: 1\r\nb: 2\nk:\n  - x\n---\r\n"
    edit = front_matter.set("k", "x", after="a")
    assert edit is not None
    assert edit.apply(text) == "---\r\na: 1\r\nk: x\r\nb: 2\n---\r\n"


@pytest.mark.parametrize(
    ("inner", "key", "value", "new"),
    [
        (
            "date:\n  created: 2024-01-01 # c\n",
            "date.updated",
            1,
            "date:\n  created: 2024-01-01 # c\n  updated: 1\n",
        ),
        ("date: {created: 1}\n", "date.updated", "x, y", 'date: {created: 1, updated: "x, y"}\n'),
        ("date: {}\n", "date.updated", 1, "date: {updated: 1}\n"),
        ("date: # c\na: 1\n", "date.updated", 1, "date: # c\n  updated: 1\na: 1\n"),
        ("date: ~\n", "date.updated", 1, "date:\n  updated: 1\n"),
        ("a: 1\n", "b.c.d", True, "a: 1\nb:\n  c:\n    d: true\n"),
        ("a.b: 1\na:\n  b: 2\n", "a.b", 3, "a.b: 3\na:\n  b: 2\n"),
        ("a:\n  b.c: 2\n", "a.b.c", 3, "a:\n  b.c: 3\n"),
        ("a: 1\n", "b..c", 3, "a: 1\nb..c: 3\n"),
        ("a:\n    b: 1\n\nc: 1\n", "a.d", ["x"], "a:\n    b: 1\n    d:\n      - x\n\nc: 1\n"),
    ],
)
def test_dots_lead_into_maps(inner: str, key: str, value: Any, new: str) -> None:
    assert after(inner, "set", key, value) == new
    assert read(block(new)).set(key, value) is None


def test_a_map_that_loses_its_last_key_stays_a_map() -> None:
    assert after("a:\n  b: 1\nc: 2\n", "unset", "a.b") == "a: {}\nc: 2\n"
    assert after("a: { b: 1 }\n", "unset", "a.b") == "a: {}\n"


@pytest.mark.parametrize(
    ("inner", "new"),
    [
        ("a: 1 # c\nb: 2\n", "b: 2\n"),
        ("b: 2\na:\n  - x\n  - y # c\n\n# about c\nc: 1\n", "b: 2\n\n# about c\nc: 1\n"),
        ("a:\n  # - x\nb: 2\n", "  # - x\nb: 2\n"),
        ("b: |\n  text\na: 1\n  # c\nc: 1\n", "b: |\n  text\nc: 1\n"),
        ("a: |\n  x\n\n\nb: 2\n", "\n\nb: 2\n"),
        ("a: &unused 1\nb: 2\n", "b: 2\n"),
        ("a: 1\n", ""),
        ("{a: 1, b: 2}\n", "{b: 2}\n"),
        ("{b: 2, a: 1}\n", "{b: 2}\n"),
    ],
)
def test_a_field_takes_its_lines_along(inner: str, new: str) -> None:
    assert after(inner, "unset", "a") == new


def test_nothing_to_take_away() -> None:
    front_matter = read(block("a: 1\nb: [x]\nc:\n"))
    assert front_matter.unset("k") is None
    assert front_matter.unset("a.k") is None
    assert front_matter.remove("b", "y") is None
    assert front_matter.remove("k", "y") is None
    assert front_matter.remove("c", "y") is None
    assert front_matter.add("b", "x") is None


@pytest.mark.parametrize(
    ("inner", "new"),
    [
        ("", "a:\n  - x\n"),
        ("a:\n", "a:\n  - x\n"),
        ("a: # c\n  # - k\n", "a: # c\n  - x\n  # - k\n"),
        ("a: ~ # c\n", "a: # c\n  - x\n"),
        ("a: []\n", "a:\n  - x\n"),
        ("a: []\nb: [k]\n", "a: [x]\nb: [k]\n"),
        ("a:\nb:\n- k\n", "a:\n- x\nb:\n- k\n"),
        ("a:\n  - k # c\n  # d\nb: 1\n", "a:\n  - k # c\n  - x\n  # d\nb: 1\n"),
        ("a:\n-   k\n-   l\n", "a:\n-   k\n-   l\n-   x\n"),
        ("a:\n  - 'k'\n  - 'l'\n", "a:\n  - 'k'\n  - 'l'\n  - 'x'\n"),
        ("a:\n  - 'k'\n  - l\n", "a:\n  - 'k'\n  - l\n  - x\n"),
        ("a:\n  -\nb: 1\n", "a:\n  -\n  - x\nb: 1\n"),
        ("a:\n  - # a-b\n    k\n", "a:\n  - # a-b\n    k\n  - x\n"),
        ("a: [k,l] # c\n", "a: [k,l,x] # c\n"),
        ("a: [ 'k' ]\n", "a: [ 'k', 'x' ]\n"),
        ("a: [k, l,]\n", "a: [k, l, x,]\n"),
        ("a: [\n  k, # one, two\n  l # two\n  ]\n", "a: [\n  k, # one, two\n  l, # two\n  x\n  ]\n"),
        ("a: [\n  k,\n  l, # two\n  ]\n", "a: [\n  k,\n  l, # two\n  x,\n  ]\n"),
        ("a: [k,\n  l]\n", "a: [k,\n  l, x]\n"),
    ],
)
def test_an_item_is_written_as_the_others(inner: str, new: str) -> None:
    assert after(inner, "add", "a", "x") == new


def test_items_with_content_of_their_own() -> None:
    assert after("a:\n- k\n", "add", "a", {"l": "m", "o": ["p"]}) == "a:\n- k\n- l: m\n  o:\n  - p\n"
    assert after("a: [k]\n", "add", "a", {"l": "m, n"}) == 'a: [k, {l: "m, n"}]\n'


@pytest.mark.parametrize(
    ("inner", "new"),
    [
        ("a:\n  - x # c\n  # d\n  - k\n", "a:\n  # d\n  - k\n"),
        ("a: # c\n  - x\nb: 1\n", "a: [] # c\nb: 1\n"),
        ("a: [x, k] # c\n", "a: [k] # c\n"),
        ("a: [k, x,]\n", "a: [k,]\n"),
        ("a: [x, k, x]\n", "a: [k]\n"),
        ("a: [\n  k, # one\n  x, # two\n  l\n  ]\n", "a: [\n  k, # one\n  l\n  ]\n"),
        ("a: [\n  k, # one\n  x # two\n  ]\n", "a: [\n  k # one\n  ]\n"),
    ],
)
def test_an_item_goes_with_its_comma_or_line(inner: str, new: str) -> None:
    assert after(inner, "remove", "a", "x") == new


def test_a_list_that_is_set_keeps_what_stays() -> None:
    inner = "a:\n  - 'k' # one\n  # note\n  - l\nb: 1\n"
    assert after(inner, "set", "a", ["k", "m"]) == "a:\n  - 'k' # one\n  - 'm'\n  # note\nb: 1\n"
    assert after(inner, "set", "a", ["l", "k"]) == "a:\n  - l\n  - 'k'\nb: 1\n"
    assert after(inner, "set", "a", []) == "a: []\nb: 1\n"


def test_a_map_that_is_set_keeps_what_stays() -> None:
    inner = "a:\n  k: '1' # one\n  # note\n  l: 2\n"
    assert after(inner, "set", "a", {"k": "x", "m": [1]}) == "a:\n  k: 'x' # one\n  # note\n  m:\n    - 1\n"


@pytest.mark.parametrize(
    ("source", "new"),
    [
        ("1.10", "a: 1.10 # c\n"),
        ("'x'  # d", None),
        ("b: 1\nc:\n- 2", "a: # c\n  b: 1\n  c:\n  - 2\n"),
        ("|\n  one\n   two", None),
        ("", "a:  # c\n"),
        ("*x", None),
        ("[b", None),
        ("b\n--- c", None),
    ],
)
def test_a_source_is_taken_over_as_it_stands(source: str, new: str | None) -> None:
    front_matter = read(block("a: old # c\n"))
    if new is None:
        try:
            edit = front_matter.set_source("a", source)
        except NotEditable:
            return
        assert edit is not None
        assert source.split("\n")[0] in edit.apply(front_matter.text)
    else:
        assert after("a: old # c\n", "set_source", "a", source) == new


@pytest.mark.parametrize(
    "inner",
    [
        "a:\n  b: 1\n  c:\n    - 2\n",
        "a:\n- b: 1\n  c: 2\n- d\n",
        "a: |\n  b\n   c\n",
        "a: >-\n    b\n    c\n",
        "a: [b,\n  c]\n",
    ],
)
def test_a_source_that_is_read_can_be_written_back(inner: str) -> None:
    front_matter = read(block(inner))
    source = front_matter.source("a")
    assert source is not None
    assert front_matter.set_source("a", source) is None
    changed = after("k: 1\na: 1\n", "set_source", "a", source)
    assert read(block(changed)).values["a"] == front_matter.values["a"]
    assert read(block(changed)).source("a") is not None


def test_places_and_styles_are_told() -> None:
    text = "---\r\nx: \U0001f600\r\na: 'b' # c\r\nlist:\r\n  - k\r\n\r\n# c\r\nmap: {k: >\r\n  }\r\ne:\r\n---\r\n"
    front_matter = read(text.replace(": >\r\n  }", ": 1}"))
    assert front_matter.source("a") == "'b'"
    assert front_matter.source("list") == "- k"
    assert front_matter.source("map.k") == "1"
    assert front_matter.source("gone") is None
    assert front_matter.source("a.b") is None
    assert [front_matter.line(key) for key in ("x", "a", "list", "map.k", "e", "gone")] == [
        2,
        3,
        4,
        8,
        9,
        None,
    ]
    styles = {key: front_matter.style(key) for key in ("x", "a", "list", "map", "e", "gone")}
    assert styles == {"x": "plain", "a": "single", "list": "block", "map": "flow", "e": "empty", "gone": None}
    start, end = front_matter.span("e") or (0, 1)
    assert start == end


LOCKED = "d: &d {k: 1}\nx:\n  <<: *d\n  k: 2\ny: [*d]\n? [z]\n: 1\nfree: 1\n"


@pytest.mark.parametrize(
    ("inner", "key", "words"),
    [
        (LOCKED, "d", "alias"),
        (LOCKED, "d.k", "alias"),
        (LOCKED, "x", "merge key"),
        (LOCKED, "y", "alias"),
        (LOCKED, "[z]", "no text"),
        ("d: &d {k: 1}\n<<: *d\n", "k", "merge key"),
        ("1: a\n'1': b\n", "1", "written like this"),
    ],
)
def test_what_is_shared_locks_its_field(inner: str, key: str, words: str) -> None:
    front_matter = read(block(inner))
    assert front_matter.problem is None
    assert words in (front_matter.lock(key) or "")
    for edit in (
        lambda: front_matter.set(key, "x"),
        lambda: front_matter.unset(key),
        lambda: front_matter.add(key, "x"),
    ):
        with pytest.raises(NotEditable, match=words) as caught:
            edit()
        assert caught.value.line
    assert front_matter.lock("free") is None
    assert after(inner, "set", "free", "x").endswith("free: x\n")


def test_merged_values_are_read_as_the_loader_does() -> None:
    assert read(block("d: &d {k: 1, l: 2}\nx: {<<: [*d, {l: 3, m: 4}], k: 5}\n")).values["x"] == {
        "k": 5,
        "l": 2,
        "m": 4,
    }


@pytest.mark.parametrize(
    ("inner", "name", "arguments", "words"),
    [
        ("a: text\n", "add", ("a", "x"), "not a list"),
        ("a: {b: 1}\n", "remove", ("a", "x"), "not a list"),
        ("a: text\n", "set", ("a.b", "x"), "not a map"),
        ("a: text\n", "set", ("a", "\ud83d"), "own text"),
        ("x: |+\n  one\na: 1\n\nb: 2\n", "unset", ("a",), "own text"),
        ("x: 1\u2028a: 2\n", "unset", ("a",), "own text"),
        ("? a\n: 1\n", "unset", ("a",), "own text"),
    ],
)
def test_an_edit_that_would_touch_more_is_refused(inner: str, name: str, arguments: Any, words: str) -> None:
    with pytest.raises(NotEditable, match=words):
        getattr(read(block(inner)), name)(*arguments)


def test_a_problem_locks_every_field() -> None:
    front_matter = read(block("a: 1\na: 2\n"))
    assert front_matter.values == {}
    assert "twice" in (front_matter.lock("b") or "")
    for edit in (
        lambda: front_matter.set("b", 1),
        lambda: front_matter.set_source("b", "1"),
        lambda: front_matter.unset("b"),
        lambda: front_matter.add("b", 1),
        lambda: front_matter.remove("b", 1),
    ):
        with pytest.raises(FrontMatterError, match="twice"):
            edit()


@pytest.mark.parametrize(
    ("body", "head"),
    [
        ("", "---\na: x\n---\n"),
        ("Text\n", "---\na: x\n---\n\n"),
        ("\nText\n", "---\na: x\n---\n"),
        ("Text\r\nmore\r\nend\n", "---\r\na: x\r\n---\r\n\r\n"),
    ],
)
def test_a_post_without_front_matter_gets_a_block(body: str, head: str) -> None:
    front_matter = read(body)
    edit = front_matter.set("a", "x")
    assert edit is not None
    assert edit.apply(body) == head + body
    assert (front_matter.lock("a"), front_matter.span("a"), front_matter.line("a")) == (None, None, None)
    assert front_matter.unset("a") is None
    assert front_matter.remove("a", "x") is None
