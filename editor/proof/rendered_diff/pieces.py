"""What a page is compared in: blocks and runs of text between them, words within a run, lines of code."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from editor.proof.rendered_diff.elements import Element
from editor.proof.rendered_diff.seen import Seen, is_space, text_key

RUN = "#run"
"""The name of a run of text, with what stands in it, beside blocks."""
WORD, SPACE, UNSEEN = "#word", "#space", "#unseen"

_WORDS = re.compile(
    r"&(?:#\d+|#[xX][0-9a-fA-F]+|\w+);"
    r"|\s+"
    r"|[\u1100-\u11ff\u2e80-\u2fdf\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff][\u3099\u309a\ufe00-\ufe0f]*"
    # Letters with their marks; an apostrophe inside is part of the word.
    r"|[^\s!-/:-@\[-^`{-~\u00a0-\u00bf\u2010-\u2027\u2030-\u205e\u2e80-\u9fff]+"
    r"(?:['’][^\s!-/:-@\[-^`{-~\u00a0-\u00bf\u2010-\u2027\u2030-\u205e\u2e80-\u9fff]+)*"
    r"|.",
    re.DOTALL,
)


@dataclass(slots=True)
class Piece:
    """One thing of a list that is compared with another list; `key` None: nobody sees it."""

    name: str
    start: int
    end: int
    key: int | None
    element: Element | None = None
    """None of a word, a space, a run, a line."""
    inside: list[Element] = field(default_factory=list)
    """What a run consists of."""


class Page:
    """One of the two texts, and how it is cut up."""

    def __init__(self, html: str) -> None:
        self.html = html
        self.seen = Seen(html)

    def source(self, start: int, end: int) -> str:
        """Return the text as it is written."""
        return self.html[start:end]

    def of(self, piece: Piece) -> str:
        """Return a piece as it is written."""
        return self.html[piece.start : piece.end]

    def holds_blocks(self, element: Element) -> bool:
        """Return whether `element` holds other blocks, not only text."""
        return any(self.seen.is_block(child) for child in element.children)

    def blocks(self, element: Element) -> list[Piece]:
        """Return the blocks inside of `element` and the runs of text beside them; what nobody sees lies between."""
        found: list[Piece] = []
        run: list[Element] = []
        for child in element.children:
            if self.seen.is_block(child):
                found += self._run(run)
                run = []
                key = self.seen.key(child)
                if key is not None:
                    found.append(Piece(child.name, child.start, child.end, key, child))
            else:
                run.append(child)
        return found + self._run(run)

    def _run(self, run: list[Element]) -> list[Piece]:
        keys = [self.seen.key(child) for child in run]
        shown = [index for index, key in enumerate(keys) if key is not None and not is_space(key)]
        if not shown:
            return []
        inside = run[shown[0] : shown[-1] + 1]
        key = hash((RUN, self.seen.keys(inside)))
        return [Piece(RUN, inside[0].start, inside[-1].end, key, None, inside)]

    def words(self, elements: Sequence[Element], *, pre: bool = False) -> list[Piece]:
        """Return the words, spaces and elements that a run of text consists of; with `pre`, spaces count each."""
        found: list[Piece] = []
        for element in elements:
            if element.name == "#text":
                found += self._split(element.start, element.end, pre=pre)
                continue
            key = self.seen.key(element, pre=pre)
            name = UNSEEN if key is None else element.name
            found.append(Piece(name, element.start, element.end, key, element))
        return found

    def _split(self, start: int, end: int, *, pre: bool) -> Iterator[Piece]:
        for word in _WORDS.finditer(self.html, start, end):
            source = word.group()
            if source.isspace() and not pre:
                yield Piece(SPACE, word.start(), word.end(), text_key(" "))
            else:
                name = SPACE if source.isspace() else WORD
                yield Piece(name, word.start(), word.end(), text_key(source, pre=pre))

    def lines(self, element: Element) -> list[list[Piece]]:
        """Return the lines of code in `element`, each with the pieces of it; its line feed belongs to a line."""
        lines: list[list[Piece]] = [[]]
        for child in element.children:
            if child.name == "#text":
                for part in _LINES.finditer(self.html, child.start, child.end):
                    lines[-1] += self._split(part.start(), part.end(), pre=True)
                    if part.group().endswith("\n"):
                        lines.append([])
                continue
            lines[-1] += self.words([child], pre=True)
            if self.seen.text(child.start, child.end).endswith("\n"):
                lines.append([])
        return lines if lines[-1] else lines[:-1]


_LINES = re.compile(r"[^\n]*\n|[^\n]+")
