"""The outline of a document that is edited, held against the one that is made anew."""

import random
import time

import pytest
from PySide6.QtGui import QTextCursor

from editor.ui.text_editor import outline as outline_module
from editor.ui.text_editor.document_text import DocumentText
from editor.ui.text_editor.find_bar import FindBar
from editor.ui.text_editor.outline import Outline, headings_of
from editor.ui.text_editor.statistics import count
from editor.ui.text_pane import TextPane

TEXT = """---
# no heading
title: A post
---
# One

Two
===

words

```sh
# no heading
```

## Three {#three}
"""
PIECES = [
    "\n",
    "# ",
    "## Four\n",
    "```\n",
    "---\n",
    "===\n",
    "<!--",
    "-->",
    "words",
    "\n\n",
    "\r\n",
    "+++\n",
    "x",
]


@pytest.fixture
def outline(qapp):
    made = Outline()
    yield made
    made.deleteLater()


def texts(outline):
    return [heading.text for heading in outline.headings()]


def test_it_has_the_headings_and_knows_where_a_line_stands(outline, qtbot):
    content = DocumentText(TEXT)
    with qtbot.waitSignal(outline.changed):
        outline.watch(content.document)
    assert outline.headings() == list(headings_of(TEXT.split("\n")))
    lines = TEXT.split("\n")
    assert outline.at(0) == ""
    assert outline.at(lines.index("# One")) == "One"
    assert outline.at(lines.index("Two")) == "Two"
    assert outline.at(lines.index("words")) == "Two"
    assert outline.at(len(lines) - 1) == "Three"
    empty = DocumentText("words\n")
    with qtbot.waitSignal(outline.changed):
        outline.watch(empty.document)
    assert outline.at(0) is None


@pytest.mark.parametrize("seed", range(12))
def test_after_any_edits_it_is_the_one_that_is_made_anew(outline, qtbot, seed, monkeypatch):
    monkeypatch.setattr(outline_module, "_SLICE_MS", 0.0)  # as many interruptions as there can be
    chance = random.Random(seed)
    content = DocumentText(TEXT * 6)
    outline.watch(content.document)
    for _ in range(30):
        for _ in range(chance.randrange(4)):
            cursor = QTextCursor(content.document)
            place = chance.randrange(content.document.characterCount())
            cursor.setPosition(place)
            if chance.random() < 0.4:
                end = min(place + chance.randrange(60), content.document.characterCount() - 1)
                cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
            if chance.random() < 0.3:
                content.document.undo()
            else:
                cursor.insertText(chance.choice(PIECES))
        if chance.random() < 0.5:
            qtbot.waitUntil(lambda: not outline._timer.isActive())
            assert outline.headings() == list(headings_of(content.document.toRawText().split("\u2029")))
    qtbot.waitUntil(lambda: not outline._timer.isActive())
    assert outline.headings() == list(headings_of(content.document.toRawText().split("\u2029")))


@pytest.mark.parametrize("seed", range(6))
def test_the_length_follows_any_edits(outline, qtbot, seed, monkeypatch):
    monkeypatch.setattr(outline_module, "_SLICE_MS", 0.0)
    chance = random.Random(seed)
    content = DocumentText(TEXT * 4)
    outline.watch(content.document)
    for _ in range(20):
        cursor = QTextCursor(content.document)
        cursor.setPosition(chance.randrange(content.document.characterCount()))
        cursor.insertText(chance.choice(PIECES))
        if chance.random() < 0.3:
            content.document.undo()
        outline.set_front_matter_lines(chance.randrange(12))
        if chance.random() < 0.3:
            qtbot.waitUntil(lambda: outline.statistics() is not None)
    outline.set_front_matter_lines(7)
    qtbot.waitUntil(lambda: outline.statistics() is not None)
    lines = content.document.toRawText().split("\u2029")
    assert outline.statistics() == count("\n".join(lines[7:]))


@pytest.mark.parametrize("seed", range(8))
def test_the_length_follows_any_edits_where_fences_need_an_end(outline, qtbot, seed, monkeypatch):
    monkeypatch.setattr(outline_module, "_SLICE_MS", 0.0 if seed % 2 else 2.0)
    chance = random.Random(seed)
    content = DocumentText("a b\n```x\nc d\n~~~~\ne\n```\nf\n" * 4)
    outline.set_fences_need_end(True)
    outline.watch(content.document)
    for _ in range(60):
        cursor = QTextCursor(content.document)
        place = chance.randrange(content.document.characterCount())
        cursor.setPosition(place)
        if chance.random() < 0.5:
            end = min(place + chance.randrange(30), content.document.characterCount() - 1)
            cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(chance.choice(["\n", "\n```\n", "```", "~", "\n~~~~~\n", "x y", "\n```py\n", ""]))
        if chance.random() < 0.2:
            content.document.undo()
        if chance.random() < 0.5:
            qtbot.waitUntil(lambda: outline.statistics() is not None)
            lines = content.document.toRawText().split("\u2029")
            assert outline.statistics() == count("\n".join(lines), fences_need_end=True)


def test_headings_behind_a_fence_without_an_end_are_in_the_list(outline, qtbot):
    content = DocumentText("# One\n\n```python\nwords\n\n# Two\n")
    with qtbot.waitSignal(outline.changed):
        outline.watch(content.document)
    assert texts(outline) == ["One"]
    with qtbot.waitSignal(outline.changed):
        outline.set_fences_need_end(True)
    assert texts(outline) == ["One", "Two"]
    with qtbot.waitSignal(outline.changed):
        content.document.find("words").insertText("code\n```")
    assert texts(outline) == ["One", "Two"]
    assert outline.statistics().words == 2


def test_lines_told_to_be_front_matter_have_no_headings_and_no_words(outline, qtbot):
    content = DocumentText("Title: A post\nDate: 2024-01-01\n# no heading\n\nThree words here\n")
    with qtbot.waitSignal(outline.changed):
        outline.watch(content.document)
    assert texts(outline) == ["no heading"]
    with qtbot.waitSignal(outline.changed):
        outline.set_front_matter_lines(3)
    assert texts(outline) == []
    assert outline.statistics().words == 3


def test_an_edit_looks_at_its_own_lines_only(outline, qtbot, monkeypatch):
    content = DocumentText("## Heading\n\nwords\n\n" * 2000)
    with qtbot.waitSignal(outline.changed):
        outline.watch(content.document)
    looked = []
    step = outline_module._step

    def counted(number, *rest):
        looked.append(number)
        return step(number, *rest)

    monkeypatch.setattr(outline_module, "_step", counted)
    cursor = QTextCursor(content.document.findBlockByNumber(4000))
    with qtbot.waitSignal(outline.changed):
        cursor.insertText("x")
    assert 0 < len(looked) < 10
    looked.clear()
    with qtbot.waitSignal(outline.changed):
        cursor.insertText("\n## New\n")
    assert 0 < len(looked) < 10
    assert texts(outline).count("New") == 1


def test_a_caret_move_in_a_long_text_does_not_read_it_again(open_post, qtbot):
    desk = open_post("# Heading\n\nSome words of a paragraph.\n\n" * 10_000, 0)
    pane = TextPane(desk.editor, FindBar(desk.editor), [])
    qtbot.addWidget(pane)
    pane._show_heading()
    qtbot.waitSignal(pane._outline.changed, timeout=30_000).wait()
    desk.editor.go_to(150_000)
    took = []
    for _move in range(5):
        started = time.perf_counter()
        pane._show_heading()
        took.append(time.perf_counter() - started)
    assert min(took) < 0.016
    assert pane._jump.text() == "Heading"


def test_a_document_that_is_gone_is_none_of_its_business(outline, qtbot):
    content = DocumentText(TEXT)
    outline.watch(content.document)
    content.document.deleteLater()
    qtbot.waitUntil(lambda: not outline._timer.isActive())
    other = DocumentText("# Other\n")
    with qtbot.waitSignal(outline.changed):
        outline.watch(other.document)
    assert texts(outline) == ["Other"]
