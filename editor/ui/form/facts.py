"""What a form knows about the site and the rest of the post; plain data, no Qt."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol


class Pictures(Protocol):
    """The site's pictures, as a post writes them; two for the same post are equal. Methods look at the disk."""

    @property
    def folder(self) -> Path:
        """Where the choice of a picture begins."""

    def find(self, address: str) -> Path | None:
        """Return the file of the site that the text of a field means, or None."""

    def address(self, key: str, path: Path) -> str:
        """Return how the post writes a picture in the field `key`; empty where it lies outside the site."""


@dataclass(frozen=True, slots=True)
class FormFacts:
    """Everything beside the front matter that a form shows: suggestions, derived and inherited values.

    Hand over the same `completions` as long as nothing in them changed: they are quick to compare then.
    """

    completions: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    """Key -> value -> how many posts of the site have it."""
    authors: Mapping[str, str] = field(default_factory=dict)
    """Id -> name, from the site's file of authors."""
    title: str = ""
    """The title that the post has without a `title`: that of its first heading."""
    slug: str = ""
    """The slug that the generator derives."""
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Key -> the values that this site allows; wins over those of the content type."""
    inherited: Mapping[str, Any] = field(default_factory=dict)
    """Key -> the value that a post without one gets from elsewhere (`.meta.yml`, defaults of the site)."""
    notes: Mapping[str, str] = field(default_factory=dict)
    """Key -> a sentence (translated) below the field: where the excerpt ends, which day the site shows."""
    proofed: bool = False
    """Whether a proof says what is wrong with the fields (see `show_advice`): the form then adds nothing to that."""
    pictures: Pictures | None = None
    """Where picture fields find their files; None: there is no site, or the post has no place in it yet."""
