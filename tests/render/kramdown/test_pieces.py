"""Pieces that are kept up by edits are the page that is read at once."""

import random
import re

from editor.render.kramdown.options import options_of
from editor.render.kramdown.pieces import Pieces
from editor.render.kramdown.text_page import source_of, to_html
from tests.render.kramdown import fragments

_OPTIONS = options_of({})


def _page(pieces: Pieces) -> str:
    return "\n".join([*pieces.render(), pieces.tail.removesuffix("\n")])


def _made(text: str) -> Pieces:
    pieces = Pieces(_OPTIONS)
    pieces.become(source_of(text))
    return pieces


def _without_blank_lines(html: str) -> str:
    return re.sub(r"\n+", "\n", html).strip("\n")


def test_pieces_are_the_whole() -> None:
    dice = random.Random(11)
    for _ in range(150):
        text = fragments.text(dice, 20)
        assert _without_blank_lines(_page(_made(text))) == _without_blank_lines(to_html(text, _OPTIONS)), text


def test_edits_lead_where_reading_anew_leads() -> None:
    dice = random.Random(12)
    for _ in range(60):
        text = fragments.text(dice, 12)
        pieces = _made(text)
        _page(pieces)
        for _ in range(8):
            start = dice.randint(0, len(text))
            end = min(len(text), start + dice.choice([0, 0, 1, 4, 20]))
            text = (
                text[:start] + dice.choice(["", "\n", "\n\n", " ", "`", fragments.block(dice)]) + text[end:]
            )
            pieces.become(source_of(text))
            anew = _made(text)
            assert _page(pieces) == _page(anew), text
            assert [piece.source for piece in pieces.pieces] == [piece.source for piece in anew.pieces]


def test_an_edit_renders_only_what_it_touches() -> None:
    text = "".join(f"# Part {number}\n\nSome text, a list:\n\n- a\n- b\n\n" for number in range(50))
    pieces = _made(text)
    _page(pieces)
    pieces.become(source_of(text.replace("Part 25", "Part twenty-five")))
    _page(pieces)
    assert pieces.rendered <= 2


def test_a_definition_renders_those_that_ask_for_it() -> None:
    text = "[a][x]\n\n[b][y]\n\nc\n\n[x]: /x\n\n"
    pieces = _made(text)
    assert 'href="/x"' in _page(pieces)
    pieces.become(source_of(text + "[y]: /y\n"))
    page = _page(pieces)
    assert 'href="/y"' in page
    assert pieces.rendered <= 3  # the one that asks, the new one, and the one above it
