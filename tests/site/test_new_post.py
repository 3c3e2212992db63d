from datetime import UTC, date, datetime

import pytest
import yaml

from editor.errors import SiteError
from editor.site.find import open_site
from editor.site.index import read_posts
from editor.site.new_post import create_post, new_post, templates

DAY = date(2026, 4, 7)
CONFIG = "site_name: X\ntheme: {name: material}\nplugins: [blog, tags]\n"


@pytest.fixture
def blog(tmp_path, write):
    def make(posts=None, **files):
        texts = {f"docs/blog/posts/{name}": text for name, text in (posts or {}).items()}
        return open_site(
            write(tmp_path, {"mkdocs.yml": CONFIG, "docs/blog/posts/.keep": "", **texts, **files})
        )

    return make


def _made(site, title="A new one", **options):
    path, text = new_post(site, title, today=DAY, **options)
    return path.relative_to(site.rules.new_post_dir()).as_posix(), text


def test_the_first_post_of_a_blog(blog):
    site = blog(**{"docs/blog/.authors.yml": "authors:\n  ada: {name: Ada, description: x, avatar: y}\n"})
    name, text = _made(site)
    assert name == "a-new-one.md"
    assert text == (
        "---\ndate: 2026-04-07\ndraft: true\ncategories: []\nauthors:\n  - ada\n---\n\n"
        "# A new one\n\n<!-- more -->\n"
    )


def test_a_new_post_is_one_that_the_generator_takes(blog):
    site = blog()
    for title in (
        "Ordinary",
        "no",
        "12:30",
        "2024-01-01",
        "A: b",
        "# x",
        "@x",
        '"a" \\ b',
        "你好",
        "a/b",
    ):
        create_post(site, title, today=DAY)
    for number, title in enumerate(("'", "🏆")):
        create_post(site, title, today=DAY, values={"slug": f"nr-{number}"})
    posts = read_posts(site)
    assert {post.state for post in posts} == {"draft"}
    assert len(posts) == 12
    assert "A: b" in {post.title for post in posts}


def test_titles_in_front_matter_are_quoted_where_they_must_be(blog):
    site = blog({"a.md": "---\ntitle: A\ndate: 2024-01-01\n---\n\nText.\n"})
    for title in (
        "no",
        "12:30",
        "2024-01-01",
        "A: b",
        "# x",
        "@x",
        "'",
        '"a" \\ b',
        "~",
        "1.10",
        "{x}",
        "- a",
    ):
        _name, text = _made(site, title, values={"slug": "s"})
        values = yaml.safe_load(text.split("---\n")[1])
        assert values == {"title": title, "date": DAY, "draft": True, "slug": "s"}


@pytest.mark.parametrize("title", ["???", "🏆", "'", "…", "__", "..", ". / ."])
def test_a_title_that_gives_no_file_name(blog, title):
    site = blog()
    with pytest.raises(SiteError, match="gives no file name"):
        create_post(site, title, today=DAY)
    assert site.post_paths() == []
    assert _made(site, title, values={"slug": "named"})[0] == "named.md"


def test_a_title_of_which_the_site_s_slugs_leave_nothing(tmp_path, write):
    config = 'PATH = "content"\nSLUG_REGEX_SUBSTITUTIONS = [("[^a-z]", "")]\nSLUGIFY_USE_UNICODE = True\n'
    site = open_site(write(tmp_path, {"pelicanconf.py": config, "content/.keep": ""}))
    path, _text = new_post(site, "你好, 世界", today=DAY)
    assert path.name == "你好-世界.md"


WANTED = """\
[types.post]
folders = ["docs"]

[types.post.fields.description]
kind = "long_text"
required = true

[types.post.fields.comments]
kind = "switch"
default = true

[types.post.fields.license]
kind = "text"
default = "CC-BY"

[types.post.fields.checked]
kind = "date"
required = true

[types.post.fields.audience]
kind = "list"
required = true

[types.post.fields.other]
kind = "text"
"""


def test_a_new_post_has_what_the_site_asks_for(blog):
    posts = {f"{n}.md": f"---\ndate: 2024-01-0{n}\ncomments: false\n---\n\n# {n}\n" for n in (1, 2, 3)}
    site = blog(posts, **{"copydesk.toml": WANTED})
    _name, text = _made(site)
    assert yaml.safe_load(text.split("---\n")[1]) == {
        "date": DAY,
        "comments": True,
        "draft": True,
        "description": "",
        "license": "CC-BY",
        "checked": DAY,
        "audience": [],
    }


def test_what_a_content_management_system_asks_for(tmp_path, write):
    config = (
        "collections:\n- name: blog\n  folder: content/posts\n  fields:\n"
        "  - {name: title, widget: string}\n  - {name: date, widget: datetime}\n"
        "  - {name: summary, widget: text}\n  - {name: lang, widget: string, default: de, required: false}\n"
        "  - {name: free, widget: string, required: false}\n  - {name: body, widget: markdown}\n"
    )
    files = {"hugo.toml": "", "static/admin/config.yml": config, "content/posts/.keep": ""}
    site = open_site(write(tmp_path, files))
    _path, text = new_post(site, "New", today=DAY)
    assert text.startswith("+++\n")
    assert set(site.read(text).values) == {"title", "date", "draft", "summary", "lang"}
    assert site.read(text).values["lang"] == "de"


def test_the_habits_of_the_folder_that_most_posts_are_in(tmp_path, write):
    files = {f"content/blog/{n}.md": f"+++\ntitle = 'B{n}'\nlayout = 'wide'\n+++\n" for n in range(5)}
    files |= {f"content/notes/{n}.md": f"+++\ntitle = 'N{n}'\nkind = 'note'\n+++\n" for n in range(4)}
    site = open_site(write(tmp_path, {"zola.toml": 'base_url = "/"\n', **files}))
    path, text = new_post(site, "New", today=DAY)
    assert path == tmp_path / "content/blog/new.md"
    assert "layout" in site.read(text).values
    assert "kind" not in site.read(text).values


HABIT = """\
---
title: 'The {number}'
date:
    created: 2024-01-{number:02} 09:05:00
authors:
    - ada
comments: true
image: picture-{number}.png
categories: [a{number}, b]
slug: the-{number}
---

Text {number}.

<!-- more -->

More.
"""


def test_the_habits_of_the_others(blog):
    site = blog({f"2024/2024-01-{n:02}-the-{n}.md": HABIT.format(number=n) for n in range(1, 6)})
    name, text = _made(site)
    assert name == "2026/2026-04-07-a-new-one.md"
    assert text == (
        "---\ntitle: A new one\ndate:\n    created: 2026-04-07 00:00:00\ndraft: true\nauthors:\n    - ada\n"
        "comments: true\ncategories: []\nslug: a-new-one\n---\n\n<!-- more -->\n"
    )


@pytest.mark.parametrize(
    ("names", "made"),
    [
        (["one.md", "two.md"], "a-new-one.md"),
        (["2024/one.md", "2023/two.md"], "2026/a-new-one.md"),
        (["2024/01/31/one.md"], "2026/04/07/a-new-one.md"),
        (["2024-01/one.md"], "2026-04/a-new-one.md"),
        (["20240131_one.md"], "20260407_a-new-one.md"),
        (["one/index.md", "two/index.md", "three.md"], "a-new-one/index.md"),
        (["2024-01-31-one/index.md"], "2026-04-07-a-new-one/index.md"),
        (["one.markdown"], "a-new-one.markdown"),
        (["tech/{x}.md"], "tech/a-new-one.md"),
    ],
)
def test_names_of_files(blog, names, made):
    site = blog(dict.fromkeys(names, "---\ndate: 2024-01-31\n---\n# One\n"))
    assert _made(site)[0] == made


@pytest.mark.parametrize(
    ("style", "made"),
    [
        ("2024-01-31", "2026-04-07"),
        ("2024-01-31T10:00:00", "2026-04-07T08:30:05"),
        ("2024-01-31 10:00:00Z", "2026-04-07 08:30:05Z"),
        ("2024-01-31T10:00:00+00:00", "2026-04-07T08:30:05+00:00"),
        ("2024-01-31T10:00:00.123Z", "2026-04-07T08:30:05Z"),
        ("2024-01-31 10:00", "2026-04-07"),
        ("'2024-01-31'", "2026-04-07"),
    ],
)
def test_styles_of_dates_as_far_as_the_generator_takes_them(blog, style, made):
    site = blog({"a.md": f"---\ndate: {style}\n---\n# A\n"})
    _path, text = new_post(site, "X", today=datetime(2026, 4, 7, 8, 30, 5, tzinfo=UTC))
    assert f"\ndate: {made}\n" in text


def test_line_ends_are_those_of_the_others(blog):
    site = blog({"a.md": "---\r\ndate: 2024-01-31\r\n---\r\n# A\r\n"})
    path = create_post(site, "X", today=DAY)
    data = path.read_bytes()
    assert data.count(b"\r\n") == data.count(b"\n") > 3


def test_nothing_is_overwritten(blog):
    site = blog()
    paths = [create_post(site, "Same", today=DAY) for _number in range(3)]
    assert [path.name for path in paths] == ["same.md", "same-2.md", "same-3.md"]
    site = blog(
        {"one/index.md": "---\ndate: 2024-01-31\n---\n", "two/index.md": "---\ndate: 2024-01-31\n---\n"}
    )
    for path in paths:
        path.unlink()
    names = [create_post(site, "Same", today=DAY).parent.name for _number in range(2)]
    assert names == ["same", "same-2"]


def test_values_are_set_and_name_the_file(blog):
    site = blog({"2024/a.md": "---\ndate: 2024-01-31\n---\n# A\n"})
    name, text = _made(
        site, values={"slug": "Own one", "date": date(2025, 1, 2), "draft": False, "tags": ["a", "no"]}
    )
    assert name == "2025/own-one.md"
    values = yaml.safe_load(text.split("---\n")[1])
    assert values == {"date": date(2025, 1, 2), "draft": False, "slug": "Own one", "tags": ["a", "no"]}


def test_a_title_is_wanted_and_names_stay_inside(blog):
    site = blog()
    with pytest.raises(SiteError):
        new_post(site, " \n ")
    for title in ("../../x", "/etc/passwd", "a" * 500, "长" * 300, ".hidden"):
        path = create_post(site, title, today=DAY)
        assert path.parent == site.rules.new_post_dir()
        assert site.is_post(path)


def test_templates(blog):
    template = (
        '---\ntitle: {{title}}\ndate: {{ date }}\nslug: "{{slug}}"\n---\n\n# {{title}}\n\n{{ unknown }}\n'
    )
    site = blog(**{".copydesk/templates/review.md": template})
    assert "review" in templates(site)
    _name, text = _made(site, "A: b", template="review")
    assert text == "---\ntitle: 'A: b'\ndate: 2026-04-07\nslug: \"a-b\"\n---\n\n# A: b\n\n{{ unknown }}\n"
    with pytest.raises(SiteError, match="review"):
        new_post(site, "X", template="none")


def test_a_template_outside_of_the_site_is_none(blog, tmp_path_factory):
    site = blog(**{".copydesk/templates/a.md": "x"})
    secret = tmp_path_factory.mktemp("secret") / "secret.txt"
    secret.write_text("x", "utf-8")
    (site.root / ".copydesk/templates/b.md").symlink_to(secret)
    assert "b" not in templates(site)
    assert "a" in templates(site)


def test_a_folder_that_can_not_be_written(blog):
    site = blog()
    site.rules.new_post_dir().joinpath(".keep").unlink()
    site.rules.new_post_dir().rmdir()
    site.rules.new_post_dir().write_text("a file where the folder was", "utf-8")
    with pytest.raises(SiteError) as caught:
        create_post(site, "X", today=DAY)
    assert caught.value.path is not None


def test_a_plain_folder(tmp_path):
    site = open_site(tmp_path)
    path, text = new_post(site, "Hello: world", today=DAY)
    assert path == tmp_path / "hello-world.md"
    assert text == "---\ntitle: 'Hello: world'\ndate: 2026-04-07\ndraft: true\n---\n"


ISSUE = """\
+++
title = "{number}"
date = 2024-{number:02}-07
[extra]
month = "{number}"
editors = {who}
layout = "wide"
+++
"""


def _issues(who='["ada"]', other='["bob"]'):
    return {
        f"content/issues/2024-{n:02}/index.md": ISSUE.format(number=n, who=other if n == 3 else who)
        for n in range(1, 6)
    }


def test_posts_in_folders_of_their_dates(tmp_path, write):
    site = open_site(write(tmp_path, {"zola.toml": 'base_url = "/"\n', **_issues()}))
    name, text = _made(site)
    assert name == "2026-04/index.md"
    assert text == (
        '+++\ntitle = "A new one"\ndate = 2026-04-07\ndraft = true\n\n'
        '[extra]\nmonth = ""\neditors = []\nlayout = "wide"\n+++\n\n'
    )
    path = create_post(site, "A new one", today=DAY)
    assert site.publication(path, site.read(path.read_text("utf-8"))).state == "draft"
    assert _made(site)[0] == "a-new-one/index.md"
    create_post(site, "A new one", today=DAY)
    assert _made(site)[0] == "a-new-one-2/index.md"


def test_maps_that_all_posts_have(tmp_path, write):
    post = "---\ntitle: {n}\nlayout: {{kind: wide, top: {n}}}\nseo:\n    words: [a{n}]\n    alt: '{n}'\n{more}---\n"
    files = {
        f"content/posts/{n}.md": post.format(n=n, more="sub: {own: x}\n" if n < 2 else "") for n in range(5)
    }
    site = open_site(write(tmp_path, {"hugo.toml": "", **files}))
    _name, text = _made(site)
    values = yaml.safe_load(text.split("---")[1])
    assert values["layout"] == {"kind": "wide"}
    assert values["seo"] == {"words": [], "alt": ""}
    assert "sub" not in values


def test_an_author_only_where_all_posts_have_the_same(tmp_path, write):
    def made(*authors):
        files = {
            f"_posts/2024-01-0{n}-a.md": f"---\ntitle: {n}\n{author}---\n"
            for n, author in enumerate(authors, 1)
        }
        folder = tmp_path / str(len(list(tmp_path.iterdir())))
        site = open_site(write(folder, {"_config.yml": "title: x\n", **files}))
        return site.read(_made(site)[1]).values.get("author")

    ada, bob = "author: ada\n", "author: bob\n"
    assert made(*[ada] * 6) == "ada"
    assert made(*[ada] * 5, bob) is None
    assert made(*[ada] * 5, "") is None
    assert made(*["author: [ada, bob]\n"] * 6) is None


@pytest.mark.parametrize(
    ("files", "begin"),
    [
        ({f"content/posts/{n}.md": "---\ntitle: A\n---\n" for n in range(3)}, "---\n"),
        ({f"content/posts/{n}.md": '{"title": "A"}\n' for n in range(3)}, "{\n"),
        ({"content/posts/a.md": "{{< x >}}\n", "content/about.md": "---\ntitle: A\n---\n"}, "+++\n"),
        ({"content/posts/a.md": "---\ntitle: A\n---\n", "archetypes/default.md": "+++\n+++\n"}, "+++\n"),
        ({"content/notes/a.md": "---\ntitle: A\n---\n"}, "---\n"),
        ({"content/posts/_index.md": "---\ntitle: A\n---\n"}, "+++\n"),
    ],
)
def test_new_posts_of_hugo_begin_as_the_others(tmp_path, write, files, begin):
    site = open_site(write(tmp_path, {"hugo.toml": "", **files}))
    assert _made(site)[1].startswith(begin)
    assert site.front_matter_of("").set("title", "x").apply("").startswith(begin)
