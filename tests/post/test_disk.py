import errno
import os
import stat
from pathlib import Path
from typing import Any

import pytest

from editor.errors import OpenError, SaveError
from editor.post import disk


def content(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_file_is_written_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    disk.write_atomically(tmp_path / "post.md", b"one\r\n\x00")
    assert (tmp_path / "post.md").read_bytes() == b"one\r\n\x00"
    disk.write_atomically(tmp_path / "post.md", b"")
    assert (tmp_path / "post.md").read_bytes() == b""
    assert content(tmp_path) == ["post.md"]


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664, 0o755])
def test_the_mode_stays(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "post.md"
    path.write_bytes(b"old")
    path.chmod(mode)
    disk.write_atomically(path, b"new")
    assert stat.S_IMODE(path.stat().st_mode) == mode


def test_a_new_file_follows_the_umask(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        disk.write_atomically(tmp_path / "post.md", b"new")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "post.md").stat().st_mode) == 0o640


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may give files away")
def test_the_owner_stays(tmp_path: Path) -> None:
    path = tmp_path / "post.md"
    path.write_bytes(b"old")
    os.chown(path, 1234, 2345)
    disk.write_atomically(path, b"new")
    assert (path.stat().st_uid, path.stat().st_gid) == (1234, 2345)


def test_an_owner_that_may_not_be_kept_is_no_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "post.md"
    path.write_bytes(b"old")
    real = os.fstat

    def other_owner(descriptor: int) -> Any:
        fields = list(real(descriptor))
        fields[4] += 1
        return os.stat_result(fields)

    monkeypatch.setattr(os, "fstat", other_owner)
    monkeypatch.setattr(os, "fchown", _failing(errno.EPERM))
    disk.write_atomically(path, b"new")
    assert path.read_bytes() == b"new"


def test_symbolic_links_are_followed(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "post.md").write_bytes(b"old")
    (tmp_path / "link.md").symlink_to("real/post.md")
    disk.write_atomically(tmp_path / "link.md", b"new")
    assert (tmp_path / "link.md").is_symlink()
    assert (tmp_path / "real" / "post.md").read_bytes() == b"new"
    assert content(tmp_path) == ["link.md", "real"]


def test_the_longest_name_can_be_written(tmp_path: Path) -> None:
    disk.write_atomically(tmp_path / ("x" * 255), b"new")
    assert content(tmp_path) == ["x" * 255]


def _failing(number: int) -> Any:
    def fail(*_arguments: Any, **_named: Any) -> None:
        raise OSError(number, os.strerror(number))

    return fail


def _short_write(descriptor: int, data: Any) -> int:
    if len(data) < 3:
        raise OSError(errno.ENOSPC, "full")
    return _real_write(descriptor, data[:1])


_real_write = os.write


@pytest.mark.parametrize(
    ("where", "number"),
    [
        ("os.open", errno.EACCES),
        ("os.open", errno.EROFS),
        ("os.write", errno.ENOSPC),
        ("os.write", errno.EDQUOT),
        ("os.fsync", errno.EIO),
        ("os.fchmod", errno.EPERM),
        ("pathlib.Path.replace", errno.EACCES),
        ("pathlib.Path.replace", errno.ENOENT),
    ],
)
def test_whatever_fails_the_old_content_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: str, number: int
) -> None:
    path = tmp_path / "post.md"
    path.write_bytes(b"old")
    with monkeypatch.context() as patch:
        patch.setattr(where, _failing(number))
        with pytest.raises(SaveError) as caught:
            disk.write_atomically(path, b"new content")
    assert caught.value.path == path
    assert "\n" not in caught.value.message
    assert path.read_bytes() == b"old"
    assert content(tmp_path) == ["post.md"]


def test_a_disk_that_fills_up_halfway_leaves_the_old_content(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "post.md"
    path.write_bytes(b"old")
    monkeypatch.setattr(os, "write", _short_write)
    with pytest.raises(SaveError, match="disk is full"):
        disk.write_atomically(path, b"new content")
    assert path.read_bytes() == b"old"
    assert content(tmp_path) == ["post.md"]


def test_short_writes_are_continued(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "write", lambda descriptor, data: _real_write(descriptor, data[:2]))
    disk.write_atomically(tmp_path / "post.md", b"new content")
    assert (tmp_path / "post.md").read_bytes() == b"new content"


def test_an_interruption_leaves_no_temporary_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(_descriptor: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupted)
    with pytest.raises(KeyboardInterrupt):
        disk.write_atomically(tmp_path / "post.md", b"new")
    assert content(tmp_path) == []


def test_the_new_name_is_synced_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "post.md"
    seen: list[tuple[Path, bytes]] = []
    monkeypatch.setattr(disk, "sync_folder", lambda folder: seen.append((folder, path.read_bytes())))
    disk.write_atomically(path, b"new")
    assert seen == [(path.resolve().parent, b"new")]


def test_a_folder_that_can_not_be_synced_is_no_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.fsync

    def only_files(descriptor: int) -> None:
        if stat.S_ISDIR(os.fstat(descriptor).st_mode):
            raise OSError(errno.EINVAL, "no folders")
        real(descriptor)

    monkeypatch.setattr(os, "fsync", only_files)
    disk.write_atomically(tmp_path / "post.md", b"new")
    assert (tmp_path / "post.md").read_bytes() == b"new"


def test_places_that_can_not_be_written_are_named(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_bytes(b"")
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "loop").symlink_to("loop")
    cases = {
        "folder": "folder of that name",
        "pipe": "no regular file",
        "loop": "circle",
        "gone/post.md": "folder is not there",
        "file/post.md": "no folder",
        "x" * 256: "too long",
        "nul\0": "can't be used",
    }
    for name, sentence in cases.items():
        with pytest.raises(SaveError, match=sentence):
            disk.write_atomically(tmp_path / name, b"new")
    assert content(tmp_path) == ["file", "folder", "loop", "pipe"]


def test_a_write_protected_file_is_not_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "post.md"
    path.write_bytes(b"old")
    path.chmod(0o444)
    monkeypatch.setattr(os, "access", lambda _path, _mode: False)  # for root, everything may be written
    with pytest.raises(SaveError, match="write-protected"):
        disk.write_atomically(path, b"new")
    assert path.read_bytes() == b"old"


def test_what_is_no_regular_file_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "loop").symlink_to("loop")
    (tmp_path / "large").write_bytes(b"12345")
    monkeypatch.setattr(disk, "LARGEST_FILE", 4)
    cases = {
        ".": "a folder",
        "pipe": "no regular file",
        "gone": "no such file",
        "large/x": "no such file",
        "loop": "circle",
        "large": "larger than",
        "x" * 256: "too long",
        "nul\0": "no such file",
    }
    for name, sentence in cases.items():
        with pytest.raises(OpenError, match=sentence):
            disk.read_bytes(tmp_path / name)
    with pytest.raises(OpenError, match="no regular file"):
        disk.read_bytes(Path("/dev/null"))


def test_a_file_that_may_not_be_read_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "post.md").write_bytes(b"")
    monkeypatch.setattr(os, "open", _failing(errno.EACCES))
    with pytest.raises(OpenError, match="no permission"):
        disk.read_bytes(tmp_path / "post.md")


def test_what_a_killed_program_has_left_is_removed(tmp_path: Path) -> None:
    old, young = tmp_path / ".copydesk-0123456789abcdef.tmp", tmp_path / ".copydesk-fedcba9876543210.tmp"
    mine = tmp_path / ".copydesk-notes.md"
    for path in (old, young, mine):
        path.write_bytes(b"")
    os.utime(old, (1, 1))
    os.utime(mine, (1, 1))
    disk.write_atomically(tmp_path / "post.md", b"new")
    assert content(tmp_path) == sorted([young.name, mine.name, "post.md"])
