"""Real posts of Pelican and Nikola: what edits leave alone, and what the generators themselves read then."""

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from editor.errors import NotEditable
from editor.post.document import PostDocument
from editor.post.front_matter import read, read_meta
from editor.post.front_matter.interface import FrontMatter
from tests.site.generators.real_builds import program

SCRIPT = Path(__file__).with_name("line_readers.py")
SUFFIXES = {".md", ".markdown", ".meta"}
HARD = 'A: "b" # c \u2014 \u00e9'


def texts_of(folder: Path) -> dict[Path, str]:
    """Return the texts of the posts in `folder` that can be read."""
    paths = sorted(path for path in folder.rglob("*") if path.suffix in SUFFIXES and path.is_file())
    documents = [PostDocument.open(path) for path in paths]
    return {
        path: document.text for path, document in zip(paths, documents, strict=True) if not document.read_only
    }


def as_read(generator: str, texts: list[str]) -> list[Any]:
    """Return what the generator itself reads in each of `texts`."""
    interpreter = program(generator).with_name("python")
    done = subprocess.run(
        [interpreter, SCRIPT, generator], input=json.dumps(texts), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    found: list[Any] = json.loads(done.stdout)
    return found


def opened(path: Path, text: str, generator: str) -> FrontMatter:
    return read_meta(text) if path.suffix == ".meta" else read(text, generator)


@pytest.mark.parametrize("generator", ["pelican", "nikola"])
def test_edits_of_real_posts_are_exact(corpus: Path, generator: str) -> None:
    every = 3 if generator == "pelican" else 1  # there are a hundred and more
    posts = dict([*texts_of(corpus / "posts" / generator).items()][::every])
    assert posts
    edits: list[tuple[Path, str, Any, str, str]] = []
    for path, text in posts.items():
        front_matter = opened(path, text, generator)
        assert front_matter.problem is None, path
        if front_matter.format not in ("pelican", "nikola"):
            continue
        for name, arguments in [
            ("set", ("title", HARD)),
            ("set", ("x-reviewed", "no one")),
            ("set", ("tags", ["one", "two words"])),
            ("add", ("tags", "zz-new")),
            ("unset", ("title",)),
            ("unset", ("tags",)),
        ]:
            try:
                edit = getattr(front_matter, name)(*arguments)
            except NotEditable as error:
                assert "twice" in error.message, (path, error.message)
                continue
            if edit is None:
                continue
            after = edit.apply(text)
            assert edit.inverse(text).apply(after) == text
            key = arguments[0]
            span = front_matter.span(key)
            if name == "set" and span:
                gap = after[span[0] :].startswith(" ") and text[span[0] - 1] == ":"
                assert after.startswith(text[: span[0]] + " " * gap), path
                assert after.endswith(text[span[1] :]), path
            elif name == "unset":
                kept = [line for line in text.splitlines(keepends=True) if line in after]
                assert len(text.splitlines()) - len(after.splitlines()) >= 1, path
                assert "".join(kept).endswith(text[front_matter.end :]), path
            else:
                rest = iter(after)
                assert all(character in rest for character in text), path
            if name == "add":
                back = opened(path, after, generator).remove("tags", "zz-new")
                assert back is not None, path
                if front_matter.values.get("tags"):
                    assert back.apply(after) == text, path
            edits.append((path, text, (name, *arguments), after, key))
    assert edits
    before = dict(zip(posts, as_read(generator, list(posts.values())), strict=True))
    for path, text in posts.items():
        found = opened(path, text, generator)
        if found.format in ("pelican", "nikola"):
            said = {key: value for key, value in found.values.items() if value or key in before[path][0]}
            assert said == {key: value for key, value in before[path][0].items() if value or key in said}, (
                path
            )
    read_after = as_read(generator, [after for *_, after, _ in edits])
    for (path, _text, (name, key, *value), _after, _), (now, body) in zip(edits, read_after, strict=True):
        old, old_body = before[path]
        wanted = {other: told for other, told in old.items() if other != key}
        if name == "set":
            wanted[key] = value[0]
        elif name == "add":
            wanted[key] = [*old.get(key, []), value[0]]
        assert now == wanted, (path, name, key)
        if path.suffix != ".meta":
            assert body == old_body, (path, name, key)
