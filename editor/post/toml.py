"""TOML as values, of files that may mean harm."""

import re
import tomllib
from typing import Any

_MOST_PARTS = 200

# What tomllib needs for a dotted key grows with the square of its parts: a file of 200 kB would take all memory.
_LONG_KEY = re.compile(
    r"(?<![A-Za-z0-9_-])"
    rf"(?:(?:[A-Za-z0-9_-]++|\"[^\"\r\n]*+\"|'[^'\r\n]*+')[ \t]*+\.[ \t]*+){{{_MOST_PARTS}}}"
)


def read_toml_values(text: str) -> dict[str, Any]:
    """Return what the TOML `text` says.

    Raises tomllib.TOMLDecodeError, and RecursionError where something is nested too deeply.
    """
    if _LONG_KEY.search(text):
        raise RecursionError("a key of too many parts")
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        raise
    except ValueError as error:  # a number of more digits than Python reads
        raise tomllib.TOMLDecodeError(str(error)) from error
