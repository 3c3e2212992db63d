"""From the key to the page by patches, through the whole window."""

from editor.render.page_blocks import Block, Change

TEXTS = "[...document.querySelectorAll('main p')].map((element) => element.textContent.trim())"


def test_what_is_wrong_on_the_page_is_corrected_when_nothing_is_typed(app_window):
    app_window.open("first.md")
    app_window.append("\n\nwrong before\n")
    app_window.wait_for_preview()
    client = app_window.parts.client
    place = next(at for at, html in enumerate(client.page.pieces()) if "wrong before" in html)
    # As if the worker had rendered this block otherwise than the whole does.
    spoiled = Block("<p>spoiled</p>", client.page[place].lines)
    client.page.apply([Change(place, 1, [spoiled])])
    app_window.window.preview.show_patch(
        [(place, 1, [(spoiled.html, spoiled.lines)])], client.page.first_line, app_window.session.revision
    )
    app_window.qtbot.waitUntil(lambda: "spoiled" in app_window.ask(TEXTS), timeout=10_000)
    app_window.qtbot.waitUntil(lambda: "wrong before" in app_window.ask(TEXTS), timeout=10_000)
    assert "spoiled" not in app_window.ask(TEXTS)
    assert client.corrected == 1


def test_a_title_that_changes_is_no_reason_to_send_the_text_again(app_window):
    app_window.open("first.md")
    opened = []
    client = app_window.parts.client
    before, client.open = client.open, lambda *arguments: opened.append(arguments)
    try:
        app_window.session.set_value("title", "Another title")
        app_window.wait_for_preview()
    finally:
        client.open = before
    assert opened == []


def test_what_is_typed_while_a_long_post_is_opened_is_on_the_page(app_window):
    path = app_window.site / "docs/posts/long.md"
    path.write_text(
        "---\ndate: 2026-01-01\n---\n\n# Long\n\n" + f"{'Some words. ' * 80}\n\n" * 300 + "## End\n", "utf-8"
    )
    heads = []
    app_window.parts.client.rendered.connect(lambda patch: heads.append(patch.partial))
    app_window.parts.workspace.open_path(path)
    app_window.qtbot.waitUntil(lambda: bool(heads), timeout=20_000)
    assert heads == [True]
    app_window.append("\nTyped meanwhile.\n")
    app_window.qtbot.waitUntil(
        lambda: (app_window.ask(TEXTS) or [""])[-1] == "Typed meanwhile.", timeout=60_000
    )
    app_window.window.preview.keep_awake()  # what is far from the view is not on the page by itself
    app_window.qtbot.waitUntil(lambda: app_window.ask("document.querySelectorAll('main p').length") == 301)


def test_a_link_into_a_long_post_goes_to_its_heading(app_window):
    path = app_window.site / "docs/posts/long.md"
    path.write_text(
        "---\ndate: 2026-01-01\n---\n\n# Long\n\n" + f"{'Some words. ' * 80}\n\n" * 300 + "## End\n", "utf-8"
    )
    app_window.open("first.md")
    app_window.window.preview.link_activated.emit("long.md#end")
    app_window.qtbot.waitUntil(
        lambda: app_window.ask(
            "(() => { const box = document.getElementById('end')?.getBoundingClientRect();"
            " return Boolean(box && box.top >= 0 && box.bottom <= innerHeight); })()"
        ),
        timeout=60_000,
    )
