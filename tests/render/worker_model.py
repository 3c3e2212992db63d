"""The render worker in the test's own process, for tests of who speaks with it."""

import json
from typing import Any

from editor.render.python_markdown.documents import Documents, MismatchError


class EchoWorker:
    """Keeps documents as the real worker does; instead of rendering, it gives the text back."""

    def __init__(self) -> None:
        self.documents = Documents()
        self.requests: list[dict[str, Any]] = []

    def answer(self, line: str) -> str:
        request = json.loads(line)
        self.requests.append(request)
        answer = {"document": request["document"], "revision": request["revision"]}
        try:
            document = getattr(self.documents, request["request"])(request)
        except MismatchError:
            return json.dumps({"answer": "mismatch", **answer})
        return json.dumps({"answer": "rendered", **answer, "html": document.text, "notes": []})
