"""Renaming, moving, maps in lists, and values of several lines: places that matter, in every format."""

from typing import Any

import pytest

from editor.errors import NotEditable
from editor.post.front_matter import read

LINKS = "links:\n  # one\n  - name: A # c\n    url: x\n  - name: B\n    url: y\ntitle: t\n"
TABLES = """a = 1

[t]
x = ["y"]

# about r
[[r]]
n = "A"

[[r]]
n = "B"
[r.p]
q = 1
"""


def after(inner: str, name: str, *arguments: Any, fence: str = "---") -> str:
    """Return what an edit makes of the lines between the fences; taking it back gives the first text."""
    text = f"{fence}\n{inner}{fence}\nBody\n"
    edit = getattr(read(text), name)(*arguments)
    assert edit is not None
    changed: str = edit.apply(text)
    assert edit.inverse(text).apply(changed) == text
    return changed[4:-9]


@pytest.mark.parametrize(
    ("name", "arguments", "old", "new"),
    [
        ("set", ("links.0.name", "Z"), "name: A #", "name: Z #"),
        ("set", ("links.1.more", 1), "    url: y\n", "    url: y\n    more: 1\n"),
        ("set", ("links.1", {"name": "B", "url": "z"}), "url: y", "url: z"),
        ("set", ("links.1", "plain"), "name: B\n    url: y", "plain"),
        ("set_source", ("links.1", "k: 1\nl: 2"), "name: B\n    url: y", "k: 1\n    l: 2"),
        ("set_source", ("links.0.name", "'Z'"), "name: A", "name: 'Z'"),
        ("unset", ("links.0.name",), "- name: A # c\n    url", "- url"),
        ("unset", ("links.0.url",), "    url: x\n", ""),
        ("unset", ("links.1",), "  - name: B\n    url: y\n", ""),
        ("add", ("links", {"name": "C", "url": "z"}), "y\n", "y\n  - name: C\n    url: z\n"),
        ("remove", ("links", {"name": "B", "url": "y"}), "  - name: B\n    url: y\n", ""),
        ("set", ("links", [{"name": "A", "url": "z"}, {"name": "B", "url": "y"}]), "url: x", "url: z"),
        ("rename", ("links.1.name", "a b"), "name: B", "a b: B"),
        ("move", ("links.1.url",), "name: B\n    url: y", "url: y\n    name: B"),
        ("move", ("title",), LINKS, "title: t\n" + LINKS.removesuffix("title: t\n")),
    ],
)
def test_maps_in_lists_are_edited_in_place(name: str, arguments: Any, old: str, new: str) -> None:
    assert after(LINKS, name, *arguments) == LINKS.replace(old, new, 1)


def test_an_item_moves_with_the_comment_above_it() -> None:
    first, second = "  # one\n  - name: A # c\n    url: x\n", "  - name: B\n    url: y\n"
    for arguments in [("links.1",), ("links.0", "links.1")]:
        assert after(LINKS, "move", *arguments) == LINKS.replace(first + second, second + first)


def test_the_only_entry_and_the_only_item_leave_empty_brackets() -> None:
    assert after("links:\n  - a: 1\n", "unset", "links.0.a") == "links:\n  - {}\n"
    assert after("links:\n  - a: 1\n", "unset", "links.0") == "links: []\n"
    assert after("links: [{a: 1}]\n", "unset", "links.0.a") == "links: [{}]\n"


def test_there_is_no_item_behind_the_last() -> None:
    front_matter = read(f"---\n{LINKS}---\n")
    with pytest.raises(NotEditable, match="no item"):
        front_matter.set("links.2", "x")
    with pytest.raises(NotEditable, match="has no name"):
        front_matter.rename("links.0", "x")
    assert front_matter.unset("links.2") is None
    assert front_matter.lock("links.2") is None
    assert front_matter.line("links.1.url") == 7


@pytest.mark.parametrize(
    ("inner", "arguments", "new"),
    [
        ("a: 1\n# b\nb: 2\n  # below\n\nc: 3\n", ("b", "c"), "a: 1\n\nc: 3\n# b\nb: 2\n  # below\n"),
        ("a: 1\n# b\nb: 2\n\n# loose\n\nc: 3\n", ("b",), "# b\nb: 2\na: 1\n\n# loose\n\nc: 3\n"),
        ("a: |\n  x\n\n   y\nb: 2\n", ("a", "b"), "b: 2\na: |\n  x\n\n   y\n"),
        ("m: {a: 1, b: 2, c: 3}\n", ("m.c", "m.a"), "m: {a: 1, c: 3, b: 2}\n"),
        ("m:\n- a\n-   b # c\n", ("m.1",), "m:\n-   b # c\n- a\n"),
        ("a: 1\r\nb: 2\n", ("b",), "b: 2\na: 1\r\n"),
    ],
)
def test_a_field_moves_with_its_comments(inner: str, arguments: Any, new: str) -> None:
    assert after(inner, "move", *arguments) == new


def test_what_can_not_be_moved_is_told() -> None:
    front_matter = read("---\na: |+\n  x\n\nb: 1\nm:\n  c: 1\n---\n")
    with pytest.raises(NotEditable, match="same map"):
        front_matter.move("a", "m.c")
    assert front_matter.move("b", "a") is None
    assert front_matter.move("gone") is None
    assert front_matter.rename("gone", "x") is None
    assert front_matter.rename("b", "b") is None
    with pytest.raises(NotEditable, match="there already"):
        front_matter.rename("b", "a")


@pytest.mark.parametrize(
    ("inner", "arguments", "new"),
    [
        ("'a': 1\n", ("a", "b"), "'b': 1\n"),
        ('"a" : 1 # c\n', ("a", "b: c"), '"b: c" : 1 # c\n'),
        ("a: 1\n", ("a", "no"), '"no": 1\n'),
        ("a.b: 1\n", ("a.b", "c.d"), "c.d: 1\n"),
        ("m: {a: 1}\n", ("m.a", "b,c"), 'm: {"b,c": 1}\n'),
    ],
)
def test_a_key_is_renamed_in_its_own_quotes(inner: str, arguments: Any, new: str) -> None:
    assert after(inner, "rename", *arguments) == new


@pytest.mark.parametrize(
    ("inner", "source", "new"),
    [
        ("d:\n    a: 1\nt: x\n", "a: 2\nb: 3", "d:\n    a: 2\n    b: 3\nt: x\n"),
        ("d:\n    -   a\nt: x\n", "- b\n- c", "d:\n    - b\n    - c\nt: x\n"),
        ("d:\n- a\nt: x\n", "- b\n- c", "d:\n- b\n- c\nt: x\n"),
        ("d: 1\nm:\n    a: 1\n", "a: 2\nb: 3", "d:\n    a: 2\n    b: 3\nm:\n    a: 1\n"),
    ],
)
def test_a_source_keeps_the_column_of_the_old_value(inner: str, source: str, new: str) -> None:
    assert after(inner, "set_source", "d", source) == new


def test_a_new_map_is_indented_like_the_others() -> None:
    inner = "d:\n    a:\n        b: 1\n"
    assert after(inner, "set", "e", {"k": {"l": 1}}) == inner + "e:\n    k:\n        l: 1\n"
    assert after(inner, "set", "d.c", {"k": 1}) == inner + "    c:\n        k: 1\n"


@pytest.mark.parametrize(
    ("name", "arguments", "old", "new"),
    [
        ("set", ("r.0.n", "Z"), '"A"', '"Z"'),
        ("set", ("r.0.m", 1), 'n = "A"\n', 'n = "A"\nm = 1\n'),
        ("set", ("r.1.p.q", 2), "q = 1", "q = 2"),
        ("unset", ("r.0",), '[[r]]\nn = "A"\n\n', ""),
        ("unset", ("r.1",), '\n[[r]]\nn = "B"\n[r.p]\nq = 1\n', ""),
        ("add", ("r", {"n": "C"}), "q = 1\n", 'q = 1\n\n[[r]]\nn = "C"\n'),
        ("remove", ("r", {"n": "A"}), '[[r]]\nn = "A"\n\n', ""),
        ("unset", ("r",), TABLES[TABLES.index("[[r]]") :], ""),
        ("set", ("new.k", [1]), "q = 1\n", "q = 1\n\n[new]\nk = [1]\n"),
        ("set", ("new", {"k": 1, "l": "m"}), "q = 1\n", 'q = 1\n\n[new]\nk = 1\nl = "m"\n'),
        ("rename", ("t", "a b"), "[t]", '["a b"]'),
        ("rename", ("r.1.p", "s"), "[r.p]", "[r.s]"),
    ],
)  # fmt: skip
def test_tables_are_edited_in_place(name: str, arguments: Any, old: str, new: str) -> None:
    assert old in TABLES
    assert after(TABLES, name, *arguments, fence="+++") == TABLES.replace(old, new, 1)


def test_tables_move_with_the_lines_above_them() -> None:
    t = TABLES.index("\n[t]")
    r = TABLES.index("\n# about r")
    swapped = TABLES[:t] + TABLES[r:] + TABLES[t:r]
    assert after(TABLES, "move", "r", "a", fence="+++") == swapped
    assert after(swapped, "move", "t", "a", fence="+++") == TABLES
    keys = "a.b = 1\na.c = 2\nd = 1\n"
    assert after(keys, "move", "a", "d", fence="+++") == "d = 1\na.b = 1\na.c = 2\n"


def test_a_table_is_renamed_everywhere() -> None:
    assert after(TABLES, "rename", "r", "s", fence="+++") == TABLES.replace("[r", "[s").replace(
        "# about s", "# about r"
    )
    assert after("a.b = 1\n'a' .c = 2\n", "rename", "a", "d", fence="+++") == "d.b = 1\n'd' .c = 2\n"


def test_the_only_table_of_a_list_takes_the_list_along() -> None:
    assert after("a = 1\n[[r]]\nn = 1\n", "unset", "r.0", fence="+++") == "a = 1\n"
    assert after("a = 1\n[[r]]\nn = 1\n", "remove", "r", {"n": 1}, fence="+++") == "a = 1\n"


def test_a_table_can_not_go_before_the_keys() -> None:
    with pytest.raises(NotEditable):
        read(f"+++\n{TABLES}+++\n").move("t")


@pytest.mark.parametrize(
    ("text", "new"),
    [
        ("---\na: {b: 1}\na.b: 2\n---\n", "---\na: {b: 3}\na.b: 2\n---\n"),
        ("---\na:\n  b: 1\na.b: 2\n---\n", "---\na:\n  b: 3\na.b: 2\n---\n"),
        ('+++\na = { b = 1 }\n"a.b" = 2\n+++\n', '+++\na = { b = 3 }\n"a.b" = 2\n+++\n'),
        ('{"a": {"b": 1}, "a.b": 2}\n', '{"a": {"b": 3}, "a.b": 2}\n'),
    ],
)
def test_a_map_is_not_taken_for_a_key_with_dots(text: str, new: str) -> None:
    edit = read(text).set("a", {"b": 3})
    assert edit is not None
    assert edit.apply(text) == new


def test_a_map_below_an_empty_key_is_changed_there() -> None:
    edit = read('{"": {"b": 1}}\n').set("", {"b": 3})
    assert edit is not None
    assert edit.apply('{"": {"b": 1}}\n') == '{"": {"b": 3}}\n'


@pytest.mark.parametrize(
    ("inner", "fence", "now"),
    [
        ("links:\n- name: ''\n", "---", "links:\n- name: ''\n- name: \"\"\n"),
        ("[[links]]\nname = ''\n", "+++", "[[links]]\nname = ''\n[[links]]\nname = \"\"\n"),
        ("links: [{name: ''}]\n", "---", "links: [{name: ''}, {name: \"\"}]\n"),
    ],
)
def test_an_item_is_added_again_where_that_is_wanted(inner: str, fence: str, now: str) -> None:
    text = f"{fence}\n{inner}{fence}\nBody\n"
    assert read(text).add("links", {"name": ""}) is None
    edit = read(text).add("links", {"name": ""}, again=True)
    assert edit is not None
    assert edit.apply(text)[4:-9] == now


def test_two_items_that_are_written_alike_have_no_order() -> None:
    text = "---\nlinks:\n- name: a\n- name: a\n- name: b\n---\n"
    assert read(text).move("links.1") is None
    assert read(text).move("links.0", "links.1") is None
    assert read(text).move("links.2", "links.0") is not None


def test_the_items_of_a_line_change_places() -> None:
    text = "Title: x\nTags: a, b\n\nBody\n"
    edit = read(text, "pelican").move("tags.1")
    assert edit is not None
    assert edit.apply(text) == "Title: x\nTags: b, a\n\nBody\n"


TALL = "[ # head\n  a, # one\n\n  # about b\n  b, # two\n  c # three\n]"
"""Items on lines of their own, the last one without a comma."""


@pytest.mark.parametrize(
    ("arguments", "new"),
    [
        (("x.2",), "[ # head\n  c, # three\n  a, # one\n\n  # about b\n  b # two\n]"),
        (("x.0", "x.2"), "[ # head\n\n  # about b\n  b, # two\n  c, # three\n  a # one\n]"),
        (("x.1",), "[ # head\n  # about b\n  b, # two\n  a, # one\n\n  c # three\n]"),
        (("x.1", "x.2"), "[ # head\n  a, # one\n\n  c, # three\n  # about b\n  b # two\n]"),
    ],
)
def test_items_on_lines_of_their_own_move_with_their_comments(arguments: Any, new: str) -> None:
    assert after(f"x: {TALL}\n", "move", *arguments) == f"x: {new}\n"
    quoted, wanted = TALL, new
    for letter in ("a", "b", "c"):
        quoted = quoted.replace(f"  {letter}", f'  "{letter}"')
        wanted = wanted.replace(f"  {letter}", f'  "{letter}"')
    assert after(f"x = {quoted}\n", "move", *arguments, fence="+++") == f"x = {wanted}\n"


@pytest.mark.parametrize("last", ["c", "c,"])
def test_the_last_item_keeps_or_lacks_its_comma(last: str) -> None:
    comma = last[1:]
    inner = f"x: [\r\n  a,\r\n  b ,\n  {last}\r\n]\n"
    assert after(inner, "move", "x.2") == f"x: [\r\n  c,\r\n  a,\r\n  b{' ,' if comma else ''}\n]\n"


@pytest.mark.parametrize(
    ("inner", "arguments"),
    [
        ("x: [a, # one\n  b # two\n  ]\n", ("x.1",)),
        ("x: [a, b # two\n  , c]\n", ("x.1",)),
        ("x: [\n  a # one\n  , b\n  , c # three\n]\n", ("x.2",)),
    ],
)
def test_no_move_loses_a_comment(inner: str, arguments: Any) -> None:
    front_matter = read(f"---\n{inner}---\n")
    try:
        edit = front_matter.move(*arguments)
    except NotEditable:
        return
    assert edit is not None
    assert edit.apply(front_matter.text).count("#") == inner.count("#")


def test_a_time_of_toml_stays_one() -> None:
    inner = "x = [10:00:00, 1]\n[m]\nk = 10:00:00 # c\nl = 1\n"
    front_matter = read(f"+++\n{inner}+++\n")
    assert front_matter.set("x", front_matter.values["x"]) is None
    changed = {**front_matter.values["m"], "l": 2}
    assert after(inner, "set", "m", changed, fence="+++") == inner.replace("l = 1", "l = 2")
    assert after(inner, "set", "n", changed["k"], fence="+++").startswith("x = [10:00:00, 1]\nn = 10:00:00\n")
    json = '{"a": 1}\n'
    edit = read(json).set("a", changed["k"])
    assert edit is not None
    assert edit.apply(json) == '{"a": "10:00:00"}\n'
    with pytest.raises(NotEditable):
        read("---\na: 1\n---\n").set("a", changed["k"])  # YAML has no such value


@pytest.mark.parametrize("pad", ["", "  "])
def test_a_key_is_added_below_one_with_a_question_mark(pad: str) -> None:
    inner = f"{pad}? a\n{pad}: 1\n"
    assert after(inner, "set", "b", True) == inner + f"{pad}b: true\n"
    assert after("x:\n- ? a\n  : 1\n", "set", "x.0.c", 2) == "x:\n- ? a\n  : 1\n  c: 2\n"
