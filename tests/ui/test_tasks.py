"""PoolTasks: results come back on the GUI thread, and not at all once the end is near."""

import threading

import pytest
from PySide6.QtCore import QCoreApplication

from editor.ui.tasks import PoolTasks

pytestmark = pytest.mark.usefixtures("qapp")


def test_a_result_comes_back_to_the_gui_thread(qtbot):
    tasks = PoolTasks()
    seen = []
    tasks.run(threading.get_ident, lambda worker: seen.extend([worker, threading.get_ident()]))
    qtbot.waitUntil(lambda: len(seen) == 2)
    assert seen[0] != seen[1] == threading.get_ident()


def test_nothing_is_called_back_after_the_end():
    tasks = PoolTasks()
    done, called = [], []
    tasks.run(lambda: done.append(1), called.append)
    tasks.end()
    QCoreApplication.processEvents()
    assert done == [1]
    assert called == []


def test_the_end_does_not_wait_for_ever(qtbot):
    answers = threading.Event()
    tasks = PoolTasks()
    tasks.run(lambda: answers.wait(30), lambda _nothing: None)
    assert tasks.end(0.05) is False
    answers.set()
    assert tasks.end() is True
