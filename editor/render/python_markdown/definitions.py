"""What a page's blocks define for each other: links, abbreviations, footnotes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from editor.render.python_markdown.rendered import Rendered, Wide

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class Changed:
    """The names that mean something else than before."""

    def __init__(self, before: Wide, after: Wide) -> None:
        self._links = _differing(before.references, after.references)
        self._short = _differing(before.abbreviations, after.abbreviations)
        self._notes = before.notes.keys() ^ after.notes.keys()

    def __bool__(self) -> bool:
        return bool(self._links or self._short or self._notes)

    def concern(self, rendered: Rendered) -> bool:
        """Return whether a block that was rendered with all of before uses one of them."""
        return bool(
            (self._links and not self._links.isdisjoint(rendered.asked))
            or (self._notes and not self._notes.isdisjoint(rendered.asked_notes))
            or any(key in rendered.text for key in self._short)
        )


def taken_together(
    blocks: Iterable[Rendered], glossary: Mapping[str, str], before: Wide, guess: Wide | None = None
) -> Wide:
    """Return what the blocks define, a later one over an earlier; how often notes are used is as before.

    `guess` is what there is beside, where not all blocks are known.
    """
    wide = Wide()
    wide.abbreviations.update(glossary)
    if guess is not None:
        wide.references.update(guess.references)
        wide.abbreviations.update(guess.abbreviations)
        wide.notes.update(guess.notes)
    for block in blocks:
        if not block.defines:
            continue
        wide.references.update(block.references)
        for key, title in block.abbreviations:
            if title is None:
                wide.abbreviations.pop(key, None)
            else:
                wide.abbreviations[key] = title
        for name, _ in block.notes:
            wide.notes[name] = before.notes.get(name, 0)
    return wide


def is_stale(rendered: Rendered, wide: Wide) -> bool:
    """Return whether a block was rendered with other definitions than the page has."""
    return bool(
        any(wide.references.get(key) != got for key, got in rendered.asked.items())
        or any((key in wide.notes) != got for key, got in rendered.asked_notes.items())
        or (rendered.text and wide.abbreviations_in(rendered.text) != rendered.used_abbreviations)
    )


def counts_differ(rendered: Rendered, wide: Wide) -> bool:
    """Return whether a footnote of a block has to lead back to more, or fewer, references."""
    return any(max(1, wide.notes.get(name, 0)) != max(1, count) for name, count in rendered.counts.items())


def definitions_of(blocks: Iterable[Rendered]) -> list[Any]:
    """Return all that some blocks define, to be compared."""
    return [
        (block.references, block.abbreviations, [name for name, _ in block.notes])
        for block in blocks
        if block.defines
    ]


def _differing(one: Mapping[str, Any], other: Mapping[str, Any]) -> set[str]:
    return {key for key in one.keys() | other.keys() if one.get(key) != other.get(key)}
