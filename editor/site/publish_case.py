"""Case: one post, and all that is asked of it to judge what the next build does with it."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from editor.errors import CopydeskError
from editor.site import publish_places
from editor.site.date_style import as_written_like, day_text, read_date
from editor.site.generators import dates
from editor.site.generators.publish_way import PublishWay, key_in, publish_way, value_at
from editor.site.generators.rules import Publication, Source
from editor.site.publish_edits import local_day
from editor.site.site import Site
from editor.translation import gettext as _

_MARKS = {
    "draft": ("true", "yes", "on", "1"),
    "published": ("false", "no", "off", "0"),
    "status": ("draft", "private", "hidden", "unpublished"),
}
"""Keys, and the values with which writers mean that a post is not to be seen."""


class Case:
    """One post, and what is asked of it to judge it."""

    def __init__(self, site: Site, path: Path, source: Source, now: datetime) -> None:
        """Take the post as its generator reads it; `now` has the writer's time zone."""
        self.site, self.path, self.source, self.now = site, path, source, now
        self.way: PublishWay = publish_way(site.generator)
        self.publication: Publication = site.publication(path, source, now)
        self.values: Mapping[str, Any] = source.values
        with suppress(CopydeskError):  # the publication says so
            self.values = site.rules.merged(path, source.values)
        self.label = self.way.label or site.generator
        self.in_drafts = publish_places.in_drafts(self.way, path)
        self.date = self._date()
        self.mark = self._mark()
        self._trial: Publication | None = None

    @property
    def url(self) -> str:
        """Its address now."""
        return self.publication.url

    def trial(self) -> Publication:
        """Return what Publish would come to."""
        if self._trial is None:
            values = self._redated(dict(self.source.values))
            key = key_in(values, self.way.key, any_case=self.way.any_case) or self.way.key
            values[key] = self.way.published
            place = self.path
            if self.in_drafts:
                day = read_date(self._own_date(values)) or self.now
                place = publish_places.published_place(
                    self.way, self.path, local_day(day, self.now), dated=self.way.dated_names
                )
            self._trial = self._tried(place, values)
        return self._trial

    def can_publish(self) -> bool:
        """Return whether it is a draft, and Publish would change that."""
        if self.source.problem and not self.source.values and self.source.header:
            return False  # what can't be read can't be edited
        state = self.publication.state
        if state in ("scheduled", "published"):
            return False
        if not (self.in_drafts or self.mark or state == "draft"):
            return False
        # A draft may well be one that fails once it is built: the verdict says so. One that fails as a draft must
        # come out well.
        return self.trial().state not in (
            ("draft", "hidden", "invalid") if state == "invalid" else ("draft", "hidden")
        )

    def can_unpublish(self) -> bool:
        """Return whether it is none, and Unpublish would change that."""
        if self.publication.state not in ("scheduled", "published"):
            return False
        if publish_places.draft_place(self.way, self.path) is not None:
            return True
        values = dict(self.source.values)
        values[key_in(values, self.way.key, any_case=self.way.any_case) or self.way.key] = self.way.draft
        return self._tried(self.path, values).state == "draft"

    def facts(self) -> str:
        """Return what in the post decides, in its own words."""
        parts = []
        if self.date is not None:
            parts.append(_("date {day}").format(day=day_text(self.date)))
        if self.in_drafts:
            parts.append(_("in {folder}").format(folder=self.way.drafts_folder))
        key = key_in(self.source.values, self.way.key, any_case=self.way.any_case)
        if key is not None:
            parts.append(f"{key}: {spelled(value_at(self.source.values, key))}")
        elif (handed := key_in(self.values, self.way.key, any_case=self.way.any_case)) is not None:
            mark = f"{handed}: {spelled(value_at(self.values, handed))}"
            parts.append(_("{field} handed down").format(field=mark))
        if self.mark and not any(part.startswith(self.mark) for part in parts):
            parts.append(self.mark)
        return ", ".join(parts)

    def is_future(self) -> bool:
        """Return whether the post's date is still to come, for the writer."""
        if isinstance(self.date, datetime):
            moment = self.date if self.date.tzinfo else self.date.replace(tzinfo=UTC)
            return moment > self.now
        return self.date is not None and self.date > self.now.date()

    def is_let_through(self) -> bool:
        """Return whether the post would wait for its date if it did not say that it is no draft."""
        key = key_in(self.source.values, self.way.key, any_case=self.way.any_case)
        if key is None:
            return False
        values = {name: value for name, value in self.source.values.items() if name != key}
        return self._tried(self.path, values).state == "scheduled"

    def mark_of_published(self) -> str:
        """Return the field that says that it is no draft."""
        key = key_in(self.source.values, self.way.key, any_case=self.way.any_case) or self.way.key
        return f"{key}: {spelled(value_at(self.source.values, key))}"

    def due(self) -> datetime | None:
        """Return from when on a build publishes it."""
        return self.publication.due or dates.as_moment(self.date)

    def zone_is_assumed(self) -> bool:
        """Return whether its date names no zone, and is taken for UTC."""
        due = self.due()
        naive = not isinstance(self.date, datetime) or self.date.tzinfo is None
        return naive and due is not None and due.utcoffset() == timedelta(0)

    def _mark(self) -> str:
        """Return the field with which the writer says that the post is not to be seen; empty without one."""
        for key, value in self.values.items():
            if str(value).strip().lower() in _MARKS.get(str(key).lower(), ()):
                return f"{key}: {spelled(value)}"
        return ""

    def _date(self) -> date | None:
        found = read_date(self._own_date(self.values))
        if found is None and self.way.name_dates:
            found = publish_places.date_of_name(self.path)
        return found

    def _own_date(self, values: Mapping[str, Any]) -> Any:
        key = self._date_key(values)
        return None if key is None else value_at(values, key)

    def _date_key(self, values: Mapping[str, Any]) -> str | None:
        for name in self.way.date_keys:
            key = key_in(values, name, any_case=self.way.any_case)
            if key is not None and read_date(value_at(values, key)) is not None:
                return key
            created = key_in(values, f"{name}.created", any_case=self.way.any_case)
            if created is not None:
                return created
        return None

    def _redated(self, values: dict[str, Any]) -> dict[str, Any]:
        """Return the values with the date that Publish would give the post."""
        if self.way.dated_names and not self.in_drafts:
            return values
        key = self._date_key(values)
        if key is None:
            field = self.site.content_type_of(self.path).field(self.way.date_keys[-1])
            if field is not None and field.required and values.get(field.key) is None:
                values[field.key] = self.now.date()
            return values
        old = value_at(values, key)
        day = read_date(old)
        if day is None or local_day(day, self.now) >= self.now.date():
            return values
        new: Any = self.now.date()
        if isinstance(old, datetime):
            new = self.now if old.tzinfo else self.now.replace(tzinfo=None)
        elif isinstance(old, str):
            new = as_written_like(old, self.now) or old
        first, dot, inner = key.partition(".")
        values[first] = {**values[first], inner: new} if dot else new
        return values

    def _tried(self, place: Path, values: Mapping[str, Any]) -> Publication:
        source = replace(self.source, values=values)
        if not self.source.values and not self.source.header:
            source = replace(source, problem="")  # Publish writes the front matter that is missing
        return self.site.publication(place, source, self.now)


def spelled(value: Any) -> str:
    """Return a value of the front matter as a file writes it."""
    return str(value).lower() if isinstance(value, bool) else str(value)
