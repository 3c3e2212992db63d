"""Three-way merges through git: both sides' changes, every byte of the rest, and no conflict lost."""

import shutil

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from editor.errors import GitError
from editor.git import command
from editor.git.merge import Conflict, merge

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


def test_changes_in_different_places_are_both_there():
    merged = merge("a\nb\nc\nd\ne\n", "A\nb\nc\nd\ne\n", "a\nb\nc\nd\nE\n")
    assert merged.clean
    assert merged.text() == "A\nb\nc\nd\nE\n"


def test_line_endings_stay_as_each_side_has_them():
    merged = merge("a\r\nb\r\nc\r\nd\n", "A\r\nb\r\nc\r\nd\n", "a\r\nb\r\nc\r\nd\ne\r\n")
    assert merged.clean
    assert merged.text() == "A\r\nb\r\nc\r\nd\ne\r\n"


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_a_conflict_tells_all_three(ending):
    before, after = f"top{ending}", f"end{ending}"
    merged = merge(*(before + line + ending + after for line in ("base", "ours", "theirs")))
    assert merged.conflicts == (Conflict(*(f"{side}{ending}" for side in ("ours", "base", "theirs"))),)
    for side in ("ours", "base", "theirs"):
        assert merged.text(side) == f"top{ending}{side}{ending}end{ending}"


def test_a_conflict_in_a_last_line_without_an_ending():
    merged = merge("a\nb", "a\nours", "a\ntheirs")
    assert merged.conflicts == (Conflict("ours", "b", "theirs"),)
    assert merged.text("theirs") == "a\ntheirs"


def test_a_last_line_that_one_has_taken_away_leaves_no_ending_behind():
    merged = merge("a\nb", "a", "a\nc")
    assert not merged.clean
    assert (merged.text("ours"), merged.text("base"), merged.text("theirs")) == ("a", "a\nb", "a\nc")
    merged = merge("0\na\nb\n", "0\na", "0\na\nb\nc\n")
    assert merged.text("ours") == "0\na"


def test_a_text_that_holds_marks_of_its_own():
    marks = "<<<<<<< ours\nx\n=======\ny\n>>>>>>> theirs\n"
    merged = merge("a\n" + marks + "b\n", "A\n" + marks + "b\n", "a\n" + marks + "B\n")
    assert merged.clean
    assert merged.text() == "A\n" + marks + "B\n"


def test_one_side_alone_needs_no_git(monkeypatch):
    monkeypatch.setattr(command, "git_path", lambda: None)
    assert merge("a", "b", "a").text() == "b"
    assert merge("a", "a", "c").text() == "c"
    assert merge("a", "b", "b").text() == "b"
    with pytest.raises(GitError, match="install git"):
        merge("a", "b", "c")


def test_variables_of_a_hook_do_not_lead_elsewhere(monkeypatch):
    monkeypatch.setenv("GIT_DIR", "/nowhere")
    monkeypatch.setenv("GIT_SSH_COMMAND", "ssh -i key")
    found = command.environment()
    assert "GIT_DIR" not in found
    assert found["GIT_SSH_COMMAND"] == "ssh -i key"


LINES = st.lists(
    st.sampled_from(["a\n", "b\r\n", "c\r", "\n", "\u2028d\n", "\ud800\n", "=======\n", "e"]), max_size=8
)


@given(LINES, LINES, LINES)
@settings(deadline=None, max_examples=60)
def test_either_side_alone_can_be_had_again_where_all_conflicts(base, ours, theirs):
    """Of a merge, the conflicts' sides and the rest give no line that none of the three has."""
    base, ours, theirs = ("".join(lines) for lines in (base, ours, theirs))
    merged = merge(base, ours, theirs)
    known = {line for text in (base, ours, theirs) for line in (text + "\n").split("\n")}
    for side in ("ours", "base", "theirs"):
        assert set((merged.text(side) + "\n").split("\n")) <= known


@given(LINES, LINES)
@settings(deadline=None, max_examples=40)
def test_what_only_one_has_changed_is_taken(base, other):
    base, other = "".join(base), "".join(other)
    assert merge(base, other, base).text() == other
    assert merge(base, base, other).text("ours") == other
