"""One file before and after, as rows to be read."""

from editor.post import front_matter
from editor.ui.commit.file_difference import difference

POST = b"""---
draft: true
date: 2025-01-01
---

# Title

First words.

## Part

Some more words here.
"""


def rows(before, after, opened=None):
    found = difference(before, after, front_matter.read, opened)
    return [(row.kind, row.text) for row in found.rows]


def test_front_matter_stands_apart_from_the_parts_of_the_body():
    after = POST.replace(b"true", b"false").replace(b"more words", b"other words")
    assert rows(POST, after) == [
        ("section", "Front matter"),
        ("gone", "draft: true"),
        ("new", "draft: false"),
        ("same", "date: 2025-01-01"),
        ("section", "Part"),
        ("gone", "Some more words here."),
        ("new", "Some other words here."),
    ]
    found = difference(POST, after, front_matter.read)
    assert (found.fields, found.lines) == (1, 1)


def test_words_that_differ_are_marked():
    found = difference(POST, POST.replace(b"more", b"other"), front_matter.read)
    words = {row.kind: [row.text[start:end] for start, end in row.words] for row in found.rows if row.words}
    assert words == {"gone": ["more"], "new": ["other"]}


def test_what_was_changed_before_it_was_edited_here_was_changed_elsewhere():
    opened = POST.replace(b"2025-01-01", b"2025-02-02")
    after = opened.replace(b"true", b"false")
    found = difference(POST, after, front_matter.read, opened)
    assert [(row.text, row.elsewhere) for row in found.rows if row.kind in ("gone", "new")] == [
        ("draft: true", False),
        ("draft: false", False),
        ("date: 2025-01-01", True),
        ("date: 2025-02-02", True),
    ]


def test_a_line_that_was_taken_out_elsewhere_is_told_apart_from_one_taken_out_here():
    opened = POST.replace(b"First words.\n", b"")
    after = opened.replace(b"Some more words here.\n", b"")
    found = difference(POST, after, front_matter.read, opened)
    assert [(row.text, row.elsewhere) for row in found.rows if row.kind == "gone"] == [
        ("First words.", True),
        ("Some more words here.", False),
    ]


def test_line_endings_are_a_note_and_not_a_list_of_lines():
    after = POST.replace(b"\n", b"\r\n")
    found = difference(POST, after, front_matter.read)
    assert [row.kind for row in found.rows if row.kind in ("gone", "new")] == []
    assert found.notes == ("Line endings: LF → CRLF.",)
    assert found.lines == 0
    assert "12 lines differ in their endings alone" in [row.text for row in found.rows]


def test_line_endings_that_were_changed_elsewhere_say_so():
    opened = POST.replace(b"\n", b"\r\n")
    after = opened.replace(b"more", b"other")
    found = difference(POST, after, front_matter.read, opened)
    assert found.notes == ("Line endings: LF → CRLF. This was changed elsewhere, not in this program.",)
    assert [row.text for row in found.rows if row.kind == "new"] == ["Some other words here."]


def test_a_byte_order_mark_that_comes_is_told():
    found = difference(POST, b"\xef\xbb\xbf" + POST, front_matter.read)
    assert found.notes == ("The file begins with a byte order mark now.",)


def test_a_heading_in_code_is_no_part():
    before = b"# One\n\n```\n# Two\n```\n\nwords\n"
    assert rows(before, before.replace(b"words", b"others"))[0] == ("section", "One")


def test_hunks_are_known_by_what_they_change():
    before = b"a\nb\nc\nb\nd\n"
    found = difference(before, b"a\nx\nc\nx\nd\n")
    assert found.keys == (((b"b\n",), (b"x\n",), 0), ((b"b\n",), (b"x\n",), 1))


def test_a_binary_file_has_no_lines():
    found = difference(b"\x89PNG\0", b"\x89PNG\0\0")
    assert found.binary
    assert found.rows == ()


def test_a_new_file_is_one_hunk_in_its_parts():
    found = rows(None, POST)
    assert [text for kind, text in found if kind == "section"] == ["Front matter", "Title"]
    assert ("new", "draft: true") in found
    assert {kind for kind, _text in found} == {"section", "new"}


def test_of_a_long_line_what_is_the_same_is_cut_short():
    line = b"word " * 400
    found = difference(line + b"one\n", line + b"two\n")
    new = next(row for row in found.rows if row.kind == "new")
    assert len(new.text) < 120
    assert [new.text[start:end] for start, end in new.words] == ["two"]


def test_many_changed_lines_are_counted_and_not_all_shown():
    before = b"".join(b"a%d\nsame%d\n" % (n, n) for n in range(5_000))
    found = difference(before, before.replace(b"a", b"b"))
    assert len(found.rows) <= 1_200
    assert found.more > 0
    assert len(found.hunks) > 0


def test_endings_of_all_lines_are_those_of_the_whole_file():
    found = difference(POST, POST.replace(b"\n", b"\r\n"), front_matter.read)
    assert [row.text for row in found.rows if row.kind == "section"] == ["The whole file"]


def test_endings_of_front_matter_and_text_are_said_to_be_in_both():
    after = POST.replace(b"\n", b"\r\n").removesuffix(b"\r\n") + b"\n"
    found = difference(POST, after, front_matter.read)
    assert next(row.text for row in found.rows if row.kind == "section") == "Front matter and text"


def test_the_places_that_were_changed_are_counted_beside_their_lines():
    before = b"one\ntwo\nthree\nfour\nfive\n"
    found = difference(before, b"1\n2\nthree\nfour\n5\n")
    assert (found.changes, found.lines) == (2, 3)
