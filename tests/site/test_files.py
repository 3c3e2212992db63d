"""Files of a site: what a link names."""

import pytest

from editor.site.files import linked_path


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
