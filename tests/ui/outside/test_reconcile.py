"""Bringing two versions together, and small edits that make one text of another."""

import random
import time

import pytest

from editor.ui.outside.decisions import BOTH, BY_HAND, MINE, THEIRS, Decisions
from editor.ui.outside.reconcile import line_edits, reconcile
from editor.ui.text_editor.document_text import DocumentText


def applied(edits, text):
    for edit in edits:
        text = edit.apply(text)
    return text


@pytest.mark.parametrize("seed", range(200))
def test_edits_make_the_other_text_in_a_document_too(qapp, seed):
    chance = random.Random(seed)
    endings = chance.choice([["\n"], ["\r\n"], ["\n", "\r\n"], ["\n", "\r\n", "\r"]])

    def text(lines):
        return "".join(line + chance.choice(endings) for line in lines)[: chance.choice([None, -1])]

    words = ["", "a", "b", "ab", "é\U0001f600", "\u00a0", "\u2028", "\ufeff"]
    lines = [chance.choice(words) for _ in range(chance.randrange(12))]
    before = text(lines)
    for _ in range(chance.randrange(4)):
        lines[chance.randrange(len(lines) + 1) :][:1] = [chance.choice(words)]
        if lines:
            lines[chance.randrange(len(lines))] = chance.choice(words)
    after = text(lines)
    edits, _lines = line_edits(before, after)
    assert applied(edits, before) == after
    document = DocumentText(before)
    for number, edit in enumerate(edits):
        document.apply(edit, join_previous=number > 0)
    assert document.text == after
    document.document.undo()
    assert document.text == before


def test_edits_touch_only_what_differs():
    before = "".join(f"line {n}\n" for n in range(100))
    after = before.replace("line 3\n", "line three\n").replace("line 90\n", "")
    edits, lines = line_edits(before, after)
    assert lines == 2
    assert [edit.replacement for edit in edits] == ["three", ""]


def test_texts_that_share_nothing_take_no_time():
    before = "".join(f"{n} {n * 7 % 13}\n" for n in range(20_000))
    after = "".join(f"{n * 7 % 13} {n}\n" for n in range(20_000))
    started = time.monotonic()
    edits, _lines = line_edits(before, after)
    assert applied(edits, before) == after
    assert time.monotonic() - started < 5


def test_a_long_text_with_many_changes_takes_no_time():
    chance = random.Random(1)
    lines = [f"{chance.random()}" if n % 2 else "" for n in range(40_000)]
    changed = [line + "!" if n % 41 == 0 and line else line for n, line in enumerate(lines)]
    moved = [*changed[:100], *changed[30_000:30_010], *changed[100:30_000], *changed[30_010:]]
    before, after = "\n".join(lines), "\n".join(moved)
    started = time.monotonic()
    edits, count = line_edits(before, after)
    assert time.monotonic() - started < 5
    assert applied(edits, before) == after
    assert count < 600
    assert len(edits) <= 60


def test_other_line_endings_are_no_conflict():
    base = "a\nb\nc\nd\n"
    made = reconcile(base, base.replace("a", "A"), base.replace("d", "D").replace("\n", "\r\n"))
    assert made.merged.clean
    assert applied(made.edits, base.replace("a", "A")) == "A\r\nb\r\nc\r\nD\r\n"


def test_decisions_make_one_text():
    base = "top\r\none\r\nmiddle\r\ntwo\r\nend\r\n"
    ours, theirs = (
        base.replace("one", "mine").replace("two", "my two"),
        base.replace("one", "theirs").replace("two", "their two"),
    )
    made = reconcile(base, ours, theirs)
    decisions = Decisions(made.merged)
    assert len(decisions) == 2
    assert decisions.result() == ours
    assert decisions.left == 2
    decisions.choose(0, BOTH)
    assert decisions.line_of(1) == 5
    decisions.choose(1, THEIRS)
    assert decisions.result() == "top\r\nmine\r\ntheirs\r\nmiddle\r\ntheir two\r\nend\r\n"
    decisions.write(1, "by\nhand")
    assert (decisions.choice(0), decisions.choice(1), decisions.left) == (BOTH, BY_HAND, 0)
    assert decisions.result() == "top\r\nmine\r\ntheirs\r\nmiddle\r\nby\r\nhand\r\nend\r\n"
    assert decisions.around(1) == (["mine", "theirs", "middle"], ["end"])
    decisions.write(1, "")
    assert decisions.result().endswith("middle\r\nend\r\n")
    decisions.choose(0, MINE)
    assert decisions.result() == "top\r\nmine\r\nmiddle\r\nend\r\n"
