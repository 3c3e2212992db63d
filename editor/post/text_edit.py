"""The one way in which a text changes."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TextEdit:
    """Replace `text[start:end]` by `replacement`; positions are code points in the post's text (its BOM left out)."""

    start: int
    end: int
    replacement: str

    def apply(self, text: str) -> str:
        """Return `text` with the edit made."""
        return text[: self.start] + self.replacement + text[self.end :]

    def inverse(self, text: str) -> "TextEdit":
        """Return the edit that takes this one back, where `text` is the text before it."""
        return TextEdit(self.start, self.start + len(self.replacement), text[self.start : self.end])

    def then(self, later: "TextEdit", text: str) -> "TextEdit":
        """Return one edit of `text` that does this one and then `later`.

        What lies between the two is taken into the replacement unchanged.
        """
        shift = len(self.replacement) - (self.end - self.start)
        start = min(self.start, later.start)
        end = max(self.end, later.end - shift if later.end > self.start + len(self.replacement) else self.end)
        after = later.apply(self.apply(text))
        grown = shift + len(later.replacement) - (later.end - later.start)
        return TextEdit(start, end, after[start : end + grown])

    @staticmethod
    def between(before: str, after: str) -> "TextEdit | None":
        """Return the smallest single edit that makes `after` of `before`, or None where they are equal."""
        if before == after:
            return None
        most = min(len(before), len(after))
        low, high = 0, most
        while low < high:  # by halves: slices compare at the speed of memcmp
            middle = (low + high + 1) // 2
            if before[low:middle] == after[low:middle]:
                low = middle
            else:
                high = middle - 1
        start = low
        low, high = 0, most - start
        while low < high:
            middle = (low + high + 1) // 2
            if (
                before[len(before) - middle : len(before) - low]
                == after[len(after) - middle : len(after) - low]
            ):
                low = middle
            else:
                high = middle - 1
        return TextEdit(start, len(before) - low, after[start : len(after) - low])
