"""What must hold for every edit of any front matter, told by PyYAML, tomllib and the bytes alone."""

import datetime
import tomllib
from itertools import product
from typing import Any

import pytest
import yaml
from hypothesis import assume, event, given
from hypothesis import strategies as st

from editor.errors import FrontMatterError, NotEditable
from editor.post.front_matter import read
from editor.post.front_matter.formats import READERS
from tests.post.front_matter.documents import KEYS, SCALARS, TEXTS, TOML_POSTS, YAML_POSTS, Chunk
from tests.post.front_matter.examples import FAST

pytestmark = pytest.mark.filterwarnings("ignore::hypothesis.errors.NonInteractiveExampleWarning")

LISTS = st.lists(TEXTS, max_size=4)
MAPS = st.dictionaries(st.sampled_from(["k", "l", "no", "n o"]), TEXTS | LISTS, max_size=3)
VALUES = SCALARS | LISTS | MAPS
POSTS = YAML_POSTS | TOML_POSTS
Post = tuple[str, list[Chunk]]


class _Loader(yaml.SafeLoader):
    """The safe loader; dates that can't be and unknown tags become their text, keys stay text."""


def _mapping(loader: yaml.SafeLoader, node: yaml.MappingNode) -> dict[str, Any]:
    return {key.value: loader.construct_object(value, deep=True) for key, value in node.value}


def _timestamp(loader: yaml.SafeLoader, node: yaml.ScalarNode) -> Any:
    try:
        return loader.construct_yaml_timestamp(node)
    except ValueError:
        return node.value


_Loader.add_constructor("tag:yaml.org,2002:map", _mapping)
_Loader.add_constructor("tag:yaml.org,2002:timestamp", _timestamp)
_Loader.add_constructor("tag:yaml.org,2002:value", lambda _loader, node: node.value)
_Loader.add_constructor("!own", lambda _loader, node: node.value)


def loaded(text: str) -> dict[str, Any]:
    """Return what the block of `text` means, by the libraries."""
    fence = text[:3]
    lines = text.replace("\r\n", "\n").split("\n")
    closing = next(
        n for n, line in enumerate(lines[1:], 1) if line.rstrip() in (fence, fence.replace("---", "..."))
    )
    inner = "\n".join([*lines[1:closing], ""])
    return tomllib.loads(inner) if fence == "+++" else yaml.load(inner, _Loader) or {}


def told(value: Any) -> Any:
    """Return `value` so that equality tells True from 1, a date from its text, and one zone from another."""
    if isinstance(value, dict):
        return {key: told(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [told(inner) for inner in value]
    return type(value).__name__, value.isoformat() if isinstance(value, datetime.date) else value


def edited(post: Post, name: str, key: str, *arguments: Any) -> tuple[str, dict[str, Any]]:
    """Make an edit; check that it can be taken back and left all other fields' bytes alone."""
    text, chunks = post
    try:
        edit = getattr(read(text), name)(key, *arguments)
    except NotEditable as error:
        event(f"refused: {error.message}")
        assert error.line
        assume(False)
    after = text if edit is None else edit.apply(text)
    if edit is not None:
        assert edit.inverse(text).apply(after) == text
    held = {chunk.key: n for n, chunk in enumerate(chunks) if chunk.key}
    at = held.get(key, held.get(key.split(".")[0]))
    if at is None:
        rest = iter(after)
        assert all(character in rest for character in text), "a new key only adds to the text"
    else:
        before = text.index("".join(chunk.text for chunk in chunks)) if any(c.text for c in chunks) else 0
        before += sum(len(chunk.text) for chunk in chunks[:at])
        behind = before + len(chunks[at].text)
        # An indented comment may be text of the field, and would be that of the field above if it stayed.
        below = chunks[at + 1].text if at + 1 < len(chunks) else ""
        slack = len(below) if below.startswith(" ") else 0
        assert after[:before] == text[:before]
        assert after.endswith(text[behind + slack :])
        for line in chunks[at].text.splitlines():
            if line.lstrip().startswith("# ") and name in ("add", "remove"):
                assert line in after
    return after, loaded(after)


@given(POSTS)
@FAST
def test_reading_gives_what_the_libraries_give(post: Post) -> None:
    front_matter = read(post[0])
    assert front_matter.problem is None
    assert told(front_matter.values) == told(loaded(post[0]))
    for chunk in post[1]:
        key = chunk.key if chunk.key != "d" or front_matter.format == "yaml" else "d.e.f"
        if key not in (None, "t", "s"):
            source = front_matter.source(key)
            assert source is not None
            assert source.split("\n")[0].strip() in chunk.text
            line = front_matter.line(key)
            assert line is not None
            assert chunk.text.startswith(post[0].splitlines()[line - 1].rstrip())


def lists_of(values: dict[str, Any]) -> list[str]:
    """Return the fields that are lists of their own, not TOML's tables."""
    return [key for key, value in values.items() if isinstance(value, list) and key != "s"]


def keys_of(text: str) -> list[str]:
    return sorted(loaded(text))


@given(POSTS, VALUES, st.data())
@FAST
def test_a_field_that_is_set_has_that_value_and_nothing_else_changes(
    post: Post, value: Any, data: Any
) -> None:
    key = data.draw(KEYS | st.sampled_from(keys_of(post[0]) or ["title"]))
    before = loaded(post[0])
    after, now = edited(post, "set", key, value)
    assert told(now) == told({**before, **nested(before, key, value)})
    assert read(after).set(key, value) is None


def nested(before: dict[str, Any], key: str, value: Any) -> dict[str, Any]:
    """Return the top-level field that setting `key` leaves."""
    first, dot, rest = key.partition(".")
    if key in before or not dot:
        return {key: value}
    inner = before.get(first) or {}
    return {first: {**inner, **nested(inner, rest, value)}}


@given(POSTS, st.data())
@FAST
def test_a_field_that_is_removed_is_gone_and_nothing_else_changes(post: Post, data: Any) -> None:
    key = data.draw(st.sampled_from(keys_of(post[0]) or ["title"]))
    before = loaded(post[0])
    _after, now = edited(post, "unset", key)
    before.pop(key, None)
    assert told(now) == told(before)


@given(POSTS, TEXTS, st.data())
@FAST
def test_an_item_that_is_added_and_removed_leaves_the_first_bytes(post: Post, item: str, data: Any) -> None:
    before = loaded(post[0])
    lists = [key for key in lists_of(before) if before[key] and item not in before[key]]
    assume(lists)
    key = data.draw(st.sampled_from(lists))
    after, now = edited(post, "add", key, item)
    assert told(now) == told({**before, key: [*before[key], item]})
    edit = read(after).remove(key, item)
    assert edit is not None
    assert edit.apply(after) == post[0]


@given(POSTS, st.data())
@FAST
def test_an_item_that_is_removed_is_gone_and_nothing_else_changes(post: Post, data: Any) -> None:
    before = loaded(post[0])
    lists = [key for key in lists_of(before) if before[key]]
    assume(lists)
    key = data.draw(st.sampled_from(lists))
    item = data.draw(st.sampled_from(before[key]))
    _after, now = edited(post, "remove", key, item)
    rest = [other for other in before[key] if told(other) != told(item)]
    assert told(now) == told({**before, key: rest})


@given(POSTS, LISTS, st.data())
@FAST
def test_a_list_may_become_any_other(post: Post, items: list[str], data: Any) -> None:
    before = loaded(post[0])
    lists = lists_of(before)
    assume(lists)
    key = data.draw(st.sampled_from(lists))
    mixed = data.draw(st.permutations([*items, *before[key]]))
    _after, now = edited(post, "set", key, mixed)
    assert told(now) == told({**before, key: mixed})


@given(POSTS, st.sampled_from([*"xyz", "n o", "a.b", "#", "1", "é", ": "]), st.data())
@FAST
def test_a_field_that_is_renamed_keeps_its_value_and_place(post: Post, new: str, data: Any) -> None:
    text, before = post[0], loaded(post[0])
    key = data.draw(st.sampled_from(list(before) or ["title"]))
    assume(new not in before)
    edit = changed(text, "rename", key, new)
    assume(edit is not None)
    after = edit.apply(text)
    assert edit.inverse(text).apply(after) == text
    assert told(list(loaded(after).items())) == told([(new if k == key else k, v) for k, v in before.items()])
    back = read(after).rename(new, key)
    assert back is not None
    assert read(back.apply(after)).values.keys() == read(text).values.keys()


def paths_of(values: Any, above: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Return the way to everything in `values`, as far as dots can say it."""
    inner = (
        values.items() if isinstance(values, dict) else enumerate(values) if isinstance(values, list) else ()
    )
    found = [] if not above else [above]
    for step, value in inner:
        if "." not in str(step) and step != "":
            found += paths_of(value, (*above, step))
    return found


def replaced(values: Any, path: tuple[Any, ...], new: Any) -> Any:
    """Return `values` with `new` at `path`, or without what is there where `new` is `...`."""
    step, *rest = path
    copy = dict(values) if isinstance(values, dict) else list(values)
    if rest:
        copy[step] = replaced(values[step], tuple(rest), new)
    elif new is ...:
        del copy[step]
    else:
        copy[step] = new
    return copy


@given(POSTS, TEXTS | st.booleans() | MAPS, st.data())
@FAST
def test_anything_inside_may_be_set_and_removed(post: Post, value: Any, data: Any) -> None:
    text, before = post[0], loaded(post[0])
    inside = [path for path in paths_of(before) if len(path) > 1]
    assume(inside)
    path = data.draw(st.sampled_from(inside))
    key = ".".join(map(str, path))
    for name, arguments, new in [("set", (key, value), value), ("unset", (key,), ...)]:
        edit = changed(text, name, *arguments)
        if edit is None:
            continue
        after = edit.apply(text)
        assert edit.inverse(text).apply(after) == text
        now, wanted = loaded(after), replaced(before, path, new)
        if new is ... and text.startswith("+++"):
            # What was made by its only key is gone with it.
            now, wanted = without_empty(now), without_empty(wanted)
        assert told(now) == told(wanted)


def without_empty(value: Any) -> Any:
    if isinstance(value, dict):
        inner = {key: without_empty(held) for key, held in value.items()}
        return {key: held for key, held in inner.items() if held not in ({}, [])}
    return [without_empty(held) for held in value] if isinstance(value, list) else value


@given(POSTS, st.data())
@FAST
def test_a_field_that_is_moved_takes_its_lines_along(post: Post, data: Any) -> None:
    text, before = post[0], loaded(post[0])
    assume(len(before) > 1)
    key, after_key = data.draw(st.permutations([None, *before]))[:2]
    assume(key is not None)
    edit = changed(text, "move", key, after_key)
    assume(edit is not None)
    after = edit.apply(text)
    assert edit.inverse(text).apply(after) == text
    assert sorted(after.splitlines(keepends=True)) == sorted(text.splitlines(keepends=True))
    order = [name for name in before if name != key]
    order.insert(order.index(after_key) + 1 if after_key is not None else 0, key)
    now = loaded(after)
    assert list(now) == order
    assert told(now) == told(before)


def changed(text: str, name: str, *arguments: Any) -> Any:
    try:
        return getattr(read(text), name)(*arguments)
    except NotEditable as error:
        event(f"refused: {error.message}")
        return None


@given(st.text(max_size=80) | POSTS.map(lambda post: post[0][: len(post[0]) // 2] + post[0]))
@FAST
def test_no_text_makes_reading_fail(text: str) -> None:
    for start, reader in product(("", "---\n", "+++\n", "{", ";;;\n", "<!--\n.. title: "), (None, *READERS)):
        front_matter = read(start + text + ("\n" + start) * 2, reader)
        assert 0 <= front_matter.start <= front_matter.end <= len(front_matter.text)
        if front_matter.problem:
            assert front_matter.problem.line
            assert front_matter.problem.column
            with pytest.raises(FrontMatterError):
                front_matter.set("title", "x")
