"""Which format a post has, by its reader or by its content alone, and what a post without any gets."""

import datetime
from typing import Any

import pytest

from editor.errors import FrontMatterError, NotEditable
from editor.post.front_matter import read, read_meta, reader_of

LINES = "Title: x\nDate: 2020-01-01\n\nBody\n"
COMMENT = "<!--\n.. title: x\n.. tags: a\n-->\n\nBody\n"
OLD_HEXO = "title: x\ntags:\n- a\n---\nBody\n"


@pytest.mark.parametrize(
    ("text", "kind", "body"),
    [
        ('{"a": 1}\nBody\n', "json", "Body\n"),
        ('{\n  "a": {"b": "}"}\n}\n\nBody\n', "json", "\nBody\n"),
        ('---json\n{"a": 1}\n---\nBody\n', "json", "Body\n"),
        ('"a": 1\n;;;\nBody\n', "json", "Body\n"),
        (';;;\n"a": 1\n;;;;\nBody\n', "json", "Body\n"),
        ('{\n"a": 1\n}\n;;;\nBody\n', "json", "Body\n"),
        (LINES, "pelican", "Body\n"),
        ("title: x\n", "pelican", ""),
        (COMMENT, "nikola", "Body\n"),
        (".. title: x\n.. slug: y\n\nBody\n", "nikola", "Body\n"),
        (OLD_HEXO, "yaml", "Body\n"),
        # What is none, or may be none:
        ('{"a": 1} is an object\n', "none", None),
        ("{% include x %}\n", "none", None),
        ("{{< youtube >}}\n", "none", None),
        ("{note: x}\n", "none", None),
        ('"a": is a quote\n', "none", None),
        ("Note: this is new.\n\nText\n", "none", None),
        ("Date: tomorrow\n\nText\n", "none", None),
        ("Title: x\nand more\n", "none", None),
        ("Title: x\n---\n", "pelican", ""),
        ("A: b\nTitle\n---\n", "none", None),
        ("<!-- a comment -->\n\nText\n", "none", None),
        (".. image:: x.png\n\nText\n", "none", None),
        ("Text\n;;;\n", "none", None),
    ],
)
def test_the_format_is_found_by_content(text: str, kind: str, body: str | None) -> None:
    front_matter = read(text)
    assert front_matter.problem is None
    assert front_matter.format == kind
    assert front_matter.writes == ("yaml" if kind == "none" else kind)
    assert text[front_matter.body_start :] == (text if body is None else body)


@pytest.mark.parametrize(
    ("text", "reader", "kind"),
    [
        (LINES, "pelican", "pelican"),
        ("---\ntitle: a: b\n---\nBody\n", "pelican", "pelican"),
        ("---\ntitle: a: b\n\nBody\n", "pelican", "pelican"),
        ("---\ntitle: a\n---\nBody\n", "pelican-yaml", "yaml"),
        (LINES, "pelican-yaml", "pelican"),
        (LINES, "jekyll", "none"),
        (LINES, "mkdocs", "multimarkdown"),
        (LINES, "mkdocs-material", "none"),
        ("Note: x\n\nBody\n", "mkdocs", "multimarkdown"),
        (COMMENT, "nikola", "nikola"),
        (COMMENT, "hugo", "none"),
        (LINES, "nikola", "none"),
        (LINES, "nikola-meta", "pelican"),
        ("+++\na = 1\n+++\n", "nikola", "toml"),
        (OLD_HEXO, "hexo", "yaml"),
        (OLD_HEXO, "jekyll", "none"),
        ("T\n===\n\n---\n", "hexo", "none"),
        ('{"a": 1} and more\n', "hugo", "json"),
        ('{"a": 1}\n', "jekyll", "none"),
        (LINES, "a reader of another world", "pelican"),
    ],
)
def test_the_reader_of_the_site_decides(text: str, reader: str, kind: str) -> None:
    front_matter = read(text, reader)
    assert front_matter.problem is None
    assert front_matter.format == kind


def test_the_reader_of_a_site_is_known_by_its_generator_and_format() -> None:
    assert reader_of("pelican", "yaml") == "pelican-yaml"
    assert reader_of("pelican", "pelican") == "pelican"
    assert reader_of("hugo", "yaml") == "hugo"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("---js\n{ title: 1 }\n---\n", "written in js"),
        ("%{\n  title: 1\n}\n---\n", "written in Elixir"),
        ("---json\n{}\n", "never closed"),
        (';;;\n"a": 1\n', "never closed"),
        ('{"a": 1\n', "never closed"),
        ('{"a": 1,}\n', "not valid JSON"),
        ('{"a": NaN}\n', "NaN"),
        ('{"a": 1, "a": 2}\n', "“a” is there twice"),
        ('{"a": {"b": 1, "b": 2}}\n', "“b” is there twice"),
        ("---json\n[1]\n---\n", "no map"),
        ('{"a": ' + "[" * 5000 + "]" * 5000 + "}\n", "can't be read"),
        ('{"a": ' + "9" * 5000 + "}\n", "can't be read"),
    ],
)
def test_what_can_not_be_read_locks_all_fields(text: str, words: str) -> None:
    front_matter = read(text)
    assert front_matter.problem is not None
    assert words in front_matter.problem.message
    assert front_matter.problem.line
    assert front_matter.problem.column
    assert front_matter.lock("a") == front_matter.problem.message
    with pytest.raises(FrontMatterError, match=words):
        front_matter.set("a", 1)


@pytest.mark.parametrize(
    ("reader", "new_format", "head"),
    [
        (None, None, "---\ntags:\n  - x\n---\n\n"),
        (None, "toml", '+++\ntags = ["x"]\n+++\n\n'),
        ("zola", None, '+++\ntags = ["x"]\n+++\n\n'),
        ("hugo", "json", '{\n  "tags": ["x"]\n}\n\n'),
        ("eleventy", "json", '---json\n{\n  "tags": ["x"]\n}\n---\n\n'),
        ("hexo", "json", ';;;\n"tags": ["x"]\n;;;\n\n'),
        ("pelican", None, "tags: x\n\n"),
        ("pelican-yaml", None, "---\ntags:\n  - x\n---\n\n"),
        ("nikola", "nikola", "<!--\n.. tags: x\n-->\n\n"),
        ("nikola", "yaml", "---\ntags:\n  - x\n---\n\n"),
        ("mkdocs", "multimarkdown", None),
    ],
)
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_a_post_without_front_matter_gets_the_sites_own(
    reader: str | None, new_format: str | None, head: str | None, ending: str
) -> None:
    body = f"Body{ending}"
    front_matter = read(body, reader, new_format)
    assert front_matter.format == "none"
    if head is None:
        with pytest.raises(NotEditable, match="no list"):
            front_matter.add("tags", "x")
        return
    edit = front_matter.add("tags", "x")
    assert edit is not None
    text = edit.apply(body)
    assert text == (head + "Body\n").replace("\n", ending)
    again = read(text, reader)
    assert again.format == front_matter.writes
    assert again.values == {"tags": ["x"]}
    assert text[again.end :].lstrip() == body


def test_the_meta_file_of_nikola_is_all_front_matter() -> None:
    assert read_meta("").format == "nikola"
    for text, after in [
        ("", ".. tags: x\n"),
        (".. title: y", ".. title: y\n.. tags: x"),
        (".. title: y\n.. tags: \n.. link:\n", ".. title: y\n.. tags: x\n.. link:\n"),
        ("---\ntitle: y\n---\n", "---\ntitle: y\ntags:\n  - x\n---\n"),
    ]:
        edit = read_meta(text).add("tags", "x")
        assert edit is not None
        assert edit.apply(text) == after
    assert read_meta("---\na: [\n---\n").problem
    assert read_meta("---\na: 1\n").problem


@pytest.mark.parametrize(
    ("line", "name", "arguments", "new"),
    [
        ("Title: x\n", "set", ("title", "a: 'b' # c"), "Title: a: 'b' # c\n"),
        ("Title:\n", "set", ("title", "x"), "Title: x\n"),
        ("title:    x  \n", "set", ("title", "y"), "title:    y  \n"),
        ("Tags: a;b\n", "add", ("tags", "c, d"), "Tags: a;b;c, d\n"),
        ("Tags: a, b\n", "add", ("tags", "c, d"), "Tags: a; b; c, d\n"),
        ("Tags: a, b\n", "set", ("tags", "c, d"), "Tags: c, d\n"),
        ("Tags: a\n", "set", ("tags", ["b, c"]), "Tags: b, c;\n"),
        ("Tags: a,,b,\n", "remove", ("tags", "b"), "Tags: a,\n"),
        ("Tags: a\nTags: b\n", "add", ("tags", "c"), "Tags: a, c\nTags: b\n"),
        ("Summary: a\n      b\n", "set", ("summary", "c\nd"), "Summary: c\n      d\n"),
        ("Summary: a\n", "set", ("summary", "c\nd"), "Summary: c\n    d\n"),
        ("Summary: a\n    b\n", "set", ("summary", "c"), "Summary: c\n"),
        (
            "Date: 2020-01-02 10:00\n",
            "set",
            ("date", datetime.datetime(2021, 1, 2, 9)),
            "Date: 2021-01-02 09:00\n",
        ),
        (
            "date: 2020-01-02T10:00:00Z\n",
            "set",
            ("date", datetime.datetime(2021, 1, 2, 9, tzinfo=datetime.UTC)),
            "date: 2021-01-02T09:00:00Z\n",
        ),
        ("Title: x\n", "set", ("draft", True), "Title: x\nDraft: true\n"),
        ("Title: x\ndate: y\n", "set", ("slug", "z"), "Title: x\ndate: y\nslug: z\n"),
        ("Title: x\n", "set", ("title", None), "Title: \n"),
        ("Title: x\nSlug: y\n", "rename", ("title", "headline"), "Headline: x\nSlug: y\n"),
        ("Tag: a, b\n", "rename", ("tag", "tags"), "Tags: a, b\n"),
        ("Title: x\nSummary: y\n    z\n", "move", ("summary",), "Summary: y\n    z\nTitle: x\n"),
        ("Tags: a, b\n", "move", ("tags.1",), "Tags: b, a\n"),
        ("Title: x\n", "set", ("TITLE", "y"), "Title: y\n"),
    ],
)
def test_lines_of_pelican_are_edited_in_place(line: str, name: str, arguments: Any, new: str) -> None:
    for before, behind in [("", "\nBody\n"), ("---\n", "---\nBody\n"), ("", "Body\n")]:
        text = before + line + behind
        edit = getattr(read(text, "pelican"), name)(*arguments)
        assert edit is not None
        assert edit.apply(text) == before + new + behind
        assert edit.inverse(text).apply(edit.apply(text)) == text


@pytest.mark.parametrize(
    ("line", "name", "arguments", "words"),
    [
        ("Title: x\n", "set", ("title", "a\n\nb"), "blank line"),
        ("Slug: x\n", "set", ("slug", "a\nb"), "one line only"),
        ("Category: x\n", "add", ("category", "b"), "no list"),
        ("Tags: x\n", "add", ("tags", "b;c"), "divided at “;”"),
        ("Title: x\n", "set", ("title", {"a": 1}), "texts and lists of texts"),
        ("Tags: a\nTags: b\n", "unset", ("tags",), "twice"),
        ("Foo: a\nFoo: b\n", "set", ("foo", "c"), "twice"),
        ("Title: x\n", "set", ("a.b", "c"), "own text"),
        ("Title: x\n", "set", ("a b", "c"), "own text"),
        ("Title: x\n", "set_source", ("title", "c\n\nd"), "own text|no single value"),
    ],
)
def test_what_a_line_can_not_hold_is_refused(line: str, name: str, arguments: Any, words: str) -> None:
    with pytest.raises(NotEditable, match=words):
        getattr(read(line + "\nBody\n", "pelican"), name)(*arguments)


def test_a_tag_of_nikola_holds_no_comma() -> None:
    front_matter = read(COMMENT)
    with pytest.raises(NotEditable, match="divided at “,”"):
        front_matter.add("tags", "b, c")
    with pytest.raises(NotEditable, match="one line only"):
        front_matter.set("title", "a\nb")


def test_a_moment_of_nikola_keeps_its_style() -> None:
    text = ".. title: x\n.. date: 2014-07-13 11:52:27 UTC-05:00\n\nBody\n"
    zone = datetime.timezone(datetime.timedelta(hours=2))
    for moment, spelled in [
        (datetime.datetime(2015, 1, 2, 3, 4, 5, tzinfo=zone), "2015-01-02 03:04:05 UTC+02:00"),
        (datetime.datetime(2015, 1, 2, 3, 4, 5, tzinfo=datetime.UTC), "2015-01-02 03:04:05 UTC"),
        (datetime.datetime(2015, 1, 2, 3, 4, 5), "2015-01-02 03:04:05"),
    ]:
        edit = read(text).set("date", moment)
        assert edit is not None
        assert edit.apply(text) == text.replace("2014-07-13 11:52:27 UTC-05:00", spelled)


@pytest.mark.parametrize(
    ("inner", "name", "arguments", "new"),
    [
        ('{\n  "a": 1\n}', "set", ("b", [1, {"c": 2}]), '{\n  "a": 1,\n  "b": [1, {"c": 2}]\n}'),
        (
            '{\n    "a": [\n        1\n    ]\n}',
            "set",
            ("b", [2, 3]),
            '{\n    "a": [\n        1\n    ],\n    "b": [\n        2,\n        3\n    ]\n}',
        ),
        ('{\n\t"a": 1,\n\t"b": 2\n}', "unset", ("a",), '{\n\t"b": 2\n}'),
        ('{\n\t"a": 1,\n\t"b": 2\n}', "move", ("b",), '{\n\t"b": 2,\n\t"a": 1\n}'),
        ('{"a": 1, "b": 2}', "move", ("a", "b"), '{"b": 2, "a": 1}'),
        ('{"a": 1.10}', "set_source", ("a", "1.20"), '{"a": 1.20}'),
        ('{"a": 1}', "set", ("a", datetime.date(2024, 1, 2)), '{"a": "2024-01-02"}'),
        ('{"a": 1}', "set", ("a", "\u2028é\ud83d"), '{"a": "\\u2028é\\ud83d"}'),
        ('{"a": [{"b": 1}]}', "set", ("a.0.b", 2), '{"a": [{"b": 2}]}'),
        ('{"a": [{"b": 1}]}', "unset", ("a.0.b",), '{"a": [{}]}'),
        ('{"a": {"b": 1}}', "set", ("a.c.d", 2), '{"a": {"b": 1, "c": {"d": 2}}}'),
        ('{"a": 1, "c": 3}', "rename", ("a", 'b"'), '{"b\\"": 1, "c": 3}'),
        ("{}", "set", ("a", 1), '{\n  "a": 1\n}'),
    ],
)
def test_json_is_edited_in_place(inner: str, name: str, arguments: Any, new: str) -> None:
    for before, behind in [("", "\nBody\n"), ("---json\n", "\n---\nBody\n")]:
        text = before + inner + behind
        edit = getattr(read(text), name)(*arguments)
        assert edit is not None
        assert edit.apply(text) == before + new + behind


def test_json_has_no_infinite_numbers() -> None:
    with pytest.raises(NotEditable, match="infinite"):
        read('{"a": 1}\n').set("a", float("inf"))
    with pytest.raises(NotEditable, match="not valid JSON"):
        read('{"a": 1}\n').set_source("a", "x")
    assert read('{"a": 1}\n').set("a", 1.0) is not None


def test_yaml_without_its_opening_is_edited_in_place() -> None:
    for arguments, after in [
        (("title", "y: z"), OLD_HEXO.replace("x", '"y: z"')),
        (("new", 1), OLD_HEXO.replace("- a\n", "- a\nnew: 1\n")),
    ]:
        edit = read(OLD_HEXO, "hexo").set(*arguments)
        assert edit is not None
        assert edit.apply(OLD_HEXO) == after
    with pytest.raises(NotEditable):
        read("a: 1\n---\n", "hexo").unset("a")


@pytest.mark.parametrize(
    ("block", "new"),
    [
        ("---\na: 1 # c\n---\n", "---\na: 2 # c\n---\n"),
        ("+++\na = 1\n+++\n", "+++\na = 2\n+++\n"),
    ],
)
def test_hugo_takes_no_notice_of_a_second_byte_order_mark(block: str, new: str) -> None:
    text = f"\ufeff{block}Body\n"  # the first one is left out of every text
    front_matter = read(text, "hugo")
    assert (front_matter.values, front_matter.body_start) == ({"a": 1}, len(text) - len("Body\n"))
    edit = front_matter.set("a", 2)
    assert edit is not None
    assert edit.apply(text) == f"\ufeff{new}Body\n"
    assert read(text, "jekyll").values == {}
