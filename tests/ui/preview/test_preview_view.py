import json
import os
import signal

import pytest

from editor.ui.theme import DARK, LIGHT


def marked(preview) -> list[str | None]:
    """Return the mark of each top-level element: one that was replaced has none."""
    return preview.ask(
        "[...document.querySelectorAll('.copydesk-part > *')].map((element) => element.mark ?? null)"
    )


def mark(preview) -> None:
    preview.tell(
        "[...document.querySelectorAll('.copydesk-part > *')].forEach((element, i) => { element.mark = `${i}`; })"
    )


def test_the_post_is_on_the_page(preview):
    preview.show("<h1>Title</h1>\n<p>Words</p>")
    assert preview.ask("document.querySelector('main').innerText").split("\n") == ["Title", "", "Words"]


def test_only_the_changed_block_is_replaced(preview):
    preview.show("<h1>Title</h1>\n<p>one</p>\n<p>two</p>\n<ul>\n<li>three</li>\n</ul>")
    mark(preview)
    preview.show(
        "<h1>Title</h1>\n<p>one</p>\n<blockquote>\n<p>2</p>\n</blockquote>\n<ul>\n<li>three</li>\n</ul>"
    )
    assert marked(preview) == ["0", "1", None, "3"]


def test_a_block_in_between_leaves_its_neighbours(preview):
    preview.show("<p>one</p>\n<p>two</p>")
    mark(preview)
    preview.show("<p>one</p>\n<p>new</p>\n<p>two</p>")
    assert marked(preview) == ["0", None, "1"]
    preview.show("<p>two</p>")
    assert marked(preview) == ["1"]


def test_the_page_is_what_a_fresh_page_would_be(preview):
    versions = [
        "<h1>A</h1>\n<p>x <em>y</em> z</p>\n<ul>\n<li>1</li>\n<li>2</li>\n</ul>",
        "<h1>A b</h1>\n<p>x <em>y</em> <strong>z</strong></p>\n<ol>\n<li>1</li>\n<li>2</li>\n</ol>",
        "bare text <b>and</b> more\n<p class='a' title='t'>x</p>\n<hr />\n<ul>\n<li>1</li>\n</ul>",
        "",
        "<p>x <em>y</em> z</p>\n<!-- more -->\n<h1>A</h1>\n<table><tr><td style='width: 9px'>1</td></tr></table>",
    ]
    for html in versions:
        preview.show(html)
        patched = preview.html()
        preview.open("again")
        preview.show(html)
        assert preview.ask(
            "(() => { const parsed = (html) => new DOMParser().parseFromString(html, 'text/html').body;"
            f" return parsed({json.dumps(patched)}).isEqualNode(parsed({json.dumps(preview.html())})); }})()"
        ), (patched, preview.html())


def test_what_the_reader_opened_stays_open_in_a_changed_block(preview):
    block = (
        "<div class='admonition note'><details><summary>More</summary><p>{}</p></details>"
        "<details open='open'><summary>Open</summary><p>x</p></details></div>"
    )
    preview.show(block.format("inside"))
    preview.click("summary")
    preview.until("document.querySelector('details').open")
    preview.show(block.format("inside, changed"))
    assert preview.ask("[...document.querySelectorAll('details')].map((box) => box.open)") == [True, True]
    assert "inside, changed" in preview.html()


def test_a_box_that_the_writer_opens_opens(preview):
    preview.show("<details><summary>More</summary><p>x</p></details>")
    preview.show("<details open='open'><summary>More</summary><p>x</p></details>")
    assert preview.ask("document.querySelector('details').open") is True


TABS = (
    '<div class="tabbed-set tabbed-alternate" data-tabs="{n}:2">'
    '<input checked="checked" id="__tabbed_{n}_1" name="__tabbed_{n}" type="radio" />'
    '<input id="__tabbed_{n}_2" name="__tabbed_{n}" type="radio" />'
    '<div class="tabbed-labels"><label for="__tabbed_{n}_1">A</label>'
    '<label for="__tabbed_{n}_2">B</label></div>\n'
    '<div class="tabbed-content">\n<div class="tabbed-block">\n<p>{a}</p>\n</div>\n'
    '<div class="tabbed-block">\n<p>{b}</p>\n</div>\n</div>\n</div>'
)
CHOSEN = "[...document.querySelectorAll('input')].map((radio) => radio.checked)"


def test_a_chosen_tab_stays_chosen_and_needs_no_script(preview):
    preview.show(TABS.format(n=1, a="first", b="second"))
    assert preview.ask("document.querySelector('main').innerText").count("second") == 0
    preview.click(".tabbed-labels > :nth-child(2)")
    preview.until(CHOSEN, [False, True])
    preview.show(TABS.format(n=1, a="first", b="second, changed"))
    assert preview.ask(CHOSEN) == [False, True]
    assert "second, changed" in preview.ask("document.querySelector('main').innerText")


def test_a_chosen_tab_stays_chosen_when_its_set_gets_another_number(preview):
    preview.show(TABS.format(n=1, a="first", b="second"))
    preview.click(".tabbed-labels > :nth-child(2)")
    preview.until(CHOSEN, [False, True])
    preview.show(TABS.format(n=1, a="new", b="newer") + "\n" + TABS.format(n=2, a="first", b="second"))
    assert preview.ask(CHOSEN) == [True, False, False, True]


def long_post(count: int = 60, changed: int | None = None) -> str:
    return "\n".join(
        f"<p id='p{number}'>Paragraph {number}{' with more words' * 60 if number == changed else ''}</p>"
        for number in range(count)
    )


TOP = "Math.round(document.getElementById('p40').getBoundingClientRect().top)"


def scroll_to_40(preview) -> int:
    preview.tell("document.getElementById('p40').scrollIntoView(); scrollBy(0, 7)")
    preview.tell("document.dispatchEvent(new Event('scroll'))")
    # Where it has come to is what stays once it is painted there.
    preview.tell(
        "globalThis.painted = false; requestAnimationFrame(() => requestAnimationFrame(() => { painted = true; }))"
    )
    preview.until("painted")
    return preview.ask(TOP)


@pytest.mark.parametrize("changed", [3, 39, 50])
def test_a_change_above_or_below_leaves_the_view_where_it_is(preview, changed):
    preview.show(long_post())
    top = scroll_to_40(preview)
    preview.show(long_post(changed=changed))
    assert abs(preview.ask(TOP) - top) <= 1
    preview.show(long_post())
    assert abs(preview.ask(TOP) - top) <= 1


def test_a_block_that_goes_at_the_top_of_the_view_does_not_move_the_rest(preview):
    preview.show(long_post())
    scroll_to_40(preview)
    following = "Math.round(document.getElementById('p42').getBoundingClientRect().top)"
    top = preview.ask(following)
    preview.show(long_post().replace("<p id='p40'>Paragraph 40</p>\n", ""))
    assert abs(preview.ask(following) - top) <= 2


def test_a_picture_that_comes_late_leaves_the_view_where_it_is(preview, picture):
    picture(preview.site / "a.png")
    post = "<p><img src='/a.png' style='width: 200px; height: 300px; display: none'></p>\n" + long_post()
    preview.show(post)
    top = scroll_to_40(preview)
    preview.tell("document.querySelector('img').style.display = 'block'")
    preview.until("document.querySelector('img').offsetHeight", 300)
    preview.until(f"Math.abs({TOP} - {top}) <= 1")


def test_another_post_begins_at_its_top(preview):
    preview.show(long_post())
    scroll_to_40(preview)
    preview.open("second.md")
    preview.show(long_post(50))
    assert preview.ask("scrollY") == 0


def test_what_is_shown_stays_until_the_next_post_comes(preview):
    preview.show("<p>first</p>")
    preview.open("second.md")
    assert "first" in preview.html()


def test_a_long_post_comes_whole_once_it_is_wanted(preview):
    html = "\n".join(f"<p>{number} {'words ' * 40}</p>" for number in range(3_000))
    preview.show(html)
    paragraphs = "document.querySelectorAll('.copydesk-part > p').length"
    assert preview.ask("copydeskBlocks.list.length") == 3_001
    assert preview.ask(paragraphs) < 1_200
    preview.view.select_all()
    preview.until("getSelection().toString().includes('2999 words')")
    assert preview.ask(paragraphs) == 3_000
    assert preview.ask("getSelection().toString().split('words').length") == 3_000 * 40 + 1
    last = "document.querySelector('.copydesk-part:last-child > p:last-of-type').textContent"
    assert preview.ask(last).startswith("2999 ")


def test_the_last_of_many_revisions_is_shown(preview, qtbot):
    with qtbot.waitSignal(preview.view.settled, check_params_cb=lambda revision: revision == 130):
        for number in range(101, 131):
            preview.view.show_patch([(0, None, [(f"<p>{number}</p>", 1)])], 0, number)
    assert preview.ask("document.querySelector('main').innerText") == "130"


def test_pictures_of_the_site_load(preview, picture):
    picture(preview.site / "img" / "ü b.png")
    preview.show('<p><img src="/img/%C3%BC%20b.png" alt="x"></p>')
    assert preview.ask("document.querySelector('img').naturalWidth") == 1


def test_the_site_says_where_a_picture_is(preview, picture):
    asked = []
    found = picture(preview.site / "docs" / "img" / "a.png")

    def resolve(url):
        asked.append(url)
        return found if url == "../img/a.png#only-light" else None

    preview.view.set_site(preview.site, resolve)
    preview.show('<p><img src="../img/a.png#only-light"><img src="other.png"></p>')
    assert preview.ask("document.querySelector('img').naturalWidth") == 1
    assert "../img/a.png#only-light" in asked


def test_a_missing_picture_shows_its_path(preview, picture):
    preview.show('<p><img src="/img/gone%20away.png" alt="x"></p>')
    preview.until("document.querySelector('main').innerText", "No picture at /img/gone away.png")
    preview.show('<p><img src="/img/gone%20away.png" alt="x"> and more</p>')
    preview.until("document.querySelector('main').innerText", "No picture at /img/gone away.png\n and more")
    picture(preview.site / "img" / "gone away.png")
    preview.view.reload_pictures()
    preview.until("document.querySelector('img')?.naturalWidth ?? 0", 1)


def test_a_remote_picture_is_named_and_not_asked_for(preview):
    preview.show('<p><img src="https://pictures.example.org/a.png"> <img src="//b.example.org/x"></p>')
    text = preview.ask("document.querySelector('main').innerText")
    assert " ".join(text.split()) == "Picture from pictures.example.org Picture from b.example.org"
    assert "src=" not in preview.html()


def test_a_link_is_reported_as_the_post_has_it(preview, qtbot):
    preview.show('<p><a href="../other post.md#part">There</a></p>')
    with qtbot.waitSignal(preview.view.link_activated) as clicked:
        preview.click("a")
    assert clicked.args == ["../other post.md#part"]
    assert preview.view.web.url().toString() == "copydesk://shell/shell.html"
    assert "There" in preview.html()


def test_a_link_within_the_post_scrolls(preview, qtbot):
    links = []
    preview.view.link_activated.connect(links.append)
    preview.show(
        '<p><a href="#%C3%BCber">There</a></p>' + long_post() + '<h2 id="über">Über</h2>' + long_post()
    )
    preview.click("a")
    preview.until("Math.round(document.getElementById('über').getBoundingClientRect().top)", 16)
    assert links == []


def test_the_view_can_be_sent_to_a_heading(preview):
    preview.open("second.md")
    preview.view.scroll_to_anchor("end")
    preview.show(long_post() + "<details><summary>x</summary><h2 id='end'>End</h2></details>" + long_post())
    preview.until("Math.round(document.getElementById('end').getBoundingClientRect().top)", 16)


def test_the_view_follows_the_caret(preview):
    lines = [f"Paragraph {number}" for number in range(60)]
    html = "\n".join(f"<p id='p{number}'>Paragraph {number}</p>" for number in range(60))
    preview.view.follow_line(100)
    preview.show(html, "\n\n".join(lines))
    in_view = "(() => { const box = document.getElementById('p50').getBoundingClientRect();"
    in_view += " return box.top >= 0 && box.bottom <= innerHeight; })()"
    preview.until(in_view)
    beside = (
        "Math.abs(document.getElementById('copydesk-caret').getBoundingClientRect().top"
        " - document.getElementById('p50').getBoundingClientRect().top) < 2"
    )
    preview.until(beside)
    place = preview.ask("scrollY")
    preview.view.follow_line(98)  # in view already
    preview.until(beside.replace("p50", "p49"))
    assert preview.ask("scrollY") == place


def test_light_and_dark(preview, qtbot):
    colour = "getComputedStyle(document.querySelector('main')).color"
    preview.show("<p>x</p>")
    preview.view.set_theme(DARK)
    preview.until(colour, "rgb(230, 228, 223)")
    assert preview.ask("getComputedStyle(document.documentElement).backgroundColor") == "rgb(27, 28, 32)"
    preview.view.set_theme(LIGHT)
    preview.until(colour, "rgb(35, 33, 29)")
    qtbot.waitUntil(lambda: preview.view.to_picture().toImage().pixelColor(580, 490).name() == LIGHT.pane)


def test_a_notice_stands_above_the_page(preview):
    preview.view.show_notice("This is the last good preview.")
    assert preview.view.findChild(object, "previewNotice").isVisible()
    preview.view.show_notice(None)
    assert not preview.view.findChild(object, "previewNotice").isVisible()


def test_zoom_keeps_to_what_chromium_knows(preview):
    preview.view.set_zoom(1.5)
    assert preview.view.web.zoomFactor() == 1.5
    preview.view.set_zoom(90)
    assert preview.view.web.zoomFactor() == pytest.approx(5.0)


def test_the_menu_offers_copying_and_nothing_else(preview):
    preview.show('<p><a href="there.md">There</a></p>')
    assert [action.text() for action in preview.view.context_menu().actions()] == ["Copy", "Select all"]
    preview.tell("document.querySelector('a').dispatchEvent(new MouseEvent('contextmenu', {bubbles: true}))")
    preview.until("1", 1)
    texts = [action.text() for action in preview.view.context_menu().actions()]
    assert texts == ["Copy", "Copy link address", "Select all"]


def kill_renderer(preview) -> None:
    os.kill(preview.view.web.page().renderProcessPid(), signal.SIGKILL)


def test_a_crashed_page_comes_back_with_the_post(preview, qtbot):
    preview.show("<p>still here</p>")
    with (
        qtbot.waitSignal(preview.view.settled, timeout=20_000),
        qtbot.waitSignal(preview.view.renderer_crashed) as crashed,
    ):
        kill_renderer(preview)
    assert "started again" in crashed.args[0]
    assert "still here" in preview.html()


def test_a_page_that_keeps_crashing_is_given_up_until_the_next_post(preview, qtbot):
    preview.show("<p>still here</p>")
    for _attempt in range(2):
        with qtbot.waitSignal(preview.view.settled, timeout=20_000):
            kill_renderer(preview)
    with qtbot.waitSignal(preview.view.renderer_crashed) as crashed:
        kill_renderer(preview)
    assert "switched off" in crashed.args[0]
    assert preview.view.findChild(object, "previewNotice").text() == crashed.args[0]
    preview.open("second.md")
    preview.show("<p>and back</p>")
    assert "and back" in preview.html()
    assert not preview.view.findChild(object, "previewNotice").isVisible()


def test_text_of_the_post_is_never_taken_for_script(preview):
    words = "</script><script>1</script> ${1} ` \\ \" ' \u2028 \u2029 😀 é"
    escaped = words.replace("&", "&amp;").replace("<", "&lt;")
    preview.show(f"<p>{escaped}</p>")
    assert preview.ask("JSON.stringify(document.querySelector('p').textContent)") == json.dumps(
        words, ensure_ascii=False
    )


def test_a_preview_that_is_folded_away_settles_too(preview):
    preview.view.window().hide()
    preview.until("document.hidden")
    preview.show("<p>unseen</p>")
    preview.view.window().show()
    preview.show("<p>seen</p>")


def test_a_picture_that_takes_its_time_is_waited_for(preview, qtbot, picture):
    for number in range(30):
        picture(preview.site / f"{number}.png")
        preview.show(f'<p><img src="/{number}.png"></p>')
        assert preview.ask("document.querySelector('img').complete")


def test_a_patch_that_fails_in_the_page_is_made_up_for_by_all_of_it(preview, log):
    log.expect("could not be applied")
    preview.show("<p>one</p>\n<p>two</p>")
    preview.tell(
        "const apply = copydeskBlocks.apply;"
        " copydeskBlocks.apply = () => { copydeskBlocks.apply = apply; throw new Error('broken'); }"
    )
    preview.show("<p>one</p>\n<p>three</p>")
    assert preview.ask("document.querySelector('main').innerText").split() == ["one", "three"]


def test_a_film_that_is_not_loaded_leaves_no_empty_box(preview):
    frame = '<iframe src="https://films.example/1" style="position:absolute;width:100%;height:100%"></iframe>'
    box = "<div id='film' style='position:relative;padding-bottom:56.25%;height:0;overflow:hidden'>{}</div>"
    preview.show(box.format(frame))
    height = preview.ask("document.querySelector('#film').getBoundingClientRect().height")
    assert 20 < height < 100
    assert preview.ask("document.querySelector('#film').innerText.includes('films.example')")


def test_the_page_that_the_keyboard_goes_to_is_marked(preview, qtbot):
    from PySide6.QtWidgets import QLineEdit

    view = preview.view
    other = QLineEdit(view.window())
    other.show()
    view.setFocus()
    view.focus_mark.show()
    assert view.focus_mark.geometry() == view.web.geometry()
    other.setFocus()
    qtbot.waitUntil(lambda: not view.focus_mark.isVisible())
