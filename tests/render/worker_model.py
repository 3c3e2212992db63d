"""The render worker in the test's own process, for tests of who speaks with it."""

import json
from collections.abc import Callable
from typing import Any

from editor.render.messages import decoded, encoded
from editor.render.python_markdown.documents import Documents, MismatchError


class HeldText:
    """A text as its owner holds it; `change` makes an edit in it."""

    def __init__(self, text: str) -> None:
        self.text = text

    @property
    def length(self) -> int:
        return len(self.text)

    def slice(self, start: int, end: int) -> str:
        assert 0 <= start <= end <= len(self.text)
        return self.text[start:end]

    def change(self, edit) -> None:
        self.text = edit.apply(self.text)


class EchoWorker:
    """Keeps documents as the real worker does; instead of rendering, it gives the lines back, a block each.

    `spoil` may change each block, as a worker would that renders it wrong.
    """

    def __init__(self, spoil: Callable[[str], str] = str) -> None:
        self.documents = Documents()
        self.requests: list[dict[str, Any]] = []
        self._shown: dict[str, tuple[int, list[str]]] = {}
        self._spoil = spoil

    def answer(self, request: dict[str, Any]):
        """Return the last answer to a request, as it is decoded on the other side."""
        request = json.loads(encoded(request))
        self.requests.append(request)
        name = request["document"]
        answer = {"document": name, "revision": request["revision"]}
        try:
            if request["request"] == "render":
                document = self.documents.renew(name)
            else:
                document = getattr(self.documents, request["request"])(request)
        except MismatchError:
            return decoded(json.dumps({"answer": "mismatch", **answer}))
        if request["request"] != "render" and not request["render"]:
            return decoded(json.dumps({"answer": "held", **answer}))
        blocks = [self._spoil(line) for line in document.text.split("\n")]
        base, before = self._shown.get(name, (None, []))
        if request["request"] != "edit" or base is None:
            base, changes = None, [[0, None, [[block, 1] for block in blocks]]]
        else:
            changes = _changes(before, blocks)
        self._shown[name] = (document.revision, blocks)
        document.pending.clear()
        patch = {"base": base, "first_line": 0, "changes": changes, "notes": [], "files": []}
        return decoded(json.dumps({"answer": "patched", **answer, **patch}))


def _changes(before: list[str], blocks: list[str]) -> list[list[Any]]:
    """Return a change for all between the first and the last block that differ; of two runs where that can be."""
    most = min(len(before), len(blocks))
    head = next((at for at in range(most) if before[at] != blocks[at]), most)
    tail = next((at for at in range(most - head) if before[-1 - at] != blocks[-1 - at]), most - head)
    old, new = before[head : len(before) - tail], blocks[head : len(blocks) - tail]
    middle = next((at for at in range(min(len(old), len(new))) if old[at] == new[at]), None)
    if middle is None:
        runs = [(head, len(old), new)]
    else:
        runs = [(head, middle, new[:middle]), (head + middle + 1, len(old) - middle - 1, new[middle + 1 :])]
    return [[start, count, [[block, 1] for block in run]] for start, count, run in runs if count or run]
