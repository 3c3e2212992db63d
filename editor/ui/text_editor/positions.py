"""Places in a text: code points, which Python counts, and UTF-16 units, which Qt counts."""

import re
from bisect import bisect_left

_ASTRAL = re.compile("[\U00010000-\U0010ffff]")


class Positions:
    """Maps places in one text both ways; costs nothing where the two counts are the same."""

    def __init__(self, text: str) -> None:
        # Nearly every text has as many units as code points, and this is the fastest way to see it.
        alike = text.isascii() or len(text.encode("utf-16-le", "surrogatepass")) == 2 * len(text)
        self._points = [] if alike else [found.start() for found in _ASTRAL.finditer(text)]
        self.alike = alike
        """Whether all places have the same number in both."""
        self._units = [place + index for index, place in enumerate(self._points)]

    def units(self, points: int) -> int:
        """Return the UTF-16 units before the code point `points`."""
        return points + bisect_left(self._points, points)

    def points(self, units: int) -> int:
        """Return the code points before the UTF-16 unit `units`; inside a pair, those before the pair."""
        return units - bisect_left(self._units, units)
