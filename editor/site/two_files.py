"""Posts in two files: the text in one, all that is said of it in another beside it.

Nikola has them: `post.md` with `post.meta` (https://getnikola.com/handbook.html#metadata-formats).
"""

from dataclasses import replace
from pathlib import Path

from editor.site.generators.nikola import Nikola
from editor.site.site import Site


def meta_file(site: Site, path: Path) -> Path | None:
    """Return the file that says all of the post `path`; None where the post says it itself. This looks at the disk."""
    return site.rules.meta_file(path) if isinstance(site.rules, Nikola) else None


def meta_stamp(site: Site, path: Path) -> tuple[int, int] | None:
    """Return when the other file of a post was changed and how large it is; None where it has none."""
    if not isinstance(site.rules, Nikola):
        return None
    try:
        status = site.rules.meta_place(path).stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size


def site_of_meta(site: Site, path: Path) -> Site:
    """Return the site for which the text of the post `path` is that of its other file, saved or not.

    What reads, judges and edits a post's own front matter does so with that file's then.
    """
    if not isinstance(site.rules, Nikola):
        return site
    return replace(site, rules=replace(site.rules, meta_of=path), meta_of=path)
