"""SeenDesk: opens the window that shows the post as others see it, and keeps it in step with what is typed."""

import logging
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QImage, QImageReader, QTextCursor

from editor.errors import CopydeskError
from editor.render.process import BlockingRenderer
from editor.site.card import Card, card_of
from editor.site.excerpts import Excerpt, plan_excerpt
from editor.site.site import Site
from editor.ui.appearance import Appearance
from editor.ui.as_seen.seen_window import SeenWindow
from editor.ui.main_window import MainWindow
from editor.ui.session import PostSession
from editor.ui.site_pictures import SitePictures
from editor.ui.tasks import PoolTasks
from editor.ui.workspace import Workspace

_log = logging.getLogger(__name__)

_PAUSE_MS = 350
"""How long nobody types before the window follows."""
_LARGEST_SIDE = 2400
"""Pixels: a larger picture is read smaller."""


@dataclass(frozen=True, slots=True)
class _Seen:
    """What there is to show of one post."""

    excerpt: Excerpt
    card: Card
    picture: QImage


class SeenDesk(QObject):
    """Everything here but the window itself runs in a thread and a render worker of its own, while it is open."""

    def __init__(self, window: MainWindow, workspace: Workspace, appearance: Appearance) -> None:
        super().__init__(window)
        self._window = window
        self._workspace = workspace
        self._appearance = appearance
        self._tasks = PoolTasks(self)
        self._renderer: BlockingRenderer | None = None
        self._session: PostSession | None = None
        self._running = self._again = False
        self._served: tuple[Path, Path] | None = None
        """The site and the post whose pictures the window can show."""
        self.dialog: SeenWindow | None = None
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._look)
        workspace.session_changed.connect(lambda _session: self._turn())
        workspace.site_changed.connect(lambda _site: self._turn())
        appearance.theme_changed.connect(lambda theme: self.dialog.set_theme(theme) if self.dialog else None)
        window.actions_by_id.connect_all({"as_seen": self.open})

    def open(self) -> None:
        """Show the window, in front where it is open already."""
        if self.dialog is None:
            self.dialog = dialog = SeenWindow(self._tasks, self._appearance.theme, self._window)
            dialog.closed.connect(self._on_closed)
            dialog.line_wanted.connect(self._go_to_line)
            self._turn()
        self.dialog.show()
        self.dialog.raise_()
        self.dialog.activateWindow()

    def end(self) -> None:
        """Wait for what runs, and end the worker."""
        self._pause.stop()
        self._tasks.end()
        self._close_renderer()

    def _turn(self) -> None:
        if self._session is not None:
            self._session.edited.disconnect(self._on_edited)
            self._session.front_matter_changed.disconnect(self._on_edited)
        self._session = self._workspace.session if self.dialog is not None else None
        if self.dialog is None:
            return
        if self._session is not None:
            self._session.edited.connect(self._on_edited)
            self._session.front_matter_changed.connect(self._on_edited)
            self.dialog.show_post(str(self._session.path or ""))
        self._look()

    def _on_edited(self, *_change: object) -> None:
        self._pause.start()

    def _look(self) -> None:
        session, site = self._session, self._workspace.post_site
        header_site = self._workspace.header_site
        if self.dialog is None or session is None or site is None or header_site is None:
            return
        if self._running:
            self._again = True
            return
        self._running = True
        path = session.path or site.rules.new_post_dir() / "new.md"
        text, header = session.text, session.header_session.text
        pictures = SitePictures(site, path, self._workspace.learned)
        if (site.root, path) != self._served:
            self._served = site.root, path
            self.dialog.preview.set_site(site.root, lambda url: site.resolve(url, path))
        self.dialog.preview.diagrams.set_script(self._window.preview.diagrams.script)
        self.dialog.preview.set_web_pictures(self._window.preview.web_pictures)

        def make() -> _Seen:
            excerpt, html = self._excerpt(site, path, text)
            card = card_of(header_site, path, header, excerpt.html or html)
            file = pictures.find(card.picture) if card.picture and "//" not in card.picture else None
            return _Seen(excerpt, card, _read_picture(file) if file is not None else QImage())

        self._tasks.run(make, lambda seen: self._show(session, seen), self._fail)

    def _excerpt(self, site: Site, path: Path, text: str) -> tuple[Excerpt, str]:
        """Return the excerpt, and the HTML that it was made of; runs in another thread."""
        plan = plan_excerpt(site, path, text)
        html = ""
        if plan.text:
            if self._renderer is None:
                self._renderer = BlockingRenderer()
            context = site.page_context(path, site.read(text).values, text)
            self._renderer.open(plan.text, plan.dialect, context)
            html = self._renderer.render().html
        return plan.excerpt(html), html

    def _show(self, session: PostSession, seen: _Seen) -> None:
        self._running = False
        if self.dialog is not None and session is self._session:
            self.dialog.show_excerpt(seen.excerpt, seen.card.title)
            self.dialog.show_card(seen.card, seen.picture)
        self._go_on()

    def _fail(self, error: Exception) -> None:
        self._running = False
        if not isinstance(error, CopydeskError):
            _log.error("the excerpt could not be made", exc_info=error)
        elif self.dialog is not None:
            self.dialog.words.setText(error.message)
        self._go_on()

    def _go_on(self) -> None:
        if self.dialog is None:
            self._close_renderer()
        elif self._again:
            self._again = False
            self._look()

    def _on_closed(self) -> None:
        dialog, self.dialog = self.dialog, None
        self._served = None
        self._turn()
        self._pause.stop()
        if dialog is not None:
            dialog.deleteLater()
        if not self._running:
            self._close_renderer()

    def _close_renderer(self) -> None:
        renderer, self._renderer = self._renderer, None
        if renderer is not None:
            renderer.close()

    def _go_to_line(self, line: int) -> None:
        """Put the caret into a line of the text."""
        editor = self._window.editor
        cursor = QTextCursor(editor.document().findBlockByNumber(line))
        editor.setTextCursor(cursor)
        editor.setFocus()
        self._window.activateWindow()


def _read_picture(path: Path) -> QImage:
    reader = QImageReader(str(path))
    reader.setAutoTransform(True)
    size = reader.size()
    if max(size.width(), size.height()) > _LARGEST_SIDE:
        reader.setScaledSize(size * (_LARGEST_SIDE / max(size.width(), size.height())))
    return reader.read()
