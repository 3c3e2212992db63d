"""Long posts: what is far from the view sleeps, and is there when it is wanted."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit

from tests.ui.preview.conftest import Preview
from tests.ui.preview.test_lines import box, in_view, source_of

ASLEEP = "document.querySelectorAll('.copydesk-asleep').length"
COUNT = 2_500
LAST = COUNT - 1


@pytest.fixture
def long(preview: Preview) -> Preview:
    """Give a preview of a long post, most of which sleeps."""
    blocks = [(f"<p id='p{n}'>Word{n} {'letters ' * 30}</p>", 2) for n in range(COUNT)]
    blocks[3] = ("<p id='p3'><a href='#deep'>down</a></p>", 2)
    blocks[2000] = ('<p id="deep"><span class="arithmatex">\\(x^2\\)</span></p>', 2)
    preview.write(source_of(blocks), blocks)
    assert preview.ask(ASLEEP) > 1_000
    return preview


def test_what_is_scrolled_to_wakes(long: Preview) -> None:
    before = long.ask(ASLEEP)
    long.tell(
        "document.dispatchEvent(new WheelEvent('wheel')); scrollTo(0, document.body.scrollHeight * 0.6)"
    )
    seen = "document.elementFromPoint(innerWidth / 2, innerHeight / 2).textContent.startsWith('Word')"
    long.until(seen)
    assert before - 400 < long.ask(ASLEEP) < before


def test_as_the_page_is_scrolled_there_is_always_something_in_view(long: Preview) -> None:
    long.tell(
        """(() => {
          window.blank = [];
          document.dispatchEvent(new WheelEvent("wheel"));
          scrollTo(0, document.body.scrollHeight * 0.3);
          let steps = 0;
          const step = () => {
            const boxes = [...document.querySelectorAll(".copydesk-asleep")].map((gap) => gap.getBoundingClientRect());
            if (steps > 12) blank.push(boxes.some(({ top, bottom }) => top < innerHeight && bottom > 0));
            steps += 1;
            scrollBy(0, 100);
            if (steps < 60) requestAnimationFrame(step);
          };
          step();
        })()"""
    )
    long.until("blank.length", 47)
    assert not any(long.ask("blank"))


def test_a_link_leads_to_what_sleeps_and_its_formula_is_made_then(long: Preview) -> None:
    assert not long.ask("!!document.querySelector('math')")
    long.click("#p3 a")
    long.until(f"Math.abs(({box('#deep')}?.[0] ?? 9999) - 16) <= 1")
    long.until("!!document.querySelector('#deep math')")


def test_a_name_that_is_nowhere_leads_nowhere(long: Preview) -> None:
    long.view.scroll_to_anchor("nowhere")
    long.view.scroll_to_anchor("deep")
    long.until(f"Math.abs(({box('#deep')}?.[0] ?? 9999) - 16) <= 1")


def test_words_are_found_in_what_sleeps(long: Preview, qtbot) -> None:
    long.view.find_bar.open_bar()
    line, count = long.view.find_bar.findChild(QLineEdit), long.view.find_bar.findChild(QLabel)
    told = set()
    QTest.keyClicks(line, f"Word{LAST}")
    qtbot.waitUntil(lambda: told.add(count.text()) or count.text() == "1 of 1")
    assert "Nothing found" not in told  # as long as something sleeps, nobody knows
    long.until(in_view(f"#p{LAST}"))


def test_all_is_selected_though_most_of_it_sleeps(long: Preview, qtbot) -> None:
    target = long.view.web.focusProxy()
    long.click("#p0")
    QTest.keyClick(target, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    long.until(f"getSelection().toString().includes('Word{LAST} ')")
    assert long.ask("getSelection().toString().includes('Word0 ')")
    assert long.ask(ASLEEP) == 0


def test_an_open_box_stays_open_as_what_is_around_it_wakes(long: Preview) -> None:
    long.patch([(1, 1, [("<details id='box'><summary>More</summary><p>inside</p></details>", 2)])])
    long.tell("document.querySelector('#box').open = true")
    long.view.scroll_to_line(2.0 * 1_500, 0.5)
    long.until(f"({box('#p1500')}?.[0] ?? -1) > 0")
    long.view.scroll_to_line(0.0, 0.0)
    long.until("scrollY", 0)
    assert long.ask("document.querySelector('#box').open")
