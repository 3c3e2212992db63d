"""What a generator complained of, read from the lines that it printed: by its own reader where it has one."""

import re
from collections.abc import Callable, Iterator, Mapping

from editor.site.building import complaints_node, complaints_other, complaints_python
from editor.site.building.complaints import Printed, each_once
from editor.site.building.results import BuildProblem

_LAST = 40
_WORDS = re.compile(
    r"\b(?:error|must|failed|exception|fatal|cannot|can't|could not|not found)\b", re.IGNORECASE
)
_STACK = re.compile(r"\s*(?:at |from |File \")|\s*\^+\s*$|Node\.js v")


def found(generator: str, printed: Printed) -> tuple[BuildProblem, ...]:
    """Return what the generator complained of, each once, in the order in which it did."""
    return each_once(_READERS[generator](printed))


def reason(printed: Printed, sentence: str) -> BuildProblem:
    """Return why a build failed that its reader found no error in: by its `last_word`, else by `sentence`."""
    path, line = printed.traced(printed.lines)
    return printed.problem(last_word(printed.lines) or sentence, path, line)


def last_word(lines: list[str]) -> str:
    """Return the first of the last lines that speaks of an error, else the last that says anything."""
    said = [line.strip() for line in lines[-_LAST:] if line.strip() and not _STACK.match(line)]
    return next((line for line in said if _WORDS.search(line)), said[-1] if said else "")


_READERS: Mapping[str, Callable[[Printed], Iterator[BuildProblem]]] = {
    "mkdocs-material": complaints_python.mkdocs,
    "mkdocs": complaints_python.mkdocs,
    "zensical": complaints_python.zensical,
    "pelican": complaints_python.pelican,
    "nikola": complaints_python.nikola,
    "hugo": complaints_other.hugo,
    "jekyll": complaints_other.jekyll,
    "eleventy": complaints_node.eleventy,
    "astro": complaints_node.astro,
    "hexo": complaints_node.hexo,
    "zola": complaints_other.zola,
}
