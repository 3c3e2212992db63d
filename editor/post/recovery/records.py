"""The lines of a journal's file.

The first line is `copydesk journal 1`. Each other is a record: the CRC-32 of what follows, in eight hexadecimal
digits, a space, and a JSON object (UTF-8, without line breaks):

    {"kind": "base", "post", "path", "codec", "mark", "text", "time"}
        the text that the edits after it begin with, as it was read or saved last; `path` is null for a post without
        a name; `codec` and `mark` (hexadecimal) say how the file has it in bytes
    {"kind": "edits", "post", "edits": [[start, end, replacement], ...], "length", "time"}
        each on the result of the one before, in code points; `length` is that of the result
    {"kind": "moved", "post", "path"}
    {"kind": "done", "post"}
        saved, or given up: nothing of it is unsaved any more

`post` is the post's number in its window, `time` in seconds since 1970. A line that was torn, or that a failing disk
has spoiled, is known by its checksum.
"""

import json
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

HEADER = b"copydesk journal 1\n"
"""What a journal of this version begins with."""

_DIGITS = 8


def base_record(
    post: int, path: Path | None, text: str, codec: str, mark: bytes, time: float
) -> dict[str, Any]:
    """Return the record of the text that the edits after it begin with."""
    return {
        "kind": "base",
        "post": post,
        "path": str(path) if path is not None else None,
        "codec": codec,
        "mark": mark.hex(),
        "text": text,
        "time": time,
    }


def edits_record(post: int, edits: list[list[Any]], length: int, time: float) -> dict[str, Any]:
    """Return the record of edits, each as `[start, end, replacement]`."""
    return {"kind": "edits", "post": post, "edits": edits, "length": length, "time": time}


def encoded(record: Mapping[str, Any]) -> bytes:
    """Return the line of a record, with its line break."""
    text = json.dumps(record, ensure_ascii=False, separators=(",", ":"))
    data = text.encode("utf-8", "surrogatepass")  # a text may hold half a character for a moment
    return b"%08x %s\n" % (zlib.crc32(data), data)


def decoded(data: bytes) -> Iterator[dict[str, Any] | None]:
    """Yield the records of a journal's file, and None in the place of a line that is not whole.

    A file that does not begin with `HEADER`, as one of another version, has one such line and nothing else.
    """
    if not data.startswith(HEADER):
        if data and not HEADER.startswith(data):  # of a header that was torn, nothing is lost
            yield None
        return
    lines = data[len(HEADER) :].split(b"\n")
    for line in lines[:-1]:
        if line:  # an empty one only ends what may have been torn
            yield _record(line)
    if lines[-1]:
        yield None


def _record(line: bytes) -> dict[str, Any] | None:
    checksum, _, data = line.partition(b" ")
    try:
        if len(checksum) != _DIGITS or int(checksum, 16) != zlib.crc32(data):
            return None
        record = json.loads(data.decode("utf-8", "surrogatepass"))
    except (ValueError, RecursionError):
        return None
    return record if isinstance(record, dict) else None
