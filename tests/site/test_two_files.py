"""Posts in two files: which file says it all, and a site that reads it as the post's own."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from editor.errors import SiteError
from editor.site.find import open_site
from editor.site.publishing import plan_publish
from editor.site.two_files import meta_file, meta_stamp, site_of_meta
from editor.site.verdict import verdict

NOW = datetime(2026, 1, 2, tzinfo=UTC)
META = ".. title: One\n.. slug: one\n.. date: 2024-01-02 10:00:00 UTC\n.. status: draft\n"


@pytest.fixture
def post(tmp_path: Path) -> Path:
    (tmp_path / "conf.py").write_text(
        "BLOG_TITLE = 'x'\nPOSTS = (('posts/*.md', 'posts', 'post.tmpl'),)\n", "utf-8"
    )
    path = tmp_path / "posts/one.md"
    path.parent.mkdir()
    path.write_text("Body\n", "utf-8")
    path.with_suffix(".meta").write_text(META, "utf-8")
    return path


def test_which_file_it_is(post, tmp_path):
    site = open_site(tmp_path)
    assert meta_file(site, post) == post.with_suffix(".meta")
    assert meta_stamp(site, post) is not None
    post.with_suffix(".meta").write_text("\n", "utf-8")
    assert meta_file(site, post) is None
    post.with_suffix(".meta").unlink()
    assert meta_file(site, post) is None
    assert meta_stamp(site, post) is None


def test_another_generator_has_none(tmp_path):
    (tmp_path / "_config.yml").write_text("title: x\n", "utf-8")
    (tmp_path / "one.md").write_text("x", "utf-8")
    (tmp_path / "one.meta").write_text(META, "utf-8")
    site = open_site(tmp_path)
    assert meta_file(site, tmp_path / "one.md") is None
    assert site_of_meta(site, tmp_path / "one.md") is site


def test_what_is_not_saved_yet_decides(post, tmp_path):
    site = site_of_meta(open_site(tmp_path), post)
    assert verdict(site, post, site.read(META), NOW).state == "draft"
    changed = META.replace("draft", "published").replace("slug: one", "slug: other")
    judged = verdict(site, post, site.read(changed), NOW)
    assert (judged.state, judged.url) == ("published", "/posts/other/")
    assert site.inherited(post) == {}


def test_publishing_edits_the_other_file_and_refuses_the_text(post, tmp_path):
    whole = open_site(tmp_path)
    with pytest.raises(SiteError, match=r"one\.meta"):
        plan_publish(whole, post, whole.front_matter_of("Body\n"), NOW)
    site = site_of_meta(whole, post)
    plan = plan_publish(site, post, site.front_matter_of(META), NOW)
    text = META
    for edit in plan.edits:
        text = edit.apply(text)
    assert text == ".. title: One\n.. slug: one\n.. date: 2026-01-02 00:00:00 UTC\n.. status: published\n"
