import pytest

from editor.ui.text_editor import typing_rules
from editor.ui.text_editor.passage import Change, Passage
from tests.ui.text_editor.test_commands import passage


def shown(before: Passage, made: Change | None) -> str | None:
    if made is None:
        return None
    after = made.apply(before.text)
    for place in sorted({made.start, made.end}, reverse=True):
        after = after[:place] + "‸" + after[place:]
    return after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("- one‸", "- one\n- ‸"),
        ("* one‸", "* one\n* ‸"),
        ("9. one‸", "9. one\n10. ‸"),
        ("1) one‸", "1) one\n2) ‸"),
        ("    - one‸", "    - one\n    - ‸"),
        ("- [x] done‸", "- [x] done\n- [ ] ‸"),
        ("- one‸ two", "- one\n- ‸two"),
        ("> said‸", "> said\n> ‸"),
        (">said‸", ">said\n> ‸"),
        ("> - one‸", "> - one\n> - ‸"),
        ("- ‸", "‸"),
        ("- [ ] ‸", "‸"),
        ("1. ‸", "‸"),
        ("> ‸", "‸"),
        ("> - ‸", "> ‸"),
        ("    - ‸", "- ‸"),
        ("- one\n- ‸", "- one\n\n‸"),
        ("1. one\n2. ‸\nafter", "1. one\n\n‸\nafter"),
        ("- one\n\n- ‸", "- one\n\n‸"),
        ("> said\n> ‸", "> said\n\n‸"),
        ("> said\n>\n> - ‸", "> said\n>\n> ‸"),
        ("> - one\n> - ‸", "> - one\n>\n> ‸"),
        ("!!! note‸", "!!! note\n    ‸"),
        ('??? tip "So"‸', '??? tip "So"\n    ‸'),
        ("    text‸", "    text\n    ‸"),
        ("    ‸", "\n    ‸"),
        ("plain‸", None),
        ("‸- one", None),
        ("*emphasis*‸", None),
        ("-no list‸", None),
    ],
)
def test_enter(before: str, after: str | None) -> None:
    made = passage(before)
    assert shown(made, typing_rules.enter(made)) == after


@pytest.mark.parametrize(
    ("before", "after"), [("- one‸", None), ("    - one‸", "    - one\n    ‸"), ("> one‸", None)]
)
def test_enter_in_code_only_keeps_the_indentation(before: str, after: str | None) -> None:
    made = passage(before, code=True)
    assert shown(made, typing_rules.enter(made)) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("- ‸", "‸"),
        ("  1. ‸", "  ‸"),
        ("- [ ] ‸", "‸"),
        ("> ‸", "‸"),
        ("> > ‸", "> ‸"),
        ("        ‸x", "    ‸x"),
        ("      ‸", "    ‸"),
        ("- one‸", None),
        (" ‸x", None),
        ("word‸", None),
    ],
)
def test_backspace(before: str, after: str | None) -> None:
    made = passage(before)
    assert shown(made, typing_rules.backspace(made)) == after


@pytest.mark.parametrize(
    ("before", "back", "after"),
    [
        ("- one‸", False, "    - one‸"),
        ("    - one‸", True, "- one‸"),
        ("‸one\ntwo‸", False, "    ‸one\n    two‸"),
        ("ab‸", False, "ab  ‸"),
        ("one‸", True, None),
        ("- ![alt‸]()", False, "- ![alt](‸)"),
        ("![alt](a.png‸) end", False, "![alt](a.png)‸ end"),
        ("[alt‸](a.png) end", False, "[alt](a.png)‸ end"),
        ("ab[al‸t](a.png)", False, "ab[al   ‸t](a.png)"),
    ],
)
def test_tab(before: str, back: bool, after: str | None) -> None:
    made = passage(before)
    assert shown(made, typing_rules.tab(made, back=back)) == after


@pytest.mark.parametrize(
    ("before", "mark", "after"),
    [
        ("say ‸", "(", "say (‸)"),
        ("say ‸ more", "[", "say [‸] more"),
        ("‸word", "(", None),
        ("word‸", "`", None),
        ("`‸", "`", None),
        ("\\‸", "(", None),
        ("a ‸", "x", None),
        ("a ‸", "*", None),
    ],
)
def test_opening_marks_bring_their_partner_only_where_a_word_could_end(
    before: str, mark: str, after: str | None
) -> None:
    made = passage(before)
    assert shown(made, typing_rules.open_pair(made, mark)) == after


@pytest.mark.parametrize(
    ("before", "mark", "after"),
    [
        ("a ‸word‸", "(", "a (‸word‸)"),
        ("a ‸word‸", "*", "a *‸word‸*"),
        ("‸one\ntwo‸", "(", "(‸one\ntwo‸)"),
        ("‸one\ntwo‸", "*", None),
        ("‸word‸", '"', None),
        ("‸  ‸x", "(", None),
    ],
)
def test_marks_typed_over_a_selection_go_around_it(before: str, mark: str, after: str | None) -> None:
    made = passage(before)
    assert shown(made, typing_rules.wrap_selection(made, mark)) == after
