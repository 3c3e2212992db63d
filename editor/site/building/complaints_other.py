"""What Hugo, Jekyll and Zola complain of."""

import re
from collections.abc import Iterator

from editor.site.building.complaints import Printed, blocks
from editor.site.building.results import BuildProblem

_HUGO_LEVEL = re.compile(r"(ERROR|WARN|Error:)\s+(.*)")
_HUGO_END = re.compile(r"\s*$|Total in |Built in |INFO |Start building")
_HUGO_PLACE = re.compile(r'"([^"\n]+?):(\d+):(\d+)"(?:: )?')
_HUGO_FILE = re.compile(r'"(/[^"\n]+)"')
_HUGO_NOISE = re.compile(r"error building site: |failed to load config: ")

_JEKYLL_HEAD = re.compile(
    r"\s*(Liquid Exception|Conversion error|Dependency Error|Build Warning|Liquid Warning|Theme Error"
    r"|Error|ERROR|Warning|Deprecation|fatal): (.*)"
)
_JEKYLL_YAML = re.compile(r"YAML Exception reading (\S.*?): (.*)")
_JEKYLL_READ = re.compile(r"could not read file (.+?): ")
_JEKYLL_IN = re.compile(r" (?:included )?in (\S+?)(?:/#excerpt)?$")
_JEKYLL_INNER = re.compile(r"\((\S+) line (\d+)\)")
_JEKYLL_LINE = re.compile(r"\(line (\d+)\)|at line (\d+)|on line (\d+)")
_JEKYLL_NAMED = re.compile(r"'([^'\s]+\.\w+)'| in (_\S+\.\w+) does not exist")
_JEKYLL_TRACE = re.compile(
    r"\s*-{10,}|\s*Jekyll \d|/.*\.rb:\d+:in |\s*done in |\s*Auto-regeneration|\s*Generating"
)
_RUBY_ERROR = re.compile(r"/.*\.rb:\d+:in .*?': (.*) \([\w:]+\)$")

_ZOLA_HEAD = re.compile(r"(?:.*?\bERROR\b|Error:|Reason:)\s*(.*)")
_ZOLA_PLACE = re.compile(r"--> (?:(\S+?):)?(\d+):(\d+)")
_ZOLA_FILE = re.compile(r"[\"'`]([^\"'`\n]+\.\w+)[\"'`]")


def hugo(printed: Printed) -> Iterator[BuildProblem]:
    """Read `ERROR message`, in which the last place named is the innermost."""
    for block in blocks(printed.lines, _HUGO_LEVEL, _HUGO_END):
        head = _HUGO_LEVEL.match(block[0])
        if head is None:
            continue
        message = _HUGO_NOISE.sub("", head[2])
        path, line = None, None
        for place in _HUGO_PLACE.finditer(message):
            if file := printed.file(place[1]):
                path, line = file, int(place[2])
                rest = head[2][head[2].rfind(place[0]) + len(place[0]) :].strip()
                message = rest or message
        if path is None:
            names = _HUGO_FILE.findall(message)
            path = next((file for name in names if (file := printed.file(name))), None)
        yield printed.problem(message, path, line, "warning" if head[1] == "WARN" else "error")


def jekyll(printed: Printed) -> Iterator[BuildProblem]:
    """Read `Kind: message`, right-aligned, and the place at the end of the message."""
    said = False
    for block in _with_reasons(blocks(printed.lines, _JEKYLL_HEAD, _JEKYLL_TRACE)):
        head = _JEKYLL_HEAD.match(block[0])
        if head is None or head[2].startswith("YOUR SITE COULD NOT BE BUILT"):
            continue
        message = "\n".join([head[2], *(line.strip() for line in block[1:])])
        severity = "warning" if "Warning" in head[1] or head[1] == "Deprecation" else "error"
        path, line = None, None
        if found := _JEKYLL_YAML.match(message):
            path, message = printed.file(found[1]), found[2].removeprefix("(<unknown>): ")
        elif found := _JEKYLL_INNER.search(message):
            path, line = printed.file(found[1]), int(found[2])
        elif found := _JEKYLL_READ.search(message) or _JEKYLL_IN.search(message):
            path = printed.file(found[1])
            message = message.replace(found[0], "")
        elif found := _JEKYLL_NAMED.search(message):
            path = printed.file(found[1] or found[2])
        if line is None and (found := _JEKYLL_LINE.search(message)):
            line = int(found[1] or found[2] or found[3])
            if not found[
                2
            ]:  # Liquid and Sass get a file without its front matter, Document::YAML_FRONT_MATTER_REGEXP
                line += printed.header_lines(path, blank=True)
        said = said or severity == "error"
        if head[1] == "Dependency Error":
            path = printed.config
        yield printed.problem(message, path, line, "warning" if severity == "warning" else "error")
    if not said:
        for line_of_trace in printed.lines:
            if found := _RUBY_ERROR.match(line_of_trace):
                yield printed.problem(found[1], printed.config, None)
                return


def _with_reasons(found: list[list[str]]) -> Iterator[list[str]]:
    """Yield the blocks, each conversion error with the error of the converter that follows."""
    converted: list[str] = []
    for block in found:
        if block[0].lstrip().startswith("Conversion error"):
            converted = block
            continue
        yield [*converted, *block]
        converted = []
    if converted:
        yield converted


def zola(printed: Printed) -> Iterator[BuildProblem]:
    """Read `ERROR message` or `Error: message`, and the reasons below it."""
    for block in blocks(printed.lines, _ZOLA_HEAD):
        head = _ZOLA_HEAD.match(block[0])
        if head is None or not head[1]:
            continue
        text = "\n".join([head[1], *block[1:]])
        path = next((file for name in _ZOLA_FILE.findall(text) if (file := printed.file(name))), None)
        place = _ZOLA_PLACE.search(text)
        yield printed.problem(head[1], path, int(place[2]) if place else None)
