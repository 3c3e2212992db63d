"""What must hold for every edit of front matter in lines, told by Python-Markdown, MkDocs and the bytes alone.

Pelican reads its lines by Python-Markdown's extension `meta`; Nikola's are found here by its regular expression.
"""

import re
from typing import Any

import pytest
from hypothesis import assume, event, given
from hypothesis import strategies as st
from markdown import Markdown
from markdown.extensions.meta import MetaPreprocessor
from markdown.preprocessors import NormalizeWhitespace
from mkdocs.utils.meta import get_data

from editor.errors import NotEditable
from editor.post.front_matter import read
from editor.post.front_matter.interface import FrontMatter
from tests.post.front_matter.documents import TEXTS, Chunk, chunks
from tests.post.front_matter.examples import FAST

pytestmark = pytest.mark.filterwarnings("ignore::hypothesis.errors.NonInteractiveExampleWarning")

ONE_LINE = TEXTS.map(lambda text: " ".join(text.split()))
ITEMS = st.lists(st.sampled_from(["a", "b c", "x", "é", "1", "#"]), max_size=4, unique=True)

_KEYS = ["Title", "date", "TAGS", "tags", "slug", "x-y", "author", "Authors", "summary", "category", "a_1"]
_VALUES = [
    "",
    " ",
    " x",
    "  spaced  ",
    "\tA tab\there",
    " a: b",
    " a, b",
    " a;b ;c,d",
    " 'q' # no",
    " a,,b,a",
    " é\xa0",
]
_MORE = ["", "", "", "    more\n", "      \tmore, b\n    and\n"]


def pelican(text: str) -> tuple[dict[str, list[str]], list[str]]:
    """Return the metadata and the lines of the body."""
    markdown = Markdown()
    lines = NormalizeWhitespace(markdown).run(re.sub(r"\r\n|\r", "\n", text).split("\n"))
    body = MetaPreprocessor(markdown).run(lines)
    return markdown.Meta, body  # type: ignore[attr-defined]


def mkdocs(text: str) -> tuple[dict[str, Any], list[str]]:
    body, values = get_data(text)
    return values, re.split("\n", body)


def nikola(text: str) -> tuple[dict[str, str], list[str]]:
    parts = re.sub(r"\r\n|\r", "\n", text).lstrip().split("\n\n", 1)
    found = [re.match(r"\s*\.\. (.*?): (.*)", line) for line in parts[0].split("\n")]
    return {match[1]: match[2] for match in found if match and match[2]}, parts[-1].split("\n")


def said(reader: str, key: str, values: dict[str, Any]) -> Any:
    """Return what the generator makes of a field; nothing for one that it has not."""
    if key not in values:
        return "" if key != "tags" or reader == "mkdocs" else []
    value = values[key]
    if reader == "mkdocs":
        return value
    if reader == "nikola":
        return [item.strip() for item in value.split(",") if item.strip()] if key == "tags" else value.strip()
    if key in ("tags", "authors"):  # ensure_metadata_list of pelican/readers.py
        parts = value[0].split(";" if ";" in value[0] else ",")
        return list(dict.fromkeys(part.strip() for part in parts if part.strip()))
    if key in ("date", "slug", "author", "category") or len(value) == 1:
        return value[0]
    return "\n".join(value) if key in ("title", "summary") else value


ORACLES = {"pelican": pelican, "mkdocs": mkdocs, "nikola": nikola}
Post = tuple[str, str, list[Chunk]]


@st.composite
def posts(draw: Any, readers: tuple[str, ...] = ("pelican", "mkdocs", "nikola")) -> Post:
    """Draw a post: the generator that reads it, its text, and its fields."""
    reader = draw(st.sampled_from(readers))
    keys = st.sampled_from(_KEYS)
    if reader == "nikola":
        lines = st.tuples(
            keys.map(str.lower), st.sampled_from(["", " ", " x", "  y  ", " a, b", " a,b,", " a: b "])
        )
        made = draw(chunks(lines.map(lambda line: (line[0], f".. {line[0]}:{line[1]}\n")), ["note\n"]))
        opening, closing = draw(st.sampled_from([("<!--\n", "-->\n\n"), ("", "\n"), ("\n<!--\n", "-->\n\n")]))
        if not any(chunk.key for chunk in made):
            made = [Chunk(".. title: x\n", "title")]
        made = [chunk for chunk in made if chunk.key or opening]
    else:
        field = st.tuples(keys, st.sampled_from(_VALUES), st.sampled_from(_MORE))
        made = draw(chunks(field.map(lambda part: (part[0].lower(), f"{part[0]}:{part[1]}\n{part[2]}")), []))
        made = [chunk for chunk in made if chunk.key] or [Chunk("Title: x\n", "title")]
        fences = [("", "\n"), ("", "")]
        fences += [("---\n", "---\n"), ("---\n", "\n"), ("", "---\n"), ("--- \n", "...\n")] * (
            reader == "pelican"
        )
        opening, closing = draw(st.sampled_from(fences))
    body = draw(st.sampled_from(["Body\n", "\n# T: x\n\nnote: y\n", "*a*\r\n\u2028\n", "- a"]))
    ending = draw(st.sampled_from(["\n", "\r\n"]))
    made = [Chunk(chunk.text.replace("\n", ending), chunk.key) for chunk in made]
    inner = "".join(chunk.text for chunk in made)
    text = opening.replace("\n", ending) + inner + closing.replace("\n", ending) + body
    return reader, text, made


def opened(post: Post) -> FrontMatter:
    front_matter = read(post[1], post[0])
    assert front_matter.problem is None
    assert front_matter.format in ("pelican", "multimarkdown", "nikola")
    return front_matter


def edited(post: Post, name: str, *arguments: Any) -> str:
    """Make an edit; check that it can be taken back, and that body and all other fields are as they were."""
    reader, text, made = post
    front_matter = opened(post)
    try:
        edit = getattr(front_matter, name)(*arguments)
    except NotEditable as error:
        event(f"refused: {error.message}")
        assume(False)
    if edit is None:
        return text
    after: str = edit.apply(text)
    assert edit.inverse(text).apply(after) == text
    assert ORACLES[reader](after)[1] == ORACLES[reader](text)[1]
    if name in ("set", "add", "remove", "unset"):
        held = [n for n, chunk in enumerate(made) if chunk.key == arguments[0]]
        if held:
            before = text.index("".join(chunk.text for chunk in made))
            before += sum(len(chunk.text) for chunk in made[: held[0]])
            assert after.startswith(text[:before])
            assert after.endswith(text[before + len(made[held[0]].text) :])
        else:
            rest = iter(after)
            assert all(character in rest for character in text)
    return after


def values_of(post: Post, text: str) -> dict[str, Any]:
    found = ORACLES[post[0]](text)[0]
    keys = {key for key in found if key == key.strip()}
    values = {key: said(post[0], key, found) for key in sorted(keys)}
    # Without a value there is no field for Nikola, but for the blanks that may be left.
    return {key: value for key, value in values.items() if value or post[0] != "nikola"}


def keys_of(post: Post) -> list[str]:
    return [chunk.key for chunk in post[2] if chunk.key]


@given(posts())
@FAST
def test_reading_gives_what_the_generator_reads(post: Post) -> None:
    found = opened(post).values
    values = values_of(post, post[1])
    # Nikola does not know a field without a value; to change it, one must see it.
    assert {key: value for key, value in found.items() if key in values or value} == values
    body = post[1][opened(post).body_start :].lstrip("\r\n")
    assert re.sub(r"\r\n|\r", "\n", body).strip() == "\n".join(ORACLES[post[0]](post[1])[1]).strip()


@given(posts(), ONE_LINE | ITEMS | st.booleans() | st.integers(), st.data())
@FAST
def test_a_field_that_is_set_has_that_value_and_nothing_else_changes(
    post: Post, value: Any, data: Any
) -> None:
    key = data.draw(st.sampled_from([*keys_of(post), "title", "new"]))
    after = edited(post, "set", key, value)
    now = values_of(post, after)
    if isinstance(value, bool):
        value = "true" if value else "false"
    value = str(value) if isinstance(value, int) else value
    if isinstance(value, str) and isinstance(
        said(post[0], key, {key: [""]} if post[0] == "pelican" else {}), list
    ):
        value = said(post[0], key, {key: [value] if post[0] == "pelican" else value})
    before = values_of(post, post[1])
    gone = not value and post[0] == "nikola"
    assert now == {**{k: v for k, v in before.items() if k != key}, **({} if gone else {key: value})}
    assert read(after, post[0]).set(key, value) is None


@given(posts(), st.data())
@FAST
def test_a_field_that_is_removed_is_gone_and_nothing_else_changes(post: Post, data: Any) -> None:
    key = data.draw(st.sampled_from(keys_of(post)))
    before = values_of(post, post[1])
    after = edited(post, "unset", key)
    assert values_of(post, after) == {k: v for k, v in before.items() if k != key}


@given(posts(("pelican", "nikola")), st.data(), st.sampled_from(["zz", "z z", "é"]))
@FAST
def test_an_item_that_is_added_is_there_and_can_be_removed(post: Post, data: Any, item: str) -> None:
    before = values_of(post, post[1])
    lists = [key for key, value in before.items() if isinstance(value, list) and key in ("tags", "authors")]
    key = data.draw(st.sampled_from(lists or ["tags"]))
    known = before.get(key, [])
    assume(item not in known)
    after = edited(post, "add", key, item)
    assert values_of(post, after) == {**before, key: [*known, item]}
    edit = read(after, post[0]).remove(key, item)
    assert edit is not None
    if known:
        assert edit.apply(after) == post[1]
    gone = data.draw(st.sampled_from([*known, item]))
    edit = read(after, post[0]).remove(key, gone)
    assert edit is not None
    assert said(post[0], key, ORACLES[post[0]](edit.apply(after))[0]) == [
        other for other in [*known, item] if other != gone
    ]


@given(posts(), st.data())
@FAST
def test_a_field_may_be_renamed_and_moved(post: Post, data: Any) -> None:
    keys = keys_of(post)
    key = data.draw(st.sampled_from(keys))
    before = ORACLES[post[0]](post[1])[0]
    after = edited(post, "rename", key, "brand-new")
    now = ORACLES[post[0]](after)[0]
    assert now.get("brand-new", "") == before.get(key, "")
    assert len(keys) == len(keys_of(post))
    behind = data.draw(st.sampled_from([None, *(name for name in keys if name != key)]))
    moved = edited(post, "move", key, behind)
    assert ORACLES[post[0]](moved)[0] == before
    order = [name for name in keys if name != key]
    order.insert(0 if behind is None else order.index(behind) + 1, key)
    assert list(read(moved, post[0]).values) == order
