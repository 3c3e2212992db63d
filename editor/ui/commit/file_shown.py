"""FileShown: the chosen file in the panes beside the column: its lines, its pictures, its page."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, QSize, Qt
from PySide6.QtGui import QImage, QImageReader

from editor.git.contents import sides
from editor.post.document import PostDocument
from editor.translation import gettext as _
from editor.ui.commit.commit_view import CommitView
from editor.ui.commit.overview import ChangedFile, Overview, look_into
from editor.ui.commit.picks import Picks
from editor.ui.commit.words import shown_path, size
from editor.ui.tasks import Tasks
from editor.ui.workspace import Workspace

_MOST_PIXELS = 1_600
"""The longer side of a picture as it is shown."""


class FileShown(QObject):
    """Fills the panes of the view; what takes a while is done off the GUI thread, and dropped where it comes late."""

    def __init__(self, view: CommitView, workspace: Workspace, tasks: Tasks, parent: QObject) -> None:
        super().__init__(parent)
        self._view = view
        self._workspace = workspace
        self._tasks = tasks
        self._key = ""
        self._pictures: tuple[object, ...] | None = None
        """What the pictures that are shown, or under way, go by."""
        self._rendered: tuple[str, bytes | None, bytes | None] | None = None
        self._looked: dict[str, ChangedFile] = {}
        self._overview: Overview | None = None

    def show(self, overview: Overview, file: ChangedFile, picks: Picks) -> None:
        """Show `file` of `overview`, with its hunks ticked as `picks` says."""
        if overview is not self._overview:
            self._overview, self._looked = overview, {}
        file = self._looked.get(file.key, file)
        self._key = file.key
        source = self._view.source
        words = self._words(file)
        if file.difference is None and not words and not file.too_large and overview.repository is not None:
            words = _("Looking at the file…")
            self._look(overview, file, picks)
        source.show_file(file, shown_path(file.key), self._notes(file, picks), words)
        source.show_only_here(picks.only_here(file) if file.here is not None and not words else None)
        if file.is_picture and file.difference is not None and (file.difference.binary or file.is_new):
            self._show_pictures(overview, file)
        elif file.difference is not None and not words:
            self._pictures = None
            shown = file.difference
            out = picks.left_out(file)
            picked = picks.is_picked(file)
            as_staged = picks.as_staged(file)
            only_here = picks.only_here(file)
            one_by_one = file.divisible and not as_staged and not only_here
            source.show_ticks(
                (lambda number: picked and shown.keys[number] not in out) if one_by_one else None,
                discardable=file.divisible and file.change.kind == "modified",
            )
        self._show_page(file)

    def rest(self) -> None:
        """Forget what was shown last: it is shown anew when the view is."""
        self._overview, self._looked = None, {}

    def _words(self, file: ChangedFile) -> str:
        """Return what stands in the place of lines, where there are none to show."""
        change = file.change
        if change.submodule:
            return _(
                "A repository of its own in this one: committing it takes over which of its commits belongs here. "
                "What has changed inside is committed there."
            )
        shown = file.difference
        if file.too_large:
            return _no_text(change.size or 0)
        if shown is None:
            return ""
        if shown.binary:
            if file.is_picture:
                return ""
            if shown.sizes[1] is None:
                return _("The file is deleted.")
            return _no_text(shown.sizes[1])
        if not shown.rows and not shown.notes:
            if change.mode_changed:
                return _("Only whether it may be run has changed.")
            if change.kind == "renamed":
                return _("Renamed from {name}; its content is the same.").format(name=change.source)
            return _("The file is empty.") if file.is_new else _("Its content is as in the last commit.")
        return ""

    def _notes(self, file: ChangedFile, picks: Picks) -> list[str]:
        notes = []
        if file.change.kind == "conflicted" and not file.settled:
            notes.append(_("Two sides have changed the same lines: open the file, settle them and save it."))
        if file.change.kind == "modified" and not file.edited_here and not file.unsaved and file.in_site:
            notes.append(
                _("Not edited here: another program changed it, or it was changed before this window opened.")
            )
        if picks.as_staged(file):
            notes.append(
                _(
                    "What is staged is another text than the file's: that is committed, until you tick the file anew."
                )
            )
        if file.change.kind == "renamed" and file.difference is not None and file.difference.rows:
            notes.append(_("Renamed from {name}.").format(name=file.change.source))
        notes += file.difference.notes if file.difference is not None else ()
        return notes

    def _look(self, overview: Overview, file: ChangedFile, picks: Picks) -> None:
        repository = overview.repository
        assert repository is not None

        def take_over(looked: ChangedFile) -> None:
            if overview is self._overview:
                self._looked[looked.key] = looked
                if self._key == looked.key:
                    self.show(overview, looked, picks)

        def give_up(error: Exception) -> None:
            if overview is self._overview and self._key == file.key:
                self._view.source.show_file(file, shown_path(file.key), (), str(error))

        self._tasks.run(lambda: look_into(repository, overview.asked, file), take_over, give_up)

    # ---- pictures

    def _show_pictures(self, overview: Overview, file: ChangedFile) -> None:
        shown, repository = file.difference, overview.repository
        assert shown is not None
        assert repository is not None
        wanted = (file.key, shown.digest or shown.after, overview.state.head)
        if wanted == self._pictures:
            self._view.source.show_picture_page()
            return
        self._pictures = wanted
        names = (_("Before"), _("After") if shown.sizes[0] is not None else _("New"))
        told = list(zip(names, shown.sizes, strict=True))
        self._view.source.show_pictures([None, None], [_caption(name, count, None) for name, count in told])

        def load() -> list[_Picture | None]:
            both = sides(repository, file.change)
            return [_picture(both.before), _picture(both.after)]

        def take_over(pictures: Sequence[_Picture | None]) -> None:
            if wanted == self._pictures and self._key == file.key:
                captions = [
                    _caption(name, count, picture)
                    for (name, count), picture in zip(told, pictures, strict=True)
                ]
                images = [None if picture is None else picture.image for picture in pictures]
                self._view.source.show_pictures(images, captions)

        self._tasks.run(load, take_over)

    # ---- the page

    def _show_page(self, file: ChangedFile) -> None:
        shown, pane = file.difference, self._view.rendered
        page = file.is_post and shown is not None and not shown.binary and file.change.kind != "conflicted"
        self._view.show_rendered(page)
        if not page or pane is None or shown is None:
            return
        wanted = (file.key, shown.before, shown.after)
        if wanted != self._rendered:
            self._rendered = wanted
            pane.show_change(_text(file, shown.before), _text(file, shown.after), file.path)  # type: ignore[attr-defined]


def _no_text(count: int) -> str:
    return _("No text, or too much of it: {size}. It is committed as a whole.").format(size=size(count))


@dataclass(frozen=True, slots=True)
class _Picture:
    """A picture that was read, perhaps smaller than it is."""

    image: QImage
    size: QSize
    """Its own size, in pixels."""


def _caption(name: str, count: int | None, picture: _Picture | None) -> str:
    """Return what is said below a picture of so many bytes; empty where there is none."""
    if count is None:
        return ""
    parts = [name, size(count)]
    if picture is not None and not picture.image.isNull():
        words = _("{width} × {height} pixels")
        parts.append(words.format(width=picture.size.width(), height=picture.size.height()))
    elif picture is not None:
        parts.append(_("can't be shown"))
    return " · ".join(parts)


def _picture(data: bytes | None) -> _Picture | None:
    """Return a picture, scaled down where it is large."""
    if data is None:
        return None
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setAutoTransform(True)
    own = reader.size()
    if own.isValid() and max(own.width(), own.height()) > _MOST_PIXELS:
        most = QSize(_MOST_PIXELS, _MOST_PIXELS)
        reader.setScaledSize(own.scaled(most, Qt.AspectRatioMode.KeepAspectRatio))
    image = reader.read()
    return _Picture(image, own if own.isValid() else image.size())


def _text(file: ChangedFile, data: bytes | None) -> str | None:
    return None if data is None else PostDocument(file.path, data).text
