"""The Published look in the window, with real builds."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from editor.settings import Settings
from editor.ui.dialogs.trust import TrustQuestion

POST = "docs/blog/posts/post.md"
DRAFT = "docs/blog/posts/draft.md"


@pytest.fixture
def opened(built_window):
    window = built_window()
    window.open(POST)
    return window


def test_the_post_is_shown_in_the_sites_theme_and_changes_while_it_is_typed(opened):
    opened.publish()
    assert opened.placed == [True]
    assert opened.address() == "copydesk-built://site/m/blog/post/"
    assert opened.ask("document.querySelector('.md-header') !== null")
    assert opened.shows("From the hook.")  # what only the build knows
    assert not opened.bar.isVisible()
    opened.type(" of today", behind="second paragraph")
    opened.wait(lambda: opened.shows("A second paragraph of today of fox"))
    assert opened.shows("From the hook.")
    assert opened.address() == "copydesk-built://site/m/blog/post/"


def test_the_bar_moves_nothing_and_the_two_buttons_say_what_the_action_says(opened):
    switch = opened.window.preview_pane.look_switch
    assert switch.reading.isChecked()
    before = opened.view.web.geometry()
    QTest.mouseClick(switch.published, Qt.MouseButton.LeftButton)
    assert opened.published.isChecked()
    opened.wait(opened.bar.isVisible)
    assert opened.bar.accessibleName() == "Building the site…"
    assert opened.view.web.geometry() == before
    assert opened.bar.height() < 60
    assert opened.bar.mapTo(opened.window, opened.bar.rect().bottomLeft()) == opened.view.web.mapTo(
        opened.window, opened.view.web.rect().bottomLeft()
    )
    opened.wait(lambda: bool(opened.bar.output.toPlainText()), 90)
    assert not opened.bar.output.isVisible()
    QTest.mouseClick(opened.bar.findChild(QPushButton, "buildDetails"), Qt.MouseButton.LeftButton)
    assert opened.bar.output.isVisible()
    assert opened.view.web.geometry() == before
    opened.wait(lambda: bool(opened.placed), 90)
    QTest.mouseClick(switch.reading, Qt.MouseButton.LeftButton)
    assert not opened.published.isChecked()
    opened.wait(lambda: opened.address().startswith("copydesk://shell"))
    opened.wait(lambda: opened.shows("The quick fox"))


def test_unsaved_text_is_in_the_build_and_what_is_typed_meanwhile_is_shown(opened):
    opened.type(" (unsaved)", behind="A second paragraph")
    opened.published.trigger()
    opened.wait(lambda: opened.parts.building._builder.running)
    opened.type(" typed meanwhile", behind="(unsaved)")
    opened.wait(lambda: bool(opened.placed), 90)
    opened.wait(lambda: opened.shows("A second paragraph (unsaved) typed meanwhile"))
    assert opened.shows("From the hook.")
    pages = opened.parts.building._result.folder
    built = (pages / "blog/post/index.html").read_text("utf-8")
    assert "A second paragraph (unsaved)" in built
    assert "meanwhile" not in built
    assert "(unsaved)" not in (opened.folder / POST).read_text("utf-8")


def test_a_save_builds_the_site_anew_and_a_build_that_fails_keeps_the_page(opened):
    opened.publish()
    first = opened.parts.building._result
    opened.type("\n\n## Brand new heading", behind="wide sea between them.")
    opened.placed.clear()
    opened.window.actions_by_id["save"].trigger()
    opened.wait(lambda: opened.parts.building._result is not first, 90)
    opened.wait(lambda: bool(opened.placed))
    # The list of headings is the theme's: only a build can know of another one.
    opened.wait(
        lambda: (
            "Brand new heading"
            in opened.ask("document.querySelector('.md-nav--secondary')?.textContent ?? ''")
        )
    )

    (opened.folder / "hook.py").write_text(
        "def on_page_markdown(markdown, **_):\n    raise ValueError('broken')\n"
    )
    opened.type(" more", behind="A second paragraph")
    opened.window.actions_by_id["save"].trigger()
    opened.wait(lambda: opened.bar.isVisible() and bool(opened.bar.list.count()), 90)
    assert opened.published.isChecked()
    assert opened.address() == "copydesk-built://site/m/blog/post/"
    assert opened.shows("A second paragraph more")


def test_other_posts_are_shown_from_the_same_build_also_those_that_links_lead_to(opened):
    opened.publish()
    built = opened.parts.building._result
    opened.placed.clear()
    opened.ask(
        "(() => { const link = document.createElement('a'); link.href = '../draft/'; link.id = 'there';"
        " link.textContent = 'There'; document.body.prepend(link); link.click(); return 1; })()"
    )
    opened.wait(lambda: opened.session.path == opened.folder / DRAFT)
    opened.wait(lambda: bool(opened.placed))
    assert opened.address().endswith("/blog/draft/")
    opened.placed.clear()
    opened.open(POST)
    opened.wait(lambda: bool(opened.placed))
    assert opened.parts.building._result is built
    assert opened.address().endswith("/blog/post/")
    opened.placed.clear()
    opened.open(DRAFT)
    opened.wait(lambda: bool(opened.placed))
    assert opened.parts.building._result is built
    assert opened.address().endswith("/blog/draft/")
    opened.type(" of the badger's", behind="A second paragraph")
    opened.wait(lambda: opened.shows("A second paragraph of the badger's"))
    assert opened.shows("From the hook.")


def test_a_build_that_fails_lists_why_and_leaves_the_reading_look(built_window):
    hook = "def on_page_markdown(markdown, **_):\n    raise ValueError('the hook is broken')\n"
    window = built_window(changed={"hook.py": hook})
    window.open(POST)
    window.published.trigger()
    window.wait(lambda: window.bar.isVisible() and bool(window.bar.list.count()), 90)
    assert not window.published.isChecked()
    assert window.window.preview_pane.look_switch.reading.isChecked()
    listed = [window.bar.list.item(row).text() for row in range(window.bar.list.count())]
    assert any("the hook is broken" in line for line in listed)
    assert not window.view.is_built


def test_cancel_ends_the_build(opened):
    opened.published.trigger()
    opened.wait(lambda: opened.parts.building._builder.running)
    button = opened.bar.findChild(QPushButton, "cancelBuild")
    assert button.isVisible()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    opened.wait(lambda: not opened.parts.building._builder.running)
    opened.wait(lambda: not opened.published.isChecked())
    assert not opened.bar.isVisible()


def test_the_window_closes_while_a_build_runs(built_window):
    window = built_window()
    window.open(POST)
    window.published.trigger()
    window.wait(lambda: window.parts.building._builder.running)
    # The fixture closes it: a build that goes on would hold that up, or outlive the test.


def test_an_untrusted_site_asks_first(built_window):
    window = built_window(trusted=False)
    window.open(POST)

    def questions():
        return [found for found in window.window.findChildren(TrustQuestion) if found.isVisible()]

    window.wait(lambda: bool(questions()))
    assert "You are asked once" in questions()[0].accessibleDescription()
    questions()[0].reject()
    window.wait(lambda: not questions())
    window.published.trigger()
    assert not window.published.isChecked()
    window.wait(lambda: bool(questions()))
    told = questions()[0].accessibleDescription()
    assert "The Published look runs the site's own generator." in told
    assert "You have said no before" in told
    questions()[0].accept()
    window.wait(lambda: bool(window.placed), 90)
    assert window.published.isChecked()
    assert Settings.load().is_trusted(window.folder)


def test_the_look_is_remembered_for_the_site(built_window):
    first = built_window()
    first.open(POST)
    first.publish()
    second = built_window()
    second.open(POST)
    second.wait(lambda: bool(second.placed), 90)
    assert second.published.isChecked()
    second.published.trigger()
    third = built_window()
    third.open(POST)
    assert not third.published.isChecked()


def test_a_folder_without_a_generator_has_no_published_look(built_window, tmp_path):
    (tmp_path / "site").mkdir()
    (tmp_path / "site/note.md").write_text("Words.\n")
    window = built_window()
    window.open("note.md")
    assert not window.published.isEnabled()
    assert not window.window.preview_pane.look_switch.isEnabled()


def test_one_problem_takes_one_row_and_leads_to_its_place(opened):
    from editor.site.building.results import BuildProblem

    path = opened.folder / DRAFT
    before = opened.view.web.geometry()
    opened.bar.show_end("The build failed.", [BuildProblem("Broken\n  here", path, 7)])
    assert opened.bar.list.isVisible()
    assert opened.bar.list.item(0).text() == "draft.md:7  Broken here"
    assert opened.bar.list.height() < 50
    assert opened.view.web.geometry() == before
    opened.bar.list.itemActivated.emit(opened.bar.list.item(0))
    opened.wait(lambda: opened.session.path == path)
    assert opened.window.editor.caret_line() == 6


@pytest.mark.parametrize(
    ("generator", "post", "address"),
    [
        ("pelican", "content/post.md", "copydesk-built://site/post.html"),
        ("nikola", "posts/post.md", "copydesk-built://site/posts/post/"),
        ("hugo", "content/posts/post.md", "copydesk-built://site/h/posts/post/"),
        ("jekyll", "_posts/2024-01-31-post.md", "copydesk-built://site/j/2024/01/31/post.html"),
    ],
)
def test_other_generators(built_window, generator, post, address):
    window = built_window(generator)
    window.open(post)
    window.publish()
    assert window.placed == [True]
    assert window.address() == address
    window.type(" of today", behind="A second paragraph")
    window.wait(lambda: window.shows("A second paragraph of today of fox"))


def test_turning_to_reading_and_back_builds_only_what_was_saved_since(opened):
    opened.publish()
    first = opened.parts.building._result
    opened.published.trigger()
    opened.wait(lambda: opened.address().startswith("copydesk://shell"))
    opened.type(" (unsaved)", behind="A second paragraph")
    opened.publish()
    opened.wait(lambda: opened.shows("A second paragraph (unsaved)"))
    assert opened.parts.building._result is first
    assert not opened.parts.building._is_coming
    opened.published.trigger()
    opened.window.actions_by_id["save"].trigger()
    opened.wait(lambda: not opened.session.modified)
    opened.publish()
    opened.wait(lambda: opened.parts.building._result is not first, 90)


def test_a_window_that_closes_while_its_page_is_asked_where_it_stands(opened):
    """Qt answers what was asked of a page when it takes the page down, with the window half gone."""
    opened.publish()
    built = opened.view._host.built
    assert built is not None
    opened.view._looks.show_built(built, stands=True)  # and that is where the test ends, and the window


def test_a_post_that_is_not_built_yet_is_shown_in_reading_until_it_is(opened):
    """Not on another page that has its words: a list of posts has them too."""
    opened.publish()
    words = "The quick fox jumps over the lazy dog while nobody at all is watching it."
    (opened.folder / "docs/blog/posts/new.md").write_text(
        f"---\ntitle: Brand new\ndate: 2024-02-02\nslug: brand-new\n---\n\n# Brand new\n\n{words}\n"
    )
    opened.placed.clear()
    opened.parts.workspace.open_post(opened.folder / "docs/blog/posts/new.md")
    opened.wait(lambda: "not built yet" in opened.bar.accessibleName())
    opened.wait(lambda: opened.address() == "copydesk://shell/shell.html")
    addresses = set()
    opened.wait(lambda: addresses.add(opened.address()) or opened.address().endswith("/blog/brand-new/"), 90)
    new = "copydesk-built://site/m/blog/brand-new/"
    assert addresses <= {"copydesk://shell/shell.html", "", new}
    opened.wait(lambda: bool(opened.placed))
    assert opened.placed[-1]


def test_reading_tells_of_formulas_that_no_script_will_set(built_window):
    config = "site_name: Notes\nmarkdown_extensions:\n  - pymdownx.arithmatex: {generic: true}\n"
    post = "# Post\n\nLet $x$ be the quick fox.\n"
    window = built_window("mkdocs", {"mkdocs.yml": config, "docs/post.md": post})
    window.open("docs/post.md")
    window.wait(lambda: "loads no script for formulas" in window.badge.accessibleDescription())
    window.publish()
    window.type(" jumping", behind="quick fox")
    window.wait(lambda: window.shows("Let \\(x\\) be the quick fox jumping."))
