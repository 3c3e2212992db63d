"""Files as attack, opened in the window and beside what is open: each is refused in a sentence, and the window goes on."""

import os

import pytest

from tests.hostile.test_files import NAMES, POST

pytestmark = [pytest.mark.web, pytest.mark.skipif(os.name != "posix", reason="Windows has no such files")]

MADE = {
    "pipe.md": os.mkfifo,
    "folder.md": lambda path: (path.mkdir(), (path / "inner.md").write_bytes(POST)),
    "zero.md": lambda path: path.symlink_to("/dev/zero"),
    "terminal.md": lambda path: path.symlink_to("/dev/tty"),
    "self.md": lambda path: path.symlink_to("self.md"),
    "nowhere.md": lambda path: path.symlink_to("nowhere"),
    "memory.md": lambda path: path.symlink_to("/proc/self/mem"),
    "huge.md": lambda path: (path.touch(), os.truncate(path, 10**12)),
    "line.md": lambda path: path.write_bytes(b"# a\n\n" + b"x" * 12_000_000),
    "title.md": lambda path: path.write_bytes(b"---\ntitle: " + b"x" * 9_000_000 + b"\n---\n"),
}  # fmt: skip


def goes_on(victim):
    victim.parts.workspace.open_path(victim.post)
    victim.write("All is *well*.")
    assert "All is well." in victim.tell("document.querySelector('main').textContent")
    assert victim.harm() == []


@pytest.mark.parametrize("name", MADE)
def test_what_is_no_post_is_refused_in_a_sentence(victim, name):
    path = victim.post.parent / name
    MADE[name](path)
    workspace, said = victim.parts.workspace, []
    with victim.qtbot.waitSignal(workspace.posts_changed, timeout=60_000):
        workspace.refresh_posts()  # the list goes around it
    workspace.failed.disconnect(victim.parts.desk._files.tell)  # a box would wait for the person
    workspace.failed.connect(said.append)
    try:
        if name == "folder.md":
            assert workspace.open_post(path) is False
        else:
            workspace.open_path(path)
        [error] = said
        assert error.message and "\n" not in error.message
        assert workspace.session.path == victim.post
    finally:
        workspace.failed.disconnect(said.append)
        workspace.failed.connect(victim.parts.desk._files.tell)
        if path.is_dir() and not path.is_symlink():
            (path / "inner.md").unlink()
            path.rmdir()
        else:
            path.unlink()
    goes_on(victim)


def test_names_that_are_none_are_listed_and_opened(victim):
    folder = victim.post.parent
    paths = [folder / os.fsdecode(name.replace(b"MARK", b"mark")) for name in NAMES]
    (folder / "circle").symlink_to(folder)
    for path in paths:
        path.write_bytes(POST)
    workspace = victim.parts.workspace
    with victim.qtbot.waitSignal(workspace.posts_changed, timeout=30_000):
        workspace.refresh_posts()
    try:
        for path in paths:
            assert workspace.open_post(path), path
            victim.qtbot.waitUntil(victim.is_painted, timeout=30_000)
            assert workspace.session.path == path
            assert "\n" not in victim.window.windowTitle()
            workspace.close(workspace.session)
        assert not (folder / "mark").exists()
    finally:
        for path in [*paths, folder / "circle"]:
            path.unlink()
    goes_on(victim)
