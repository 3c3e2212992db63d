"""The pane that shows what changed on a page, with the real page and the real render worker."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from editor.settings import Settings
from editor.site.building.results import BuildResult
from editor.site.find import SiteFinder
from editor.site.site import Site
from editor.ui.commit.rendered_changes import AFTER, BEFORE, CHANGES, RenderedChanges
from editor.ui.preview.page import WORLD
from editor.ui.theme import DARK, LIGHT
from tests.ui.preview.built_pages import write_page

HEAD = "---\ntitle: A post\ndate: 2026-01-02\n---\n\n"
POST = HEAD + "\n\n".join(
    [
        "# A post",
        "First words.",
        *(f"Paragraph {number} stays as it is." for number in range(12)),
        "## Part",
        "The [tract](tract.example) library have passed.",
        "- one\n- two\n- three",
        *(f"Later paragraph {number}." for number in range(30)),
        "The last words of it.\n",
    ]
)
EDITED = (
    POST.replace("](tract.example)", "](https://tract.example)")
    .replace("have passed", "has passed")
    .replace("- two\n", "- two\n- new\n")
    .replace("The last words", "The very last words")
)


class Pane:
    """The pane in a window of its own, and what a test asks of it."""

    def __init__(self, qtbot: QtBot, pane: RenderedChanges, path: Path) -> None:
        self._qtbot = qtbot
        self.pane = pane
        self.path = path

    def show(self, before: str | None, after: str | None) -> None:
        """Show the change, and wait until it is painted."""
        with self._qtbot.waitSignal(self.pane.shown, timeout=30_000):
            self.pane.show_change(before, after, self.path)

    def choose(self, name: str) -> None:
        with self._qtbot.waitSignal(self.pane.shown, timeout=20_000):
            QTest.mouseClick(self.pane.buttons[name], Qt.MouseButton.LeftButton)

    def ask(self, expression: str) -> Any:
        """Return the value of `expression` in our own world of the page."""
        assert self.pane.view is not None
        answers: list[Any] = []
        script = f"JSON.stringify({expression}) ?? 'null'"
        self.pane.view.web.page().runJavaScript(script, WORLD, answers.append)
        self._qtbot.waitUntil(lambda: bool(answers), timeout=10_000)
        return json.loads(answers[0])

    def tell(self, statement: str) -> None:
        self.ask(f"(() => {{ {statement}; return 1; }})()")

    def until(self, expression: str, value: Any = True) -> None:
        self._qtbot.waitUntil(lambda: self.ask(expression) == value, timeout=10_000)

    def texts(self, selector: str) -> list[str]:
        """Return what the elements say that `selector` finds."""
        return list(
            self.ask(f"[...document.querySelectorAll({selector!r})].map((one) => one.textContent.trim())")
        )

    def click(self, selector: str) -> None:
        assert self.pane.view is not None
        x, y = self.ask(
            f"(() => {{ const box = document.querySelector({selector!r}).getBoundingClientRect();"
            " return [box.x + box.width / 2, box.y + box.height / 2]; })()"
        )
        QTest.mouseClick(
            self.pane.view.web.focusProxy(),
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
            QPoint(int(x), int(y)),
        )


@pytest.fixture
def site(tmp_path: Path) -> Site:
    posts = tmp_path / "site" / "docs" / "blog" / "posts"
    posts.mkdir(parents=True)
    (tmp_path / "site" / "mkdocs.yml").write_text(
        "site_name: A site\ntheme:\n  name: material\nplugins:\n  - blog\nmarkdown_extensions:\n  - tables\n  - toc:\n"
        "      permalink: true\n  - md_in_html\n",
        "utf-8",
    )
    (posts / "post.md").write_text(POST, "utf-8")
    found = SiteFinder(Settings.load()).find(posts / "post.md")
    assert found is not None
    return found


@pytest.fixture
def make(qtbot: QtBot, site: Site) -> Iterator[Callable[..., Pane]]:
    made: list[RenderedChanges] = []

    def make_pane(found: Site | None = site, *, shown: bool = True) -> Pane:
        pane = RenderedChanges(lambda _path: found)
        made.append(pane)
        pane.set_theme(LIGHT)
        pane.resize(700, 600)
        if shown:
            pane.show()
        return Pane(qtbot, pane, site.root / "docs/blog/posts/post.md")

    yield make_pane
    for pane in made:
        pane.end()
        pane.close()
        pane.deleteLater()
    qtbot.waitUntil(lambda: not any(isValid(pane) for pane in made))


@pytest.fixture
def pane(make: Callable[..., Pane]) -> Pane:
    return make()


def test_what_changed_is_marked_on_the_page(pane):
    pane.show(POST, EDITED)
    assert pane.texts("del") == ["tract", "have"]
    assert pane.texts("ins") == ["tract", "has", "new", "very"]
    assert pane.texts("li[data-copydesk-mark]") == ["new"]
    assert pane.ask(
        "[...document.querySelectorAll('li')].map((one) => one.hasAttribute('data-copydesk-mark'))"
    ) == [
        False,
        False,
        True,
        False,
    ]
    assert pane.pane.bar.count.text() == "4 changes"
    assert pane.pane.badge.isVisible()
    assert pane.ask("getComputedStyle(document.querySelector('del')).textDecorationLine") == "line-through"
    assert pane.ask("getComputedStyle(document.querySelector('ins')).textDecorationLine") == "underline"


def test_what_is_the_same_is_folded_and_opens_by_a_click(pane):
    pane.show(POST, EDITED)
    assert pane.texts("h2") == ["Part¶"]
    folds = pane.texts(".copydesk-folded")
    assert folds == ["⋯ 14 paragraphs unchanged", "⋯ 29 paragraphs unchanged"]
    assert "Paragraph 3 stays as it is." not in pane.texts("p")
    pane.click(".copydesk-folded a")
    pane.until("document.querySelectorAll('.copydesk-folded').length", 1)
    assert "Paragraph 3 stays as it is." in pane.texts("p")
    assert pane.texts("h1") == ["A post¶"]
    pane.show(POST, EDITED.replace("First", "Very first"))  # what was opened stays so
    texts = "[...document.querySelectorAll('.copydesk-folded')].map((one) => one.textContent.trim())"
    pane.until(texts, ["⋯ 12 paragraphs unchanged", "⋯ 29 paragraphs unchanged"])


def test_what_is_the_same_in_a_long_list_is_folded_too(pane):
    entries = [f"- entry {number}" for number in range(20)]
    rows = ["| a | b |", "|---|---|", *(f"| {number} | row |" for number in range(9))]
    before = HEAD + "# A post\n\n" + "\n".join(entries) + "\n\n" + "\n".join(rows) + "\n"
    after = before.replace("entry 10\n", "entry 10 changed\n").replace("| 8 | row", "| 8 | changed row")
    pane.show(before, after)
    shown = (
        "[...document.querySelectorAll('li')].filter((one) => one.offsetHeight).map((one) => one.textContent)"
    )
    assert pane.ask(shown) == ["⋯ 9 unchanged", "entry 9", "entry 10 changed", "entry 11", "⋯ 8 unchanged"]
    assert pane.texts("tr.copydesk-folded") == ["⋯ 7 unchanged"]
    pane.click("li.copydesk-folded button")
    pane.until("document.querySelectorAll('li.copydesk-folded').length", 0)
    assert len(pane.ask(shown)) == 20
    pane.choose(AFTER)
    assert pane.texts(".copydesk-folded, [data-copydesk-hidden]") == []
    assert len(pane.ask(shown)) == 20


def test_before_and_after_are_whole_pages_without_marks(pane):
    pane.show(POST, EDITED)
    pane.choose(BEFORE)
    assert (pane.texts("ins, del, .copydesk-folded"), pane.texts("li")) == ([], ["one", "two", "three"])
    pane.choose(AFTER)
    assert (pane.texts("ins, del, .copydesk-folded"), pane.texts("li")) == (
        [],
        ["one", "two", "new", "three"],
    )
    assert not pane.pane.bar.count.isVisible()
    pane.choose(CHANGES)
    assert len(pane.texts("ins")) == 4


@pytest.mark.parametrize(
    ("before", "after", "missing", "words"),
    [
        (None, POST, BEFORE, "New post"),
        (POST, None, AFTER, "Deleted post"),
    ],
)
def test_a_post_that_is_new_or_deleted(pane, before, after, missing, words):
    pane.show(before, after)
    assert pane.texts("h1") == ["A post¶"]
    assert [name for name, button in pane.pane.buttons.items() if not button.isEnabled()] == [missing]
    assert pane.pane.bar.count.text() == words


def test_a_page_that_is_no_post_is_not_called_one(pane):
    pane.path = pane.path.parents[1] / "about.md"
    pane.show(None, POST)
    assert pane.pane.bar.count.text() == "New page"


def test_a_change_that_nobody_sees_says_so(pane):
    pane.show(POST, POST.replace("date: 2026-01-02", "date: 2026-01-02\ndraft: true"))
    assert pane.pane.bar.count.text() == "No difference to be seen"
    assert len(pane.texts("p")) > 40
    assert not pane.pane.bar.next.isEnabled()


def test_from_change_to_change_by_the_keyboard(pane, qtbot):
    pane.show(POST, EDITED)
    pane.pane.setFocus()
    current = "[...document.querySelectorAll('[data-copydesk-current]')].map((one) => one.textContent)"
    for number, marks in (
        (1, ["tract", "tract"]),
        (2, ["have", "has"]),
        (3, ["new"]),
        (4, ["very "]),
        (1, None),
    ):
        pane.pane.bar.next.trigger()
        assert pane.pane.bar.count.text() == f"{number} of 4"
        if marks is not None:
            pane.until(current, marks)
    pane.pane.bar.previous.trigger()
    pane.until(current, ["very "])
    in_view = (
        "(() => { const box = document.querySelector('[data-copydesk-current]').getBoundingClientRect();"
        " return box.top >= 0 && box.bottom <= innerHeight; })()"
    )
    pane.until(in_view)
    assert pane.pane.bar.next.shortcut().toString() == "Alt+Down"


def test_the_bar_says_less_where_there_is_no_room(pane, qtbot):
    pane.show(POST, EDITED)
    assert (pane.pane.bar.count.isVisible(), pane.pane.badge.text()) == (True, pane.pane.badge.words)
    pane.pane.setStyleSheet(LIGHT.style_sheet())
    pane.pane.resize(300, 400)
    assert (pane.pane.bar.count.isVisible(), pane.pane.badge.text()) == (False, "")
    buttons = pane.pane.buttons.values()
    qtbot.waitUntil(
        lambda: all(button.width() >= button.sizeHint().width() for button in buttons), timeout=5000
    )


def test_only_our_own_marks_are_marks(pane):
    own = (
        '\n<p data-copydesk-mark="c0d new 1" data-copydesk-note="x">fake <ins data-copydesk-mark="c0d 1">one</ins>'
        ' <a href="copydesk-fold:0" data-copydesk-mark="c0d fold">fold</a><img src=x onerror="document.title=1"></p>\n'
    )
    pane.show(POST + own, EDITED + own.replace(">one<", ">two<"))
    marks = "[...document.querySelectorAll('[data-copydesk-mark]')].map((one) => one.dataset.copydeskMark)"
    assert all(mark.startswith("c1d ") for mark in pane.ask(marks))
    assert pane.ask("document.querySelectorAll('a[href^=copydesk-fold]').length") == len(
        pane.texts(".copydesk-folded")
    )
    assert pane.ask("document.querySelectorAll('[onerror], [data-copydesk-note]').length") == 0
    assert pane.ask("document.title") == "Preview"


def test_what_is_gone_has_no_id_and_what_moved_says_so(pane):
    before = HEAD + "# A post\n\n## Old part\n\nOne two.\n\nThree four.\n\nFive six.\n"
    after = HEAD + "# A post\n\n## Else entirely\n\nThree four.\n\nFive six.\n\nOne two.\n"
    pane.show(before, after)
    assert pane.ask("[...document.querySelectorAll('h2')].map((one) => one.id)") == ["", "else-entirely"]
    notes = "[...document.querySelectorAll('[data-copydesk-note]')].map((one) => one.dataset.copydeskNote)"
    assert pane.ask(notes) == ["Moved from here", "Moved here"]


def test_nothing_is_rendered_while_nobody_looks(make, qtbot):
    hidden = make(shown=False)
    hidden.pane.show_change(POST, EDITED, hidden.path)
    assert hidden.pane.view is None
    assert not hidden.pane._running
    with qtbot.waitSignal(hidden.pane.shown, timeout=30_000):
        hidden.pane.show()
    assert hidden.pane.bar.count.text() == "4 changes"
    hidden.pane.hide()
    qtbot.waitUntil(lambda: not hidden.pane._running and hidden.pane._maker._renderer is None)


def test_the_latest_wish_is_shown(pane, qtbot):
    for word in ("one", "two", "three"):
        pane.pane.show_change(POST, POST.replace("First", word), pane.path)
    qtbot.waitUntil(lambda: not pane.pane.busy, timeout=30_000)
    pane.until("document.querySelector('ins')?.textContent", "three")


def test_without_a_site_a_sentence_stands_there(make, qtbot):
    lost = make(None)
    lost.pane.show_change(POST, EDITED, lost.path)
    assert "no post of a site" in lost.pane._words.text()
    assert lost.pane._words.isVisible()
    assert lost.pane.view is None


def test_links_are_told_and_not_followed(pane, qtbot):
    pane.show(POST, EDITED)
    with qtbot.waitSignal(pane.pane.link_activated) as told:
        pane.click("ins a")
    assert told.args == ["https://tract.example"]


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_marks_can_be_read(pane, theme):
    pane.pane.set_theme(theme)
    pane.show(POST, EDITED)
    colours = (
        "['del', 'ins'].map((name) => { const style = getComputedStyle(document.querySelector(name));"
        " return [style.color, style.backgroundColor]; })"
    )
    for ink, wash in pane.ask(colours):
        assert _contrast(_rgb(ink), _rgb(wash)) >= 4.5


def _rgb(colour: str) -> list[float]:
    return [float(part) / 255 for part in colour.removeprefix("rgb(").removesuffix(")").split(",")]


def _contrast(one: list[float], other: list[float]) -> float:
    lights = []
    for colour in (one, other):
        linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in colour]
        lights.append(0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2])
    return (max(lights) + 0.05) / (min(lights) + 0.05)


# ---- the site's own theme


@pytest.fixture
def built(make: Callable[..., Pane], site: Site, tmp_path: Path) -> Pane:
    """Give a pane of a trusted site, of whose page after the change there is a build."""
    trusted = SiteFinder(Settings.load(), trust=True).find(site.root / "docs/blog/posts/post.md")
    made = make(trusted)

    def find(path: Path, text: str) -> tuple[BuildResult, str]:
        assert (path, text) == (made.path, EDITED)
        version = made.pane._maker._version(trusted, path, text)
        return write_page(tmp_path / "built", version.html.replace("<p>", '<p class="theme">')), "/post/"

    made.pane.set_builds(find)
    return made


def test_the_same_marks_in_the_sites_own_theme(built, qtbot):
    pane = built.pane
    built.show(POST, EDITED)
    assert pane.bar.look_switch.isVisible()
    with qtbot.waitSignals([pane.view.placed, pane.shown], timeout=30_000):
        QTest.mouseClick(pane.bar.look_switch.published, Qt.MouseButton.LeftButton)
    assert built.ask("location.protocol") == "copydesk-built:"
    assert built.texts("footer") == ["The footer of the site"]
    assert built.texts("article del") == ["tract", "have"]
    assert built.texts("article ins") == ["tract", "has", "new", "very"]
    assert built.ask("getComputedStyle(document.querySelector('del')).textDecorationLine") == "line-through"
    assert len(built.texts(".copydesk-folded")) == 2
    pane.bar.previous.trigger()
    built.until(
        "[...document.querySelectorAll('[data-copydesk-current]')].map((one) => one.textContent)", ["very "]
    )
    built.tell("scrollTo(0, 0)")
    built.click(".copydesk-folded a")
    built.until("document.querySelectorAll('.copydesk-folded').length", 1)
    assert "Paragraph 3 stays as it is." in built.texts("article p")
    with qtbot.waitSignal(pane.shown, timeout=30_000):
        QTest.mouseClick(pane.bar.look_switch.reading, Qt.MouseButton.LeftButton)
    assert built.ask("location.protocol") == "copydesk:"
    assert built.texts("del") == ["tract", "have"]


def test_before_and_after_in_the_sites_own_theme(built, qtbot):
    built.show(POST, EDITED)
    with qtbot.waitSignals([built.pane.view.placed, built.pane.shown], timeout=30_000):
        built.pane.bar.published.setChecked(True)
    for side, entries in ((BEFORE, ["one", "two", "three"]), (AFTER, ["one", "two", "new", "three"])):
        built.choose(side)
        built.until("[...document.querySelectorAll('article li')].map((one) => one.textContent)", entries)
        assert built.texts("ins, del") == []
        assert built.texts("footer") == ["The footer of the site"]


@pytest.mark.parametrize(("ink", "ground"), [("#222222", "#ffffff"), ("#e2e4e9", "#1e2129")])
def test_marks_can_be_read_in_light_and_dark_themes(built, qtbot, ink, ground):
    built.show(POST, EDITED)
    with qtbot.waitSignals([built.pane.view.placed, built.pane.shown], timeout=30_000):
        built.pane.bar.published.setChecked(True)
    built.tell(f"document.body.style.cssText = 'color: {ink}; background: {ground}'")
    paint = (
        "['del', 'ins'].map((name) => { const style = getComputedStyle(document.querySelector(name));"
        " const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });"
        f" return [['{ground}', style.backgroundColor], [style.color]].map((colours) => {{"
        " for (const colour of colours) { canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1); }"
        " return [...canvas.getImageData(0, 0, 1, 1).data.slice(0, 3)].map((part) => part / 255); }); })"
    )
    for wash, text in built.ask(paint):
        assert _contrast(text, wash) >= 4.5


def test_a_built_page_without_the_post_is_not_shown(built, qtbot, tmp_path):
    pane = built.pane
    other = write_page(tmp_path / "built", "<p>Something else entirely.</p>"), "/post/"
    pane.set_builds(lambda _path, _text: other)
    built.show(POST, EDITED)
    with qtbot.waitSignal(pane.view.placed, timeout=30_000):
        pane.bar.published.setChecked(True)
    qtbot.waitUntil(lambda: not pane.bar.published.isChecked())
    built.until("location.protocol", "copydesk:")
    built.until("document.querySelectorAll('del').length", 2)
    assert "was not found in the built page" in pane.view._notice.text()


def test_a_closed_box_opens_where_something_changed_inside(pane):
    box = "<details><summary>More</summary>\n<p>Old words.</p></details>\n"
    pane.show(POST + "\n" + box * 2, POST + "\n" + box + box.replace("Old", "New"))
    assert pane.ask("[...document.querySelectorAll('details')].map((one) => one.open)") == [False, True]


def test_without_a_build_there_is_the_reading_look_alone(pane):
    pane.show(POST, EDITED)
    assert not pane.pane.bar.look_switch.isVisible()


def test_new_code_looks_as_it_always_does_and_so_does_what_the_post_strikes_through(pane):
    code = '<div class="highlight"><pre><code>x = <span class="mi">1</span>\ny = 2\n</code></pre></div>'
    pane.show(POST, POST.replace("## Part", f"Said <del>by the post</del> so.\n\n{code}\n\n## Part"))
    assert pane.texts("pre")
    assert pane.ask("document.querySelector('pre').closest('[data-copydesk-mark~=new]') !== null")
    signs = (
        "[...document.querySelectorAll('pre ins')].map((line) => getComputedStyle(line, '::before').content)"
    )
    assert set(pane.ask(signs)) <= {"none"}
    colour = "getComputedStyle(document.querySelector({name!r})).color"
    assert pane.ask(colour.format(name="pre .mi")) != pane.ask(colour.format(name="pre code"))
    own = "del:not([data-copydesk-mark])"
    assert pane.texts(own) == ["by the post"]
    assert pane.ask(colour.format(name=own)) == pane.ask(colour.format(name="h1"))
