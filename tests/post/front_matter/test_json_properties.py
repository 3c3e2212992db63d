"""What must hold for every edit of JSON front matter, told by the json module and the bytes alone."""

import datetime
import json
from typing import Any

import pytest
from hypothesis import assume, event, given
from hypothesis import strategies as st

from editor.errors import NotEditable
from editor.post.front_matter import read
from editor.post.front_matter.interface import FrontMatter
from tests.post.front_matter.documents import SCALARS, TEXTS
from tests.post.front_matter.examples import FAST

pytestmark = pytest.mark.filterwarnings("ignore::hypothesis.errors.NonInteractiveExampleWarning")

BARE = SCALARS.filter(
    lambda value: not isinstance(value, datetime.date) and value not in (float("inf"), -float("inf"))
)
INNER = st.recursive(
    BARE | st.none(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=8,
)
NAMES = st.sampled_from(["title", "a", "b.c", "é\U0001f600", 'q"', "{", "d\n", "", "0", " "])
MAPS = st.dictionaries(NAMES, INNER, min_size=1, max_size=5)
LAYOUTS = st.sampled_from(["one line", "two", "four", "tab", "tight", "loose", "ragged"])
WRAPPINGS = st.sampled_from(["hugo", "hugo at the end", "eleventy", "hexo", "hexo opened"])


def written(value: dict[str, Any], layout: str) -> str:
    """Return `value` as different programs write it."""
    indent = {"two": 2, "four": 4, "tab": "\t", "ragged": 2}.get(layout)
    divided = {"tight": (",", ":"), "loose": (" , ", " : ")}.get(layout)
    text = json.dumps(value, indent=indent, separators=divided, ensure_ascii=layout == "four")
    return text.replace("\n", "\n\n", 2) if layout == "ragged" else text


@st.composite
def posts(draw: Any) -> tuple[str, str, str, str | None, dict[str, Any]]:
    """Draw a post: what stands before its members, they, what stands behind, its reader, and its values."""
    values, layout, wrapping = draw(MAPS), draw(LAYOUTS), draw(WRAPPINGS)
    inner = written(values, layout)
    if wrapping.startswith("hexo"):
        inner = inner[1:-1].strip(" \t\n") + "\n"
        before = ";;;\n" if "opened" in wrapping else ""
        parts = before, inner, ";;;\nBody\n;;;\n", "hexo"
    elif wrapping == "eleventy":
        parts = "---json\n", inner + "\n", "---\n\n{Body}\n---\n", "eleventy"
    else:
        parts = (
            "",
            inner,
            ("" if "end" in wrapping else "\n\n{Body}\n"),
            draw(st.sampled_from([None, "hugo"])),
        )
    ending = draw(st.sampled_from(["\n", "\r\n"]))
    first, inner, last = (part.replace("\n", ending) for part in parts[:3])
    return first, inner, last, parts[3], values


def loaded(text: str, post: Any) -> dict[str, Any]:
    """Return the values in the post that `text` is now."""
    first, inner, last, _reader, _values = post
    assert text.startswith(first)
    assert text.endswith(last)
    source = text[len(first) : len(text) - len(last)]
    found: dict[str, Any] = json.loads(source if inner.lstrip().startswith("{") else "{" + source + "}")
    return found


def opened(post: Any) -> tuple[str, FrontMatter]:
    text = "".join(post[:3])
    front_matter = read(text, post[3])
    assert front_matter.problem is None
    assert front_matter.format == "json"
    return text, front_matter


def edited(post: Any, name: str, *arguments: Any) -> tuple[str, list[tuple[str, Any]]]:
    """Make an edit and take it back; return the new text, and the values in their order."""
    text, front_matter = opened(post)
    try:
        edit = getattr(front_matter, name)(*arguments)
    except NotEditable as error:
        event(f"refused: {error.message}")
        assume(False)
    after = text if edit is None else edit.apply(text)
    if edit is not None:
        assert edit.inverse(text).apply(after) == text
    return after, list(loaded(after, post).items())


def same(one: Any, other: Any) -> bool:
    # Within a map that is set, keys that were there stay where they are: their order is not the given one's.
    return json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)


def drawn_key(data: Any, values: dict[str, Any]) -> str:
    # A key with dots, or one that leads into a map, is another matter.
    key: str = data.draw(st.sampled_from([name for name in values if "." not in name] or ["a"]))
    return key


@given(posts())
@FAST
def test_reading_gives_what_json_gives(post: Any) -> None:
    assert same(opened(post)[1].values, post[4])


@given(posts(), INNER | SCALARS, st.data())
@FAST
def test_a_value_is_replaced_and_nothing_else(post: Any, value: Any, data: Any) -> None:
    key = drawn_key(data, post[4])
    assume(key in post[4])
    text, front_matter = opened(post)
    start, end = front_matter.span(key) or (0, 0)
    assume(value not in (float("inf"), -float("inf")))
    after, now = edited(post, "set", key, value)
    assert after[:start] == text[:start]
    assert after.endswith(text[end:])
    value = value.isoformat() if isinstance(value, datetime.date) else value
    assert same(now, [(name, value if name == key else old) for name, old in post[4].items()])


@given(posts(), INNER)
@FAST
def test_a_new_key_only_adds_to_the_text(post: Any, value: Any) -> None:
    after, now = edited(post, "set", "new", value)
    rest = iter(after)
    assert all(character in rest for character in "".join(post[:3]))
    assert same(now, [*post[4].items(), ("new", value)])


@given(posts(), st.data())
@FAST
def test_a_field_that_is_removed_only_takes_from_the_text(post: Any, data: Any) -> None:
    key = drawn_key(data, post[4])
    assume(key in post[4])
    after, now = edited(post, "unset", key)
    rest = iter("".join(post[:3]))
    assert all(character in rest for character in after)
    assert same(now, [(name, value) for name, value in post[4].items() if name != key])


@given(posts(), TEXTS, st.data())
@FAST
def test_an_item_that_is_added_and_removed_leaves_the_first_bytes(post: Any, item: str, data: Any) -> None:
    lists = [name for name, value in post[4].items() if isinstance(value, list) and value and "." not in name]
    assume(lists)
    key = data.draw(st.sampled_from(lists))
    assume(item not in post[4][key])
    after, now = edited(post, "add", key, item)
    assert same(dict(now)[key], [*post[4][key], item])
    edit = read(after, post[3]).remove(key, item)
    assert edit is not None
    assert edit.apply(after) == "".join(post[:3])


@given(posts(), NAMES, st.data())
@FAST
def test_a_field_may_be_renamed(post: Any, new: str, data: Any) -> None:
    key = drawn_key(data, post[4])
    assume(key in post[4] and new not in post[4])
    _after, now = edited(post, "rename", key, new)
    assert same(now, [(new if name == key else name, value) for name, value in post[4].items()])


@given(posts(), st.data())
@FAST
def test_a_field_may_be_moved(post: Any, data: Any) -> None:
    names = [name for name in post[4] if "." not in name]
    assume(len(names) > 1)
    key, behind = data.draw(st.permutations([None, *names]))[:2]
    assume(key is not None)
    after, now = edited(post, "move", key, behind)
    order = [name for name in post[4] if name != key]
    order.insert(0 if behind is None else order.index(behind) + 1, key)
    assert same(now, [(name, post[4][name]) for name in order])
    assert len(after) >= len("".join(post[:3])) - 200
