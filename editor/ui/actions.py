"""The window's actions, in one table: what each is called, its shortcut, icon and menu."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence

from editor.translation import gettext as _
from editor.ui.icons import icon
from editor.ui.theme import Theme

Standard = QKeySequence.StandardKey


@dataclass(frozen=True, slots=True)
class ActionRow:
    """One action."""

    id: str
    menu: str
    """The id of the menu it stands in."""
    text: str
    """Translated, with its mnemonic."""
    shortcut: str | QKeySequence.StandardKey | None = None
    icon: str | None = None
    checkable: bool = False
    separator: bool = False
    """Whether a line is drawn above it."""
    short: str = ""
    """What a button of it says, where that is shorter."""


def action_rows() -> list[ActionRow]:
    """Return the table; a function, since its words are translated."""
    row = ActionRow
    return [
        row("new_post", "file", _("&New post…"), Standard.New, "plus"),
        row("open_post", "file", _("&Open post…"), Standard.Open, "file"),
        row("open_site", "file", _("Open s&ite…"), "Ctrl+Shift+O", "folder"),
        row("save", "file", _("&Save"), Standard.Save, "save", separator=True),
        row("save_as", "file", _("Save &as…"), "Ctrl+Shift+S"),
        row("reload", "file", _("&Reload from disk"), "F5", "refresh"),
        row("versions", "file", _("Saved &versions…"), "Ctrl+Alt+H", "clock"),
        row("post_history", "file", _("&History of this post…"), "Ctrl+Shift+H", "clock"),
        row("trust", "file", _("&Trust this site…"), None, "lock", separator=True),
        row("web_pictures", "file", _("Load this site's &pictures from the web"), None, checkable=True),
        row("open_in_browser", "file", _("Open in &browser"), None, separator=True),
        row("serve", "file", _("Ser&ve the site"), None, checkable=True),
        row("print", "file", _("&Print…"), "Ctrl+Shift+P", separator=True),
        row("export_pdf", "file", _("Export as P&DF…"), None),
        row("close_post", "file", _("&Close post"), Standard.Close, separator=True),
        row("quit", "file", _("&Quit"), "Ctrl+Q"),
        row("undo", "edit", _("&Undo"), Standard.Undo, "undo"),
        row("redo", "edit", _("&Redo"), Standard.Redo, "redo"),
        row("cut", "edit", _("Cu&t"), Standard.Cut, separator=True),
        row("copy", "edit", _("&Copy"), Standard.Copy),
        row("paste", "edit", _("&Paste"), Standard.Paste),
        row("select_all", "edit", _("Select &all"), Standard.SelectAll),
        row("find", "edit", _("&Find…"), Standard.Find, "search", separator=True),
        row("replace", "edit", _("R&eplace…"), "Ctrl+H", "replace"),
        row("find_next", "edit", _("Find ne&xt"), "F3"),
        row("find_previous", "edit", _("Find pre&vious"), "Shift+F3"),
        row("find_in_preview", "edit", _("Find in the previe&w…"), "Ctrl+Alt+F"),
        row("settings", "edit", _("&Settings file"), "Ctrl+,", "settings", separator=True),
        row("library", "view", _("&Library"), "F7", "sidebar", checkable=True),
        row("preview", "view", _("&Preview"), "F9", "eye", checkable=True),
        row("inspector", "view", _("Front matter &form"), "Shift+F9", "panel-right", checkable=True),
        row("problems", "view", _("Pro&blems"), "Ctrl+F8", checkable=True),
        row(
            "fold",
            "view",
            _("F&old the front matter in the text"),
            "Ctrl+Shift+.",
            checkable=True,
            separator=True,
        ),
        row("line_numbers", "view", _("Line &numbers"), None, checkable=True),
        row("wrap", "view", _("&Wrap long lines"), "Alt+Z", checkable=True),
        row("follow", "view", _("S&croll text and preview together"), None, checkable=True),
        row("zoom_in", "view", _("Zoom &in"), "Ctrl+=", separator=True),
        row("zoom_out", "view", _("Zoom o&ut"), "Ctrl+-"),
        row("zoom_reset", "view", _("Actual si&ze"), "Ctrl+Shift+0"),
        row("width_pane", "width", _("As wide as the &pane"), None, checkable=True),
        row("width_phone", "width", _("As wide as a p&hone"), None, "phone", checkable=True),
        row("width_tablet", "width", _("As wide as a &tablet"), None, "tablet", checkable=True),
        row("width_desktop", "width", _("As wide as a &desktop"), None, "monitor", checkable=True),
        row("theme_system", "theme", _("As the &system"), None, checkable=True),
        row("theme_light", "theme", _("&Light"), None, "sun", checkable=True),
        row("theme_dark", "theme", _("&Dark"), None, "moon", checkable=True),
        row("published", "view", _("Pu&blished look"), "Ctrl+Alt+P", checkable=True),
        row("as_seen", "view", _("As ot&hers see it…"), "Ctrl+Alt+E"),
        row("review", "view", _("&Review and commit"), "Ctrl+Shift+G", "branch", checkable=True),
        row("fidelity", "view", _("What the pre&view can't show"), "Ctrl+Alt+B"),
        row("next_pane", "view", _("Ne&xt pane"), "F6", separator=True),
        row("menu_bar", "view", _("&Menu bar"), None, checkable=True),
        row("full_screen", "view", _("&Full screen"), "F11", checkable=True),
        row("back", "go", _("&Back"), "Alt+Left", "arrow-left"),
        row("forward", "go", _("&Forward"), "Alt+Right", "arrow-right"),
        row("go_to_post", "go", _("&Go to post…"), "Ctrl+P", "search", short=_("Go to post")),
        row("filter_posts", "go", _("&Search posts"), "Ctrl+Shift+F"),
        row("form", "go", _("Front &matter form"), "Ctrl+;"),
        row("next_problem", "go", _("Next &problem"), "F8", separator=True),
        row("previous_problem", "go", _("Previous p&roblem"), "Shift+F8"),
        row("check_web_links", "go", _("Check the &web links…"), None),
        row("quick_fix", "go", _("&Mend the problem here…"), "Ctrl+."),
        row("help", "help", _("&Keyboard shortcuts"), "F1", "keyboard"),
        row("about", "help", _("&About Copydesk"), None, "info"),
    ]


def menu_titles() -> dict[str, str]:
    """Return id -> title of the menus, in their order."""
    return {
        "file": _("&File"),
        "edit": _("&Edit"),
        "format": _("F&ormat"),
        "view": _("&View"),
        "go": _("&Go"),
        "help": _("&Help"),
    }


class Actions(QObject):
    """The QActions of the table, by id; `connect` says what one does."""

    def __init__(self, rows: list[ActionRow], parent: QObject) -> None:
        super().__init__(parent)
        self.rows = rows
        self._actions: dict[str, QAction] = {}
        for row in rows:
            action = QAction(row.text, self)
            action.setCheckable(row.checkable)
            action.setIconVisibleInMenu(not row.checkable)  # there a mark says whether it is on
            if row.short:
                action.setIconText(row.short)
            if row.shortcut is not None:
                action.setShortcut(QKeySequence(row.shortcut))
            self._actions[row.id] = action

    def __getitem__(self, name: str) -> QAction:
        """Return the action `name`; raises KeyError."""
        return self._actions[name]

    def connect_all(self, slots: dict[str, Callable[[], object]]) -> None:
        """Connect each named action's `triggered`."""
        for name, slot in slots.items():
            self._actions[name].triggered.connect(lambda _checked=False, slot=slot: slot())

    def set_theme(self, theme: Theme) -> None:
        """Colour the icons."""
        for row in self.rows:
            if row.icon:
                self._actions[row.id].setIcon(icon(row.icon, theme.dim, disabled=theme.faint))
