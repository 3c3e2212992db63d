"""Put in what only the whole page decides: ids, numbers, footnotes, the table of contents.

Each block says what it holds (`block_renderer.Rendered`); numbering happens here, over those alone. So an edit
renders nothing below it anew, and only blocks whose numbers changed get other HTML.
"""

# What is paired here is as long as its pair; `strict` came with Python 3.10.
# ruff: noqa: B905
from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Any

from markdown.extensions import toc as toc_module

from editor.render.python_markdown import tokens

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from editor.render.python_markdown.block_renderer import BlockRenderer
    from editor.render.python_markdown.opened import Opened
    from editor.render.python_markdown.rendered import Context, Rendered


class Bound:
    """One block with its place on the page known."""

    __slots__ = ("context", "html", "owner", "rendered", "seen", "values", "wide")

    def __init__(self, rendered: Rendered, context: Context | None = None) -> None:
        self.rendered = rendered
        self.context = context
        """Between what it was rendered, where it is a part of a block."""
        self.owner: Opened | None = None
        self.values: dict[str, str] = {}
        """The text for each placeholder of it by name; code blocks and tab sets as `code` and `set` begin."""
        self.html = rendered.parts[0]
        self.wide = rendered.wide
        self.seen: tuple[list[list[str]], list[str]] = ([], [])
        """What was noted while it was rendered, and the files that were read."""

    @property
    def leaves(self) -> list[Bound]:
        """Itself: a block that is not kept as its parts."""
        return [self]

    def renew(self, rendered: Rendered) -> None:
        """Take what came of rendering it again."""
        self.rendered = rendered
        self.wide = rendered.wide
        self.values = {}
        self._become(rendered.parts[0])

    def _become(self, html: str) -> bool:
        if html == self.html:
            return False
        self.html = html
        if self.owner is not None:
            self.owner.changed = True
        return True

    def finish(self, values: dict[str, str]) -> bool:
        """Put in other values; return whether the HTML is another one for it."""
        self.values = values
        parts = self.rendered.parts
        return self._become(parts[0] if len(parts) == 1 else filled(parts, values))


def filled(parts: Sequence[str], values: dict[str, str]) -> str:
    """Return the text of `tokens.parts` with its placeholders replaced."""
    made = list(parts)
    for index in range(1, len(made), 2):
        name = made[index]
        if name[0] == "2":
            made[index] = str(int(values.get("code", 0)) + int(name[1:]))
        elif name[0] == "3":
            made[index] = str(int(values.get("set", 0)) + int(name[1:]) + 1)
        else:
            made[index] = values.get(name, "")
    return "".join(made)


class Binder:
    """Binds the blocks of one page."""

    def __init__(self, renderer: BlockRenderer) -> None:
        self._renderer = renderer
        self._footnotes: Any = renderer.constructs.footnotes
        self._counts = len(inspect.signature(toc_module.unique).parameters) > 2
        self.note_counts: dict[str, int] = {}
        """The footnotes that are defined, in their order: how often each is referred to."""
        self.notes_html = ""
        """The block of all footnotes that stands at the end; empty where there are none."""

    def bind(self, wide: list[Bound], notes: Iterable[str] = ()) -> list[Bound]:
        """Number everything on the page; return the blocks whose HTML is another one for it.

        `wide` are the blocks of which that is asked (`Rendered.wide`). `notes` are the first footnotes, where some of
        the blocks that define them are not known yet.
        """
        values: list[dict[str, str]] = [{} for _ in wide]
        codes = sets = 0
        for block, found in zip(wide, values):
            if block.rendered.codes:
                found["code"] = str(codes)
                codes += block.rendered.codes
            if block.rendered.tab_sets:
                found["set"] = str(sets)
                sets += block.rendered.tab_sets
        self._bind_notes(wide, values, notes)
        self._bind_ids(wide, values)
        if any(block.rendered.holds_contents for block in wide):
            self._bind_contents(wide, values)
        changed = [
            block for block, found in zip(wide, values) if found != block.values and block.finish(found)
        ]
        self.notes_html = self._notes(wide)
        return changed

    # ---- footnotes

    def _bind_notes(self, wide: list[Bound], values: list[dict[str, str]], first: Iterable[str]) -> None:
        numbers = {name: number for number, name in enumerate(first, 1)}
        for block in wide:
            for name, _ in block.rendered.notes:
                numbers.setdefault(name, len(numbers) + 1)
        self.note_counts = dict.fromkeys(numbers, 0)
        if not numbers:
            return
        last = {name: index for index, block in enumerate(wide) for name, _ in block.rendered.notes}
        # Inline text is reached level by level of the tree, the footnotes behind all else of their level.
        places = [
            (found.depth, numbers.get(found.holder or "", 0), index, number, found.name)
            for index, block in enumerate(wide)
            for number, found in enumerate(block.rendered.referred)
            if found.holder is None or last.get(found.holder) == index
        ]
        places.sort(key=lambda place: place[:2])
        for _, _, index, number, name in places:
            count = self.note_counts[name] = self.note_counts.get(name, 0) + 1
            values[index][f"{tokens.REFERENCE}{number}"] = str(count) if count > 1 else ""
            values[index][f"{tokens.NUMBER}{number}"] = str(numbers.get(name, 0))
        for block, found in zip(wide, values):
            for number, (name, _) in enumerate(block.rendered.notes):
                found[f"{tokens.BACKLINK}{number}"] = str(numbers[name])

    def _notes(self, wide: list[Bound]) -> str:
        """Return the list of footnotes: each where it was first defined, with its last text."""
        texts: dict[str, str] = dict.fromkeys(self.note_counts, "")
        for block in wide:
            for name, parts in block.rendered.notes:
                texts[name] = filled(parts, block.values)
        if not texts:
            return ""
        rule = "<hr />" if self._renderer.md.output_format == "xhtml" else "<hr>"
        return f'<div class="footnote">\n{rule}\n<ol>\n' + "\n".join(texts.values()) + "\n</ol>\n</div>"

    # ---- ids

    def _bind_ids(self, wide: list[Bound], values: list[dict[str, str]]) -> None:
        used: set[str] = set()
        for block, found in zip(wide, values):
            for name in block.rendered.ids:
                parts = tokens.parts(name)
                used.add(name if len(parts) == 1 else filled(parts, found))
        counters: dict[str, int] = {}
        unique: Callable[..., str] = toc_module.unique
        more = (counters,) if self._counts else ()
        for block, found in zip(wide, values):
            for number, slug in enumerate(block.rendered.headings):
                found[f"{tokens.HEADING}{number}"] = unique(slug, used, *more)
        if not any(block.rendered.tabs for block in wide):
            return
        above: str | None = None
        for block, found in zip(wide, values):
            for number, tab in enumerate(block.rendered.tabs):
                slug = filled(tokens.parts(tab.slug), found)
                if tab.above and above:
                    slug = above + self._renderer.tab_separator + slug
                found[f"{tokens.TAB}{number}"] = unique(slug, used)
            if block.rendered.last_heading is not None:
                above = filled(tokens.parts(block.rendered.last_heading), found)

    def _bind_contents(self, wide: list[Bound], values: list[dict[str, str]]) -> None:
        entries = [
            {
                key: filled(tokens.parts(value), found) if isinstance(value, str) else value
                for key, value in entry.items()
            }
            for block, found in zip(wide, values)
            for entry in block.rendered.contents
        ]
        html = self._renderer.contents(entries)
        for block, found in zip(wide, values):
            if block.rendered.holds_contents:
                found[tokens.CONTENTS + "0"] = html
