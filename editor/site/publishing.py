"""Publish and Unpublish: what each changes in a post, planned as data; the flag, the date, the file's place.

A plan is made off the GUI thread: it looks at the site's other posts, and at whether a file is there. Its edits
are made in the post's own text; `move_file` does the rest at once.
"""

import contextlib
import os
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from editor.errors import SiteError
from editor.post.front_matter import FrontMatter
from editor.post.text_edit import TextEdit
from editor.site.date_style import day_text
from editor.site.generators.publish_way import PublishWay, publish_way
from editor.site.generators.rules import Publication
from editor.site.publish_edits import Draft, PublishHabits, local_day, publish_habits
from editor.site.publish_places import Move, draft_place, in_drafts, published_place
from editor.site.site import Site
from editor.translation import gettext as _

__all__ = ["Move", "Plan", "move_file", "plan_publish", "plan_unpublish", "plan_update"]


@dataclass(frozen=True, slots=True)
class Plan:
    """What an act does; nothing is done yet."""

    edits: tuple[TextEdit, ...]
    """One after the other: each on the text that the one before leaves. Together one step of undo."""
    move: Move | None
    """Where the file goes, or None where it stays."""
    sentences: tuple[str, ...]
    """What the act does, and what comes of it (translated)."""
    earlier_date: str = ""
    """The date that the post had, as a person reads it, where the act gives it another."""

    def apply(self, text: str) -> str:
        """Return the text with all edits made."""
        for edit in self.edits:
            text = edit.apply(text)
        return text


def plan_publish(
    site: Site,
    path: Path,
    front_matter: FrontMatter,
    now: datetime,
    *,
    habits: PublishHabits | None = None,
    keep_date: bool = False,
) -> Plan:
    """Return what makes the next build publish the draft `path`, whose whole text `front_matter` was read from.

    The date becomes `now` (with a time zone, the writer's) where it is missing or past, unless `keep_date`.
    Raises SiteError where a file is in the way, FrontMatterError and NotEditable where the front matter can't
    be edited.
    """
    way = publish_way(site.generator)
    draft = Draft(site, path, front_matter, way, habits or publish_habits(site))
    moves = in_drafts(way, path)
    draft.mark_published()
    before = draft.dated()
    if moves or not way.dated_names:  # else the date is in the file's name, which stays
        draft.set_date(now, keep=keep_date)
    after = draft.dated()
    place = path
    if moves:
        day = after if after is not None else now
        place = published_place(way, path, local_day(day, now), dated=draft.dated_names())
    publication = draft.publication(place, now)
    if publication.state == "draft":
        draft.mark_published(plainly=True)
        publication = draft.publication(place, now)
    if publication.state == "scheduled" and after != before:
        draft.set_date_in_utc(now)  # there is no zone in it, and the build takes it for UTC
        publication = draft.publication(place, now)
    if publication.state == "published":
        draft.leave_to_date(place, now)
        publication = draft.publication(place, now)
    move = _move(site, path, place)
    changed = before is not None and after != before
    return Plan(
        tuple(draft.edits),
        move,
        tuple(_publish_sentences(site, publication, after if after != before else None, move)),
        day_text(before) if changed and before is not None else "",
    )


def plan_unpublish(
    site: Site, path: Path, front_matter: FrontMatter, now: datetime, *, habits: PublishHabits | None = None
) -> Plan:
    """Return what makes a draft of the post `path`; its date stays. Arguments and errors as `plan_publish`."""
    way = publish_way(site.generator)
    draft = Draft(site, path, front_matter, way, habits or publish_habits(site))
    place = draft_place(way, path)
    if place is not None and _drafts_folder(way, place).is_dir():
        named = draft.date_of_name()
        if draft.dated() is None and named is not None and named != now.date():
            draft.keep_date_of_name(named)
    else:
        place = path
        draft.mark_draft()
    move = _move(site, path, place)
    publication = draft.publication(place, now)
    if not publication.published:
        sentences = [_("A draft now: the next build leaves it out")]
    elif publication.state == "draft":
        sentences = [_("A draft now: built at {url}, but no list leads there").format(url=publication.url)]
    else:
        sentences = [
            _("Marked as a draft, but the site publishes it all the same at {url}").format(
                url=publication.url
            )
        ]
    if move is not None:
        sentences.append(_moved(site, move))
    return Plan(tuple(draft.edits), move, tuple(sentences))


def plan_update(
    site: Site, path: Path, front_matter: FrontMatter, now: datetime, *, habits: PublishHabits | None = None
) -> Plan | None:
    """Return what says that the post was changed today, where this site's posts say so; else None.

    Arguments and errors as `plan_publish`.
    """
    draft = Draft(site, path, front_matter, publish_way(site.generator), habits or publish_habits(site))
    key = draft.set_updated(now)
    if key is None:
        return None
    return Plan(tuple(draft.edits), None, (_("{key} is today").format(key=key),))


def move_file(move: Move) -> None:
    """Give the file its new place; a file that is there is never replaced. Raises SiteError, and nothing moved."""
    folder, new_folder = move.folders()
    try:
        if move.with_folder and os.path.lexists(new_folder):
            raise FileExistsError(str(new_folder))
        move.target.parent.mkdir(parents=True, exist_ok=True)
        _rename(move.source, move.target)
        if move.with_folder:
            try:
                folder.rename(new_folder)
            except OSError:
                _rename(move.target, move.source)
                raise
    except FileExistsError as error:
        raise _in_the_way(move) from error
    except OSError as error:
        raise SiteError(
            _("The file can't be moved: {reason}").format(reason=error.strerror or error), path=move.source
        ) from error


def _rename(source: Path, target: Path) -> None:
    """Rename a file; raises FileExistsError where there is one of that name, and OSError."""
    try:
        os.link(source, target)  # fails where there is a file, unlike a renaming
    except FileExistsError:
        raise
    except OSError:  # no hard links on this disk
        if os.path.lexists(target):
            raise FileExistsError(str(target)) from None
        source.rename(target)
        return
    try:
        source.unlink()
    except OSError:
        with contextlib.suppress(OSError):
            target.unlink()
        raise


def _move(site: Site, path: Path, place: Path) -> Move | None:
    if place == path:
        return None
    # Hexo's post_asset_folder: https://hexo.io/docs/asset-folders
    move = Move(path, place, site.generator == "hexo" and path.with_suffix("").is_dir())
    if os.path.lexists(place) or (move.with_folder and os.path.lexists(move.folders()[1])):
        raise _in_the_way(move)
    return move


def _in_the_way(move: Move) -> SiteError:
    return SiteError(
        _("There is a file {name} in {folder} already: rename one of the two").format(
            name=move.target.name, folder=move.target.parent.name
        ),
        path=move.target,
    )


def _drafts_folder(way: PublishWay, place: Path) -> Path:
    parts = place.parts
    last = len(parts) - 1 - parts[::-1].index(way.drafts_folder)
    return Path(*parts[: last + 1])


def _publish_sentences(
    site: Site, publication: Publication, dated: date | None, move: Move | None
) -> list[str]:
    sentences = []
    if publication.state == "invalid":
        sentences.append(
            _("No draft any more, but the build fails: {problem}").format(problem=publication.problem)
        )
    elif publication.state == "scheduled":
        sentences.append(_("No draft any more: a build after its date publishes it"))
    elif publication.state in ("draft", "hidden"):
        reason = publication.reason or _("something beside its front matter hides it")
        sentences.append(_("Not published yet: {reason}").format(reason=reason))
    elif publication.url:
        sentences.append(_("Published at {url} with the next build").format(url=publication.url))
    else:
        sentences.append(_("Published with the next build"))
    if dated is not None:
        sentences.append(_("Its date is {day}").format(day=day_text(dated)))
    if move is not None:
        sentences.append(_moved(site, move))
    return sentences


def _moved(site: Site, move: Move) -> str:
    return _("Moved to {path}").format(path=site.relative(move.target))
