"""The preview: the post as it will be published, patched in place while it is written."""

import logging
from collections.abc import Callable, Iterable
from html import escape
from pathlib import Path

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWebEngineCore import QWebEnginePage
from PySide6.QtWebEngineWidgets import QWebEngineView
from PySide6.QtWidgets import QLabel, QMenu, QVBoxLayout, QWidget
from shiboken6 import isValid

from editor.translation import gettext as _
from editor.ui.diagrams.diagram_drawer import DiagramDrawer
from editor.ui.preview.cover import Cover, Veil
from editor.ui.preview.crashes import Answer, Crashes
from editor.ui.preview.find_in_page import FindInPage
from editor.ui.preview.focus_mark import FocusMark
from editor.ui.preview.look import dressing
from editor.ui.preview.looks import Looks
from editor.ui.preview.page import WORLD, Bridge
from editor.ui.preview.page_host import Built, PageHost
from editor.ui.preview.page_lines import PageLines, SourceLines
from editor.ui.preview.page_menu import page_menu
from editor.ui.preview.patch import Change, ScreenBlock
from editor.ui.preview.patches import Patches
from editor.ui.preview.scheme import WEB_BASE, Resolve
from editor.ui.preview.screen_step import ScreenStep
from editor.ui.preview.web_pictures import WebPictures
from editor.ui.tasks import PoolTasks, Tasks
from editor.ui.theme import LIGHT, Theme

_log = logging.getLogger(__name__)


class PreviewView(QWidget):
    """Shows the HTML of one post, block by block.

    All that takes time (math, picture sizes, source lines) runs in `tasks`; the page gets one patch at a time, and
    where several revisions come meanwhile, what lies between the first and the last.

    Signals:
        link_activated: a link was clicked: its address, as the post has it. Nothing has been opened.
        place_activated: a double click: (source line, lines of what begins there, the word, how many of that word stand
            before it in them).
        scrolled: the reader scrolled: (source line, how far down in the view it stands, 0 to 1).
        settled: this revision is painted, the pictures in view loaded or failed.
        placed: whether the post was found in the built page; where it was not, the page stays as it was built.
        theme_work_lost: what the theme's scripts had made of a block that has changed (see Bridge.page_lost).
        built_link_activated: a link of a built page was clicked: (its address in full, as it stands in the page).
        renderer_crashed: one sentence; the page has been started again, or given up.
    """

    link_activated = Signal(str)
    place_activated = Signal(int, int, str, int)
    scrolled = Signal(float, float)
    settled = Signal(int)
    placed = Signal(bool)
    theme_work_lost = Signal(str)
    built_link_activated = Signal(str, str)
    renderer_crashed = Signal(str)

    def __init__(self, tasks: Tasks | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks or PoolTasks(self)
        self._theme = LIGHT
        self._zoom = self._fit = 1.0
        self._marks = ""

        self._patches = Patches()
        self._lines = PageLines(self._tasks, self._patches, self)
        self._title: str | None = None
        self._ready = False
        self._held = False
        """Whether the page is another post's, whose place this one does not take."""
        self._crashes = Crashes()
        self._answer = Answer(self)

        self._follow: tuple[int, int, bool] | None = None
        self._caret: tuple[int, bool] | None = None
        self._anchor: str | None = None
        self._pointed = ""
        self._with_all_awake: list[Callable[[], None]] = []

        self._notice = QLabel(self)
        self._notice.setObjectName("previewNotice")
        self._notice.setAccessibleName(_("About this preview"))
        self._notice.setWordWrap(True)
        self._notice.hide()

        self._bridge = Bridge(self)
        self._bridge.page_ready.connect(self._on_ready)
        self._bridge.page_applied.connect(self._on_applied)
        self._bridge.page_failed.connect(self._on_failed)
        self._bridge.page_settled.connect(self._on_settled)
        self._bridge.page_seen.connect(self._on_seen)
        self._lines.found.connect(self._bridge.measured)
        self._bridge.page_placed.connect(self.placed)
        self._bridge.page_lost.connect(self.theme_work_lost)
        self._bridge.page_left.connect(self.built_link_activated)
        self._bridge.page_scrolled.connect(self.scrolled)
        self._bridge.double_clicked.connect(self.place_activated)
        self._bridge.link_clicked.connect(self.link_activated)
        self._bridge.link_pointed.connect(self._on_link_pointed)
        self._bridge.name_sought.connect(self._on_name_sought)
        self._bridge.all_wanted.connect(self.select_all)

        self.web = QWebEngineView(self)
        self.web.setObjectName("preview")
        self.web.setAccessibleName(_("Preview"))
        self.web.setAcceptDrops(False)
        self.web.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.web.customContextMenuRequested.connect(self._open_context_menu)
        self.find_bar = FindInPage(self.web, self)
        self.find_bar.sought.connect(self._bridge.led)
        self.find_bar.opened.connect(lambda: self._with_all(self.find_bar.count_again))
        self._host = PageHost(self.web, self._bridge, self._tasks)
        self._host.crashed.connect(self._on_crashed)
        self._host.silent.connect(self._on_silent)
        self._host.keep_profiles_until(self)
        self._handler = self._host.handler
        self.diagrams = DiagramDrawer(self)
        self.diagrams.drawn.connect(self._on_drawn)
        self._step = ScreenStep(self._tasks, self._handler.size_of, self._on_prepared, self.diagrams)

        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._notice)
        layout.addWidget(self.web, 1)
        layout.addWidget(self.find_bar)
        self.setFocusProxy(self.web)
        self._cover = Cover(self.web)
        self._veil = Veil(self.web)
        self._looks = Looks(self._host, self._patches, self._step, self._cover, self)
        self._looks.turned.connect(self._on_turned)
        self._looks.chosen.connect(self._put_title)
        self._looks.coming_back.connect(self._on_coming_back)
        self.focus_mark = FocusMark(self.web)

        self.set_theme(self._theme)

    # ---- what is shown

    def set_theme(self, theme: Theme) -> None:
        """Show the page in the colours of `theme`."""
        self._theme = theme
        self._host.set_background(theme.pane)
        self._notice.setStyleSheet(
            f"QLabel {{ background: {theme.warn_wash}; color: {theme.ink}; padding: 7px 16px;"
            f" border: none; border-bottom: 1px solid {theme.line}; }}"
        )
        self.find_bar.set_theme(theme)
        self._veil.set_theme(theme)
        self.focus_mark.set_theme(theme)
        self.diagrams.set_dark(theme.name == "dark")
        if self._ready:
            self._dress()

    def set_site(self, root: Path | None, resolve: Resolve | None) -> None:
        """Serve pictures from the folder `root`; `resolve` finds a file for an address of the open post.

        Where `resolve` is None or answers None, the address counts from `root`. It is called from other threads too.
        Pictures on the page are loaded again.
        """
        self._handler.set_site(root, resolve)
        self.reload_pictures()

    @property
    def web_pictures(self) -> WebPictures | None:
        """What fetches pictures from the web; None: placeholders stand for them."""
        return self._handler.web

    def set_web_pictures(self, web: WebPictures | None) -> None:
        """Show pictures from the web that `web` fetches; None: placeholders."""
        if web is self._handler.web:
            return
        self._handler.web = web
        if self._ready:
            self._dress()
        self.reload_pictures()

    def show_built(self, built: Built) -> None:
        """Show the post in a page that the site's generator has built, and go on changing it there.

        The same page anew is loaded out of sight, and shown where it stood.
        """
        self._looks.show_built(built, stands=self._ready and not self._held)

    def show_reading(self) -> None:
        """Show the post in our own page."""
        self._looks.show_reading()

    @property
    def is_built(self) -> bool:
        """Whether a built page is shown, or on its way."""
        return self._looks.is_built

    @property
    def revision(self) -> int:
        """The revision of the post that the blocks are of; -1: none came yet."""
        return self._patches.revision

    def snapshot(self) -> list[ScreenBlock]:
        """Return the blocks as they are now, to be found in a page that is built from them."""
        return self._patches.blocks.snapshot()

    def _on_turned(self) -> None:
        """Send nothing until the other page is there."""
        self._ready = self._held = False
        self._patches.stop()
        self._answer.stop()
        self._lines.forget()

    def _on_coming_back(self) -> None:
        if self._caret is not None:
            self._caret = self._caret[0], False

    def set_source(self, lines: SourceLines | None) -> None:
        """Take what gives lines of the post as it is now (first line from 0, count); it is called on the GUI thread."""
        self._lines.source = lines

    def set_title(self, title: str | None) -> None:
        """Show `title` above a page that has no heading of the first level, as themes do; None: nothing."""
        if title != self._title:
            self._title = title
            self._put_title()
            self._send()

    def reload_pictures(self) -> None:
        """Load the pictures again: they may have come, gone or changed on disk."""
        self._handler.token += 1
        self._patches.renew()
        blocks = self._patches.blocks
        for index, block in enumerate(blocks.wanted):
            if "<img" in block.published:
                blocks.anew(index, ScreenBlock(block.published, block.lines))
        self._step.prepare(blocks.wanted)
        self._send()

    def open_post(self, key: str) -> None:
        """Make ready for another post: its first HTML replaces what is shown, from the top.

        `key` names the post in the log only. What is shown stays until then, so that nothing flickers.
        """
        _log.debug("the preview turns to %s", key)
        self._handler.token += 1
        self._follow = self._caret = self._anchor = None
        self._with_all_awake = []
        self._patches.turn()
        self._looks.forget_place()
        self._cover.lift()
        self._veil.show_soon()
        self._held = self._looks.is_built  # its page is another one
        self._step.drop()
        self._lines.forget()
        self._title = None
        if self._crashes.too_many:
            self._crashes.forget()
            self.show_notice(None)
            self._host.start_again()

    def set_marks(self, key: str) -> None:
        """Let the marks of changes with this key be seen, in what is shown from now on; empty: there are none."""
        self._marks = key
        if self._ready:
            self._dress()

    def show_change(self, number: int, block: int) -> None:
        """Bring the change with this number into view and put a frame around it; it is in the block at `block`."""
        self._wake(self._patches.blocks.wake_around(block + 1, block + 1))
        script = f"copydeskMarks.show({number})"
        self._when_all_there(lambda: self._host.page.runJavaScript(script, WORLD))

    def keep_awake(self) -> None:
        """Bring all of a long post to the page, however far it is from what is seen: it is to be printed."""
        self._patches.blocks.sleeps = False
        self._wake(self._patches.blocks.wake(0, len(self._patches.blocks.wanted)))

    def show_patch(self, changes: Iterable[Change], first_line: int, revision: int) -> None:
        """Change the blocks that are shown, which makes them those of `revision`.

        `changes` count in the blocks before, from front to back; the first after `open_post` replaces all. `first_line`
        is the line of the file (from 0) where the first block begins. Raises ValueError where there are not so many
        blocks.
        """
        page = self._patches.blocks
        # The first block is the title's.
        if not page.wanted:
            page.wanted.append(ScreenBlock("", 0))
        moved = [(start + 1, removed, blocks) for start, removed, blocks in changes]
        made = page.apply(moved)
        self._lines.first_line = first_line
        self._lines.forget()
        self._patches.revision = revision
        self._put_title()
        self._step.prepare(made)
        self._send()

    def show_notice(self, text: str | None) -> None:
        """Show a sentence in a slim bar above the page; None takes it away."""
        if text:
            self._veil.lift()
        self._notice.setText(text or "")
        self._notice.setVisible(bool(text))

    def follow_line(self, line: int, revision: int = -1, *, bring: bool = True) -> None:
        """Mark the block of the source's `line` (0-based) and open what is closed around it.

        With `bring`, bring it into view, as far as needed. That is done once `revision` is shown, whose line it is.
        """
        self._follow = line, revision, bring
        self._do_follow()

    def scroll_to_line(self, line: float, down: float) -> None:
        """Scroll so that the source's `line` stands `down` in the view, from 0, its top, to 1."""
        if self._ready and not self._patches.reset:
            self._bridge.scrolled.emit(line, down)

    def set_zoom(self, factor: float) -> None:
        """Show the page larger or smaller; 1.0 is its natural size, 0.25 to 5 is possible."""
        self._zoom = factor
        self._host.set_zoom(self._factor())

    def set_fit(self, factor: float) -> None:
        """Show the page smaller by `factor` than the zoom says, so that a wide one fits."""
        if factor != self._fit:
            self._fit = factor
            self._host.set_zoom(self._factor())

    def _factor(self) -> float:
        return min(5.0, max(0.25, self._zoom * self._fit))

    def scroll_to_anchor(self, name: str) -> None:
        """Scroll to the element with the id `name`, now or once the post is on the page."""
        self._anchor = name
        sleeper = self._patches.blocks.asleep_with(escape(name)) if name else None
        if sleeper is not None:
            self._wake(self._patches.blocks.wake_around(sleeper, sleeper))
        if self._settled_down():
            self._go_to_anchor()

    def select_all(self) -> None:
        """Select all of the post."""
        self._with_all(lambda: self._host.page.triggerAction(QWebEnginePage.WebAction.SelectAll))

    def to_picture(self) -> QPixmap:
        """Return what the pane looks like now."""
        return self.grab()

    # ---- from blocks to the page

    def _put_title(self) -> None:
        """Make the first block show the title, or nothing."""
        blocks = self._patches.blocks
        wanted = blocks.wanted
        if not wanted:
            return
        lines = None if len(wanted) > 1 and wanted[-1].lines is None else 0
        shown = self._title and not blocks.heads and not self.is_built  # there the theme shows it
        html = f"<h1>{escape(self._title or '')}</h1>" if shown else ""
        if html != wanted[0].published or lines != wanted[0].lines:
            blocks.anew(0, ScreenBlock(html, lines))

    def _on_drawn(self) -> None:
        """Show the diagrams as they are drawn by now."""
        blocks = self._patches.blocks
        for index, block in enumerate(blocks.wanted):
            if "mermaid" in block.published and not block.asleep:
                blocks.anew(index, ScreenBlock(block.published, block.lines))
        self._step.prepare(blocks.wanted)
        self._send()

    def _on_prepared(self) -> None:
        if isValid(self):
            self._send()

    def _send(self) -> None:
        """Send the next patch, if the page is ready for one and there is something to change."""
        if not self._ready or self._held:
            return
        patch = self._looks.next_patch(f"copydesk://site/{self._handler.token}?", self._lines.first_line)
        if patch is None:
            return
        self._bridge.patched.emit(patch)
        self._answer.await_it(self._host.page)
        self._do_follow()

    def _wake(self, woken: list[ScreenBlock]) -> None:
        """Bring `woken` to the page."""
        if woken:
            self._step.prepare(woken)
            self._send()

    def _with_all(self, then: Callable[[], None]) -> None:
        """Wake all that sleeps, and call `then` when it is on the page."""
        blocks = self._patches.blocks
        self._wake(blocks.wake(0, len(blocks.wanted)))
        self._when_all_there(then)

    def _when_all_there(self, then: Callable[[], None]) -> None:
        """Call `then` when all that was sent is on the page."""
        self._with_all_awake.append(then)
        if self._settled_down():
            self._go_on()

    def _settled_down(self) -> bool:
        """Return whether the page has all that it is to show."""
        return self._ready and self._patches.complete and self._patches.idle and not self._patches.reset

    def _go_on(self) -> None:
        """Do what waited for the page to have all that it is to show."""
        if self._anchor is not None:
            self._go_to_anchor()
        waiting, self._with_all_awake = self._with_all_awake, []
        for then in waiting:
            then()

    def _dress(self) -> None:
        web = WEB_BASE if self._handler.web is not None else ""
        self._bridge.dressed.emit(dressing(self._theme, web, self._marks))

    def _on_ready(self) -> None:
        self._ready = True
        self._patches.start_again()
        self._lines.forget()
        for block in self._patches.blocks.wanted:
            block.marked = False
        self._dress()
        self._send()
        if self._caret is not None and self._follow is None:
            line, bring = self._caret
            self.follow_line(line, bring=bring)

    def _on_silent(self) -> None:
        if not self._ready:
            self._cover.lift()
            self._veil.lift()
            self.placed.emit(False)

    def _on_applied(self, serial: int) -> None:
        if not self._patches.applied(serial):
            return
        self._answer.came()
        self._veil.lift()
        self._send()
        if self._settled_down():
            self._cover.lift_soon()
            self._go_on()

    def _on_failed(self, serial: int, trace: str) -> None:
        self._answer.came()
        _log.warning("patch %s of the preview could not be applied: %s", serial, trace)
        again = self._patches.failed(serial)
        if again and self.is_built:
            self._looks.load_again()
        elif again:
            self._send()

    def _on_settled(self, revision: int) -> None:
        if self._patches.may_settle(revision):
            self.settled.emit(revision)

    def _go_to_anchor(self) -> None:
        self._bridge.anchored.emit(self._anchor)
        self._anchor = None

    def _on_name_sought(self, name: str) -> None:
        if name and self._patches.blocks.asleep_with(escape(name)) is not None:
            self.scroll_to_anchor(name)

    # ---- lines

    def _do_follow(self) -> None:
        if self._follow is None or not self._ready or not self._patches.shows(self._follow[1]):
            return
        line, _revision, bring = self._follow
        self._follow = None
        self._caret = line, bring
        self._bridge.followed.emit(line, bring)

    def _on_seen(self, serial: int, first: int, last: int) -> None:
        if serial == self._patches.serial and self._patches.idle:
            self._lines.look_soon(first, last)
            self._wake(self._patches.blocks.wake_around(first, last))

    # ---- a crashed page

    def _on_crashed(self) -> None:
        self._ready = False
        self._looks.forget_place()
        self._cover.lift()
        self._veil.lift()
        self._patches.stop()
        self._answer.stop()
        sentence = self._crashes.note()
        if self._crashes.too_many:
            self.show_notice(sentence)
        else:
            # Not from within the page's own signal.
            QTimer.singleShot(0, self, self._host.start_again)
        self.renderer_crashed.emit(sentence)

    # ---- context menu

    def _on_link_pointed(self, href: str) -> None:
        self._pointed = href

    def _open_context_menu(self, position: QPoint) -> None:
        menu = self.context_menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.web.mapToGlobal(position))

    def context_menu(self) -> QMenu:
        """Return the menu for what was last pointed at."""
        return page_menu(self._host.page, self._pointed, self.select_all, self)
