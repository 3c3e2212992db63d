"""Words, headings, places and searches: what is worked out from a text alone."""

import io
import json
import re

import pytest

from editor.ui.text_editor.fence_code import AT_ONCE, Fence, FenceColours
from editor.ui.text_editor.outline import Heading, headings_of
from editor.ui.text_editor.positions import Positions
from editor.ui.text_editor.search import Query, find_all, serve
from editor.ui.text_editor.statistics import Statistics, count
from editor.ui.text_editor.styles import Style


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0),
        ("One two, three.", 3),
        ("It's a well-known 1,000.5 km/h", 5),
        ("# A *heading*", 2),
        ("[two words](https://example.org/a-b-c)", 2),
        ("![alt](/img/clock.jpg){ width=5 }", 1),
        ("see https://example.org now", 2),
        ("<!-- hidden -->seen", 1),
        ("<!-- hidden\nstill hidden -->\nseen", 1),
        ("```py\nx = 1\n```\nseen", 1),
        ("$$\nx^2\n$$\nseen", 1),
        ('!!! note "A title"', 2),
        ("- [x] done", 1),
        ("- one\n- two", 2),
        ("<b>bold</b> move", 2),
        ("[ref]: https://example.org 'Title'", 0),
        ("機械学習 is 学ぶ", 7),
        ("---", 0),
    ],
)
def test_words(text: str, words: int) -> None:
    assert count(text).words == words


def test_reading_takes_longer_for_more_words() -> None:
    assert Statistics().minutes == 0
    assert Statistics(words=1).minutes == 1
    assert Statistics(words=265).minutes == 1
    assert Statistics(words=266).minutes == 2
    assert Statistics(words=501, signs=501).minutes == 2


def test_headings() -> None:
    text = """---
# no heading
---
# One {#one}

Two *things*
============

```
# no heading
```

### [Three](a.md) ###
####### no heading
#no heading

a
---
"""
    assert list(headings_of(text.split("\n"))) == [
        Heading(1, "One", 3),
        Heading(1, "Two things", 5),
        Heading(3, "Three", 12),
        Heading(2, "a", 16),
    ]


def test_positions_count_both_ways() -> None:
    text = "a😀b\u00a0😀"
    positions = Positions(text)
    assert [positions.units(points) for points in range(6)] == [0, 1, 3, 4, 5, 7]
    assert [positions.points(units) for units in (0, 1, 3, 4, 5, 7)] == [0, 1, 2, 3, 4, 5]
    assert positions.points(2) == 1


def found(query: Query, text: str, replacement: str | None = None) -> list[tuple[int, int, str]]:
    return [(match.start, match.end, match.replacement) for match in find_all(query, text, replacement)]


def test_searching() -> None:
    assert found(Query("a.c"), "abc a.c") == [(4, 7, "")]
    assert found(Query("ABC"), "abc") == [(0, 3, "")]
    assert found(Query("ABC", case=True), "abc") == []
    assert found(Query("cat", whole_words=True), "cat concat cats") == [(0, 3, "")]
    assert found(Query("^b", regular=True), "a\nb") == [(2, 3, "")]
    assert found(Query("x*", regular=True), "ab") == []
    assert found(Query(r"(\w)(\w)", regular=True), "ab", r"\2\1") == [(0, 2, "ba")]
    assert found(Query("a"), "a", r"\1") == [(0, 1, r"\1")]
    with pytest.raises(re.error):
        Query("(", regular=True).pattern()


def test_the_search_process_answers_every_request() -> None:
    def request(text: str, subject: str, replacement: str | None = None) -> bytes:
        body = subject.encode()
        head = {"text": text, "regular": True, "case": True, "whole_words": False}
        return json.dumps(head | {"replacement": replacement, "size": len(body)}).encode() + b"\n" + body

    sink = io.BytesIO()
    serve(io.BytesIO(request("é", "aé\né") + request("(", "x") + request("a", "a", r"\1")), sink)
    answers = [json.loads(line) for line in sink.getvalue().splitlines()]
    assert answers[0] == {"places": [1, 2, 3, 4], "replacements": []}
    assert "error" in answers[1]
    assert "error" in answers[2]


def test_the_search_process_keeps_the_text_for_the_next_request() -> None:
    head = {"regular": False, "case": False, "whole_words": False, "replacement": None}
    requests = [head | {"text": "é", "size": len("aé\né".encode())}, head | {"text": "A", "size": None}]
    first, second = (json.dumps(request).encode() + b"\n" for request in requests)
    sink = io.BytesIO()
    serve(io.BytesIO(first + "aé\né".encode() + second), sink)
    assert [json.loads(line)["places"] for line in sink.getvalue().splitlines()] == [[1, 2, 3, 4], [0, 1]]


def test_a_fence_is_coloured_by_its_language() -> None:
    colours = FenceColours()
    fence = Fence("python", ("def f():", '    """x', '    y"""', "    return 1"))
    assert colours.spans(fence) is None  # the lexer has to be found first
    while colours.busy:
        colours.work(1.0)
    spans = colours.spans(fence)
    assert spans is not None
    assert [line[0].style for line in spans] == [Style.KEYWORD, Style.STRING, Style.STRING, Style.KEYWORD]
    changed = colours.spans(Fence("python", ("x = 1",)))
    assert changed is not None
    assert Style.NUMBER in {span.style for span in changed[0]}


def test_a_large_fence_is_lexed_in_slices() -> None:
    colours = FenceColours()
    fence = Fence("python", ("x = 1",) * AT_ONCE)
    assert colours.spans(fence) is None
    slices = 0
    while colours.busy:
        colours.work(0.0005)
        slices += 1
    assert slices > 3
    spans = colours.spans(fence)
    assert spans is not None
    assert len(spans) == AT_ONCE
    assert spans[0] == spans[-1]


def test_an_unknown_language_stays_plain() -> None:
    colours = FenceColours()
    fence = Fence("no-such-language", ("x",))
    colours.spans(fence)
    while colours.busy:
        colours.work(1.0)
    assert colours.spans(fence) == [[]]
