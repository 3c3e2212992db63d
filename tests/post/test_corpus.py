"""Real posts: their bytes come back, and edits can be taken back."""

from pathlib import Path

from editor.errors import FrontMatterError
from editor.post.document import PostDocument
from editor.post.front_matter import read

SUFFIXES = {".md", ".markdown", ".mdx"}


def test_real_posts_are_read_edited_and_given_back(corpus: Path) -> None:
    paths = sorted(path for path in corpus.rglob("*") if path.suffix in SUFFIXES and path.is_file())
    assert paths
    for number, path in enumerate(paths):
        document = PostDocument.open(path)
        if document.read_only:
            continue
        text = document.text
        assert document.encode(text) == path.read_bytes(), path
        front_matter = read(text)
        assert front_matter.body_start <= len(text)
        if number % 3 and corpus / "hard" not in path.parents:
            continue
        try:
            edits = [
                front_matter.set("x-new", "no"),
                front_matter.unset("title"),
                front_matter.set("title", "a: b"),
            ]
        except FrontMatterError as error:
            assert error.line, path
            continue
        for edit in edits:
            if edit is not None:
                changed = edit.apply(text)
                assert changed[read(changed).end :].endswith(text[front_matter.end :]), path
                assert edit.inverse(text).apply(changed) == text, path
