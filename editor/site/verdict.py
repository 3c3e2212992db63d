"""The publish verdict: what the next build does with a post, and why, in words."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
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
from editor.translation import ngettext

_MARKS = {
    "draft": ("true", "yes", "on", "1"),
    "published": ("false", "no", "off", "0"),
    "status": ("draft", "private", "hidden", "unpublished"),
}
"""Keys, and the values with which writers mean that a post is not to be seen."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the next build does with a post; all texts are translated."""

    tone: str
    """`good`, `warn`, `bad` or `neutral`."""
    line: str
    """All of it in one line: Published at /2025/10/11/x/."""
    headline: str
    """In two or three words."""
    sentence: str
    """What the headline leaves open, most of all the address."""
    reasons: tuple[str, ...] = ()
    """Sentences: why, where the front matter alone doesn't tell."""
    facts: str = ""
    """What in the post makes it so: date 11 Oct 2025, draft: false."""
    state: str = ""
    """See `Publication.state`."""
    published: bool = False
    """Whether the next build writes it."""
    url: str = ""
    """Its address now, as in `Publication.url`."""
    can_publish: bool = False
    """Whether Publish would change that it is a draft."""
    can_unpublish: bool = False
    """Whether Unpublish would make a draft of it."""


def verdict(site: Site, path: Path, source: Source, now: datetime) -> Verdict:
    """Return what the build at the time `now` (the writer's, with a time zone) makes of the post `path`.

    `source` is what the generator reads in it (`Site.read`). Some generators look at files of the site for that:
    not for the GUI thread.
    """
    case = _Case(site, path, source, now)
    state = case.publication.state
    if not site.generator or site.generator == "plain":
        found = _of_folder(case)
    elif state == "invalid":
        found = _invalid(case)
    elif state == "scheduled":
        found = _scheduled(case)
    elif state == "draft":
        found = _draft(case)
    elif state == "hidden":
        found = _hidden(case)
    else:
        found = _published(case)
    return replace(
        found,
        facts=case.facts(),
        state=state,
        published=case.publication.published,
        url=case.publication.url,
        can_publish=case.can_publish(),
        can_unpublish=case.can_unpublish(),
    )


class _Case:
    """One post, and what is asked of it to judge it."""

    def __init__(self, site: Site, path: Path, source: Source, now: datetime) -> None:
        self.site, self.path, self.source, self.now = site, path, source, now
        self.way: PublishWay = publish_way(site.generator)
        self.publication: Publication = site.publication(path, source, now)
        self.values: Mapping[str, Any] = source.values
        try:
            self.values = site.rules.merged(path, source.values)
        except CopydeskError:
            pass  # the publication says so
        self.label = self.way.label or site.generator
        self.in_drafts = publish_places.in_drafts(self.way, path)
        self.date = self._date()
        self.mark = self._mark()
        self._trial: Publication | None = None

    @property
    def url(self) -> str:
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
        if self.source.problem and not self.source.values and self.source.header:
            return False  # what can't be read can't be edited
        if self.publication.state in ("scheduled", "published"):
            return False
        marked = self.in_drafts or self.mark or self.publication.state == "draft"
        return bool(marked) and self.trial().state not in ("draft", "hidden")

    def can_unpublish(self) -> bool:
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
            parts.append(f"{key}: {_spelled(value_at(self.source.values, key))}")
        elif (handed := key_in(self.values, self.way.key, any_case=self.way.any_case)) is not None:
            spelled = f"{handed}: {_spelled(value_at(self.values, handed))}"
            parts.append(_("{field} handed down").format(field=spelled))
        if self.mark and self.mark.partition(":")[0] != key:
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
        key = key_in(self.source.values, self.way.key, any_case=self.way.any_case) or self.way.key
        return f"{key}: {_spelled(value_at(self.source.values, key))}"

    def due(self) -> datetime | None:
        """Return from when on a build publishes it."""
        return self.publication.due or dates.as_moment(self.date)

    def zone_is_assumed(self) -> bool:
        due = self.due()
        naive = not isinstance(self.date, datetime) or self.date.tzinfo is None
        return naive and due is not None and due.utcoffset() == timedelta(0)

    def _mark(self) -> str:
        """Return the field with which the writer says that the post is not to be seen; empty without one."""
        for key, value in self.values.items():
            if str(value).strip().lower() in _MARKS.get(str(key).lower(), ()):
                return f"{key}: {_spelled(value)}"
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


def _published(case: _Case) -> Verdict:
    where = _at(case, _("at {url} on the next build"), _("on the next build"))
    line = _("Published at {url}").format(url=case.url) if case.url else _("Published by the next build")
    if case.mark:
        reason = _("{generator} ignores `{field}`").format(generator=case.label, field=case.mark)
        reads = _reads(case)
        if reads:
            reason = _("{said}, it reads {what}").format(said=reason, what=reads)
        said = _("Published: {reason}").format(reason=reason)
        return Verdict("warn", said, _("Published all the same"), where, (_ended(reason),))
    if case.is_future() and case.date is not None:
        year = str(case.date.year) if case.date.year != case.now.year else day_text(case.date)
        headline = _("Public now although dated {date}").format(date=year)
        reason = _("{generator} ignores future dates").format(generator=case.label)
        if case.is_let_through():
            reason = _("`{field}` publishes it whatever its date").format(field=case.mark_of_published())
        elif case.site.generator in ("hugo", "jekyll", "nikola"):
            reason = _("the site's configuration lets future dates through")
        return Verdict("warn", f"{headline}: {reason}", headline, where, (_ended(_capital(reason)),))
    return Verdict("good", line, _("Published"), where, _reason(case))


def _draft(case: _Case) -> Verdict:
    reasons = [*_reason(case)]
    trial = case.trial()
    if case.can_publish() and trial.state == "invalid":
        reasons.append(_("Once published, the build would fail: {problem}").format(problem=trial.problem))
    if case.publication.published and case.way.unlisted_drafts:
        line = _("Unlisted: draft, at {url}").format(url=case.url)
        where = _at(case, _("at {url}, where no list leads"), _("no list leads there"))
        return Verdict("neutral", line, _("Unlisted: draft"), where, tuple(reasons))
    if case.publication.published:
        reason = _("the site's configuration publishes drafts")
        line = _("Public now although a draft: {reason}").format(reason=reason)
        where = _at(case, _("at {url} on the next build"), _("on the next build"))
        return Verdict(
            "warn", line, _("Public now although a draft"), where, (_ended(_capital(reason)), *reasons)
        )
    where = _("The next build leaves it out")
    if trial.published and trial.url:
        where = _("Published today, it would be at {url}").format(url=trial.url)
    return Verdict("neutral", _("Hidden: draft"), _("Hidden: draft"), where, tuple(reasons))


def _scheduled(case: _Case) -> Verdict:
    due = case.due()
    if due is None or due <= case.now:
        headline = _("Publishes on a later build")
        when = headline
    else:
        headline = when = _publishes_in(due, case.now)
    if due is not None and case.zone_is_assumed():
        when = _("{said} (build server assumed UTC)").format(said=headline)
    reasons = []
    if due is not None:
        zone = _("UTC") if due.utcoffset() == timedelta(0) else due.strftime("%z")
        moment = _("{day}, {time} {zone}").format(day=day_text(due), time=f"{due:%H:%M}", zone=zone)
        reasons.append(_("Only a build after {moment} has it.").format(moment=moment))
    if case.zone_is_assumed():
        reasons.append(_("Its date names no time zone: the build server is assumed to keep UTC."))
    where = _at(case, _("at {url}"), "")
    return Verdict("warn", when, headline, where, (*_reason(case), *reasons))


def _hidden(case: _Case) -> Verdict:
    reason = case.publication.reason
    if not reason and not case.site.is_post(case.path):
        reason = _("the site has no such page")
    if case.publication.published:
        where = _at(case, _("at {url}, where no list leads"), _("no list leads there"))
        line = _("Unlisted: at {url}").format(url=case.url) if case.url else _("Unlisted")
        return Verdict("neutral", line, _("Unlisted"), where, _reason(case))
    expiry = key_in(case.values, "expiryDate", any_case=True)
    day = read_date(value_at(case.values, expiry)) if expiry else None
    if not reason and day is not None and local_day(day, case.now) <= case.now.date():
        reason = _("it expired on {day}").format(day=day_text(day))
    if not reason and case.mark:
        reason = f"`{case.mark}`"
    if not reason:
        reason = _("the post or the site's configuration keeps it out")
    where = _("The next build leaves it out")
    line = _("Hidden: {reason}").format(reason=reason)
    return Verdict("neutral", line, _("Hidden"), where, (_ended(_capital(reason)),))


def _invalid(case: _Case) -> Verdict:
    problem = case.publication.problem
    if case.way.skips_invalid:
        line = _("{generator} leaves it out: {problem}").format(generator=case.label, problem=problem)
        return Verdict("bad", line, _("Left out of the build"), _ended(problem), _reason(case))
    line = _("The build fails: {problem}").format(problem=_small(problem))
    return Verdict("bad", line, _("The build fails"), _ended(problem), _reason(case))


def _of_folder(case: _Case) -> Verdict:
    """Return the verdict on a post of a folder that no generator owns."""
    publication = case.publication
    where = _("No generator is known for this folder")
    if publication.state == "invalid":
        problem = publication.problem
        return Verdict("bad", problem, _("The front matter can't be read"), _ended(problem))
    headline = _("Draft") if publication.state == "draft" else _("No draft")
    return Verdict("neutral", headline, headline, where)


def _reason(case: _Case) -> tuple[str, ...]:
    reason = case.publication.reason
    return (_ended(_capital(reason)),) if reason else ()


def _reads(case: _Case) -> str:
    """Return what the generator reads instead of a field that it ignores; empty where that is not so simple."""
    name = case.mark.partition(":")[0]
    if case.way.drafts_folder:
        return _("`{key}` and the folder {folder}").format(key=case.way.key, folder=case.way.drafts_folder)
    if name == case.way.key or case.site.generator in ("eleventy", "astro"):
        return ""
    key = case.way.key.capitalize() if case.site.rules.front_matter == "pelican" else case.way.key
    return f"`{key}`"


def _publishes_in(due: datetime, now: datetime) -> str:
    minutes = max(1, round((due - now).total_seconds() / 60))
    hours, days = round(minutes / 60), round(minutes / 1440)
    if minutes < 90:
        return ngettext("Publishes in {count} minute", "Publishes in {count} minutes", minutes).format(
            count=minutes
        )
    if hours < 48:
        return ngettext("Publishes in {count} hour", "Publishes in {count} hours", hours).format(count=hours)
    if days < 60:
        return ngettext("Publishes in {count} day", "Publishes in {count} days", days).format(count=days)
    return _("Publishes on {day}").format(day=day_text(due))


def _at(case: _Case, with_url: str, without: str) -> str:
    return with_url.format(url=case.url) if case.url else without


def _spelled(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _small(text: str) -> str:
    """Return a sentence as it goes on behind a colon; what begins with a name or a key stays as it is."""
    return (
        text[:1].lower() + text[1:] if text.startswith(("The ", "This ", "It ", "There ", "Its ")) else text
    )


def _ended(text: str) -> str:
    return text if not text or text.endswith((".", "!", "?")) else text + "."
