"""SitePictures: where a post's picture fields find their files, and how they write them."""

import os
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

from editor.site.content_types.learning import Learned
from editor.site.site import Site

_SAMPLES = 50
"""As many values of other posts tell how a picture is written."""


class SitePictures:
    """The pictures of one post of a site; two for the same post and site are equal.

    Its methods look at the disk: they are to be called off the GUI thread.
    """

    def __init__(self, site: Site, post: Path, learned: Learned | None = None) -> None:
        self._site = site
        self._post = post
        self._learned = learned

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, SitePictures)
            and self._site is other._site
            and self._post == other._post
            and self._learned is other._learned
        )

    def __hash__(self) -> int:
        return hash(self._post)

    @property
    def folder(self) -> Path:
        """Where the choice of a picture begins: at the site's own pictures, else at the post."""
        return next(iter(self._site.static_dirs), self._post.parent)

    def find(self, address: str) -> Path | None:
        """Return the file of the site that the text of a field means, or None.

        Where the generator finds none as with a link of the post, it is looked for from the site's root: many
        themes read such fields so.
        """
        found = self._site.resolve(address, self._post)
        if found is None and not address.startswith(("/", ".", "#", "?")):
            found = self._site.resolve(f"/{address}", self._post)
        return found

    def address(self, key: str, path: Path) -> str:
        """Return how the post writes the picture `path` in the field `key`; empty where it lies outside the site.

        It is relative or begins at the root, as in most other posts; whichever of both the generator finds.
        """
        path = path.resolve()
        if not path.is_relative_to(self._site.root.resolve()):
            return ""
        found = [address for address in self._addresses(path) if self.find(address) == path]
        rooted = self._is_rooted(key, path)
        fitting = [address for address in found if address.startswith("/") == rooted]
        relative = Path(os.path.relpath(path, self._post.parent)).as_posix()
        return next(iter([*fitting, *found]), quote(relative))

    def address_in_text(self, path: Path) -> str:
        """Return how the text of the post shows the picture `path`; empty where it lies outside the site.

        It is relative to the post where the picture lies among the posts and the generator finds it so.
        """
        path = path.resolve()
        if any(path.is_relative_to(folder) for folder in self._site.content_dirs):
            relative = quote(Path(os.path.relpath(path, self._post.parent)).as_posix())
            if self._site.resolve(relative, self._post) == path:
                return relative
        return self.address("", path)

    def _addresses(self, path: Path) -> Iterator[str]:
        relative = quote(Path(os.path.relpath(path, self._post.parent)).as_posix())
        among_posts = any(path.is_relative_to(folder) for folder in self._site.content_dirs)
        if among_posts:
            yield relative
        for folder in (*self._site.static_dirs, *self._site.content_dirs, self._site.root):
            if path.is_relative_to(folder):
                below = quote(path.relative_to(folder).as_posix())
                yield f"/{below}"
                yield below
        if not among_posts:  # the way over the folders of the source is the last resort
            yield relative

    def _is_rooted(self, key: str, path: Path) -> bool:
        seen = self._learned.keys.get(key) if self._learned is not None else None
        words = list(seen.words)[:_SAMPLES] if seen is not None else []
        local = [word for word in words if "//" not in word]
        if local:
            return sum(word.startswith("/") for word in local) * 2 > len(local)
        return not path.is_relative_to(self._post.parent)
