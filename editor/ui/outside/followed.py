"""A file of an open post, with what is known of it."""

import time
from dataclasses import dataclass

from editor.ui.outside.look import FileState, Identity, Known
from editor.ui.session import PostSession

GONE_MS = 600
"""A file is gone when it still is after so long: other programs and git put a new one in its place."""


@dataclass(eq=False)
class Followed:
    """A file that is followed, with what is known of it."""

    session: PostSession
    owner: PostSession
    """The post's session, where this is its other file."""
    state: FileState | None = None
    identity: Identity | None = None
    folders: tuple[tuple[str, Identity], ...] = ()
    seen_at: float = 0.0
    generation: int = 0
    """Counts what makes a look that is under way worthless: saving, reading anew, moving."""
    waits: int = 0
    gone_at: float | None = None
    refused: bytes | None = None
    """What was on disk and can't be taken over; it was told."""
    merging: bool = False
    saves: bool = False
    """Whether a save waits for the two versions to become one."""
    elsewhere: bool = False

    def known(self) -> Known:
        """Return what is known of the file, for a look at it."""
        session = self.session
        assert session.path is not None
        return Known(
            session.path,
            session.post.data,
            self.state,
            self.identity,
            self.folders,
            self.seen_at,
            self.owner.site_root,
        )

    def can_be_looked_at(self) -> bool:
        """Return whether what the disk has says anything now."""
        session = self.session
        if session.path is None or session.saving or self.owner.saving:
            return False
        # One that was never there has nothing that others could have changed, unless it stands in a save's way.
        return session.post.data is not None or session.is_lost or self.saves

    def is_overdue(self) -> bool:
        """Return whether the file is away for so long that it is gone."""
        return self.gone_at is not None and time.monotonic() - self.gone_at >= GONE_MS / 1000

    def start_anew(self, _path: object = None) -> None:
        """Forget what was found: it was saved, read anew or moved."""
        self.generation += 1
        self.state = None
        self.gone_at = None
        self.refused = None
        self.waits = 0
