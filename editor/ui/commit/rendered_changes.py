"""The pane that shows what changed on the page of a post, as its readers will see it."""

import logging
from collections.abc import Callable
from html import escape
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from editor.proof.rendered_diff import Fold
from editor.render.withheld import DIAGRAM, REMOTE_PICTURE
from editor.site.building.results import BuildResult
from editor.site.site import Site
from editor.translation import gettext as _
from editor.translation import ngettext
from editor.ui.commit.changed_page import ChangedPage, PageMaker
from editor.ui.commit.changes_bar import AFTER, BEFORE, CHANGES, ChangesBar
from editor.ui.preview.page_host import Built
from editor.ui.preview.patch import ScreenBlock
from editor.ui.preview.preview_view import PreviewView
from editor.ui.tasks import PoolTasks
from editor.ui.theme import LIGHT, Theme

__all__ = ["AFTER", "BEFORE", "CHANGES", "RenderedChanges"]

_log = logging.getLogger(__name__)

_FOLD = "copydesk-fold:"
"""How the address begins that stands for what is folded away; the page lets it through in our own marks only."""

Change = tuple[str | None, str | None, Path]
"""The text of a post before and after, and its file."""
BuiltPage = tuple[BuildResult, str]
"""A build of the site, and the address of a post's page in it."""


class RenderedChanges(QWidget):
    """Changes, Before or After of one post; the page comes with what changed marked in place.

    Signals:
        link_activated: a link of the page was clicked: its address, as the post has it.
        shown: what was asked for last is on the page.
    """

    link_activated = Signal(str)
    shown = Signal()

    def __init__(
        self, site_of: Callable[[Path], Site | None], parent: QWidget | None = None, first: str = CHANGES
    ) -> None:
        """Take what gives the site of a post, and which of the three is shown first of it."""
        super().__init__(parent)
        self.setObjectName("renderedChanges")
        self.setAccessibleName(_("What changed on the page"))
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._site_of = site_of
        self._first = first
        self._theme = LIGHT
        self._preview: PreviewView | None = None
        self._find_built: Callable[[Path, str], BuiltPage | None] | None = None
        self._tasks = PoolTasks(self)
        self._maker = PageMaker()
        self._running = False
        self._asked: Change | None = None
        """What was asked for last."""
        self._wanted: Change | None = None
        """The same, while it is not rendered yet."""
        self._page: ChangedPage | None = None
        self._built: BuiltPage | None = None
        self._path = Path()
        self._served: tuple[Site, Path] | None = None
        """Whose pictures the view shows."""
        self._on_page: tuple[Path, bool] | None = None
        """What the view shows: of which post, and whether in the Published look."""
        self._opened: set[int] = set()
        """The folds that were opened, by their first block."""
        self._rows: list[int | Fold] = []
        """What each block of the view is: a block of the marked page, or a fold."""
        self._revision = 0
        self._number = 0
        """The change that is looked at; 0: none yet."""
        self.view: PreviewView | None = None

        self.bar = ChangesBar(self, first)
        self.bar.side_chosen.connect(self.choose)
        self.bar.step_wanted.connect(self._step)
        self.bar.published.toggled.connect(lambda _on: self._fill())
        self.buttons = self.bar.buttons
        self.badge = self.bar.badge
        self._words = QLabel(self)
        self._words.setObjectName("renderedWords")
        self._words.setProperty("dim", True)
        self._words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._words.setWordWrap(True)
        self._words.setMargin(24)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self.bar)
        self._column.addWidget(self._words, 1)

    # ---- from outside

    def show_change(self, before: str | None, after: str | None, path: Path) -> None:
        """Show how the page of the post at `path` changes from the text `before` to `after`.

        None as `before`: the post is new; as `after`: it is deleted. What is shown stays until the page is rendered.
        """
        if (before, after, path) == self._asked:
            return
        if self._asked is None or self._asked[2] != path:
            self._opened, self._number = set(), 0
        self._asked = self._wanted = (before, after, path)
        if self.isVisible():
            self._render()

    def choose(self, side: str) -> None:
        """Show CHANGES, the page BEFORE or AFTER."""
        self.bar.choose(side)
        self._fill()

    @property
    def chosen(self) -> str:
        """Which of them is shown."""
        return self.bar.side

    def set_theme(self, theme: Theme) -> None:
        """Colour the pane and its page."""
        self._theme = theme
        self.bar.set_theme(theme)
        self.setStyleSheet(f"#renderedChanges {{ background: {theme.pane}; }}")
        if self.view is not None:
            self.view.set_theme(theme)

    def set_preview(self, preview: PreviewView) -> None:
        """Draw diagrams, and show pictures from the web, as `preview` does, which shows posts of the same site."""
        self._preview = preview

    def set_builds(self, find: Callable[[Path, str], BuiltPage | None] | None) -> None:
        """Take what finds the page that the site's generator built of a post (file, text), for the Published look.

        It is called from another thread.
        """
        self._find_built = find

    @property
    def busy(self) -> bool:
        """Whether a page is rendered, or about to be."""
        return self._running or self._wanted is not None

    def end(self) -> None:
        """End the worker and what runs; the window is about to go."""
        self._wanted = None
        self._maker.stop()
        self._tasks.end()
        self._maker.close()

    def showEvent(self, event: QShowEvent) -> None:
        """Render what was asked for while nobody could see it (Qt)."""
        super().showEvent(event)
        self._render()

    def hideEvent(self, event: QHideEvent) -> None:
        """Let the worker go (Qt)."""
        super().hideEvent(event)
        self._rest()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Say less where there is no room (Qt)."""
        super().resizeEvent(event)
        self.bar.fit()

    # ---- rendering

    def _render(self) -> None:
        if self._running or self._wanted is None:
            return
        (before, after, path), self._wanted = self._wanted, None
        site = self._site_of(path)
        if site is None:
            self._say(_("This file is no post of a site: there is no page to show."))
            return
        self._running = True
        if self._page is None:
            self._say(_("Rendering the page…"))
        find = self._find_built if site.trusted else None

        def make() -> tuple[ChangedPage, BuiltPage | None]:
            page = self._maker.make(site, path, before, after)
            return page, find(path, after) if find is not None and after is not None else None

        self._tasks.run(make, lambda made: self._take(site, path, *made), self._fail)

    def _take(self, site: Site, path: Path, page: ChangedPage, built: BuiltPage | None) -> None:
        self._running = False
        if self._wanted is not None:
            self._render()
            return
        self._rest()
        if path != self._path:
            self.bar.choose(self._first)
        self._page, self._path, self._built = page, path, built
        self.buttons[BEFORE].setEnabled(page.before is not None)
        self.buttons[AFTER].setEnabled(page.after is not None)
        if not self.buttons[self.chosen].isEnabled():
            self.bar.choose(CHANGES)
        view = self.view or self._make_view()
        if self._served is None or self._served[0] is not site or self._served[1] != path:
            self._served = site, path
            view.set_site(site.root, lambda url: site.resolve(url, path))
        self.bar.offer_published(built is not None and page.after is not None)
        self._fill()

    def _rest(self) -> None:
        """End the worker while nobody looks."""
        if self._running or self.isVisible():
            return

        def rested(_none: object) -> None:
            self._running = False
            if self.isVisible():
                self._render()

        self._running = True
        self._tasks.run(self._maker.close, rested)

    def _fail(self, error: Exception) -> None:
        _log.error("the changed page could not be made", exc_info=error)
        self._running = False
        self._say(_("The page can't be shown."))
        self._render()

    def _say(self, words: str) -> None:
        """Show a sentence in the place of the page."""
        self._page = self._on_page = None
        self._words.setText(words)
        self._words.show()
        if self.view is not None:
            self.view.hide()
        self.badge.show_reasons(None)
        self._show_count()

    def _make_view(self) -> PreviewView:
        view = self.view = PreviewView(self._tasks, self)
        view.web.setObjectName("renderedPage")
        view.web.setAccessibleName(_("The page with its changes"))
        view.set_theme(self._theme)
        view.link_activated.connect(self._on_link)
        view.built_link_activated.connect(lambda _address, href: self._on_link(href))
        view.settled.connect(self._on_settled)
        view.placed.connect(self._on_placed)
        self._column.addWidget(view, 1)
        self.setFocusProxy(view)
        return view

    # ---- the page

    def _fill(self) -> None:
        """Show what is chosen; what is seen of a post that is shown already stays where it is."""
        page, view = self._page, self.view
        if page is None or view is None:
            return
        if page.latest is None:
            self._say(page.error or _("There is no page to show."))
            return
        self._words.hide()
        view.show()
        shown = self._draw_as_preview(view)
        side, published = self.chosen, self.bar.published.isChecked()
        marked = page.marked if side == CHANGES else None
        version = page.before if side == BEFORE else page.latest
        view.set_marks(marked.key if marked is not None else "")
        anew = self._on_page != (self._path, published)
        self._on_page = self._path, published
        if anew:
            view.open_post(str(self._path))
        if not published:
            view.show_reading()
        if marked is not None:
            self._rows = self._folded()
            blocks = [self._row(row) for row in self._rows]
        else:
            self._rows = []
            blocks = version.pieces if version is not None else []
        self._revision += 1
        view.show_patch([(0, None, [(html, None) for html in blocks])], 0, self._revision)
        if published and anew:
            self._show_built(view, page)
        view.show_notice(
            _("A version of this page can't be rendered. {reason}").format(reason=page.error)
            if page.error
            else None
        )
        self.badge.show_reasons(page.latest.all_reasons(shown))
        self._show_count()

    def _draw_as_preview(self, view: PreviewView) -> int:
        """Let diagrams and pictures be what they are in the preview; return the kinds that are shown for it."""
        if self._preview is not None:
            view.diagrams.set_script(self._preview.diagrams.script)
            view.set_web_pictures(self._preview.web_pictures)
        shown = DIAGRAM if view.diagrams.can_draw else 0
        return shown | (REMOTE_PICTURE if view.web_pictures is not None else 0)

    def _show_built(self, view: PreviewView, page: ChangedPage) -> None:
        """Show the page in the site's theme: its blocks are looked for in the build, and what differs goes there."""
        if self._built is None or page.after is None:
            return
        result, address = self._built
        # The view has a block before the first, for a title of its own.
        blocks = [ScreenBlock(html, None) for html in ("", *page.after.pieces)]
        for block in blocks:
            block.screen = block.published
        view.show_built(Built(result, address, blocks))

    def _on_placed(self, found: bool) -> None:
        if not found:
            QTimer.singleShot(0, self, self._give_up_look)  # not from within the page's own signal

    def _give_up_look(self) -> None:
        """Show the Reading look, and why."""
        self.bar.offer_published(False)
        if self.view is not None:
            words = _("The post's text was not found in the built page: the Reading look is shown.")
            self.view.show_notice(words)

    def _folded(self) -> list[int | Fold]:
        """Return what the page of changes shows: blocks, and folds in the place of several."""
        assert self._page is not None and self._page.marked is not None
        rows: list[int | Fold] = []
        at = 0
        for fold in self._page.folds:
            rows += range(at, fold.start)
            rows += range(fold.start, fold.end) if fold.start in self._opened else [fold]
            at = fold.end
        rows += range(at, len(self._page.marked.blocks))
        return rows

    def _row(self, row: int | Fold) -> str:
        assert self._page is not None and self._page.marked is not None
        marked = self._page.marked
        if isinstance(row, int):
            return marked.blocks[row].html
        return (
            f'<div class="copydesk-folded"><a data-copydesk-mark="{marked.key} fold"'
            f' href="{_FOLD}{row.start}">⋯ {escape(_fold_words(row))}</a></div>'
        )

    def _summary(self) -> str:
        """Return what is said in the place of a count where there is none."""
        page = self._page
        if page is None or page.error or self.chosen != CHANGES:
            return ""
        site = self._site_of(self._path)
        is_post = site is None or site.is_post(self._path)
        if page.before is None:
            return _("New post") if is_post else _("New page")
        if page.after is None:
            return _("Deleted post") if is_post else _("Deleted page")
        return _("No difference to be seen")

    def _on_link(self, address: str) -> None:
        if address.startswith(_FOLD):
            self._open_fold(int(address.removeprefix(_FOLD)))
        else:
            self.link_activated.emit(address)

    def _open_fold(self, start: int) -> None:
        """Show the blocks of a fold, in its place."""
        place = next(
            (at for at, row in enumerate(self._rows) if isinstance(row, Fold) and row.start == start), None
        )
        if place is None or self.view is None:
            return
        fold = self._rows[place]
        assert isinstance(fold, Fold)
        self._opened.add(start)
        blocks = list(range(fold.start, fold.end))
        self._rows[place : place + 1] = blocks
        self._revision += 1
        entries = [(self._row(block), None) for block in blocks]
        self.view.show_patch([(place, 1, entries)], 0, self._revision)

    def _on_settled(self, revision: int) -> None:
        if revision == self._revision:
            self.shown.emit()

    # ---- from change to change

    @property
    def _changes(self) -> int:
        """How many changes the page shows."""
        if self._page is None or self._page.marked is None or self.chosen != CHANGES:
            return 0
        return self._page.marked.count

    def _step(self, by: int) -> None:
        count = self._changes
        if not count or self.view is None or self._page is None or self._page.marked is None:
            return
        first = 1 if by > 0 else count
        self._number = (self._number - 1 + by) % count + 1 if self._number else first
        for place, row in enumerate(self._rows):
            if isinstance(row, int):
                low, high = self._page.marked.blocks[row].changes
                if high and low <= self._number <= high:
                    self.view.show_change(self._number, place)
                    break
        self._show_count()

    def _show_count(self) -> None:
        self._number = min(self._number, self._changes)
        self.bar.show_count(self._number, self._changes, self._summary())


def _fold_words(fold: Fold) -> str:
    if fold.all_paragraphs:
        words = ngettext("{count} paragraph unchanged", "{count} paragraphs unchanged", fold.count)
    else:
        words = ngettext("{count} passage unchanged", "{count} passages unchanged", fold.count)
    return words.format(count=fold.count)
