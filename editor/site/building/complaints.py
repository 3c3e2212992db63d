"""What the readers of generators' complaints have in common: the files of the site that the lines name."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from editor.site.building.results import BuildProblem, Severity

_TRACED = re.compile(r'File "([^"]+)", line (\d+)')
_FRONT_MATTER = re.compile(
    r"\A\ufeff?---[ \t]*\r?\n.*?^(?:---|\.\.\.)[ \t]*\r?$\n?", re.DOTALL | re.MULTILINE
)
_NAMED = re.compile(r"'([^'\n]{3,})'|\"([^\"\n]{3,})\"|(?:tag|shortcode):? (\w{3,})")
_NO_WORDS = re.compile(r"\s*(?:>*\s*\d+\s*\||in \"<unicode string>\"|-*\^|[=│]+|$)")
"""A line of the source, or what points into it: the place says so."""
_MAX_LINES = 6
_MAX_LENGTH = 800


@dataclass(frozen=True)
class Printed:
    """The lines of one build, and where it ran."""

    lines: list[str]
    folder: Path
    """Where the generator ran, in the copy of the site."""
    bases: tuple[Path, ...]
    """The folders of the copy that the names of files may be relative to, besides."""
    copy: Path
    """The copy of the site."""
    original: Callable[[Path], Path]
    """The site's path of a path in the copy."""
    inner: Callable[[Path], Path]
    """The copy's path of a path in the site."""
    config: Path | None
    """The site's own main file of configuration."""

    def file(self, name: str) -> Path | None:
        """Return the site's file that the generator named, as a path in the site; None where there is none."""
        name = name.strip().removeprefix("file://")
        if not name or "\0" in name:
            return None
        for base in (self.folder, *self.bases):
            place = base / name
            try:
                if place.is_file() and place.resolve().is_relative_to(self.copy.resolve()):
                    return self.original(place)
            except OSError:
                continue
        return None

    def traced(self, lines: Iterable[str]) -> tuple[Path | None, int | None]:
        """Return the last file of the site, and the line in it, that a Python traceback goes through."""
        found: tuple[Path | None, int | None] = (None, None)
        for line in lines:
            for name, number in _TRACED.findall(line):
                file = self.file(name)
                if file is not None:
                    found = (file, int(number))
        return found

    def header_lines(self, path: Path | None, *, blank: bool = False) -> int:
        """Return how many lines the front matter between `---` takes in a file of the site, fences and all.

        With `blank`, the blank lines below it count as well.
        """
        text = self._text(path)
        found = _FRONT_MATTER.match(text)
        if found is None:
            return 0
        below = text[found.end() :]
        more = below[: len(below) - len(below.lstrip())].count("\n") if blank else 0
        return found[0].count("\n") + more

    def problem(
        self, message: str, path: Path | None, line: int | None, severity: Severity = "error"
    ) -> BuildProblem:
        """Return a problem whose message names the site's files, not the copy's, and is not too long."""
        message = message.replace(f"{self.folder}/", "").replace(
            str(self.copy), str(self.original(self.copy))
        )
        kept = [part.rstrip() for part in message.strip().splitlines() if not _NO_WORDS.match(part)][
            :_MAX_LINES
        ]
        text = "\n".join(kept)
        text = text if len(text) <= _MAX_LENGTH else text[: _MAX_LENGTH - 1] + "…"
        return BuildProblem(text, path, line or self._line_naming(message, path), severity)

    def _line_naming(self, message: str, path: Path | None) -> int | None:
        """Return the only line of a file of the site that holds what the message has in quotes, if there is one."""
        lines = self._text(path).splitlines()
        # What is named last is the innermost: a setting, then the entry in it.
        for name in reversed([next(filter(None, found)) for found in _NAMED.findall(message)]):
            holding = [number for number, line in enumerate(lines, 1) if name in line]
            if len(holding) == 1:
                return holding[0]
        return None

    def _text(self, path: Path | None) -> str:
        try:
            return self.inner(path).read_text("utf-8", "replace") if path is not None else ""
        except OSError:
            return ""


def blocks(
    lines: Iterable[str], head: re.Pattern[str], end: re.Pattern[str] | None = None
) -> list[list[str]]:
    """Return the lines from each that `head` matches to the next one, or to one that `end` matches."""
    found: list[list[str]] = []
    inside = False
    for line in lines:
        if head.match(line):
            found.append([line])
            inside = True
        elif end is not None and end.match(line):
            inside = False
        elif inside:
            found[-1].append(line)
    return found


def before_traceback(lines: list[str]) -> list[str]:
    """Return the lines above a Python traceback."""
    for at, line in enumerate(lines):
        if line.strip().startswith("Traceback (most recent call last)"):
            return lines[:at]
    return lines


def each_once(problems: Iterable[BuildProblem]) -> tuple[BuildProblem, ...]:
    """Return the problems without those that were said before."""
    return tuple(dict.fromkeys(problems))
