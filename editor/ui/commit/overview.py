"""What is changed in a site's repository, read at once and off the GUI thread."""

import os
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import quote, unquote

from editor.git.changes import Change, changes
from editor.git.command import git_path
from editor.git.committing import last_message, message_template, repair
from editor.git.contents import in_index, sides
from editor.git.hunks import hunks
from editor.git.repository import Repository, State
from editor.git.standing import Standing, standing
from editor.site.site import Site
from editor.ui.commit.file_difference import FileDifference, HunkKey, difference, keys_of
from editor.ui.commit.replaying import replayed
from editor.ui.site_pictures import SitePictures

LARGEST = 30_000_000
"""Bytes of a file that is looked into: a larger one is committed as a whole, unseen."""
DETAILED = 100
"""Of so many files it is told what changed in them; of the others, that they did."""
PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".avif", ".bmp", ".ico")
CONFLICT = re.compile(rb"^<{7} .*^={7}\r?$.*^>{7} ", re.MULTILINE | re.DOTALL)
"""The marks of a conflict (git-merge(1))."""
WORD = re.compile(r"[A-Za-z0-9]+|[^\W\x00-\x7f]+")
"""A part of a file's name; ASCII ends where other letters begin, as some languages have no spaces there."""
MARKDOWN = (".md", ".markdown", ".mdx", ".rst", ".qmd", ".rmd")


@dataclass(frozen=True, slots=True)
class OpenPost:
    """An open post that differs from its file."""

    path: Path
    data: bytes
    """What saving it would write."""


@dataclass(frozen=True)
class Asked:
    """What the window knows as it asks."""

    site: Site
    unsaved: Mapping[str, OpenPost] = field(default_factory=dict)
    """By the real path."""
    before: Mapping[str, bytes] = field(default_factory=dict)
    """Of the files that were edited here, by the real path: what they held before."""


@dataclass(frozen=True)
class ChangedFile:
    """A file that can go into the commit."""

    change: Change
    path: Path
    """Absolute."""
    in_site: bool = True
    unsaved: bool = False
    """Whether it is open with changes that are not on disk; `difference` has them."""
    edited_here: bool = False
    is_post: bool = False
    """Whether it is a page that the site's generator makes of Markdown."""
    is_picture: bool = False
    difference: FileDifference | None = None
    """None where it was not looked into."""
    divisible: bool = False
    """Whether its hunks can be picked one by one."""
    too_large: bool = False
    """Whether it was not looked into, as it has too many bytes."""
    settled: bool = True
    """Whether there are no marks of a conflict in it."""
    used_by: tuple[Path, ...] = ()
    """The changed or open posts that show or link to it, where it is no post."""
    goes_along: bool = False
    """Whether it is new, and a post that was edited here uses it."""
    staged: bytes | None = None
    """What is staged, where that is neither what is on disk nor some of the hunks."""
    here: bytes | None = None
    """The last commit's content with the edits that were made here alone, where there are others."""
    left_out: frozenset[HunkKey] = frozenset()
    """The hunks that stay out at first: those that are not staged, where others are, or were changed elsewhere."""

    @property
    def key(self) -> str:
        """What git calls it."""
        return self.change.path

    @property
    def is_new(self) -> bool:
        """Whether the last commit does not have it."""
        return self.change.kind in ("untracked", "added")

    @property
    def can_be_picked(self) -> bool:
        """Whether it can be committed as it is."""
        return self.settled


@dataclass(frozen=True)
class Overview:
    """How things stand in the repository of a site."""

    asked: Asked
    repository: Repository | None = None
    """None where there is none, or where git can't tell."""
    has_git: bool = True
    state: State = field(default_factory=State)
    files: tuple[ChangedFile, ...] = ()
    """Those of the site first, by their paths."""
    template: str = ""
    """What a message begins as."""
    last_message: str = ""
    """That of the last commit."""
    standing: Standing = field(default_factory=Standing)
    """How the repository stood before it was read."""


Known = dict[tuple[object, ...], ChangedFile]
"""What was looked into before, by all that it goes by."""


def read_overview(
    asked: Asked, superseded: Callable[[], bool] = lambda: False, known: Known | None = None
) -> Overview:
    """Return what is changed; raises GitError. Ends early where `superseded`: nobody wants the answer any more.

    What is in `known` is not looked into again; it holds what was found this time, afterwards.
    """
    if git_path() is None:
        return Overview(asked, has_git=False)
    repository = Repository.find(asked.site.root, trusted=asked.site.trusted)
    if repository is None:
        return Overview(asked)
    repair(repository)
    stood = standing(repository, files=True)
    state = repository.state()
    found = {change.path: change for change in changes(repository)}
    for post in asked.unsaved.values():
        name = repository.name(post.path)
        if name is not None and name not in found and _is_tracked(repository, name):
            found[name] = Change(name, "modified", unstaged=True, size=len(post.data))
    root = os.path.realpath(asked.site.root)
    files = [_light(repository, asked, root, change) for change in found.values()]
    files.sort(key=lambda file: (not file.in_site, not file.is_post, file.key))
    before, after = known or {}, {}
    for number, file in enumerate(files[:DETAILED]):
        if superseded():
            break
        key = _state_of(repository, asked, file, state.head)
        files[number] = after[key] = before.get(key) or look_into(repository, asked, file)
    if known is not None:
        known.clear()
        known.update(after)
    return Overview(
        asked,
        repository,
        state=state,
        files=tuple(_with_uses(asked.site, files, superseded)),
        template=message_template(repository),
        last_message=last_message(repository),
        standing=stood,
    )


def look_into(repository: Repository, asked: Asked, file: ChangedFile) -> ChangedFile:
    """Return `file` with what changed in it; raises GitError."""
    change = file.change
    if change.submodule:
        return file
    if change.size is not None and change.size > LARGEST:
        return replace(file, too_large=True)
    both = sides(repository, change)
    real = os.path.realpath(file.path)
    open_post = asked.unsaved.get(real)
    after = open_post.data if open_post is not None else both.after
    if change.kind == "conflicted":
        settled = after is None or CONFLICT.search(after) is None
        return replace(file, settled=settled, difference=difference(both.before, after))
    opened = asked.before.get(real)
    reader = asked.site.front_matter_of if file.is_post else None
    found = difference(both.before, after, reader, opened)
    text = not found.binary and both.before is not None and after is not None
    divisible = text and (both.divisible or (open_post is not None and change.kind == "modified"))
    edited_here = opened is not None and opened != after
    file = replace(file, difference=found, divisible=divisible, edited_here=edited_here)
    if text and edited_here and opened and opened != both.before:
        here = replayed(both.before or b"", opened, after or b"")
        elsewhere = frozenset(found.keys[number] for number in found.elsewhere) if divisible else frozenset()
        if elsewhere == set(found.keys):  # nothing is left of what was edited here
            file = replace(file, edited_here=False)
        else:
            file = replace(file, here=None if here in (both.before, after) else here, left_out=elsewhere)
    if change.staged and change.unstaged and change.kind in ("modified", "added"):
        file = _as_staged(repository, file)
    return file


def _state_of(repository: Repository, asked: Asked, file: ChangedFile, head: str) -> tuple[object, ...]:
    """Return all that tells what `look_into` would find."""
    real = os.path.realpath(file.path)
    post = asked.unsaved.get(real)
    stamps = tuple(_stamp(path) for path in (file.path, repository.git_dir / "index"))
    index = stamps[1] if file.change.staged or file.change.kind == "conflicted" else None
    texts = (None if post is None else hash(post.data), hash(asked.before.get(real)))
    return (id(asked.site), head, file.change, stamps[0], index, *texts)


def _stamp(path: Path) -> tuple[int, int, int] | None:
    try:
        status = path.lstat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size, status.st_ino


def _as_staged(repository: Repository, file: ChangedFile) -> ChangedFile:
    """Take over what is staged, of a file of which not all is."""
    shown = file.difference
    staged = in_index(repository, file.key)
    if shown is None or staged is None:
        return file
    every = set(shown.keys)
    in_it = set(keys_of(hunks(shown.before or b"", staged))) if file.divisible else {None}
    if file.edited_here:
        return replace(file, left_out=file.left_out - in_it)
    if in_it <= every:
        return replace(file, left_out=frozenset(every - in_it))
    return replace(file, staged=staged)


def _light(repository: Repository, asked: Asked, root: str, change: Change) -> ChangedFile:
    path = repository.path(change.path)
    real = os.path.realpath(path.parent) + os.sep + path.name
    in_site = real.startswith(root.rstrip(os.sep) + os.sep)
    if in_site:  # as the site itself writes its paths, which may have a link in them
        path = asked.site.root / os.path.relpath(real, root)
    suffix = path.suffix.lower()
    return ChangedFile(
        change,
        path,
        in_site,
        unsaved=os.path.realpath(path) in asked.unsaved,
        edited_here=os.path.realpath(path) in asked.before,
        is_post=in_site and suffix in MARKDOWN,
        is_picture=suffix in PICTURES,
        settled=change.kind != "conflicted",
    )


def _is_tracked(repository: Repository, name: str) -> bool:
    """Return whether git would list a file once it is changed."""
    return bool(repository.git("ls-files", "-z", "--", name))


def _with_uses(site: Site, files: list[ChangedFile], superseded: Callable[[], bool]) -> Iterable[ChangedFile]:
    """Yield the files, those that are no posts with the changed posts that use them, until `superseded`."""
    texts = {
        file.path: (file.difference.after or b"").decode("utf-8", "replace")
        for file in files
        if file.is_post and file.difference is not None and not file.difference.binary
    }
    posts_with: dict[str, set[Path]] = {}
    for post, text in texts.items():
        for word in _words(text) | (_words(unquote(text)) if "%" in text else set()):
            posts_with.setdefault(word, set()).add(post)
    here = {file.path for file in files if file.edited_here}
    for file in files:
        if file.is_post or not file.in_site or file.change.kind == "deleted" or superseded():
            yield file
            continue
        names = {file.path.name, quote(os.fsencode(file.path.name))}
        likely = set[Path]().union(*(_with_all(posts_with, _words(name), texts) for name in names))
        used_by = tuple(
            post for post in texts if post in likely and _uses(site, post, texts[post], file.path, names)
        )
        yield replace(file, used_by=used_by, goes_along=file.is_new and not here.isdisjoint(used_by))


def _words(text: str) -> set[str]:
    """Return what file names are made of."""
    return set(WORD.findall(text))


def _with_all(posts_with: Mapping[str, set[Path]], words: set[str], posts: Iterable[Path]) -> set[Path]:
    """Return the posts that have all of the `words`."""
    found = sorted((posts_with.get(word, set()) for word in words), key=len)
    return found[0].intersection(*found[1:]) if found else set(posts)


def _uses(site: Site, post: Path, text: str, path: Path, names: Iterable[str]) -> bool:
    """Return whether the text of `post` has a link to the file `path`, or shows it; it is written as `names`."""
    pattern = "|".join(re.escape(name) for name in sorted(name for name in names if name in text))
    if not pattern:
        return False
    pictures = SitePictures(site, post)
    real = os.path.realpath(path)
    for found in set(re.findall(rf"[^\s()<>\[\]\"'|{{}}=]*(?:{pattern})", text)):
        target = pictures.find(found)
        if target is not None and os.path.realpath(target) == real:
            return True
    return False
