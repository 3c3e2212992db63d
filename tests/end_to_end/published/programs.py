"""Find and run the real generators."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path


class GeneratorError(Exception):
    """The generator is not installed, or its build failed."""


def program(name: str) -> Path:
    """Return a generator's program: on PATH, or below the folder that COPYDESK_GENERATORS names (/opt)."""
    folder = Path(os.environ.get("COPYDESK_GENERATORS", "/opt"))
    places = (f"{name}/node_modules/.bin/{name}", f"{name}/bin/{name}", f"{name}/*/bin/{name}")
    below = (file for place in places for file in sorted(folder.glob(place)))
    found = shutil.which(name) or next(below, None)
    if found is None:
        raise GeneratorError(f"{name} is not installed: put it on PATH, or its folder in COPYDESK_GENERATORS")
    return Path(found)


def interpreter(name: str) -> str:
    """Return the Python that has a generator: COPYDESK_GENERATOR_PYTHON, else that beside its program.

    Without a program it is the Python that runs this.
    """
    named = os.environ.get("COPYDESK_GENERATOR_PYTHON")
    if named:
        return named
    try:
        beside = program(name).parent / "python"
    except GeneratorError:
        return sys.executable
    return str(beside) if beside.exists() else sys.executable


def run(command: list[str], folder: Path, seconds: float = 1500) -> subprocess.CompletedProcess[str]:
    """Run a generator in a site, without colours and telemetry."""
    environment = {
        **os.environ,
        "NO_COLOR": "1",
        "ASTRO_TELEMETRY_DISABLED": "1",
        "NO_MKDOCS_2_WARNING": "1",
        "PYTHONUTF8": "1",
    }
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, timeout=seconds, check=False
    )


def lay_packages(site: Path, modules: Path) -> None:
    """Give a site that has no packages those in `modules`, in a folder of its own: generators keep things there."""
    folder = site / "node_modules"
    if not folder.exists():
        folder.mkdir()
        for package in modules.glob("[!.]*"):
            (folder / package.name).symlink_to(package)


def pages_of(python: str, driver: str, site: Path, scratch: Path) -> dict[str, str]:
    """Run a driver in the generator's Python; it writes the pages as JSON to the file that it is given.

    Its arguments are the site, that file, and a folder for the built site.
    """
    out = scratch / "pages.json"
    done = run([python, "-c", driver, str(site), str(out), str(scratch / "built")], site)
    if not out.exists():
        raise GeneratorError(f"the build failed:\n{(done.stdout + done.stderr)[-3000:]}")
    pages: dict[str, str] = json.loads(out.read_text("utf-8"))
    return {name: html for name, html in pages.items() if not name.startswith("..")}
