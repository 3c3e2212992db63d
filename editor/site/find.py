"""Finding the site of a file or folder, and opening it."""

from collections.abc import Callable, Iterator
from pathlib import Path

from editor.errors import SiteError
from editor.settings import Settings
from editor.site.content_types import copydesk_toml
from editor.site.files import as_written, subfolders
from editor.site.generators import GENERATORS, Generator
from editor.site.generators.plain import Plain
from editor.site.site import Site
from editor.translation import gettext as _


def find_site(path: Path, settings: Settings | None = None, *, trust: bool = False) -> Site | None:
    """Return the site that `path`, a file or a folder, belongs to, or None.

    The search goes upwards and ends with the top of a repository, with the home folder, and before a folder
    of another owner. Where no generator has a site, a folder with a `copydesk.toml` is one. `settings` knows
    the trusted sites; `trust` trusts whatever is found. Raises SiteError where there is a site, but its
    configuration can't be read.
    """
    return SiteFinder(settings, trust=trust).find(path)


class SiteFinder:
    """Finds the sites of many files, as `find_site`, and reads each site once.

    Made for one run over files that don't change meanwhile: posts may have a folder each.
    """

    def __init__(self, settings: Settings | None = None, *, trust: bool = False) -> None:
        """Take what `find_site` takes."""
        self._settings = settings
        self._trust = trust
        self._by_folder: dict[Path, Site | None] = {}
        self._read: dict[tuple[Path, Path], Site] = {}
        self._bare: dict[Path, bool] = {}

    def find(self, path: Path) -> Site | None:
        """Return the site of a file or folder, or None; files of one folder have one site. Raises SiteError."""
        path = as_written(path)
        folder = path if path.is_dir() else path.parent
        if folder not in self._by_folder:
            self._by_folder[folder] = self._search(path)
        return self._by_folder[folder]

    def _search(self, path: Path) -> Site | None:
        described = None
        for folder in folders_above(path):
            found = None if self._is_bare(folder) else _in_folder(folder, path)
            if found is not None:
                generator, config = found
                return self._site(generator, config, _limit(config, folder))
            if described is None and any(_same_owner(folder / name, folder) for name in copydesk_toml.NAMES):
                described = folder
        return _plain(described, self._settings, self._trust) if described is not None else None

    def _site(self, generator: Generator, config: Path, limit: Path) -> Site:
        if (config, limit) not in self._read:
            rules = generator.read(config, limit, _trusted(self._settings, self._trust))
            self._read[config, limit] = Site.of(rules)
        return self._read[config, limit]

    def _is_bare(self, folder: Path) -> bool:
        """Return whether no generator has a file in `folder`, nor in a subfolder with content beside it."""
        if folder not in self._bare:
            self._bare[folder] = not any(
                generator.may_be_in(place)
                for generator in GENERATORS
                for place in (folder, *(_inner(folder) if generator.beside else ()))
            )
        return self._bare[folder]


def open_site(folder: Path, settings: Settings | None = None, *, trust: bool = False) -> Site:
    """Return the site in `folder`: a generator's, also one in a subfolder of it, or the plain folder.

    Where `folder` is a file, that is its site, or the plain folder around it. Raises SiteError where there
    is no such folder, or the configuration can't be read.
    """
    folder = as_written(folder)
    if not folder.exists():
        raise SiteError(_("There is no such file or folder"), path=folder)
    if not folder.is_dir():
        found = find_site(folder, settings, trust=trust)
        return found or _plain(folder.parent, settings, trust)
    for inner in (folder, *_subfolders(folder)):
        for generator in GENERATORS:
            config = generator.find(inner, None)
            if config is not None:
                return Site.of(generator.read(config, _limit(config, folder), _trusted(settings, trust)))
    # A folder inside a site, such as its docs folder, means that site.
    return find_site(folder, settings, trust=trust) or _plain(folder, settings, trust)


def plain_site(folder: Path) -> Site:
    """Return `folder` as a plain one that is not trusted, whatever is in it."""
    return _plain(as_written(folder), None, False)


def folders_above(path: Path) -> Iterator[Path]:
    """Yield the folder of the absolute `path` and those above it, as far as a site may reach."""
    folder = path if path.is_dir() else path.parent
    while not folder.is_dir() and folder != folder.parent:
        folder = folder.parent  # a file that is yet to be made
    try:
        owner = folder.stat().st_uid
        while True:
            yield folder
            parent = folder.parent
            if (folder / ".git").exists() or folder == _home() or parent == folder:
                return
            if parent.stat().st_uid != owner:
                return
            folder = parent
    except OSError:
        return


def _in_folder(folder: Path, path: Path) -> tuple[Generator, Path] | None:
    for generator in GENERATORS:
        config = generator.find(folder, path)
        if config is not None and _same_owner(config, folder):
            return generator, config
    if folder in (_home(), folder.parent):
        return None
    for generator in GENERATORS:
        config = generator.find_beside(folder, path)
        if config is not None and _same_owner(config, folder):
            return generator, config
    return None


def _same_owner(config: Path, folder: Path) -> bool:
    """Return whether the folder's owner put the file there: others may write to a folder such as /tmp."""
    try:
        return config.stat().st_uid == folder.stat().st_uid
    except OSError:
        return False


def _limit(config: Path, asked: Path) -> Path:
    """Return the folder that an untrusted site must stay in: its repository, or what was asked for."""
    home = _home()
    for folder in config.parents:
        if folder == home or folder.parent == folder:
            break
        if (folder / ".git").exists():
            return folder
    return asked if config.is_relative_to(asked) else config.parent


def _subfolders(folder: Path) -> list[Path]:
    """Return the only subfolder with a mkdocs configuration, for repositories that keep their site in one."""
    if folder in (_home(), folder.parent):
        return []
    found = [
        child
        for child in _inner(folder)
        if any((child / name).is_file() for name in ("mkdocs.yml", "mkdocs.yaml"))
    ]
    return found if len(found) == 1 else []


def _inner(folder: Path) -> list[Path]:
    """Return the subfolders of `folder` that may hold a site: not the hidden ones, nor too many."""
    return subfolders(folder)[:200]


def _plain(folder: Path, settings: Settings | None, trust: bool) -> Site:
    rules = Plain(
        root=folder,
        trusted=_trusted(settings, trust)(folder),
        content_dirs=(folder,),
        static_dirs=(folder,),
    )
    return Site.of(rules)


def _trusted(settings: Settings | None, trust: bool) -> Callable[[Path], bool]:
    return lambda root: trust or (settings is not None and settings.is_trusted(root))


def _home() -> Path:
    return Path("~").expanduser()
