import pytest

from editor.post.front_matter import read


@pytest.mark.parametrize(
    ("text", "kind", "end"),
    [
        ("---\na: 1\n---\nBody", "yaml", 13),
        ("---\na: 1\n...\nBody", "yaml", 13),
        ("--- \t\r\na: 1\r\n---  \r\n\r\nBody", "yaml", 20),
        ("---\ra: 1\r---\rBody", "yaml", 13),
        ("---\na: 1\n---", "yaml", 12),
        ("---\n---\nBody", "yaml", 8),
        ("+++\na = 1\n+++\nBody", "toml", 14),
        ("", "none", 0),
        ("Body\n\n---\n\na: b\n---\n", "none", 0),
        (" ---\na: 1\n---\n", "none", 0),
        ("----\na: 1\n---\n", "none", 0),
        ("--- a\na: 1\n---\n", "none", 0),
    ],
)
def test_the_block_is_found(text: str, kind: str, end: int) -> None:
    front_matter = read(text)
    assert front_matter.problem is None
    assert (front_matter.format, front_matter.start, front_matter.end, front_matter.body_start) == (
        kind,
        0,
        end,
        end,
    )


@pytest.mark.parametrize(
    ("text", "line", "column", "words"),
    [
        ("---\na: 1\n", 1, 1, "never closed"),
        ("+++\na = 1\n---\n", 1, 1, "never closed"),
        ("---\na: 1\n --- \n----\n", 1, 1, "never closed"),
        ("\n \n---\na: 1\n---\n", 3, 1, "first line"),
        ("\r\n+++\r\na = 1\r\n+++\r\n", 2, 1, "first line"),
        ("---\ntitle: Quick: A Tale\n---\n", 2, 13, "needs quotes"),
        ('---\na: 1\ntitle: "a\n---\n', 4, 1, "never closed"),
        ("---\r\na: 1\r\n\r\na: 2\r\n---\r\n", 4, 1, "“a” is there twice"),
        ('---\na: 1\n"a": 2\n---\n', 3, 1, "there twice"),
        ("---\na:\n  - b: 1\n    b: 2\n---\n", 4, 5, "“b” is there twice"),
        ("---\n- a\n---\n", 2, 1, "no map"),
        ("---\n\njust text\n---\n", 3, 1, "no map"),
        ("---\na: *b\n---\n", 2, 4, "no anchor"),
        ("---\na: &a [*a]\n---\n", 2, 4, "holds itself"),
        ("---\na: \x07\n---\n", 2, 4, "U\\+0007"),
        ("---\na: \ud83d\n---\n", 2, 4, "U\\+D83D"),
        ("---\na: " + "[" * 500 + "]" * 500 + "\n---\n", None, None, "nested too deeply"),
        ("---\n" + "- " * 100_000 + "\n---\n", None, None, "nested too deeply"),
        ("+++\na = 1\nb = \n+++\n", 3, 5, "not valid TOML: Invalid value"),
        ("+++\r\na = 1\r\na = 2\r\n+++\r\n", 3, 6, "not valid TOML: Cannot overwrite a value"),
        ("+++\na = " + "[" * 3000 + "]" * 3000 + "\n+++\n", None, None, "nested too deeply"),
    ],
)
def test_what_can_not_be_read_is_told_with_its_place(
    text: str, line: int | None, column: int | None, words: str
) -> None:
    problem = read(text).problem
    assert problem is not None
    with pytest.raises(type(problem), match=words):
        raise problem
    assert problem.line
    assert problem.column
    assert line is None or (problem.line, problem.column) == (line, column)


def test_many_aliases_are_no_bomb() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 10)]
    problem = read("---\n" + "\n".join(lines) + "\n---\n").problem
    assert problem is not None
    assert problem.message == "The front matter is too large"


def test_blank_lines_before_a_rule_are_no_front_matter() -> None:
    assert read("\n---\n\ntext\n\n---\n").problem is None
    assert read("\n\n# T\n").problem is None
