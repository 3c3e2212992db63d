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
from editor.ui.outside.file_watcher import FileWatcher
from editor.ui.outside.followed import Followed
from editor.ui.outside.look import Away, Changed, Finding, Gone, Same, Writing, look
from editor.ui.outside.open_elsewhere import OpenMarks
from editor.ui.outside.reconcile import Reconciled, line_edits, reconcile
from editor.ui.outside.told import Act, Difference, Told, words_for
from editor.ui.session import PostSession
from editor.ui.tasks import Tasks
from editor.ui.workspace import Workspace

_AGAIN_MS = 150
"""After so long, a file that is being written is looked at again."""

_MOST_WAITS = 20
"""So often; then it is taken as it is."""

_GONE_MS = 600
"""A file is gone when it still is after so long: other programs and git put a new one in its place."""

_MOST_MERGES = 50
"""So often the text may change while it is merged."""


class OutsideChanges(QObject):
    """Takes over, merges or tells what others do to the files of the open posts.

    Only the posts that are open are looked at, all of them in one task, when the system tells of a change, when
    `look` is called, and every few seconds.

    Signals:
        told: (PostSession of a post, the Told about it, or None when there is nothing any more).
        decision_wanted: a Difference that a save waits for.
        taking_over: a PostSession whose text is about to be changed from outside.
        taken_over: the same PostSession, when it was.
        failed: a CopydeskError: a save can't go on.
        looked: all open posts were looked at.
    """

    told = Signal(object, object)
    decision_wanted = Signal(object)
    taking_over = Signal(object)
    taken_over = Signal(object)
    failed = Signal(object)
    looked = Signal()

    def __init__(
        self,
        workspace: Workspace,
        tasks: Tasks,
        marks: OpenMarks,
        parent: QObject | None = None,
        *,
        watcher: FileWatcher | None = None,
    ) -> None:
        """Follow the posts of `workspace`; a disk that does not answer holds up `tasks`: give it a pool of its own."""
        super().__init__(parent)
        self._workspace = workspace
        self._tasks = tasks
        self._marks = marks
        self._followed: list[Followed] = []
        self._told: dict[PostSession, Told] = {}
        self._differences: dict[PostSession, Difference] = {}
        self._changed: dict[PostSession, PostSession] = {}
        self._looking = False
        self._look_again = False
        self.watcher = watcher or FileWatcher(self)
        self.watcher.setParent(self)
        self.watcher.stirred.connect(self.look)
        workspace.session_opened.connect(self._follow)
        workspace.session_closed.connect(self._let_go)
        workspace.session_changed.connect(lambda _session: self.watcher.look_soon())

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

    def end(self) -> None:
        """Follow nothing any more."""
        self._followed.clear()
        self.watcher.watch(())
        self._marks.update(())

    # Which files

    def _follow(self, session: PostSession, owner: PostSession | None = None) -> None:
        followed = Followed(session, owner or session)
        self._followed.append(followed)
        session.saved.connect(partial(self._on_saved, followed))
        session.reloaded.connect(partial(self._start_anew, followed))
        session.moved.connect(partial(self._start_anew, followed))
        session.idle.connect(self.watcher.look_soon)
        session.meta_taken.connect(lambda meta: self._follow(meta, session))
        session.edited.connect(partial(self._on_edited, followed))
        self.watcher.look_soon()

    def _let_go(self, owner: PostSession) -> None:
        self._followed = [followed for followed in self._followed if followed.owner is not owner]
        self._told.pop(owner, None)
        self._differences.pop(owner, None)
        self._changed.pop(owner, None)
        self.watcher.look_soon()

    def _on_saved(self, followed: Followed, _path: Path) -> None:
        self._start_anew(followed)
        self._differences.pop(followed.owner, None)
        told = self._told.get(followed.owner)
        if told is not None and not told.passing and not followed.elsewhere:
            self._tell(followed.owner, None)

    def _start_anew(self, followed: Followed, _path: object = None) -> None:
        followed.generation += 1
        followed.state = None
        followed.gone_at = None
        followed.refused = None
        followed.waits = 0
        self.watcher.look_soon()

    def _on_edited(self, followed: Followed, _edit: TextEdit, _revision: int) -> None:
        told = self._told.get(followed.owner)
        if told is not None and told.passing:
            self._tell(followed.owner, None)

    # Looking

    def look(self) -> None:
        """Look at all files, off the GUI thread."""
        if self._looking:
            self._look_again = True
            return
        asked = [
            (
                followed,
                followed.generation,
                followed.known(),
                followed.waits < _MOST_WAITS,
                self._is_overdue(followed),
            )
            for followed in self._followed
            if self._can_be_looked_at(followed)
        ]
        paths = [followed.session.path for followed in self._followed if followed.session.path is not None]
        self._looking = True

        def look_at_all() -> tuple[list[Finding], set[Path]]:
            findings = [
                look(known, patient=patient, search=search) for _f, _g, known, patient, search in asked
            ]
            return findings, self._marks.update(paths)

        def take_over(found: tuple[list[Finding], set[Path]]) -> None:
            self._looking = False
            for (followed, generation, *_rest), finding in zip(asked, found[0], strict=True):
                if followed in self._followed and followed.generation == generation:
                    self._take(followed, finding)
            self._show_elsewhere(found[1])
            self._watch()
            self.looked.emit()
            if self._look_again:
                self._look_again = False
                self.look()

        def give_up(_error: Exception) -> None:
            self._looking = False

        self._tasks.run(look_at_all, take_over, give_up)

    def _can_be_looked_at(self, followed: Followed) -> bool:
        session = followed.session
        if session.path is None or session.saving or followed.owner.saving:
            return False
        # One that was never there has nothing that others could have changed, unless it stands in a save's way.
        return session.post.data is not None or session.is_lost or followed.saves

    def _is_overdue(self, followed: Followed) -> bool:
        return followed.gone_at is not None and time.monotonic() - followed.gone_at >= _GONE_MS / 1000

    def _watch(self) -> None:
        paths: set[str] = set()
        for followed in self._followed:
            path, root = followed.session.path, followed.owner.site_root
            if path is None:
                continue
            if followed.gone_at is None and not followed.session.is_lost:
                paths.add(str(path))
            for folder, _identity in followed.folders or ((str(path.parent), None),):
                paths.add(folder)
                if root is None or Path(folder) == root.parent:
                    break
        self.watcher.watch(paths)

    def _take(self, followed: Followed, finding: Finding) -> None:
        session = followed.session
        if session.saving or followed.owner.saving:
            return  # it is looked at again when that is done
        match finding:
            case Same():
                self._found_same(followed, finding)
            case Writing():
                followed.waits += 1
                self.watcher.look_in(_AGAIN_MS)
            case Changed():
                followed.gone_at = None
                followed.waits = 0
                self._found_changed(followed, finding.post)
            case Gone():
                self._found_gone(followed, finding)
            case Away():
                self._found_away(followed, finding)

    def _found_same(self, followed: Followed, same: Same) -> None:
        before = dict(followed.folders)
        if followed.identity is not None and followed.identity != same.identity:
            self.watcher.forget([str(followed.session.path)])
        self.watcher.forget(
            folder for folder, identity in same.folders if before.get(folder, identity) != identity
        )
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
            if followed not in self._followed or followed.generation != generation:
                return
            if session.saving or followed.owner.saving:
                self.watcher.look_soon()
            elif session.revision != revision and tries < _MOST_MERGES:
                self._merge(followed, fresh, tries + 1)
            elif session.revision != revision:
                self.watcher.look_soon()
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
            self.watcher.look_soon()
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
        elif not self._is_overdue(followed):
            if followed.gone_at is None:
                followed.gone_at = time.monotonic()
            self.watcher.look_in(_GONE_MS)
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
        for followed in self._followed:
            if followed.owner is owner:
                followed.saves = True
                followed.waits = 0
        self.look()

    def _save(self, followed: Followed) -> None:
        """Save the post once each of its files is as it is known."""
        followed.saves = False
        if not any(other.saves for other in self._followed if other.owner is followed.owner):
            followed.owner.save()

    # Another window

    def _show_elsewhere(self, paths: set[Path]) -> None:
        for followed in self._followed:
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
        return any(followed.session.path == path for followed in self._followed)

    def _of(self, session: PostSession) -> Followed | None:
        return next((followed for followed in self._followed if followed.session is session), None)

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
