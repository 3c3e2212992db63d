import codecs
import errno
import os
from pathlib import Path

import pytest

from editor.errors import ChangedOnDisk, OpenError, SaveError
from editor.post.document import PostDocument

BYTES = {
    "empty": b"",
    "plain": b"---\ntitle: a\n---\n",
    "no final newline": b"text",
    "crlf": b"a\r\nb\r\n",
    "mixed": b"a\r\nb\nc\rd\n",
    "bom": codecs.BOM_UTF8 + "é\n".encode(),
    "two boms": codecs.BOM_UTF8 * 2 + b"a",
    "separators": "a\xa0b\u2028c\u2029d\x85e\x0cf\x00g\ufdd0h\t\n".encode(),
    "utf-16 le": codecs.BOM_UTF16_LE + "a\r\n\U0001f600".encode("utf-16-le"),
    "utf-16 be": codecs.BOM_UTF16_BE + "a\r\n\U0001f600".encode("utf-16-be"),
}
UNREADABLE = {
    "latin-1": b"caf\xe9\n",
    "cut": "é".encode()[:1],
    "surrogate": b"\xed\xa0\x80",
    "overlong": b"\xc0\x80",
    "odd utf-16": codecs.BOM_UTF16_LE + b"a\x00b",
    "half a pair": codecs.BOM_UTF16_LE + b"\x00\xd8a\x00",
    "utf-32": codecs.BOM_UTF32_LE + "a".encode("utf-32-le"),
}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "post.md"


@pytest.mark.parametrize("name", BYTES)
def test_what_was_not_touched_is_saved_as_it_was(path: Path, name: str) -> None:
    path.write_bytes(BYTES[name])
    document = PostDocument.open(path)
    assert document.read_only is None
    assert document.encode(document.text) == BYTES[name]
    document.save(document.text + "x")
    document.save(document.text[:-1])
    assert path.read_bytes() == BYTES[name]


@pytest.mark.parametrize(
    ("name", "encoding", "ending", "mixed"),
    [
        ("empty", "UTF-8", "\n", False),
        ("crlf", "UTF-8", "\r\n", False),
        ("mixed", "UTF-8", "\n", True),
        ("bom", "UTF-8 with BOM", "\n", False),
        ("utf-16 le", "UTF-16 LE", "\r\n", False),
        ("utf-16 be", "UTF-16 BE", "\r\n", False),
    ],
)
def test_encoding_and_line_ends_are_told(
    path: Path, name: str, encoding: str, ending: str, mixed: bool
) -> None:
    path.write_bytes(BYTES[name])
    document = PostDocument.open(path)
    assert (document.encoding, document.line_ending, document.mixed_line_endings) == (encoding, ending, mixed)
    assert not document.text.startswith("\ufeff")


@pytest.mark.parametrize("name", UNREADABLE)
def test_a_file_in_another_encoding_is_shown_and_never_rewritten(path: Path, name: str) -> None:
    path.write_bytes(UNREADABLE[name])
    document = PostDocument.open(path)
    assert document.read_only
    assert "UTF-8" in document.read_only
    assert document.text
    for target in (path, path.with_name("other.md")):
        with pytest.raises(SaveError, match="UTF-8"):
            document.save(document.text, target, overwrite=True)
    assert path.read_bytes() == UNREADABLE[name]
    assert not path.with_name("other.md").exists()


def test_a_file_that_is_not_utf_8_says_where(path: Path) -> None:
    path.write_bytes(codecs.BOM_UTF8 + b"one\ncaf\xe9\n")
    document = PostDocument.open(path)
    assert document.read_only is not None
    assert "byte 11, line 2" in document.read_only
    assert document.text == "one\ncaf\ufffd\n"


def test_half_a_character_is_refused_with_its_place(path: Path) -> None:
    path.write_bytes(b"old")
    document = PostDocument.open(path)
    with pytest.raises(SaveError) as caught:
        document.save("a\nb\ud83d")
    assert (caught.value.line, caught.value.column) == (2, 2)
    assert path.read_bytes() == b"old"
    assert document.text == "old"


def test_a_file_that_changed_is_not_overwritten(path: Path) -> None:
    path.write_bytes(b"old")
    document = PostDocument.open(path)
    assert not document.changed_on_disk()
    os.utime(path, (1, 1))
    assert not document.changed_on_disk(), "the content counts, not the time"
    path.write_bytes(b"new")
    assert document.changed_on_disk()
    with pytest.raises(ChangedOnDisk, match="another program"):
        document.save("mine")
    assert path.read_bytes() == b"new"
    assert document.text == "old"
    document.save("mine", overwrite=True)
    assert path.read_bytes() == b"mine"
    assert not document.changed_on_disk()


def test_a_file_that_is_gone_counts_as_changed(path: Path) -> None:
    path.write_bytes(b"old")
    document = PostDocument.open(path)
    path.unlink()
    assert document.changed_on_disk()
    with pytest.raises(ChangedOnDisk, match="deleted"):
        document.save("mine")
    document.save("mine", overwrite=True)
    assert path.read_bytes() == b"mine"


def test_a_file_that_became_a_folder_counts_as_changed(path: Path) -> None:
    path.write_bytes(b"old")
    document = PostDocument.open(path)
    path.unlink()
    path.mkdir()
    assert document.changed_on_disk()
    with pytest.raises(SaveError, match="folder"):
        document.save("mine", overwrite=True)


def test_saving_under_another_name(path: Path) -> None:
    path.write_bytes(codecs.BOM_UTF8 + b"old")
    other = path.with_name("other.md")
    other.write_bytes(b"someone's")
    document = PostDocument.open(path)
    with pytest.raises(ChangedOnDisk, match="of that name"):
        document.save("mine", other)
    assert document.path == path
    document.save("mine", other, overwrite=True)
    assert document.path == other
    assert other.read_bytes() == codecs.BOM_UTF8 + b"mine"
    document.save("mine again")
    assert path.read_bytes() == codecs.BOM_UTF8 + b"old"


def test_the_same_file_by_another_path_is_no_other_name(path: Path) -> None:
    path.write_bytes(b"old")
    link = path.with_name("link.md")
    link.symlink_to(path)
    document = PostDocument.open(path)
    document.save("new", link)
    assert path.read_bytes() == b"new"


def test_a_post_without_a_file(path: Path) -> None:
    document = PostDocument.untitled("text\r\n")
    assert (document.path, document.encoding, document.line_ending) == (None, "UTF-8", "\r\n")
    assert not document.changed_on_disk()
    with pytest.raises(SaveError, match="no file name"):
        document.save("text")
    document.save("text", path)
    assert path.read_bytes() == b"text"
    assert not document.changed_on_disk()


def test_a_new_post_does_not_overwrite_what_came_in_between(path: Path) -> None:
    document = PostDocument.untitled("mine", path)
    assert not document.changed_on_disk()
    path.write_bytes(b"theirs")
    assert document.changed_on_disk()
    with pytest.raises(ChangedOnDisk, match="of that name"):
        document.save("mine")
    assert path.read_bytes() == b"theirs"


def test_a_failed_save_leaves_the_document_as_it_was(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path.write_bytes(b"old")
    document = PostDocument.open(path)

    def full(_path: Path, _data: bytes, _spare: Path | None) -> None:
        raise SaveError("The disk is full")

    with monkeypatch.context() as patch:
        patch.setattr("editor.post.document.write_atomically", full)
        with pytest.raises(SaveError):
            document.save("new\r\n")
    assert (document.text, document.line_ending) == ("old", "\n")
    document.save("new\r\n")
    assert path.read_bytes() == b"new\r\n"


def test_nothing_is_written_where_nothing_changed(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path.write_bytes(b"old")
    document = PostDocument.open(path)
    before = path.stat()
    document.save("old")
    assert (path.stat().st_ino, path.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_what_can_not_be_opened_is_an_open_error(tmp_path: Path) -> None:
    for name in ("gone.md", ".", "nul\0"):
        with pytest.raises(OpenError):
            PostDocument.open(tmp_path / name)
    with pytest.raises(SaveError):
        PostDocument.untitled("text", tmp_path / "nul\0").save("text")


@pytest.mark.parametrize("number", [errno.EACCES, errno.EIO, errno.ENAMETOOLONG])
def test_a_file_that_can_not_be_looked_at_is_no_traceback(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    path = tmp_path / "post.md"
    path.write_bytes(b"old")
    post = PostDocument.open(path)

    def refuse(_path: Path, **_options: bool) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(Path, "stat", refuse)
    with pytest.raises(SaveError) as caught:
        post.save("new")
    monkeypatch.undo()
    assert "\n" not in caught.value.message
    assert path.read_bytes() == b"old"
