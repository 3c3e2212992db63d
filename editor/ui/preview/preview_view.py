"""The preview: the post as it will be published, patched in place while it is written."""

import json
import logging
import time
from collections import deque
from pathlib import Path

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QColor, QGuiApplication, QPixmap
from PySide6.QtWebEngineCore import QWebEnginePage
from PySide6.QtWebEngineWidgets import QWebEngineView
from PySide6.QtWidgets import QLabel, QMenu, QVBoxLayout, QWidget
from shiboken6 import isValid

from editor.render.display import ScreenPage
from editor.render.line_map import align, line_fraction
from editor.translation import gettext as _
from editor.ui.preview.look import css_variables
from editor.ui.preview.page import Bridge, PreviewPage, PreviewProfile
from editor.ui.preview.patch import Run, first_part, patched, runs_between
from editor.ui.preview.scheme import Resolve
from editor.ui.tasks import PoolTasks, Tasks
from editor.ui.theme import LIGHT, Theme

_log = logging.getLogger(__name__)

_PART = 96 * 1024
"""Characters of HTML sent at once: the first screen of a long post does not wait for its end."""
_ALIGN_DELAY = 120
"""ms of rest before the source lines of the blocks are looked for."""
_MOST_CRASHES = 3
_CRASH_TIME = 60.0
"""s: as many crashes as that within this time, and the page is not started again."""


class PreviewView(QWidget):
    """Shows the HTML of one post, block by block.

    All that takes time (cutting, math, source lines) runs in `tasks`; the page gets one patch at a time, and
    where several revisions come meanwhile, the latest.

    Signals:
        link_activated: a link was clicked: its address, as the post has it. Nothing has been opened.
        settled: this revision is painted, the pictures in view loaded or failed.
        renderer_crashed: one sentence; the page has been started again, or given up.
    """

    link_activated = Signal(str)
    settled = Signal(int)
    renderer_crashed = Signal(str)

    def __init__(self, tasks: Tasks | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks or PoolTasks(self)
        self._screen_page = ScreenPage()
        self._theme = LIGHT
        self._zoom = 1.0

        self._asked: tuple[str, str, int] | None = None
        self._preparing = False
        self._post = 0
        self._wanted: list[str] = []
        self._published: list[str] = []
        self._source = ""
        self._revision = -1

        self._ready = False
        self._shown: list[str] = []
        self._shown_revision = -1
        self._complete = True
        self._reset = True
        self._renew = False
        self._serial = 0
        self._in_flight: int | None = None
        self._crashes: deque[float] = deque(maxlen=_MOST_CRASHES)
        self._given_up = False

        self._line: int | None = None
        self._line_starts: list[int] | None = None
        self._aligning = False
        self._anchor: str | None = None
        self._pointed = ""

        self._notice = QLabel(self)
        self._notice.setObjectName("previewNotice")
        self._notice.setAccessibleName(_("About this preview"))
        self._notice.setWordWrap(True)
        self._notice.hide()

        self._bridge = Bridge(self)
        self._bridge.page_ready.connect(self._on_ready)
        self._bridge.page_applied.connect(self._on_applied)
        self._bridge.page_settled.connect(self._on_settled)
        self._bridge.link_clicked.connect(self.link_activated)
        self._bridge.link_pointed.connect(self._on_link_pointed)

        self._profile = PreviewProfile()
        self._handler = self._profile.handler
        self.web = QWebEngineView(self)
        self.web.setObjectName("preview")
        self.web.setAccessibleName(_("Preview"))
        self.web.setAcceptDrops(False)
        self.web.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.web.customContextMenuRequested.connect(self._open_context_menu)
        self._page = self._new_page()
        # After the web view, so that it goes after it: a profile must outlive its pages.
        self._profile.setParent(self)

        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._notice)
        layout.addWidget(self.web, 1)
        self.setFocusProxy(self.web)

        self._align_timer = QTimer(self)
        self._align_timer.setSingleShot(True)
        self._align_timer.setInterval(_ALIGN_DELAY)
        self._align_timer.timeout.connect(self._align)

        self.set_theme(self._theme)

    # ---- what is shown

    def set_theme(self, theme: Theme) -> None:
        """Show the page in the colours of `theme`."""
        self._theme = theme
        self._page.setBackgroundColor(QColor(theme.pane))
        self._notice.setStyleSheet(
            f"QLabel {{ background: {theme.warn_wash}; color: {theme.ink}; padding: 7px 16px;"
            f" border: none; border-bottom: 1px solid {theme.line}; }}"
        )
        if self._ready:
            self._dress()

    def set_site(self, root: Path | None, resolve: Resolve | None) -> None:
        """Serve pictures from the folder `root`; `resolve` finds a file for an address of the open post.

        Where `resolve` is None or answers None, the address counts from `root`. Pictures on the page are
        loaded again.
        """
        self._handler.set_site(root, resolve)
        self.reload_pictures()

    def reload_pictures(self) -> None:
        """Load the pictures again: they may have come, gone or changed on disk."""
        self._handler.token += 1
        self._renew = True
        self._send()

    def open_post(self, key: str) -> None:
        """Make ready for another post: its first HTML replaces what is shown, from the top.

        `key` names the post in the log only. What is shown stays until then, so that nothing flickers.
        """
        _log.debug("the preview turns to %s", key)
        self._post += 1
        self._handler.token += 1
        self._asked = None
        self._line = None
        self._line_starts = None
        self._anchor = None
        self._reset = True
        self._wanted, self._published = [], []
        self._revision = -1
        if self._given_up:
            self._given_up = False
            self._crashes.clear()
            self.show_notice(None)
            self._start_again()

    def show_html(self, html: str, source: str, revision: int) -> None:
        """Show `html`, the published HTML of the post whose text is `source`, at `revision`."""
        self._asked = (html, source, revision)
        if not self._preparing:
            self._prepare()

    def show_notice(self, text: str | None) -> None:
        """Show a sentence in a slim bar above the page; None takes it away."""
        self._notice.setText(text or "")
        self._notice.setVisible(bool(text))

    def follow_line(self, line: int) -> None:
        """Bring the block of the source's `line` (0-based) into view, as far as needed, and mark it."""
        self._line = line
        self._follow()

    def set_zoom(self, factor: float) -> None:
        """Show the page larger or smaller; 1.0 is its natural size, 0.25 to 5 is possible."""
        self._zoom = min(5.0, max(0.25, factor))
        self.web.setZoomFactor(self._zoom)

    def scroll_to_anchor(self, name: str) -> None:
        """Scroll to the element with the id `name`, now or once the post is on the page."""
        self._anchor = name
        if self._ready and self._complete and self._in_flight is None and not self._reset:
            self._go_to_anchor()

    def to_picture(self) -> QPixmap:
        """Return what the pane looks like now."""
        return self.grab()

    # ---- from HTML to blocks, off the GUI thread

    def _prepare(self) -> None:
        if self._asked is None:
            return
        (html, source, revision), self._asked = self._asked, None
        post, screen_page = self._post, self._screen_page
        self._preparing = True

        def then(blocks: tuple[list[str], list[str]]) -> None:
            if not isValid(self):
                return
            self._preparing = False
            if post == self._post:
                self._published, self._wanted = blocks
                self._source, self._revision = source, revision
                self._line_starts = None
                self._align_timer.start()
                self._send()
            self._prepare()

        def failed(error: Exception) -> None:
            _log.error("the page could not be prepared for the screen", exc_info=error)
            if isValid(self):
                self._preparing = False
                self._screen_page = ScreenPage()  # its memory may be half written
                self._prepare()

        self._tasks.run(lambda: screen_page.show(html), then, failed)

    # ---- from blocks to the page

    def _send(self) -> None:
        """Send the next patch, if the page is ready for one and there is something to change."""
        if not self._ready or self._in_flight is not None or self._revision < 0:
            return
        reset, renew = self._reset, self._renew
        if reset:
            self._shown = []
        if renew and not reset:
            runs = part = [Run(0, len(self._shown), tuple(self._wanted))]
        else:
            runs = runs_between(self._shown, self._wanted)
            part = first_part(runs, _PART)
        if not runs and not reset and self._complete and self._shown_revision == self._revision:
            return
        self._serial += 1
        self._in_flight = self._serial
        self._complete = part == runs
        self._shown_revision = self._revision
        self._shown = patched(self._shown, part)
        self._reset = self._renew = False
        self._bridge.patched.emit(
            json.dumps(
                {
                    "serial": self._serial,
                    "revision": self._revision,
                    "complete": self._complete,
                    "reset": reset,
                    "base": f"copydesk://site/{self._handler.token}?",
                    "runs": [
                        {"start": run.start, "removed": run.removed, "inserted": run.inserted} for run in part
                    ],
                }
            )
        )

    def _dress(self) -> None:
        words = {
            "missing": _("No picture at {path}"),
            "remote_picture": _("Picture from {host}"),
            "remote_film": _("Film from {host}"),
            "remote_sound": _("Sound from {host}"),
            "embedded": _("Embedded page from {host}"),
        }
        self._bridge.dressed.emit(
            json.dumps({"theme": self._theme.name, "variables": css_variables(self._theme), "words": words})
        )

    def _on_ready(self) -> None:
        self._ready = True
        self._reset = True
        self._in_flight = None
        self._line_starts = None
        self._align_timer.start()
        self._dress()
        self._send()

    def _on_applied(self, serial: int) -> None:
        if serial != self._in_flight:
            return
        self._in_flight = None
        self._send()
        if self._in_flight is None:
            self._go_to_anchor()

    def _on_settled(self, revision: int) -> None:
        if revision == self._revision and not self._reset:
            self.settled.emit(revision)

    def _go_to_anchor(self) -> None:
        if self._anchor is not None:
            self._bridge.anchored.emit(self._anchor)
            self._anchor = None

    # ---- the caret's place

    def _align(self) -> None:
        if self._aligning or self._line_starts is not None:
            return
        source, published = self._source, self._published
        self._aligning = True

        def then(starts: list[int]) -> None:
            if not isValid(self):
                return
            self._aligning = False
            if published is self._published:
                self._line_starts = starts
                self._follow()
            else:
                self._align_timer.start()

        self._tasks.run(lambda: align(source, published), then)

    def _follow(self) -> None:
        if self._line is None or self._line_starts is None or not self._ready:
            return
        index, fraction = line_fraction(self._line, self._line_starts, self._source.count("\n") + 1)
        self._bridge.followed.emit(index, fraction)

    # ---- a crashed page

    def _on_renderer_ended(
        self, status: QWebEnginePage.RenderProcessTerminationStatus, _exit_code: int
    ) -> None:
        if status == QWebEnginePage.RenderProcessTerminationStatus.NormalTerminationStatus:
            return
        self._ready = False
        self._in_flight = None
        now = time.monotonic()
        self._crashes.append(now)
        if len(self._crashes) == _MOST_CRASHES and now - self._crashes[0] < _CRASH_TIME:
            sentence = _(
                "The preview stopped {count} times within a minute and is switched off. "
                "Your text is safe; open the post again to start the preview."
            ).format(count=_MOST_CRASHES)
            self._given_up = True
            self.show_notice(sentence)
        else:
            sentence = _("The preview stopped and was started again.")
            # Not from within the page's own signal.
            QTimer.singleShot(0, self, self._start_again)
        self.renderer_crashed.emit(sentence)

    def _new_page(self) -> PreviewPage:
        page = PreviewPage(self._profile, self._bridge, self.web)
        page.setBackgroundColor(QColor(self._theme.pane))
        page.renderProcessTerminated.connect(self._on_renderer_ended)
        self.web.setPage(page)
        page.setZoomFactor(self._zoom)
        page.load_shell()
        return page

    def _start_again(self) -> None:
        """Begin with a fresh page: of one whose process ended, the channel can stay dumb (seen with Qt 6.12)."""
        ended = self._page
        self._page = self._new_page()
        ended.deleteLater()

    # ---- context menu

    def _on_link_pointed(self, href: str) -> None:
        self._pointed = href

    def _open_context_menu(self, position: QPoint) -> None:
        menu = self.context_menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.web.mapToGlobal(position))

    def context_menu(self) -> QMenu:
        """Return the menu for what was last pointed at."""
        menu = QMenu(self)
        copy = QAction(_("Copy"), menu)
        copy.setEnabled(self._page.hasSelection())
        copy.triggered.connect(lambda: self._page.triggerAction(QWebEnginePage.WebAction.Copy))
        menu.addAction(copy)
        if href := self._pointed:
            copy_link = QAction(_("Copy link address"), menu)
            copy_link.triggered.connect(lambda: QGuiApplication.clipboard().setText(href))
            menu.addAction(copy_link)
        select_all = QAction(_("Select all"), menu)
        select_all.triggered.connect(lambda: self._page.triggerAction(QWebEnginePage.WebAction.SelectAll))
        menu.addAction(select_all)
        return menu
