"""A command off the GUI thread, and how what it prints comes to be shown."""

import threading

import pytest
from PySide6.QtCore import QObject

from editor.ui.commit.commit_column import CommitColumn
from editor.ui.commit.git_work import SHOWN_LINES, GitWork


@pytest.fixture
def work(qapp):
    parent = QObject()
    made = GitWork(parent)
    yield made
    made.end()


def test_a_hook_that_prints_much_is_shown_in_few_steps_and_to_its_last_line(qtbot, work):
    column = CommitColumn()
    qtbot.addWidget(column)
    told, ended = [], []
    work.lines.connect(told.append)
    work.lines.connect(column.show_lines)

    def much(said, _cancelled):
        for number in range(100_000):
            said(f"line {number}")

    work.run(much, lambda _made: ended.append(len(told)), ended.append)
    qtbot.waitUntil(lambda: bool(ended))
    assert ended == [len(told)]  # all of it was told before the end was
    assert len(told) < 1000
    shown = column.output.toPlainText().split("\n")
    assert shown == [f"line {number}" for number in range(100_000 - SHOWN_LINES, 100_000)]


def test_a_line_is_shown_while_the_command_goes_on(qtbot, work):
    told, ended, go_on = [], [], threading.Event()
    work.lines.connect(told.append)

    def slow(said, _cancelled):
        said("one")
        said("two")
        go_on.wait(10)
        said("three")
        raise OSError("refused")

    work.run(slow, ended.append, lambda error: ended.append((str(error), "\n".join(told))))
    qtbot.waitUntil(lambda: "\n".join(told) == "one\ntwo")
    assert ended == []
    go_on.set()
    qtbot.waitUntil(lambda: bool(ended))
    assert ended == [("refused", "one\ntwo\nthree")]


def test_of_a_long_output_the_end_is_shown_once_it_has_failed(qtbot):
    column = CommitColumn()
    qtbot.addWidget(column)
    lines = [f"line {number}" for number in range(SHOWN_LINES + 2)]
    column.show_running("Committing…")
    column.show_lines("\n".join(lines))
    shown = []
    column.output.textChanged.connect(lambda: shown.append(True))
    column.show_result("Refused", failed=True, output="\n".join(lines) + "\n")
    assert column.output.toPlainText().split("\n") == lines[2:]
    assert shown == []  # it stood there already
