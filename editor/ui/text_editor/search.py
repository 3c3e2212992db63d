"""Finding and replacing, without a window: the pattern, the matches, what goes in their place.

A regular expression of Python can't be stopped, and may take longer than anybody waits. So it runs, as a search
in a long text does, in a process of its own (`python search.py`, this very file), which is ended when it takes too
long.
"""

import json
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any, BinaryIO, NamedTuple

MATCH_LIMIT = 20_000
"""More matches than this are not looked for."""


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for, and how."""

    text: str
    regular: bool = False
    case: bool = False
    whole_words: bool = False

    def pattern(self) -> re.Pattern[str]:
        """Return the compiled expression; `^` and `$` stand at every line. Raises re.error."""
        source = self.text if self.regular else re.escape(self.text)
        if self.whole_words:
            source = rf"(?<!\w)(?:{source})(?!\w)"
        return re.compile(source, re.MULTILINE | (re.NOFLAG if self.case else re.IGNORECASE))


class Match(NamedTuple):
    """One place that was found (code points), and what would be put there."""

    start: int
    end: int
    replacement: str = ""


def find_all(query: Query, text: str, replacement: str | None = None) -> Iterator[Match]:
    r"""Give the matches in `text`, empty ones left out; with what replaces them if `replacement` is given.

    In a regular search the replacement may refer to groups (`\1`, `\g<name>`); raises re.error where it
    can't.
    """
    for found in query.pattern().finditer(text):
        if found.end() > found.start():
            put = ""
            if replacement is not None:
                put = found.expand(replacement) if query.regular else replacement
            yield Match(found.start(), found.end(), put)


def answer(request: dict[str, Any], text: str) -> dict[str, Any]:
    """Return the answer to a request of the window: what was found in `text`, or the error in the pattern.

    `places` has a start and an end for every match, one behind the other; `replacements` what is to go there.
    """
    query = Query(request["text"], request["regular"], request["case"], request["whole_words"])
    places: list[int] = []
    replacements: list[str] = []
    try:
        for match in islice(find_all(query, text, request["replacement"]), MATCH_LIMIT):
            places += match[:2]
            replacements.append(match.replacement)
    except (re.error, IndexError) as error:
        return {"error": str(error)}
    return {"places": places, "replacements": replacements if request["replacement"] is not None else []}


def serve(source: BinaryIO, sink: BinaryIO) -> None:
    """Answer requests until there are no more: a line of JSON, with the `size` in bytes of the text behind it.

    A `size` of null: the text of the request before.
    """
    text = ""
    for line in source:
        request = json.loads(line)
        if request["size"] is not None:
            text = source.read(request["size"]).decode("utf-8", "surrogatepass")
        sink.write(json.dumps(answer(request, text)).encode() + b"\n")
        sink.flush()


if __name__ == "__main__":
    serve(sys.stdin.buffer, sys.stdout.buffer)
