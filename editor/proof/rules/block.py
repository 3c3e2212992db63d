"""Whether the generator finds the front matter, and can read it."""

from collections.abc import Iterator

from editor.errors import FrontMatterError
from editor.post.front_matter.block import check_foreign, find_block, misplaced_block
from editor.post.lines import line_end, next_line
from editor.proof import fixes
from editor.proof.diagnostic import ERROR, INFO, WARNING
from editor.proof.reading import Reading
from editor.proof.rule import FRONT_MATTER, Finding, Rule
from editor.translation import gettext as _

_TOLERANT = ("hugo", "zola", "astro")
"""They skip blank lines above the front matter."""
_HABIT = 3


def rules() -> tuple[Rule, ...]:
    """Return the rules of this module."""
    return (
        Rule(
            "unreadable-front-matter",
            ERROR,
            FRONT_MATTER,
            _("front matter that can't be read: its syntax is wrong, or a key is there twice"),
            unreadable,
        ),
        Rule(
            "unclosed-front-matter",
            ERROR,
            FRONT_MATTER,
            _("front matter that is opened and never closed"),
            unclosed,
        ),
        Rule(
            "misplaced-front-matter",
            ERROR,
            FRONT_MATTER,
            _("blank lines above the front matter, which the generator then takes for text"),
            misplaced,
        ),
        Rule(
            "byte-order-mark",
            WARNING,
            FRONT_MATTER,
            _("a byte order mark before the front matter, where the generator stumbles over it"),
            byte_order_mark,
        ),
    )


def unreadable(reading: Reading) -> Iterator[Finding]:
    problem = reading.front_matter.problem
    if problem is None or is_unclosed(reading.text) or misplaced_block(reading.text) is not None:
        return
    if is_program(reading.text):
        return  # not for us to read; its generator may
    start = _offset(reading.text, problem)
    end = max(line_end(reading.text, start), start)
    fix = fixes.mend_line(reading, problem.line) if problem.line else None
    yield Finding(start, end, problem.message, fix)


def unclosed(reading: Reading) -> Iterator[Finding]:
    problem = reading.front_matter.problem
    if problem is None or not is_unclosed(reading.text):
        return
    generator = reading.site.generator
    lines = generator == "pelican" and reading.site.front_matter != "yaml"
    habit = generator == "plain" and reading.others.problems.get(problem.message, 0) >= _HABIT
    if not lines and not habit:  # Pelican's own lines end with the first blank one, fence or none
        yield Finding(*reading.first_line(), problem.message, fixes.close_fence(reading))


def misplaced(reading: Reading) -> Iterator[Finding]:
    problem = reading.front_matter.problem
    block = misplaced_block(reading.text) if problem is not None else None
    if problem is None or block is None:
        return
    severity = INFO if reading.site.generator in _TOLERANT else ERROR
    end = line_end(reading.text, block.start)
    yield Finding(block.start, end, problem.message, fixes.remove_blank_lines(reading), severity=severity)


def byte_order_mark(reading: Reading) -> Iterator[Finding]:
    if reading.marked and reading.site.generator == "jekyll" and reading.front_matter.format != "none":
        said = _("The file begins with a byte order mark, which Jekyll may stumble over: save it without")
        yield Finding(*reading.first_line(), said)


def is_program(text: str) -> bool:
    """Return whether the front matter is written in a programming language."""
    try:
        check_foreign(text)
    except FrontMatterError:
        return True
    return False


def is_unclosed(text: str) -> bool:
    """Return whether `text` opens its front matter and never closes it."""
    try:
        find_block(text)
    except FrontMatterError:
        return True
    return False


def _offset(text: str, problem: FrontMatterError) -> int:
    """Return where the place of `problem` is in `text`."""
    start = 0
    for _line in range((problem.line or 1) - 1):
        start = next_line(text, start)
    return min(start + (problem.column or 1) - 1, len(text))
