"""The list of posts: a heading for each year, and under it a row for each post."""

import datetime
import unicodedata
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QAbstractListModel, QDate, QLocale, QModelIndex, QObject, QPersistentModelIndex, Qt

from editor.site.index import PostSummary
from editor.translation import gettext as _

_Index = QModelIndex | QPersistentModelIndex

POST_ROLE = int(Qt.ItemDataRole.UserRole)
"""The PostSummary of a row; None for a heading."""


class PostListModel(QAbstractListModel):
    """Posts in the order in which they are given, under headings of their years; a filter leaves some out."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._posts: list[PostSummary] = []
        self._searched: list[str] | None = None
        """What the filter looks at, for each post; made when it is first used."""
        self._filter: list[str] = []
        self._rows: list[PostSummary | str] = []
        """What is shown; a text is a heading."""
        self._places: dict[Path, int] = {}
        self._unsaved: frozenset[Path] = frozenset()

    def show_posts(self, posts: Sequence[PostSummary]) -> None:
        """Show `posts`, newest first as the index has them."""
        self._posts = list(posts)
        self._searched = None
        self._rebuild()

    def show_matching(self, text: str) -> None:
        """Leave out posts that lack one of the words of `text`, whatever their capitals and accents."""
        words = _folded(text).split()
        if words != self._filter:
            self._filter = words
            self._rebuild()

    def set_unsaved(self, paths: set[Path]) -> None:
        """Mark the posts at `paths`, and no others, as open with unsaved changes."""
        changed = self._unsaved.symmetric_difference(paths)
        self._unsaved = frozenset(paths)
        for path in changed:
            index = self.index_of(path)
            if index.isValid():
                self.dataChanged.emit(index, index)

    def is_unsaved(self, post: PostSummary) -> bool:
        """Return whether `post` is open with unsaved changes."""
        return post.path in self._unsaved

    def count(self) -> int:
        """Return how many posts there are, with those that the filter leaves out."""
        return len(self._posts)

    def shown_count(self) -> int:
        """Return how many posts the filter lets through."""
        return len(self._places)

    def row(self, number: int) -> PostSummary | str:
        """Return what row `number` shows: a post, or the text of a heading."""
        return self._rows[number]

    def index_of(self, path: Path | None) -> QModelIndex:
        """Return the place of a post, an invalid one where it is not shown."""
        row = self._places.get(path) if path is not None else None
        return QModelIndex() if row is None else self.index(row)

    def first_post(self) -> QModelIndex:
        """Return the place of the first post that is shown, an invalid one where there is none."""
        return self.index(next(iter(self._places.values()))) if self._places else QModelIndex()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - as Qt declares it
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if isinstance(row, str):
            return row if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole) else None
        if role == Qt.ItemDataRole.DisplayRole:
            return shown_title(row)
        if role == POST_ROLE:
            return row
        if role == Qt.ItemDataRole.AccessibleTextRole:
            heard = [shown_title(row), state_words(row.state), detail(row)]
            return ", ".join(heard + ([_("unsaved changes")] if self.is_unsaved(row) else []))
        return _tool_tip(row, self.is_unsaved(row)) if role == Qt.ItemDataRole.ToolTipRole else None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        if not index.isValid() or isinstance(self._rows[index.row()], str):
            return Qt.ItemFlag.NoItemFlags  # a heading: neither the keyboard nor the mouse stops there
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren

    def _matching(self) -> list[PostSummary]:
        if not self._filter:
            return self._posts
        if self._searched is None:
            self._searched = [_searched(post) for post in self._posts]
        return [
            post
            for post, text in zip(self._posts, self._searched, strict=True)
            if all(word in text for word in self._filter)
        ]

    def _rebuild(self) -> None:
        rows: list[PostSummary | str] = []
        places: dict[Path, int] = {}
        heading = None
        for post in self._matching():
            year = _heading(post)
            if year != heading:
                heading = year
                rows.append(year)
            places[post.path] = len(rows)
            rows.append(post)
        if len(rows) == len(self._rows) and places == self._places:
            # The same posts at the same places, as after each save: only what is said of them differs.
            changed = [number for number, row in enumerate(rows) if row != self._rows[number]]
            self._rows = rows
            for number in changed:
                self.dataChanged.emit(self.index(number), self.index(number))
            return
        self.beginResetModel()
        self._rows, self._places = rows, places
        self.endResetModel()


def shown_title(post: PostSummary) -> str:
    """Return what the list calls a post."""
    return post.title or post.path.name


def detail(post: PostSummary) -> str:
    """Return what stands below a post's title: its day and category, or what is wrong with it."""
    if post.state == "invalid" and post.problem:
        return post.problem
    about = next(iter(post.categories or post.tags), "")
    day = shown_day(post.date)
    return f"{day} · {about}" if about else day


def state_words(state: str) -> str:
    """Return a post's state as people say it."""
    return {
        "draft": _("draft"),
        "scheduled": _("scheduled"),
        "published": _("published"),
        "hidden": _("hidden"),
        "invalid": _("can't be published"),
    }.get(state, state)


def shown_day(date: str) -> str:
    """Return the day of an ISO 8601 date in the person's way; another text as it stands, none in words.

    It is the day that the file names: no time zone moves it.
    """
    try:
        day = datetime.date.fromisoformat(date[:10])
    except ValueError:
        return date or _("No date")
    return QLocale().toString(QDate(day.year, day.month, day.day), _("d MMM yyyy"))


def _searched(post: PostSummary) -> str:
    named = (shown_title(post), post.path.stem, post.date, *post.categories, *post.tags, *post.authors)
    return _folded("\n".join(named))


def _heading(post: PostSummary) -> str:
    try:
        return str(datetime.date.fromisoformat(post.date[:10]).year)
    except ValueError:
        return _("No date")


def _tool_tip(post: PostSummary, unsaved: bool) -> str:
    lines = [str(post.path), state_words(post.state).capitalize()]
    if post.problem:
        lines.append(post.problem)
    if unsaved:
        lines.append(_("Has unsaved changes"))
    return "\n".join(lines)


def _folded(text: str) -> str:
    """Return `text` without capitals and accents, for comparing."""
    if text.isascii():
        return text.casefold()
    parts = unicodedata.normalize("NFKD", text)
    return "".join(part for part in parts if not unicodedata.combining(part)).casefold()
