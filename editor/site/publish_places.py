"""Where drafts and posts are, for generators that tell them by their folder and name."""

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from editor.site.generators.publish_way import PublishWay

_DATE = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})(?:[-_](?=.))")


@dataclass(frozen=True, slots=True)
class Move:
    """A file's way from one place to another; both are absolute."""

    source: Path
    target: Path
    with_folder: bool = False
    """Whether the folder of the same name, with the post's pictures, goes with it."""

    def folders(self) -> tuple[Path, Path]:
        """Return the place of that folder, and its new one."""
        return self.source.with_suffix(""), self.target.with_suffix("")

    def back(self) -> "Move":
        """Return the way back."""
        return Move(self.target, self.source, self.with_folder)


def in_drafts(way: PublishWay, path: Path) -> bool:
    """Return whether the file is in the folder of drafts."""
    return bool(way.drafts_folder) and _nearest(way, path) == way.drafts_folder


def published_place(way: PublishWay, path: Path, day: date, *, dated: bool) -> Path:
    """Return where a draft in the folder of drafts belongs once it is published, its name with a date if `dated`."""
    moved = _in_folder(path, way.drafts_folder, way.posts_folder)
    name = _DATE.sub("", path.name, count=1) if dated and _DATE.match(path.name) else path.name
    return moved.with_name(f"{day:%Y-%m-%d}-{name}" if dated else name)


def draft_place(way: PublishWay, path: Path) -> Path | None:
    """Return where a published post would be as a draft; None where folders tell nothing."""
    if not way.drafts_folder or _nearest(way, path) != way.posts_folder:
        return None
    moved = _in_folder(path, way.posts_folder, way.drafts_folder)
    return moved.with_name(_DATE.sub("", path.name, count=1) if _DATE.match(path.name) else path.name)


def date_of_name(path: Path) -> date | None:
    """Return the date that the file's name begins with."""
    match = _DATE.match(path.name)
    if match is None:
        return None
    try:
        return date(int(match["year"]), int(match["month"]), int(match["day"]))
    except ValueError:
        return None


def _nearest(way: PublishWay, path: Path) -> str:
    """Return which of the two folders the file is in: the last one of its path."""
    folders = (way.drafts_folder, way.posts_folder)
    return next((part for part in reversed(path.parts[:-1]) if part in folders), "")


def _in_folder(path: Path, old: str, new: str) -> Path:
    parts = list(path.parts)
    parts[len(parts) - 2 - parts[-2::-1].index(old)] = new
    return Path(*parts)
