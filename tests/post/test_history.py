"""Saved versions: kept as they were, thinned with age, never more than there is room for."""

import threading
from pathlib import Path

import pytest

from editor.errors import OpenError
from editor.post import history
from editor.post.history import LocalHistory

NOW = 1_800_000_000.0
HOUR, DAY = 3600.0, 86400.0
POST = Path("/site/post.md")


@pytest.fixture
def kept(tmp_path):
    return LocalHistory(tmp_path / "history")


def contents(kept, path=POST):
    return [version.read() for version in kept.versions(path)]


def test_versions_come_latest_first_with_their_moment(kept):
    kept.note(POST, b"one\r\n", NOW)
    kept.note(POST, b"\xff\x00two", NOW + 5)
    assert contents(kept) == [b"\xff\x00two", b"one\r\n"]
    assert [version.time.timestamp() for version in kept.versions(POST)] == [NOW + 5, NOW]


def test_the_same_again_is_no_version(kept):
    for step, data in enumerate((b"a", b"a", b"b", b"a")):
        kept.note(POST, data, NOW + step)
    assert contents(kept) == [b"a", b"b", b"a"]


def test_a_clock_that_stands_keeps_the_order(kept):
    for data in (b"a", b"b", b"c"):
        kept.note(POST, data, NOW)
    assert contents(kept) == [b"c", b"b", b"a"]


def test_files_have_histories_of_their_own(kept):
    kept.note(POST, b"a", NOW)
    kept.note(Path("/other/post.md"), b"b", NOW)
    assert contents(kept) == [b"a"]
    assert contents(kept, Path("/nowhere.md")) == []


def test_a_moved_file_takes_its_versions_along(kept):
    kept.note(POST, b"a", NOW)
    target = Path("/site/renamed.md")
    kept.note(target, b"there before", NOW - 50)
    kept.moved(POST, target)
    assert contents(kept, target) == [b"a", b"there before"]
    assert contents(kept) == []
    kept.moved(Path("/unknown.md"), POST)
    assert contents(kept) == []


def test_old_versions_are_thinned(kept):
    for hour in range(48):
        kept.note(POST, b"long ago %d" % hour, NOW - 60 * DAY + hour * HOUR)
    for minute in range(0, 180, 10):
        kept.note(POST, b"two days ago %d" % minute, NOW - 2 * DAY + minute * 60)
    for minute in range(0, 60, 10):
        kept.note(POST, b"today %d" % minute, NOW - HOUR + minute * 60)
    found = contents(kept)
    assert sum(data.startswith(b"today") for data in found) == 6
    assert 3 <= sum(data.startswith(b"two days") for data in found) <= 4
    assert 2 <= sum(data.startswith(b"long ago") for data in found) <= 3
    assert b"two days ago 170" in found
    assert b"long ago 47" in found


def test_there_is_a_most(kept, monkeypatch):
    monkeypatch.setattr(history, "MOST_VERSIONS", 5)
    for step in range(9):
        kept.note(POST, b"%d" % step, NOW + step)
    assert contents(kept) == [b"8", b"7", b"6", b"5", b"4"]


def test_all_together_are_bounded_and_the_newest_stays(kept, monkeypatch):
    monkeypatch.setattr(history, "MOST_BYTES", 100)
    other = Path("/other.md")
    for step in range(6):
        kept.note(other, bytes(range(step, step + 40)), NOW + step)
    kept.note(POST, bytes(range(200)), NOW + 9)
    assert contents(kept) == [bytes(range(200))]
    assert contents(kept, other) == []


def test_a_copy_that_is_spoiled_says_so(kept, tmp_path):
    kept.note(POST, b"one", NOW)
    [version] = kept.versions(POST)
    version.place.write_bytes(version.place.read_bytes()[:-3])
    with pytest.raises(OpenError):
        version.read()
    kept.note(POST, b"one", NOW + 1)
    assert kept.versions(POST)[0].read() == b"one"


def test_a_place_that_can_not_be_written_is_no_error(tmp_path, log):
    log.expect("local history")
    (tmp_path / "history").write_bytes(b"")
    kept = LocalHistory(tmp_path / "history")
    kept.note(POST, b"one", NOW)
    assert kept.versions(POST) == []


def test_a_move_waits_for_what_is_being_noted(kept, tmp_path):
    source, target = tmp_path / "a.md", tmp_path / "b.md"
    kept.note(source, b"one")
    moving = threading.Thread(target=kept.moved, args=(source, target))
    with kept._lock:
        moving.start()
        moving.join(0.1)
        assert kept.versions(target) == []
    moving.join()
    assert len(kept.versions(target)) == 1
