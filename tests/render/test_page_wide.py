"""What the whole page decides, block by block: every one of these pages is patched, never rendered at once."""

import pytest

from editor.render.python_markdown import opened
from editor.render.python_markdown.incremental import IncrementalPage
from editor.render.python_markdown.watch import Watch
from tests.render.generated import Shown, converter, page, tree, whole

FILL = "words in between\n\n"


def edited(text, start, end, replacement, name="material", open_from=1_000_000):
    """Open a text, edit it; return the page's blocks before and after, and the patch."""
    kept = page(name, open_from)
    shown = Shown().take(kept.open(text))
    before = list(shown.blocks)
    kept.edit(start, end, replacement)
    patch = kept.patch()
    shown.take(patch)
    assert not patch.whole
    new = text[:start] + replacement + text[end:]
    assert tree(shown.html) == tree(whole(name, new))
    assert sum(lines or 0 for _, lines in shown.blocks) == new.count("\n")
    return before, shown.blocks, patch


def change(text, old, new, **more):
    return edited(text, text.index(old), text.index(old) + len(old), new, **more)


@pytest.mark.parametrize(
    ("text", "old", "new", "shown"),
    [
        ("# A\n\n" + FILL + "# A\n", "# A\n", "# B\n", 'id="a"'),
        ("# A {#x}\n\n" + FILL + "# X\n", " {#x}", "", 'id="x"'),
        ("a [x]\n\n" + FILL + "[x]: /old\n", "/old", "/new", 'href="/new"'),
        ("a [x]\n\n" + FILL + "[y]: /old\n", "[y]", "[x]", 'href="/old"'),
        ("HTML\n\n" + FILL + "*[HTML]: old\n", "old", "new", 'title="new"'),
        ("a[^1]\n\n" + FILL + "[^1]: note\n", "[^1]: note", "[^2]: note\n[^1]: note", ">2</a>"),
        ("a[^1]\n\n" + FILL + "[^1]: note\n", "words", "words[^1]", "fnref2:1"),
        ("a[^1]\n\n" + FILL + "[^1]: one\n\n[^1]: two\n", "one", "1", "two"),
        ("[TOC]\n\n" + FILL + "# A\n\n## B\n", "## B", "## C", 'href="#c"'),
        ("```\na\n```\n\n" + FILL + "```\nb\n```\n", "```\na\n```\n", "a\n", "__span-0-1"),
        ('=== "A"\n\n    a\n\n' + FILL + '=== "B"\n\n    b\n', '=== "A"', "A", "__tabbed_1_1"),
        ("a[^1] b[^2]\n\n" + FILL + "[^1]: see[^2]\n\n[^1]: two\n\n[^2]: x\n", "two", "three", "three"),
        ("- a[^1]\n- b\n\n" + FILL + "c[^1]\n\n[^1]: note\n", "c[^1]", "d[^1]", 'id="fnref2:1"'),
        (
            '=== "A"\n\n    === "B"\n\n        b\n\n' + FILL + '=== "C"\n\n    c\n',
            '"C"',
            '"D"',
            "__tabbed_3_1",
        ),
        ("# A[^1]\n\n" + FILL + "[^1]: note\n\n# A\n", "note", "other", 'id="a_1"'),
    ],
)
def test_a_change_reaches_what_depends_on_it(text, old, new, shown):
    _before, after, patch = change(text, old, new)
    assert shown in "".join(html for html, _ in after)
    assert patch.rendered <= 4
    assert "words" in "".join(html for html, _ in after)


def test_an_edit_changes_one_block_alone():
    text = (
        "".join(f"# Title {number}\n\nparagraph {number}[^1]\n\n" for number in range(200)) + "[^1]: note\n"
    )
    before, after, patch = change(text, "paragraph 100", "paragraph hundred")
    assert [(one.start, one.removed, len(one.blocks)) for one in patch.changes] == [(201, 1, 1)]
    assert patch.rendered == 1
    assert before[:201] == after[:201]
    assert before[202:] == after[202:]


def test_blocks_above_and_below_are_numbered_anew_without_being_rendered():
    text = "# A\n\n" * 100
    _before, _after, patch = edited(text, 0, 0, "# A\n\n")
    assert patch.rendered <= 2
    assert sum(len(one.blocks) for one in patch.changes) >= 100


def test_the_first_block_alone_may_hold_metadata():
    text = "Key: value\n\nKey: value\n\nwords\n"
    _before, after, _patch = edited(text, 0, 12, "", name="extra")
    assert [html for html, _ in after] == ["", "<p>words</p>"]


def test_a_page_that_cannot_be_cut_is_rendered_at_once_and_cut_again_when_it_can():
    kept = page("material")
    shown = Shown().take(kept.open("a\n\n<?b\n\nc\n"))
    assert shown.html == whole("material", "a\n\n<?b\n\nc\n")
    kept.edit(3, 5, "")
    patch = kept.patch()
    assert patch.fresh and not patch.whole
    assert shown.take(patch).blocks == [("<p>a</p>", 2), ("<p>b</p>", 2), ("<p>c</p>", 1)]
    kept.edit(3, 3, "<?")
    patch = kept.patch()
    assert patch.fresh and patch.whole
    assert all(lines is None for _, lines in shown.take(patch).blocks)


def test_what_stands_behind_raw_html_comes_out_elsewhere():
    text = "<div>a</div> &nbsp;\n\nb\n\n<div>c</div>\n\nd\n"
    kept = page("material")
    shown = Shown().take(kept.open(text))
    assert tree(shown.html) == tree(whole("material", text))


LIST = "".join(f"- item {number} of a [x]\n" for number in range(100)) + "\n[x]: /u\n"
BOX = "!!! note\n\n" + "".join(f"    paragraph {number}\n\n    - a\n    - b\n\n" for number in range(50))
TABS = (
    '=== "A"\n\n    # A\n\n'
    + "".join(f"    paragraph {number}\n\n" for number in range(50))
    + '=== "B"\n\n    b\n'
)


@pytest.mark.parametrize(
    ("text", "old", "new"),
    [
        (LIST, "item 50", "item fifty"),
        (LIST.replace("\n- item 7 ", "\n\n- item 7 "), "item 7", "seven"),
        (LIST.replace("\n- item 7 ", "\nlazy\n- item 7 "), "lazy", "lazier"),
        (BOX, "paragraph 25", "paragraph 25,"),
        (BOX.replace("!!! note", '??? info "Title"'), "Title", "Titles"),
        (TABS, "paragraph 25", "paragraph 25,"),
    ],
)
def test_a_key_in_a_long_block_renders_one_part(text, old, new):
    _before, after, patch = change(text, old, new, open_from=100)
    assert patch.rendered == 1
    assert len(after) <= 3


PARAGRAPHS = "".join(f"paragraph {number} [x]\n\n" for number in range(30))


@pytest.mark.parametrize("end", ["", "</div>\n"])
@pytest.mark.parametrize("old", ["paragraph 10 ", "paragraph 0 ", "paragraph 29 "])
def test_a_key_in_all_that_an_open_element_takes_in_renders_one_part(old, end, monkeypatch):
    monkeypatch.setattr(opened, "HUGE", 0)
    text = f"[x]: /u\n\n[^1]: note\n\n# Top\n\n<div markdown>\n\n[^1]\n\n{PARAGRAPHS}{end}"
    kept = page("material", open_from=100)
    assert kept.open(text).rendered > 30
    _before, after, patch = change(text, old, old.replace("paragraph", "other"), open_from=100)
    assert patch.rendered == 1
    assert len(after) <= 5


def test_a_new_item_renders_its_neighbours():
    _before, _after, patch = change(LIST, "- item 50", "- new\n- item 50", open_from=100)
    assert patch.rendered <= 4


def test_notes_and_files_are_those_of_all_blocks():
    class Seen(Watch):
        names = ("one", "two")

        def seen(self):
            return [["code", self.names[0]]], [self.names[1]]

    watch = Seen()
    kept = IncrementalPage(converter("material", "blocks"), lambda text: whole("material", text), watch)
    kept.open("a\n\nb\n")
    assert (kept.notes, kept.files) == ([["code", "one"]], ["two"])
    watch.names = ("three", "four")
    kept.edit(0, 0, "c")
    kept.patch()
    assert (kept.notes, kept.files) == ([["code", "three"], ["code", "one"]], ["four", "two"])
