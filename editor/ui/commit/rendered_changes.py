"""The pane that shows what changed on the page of a post, as its readers will see it."""

import logging
from collections.abc import Callable
from html import escape
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QHideEvent, QKeySequence, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from editor.proof.rendered_diff import Fold
from editor.site.site import Site
from editor.translation import gettext as _
from editor.translation import ngettext
from editor.ui.commit.changed_page import ChangedPage, PageMaker
from editor.ui.fidelity import FidelityBadge
from editor.ui.icons import icon
from editor.ui.preview.preview_view import PreviewView
from editor.ui.preview.web_pictures import WebPictures
from editor.ui.tasks import PoolTasks
from editor.ui.theme import LIGHT, Theme
from editor.ui.widgets import icon_button

_log = logging.getLogger(__name__)

CHANGES, BEFORE, AFTER = "changes", "before", "after"
_FOLD = "copydesk-fold:"
"""How the address begins that stands for what is folded away; the page lets it through in our own marks only."""
_NARROW = 420
"""Pixels: below that the badge and the count say less."""


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
        self._site_of = site_of
        self._first = first
        self._theme = LIGHT
        self._web: WebPictures | None = None
        self._tasks = PoolTasks(self)
        self._maker = PageMaker()
        self._running = False
        self._wanted: tuple[str | None, str | None, Path] | None = None
        """What is to be rendered once there is time for it."""
        self._asked: tuple[str | None, str | None, Path] | None = None
        """What was asked for last."""
        self._page: ChangedPage | None = None
        self._path = Path()
        self._opened: set[int] = set()
        """The folds that were opened, by their first block."""
        self._rows: list[int | Fold] = []
        """What each block of the view is: a block of the marked page, or a fold."""
        self._revision = 0
        self._number = 0
        """The change that is looked at; 0: none yet."""
        self._site: Site | None = None
        self.view: PreviewView | None = None

        bar = QWidget(self)
        bar.setObjectName("paneBar")
        bar.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        bar.setFixedHeight(40)
        self.switch = QWidget(bar)
        self.switch.setObjectName("lookSwitch")
        self.switch.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        segments = QHBoxLayout(self.switch)
        segments.setContentsMargins(1, 1, 1, 1)
        segments.setSpacing(0)
        group = QButtonGroup(self)
        self.buttons: dict[str, QPushButton] = {}
        for name, words, says in (
            (CHANGES, _("Changes"), _("The page with what changed marked in place")),
            (BEFORE, _("Before"), _("The page as it was")),
            (AFTER, _("After"), _("The page as it is now")),
        ):
            button = self.buttons[name] = QPushButton(words, self.switch)
            button.setObjectName(f"rendered-{name}")
            button.setCheckable(True)
            button.setProperty("segment", True)
            button.setToolTip(says)
            button.setAccessibleDescription(says)
            button.clicked.connect(lambda _checked=False, name=name: self.choose(name))
            group.addButton(button)
            segments.addWidget(button)
        self.buttons[first].setChecked(True)
        self.count = QLabel(bar)
        self.count.setObjectName("renderedCount")
        self.count.setProperty("dim", True)
        self._previous = self._action(_("Previous change"), "Alt+Up", lambda: self._step(-1))
        self._next = self._action(_("Next change"), "Alt+Down", lambda: self._step(1))
        self._steps = [icon_button(action, bar) for action in (self._previous, self._next)]
        self.badge = FidelityBadge(bar)
        layout = QHBoxLayout(bar)
        layout.setContentsMargins(12, 0, 12, 0)
        layout.setSpacing(4)
        layout.addWidget(self.switch, 0, Qt.AlignmentFlag.AlignVCenter)
        layout.addSpacing(6)
        layout.addWidget(self.count)
        for button in self._steps:
            layout.addWidget(button)
        layout.addStretch(1)
        layout.addWidget(self.badge)
        self._bar = bar
        self._words = QLabel(self)
        self._words.setObjectName("renderedWords")
        self._words.setProperty("dim", True)
        self._words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._words.setWordWrap(True)
        self._words.setMargin(24)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(bar)
        rows.addWidget(self._words, 1)
        self._rows_layout = rows
        self._show_count()

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

    def choose(self, name: str) -> None:
        """Show `changes`, the page `before` or `after`."""
        self.buttons[name].setChecked(True)
        self._fill()

    @property
    def chosen(self) -> str:
        """Which of them is shown."""
        return next(name for name, button in self.buttons.items() if button.isChecked())

    def set_theme(self, theme: Theme) -> None:
        """Colour the pane and its page."""
        self._theme = theme
        self._previous.setIcon(icon("chevron-up", theme.dim))
        self._next.setIcon(icon("chevron-down", theme.dim))
        self.badge.set_theme(theme)
        if self.view is not None:
            self.view.set_theme(theme)

    def set_web(self, web: WebPictures | None) -> None:
        """Show pictures of the web that `web` fetches, where the person allows it."""
        self._web = web
        if self.view is not None:
            self.view.set_web_pictures(web)

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
        self._fit_bar()

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
        self._tasks.run(
            lambda: self._maker.make(site, path, before, after),
            lambda page: self._take(site, path, page),
            self._fail,
        )

    def _take(self, site: Site, path: Path, page: ChangedPage) -> None:
        self._running = False
        if self._wanted is not None:
            self._render()
            return
        self._rest()
        moved = path != self._path
        self._page, self._path = page, path
        self._turn_to(site, path)
        self.buttons[BEFORE].setEnabled(page.before is not None)
        self.buttons[AFTER].setEnabled(page.after is not None)
        if moved:
            self.buttons[self._first].setChecked(True)
        if not self.buttons[self.chosen].isEnabled():
            self.buttons[CHANGES].setChecked(True)
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
        self._page = None
        self._words.setText(words)
        self._words.show()
        if self.view is not None:
            self.view.hide()
        self.badge.show_reasons(None)
        self._show_count()

    def _turn_to(self, site: Site, path: Path) -> None:
        """Let pictures be those that the post has."""
        view = self.view or self._make_view()
        if site is not self._site or path != self._path:
            self._site = site
        view.set_site(site.root, lambda url: site.resolve(url, path))

    def _make_view(self) -> PreviewView:
        view = self.view = PreviewView(self._tasks, self)
        view.web.setObjectName("renderedPage")
        view.web.setAccessibleName(_("The page with its changes"))
        view.set_theme(self._theme)
        view.set_web_pictures(self._web)
        view.link_activated.connect(self._on_link)
        view.settled.connect(self._on_settled)
        self._rows_layout.addWidget(view, 1)
        self.setFocusProxy(view)
        return view

    # ---- the page

    def _fill(self) -> None:
        """Show what is chosen, from its beginning."""
        page, view = self._page, self.view
        if page is None or view is None:
            return
        if page.latest is None:
            self._say(page.error or _("There is no page to show."))
            return
        self._words.hide()
        view.show()
        marked = page.marked if self.chosen == CHANGES else None
        version = page.before if self.chosen == BEFORE else page.latest
        view.set_marks(marked.key if marked is not None else "")
        view.open_post(str(self._path))
        if marked is not None:
            self._rows = self._folded()
            blocks = [self._row(row) for row in self._rows]
        else:
            self._rows = []
            blocks = version.pieces if version is not None else []
        self._revision += 1
        view.show_patch([(0, None, [(html, None) for html in blocks])], 0, self._revision)
        view.show_notice(self._notice())
        self.badge.show_reasons(page.latest.reasons)
        self._show_count()

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

    def _notice(self) -> str | None:
        """Return what is said above the page, if anything."""
        page = self._page
        if page is None:
            return None
        if page.error:
            return _("A version of this page can't be rendered. {reason}").format(reason=page.error)
        if self.chosen != CHANGES:
            return None
        if page.before is None:
            return _("This post is new: all of its page is.")
        if page.after is None:
            return _("This post is deleted. Its page was this one.")
        if page.marked is not None and not page.marked.count:
            return _("Nothing changes on the page of this post.")
        return None

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
        number = self._number
        for place, row in enumerate(self._rows):
            if isinstance(row, int):
                low, high = self._page.marked.blocks[row].changes
                if low <= number <= high and high:
                    self.view.show_change(number, place)
                    break
        self._show_count()

    def _show_count(self) -> None:
        count = self._changes
        self._number = min(self._number, count)
        words = ngettext("{count} change", "{count} changes", count).format(count=count) if count else ""
        if self._number:
            words = _("{number} of {count}").format(number=self._number, count=count)
        self.count.setText(words)
        self.count.setVisible(bool(words))
        for button, action in zip(self._steps, (self._previous, self._next), strict=True):
            button.setVisible(bool(count))
            action.setEnabled(bool(count))
        self._fit_bar()

    def _fit_bar(self) -> None:
        self.badge.set_wordless(self.width() < _NARROW + self.count.sizeHint().width())

    def _action(self, words: str, keys: str, act: Callable[[], None]) -> QAction:
        action = QAction(words, self)
        action.setShortcut(QKeySequence(keys))
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        action.setIcon(icon("chevron-up" if "Up" in keys else "chevron-down", LIGHT.dim))
        action.triggered.connect(lambda _checked=False: act())
        self.addAction(action)
        return action


def _fold_words(fold: Fold) -> str:
    if fold.all_paragraphs:
        words = ngettext("{count} paragraph unchanged", "{count} paragraphs unchanged", fold.count)
    else:
        words = ngettext("{count} passage unchanged", "{count} passages unchanged", fold.count)
    return words.format(count=fold.count)
