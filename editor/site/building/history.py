"""The history of a copied site: a repository of its own that reads the site's objects, and writes its own.

Generators ask git when a file was changed and by whom. The copy's repository borrows the objects of the site's
(gitrepository-layout(5), objects/info/alternates) and has copies of its refs and its index, so that no
command, not even `git commit`, ever writes into the site's: that renews the time of objects at most.
"""

import contextlib
import shutil
from pathlib import Path

_CONFIG = (
    "[core]\n\trepositoryformatversion = 0\n\tbare = false\n[gc]\n\tauto = 0\n[maintenance]\n\tauto = false\n"
)


def link(root: Path, copy: Path, folder: Path) -> None:
    """Give the copy of the site in `root` its history; `folder` will hold it. Raises OSError.

    Nothing is done where `root` is no repository's top, or one of a kind that can't be borrowed from.
    """
    own = _git_folder(root)
    pointer = copy / ".git"
    if own is None:
        pointer.unlink(missing_ok=True)
        return
    common = _common_folder(own)
    if (common / "reftable").exists() or not (common / "refs").is_dir():
        return
    for name in ("refs/heads", "refs/tags", "objects/info", "objects/pack"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    (folder / "config").write_text(_CONFIG, "utf-8")
    (folder / "objects/info/alternates").write_bytes(str(common / "objects").encode() + b"\n")
    for name, source in (("HEAD", own), ("index", own), ("packed-refs", common), ("shallow", common)):
        _take(source / name, folder / name)
    shutil.rmtree(folder / "refs")
    # A ref may go while they are copied: git itself locks only what it writes.
    with contextlib.suppress(shutil.Error):
        shutil.copytree(common / "refs", folder / "refs")
    (folder / "refs/heads").mkdir(parents=True, exist_ok=True)
    wanted = f"gitdir: {folder}\n"
    if not pointer.is_file() or pointer.read_text("utf-8", "replace") != wanted:
        pointer.write_text(wanted, "utf-8")


def _git_folder(root: Path) -> Path | None:
    """Return the git folder of the work tree `root`: `.git`, or where a file of that name says it is."""
    found = root / ".git"
    if found.is_dir():
        return found
    if not found.is_file():
        return None
    name = found.read_text("utf-8", "replace").strip().removeprefix("gitdir:").strip()
    folder = root / name
    return folder.resolve() if name and folder.is_dir() else None


def _common_folder(own: Path) -> Path:
    """Return the folder with objects and refs: another one for a further work tree of a repository."""
    pointer = own / "commondir"
    name = pointer.read_text("utf-8", "replace").strip() if pointer.is_file() else ""
    return (own / name).resolve() if name else own.resolve()


def _take(source: Path, place: Path) -> None:
    if source.is_file():
        shutil.copyfile(source, place)
    else:
        place.unlink(missing_ok=True)
