"""Settings: what a person chose, and what the program remembers for them, as files in the platform's folders.

`settings.toml` in the config folder holds the options, under `[recent]` what was opened, and under `[trust]`
whose code may run. It is the person's file too: comments and unknown keys stay. Window state, which is of no
use to people, is `window.toml` in the state folder. COPYDESK_HOME moves the config, state and cache folders
into itself.

A file that can't be read never stops the program: it is set aside under another name, and the defaults hold.
"""

import contextlib
import logging
import os
import tempfile
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

import platformdirs
import tomlkit
from tomlkit.exceptions import TOMLKitError

from editor.errors import SaveError
from editor.translation import gettext as _

_log = logging.getLogger(__name__)

APP_NAME = "copydesk"
MAX_RECENT = 10


@dataclass(frozen=True, slots=True)
class Options:
    """What a person can choose; each name is a key of settings.toml."""

    theme: str = "system"
    """`system`, `light` or `dark`."""
    editor_font: str = ""
    """A font family; empty: the program's own."""
    editor_font_size: int = 14
    """In pixels."""
    line_numbers: bool = False
    wrap: bool = True
    text_measure: int = 80
    """About how many characters a line of the text may have before it wraps; 0: as the window allows."""
    fold_front_matter: bool = True
    follow: bool = True
    """Whether the preview follows the caret."""
    preview_zoom: float = 1.0


_CHOICES = {"theme": ("system", "light", "dark")}
_RANGES = {"editor_font_size": (6, 72), "preview_zoom": (0.25, 5.0), "text_measure": (0, 400)}


class Settings:
    """The settings in memory; each change is written at once, and raises SaveError where it can't be."""

    def __init__(self, home: Path | None = None) -> None:
        """Take the folders of `home`, else of the environment; `load` reads what is there."""
        moved = os.environ.get("COPYDESK_HOME")
        self._home = home or (_absolute(Path(moved)) if moved else None)
        self.options = Options()
        self.problem = ""
        """What was wrong with the settings that were found (a sentence), for a message at the start."""
        self._document = tomlkit.document()
        self._window: dict[str, str] = {}

    @classmethod
    def load(cls, home: Path | None = None) -> "Settings":
        """Return the settings that are on disk, or the defaults."""
        settings = cls(home)
        settings._read()
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
        """Change options by name and write them; raises TypeError for one that there is not, SaveError."""
        self.options = _sound(replace(self.options, **changes))
        for name in changes:
            self._document[name] = getattr(self.options, name)
        self._write()

    @property
    def recent_sites(self) -> tuple[Path, ...]:
        """The folders of the sites that were open last, the latest first."""
        return self._paths("recent", "sites")

    @property
    def recent_posts(self) -> tuple[Path, ...]:
        """The files that were open last, the latest first."""
        return self._paths("recent", "posts")

    def opened_site(self, root: Path) -> None:
        """Note that a site was opened."""
        self._note("sites", root)

    def opened_post(self, path: Path) -> None:
        """Note that a post was opened."""
        self._note("posts", path)

    def forget_recent(self) -> None:
        """Empty the lists of what was open."""
        self._store("recent", "sites", [])
        self._store("recent", "posts", [])
        self._write()

    @property
    def trusted_sites(self) -> tuple[Path, ...]:
        """The folders whose code may run."""
        return self._paths("trust", "sites")

    def is_trusted(self, root: Path) -> bool:
        """Return whether the person trusts the site in `root`, this very folder by its real path."""
        return _real(root) in self.trusted_sites

    def trust(self, root: Path) -> None:
        """Trust the site in `root`."""
        if not self.is_trusted(root):
            self._store("trust", "sites", [*self.trusted_sites, _real(root)])
            self._write()

    def revoke(self, root: Path) -> None:
        """Trust the site in `root` no longer."""
        if self.is_trusted(root):
            self._store("trust", "sites", [known for known in self.trusted_sites if known != _real(root)])
            self._write()

    def window_state(self, name: str) -> str:
        """Return what the window kept under `name` (text of its own making), or an empty text."""
        return self._window.get(name, "")

    def keep_window_state(self, **states: str) -> None:
        """Keep texts of the window's own making; raises SaveError."""
        self._window.update(states)
        document = tomlkit.document()
        for name, state in self._window.items():
            document[name] = state
        _write(self.state_dir / "window.toml", tomlkit.dumps(document))

    def _read(self) -> None:
        document = self._parsed(self.path)
        if document is not None:
            self._document = document
        found: dict[str, Any] = {}
        for option in fields(Options):
            if option.name in self._document:
                found[option.name] = _plain(self._document[option.name])
        self.options = _sound(Options(**found))
        window = self._parsed(self.state_dir / "window.toml")
        for name, state in (window or {}).items():
            if isinstance(state, str):
                self._window[name] = str(state)

    def _parsed(self, path: Path) -> tomlkit.TOMLDocument | None:
        """Return the document in `path`, None where there is none; a broken one is set aside."""
        try:
            return tomlkit.parse(path.read_text("utf-8"))
        except FileNotFoundError:
            return None
        except OSError as error:
            self.problem = _("{file} can't be read: {reason}").format(file=path, reason=error.strerror)
        except (TOMLKitError, ValueError, RecursionError) as error:
            aside = path.with_name(path.name + ".broken")
            with contextlib.suppress(OSError):
                path.replace(aside)
            self.problem = _(
                "{file} was not understood ({reason}) and is now {aside}; the defaults hold"
            ).format(file=path, reason=error, aside=aside.name)
        _log.warning("%s", self.problem)
        return None

    def _table(self, name: str) -> Any:
        found = self._document.get(name)
        return found if isinstance(found, dict) else None

    def _paths(self, table: str, key: str) -> tuple[Path, ...]:
        listed = (self._table(table) or {}).get(key)
        return (
            tuple(Path(str(entry)) for entry in listed if isinstance(entry, str))
            if isinstance(listed, list)
            else ()
        )

    def _store(self, table: str, key: str, paths: list[Path]) -> None:
        if self._table(table) is None:
            self._document[table] = tomlkit.table()
        listed = tomlkit.array()
        listed.extend(str(path) for path in paths)
        self._table(table)[key] = listed.multiline(bool(paths))

    def _note(self, key: str, path: Path) -> None:
        path = _absolute(path)
        known = [other for other in self._paths("recent", key) if other != path]
        self._store("recent", key, [path, *known][:MAX_RECENT])
        self._write()

    def _write(self) -> None:
        _write(self.path, tomlkit.dumps(self._document))


def _sound(options: Options) -> Options:
    """Return the options with the default in place of each value that can't be meant."""
    defaults = Options()
    wrong: dict[str, Any] = {}
    for option in fields(Options):
        value, default = getattr(options, option.name), getattr(defaults, option.name)
        sound = type(value) is type(default) or (isinstance(default, float) and type(value) is int)
        if sound and option.name in _CHOICES:
            sound = value in _CHOICES[option.name]
        if sound and option.name in _RANGES:
            low, high = _RANGES[option.name]
            sound = low <= value <= high
        if not sound:
            wrong[option.name] = default
    return replace(options, **wrong)


def _plain(value: Any) -> Any:
    """Return a value of tomlkit as Python's own."""
    return value.unwrap() if hasattr(value, "unwrap") else value


def _absolute(path: Path) -> Path:
    return Path(os.path.normpath(path.absolute()))


def _real(path: Path) -> Path:
    return Path(os.path.realpath(path))


def _write(path: Path, text: str) -> None:
    """Replace the file `path` by `text`, whole or not at all; raises SaveError."""
    temporary = ""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        # A link to a file elsewhere, as keepers of dotfiles have it, stays one.
        target = Path(os.path.realpath(path))
        descriptor, temporary = tempfile.mkstemp(dir=target.parent, prefix=target.name, suffix=".tmp")
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        Path(temporary).replace(target)
    except OSError as error:
        if temporary:
            with contextlib.suppress(OSError):
                Path(temporary).unlink()
        raise SaveError(
            _("The settings can't be written: {reason}").format(reason=error.strerror or error), path=path
        ) from error
