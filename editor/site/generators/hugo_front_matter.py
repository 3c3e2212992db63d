"""Which front matter new pages of a Hugo site get: https://gohugo.io/content-management/archetypes/."""

from collections import Counter
from collections.abc import Iterable
from itertools import islice
from pathlib import Path

from editor.site.files import start_of

_ARCHETYPES = ("default.md", "posts.md", "post.md", "blog.md")
_SAMPLE = 30
"""So many pages tell which front matter all have."""


def usual_format(root: Path, pages: Iterable[Path]) -> str:
    """Return the format of the site's archetype, else that of most of the first `pages`, else TOML, as Hugo's own."""
    for name in _ARCHETYPES:
        found = _format_of(root / "archetypes" / name)
        if found:
            return found
    counts = Counter(filter(None, map(_format_of, islice(pages, _SAMPLE))))
    return counts.most_common(1)[0][0] if counts else "toml"


def _format_of(file: Path) -> str:
    """Return the format of the front matter in a file; empty where it has none, or can't be read."""
    try:
        start = start_of(file, 200).removeprefix(b"\xef\xbb\xbf").lstrip()
    except OSError:
        return ""
    if start[:1] == b"{":
        return "" if start[:2] in (b"{{", b"{%") else "json"
    return {b"---": "yaml", b"+++": "toml"}.get(start[:3], "")
