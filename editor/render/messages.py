"""The lines of JSON that go to the render worker and come from it: what takes time in a long post is done here,
off the GUI thread.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from editor.render.page_blocks import Block, Change
from editor.render.withheld import kinds

_PART = 128 * 1024
"""Characters of HTML in a line; a longer one would hold up the window while it is made."""


def encoded(request: Mapping[str, Any]) -> bytes:
    """Return a request as a line."""
    text = json.dumps(request, ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", "surrogatepass") + b"\n"


def shown_requests(pieces: Iterable[str]) -> Iterable[dict[str, Any]]:
    """Yield the requests that tell which HTML is shown, block by block, before a `verify`."""
    part: list[str] = []
    size = 0
    for piece in pieces:
        part.append(piece)
        size += len(piece)
        if size > _PART:
            yield {"request": "shown", "html": part}
            part, size = [], 0
    yield {"request": "shown", "html": part}


def decoded(line: bytes | str) -> Mapping[str, Any]:
    """Return an answer with its blocks as objects, an empty one for what is no answer."""
    try:
        answer = json.loads(line.decode("utf-8", "surrogatepass") if isinstance(line, bytes) else line)
        match answer:
            case {"answer": "blocks" | "head", "blocks": found}:
                answer["blocks"] = _blocks(found)
            case {"answer": "patched", "changes": changes}:
                answer["changes"] = [
                    Change(start, removed, _blocks(found)) for start, removed, found in changes
                ]
            case {"answer": "verified", "corrections": corrections}:
                answer["corrections"] = [
                    (start, count, Block(html, None, kinds(html))) for start, count, html in corrections
                ]
    except (ValueError, TypeError):
        return {}
    return answer if isinstance(answer, dict) else {}


def _blocks(found: Sequence[tuple[str, int | None]]) -> list[Block]:
    return [Block(html, lines, kinds(html)) for html, lines in found]
