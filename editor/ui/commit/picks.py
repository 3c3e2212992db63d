"""Picks: what of the changed files is to be committed, by file and by hunk; it survives reading them anew."""

from collections.abc import Iterable

from editor.git.committing import Pick
from editor.git.hunks import put_in
from editor.ui.commit.file_difference import HunkKey
from editor.ui.commit.overview import ChangedFile

ALL, SOME, NONE = "all", "some", "none"


class Picks:
    """Which files are ticked, and which of their hunks are not."""

    def __init__(self) -> None:
        self._decided: dict[str, bool] = {}
        """What the person has said of a file."""
        self._left_out: dict[str, frozenset[HunkKey]] = {}
        """The hunks that the person has left out of a file."""
        self._only_here: set[str] = set()
        """The files of which only the edits that were made here go in."""

    def committed(self, files: Iterable[ChangedFile]) -> None:
        """Begin anew with the files that are committed; what is left of one stays out, as it was left out."""
        for file in files:
            if self.left_out(file) or self.only_here(file):
                self.pick(file, False)
            else:
                self._decided.pop(file.key, None)
                self._left_out.pop(file.key, None)
                self._only_here.discard(file.key)

    def state(self, file: ChangedFile) -> str:
        """Return whether `ALL`, `SOME` or `NONE` of a file is to be committed."""
        if not self.is_picked(file):
            return NONE
        partly = self.left_out(file) or self.as_staged(file) or self.only_here(file)
        return SOME if partly else ALL

    def is_picked(self, file: ChangedFile) -> bool:
        """Return whether anything of a file is; as long as nobody has said, what is staged and what was edited here.

        And new files that a post which was edited here uses.
        """
        if not file.can_be_picked:
            return False
        return self._decided.get(file.key, is_picked_at_first(file))

    def as_staged(self, file: ChangedFile) -> bool:
        """Return whether it is the staged content that goes in, which is not what is shown."""
        return file.staged is not None and not file.edited_here and file.key not in self._decided

    def only_here(self, file: ChangedFile) -> bool:
        """Whether of a file only the edits that were made here are to be committed."""
        return file.here is not None and file.key in self._only_here and self.is_picked(file)

    def left_out(self, file: ChangedFile) -> frozenset[HunkKey]:
        """Return the hunks of a file that stay out of the commit."""
        if not file.divisible or file.difference is None:
            return frozenset()
        out = self._left_out.get(file.key)
        if out is None:
            out = file.left_out if file.key not in self._decided else frozenset()
        return out & frozenset(file.difference.keys)

    def pick(self, file: ChangedFile, picked: bool) -> None:
        """Take all of a file in, or leave it out."""
        self._only_here.discard(file.key)
        self._decided[file.key] = picked
        self._left_out[file.key] = frozenset()

    def pick_only_here(self, file: ChangedFile, only: bool) -> None:
        """Take of a file the edits that were made here and no others, or all of it."""
        self.pick(file, True)
        if only:
            self._only_here.add(file.key)

    def pick_hunk(self, file: ChangedFile, key: HunkKey, picked: bool) -> None:
        """Take one hunk in, or leave it out; the last one takes the file with it."""
        assert file.difference is not None
        self._only_here.discard(file.key)
        every = frozenset(file.difference.keys)
        out = self.left_out(file) if self.is_picked(file) else every
        out = out - {key} if picked else out | {key}
        self._decided[file.key] = out != every
        self._left_out[file.key] = frozenset() if out == every else out

    def picked(self, files: Iterable[ChangedFile]) -> list[ChangedFile]:
        """Return the files that are ticked, in their order."""
        return [file for file in files if self.is_picked(file)]

    def content(self, file: ChangedFile) -> bytes | None:
        """Return what of a ticked file is to be committed, in the form of the work tree; None: all of it."""
        if self.as_staged(file):
            return file.staged
        if self.only_here(file):
            return file.here
        out = self.left_out(file)
        shown = file.difference
        if not out or shown is None:
            return None
        chosen = {number for number, key in enumerate(shown.keys) if key not in out}
        return put_in(shown.before or b"", shown.hunks, chosen)

    def rest(self, file: ChangedFile) -> bytes | None:
        """Return a file without the edits that were made here and stay out of the commit; None: all of them go in."""
        out, shown = self.left_out(file), file.difference
        if not out or shown is None or self.only_here(file):
            return None
        elsewhere = set(shown.elsewhere)
        kept = {number for number, key in enumerate(shown.keys) if key not in out or number in elsewhere}
        return None if len(kept) == len(shown.keys) else put_in(shown.before or b"", shown.hunks, kept)

    def for_commit(self, file: ChangedFile) -> Pick:
        """Return a ticked file as what is asked of git."""
        return Pick(file.key, self.content(file), file.change.source)

    def for_build(self, file: ChangedFile) -> Pick:
        """Return a ticked file with the very content that was looked at, saved or not."""
        content, shown = self.content(file), file.difference
        if content is None and shown is not None and not shown.binary and not file.change.submodule:
            content = shown.after
        return Pick(file.key, content, file.change.source)


def is_picked_at_first(file: ChangedFile) -> bool:
    """Return whether a file is ticked before the person says anything."""
    settled = file.change.kind == "conflicted"  # a merge is committed as a whole
    return settled or file.change.staged or file.edited_here or file.goes_along
