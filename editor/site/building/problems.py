"""What a generator complained of, read from the lines that it printed: by its own reader where it has one."""

import re
from collections.abc import Callable, Iterator, Mapping

from editor.site.building import complaints_node, complaints_other, complaints_python
from editor.site.building.complaints import Printed, each_once
from editor.site.building.results import BuildProblem

_WORDS = re.compile(r"\b(?:error|failed|exception|fatal|cannot|can't|could not|not found)\b", re.IGNORECASE)
_STACK = re.compile(r"\s*(?:at |from |File \")|\s*\^+\s*$|Node\.js v")


def found(generator: str, printed: Printed) -> tuple[BuildProblem, ...]:
    """Return what the generator complained of, each once, in the order in which it did."""
    return each_once(_READERS[generator](printed))


def reason(printed: Printed, sentence: str) -> BuildProblem:
    """Return why a build failed that its reader found no error in: the last line that speaks of one.

    `sentence` is what is said where no line does.
    """
    lines = [line for line in printed.lines if line.strip() and not _STACK.match(line)]
    said = next((line for line in reversed(lines) if _WORDS.search(line)), lines[-1] if lines else sentence)
    path, line = printed.traced(printed.lines)
    return printed.problem(said, path, line)


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
