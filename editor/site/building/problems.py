"""What a generator complained of, read from the lines that it printed."""

from collections.abc import Callable, Iterable
from pathlib import Path

from editor.site.building.results import BuildProblem


def found(
    generator: str, lines: Iterable[str], root: Path, original: Callable[[Path], Path]
) -> tuple[BuildProblem, ...]:
    return ()
