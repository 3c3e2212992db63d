"""Open posts whose files others change: real files, a real watcher, real git."""

import os
import random
from pathlib import Path

import pytest

from editor.ui.outside.told import Act
from tests.ui.outside.conftest import Desk, caret_at, type_text

POST = (
    "---\ntitle: A post\ndraft: true\n---\n\n# A post\n\n"
    "First words.\n\nSecond words.\n\nThird words.\n\nLast words.\n"
)
THEIRS = POST.replace("Third words.", "Third words, by another hand.")
NAME = "docs/blog/posts/post.md"


def replace(path: Path, data: str | bytes) -> None:
    """Put another file in the place of `path`, as most editors save."""
    new = path.with_name("." + path.name + ".new")
    new.write_bytes(data.encode() if isinstance(data, str) else data)
    new.replace(path)


@pytest.mark.parametrize(
    "write", [replace, lambda path, text: path.write_text(text)], ids=["anew", "in-place"]
)
def test_an_untouched_post_follows_the_disk_again_and_again(desk: Desk, write):
    path = desk.write(NAME, POST)
    session = desk.open(path)
    selected = caret_at(session, "Last")
    for count in range(3):
        text = THEIRS.replace("First", f"First and {count}" + "\nmore" * count)
        write(path, text)
        desk.wait_for_text(text)
        assert not session.modified
        assert selected.selectedText() == "Last"
    desk.wait_for_words("Another program changed")
    told = desk.told()
    assert told is not None and told.passing and told.act is Act.UNDO


def test_a_reload_is_one_step_of_undo(desk: Desk):
    path = desk.write(NAME, POST)
    session = desk.open(path)
    text = THEIRS.replace("First", "1st").replace("Last words.\n", "")
    replace(path, text)
    desk.wait_for_text(text)
    session.document.undo()
    assert session.text == POST
    assert session.modified
    session.document.redo()
    assert session.text == text
    assert not session.modified


def test_unsaved_edits_are_merged_undoably_and_stay_unsaved(desk: Desk):
    path = desk.write(NAME, POST)
    session = desk.open(path)
    type_text(session, "My ", "First")
    replace(path, THEIRS)
    both = THEIRS.replace("First", "My First")
    desk.wait_for_text(both)
    assert session.modified
    assert "Merged 1 changed line" in desk.words()
    assert path.read_text() == THEIRS
    session.document.undo()
    assert session.text == POST.replace("First", "My First")
    session.document.redo()
    with desk.qtbot.waitSignal(session.saved):
        session.save()
    assert path.read_text() == both


@pytest.mark.parametrize(
    ("encode", "marks"),
    [
        (lambda text: text.replace("\n", "\r\n").encode(), "\r\n"),
        (lambda text: b"\xef\xbb\xbf" + text.encode(), "\n"),
        (lambda text: text.replace("\n", "\r\n").encode("utf-16"), "\r\n"),
    ],
    ids=["crlf", "bom", "utf-16"],
)
def test_bytes_are_kept_through_a_merge(desk: Desk, encode, marks):
    path = desk.write(NAME, encode(POST))
    session = desk.open(path)
    type_text(session, "My ", "First")
    replace(path, encode(THEIRS))
    both = THEIRS.replace("First", "My First")
    desk.wait_for_text(both.replace("\n", marks))
    with desk.qtbot.waitSignal(session.saved):
        session.save()
    assert path.read_bytes() == encode(both)


def test_line_endings_and_encoding_that_others_gave_the_file_are_taken_over(desk: Desk):
    path = desk.write(NAME, POST)
    session = desk.open(path)
    type_text(session, "My ", "First")
    replace(path, b"\xef\xbb\xbf" + POST.replace("\n", "\r\n").encode())
    ours = POST.replace("First", "My First").replace("\n", "\r\n")
    desk.wait_for_text(ours)
    with desk.qtbot.waitSignal(session.saved):
        session.save()
    assert path.read_bytes() == b"\xef\xbb\xbf" + ours.encode()


def test_an_unedited_post_takes_other_line_endings_as_they_are(desk: Desk):
    path = desk.write(NAME, POST)
    session = desk.open(path)
    for ending in ("\r\n", "\n"):
        text = POST.replace("\n", ending)
        replace(path, text)
        desk.wait_for_text(text)
        assert not session.modified


def test_a_conflict_touches_nothing_until_it_is_decided(desk: Desk):
    path = desk.write(NAME, POST)
    session = desk.open(path)
    type_text(session, "My ", "Third")
    mine = session.text
    replace(path, THEIRS)
    desk.wait_for_words("in 1 place where you changed it, too")
    assert session.text == mine
    assert path.read_text() == THEIRS
    difference = desk.changes.difference_of(session)
    assert difference is not None
    assert [c.theirs for c in difference.merged.conflicts] == ["Third words, by another hand.\n"]
    desk.changes.decide(difference, THEIRS.replace("Third words,", "My third words,"))
    assert session.text == THEIRS.replace("Third words,", "My third words,")
    assert desk.changes.difference_of(session) is None
    session.document.undo()
    assert session.text == mine
    session.document.redo()
    with desk.qtbot.waitSignal(session.saved):
        session.save()
    assert path.read_text() == THEIRS.replace("Third words,", "My third words,")


def test_saving_over_a_conflict_asks_and_writes_nothing(desk: Desk):
    path = desk.write(NAME, POST)
    session = desk.open(path)
    type_text(session, "My ", "Third")
    path.write_text(THEIRS)
    with desk.qtbot.waitSignal(desk.changes.decision_wanted, timeout=10_000) as asked:
        session.save()
    assert path.read_text() == THEIRS
    assert session.modified
    with desk.qtbot.waitSignal(session.saved):
        desk.changes.decide(asked.args[0], asked.args[0].merged.text("theirs"))
    assert path.read_text() == THEIRS
    assert session.text == THEIRS


def test_saving_asks_again_after_later(desk: Desk):
    path = desk.write(NAME, POST)
    session = desk.open(path)
    type_text(session, "My ", "Third")
    path.write_text(THEIRS)
    for _ in range(2):
        with desk.qtbot.waitSignal(desk.changes.decision_wanted, timeout=10_000):
            session.save()
    assert path.read_text() == THEIRS


def test_saving_merges_what_can_be_and_goes_on(desk: Desk):
    path = desk.write(NAME, POST)
    session = desk.open(path)
    type_text(session, "My ", "First")
    path.write_text(THEIRS)
    with desk.qtbot.waitSignal(session.saved, timeout=10_000):
        session.save()
    both = THEIRS.replace("First", "My First")
    assert path.read_text() == both == session.text
    assert not session.modified


def test_a_conflict_goes_when_the_disk_goes_back(desk: Desk):
    path = desk.write(NAME, POST)
    session = desk.open(path)
    type_text(session, "My ", "Third")
    replace(path, THEIRS)
    desk.wait_for_words("where you changed it, too")
    replace(path, POST)
    desk.qtbot.waitUntil(lambda: desk.told() is None, timeout=10_000)
    assert desk.changes.difference_of(session) is None
    assert session.text == POST.replace("Third", "My Third")


def test_what_was_decided_on_an_older_text_is_not_taken(desk: Desk):
    path = desk.write(NAME, POST)
    session = desk.open(path)
    type_text(session, "My ", "Third")
    replace(path, THEIRS)
    desk.wait_for_words("where you changed it, too")
    difference = desk.changes.difference_of(session)
    assert difference is not None
    type_text(session, "And more. ", "Last")
    mine = session.text
    desk.changes.decide(difference, difference.merged.text("theirs"))
    assert session.text == mine
    desk.qtbot.waitUntil(lambda: desk.changes.difference_of(session) is not difference, timeout=10_000)


def test_without_git_the_whole_texts_are_to_choose_from(desk: Desk, monkeypatch, tmp_path):
    path = desk.write(NAME, POST)
    session = desk.open(path)
    type_text(session, "My ", "First")
    monkeypatch.setenv("PATH", str(tmp_path))
    replace(path, THEIRS)
    desk.wait_for_words("was changed by another program since you changed it")
    difference = desk.changes.difference_of(session)
    assert difference is not None and not difference.by_lines
    (conflict,) = difference.merged.conflicts
    assert (conflict.ours, conflict.theirs) == (session.text, THEIRS)


def test_a_deleted_file_is_unsaved_and_saving_puts_it_back(desk: Desk):
    data = b"\xef\xbb\xbf" + POST.replace("\n", "\r\n").encode()
    path = desk.write(NAME, data)
    session = desk.open(path)
    path.unlink()
    desk.wait_for_words("saving puts it back")
    assert session.modified
    with desk.qtbot.waitSignal(session.saved):
        session.save()
    assert path.read_bytes() == data
    assert not session.modified
    assert desk.told() is None
    desk.qtbot.waitUntil(lambda: str(path) in desk.watcher.watched(), timeout=10_000)
    replace(path, THEIRS)
    desk.wait_for_text(THEIRS)


def test_saving_right_after_the_file_was_deleted_tells_first(desk: Desk):
    path = desk.write(NAME, POST)
    session = desk.open(path)
    type_text(session, "My ", "First")
    path.unlink()
    session.save()
    desk.wait_for_words("saving puts it back")
    assert not path.exists()


def test_a_file_that_comes_back_is_saved_again(desk: Desk):
    path = desk.write(NAME, POST)
    session = desk.open(path)
    path.unlink()
    desk.wait_for_words("was deleted")
    path.write_text(POST)
    desk.qtbot.waitUntil(lambda: not session.modified, timeout=10_000)
    assert "is back" in desk.words()


def test_a_file_that_comes_back_otherwise_is_merged(desk: Desk):
    path = desk.write(NAME, POST)
    session = desk.open(path)
    path.unlink()
    desk.wait_for_words("was deleted")
    type_text(session, "My ", "First")
    path.write_text(THEIRS)
    desk.wait_for_text(THEIRS.replace("First", "My First"))
    assert session.modified


@pytest.mark.parametrize("edited", [False, True])
def test_a_renamed_file_is_followed(desk: Desk, edited):
    path = desk.write(NAME, POST)
    session = desk.open(path)
    if edited:
        type_text(session, "My ", "First")
    target = desk.site / "docs/blog/posts/other/name.md"
    target.parent.mkdir()
    with desk.qtbot.waitSignal(session.moved, timeout=10_000):
        path.rename(target)
    assert session.path == target
    assert session.modified == edited
    desk.qtbot.waitUntil(lambda: str(target) in desk.watcher.watched(), timeout=10_000)
    replace(target, THEIRS)
    desk.wait_for_text(THEIRS.replace("First", "My First") if edited else THEIRS)
    assert not path.exists()


def test_a_file_copied_and_deleted_at_once_is_followed(desk: Desk):
    path = desk.write(NAME, POST)
    session = desk.open(path)
    target = path.with_name("2026-11-23-post.md")
    with desk.qtbot.waitSignal(session.moved, timeout=10_000):
        target.write_text(POST)
        path.unlink()
    assert session.path == target


def test_a_copy_that_was_there_all_the_time_is_not_followed(desk: Desk):
    path = desk.write(NAME, POST)
    twin = desk.write("docs/blog/posts/copy.md", POST)
    os.utime(twin, (1, 1))
    session = desk.open(path)
    desk.qtbot.wait(100)  # longer than the tick of a file system's clock
    desk.wait_for_look()
    path.unlink()
    desk.wait_for_words("was deleted")
    assert session.path == path


@pytest.mark.parametrize("folder", ["docs/blog/posts", "docs/blog", "docs"])
def test_a_renamed_folder_is_followed(desk: Desk, folder):
    path = desk.write(NAME, POST)
    session = desk.open(path)
    old = desk.site / folder
    new = old.with_name("renamed")
    with desk.qtbot.waitSignal(session.moved, timeout=10_000):
        old.rename(new)
    target = new / path.relative_to(old)
    assert session.path == target
    desk.qtbot.waitUntil(lambda: str(target) in desk.watcher.watched(), timeout=10_000)
    replace(target, THEIRS)
    desk.wait_for_text(THEIRS)


def test_a_folder_that_is_gone_says_so(desk: Desk):
    path = desk.write(NAME, POST)
    session = desk.open(path)
    path.unlink()
    path.parent.rmdir()
    desk.wait_for_words("The folder of")
    told = desk.told()
    assert told is not None and told.act is Act.SAVE_AS
    assert session.modified


def test_a_file_moved_out_of_the_site_is_deleted_for_the_site(desk: Desk, tmp_path):
    path = desk.write(NAME, POST)
    session = desk.open(path)
    path.rename(tmp_path / "post.md")
    desk.wait_for_words("was deleted")
    assert session.path == path


def test_a_half_written_file_is_waited_for(patient_desk: Desk):
    path = patient_desk.write(NAME, POST)
    session = patient_desk.open(path)
    texts = []
    session.edited.connect(lambda _edit, _revision: texts.append(session.text))
    with path.open("w") as file:
        file.flush()
        patient_desk.wait_for_look()
        file.write(THEIRS)
    patient_desk.wait_for_text(THEIRS)
    assert texts == [THEIRS]


def test_bytes_that_are_no_text_are_not_taken_over(desk: Desk):
    path = desk.write(NAME, POST)
    session = desk.open(path)
    replace(path, b"\xff\xfe\xfd\x00\x80broken")
    desk.wait_for_words("Your text is as it was")
    assert session.text == POST
    assert session.read_only is None


def test_the_own_save_is_no_change_of_others(desk: Desk):
    path = desk.write(NAME, POST)
    session = desk.open(path)
    revisions = []
    for count in range(5):
        type_text(session, f"{count} ", "First")
        with desk.qtbot.waitSignal(session.saved):
            session.save()
        revisions.append(session.revision)
        desk.wait_for_look()
        assert session.revision == revisions[-1]
        assert desk.told() is None


def test_typing_while_it_is_merged_is_kept(desk: Desk):
    path = desk.write(NAME, POST)
    session = desk.open(path)
    replace(path, THEIRS)
    desk.looks.look()
    typed = ""
    for sign in "abcdefghijklmnopqrstuvwxyz":
        type_text(session, sign, "First")
        typed += sign
        desk.qtbot.wait(5)
    desk.wait_for_text(THEIRS.replace("First", typed + "First"))


def test_git_stash_and_pull(patient_desk: Desk, tmp_path):
    path = patient_desk.write(NAME, POST)
    patient_desk.git("init", "-q")
    patient_desk.git("add", ".")
    patient_desk.git("commit", "-qm", "first")
    other = tmp_path / "other"
    patient_desk.git("clone", "-q", str(patient_desk.site), str(other), folder=tmp_path)
    session = patient_desk.open(path)
    type_text(session, "My ", "First")
    with patient_desk.qtbot.waitSignal(session.saved):
        session.save()

    patient_desk.git("stash")
    patient_desk.wait_for_text(POST)
    assert not session.modified
    patient_desk.git("stash", "pop")
    patient_desk.wait_for_text(POST.replace("First", "My First"))

    patient_desk.git("checkout", "-q", ".")
    patient_desk.wait_for_text(POST)
    type_text(session, "My ", "First")
    (other / NAME).write_text(THEIRS)
    patient_desk.git("commit", "-qam", "theirs", folder=other)
    patient_desk.git("pull", "-q", str(other), "main")
    patient_desk.wait_for_text(THEIRS.replace("First", "My First"))
    assert session.modified
    assert "Merged 1 changed line" in patient_desk.words()


@pytest.mark.parametrize("seed", range(4))
def test_whoever_writes_when_nothing_is_lost(patient_desk: Desk, seed):
    chance = random.Random(seed)
    path = patient_desk.write(NAME, POST + "".join(f"Paragraph {n}.\n\n" for n in range(20)))
    session = patient_desk.open(path)
    mine, theirs = [], []
    for step in range(60):
        act = chance.choice(["type", "type", "type", "other", "save", "undo", "look"])
        if act == "type":
            mine.append(f"[m{step}]")
            type_text(session, mine[-1], f"Paragraph {chance.randrange(8)}.")
        elif act == "undo" and mine and session.text.count(mine[-1]) and patient_desk.told() is None:
            type_text(session, mine[-1], "First")
            session.document.undo()
        elif act == "other":
            patient_desk.qtbot.waitUntil(lambda: not session.saving)
            text = path.read_text()
            place = f"Paragraph {chance.randrange(12, 20)}."
            theirs.append(f"[t{step}]")
            changed = text.replace(place, theirs[-1] + place)
            chance.choice([replace, lambda path, text: path.write_text(text)])(path, changed)
        elif act == "save":
            session.save()
        else:
            patient_desk.looks.look()
        if chance.random() < 0.3:
            patient_desk.qtbot.wait(chance.randrange(40))
    session.save()
    patient_desk.qtbot.waitUntil(
        lambda: (
            not session.saving
            and not session.modified
            and path.read_text() == session.text
            and all(token in session.text for token in theirs)
        ),
        timeout=15_000,
    )
    assert [token for token in mine if session.text.count(token) != 1] == []
    assert [token for token in theirs if session.text.count(token) != 1] == []


def test_a_branch_without_the_post_and_back(desk: Desk):
    path = desk.write(NAME, POST)
    desk.git("init", "-q")
    desk.git("add", "mkdocs.yml")
    desk.git("commit", "-qm", "site")
    desk.git("checkout", "-qb", "posts")
    desk.git("add", ".")
    desk.git("commit", "-qm", "post")
    session = desk.open(path)
    desk.git("checkout", "-q", "main")
    desk.wait_for_words("gone")
    assert session.modified
    desk.git("checkout", "-q", "posts")
    desk.qtbot.waitUntil(lambda: not session.modified, timeout=10_000)
    assert session.text == POST


def test_only_open_posts_are_watched_in_a_large_folder(desk: Desk):
    path = desk.write(NAME, POST)
    for number in range(1_000):
        desk.write(f"docs/blog/posts/{number}.md", POST)
    desk.open(path)
    assert [name for name in desk.watcher.watched() if name.endswith(".md")] == [str(path)]


def test_the_poll_finds_what_nobody_tells(polled_desk: Desk):
    path = polled_desk.write(NAME, POST)
    polled_desk.open(path)
    polled_desk.watcher.forget(polled_desk.watcher.watched())
    polled_desk.watcher.watch = lambda _paths: None  # type: ignore[method-assign]
    replace(path, THEIRS)
    polled_desk.wait_for_text(THEIRS)


def test_posts_behind_the_shown_one_follow_too(desk: Desk):
    path = desk.write(NAME, POST)
    behind = desk.open(path)
    behind.caret = behind.document.find("Last").selectionStart()
    desk.open(desk.write("docs/blog/posts/second.md", POST))
    replace(path, THEIRS)
    desk.qtbot.waitUntil(lambda: behind.text == THEIRS, timeout=10_000)
    assert "taken over" in (desk.changes.told_of(behind) or desk.told()).words
