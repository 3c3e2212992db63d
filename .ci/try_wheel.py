"""Try an installed wheel: `python .ci/try_wheel.py CHECKOUT COMMAND`, with the Python that has it.

Every module of the checkout is imported and every resource read, from the installed package, in the root
folder; `COMMAND --version` says the package's version.
"""

import importlib
import os
import subprocess
import sys
from pathlib import Path


def main(checkout: Path, command: Path) -> None:
    os.chdir("/")
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    # A script's own folder comes first on the path: nothing but the installed package may answer.
    sys.path.pop(0)

    from editor import __version__, resources

    modules = [
        ".".join(path.relative_to(checkout).with_suffix("").parts)
        for path in sorted(checkout.glob("editor/**/*.py"))
        if path.name not in {"__init__.py", "__main__.py"} and "_resources" not in path.parts
    ]
    for name in modules:
        found = Path(importlib.import_module(name).__file__ or "")
        if checkout in found.parents and not found.is_relative_to(sys.prefix):
            sys.exit(f"{name} was imported from the checkout: {found}")

    tracked = subprocess.run(
        ["git", "-c", f"safe.directory={checkout}", "-C", str(checkout), "ls-files", "-z", "resources"],
        capture_output=True,
        check=False,
    ).stdout.decode()
    shipped = [name.removeprefix("resources/") for name in tracked.split("\0") if name]
    for name in shipped:
        if not name.startswith("linux/") and (
            resources.path(name).read_bytes() != (checkout / "resources" / name).read_bytes()
        ):
            sys.exit(f"the resource {name} is not the checkout's")
    if (resources.root() / "linux").exists():
        sys.exit("the package holds the desktop's files")
    for name in (
        "applications/io.github.copydesk.Copydesk.desktop",
        "metainfo/io.github.copydesk.Copydesk.metainfo.xml",
        "icons/hicolor/scalable/apps/io.github.copydesk.Copydesk.svg",
    ):
        if not (Path(sys.prefix) / "share" / name).is_file():
            sys.exit(f"share/{name} is not installed")

    said = subprocess.run([command, "--version"], capture_output=True, text=True, check=False)
    if said.returncode != 0 or __version__ not in said.stdout:
        sys.exit(f"copydesk --version: exit {said.returncode}, {said.stdout!r} {said.stderr!r}")
    sys.stdout.write(f"{len(modules)} modules, {len(shipped)} resources, {said.stdout.strip()}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve())
