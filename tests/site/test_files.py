"""Files of a site: what a link names."""

import os
import time
from datetime import UTC, datetime

import pytest

from editor.site.files import linked_path, made_at


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("a%20b.md#part", "a b.md"),
        ("/img/x.png?v=1", "/img/x.png"),
        ("#part", ""),
        ("", ""),
        ("https://example.org/a", None),
        ("//example.org/a", None),
        ("mailto:a@example.org", None),
        ("a%00b", None),
        ("http://[broken", None),
    ],
)
def test_what_a_link_names(url, path):
    assert linked_path(url) == path


def test_when_a_file_was_made(tmp_path):
    file = tmp_path / "a.md"
    before = time.time()
    file.write_bytes(b"one")
    os.utime(file, (86_400, 86_400))
    file.write_bytes(b"two")
    os.utime(file, (86_400, 86_400))
    made = made_at(file)
    if made is None:
        pytest.skip("this file system does not keep when files are made")
    assert before - 5 < made.timestamp() < time.time() + 5
    assert made.tzinfo is UTC
    assert made < datetime.now(UTC)
    assert made_at(tmp_path / "none") is None
