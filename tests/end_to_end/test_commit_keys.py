"""Keys in the review, in the whole window."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from tests.end_to_end.test_commit import repository, review  # noqa: F401


def test_escape_and_control_enter_work_wherever_the_focus_is(repository):  # noqa: F811
    repository.app.open("first.md")
    repository.replace("and more words", "and many words")
    repository.app.save()
    window = repository.app.window
    window.activateWindow()
    for name in ("branch", "reviewButton"):
        repository.open()
        part = window.findChild(QWidget, name)
        part.setFocus(Qt.FocusReason.TabFocusReason)
        QTest.keyClick(part, Qt.Key.Key_Escape)
        assert not repository.desk.is_open
    repository.open()
    repository.column.message.setPlainText("By key")
    repository.column.list.setFocus()
    QTest.keyClick(repository.column.list, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    repository.settle()
    assert repository.git("log", "-1", "--format=%s") == "By key"


def test_a_lone_change_has_a_tick_and_all_files_can_be_ticked(repository):  # noqa: F811
    repository.app.open("first.md")
    repository.replace("and more words", "and many words")
    repository.app.save()
    (repository.site / "docs/posts/second.md").write_bytes(b"# Another\n")
    repository.open()
    assert [tick.isChecked() for tick in repository.view.source.diff.ticks().values()] == [True]
    repository.column.all.click()
    assert {state for _words, state in repository.rows().values()} == {"all"}
    repository.column.all.click()
    assert {state for _words, state in repository.rows().values()} == {"none"}
    repository.view.source.tick_all_action.trigger()
    assert {state for _words, state in repository.rows().values()} == {"all"}
