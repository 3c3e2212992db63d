"""What is changed in a site's repository, with the real git."""

import os
import signal
import subprocess
import sys

import pytest

from editor.site.find import open_site
from editor.ui.commit import overview as overview_module
from editor.ui.commit.picks import ALL, NONE, SOME, Picks
from editor.ui.commit.words import shown_path, summary
from tests.ui.commit.conftest import PIXEL, POST, Blog


def told(file, shown=None):
    return summary(file, shown)


def test_without_a_repository_there_is_none_and_nothing_else(tmp_path):
    (tmp_path / "a.md").write_text("# A\n")
    found = overview_module.read_overview(overview_module.Asked(open_site(tmp_path)))
    assert found.has_git
    assert found.repository is None
    assert found.files == ()


def test_without_git_it_says_so(blog, monkeypatch):
    monkeypatch.setenv("PATH", os.fspath(blog.top))
    assert not blog.overview().has_git


def test_a_commit_whose_maker_was_killed_is_finished_first(blog):
    blog.write("posts/new.md", b"# New\n")
    hook = blog.top / ".git/hooks/post-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\nkill -9 $MAKER\n")
    hook.chmod(0o755)
    script = (
        "import os, sys; from pathlib import Path; from editor.git.committing import Pick, commit;"
        "from editor.git.repository import Repository; os.environ['MAKER'] = str(os.getpid());"
        "commit(Repository.find(Path(sys.argv[1])), 'Killed', [Pick('posts/new.md')])"
    )
    ended = subprocess.run([sys.executable, "-c", script, blog.top], check=False)
    assert ended.returncode == -signal.SIGKILL
    assert blog.files() == {}


def test_what_was_edited_here_is_told_apart_from_what_was_not(blog):
    blog.write("posts/one.md", POST.replace(b"true", b"false").replace(b"More", b"Other"))
    blog.write("posts/two.md", b"# Two\n\nOther words.\n")
    files = blog.files(before={"posts/one.md": POST})
    assert told(files["one.md"]) == "front matter 1 · text 1"
    assert told(files["two.md"]) == "not edited here · text 1"
    picks = Picks()
    assert [picks.state(files[name]) for name in ("one.md", "two.md")] == [ALL, NONE]


def test_an_edit_that_was_taken_back_is_none(blog):
    changed = POST.replace(b"More", b"Other")
    blog.write("posts/one.md", changed)
    assert not blog.files(before={"posts/one.md": changed})["one.md"].edited_here


def test_a_new_picture_goes_with_the_post_that_was_edited_here_and_shows_it(blog):
    text = POST + b"\n![new](new%20one.png)\n"
    post = blog.write("posts/one.md", text)
    blog.write("posts/new one.png", PIXEL)
    blog.write("posts/other.png", PIXEL)
    files = blog.files(before={"posts/one.md": POST})
    assert files["new one.png"].used_by == (post,)
    assert files["new one.png"].goes_along
    assert not files["other.png"].goes_along
    assert told(files["new one.png"], post).startswith("new · ")
    assert told(files["new one.png"], post).endswith("used by this post")
    assert told(files["new one.png"]).endswith("used by one.md")
    assert told(files["other.png"]).endswith("in no changed post")
    picks = Picks()
    assert [picks.state(files[name]) for name in ("new one.png", "other.png")] == [ALL, NONE]


def test_a_picture_of_that_name_elsewhere_is_not_the_one(blog):
    blog.write("posts/one.md", POST + b"\n![new](a/new.png)\n")
    blog.write("posts/a/new.png", PIXEL)
    blog.write("posts/b/new.png", PIXEL)
    found = blog.overview(before={"posts/one.md": POST}).files
    used = {file.key: bool(file.used_by) for file in found if file.path.name == "new.png"}
    assert used == {"posts/a/new.png": True, "posts/b/new.png": False}


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("new.png", "![new](new.png?size=2#top)"),
        ("new.png", "見て![図](new.png)を"),
        ("new.png", "_new.png_ and [[new.png]]"),
        ("new (1).png", "![new](<new (1).png>)"),
        ("café_été-2.png", "![new](caf%C3%A9_%C3%A9t%C3%A9-2.png)"),
        ("café_été-2.png", "![new](café_été-2.png)"),
        ("deep/new.png", '<img src="deep%2Fnew.png">'),
        ("図.png", "![図](図.png)"),
        ("図", "[図](図)"),
    ],
)
def test_a_file_is_found_however_the_post_writes_its_name(blog, name, written):
    post = blog.write("posts/one.md", POST + f"\n{written}\n".encode())
    path = blog.write(f"posts/{name}", PIXEL)
    blog.write("posts/other.png", PIXEL)
    files = blog.files(before={"posts/one.md": POST})
    assert files[path.name].used_by == (post,)
    assert files["other.png"].used_by == ()


def count_searches(monkeypatch):
    """Return what gets the name of each file that the text of a post is searched for."""
    searched = []
    real = overview_module._uses
    monkeypatch.setattr(
        overview_module, "_uses", lambda *given: searched.append(given[3].name) or real(*given)
    )
    return searched


def test_the_posts_are_searched_only_for_files_they_may_name(blog, monkeypatch):
    searched = count_searches(monkeypatch)
    blog.write("posts/one.md", POST + b"\n![](shown-7.png)\n")
    for number in range(30):
        blog.write(f"posts/shown-{number}.png", PIXEL)
    files = blog.files()
    assert searched == ["shown-7.png"]
    assert [name for name, file in files.items() if file.used_by] == ["shown-7.png"]


def test_nothing_is_searched_once_nobody_wants_the_answer(blog, monkeypatch):
    searched = count_searches(monkeypatch)
    blog.write("posts/one.md", POST + b"\n![](a.png) ![](b.png)\n")
    blog.write("posts/a.png", PIXEL)
    blog.write("posts/b.png", PIXEL)
    asked = overview_module.Asked(blog.site)
    found = overview_module.read_overview(asked, lambda: bool(searched))
    assert searched == ["a.png"]
    assert [file.path.name for file in found.files] == ["one.md", "a.png", "b.png"]


def test_text_that_is_not_saved_is_what_is_shown(blog):
    typed = POST.replace(b"More", b"Typed")
    file = blog.files(before={"posts/one.md": POST}, unsaved={"posts/one.md": typed})["one.md"]
    assert file.unsaved
    assert file.difference.after == typed
    assert file.divisible
    assert told(file) == "not saved yet · text 1"


def test_a_file_that_is_not_tracked_and_not_listed_is_none_for_being_open(blog):
    blog.write(".gitignore", b"hidden.md\n")
    blog.write("hidden.md", b"text\n")
    assert "hidden.md" not in blog.files(unsaved={"hidden.md": b"typed\n"})


def test_renames_deletions_and_links_are_named(blog):
    blog.git("mv", "posts/one.md", "posts/renamed.md")
    (blog.root / "posts/two.md").unlink()
    files = blog.files()
    assert told(files["renamed.md"]) == "was one.md"
    assert told(files["two.md"]) == "deleted"
    assert Picks().state(files["renamed.md"]) == ALL


def test_a_submodule_is_named_and_not_entered(blog, tmp_path):
    other = Blog(tmp_path / "other")
    blog.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", os.fspath(other.top), "theme")
    blog.git("commit", "-q", "-m", "Theme")
    (blog.root / "theme/new").write_text("x")
    blog.git("-C", "theme", "add", "-A")
    blog.git("-C", "theme", "commit", "-q", "-m", "More")
    assert told(blog.files()["theme"]) == "submodule: another commit"


def test_what_is_staged_is_ticked_and_of_it_what_is_staged(blog):
    blog.write("posts/one.md", POST.replace(b"true", b"false"))
    blog.git("add", "-A")
    blog.write("posts/one.md", POST.replace(b"true", b"false").replace(b"More", b"Other"))
    file = blog.files()["one.md"]
    picks = Picks()
    assert picks.state(file) == SOME
    assert picks.content(file) == POST.replace(b"true", b"false")


def test_a_staged_text_that_is_no_part_of_the_file_is_committed_as_it_is_staged(blog):
    blog.write("posts/one.md", POST.replace(b"More", b"Staged"))
    blog.git("add", "-A")
    blog.write("posts/one.md", POST.replace(b"More", b"Other"))
    file = blog.files()["one.md"]
    picks = Picks()
    assert picks.as_staged(file)
    assert picks.content(file) == POST.replace(b"More", b"Staged")
    picks.pick(file, True)
    assert picks.content(file) is None


def test_what_lies_outside_of_the_site_is_told_apart(tmp_path):
    blog = Blog(tmp_path / "work", "blog")
    blog.write("posts/two.md", b"# Two\n")
    (blog.top / "notes.txt").write_text("x")
    found = {file.key: file.in_site for file in blog.overview().files}
    assert found == {"blog/posts/two.md": True, "notes.txt": False}


def test_a_site_behind_a_link_is_written_as_the_site_is(tmp_path):
    blog = Blog(tmp_path / "real")
    (tmp_path / "link").symlink_to(blog.top)
    blog.site = open_site(tmp_path / "link")
    blog.write("posts/two.md", b"# Two\n")
    (file,) = blog.overview().files
    assert file.in_site
    assert file.path == tmp_path / "link/posts/two.md"


def test_a_name_of_bytes_that_are_no_text_can_be_shown(blog):
    path = os.fsencode(blog.root / "posts") + b"/caf\xe9.md"
    try:
        os.close(os.open(path, os.O_CREAT | os.O_WRONLY))
    except OSError:
        pytest.skip("this file system has no such names")
    (file,) = blog.overview().files
    assert shown_path(file.path.name) == "caf\ufffd.md"


def test_what_did_not_change_is_not_looked_into_again(blog, monkeypatch):
    blog.write("posts/one.md", POST.replace(b"More", b"Other"))
    known = {}
    first = blog.overview(known=known)
    looked = []
    real = overview_module.look_into
    monkeypatch.setattr(
        overview_module, "look_into", lambda *given: looked.append(given[2].key) or real(*given)
    )
    second = blog.overview(known=known)
    assert looked == []
    assert second.files[0].difference == first.files[0].difference
    blog.write("posts/one.md", POST.replace(b"More", b"Quite other"))
    blog.overview(known=known)
    assert looked == ["posts/one.md"]


def test_a_file_of_many_megabytes_is_not_read(blog, monkeypatch):
    monkeypatch.setattr(overview_module, "LARGEST", 100)
    blog.write("posts/film.mp4", b"x" * 101)
    file = blog.files()["film.mp4"]
    assert file.too_large
    assert file.difference is None
