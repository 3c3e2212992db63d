"""The menus of problems: what mends those at a place of the text, and what a rule is about."""

from collections.abc import Callable, Sequence

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QMenu, QWidget, QWidgetAction

from editor.proof.diagnostic import Diagnostic
from editor.translation import gettext as _

_MOST = 8
"""Problems at a place: more are in the panel."""
_WIDTH = 380
"""Pixels after which a sentence goes on in the next line."""

Mend = Callable[[Diagnostic], None]


def add_problems(menu: QMenu, problems: Sequence[Diagnostic], mend: Mend, *, before: QAction | None) -> None:
    """Put the sentences of `problems` into `menu`, each with what mends it, in front of `before`, or at the end."""
    first: QAction | None = None
    added: list[QAction] = []
    for problem in problems[:_MOST]:
        added.append(_sentence(menu, problem.message))
        if problem.fix is not None:
            action = QAction(problem.fix.title.replace("&", "&&"), menu)
            action.triggered.connect(lambda _checked=False, problem=problem: mend(problem))
            first = first or action
            added.append(action)
    if before is not None:
        menu.insertActions(before, added)
        menu.insertSeparator(before)
    else:
        menu.addActions(added)
        if first is not None:
            menu.setActiveAction(first)


def problems_menu(parent: QWidget, problems: Sequence[Diagnostic], mend: Mend) -> QMenu:
    """Return a menu of `problems`, which deletes itself; the first of what mends them is chosen."""
    menu = QMenu(parent)
    menu.setObjectName("problemsMenu")
    menu.aboutToHide.connect(menu.deleteLater)
    add_problems(menu, problems, mend, before=None)
    return menu


def rule_menu(parent: QWidget, code: str, says: str, ignore: Callable[[], None] | None) -> QMenu:
    """Return a menu that says what the rule `code` finds; `ignore` leaves it out for the site."""
    menu = QMenu(parent)
    menu.setObjectName("ruleMenu")
    menu.aboutToHide.connect(menu.deleteLater)
    menu.addAction(_sentence(menu, f"{code}: {says}" if says else code))
    if ignore is not None:
        action = menu.addAction(_("&Ignore this rule for the site"))
        action.setToolTip(_("Writes it into the site's copydesk.toml"))
        action.triggered.connect(ignore)
    return menu


def _sentence(menu: QMenu, words: str) -> QWidgetAction:
    """Return an entry that only says something; its lines break."""
    label = QLabel(words, menu)
    label.setWordWrap(True)
    label.setProperty("look", "menuWords")
    label.setContentsMargins(10, 4, 10, 4)
    label.setFixedWidth(min(_WIDTH, label.fontMetrics().horizontalAdvance(words) + 24))
    action = QWidgetAction(menu)
    action.setText(words)
    action.setDefaultWidget(label)
    action.setEnabled(False)
    return action
