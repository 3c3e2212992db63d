import json
from pathlib import Path

import pytest

from editor.errors import SiteError
from editor.site.find import open_site


@pytest.fixture
def site(site_copy):
    return open_site(site_copy("two-blogs"))


@pytest.fixture
def first(site):
    return site.root / "docs/blog/posts/2024/first.md"


def test_what_the_site_is(site):
    assert site.generator == "mkdocs-material"
    assert (site.name, site.url, site.front_matter) == ("Two blogs", "https://example.org/sub/", "yaml")
    assert [site.relative(folder) for folder in site.content_dirs] == [
        "docs/blog/posts",
        "docs/notes/entries",
    ]
    assert [site.relative(folder) for folder in site.static_dirs] == ["docs"]
    assert {site.relative(file) for file in site.configuration} == {
        "mkdocs.yml",
        "base.yml",
        "docs/.authors.yml",
        "docs/blog/.meta.yml",
    }
    assert not site.trusted
    assert not site.problems
    assert site.dialect.family == "python-markdown"
    assert "attr_list" in site.dialect.options["extensions"]


def test_which_files_are_posts(site, first):
    docs = site.root / "docs"
    assert site.is_post(first)
    assert site.is_post(docs / "notes/entries/yet-to-be.md")
    assert not site.is_post(docs / "about.md")
    assert not site.is_post(docs / "blog/posts/assets/beside.svg")
    assert not site.is_post(docs / "blog/posts/.draft.md")
    assert not site.is_post(site.root / "README.md")


def test_authors_and_categories_are_those_of_the_blog(site, first):
    note = site.root / "docs/notes/entries/a-note.md"
    assert site.authors(first) == {}
    assert site.authors(note)["ada"].description == "Writes the notes"
    assert site.content_type_of(first).field("categories").choices == ()
    assert site.content_type_of(note).field("categories").choices == ("log", "aside")
    assert site.content_type_of(note).field("authors").choices == ("ada",)
    assert site.content_type_of(note).field("date").required
    assert not site.content_type_of(site.root / "docs/about.md").field("date").required


def test_folders_hand_metadata_down(site, first):
    assert site.inherited(first) == {"tags": ["blog"], "comments": True}
    assert site.inherited(site.root / "docs/about.md") == {}
    assert site.rules.merged(first, {"tags": ["own"]})["tags"] == ["blog", "own"]
    with pytest.raises(SiteError):
        site.rules.merged(first, {"tags": "own"})


def test_facts_are_json(site, first):
    source = site.read(first.read_text("utf-8"))
    context = site.page_context(first, source.values)
    assert (context.root, context.path) == (str(site.root), "docs/blog/posts/2024/first.md")
    facts = json.loads(json.dumps(context.facts))
    assert facts["docs_dir"] == "docs"
    assert facts["src_uri"] == "blog/posts/2024/first.md"
    assert facts["blog"] == {"post": True, "separator": "<!-- more -->"}
    assert facts["title"] == "First, & foremost: C++"
    assert facts["meta"]["date"] == "2024-01-31"
    assert facts["meta"]["tags"] == ["blog", "one", 2024]
    assert not site.page_context(site.root / "docs/about.md", {}).facts["blog"]["post"]


def test_facts_of_endless_front_matter_end(site, first):
    source = site.read("---\na: &a [1, *a]\nb: &b {c: *b}\n---\n")
    assert json.dumps(site.page_context(first, source.values).facts)
    laughs = "\n".join(
        ["---", "a0: &a0 [x, x, x, x, x, x, x, x, x]"]
        + [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
        + ["---", ""]
    )
    assert len(json.dumps(site.page_context(first, site.read(laughs).values).facts)) < 200_000


@pytest.mark.parametrize(
    ("url", "found"),
    [
        ("../../../img/dot.svg", "docs/img/dot.svg"),
        ("../assets/beside.svg?x=1#y", "docs/blog/posts/assets/beside.svg"),
        ("../heading.md#own", "docs/blog/posts/heading.md"),
        ("../%61ssets/beside.svg", "docs/blog/posts/assets/beside.svg"),
        ("/img/dot.svg", "docs/img/dot.svg"),
        ("/sub/img/dot.svg", "docs/img/dot.svg"),
        ("/blog/assets/beside.svg", "docs/blog/posts/assets/beside.svg"),
        ("/about/", "docs/about.md"),
        ("/", "docs/index.md"),
        ("#here", "docs/blog/posts/2024/first.md"),
        ("img/dot.svg", None),
        ("../../../../mkdocs.yml", None),
        ("/../mkdocs.yml", None),
        ("/%2e%2e/mkdocs.yml", None),
        ("https://example.org/img/dot.svg", None),
        ("//example.org/img/dot.svg", None),
        ("file:///etc/passwd", None),
        ("/etc/passwd", None),
        ("mailto:a@example.org", None),
        ("http://[", None),
        ("a%00b", None),
        ("../../../img", None),
        ("", "docs/blog/posts/2024/first.md"),
    ],
)
def test_what_a_link_means(site, first, url, found):
    target = site.resolve(url, first)
    assert (site.relative(target) if target else None) == found


def test_a_link_out_of_the_site_is_not_followed(site, first, tmp_path):
    (tmp_path / "secret.txt").write_text("x", "utf-8")
    (site.root / "docs/img/out.txt").symlink_to(tmp_path / "secret.txt")
    (site.root / "docs/img/in.svg").symlink_to(site.root / "docs/img/dot.svg")
    assert site.resolve("/img/out.txt", first) is None
    assert site.resolve("/img/in.svg", first) is not None
    (site.root / "docs/blog/posts/out").symlink_to(tmp_path)
    (site.root / "docs/blog/posts/round").symlink_to(site.root / "docs/blog/posts")
    assert len(site.post_paths()) == 18


def test_links_of_a_post_that_has_no_file_yet(site):
    assert site.relative(site.resolve("assets/beside.svg", None)) == "docs/blog/posts/assets/beside.svg"


def test_addresses_and_slugs(site, first):
    values = {"title": "Über: alles", "date": site.read(first.read_text("utf-8")).values["date"]}
    assert site.derived_slug(first, values) == "über-alles"
    assert site.post_url(first, values) == "/blog/2024/Jan/%C3%BCber-alles/"
    assert site.post_url(first, {**values, "slug": "x", "categories": ["A b"]}) == "/blog/2024/Jan/a-b/x/"
    assert site.post_url(first, {"title": "No date"}) == ""
    assert site.slug("???") == ""
    assert "/" not in site.slug("a/b\\c")


def test_what_is_wrong_in_the_configuration_is_told(tmp_path, write):
    write(
        tmp_path,
        {
            "mkdocs.yml": "site_name: X\ntheme: material\nplugins:\n  - meta\n  - blog:\n      blog_dir: 5\n"
            "      post_url_format: '{slug.__class__}'\n      post_slugify: !!python/name:my.slugs\n",
            "docs/blog/.authors.yml": "authors:\n  ada:\n    name: [\n",
            "docs/blog/posts/a.md": "---\ndate: 2024-01-31\n---\n",
            "docs/blog/.meta.yml": "- a\n",
        },
    )
    site = open_site(tmp_path)
    said = "\n".join(problem.located() for problem in site.problems)
    assert "blog_dir" in said
    assert "post_slugify" in said
    assert f"{tmp_path / 'docs/blog/.authors.yml'}:4:1:" in said
    assert ".meta.yml" in said
    publication = site.publication(
        tmp_path / "docs/blog/posts/a.md", site.read("---\ndate: 2024-01-31\n---\n")
    )
    assert publication.state == "invalid"
    assert "{slug.__class__}" in publication.problem


def test_blogs_that_are_switched_off_are_none(tmp_path, write):
    write(
        tmp_path,
        {
            "mkdocs.yml": "site_name: X\ntheme: {name: material}\nplugins: {blog: {enabled: false}}\n",
            "docs/blog/posts/a.md": "# A\n",
            "docs/b.md": "# B\n",
        },
    )
    site = open_site(tmp_path)
    assert site.generator == "mkdocs-material"
    assert site.content_type.name == "page"
    assert [path.name for path in site.post_paths()] == ["b.md", "a.md"]


def test_another_theme_has_no_blog(tmp_path, write):
    write(tmp_path, {"mkdocs.yml": "site_name: X\nplugins: [blog]\n", "docs/blog/posts/a.md": "# A\n"})
    assert open_site(tmp_path).generator == "mkdocs"


def test_real_sites_open(corpus):
    folders = sorted((corpus / "sites").iterdir())
    assert folders
    for folder in folders:
        site = open_site(folder)
        assert site.generator.split("-")[0] == folder.name.split("-")[0]
        assert site.post_paths()
        assert Path(site.root) == folder
