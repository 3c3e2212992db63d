"""The page as a whole: what it says where there is nothing to look over."""

import pytest

from editor.ui.commit.commit_view import CommitView

WORDS = "In a git repository every state is kept: you see what has changed, and can go back to it. " * 2


@pytest.mark.parametrize("size", [(480, 300), (1100, 700)])
def test_the_sentences_of_an_empty_page_are_seen_as_a_whole(qtbot, size):
    view = CommitView()
    qtbot.addWidget(view)
    view.resize(*size)
    view.show()
    view.show_empty("No repository yet", WORDS, "Make one")
    view.empty.layout().activate()
    label = next(label for label in view.empty.children() if getattr(label, "text", str)() == WORDS)
    assert label.height() >= label.heightForWidth(label.width()) > label.fontMetrics().height() * 2
    assert label.geometry().bottom() < view.empty.step.y()
    view.focus_first()
    assert view.focusWidget() is view.empty.step


def test_the_focus_stays_in_the_column_once_the_offered_step_is_done(qtbot):
    view = CommitView()
    qtbot.addWidget(view)
    view.show()
    view.show_nothing("All is committed", "Nothing has changed.", "Push 1")
    view.nothing.step.setFocus()
    view.show_nothing("All is committed", "Nothing has changed.")
    assert view.focusWidget() is view.column.message
