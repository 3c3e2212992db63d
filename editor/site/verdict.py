"""The publish verdict: what the next build does with a post, and why, in words."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from editor.site.date_style import day_text, read_date
from editor.site.generators.publish_way import key_in, value_at
from editor.site.generators.rules import Source
from editor.site.publish_case import Case, spelled
from editor.site.publish_edits import local_day
from editor.site.site import Site
from editor.translation import gettext as _
from editor.translation import ngettext


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
    ignored: str = ""
    """The field that is to make a draft of it, where the generator publishes it all the same: `draft: true`."""


def verdict(site: Site, path: Path, source: Source, now: datetime) -> Verdict:
    """Return what the build at the time `now` (the writer's, with a time zone) makes of the post `path`.

    `source` is what the generator reads in it (`Site.read`). Some generators look at files of the site for that:
    not for the GUI thread.
    """
    case = Case(site, path, source, now)
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


def _published(case: Case) -> Verdict:
    where = _at(case, _("at {url} on the next build"), _("on the next build"))
    line = _("Published at {url}").format(url=case.url) if case.url else _("Published by the next build")
    if case.mark:
        reason = _("{generator} ignores `{field}`").format(generator=case.label, field=case.mark)
        reads = _reads(case)
        if reads:
            reason = _("{said}, it reads {what}").format(said=reason, what=reads)
        said = _("Published: {reason}").format(reason=reason)
        headline = _("Published all the same")
        return Verdict("warn", said, headline, where, (_ended(reason),), ignored=case.mark)
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


def _draft(case: Case) -> Verdict:
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
        where = _("If it were published today, its address would be {url}").format(url=trial.url)
    return Verdict("neutral", _("Hidden: draft"), _("Hidden: draft"), where, tuple(reasons))


def _scheduled(case: Case) -> Verdict:
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


def _hidden(case: Case) -> Verdict:
    reason = case.publication.reason
    if not reason and not case.site.is_post(case.path):
        line, where = _("Not a post of this site"), _("The site does not publish it as a post.")
        if case.way.dated_names and case.path.parent.name == case.way.posts_folder:
            where = _("Its name must begin with a date, such as {name}.").format(
                name=f"{case.now:%Y-%m-%d}-{case.path.name}"
            )
        return Verdict("neutral", line, _("Not a post"), where)
    if case.publication.published:
        where = _at(case, _("at {url}, where no list leads"), _("no list leads there"))
        line = _("Unlisted: at {url}").format(url=case.url) if case.url else _("Unlisted")
        return Verdict("neutral", line, _("Unlisted"), where, _reason(case))
    expiry = key_in(case.values, "expiryDate", any_case=True)
    day = read_date(value_at(case.values, expiry)) if expiry else None
    if not reason and day is not None and local_day(day, case.now) <= case.now.date():
        reason = _("it expired on {day}").format(day=day_text(day))
    cause = case.mark or _cause(case.values)
    if not reason and cause:
        reason = _("`{field}` keeps it out").format(field=cause)
    if not reason:
        reason = _("the post or the site's configuration keeps it out")
    where = _("The next build leaves it out")
    line = _("Hidden: {reason}").format(reason=reason)
    return Verdict("neutral", line, _("Hidden"), where, (_ended(_capital(reason)),))


def _invalid(case: Case) -> Verdict:
    problem = case.publication.problem
    if case.way.skips_invalid:
        line = _("{generator} leaves it out: {problem}").format(generator=case.label, problem=problem)
        return Verdict("bad", line, _("Left out of the build"), _ended(problem), _reason(case))
    line = _("The build fails: {problem}").format(problem=_small(problem))
    return Verdict("bad", line, _("The build fails"), _ended(problem), _reason(case))


def _of_folder(case: Case) -> Verdict:
    """Return the verdict on a post of a folder that no generator owns."""
    publication = case.publication
    where = _("No generator is known for this folder")
    if publication.state == "invalid":
        problem = publication.problem
        return Verdict("bad", problem, _("The front matter can't be read"), _ended(problem))
    headline = _("Draft") if publication.state == "draft" else _("No draft")
    return Verdict("neutral", headline, headline, where)


def _cause(values: Mapping[str, Any]) -> str:
    """Return the field, other than a draft's mark, that keeps a post out of the build; empty without one."""
    for key, value in values.items():
        name = str(key).lower()
        if (name, value) in (("render", False), ("permalink", False), ("headless", True)):
            return f"{key}: {spelled(value)}"
        if name == "status" and str(value).strip().lower() == "skip":
            return f"{key}: {value}"
        if name in ("build", "_build") and isinstance(value, Mapping) and "render" in value:
            return f"render: {spelled(value['render'])}"
    return ""


def _reason(case: Case) -> tuple[str, ...]:
    reason = case.publication.reason
    return (_ended(_capital(reason)),) if reason else ()


def _reads(case: Case) -> str:
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


def _at(case: Case, with_url: str, without: str) -> str:
    return with_url.format(url=case.url) if case.url else without


def _capital(text: str) -> str:
    """Return the text as a sentence begins; a name such as draft_docs stays as it is."""
    return text[:1].upper() + text[1:] if "_" not in text.partition(" ")[0] else text


def _small(text: str) -> str:
    """Return a sentence as it goes on behind a colon; what begins with a name or a key stays as it is."""
    return (
        text[:1].lower() + text[1:] if text.startswith(("The ", "This ", "It ", "There ", "Its ")) else text
    )


def _ended(text: str) -> str:
    return text if not text or text.endswith((".", "!", "?")) else text + "."
