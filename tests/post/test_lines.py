from editor.post import lines

TEXT = "one\r\ntwo\rthree\n\u2028four\x85"


def test_only_real_line_ends_divide_lines() -> None:
    assert [TEXT[i : lines.line_end(TEXT, i)] for i in (0, 5, 9, 15)] == [
        "one",
        "two",
        "three",
        "\u2028four\x85",
    ]
    assert [lines.line_start(TEXT, i) for i in (0, 2, 5, 8, 9, 14, len(TEXT))] == [0, 0, 5, 5, 9, 9, 15]
    assert [lines.next_line(TEXT, i) for i in (0, 5, 9, 15)] == [5, 9, 15, len(TEXT)]
    assert [lines.ending_before(TEXT, i) for i in (0, 1, 5, 9, 15)] == ["", "", "\r\n", "\r", "\n"]


def test_positions_count_from_one() -> None:
    assert [lines.position(TEXT, i) for i in (0, 2, 5, 10, 16)] == [(1, 1), (1, 3), (2, 1), (3, 2), (4, 2)]


def test_the_usual_line_end_is_the_most_common() -> None:
    assert lines.usual_ending("") == ("\n", False)
    assert lines.usual_ending("a\r\nb\r\n") == ("\r\n", False)
    assert lines.usual_ending("a\rb") == ("\r", False)
    assert lines.usual_ending("a\r\nb\nc\n") == ("\n", True)


def test_places_that_are_looked_up_together():
    text = "one\r\ntwo\rthree\n\nfive é\r\n"
    index = lines.LineIndex(text)
    for place in range(len(text) + 1):
        if text[place - 1 : place + 1] != "\r\n":
            assert index.position(place) == lines.position(text, place)
    assert lines.LineIndex("").position(0) == (1, 1)
