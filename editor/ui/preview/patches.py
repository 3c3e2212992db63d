"""What is sent to the page: one patch at a time, from the blocks that it shows towards those that it is to show."""

import json

from editor.ui.preview.patch import Page, ScreenBlock, message

_PART = 96 * 1024
"""Characters of HTML sent at once: the first screen of a long post does not wait for its end."""


class Patches:
    """Knows what the page shows, what is on its way to it, and what comes next.

    `blocks` are those of the page, `revision` is theirs (-1: none came yet).
    """

    def __init__(self) -> None:
        self.blocks = Page()
        self.revision = -1
        self.serial = 0
        """The patch that was sent last."""
        self.shown_revision = -1
        """The revision of that patch."""
        self.complete = True
        """Whether that patch brought the last of the blocks."""
        self.reset = True
        """Whether the page is to be emptied first."""
        self._renew = False
        self._first_revision = 0
        self._in_flight: int | None = None
        self._sent_anew = False

    @property
    def idle(self) -> bool:
        """Whether the page has taken in all that was sent."""
        return self._in_flight is None

    def shows(self, revision: int) -> bool:
        """Return whether the page has been sent `revision`, or a later one."""
        return not self.reset and self.shown_revision >= revision

    def may_settle(self, revision: int) -> bool:
        """Return whether the page can show `revision` of this post: of another, it may still tell."""
        return not self.reset and self._first_revision <= revision <= self.revision

    def turn(self) -> None:
        """Make ready for another post: the next patch replaces all."""
        sleeps = self.blocks.sleeps
        self.blocks = Page()
        self.blocks.sleeps = sleeps
        self.revision = -1
        self.reset = True

    def start_again(self) -> None:
        """Make ready for a page that shows nothing yet."""
        self.reset = True
        self._in_flight = None

    def stop(self) -> None:
        """Take what was sent as lost: the page is gone."""
        self._in_flight = None

    def renew(self) -> None:
        """Have the page load its pictures again with the next patch."""
        self._renew = True

    def next_message(self, base: str, first_line: int) -> str | None:
        """Return the next patch, as JSON, or None where there is nothing to change or the page is not ready for one.

        `base` is what addresses of the site are appended to, `first_line` the line of the file where the body begins.
        """
        if self._in_flight is not None or self.revision < 0:
            return None
        reset, renew = self.reset, self._renew
        if reset:
            self.blocks.clear_shown()
        before = self.blocks.shown
        runs, complete = self.blocks.next_part(_PART)
        same = self.complete == complete and self.shown_revision == self.revision
        if not runs and (not complete or (same and not reset and not renew)):
            return None
        self.serial += 1
        self._in_flight = self.serial
        self.complete = complete
        self.shown_revision = self.revision
        if reset:
            self._first_revision = self.revision
        self.reset = self._renew = False
        patch = {
            "serial": self.serial,
            "revision": self.revision,
            "complete": complete,
            "reset": reset,
            "renew": renew,
            "base": base,
            "first_line": first_line,
            "changes": [message(run, before) for run in runs],
        }
        return json.dumps(patch, ensure_ascii=False)

    def adoption(
        self,
        base: str,
        first_line: int,
        shown: list[ScreenBlock],
        *,
        as_built: bool,
        place: str | None = None,
    ) -> str:
        """Return the patch that lets a built page find the elements of the blocks `shown`.

        It is taken to show them from then on. `as_built`: the page was built from just these blocks; `place`, as the
        page tells it itself: what it is to show of them.
        """
        self.blocks.take_shown(shown)
        self.serial += 1
        self._in_flight = self.serial
        self.complete = False
        self.shown_revision = self._first_revision = self.revision
        self.reset = self._renew = False
        blocks = [[block.screen, block.lines] for block in shown]
        patch = {
            "serial": self.serial,
            "revision": self.revision,
            "complete": False,
            "base": base,
            "first_line": first_line,
            "changes": [],
            "adopt": {"blocks": blocks, "as_built": as_built, "place": json.loads(place) if place else None},
        }
        return json.dumps(patch, ensure_ascii=False)

    def applied(self, serial: int) -> bool:
        """Note that the page has taken in patch `serial`; return whether it is the one that was waited for."""
        if serial != self._in_flight:
            return False
        self._in_flight = None
        self._sent_anew = False
        return True

    def failed(self, serial: int) -> bool:
        """Note that patch `serial` failed in the page; return whether all is to be sent anew at once.

        Where that fails too, it waits for the next change.
        """
        if serial != self._in_flight:
            return False
        self._in_flight = None
        self.reset = True
        again, self._sent_anew = not self._sent_anew, True
        return again
