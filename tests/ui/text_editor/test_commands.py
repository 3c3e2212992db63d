"""The commands, as what they make of a text: `|` is the caret, `<` and `>` around the selection written as [[ ]]."""

import pytest

from editor.ui.text_editor import block_commands, inline_commands
from editor.ui.text_editor.commands import COMMANDS, command
from editor.ui.text_editor.passage import Passage


def passage(marked: str, *, code: bool = False) -> Passage:
    """Return the passage that `marked` shows: `‸` at a caret, or twice around a selection."""
    start = marked.index("‸")
    rest = marked.replace("‸", "", 1)
    end = rest.index("‸") if "‸" in rest else start
    return Passage(rest.replace("‸", ""), start, end, code)


def run(name: str, marked: str) -> str:
    before = passage(marked)
    made = command(name).function(before)
    if made is None:
        return marked
    after = made.apply(before.text)
    ends = {made.start, made.end}
    for place in sorted(ends, reverse=True):
        after = after[:place] + "‸" + after[place:]
    return after


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("bold", "a ‸word‸ here", "a **‸word‸** here"),
        ("bold", "a wo‸rd here", "a **wo‸rd** here"),
        ("bold", "a ‸", "a **‸**"),
        ("bold", "‸one\n\ntwo‸", "**‸one**\n\n**two‸**"),
        ("bold", "‸- one\n- two‸", "‸- **one**\n- **two‸**"),
        ("bold", "a ‸ word ‸here", "a ‸ **word** ‸here"),
        ("italic", "**‸word‸**", "***‸word‸***"),
        ("bold", "*‸word‸*", "***‸word‸***"),
        ("bold", "***‸word‸***", "*‸word‸*"),
        ("italic", "***‸word‸***", "**‸word‸**"),
        ("bold", "‸**word**‸", "‸word‸"),
        ("bold", "a **strong‸** b", "a **strong**‸ b"),
        ("bold", "a **two words‸**", "a **two words**‸"),
        ("bold", "a **two ‸**", "a **two **‸"),
        ("bold", "**(a)‸**", "**(a)**‸"),
        ("bold", "**‸**", "‸"),
        ("bold", "**one** ‸**two**", "**one** **‸****two**"),
        ("bold", "* an item ‸**two**", "* an item **‸****two**"),
        ("bold", "`**` ‸**two**", "`**` **‸****two**"),
        ("italic", "*so‸*", "*so*‸"),
        ("italic", "**a *b‸***", "**a *b*‸**"),
        ("italic", "***b‸***", "***b*‸**"),
        ("bold", "***b‸***", "***b**‸*"),
        ("bold", "***b*‸**", "***b***‸"),
        ("code", "a `x = 1‸`", "a `x = 1`‸"),
        ("code", "`a` ‸`b`", "`a` `‸``b`"),
        ("strike", "a ~~gone, all‸~~", "a ~~gone, all~~‸"),
        ("math", "a $x^2‸$", "a $x^2$‸"),
        ("math", "5\\$ and ‸$x$", "5\\$ and $‸$$x$"),
        ("strike", "‸gone‸", "~~‸gone‸~~"),
        ("code", "‸x = 1‸", "`‸x = 1‸`"),
        ("math", "‸x^2‸", "$‸x^2‸$"),
        ("link", "see ‸this‸ now", "see [this](‸) now"),
        ("link", "see ‸", "see [‸]()"),
        ("link", "‸https://example.org‸", "[‸](https://example.org)"),
        ("link", "see [th‸is](a.md)", "see [this](‸a.md‸)"),
        ("image", "‸a clock‸", "![a clock](‸)"),
        ("heading-2", "Tit‸le", "## Tit‸le"),
        ("heading-3", "## Tit‸le", "### Tit‸le"),
        ("heading-2", "## Tit‸le", "Tit‸le"),
        ("heading-0", "#### Tit‸le", "Tit‸le"),
        ("heading-1", "‸", "# ‸"),
        ("heading-2", "‸one\n\ntwo‸", "## ‸one\n\n## two‸"),
        ("bullet-list", "‸one\ntwo‸", "- ‸one\n- two‸"),
        ("bullet-list", "- ‸one\n- two‸", "‸one\ntwo‸"),
        ("ordered-list", "‸one\n\ntwo‸", "1. ‸one\n\n2. two‸"),
        ("ordered-list", "- one‸", "1. one‸"),
        ("task-list", "  one‸", "  - [ ] one‸"),
        ("bullet-list", "- [x] one‸", "- one‸"),
        ("quote", "‸one\n\ntwo‸", "> ‸one\n>\n> two‸"),
        ("task-box", "- [ ] o‸ne", "- [x] o‸ne"),
        ("task-box", "- [x] o‸ne", "- [ ] o‸ne"),
        ("task-box", "- o‸ne", "- [ ] o‸ne"),
        ("code-block", "‸x = 1‸", "```\n‸x = 1‸\n```"),
        ("code-block", "    ‸x = 1‸", "    ```\n    ‸x = 1‸\n    ```"),
        ("code-block", "‸```‸", "````\n‸```‸\n````"),
        ("math-block", "‸x^2‸", "$$\n‸x^2‸\n$$"),
        ("line-up", "one\ntwo‸\nthree", "two‸\none\nthree"),
        ("line-down", "one‸\ntwo\nthree", "two\none‸\nthree"),
        ("line-up", "one‸", "one‸"),
        ("line-down", "one\ntwo‸", "one\ntwo‸"),
        ("duplicate-line", "one‸\ntwo", "one\none‸\ntwo"),
        ("indent", "‸one\n\ntwo‸", "    ‸one\n\n    two‸"),
        ("unindent", "‸    one\n  two\n\tthree‸", "‸one\ntwo\nthree‸"),
        ("admonition", "‸one\n\ntwo‸", "!!! note\n    ‸one\n\n    two‸"),
        ("admonition", "one\n\n‸", "one\n\n!!! note\n    ‸"),
    ],
)
def test_a_command_makes_of_a_text(name: str, before: str, after: str) -> None:
    assert run(name, before) == after


@pytest.mark.parametrize(
    "name", ["bold", "italic", "strike", "code", "math", "quote", "code-block", "math-block"]
)
@pytest.mark.parametrize(
    "before",
    [
        "a ‸word‸ here",
        "wo‸rd",
        "‸",
        "‸one\ntwo‸",
        "‸one\n\ntwo‸",
        "x\n‸y‸\nz",
        "   ‸word‸",
        "‸né 😀‸ x",
        "‸> a\n>  b‸",
    ],
)
def test_doing_it_twice_gives_the_text_back(name: str, before: str) -> None:
    once = run(name, before)
    assert once.replace("‸", "") != before.replace("‸", "") or not before.strip("‸")
    assert run(name, once).replace("‸", "") == before.replace("‸", "")


@pytest.mark.parametrize("level", range(1, 7))
def test_a_heading_twice_gives_the_text_back(level: int) -> None:
    once = run(f"heading-{level}", "‸one\n\n  two‸")
    assert run(f"heading-{level}", once) == "‸one\n\n  two‸"


@pytest.mark.parametrize("name", ["bullet-list", "ordered-list", "task-list"])
def test_a_list_twice_gives_the_text_back(name: str) -> None:
    assert run(name, run(name, "‸one\n\n  two‸")) == "‸one\n\n  two‸"


def test_a_link_without_an_address_becomes_text_again() -> None:
    assert run("link", run("link", "see ‸this‸ now")) == "see ‸this‸ now"


def test_moving_touches_only_what_differs() -> None:
    made = block_commands.move_lines_up(passage("same\nsame‸\nother"))
    assert made is not None
    assert made.edits == ()


def test_a_table_stands_apart_from_the_text_around_it() -> None:
    made = run("table", "before‸\nafter")
    lines = made.replace("‸", "").split("\n")
    assert lines[0] == "before"
    assert lines[1] == ""
    assert lines[2].startswith("| ")
    assert lines[-2:] == ["", "after"]
    assert len({len(line) for line in lines[2:5]}) == 1


def test_only_one_whole_address_is_an_address() -> None:
    assert inline_commands.is_address("https://example.org/a?b=c")
    assert not inline_commands.is_address("see https://example.org")
    assert not inline_commands.is_address("javascript:alert(1)")


def test_every_command_has_words_and_a_shortcut_of_its_own() -> None:
    shortcuts = [entry.shortcut for entry in COMMANDS if entry.shortcut]
    assert len(set(shortcuts)) == len(shortcuts)
    assert len({entry.id for entry in COMMANDS}) == len(COMMANDS)
    assert all(entry.text for entry in COMMANDS)


def test_an_unknown_command_is_an_error() -> None:
    with pytest.raises(KeyError):
        command("no-such-thing")
