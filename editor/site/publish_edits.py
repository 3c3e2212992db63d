"""The edits of Publish and Unpublish in one post's front matter, in the post's own style and the site's."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from editor.errors import SiteError
from editor.post.front_matter import FrontMatter
from editor.post.text_edit import TextEdit
from editor.site import publish_places
from editor.site.date_style import as_written_like, read_date
from editor.site.generators.publish_way import PublishWay, key_in, publish_way, value_at
from editor.site.generators.rules import Publication
from editor.site.habits import Habits, SampledPost, habits_of, sampled_posts
from editor.site.site import Site
from editor.translation import gettext as _

_SOON = timedelta(minutes=1)
"""No build is made in the very moment that a post is dated with."""


@dataclass(frozen=True, slots=True)
class PublishHabits:
    """How this site's posts say that they are published."""

    usual: Habits
    says_published: bool = True
    """Whether a published post has the key (`draft: false`), rather than none."""
    dated: bool = True
    """Whether posts have their date in the front matter."""
    dated_names: bool = False
    """Whether the files in the folder of posts are named by date."""
    updated: str = ""
    """The key in which posts say when they were changed; empty where they don't."""


def publish_habits(site: Site) -> PublishHabits:
    """Return the habits that a sample of the site's posts shows; reads them, so not on the GUI thread."""
    way = publish_way(site.generator)
    usual = habits_of(site)
    posts = [post for post in sampled_posts(site) if not _is_draft(way, post)]
    names = [path for path in site.post_paths() if not publish_places.in_drafts(way, path)]
    dated_names = sum(publish_places.date_of_name(path) is not None for path in names) * 2 > len(names)
    if not posts:
        return PublishHabits(usual, dated=not way.dated_names, dated_names=way.dated_names)
    says = _having(posts, way, way.key)
    return PublishHabits(
        usual,
        says_published=says * 2 >= len(posts),
        dated=any(_having(posts, way, key) * 2 >= len(posts) for key in way.date_keys),
        dated_names=way.dated_names or dated_names,
        updated=next((key for key in way.updated_keys if _having(posts, way, key) * 4 >= len(posts)), ""),
    )


@dataclass
class Draft:
    """A post's front matter while a plan is made: each step edits what the one before left."""

    site: Site
    path: Path
    front_matter: FrontMatter
    way: PublishWay
    habits: PublishHabits
    edits: list[TextEdit] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Refuse a post whose front matter is one to its generator, and none to this program."""
        if self.front_matter.problem is not None:
            raise self.front_matter.problem
        beside = self.path.with_suffix(".meta")
        if self.site.generator == "nikola" and self.site.meta_of is None and beside.is_file():
            raise SiteError(
                _("Its metadata is in {name}: change it there").format(name=beside.name), path=self.path
            )
        if self.front_matter.format == "none" and self.site.read(self.front_matter.text).values:
            raise SiteError(
                _("The front matter has a form that can't be edited here: change it in the text"),
                path=self.path,
            )

    def publication(self, place: Path, now: datetime) -> Publication:
        """Return what a build soon after `now` makes of the text as it stands, in the file `place`."""
        return self.site.publication(place, self.site.read(self.front_matter.text), now + _SOON)

    def mark_published(self, *, plainly: bool = False) -> None:
        """Take the draft's mark away, or set the one of a published post, as the site does.

        `plainly` sets it in any case: something handed down makes a draft of a post that says nothing.
        """
        key = self._key(self.way.key)
        if key is None and not plainly:
            return
        if key is None or plainly or self.habits.says_published or self._has_comment(key):
            self._set(key or self.way.key, self.way.published)
        elif _text(value_at(self.front_matter.values, key)) != _text(self.way.published):
            self._make(self.front_matter.unset(key))

    def leave_to_date(self, place: Path, now: datetime) -> None:
        """Take the mark away where without it the post waits for its date, as a date to come asks for."""
        key = self._key(self.way.key)
        day = self.dated()
        if key is None or day is None or local_day(day, now) <= now.date():
            return
        edit = self.front_matter.unset(key)
        if edit is None:
            return
        text = edit.apply(self.front_matter.text)
        if self.site.publication(place, self.site.read(text), now).state == "scheduled":
            self._make(edit)

    def mark_draft(self) -> None:
        """Set the mark of a draft."""
        self._set(self._key(self.way.key) or self.way.key, self.way.draft)

    def date_key(self) -> str | None:
        """Return the key that has the post's date."""
        for key in self.way.date_keys:
            found = self._key(key)
            if found is not None:
                value = value_at(self.front_matter.values, found)
                return f"{found}.created" if isinstance(value, dict) and "created" in value else found
        return None

    def dated(self) -> date | None:
        """Return the post's date as its front matter has it, where that is one to read."""
        key = self.date_key()
        return None if key is None else read_date(value_at(self.front_matter.values, key))

    def date_of_name(self) -> date | None:
        """Return the date in the file's name."""
        return publish_places.date_of_name(self.path)

    def dated_names(self) -> bool:
        """Return whether a published post's file is named by its date."""
        return self.habits.dated_names

    def set_date(self, now: datetime, *, keep: bool) -> None:
        """Give the post the date `now` where it has none and needs one, or one that is past, unless `keep`."""
        key = self.date_key()
        value = None if key is None else value_at(self.front_matter.values, key)
        if key is not None and value not in (None, ""):
            old = read_date(value)
            if old is not None and not keep and local_day(old, now) < now.date():
                self._rewrite_date(key, now)
        elif key is not None or self._needs_date():
            self._add_date(key, now)

    def set_date_in_utc(self, now: datetime) -> None:
        """Write the date again, as UTC has it."""
        key = self.date_key()
        if key is not None:
            self._rewrite_date(key, now.astimezone(UTC))

    def keep_date_of_name(self, day: date) -> None:
        """Write the date that the file's name loses into the front matter."""
        self._set(self.way.date_keys[-1], day)

    def set_updated(self, now: datetime) -> str | None:
        """Set the date of the last change to `now`, and return its key; None where the site has none."""
        found = next((name for name in map(self._key, self.way.updated_keys) if name is not None), None)
        key = found or self.habits.updated
        created = self.date_key()
        if not key or ("." in key and (created is None or "." not in created)):
            return None  # a date that is no map would have to be made one
        old = read_date(value_at(self.front_matter.values, key))
        if old is not None and local_day(old, now) >= now.date():
            return None
        example = (found and self.front_matter.source(found)) or (
            created and self.front_matter.source(created)
        )
        spelled = as_written_like(example, now) if example else None
        before = len(self.edits)
        self._put_date(key, now, spelled or self._usual_date(now))
        return key if len(self.edits) > before else None

    def _needs_date(self) -> bool:
        if self.way.name_dates and self.date_of_name() is not None:
            return False
        key = self.way.date_keys[-1]
        wanted = self.site.content_type_of(self.path).field(key)
        return self.habits.dated or (wanted is not None and wanted.required)

    def _rewrite_date(self, key: str, now: datetime) -> None:
        source = self.front_matter.source(key)
        spelled = as_written_like(source, now) if source else None
        if spelled is None:
            self._set(key, now.date())
        else:
            self._make(self.front_matter.set_source(key, spelled))

    def _add_date(self, key: str | None, now: datetime) -> None:
        if key is None:
            key = self.way.date_keys[-1] + (".created" if self.habits.usual.date_map else "")
        self._put_date(key, now, self._usual_date(now))

    def _put_date(self, key: str, now: datetime, spelled: str) -> None:
        """Write a date that may be new: in its usual place first, then as it is spelled."""
        first, dot, inner = key.partition(".")
        if self._key(first) is None:
            self._set(first, {inner: now.date()} if dot else now.date())
        elif self._key(key) is None:
            self._set(key, now.date())
        self._make(self.front_matter.set_source(key, spelled))

    def _usual_date(self, now: datetime) -> str:
        text = self.habits.usual.date_text(now)
        quote = '"' if self.front_matter.writes == "json" else self.habits.usual.date_quote
        return f"{quote}{text}{quote}"

    def _set(self, key: str, value: Any) -> None:
        self._make(self.front_matter.set(key, value, after=self._key_before(key)))

    def _key_before(self, key: str) -> str | None:
        """Return the field behind which the site has this one, of those that the post has."""
        usual = self.habits.usual.keys
        place = usual.index(key) if key in usual else len(usual)
        there = self.front_matter.values
        if key == self.way.key and key not in usual:
            return next((name for name in self.way.date_keys if name in there), None)
        before = [name for name in usual[:place] if name in there]
        return before[-1] if before and key in usual else None

    def _key(self, key: str) -> str | None:
        return key_in(self.front_matter.values, key, any_case=self.way.any_case)

    def _has_comment(self, key: str) -> bool:
        """Return whether the field's line has a comment, which would go with the field."""
        span = self.front_matter.span(key)
        if span is None:
            return False
        rest = self.front_matter.text[span[1] :].splitlines()[:1]
        return bool(rest) and "#" in rest[0]

    def _make(self, edit: TextEdit | None) -> None:
        if edit is not None:
            self.edits.append(edit)
            self.front_matter = self.site.front_matter_of(edit.apply(self.front_matter.text))


def local_day(moment: date, now: datetime) -> date:
    """Return the day of a date, where `now` is; one without a zone stands as it is."""
    if not isinstance(moment, datetime):
        return moment
    return (moment.astimezone(now.tzinfo) if moment.tzinfo else moment).date()


def _having(posts: Sequence[SampledPost], way: PublishWay, key: str) -> int:
    return sum(key_in(post.source.values, key, any_case=way.any_case) is not None for post in posts)


def _is_draft(way: PublishWay, post: SampledPost) -> bool:
    key = key_in(post.source.values, way.key, any_case=way.any_case)
    return key is not None and _text(value_at(post.source.values, key)) == _text(way.draft)


def _text(value: Any) -> str:
    return str(value).strip().lower()
