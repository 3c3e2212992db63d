"""Pictures from outside a site: where the site keeps such files, and a copy there that overwrites nothing."""

import filecmp
import os
import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from editor.errors import OpenError, SaveError
from editor.post.document import PostDocument
from editor.proof.contents import SUFFIXES
from editor.proof.reading import Reading
from editor.site.site import Site
from editor.translation import gettext as _

_SAMPLES = 40
"""Other posts in the folder of one: so many show where its pictures are kept."""
_USUAL = ("images", "img", "assets/images", "assets/img", "static/images", "static/img", "media", "pictures")
"""What folders of pictures are called, in those whose files a site publishes as they are."""
_BUNDLED = ("index", "_index")
"""How posts are called that have a folder of their own."""


@dataclass(frozen=True, slots=True)
class PictureCopy:
    """A picture from elsewhere, and where in the site it belongs."""

    source: Path
    target: Path
    """A name that is free, or a file with the same bytes."""
    there: bool
    """Whether the site has it already."""


def copy_for(site: Site, post: Path, text: str, source: Path) -> PictureCopy:
    """Return where the picture `source` belongs, for a post with this `text`; nothing is written.

    It is the folder of the post's other pictures; else its own, where it has one; else that of the pictures of the
    posts beside it; else one in the files that the site publishes as they are. For any thread but that of a window.
    Raises OpenError where `source` is no file that can be read.
    """
    if not source.is_file():
        raise OpenError(_("There is no such file"), path=source)
    folder = next(place for place in _folders(site, post, text) if _is_within(site, place))
    try:
        for target in _names(folder, source):
            if not os.path.lexists(target):
                return PictureCopy(source, target, there=False)
            if target.is_file() and filecmp.cmp(source, target, shallow=False):
                return PictureCopy(source, target, there=True)
    except OSError as error:
        raise OpenError(error.strerror or str(error), path=source) from error
    raise AssertionError  # there is always another name


def make(copy: PictureCopy) -> None:
    """Copy the picture to where it belongs, which must still be free; raises SaveError, and leaves nothing then."""
    if copy.there:
        return
    made = False
    try:
        copy.target.parent.mkdir(parents=True, exist_ok=True)
        with copy.source.open("rb") as source, copy.target.open("xb") as target:
            made = True
            shutil.copyfileobj(source, target)
    except OSError as error:
        if made:
            copy.target.unlink(missing_ok=True)
        raise SaveError(error.strerror or str(error), path=copy.target) from error


def _names(folder: Path, source: Path) -> Iterator[Path]:
    yield folder / source.name
    number = 2
    while True:
        yield folder / f"{source.stem}-{number}{source.suffix}"
        number += 1


def _folders(site: Site, post: Path, text: str) -> Iterator[Path]:
    """Yield where the picture may belong, the best place first; the last is the folder of the post."""
    own = [picture.parent for picture in _pictures(site, post, text)]
    if own:
        yield own[-1]
    if post.stem.split(".")[0] in _BUNDLED and post.parent not in site.content_dirs:
        yield post.parent
    yield from _usual_of_others(site, post)
    for folder in site.static_dirs:
        yield from (folder / name for name in _USUAL if (folder / name).is_dir())
    for folder in site.static_dirs:
        yield folder / ("images" if folder != site.root else "assets/images")
    yield post.parent


def _usual_of_others(site: Site, post: Path) -> list[Path]:
    """Return where most posts in the folder of `post` have their pictures, if they have any."""
    try:
        beside = [path for path in post.parent.iterdir() if path.name.endswith(SUFFIXES) and path != post]
    except OSError:
        return []
    counts: Counter[Path] = Counter()
    for path in sorted(beside, reverse=True)[:_SAMPLES]:
        try:
            text = PostDocument.open(path).text
        except OpenError:
            continue
        counts.update({picture.parent for picture in _pictures(site, path, text)})
    return [folder for folder, _count in counts.most_common(1)]


def _pictures(site: Site, post: Path, text: str) -> list[Path]:
    """Return the files of the site that the text of a post shows."""
    shown = (reference.href for reference in Reading(site, post, text).references if reference.picture)
    return [found for address in shown if (found := site.resolve(address, post)) is not None]


def _is_within(site: Site, folder: Path) -> bool:
    """Return whether `folder` lies in the site, links followed: nothing is written elsewhere."""
    root = os.path.realpath(site.root)
    return Path(os.path.realpath(folder)).is_relative_to(root)
