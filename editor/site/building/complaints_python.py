"""What MkDocs, Zensical, Pelican and Nikola complain of."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from editor.site.building.complaints import Printed, before_traceback, blocks
from editor.site.building.results import BuildProblem, Severity

if TYPE_CHECKING:
    from pathlib import Path

_MKDOCS_LEVEL = re.compile(r"(DEBUG|INFO|WARNING|ERROR|CRITICAL)\s+-\s*(.*)")
_MKDOCS_END = re.compile(r"Aborted with |Built? failed|Documentation built")
_QUOTED = re.compile(r"'([^'\n]+)'")
_YAML_PLACE = re.compile(r"line (\d+), column \d+")

_ZENSICAL_HEAD = re.compile(r"(Warning|Error|RuntimeError|[\w.]*ConfigurationError): ?(.*)")
_ZENSICAL_PLACE = re.compile(r"\[ (.+):(\d+):(\d+) \]")
_ZENSICAL_YAML = re.compile(r"'([^']+)': (.* line (\d+) column \d+)")

_PELICAN_LEVEL = re.compile(r"(?:\[[\d:]+\]|\s{9,11})?\s*(DEBUG|INFO|WARNING|ERROR|CRITICAL)\s+(.*)")
_PELICAN_END = re.compile(r"Done: Processed")
_PELICAN_FILE = re.compile(r"(?:^|[\s'\"])(\.?/?[^\s'\"]+\.\w+)")
_PELICAN_SOURCE = re.compile(r"\s{2,}\w+\.py:\d+\s*$")
_PELICAN_REPLACED = re.compile(r"Unable to find '([^']+)'")

_NIKOLA_LEVEL = re.compile(r".*?\[[\d :-]+\] (DEBUG|INFO|NOTICE|WARNING|ERROR|CRITICAL): [^:]+: (.*)")
_NIKOLA_STEP = re.compile(r"[.-]{1,2}\s+\w+:(?:cache/)?(\S+?)(?:\.\w+)?$")
_NIKOLA_FILE = re.compile(r"(?:file|post) '?([^\s']+\.\w+)'?(?: at line: (\d+))?")
_NIKOLA_NOISE = re.compile(r"Error reading timeline|Error loading tasks|To see more details|See errors above")
_NIKOLA_SOURCES = (".md", ".markdown", ".mdown", ".rst", ".html", ".ipynb", ".txt")
_EXCEPTION = re.compile(r"^(?:\w+\.)*\w*(?:Error|Exception): ")

_LEVELS: dict[str, Severity] = {
    "WARNING": "warning",
    "Warning": "warning",
    "ERROR": "error",
    "CRITICAL": "error",
}


def mkdocs(printed: Printed) -> Iterator[BuildProblem]:
    """Read `LEVEL   -  message`, with more lines and a traceback below it."""
    waiting = ""
    named: Path | None = None
    for block in blocks(printed.lines, _MKDOCS_LEVEL, _MKDOCS_END):
        head = _MKDOCS_LEVEL.match(block[0])
        severity = _LEVELS.get(head[1]) if head else None
        if head is None or severity is None:
            continue
        lines = [head[2], *before_traceback(block[1:])]
        message = "\n".join(lines)
        path = next((file for name in _QUOTED.findall(message) if (file := printed.file(name))), None)
        line = None
        if found := _YAML_PLACE.search(message):
            line = int(found[1]) + 1  # below the fence
        traced, at = printed.traced(block)
        if traced is not None and (path is None or traced != printed.config):
            path, line = traced, at
        if message.startswith("Config value"):
            path = path or printed.config
        if len(lines) == 1 and message.endswith(":"):
            waiting, named = message, path  # the reason follows
            continue
        yield printed.problem(f"{waiting}\n{message}", path or named, line, severity)
        waiting, named = "", None


def zensical(printed: Printed) -> Iterator[BuildProblem]:
    """Read `Warning: message` with a frame of source below it, and the error that ends a traceback."""
    for block in blocks(printed.lines, _ZENSICAL_HEAD):
        head = _ZENSICAL_HEAD.match(block[0])
        if head is None:
            continue
        place = next((found for line in block if (found := _ZENSICAL_PLACE.search(line))), None)
        if place is not None:
            path = printed.file(place[1])
            yield printed.problem(head[2], path, int(place[2]), _LEVELS.get(head[1], "error"))
            continue
        message, path, line = head[2], printed.config, None
        if found := _ZENSICAL_YAML.search(message):
            path, line = printed.file(found[1]), int(found[3]) + 1  # below the fence
        traced, at = printed.traced(block)
        yield printed.problem(message, traced or path, at or line, _LEVELS.get(head[1], "error"))


def pelican(printed: Printed) -> Iterator[BuildProblem]:
    """Read `[time] LEVEL message`, with more lines and a traceback indented below it."""
    for block in blocks(printed.lines, _PELICAN_LEVEL, _PELICAN_END):
        head = _PELICAN_LEVEL.match(block[0])
        severity = _LEVELS.get(head[1]) if head else None
        if head is None or severity is None:
            continue
        rest = [line.strip().removeprefix("|") for line in before_traceback(block[1:])]
        message = "\n".join([_PELICAN_SOURCE.sub("", head[2]), *rest])
        missing = _PELICAN_REPLACED.search(message)
        names = [] if missing else _PELICAN_FILE.findall(message)
        path = next((file for name in names if (file := printed.file(name))), None)
        traced, line = printed.traced(block)
        yield printed.problem(message, traced or path, line, severity)


def nikola(printed: Printed) -> Iterator[BuildProblem]:
    """Read `[time] LEVEL: source: message`; the same trouble is told by several lines."""
    said: list[BuildProblem] = []
    named: Path | None = None
    step: Path | None = None
    for block in blocks(_with_steps(printed.lines), _NIKOLA_LEVEL):
        head = _NIKOLA_LEVEL.match(block[0])
        if head is not None and (severity := _LEVELS.get(head[1])) and not _NIKOLA_NOISE.search(head[2]):
            lines = [line for line in block[1:] if not _NIKOLA_STEP.match(line)]
            message = "\n".join([head[2], *before_traceback(lines)])
            place = _NIKOLA_FILE.search(message)
            path = printed.file(place[1]) if place else None
            line = int(place[2]) if place and place[2] else None
            if "<unicode string>" in message and (yaml := _YAML_PLACE.search(message)):
                line = int(yaml[1]) + 1  # below the fence
            if "shortcode" in message.lower():
                path = path or step
            path = path or (named if severity == "error" else None)
            named = path or named
            message = _EXCEPTION.sub("", message)
            said.append(printed.problem(message, path, line, severity))
        for printed_line in block:
            if ran := _NIKOLA_STEP.match(printed_line):
                step = next((file for end in _NIKOLA_SOURCES if (file := printed.file(ran[1] + end))), None)
    explained = {problem.path for problem in said if not problem.message.startswith("Error reading post")}
    for problem in said:
        if not problem.message.startswith("Error reading post") or problem.path not in explained:
            yield replace(problem, message=problem.message.removeprefix("Nikola: "))


def _with_steps(lines: list[str]) -> list[str]:
    """Return the lines with an empty message before the first, for the steps above it."""
    return ["[0] INFO: Nikola: ", *lines]
