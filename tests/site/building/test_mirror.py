"""The copy of a site: kept in step, and never a way back into the site."""

import os
import subprocess

import pytest

from editor.errors import BuildError
from editor.site.building import mirror as module
from editor.site.building.mirror import Cancelled, Mirror
from tests.site.building.sites import listing


@pytest.fixture
def site(tmp_path, write):
    return write(
        tmp_path / "site",
        {
            "conf.toml": "a = 1\n",
            "content/one.md": "One.\n",
            "content/deep/two.md": "Two.\n",
            "public/index.html": "built\n",
            ".venv/pyvenv.cfg": "home = /usr\n",
            ".venv/lib/x.py": "x = 1\n",
            "__pycache__/x.pyc": "x\n",
            "node_modules/plain/index.js": "1\n",
            "node_modules/@scope/inner/index.js": "2\n",
            "node_modules/.cache/x": "cache\n",
        },
    )


@pytest.fixture
def mirror(site, tmp_path):
    return Mirror(site, tmp_path / "build", left_out=[site / "public"])


def files(folder):
    return {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and not path.is_symlink()
    }


def test_a_copy_without_what_is_built_cached_or_installed(mirror, site):
    before = listing(site)
    mirror.update({})
    assert files(mirror.root) == {"conf.toml", "content/one.md", "content/deep/two.md"}
    assert (mirror.root / "content/one.md").stat().st_mtime_ns == (site / "content/one.md").stat().st_mtime_ns
    assert listing(site) == before


def test_installed_packages_are_linked_one_by_one(mirror, site):
    mirror.update({})
    packages = mirror.root / "node_modules"
    assert not packages.is_symlink()
    assert (packages / "plain").readlink() == site / "node_modules/plain"
    assert (packages / "@scope/inner").readlink() == site / "node_modules/@scope/inner"
    assert not (packages / ".cache").exists()
    (packages / ".cache").mkdir()
    (packages / ".cache/mine").write_text("x")
    (site / "node_modules/plain/index.js").unlink()
    (site / "node_modules/plain").rmdir()
    mirror.update({})
    assert (packages / ".cache/mine").is_file()
    assert not (packages / "plain").is_symlink()
    assert files(site / "node_modules/.cache") == {"x"}


def test_only_what_changed_is_copied_again(mirror, site, write):
    done = []
    mirror.update({}, progress=lambda _done, count: done.append(count))
    assert set(done) == {3}
    untouched = (mirror.root / "conf.toml").stat().st_ino
    write(site, {"content/one.md": "Won.\n", "content/new.md": "New.\n"})
    os.utime(site / "content/one.md", ns=(1, 1))
    done.clear()
    mirror.update({}, progress=lambda _done, count: done.append(count))
    assert set(done) == {2}
    assert (mirror.root / "content/one.md").read_text() == "Won.\n"
    assert (mirror.root / "content/new.md").read_text() == "New.\n"
    assert (mirror.root / "conf.toml").stat().st_ino == untouched
    done.clear()
    mirror.update({}, progress=lambda _done, count: done.append(count))
    assert set(done) == {0}


def test_what_a_generator_changed_is_made_good_and_what_it_added_stays(mirror, site):
    mirror.update({})
    (mirror.root / "conf.toml").write_text("a = 2\n")
    (mirror.root / "content/one.md").unlink()
    (mirror.root / ".doit.db").write_text("cache")
    mirror.update({})
    assert (mirror.root / "conf.toml").read_text() == "a = 1\n"
    assert (mirror.root / "content/one.md").read_text() == "One.\n"
    assert (mirror.root / ".doit.db").read_text() == "cache"
    assert (site / "conf.toml").read_text() == "a = 1\n"


def test_what_is_gone_from_the_site_goes(mirror, site):
    mirror.update({})
    (site / "content/deep/two.md").unlink()
    (site / "content/deep").rmdir()
    mirror.update({})
    assert not (mirror.root / "content/deep").exists()
    assert (mirror.root / "content/one.md").is_file()


def test_unsaved_text_is_laid_over_and_taken_away_again(mirror, site):
    new = site / "content/new/three.md"
    mirror.update({site / "content/one.md": "Un 🦊\r\nsaved", new: "Three.\n"})
    assert (mirror.root / "content/one.md").read_bytes() == "Un 🦊\r\nsaved".encode()
    assert (mirror.root / "content/new/three.md").read_text() == "Three.\n"
    stamp = (mirror.root / "content/one.md").stat().st_mtime_ns
    mirror.update({site / "content/one.md": "Un 🦊\r\nsaved", new: "Three.\n"})
    assert (mirror.root / "content/one.md").stat().st_mtime_ns == stamp
    mirror.update({})
    assert (mirror.root / "content/one.md").read_text() == "One.\n"
    assert not (mirror.root / "content/new").exists()
    assert not new.exists()


def test_a_folder_takes_the_place_of_a_file_and_back(mirror, site, write):
    mirror.update({})
    (site / "conf.toml").unlink()
    write(site, {"conf.toml/inner": "x"})
    mirror.update({})
    assert (mirror.root / "conf.toml/inner").read_text() == "x"
    (site / "conf.toml/inner").unlink()
    (site / "conf.toml").rmdir()
    write(site, {"conf.toml": "a = 3\n"})
    mirror.update({})
    assert (mirror.root / "conf.toml").read_text() == "a = 3\n"


def test_links_in_the_site_are_links_in_the_copy_and_others_are_copied(mirror, site, tmp_path, write):
    outside = write(tmp_path / "outside", {"theme/page.html": "theme"})
    (site / "themes").symlink_to(outside)
    (site / "latest.md").symlink_to("content/one.md")
    (site / "round").symlink_to(site)
    (site / "nowhere").symlink_to("missing")
    mirror.update({})
    assert (mirror.root / "latest.md").resolve() == (mirror.root / "content/one.md").resolve()
    assert not (mirror.root / "themes").is_symlink()
    (mirror.root / "themes/theme/page.html").write_text("changed")
    assert (outside / "theme/page.html").read_text() == "theme"
    assert (mirror.root / "round").resolve() == mirror.root.resolve()
    (site / "latest.md").unlink()
    mirror.update({})
    assert not (mirror.root / "latest.md").is_symlink()
    assert (mirror.root / "content/one.md").is_file()


def test_a_link_that_a_generator_left_is_no_way_into_the_site(mirror, site):
    mirror.update({})
    before = listing(site)
    for path in sorted((mirror.root / "content").rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    (mirror.root / "content").rmdir()
    (mirror.root / "content").symlink_to(site / "content")
    mirror.update({site / "content/one.md": "Unsaved.\n"})
    mirror.lay({site / "content/laid.md": "Laid.\n"})
    mirror.update({})
    assert listing(site) == before
    assert (mirror.root / "content/one.md").read_text() == "One.\n"
    assert not (mirror.root / "content").is_symlink()


def test_what_the_site_uses_outside_keeps_its_place(tmp_path, write):
    write(tmp_path / "repo", {"website/conf.toml": "a", "docs/page.md": "Page.", "other/big.bin": "x"})
    root = tmp_path / "repo/website"
    mirror = Mirror(root, tmp_path / "build", outside=[tmp_path / "repo/docs"])
    mirror.update({})
    assert (mirror.root / "../docs/page.md").read_text() == "Page."
    assert not (mirror.root / "../other").exists()
    assert mirror.original(mirror.inner(root / "conf.toml")) == root / "conf.toml"


def test_a_broken_note_of_what_was_copied_copies_all_again(mirror, site, tmp_path):
    mirror.update({})
    (tmp_path / "build/mirror.json").write_text('{"files": {"conf.toml": [')
    (mirror.root / "conf.toml").write_text("half")
    mirror.update({})
    assert (mirror.root / "conf.toml").read_text() == "a = 1\n"


def test_too_many_files_and_too_little_room(mirror, site, monkeypatch):
    monkeypatch.setattr(module, "MAX_FILES", 2)
    with pytest.raises(BuildError, match="too many files"):
        mirror.update({})
    monkeypatch.undo()
    monkeypatch.setattr(module, "_SPARE_BYTES", 2**62)
    with pytest.raises(BuildError, match="room"):
        mirror.update({})


def test_cancelled_before_the_end(mirror):
    with pytest.raises(Cancelled):
        mirror.update({}, cancelled=lambda: True)
    assert not files(mirror.root)


def git(folder, *words):
    done = subprocess.run(["git", *words], cwd=folder, capture_output=True, text=True, check=True, timeout=30)
    return done.stdout.strip()


@pytest.mark.parametrize("worktree", [False, True])
def test_the_copy_has_the_history_and_cannot_write_it(mirror, site, tmp_path, worktree):
    if worktree:
        main = tmp_path / "main"
        main.mkdir()
        git(main, "init", "-q")
        git(main, "commit", "-q", "--allow-empty", "-m", "Begin")
        other = tmp_path / "other"
        git(main, "worktree", "add", "-q", str(other), "-b", "work")
        (site / ".git").write_bytes((other / ".git").read_bytes())
    else:
        git(site, "init", "-q")
    git(site, "add", "content", "conf.toml")
    git(site, "commit", "-q", "-m", "Write a post")
    kept = tmp_path / "main" if worktree else site
    before = listing(kept)
    mirror.update({site / "content/one.md": "Unsaved.\n"})
    assert git(mirror.root, "log", "-1", "--format=%s", "--", "content/one.md") == "Write a post"
    assert "content/one.md" in git(mirror.root, "status", "--short")
    assert listing(kept) == before
    git(mirror.root, "commit", "-q", "-a", "-m", "Not in the site")
    # Git renews the time of an object that it would write and that is there already.
    assert {name: entry[3] for name, entry in listing(kept).items()} == {
        name: entry[3] for name, entry in before.items()
    }
    mirror.update({})
    assert git(mirror.root, "log", "-1", "--format=%s") == "Write a post"


@pytest.fixture
def led_back(mirror, site, write):
    """The copy in which a generator left a link into the site, in the place of a folder that is not copied."""
    write(site / ".cache", {"note.md": "the site's\n"})
    mirror.update({site / ".cache/note.md": "unsaved\n"})
    copy = mirror.root / ".cache"
    assert (copy / "note.md").read_text() == "unsaved\n"
    (copy / "note.md").unlink()
    copy.rmdir()
    copy.symlink_to(site / ".cache")
    return listing(site)


def test_no_unsaved_text_is_written_through_a_link_of_a_generator_s(mirror, site, led_back):
    mirror.update({site / ".cache/note.md": "unsaved again\n"})
    mirror.lay({site / ".cache/note.md": "and again\n"})
    assert listing(site) == led_back


def test_nothing_is_removed_through_a_link_of_a_generator_s(mirror, site, led_back):
    mirror.update({})
    assert listing(site) == led_back


def test_nothing_is_copied_through_a_link_of_a_generator_s(tmp_path, write):
    top = write(tmp_path / "top", {"blog/conf.toml": "a = 1\n", "shared/base.toml": "b = 1\n"})
    (top / ".git").mkdir()
    mirror = Mirror(top / "blog", tmp_path / "build", outside=[top / "shared/base.toml"])
    mirror.update({})
    copy = mirror.inner(top / "shared")
    (copy / "base.toml").unlink()
    copy.rmdir()
    copy.symlink_to(top / "shared")
    (top / "shared/base.toml").write_text("b = 22\n")
    before = listing(top)
    mirror.update({})
    assert listing(top) == before


def test_a_link_to_a_folder_around_it_is_followed_once(mirror, site, tmp_path, write):
    outside = write(tmp_path / "theme", {"a.css": "a {}\n"})
    (outside / "again").symlink_to(outside)
    (site / "theme").symlink_to(outside)
    mirror.update({})
    assert (mirror.root / "theme/a.css").is_file()
    assert not (mirror.root / "theme/again").exists()


def test_programs_of_the_site_can_be_run_in_the_copy(mirror, site):
    (site / "conf.toml").chmod(0o555)
    mirror.update({})
    assert (mirror.root / "conf.toml").stat().st_mode & 0o777 == 0o755


def test_a_folder_with_the_name_of_git_s_is_no_history(mirror, site):
    (site / ".git").mkdir()
    mirror.update({})
    assert not (mirror.root / ".git").exists()
    assert (mirror.root / "conf.toml").is_file()
