"""Read a page's lines chunk by chunk: lines between blank ones, and what reaches over blank lines with them.

The steps are those of Markdown's preprocessors, in their order: snippets, critic marks, fences, raw HTML; then
`/// name` blocks. A region that never ends is what Markdown makes of it: a fence or a tag is text, an element
takes in all that follows.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from editor.render.python_markdown.constructs import CRITIC_MARK, STICKY
from editor.render.python_markdown.fences import PLACE, PlainFences, SuperFences
from editor.render.python_markdown.raw_html import RawHtml

if TYPE_CHECKING:
    from collections.abc import Iterable

    from editor.render.python_markdown.constructs import Constructs

SWALLOWS = "\0"
"""Stands among what is pending for something that takes in all that could be added at the end."""

_BLANK = " \t\x02\x03"
_CRITIC_END = {"++": "++}", "--": "--}", "~~": "~~}", "==": "==}", ">>": "<<}"}
_GENERIC = re.compile(r" {0,3}(/{3,})[ ]*([\w-]*)")


class Lines:
    """The lines of some sources one after the other, split only as far as they are asked for."""

    def __init__(self, sources: Iterable[str]) -> None:
        self._sources = iter(sources)
        self._taken = 0
        self.known: list[str] = []
        self.begins: dict[int, int] = {}
        """For each line that begins a source, the source's number."""
        self.ends_with_feed = True

    def get(self, index: int) -> str | None:
        """Return a line without its line feed, or None behind the last."""
        while index >= len(self.known):
            source = next(self._sources, None)
            if source is None:
                return None
            self.begins[len(self.known)] = self._taken
            self._taken += 1
            self.known += source.split("\n")
            self.ends_with_feed = not self.known[-1]
            if self.ends_with_feed:
                del self.known[-1]
        return self.known[index]

    def text(self, start: int, end: int) -> str:
        """Return the source of the lines from `start` to `end`, as it was."""
        text = "\n".join(self.known[start:end])
        return text if end == len(self.known) and not self.ends_with_feed else text + "\n"


class Chunk(NamedTuple):
    """What was read."""

    end: int
    """The line behind it and the blank lines that follow it."""
    text: str
    """What the steps before Markdown's own left of it, fences masked."""
    kinds: int
    pending: tuple[str, ...]
    """What, written below, might end a thing in it that does not end now."""
    fenced: bool
    """Whether a fence may open below it."""
    whole: bool
    """Whether it makes its page one that is rendered at once."""


class Reader:
    """Reads chunks of one set of lines after the other."""

    def __init__(self, constructs: Constructs) -> None:
        self._constructs = constructs
        fences = constructs.fences
        self._super = SuperFences(fences) if fences is not None and constructs.super_fences else None
        self._plain = PlainFences(fences) if fences is not None and self._super is None else None
        self._html = RawHtml(constructs.md, constructs.html) if constructs.html is not None else None
        self._tab = constructs.md.tab_length
        self._lines = Lines(())
        self._pending: list[str] = []
        self._masked: list[str] = []
        self._hidden: list[str] = []
        """The lines that stand in fences."""
        self._whole = False
        self._fenced = True

    def take(self, lines: Lines) -> None:
        """Read these lines from now on."""
        self._lines = lines

    def read(self, start: int, fenced: bool) -> Chunk:
        """Read the chunk that begins in line `start`; `fenced`: whether fences may open in it."""
        self._pending, self._masked, self._fenced = [], [], fenced
        self._hidden, self._whole = [], False
        at = start
        while (line := self._lines.get(at)) is not None and _is_blank(line):
            at += 1
        end = self._feed(at)
        generic: list[int] = []
        seen = 0
        while True:
            if self._constructs.generic is not None:
                self._follow_generic(generic, seen)
                seen = len(self._masked)
                if generic and self._lines.get(end) is not None:
                    end = self._feed(end)
                    continue
                if generic:
                    self._pending.append(SWALLOWS)
            following = self._html_goes_on(end)
            if following is None:
                break
            while end <= following and self._lines.get(end) is not None:
                end = self._feed(end)
        while (line := self._lines.get(end)) is not None and _is_blank(line):
            end += 1
        text = "\n".join(self._masked)
        whole = self._whole or ("///" in text and any(map(self._constructs.whole_line, self._masked)))
        kinds = self._constructs.kinds(text)
        if self._hidden and "    " in text:  # a fence in indented code becomes text again
            kinds |= self._constructs.kinds("\n".join(self._hidden)) & STICKY
        if self._html is not None and self._html.left and "<" in text:
            kinds |= self._constructs.kinds(self._html.left) & STICKY
        return Chunk(end, text, kinds, tuple(self._pending), self._fenced, whole)

    # ---- regions

    def _follow_generic(self, open_lengths: list[int], start: int) -> None:
        """Keep account of the `/// name` blocks that are open, from a masked line on."""
        for line in self._masked[start:]:
            if "///" not in line:
                continue
            found = _GENERIC.match(line)
            if found is None:
                continue
            if found.group(2):
                if found.group(2).lower() in self._constructs.generic.blocks:
                    open_lengths.append(len(found.group(1)))
            elif not line[found.end() :].strip(" ") and len(found.group(1)) in open_lengths:
                while open_lengths.pop() != len(found.group(1)):
                    pass

    def _html_goes_on(self, end: int) -> int | None:
        """Return the line with which the raw HTML that is open may end, or None where nothing is open."""
        if self._html is None or not any("<" in line for line in self._masked):
            return None
        still = self._html.still_open("\n".join(self._masked))
        if still is None:
            return None
        at = end
        for closer in still.closers:
            at = end
            while (line := self._lines.get(at)) is not None:
                if closer in line.lower():
                    return at
                at += 1
        if still.swallows:
            if at == end:
                self._pending.append(SWALLOWS)
            return at if at > end else None
        self._pending += still.closers
        self._whole = still.misleads
        return None

    def _feed(self, start: int) -> int:
        """Take lines from `start` to the next blank one outside of every region; return the line behind."""
        end, lines = self._segment(start)
        if not self._fenced or (self._super is None and self._plain is None):
            self._masked += lines
            return end
        return self._feed_super(end, lines) if self._super else self._feed_plain(end, lines)

    def _feed_super(self, end: int, lines: list[str]) -> int:
        machine = self._super
        assert machine is not None
        machine.reset()
        opened = opened_line = opened_end = 0
        prefix = ""
        opened_lines = lines
        while True:
            for index, line in enumerate(lines):
                became = machine.feed(line)
                if became == "opened":
                    prefix = machine.prefix
                    opened, opened_line, opened_end, opened_lines = len(self._masked), index, end, lines
                self._masked.append(line)
                if became == "closed":
                    self._hidden += self._masked[opened:]
                    self._masked[opened:] = [prefix + PLACE]
            if not machine.is_open:
                return end
            if machine.can_only_close and not self._closes_below(end):
                following = None
            else:
                following = self._lines.get(end)
            if following is None:
                # It is text, and no later line opens one: the machine would be in this one to the end.
                self._masked[opened:] = opened_lines[opened_line:]
                self._pending.append(machine.fence)
                self._fenced = False
                machine.reset()
                return opened_end
            end, lines = self._segment(end)

    def _closes_below(self, at: int) -> bool:
        """Return whether a line from `at` on might close the open fence that stands at the margin."""
        assert self._super is not None
        while (line := self._lines.get(at)) is not None:
            if self._super.closes(line) or ("8<" in line and self._constructs.snippets is not None):
                return True
            if self._constructs.critic is not None and "{" in line:
                return True
            at += 1
        return False

    def _feed_plain(self, end: int, lines: list[str]) -> int:
        plain = self._plain
        assert plain is not None
        index = 0
        while index < len(lines):
            fence = plain.fence(lines[index])
            length = None
            if fence is not None:
                here, reached = index, [end]

                def line(number: int, here: int = here, reached: list[int] = reached) -> str | None:
                    while here + number >= len(lines):
                        if self._lines.get(reached[0]) is None:
                            return None
                        reached[0], more = self._segment(reached[0])
                        lines.extend(more)
                    return lines[here + number]

                known = len(lines)
                length = plain.length(fence, line)
                if length:
                    end = reached[0]
                    self._masked += ["", PLACE, ""]
                    index += length
                    continue
                del lines[known:]
                if length == 0:
                    self._pending.append(fence)
            self._masked.append(lines[index])
            index += 1
        return end

    # ---- the steps before fences

    def _segment(self, start: int) -> tuple[int, list[str]]:
        """Return the line behind the next chunk (blank lines before it and its regions with it), and its lines
        as snippets, critic marks and white space leave them.
        """
        end = self._to_blank(start)
        found = self._lines.known[start:end]
        snippets = self._constructs.snippets
        if snippets is not None and any("8<" in line for line in found):
            end = self._with_snippets(start, end)
            found = "\n".join(snippets.run(self._lines.known[start:end])).split("\n")
        if self._constructs.critic is not None and any("{" in line for line in found):
            end, found = self._with_critic(end, found)
        return end, [self._normal(line) for line in found]

    def _with_snippets(self, start: int, end: int) -> int:
        """Return where the lines end that a bare `--8<--` line opens a list of files in."""
        marks = self._constructs.snippets.RE_ALL_SNIPPETS
        at, inside = start, False
        while True:
            while at < end:
                found = marks.match(self._lines.known[at])
                if found and not found.group("escape") and not found.group("inline_marker"):
                    inside = not inside
                at += 1
            if not inside:
                return end
            if self._lines.get(end) is None:
                self._pending.append(SWALLOWS)
                return end
            end = self._to_blank(end)

    def _with_critic(self, end: int, found: list[str]) -> tuple[int, list[str]]:
        """Return where the critic marks of the lines end, and what they leave of the lines."""
        text = "\n".join(found)
        at = 0
        dead: set[str] = set()
        while opening := CRITIC_MARK.search(text, at):
            kind = opening.group(1)
            at = opening.end()
            if kind in dead:
                continue
            while True:
                begin = text.find("~>", at) if kind == "~~" else at
                close = text.find(_CRITIC_END[kind], begin) if begin >= 0 else -1
                if close >= 0 or not self._ends_below(kind, end, begin >= 0):
                    break
                start, end = end, self._to_blank(end)
                text += "\n" + "\n".join(self._lines.known[start:end])
            if close >= 0:
                at = close + 3
            else:
                dead.add(kind)
                self._pending.append(_CRITIC_END[kind])
        critic = self._constructs.critic
        return end, "\n".join(critic.run(text.split("\n"))).split("\n") if at else found

    def _ends_below(self, kind: str, at: int, divided: bool) -> bool:
        while (line := self._lines.get(at)) is not None:
            divided = divided or "~>" in line
            if divided and _CRITIC_END[kind] in line:
                return True
            at += 1
        return False

    def _to_blank(self, at: int) -> int:
        """Return the next blank line behind the first line with text from `at` on."""
        while (line := self._lines.get(at)) is not None and _is_blank(line):
            at += 1
        while (line := self._lines.get(at)) is not None and not _is_blank(line):
            at += 1
        return at

    def _normal(self, line: str) -> str:
        """Return the line as Markdown's normalisation of white space leaves it."""
        if "\x02" in line or "\x03" in line:
            line = line.replace("\x02", "").replace("\x03", "")
        if "\t" in line:
            line = line.expandtabs(self._tab)
        return line if line.strip(" ") else ""


def _is_blank(line: str) -> bool:
    return not line.strip(_BLANK)
