"""One look at a file: what is told of it, and what is certain."""

import os
from dataclasses import replace
from pathlib import Path

import pytest

from editor.ui.outside.look import Away, Changed, Gone, Known, Same, Writing, look


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "site" / "posts" / "post.md"
    made.parent.mkdir(parents=True)
    made.write_text("One\n")
    os.utime(made, (1, 1))
    return made


def known(path: Path) -> Known:
    """Return what is known after a first look."""
    asked = Known(path, path.read_bytes(), root=path.parents[1])
    found = look(asked)
    assert isinstance(found, Same)
    return replace(asked, state=found.state, identity=found.identity, folders=found.folders, seen_at=found.at)


def test_the_same_content_is_the_same_whatever_its_times(path):
    asked = known(path)
    os.utime(path)
    path.chmod(0o600)
    assert isinstance(look(asked), Same)


def test_a_file_changed_a_moment_ago_is_read_again_the_next_time(path):
    path.write_text("Two\n")
    found = look(Known(path, b"Two\n"))
    assert isinstance(found, Same) and found.state is None


def test_a_change_with_old_size_and_time_is_seen(path):
    asked = known(path)
    path.write_text("Two\n")
    os.utime(path, (1, 1))
    found = look(asked)
    assert isinstance(found, Changed) and found.post.text == "Two\n"


@pytest.mark.parametrize("data", [b"", b"Tw"])
def test_what_may_be_half_written_is_waited_for_with_patience_only(path, data):
    asked = known(path)
    path.write_bytes(data)
    assert isinstance(look(asked), Writing)
    found = look(asked, patient=False)
    assert isinstance(found, Changed) and found.post.data == data


def test_a_file_that_was_emptied_long_ago_is_still_waited_for(path):
    asked = known(path)
    path.write_bytes(b"")
    os.utime(path, (1, 1))
    assert isinstance(look(asked), Writing)


def test_a_file_that_is_gone_is_looked_for_when_asked(path):
    asked = known(path)
    target = path.with_name("new.md")
    path.rename(target)
    assert look(asked) == Gone()
    assert look(asked, search=True) == Gone(target)


def test_a_file_under_a_link_is_found_when_the_real_folder_is_renamed(path, tmp_path):
    asked = known(path)
    (tmp_path / "site/posts").rename(tmp_path / "site/articles")
    assert look(asked, search=True) == Gone(tmp_path / "site/articles/post.md", with_folder=True)


def test_another_suffix_a_hidden_folder_or_another_content_is_not_followed(path):
    for name in ("post.txt", ".trash/post.md"):
        asked = known(path)
        target = path.parent / name
        target.parent.mkdir(exist_ok=True)
        path.rename(target)
        assert look(asked, search=True) == Gone()
        target.rename(path)
    asked = known(path)
    target = path.with_name("new.md")
    path.rename(target)
    target.write_text("Something else\n")
    assert look(asked, search=True) == Gone()


def test_two_new_copies_are_not_certain(path):
    asked = known(path)
    for name in ("a.md", "b.md"):
        path.with_name(name).write_bytes(path.read_bytes())
    path.unlink()
    assert look(asked, search=True) == Gone()


def test_an_inode_given_to_another_file_is_not_the_same_file(path):
    asked = known(path)
    path.unlink()
    for number in range(50):
        path.with_name(f"{number}.md").write_text(f"{number}\n")
    assert look(asked, search=True) == Gone()


@pytest.mark.parametrize("make", [os.mkfifo, os.mkdir], ids=["pipe", "folder"])
def test_what_is_no_file_says_nothing(path, make):
    asked = known(path)
    path.unlink()
    make(path)
    assert isinstance(look(asked), Away)


def test_a_name_that_the_system_refuses_says_nothing(tmp_path):
    assert isinstance(look(Known(tmp_path / ("x" * 300), b"text")), Away)


def test_a_link_to_a_file_is_looked_through(path, tmp_path):
    link = tmp_path / "link.md"
    link.symlink_to(path)
    asked = known(link)
    new = path.with_name("new")
    new.write_text("Two\n")
    os.utime(new, (1, 1))
    new.replace(path)
    found = look(asked)
    assert isinstance(found, Changed) and found.post.path == link
