"""Every note that the worker can make has a sentence."""

import ast
from pathlib import Path

from editor.render import reasons


def noted():
    for path in Path(reasons.__file__).parent.rglob("*.py"):
        if path == Path(reasons.__file__):
            continue
        for part in ast.walk(ast.parse(path.read_text("utf-8"))):
            if (
                isinstance(part, ast.Constant)
                and isinstance(part.value, str)
                and part.value in reasons._words()
            ):
                yield part.value


def test_every_sentence_has_its_note():
    assert set(noted()) == set(reasons._words())


def test_a_sentence_names_its_subject_and_an_unknown_note_is_not_lost():
    first, second = reasons.sentences([["extension-missing", "own{x}"], ["a-later-one", "what it says"]])
    assert "own{x}" in first
    assert second == "what it says"
