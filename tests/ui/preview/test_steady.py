"""What stays in its place while the page changes."""

import struct
import zlib
from pathlib import Path

import pytest

from tests.ui.preview.conftest import Preview
from tests.ui.preview.test_lines import BOXES_HTML, CHOSEN, box, in_view, paragraphs, source_of


def png(path: Path, width: int, height: int) -> None:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\0" + b"\x80" * width for _row in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    path.write_bytes(
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


SIZES = (
    "(() => { const box = document.querySelector('img').getBoundingClientRect();"
    " return [box.width, box.height]; })()"
)


@pytest.mark.parametrize(
    "attributes",
    [
        "",
        "width='100'",
        "height='50'",
        "width='50%'",
        "width='100' height='20'",
        "style='width: 80px'",
        "align='left'",
    ],
)
def test_a_picture_has_its_size_before_it_comes(preview: Preview, attributes: str) -> None:
    png(preview.site / "a.png", 400, 300)
    preview.write("", [(f"<p><img src='/a.png' {attributes}></p>", 2)])
    assert preview.ask("document.querySelector('img').naturalWidth") == 400
    loaded = preview.ask(SIZES)
    # A copy, looked at before its file can have come; and one that has nothing but what the post says.
    waiting = preview.ask(
        "(() => { const copy = document.querySelector('img').parentElement.cloneNode(true); copy.id = 'copy';"
        " copy.firstChild.src += '#again'; document.querySelector('.copydesk-part').append(copy);"
        " return copy.firstChild.complete ? null : " + SIZES.replace("'img'", "'#copy img'") + "; })()"
    )
    assert waiting == loaded
    preview.tell(
        "(() => { const plain = document.createElement('p'); plain.id = 'plain';"
        f" plain.innerHTML = `<img {attributes}>`; document.querySelector('.copydesk-part').append(plain);"
        " plain.firstChild.src = copydeskBlocks.setup.base + encodeURIComponent('/a.png'); })()"
    )
    preview.until("document.querySelector('#plain img').naturalWidth", 400)
    assert preview.ask(SIZES.replace("'img'", "'#plain img'")) == loaded


def test_nothing_jumps_while_a_post_is_written(preview: Preview) -> None:
    """Typing between a tall picture, an open box and a chosen tab: ten positions, all the same."""
    png(preview.site / "tall.png", 300, 900)
    blocks = [
        *paragraphs(20),
        ("<p>{}</p>", 2),
        ("<p id='tall'><img src='/tall.png'></p>", 2),
        *BOXES_HTML[:2],
        *paragraphs(40, 100),
    ]
    source = source_of(blocks)
    shown = [("<p id='here'>Here</p>", lines) if "{}" in html else (html, lines) for html, lines in blocks]
    preview.write(source, shown)
    preview.tell(
        "document.querySelector('details').open = true; document.querySelectorAll('input')[1].checked = true"
    )
    preview.view.scroll_to_line(40.0, 0.3)
    preview.until(in_view("#here"))
    preview.view.follow_line(40)
    seen: set[tuple[int, ...]] = set()
    states = set()
    words = "Here"
    for number in range(10):
        words += " and a few more" if number % 2 else "!"
        # The block itself, and something far above that changes its height.
        preview.patch(
            [
                (2, 1, [(f"<p id='p2'>{'longer ' * 40 * number}</p>", 2)]),
                (20, 1, [(f"<p id='here'>{words}</p>", 2)]),
            ]
        )
        preview.view.follow_line(40)
        assert preview.view.to_picture().isNull() is False
        seen.add(tuple(preview.ask(box("#here"))[:1]))
        states.add((preview.ask("document.querySelector('details').open"), preview.ask(CHOSEN)))
    assert len(seen) == 1
    assert states == {(True, 1)}


def test_what_is_read_stays_exactly_where_it_is_while_it_is_typed_above(preview: Preview) -> None:
    """A tall picture, an open box and a chosen tab in view, and a paragraph above them that grows and shrinks."""
    png(preview.site / "tall.png", 300, 220)
    blocks = [
        *paragraphs(20),
        ("<p>{}</p>", 2),
        ("<p id='tall'><img src='/tall.png'></p>", 2),
        *BOXES_HTML[:2],
        *paragraphs(40, 100),
    ]
    typed = "<p id='here'>Here</p>"
    preview.write(source_of(blocks), [(typed if "{}" in html else html, lines) for html, lines in blocks])
    preview.view.follow_line(40)
    preview.until(in_view("#here"))
    preview.tell(
        "document.querySelector('details').open = true; document.querySelectorAll('input')[1].checked = true;"
        "document.dispatchEvent(new WheelEvent('wheel')); document.getElementById('tall').scrollIntoView()"
    )
    preview.until(f"{box('#tall')}[0]", 0)
    for selector in ("#tall img", "details", ".tabbed-labels"):
        assert preview.ask(in_view(selector))
    where = (
        "[...document.querySelectorAll('#tall img, details, summary, .tabbed-labels, #p100')]"
        ".map((element) => element.getBoundingClientRect().top)"
    )
    tops, heights = [], set()
    for number in range(10):
        words = "and a few more " * (7 * number % 30)
        preview.patch([(20, 1, [(f"<p id='here'>Here {words}</p>", 2)])])
        tops.append(preview.ask(where))
        heights.add(preview.ask("document.getElementById('here').offsetHeight"))
    assert len(tops[0]) == 5
    assert all(top == tops[0] for top in tops)
    assert len(heights) > 3
    assert preview.ask("document.querySelector('details').open")
    assert preview.ask(CHOSEN) == 1


def test_while_reading_the_top_of_the_view_stays(preview: Preview) -> None:
    blocks = paragraphs(80)
    preview.write(source_of(blocks), blocks)
    preview.view.follow_line(0)
    preview.tell(
        "document.dispatchEvent(new WheelEvent('wheel')); document.getElementById('p40').scrollIntoView()"
    )
    preview.until(in_view("#p41"))
    tops = {preview.ask(box("#p41"))[0]}
    for number in range(10):
        preview.patch([(3, 1, [(f"<p id='p3'>{'longer ' * 40 * number}</p>", 2)])])
        tops.add(preview.ask(box("#p41"))[0])
    assert len(tops) == 1
