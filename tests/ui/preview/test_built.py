"""The post in a page that the site's generator has built: found by its words, changed in place."""

import pytest

from editor.ui.preview.page_host import Built
from tests.ui.preview.built_pages import BLOCKS, PAGE, BuiltPreview, write_page

POST = "".join(BLOCKS)


@pytest.fixture
def built(qtbot, preview, tmp_path) -> BuiltPreview:
    """Give a preview with the post open, in the Reading look."""
    made = BuiltPreview(qtbot, preview, tmp_path / "pages")
    made.open(BLOCKS)
    return made


def shown(blocks=BLOCKS) -> list[str]:
    words = {"ul": "ul one\ntwo"}
    return [
        words.get(name, f"{name} {block.partition('>')[2].partition('<')[0].strip()}")
        for block in blocks
        for name in [block[1:].partition(">")[0].partition(" ")[0]]
    ]


def mark(built: BuiltPreview) -> None:
    built.preview.tell("[...document.querySelectorAll('article *')].forEach((e, i) => { e.mark = i; })")


def marks(built: BuiltPreview) -> list[int | None]:
    return built.preview.ask("[...document.querySelector('article').children].map((e) => e.mark ?? null)")


def test_the_pages_own_elements_become_the_posts(built):
    assert built.build(POST)
    assert built.article() == shown()
    mark(built)
    built.type(1, 1, ["<p>The first paragraph is another one.</p>\n"])
    assert built.article()[1] == "p The first paragraph is another one."
    assert None not in marks(built)
    assert built.preview.ask("document.querySelector('footer').innerText.trim()") == "The footer of the site"


def test_nothing_of_the_page_changes_until_something_is_typed(built):
    """But for comments, which nobody sees."""
    post = POST.replace("<p>", "<p class='theme' style='color: #123456'>") + "<aside>Share this</aside>"
    assert built.build(post)
    html = built.preview.ask("document.querySelector('main').innerHTML.replace(/<!---->/g, '')")
    assert html.replace('"', "'") == f"<article>{post}</article>"


def test_blocks_come_and_go_in_their_place(built):
    assert built.build(POST)
    built.type(2, 0, ["<p>Something new.</p>\n", "<pre><code>x = 1</code></pre>\n"])
    built.type(0, 1, [])
    built.type(6, 0, ["<p>After the end.</p>\n"])
    assert built.article() == [
        "p The first paragraph has words of its own.",
        "p Something new.",
        "pre x = 1",
        "h2 A heading",
        "ul one\ntwo",
        "p The last paragraph ends the post.",
        "p After the end.",
    ]


def test_what_the_theme_puts_between_stays(built):
    parts = [BLOCKS[0], "<div class='meta'>3 minutes</div>", *BLOCKS[1:4], "<aside>Advert</aside>", BLOCKS[4]]
    assert built.build("<header>Breadcrumbs</header>" + "".join(parts) + "<footer>Share</footer>")
    built.type(1, 1, ["<p>The first paragraph, longer.</p>\n", "<p>And a second.</p>\n"])
    built.type(6, 0, ["<p>After the end.</p>\n"])
    assert built.article() == [
        "header Breadcrumbs",
        "h1 The title of the post",
        "div 3 minutes",
        "p The first paragraph, longer.",
        "p And a second.",
        "h2 A heading",
        "ul one\ntwo",
        "aside Advert",
        "p The last paragraph ends the post.",
        "p After the end.",
        "footer Share",
    ]


def test_a_heading_that_the_theme_has_moved_is_changed_there(built):
    page = PAGE.replace("<main>", "<header class='page'><h1>The title of the post</h1></header><main>")
    assert built.build("".join(BLOCKS[1:]), page=page)
    built.type(0, 1, ["<h1>Another title</h1>\n"])
    assert built.article(".page") == ["h1 Another title"]
    assert built.article() == shown(BLOCKS[1:])
    built.type(0, 0, ["<p>Before the title.</p>\n"])
    assert built.article()[0] == "p Before the title."


def test_a_box_that_the_theme_puts_around_a_block_stays(built):
    table = "<table><thead><tr><th>Name</th></tr></thead><tbody><tr><td>{}</td></tr></tbody></table>\n"
    built.open([*BLOCKS, table.format("apples")])
    assert built.build(POST + f"<div class='scroll'><div>{table.format('apples')}</div></div>")
    built.type(5, 1, [table.format("pears")])
    assert built.article()[-1].split() == ["div", "Name", "pears"]
    assert built.preview.ask("document.querySelectorAll('article > .scroll table').length") == 1


def test_a_box_that_a_script_puts_around_a_block_later_stays(built):
    assert built.build(POST)
    built.in_main_world(
        "(() => { const list = document.querySelector('article ul'); const box = document.createElement('div');"
        " list.replaceWith(box); box.append(list); return 1; })()"
    )
    built.type(3, 1, ["<ul>\n<li>one</li>\n<li>three</li>\n</ul>\n"])
    assert built.article()[3] == "div one\nthree"


def test_a_block_that_a_script_replaces_later_is_still_the_block(built):
    assert built.build(POST)
    built.in_main_world(
        "(() => { const made = document.createElement('figure'); made.textContent = 'drawn';"
        " document.querySelector('article ul').replaceWith(made); return 1; })()"
    )
    assert built.article()[3] == "figure drawn"
    built.type(3, 1, ["<ul>\n<li>one</li>\n<li>three</li>\n</ul>\n"])
    assert built.article()[3:] == ["ul one\nthree", "p The last paragraph ends the post."]


def test_signs_that_a_theme_adds_to_headings_make_no_difference(built):
    assert built.build(POST.replace("A heading", "A heading<a href='#a'>¶</a>"))
    built.type(2, 1, ["<h2>Another heading</h2>\n"])
    assert built.article()[2] == "h2 Another heading"


def test_what_only_the_build_can_make_stays_until_it_is_typed_in(built):
    placeholder = "<div><span>{{ video }}</span></div>\n"
    built.open([*BLOCKS[:2], placeholder, *BLOCKS[2:]])
    made = "<figure>A film</figure><p class='caption'>Made by the shortcode</p>"
    assert built.build("".join([*BLOCKS[:2], made, *BLOCKS[2:]]))
    assert built.article()[2:4] == ["figure A film", "p Made by the shortcode"]
    built.type(1, 1, ["<p>The first paragraph, changed.</p>\n"])
    assert built.article()[1:4] == [
        "p The first paragraph, changed.",
        "figure A film",
        "p Made by the shortcode",
    ]
    built.type(2, 1, ["<div><span>{{ film }}</span></div>\n"])
    assert built.article()[1:4] == ["p The first paragraph, changed.", "div {{ film }}", "h2 A heading"]


def test_what_was_typed_since_the_build_is_on_the_page(built):
    """The blocks of the build are found, and what differs by now comes after that."""
    blocks = built.preview.view.snapshot()
    built.type(1, 1, ["<p>Typed while the site was built.</p>\n"])
    built.type(4, 1, [])
    built.preview.view.snapshot = lambda: blocks
    assert built.build(POST)
    built.preview.until("document.querySelectorAll('article > *').length", 4)
    assert built.article()[1] == "p Typed while the site was built."
    assert built.article()[-1] == "ul one\ntwo"


def test_of_an_unknown_build_what_is_alike_is_brought_up_to_date(built):
    older = POST.replace("has words of its own", "has words")
    assert built.build(older, current=False)
    assert built.article() == shown()


@pytest.mark.parametrize(
    "post",
    [
        "".join(f"<section>{block}</section>" for block in BLOCKS),
        "<p>Members only.</p>",
        "",
    ],
)
def test_where_the_post_is_not_found_the_page_stays_as_it_was_built(built, post):
    assert not built.build(post)
    before = built.preview.ask("document.body.innerHTML")
    built.type(1, 1, ["<p>Typed.</p>\n"])
    assert built.preview.ask("document.body.innerHTML") == before


def test_reading_comes_back_with_what_was_typed_meanwhile(qtbot, built):
    assert built.build(POST)
    built.type(1, 1, ["<p>Typed in the built page.</p>\n"])
    view = built.preview.view
    with qtbot.waitSignal(view.settled, timeout=20_000):
        view.show_reading()
    assert "Typed in the built page." in built.preview.html()
    assert not view.is_built


def test_a_long_post_does_not_sleep_in_the_built_page(built):
    blocks = [f"<p>Paragraph number {number} of many. {'Words ' * 40}</p>\n" for number in range(1200)]
    built.open(blocks)
    assert built.build("".join(blocks))
    built.type(1100, 1, ["<p>Far down.</p>\n"])
    assert built.article()[1100] == "p Far down."


def test_a_double_click_tells_the_line(qtbot, built):
    assert built.build(POST)
    built.preview.until("copydeskLines.known()")
    with qtbot.waitSignal(built.preview.view.place_activated, timeout=10_000) as told:
        built.preview.tell(
            "document.querySelector('article h2').dispatchEvent(new MouseEvent('dblclick', {bubbles: true}))"
        )
    assert told.args[0] == 2


def test_the_caret_is_marked_beside_the_post(built):
    assert built.build(POST)
    built.preview.view.follow_line(2)
    built.preview.until("document.querySelector('#copydesk-caret').style.opacity", "1")
    box = built.preview.ask("document.querySelector('#copydesk-caret').getBoundingClientRect().left")
    assert 0 <= box < built.preview.ask("document.querySelector('article').getBoundingClientRect().right")


def test_work_of_the_themes_scripts_that_is_lost_is_told(qtbot, built):
    formula = "<p>Let \\(x\\) be.</p>\n"
    built.open([*BLOCKS, formula])
    assert built.build(POST + "<p>Let <mjx-container>x</mjx-container> be.</p>")
    with qtbot.waitSignal(built.preview.view.theme_work_lost, timeout=10_000) as told:
        built.type(5, 1, ["<p>Let \\(y\\) be.</p>\n"])
    assert told.args == ["formula"]


def test_a_link_is_told_and_not_followed(qtbot, built):
    assert built.build(POST)
    address = built.preview.ask("location.href")
    with qtbot.waitSignal(built.preview.view.built_link_activated, timeout=10_000) as told:
        built.preview.click("nav a")
    assert told.args == ["copydesk-built://site/other/", "/other/"]
    assert built.preview.ask("location.href") == address


def test_another_post_waits_for_its_page(qtbot, built):
    assert built.build(POST)
    view = built.preview.view
    built.preview.open("other.md")
    view.show_patch([(0, None, [("<p>Of another post.</p>\n", 1)])], 0, 50)
    assert built.article() == shown()
    (built.folder / "post/index.html").unlink()
    result_page = PAGE.format(post="<p>Of another post.</p>", more="")
    (built.folder / "other").mkdir()
    (built.folder / "other/index.html").write_text(result_page, "utf-8")
    with qtbot.waitSignal(view.placed, timeout=20_000):
        view.show_built(Built(view._host.built.result, "/other/", None, lambda: True))
    assert built.article() == ["p Of another post."]


def paragraphs(count: int) -> list[str]:
    return [f"<p>Paragraph number {number} of many. {'Words ' * 40}</p>\n" for number in range(count)]


@pytest.mark.parametrize("grown", [0, 3])
def test_the_same_page_built_anew_stands_where_it_stood(qtbot, built, grown):
    """Also where something has come above what is seen."""
    blocks = paragraphs(60)
    built.open(blocks)
    assert built.build("".join(blocks))
    built.preview.tell("copydeskPlace.scrollTo(copydeskBlocks.list[30].nodes[0].offsetTop)")
    built.preview.until("Math.abs(copydeskBlocks.list[30].nodes[0].getBoundingClientRect().top) < 60")
    top = "copydeskBlocks.list[{}].nodes[0].getBoundingClientRect().top"
    before = built.preview.ask(top.format(30))
    view = built.preview.view
    scrolled = []
    view.scrolled.connect(lambda *place: scrolled.append(place))
    more = [f"<p>New {number}.</p>\n" for number in range(grown)]
    built.type(2, 0, more)
    assert abs(built.preview.ask(top.format(30 + grown)) - before) < 2
    view.follow_line(32 + grown, bring=False)
    scrolled.clear()
    view.show_built(
        Built(write_page(built.folder, "".join(blocks[:2] + more + blocks[2:])), "/post/", view.snapshot())
    )
    qtbot.waitUntil(view._cover.isVisible, timeout=10_000)
    qtbot.waitUntil(lambda: not view._cover.isVisible(), timeout=10_000)
    assert built.preview.ask("copydeskBlocks.list.length") == len(blocks) + grown + 1  # the title's
    assert abs(built.preview.ask(top.format(30 + grown)) - before) < 2
    assert not scrolled  # the text is not to follow what nobody has scrolled


def test_the_page_before_is_seen_until_the_one_built_anew_has_its_place(qtbot, built):
    blocks = paragraphs(60)
    built.open(blocks)
    assert built.build("".join(blocks))
    built.preview.tell("copydeskPlace.scrollTo(3000)")
    built.preview.until("scrollY", 3000)
    view = built.preview.view
    picture = view.web.grab().toImage()
    changed = "".join(blocks).replace("<p>", "<p style='color: red'>")
    view.show_built(Built(write_page(built.folder, changed), "/post/", view.snapshot()))
    qtbot.waitUntil(view._cover.isVisible, timeout=10_000)
    assert view._cover.pixmap().toImage() == picture
    assert view._cover.geometry() == view.web.geometry()
    qtbot.waitUntil(lambda: not view._cover.isVisible(), timeout=10_000)
    assert built.preview.ask("scrollY") == 3000


def test_a_post_that_comes_late_is_waited_for_under_a_veil(qtbot, preview):
    preview.show("<p>Of the first post.</p>")
    veil = preview.view._veil
    preview.open("second.md")
    assert not veil.isVisible()
    qtbot.waitUntil(veil.isVisible, timeout=2000)
    assert veil.geometry() == preview.view.web.geometry()
    preview.show("<p>Of the second post.</p>")
    assert not veil.isVisible()


def test_formulas_are_as_the_build_has_them_and_set_in_reading(qtbot, built):
    formula = '<p>Let <span class="arithmatex">\\({}\\)</span> be.</p>\n'
    built.open([*BLOCKS, formula.format("x")])
    assert "<math" in built.preview.html()
    assert built.build(POST + formula.format("x"))
    assert built.article()[-1] == "p Let \\(x\\) be."
    built.type(5, 1, [formula.format("y")])
    assert built.article()[-1] == "p Let \\(y\\) be."
    view = built.preview.view
    with qtbot.waitSignal(view.settled, timeout=20_000):
        view.show_reading()
    built.preview.until("document.querySelector('math mi')?.textContent ?? null", "y")
