"""Links that a generator resolves by reading other files, as they are typed in the window."""

import json

from PySide6.QtGui import QTextCursor

from editor.ui.preview.page import WORLD

PELICAN = {
    "pelicanconf.py": "PATH = 'content'\nSITEURL = ''\nRELATIVE_URLS = False\n",
    "content/first.md": "Title: First\nDate: 2024-01-02\n\nSee [the other]({filename}second.md).\n",
    "content/second.md": "Title: Second\nDate: 2024-01-03\nSlug: quite-another\n\nText.\n",
}


def hrefs(window):
    """Return the addresses of the links on the page."""
    answers = []
    script = "JSON.stringify([...document.querySelectorAll('main a')].map((a) => a.getAttribute('href')))"
    window.window.preview.web.page().runJavaScript(script, WORLD, answers.append)
    window.qtbot.waitUntil(lambda: bool(answers), timeout=10_000)
    return json.loads(answers[0] or "[]")


def test_a_link_to_a_source_leads_where_the_post_is_published(window):
    here = window(PELICAN)
    here.open(here.folder / "content/first.md")
    here.qtbot.waitUntil(lambda: hrefs(here) == ["/quite-another.html"], timeout=20_000)


def test_a_link_that_is_typed_is_looked_up_without_a_save(window):
    here = window({**PELICAN, "content/third.md": "Title: Third\nDate: 2024-01-04\n\nText.\n"})
    here.open(here.folder / "content/first.md")
    here.qtbot.waitUntil(lambda: hrefs(here) == ["/quite-another.html"], timeout=20_000)
    cursor = QTextCursor(here.session.document)
    cursor.movePosition(QTextCursor.MoveOperation.End)
    cursor.insertText("\n[third]({filename}/third.md)")
    here.qtbot.waitUntil(lambda: hrefs(here) == ["/quite-another.html", "/third.html"], timeout=20_000)


def test_what_is_typed_without_a_link_asks_no_file(window):
    here = window(PELICAN)
    here.open(here.folder / "content/first.md")
    here.qtbot.waitUntil(lambda: hrefs(here) == ["/quite-another.html"], timeout=20_000)
    linked = here.parts.preview.linked
    here.qtbot.waitUntil(lambda: bool(here.parts.workspace.posts) and not linked.busy, timeout=10_000)
    cursor = QTextCursor(here.session.document)
    cursor.movePosition(QTextCursor.MoveOperation.End)
    cursor.insertText("words")
    assert not linked.busy
    cursor.insertText(" [x](y)")
    assert linked.busy


def test_a_link_by_its_slug_is_nikolas(window):
    here = window(
        {
            "conf.py": (
                "BLOG_TITLE = 'x'\nSITE_URL = 'https://example.org/'\n"
                "POSTS = (('posts/*.md', 'posts', 'post.tmpl'),)\nPAGES = ()\n"
                "COMPILERS = {'markdown': ('.md',)}\nPRETTY_URLS = True\n"
            ),
            "posts/first.md": (
                "<!--\n.. title: First\n.. slug: first\n.. date: 2024-01-02 10:00:00 UTC\n-->\n\n"
                "[other](link://slug/second)\n"
            ),
            "posts/second.md": (
                "<!--\n.. title: Second\n.. slug: second\n.. date: 2024-01-02 10:00:00 UTC\n-->\n\nText.\n"
            ),
        }
    )
    here.open(here.folder / "posts/first.md")
    here.qtbot.waitUntil(lambda: hrefs(here) == ["../second/"], timeout=20_000)
