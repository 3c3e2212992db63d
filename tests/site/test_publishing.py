"""Publish and Unpublish as plans: which bytes change, where the file goes, what is refused."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from editor.errors import FrontMatterError, SiteError
from editor.post import front_matter
from editor.site.date_style import as_written_like, read_date
from editor.site.find import open_site
from editor.site.index import read_posts
from editor.site.publishing import Move, move_file, plan_publish, plan_unpublish, plan_update

NOW = datetime(2026, 11, 23, 10, 5, 7, tzinfo=timezone(timedelta(hours=2)))
MATERIAL = {"mkdocs.yml": "site_name: x\ntheme: {name: material}\nplugins: [meta, blog]\n"}
POSTS = "docs/blog/posts/"
JEKYLL = {"_config.yml": "title: x\n", "_posts/2025-01-01-old.md": "---\ntitle: Old\n---\nText.\n"}
HEXO = {"_config.yml": "title: x\nnew_post_name: :title.md\nsource_dir: source\npermalink: :title/\n"}


def post(header, body="\n# Title\n\nText.\n"):
    return f"---\n{header}\n---\n{body}"


@pytest.fixture
def planned(tmp_path, write):
    """Give a function: the plan of an act for the file `path` with this text, and the text after it."""

    def plan(act, files, path, text, **options):
        folder = write(tmp_path / "site", {**files, path: text})
        site = open_site(folder)
        made = act(site, site.root / path, site.front_matter_of(text), NOW, **options)
        return (made, made.apply(text)) if made is not None else (None, text)

    return plan


@pytest.fixture
def header(planned):
    """Give a function: the front matter of a Material post after an act."""

    def after(act, text, others=(), **options):
        files = {**MATERIAL, **{f"{POSTS}other-{n}.md": post(other) for n, other in enumerate(others)}}
        _plan, changed = planned(act, files, POSTS + "x.md", post(text), **options)
        assert changed.endswith("---\n\n# Title\n\nText.\n")
        return changed.removeprefix("---\n").partition("\n---\n")[0]

    return after


SAYS = ["date: 2025-01-01\ndraft: false"] * 3
SAYS_NOT = ["date: 2025-01-01"] * 3


def test_the_mark_is_changed_where_the_site_says_no_draft(header):
    assert header(plan_publish, "date: 2026-11-23\ndraft: true\ntags: [a]", SAYS) == (
        "date: 2026-11-23\ndraft: false\ntags: [a]"
    )


def test_the_mark_goes_where_the_site_says_nothing(header):
    assert header(plan_publish, "date: 2026-11-23\ndraft: true\ntags: [a]", SAYS_NOT) == (
        "date: 2026-11-23\ntags: [a]"
    )


def test_a_comment_keeps_the_mark(header):
    found = header(plan_publish, "date: 2026-11-23\ndraft: true   # until the second run", SAYS_NOT)
    assert found == "date: 2026-11-23\ndraft: false   # until the second run"


def test_what_a_folder_hands_down_is_overruled(planned):
    files = {**MATERIAL, POSTS + ".meta.yml": "draft: true\n", POSTS + "o.md": post("date: 2025-01-01")}
    plan, text = planned(plan_publish, files, POSTS + "x.md", post("date: 2026-11-23"))
    assert text == post("date: 2026-11-23\ndraft: false")
    assert plan.sentences[0] == "Published at /blog/2026/11/23/title/ with the next build"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("date: 2025-10-11", "date: 2026-11-23"),
        ("date: '2025-10-11'", "date: '2026-11-23'"),
        ("date: 2025-10-11 08:00:00  # noted", "date: 2026-11-23 10:05:07  # noted"),
        ("date: 2025-10-11T08:00:00Z", "date: 2026-11-23T08:05:07Z"),
        ("date: 2025-10-11T08:00:00-0500", "date: 2026-11-23T10:05:07+0200"),
        (
            "date:\n  created: 2025-10-11\n  updated: 2025-10-12",
            "date:\n  created: 2026-11-23\n  updated: 2025-10-12",
        ),
        ("date: 2027-03-01", "date: 2027-03-01"),
        ("date: 2026-11-23 07:00:00", "date: 2026-11-23 07:00:00"),
    ],
)
def test_a_past_date_becomes_today_as_it_is_written(header, before, after):
    assert header(plan_publish, f"{before}\ndraft: true", SAYS) == f"{after}\ndraft: false"


def test_the_earlier_date_is_told_and_can_be_kept(planned, header):
    text = post("date: 2025-10-11\ndraft: true")
    plan, _text = planned(plan_publish, MATERIAL, POSTS + "x.md", text)
    assert plan.earlier_date == "11 Oct 2025"
    assert header(plan_publish, "date: 2025-10-11\ndraft: true", SAYS, keep_date=True) == (
        "date: 2025-10-11\ndraft: false"
    )


@pytest.mark.parametrize(
    ("habit", "after"),
    [
        ("date: 2025-01-01", "date: 2026-11-23"),
        ("date: 2025-01-01 10:00:00", "date: 2026-11-23 10:05:07"),
        ("date:\n  created: 2025-01-01", "date:\n  created: 2026-11-23"),
    ],
)
def test_a_missing_date_is_written_as_the_others_are(header, habit, after):
    found = header(plan_publish, "title: T\ndraft: true", [f"title: O\n{habit}\ndraft: false"] * 3)
    assert found == f"title: T\n{after}\ndraft: false"


def test_a_post_to_come_waits_where_the_site_lets_it(planned):
    config = "site_name: x\ntheme: {name: material}\nplugins: [blog: {draft_if_future_date: true}]\n"
    files = {"mkdocs.yml": config, **{f"{POSTS}o{n}.md": post(SAYS[0]) for n in range(3)}}
    plan, text = planned(plan_publish, files, POSTS + "x.md", post("date: 2027-01-01\ndraft: true"))
    assert text == post("date: 2027-01-01")
    assert plan.sentences[0].startswith("No draft any more")


def test_a_moment_without_zone_is_written_in_utc_where_it_would_wait(planned):
    files = {"hugo.toml": 'baseURL = "https://example.org/"\n'}
    text = post("title: T\ndate: 2025-01-01T10:00:00\ndraft: true")
    _plan, changed = planned(plan_publish, files, "content/posts/x.md", text)
    assert "date: 2026-11-23T08:05:07\n" in changed


def test_unpublish_marks_the_draft_and_changes_nothing_else(header):
    assert (
        header(plan_unpublish, "date: 2025-10-11\ndraft: false  # yes", SAYS)
        == "date: 2025-10-11\ndraft: true  # yes"
    )
    assert (
        header(plan_unpublish, "date: 2025-10-11\ntags: [a]", SAYS)
        == "date: 2025-10-11\ndraft: true\ntags: [a]"
    )


def test_publish_and_unpublish_give_the_bytes_back(header):
    first = "date: 2026-11-23\ndraft: true\ntags:   [ a ]  # x"
    assert header(plan_unpublish, header(plan_publish, first, SAYS), SAYS) == first


def test_crlf_and_everything_else_stay(planned):
    text = post("date: 2025-10-11\ndraft: true").replace("\n", "\r\n")
    _plan, changed = planned(plan_publish, MATERIAL, POSTS + "x.md", text)
    assert changed == text.replace("2025-10-11", "2026-11-23").replace("true", "false")


def test_a_post_without_front_matter_gets_one(planned):
    _plan, changed = planned(plan_publish, MATERIAL, POSTS + "x.md", "# Title\n\nText.\n")
    assert changed.startswith("---\ndate: 2026-11-23\n---\n")
    assert changed.endswith("# Title\n\nText.\n")


def test_toml_is_written_as_toml(planned):
    files = {"config.toml": 'base_url = "https://example.org"\n'}
    text = "+++\ntitle = 'A'\ndate = 2025-01-01\ndraft = true # yet\n+++\n\nText.\n"
    plan, changed = planned(plan_publish, files, "content/blog/a.md", text)
    assert changed == text.replace("2025-01-01", "2026-11-23").replace("true", "false")
    assert plan.move is None


@pytest.mark.parametrize(
    ("before", "updated"),
    [
        ("date:\n  created: 2025-10-11\n  updated: 2025-10-12", "2026-11-23"),
        ("date:\n  created: 2025-10-11 08:00:00", "2026-11-23 10:05:07"),
    ],
)
def test_updated_is_set_where_the_site_has_the_habit(header, before, updated):
    habit = ["date:\n  created: 2025-01-01\n  updated: 2025-02-01"] * 3
    assert (
        header(plan_update, before, habit)
        == f"{before.partition(chr(10) + '  updated')[0]}\n  updated: {updated}"
    )


def test_updated_is_not_offered_without_the_habit(planned):
    assert planned(plan_update, MATERIAL, POSTS + "x.md", post("date: 2025-10-11"))[0] is None
    text = post("date:\n  created: 2025-10-11\n  updated: 2026-11-23")
    assert planned(plan_update, MATERIAL, POSTS + "x.md", text)[0] is None  # it is today already


def test_a_jekyll_draft_becomes_a_post_of_today(planned):
    plan, changed = planned(plan_publish, JEKYLL, "_drafts/sub/new-one.md", post("title: New"))
    assert changed == post("title: New")
    assert (
        plan.move.target.relative_to(plan.move.source.parents[2]).as_posix()
        == "_posts/sub/2026-11-23-new-one.md"
    )
    assert plan.sentences == (
        "Published at /2026/11/23/new-one.html with the next build",
        "Moved to _posts/sub/2026-11-23-new-one.md",
    )


def test_a_jekyll_draft_with_a_date_moves_to_it(planned):
    plan, changed = planned(plan_publish, JEKYLL, "_drafts/2026-12-24-x.md", post("date: 2026-12-24"))
    assert plan.move.target.name == "2026-12-24-x.md"
    assert changed == post("date: 2026-12-24")
    plan, changed = planned(plan_publish, JEKYLL, "_drafts/y.md", post("date: 2025-01-01 10:00:00 +0100"))
    assert plan.move.target.name == "2026-11-23-y.md"
    assert changed == post("date: 2026-11-23 10:05:07 +0200")


def test_pelican_lines_are_edited_as_lines(planned):
    files = {
        "pelicanconf.py": "SITENAME = 'x'\nPATH = 'content'\nTIMEZONE = 'UTC'\n",
        "content/o.md": "Title: O\nDate: 2025-01-01 10:00\nStatus: published\n\nText.\n",
    }
    text = "Title: A\nDate: 2025-01-01 10:00\nStatus: draft\n\nText.\n"
    plan, changed = planned(plan_publish, files, "content/a.md", text)
    assert changed == "Title: A\nDate: 2026-11-23 10:05\nStatus: published\n\nText.\n"
    assert plan.sentences[0] == "Published at /a.html with the next build"
    published = text.replace("Status: draft\n", "")
    assert planned(plan_unpublish, files, "content/a.md", published)[1].count("tatus: draft\n") == 1


NIKOLA = {"conf.py": "BLOG_TITLE = 'x'\nPOSTS = (('posts/*.md', 'posts', 'post.tmpl'),)\n"}


def test_a_nikola_comment_is_edited_as_one(planned):
    text = "<!--\n.. title: A\n.. slug: a\n.. date: 2025-01-01 10:00:00 UTC\n.. status: draft\n-->\n\nText.\n"
    plan, changed = planned(plan_publish, NIKOLA, "posts/a.md", text)
    assert plan.sentences[0] == "Published at /posts/a/ with the next build"
    assert changed == text.replace("2025-01-01 10:00:00", "2026-11-23 08:05:07").replace(
        "status: draft", "status: published"
    )


def test_metadata_beside_a_nikola_post_is_refused(planned):
    files = {**NIKOLA, "posts/a.meta": ".. title: A\n.. status: draft\n"}
    with pytest.raises(SiteError, match=r"a\.meta"):
        planned(plan_publish, files, "posts/a.md", "Text.\n")


def test_a_hidden_jekyll_post_stays_where_it_is(planned):
    plan, changed = planned(
        plan_publish, JEKYLL, "_posts/2025-02-02-x.md", post("title: X\npublished: false")
    )
    assert plan.move is None
    assert changed == post("title: X")


def test_unpublish_moves_back_where_there_are_drafts(planned):
    files = {**JEKYLL, "_drafts/other.md": post("title: O")}
    plan, changed = planned(plan_unpublish, files, "_posts/2025-02-02-x.md", post("title: X"))
    assert plan.move.target.name == "x.md"
    assert plan.move.target.parent.name == "_drafts"
    assert changed == post("title: X\ndate: 2025-02-02")  # the name loses it


def test_unpublish_hides_where_there_are_no_drafts(planned):
    plan, changed = planned(plan_unpublish, JEKYLL, "_posts/2025-02-02-x.md", post("title: X"))
    assert plan.move is None
    assert "published: false\n" in changed


def test_hexo_drafts_keep_their_names(planned):
    files = {**HEXO, "source/_posts/o.md": post("title: O\ndate: 2025-01-01 10:00:00")}
    plan, changed = planned(plan_publish, files, "source/_drafts/x.md", post("title: X"))
    assert plan.move.target.as_posix().endswith("source/_posts/x.md")
    assert changed == post("title: X\ndate: 2026-11-23 10:05:07")


def test_the_pictures_of_a_hexo_post_go_with_it(tmp_path, write):
    folder = write(
        tmp_path, {**HEXO, "source/_drafts/x.md": post("title: X"), "source/_drafts/x/a.png": "picture"}
    )
    site = open_site(folder)
    path = folder / "source/_drafts/x.md"
    move = plan_publish(site, path, site.front_matter_of(path.read_text("utf-8")), NOW).move
    move_file(move)
    assert (folder / "source/_posts/x/a.png").read_text("utf-8") == "picture"
    assert not (folder / "source/_drafts/x").exists()
    move_file(move.back())
    assert (folder / "source/_drafts/x/a.png").is_file()
    (folder / "source/_posts/x").mkdir()
    with pytest.raises(SiteError, match="already"):
        move_file(move)
    assert path.is_file()
    assert (folder / "source/_drafts/x/a.png").is_file()


def test_a_file_in_the_way_is_refused(planned):
    files = {**JEKYLL, "_posts/2026-11-23-x.md": post("title: There")}
    with pytest.raises(SiteError, match=r"2026-11-23-x\.md in _posts already"):
        planned(plan_publish, files, "_drafts/x.md", post("title: X"))


def test_what_can_not_be_edited_is_refused(planned):
    with pytest.raises(FrontMatterError):
        planned(plan_publish, MATERIAL, POSTS + "x.md", post("a: b: c\ndraft: true"))


def test_a_file_is_moved_and_never_over_another(tmp_path):
    source, target = tmp_path / "_drafts/x.md", tmp_path / "_posts/deep/y.md"
    source.parent.mkdir()
    source.write_bytes(b"text\r\n")
    move = Move(source, target)
    move_file(move)
    assert not source.exists()
    assert target.read_bytes() == b"text\r\n"
    source.write_bytes(b"another")
    with pytest.raises(SiteError, match=r"x\.md in _drafts already"):
        move_file(move.back())
    assert (source.read_bytes(), target.read_bytes()) == (b"another", b"text\r\n")
    source.unlink()
    target.unlink()
    with pytest.raises(SiteError, match="can't be moved"):
        move_file(move)


def test_a_file_is_moved_on_a_disk_without_hard_links(tmp_path, monkeypatch):
    def refused(*_paths):
        raise PermissionError("no links here")

    monkeypatch.setattr("editor.site.publishing.os.link", refused)
    source, target = tmp_path / "x.md", tmp_path / "y.md"
    source.write_text("x", "utf-8")
    move_file(Move(source, target))
    assert target.read_text("utf-8") == "x"
    source.write_text("again", "utf-8")
    with pytest.raises(SiteError):
        move_file(Move(source, target))
    assert target.read_text("utf-8") == "x"


def test_what_was_planned_is_what_the_real_build_does(tmp_path, write, built):
    headers = {
        "draft": "date: 2024-01-31\ndraft: true",
        "no-date": "draft: true",
        "map": "date:\n  created: 2024-01-31 10:00:00\ndraft: true",
        "none": "",
    }
    texts = {name: post(text, f"\n# {name}\n") if text else f"# {name}\n" for name, text in headers.items()}
    folder = write(
        tmp_path,
        {
            **MATERIAL,
            "docs/index.md": "# S\n",
            "docs/blog/index.md": "# B\n",
            POSTS + "o.md": post("date: 2024-01-31"),
        },
    )
    write(folder, {f"{POSTS}{name}.md": text for name, text in texts.items()})
    site = open_site(folder)
    now = datetime.now().astimezone()
    plans = {}
    for name, text in texts.items():
        plans[name] = plan_publish(site, folder / POSTS / f"{name}.md", front_matter.read(text), now)
    write(folder, {f"{POSTS}{name}.md": plan.apply(texts[name]) for name, plan in plans.items()})
    [pages] = built(folder)
    for name, plan in plans.items():
        assert plan.sentences[0] == f"Published at {pages[f'blog/posts/{name}.md']} with the next build"
    back = {}
    for summary in read_posts(site):
        text = summary.path.read_text("utf-8")
        back[summary.path.name] = plan_unpublish(site, summary.path, front_matter.read(text), now).apply(text)
    write(folder, {POSTS + name: text for name, text in back.items()})
    [pages] = built(folder)
    assert set(pages) == {"index.md", "blog/index.md"}


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("2025-10-11", "2026-11-23"),
        ("2013/7/13 20:46:25", "2026/11/23 10:05:07"),
        ("2012-09-15 19:52:05 UTC", "2026-11-23 08:05:07 UTC"),
        ("2010-12-03 10:20", "2026-11-23 10:05"),
        ("2025-10-11T08:00:00.000Z", "2026-11-23T08:05:07Z"),
        ("'2025-10-11 08:00:00 +0100'", "'2026-11-23 10:05:07 +0200'"),
        ("15 Oct 2023", None),
    ],
)
def test_dates_are_written_like_others(text, after):
    assert as_written_like(text, NOW) == after


@pytest.mark.parametrize(
    ("value", "meaning"),
    [
        ("2025-10-11", date(2025, 10, 11)),
        ("2013/7/13 20:46:25", datetime(2013, 7, 13, 20, 46, 25)),
        ("2025-10-11T08:00:00Z", datetime(2025, 10, 11, 8, tzinfo=UTC)),
        ("2025-02-30", None),
        ("2025-10-11 08:00 +9900", None),
        (20251011, None),
        (date(2025, 1, 1), date(2025, 1, 1)),
    ],
)
def test_dates_are_read(value, meaning):
    assert read_date(value) == meaning
