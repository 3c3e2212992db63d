"""Colours for the text: formats of the layout, never of the document.

QSyntaxHighlighter formats a whole document when it gets one, and everything below a change that opens a
fence, in one go; with 1.5 MB that takes seconds. This one does as it does (formats on the blocks' layouts,
states on the blocks), but only ever formats what can be seen, and works out the states below in slices when
nobody waits.
"""

import time
from collections.abc import Iterator

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QColor, QFont, QTextBlock, QTextCharFormat, QTextDocument, QTextLayout

from editor.post.line_state import TEXT, LineState, front_matter_state, state_after
from editor.post.open_fences import OpenFences
from editor.ui.text_editor.fence_code import LINE_LIMIT, SIZE_LIMIT, Fence, FenceColours, LineSpans
from editor.ui.text_editor.line_spans import line_spans
from editor.ui.text_editor.positions import Positions
from editor.ui.text_editor.styles import Flag, Span, Style
from editor.ui.theme import Theme

_SLICE = 0.003
"""Seconds that one slice of waiting work takes, and what is done at once after a change."""
_GENERATIONS = 255
_LOOK_AT_ONCE = 120
"""Lines of a fence that are gone through while somebody types."""
_RELEX_PAUSE = 120
"""Milliseconds without a change after which a large fence is lexed again."""


class MarkdownHighlighter(QObject):
    """Highlights the Markdown, and the front matter before it, of one document."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document: QTextDocument | None = None
        self._theme = theme
        self._formats: dict[tuple[Style, Flag], QTextCharFormat] = {}
        # Block.userState holds (number of the state after the block) << 8 | generation it was formatted in,
        # or 0.
        self._states: list[LineState] = [TEXT]
        self._numbers: dict[LineState, int] = {TEXT: 0}
        self._generation = 1
        self._front_matter_lines = 0
        self._fences = OpenFences()
        self._fences_need_end = False
        self._frontier = 0
        """The states of all blocks before this one are known."""
        self._block_count = 0
        self._visible = (0, 60)
        self._colours = FenceColours()
        self._fence: tuple[int, int, LineSpans | None] | None = None
        """The fence looked at last: first line of code, line after the last, spans (None: they come)."""
        self._fence_limit = _LOOK_AT_ONCE
        self._fence_waits = False
        """A fence too long to be looked at while somebody types waits for a pause."""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._work)

    def set_document(self, document: QTextDocument | None) -> None:
        """Highlight `document` from now on; the states of a long one are worked out in slices."""
        if self._document is not None:
            self._document.contentsChange.disconnect(self._contents_changed)
        self._document = document
        self._frontier = 0
        self._fence = None
        self._fences = OpenFences()
        if document is not None:
            self._block_count = document.blockCount()
            self._new_generation()
            document.contentsChange.connect(self._contents_changed)
            self._scan(0, self._block_count, 0)
            self._show()

    def set_theme(self, theme: Theme) -> None:
        """Use the colours of `theme`."""
        self._theme = theme
        self._formats.clear()
        self._new_generation()
        self._show()

    def set_front_matter_lines(self, count: int) -> None:
        """Take the first `count` lines as front matter."""
        if count == self._front_matter_lines:
            return
        touched = max(count, self._front_matter_lines)
        self._front_matter_lines = count
        if self._document is not None:
            self._fence = None
            self._rescan(0, min(touched, self._block_count - 1), self._frontier)
            self._show()

    def set_fences_need_end(self, need: bool) -> None:
        """Say whether a fence that nothing closes is text, or else code to the end."""
        if need == self._fences_need_end:
            return
        self._fences_need_end = need
        self._fences = OpenFences()
        if self._document is not None:
            self._fence = None
            self._scan(0, 0, self._block_count)
            self._show()

    def show_blocks(self, first: int, last: int) -> None:
        """Format the blocks `first` to `last`, which can be seen now, as far as their states are known."""
        self._visible = (first, last)
        self._show()

    def refresh(self, block: QTextBlock) -> None:
        """Format `block` again: an input method has replaced its formats with its own."""
        if block.isValid() and block.blockNumber() <= self._frontier:
            self._format(block)

    def in_code(self, block: QTextBlock) -> bool:
        """Return whether `block` stands in a code fence, as far as is known."""
        return block.isValid() and self._states[self._number_before(block)].kind == "fence"

    def settled(self) -> bool:
        """Return whether nothing waits to be worked out."""
        return self._frontier >= self._block_count and not (self._colours.busy or self._fence_waits)

    def _new_generation(self) -> None:
        self._generation = self._generation % _GENERATIONS + 1

    def _contents_changed(self, position: int, _removed: int, added: int) -> None:
        document = self._document
        assert document is not None
        first = document.findBlock(position).blockNumber()
        last_block = document.findBlock(position + added)
        last = last_block.blockNumber() if last_block.isValid() else document.blockCount() - 1
        delta = document.blockCount() - self._block_count
        self._block_count = document.blockCount()
        self._fence = None
        self._fence_waits = False
        anew = self._fences.edited(first, delta, self._lines(first, last))
        if anew is not None:
            first = min(first, anew)
        if first > self._frontier:
            return
        known = max(last + 1, self._frontier + delta) if anew is None else 0
        self._rescan(max(first, 0), last, known)
        self._show()

    def _lines(self, first: int, last: int) -> Iterator[str]:
        assert self._document is not None
        block = self._document.findBlockByNumber(first)
        while block.isValid() and first <= last:
            yield block.text()
            block = block.next()
            first += 1

    def _rescan(self, first: int, last: int, known: int) -> None:
        """Work out the states from `first` on; those behind `last`, up to `known`, may still hold."""
        assert self._document is not None
        if first:
            # The line before may be a heading by the line under it.
            self._unformat(self._document.findBlockByNumber(first - 1))
        block = self._document.findBlockByNumber(first)
        for _ in range(first, min(last, first + 2000) + 1):
            block.setUserState(-1)
            block = block.next()
        self._scan(first, min(known, self._block_count), last)

    def _scan(self, number: int, known: int, last: int) -> None:
        """Go on from block `number`, until a state behind `last` is as it was, or time is up.

        The states up to `known` are those of the text before the change.
        """
        assert self._document is not None
        deadline = time.perf_counter() + _SLICE
        block = self._document.findBlockByNumber(number)
        self._frontier = number
        end = previous = self._number_before(block)
        front_matter = self._front_matter_lines
        while block.isValid():
            if number == front_matter:
                previous = 0
            line = block.text()
            state = self._states[previous]
            after = self._fences.state_after(number, line, state)
            end = previous if after == state else self._number(after)
            old = block.userState()
            changed = old < 0 or old >> 8 != end
            if changed:
                block.setUserState(end << 8 | (old & 0xFF if old > 0 else 0))
            number += 1
            self._frontier = number
            block = block.next()
            if changed:
                self._unformat(block)
            elif last < number <= known:
                self._frontier = known
                break
            previous = end
            if number % 16 == 0 and time.perf_counter() > deadline:
                break
        if self._fences_need_end and number == self._block_count:
            self._look_behind(self._states[end])
        if self._frontier < self._block_count:
            self._timer.start(0)

    def _look_behind(self, last: LineState) -> None:
        """Where the text ends in the fence `last`, let what stands behind its opening line be worked out again."""
        assert self._document is not None
        if last.kind != "fence":
            return
        inside = self._numbers[last]
        block = self._document.lastBlock()
        while block.blockNumber() > 0 and self._number_before(block) == inside:
            block = block.previous()
        self._fences.has_no_end(block.blockNumber(), last)
        self._frontier = block.blockNumber()

    def _number(self, state: LineState) -> int:
        number = self._numbers.get(state)
        if number is None:
            number = self._numbers[state] = len(self._states)
            self._states.append(state)
        return number

    def _number_before(self, block: QTextBlock) -> int:
        """Return the number of the state that `block` starts in."""
        number = block.blockNumber()
        if number == self._front_matter_lines:
            return 0
        if number == 0:
            return self._number(front_matter_state(block.text()))
        return max(block.previous().userState(), 0) >> 8

    def _unformat(self, block: QTextBlock) -> None:
        state = block.userState()
        if block.isValid() and state > 0:
            block.setUserState(state & ~0xFF)

    def _show(self) -> None:
        if self._document is None:
            return
        first, last = self._visible
        block = self._document.findBlockByNumber(first)
        number = first
        while block.isValid() and number <= last and number < self._frontier:
            if block.userState() & 0xFF != self._generation and block.isVisible():
                self._format(block)
            block = block.next()
            number += 1

    def _format(self, block: QTextBlock) -> None:
        state = self._states[self._number_before(block)]
        line = block.text()
        spans = line_spans(line, state, block.next().text())
        if state.kind == "fence" and len(spans) == 1 and spans[0].style is Style.CODE:
            spans = self._code_spans(block, line, state)
        if not line.isascii():
            positions = Positions(line)
            spans = [Span(positions.units(s.start), positions.units(s.end), s.style, s.flags) for s in spans]
        self._apply(block, spans)
        block.setUserState(max(block.userState(), 0) & ~0xFF | self._generation)

    def _apply(self, block: QTextBlock, spans: list[Span]) -> None:
        layout = block.layout()
        written = layout.preeditAreaPosition() if layout.preeditAreaText() else -1
        length = len(layout.preeditAreaText().encode("utf-16-le", "surrogatepass")) // 2
        ranges = []
        for span in spans:
            start, end = span.start, span.end
            if 0 <= written < end:  # what an input method composes stands inside: leave it its own formats
                if start < written:
                    ranges.append(self._range(start, written, span))
                start, end = max(start, written) + length, end + length
            ranges.append(self._range(start, end, span))
        old = layout.formats()
        if written >= 0:
            ranges += [kept for kept in old if written <= kept.start < written + length]
        if ranges or old:
            layout.setFormats(ranges)
            assert self._document is not None
            self._document.markContentsDirty(block.position(), block.length())

    def _range(self, start: int, end: int, span: Span) -> QTextLayout.FormatRange:
        made = QTextLayout.FormatRange()
        made.start = start
        made.length = end - start
        made.format = self._format_of(span.style, span.flags)
        return made

    def _code_spans(self, block: QTextBlock, line: str, state: LineState) -> list[Span]:
        if not state.language or state.quoted:
            return []
        number = block.blockNumber()
        fence = self._fence
        if (fence is None or not fence[0] <= number < fence[1]) and not self._fence_waits:
            fence = self._fence = self._look_at_fence(block, state)
            self._fence_waits = fence is None
        cut = min(state.indent, len(line) - len(line.lstrip(" ")))
        if fence is None or fence[2] is None or not fence[0] <= number < fence[1]:
            self._timer.start(_RELEX_PAUSE)
            spans = self._colours.line_alone(state.language, line[cut:])
        else:
            spans = fence[2][number - fence[0]]
        return [Span(span.start + cut, span.end + cut, span.style, span.flags) for span in spans]

    def _look_at_fence(self, block: QTextBlock, state: LineState) -> tuple[int, int, LineSpans | None] | None:
        """Return the fence around `block`, or None where that takes too long now."""
        inside = self._numbers[state]
        start = block
        for _ in range(self._fence_limit):
            if not start.previous().isValid() or self._number_before(start.previous()) != inside:
                break
            start = start.previous()
        else:
            return None
        lines: list[str] = []
        size = 0
        first = start.blockNumber()
        while start.isValid() and state_after(start.text(), state) == state:
            line = start.text()
            lines.append(line[min(state.indent, len(line) - len(line.lstrip(" "))) :])
            size += len(line)
            if len(lines) > self._fence_limit or size > SIZE_LIMIT:
                return None
            start = start.next()
        found = self._colours.spans(Fence(state.language, tuple(lines)))
        if found is not None:
            self._unformat_after(block, first + len(lines))
        return first, first + len(lines), found

    def _unformat_after(self, block: QTextBlock, end: int) -> None:
        """Let a fence's lines below a changed one be formatted again: what opens in one ends in another."""
        last = min(end, self._visible[1] + 1)
        block = block.next()
        while block.isValid() and block.blockNumber() < last:
            self._unformat(block)
            block = block.next()

    def _work(self) -> None:
        """Do a slice of what waits."""
        if self._document is None:
            return
        if self._frontier < self._block_count:
            self._scan(self._frontier, self._frontier, self._block_count)
            self._show()
        elif self._fence_waits:
            self._look_again()
        elif self._colours.busy and self._colours.work(_SLICE):
            self._fence = None
            self._unformat_code(*self._visible)
            self._show()
        if not self.settled():
            self._timer.start(0)

    def _look_again(self) -> None:
        """Look at the long fence that is seen now; one longer than the limit stays as it is."""
        first, last = self._visible
        self._fence_waits = False
        self._fence_limit = LINE_LIMIT
        self._unformat_code(first, last)
        self._show()
        if self._fence_waits:
            self._fence_waits = False
            self._fence = (first, last + 1, [[] for _ in range(first, last + 1)])
            self._unformat_code(first, last)
            self._show()
        self._fence_limit = _LOOK_AT_ONCE

    def _unformat_code(self, first: int, last: int) -> None:
        assert self._document is not None
        block = self._document.findBlockByNumber(first)
        while block.isValid() and block.blockNumber() <= last:
            if self._states[max(block.userState(), 0) >> 8].kind == "fence":
                self._unformat(block)
            block = block.next()

    def _format_of(self, style: Style, flags: Flag) -> QTextCharFormat:
        made = self._formats.get((style, flags))
        if made is None:
            made = self._formats[style, flags] = _make_format(self._theme, style, flags)
        return made


def _make_format(theme: Theme, style: Style, flags: Flag) -> QTextCharFormat:
    made = QTextCharFormat()
    colour = {
        Style.FAINT: theme.faint,
        Style.DIM: theme.dim,
        Style.LINK: theme.accent,
        Style.MARKER: theme.accent,
        Style.CALL: theme.warn,
        Style.MATH: theme.good,
        Style.KEY: theme.accent,
        Style.STRING: theme.good,
        Style.NUMBER: theme.warn,
        Style.KEYWORD: theme.accent,
        Style.NAME: theme.bad,
        Style.COMMENT: theme.dim,
        Style.INSERTED: theme.good,
        Style.DELETED: theme.bad,
        Style.SHORTCODE: theme.dim,
        Style.ERROR: theme.bad,
    }.get(style)
    if colour:
        made.setForeground(QColor(colour))
    wash = {
        Style.CODE: theme.side,
        Style.KEYBOARD: theme.side,
        Style.MARKED: theme.warn_wash,
        Style.INSERTED: None,
    }.get(style)
    if wash:
        made.setBackground(QColor(wash))
    if flags & Flag.BOLD:
        made.setFontWeight(QFont.Weight.Bold)
    if flags & Flag.ITALIC or style is Style.COMMENT:
        made.setFontItalic(True)
    if flags & Flag.STRIKE:
        made.setFontStrikeOut(True)
    if flags & Flag.UNDERLINE:
        made.setFontUnderline(True)
    return made
