"""What a form knows about the site and the rest of the post; plain data, no Qt."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


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
    """Key -> a sentence (translated) below the field: where the excerpt ends, who has the same slug."""
