"""Long posts are checked in a process of its own, which finds what the window would."""

import sys
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from editor.errors import WorkerDied
from editor.proof.contents import Around, Content, check_content
from editor.proof.other_posts import OtherPosts
from editor.render.protocol import RenderResult
from editor.site.find import find_site
from editor.ui.proof.check_process import CheckProcess, NotSent, Request
from editor.ui.proof.window_pages import Previewed, WindowPages

TEXT = """\
---
date: '2024-01-31'
---

# A heading

[one](#a-heading) [two](#nowhere) [three](second.md#no-such) [tract](github.com/a/b)
"""
HTML = (
    '<h1 id="a-heading">A heading</h1>\n<p><a href="#a-heading">one</a> <a href="#nowhere">two</a> '
    '<a href="github.com/a/b">tract</a></p>'
)


@pytest.fixture
def request_for(site_copy):
    site = find_site(site_copy("small-blog"))
    assert site is not None
    path = site.root / "docs/posts/new.md"
    others = OtherPosts.of(site)

    def make(text: str, html: str = HTML) -> Request:
        shown = Previewed(text, RenderResult(1, html))
        return Request(Content(path, text), None, site, others, shown, {})

    return make


@pytest.fixture
def process():
    process = CheckProcess()
    yield process
    process.rest()


def test_it_finds_what_a_thread_would(request_for, process):
    for text in (TEXT, TEXT.replace("two", "two 🎉"), TEXT.replace("'", "")):  # the site goes there once
        request = request_for(text)
        pages = WindowPages()
        pages.show(request.post.path, request.previewed)
        expected = check_content(request.site, request.post, Around(request.others, pages))
        pages.rest()
        assert process.check(request) == expected
        assert {found.code for found in expected} >= {"broken-anchor", "missing-scheme"}


def test_no_qt_comes_along(request_for):
    import subprocess

    program = (
        "import sys; from editor.ui.proof import check_process; "
        "sys.exit(any(name.split('.')[0] in ('PySide6', 'shiboken6') for name in sys.modules))"
    )
    root = Path(__file__).resolve().parents[3]
    assert subprocess.run([sys.executable, "-c", program], cwd=root, check=False).returncode == 0


def test_a_check_that_fails_is_told_and_the_next_one_goes_on(request_for, process):
    request = request_for(TEXT)
    broken = Request(request.post, None, request.site, request.others, None, None)  # type: ignore[arg-type]
    with pytest.raises(AttributeError):
        process.check(broken)
    assert process.check(request)


def test_what_can_t_go_to_another_process_is_told_before_anything_is_sent(request_for, process):
    request = request_for(TEXT)
    with pytest.raises(NotSent):
        process.check(replace(request, web={"x": lambda: None}))
    assert process.check(request)


def test_it_is_started_again_where_it_has_gone(request_for, process):
    process.check(request_for(TEXT))
    process._process.kill()
    process._process.wait()
    with pytest.raises(WorkerDied):
        process.check(request_for(TEXT))
    assert process.check(request_for(TEXT))


def test_who_waits_for_it_is_told_when_it_is_ended(request_for, process):
    ended: list[Exception] = []
    request = request_for(TEXT)
    process.check(request)
    long = request_for(TEXT + "[a](#b) *x* `y`\n\n" * 100_000)

    def ask() -> None:
        try:
            process.check(long)
        except WorkerDied as error:
            ended.append(error)

    thread = threading.Thread(target=ask)
    thread.start()
    process.end()
    thread.join(30)
    assert not thread.is_alive()
    with pytest.raises(WorkerDied):
        process.check(request)
