"""The real generators, each on a made-up site: its pages are built and found, and the site stays as it was."""

import fcntl
import os
import shutil
import threading
import time
from pathlib import Path

import pytest

from editor.errors import BuildError, NotTrusted
from editor.site.building import build as module
from editor.site.building import programs
from editor.site.building.build import SiteBuild
from editor.site.find import open_site
from tests.site.building import sites
from tests.site.building.sites import listing

UNSAVED = "\n\nAnd this sentence about a marten was never saved to the disk.\n"


@pytest.fixture
def cache(tmp_path) -> Path:
    return tmp_path / "cache"


def page_of(site, result, path, text):
    return result.page_of(path, site.publication(path, site.read(text)).url, text)


@pytest.mark.parametrize("generator", sites.SITES)
def test_every_post_has_its_page_and_the_site_is_as_it_was(generator, site_of, cache):
    folder = site_of(generator)
    site = open_site(folder, trust=True)
    assert site.generator == generator
    before = listing(folder)
    packages = sites.node_modules(generator) if generator in sites.NODE else None
    names = sorted(packages.iterdir()) if packages else []
    unsaved = folder / next(iter(sites.posts(generator)))
    texts = {unsaved: unsaved.read_text("utf-8") + UNSAVED}
    said: list[str] = []

    result = SiteBuild(site, cache).run(texts, said.append)

    assert result.succeeded, result.output
    assert not result.cancelled
    assert result.problems == ()
    assert listing(folder) == before
    assert (sorted(packages.iterdir()) if packages else []) == names
    assert not any(str(cache / "builds") in line and "site/" in line for line in said[2:])
    for name, animal in sites.posts(generator).items():
        path = folder / name
        text = texts.get(path) or path.read_text("utf-8")
        page = page_of(site, result, path, text)
        assert page is not None, name
        assert page.is_relative_to(result.folder)
        assert page.name != "index.html" or page.parent != result.folder  # not the home page
        html = page.read_text("utf-8")
        assert f"The quick {animal} jumps" in html
        assert ("never saved to the disk" in html) == (path == unsaved)
        assert result.file_at(result.address_of(page)) == page


def test_the_next_build_takes_what_changed(site_of, cache):
    folder = site_of("hugo")
    site = open_site(folder, trust=True)
    build = SiteBuild(site, cache)
    post = folder / "content/posts/post.md"
    first = build.run({post: post.read_text("utf-8") + UNSAVED})
    page = first.folder / "posts/post/index.html"
    assert "marten" in page.read_text("utf-8")
    (folder / "content/posts/draft.md").unlink()
    second = build.run()
    assert second.folder == first.folder == build.folder
    assert "marten" not in page.read_text("utf-8")
    assert not (second.folder / "posts/draft").exists()
    assert sorted(entry.name for entry in build.folder.parent.iterdir()) == [
        "lock",
        "mirror.json",
        "pages",
        "site",
    ]


def test_pages_of_the_last_build_stay_when_one_fails(site_of, cache):
    folder = site_of("hugo")
    build = SiteBuild(open_site(folder, trust=True), cache)
    assert build.run().succeeded
    broken = {folder / "content/posts/post.md": "---\ntitle: a: b\n---\n"}
    result = build.run(broken)
    assert not result.succeeded
    assert result.problems
    assert (result.folder / "posts/post/index.html").is_file()


def test_addresses_of_the_site(site_of, cache):
    folder = site_of("hugo")
    result = SiteBuild(open_site(folder, trust=True), cache).run()
    assert result.site_addresses == ("https://example.org", "http://example.org")
    assert result.prefix == "/h/"
    page = result.file_at("/h/posts/post/")
    assert page == result.folder / "posts/post/index.html"
    assert b'href="https://example.org/h/css/site.css"' in page.read_bytes()
    shown = result.localized(page.read_bytes(), "copydesk://published")
    assert b'href="copydesk://published/h/css/site.css"' in shown
    assert result.file_at("/h/css/site.css?v=1#x") == result.folder / "css/site.css"
    assert result.file_at("/h/../../site/hugo.toml") is None


def test_what_the_site_builds_by_itself_is_not_built_again(site_of, cache):
    folder = site_of("hugo", {"public/old.html": "<p>old</p>", "resources/_gen/x": "x"})
    before = listing(folder)
    result = SiteBuild(open_site(folder, trust=True), cache).run()
    assert result.succeeded
    assert not list(cache.rglob("old.html"))
    assert list(cache.rglob("resources/_gen/x"))
    assert listing(folder) == before


def test_not_without_trust(site_of, cache):
    folder = site_of(
        "mkdocs", {"mkdocs.yml": "site_name: x\nhooks: [hook.py]\n", "hook.py": "open('ran', 'w')\n"}
    )
    with pytest.raises(NotTrusted, match="trust"):
        SiteBuild(open_site(folder), cache).run()
    assert not cache.exists()
    assert not (folder / "ran").exists()


def test_a_folder_that_nothing_builds(tmp_path, cache):
    (tmp_path / "a.md").write_text("# A\n")
    with pytest.raises(BuildError, match="No generator"):
        SiteBuild(open_site(tmp_path, trust=True), cache).run()


def test_a_generator_that_is_not_there(tmp_path, cache, write, monkeypatch):
    folder = write(tmp_path / "site", {"hugo.toml": "title = 'x'\n", "content/a.md": "# A\n"})
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(BuildError, match=r"hugo is not installed.*https://gohugo\.io/installation/"):
        SiteBuild(open_site(folder, trust=True), cache).run()


def with_own_mkdocs(write, folder, script):
    """Write a site with an environment of its own, whose mkdocs is a script of the shell."""
    folder = write(
        folder,
        {
            "mkdocs.yml": "site_name: x\n",
            "docs/a.md": "# A\n",
            ".venv/pyvenv.cfg": "home = /usr\n",
            ".venv/lib/python3.11/site-packages/markdown/__init__.py": "",
            ".venv/bin/mkdocs": "#!/bin/sh\n" + script,
            ".venv/bin/python": "#!/bin/sh\n" + script,
        },
    )
    for name in ("mkdocs", "python"):
        (folder / ".venv/bin" / name).chmod(0o755)
    return folder


def test_the_program_of_the_site_goes_first(tmp_path, cache, write, monkeypatch):
    """A stand-in: which program is taken is what counts here."""
    script = 'while [ "$1" != --site-dir ]; do shift; done\nmkdir -p "$2"\n'
    script += 'env > "$2/env.txt"; pwd > "$2/pwd.txt"; echo own > "$2/a.html"\n'
    folder = with_own_mkdocs(write, tmp_path / "site", script)
    monkeypatch.setenv("COPYDESK_SECRET", "x")
    monkeypatch.setenv("SITE_TOKEN", "kept")
    result = SiteBuild(open_site(folder, trust=True), cache).run()
    assert result.succeeded, result.output
    assert (result.folder / "a.html").read_text() == "own\n"
    assert not (result.folder / "pwd.txt").read_text().startswith(str(folder))
    environment = (result.folder / "env.txt").read_text()
    assert "COPYDESK" not in environment
    assert "SITE_TOKEN=kept" in environment


@pytest.mark.parametrize(("told", "written"), [("", True), ("1", False)])
def test_python_keeps_its_modules_in_the_cache_unless_it_is_to_keep_none(
    told, written, tmp_path, monkeypatch
):
    """It looks nowhere else for them, and would translate every module at every build."""
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", told)
    monkeypatch.delenv("PYTHONPYCACHEPREFIX", raising=False)
    environment = programs.environment(tmp_path, {"MORE": "x"})
    assert environment.get("PYTHONPYCACHEPREFIX") == (str(tmp_path / "python") if written else None)
    assert environment["MORE"] == "x"


SLOW = {
    "hook.py": (
        "import pathlib, subprocess, sys, time\n"
        "def on_config(config):\n"
        "    child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'])\n"
        "    print('child', child.pid, flush=True)\n"
        "    time.sleep(60)\n"
    ),
    "mkdocs.yml": "site_name: x\nhooks: [hook.py]\n",
}


def is_running(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="there is no /proc to look processes up in")
@pytest.mark.parametrize("by", ["cancel", "limit"])
def test_a_build_that_is_ended_ends_all_that_it_started(by, site_of, cache, tmp_path, write):
    """For the limit a stand-in, which needs no time to start and so no long limit."""
    if by == "limit":
        script = "sleep 60 &\necho child $!\nsleep 60\n"
        folder = with_own_mkdocs(write, tmp_path / "site", script)
    else:
        folder = site_of("mkdocs", SLOW)
    stop = threading.Event()
    children = []

    def heard(line):
        if line.startswith("child "):
            children.append(int(line.split()[1]))
            if by == "cancel":
                stop.set()

    started = time.monotonic()
    build = SiteBuild(open_site(folder, trust=True), cache, limit=2 if by == "limit" else 60)
    result = build.run(progress=heard, cancelled=stop)
    assert time.monotonic() - started < 50
    assert not result.succeeded
    assert result.cancelled == (by == "cancel")
    assert [problem.message[:20] for problem in result.problems] == (
        [] if by == "cancel" else ["The build took longe"]
    )
    [child] = children
    assert not is_running(child)


def test_cancelled_while_another_window_builds_the_site(site_of, cache):
    build = SiteBuild(open_site(site_of("hugo"), trust=True), cache)
    stop = threading.Event()
    stop.set()
    with build._alone(threading.Event()):
        result = build.run(cancelled=stop)
    assert result.cancelled
    assert not result.succeeded


def test_copies_of_sites_not_built_for_long_are_removed(site_of, cache, monkeypatch):
    monkeypatch.setattr(module, "KEPT_SITES", 2)
    for number in range(4):
        old = cache / f"builds/old-{number}"
        old.mkdir(parents=True)
        (old / "lock").touch()
        os.utime(old, (number + 1, number + 1))
    (cache / "builds/python").mkdir()
    SiteBuild(open_site(site_of("hugo"), trust=True), cache).run()
    left = {folder.name for folder in (cache / "builds").iterdir()}
    assert {name for name in left if name.startswith("old")} == {"old-3"}
    assert "python" in left


def old_builds(cache, count, size=0):
    """Make copies of sites as they are in the cache, the last one the newest."""
    for number in range(count):
        old = cache / f"builds/old-{number}"
        old.mkdir(parents=True)
        (old / "lock").touch()
        (old / "page").write_bytes(b"x" * size)
        (old / "link").symlink_to("/dev/zero")
        os.utime(old, (number + 1, number + 1))


def test_the_oldest_are_removed_where_all_take_too_much_room(site_of, cache, monkeypatch):
    monkeypatch.setattr(module, "KEPT_BYTES", 2500)
    old_builds(cache, 4, 1000)
    SiteBuild(open_site(site_of("hugo"), trust=True), cache)._remove_old()
    assert {folder.name for folder in (cache / "builds").iterdir()} == {"old-2", "old-3"}


def test_a_copy_that_another_window_builds_in_is_not_removed(site_of, cache, monkeypatch):
    monkeypatch.setattr(module, "KEPT_SITES", 0)
    old_builds(cache, 3)
    with (cache / "builds/old-1/lock").open("ab") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        SiteBuild(open_site(site_of("hugo"), trust=True), cache)._remove_old()
        assert {folder.name for folder in (cache / "builds").iterdir()} == {"old-1"}


def test_the_copy_of_the_site_itself_is_not_removed(site_of, cache, monkeypatch):
    monkeypatch.setattr(module, "KEPT_SITES", 0)
    monkeypatch.setattr(module, "KEPT_BYTES", 0)
    build = SiteBuild(open_site(site_of("hugo"), trust=True), cache)
    with build._alone(threading.Event()):
        build._remove_old()
        assert (build._folder / "lock").is_file()


@pytest.mark.parametrize(
    ("gem", "program"), [("jekyll", "bundle exec jekyll"), ("no-such-gem-there-is", "jekyll")]
)
def test_jekyll_by_bundler_where_it_has_what_the_gemfile_asks_for(gem, program, site_of, cache):
    folder = site_of("jekyll", {"Gemfile": f'source "https://rubygems.org"\ngem "{gem}"\n'})
    if shutil.which("bundle") is None:
        pytest.skip("Bundler is not installed")
    before = listing(folder)
    said: list[str] = []
    result = SiteBuild(open_site(folder, trust=True), cache).run(progress=said.append)
    assert result.succeeded, result.output
    assert said[1].startswith(f"{program} build ")
    assert listing(folder) == before
