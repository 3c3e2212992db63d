"""What the verdict says of a post, and that it is what the real generator then does with it."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from editor.site.find import open_site
from editor.site.verdict import verdict

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=timezone(timedelta(hours=2)))
POSTS = "docs/blog/posts/"


def post(header, body="# Some title\n\nText.\n"):
    return f"---\n{header}\n---\n\n{body}" if header else body


@pytest.fixture
def judged(tmp_path, write):
    """Give a function: the verdict on the file `path` with this text, in a site of these other files."""

    def judge(path, text, **files):
        folder = write(tmp_path / "site", {**files, path: text})
        site = open_site(folder)
        return verdict(site, site.root / path, site.read(text), NOW)

    return judge


@pytest.fixture
def material(judged):
    def judge(header, options="", **others):
        config = f"site_name: x\ntheme: {{name: material}}\nplugins: [meta, blog: {{{options}}}]\n"
        return judged(POSTS + "x.md", post(header), **{"mkdocs.yml": config, **others})

    return judge


def test_a_published_post_says_where(material):
    found = material("date: 2025-10-11\nslug: x\ndraft: false")
    assert found.line == "Published at /blog/2025/10/11/x/"
    assert (found.tone, found.headline) == ("good", "Published")
    assert found.sentence == "at /blog/2025/10/11/x/ on the next build"
    assert found.facts == "date 11 Oct 2025, draft: false"
    assert (found.can_publish, found.can_unpublish) == (False, True)


def test_a_draft_is_hidden_and_says_where_it_would_be(material):
    found = material("date: 2025-10-11\nslug: x\ndraft: true")
    assert (found.tone, found.line) == ("neutral", "Hidden: draft")
    assert "/blog/2026/11/23/x/" in found.sentence  # the date becomes today's
    assert (found.published, found.can_publish, found.can_unpublish) == (False, True, False)


def test_a_date_to_come_is_ignored(material):
    found = material("date: 2099-01-01")
    assert found.line == "Public now although dated 2099: Material ignores future dates"
    assert found.tone == "warn"
    assert found.published


@pytest.mark.parametrize(
    ("date", "line"),
    [
        ("2026-11-23 14:00:00", "Publishes in 6 hours (build server assumed UTC)"),
        ("2026-11-23T14:00:00+02:00", "Publishes in 4 hours"),
        ("2026-11-23 08:45:00", "Publishes in 45 minutes (build server assumed UTC)"),
        ("2026-11-28", "Publishes in 5 days (build server assumed UTC)"),
        ("2099-01-01", "Publishes on 1 Jan 2099 (build server assumed UTC)"),
    ],
)
def test_a_date_that_is_waited_for(material, date, line):
    found = material(f"date: {date}", "draft_if_future_date: true")
    assert found.line == line
    assert (found.tone, found.published, found.can_unpublish) == ("warn", False, True)


def test_no_draft_is_not_waited_for(material):
    found = material("date: 2099-01-01\ndraft: false", "draft_if_future_date: true")
    assert found.line == "Public now although dated 2099: `draft: false` publishes it whatever its date"


def test_drafts_that_the_configuration_publishes(material):
    found = material("date: 2025-01-01\ndraft: true", "draft: true")
    assert found.line.startswith("Public now although a draft")
    assert (found.tone, found.published, found.can_publish) == ("warn", True, True)


@pytest.mark.parametrize("field", ["status: draft", "published: false", "Draft: true"])
def test_a_mark_of_another_generator_is_ignored(material, field):
    found = material(f"date: 2025-01-01\n{field}")
    assert found.line == f"Published: Material ignores `{field}`, it reads `draft`"
    assert (found.tone, found.published, found.can_unpublish) == ("warn", True, True)


@pytest.mark.parametrize("field", ["status: new", "published: true", "draft: false"])
def test_what_hides_nothing_is_no_mark(material, field):
    assert material(f"date: 2025-01-01\n{field}").tone == "good"


def test_a_failing_build_says_why(material):
    found = material("title: x")
    assert found.line == "The build fails: the post needs a date" or found.line.endswith(
        "The post needs a date"
    )
    assert (found.tone, found.published, found.can_publish) == ("bad", False, False)


def test_a_draft_that_fails_for_its_date_can_be_published(material):
    assert material("title: x\ndraft: true").tone == "bad"
    assert material("title: x\ndraft: true").can_publish


def test_what_can_not_be_read_can_not_be_published(material):
    found = material("a: b: c\ndraft: true")
    assert found.tone == "bad"
    assert not found.can_publish


def test_a_draft_that_will_fail_warns(material):
    found = material("date: 2025-01-01\nauthors: [nobody]\ndraft: true")
    assert found.line == "Hidden: draft"
    assert any("nobody" in reason for reason in found.reasons)
    assert found.can_publish


def test_a_draft_by_its_folder(material):
    found = material("date: 2025-01-01", **{POSTS + ".meta.yml": "draft: true\n"})
    assert found.line == "Hidden: draft"
    assert found.facts == "date 1 Jan 2025, draft: true handed down"
    assert found.can_publish


def test_what_the_configuration_leaves_out(judged):
    config = "site_name: x\nexclude_docs: no.md\ndraft_docs: later.md\n"
    hidden = judged("docs/no.md", "# No\n", **{"mkdocs.yml": config})
    assert hidden.line.startswith("Hidden: exclude_docs")
    later = judged("docs/later.md", "# Later\n", **{"mkdocs.yml": config})
    assert later.line == "Hidden: draft"
    assert "draft_docs" in later.reasons[0]
    assert not later.can_publish


def test_a_folder_without_generator_promises_nothing(judged):
    found = judged("a.md", post("title: x"))
    assert (found.tone, found.headline) == ("neutral", "No draft")


ROWS = {
    "hugo": ("hugo.toml", 'baseURL = "https://example.org/"\n'),
    "jekyll": ("_config.yml", "title: x\n"),
    "hexo": ("_config.yml", "title: x\nnew_post_name: :title.md\nsource_dir: source\npermalink: :title/\n"),
    "pelican": ("pelicanconf.py", "SITENAME = 'x'\nPATH = 'content'\nTIMEZONE = 'UTC'\n"),
    "nikola": ("conf.py", "BLOG_TITLE = 'x'\nPOSTS = (('posts/*.md', 'posts', 'post.tmpl'),)\n"),
    "zola": ("config.toml", 'base_url = "https://example.org"\n'),
    "eleventy": (".eleventy.js", "module.exports = function (c) { return {dir: {input: 'src'}} }\n"),
}
NIKOLA = "<!--\n.. title: A\n.. slug: a\n.. date: {} UTC\n{}-->\n\nText.\n"


@pytest.mark.parametrize(
    ("generator", "path", "text", "line"),
    [
        ("hugo", "content/posts/a.md", post("draft: true"), "Hidden: draft"),
        (
            "hugo",
            "content/posts/a.md",
            post("date: 2099-01-01"),
            "Publishes on 1 Jan 2099 (build server assumed UTC)",
        ),
        (
            "hugo",
            "content/posts/a.md",
            post("publishDate: 2026-11-30\ndate: 2025-01-01"),
            "Publishes in 7 days",
        ),
        ("hugo", "content/posts/a.md", post("expiryDate: 2025-01-01"), "Hidden: it expired on 1 Jan 2025"),
        (
            "hugo",
            "content/posts/a.md",
            post("build:\n  render: never"),
            "Hidden: `render: never` keeps it out",
        ),
        (
            "hugo",
            "content/posts/a.md",
            post("status: draft"),
            "Published: Hugo ignores `status: draft`, it reads `draft`",
        ),
        ("jekyll", "_drafts/a.md", post("title: A"), "Hidden: draft"),
        (
            "jekyll",
            "_posts/2025-01-01-a.md",
            post("published: false"),
            "Hidden: `published: false` keeps it out",
        ),
        ("jekyll", "_posts/2025-01-01-a.md", post("title: A"), "Published at /2025/01/01/a.html"),
        ("jekyll", "_posts/2099-01-01-a.md", post("title: A"), "Publishes on 1 Jan 2099"),
        ("jekyll", "_posts/a.md", post("title: A"), "Not a post of this site"),
        ("jekyll", "_posts/2025-01-01-a.md", post("draft: true"), "Published: Jekyll ignores `draft: true`"),
        ("hexo", "source/_drafts/a.md", post("title: A"), "Hidden: draft"),
        ("hexo", "source/_posts/a.md", post("date: 2099-01-01"), "Public now although dated 2099"),
        ("zola", "content/blog/a.md", "+++\ntitle = 'A'\ndraft = true\n+++\n", "Hidden: draft"),
        (
            "zola",
            "content/blog/a.md",
            "+++\ntitle = 'A'\nrender = false\n+++\n",
            "Hidden: `render: false` keeps it out",
        ),
        (
            "pelican",
            "content/a.md",
            "Title: A\nDate: 2025-01-01\ndraft: true\n\nx\n",
            "Published: Pelican ignores `draft: true`, it reads `Status`",
        ),
        (
            "pelican",
            "content/a.md",
            "Title: A\nDate: 2025-01-01\nStatus: draft\n\nx\n",
            "Unlisted: draft, at /drafts/a.html",
        ),
        (
            "pelican",
            "content/a.md",
            "Title: A\nDate: 2025-01-01\nStatus: skip\n\nx\n",
            "Hidden: `status: skip` keeps it out",
        ),
        (
            "pelican",
            "content/a.md",
            "Title: A\nDate: 2099-01-01\n\nx\n",
            "Public now although dated 2099: Pelican ignores future dates",
        ),
        ("pelican", "content/a.md", "Title: A\n\nx\n", "Pelican leaves it out: "),
        (
            "nikola",
            "posts/a.md",
            NIKOLA.format("2025-01-01 10:00:00", ".. status: draft\n"),
            "Unlisted: draft, at /posts/a/",
        ),
        (
            "nikola",
            "posts/a.md",
            NIKOLA.format("2025-01-01 10:00:00", ".. status: private\n"),
            "Unlisted: at /posts/a/",
        ),
        ("nikola", "posts/a.md", NIKOLA.format("2099-01-01 10:00:00", ""), "Publishes on 1 Jan 2099"),
        ("eleventy", "src/posts/a.md", post("draft: true"), "Published: Eleventy ignores `draft: true`"),
        ("eleventy", "src/posts/a.md", post("permalink: false"), "Hidden: `permalink: false` keeps it out"),
    ],
)
def test_other_generators(judged, generator, path, text, line):
    name, config = ROWS[generator]
    found = judged(path, text, **{name: config})
    assert found.line.startswith(line)


BUILT = {
    "day": "date: 2024-01-31",
    "moment": "date: 2024-01-31 09:05:00",
    "T": "date: 2024-01-31T09:05:00",
    "zone": "date: 2024-01-31T23:05:00-05:00",
    "map": "date:\n  created: 2024-01-31\n  updated: 2024-02-01",
    "future": "date: 2099-01-01",
    "draft": "date: 2024-01-31\ndraft: true",
    "no-draft": "date: 2099-01-01\ndraft: false",
    "status": "date: 2024-01-31\nstatus: draft",
    "other-case": "date: 2024-01-31\nDraft: true",
    "unpublished": "date: 2024-01-31\npublished: false",
    "pinned": "date: 2024-01-31\npin: true",
    "slug": "date: 2024-01-31\nslug: another-name",
    "title": "date: 2024-01-31\ntitle: Ünder the sea",
    "categories": "date: 2024-01-31\ncategories: [Some Thing]",
}
"""Posts that a build takes; those that it refuses are tried in test_against_builds."""


@pytest.mark.parametrize(
    "options",
    [
        "",
        "draft_if_future_date: true",
        "draft: true",
        'post_url_format: "{categories}/{date}/{file}", post_url_date_format: yyyy/M',
    ],
)
def test_the_material_blog_does_as_the_verdict_says(tmp_path, write, built, options):
    folder = write(
        tmp_path,
        {
            "mkdocs.yml": f"site_name: x\ntheme: {{name: material}}\nplugins: [meta, blog: {{{options}}}]\n",
            "docs/index.md": "# Start\n",
            "docs/blog/index.md": "# Blog\n",
            POSTS + "handed/.meta.yml": "draft: true\n",
            POSTS + "handed/down.md": post("date: 2024-01-31", "# Down\n"),
            **{f"{POSTS}{name}.md": post(header, f"# {name}\n") for name, header in BUILT.items()},
        },
    )
    [pages] = built(folder)
    assert pages is not None
    site = open_site(folder)
    now = datetime.now(UTC)
    said = {}
    for path in site.post_paths():
        found = verdict(site, path, site.read(path.read_text("utf-8")), now)
        assert found.tone != "bad", found.line
        if found.published:
            said[path.relative_to(folder / "docs").as_posix()] = found.url
            assert found.url in found.sentence
    assert said == {name: url for name, url in pages.items() if name.startswith("blog/posts/")}
    assert 0 < len(said) <= len(BUILT) + 1
