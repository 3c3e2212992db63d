"""The watcher of a site, on real files."""

import os
import time
from pathlib import Path

import pytest
import shiboken6

from editor.site.find import open_site
from editor.ui import site_watcher
from editor.ui.settings_watcher import SettingsWatcher
from editor.ui.site_watcher import MOST_FOLDERS, SiteWatcher
from editor.ui.tasks import PoolTasks


@pytest.fixture
def tasks(qapp):
    pool = PoolTasks()
    yield pool
    pool.wait()
    shiboken6.delete(pool)  # not left to Python, which may clean up in a thread of another test's pool


@pytest.fixture
def watcher(tasks):
    made = SiteWatcher(tasks, pause_ms=20)
    yield made
    tasks.wait()
    shiboken6.delete(made)


@pytest.fixture
def blog(tmp_path):
    root = tmp_path / "blog"
    (root / "docs/posts").mkdir(parents=True)
    (root / "mkdocs.yml").write_text(
        "site_name: Small\ntheme: material\nplugins: [blog: {blog_dir: .}, meta]\n", "utf-8"
    )
    (root / "docs/posts/one.md").write_text("---\ndate: 2024-01-02\n---\n# One\n", "utf-8")
    return root


@pytest.fixture
def watch(watcher, qtbot):
    def watch_site(root):
        with qtbot.waitSignal(watcher.ready, timeout=10_000):
            watcher.watch(open_site(root))

    return watch_site


def test_a_post_that_comes_and_a_configuration_that_changes(blog, watcher, watch, qtbot):
    watch(blog)
    with qtbot.waitSignal(watcher.posts_changed):
        (blog / "docs/posts/two.md").write_text("# Two\n", "utf-8")
    with qtbot.waitSignal(watcher.configuration_changed):
        (blog / "mkdocs.yml").write_text("site_name: Other\n", "utf-8")


def test_a_configuration_that_is_replaced_is_watched_on(blog, watcher, watch, qtbot):
    watch(blog)
    for number in range(3):
        (blog / "new").write_text(f"site_name: Number {number}\n", "utf-8")
        with qtbot.waitSignal(watcher.configuration_changed):
            (blog / "new").replace(blog / "mkdocs.yml")


@pytest.mark.parametrize(
    "name",
    [
        "docs/.authors.yml",
        "docs/posts/.meta.yml",
        "base.yml",
        "copydesk.toml",
        ".pages.yml",
        "frontmatter.json",
        "static/admin/config.yml",
        ".astro/collections/blog.schema.json",
    ],
)
def test_a_file_that_the_site_would_be_read_from_and_comes_later(blog, watcher, watch, qtbot, name):
    watch(blog)
    assert blog / name not in watcher.watched()
    (blog / name).parent.mkdir(parents=True, exist_ok=True)
    with qtbot.waitSignal(watcher.configuration_changed, timeout=20_000):
        (blog / name).write_text("{}\n", "utf-8")


def test_the_description_of_posts_at_the_top_of_the_repository(blog, tmp_path, watcher, watch, qtbot):
    (tmp_path / ".git").mkdir()
    watch(blog)
    with qtbot.waitSignal(watcher.configuration_changed, timeout=20_000):
        (tmp_path / ".pages.yml").write_text("content: []\n", "utf-8")


def test_a_folder_for_a_description_that_comes_later(blog, watcher, watch, qtbot):
    (blog / "static").mkdir()
    watch(blog)
    (blog / "static/admin").mkdir()
    qtbot.waitUntil(lambda: blog / "static/admin" in watcher.watched())
    with qtbot.waitSignal(watcher.configuration_changed, timeout=20_000):
        (blog / "static/admin/config.yml").write_text("collections: []\n", "utf-8")


def test_what_changes_before_it_is_watched_is_told_once(blog, watcher, qtbot):
    begun = time.time()
    site = open_site(blog)
    os.utime(blog / "mkdocs.yml", (begun + 0.001, begun + 0.001))
    with qtbot.waitSignal(watcher.configuration_changed, timeout=20_000):
        watcher.watch(site, begun)
    with qtbot.assertNotEmitted(watcher.configuration_changed, wait=300), qtbot.waitSignal(watcher.ready):
        watcher.watch(site, begun + 1)


def test_a_clock_that_is_wrong_does_not_make_a_site_change_for_ever(blog):
    path, now = blog / "mkdocs.yml", time.time()
    os.utime(path, (now + 9000, now + 9000))
    assert not site_watcher._changed_since([str(path), str(blog / "gone")], now)
    os.utime(path, (now, now))
    assert site_watcher._changed_since([str(path)], now - 1)


def test_a_post_is_no_configuration(blog, watcher, watch, qtbot):
    watch(blog)
    told = []
    watcher.configuration_changed.connect(lambda: told.append(True))
    with qtbot.waitSignals([watcher.posts_changed, watcher.ready]):
        (blog / "docs/posts/two.md").write_text("# Two\n", "utf-8")
    assert told == []


def test_a_new_folder_is_watched_too(blog, watcher, watch, qtbot):
    watch(blog)
    (blog / "docs/posts/2025/may").mkdir(parents=True)
    qtbot.waitUntil(lambda: blog / "docs/posts/2025/may" in watcher.watched())
    with qtbot.waitSignal(watcher.posts_changed):
        (blog / "docs/posts/2025/may/two.md").write_text("# Two\n", "utf-8")


def test_what_holds_no_posts_is_not_watched(tmp_path, watcher, watch):
    for name in (".git/x", "node_modules/x", "public/x", "_site", "site", "posts/site", "posts/.old"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "link").symlink_to(tmp_path / "posts")
    watch(tmp_path)
    assert watcher.watched() == {tmp_path, tmp_path / "posts", tmp_path / "posts/site"}


def test_not_more_folders_than_a_blog_has(tmp_path, watcher, watch, monkeypatch):
    monkeypatch.setattr(site_watcher, "MOST_FOLDERS", 30)
    for outer in range(10):
        for inner in range(10):
            (tmp_path / f"{outer}/{inner}").mkdir(parents=True)
    watch(tmp_path)
    assert len(watcher.watched()) == 30
    assert {tmp_path / str(outer) for outer in range(10)} < watcher.watched()  # the nearest first


def test_a_whole_disk_does_not_keep_the_window_waiting(watcher, qtbot):
    started = time.perf_counter()
    watcher.watch(open_site(Path("/usr")))
    assert time.perf_counter() - started < 0.1
    with qtbot.waitSignal(watcher.ready, timeout=60_000):
        pass
    assert len(watcher.watched()) <= MOST_FOLDERS


def test_a_later_site_takes_the_place_of_an_earlier_one(blog, tmp_path, watcher, watch):
    (tmp_path / "other/posts").mkdir(parents=True)
    watcher.watch(open_site(blog))
    watch(tmp_path / "other")
    assert watcher.watched() == {tmp_path / "other", tmp_path / "other/posts"}


def test_snippets(blog, tmp_path, watcher, watch, qtbot):
    watch(blog)
    snippet = tmp_path / "snippet.txt"
    snippet.write_text("one", "utf-8")
    with qtbot.waitSignal(watcher.ready):
        watcher.watch_snippets([str(snippet), str(tmp_path / "gone.txt")])
    assert snippet in watcher.watched()
    for number in range(2):
        (tmp_path / "new").write_text(f"number {number}", "utf-8")
        with qtbot.waitSignal(watcher.snippets_changed):
            (tmp_path / "new").replace(snippet)
    with qtbot.waitSignal(watcher.ready):
        watcher.watch_snippets([])
    assert snippet not in watcher.watched()


def test_the_settings_file_is_watched_before_it_is_there(tmp_path, qtbot, watcher):
    path = tmp_path / "config/settings.toml"
    watcher = SettingsWatcher(path, watcher, pause_ms=20)
    with qtbot.waitSignal(watcher.changed):
        path.parent.mkdir()
        path.write_text("a = 1\n", "utf-8")
    with qtbot.waitSignal(watcher.changed):
        path.write_text("a = 22\n", "utf-8")
    (tmp_path / "new").write_text("a = 333\n", "utf-8")
    with qtbot.waitSignal(watcher.changed):
        (tmp_path / "new").replace(path)
    with qtbot.assertNotEmitted(watcher.changed, wait=100):
        (path.parent / "beside").write_text("", "utf-8")
    with qtbot.waitSignal(watcher.changed):
        path.unlink()
