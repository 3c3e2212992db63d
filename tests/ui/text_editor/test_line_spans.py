import random
import re
import time

import pytest

from editor.post.line_state import (
    COMMENT,
    PARAGRAPH,
    TABLE,
    TEXT,
    TOML,
    YAML,
    LineState,
    front_matter_state,
    heading_parts,
    is_delimiter_row,
    state_after,
)
from editor.site.words import line_length
from editor.ui.text_editor.line_spans import line_spans
from editor.ui.text_editor.styles import Flag, Style


def pieces(line: str, state: LineState = TEXT, following: str = "") -> dict[str, tuple[Style, Flag]]:
    return {line[s.start : s.end].strip(): (s.style, s.flags) for s in line_spans(line, state, following)}


@pytest.mark.parametrize(
    ("line", "piece", "style", "flags"),
    [
        ("## Intro", "##", Style.FAINT, Flag.NONE),
        ("## Intro", "Intro", Style.PLAIN, Flag.BOLD),
        ("###### Six ######", "######", Style.FAINT, Flag.NONE),
        ("a **bold** b", "bold", Style.PLAIN, Flag.BOLD),
        ("a __bold__ b", "bold", Style.PLAIN, Flag.BOLD),
        ("an *italic* one", "italic", Style.PLAIN, Flag.ITALIC),
        ("an _italic_ one", "italic", Style.PLAIN, Flag.ITALIC),
        ("***both***", "both", Style.PLAIN, Flag.BOLD | Flag.ITALIC),
        ("**a *b* c**", "b", Style.PLAIN, Flag.BOLD | Flag.ITALIC),
        ("~~gone~~", "gone", Style.PLAIN, Flag.STRIKE),
        ("`x*y*z`", "x*y*z", Style.CODE, Flag.NONE),
        ("``a ` b``", "a ` b", Style.CODE, Flag.NONE),
        ("[text](a.md)", "text", Style.LINK, Flag.NONE),
        ("[text](a.md)", "a.md", Style.DIM, Flag.NONE),
        ("![alt](/i.png){ width=5 }", "alt", Style.LINK, Flag.NONE),
        ("![alt](/i.png){ width=5 }", "){ width=5 }", Style.FAINT, Flag.NONE),
        ("[text][ref]", "text", Style.LINK, Flag.NONE),
        ("[ref]: https://e.org", "ref", Style.LINK, Flag.NONE),
        ("[^note]: words", "^note", Style.LINK, Flag.NONE),
        ("*[WER]: word error rate", "WER", Style.LINK, Flag.NONE),
        ("<https://e.org>", "https://e.org", Style.LINK, Flag.NONE),
        ("> said", ">", Style.FAINT, Flag.NONE),
        ("> said", "said", Style.DIM, Flag.NONE),
        ("> [!NOTE]", "[!NOTE]", Style.CALL, Flag.NONE),
        ("- one", "-", Style.MARKER, Flag.NONE),
        ("12. one", "12.", Style.MARKER, Flag.NONE),
        ("- [x] done", "[x]", Style.INSERTED, Flag.NONE),
        ("- [ ] todo", "[ ]", Style.MARKER, Flag.NONE),
        ("* * *", "* * *", Style.FAINT, Flag.NONE),
        ('!!! note "Title"', "!!! note", Style.CALL, Flag.NONE),
        ('!!! note "Title"', "Title", Style.PLAIN, Flag.BOLD),
        ("??? tip", "??? tip", Style.CALL, Flag.NONE),
        ('=== "Tab"', "Tab", Style.PLAIN, Flag.BOLD),
        ("/// details | So", "///", Style.CALL, Flag.NONE),
        ("/// details | So", "So", Style.PLAIN, Flag.BOLD),
        ("text {.big}", "{.big}", Style.FAINT, Flag.NONE),
        ("<b>x</b>", "<b>", Style.FAINT, Flag.ITALIC),
        ("<!-- words -->", "words", Style.COMMENT, Flag.ITALIC),
        ("<!-- more -->", "<!-- more -->", Style.MARKER, Flag.NONE),
        ("$x_i$", "x_i", Style.MATH, Flag.NONE),
        ("$$x_i$$", "x_i", Style.MATH, Flag.NONE),
        (r"\(x_i\)", "x_i", Style.MATH, Flag.NONE),
        ("==seen==", "seen", Style.MARKED, Flag.NONE),
        ("^^new^^", "new", Style.PLAIN, Flag.UNDERLINE),
        ("++ctrl+s++", "ctrl+s", Style.KEYBOARD, Flag.NONE),
        ('--8<-- "a.md"', "--8<--", Style.CALL, Flag.NONE),
        ("{++new++}", "new", Style.INSERTED, Flag.NONE),
        ("{--old--}", "old", Style.DELETED, Flag.NONE),
        ("see https://e.org/a_b_c now", "https://e.org/a_b_c", Style.DIM, Flag.NONE),
        ("{{ shortcode }}", "{{ shortcode }}", Style.SHORTCODE, Flag.NONE),
        (r"\*not\*", "\\", Style.FAINT, Flag.NONE),
        ("```python", "```", Style.FAINT, Flag.NONE),
        ("```python", "python", Style.DIM, Flag.NONE),
        (": meaning", ":", Style.MARKER, Flag.NONE),
    ],
)
def test_a_piece_of_a_line_has_its_style(line: str, piece: str, style: Style, flags: Flag) -> None:
    assert pieces(line)[piece] == (style, flags)


@pytest.mark.parametrize(
    "line",
    [
        "a * b * c",
        "snake_case_name",
        "2 * 3 * 4",
        "5$ and 6$",
        "a ~ b",
        "#hashtag",
        r"\*stars\*",
        "x ** y ** z",
        "1.no",
    ],
)
def test_what_is_no_markup_is_not_marked(line: str) -> None:
    assert all(span.style in (Style.PLAIN, Style.FAINT) for span in line_spans(line, TEXT))
    assert not any(span.flags for span in line_spans(line, TEXT))


def test_a_heading_may_be_made_by_the_line_under_it() -> None:
    assert pieces("Title", TEXT, "=====") == {"Title": (Style.PLAIN, Flag.BOLD)}
    assert pieces("=====", PARAGRAPH) == {"=====": (Style.FAINT, Flag.NONE)}


def test_pipes_of_a_table_are_faint() -> None:
    assert pieces("| a | b |", TEXT, "|---|---|")["|"][0] is Style.FAINT
    assert pieces("| 1 | 2 |", TABLE)["|"][0] is Style.FAINT
    assert pieces("a | b", PARAGRAPH) == {}


@pytest.mark.parametrize(
    ("line", "piece", "style"),
    [
        ("title: A post", "title", Style.KEY),
        ("title: A post", "A post", Style.STRING),
        ("draft: true", "true", Style.NUMBER),
        ("date: 2025-11-09T08:30:00Z", "2025-11-09T08:30:00Z", Style.NUMBER),
        ('tags: ["a: b", c]', '"a: b"', Style.STRING),
        ("draft: no  # why", "# why", Style.COMMENT),
        ("  - one", "-", Style.FAINT),
        ("- name: x", "name", Style.KEY),
        ("a: 'it''s'", "'it''s'", Style.STRING),
        ("---", "---", Style.FAINT),
        (".. title: A post", ".. title:", Style.FAINT),
    ],
)
def test_front_matter(line: str, piece: str, style: Style) -> None:
    found = pieces(line, YAML)
    if piece == ".. title:":
        assert found["title"][0] is Style.KEY
    else:
        assert found[piece][0] is style


def test_toml_front_matter() -> None:
    assert front_matter_state("+++") == TOML
    assert pieces('title = "A"', TOML)["title"][0] is Style.KEY
    assert pieces("[taxonomies]", TOML)["[taxonomies]"][0] is Style.KEY


def run(*lines: str, start: LineState = TEXT) -> list[str]:
    kinds = []
    state = start
    for line in lines:
        state = state_after(line, state)
        kinds.append(state.kind)
    return kinds


def test_states_reach_over_lines() -> None:
    assert run("```py", "x", "``", "````") == ["fence", "fence", "fence", "text"]
    assert run("~~~", "```", "~~~") == ["fence", "fence", "text"]
    assert run("- ```py", "  x", "  ```") == ["fence", "fence", "text"]
    assert run("> ```", "> x", "> ```") == ["fence", "fence", "text"]
    assert run("> ```", "> x", "out") == ["fence", "fence", "paragraph"]
    assert run("```a``` inline") == ["paragraph"]
    assert run("<!-- a", "b", "c -->") == ["comment", "comment", "text"]
    assert run("`<!--` is code") == ["paragraph"]
    assert run("$$", "x", "$$") == ["math", "math", "text"]
    assert run("\\begin{align}", "x", "\\end{align}") == ["math", "math", "text"]
    assert run("a | b", "- | -", "1 | 2", "") == ["paragraph", "table", "table", "text"]
    assert run("a: >-", "  b", "c: d", start=YAML) == ["yaml-text", "yaml-text", "yaml"]


def test_a_language_is_read_from_the_fence() -> None:
    for line in ("```python", "``` python", '```python linenums="1"', "``` { .python .a }", "~~~Python"):
        assert state_after(line, TEXT).language == "python", line


def test_a_comment_goes_on_to_its_end() -> None:
    assert pieces("still -->", COMMENT)["still"][0] is Style.COMMENT


@pytest.mark.parametrize(
    "mark", ["*", "_", "**a ", "`", "[", "[a](", "$", "~", "^", "{", "<a ", "<!--", "==", "- ", "> "]
)
def test_a_line_full_of_opening_marks_takes_no_time(mark: str) -> None:
    line = mark * (20_000 // len(mark))
    start = time.perf_counter()
    line_spans(line, TEXT)
    assert time.perf_counter() - start < 1.5


@pytest.mark.parametrize(
    ("begin", "run", "end"),
    [
        ("# ", " ", "x"),
        ("#", "\t", "#x"),
        ("|--", " ", "|x"),
        ("> ", "\t", " |-x"),
        ("[", " ", " |-x"),
        ("- ", "- ", "|x"),
        ("- [", " ", "x"),
        ("{", "{", "x"),
        ("a: ", "a: ", "#x"),
    ],
)
@pytest.mark.parametrize("state", [TEXT, PARAGRAPH, YAML], ids=lambda state: state.kind)
def test_a_long_run_costs_its_length_not_its_square(begin, run, end, state) -> None:
    line = begin + run * (60_000 // len(run)) + end
    started = time.thread_time()
    line_length(line, state, state_after(line, state))
    line_spans(line, state, line)
    assert time.thread_time() - started < 0.25


def test_headings_and_rows_are_told_as_by_the_expressions_that_define_them() -> None:
    heading = re.compile(r"(#{1,6})(?=[ \t]|$)(.*?)([ \t]#+)?[ \t]*$")
    row = re.compile(r"[ \t>]*(?=[^|]*\|)\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")
    chance = random.Random(5)
    headings = rows = 0
    for _ in range(20_000):
        line = "".join(chance.choice("## \tx") for _ in range(chance.randrange(9)))
        found, parts = heading.match(line), heading_parts(line)
        assert (found is None) == (parts is None), line
        if found and parts:
            headings += 1
            assert (parts.marks, parts.words) == (found.span(1), found.span(2)), line
            assert parts.closing == (found.span(3) if found[3] else (found.end(2),) * 2), line
        line = "".join(chance.choice("--||: >x"[: chance.choice((5, 8))]) for _ in range(chance.randrange(9)))
        assert is_delimiter_row(line) == bool(row.match(line)), line
        rows += is_delimiter_row(line)
    assert headings > 1000 and rows > 1000
