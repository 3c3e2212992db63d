"""MainWindow: the panes, the menus and the bars; no file and no text work."""

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal, SignalInstance
from PySide6.QtGui import QAction, QActionGroup, QCloseEvent, QKeyEvent, QKeySequence
from PySide6.QtWebEngineCore import QWebEnginePage
from PySide6.QtWidgets import (
    QApplication,
    QMainWindow,
    QMenu,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from editor.translation import gettext as _
from editor.ui.actions import Actions, action_rows, menu_titles
from editor.ui.form.form import FrontMatterForm
from editor.ui.icons import icon
from editor.ui.library.library_pane import LibraryPane
from editor.ui.panes import INSPECTOR, LIBRARY, PREVIEW, TEXT, Panes
from editor.ui.preview.find_in_page import FindInPage
from editor.ui.preview.preview_view import PreviewView
from editor.ui.preview_pane import PreviewPane
from editor.ui.preview_width import WIDTHS
from editor.ui.proof.proof_panel import ProofPanel
from editor.ui.start_page import StartPage
from editor.ui.status_line import StatusLine
from editor.ui.text_editor.commands import COMMANDS
from editor.ui.text_editor.find_bar import FindBar
from editor.ui.text_editor.markdown_editor import MarkdownEditor
from editor.ui.text_pane import TextPane
from editor.ui.theme import Theme
from editor.ui.top_bar import TopBar

_BAR_FORMATS = ("bold", "italic", "link", "code", None, "bullet-list", "table", "image", "admonition")
"""The commands on the bar above the text; None is a line between two groups."""
_OF_PANES = (
    "library",
    "preview",
    "inspector",
    "find",
    "replace",
    "find_next",
    "find_previous",
    "find_in_preview",
    "form",
    "problems",
    "next_problem",
    "previous_problem",
    "quick_fix",
    "filter_posts",
)
"""The actions that are of no use but where the panes are."""


class MainWindow(QMainWindow):
    """Everything that can be seen, and nothing that decides.

    Signals:
        close_wanted: the person closes the window; `allow_close` lets it go.
        recent_wanted: the path of a recent post or site, as text.
        panes_wanted: an action is about to be done that needs the panes; it comes before what the action does, which
            may give the focus to one of them.
    """

    panes_wanted = Signal()
    close_wanted = Signal()
    recent_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("mainWindow")
        self.setWindowTitle(_("Copydesk"))
        self.actions_by_id = Actions(action_rows(), self)
        self.formats = self._make_formats()
        self.library = LibraryPane()
        self.editor = MarkdownEditor()
        self.find_bar = FindBar(self.editor)
        self.preview = PreviewView()
        self.preview.find_bar.closed.connect(self.editor.setFocus)
        self.form = FrontMatterForm()
        self.status = StatusLine()
        self.proof_panel = ProofPanel()
        self.proof_panel.hide()
        self.start_page = StartPage(
            [self.actions_by_id[name] for name in ("open_site", "open_post", "new_post")]
        )
        self.text_pane = TextPane(
            self.editor, self.find_bar, [self.formats[name] if name else None for name in _BAR_FORMATS]
        )
        self.preview_pane = PreviewPane(
            self.preview,
            self.actions_by_id["back"],
            self.actions_by_id["forward"],
            {name: self.actions_by_id[name] for name in WIDTHS},
            self.actions_by_id["published"],
        )
        self._text_or_start = QStackedWidget()
        self._text_or_start.addWidget(self.start_page)
        self._text_or_start.addWidget(self.text_pane)
        inspector = QWidget()
        inspector.setObjectName("inspector")
        inspector.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        inspector_layout = QVBoxLayout(inspector)
        inspector_layout.setContentsMargins(0, 0, 0, 0)
        inspector_layout.addWidget(self.form)
        self.panes = Panes(
            {
                LIBRARY: self.library,
                TEXT: self._text_or_start,
                PREVIEW: self.preview_pane,
                INSPECTOR: inspector,
            }
        )
        self.recent_menu = QMenu(_("Open &recent"), self)
        self._menus = self._make_menus()
        everything = QMenu(self)
        for menu in self._menus.values():
            everything.addMenu(menu)
        self.top_bar = TopBar(
            self.actions_by_id["library"],
            self.actions_by_id["inspector"],
            self.actions_by_id["go_to_post"],
            self.actions_by_id["review"],
            self.actions_by_id["post_history"],
            everything,
        )
        body = QWidget(self)
        layout = QVBoxLayout(body)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.top_bar)
        self._pages = QStackedWidget(body)
        writing = QWidget(self._pages)
        beneath = QVBoxLayout(writing)
        beneath.setContentsMargins(0, 0, 0, 0)
        beneath.setSpacing(0)
        beneath.addWidget(self.panes, 1)
        beneath.addWidget(self.proof_panel)
        self._pages.addWidget(writing)
        layout.addWidget(self._pages, 1)
        layout.addWidget(self.status)
        self.setCentralWidget(body)
        self._may_close = False
        self._alt_alone = False
        self._connect_own_actions()

    def add_page(self, page: QWidget) -> None:
        """Take a page that can stand in the place of the panes."""
        self._pages.addWidget(page)

    def show_page(self, page: QWidget | None) -> None:
        """Show `page` in the place of the panes; None: the panes again."""
        if page is None:
            self._pages.setCurrentIndex(0)
        else:
            self._pages.setCurrentWidget(page)

    def shown_page(self) -> QWidget | None:
        """Return what stands in the place of the panes, or None."""
        return self._pages.currentWidget() if self._pages.currentIndex() else None

    def show_text(self, shown: bool) -> None:
        """Show the editor, or the start page where no post is open."""
        pane = self.text_pane if shown else self.start_page
        elsewhere = self.focusWidget()
        self._text_or_start.setCurrentWidget(pane)
        self._text_or_start.setFocusProxy(pane)
        if not shown and (elsewhere is None or not self.library.isAncestorOf(elsewhere)):
            pane.setFocus()
        for name in (
            "save",
            "save_as",
            "reload",
            "close_post",
            "print",
            "export_pdf",
            "as_seen",
            "find",
            "replace",
            "find_next",
            "find_previous",
            "next_problem",
            "previous_problem",
            "problems",
            "quick_fix",
            "check_web_links",
            "post_history",
        ):
            self.actions_by_id[name].setEnabled(shown)
        for action in self.formats.values():
            action.setEnabled(shown)
        self.preview_pane.setEnabled(shown)

    def show_recent(self, posts: list[str], sites: list[str]) -> None:
        """Fill the menu of recent sites and posts."""
        self.recent_menu.clear()
        for group in (sites, posts):
            for path in group:
                action = self.recent_menu.addAction(path.replace("&", "&&"))
                action.triggered.connect(lambda _checked=False, path=path: self.recent_wanted.emit(path))
            self.recent_menu.addSeparator()
        self.recent_menu.setEnabled(bool(posts or sites))

    def set_theme(self, theme: Theme) -> None:
        """Colour everything."""
        self.setPalette(theme.palette())
        self.setStyleSheet(theme.style_sheet())
        self.actions_by_id.set_theme(theme)
        for command in COMMANDS:
            if command.icon:
                self.formats[command.id].setIcon(icon(command.icon, theme.dim, disabled=theme.faint))
        for part in (
            self.library,
            self.text_pane,
            self.preview_pane,
            self.form,
            self.status,
            self.proof_panel,
            self.top_bar,
        ):
            part.set_theme(theme)

    def menus(self) -> dict[str, list[QAction]]:
        """Return title -> actions of each menu, sub-menus taken in."""

        def flat(menu: QMenu) -> list[QAction]:
            found = []
            for action in menu.actions():
                inner = action.menu()
                found += flat(inner) if isinstance(inner, QMenu) else [action]
            return found

        return {menu.title(): flat(menu) for menu in self._menus.values()}

    def next_pane(self) -> None:
        """Move the focus to the next pane that can be seen."""
        page = self.shown_page()
        if page is not None:
            page.next_pane()  # type: ignore[attr-defined]
            return
        order = {
            TEXT: self.editor,
            PREVIEW: self.preview,
            INSPECTOR: self.form,
            LIBRARY: self.library,
        }
        shown = [pane for name, pane in order.items() if self.panes.is_shown(name)]
        focus = QApplication.focusWidget()
        here = next(
            (i for i, pane in enumerate(shown) if focus is pane or (focus and pane.isAncestorOf(focus))), -1
        )
        wanted = shown[(here + 1) % len(shown)]
        wanted.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if wanted is self.preview:
            self.preview.focus_mark.show()

    def allow_close(self) -> None:
        """Close the window, now that nothing can be lost."""
        self._may_close = True
        self.close()

    @property
    def may_close(self) -> bool:
        """Whether it was closed as `allow_close` does, and not by something else that ends the program."""
        return self._may_close

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask first."""
        if self._may_close:
            event.accept()
        else:
            event.ignore()
            # Not from within the event: Qt does not close a window that is being closed.
            QTimer.singleShot(0, self, self.close_wanted.emit)

    # Alt alone shows or hides the menu bar. The keys arrive here since no pane has a use for them; a filter on the
    # application would see every event of the page's own items too, which PySide can't wrap.

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Note whether Alt goes down alone."""
        self._alt_alone = event.key() == Qt.Key.Key_Alt
        super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Show or hide the menu bar when Alt comes up with no other key in between."""
        if event.key() == Qt.Key.Key_Alt and self._alt_alone:
            self.actions_by_id["menu_bar"].trigger()
        self._alt_alone = False
        super().keyReleaseEvent(event)

    def _copy(self) -> None:
        if not self._in_preview(QWebEnginePage.WebAction.Copy):
            self._on_focus("copy")

    def _select_all(self) -> None:
        if not self._in_preview(QWebEnginePage.WebAction.SelectAll):
            self._on_focus("selectAll")

    def _on_focus(self, verb: str) -> None:
        """Call the edit verb of the text widget that has the focus; the text's own, where no field of the form has."""
        focus = QApplication.focusWidget()
        if hasattr(focus, verb):
            getattr(focus, verb)()
        elif not self._focus_in(self.form) and self.shown_page() is None:
            getattr(self.editor, verb)()

    def _step_back(self, in_form: SignalInstance, in_text: Callable[[], None]) -> None:
        """Undo or redo where the focus is: the fields of the form may be those of another file."""
        focus = self.focusWidget()
        if focus is not None and self.form.isAncestorOf(focus):
            in_form.emit()
        else:
            in_text()

    def _in_preview(self, action: QWebEnginePage.WebAction) -> bool:
        """Do `action` in the page where it has the focus, and say whether it has."""
        inside = self._focus_in(self.preview.web)
        if inside:
            self.preview.web.page().triggerAction(action)
        return inside

    def _focus_in(self, widget: QWidget) -> bool:
        focus = QApplication.focusWidget()
        return focus is not None and (focus is widget or widget.isAncestorOf(focus))

    def _bar_to_find_in(self) -> FindBar | FindInPage:
        return self.preview.find_bar if self._focus_in(self.preview) else self.find_bar

    def _find(self) -> None:
        if self._focus_in(self.preview):
            self.preview.find_bar.open_bar()
        else:
            self.find_bar.open_find()

    def _find_in_preview(self) -> None:
        self.panes.show_pane(PREVIEW)
        self.preview.find_bar.open_bar()

    def _alt_was_for_a_shortcut(self) -> None:
        self._alt_alone = False

    def _show_pane_state(self, name: str, shown: bool) -> None:
        if name != TEXT:
            self.actions_by_id[name].setChecked(shown)

    def _make_formats(self) -> dict[str, QAction]:
        actions = {}
        for command in COMMANDS:
            action = QAction(command.text, self)
            if command.shortcut:
                action.setShortcut(QKeySequence(command.shortcut))
                action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            action.triggered.connect(lambda _checked=False, name=command.id: self.editor.run(name))
            actions[command.id] = action
        return actions

    def _make_menus(self) -> dict[str, QMenu]:
        menus = {name: QMenu(title, self) for name, title in menu_titles().items()}
        menus["format"].addActions(list(self.formats.values()))
        theme = QMenu(_("&Theme"), self)
        width = QMenu(_("Preview wi&dth"), self)
        group = QActionGroup(self)
        for row in self.actions_by_id.rows:
            action = self.actions_by_id[row.id]
            if row.menu == "theme":
                group.addAction(action)
                theme.addAction(action)
                continue
            if row.menu == "width":
                width.addAction(action)
                continue
            menu = menus[row.menu]
            if row.separator:
                menu.addSeparator()
            menu.addAction(action)
            if row.id == "open_site":
                menu.addMenu(self.recent_menu)
            if row.id == "zoom_reset":
                menu.addMenu(theme)
                menu.addMenu(width)
        for menu in menus.values():
            self.menuBar().addMenu(menu)
        # Shortcuts have to work while the menu bar is hidden.
        self.addActions([self.actions_by_id[row.id] for row in self.actions_by_id.rows])
        # Those that format the text are the text's: in a field of the form, their keys would change what is not seen.
        self.text_pane.addActions(list(self.formats.values()))
        self.menuBar().hide()
        return menus

    def _connect_own_actions(self) -> None:
        actions = self.actions_by_id
        actions.connect_all(dict.fromkeys(_OF_PANES, self.panes_wanted.emit))
        actions.connect_all(
            {
                "library": lambda: self.panes.toggle(LIBRARY),
                "preview": lambda: self.panes.toggle(PREVIEW),
                "inspector": lambda: self.panes.toggle(INSPECTOR),
                "next_pane": self.next_pane,
                "menu_bar": lambda: self.menuBar().setVisible(actions["menu_bar"].isChecked()),
                "full_screen": lambda: (
                    self.showFullScreen() if actions["full_screen"].isChecked() else self.showNormal()
                ),
                "undo": lambda: self._step_back(self.form.undo_wanted, self.editor.undo),
                "redo": lambda: self._step_back(self.form.redo_wanted, self.editor.redo),
                "cut": lambda: self._on_focus("cut"),
                "copy": self._copy,
                "paste": lambda: self._on_focus("paste"),
                "select_all": self._select_all,
                "find": self._find,
                "replace": self.find_bar.open_replace,
                "find_in_preview": self._find_in_preview,
                "find_next": lambda: self._bar_to_find_in().find_next(),
                "find_previous": lambda: self._bar_to_find_in().find_previous(),
                "quit": self.close,
            }
        )
        self.panes.shown_changed.connect(self._show_pane_state)
        for action in (*self.actions(), *self.formats.values()):
            action.triggered.connect(self._alt_was_for_a_shortcut)
