"""The read-only files that ship with the program."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def root() -> Path:
    """Return the resources folder: inside the package in an installed wheel, else beside it in a checkout."""
    installed = _PACKAGE / "_resources"
    return installed if installed.is_dir() else _PACKAGE.parent / "resources"


def path(name: str) -> Path:
    """Return the path of the resource `name` (with forward slashes, `preview/page.html`).

    Raises FileNotFoundError where there is no such file or folder.
    """
    found = root() / name
    if not found.exists():
        raise FileNotFoundError(f"no resource {name}")
    return found


def text(name: str) -> str:
    """Return the content of the UTF-8 text resource `name`."""
    return path(name).read_text("utf-8")
