"""How long a text is: words as a writer counts them, and the minutes that reading takes."""

from dataclasses import dataclass
from math import ceil

from editor.site.words import text_length

WORDS_PER_MINUTE = 265
"""What Material for MkDocs counts with when nothing else is configured (`post_readtime_words_per_minute`)."""
_SIGNS_PER_MINUTE = 500
"""Characters of Chinese and Japanese that are read in a minute, as Medium counts them."""


@dataclass(frozen=True, slots=True)
class Statistics:
    """The length of a text."""

    words: int = 0
    """Words; of Chinese and Japanese every character."""
    signs: int = 0
    """The Chinese and Japanese characters among them."""

    @property
    def minutes(self) -> int:
        """The minutes that reading takes, at least 1 where there is something to read."""
        return ceil((self.words - self.signs) / WORDS_PER_MINUTE + self.signs / _SIGNS_PER_MINUTE)


def count(body: str, *, fences_need_end: bool = False) -> Statistics:
    """Count a post's body as `editor.site.words` does."""
    return Statistics(*text_length(body, fences_need_end=fences_need_end))
