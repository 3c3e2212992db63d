"""What Eleventy, Astro and Hexo complain of."""

import re
from collections.abc import Iterator
from pathlib import Path

from editor.site.building.complaints import Printed, blocks
from editor.site.building.results import BuildProblem, Severity

_STACK = re.compile(r"^\s+at ")
_ADDRESS = re.compile(r"(?:file://)?(/[^\s:'\"()]+\.\w+):(\d+)(?::\d+)?")

_ELEVENTY_HEAD = re.compile(r"\[11ty\] (?:Problem|.*Fatal)|copydesk: ")
_ELEVENTY_END = re.compile(r"\[11ty\] (?:Original error stack|Wrote |Copied |Writing )")
_ELEVENTY_FILE = re.compile(r"(?:^|[\s(:\"'])(\./[^\s,:\"')]+)")
_ELEVENTY_PLACE = re.compile(r"(?:, line:(\d+), col:\d+|\[Line (\d+), Column \d+\])")
_ELEVENTY_YAML = re.compile(r"\((\d+):\d+\)")
_VIA = re.compile(r"\s*\(via [^)]+\)\s*$")
_NUMBERED = re.compile(r"^\[11ty\]\s*(?:\d+\. )?")

_ASTRO_TIME = re.compile(r"^\d\d:\d\d:\d\d ")
_ASTRO_PAGE = re.compile(r"^\d\d:\d\d:\d\d\s+[├└]─ \S+?\.html(?: \(\+\d+\w+\))?")
_ASTRO_SOURCE = re.compile(r"^\d\d:\d\d:\d\d ▶ (\S+)")
_ASTRO_WARNING = re.compile(r"^\d\d:\d\d:\d\d \[WARN\] (?:\[\w+\] )?(.*)")
_ASTRO_LEFT_OUT = ("Hint:", "Error reference:", "Location:", "Stack trace:", "Caused by:")

_HEXO_LEVEL = re.compile(r"(DEBUG|INFO|WARN|ERROR|FATAL)\s*(.*)")
_HEXO_FAILED = re.compile(r"Process failed: (\S+)")
_HEXO_TEMPLATE = re.compile(r"(?:Nunjucks Error|\w*Error): (\S+) \[Line (\d+)")
_HEXO_YAML = re.compile(r"YAMLException: .*\((\d+):\d+\)")
_HEXO_NOISE = re.compile(r"Something's wrong\. Maybe you can find the solution here: \S+\s*")


def eleventy(printed: Printed) -> Iterator[BuildProblem]:
    """Read the numbered causes of an error, `[11ty] 1. message (via Class)`."""
    for block in blocks(printed.lines, re.compile(r"\[11ty\] (?:Problem|.*Fatal)|copydesk: "), _ELEVENTY_END):
        lines = []
        for line in block:
            if not line.startswith(("[11ty]", "copydesk: ")) and _STACK.match(line):
                continue
            lines.append(_VIA.sub("", _NUMBERED.sub("", line.removeprefix("copydesk: "))))
        text = "\n".join(lines)
        path = _last(printed, _ELEVENTY_FILE.findall(text))
        line_number = None
        if (at := _ADDRESS.search("\n".join(block))) and path is None and (named := printed.file(at[1])):
            path, line_number = named, int(at[2])
        if found := _ELEVENTY_PLACE.search(text):
            # Its template languages get a file without its front matter.
            line_number = int(found[1] or found[2]) + printed.header_lines(path)
        elif found := _ELEVENTY_YAML.search(text):
            line_number = int(found[1])
        if path is None and printed.config is not None and printed.config.name in text:
            path = printed.config
        kept = [line for line in lines if not line.startswith("Problem writing") and "-^" not in line]
        yield printed.problem("\n".join(dict.fromkeys(kept)), path, line_number)


def astro(printed: Printed) -> Iterator[BuildProblem]:
    """Read the message above `Stack trace:`, and the place under `Location:`."""
    page: Path | None = None
    start = 0
    for at, line in enumerate(printed.lines):
        if found := _ASTRO_SOURCE.match(line):
            page = printed.file(found[1])
        if found := _ASTRO_WARNING.match(line):
            yield printed.problem(found[1], None, None, "warning")
        if line.strip() == "Stack trace:":
            yield _astro_problem(printed, printed.lines[start:at], page)
            start = at + 1
        elif _ASTRO_TIME.match(line):
            start = at if _ASTRO_PAGE.match(line) else at + 1
        elif _STACK.match(line):
            start = at + 1


def _astro_problem(printed: Printed, block: list[str], page: Path | None) -> BuildProblem:
    path, number, kept, skipping = page, None, [], False
    for line in block:
        line = _ASTRO_PAGE.sub("", line)
        if line.strip() in _ASTRO_LEFT_OUT:
            skipping = line.strip() != "Location:"
            continue
        if found := _ADDRESS.search(line.strip()):
            named = printed.file(found[1])
            if named is not None:
                path, number = named, int(found[2])
                continue
        if not skipping and not line.startswith("[astro]"):
            kept.append(line.replace("**", ""))
    if path is not None and number and path.suffix in (".md", ".markdown"):
        number += 1  # of Markdown, only front matter is located, and that without its fence
    return printed.problem("\n".join(kept), path, number)


def hexo(printed: Printed) -> Iterator[BuildProblem]:
    """Read `LEVEL message`, with the error itself on the lines below it."""
    for block in blocks(printed.lines, _HEXO_LEVEL):
        head = _HEXO_LEVEL.match(block[0])
        if head is None or head[1] not in ("WARN", "ERROR", "FATAL"):
            continue
        severity: Severity = "warning" if head[1] == "WARN" else "error"
        text = _HEXO_NOISE.sub(
            "", "\n".join([head[2], *(line for line in block[1:] if not _STACK.match(line))])
        )
        path, line = None, None
        if failed := _HEXO_FAILED.search(text):
            path = printed.file(failed[1])
            text = text.replace(failed[0], "")
        if (found := _ADDRESS.search(text)) and (named := printed.file(found[1])):
            path, line = named, int(found[2])
        elif found := _HEXO_TEMPLATE.search(text):
            path = printed.file(found[1])  # its line is that of the page that Markdown made
        if (found := _HEXO_YAML.search(text)) and path is not None:
            line = int(found[1]) + 1  # below the fence
        if path is None:
            path = next(
                (file for name in re.findall(r"(/[^\s:]+\.\w+)", text) if (file := printed.file(name))), None
            )
        kept = [part for part in text.splitlines() if not part.lstrip().startswith("===")]
        yield printed.problem("\n".join(kept), path, line, severity)


def _last(printed: Printed, names: list[str]) -> Path | None:
    found = [file for name in names if (file := printed.file(name.rstrip(")")))]
    return found[-1] if found else None
