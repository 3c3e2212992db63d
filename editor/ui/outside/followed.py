"""A file of an open post, with what is known of it."""

from dataclasses import dataclass

from editor.ui.outside.look import FileState, Identity, Known
from editor.ui.session import PostSession


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
