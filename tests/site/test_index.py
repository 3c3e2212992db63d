import os
from datetime import UTC, datetime

import pytest

from editor.site.find import open_site
from editor.site.index import PostIndex, read_posts

NOW = datetime(2024, 6, 1, tzinfo=UTC)
CONFIG = "site_name: X\ntheme: {name: material}\nplugins: [{blog: {draft_if_future_date: true}}]\n"


@pytest.fixture
def blog(tmp_path, write):
    def make(**posts):
        files = {f"docs/blog/posts/{name}.md": text for name, text in posts.items()}
        return open_site(write(tmp_path, {"mkdocs.yml": CONFIG, "docs/blog/posts/.keep": "", **files}))

    return make


def test_newest_first_with_what_a_list_shows(site_copy):
    posts = read_posts(open_site(site_copy("two-blogs")))
    moments = [post.sort_date for post in posts]
    assert moments == sorted(moments, reverse=True)
    by_name = {post.path.stem: post for post in posts}
    first = by_name["first"]
    assert (first.title, first.date, first.state) == ("First, & foremost: C++", "2024-01-31", "published")
    assert (first.tags, first.categories) == (("blog", "one", "2024"), ("Field notes", "C++", "A third one"))
    assert first.words == 8  # Some words. More of them, with a picture.
    assert by_name["a-note"].authors == ("ada",)
    assert by_name["heading"].title == "A heading with code"
    assert by_name["setext_title"].title == "Underlined"
    assert by_name["README"].title in ("Index", "The readme")
    assert by_name["cjk"].words == 6
    assert by_name["zone"].date == "2024-03-01T00:30:00+02:00"
    assert by_name["setext_title"].date == "2024-02-02"
    assert (by_name["draft"].draft, by_name["draft"].state, by_name["draft"].published) == (
        True,
        "draft",
        False,
    )
    assert (by_name["later"].state, by_name["sooner"].state) == ("scheduled", "published")
    assert (by_name["hidden"].state, by_name["hidden"].published) == ("hidden", False)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff\xfe-\x00-\x00",
        b"---\ntitle: caf\xe9\n---\n",
        b"---\n" + b"[" * 3000 + b"\n---\n",
        b"---\ntitle: [\n---\n",
        b"---\n- a\n---\n",
        b"---\ndate: 2024-13-45\n---\n",
        b"---\n? {a: b}\n: c\n---\n",
        b"---\ntitle: {a: b}\ndate: [x]\ntags: {a: b}\ncategories: 5\nslug: [1]\n---\n# T\n",
        b"---\ndate: 0001-01-01\ntitle: \x01\n---\n",
        b"\x00" * 100,
    ],
)
def test_broken_posts_are_listed_as_invalid(blog, data):
    site = blog(good="---\ndate: 2024-01-31\n---\n# Good\n")
    path = site.root / "docs/blog/posts/bad.md"
    path.write_bytes(data)
    posts = {post.path.stem: post for post in read_posts(site)}
    assert posts["good"].published
    assert (posts["bad"].state, posts["bad"].published) == ("invalid", False)
    assert posts["bad"].problem
    assert "\n" not in posts["bad"].title


def test_front_matter_without_end_can_not_be_read(blog):
    [post] = read_posts(blog(a="---\na: &a {b: *a}\n<<: *a\ntags: &t [*t, x]\ndate: 2024-01-31\n---\n# T\n"))
    assert (post.title, post.date, post.state) == ("T", "", "invalid")
    assert "contains itself" in post.problem


def test_a_file_in_another_encoding_still_has_its_title(blog):
    site = blog()
    path = site.root / "docs/blog/posts/wide.md"
    path.write_bytes("---\ntitle: Wide\ndate: 2024-01-31\n---\n".encode("utf-16"))
    [post] = read_posts(site)
    assert (post.title, post.state) == ("Wide", "invalid")


def test_only_what_has_changed_is_read_again(blog, monkeypatch):
    site = blog(a="---\ndate: 2024-01-01\n---\n# A\n", b="---\ndate: 2024-01-02\n---\n# B\n")
    index = PostIndex(site)
    assert [post.title for post in index.refresh()] == ["B", "A"]
    read = []
    monkeypatch.setattr(type(site.rules), "read", _noting(type(site.rules).read, read))
    index.refresh()
    assert read == []
    path = site.root / "docs/blog/posts/a.md"
    path.write_text("---\ndate: 2024-01-03\n---\n# Other\n", "utf-8")
    os.utime(path, ns=(1, 1))
    assert [post.title for post in index.refresh()] == ["Other", "B"]
    assert len(read) == 1
    path.unlink()
    assert [post.title for post in index.refresh()] == ["B"]
    assert [post.title for post in index.summaries] == ["B"]


def _noting(method, calls):
    def noted(self, text):
        calls.append(text)
        return method(self, text)

    return noted


def test_a_scheduled_post_is_published_when_its_time_has_come(blog):
    site = blog(later="---\ndate: 2024-06-02\n---\n# Later\n")
    index = PostIndex(site)
    assert index.refresh(now=NOW)[0].state == "scheduled"
    assert index.refresh(now=NOW.replace(day=3))[0].state == "published"


def test_search_wants_every_word_somewhere(blog):
    site = blog(
        one="---\ntitle: Straße nach Süden\ndate: 2024-01-01\ntags: [Reise]\n---\nEin Text.\n",
        two="---\ntitle: Other\ndate: 2024-01-02\ncategories: [Reise]\n---\nMit der strasse.\n",
    )
    index = PostIndex(site)
    index.refresh()

    def found(text):
        return [post.path.stem for post in index.search(text)]

    assert found("STRASSE") == ["two", "one"]
    assert found("reise text") == ["one"]
    assert found("reise mit") == ["two"]
    assert found("süden") == found("su\u0308den") == ["one"]
    assert found("nowhere reise") == []
    assert found("") == ["two", "one"]


def test_progress_and_cancelling(blog):
    site = blog(**{f"p{n}": f"---\ndate: 2024-01-0{n}\n---\n# P\n" for n in range(1, 6)})
    seen = []
    assert len(read_posts(site, progress=lambda done, of: seen.append((done, of)))) == 5
    assert seen == [(n, 5) for n in range(1, 6)]
    index = PostIndex(site)
    assert (
        len(index.refresh(progress=lambda *done: seen.append(done[0]), cancelled=lambda: seen[-1] == 2)) == 2
    )
    assert len(index.refresh()) == 5


def test_pages_of_the_seed_site(seed_site):
    posts = read_posts(open_site(seed_site))
    assert {post.path.name: (post.url, post.published) for post in posts} == {
        "12-years-of-ml.md": ("/12-years-of-ml/", True),
        "quantization-logbook.md": ("/quantization-logbook/", False),
    }
