"""Text and preview in step: where a line of the source stands on the page."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.ui.preview.conftest import Preview

CARET = (
    "(() => { const mark = document.getElementById('copydesk-caret'); const box = mark.getBoundingClientRect();"
    " return mark.style.opacity === '1' ? [Math.round(box.top), Math.round(box.bottom)] : null; })()"
)


def box(selector: str) -> str:
    return (
        f"(() => {{ const box = document.querySelector({selector!r})?.getBoundingClientRect();"
        " return box ? [Math.round(box.top), Math.round(box.bottom)] : null; })()"
    )


def in_view(selector: str) -> str:
    return (
        f"(() => {{ const box = document.querySelector({selector!r}).getBoundingClientRect();"
        " return box.top >= 0 && box.bottom <= innerHeight; })()"
    )


def known(block: int) -> str:
    """Whether the lines inside block `block` are known."""
    return f"copydeskBlocks.list[{block + 1}]?.marks?.length > 0"


def paragraphs(count: int, first: int = 0) -> list[tuple[str, int]]:
    return [(f"<p id='p{n}'>Paragraph {n} {'words ' * 20}</p>", 2) for n in range(first, first + count)]


def source_of(blocks: list[tuple[str, int]]) -> str:
    return "\n".join("text" for _html, lines in blocks for _line in range(lines))


def test_the_caret_marks_its_block_and_brings_it_into_view(preview: Preview) -> None:
    blocks = paragraphs(80)
    preview.write(source_of(blocks), blocks, first_line=7)
    preview.view.follow_line(7 + 2 * 60)
    preview.until(in_view("#p60"))
    preview.until(f"{CARET}?.join() === {box('#p60')}.join()")
    place = preview.ask("scrollY")
    preview.view.follow_line(7 + 2 * 59 + 1)  # the blank line below it; in view already
    preview.until(f"{CARET}?.join() === {box('#p59')}.join()")
    assert preview.ask("scrollY") == place
    preview.view.follow_line(3)  # in the front matter
    preview.until(f"{CARET} === null")


def test_a_line_that_leaves_nothing_on_the_page_brings_what_is_around_it(preview: Preview) -> None:
    blocks = paragraphs(80)
    blocks[0] = ("<!-- nothing to be seen -->", 2)
    blocks[40] = ("", 2)  # a definition
    preview.write(source_of(blocks) + "\n", blocks, first_line=7)
    preview.view.follow_line(7 + 2 * 80)  # the empty line behind the last line feed
    preview.until(in_view("#p79"))
    preview.view.follow_line(3)  # in the front matter
    preview.until("scrollY", 0)
    preview.view.follow_line(7 + 2 * 40)
    preview.until(in_view("#p39"))
    preview.view.follow_line(7)  # the comment
    preview.until("scrollY", 0)


def test_the_caret_is_brought_from_far_where_heights_are_not_known_yet(preview: Preview) -> None:
    blocks = [(f"<p id='p{n}' style='height: {20 + n % 7 * 90}px'>Paragraph {n}</p>", 2) for n in range(3000)]
    preview.write(source_of(blocks) + "\n", blocks)
    for at in (2999, 4, 1500):
        preview.view.follow_line(2 * at)
        preview.until(f"{CARET}?.join() === {box(f'#p{at}')}.join() && {in_view(f'#p{at}')}")
    preview.view.scroll_to_line(0.0, 0.0)
    preview.until("scrollY", 0)
    preview.view.follow_line(2 * 3000)
    preview.until(in_view("#p2999"))


def test_the_caret_is_followed_to_the_end_of_a_long_text_that_was_pasted(preview: Preview) -> None:
    preview.write("One\n\n", [("<p>One</p>", 2)])
    blocks = paragraphs(3000)  # too much to be sent at once
    preview.view.follow_line(2 + 2 * 2999, 3)
    preview.patch([(1, 0, blocks)])
    preview.until(in_view("#p2999"))


def test_the_last_paragraph_is_followed_as_it_is_typed(preview: Preview) -> None:
    blocks = paragraphs(80)
    preview.write(source_of(blocks) + "\n", blocks)
    preview.view.follow_line(2 * 80)
    preview.until(in_view("#p79"))
    preview.patch([(80, 0, [("<p id='last'>H</p>", 1)])])
    preview.view.follow_line(2 * 80)
    preview.until(in_view("#last"))
    preview.until(f"{CARET}?.join() === {box('#last')}.join()")


def test_the_caret_can_be_marked_without_scrolling(preview: Preview) -> None:
    blocks = paragraphs(80)
    preview.write(source_of(blocks), blocks)
    preview.view.follow_line(2 * 60, bring=False)
    preview.until(f"{CARET}?.join() === {box('#p60')}.join()")
    assert preview.ask("scrollY") == 0


def test_a_line_is_followed_once_its_revision_is_shown(preview: Preview) -> None:
    preview.write("a\n\nb", [("<p id='a'>a</p>", 2), ("<details id='b'><summary>b</summary>b</details>", 2)])
    preview.view.follow_line(2, 1000)
    preview.patch([(1, 0, [("<p id='new'>new</p>", 2)])])
    assert preview.ask("document.getElementById('b').open") is False
    assert preview.ask(CARET) is None


LIST = "\n".join(f"* Entry number {n}\n\n    More of it, in a paragraph {n}\n" for n in range(60))
LIST_HTML = (
    "<ul>\n"
    + "".join(
        f"<li id='e{n}'>\n<p>Entry number {n}</p>\n<p id='m{n}'>More of it, in a paragraph {n}</p>\n</li>\n"
        for n in range(60)
    )
    + "</ul>"
)


def test_inside_a_block_each_entry_has_its_line(preview: Preview) -> None:
    preview.write("Before\n\n" + LIST, [("<p>Before</p>", 2), (LIST_HTML, 240)])
    preview.until(known(1))
    preview.view.follow_line(2 + 4 * 50 + 2)
    preview.until(in_view("#m50"))
    preview.until(f"{CARET}?.join() === {box('#m50')}.join()")


def test_lines_that_were_looked_for_in_an_older_page_are_looked_for_again(preview: Preview) -> None:
    """While lines are looked for, a block comes in above: what is found then belongs to the page before."""
    entries = ("<ul>\n<li>one</li>\n<li>two</li>\n</ul>", 3)
    text = ["Words", "", "- one", "- two", ""]
    came: list[int] = []

    def source(first: int, count: int) -> list[str]:
        lines = text[first : first + count]
        if first == 2 and not came:
            came.append(first)
            text[:0] = ["New", ""]
            preview.view.show_patch([(0, 0, [("<p>New</p>", 2)])], 0, 1000)
        return lines

    preview.open("changing.md")
    preview.view.set_source(source)
    preview.patch([(0, None, [("<p>Words</p>", 2), entries])])
    preview.until(known(2))
    assert came == [2]
    assert preview.ask("copydeskBlocks.list.map(({ marks }) => (marks ?? []).map(({ offset }) => offset))") == [
        [], [0], [0], [0, 1],
    ]  # fmt: skip


def test_whole_posts_are_searched_again_where_one_came_meanwhile(preview: Preview) -> None:
    text = ["One", "", "Two"]
    came: list[int] = []

    def source(first: int, count: int) -> list[str]:
        lines = text[first : first + count]
        if not came:
            came.append(first)
            text[:0] = ["New", ""]
            preview.view.show_patch([(0, 0, [("<p>New</p>", None)])], 0, 1000)
        return lines

    preview.open("changing.md")
    preview.view.set_source(source)
    preview.patch([(0, None, [("<p>One</p>", None), ("<p>Two</p>", None)])])
    preview.until("copydeskBlocks.list.map(({ lines }) => lines)", [0, 2, 2, 1])


def test_the_text_scrolls_the_page_with_what_lies_between_in_proportion(preview: Preview) -> None:
    blocks = paragraphs(80)
    blocks[40] = ("<p id='tall' style='height: 1000px'>Tall</p>", 10)
    preview.write(source_of(blocks), blocks)
    preview.view.scroll_to_line(85.0, 0.5)  # half of the tall block's lines
    preview.until("scrollY > 0")
    top, bottom = preview.ask(box("#tall"))
    height = preview.ask("innerHeight")
    following = preview.ask(box("#p41"))[0]
    assert abs((top + following) / 2 - height / 2) <= 2
    assert bottom - top == 1000
    preview.view.scroll_to_line(0.0, 0.0)
    preview.until("scrollY", 0)
    preview.view.scroll_to_line(165.0, 1.0)
    preview.until("scrollY + innerHeight === document.scrollingElement.scrollHeight")


@pytest.mark.parametrize("start", [30, 300, 3000])
def test_the_page_tells_the_line_where_it_is_scrolled_to(preview: Preview, qtbot, start: int) -> None:
    blocks = paragraphs(4000)
    preview.write(source_of(blocks), blocks)
    preview.view.scroll_to_line(2.0 * start, start / 4000)
    preview.until(f"Math.abs({box(f'#p{start}')}?.[0] - innerHeight * {start / 4000}) < 2")
    told: list[tuple[float, float]] = []
    preview.view.scrolled.connect(lambda line, down: told.append((line, down)))
    preview.until("1", 1)
    assert told == []  # the text led
    with qtbot.waitSignal(preview.view.scrolled) as signal:
        preview.tell("document.dispatchEvent(new WheelEvent('wheel')); scrollBy(0, 200)")
    line, down = signal.args
    top, bottom = preview.ask(
        "(() => { const y = "
        + str(down)
        + " * innerHeight; const found = [...document.querySelectorAll('.copydesk-part > p')]"
        ".findLast((p) => p.getBoundingClientRect().top <= y); return [Number(found.id.slice(1)), y]; })()"
    )
    assert int(line / 2) == top, (line, bottom)


def test_a_wheel_over_a_long_post_goes_evenly_up(preview: Preview) -> None:
    """Parts that come into view above take their real height: nothing jumps."""
    blocks = [
        (
            f"<p id='p{n}'>Paragraph {n} {'words ' * (n * 7 % 90)}</p>"
            if n % 9
            else f"<pre id='p{n}'>{'x' * 9}\n</pre>",
            2,
        )
        for n in range(2000)
    ]
    preview.write(source_of(blocks), blocks)
    preview.view.scroll_to_line(2.0 * 1500, 0.0001)
    preview.until(f"Math.abs({box('#p1500')}?.[0]) < 2")
    preview.tell(
        """(() => {
          const steps = [];
          window.steps = steps;
          document.dispatchEvent(new WheelEvent("wheel"));
          const at = () => [...document.querySelectorAll(".copydesk-part > *")].find((element) => {
            const box = element.getBoundingClientRect();
            return box.bottom > 100 && box.top < innerHeight;
          });
          const step = () => {
            const element = at();
            const before = element.getBoundingClientRect().top;
            scrollBy(0, -120);
            requestAnimationFrame(() => requestAnimationFrame(() => {
              steps.push(Math.round(element.getBoundingClientRect().top - before));
              if (steps.length < 60) step();
            }));
          };
          step();
        })()"""
    )
    preview.until("window.steps.length", 60)
    assert set(preview.ask("window.steps")) == {120}


def test_a_double_click_tells_line_and_word(preview: Preview, qtbot) -> None:
    preview.write("First words\n\n" + LIST, [("<p>First words</p>", 2), (LIST_HTML, 240)], first_line=0)
    preview.until(known(1))
    with qtbot.waitSignal(preview.view.place_activated) as signal:
        # As the browser does: the word is selected by the time of the event.
        preview.tell(
            "(() => { const range = document.createRange(); const text = document.getElementById('m2').firstChild;"
            " range.setStart(text, 5); range.setEnd(text, 7); getSelection().removeAllRanges();"
            " getSelection().addRange(range);"
            " text.parentElement.dispatchEvent(new MouseEvent('dblclick', { bubbles: true })); })()"
        )
    line, lines, word, before = signal.args
    assert (line, word, before) == (2 + 4 * 2 + 2, "of", 0)
    assert lines >= 1


BOXES = """\
??? note "Closed"
    Words in the box.

=== "One"
    First tab.

=== "Two"
    Second tab.

* List

    ??? tip "Inside"
        Deep words.
"""
TABS = (
    '<div class="tabbed-set tabbed-alternate" data-tabs="1:2">'
    '<input checked="checked" id="__tabbed_1_1" name="__tabbed_1" type="radio" />'
    '<input id="__tabbed_1_2" name="__tabbed_1" type="radio" />'
    '<div class="tabbed-labels"><label for="__tabbed_1_1">One</label><label for="__tabbed_1_2">Two</label></div>'
    '<div class="tabbed-content"><div class="tabbed-block"><p>First tab.</p></div>'
    '<div class="tabbed-block"><p>Second tab.</p></div></div></div>'
)
BOXES_HTML = [
    ('<details class="note"><summary>Closed</summary><p>Words in the box.</p></details>', 3),
    (TABS, 6),
    (
        '<ul><li><p>List</p><details class="tip"><summary>Inside</summary><p>Deep words.</p></details></li></ul>',
        4,
    ),
]
OPEN = "[...document.querySelectorAll('details')].map((box) => box.open)"
CHOSEN = "[...document.querySelectorAll('input')].findIndex((radio) => radio.checked)"


def test_the_caret_opens_what_it_enters(preview: Preview) -> None:
    preview.write(BOXES, BOXES_HTML)
    preview.until(f"{known(0)} && {known(1)} && {known(2)}")
    assert preview.ask(OPEN) == [False, False]
    preview.view.follow_line(1)
    preview.until(OPEN, [True, False])
    preview.view.follow_line(4)
    preview.until("1", 1)
    assert preview.ask(CHOSEN) == 0
    preview.view.follow_line(6)  # the line of the second tab itself
    preview.until(CHOSEN, 1)
    preview.view.follow_line(12)
    preview.until(OPEN, [True, True])


def test_what_the_reader_closes_while_the_caret_stays_remains_closed(preview: Preview) -> None:
    preview.write(BOXES, BOXES_HTML)
    preview.until(known(0))
    preview.view.follow_line(1)
    preview.until(OPEN, [True, False])
    preview.tell("document.querySelector('details').open = false")
    preview.patch([(0, 1, [(BOXES_HTML[0][0].replace("Words", "More words"), 3)])])
    preview.view.follow_line(1)
    preview.until("1", 1)
    preview.until(known(0))
    assert preview.ask(OPEN) == [False, False]


def test_a_line_typed_in_one_tab_does_not_choose_the_next(preview: Preview) -> None:
    preview.write(BOXES, BOXES_HTML)
    preview.until(known(1))
    preview.view.follow_line(5)
    preview.source(BOXES.replace("First tab.\n", "First tab.\n    And more.\n"))
    preview.patch([(1, 1, [(BOXES_HTML[1][0].replace("First tab.", "First tab.\nAnd more."), 7)])])
    preview.view.follow_line(6)
    preview.until("1", 1)
    assert preview.ask(CHOSEN) == 0
    preview.view.follow_line(7)
    preview.until(CHOSEN, 1)


def test_words_are_found_in_the_preview(preview: Preview, qtbot) -> None:
    blocks = paragraphs(300)
    preview.write(source_of(blocks), blocks)
    bar = preview.view.find_bar
    bar.open_bar()
    line, count = bar.findChild(object, "previewFind"), bar.findChild(object, "previewFindCount")
    QTest.keyClicks(line, "graph 27")
    qtbot.waitUntil(lambda: count.text() == "1 of 11")
    preview.until(in_view("#p27"))
    QTest.keyClick(line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: count.text() == "2 of 11")
    preview.until(in_view("#p270"))
    QTest.keyClick(line, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: count.text() == "1 of 11")
    QTest.keyClicks(line, "x")
    qtbot.waitUntil(lambda: count.text() == "Nothing found")
    QTest.keyClick(line, Qt.Key.Key_Escape)
    assert not bar.isVisible()


def test_what_is_written_behind_the_text_is_followed_to_the_end(preview: Preview) -> None:
    """Footnotes: their lines leave nothing where they stand."""
    blocks = [*paragraphs(60), ("\n", 2), ("<div class='footnote'><p id='note'>The note.</p></div>", 0)]
    source = source_of(blocks[:60]) + "\n[^1]: The note.\n"
    preview.write(source, blocks)
    lines = sum(lines for _html, lines in blocks)
    preview.view.follow_line(lines - 1)
    preview.until(in_view("#note"))
    preview.view.follow_line(0)
    preview.until("scrollY", 0)
