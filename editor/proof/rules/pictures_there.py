"""Whether the pictures of a post are there, and not too large to be shown to readers."""

from collections.abc import Iterator
from pathlib import Path

from editor.proof.destinations import destination, is_external, linked_file
from editor.proof.diagnostic import INFO, WARNING
from editor.proof.reading import Reading
from editor.proof.references import Reference
from editor.proof.rule import BODY, Finding, Rule
from editor.proof.rules.links import suspects
from editor.translation import gettext as _

_HELD_BACK = ("draft", "scheduled", "hidden")
_LARGE = 1_000_000
"""Bytes: a reader by a slow mobile network (4 Mbit/s) waits two seconds for that."""
_WIDE = 6_000
"""Pixels: the largest screens show no more, and a phone has to hold all of them in its memory."""


def rules() -> tuple[Rule, ...]:
    """Return the rules of this module."""
    return (
        Rule(
            "broken-picture",
            WARNING,
            BODY,
            _("a picture, a film or a sound of the site that is not there once it is built"),
            broken_picture,
        ),
        Rule(
            "large-picture",
            INFO,
            BODY,
            _("a picture of more than a megabyte, or of more than 6,000 pixels"),
            large,
        ),
    )


def broken_picture(reading: Reading) -> Iterator[Finding]:
    for reference, leads in suspects(reading, pictures=True):
        if leads.place.held_back not in _HELD_BACK:
            said = _("The picture is not there: nothing is published at {address}")
            yield Finding(*reference.target, said.format(address=leads.place.address))


def large(reading: Reading) -> Iterator[Finding]:
    seen = set()
    for reference in reading.references:
        if not reference.picture or is_external(reference.href) or reference.target in seen:
            continue
        seen.add(reference.target)
        file = _file(reading, reference)
        if file is None:
            continue
        size = _bytes(file)
        pixels = reading.renderer.picture_size(file) if reading.renderer is not None else None
        if size > _LARGE:
            said = _("The picture has {size} MB: readers with a slow network wait for it")
            yield Finding(*reference.target, said.format(size=f"{size / 1_000_000:.1f}"))
        elif pixels is not None and max(pixels) > _WIDE and file.suffix.lower() != ".svg":
            said = _("The picture has {width} × {height} pixels: no screen shows that many")
            yield Finding(*reference.target, said.format(width=pixels[0], height=pixels[1]))


def _file(reading: Reading, reference: Reference) -> Path | None:
    """Return the file of a picture."""
    leads = destination(reading, reference.href, anchors=False)
    if leads is not None and leads.place.file is not None:
        return leads.place.file
    return linked_file(reading, reference.href)


def _bytes(file: Path) -> int:
    try:
        return file.stat().st_size
    except OSError:
        return 0
