"""The window on posts of every format of front matter, as each generator has it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from editor.ui.text_editor.front_matter_chip import FrontMatterChip

HUGO = {"hugo.toml": "baseURL = 'https://example.org/'\ntitle = 'x'\n"}
JEKYLL = {"_config.yml": "title: x\n"}
PELICAN = {"pelicanconf.py": "SITENAME = 'x'\nPATH = 'content'\n"}
NIKOLA = {"conf.py": "BLOG_TITLE = 'x'\nPOSTS = (('posts/*.md', 'posts', 'post.tmpl'),)\n"}
HEXO = {"_config.yml": "title: x\nsource_dir: source\npublic_dir: public\nnew_post_name: :title.md\n"}
MKDOCS = {"mkdocs.yml": "site_name: x\n"}
BODY = "\nBody\n"

POSTS = {
    "yaml": (JEKYLL, "_posts/2024-01-02-a.md", "---\ntitle: One\n# note\ntags: [a]\n---\n"),
    "toml": (HUGO, "content/posts/a.md", "+++\ntitle = 'One'\ntags = ['a'] # c\n+++\n"),
    "json": (HUGO, "content/posts/a.md", '{\n  "title": "One",\n  "tags": ["a"]\n}\n'),
    "semicolons": (HEXO, "source/_posts/a.md", ';;;\n"title": "One",\n"tags": ["a"]\n;;;\n'),
    "pelican": (PELICAN, "content/a.md", "Title: One\nDate: 2024-01-02\nTags: a\n\n"),
    "pelican between fences": (PELICAN, "content/a.md", "---\nTitle: One\nTags: a\n---\n"),
    "nikola": (NIKOLA, "posts/a.md", "<!--\n.. title: One\n.. tags: a\n-->\n\n"),
    "multimarkdown": (MKDOCS, "docs/a.md", "Title: One\nTemplate: a\n\n"),
}


@pytest.mark.parametrize("name", POSTS)
def test_a_post_is_folded_edited_and_undone(window, name):
    files, place, head = POSTS[name]
    lines = head.count("\n")
    shown = window(files)
    path = shown.write(place, head + BODY)
    shown.open(path)
    chip = shown.window.editor.findChild(FrontMatterChip)
    assert chip.isVisible()
    assert "can't" not in chip.accessibleName()
    assert shown.hidden_lines() == lines
    field = shown.field("title")
    assert field.text() == "One"
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_End)
    QTest.keyClicks(field, "!")
    assert shown.session.text == head.replace("One", "One!") + BODY
    assert shown.session.modified
    chip.click()
    assert shown.hidden_lines() == 0
    chip.click()
    assert shown.hidden_lines() == lines
    shown.save()
    assert path.read_bytes() == (head.replace("One", "One!") + BODY).encode()
    QTest.keyClick(field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    shown.save()
    assert path.read_bytes() == (head + BODY).encode()


@pytest.mark.parametrize(
    ("files", "place", "other", "expected"),
    [
        (JEKYLL, "_posts/2024-01-02-a.md", "---\ntitle: x\n---\n", "---\ntitle: New\n---\n\n"),
        (HUGO, "content/posts/a.md", "+++\ntitle = 'x'\n+++\n", '+++\ntitle = "New"\n+++\n\n'),
        (PELICAN, "content/a.md", "Title: x\nDate: 2024-01-02\n\n", "title: New\n\n"),
        (NIKOLA, "posts/a.md", "<!--\n.. title: x\n-->\n\n", "<!--\n.. title: New\n-->\n\n"),
    ],
)
def test_the_first_field_is_written_as_the_site_has_it(window, files, place, other, expected):
    shown = window(files)
    for number in range(3):
        shown.write(place.replace("a.md", f"other{number}.md"), other + BODY)
    path = shown.write(place, "Body\n")
    shown.open(path)
    assert shown.hidden_lines() == 0
    field = shown.field("title")
    field.setFocus()
    QTest.keyClicks(field, "New")
    assert shown.session.text.lower() == expected.lower() + "body\n"
    assert shown.field("title") is field
    assert field.hasFocus()
    assert shown.hidden_lines() == shown.session.front_matter_lines > 0
    for _letter in "New":
        QTest.keyClick(field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert shown.session.text == "Body\n"
    assert shown.hidden_lines() == 0


def test_a_description_of_the_posts_is_taken_up_as_it_comes_and_changes(window):
    shown = window(JEKYLL)
    shown.open(shown.write("_posts/2024-01-02-a.md", "---\ntitle: One\nmood: calm\nseries: 5\n---\n" + BODY))
    assert shown.field("mood").metaObject().className() == "InputLine"
    shown.write(
        "copydesk.toml", '[types.post.fields.mood]\nchoices = ["happy"]\nlabels = {happy = "Happy"}\n'
    )
    shown.qtbot.waitUntil(lambda: hasattr(shown.field("mood"), "currentText"), timeout=10_000)
    shown.qtbot.waitUntil(
        lambda: "choose from" in shown.field("mood").accessibleDescription(), timeout=10_000
    )
    more = '[types.post.fields.mood]\nlabel = "How it felt"\nchoices = ["happy", "calm"]\n'
    shown.write("copydesk.toml", more + 'colour = 1\nsize = 2\n[check.severity]\nwrong-type = "off"\n')
    shown.qtbot.waitUntil(lambda: shown.field("mood").accessibleName() == "How it felt", timeout=10_000)
    shown.qtbot.waitUntil(lambda: not shown.field("mood").accessibleDescription(), timeout=10_000)
    button = shown.window.findChild(QPushButton, "siteProblems")
    assert button.isVisible()
    assert button.text() == "2 problems of the site"
    assert "copydesk.toml:4: " in button.toolTip()
    assert "copydesk.toml:5: " in button.toolTip()
    menu = shown.window.status.site_problems_menu()
    assert [action.text().split(": ")[0] for action in menu.actions()] == [
        "copydesk.toml:4",
        "copydesk.toml:5",
    ]
    shown.write("copydesk.toml", more)
    shown.qtbot.waitUntil(button.isHidden, timeout=10_000)


def test_moving_a_field_says_where_it_stands(window):
    shown = window(JEKYLL)
    shown.open(shown.write("_posts/2024-01-02-a.md", "---\ntitle: One\ntags: [a]\n---\n" + BODY))
    field = shown.field("title")
    field.setFocus()
    QTest.keyClick(
        field, Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    )
    assert shown.session.text == "---\ntags: [a]\ntitle: One\n---\n" + BODY
    assert "“title” stands below “tags”" in shown.window.status._message.text()
    shown.window.actions_by_id["undo"].trigger()
    assert shown.session.text == "---\ntitle: One\ntags: [a]\n---\n" + BODY


def test_the_words_of_the_window_are_those_of_the_list(window):
    text = "---\ntitle: One\n---\n\n# Two words\n\n```py\nnot = counted\n```\n\n<!-- no\nwords --> three 한국어 世界\n"
    shown = window(JEKYLL)
    shown.open(shown.write("_posts/2024-01-02-a.md", text))
    [post] = shown.parts.workspace.posts
    assert post.words == 6
    shown.qtbot.waitUntil(lambda: "6 words" in shown.window.status._words.text(), timeout=10_000)
