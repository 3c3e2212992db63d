"""What is read from a published page."""

from pathlib import Path

from editor.proof.page import Page, PageHeading, PageLink, PagePicture
from editor.proof.page_renderer import PageRenderer
from editor.proof.reading import Reading
from editor.render.protocol import RenderResult
from editor.site.find import open_site


def test_links_pictures_headings_and_anchors():
    page = Page.parse(
        '<h2 id="a">One <code>two</code><a class="headerlink" href="#a">¶</a></h2>'
        '<p><a href="x?y=1&amp;z=2">A  <b>bold</b>\nlink</a> <img src="p.png" alt="A &lt; B"><img src="q.png"></p>'
        '<a name="old"></a><p id="a">again</p>'
    )
    assert page.links == (PageLink("#a", "¶", made=True), PageLink("x?y=1&z=2", "A bold link"))
    assert page.pictures == (PagePicture("p.png", "A < B"), PagePicture("q.png", None))
    assert page.headings == (PageHeading(2, "a", "One two"),)
    assert page.ids == {"a": 2, "old": 1}


def test_what_scripts_and_templates_hold_is_not_of_the_page():
    page = Page.parse('<script>"<a href=x>"</script><template><a id=t href=y>z</a></template><a href=k>k</a>')
    assert [link.href for link in page.links] == ["k"]
    assert page.ids == {}


def test_html_that_is_never_closed_is_read_as_far_as_it_goes():
    page = Page.parse('<h1 id=x>Open <a href="y">and open')
    assert page.headings == (PageHeading(1, "x", "Open and open"),)
    assert page.links == (PageLink("y", "and open"),)


def test_films_and_sounds_are_shown_too():
    page = Page.parse(
        '<video src="a.mp4"></video><audio><source src="b.mp3"></audio><object data="c.svg"></object>'
    )
    assert [(shown.src, shown.element) for shown in page.pictures] == [
        ("a.mp4", "video"),
        ("b.mp3", "source"),
        ("c.svg", "object"),
    ]


def test_a_page_is_whole_where_nothing_is_known_to_be_missing():
    assert Page.of(RenderResult(1, "<p>x</p>")).whole
    assert not Page.of(RenderResult(1, "<p>x</p>", reasons=("A shortcode is not known.",))).whole


def test_a_text_is_rendered_once_and_only_when_it_is_asked_for(tmp_path):
    (tmp_path / "one.md").write_text("One\n", "utf-8")
    (tmp_path / "mkdocs.yml").write_text("site_name: x\ndocs_dir: .\n", "utf-8")
    asked: list[tuple[Path | None, str]] = []

    def render(_site, path, text):
        asked.append((path, text))
        return RenderResult(1, f"<p>{text}</p>")

    site = open_site(tmp_path)
    renderer = PageRenderer(render, kept=2)
    reading = Reading(site, tmp_path / "two.md", "Two", renderer=renderer)
    assert asked == []
    assert reading.page is reading.page is not None
    assert Reading(site, tmp_path / "two.md", "Two", renderer=renderer).page is reading.page
    assert reading.page_of(tmp_path / "one.md") == Page.parse("<p>One\n</p>")
    assert reading.page_of(tmp_path / "none.md") is None
    assert asked == [(tmp_path / "two.md", "Two"), (tmp_path / "one.md", "One\n")]
    renderer.page(site, None, "three")
    renderer.page(site, None, "four")
    renderer.page(site, tmp_path / "two.md", "Two")
    assert renderer.count == 5, "the oldest of three is forgotten"


def test_without_a_renderer_there_is_no_page(tmp_path):
    (tmp_path / "one.md").write_text("One\n", "utf-8")
    (tmp_path / "mkdocs.yml").write_text("site_name: x\ndocs_dir: .\n", "utf-8")
    reading = Reading(open_site(tmp_path), tmp_path / "one.md", "One\n")
    assert reading.page is None
    assert reading.page_of(tmp_path / "one.md") is None
