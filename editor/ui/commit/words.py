"""What is said of changed files and of their repository, in a few words."""

from pathlib import Path

from PySide6.QtCore import QLocale

from editor.git.repository import State
from editor.translation import gettext as _
from editor.translation import ngettext
from editor.ui.commit.overview import ChangedFile

_MOST_NAMES = 2


def summary(file: ChangedFile, shown: Path | None) -> str:
    """Return what changed in a file; `shown` is the post in the editor."""
    return " · ".join(part for part in (_unsaved(file), *_parts(file, shown)) if part)


def _unsaved(file: ChangedFile) -> str:
    return _("not saved yet") if file.unsaved else ""


def _parts(file: ChangedFile, shown: Path | None) -> list[str]:
    change = file.change
    if change.kind == "conflicted":
        return [_("conflict: settled") if file.settled else _("conflict: settle it first")]
    if change.submodule:
        return [_("submodule: another commit")]
    if change.kind == "deleted":
        return [_("deleted")]
    parts = []
    if change.kind == "renamed":
        old = Path(change.source)
        name = old.name if old.name != file.path.name else old.parent.as_posix()
        parts.append(_("was {name}").format(name=shown_path(name)))
    if change.kind == "typechange":
        parts.append(_("link instead of a file, or a file instead of a link"))
    if file.is_new:
        parts += [_("new"), size(change.size)] if change.size is not None else [_("new")]
        if not file.is_post and file.in_site:
            parts.append(_used_by(file, shown))
        return parts
    parts += _counts(file)
    if not file.edited_here and change.kind == "modified":
        parts.insert(0, _("not edited here"))
        if not file.is_post:
            del parts[1:]
    if change.mode_changed:
        parts.append(_("may be run, or not any more"))
    return parts


def _counts(file: ChangedFile) -> list[str]:
    found = file.difference
    if found is None:
        return []
    if found.binary:
        return [size(file.change.size)] if file.change.size is not None else []
    if not file.is_post:
        return (
            [ngettext("{count} line", "{count} lines", found.lines).format(count=found.lines)]
            if found.lines
            else []
        )
    counts = []
    if found.fields:
        counts.append(_("front matter {count}").format(count=found.fields))
    if found.changes:
        counts.append(_("text {count}").format(count=found.changes))
    if not counts and found.notes:
        counts.append(_("line endings"))
    return counts


def details(file: ChangedFile) -> str:
    """Return what the numbers of `summary` count, in a sentence; empty where it has none."""
    found = file.difference
    if not file.is_post or found is None or found.binary or file.is_new:
        return ""
    parts = []
    if found.fields:
        words = ngettext(
            "{count} field of the front matter differs.",
            "{count} fields of the front matter differ.",
            found.fields,
        )
        parts.append(words.format(count=found.fields))
    if found.changes:
        words = ngettext(
            "The text has {count} change ({lines} changed lines).",
            "The text has {count} changes ({lines} changed lines).",
            found.changes,
        )
        parts.append(words.format(count=found.changes, lines=found.lines))
    return " ".join(parts)


def _used_by(file: ChangedFile, shown: Path | None) -> str:
    names = [shown_path(post.name) for post in file.used_by]
    if not names:
        return _("in no changed post")
    if shown in file.used_by:
        return _("used by this post")
    if len(names) > _MOST_NAMES:
        return ngettext("used by {count} post", "used by {count} posts", len(names)).format(count=len(names))
    return _("used by {names}").format(names=", ".join(names))


def shown_path(path: str) -> str:
    """Return a path, or a name, with a sign in the place of each byte that is none."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def size(count: int) -> str:
    """Return a number of bytes as people read it."""
    return QLocale().formattedDataSize(count, 0, QLocale.DataSizeFormat.DataSizeSIFormat)


def branch_name(state: State) -> str:
    """Return what is checked out."""
    if state.detached:
        return _("no branch ({commit})").format(commit=state.head[:7])
    return state.branch


def commit_button(count: int, unsaved: int, *, amend: bool) -> str:
    """Return what the button says that commits `count` files, of which `unsaved` are to be saved first."""
    if amend:
        if not count:
            return _("Amend the message")
        if unsaved:
            words = ngettext("Save and amend with {count} file", "Save and amend with {count} files", count)
        else:
            words = ngettext("Amend with {count} file", "Amend with {count} files", count)
    elif not count:
        return _("Commit")
    elif unsaved:
        words = ngettext("Save and commit {count} file", "Save and commit {count} files", count)
    else:
        words = ngettext("Commit {count} file", "Commit {count} files", count)
    return words.format(count=count)


def push_button(state: State) -> str:
    """Return what the button says that pushes."""
    return _("Push {count}").format(count=state.ahead) if state.ahead else _("Push")


def pull_button(state: State) -> str:
    """Return what the button says that pulls."""
    return _("Pull {count}").format(count=state.behind) if state.behind else _("Pull")


def push_hint(state: State) -> str:
    """Return what pushing would do, or why it can't be done."""
    if not state.remotes:
        return _("There is no remote repository to push to: add one with “git remote add origin ADDRESS”")
    if not state.upstream:
        return _("Push the branch, and let it follow the one that is made there")
    if state.behind:
        return _("{upstream} has commits that are not here: pull first, then push").format(
            upstream=state.upstream
        )
    return _("Push to {upstream}").format(upstream=state.upstream)
