"""What a generator does to a page beside its Markdown extensions, before any theme sees it.

A dialect asks for it by the options `pelican` or `nikola`; each has a module of its own. Its patterns
take part in Python-Markdown's steps; what is done to the HTML after those is done to a whole page and to a block of
it alike, but not to the headings' texts, which Python-Markdown runs through its own steps once more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    import markdown

    from editor.render.python_markdown.notes import Notes


class GeneratorSteps:
    """The steps of one generator for one converter; this one has none."""

    pygments_below: tuple[int, ...] | None = None
    """The version that the generator's Pygments is below, in its own installation; None: it takes any."""

    def configure(self, extension: str, config: dict[str, Any]) -> None:
        """Change the options of an extension before it is made."""

    def begin(self, md: markdown.Markdown) -> None:
        """Register what stands before the site's own extensions."""

    def end(self, md: markdown.Markdown) -> None:
        """Register what comes after them."""

    def reaches_over(self, html: str) -> bool:
        """Return whether what `finish` does to this block's HTML depends on the blocks around it."""
        del html
        return False

    def finish(self, html: str) -> str:
        """Return what becomes of the HTML of a page, or of a block of one."""
        return html

    def turn_to(self, facts: Mapping[str, Any]) -> None:
        """Take the facts of the page that is rendered next."""


def made(options: Mapping[str, Any], notes: Notes) -> GeneratorSteps:
    """Return the steps that a dialect asks for; what they need is imported here."""
    if "pelican" in options:
        from editor.render.python_markdown.pelican_steps import PelicanSteps

        return PelicanSteps(options["pelican"], notes)
    if "nikola" in options:
        from editor.render.python_markdown.nikola_steps import NikolaSteps

        return NikolaSteps(options["nikola"], notes)
    return GeneratorSteps()
