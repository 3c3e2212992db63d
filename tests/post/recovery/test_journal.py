"""The recovery journal: what is typed is on disk, after any accident as far as it was written, and never otherwise."""

import errno
import os
import threading
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from editor.post.recovery import journal as journal_module
from editor.post.recovery import journal_file
from editor.post.recovery.journal import Journal
from editor.post.recovery.locks import is_held, lock
from editor.post.recovery.records import HEADER, decoded, encoded
from editor.post.recovery.unsaved import forget, read_journal, unsaved_posts
from editor.post.text_edit import TextEdit

TEXTS = st.text(st.characters(codec=None), max_size=12)


class Trouble:
    def __init__(self):
        self.told = []
        self.changed = threading.Condition()

    def __call__(self, sentence):
        with self.changed:
            self.told.append(sentence)
            self.changed.notify_all()

    def wait(self, count):
        with self.changed:
            assert self.changed.wait_for(lambda: len(self.told) >= count, 10)


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "recovery"


@pytest.fixture
def trouble():
    return Trouble()


@pytest.fixture
def journal(folder, trouble):
    journal = Journal(folder, trouble)
    yield journal
    journal.stop()


def journals(folder: Path) -> list[Path]:
    return sorted(folder.iterdir()) if folder.exists() else []


def only(folder: Path):
    [path] = journals(folder)
    return read_journal(path)


class Typed:
    """A text that is edited, with its journal told."""

    def __init__(self, journal: Journal, post: int, path: Path | None, text: str):
        self.journal, self.post, self.text = journal, post, text
        journal.begin(post, path, text)

    def edit(self, start, end, replacement):
        edit = TextEdit(start, end, replacement)
        self.text = edit.apply(self.text)
        self.journal.edit(self.post, edit, len(self.text))


def test_nothing_is_written_before_the_first_edit(journal, folder):
    journal.begin(1, Path("/site/a.md"), "text")
    assert journal.flush()
    assert not journals(folder)


def test_edits_are_found_again_with_where_they_began(journal, folder):
    typed = Typed(journal, 1, Path("/site/a.md"), "one two")
    typed.edit(3, 3, " and")
    typed.edit(0, 3, "1")
    assert journal.flush()
    [post] = only(folder)
    assert (post.path, post.text, post.base) == (Path("/site/a.md"), "1 and two", "one two")
    assert not post.damaged
    assert post.encoded() == b"1 and two"


def test_a_post_without_a_name_and_half_a_character(journal, folder):
    typed = Typed(journal, 4, None, "")
    typed.edit(0, 0, "a\ud800\r\nb\u2028\0")
    assert journal.flush()
    [post] = only(folder)
    assert (post.path, post.text) == (None, "a\ud800\r\nb\u2028\0")
    assert post.encoded() == "a?\r\nb\u2028\0".encode()


def test_a_save_clears_and_the_file_goes(journal, folder):
    typed = Typed(journal, 1, Path("/site/a.md"), "one")
    typed.edit(3, 3, "!")
    assert journal.flush()
    assert journals(folder)
    journal.saved(1, Path("/site/a.md"), "one!")
    assert journal.flush()
    assert not journals(folder)


def test_what_was_typed_while_it_was_saved_stays_unsaved(journal, folder):
    typed = Typed(journal, 1, Path("/site/a.md"), "one")
    typed.edit(3, 3, "!")
    typed.edit(4, 4, "?")
    journal.saved(1, Path("/site/a.md"), "one!", "one!?")
    assert journal.flush()
    [post] = only(folder)
    assert (post.base, post.text) == ("one!", "one!?")


def test_another_post_keeps_the_file(journal, folder):
    first, second = Typed(journal, 1, None, ""), Typed(journal, 2, Path("/b.md"), "b")
    first.edit(0, 0, "new")
    second.edit(1, 1, "c")
    journal.saved(2, Path("/b.md"), "bc")
    assert journal.flush()
    assert [post.text for post in only(folder)] == ["new"]
    journal.done(1)
    assert journal.flush()
    assert not journals(folder)


def test_edits_after_a_save_begin_with_what_was_saved(journal, folder):
    typed = Typed(journal, 1, Path("/a.md"), "a")
    typed.edit(1, 1, "b")
    journal.saved(1, Path("/c.md"), "ab")
    typed.edit(2, 2, "c")
    assert journal.flush()
    [post] = only(folder)
    assert (post.path, post.base, post.text) == (Path("/c.md"), "ab", "abc")


def test_a_moved_file_is_followed(journal, folder):
    typed = Typed(journal, 1, Path("/a.md"), "a")
    typed.edit(1, 1, "b")
    journal.moved(1, Path("/b.md"))
    assert journal.flush()
    assert only(folder)[0].path == Path("/b.md")


def test_a_living_window_keeps_its_journal_to_itself(journal, folder):
    typed = Typed(journal, 1, Path("/a.md"), "a")
    typed.edit(1, 1, "b")
    assert journal.flush()
    assert only(folder)
    assert unsaved_posts(folder) == []


def test_a_window_that_is_gone_leaves_what_is_unsaved(folder, trouble):
    journal = Journal(folder, trouble)
    typed = Typed(journal, 1, Path("/a.md"), "a")
    typed.edit(1, 1, "b")
    journal.stop()
    [post] = unsaved_posts(folder)
    assert post.text == "ab"
    forget([post], folder)
    assert not journals(folder)


def test_forgetting_one_of_two_leaves_the_other(folder, trouble):
    journal = Journal(folder, trouble)
    Typed(journal, 1, Path("/a.md"), "a").edit(1, 1, "b")
    Typed(journal, 2, Path("/c.md"), "c").edit(1, 1, "d")
    journal.stop()
    [path] = journals(folder)
    path.write_bytes(path.read_bytes() + b"torn")  # the crash was in the middle of a record
    first = next(post for post in unsaved_posts(folder) if post.text == "ab")
    forget([first], folder)
    assert [post.text for post in unsaved_posts(folder)] == ["cd"]


def test_what_is_no_journal_is_let_alone(folder, log):
    log.expect("record that is none")
    folder.mkdir()
    (folder / "window-1.journal").write_bytes(b"copydesk journal 99\nfoo\n")
    (folder / "empty.journal").write_bytes(b"")
    (folder / "notes.txt").write_bytes(b"mine")
    (folder / "torn.journal").write_bytes(HEADER[:7])
    (folder / "odd.journal").write_bytes(
        HEADER
        + encoded({"kind": "base"})
        + encoded(
            {"kind": "base", "post": 1, "path": None, "codec": "no-such", "mark": "", "text": "", "time": 0}
        )
        + encoded({"kind": "edits", "post": 1, "edits": [[0, 9, "x"]], "length": 1, "time": 0})
    )
    assert unsaved_posts(folder) == []
    assert len(journals(folder)) == 5


def test_a_full_disk_is_told_once_and_made_up_for(journal, folder, trouble, monkeypatch, log):
    log.expect("No space left")
    full = threading.Event()
    full.set()
    real = os.write

    def write(descriptor, data):
        if full.is_set():
            real(descriptor, bytes(data[:5]))  # a part fits
            raise OSError(errno.ENOSPC, "No space left on device")
        return real(descriptor, data)

    monkeypatch.setattr(os, "write", write)
    monkeypatch.setattr(journal_module, "_RETRY_AFTER", 0.01)
    typed = Typed(journal, 1, Path("/a.md"), "a")
    typed.edit(1, 1, "b")
    trouble.wait(1)
    assert "No space left" in trouble.told[0]
    typed.edit(2, 2, "c")
    assert not journal.flush(0.3)
    full.clear()
    trouble.wait(2)
    assert trouble.told[1:] == [None]
    assert journal.flush()
    [post] = only(folder)
    assert post.text == "abc"
    assert not post.damaged


def test_a_folder_that_can_not_be_made_is_told(tmp_path, trouble, log):
    log.expect("File exists")
    (tmp_path / "recovery").write_text("a file")
    journal = Journal(tmp_path / "recovery", trouble)
    Typed(journal, 1, None, "").edit(0, 0, "x")
    trouble.wait(1)
    journal.stop()
    assert "File exists" in trouble.told[0]


def test_a_disk_that_takes_its_time_to_sync_holds_nothing_up(journal, folder, monkeypatch):
    done, syncing = threading.Event(), threading.Event()

    def slow(_descriptor):
        syncing.set()
        assert done.wait(10)

    monkeypatch.setattr(os, "fsync", slow)
    typed = Typed(journal, 1, None, "")
    typed.edit(0, 0, "a")
    assert syncing.wait(10)
    typed.edit(1, 1, "b")
    deadline = threading.Event()
    while only(folder)[0].text != "ab":
        assert not deadline.wait(0.01)
    done.set()
    assert journal.flush()


def test_a_sync_that_fails_is_told_and_tried_again(journal, folder, trouble, monkeypatch, log):
    log.expect("Input/output")
    real, failures = os.fsync, iter([True])

    def failing(descriptor):
        if next(failures, False):
            raise OSError(errno.EIO, "Input/output error")
        real(descriptor)

    monkeypatch.setattr(os, "fsync", failing)
    monkeypatch.setattr(journal_module, "SYNC_AFTER", 0.01)
    Typed(journal, 1, None, "").edit(0, 0, "a")
    trouble.wait(2)
    assert "Input/output" in trouble.told[0]
    assert trouble.told[1] is None
    assert journal.flush()


def steps():
    edit = st.tuples(st.just("edit"), st.integers(0, 2), st.integers(0, 30), st.integers(0, 6), TEXTS)
    save = st.tuples(st.just("save"), st.integers(0, 2))
    return st.lists(st.one_of(edit, edit, edit, save), max_size=25)


@given(steps(), st.data())
@settings(deadline=None, max_examples=60)
def test_any_torn_journal_gives_a_text_that_was_there(tmp_path_factory, steps, data):
    """Cut at any byte, or with a byte changed, it gives each post as it was after one of its edits, or nothing."""
    folder = tmp_path_factory.mktemp("journal")
    lines = [HEADER]
    texts = ["alpha\r\n", "", "γ\U0001f600"]
    histories = [{text} for text in texts]
    based = [False] * 3
    for step in steps:
        post = step[1]
        if step[0] == "save":
            lines.append(encoded({"kind": "done", "post": post}))
            based[post] = False
            continue
        _, _, start, length, replacement = step
        text = texts[post]
        start = min(start, len(text))
        edit = TextEdit(start, min(len(text), start + length), replacement)
        if not based[post]:
            lines.append(
                encoded(
                    {
                        "kind": "base",
                        "post": post,
                        "path": None,
                        "codec": "utf-8",
                        "mark": "",
                        "text": text,
                        "time": 1,
                    }
                )
            )
            based[post] = True
        texts[post] = edit.apply(text)
        histories[post].add(texts[post])
        record = {"kind": "edits", "post": post, "edits": [[edit.start, edit.end, edit.replacement]]}
        lines.append(encoded({**record, "length": len(texts[post]), "time": 2}))
    whole = b"".join(lines)
    path = folder / "window.journal"
    path.write_bytes(whole)
    found = {post.post: post.text for post in read_journal(path)}
    assert found == {post: texts[post] for post in range(3) if based[post]}
    cut = data.draw(st.integers(0, len(whole)))
    path.write_bytes(whole[:cut])
    for post in read_journal(path):
        assert post.text in histories[post.post]
    spoiled = bytearray(whole)
    if spoiled:
        spoiled[data.draw(st.integers(0, len(whole) - 1))] ^= data.draw(st.integers(1, 255))
    path.write_bytes(bytes(spoiled))
    for post in read_journal(path):
        assert post.text in histories[post.post]
    assert list(decoded(whole)).count(None) == 0


def test_a_post_whose_file_is_no_text_is_found_again(journal, folder):
    """What is typed in one that another program has made unreadable."""
    journal.begin(1, Path("latin.md"), "caf\ufffd", "unknown")
    journal.edit(1, TextEdit(4, 4, "!"), 5)
    assert journal.flush()
    [post] = only(folder)
    assert post.text == "caf\ufffd!"
    assert post.encoded() == "caf\ufffd!".encode()


def test_a_lock_is_had_although_another_window_just_asks(tmp_path):
    fcntl = pytest.importorskip("fcntl")
    path = tmp_path / "window.journal"
    path.touch()
    asking, own = os.open(path, os.O_RDONLY), os.open(path, os.O_WRONLY)
    fcntl.flock(asking, fcntl.LOCK_EX)
    timer = threading.Timer(0.05, os.close, (asking,))
    timer.start()
    lock(own)
    assert is_held(path)
    timer.join()
    os.close(own)
    assert not is_held(path)


def test_half_a_record_that_can_not_be_cut_off_is_written_over(journal, folder, trouble, monkeypatch, log):
    log.expect("can't be written")
    monkeypatch.setattr(journal_module, "_RETRY_AFTER", 0.01)
    typed = Typed(journal, 1, None, "")
    typed.edit(0, 0, "first")
    assert journal.flush()
    real, failed = os.write, []

    def half(descriptor, data):
        if threading.current_thread().name == "journal" and not failed:
            failed.append(real(descriptor, data[: len(data) // 2]))
            return failed[0]
        if len(failed) == 1:
            failed.append(0)
            raise OSError(errno.ENOSPC, "full")
        return real(descriptor, data)

    def refused(*_args):
        raise OSError(errno.EIO, "no")

    monkeypatch.setattr(os, "write", half)
    monkeypatch.setattr(os, "ftruncate", refused)
    typed.edit(5, 5, " second")
    trouble.wait(2)
    assert journal.flush()
    [post] = only(folder)
    assert (post.text, post.damaged) == ("first second", False)


def test_the_end_does_not_wait_for_a_disk_that_does_not_answer(folder, trouble, monkeypatch):
    answers, real = threading.Event(), os.write

    def waiting(descriptor, data):
        if threading.current_thread().name == "journal":
            answers.wait(30)
        return real(descriptor, data)

    monkeypatch.setattr(os, "write", waiting)
    journal = Journal(folder, trouble)
    Typed(journal, 1, None, "").edit(0, 0, "kept")
    journal.stop(0.3)
    assert not answers.is_set()
    answers.set()
    journal.stop()
    assert [post.text for post in only(folder)] == ["kept"]


def test_a_sync_that_failed_is_tried_again(folder, trouble, monkeypatch, log):
    log.expect("can't be written")
    monkeypatch.setattr(journal_module, "SYNC_AFTER", 0.05)
    real, calls = os.fsync, []

    def failing(descriptor):
        if threading.current_thread().name == "journal sync":
            calls.append(descriptor)
            if len(calls) == 1:
                raise OSError(errno.EIO, "no")
        real(descriptor)

    monkeypatch.setattr(os, "fsync", failing)
    journal = Journal(folder, trouble)
    Typed(journal, 1, None, "").edit(0, 0, "kept")
    assert journal.flush()
    assert len(calls) >= 2
    assert trouble.told[0]
    journal.stop()


def test_what_is_promised_of_the_time():
    assert journal_module.WRITE_AFTER < 0.25
    assert journal_module.SYNC_AFTER <= 1.0


def test_an_edit_outside_of_the_text_is_a_damage(folder):
    folder.mkdir()
    base = {
        "kind": "base", "post": 1, "path": None, "codec": "utf-8", "mark": "", "text": "abc", "time": 0,
    }  # fmt: skip
    good = {"kind": "edits", "post": 1, "edits": [[0, 0, "x"]], "length": 4, "time": 0}
    outside = {"kind": "edits", "post": 1, "edits": [[3, 9, ""]], "length": 4, "time": 0}
    lines = map(encoded, (base, good, outside))
    (folder / "window.journal").write_bytes(HEADER + b"".join(lines))
    [post] = only(folder)
    assert (post.text, post.damaged) == ("xabc", True)


def dropped(monkeypatch, times=1):
    """Let syncs fail as a disk does that loses what it was to write: the system says so once, and forgets it."""
    real, failures = os.fsync, []

    def fsync(descriptor):
        if threading.current_thread().name == "journal sync" and len(failures) < times:
            failures.append(os.fstat(descriptor).st_ino)
            raise OSError(errno.EIO, "lost")
        real(descriptor)

    monkeypatch.setattr(os, "fsync", fsync)
    return failures


def test_what_a_failed_sync_may_have_lost_is_written_anew(journal, folder, trouble, monkeypatch, log):
    log.expect("lost")
    monkeypatch.setattr(journal_module, "SYNC_AFTER", 0.01)
    typed = Typed(journal, 1, Path("/a.md"), "on the disk ")
    typed.edit(12, 12, "for certain")
    assert journal.flush()
    failures = dropped(monkeypatch)
    typed.edit(23, 23, ", or not")
    assert journal.flush()
    assert failures
    [path] = journals(folder)
    assert path.stat().st_ino not in failures
    [post] = read_journal(path)
    assert (post.text, post.base, post.path) == (
        "on the disk for certain, or not",
        "on the disk ",
        Path("/a.md"),
    )
    assert is_held(path)
    typed.edit(0, 0, "still ")
    assert journal.flush()
    assert only(folder)[0].text == "still on the disk for certain, or not"


def test_what_is_typed_while_it_is_written_anew_is_in_it(journal, folder, trouble, monkeypatch, log):
    log.expect("lost")
    failures, goes_on, waits = dropped(monkeypatch), threading.Event(), threading.Event()
    failing = os.fsync

    def slow(descriptor):
        before = len(failures)
        failing(descriptor)
        if before and threading.current_thread().name == "journal sync":
            waits.set()
            assert goes_on.wait(10)

    monkeypatch.setattr(os, "fsync", slow)
    monkeypatch.setattr(journal_module, "SYNC_AFTER", 0.01)
    typed = Typed(journal, 1, None, "")
    typed.edit(0, 0, "a")
    assert waits.wait(10)
    typed.edit(1, 1, "b")
    old, new = sorted(journals(folder), key=lambda path: path.suffix, reverse=True)
    while read_journal(old)[0].text != "ab":
        trouble.wait(1)
    assert read_journal(new)[0].text == "a"
    goes_on.set()
    assert journal.flush()
    assert only(folder)[0].text == "ab"


def test_trouble_with_the_disk_is_told_until_it_is_over(journal, folder, trouble, monkeypatch, log):
    """A write that works is no good news while no sync does."""
    log.expect("lost")
    failures = dropped(monkeypatch, times=4)
    monkeypatch.setattr(journal_module, "SYNC_AFTER", 0.01)
    typed = Typed(journal, 1, None, "")
    for number in range(20):
        typed.edit(number, number, "x")
        if len(failures) < 4:
            assert journal.flush(0.05) in (True, False)
    assert journal.flush()
    assert len(failures) == 4
    assert [bool(told) for told in trouble.told] == [True, False]


def test_what_is_saved_long_since_does_not_stay(journal, folder, monkeypatch):
    """While another post is unsaved."""
    monkeypatch.setattr(journal_file, "GROWN", 20_000)
    monkeypatch.setattr(journal_module, "SYNC_AFTER", 0.0)
    monkeypatch.setattr(journal_module, "WRITE_AFTER", 0.01)
    other = Typed(journal, 1, None, "")
    other.edit(0, 0, "never saved")
    text = "a long text " * 400
    typed = Typed(journal, 2, Path("/b.md"), text)
    for _save in range(30):
        typed.edit(0, 0, "x")
        assert journal.flush()
        journal.saved(2, Path("/b.md"), typed.text)
        assert journal.flush()
        assert sum(path.stat().st_size for path in journals(folder)) < 30_000
    typed.edit(0, 0, "y")
    assert journal.flush()
    found = {post.post: (post.path, post.text) for post in only(folder)}
    assert found == {1: (None, "never saved"), 2: (Path("/b.md"), typed.text)}
    journal.done(1)
    journal.done(2)
    assert journal.flush()
    assert journals(folder) == []


def test_what_was_half_made_anew_goes(folder, trouble, monkeypatch):
    monkeypatch.setattr(journal_file, "GROWN", 0)
    monkeypatch.setattr(journal_module, "SYNC_AFTER", 0.01)
    folder.mkdir()
    (folder / "window-1-x.anew").write_bytes(HEADER)
    journal = Journal(folder, trouble)
    Typed(journal, 1, None, "").edit(0, 0, "x")
    assert journal.flush()
    assert [path.suffix for path in journals(folder)] == [".journal"]
    journal.stop()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes")
def test_a_pipe_is_no_journal(folder):
    folder.mkdir()
    os.mkfifo(folder / "window-1.journal")
    assert unsaved_posts(folder) == []


def test_a_new_journal_has_its_name_synced(journal, folder, monkeypatch):
    real, synced = os.fsync, []

    def fsync(descriptor):
        synced.append(os.fstat(descriptor).st_ino)
        real(descriptor)

    monkeypatch.setattr(os, "fsync", fsync)
    typed = Typed(journal, 1, None, "")
    for _number in range(2):
        typed.edit(0, 0, "x")
        assert journal.flush()
    [path] = journals(folder)
    assert synced == [path.stat().st_ino, folder.stat().st_ino, path.stat().st_ino]
