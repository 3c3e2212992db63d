"""Settings: what a person chose, and what the program remembers for them, as files in the platform's folders.

`settings.toml` in the config folder holds the options, under `[trust]` whose code may run and whose may not, and under
`[web]` which sites may show pictures from the web. It is the person's file: they and other windows may write it at any
time, so a change reads it again and touches its one key only; comments and unknown keys stay. In the state folder are
what was opened last (`recent.toml`) and the window's state (`window.toml`), which are of no use to people.
COPYDESK_HOME moves the config, state and cache folders into itself.

A file that can't be read or written never stops the program. A broken one is set aside under another name when
the program starts, and the defaults hold.
"""

import contextlib
import logging
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import platformdirs
import tomlkit
from tomlkit.exceptions import TOMLKitError

from editor import settings_files
from editor.errors import SaveError
from editor.options import Options, corrected, options_in
from editor.translation import gettext as _

_log = logging.getLogger(__name__)

APP_NAME = "copydesk"
MAX_RECENT = 10


class Settings:
    """The settings in memory and on disk; each change is written at once, and raises SaveError where it can't be.

    Not so the notes of what was opened: they are no reason to keep anybody from a post.
    """

    def __init__(self, home: Path | None = None) -> None:
        """Take the folders of `home`, else of the environment; `load` reads what is there."""
        moved = os.environ.get("COPYDESK_HOME")
        self._home = home or (_absolute(Path(moved)) if moved else None)
        self.options = Options()
        self.problem = ""
        """What was wrong with the settings that were found (a sentence), for a message at the start."""
        self._recent: dict[str, list[Path]] = {"sites": [], "posts": []}
        self._window: dict[str, str] = {}

    @classmethod
    def load(cls, home: Path | None = None) -> "Settings":
        """Return the settings that are on disk, or the defaults."""
        settings = cls(home)
        settings._load()
        return settings

    @property
    def config_dir(self) -> Path:
        """The folder of settings.toml and of the person's own templates."""
        return (
            self._home / "config"
            if self._home
            else Path(platformdirs.user_config_dir(APP_NAME, appauthor=False))
        )

    @property
    def state_dir(self) -> Path:
        """The folder of the recovery journal and of the window's state."""
        return (
            self._home / "state"
            if self._home
            else Path(platformdirs.user_state_dir(APP_NAME, appauthor=False))
        )

    @property
    def cache_dir(self) -> Path:
        """The folder of what can be made again."""
        return (
            self._home / "cache"
            if self._home
            else Path(platformdirs.user_cache_dir(APP_NAME, appauthor=False))
        )

    @property
    def path(self) -> Path:
        """The file of the settings."""
        return self.config_dir / "settings.toml"

    def set(self, **changes: Any) -> None:
        """Change options by name and write them; raises TypeError for one that there is not, SaveError.

        They hold in this window also where they can't be written.
        """
        self.options = corrected(replace(self.options, **changes))

        def change(document: tomlkit.TOMLDocument) -> None:
            for name in changes:
                document[name] = getattr(self.options, name)

        self._change(change)

    def reload(self) -> bool:
        """Take over the options that are in the file now; return whether any changed.

        A file that can't be read or understood, as one that is being written by hand, changes nothing.
        """
        try:
            options = options_in(settings_files.read(self.path))
        except (OSError, ValueError, RecursionError) as error:
            _log.info("%s can't be read now: %s", self.path, error)
            return False
        changed = options != self.options
        self.options = options
        return changed

    @property
    def recent_sites(self) -> tuple[Path, ...]:
        """The folders of the sites that were open last, the latest first."""
        return tuple(self._recent["sites"])

    @property
    def recent_posts(self) -> tuple[Path, ...]:
        """The files that were open last, the latest first."""
        return tuple(self._recent["posts"])

    def opened_site(self, root: Path) -> None:
        """Note that a site was opened; where that can't be written, it goes to the log."""
        self._note("sites", root)

    def opened_post(self, path: Path) -> None:
        """Note that a post was opened; where that can't be written, it goes to the log."""
        self._note("posts", path)

    def forget_recent(self) -> None:
        """Empty the lists of what was open; raises SaveError."""
        self._recent = {"sites": [], "posts": []}
        with settings_files.locked(self.state_dir):
            self._write_recent()
        if "recent" in self._found():  # where they were kept before
            self._change(lambda document: document.pop("recent", None))

    @property
    def trusted_sites(self) -> tuple[Path, ...]:
        """The folders whose code may run, as the file says now: trust may be revoked from elsewhere."""
        return _paths(self._found().get("trust"), "sites")

    def is_trusted(self, root: Path) -> bool:
        """Return whether the person trusts the site in `root`, this very folder by its real path."""
        return _real(root) in self.trusted_sites

    def has_declined(self, root: Path) -> bool:
        """Return whether the person was asked to trust the site in `root`, and does not: they are not asked again."""
        return _real(root) in _paths(self._found().get("trust"), "declined")

    def trust(self, root: Path) -> None:
        """Trust the site in `root`; raises SaveError."""
        self._list(_real(root), "trust", "sites", "declined")

    def revoke(self, root: Path) -> None:
        """Trust the site in `root` no longer, or not, nor let it load pictures from the web; raises SaveError."""
        real = _real(root)
        self._list(real, "trust", "declined", "sites")
        if real in _paths(self._found().get("web"), "sites"):
            self._list(real, "web", None, "sites")

    def may_load_from_web(self, root: Path) -> bool:
        """Return whether the person lets the site in `root` show pictures from the web; only where it is trusted."""
        found = self._found()
        real = _real(root)
        return real in _paths(found.get("web"), "sites") and real in _paths(found.get("trust"), "sites")

    def let_load_from_web(self, root: Path) -> None:
        """Let the site in `root` show pictures from the web; raises SaveError."""
        self._list(_real(root), "web", "sites")

    def keep_from_web(self, root: Path) -> None:
        """Let the site in `root` show them no longer; raises SaveError."""
        self._list(_real(root), "web", None, "sites")

    def window_state(self, name: str) -> str:
        """Return what the window kept under `name` (text of its own making), or an empty text."""
        return self._window.get(name, "")

    def keep_window_state(self, **states: str) -> None:
        """Keep texts of the window's own making; raises SaveError."""
        self._window.update(states)
        document = tomlkit.document()
        for name, state in self._window.items():
            document[name] = state
        with settings_files.locked(self.state_dir):
            settings_files.write(self.state_dir / "window.toml", tomlkit.dumps(document))

    def _load(self) -> None:
        found = self._read_or_set_aside(self.path)
        self.options = options_in(found)
        # Before they had a file of their own, the lists were a table of the settings.
        recent = self._read_or_set_aside(self._recent_path, missing=found.get("recent"))
        self._recent = {key: list(_paths(recent, key)) for key in self._recent}
        for name, state in self._read_or_set_aside(self.state_dir / "window.toml").items():
            if isinstance(state, str):
                self._window[name] = state

    def _read_or_set_aside(self, path: Path, missing: Any = None) -> dict[str, Any]:
        """Return what is in `path`; nothing where it can't be read, and a broken one is set aside."""
        try:
            if isinstance(missing, dict) and not path.exists():
                return missing
            return settings_files.read(path)
        except OSError as error:
            self.problem = _("{file} can't be read: {reason}").format(file=path, reason=error.strerror)
        except (ValueError, RecursionError) as error:
            aside = path.with_name(path.name + ".broken")
            with contextlib.suppress(OSError):
                path.replace(aside)
            self.problem = _(
                "{file} was not understood ({reason}) and is now {aside}; the defaults hold"
            ).format(file=path, reason=error, aside=aside.name)
        _log.warning("%s", self.problem)
        return {}

    def _found(self) -> dict[str, Any]:
        """Return what the settings file says now; nothing where it can't be read."""
        try:
            return settings_files.read(self.path)
        except (OSError, ValueError, RecursionError) as error:
            _log.info("%s can't be read now: %s", self.path, error)
            return {}

    def _change(self, change: Callable[[tomlkit.TOMLDocument], Any], *, durable: bool = False) -> None:
        """Read the settings file, `change` it and write it; raises SaveError, also for one that is broken now."""
        with settings_files.locked(self.state_dir):
            try:
                text = self.path.read_bytes().decode("utf-8") if self.path.exists() else ""
                document = tomlkit.parse(text)
                change(document)
                changed = tomlkit.dumps(document)
            except (OSError, TOMLKitError, ValueError, RecursionError) as error:
                reason = getattr(error, "strerror", None) or error
                raise SaveError(
                    _("The settings can't be written: {reason}").format(reason=reason), path=self.path
                ) from error
            if changed != text or not self.path.exists():
                settings_files.write(self.path, changed, durable=durable)

    def _list(self, root: Path, table_name: str, to: str | None, *away: str) -> None:
        """Have the folder `root` in the list `to` of a table (None: in no list of it), and not in the lists `away`."""

        def change_table(document: tomlkit.TOMLDocument) -> None:
            table = document.get(table_name)
            for name in (*away, to):
                if name is None:
                    continue
                known = list(_paths(table, name))
                paths = [path for path in known if path != root]
                if name == to:
                    paths = known if root in known else [*known, root]
                if paths == known:
                    continue
                if not isinstance(table, dict):
                    table = document[table_name] = tomlkit.table()
                listed = tomlkit.array()
                listed.extend(str(path) for path in paths)
                document[table_name][name] = listed.multiline(bool(paths))

        self._change(change_table, durable=True)

    @property
    def _recent_path(self) -> Path:
        return self.state_dir / "recent.toml"

    def _note(self, key: str, path: Path) -> None:
        path = _absolute(path)
        try:
            with settings_files.locked(self.state_dir):
                if self._recent_path.exists():  # other windows note theirs
                    found = settings_files.read(self._recent_path)
                    self._recent = {key: list(_paths(found, key)) for key in self._recent}
                self._put_first(key, path)
                self._write_recent()
        except (SaveError, OSError, ValueError, RecursionError) as error:
            self._put_first(key, path)
            _log.warning("what was opened last can't be kept: %s", error)

    def _put_first(self, key: str, path: Path) -> None:
        known = [other for other in self._recent[key] if other != path]
        self._recent[key] = [path, *known][:MAX_RECENT]

    def _write_recent(self) -> None:
        document = tomlkit.document()
        for key, paths in self._recent.items():
            listed = tomlkit.array()
            # A name that is no text can't be in a file of text.
            listed.extend(str(path) for path in paths if _is_text(str(path)))
            document[key] = listed.multiline(bool(paths))
        settings_files.write(self._recent_path, tomlkit.dumps(document))


def _paths(table: Any, key: str) -> tuple[Path, ...]:
    """Return the list of paths `key` in what may be a table of TOML."""
    listed = table.get(key) if isinstance(table, dict) else None
    if not isinstance(listed, list):
        return ()
    return tuple(Path(str(entry)) for entry in listed if isinstance(entry, str))


def _is_text(name: str) -> bool:
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _absolute(path: Path) -> Path:
    return Path(os.path.normpath(path.absolute()))


def _real(path: Path) -> Path:
    return Path(os.path.realpath(path))
