"""What a site asks of a value beside its kind: a pattern, a smallest and a largest number or count.

No build fails on these, so what is found is a warning. A site's pattern is tried while someone types, and Python
can't stop one that runs away: only patterns that can't are tried at all.
"""

import re
from functools import lru_cache
from typing import Any

from editor.schema import checks
from editor.schema.content_type import Field, Problem
from editor.translation import gettext as _
from editor.translation import ngettext

_LONGEST = 120
"""Code points of a value that a pattern is tried on."""
_MOST_REPEATS = 3
_JOINED = re.compile(r"\((?:\?:)?\\?[-_/.,:@ ](?:\[(?:[A-Za-z0-9]-[A-Za-z0-9]|[A-Za-z0-9])+\]|\\d)\+?\)[*+?]")
"""`(-[a-z0-9]+)*`: repeats inside a repeat, but each round begins with what no other part of it can be."""
_CLASS = re.compile(r"\[\^?\]?(?:[^\]\\]|\\.)*\]")
_STEP = re.compile(r"\(|\)(?P<repeat>[*+?]|\{\d*,?\d*\})?|[*+?|]|\{\d*,?\d*\}")
_REPEAT = re.compile(r"[*+?]|\{\d*,?\d*\}")


def validate(field: Field, value: Any) -> list[Problem]:
    """Return what the site's own limits have against a value of the right kind."""
    options = field.options
    if not options:
        return []
    label = checks.label_of(field)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        low, high = options.get("min"), options.get("max")
        if isinstance(low, (int, float)) and value < low:
            return [checks.warning(_("{label} must be {limit} or more").format(label=label, limit=low))]
        if isinstance(high, (int, float)) and value > high:
            return [checks.warning(_("{label} must be {limit} or less").format(label=label, limit=high))]
    if isinstance(value, list):
        low, high = options.get("min_items"), options.get("max_items")
        if isinstance(low, int) and len(value) < low:
            said = ngettext(
                "{label} must have at least {count} entry", "{label} must have at least {count} entries", low
            )
            return [checks.warning(said.format(label=label, count=low))]
        if isinstance(high, int) and len(value) > high:
            said = ngettext(
                "{label} must have at most {count} entry", "{label} must have at most {count} entries", high
            )
            return [checks.warning(said.format(label=label, count=high))]
    if isinstance(value, str) and value and "pattern" in options:
        pattern = compiled(str(options["pattern"]))
        if pattern is not None and len(value) <= _LONGEST and not pattern.search(value):
            message = options.get("pattern_message") or _("{label} must look like {pattern}").format(
                label=label, pattern=options["pattern"]
            )
            return [checks.warning(str(message))]
    return []


@lru_cache(maxsize=256)
def compiled(pattern: str) -> re.Pattern[str] | None:
    """Return a pattern that is always quick to try, or None: it is no pattern, or it might run away.

    Repeats of what repeats or has alternatives, references back, looking around, and more than three repeats
    in a row can take minutes on a short text.
    """
    simple = _JOINED.sub("x*", pattern).replace("(?:", "(")
    simple = re.sub(r"\\.", "x", _CLASS.sub("x", simple))
    if (
        re.search(r"\\[1-9]|\(\?", pattern.replace("(?:", "("))
        or len(_REPEAT.findall(simple)) > _MOST_REPEATS
    ):
        return None
    varied = [False]
    """For each open group, whether there is more than one way through it."""
    for match in _STEP.finditer(simple):
        if match[0] == "(":
            varied.append(False)
        elif match[0][0] == ")":
            inner = varied.pop() if len(varied) > 1 else False
            if match["repeat"] and match["repeat"] != "?" and inner:
                return None
            varied[-1] = varied[-1] or inner or bool(match["repeat"])
        else:
            varied[-1] = True
    try:
        return re.compile(pattern)
    except (re.error, OverflowError, RecursionError):
        return None
