"""What MkDocs does to a page around Markdown itself, held against MkDocs' own code."""

from xml.etree.ElementTree import fromstring

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from editor.render.python_markdown import front_matter, icons
from editor.render.python_markdown.links import SourceLinks
from editor.render.python_markdown.notes import Notes

PIECES = [
    "---", "---\n", "...\n", "--- \n", "\n", "title: x\n", "a: [b\n", "- item\n", "date: 2024-13-45\n",
    "Key: value\n",
    "    more\n", "\tmore\n", "text\n", "# Heading\n", " \n", "a b: c\n", "x-y: 1\n", "   k: v\n", "~\n",
]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=8).map("".join))
@example("---\n---\ntext\n")
@example("---\ntitle: x\n---\n\n\ntext")
@example("---\ntitle: x\n---")
@example("Title: a\nTags: b\n    c\n\nText: here\n")
def test_the_body_is_what_mkdocs_takes(text):
    meta = pytest.importorskip("mkdocs.utils.meta")
    assert front_matter.page_body(text) == meta.get_data(text)[0]


@pytest.mark.parametrize(
    ("text", "body", "codes"),
    [
        ("---\ndate: 2024-01-01\n---\n\nText\n", "Text\n", []),
        ("---\n# nothing yet\n---\nText\n", "Text\n", []),
        ("---\na: [b\n---\nText\n", "Text\n", ["post-front-matter-broken"]),
        ("---\n- list\n---\nText\n", "Text\n", ["post-front-matter-broken"]),
        ("Date: 2024-01-01\n\nText\n", "Date: 2024-01-01\n\nText\n", ["post-without-front-matter"]),
    ],
)
def test_a_post_of_the_blog_has_yaml_alone(text, body, codes):
    notes = Notes()
    assert front_matter.post_body(text, notes) == body
    assert [code for code, _subject in notes.as_list()] == codes


def test_any_line_ending_is_one(small_site):
    for ending in ("\n", "\r\n", "\r"):
        text = ending.join(["---", "title: x", "---", "", "# One", "", "two", ""])
        assert small_site.render(text).html == '<h1 id="one">One</h1>\n<p>two</p>'


# -- Links


@pytest.fixture
def docs(tmp_path):
    for name in ("img/a.png", "img/with space.png", "posts/x.md", "posts/b.png", "img/é.png"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("")
    return tmp_path


URLS = [
    "../img/a.png", "../img/./a.png", "../posts/../img/a.png", "b.png", "./b.png", "../img/with%20space.png",
    "../img/with space.png", "../img/é.png", "../img/%C3%A9.png", "missing é.png", "x.md", "x.md#part",
    "#part", "?q", "b.png?size=2#top", "", "https://example.org/é.png", "//example.org/a.png", "/img/a.png",
    "mailto:a@example.org", "../../outside.png", "..", ".",
    "http://[bad",
    "\\img\\a.png",
]  # fmt: skip


@pytest.mark.parametrize("absolute", [False, True])
@pytest.mark.parametrize("url", URLS)
def test_links_are_those_of_mkdocs_but_relative_to_the_source(docs, url, absolute):
    """The published link, taken from the published page, leads where ours leads from the source."""
    pages = pytest.importorskip("mkdocs.structure.pages")
    from urllib.parse import urljoin

    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import File, Files

    config = MkDocsConfig()
    config.load_dict({"site_name": "x", "docs_dir": str(docs), "use_directory_urls": False})
    config.load_dict(
        {"validation": {"links": {"absolute_links": "relative_to_docs" if absolute else "info"}}}
    )
    assert config.validate() == ([], [])
    names = [str(path.relative_to(docs)) for path in docs.rglob("*.*")]
    files = Files([File(name, str(docs), "/site", False) for name in names])
    page = files.get_file_from_path("posts/x.md")
    mine = SourceLinks()
    mine.source, mine.docs, mine.absolute_to_docs = "posts/x.md", str(docs), absolute
    try:
        published = pages._RelativePathTreeprocessor(page, files, config).path_to_url(url)
    except ValueError:  # the build stops here
        assert mine.rewritten(url) == url
        return
    ours = mine.rewritten(url)
    base = "http://site/posts/"
    assert urljoin(base, ours).replace("x.md", "x.html") == urljoin(base, published).replace("x.md", "x.html")


def test_links_of_a_page_outside_the_documentation_stay():
    links = SourceLinks()
    root = fromstring('<div><a href="é.png"/><a name="x"/></div>')
    links.run(root)
    assert root[0].get("href") == "é.png"


# -- Icons


def test_icons_are_those_of_material(tmp_path, monkeypatch):
    emoji = pytest.importorskip("material.extensions.emoji")
    # Material writes its icons into the dictionary of pymdownx.
    monkeypatch.setattr(emoji.twemoji_db, "emoji", dict(emoji.twemoji_db.emoji))
    emoji._load_twemoji_index.cache_clear()
    (tmp_path / "material").mkdir()
    (tmp_path / "material" / "account.svg").write_text("<svg>mine</svg>")
    (tmp_path / "own.svg").write_text("<svg>own</svg>")
    options = {"custom_icons": [str(tmp_path)]}
    mine = icons.Icons(Notes(), {}).index(options, None)
    names = [
        ":smile:",
        ":own:",
        ":material-account:",
        ":material-plus-box-outline:",
        ":fontawesome-brands-github:",
    ]
    found = {name: mine["emoji"].get(name) for name in [*names, ":nothing-of-the-kind:"]}
    theirs = emoji.twemoji(options, None)
    emoji._load_twemoji_index.cache_clear()
    assert found == {name: theirs["emoji"].get(name) for name in found}
    assert all(found[name] for name in names)
    assert mine["aliases"] == theirs["aliases"]


def test_without_material_an_icon_is_a_labelled_placeholder(monkeypatch):
    import markdown

    monkeypatch.setattr(icons, "package_icons", lambda _package: None)
    notes = Notes()
    mine = icons.Icons(notes, {})
    config = {"emoji_index": mine.index, "emoji_generator": mine.to_svg}
    md = markdown.Markdown(extensions=["pymdownx.emoji"], extension_configs={"pymdownx.emoji": config})
    html = md.convert("a :material-account: b :no-icon: c :smile:")
    assert (
        '<span class="twemoji copydesk-missing-icon" title=":material-account:">material-account</span>'
        in html
    )
    assert ":no-icon:" in html
    assert notes.as_list() == [["icon-missing", ":material-account:"]]


# -- Tags


@pytest.mark.parametrize(
    "text",
    ["A\n\n<!-- material/tags -->\n", "<!-- material/tags { scope: true } -->", "[TAGS]\n", "nothing\n"],
)
def test_a_tag_listing_is_marked_as_by_the_plugin(small_site, text):
    small_site.configure("plugins: [{tags: {tags_file: tags list.md}}]\nmarkdown_extensions: [attr_list]\n")
    result = small_site.render(text, name="tags list.md")
    assert 'id="tags-list.md:' in result.html
    assert "/slug" in result.html
    assert result.reasons
    assert small_site.render("nothing\n", name="page.md").html == "<p>nothing</p>"


# -- Options


def test_relative_folders_of_the_configuration(small_site):
    small_site.write("docs/posts/near.md", "near the page\n")
    small_site.write("docs/there.md", "in docs_dir\n")
    small_site.write("up.md", "beside the configuration\n")
    small_site.configure("""
        markdown_extensions:
          - pymdownx.snippets:
              base_path: [!relative , !relative $docs_dir, !relative $config_dir]
    """)
    for name, found in (("near.md", "near the page"), ("there.md", "in docs_dir"), ("up.md", "beside")):
        assert found in small_site.render(f'--8<-- "{name}"\n', name="posts/x.md").html
    assert "near" not in small_site.render('--8<-- "near.md"\n', name="y.md").html


def test_an_option_of_another_version_is_left_out(small_site):
    small_site.configure("markdown_extensions: [{toc: {permalink: true, invented: 1}}]")
    result = small_site.render("# Title\n")
    assert "headerlink" in result.html
    assert any("invented" in reason for reason in result.reasons)


def test_the_last_options_of_an_extension_given_twice_hold(small_site):
    small_site.configure("markdown_extensions: [{toc: {permalink: A}}, toc, {toc: {permalink: B}}, toc]")
    assert ">B</a>" in small_site.render("# Title\n").html


def test_numbers_begin_anew_with_each_page(small_site):
    small_site.configure("""
        markdown_extensions:
          - footnotes: {UNIQUE_IDS: true}
          - pymdownx.highlight: {line_spans: __span}
          - pymdownx.superfences
          - pymdownx.tabbed: {alternate_style: true}
    """)
    text = 'A[^1].\n\n[^1]: Note.\n\n```python\nx\n```\n\n=== "Tab"\n\n    text\n'
    first = small_site.render(text).html
    assert "__span-0-1" in first
    assert "__tabbed_1_1" in first
    assert small_site.render(text).html == first


@pytest.mark.parametrize("trusted", [False, True])
@pytest.mark.parametrize(
    ("options", "marked"),
    [
        ("{}", []),
        ("{targets: {include: ['*']}}", ["near.md", "near.md#a", "../near/", "#here"]),
        ("{targets: {include: ['posts/ne*']}}", ["near.md", "near.md#a", "../near/"]),
        ("{targets: {exclude: ['posts/ne*']}}", ["#here"]),
        ("{sources: {exclude: ['posts/*']}, targets: {include: ['*']}}", []),
        ("{configurations: [{targets: {include: ['posts/x.md']}}]}", ["#here"]),
    ],
)
def test_links_with_a_preview_are_marked(small_site, options, marked, trusted):
    small_site.write("docs/posts/near.md", "near\n")
    small_site.write("docs/posts/x.md", "itself\n")
    small_site.configure(f"markdown_extensions: [{{material.extensions.preview: {options}}}]")
    small_site.trusted = trusted
    urls = ["near.md", "near.md#a", "../near/", "#here", "far.md", "https://example.org/near.md"]
    result = small_site.render(" ".join(f"[a]({url})" for url in urls), name="posts/x.md")
    assert result.reasons == ()
    links = [link.attrib for link in fromstring(result.html)]
    assert [link["href"] for link in links if "data-preview" in link] == marked
    assert [link["href"] for link in links] == urls
