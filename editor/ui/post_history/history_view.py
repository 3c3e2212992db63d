"""HistoryView: the versions of a post by years, and what one of them says, as a page and as differences."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QDateTime, QLocale, Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from editor.git.history import Revision
from editor.post.differences import DiffLine, count_changed
from editor.translation import gettext as _
from editor.translation import ngettext
from editor.ui.commit.rendered_changes import AFTER, BEFORE, RenderedChanges
from editor.ui.diff_view import DiffView
from editor.ui.post_history.entries import Entry, Year
from editor.ui.theme import Theme
from editor.ui.widgets import ChoiceBox, ElidedLabel

NOW, EARLIER = "now", "earlier"
"""What a version is compared with: the text as it is, the version before it."""
_ENTRY = int(Qt.ItemDataRole.UserRole)
_YEAR = _ENTRY + 1
_WIDTH = 290


@dataclass(frozen=True, slots=True)
class Chosen:
    """What is to be shown."""

    entry: Entry
    against: str
    """NOW or EARLIER."""

    @property
    def against_now(self) -> bool:
        """Whether it is compared with the text as it is."""
        return self.against == NOW


class HistoryView(QDialog):
    """Lists versions by years, the latest first; a year stands for what the post said at its end.

    Signals:
        looked_at: the Chosen whose page and differences are to be shown.
        restore_wanted: the Entry to be brought back.
    """

    looked_at = Signal(object)
    restore_wanted = Signal(object)

    def __init__(
        self, title: str, theme: Theme, page: RenderedChanges, parent: QWidget | None = None
    ) -> None:
        """`page` shows a version as a page, beside the differences of its source."""
        super().__init__(parent)
        self.setObjectName("postHistory")
        self.setWindowTitle(_("History of “{title}”").format(title=title))
        self.setAccessibleName(self.windowTitle())
        self.resize(1180, 760)
        self._theme = theme
        self._list = QTreeWidget(self)
        self._list.setObjectName("historyList")
        self._list.setAccessibleName(_("Versions by years"))
        self._list.setHeaderHidden(True)
        self._list.setFixedWidth(_WIDTH)
        self._list.setIndentation(14)
        self._list.setUniformRowHeights(True)
        self._list.currentItemChanged.connect(lambda _now, _before: self._look())
        self._head = QWidget(self)
        self._head.hide()
        self._about = QLabel(self)
        self._about.setObjectName("historyAbout")
        self._about.setProperty("strong", True)
        self._details = ElidedLabel(self)
        self._details.setObjectName("historyDetails")
        self._details.setProperty("dim", True)
        self._note = QLabel(self)
        self._note.setObjectName("historyNote")
        self._note.setProperty("dim", True)
        self._note.setWordWrap(True)
        self._note.hide()
        self._compared = EARLIER
        """What the person wants commits to be compared with; what was saved here is compared with the text alone."""
        self._against = ChoiceBox(self)
        self._against.setObjectName("historyAgainst")
        self._against.setAccessibleName(_("Compared with"))
        self._against.addItem(_("against the version before it"), EARLIER)
        self._against.addItem(_("against the text now"), NOW)
        self._against.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._against.currentIndexChanged.connect(lambda _index: self._compare())
        self.page = page
        for button in page.buttons.values():
            button.setAutoDefault(False)
        page.buttons[AFTER].setText(_("This version"))
        page.buttons[AFTER].setToolTip(_("The page as it was then"))
        self._diff = DiffView(self)
        self._words = QLabel(self)
        self._words.setObjectName("historyWords")
        self._words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._words.setProperty("dim", True)
        self._words.setWordWrap(True)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self._words)
        self._stack.addWidget(self._diff)
        self._switch = QWidget(self)
        self._as_page, self._as_source = self._make_switch()
        self._stack.addWidget(page)
        self._restore = QPushButton(_("Restore this version"), self)
        self._restore.setObjectName("restoreVersion")
        self._restore.setProperty("primary", True)
        self._restore.setAutoDefault(False)
        self._restore.setEnabled(False)
        self._restore.clicked.connect(self._accept)
        self._list.itemActivated.connect(lambda _item, _column: self._restore.setFocus())
        self._lay_out()
        self.set_theme(theme)
        self.show_words(_("Looking for the versions…"))

    def show_entries(self, found: Sequence[Year], saved: Sequence[Entry], note: str = "") -> None:
        """List the commits by years and what was saved here; `note` says why something is missing."""
        self._note.setText(note)
        self._note.setVisible(bool(note))
        self._list.clear()
        newest = found[0].entries[0] if found and found[0].entries else None
        for year in found:
            item = QTreeWidgetItem(self._list, [_year_words(year)])
            item.setData(0, _ENTRY, year.said)
            item.setData(0, _YEAR, str(year.year))
            if not year.entries:
                item.setForeground(0, self.palette().placeholderText())
            for entry in year.entries:
                child = QTreeWidgetItem(item, [_row_words(entry)])
                child.setData(0, _ENTRY, entry)
                child.setToolTip(0, _details(entry))
            item.setExpanded(newest is not None and newest in year.entries)
        if saved:
            item = QTreeWidgetItem(self._list, [_("Saved here")])
            item.setData(0, _ENTRY, saved[0])
            for entry in saved:
                child = QTreeWidgetItem(item, [_moment(entry)])
                child.setData(0, _ENTRY, entry)
            item.setExpanded(not found)
        first = self._list.topLevelItem(0)
        self._head.setVisible(first is not None)
        if first is None:
            self.show_words(_("There is no earlier version of this post."))
        else:
            self._list.setCurrentItem(first.child(0) or first)
            self._list.setFocus()

    def show_differences(self, chosen: Chosen, lines: list[DiffLine], *, same: bool, text: str) -> None:
        """Show what `chosen` changed, or how it differs from the text now; `same`: it is what the text is."""
        if chosen != self.chosen():
            return
        self._diff.show_lines(lines)
        self._restore.setEnabled(not same and not chosen.entry.deleted)
        words = [_details(chosen.entry)]
        if lines:
            count = count_changed(lines)
            words.append(ngettext("{count} line", "{count} lines", count).format(count=count))
        if same:
            words.append(_("as the text is now"))
        if chosen.entry.deleted:
            words.append(_("the file was deleted"))
        elif not text:
            words.append(_("the file was empty"))
        self._details.setText(" · ".join(filter(None, words)))
        self._show_side()

    def show_words(self, words: str) -> None:
        """Say `words` in the place of a version."""
        self._words.setText(words)
        self._stack.setCurrentWidget(self._words)
        self._restore.setEnabled(False)

    def chosen(self) -> Chosen | None:
        """Return what is chosen in the list."""
        item = self._list.currentItem()
        entry = item.data(0, _ENTRY) if item is not None else None
        if not isinstance(entry, Entry):
            return None
        return Chosen(entry, self._compared if isinstance(entry.source, Revision) else NOW)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours."""
        self._theme = theme
        self._diff.set_theme(theme)
        self._against.set_theme(theme)
        self.page.set_theme(theme)

    def _lay_out(self) -> None:
        head = QHBoxLayout(self._head)
        head.setContentsMargins(0, 0, 0, 0)
        head.setSpacing(10)
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addWidget(self._about)
        words.addWidget(self._details)
        head.addLayout(words, 1)
        head.addWidget(self._against)
        head.addWidget(self._switch)
        left = QVBoxLayout()
        left.addWidget(self._list, 1)
        left.addWidget(self._note)
        right = QVBoxLayout()
        right.setSpacing(10)
        right.addWidget(self._head)
        right.addWidget(self._stack, 1)
        middle = QHBoxLayout()
        middle.setSpacing(14)
        middle.addLayout(left)
        middle.addLayout(right, 1)
        buttons = QDialogButtonBox(self)
        buttons.addButton(self._restore, QDialogButtonBox.ButtonRole.ActionRole)
        close = buttons.addButton(_("Close"), QDialogButtonBox.ButtonRole.RejectRole)
        close.setAutoDefault(False)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 16)
        layout.setSpacing(12)
        layout.addLayout(middle, 1)
        layout.addWidget(buttons)
        self._note.setFixedWidth(_WIDTH)

    def _make_switch(self) -> tuple[QPushButton, QPushButton]:
        """Return the two buttons that say which side of a version is shown."""
        self._switch.setObjectName("lookSwitch")
        self._switch.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._switch.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        row = QHBoxLayout(self._switch)
        row.setContentsMargins(1, 1, 1, 1)
        row.setSpacing(0)
        made = []
        for name, words in (("historyPage", _("Page")), ("historySource", _("Source"))):
            button = QPushButton(words, self._switch)
            button.setObjectName(name)
            button.setProperty("segment", True)
            button.setCheckable(True)
            button.setAutoExclusive(True)
            button.setAutoDefault(False)
            button.toggled.connect(lambda _on: self._show_side())
            row.addWidget(button)
            made.append(button)
        made[0].setChecked(True)
        return made[0], made[1]

    def _show_side(self) -> None:
        if self._stack.currentWidget() is self._words and not self._details.text():
            return
        self._stack.setCurrentWidget(self.page if self._as_page.isChecked() else self._diff)

    def _look(self) -> None:
        self._restore.setEnabled(False)
        chosen = self.chosen()
        if chosen is None:
            return
        item = self._list.currentItem()
        year = item.data(0, _YEAR) if item is not None else None
        if item is not None:
            item.setExpanded(True)
        words = _moment(chosen.entry) if year is None else _("At the end of {year}").format(year=year)
        self._about.setText(words)
        self._details.setText(_details(chosen.entry))
        by_git = isinstance(chosen.entry.source, Revision)
        self._against.setEnabled(by_git)
        self._against.blockSignals(True)
        self._against.setCurrentIndex(self._against.findData(chosen.against))
        self._against.blockSignals(False)
        now = chosen.against == NOW
        self.page.buttons[BEFORE].setText(_("The text now") if now else _("The one before"))
        self.page.buttons[BEFORE].setToolTip(_("The page that it is compared with"))
        self.looked_at.emit(chosen)

    def _compare(self) -> None:
        self._compared = str(self._against.currentData())
        self._look()

    def _accept(self) -> None:
        chosen = self.chosen()
        if chosen is not None:
            self.restore_wanted.emit(chosen.entry)
        self.accept()


def _year_words(year: Year) -> str:
    """Return a year and how many versions it has, or which one's it still was."""
    if year.entries:
        count = len(year.entries)
        said = ngettext("{count} version", "{count} versions", count).format(count=count)
    else:
        said = _("as in {year}").format(year=year.said.when.year)
    return f"{year.year}\u2002{said}"


def _row_words(entry: Entry) -> str:
    locale = QLocale()
    day = locale.toString(_local(entry).date(), "d MMM")
    subject = entry.source.subject if isinstance(entry.source, Revision) else ""
    return f"{day}\u2002{subject}"


def _moment(entry: Entry) -> str:
    """Return when a version was made: a commit by its author's clock, as its year is, a saved one by that here."""
    moment = _local(entry)
    day = QLocale().toString(moment.date(), "d MMMM yyyy")
    form = "HH:mm" if isinstance(entry.source, Revision) else "HH:mm:ss"
    return f"{day}, {moment.time().toString(form)}"


def _local(entry: Entry) -> QDateTime:
    when = entry.when if isinstance(entry.source, Revision) else entry.when.astimezone()
    plain = when.replace(tzinfo=None)
    return QDateTime(plain.date(), plain.time())  # type: ignore[call-overload]


def _details(entry: Entry) -> str:
    if not isinstance(entry.source, Revision):
        return _("Saved here")
    return " · ".join((entry.source.subject, entry.source.author, entry.source.hash[:9]))
