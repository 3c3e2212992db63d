"""Files that can't be replaced without loss are written in place, and a write that is cut off is completed."""

import errno
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.errors import SaveError
from editor.post import disk, in_place
from editor.post.in_place import repair, write_in_place

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="names, owners and modes are Unix's here")


@pytest.fixture
def spare(tmp_path):
    return tmp_path / "state"


@pytest.fixture
def post(tmp_path):
    folder = tmp_path / "site"
    folder.mkdir()
    path = folder / "post.md"
    path.write_bytes(b"old content\n")
    return path


def test_a_file_with_two_names_keeps_both(post, spare):
    other = post.with_name("other.md")
    other.hardlink_to(post)
    disk.write_atomically(post, b"new\n", spare)
    assert post.read_bytes() == other.read_bytes() == b"new\n"
    assert post.samefile(other)
    assert list(spare.iterdir()) == []


def test_one_name_is_replaced(post, spare):
    inode = post.stat().st_ino
    disk.write_atomically(post, b"new\n", spare)
    assert post.stat().st_ino != inode
    assert not spare.exists()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write into any folder")
def test_a_folder_that_takes_no_file(post, spare):
    post.parent.chmod(0o555)
    try:
        disk.write_atomically(post, b"new\n", spare)
        assert post.read_bytes() == b"new\n"
    finally:
        post.parent.chmod(0o755)


@pytest.mark.parametrize("number", [errno.EACCES, errno.EPERM])
def test_a_folder_that_refuses_a_temporary_file(post, spare, monkeypatch, number):
    real = os.open

    def refuse(path, flags, *rest, **named):
        if ".copydesk-" in os.fspath(path):
            raise OSError(number, os.strerror(number))
        return real(path, flags, *rest, **named)

    monkeypatch.setattr(os, "open", refuse)
    disk.write_atomically(post, b"new\n", spare)
    assert post.read_bytes() == b"new\n"
    with pytest.raises(SaveError):
        disk.write_atomically(post, b"newer\n")
    assert post.read_bytes() == b"new\n"


def test_an_owner_that_can_not_be_kept(post, spare, monkeypatch):
    real = os.fstat

    def other_owner(descriptor):
        fields = list(real(descriptor))
        fields[4] += 1
        return os.stat_result(fields)

    def refuse(*_args):
        raise PermissionError(errno.EPERM, "Operation not permitted")

    inode = post.stat().st_ino
    monkeypatch.setattr(os, "fstat", other_owner)
    monkeypatch.setattr(os, "fchown", refuse)
    disk.write_atomically(post, b"new\n", spare)
    assert (post.read_bytes(), post.stat().st_ino) == (b"new\n", inode)
    assert [path.name for path in post.parent.iterdir()] == ["post.md"]


def with_attribute(path: Path) -> bool:
    try:
        os.setxattr(path, "user.copydesk.test", b"kept")
    except (OSError, AttributeError):
        return False
    return True


def test_extended_attributes_stay(post, spare):
    if not with_attribute(post):
        pytest.skip("the file system has no extended attributes")
    inode = post.stat().st_ino
    disk.write_atomically(post, b"new\n", spare)
    assert os.getxattr(post, "user.copydesk.test") == b"kept"
    assert post.stat().st_ino != inode


def test_an_attribute_that_can_not_be_kept(post, spare, monkeypatch):
    if not with_attribute(post):
        pytest.skip("the file system has no extended attributes")

    def refuse(*_args):
        raise OSError(errno.ENOTSUP, "Operation not supported")

    inode = post.stat().st_ino
    monkeypatch.setattr(os, "setxattr", refuse)
    disk.write_atomically(post, b"new\n", spare)
    assert (post.read_bytes(), post.stat().st_ino) == (b"new\n", inode)
    assert os.getxattr(post, "user.copydesk.test") == b"kept"


def test_the_spare_copy_is_synced_before_the_file_is_touched(post, spare, monkeypatch):
    order = []
    real_open, real_fsync = os.open, os.fsync

    def opened(path, flags, *rest, **named):
        descriptor = real_open(path, flags, *rest, **named)
        order.append(("open", Path(os.fsdecode(path)).suffix, descriptor))
        return descriptor

    def synced(descriptor):
        order.append(("fsync", "", descriptor))
        real_fsync(descriptor)

    monkeypatch.setattr(os, "open", opened)
    monkeypatch.setattr(os, "fsync", synced)
    write_in_place(post, b"new\n", spare)
    spare_open = next(at for at, step in enumerate(order) if step[:2] == ("open", ".spare"))
    file_open = next(at for at, step in enumerate(order) if step[:2] == ("open", ".md"))
    descriptor = order[spare_open][2]
    assert ("fsync", "", descriptor) in order[spare_open:file_open]
    assert ("fsync", "", order[file_open][2]) in order[file_open:]


def test_the_name_of_the_spare_copy_is_synced_before_the_file_is_touched(post, spare, monkeypatch):
    seen = []
    monkeypatch.setattr(in_place, "sync_folder", lambda folder: seen.append((folder, post.read_bytes())))
    before = post.read_bytes()
    write_in_place(post, b"other\n", spare)
    assert seen[0] == (spare, before)


def test_a_full_disk_leaves_the_old_content(post, spare, monkeypatch):
    post.with_name("other.md").hardlink_to(post)

    def full(descriptor, _offset, _length):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "posix_fallocate", full)
    with pytest.raises(SaveError, match="full"):
        disk.write_atomically(post, b"new content that is longer\n", spare)
    assert post.read_bytes() == b"old content\n"
    assert list(spare.iterdir()) == []


def test_a_disk_that_fails_halfway_leaves_the_old_content(post, spare, monkeypatch):
    real = os.write
    calls = iter(range(99))

    def failing(descriptor, data):
        if next(calls) == 1:  # the spare copy was the first
            real(descriptor, bytes(data[:3]))
            raise OSError(errno.EIO, "Input/output error")
        return real(descriptor, data)

    monkeypatch.setattr(os, "write", failing)
    with pytest.raises(OSError, match="Input"):
        write_in_place(post, b"NEW CONTENT!\n", spare)
    assert post.read_bytes() == b"old content\n"
    assert list(spare.iterdir()) == []


def test_what_could_not_even_be_put_back_waits_for_the_next_start(post, spare, monkeypatch):
    real = os.write
    calls = iter(range(99))

    def failing(descriptor, data):
        if next(calls) == 0:
            return real(descriptor, data)
        real(descriptor, bytes(data[:3]))
        raise OSError(errno.EIO, "Input/output error")

    with monkeypatch.context() as broken:
        broken.setattr(os, "write", failing)
        with pytest.raises(OSError, match="Input"):
            write_in_place(post, b"NEW CONTENT!\n", spare)
    assert len(list(spare.iterdir())) == 1
    assert repair(spare) in ([post], [])
    assert post.read_bytes() in (b"NEW CONTENT!\n", b"old content\n")
    assert list(spare.iterdir()) == []


KILLED = """
import os, signal, sys
from pathlib import Path
from editor.post.in_place import write_in_place
step = int(sys.argv[3])
calls = 0
def dying(real):
    def call(*args):
        global calls
        calls += 1
        if calls == step:
            if real is write:
                real(args[0], bytes(args[1][:5]))
            os.kill(os.getpid(), signal.SIGKILL)
        return real(*args)
    return call
write = os.write
for name in ("open", "write", "fsync", "ftruncate", "posix_fallocate", "close"):
    setattr(os, name, dying(getattr(os, name)))
write_in_place(Path(sys.argv[1]), b"new content, and longer\\n", Path(sys.argv[2]))
"""


def test_killed_at_any_step_the_file_is_old_or_new_after_the_next_start(post, spare):
    """A process that dies before each of its calls, one after the other."""
    ended = []
    for step in range(1, 40):
        post.write_bytes(b"old content\n")
        command = [sys.executable, "-c", KILLED, str(post), str(spare), str(step)]
        status = subprocess.run(command, check=False).returncode
        repair(spare)
        assert post.read_bytes() in (b"old content\n", b"new content, and longer\n")
        assert not spare.exists() or list(spare.iterdir()) == []
        ended.append(status)
        if status == 0:
            break
    assert ended[-1] == 0
    assert len(ended) > 8


def test_a_torn_file_is_completed(post, spare, monkeypatch):
    monkeypatch.setattr(in_place, "_overwrite", lambda *_args: os._exit)  # nothing is written
    kept, descriptor = in_place._keep(post, b"old content\n", b"NEW\n", spare)
    os.close(descriptor)
    monkeypatch.undo()
    post.write_bytes(b"NEW\ncontent\n"[:12])
    assert repair(spare) == [post]
    assert post.read_bytes() == b"NEW\n"
    assert not kept.exists()


def test_a_file_cut_off_while_it_grew_is_completed(post, spare):
    _kept, descriptor = in_place._keep(post, b"old\n", b"new and longer\n", spare)
    os.close(descriptor)
    post.write_bytes(b"new and l")  # where room can't be had beforehand
    assert repair(spare) == [post]
    assert post.read_bytes() == b"new and longer\n"


def test_a_file_that_somebody_cut_off_is_let_alone(post, spare):
    _kept, descriptor = in_place._keep(post, b"old content\n", b"old\n", spare)
    os.close(descriptor)
    post.write_bytes(b"old con")
    assert repair(spare) == []
    assert post.read_bytes() == b"old con"


def test_what_somebody_else_has_written_is_let_alone(post, spare):
    _kept, descriptor = in_place._keep(post, b"old content\n", b"NEW\n", spare)
    os.close(descriptor)
    post.write_bytes(b"theirs, since\n")
    assert repair(spare) == []
    assert post.read_bytes() == b"theirs, since\n"
    assert list(spare.iterdir()) == []


def test_a_write_under_way_in_another_window_is_let_alone(post, spare):
    _kept, descriptor = in_place._keep(post, b"old content\n", b"NEW\n", spare)
    post.write_bytes(b"NEW content\n")
    assert repair(spare) == []
    assert post.read_bytes() == b"NEW content\n"
    os.close(descriptor)
    assert repair(spare) == [post]


def test_a_file_that_is_gone_keeps_its_spare_copy(post, spare, log):
    log.expect("can't be put back")
    _kept, descriptor = in_place._keep(post, b"old content\n", b"NEW\n", spare)
    os.close(descriptor)
    post.unlink()
    assert repair(spare) == []
    assert len(list(spare.iterdir())) == 1


def test_a_mode_that_is_private(post, spare):
    kept, descriptor = in_place._keep(post, b"old", b"new", spare)
    os.close(descriptor)
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600


@given(st.binary(max_size=30), st.binary(max_size=30), st.integers(0, 30), st.booleans())
def test_any_cut_is_seen_as_torn(old, new, cut, grown):
    """What a write over the old bytes leaves when it is cut off at any byte."""
    size = max(len(old), len(new)) if grown else len(old)
    found = (new[:cut] + old[cut:].ljust(size, b"\0")[: max(0, size - cut)])[: max(size, cut)]
    if found not in (old, new) and len(found) in (len(old), len(new)):
        assert in_place._is_torn(found, old, new)
    assert not in_place._is_torn(old, old, new)
    assert not in_place._is_torn(new, old, new)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes")
def test_a_pipe_is_not_waited_for(post, spare, log):
    log.expect("no regular file")
    kept, descriptor = in_place._keep(post, post.read_bytes(), b"new", spare)
    os.close(descriptor)
    os.mkfifo(spare / "write-1-x.spare")
    post.unlink()
    os.mkfifo(post)
    assert repair(spare) == []
    assert kept.exists()
