"""What the commands print: never more than the terminal can take, errors on one line each.

Names of files and titles of posts are a stranger's: what would start a line, colour the terminal or turn the
direction of what follows is escaped.
"""

import json
import re
import sys
from pathlib import Path
from typing import TextIO

from editor.errors import CopydeskError

_COMMANDS = re.compile(r"(?!\r\Z)[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")


def say(text: object) -> None:
    """Print a line on stdout; what it can't encode is escaped."""
    _write(_line(str(text)), sys.stdout)


def say_json(data: object) -> None:
    """Print JSON data on stdout, escaped where its encoding does not have every character."""
    text = json.dumps(data, ensure_ascii=False, indent=2)
    try:
        text.encode(sys.stdout.encoding or "utf-8")
    except UnicodeEncodeError:
        text = json.dumps(data, indent=2)
    _write(text, sys.stdout)


def complain(error: CopydeskError) -> None:
    """Print an error on stderr, as `PATH:LINE:COLUMN: message` on one line."""
    _write(_line(" ".join(error.located().split("\n"))), sys.stderr)


def note(message: str, path: Path) -> None:
    """Print on stderr what is no error, and worth a word: not as errors are, `PATH:LINE:COLUMN: message`."""
    _write(_line(" ".join(f"{message} ({path})".split("\n"))), sys.stderr)


def _line(text: str) -> str:
    return _COMMANDS.sub(lambda found: found[0].encode("unicode_escape").decode("ascii"), text)


def _write(text: str, stream: TextIO) -> None:
    encoding = stream.encoding or "utf-8"
    stream.write(text.encode(encoding, "backslashreplace").decode(encoding) + "\n")
