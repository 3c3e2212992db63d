"""OutsideChanges: the files of open posts are followed, whatever others do to them."""

import time
from collections.abc import Iterable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from editor.errors import ChangedOnDisk, CopydeskError, SaveError
from editor.post.document import PostDocument
from editor.post.text_edit import TextEdit
from editor.translation import gettext as _
from editor.translation import ngettext
from editor.ui.outside.file_looks import FileLooks
from editor.ui.outside.followed import GONE_MS, Followed
from editor.ui.outside.look import Away, Changed, Finding, Gone, Same, Writing
from editor.ui.outside.reconcile import Reconciled, line_edits, reconcile
from editor.ui.outside.told import Act, Difference, Told, words_for
from editor.ui.session import PostSession
from editor.ui.tasks import Tasks
from editor.ui.workspace import Workspace

_AGAIN_MS = 150
"""After so long, a file that is being written is looked at again."""

_MOST_MERGES = 50
"""So often the text may change while it is merged."""


class OutsideChanges(QObject):
    """Takes over, merges or tells what others do to the files of the open posts.

    Signals:
        told: (PostSession of a post, the Told about it, or None when there is nothing any more).
        decision_wanted: a Difference that a save waits for.
        taking_over: a PostSession whose text is about to be changed from outside.
        taken_over: the same PostSession, when it was.
        failed: a CopydeskError: a save can't go on.
    """

    told = Signal(object, object)
    decision_wanted = Signal(object)
    taking_over = Signal(object)
    taken_over = Signal(object)
    failed = Signal(object)

    def __init__(
        self, workspace: Workspace, looks: FileLooks, tasks: Tasks, parent: QObject | None = None
    ) -> None:
        """Follow the posts of `workspace` by `looks`; texts are compared in `tasks`."""
        super().__init__(parent)
        self._workspace = workspace
        self._looks = looks
        self._tasks = tasks
        self._told: dict[PostSession, Told] = {}
        self._differences: dict[PostSession, Difference] = {}
        self._changed: dict[PostSession, PostSession] = {}
        looks.found.connect(self._take)
        looks.open_elsewhere.connect(self._show_elsewhere)
        workspace.session_opened.connect(self._follow)
        workspace.session_closed.connect(self._let_go)
        workspace.session_changed.connect(lambda _session: looks.look_soon())

    def told_of(self, session: PostSession) -> Told | None:
        """Return what there is to be told of a post."""
        return self._told.get(session)

    def difference_of(self, session: PostSession) -> Difference | None:
        """Return what is to be decided about a post."""
        return self._differences.get(session)

    def changed_last(self, session: PostSession) -> PostSession | None:
        """Return the session of the post's file that was changed from outside last, where Undo takes it back."""
        return self._changed.get(session)

    def dismiss(self, session: PostSession) -> None:
        """Take note that what was told of a post was read."""
        self._tell(session, None)

    # Which files

    def _follow(self, session: PostSession, owner: PostSession | None = None) -> None:
        followed = Followed(session, owner or session)
        session.saved.connect(partial(self._on_saved, followed))
        session.reloaded.connect(followed.start_anew)
        session.moved.connect(followed.start_anew)
        for signal in (session.reloaded, session.moved, session.idle):
            signal.connect(self._looks.look_soon)
        session.meta_taken.connect(lambda meta: self._follow(meta, session))
        session.edited.connect(partial(self._on_edited, followed))
        self._looks.follow(followed)

    def _let_go(self, owner: PostSession) -> None:
        self._looks.let_go(owner)
        self._told.pop(owner, None)
        self._differences.pop(owner, None)
        self._changed.pop(owner, None)

    def _on_saved(self, followed: Followed, _path: Path) -> None:
        followed.start_anew()
        self._differences.pop(followed.owner, None)
        told = self._told.get(followed.owner)
        if told is not None and not told.passing and not followed.elsewhere:
            self._tell(followed.owner, None)

    def _on_edited(self, followed: Followed, _edit: TextEdit, _revision: int) -> None:
        told = self._told.get(followed.owner)
        if told is not None and told.passing:
            self._tell(followed.owner, None)

    # What was found

    def _take(self, followed: Followed, finding: Finding) -> None:
        match finding:
            case Same():
                self._found_same(followed, finding)
            case Writing():
                followed.waits += 1
                self._looks.look_in(_AGAIN_MS)
            case Changed():
                followed.gone_at = None
                followed.waits = 0
                self._found_changed(followed, finding.post)
            case Gone():
                self._found_gone(followed, finding)
            case Away():
                self._found_away(followed, finding)

    def _found_same(self, followed: Followed, same: Same) -> None:
        followed.state, followed.identity = same.state, same.identity
        followed.folders, followed.seen_at = same.folders, same.at
        followed.waits = 0
        followed.refused = None
        if followed.gone_at is not None or followed.owner in self._differences:
            # It was away for a moment, or is as it was when it was read: there is nothing to be decided.
            followed.gone_at = None
            difference = self._differences.get(followed.owner)
            if difference is None or difference.session is followed.session:
                self._differences.pop(followed.owner, None)
                self._tell(followed.owner, None)
        if followed.saves:
            self._save(followed)

    # Another content

    def _found_changed(self, followed: Followed, fresh: PostDocument) -> None:
        session = followed.session
        if fresh.read_only is not None and session.read_only is None:
            self._refuse(followed, fresh, fresh.read_only)
            return
        difference = self._differences.get(followed.owner)
        if (
            difference is not None
            and difference.session is session
            and difference.fresh.data == fresh.data
            and difference.revision == session.revision
            and not followed.saves
        ):
            return  # it is still to be decided
        self._merge(followed, fresh)

    def _refuse(self, followed: Followed, fresh: PostDocument, reason: str) -> None:
        if followed.saves:
            followed.saves = False
            self.failed.emit(
                SaveError(
                    _("Another program wrote to the file, which can't be read as text now. {reason}").format(
                        reason=reason
                    ),
                    path=followed.session.path,
                )
            )
        if fresh.data != followed.refused:
            followed.refused = fresh.data
            words = _(
                "Another program wrote to “{name}”. {reason}. Your text is as it was: save it under another name"
            )
            self._tell(followed.owner, Told(words.format(name=_name(followed), reason=reason), Act.SAVE_AS))

    def _merge(self, followed: Followed, fresh: PostDocument, tries: int = 0) -> None:
        """Merge in a task; where the text is typed in meanwhile, once more."""
        session = followed.session
        if followed.merging:
            return
        followed.merging = True
        generation, revision = followed.generation, session.revision
        base = session.post.text if session.post.data is not None or session.is_lost else ""
        ours = session.text

        def take_over(made: Reconciled) -> None:
            followed.merging = False
            if not self._looks.has(followed) or followed.generation != generation:
                return
            if session.saving or followed.owner.saving:
                self._looks.look_soon()
            elif session.revision != revision and tries < _MOST_MERGES:
                self._merge(followed, fresh, tries + 1)
            elif session.revision != revision:
                self._looks.look_soon()
            elif made.merged.clean:
                self._take_over(followed, fresh, made, ours != base)
            else:
                self._let_decide(followed, fresh, made)

        def give_up(error: Exception) -> None:
            followed.merging = False
            followed.saves = False
            self.failed.emit(
                SaveError(
                    _("The two versions can't be compared: {reason}").format(reason=error), path=session.path
                )
            )

        self._tasks.run(lambda: reconcile(base, ours, fresh.text), take_over, give_up)

    def _take_over(self, followed: Followed, fresh: PostDocument, made: Reconciled, edited: bool) -> None:
        session, owner = followed.session, followed.owner
        was_lost, saves = session.is_lost, followed.saves
        self._differences.pop(owner, None)
        self._change(followed, fresh, made.edits)
        words = words_for(made.lines, edited=edited, saves=saves, was_lost=was_lost)
        told = Told(
            words.format(name=_name(followed), count=made.lines), Act.UNDO if made.edits else None, True
        )
        self._tell(owner, told if words else None)
        self._workspace.refresh_posts()
        if saves:
            self._save(followed)

    def _change(self, followed: Followed, fresh: PostDocument, edits: Iterable[TextEdit]) -> None:
        session = followed.session
        self._changed[followed.owner] = session
        self.taking_over.emit(session)
        session.take_over(fresh, edits)
        self.taken_over.emit(session)

    def _let_decide(self, followed: Followed, fresh: PostDocument, made: Reconciled) -> None:
        session, owner = followed.session, followed.owner
        saves, followed.saves = followed.saves, False
        difference = Difference(session, fresh, made.merged, made.by_lines, session.revision, saves)
        self._differences[owner] = difference
        count = len(made.merged.conflicts)
        if made.by_lines:
            words = ngettext(
                "“{name}” was changed by another program in {count} place where you changed it, too",
                "“{name}” was changed by another program in {count} places where you changed it, too",
                count,
            )
        else:
            words = _("“{name}” was changed by another program since you changed it")
        self._tell(owner, Told(words.format(name=_name(followed), count=count), Act.COMPARE))
        if saves:
            self.decision_wanted.emit(difference)

    def decide(self, difference: Difference, text: str) -> None:
        """Make `text` of the two versions, undoably; what is on disk is known from now on.

        Where the text was typed in, or the disk changed, since they were compared, they are compared anew.
        """
        followed = self._of(difference.session)
        if followed is None:
            return
        session, owner = followed.session, followed.owner
        if session.revision != difference.revision or session.saving:
            self._looks.look_soon()
            return
        edits, _lines = line_edits(session.text, text)
        self._differences.pop(owner, None)
        self._change(followed, difference.fresh, edits)
        words = _("The two versions of “{name}” are one now, which is not saved yet")
        if difference.saves:
            self._tell(owner, None)
            owner.save()
        else:
            told = Told(words.format(name=_name(followed)), Act.UNDO if edits else None, True)
            self._tell(owner, told if session.modified else None)

    # No file any more

    def _found_gone(self, followed: Followed, gone: Gone) -> None:
        session, owner = followed.session, followed.owner
        if gone.moved_to is not None and not self._is_open(gone.moved_to):
            self._move(followed, gone.moved_to)
        elif session.is_lost:
            if followed.saves:
                self._save(followed)
        elif not followed.is_overdue():
            if followed.gone_at is None:
                followed.gone_at = time.monotonic()
            self._looks.look_in(GONE_MS)
        else:
            followed.saves = False
            followed.gone_at = None
            self._differences.pop(owner, None)
            session.lose_file()
            if gone.with_folder:
                words = _("The folder of “{name}” is gone: save the post elsewhere, or put the folder back")
                self._tell(owner, Told(words.format(name=_name(followed)), Act.SAVE_AS))
            else:
                words = _("The file “{name}” was deleted: saving puts it back")
                self._tell(owner, Told(words.format(name=_name(followed))))
            self._workspace.refresh_posts()

    def _move(self, followed: Followed, target: Path) -> None:
        session, source = followed.session, followed.session.path
        assert source is not None
        saves = followed.saves
        session.follow_file(target)
        if session is followed.owner:
            self._workspace.follow(session, source, target)
            words = _("“{name}” was moved: it is {target} now")
            site = self._workspace.site
            shown = site.relative(target) if site is not None else str(target)
            self._tell(session, Told(words.format(name=source.name, target=shown), None, True))
        if saves:
            self._save(followed)

    def _found_away(self, followed: Followed, away: Away) -> None:
        if followed.saves:
            followed.saves = False
            words = _("The file can't be reached: {reason}").format(reason=away.reason)
            self.failed.emit(SaveError(words, path=followed.session.path))

    # A save that found the file changed

    def settle(self, owner: PostSession) -> None:
        """Bring the text and the disk together, and save the post if that needs no decision.

        For a save that was refused, as the file, or the post's other one, has changed.
        """
        for followed in self._looks.followed():
            if followed.owner is owner:
                followed.saves = True
                followed.waits = 0
        self._looks.look()

    def _save(self, followed: Followed) -> None:
        """Save the post once each of its files is as it is known."""
        followed.saves = False
        if not any(other.saves for other in self._looks.followed() if other.owner is followed.owner):
            followed.owner.save()

    # Another window

    def _show_elsewhere(self, paths: set[Path]) -> None:
        for followed in self._looks.followed():
            elsewhere = followed.session.path in paths
            if elsewhere == followed.elsewhere:
                continue
            followed.elsewhere = elsewhere
            words = _("“{name}” is open in another window, too: what is saved there is taken over here")
            told = Told(words.format(name=_name(followed)))
            if elsewhere and followed.owner not in self._told:
                self._tell(followed.owner, told)
            elif not elsewhere and self._told.get(followed.owner) == told:
                self._tell(followed.owner, None)

    def _is_open(self, path: Path) -> bool:
        return any(followed.session.path == path for followed in self._looks.followed())

    def _of(self, session: PostSession) -> Followed | None:
        return next((followed for followed in self._looks.followed() if followed.session is session), None)

    def _tell(self, owner: PostSession, told: Told | None) -> None:
        if self._told.get(owner) == told:
            return
        if told is None:
            self._told.pop(owner, None)
        else:
            self._told[owner] = told
        self.told.emit(owner, told)


def is_about_own_file(session: PostSession, error: CopydeskError) -> bool:
    """Return whether a save was refused as the post's file, or its other one, has changed."""
    own = (session.path, session.header_session.path)
    return isinstance(error, ChangedOnDisk) and session.path is not None and error.path in own


def _name(followed: Followed) -> str:
    path = followed.session.path
    return path.name if path is not None else _("Untitled")
