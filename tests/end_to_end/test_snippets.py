"""A file that the post draws in: what is in it is in the preview as soon as it is written."""


def test_a_snippet_that_changes_is_shown_at_once(app_window):
    snippet = app_window.site / "includes/note.md"
    snippet.parent.mkdir()
    snippet.write_text("As it was first.\n", "utf-8")
    config = app_window.site / "mkdocs.yml"
    config.write_text(config.read_text("utf-8") + "  - pymdownx.snippets\n", "utf-8")
    app_window.open("first.md")
    app_window.append('\n--8<-- "includes/note.md"\n')
    shown = "document.querySelector('main').textContent"
    app_window.qtbot.waitUntil(lambda: "As it was first." in app_window.ask(shown), timeout=20_000)
    app_window.qtbot.waitUntil(lambda: snippet in app_window.parts.watcher.watched())
    revision = app_window.session.revision
    for words in ("As it is now.", "As it is at last."):
        snippet.with_name("new").write_text(words, "utf-8")
        snippet.with_name("new").replace(snippet)
        app_window.qtbot.waitUntil(lambda words=words: words in app_window.ask(shown), timeout=20_000)
    assert app_window.session.revision == revision
