"""A short run of what `kills` and `syscalls` do at length."""

import os
import subprocess
import sys

import pytest

from tests.failures import kills, syscalls
from tests.sources import ROOT

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="the typist is forked, which Unix alone can")


@pytest.mark.parametrize(("count", "in_place"), [(3, False), (2, True)])
def test_a_kill_costs_a_moment_of_typing_and_no_file(count, in_place):
    """The typist is started as a program of its own: this process has threads, and Qt."""
    command = [sys.executable, "-m", "tests.failures.kills", "--count", str(count), "--seed", "1"]
    command += ["--in-place"] * in_place
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=120)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert " 0 wrong" in ended.stdout


DYING = """
import os, signal, sys
from pathlib import Path
from tests.failures import kills, typist
def die(post, pipe, seed, window):
    os.write(pipe, b'["begun", 1.0]\\n' * (seed != 3))
    if seed == 1:
        raise ValueError("the reason")
    if seed == 2:
        os.kill(os.getpid(), signal.SIGTERM)
    if seed == 3:
        signal.pause()
    os._exit(7)
typist.type_for_ever = die
kills.BEGINS_WITHIN = 0.5
try:
    kills.kill_one(int(sys.argv[1]), Path(sys.argv[2]))
except kills.EndedByItself as error:
    print(error)
"""


@pytest.mark.parametrize(
    ("seed", "words"),
    [(1, "ValueError: the reason"), (2, "its status is 15"), (3, "did not begin"), (4, "its status is 1792")],
    ids=["raises", "is ended", "hangs", "exits"],
)
def test_a_typist_that_dies_is_told(tmp_path, seed, words):
    command = [sys.executable, "-c", DYING, str(seed), str(tmp_path)]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=60)
    assert "nothing was tried" in ended.stdout
    assert words in ended.stdout


def test_what_is_called_torn_and_lost():
    run = kills.Run([["begun", 1.0], ["edit", 2.0, "a"], ["edit", 3.0, "abc"]], killed=3.1)
    run.on_disk, run.recovered = b"ab", "a"
    assert "never the text" in run.torn()
    assert run.lost() == (2, pytest.approx(0.1))
    run.on_disk, run.recovered = b"abc", "something else that was never there"
    assert run.torn() == ""
    assert run.lost() is None
    run.on_disk = b""
    assert run.torn()


@pytest.fixture(scope="module")
def traced():
    if not syscalls.can_trace():
        pytest.skip("strace is not here, or may not trace")


@pytest.mark.parametrize("way", syscalls.WAYS)
def test_the_content_is_synced_before_it_has_its_name(traced, way):
    """The order of the calls: since a kill says nothing of what the machine would lose without power."""
    lines = [line for _name, line in syscalls.calls(way)]

    def first(*words):
        return next(number for number, line in enumerate(lines) if all(word in line for word in words))

    if way == "in place":
        kept, touched = first("fsync(3"), first("openat", "post.md", "O_WRONLY")
        assert first("copydesk spare") < kept < touched
        assert first("unlink", ".spare") > touched
    else:
        assert first("write(3") < first("fsync(3)") < first("rename")


@pytest.mark.parametrize("way", syscalls.WAYS)
def test_killed_in_the_middle_of_a_save(traced, way):
    names = [name for name, _line in syscalls.calls(way)]
    writing = [
        number for number, name in enumerate(names, 1) if name in ("write", "rename", "ftruncate", "fsync")
    ]
    for number in writing:
        outcome = syscalls.save(way, f"all:signal=SIGKILL:when={number + 1}")
        assert syscalls.kept(way, outcome), (number, outcome)


@pytest.mark.parametrize(
    ("way", "call", "error"),
    [
        ("replaced", "write", "ENOSPC"),
        ("replaced", "fsync", "EIO"),
        ("replaced", "rename", "EACCES"),
        ("in place", "write", "EIO"),
        ("in place", "fallocate", "ENOSPC"),
        ("new", "openat", "EROFS"),
    ],
)
def test_a_call_that_fails(traced, way, call, error):
    outcome = syscalls.save(way, f"{call}:error={error}:when=1")
    assert syscalls.kept(way, outcome)
    assert outcome.said == "saved" or outcome.said.startswith("refused: ")
    assert outcome.said != "saved" or outcome.content == syscalls.NEW
    assert not outcome.left
