"""The recovery journal while others change the files."""

from editor.post.recovery.unsaved import journal_folder, read_journal
from editor.settings import Settings
from editor.ui.safekeeping import Safekeeping
from tests.ui.outside.conftest import Desk, type_text
from tests.ui.outside.test_outside_changes import NAME, POST, THEIRS, replace


def unsaved():
    """Return what the journals hold, those of living windows as well."""

    folder = journal_folder(Settings.load().state_dir)
    return [post for path in folder.glob("*.journal") for post in read_journal(path)]


def test_the_text_of_a_deleted_file_is_in_the_journal(desk: Desk):
    keeping = Safekeeping(journal_folder(Settings.load().state_dir), desk.workspace)
    path = desk.write(NAME, POST)
    desk.open(path)
    path.unlink()
    desk.wait_for_words("was deleted")
    assert keeping.flush()
    (kept,) = unsaved()
    assert (kept.text, kept.path) == (POST, path)
    keeping.end()


def test_after_a_merge_the_journal_is_about_the_file_as_it_is_now(desk: Desk):
    keeping = Safekeeping(journal_folder(Settings.load().state_dir), desk.workspace)
    path = desk.write(NAME, POST)
    session = desk.open(path)
    type_text(session, "My ", "First")
    replace(path, THEIRS)
    both = THEIRS.replace("First", "My First")
    desk.wait_for_text(both)
    assert keeping.flush()
    (kept,) = unsaved()
    assert (kept.base, kept.text) == (THEIRS, both)
    session.document.undo()
    assert keeping.flush()
    (kept,) = unsaved()
    assert (kept.base, kept.text) == (THEIRS, POST.replace("First", "My First"))
    keeping.end()


def test_a_post_that_was_taken_over_is_not_unsaved(desk: Desk):
    keeping = Safekeeping(journal_folder(Settings.load().state_dir), desk.workspace)
    path = desk.write(NAME, POST)
    desk.open(path)
    replace(path, THEIRS)
    desk.wait_for_text(THEIRS)
    assert keeping.flush()
    assert unsaved() == []
    keeping.end()
