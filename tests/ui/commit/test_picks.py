"""What is ticked, by file and by hunk."""

from editor.ui.commit.picks import ALL, NONE, SOME, Picks
from tests.ui.commit.conftest import POST

BOTH = POST.replace(b"true", b"false").replace(b"More", b"Other")


def changed(blog, data=BOTH):
    blog.write("posts/one.md", data)
    return blog.files(before={"posts/one.md": POST})["one.md"]


def test_a_hunk_that_is_left_out_is_as_it_was_before(blog):
    file, picks = changed(blog), Picks()
    picks.pick_hunk(file, file.difference.keys[0], False)
    assert picks.state(file) == SOME
    assert picks.content(file) == POST.replace(b"More", b"Other")


def test_the_last_hunk_takes_the_file_with_it(blog):
    file, picks = changed(blog), Picks()
    for key in file.difference.keys:
        picks.pick_hunk(file, key, False)
    assert picks.state(file) == NONE
    picks.pick_hunk(file, file.difference.keys[1], True)
    assert picks.state(file) == SOME
    assert picks.content(file) == POST.replace(b"More", b"Other")


def test_what_was_left_out_stays_so_when_more_is_changed(blog):
    file, picks = changed(blog), Picks()
    picks.pick_hunk(file, file.difference.keys[0], False)
    later = changed(blog, BOTH.replace(b"First", b"Very first"))
    assert len(later.difference.keys) == 3
    assert picks.content(later) == POST.replace(b"More", b"Other").replace(b"First", b"Very first")


def test_a_tick_survives_reading_anew(blog):
    file, picks = changed(blog), Picks()
    picks.pick(file, False)
    assert picks.state(changed(blog)) == NONE


def test_what_is_left_of_a_committed_file_stays_out(blog):
    file, picks = changed(blog), Picks()
    picks.pick_hunk(file, file.difference.keys[0], False)
    picks.committed([file])
    assert picks.state(file) == NONE


def test_after_a_commit_a_file_begins_anew(blog):
    file, picks = changed(blog), Picks()
    picks.pick(file, True)
    picks.committed([file])
    assert picks.state(file) == ALL


def test_a_build_gets_the_content_that_was_looked_at(blog):
    file, picks = changed(blog), Picks()
    assert picks.for_commit(file).content is None
    assert picks.for_build(file).content == BOTH


def test_only_what_was_edited_here_leaves_other_changes_and_line_endings_out(blog):
    opened = POST.replace(b"2025-01-01", b"2025-02-02").replace(b"\n", b"\r\n")
    blog.write("posts/one.md", b"\xef\xbb\xbf" + opened.replace(b"true", b"false"))
    before = {"posts/one.md": b"\xef\xbb\xbf" + opened}
    file, picks = blog.files(before=before)["one.md"], Picks()
    assert picks.state(file) == ALL
    picks.pick_only_here(file, True)
    assert picks.state(file) == SOME
    assert picks.content(file) == POST.replace(b"true", b"false")
    assert picks.for_commit(file).content == POST.replace(b"true", b"false")
    picks.pick_only_here(file, False)
    assert picks.content(file) is None


def test_where_nothing_was_changed_elsewhere_there_is_no_such_choice(blog):
    assert changed(blog).here is None


def test_an_edit_of_a_line_that_was_changed_elsewhere_can_not_be_told_apart(blog):
    opened = POST.replace(b"More words", b"Other words")
    blog.write("posts/one.md", opened.replace(b"Other words", b"Other words here"))
    assert blog.files(before={"posts/one.md": opened})["one.md"].here is None


def test_a_hunk_that_was_changed_elsewhere_stays_out_at_first(blog):
    opened = POST.replace(b"More", b"Other")
    blog.write("posts/one.md", opened.replace(b"true", b"false"))
    file, picks = blog.files(before={"posts/one.md": opened})["one.md"], Picks()
    assert picks.state(file) == SOME
    assert picks.content(file) == POST.replace(b"true", b"false")
    picks.pick(file, True)
    assert picks.content(file) is None


def test_a_staged_hunk_that_was_changed_elsewhere_goes_in(blog):
    opened = POST.replace(b"More", b"Other")
    blog.write("posts/one.md", opened)
    blog.git("add", "-A")
    blog.write("posts/one.md", opened.replace(b"true", b"false"))
    file, picks = blog.files(before={"posts/one.md": opened})["one.md"], Picks()
    assert picks.state(file) == ALL


def test_the_rest_of_a_file_is_what_was_edited_here_and_stays_out(blog):
    file, picks = changed(blog), Picks()
    assert picks.rest(file) is None
    picks.pick_hunk(file, file.difference.keys[1], False)
    assert picks.rest(file) == POST.replace(b"true", b"false")


def test_the_rest_has_what_was_changed_elsewhere(blog):
    blog.write("posts/one.md", BOTH)
    opened = POST.replace(b"true", b"false")  # the front matter was changed elsewhere
    file, picks = blog.files(before={"posts/one.md": opened})["one.md"], Picks()
    assert file.left_out == {file.difference.keys[0]}
    assert picks.rest(file) is None
    picks.pick_hunk(file, file.difference.keys[0], True)
    picks.pick_hunk(file, file.difference.keys[1], False)
    assert picks.rest(file) == opened
