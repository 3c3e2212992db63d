"""Virtual environments for tests: real ones, made without the network out of what runs the tests."""

import importlib.metadata
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path


def make_environment(prefix: Path, *packages: str, version: str = "") -> Path:
    """Make a virtual environment with copies of `packages` (distributions) and nothing else; return its Python.

    `version` is what the copy of Markdown says of itself, in its place.
    """
    venv.create(prefix, symlinks=os.name != "nt", with_pip=False)
    place = site_packages(prefix)
    for name in packages:
        distribution = importlib.metadata.distribution(name)
        for file in distribution.files or []:
            source, target = Path(str(distribution.locate_file(file))), place / str(file)
            if ".." in file.parts or source.suffix == ".pyc" or not source.is_file():
                continue
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target)
    if version:
        own = importlib.metadata.version("Markdown")
        (information,) = place.glob("[Mm]arkdown-*.dist-info")
        metadata = information / "METADATA"
        metadata.write_text(
            metadata.read_text("utf-8").replace(f"Version: {own}", f"Version: {version}"), "utf-8"
        )
        information.rename(information.with_name(f"markdown-{version}.dist-info"))
    return python_in(prefix)


def fake_environment(prefix: Path, markdown: bool = True) -> Path:
    """Make what looks like a virtual environment, with a Python that can't be run; return that."""
    python = python_in(prefix)
    python.parent.mkdir(parents=True)
    python.write_text("no program")
    python.chmod(0o755)
    (prefix / "pyvenv.cfg").write_text("include-system-site-packages = false\n")
    if markdown:
        package = prefix / "lib/python3.12/site-packages/markdown"
        package.mkdir(parents=True)
        (package / "__init__.py").touch()
        (package.parent / "markdown-3.4.1.dist-info").mkdir()
    return python


def python_in(prefix: Path) -> Path:
    """Return where the Python of an environment is."""
    return prefix / "Scripts" / "python.exe" if os.name == "nt" else prefix / "bin" / "python"


def site_packages(prefix: Path) -> Path:
    """Return where the packages of an environment are."""
    if os.name == "nt":
        return prefix / "Lib" / "site-packages"
    (place,) = prefix.glob("lib/python3*/site-packages")
    return place


def python_3_9() -> str | None:
    """Return a Python 3.9 of this machine, or None."""
    shim = shutil.which("pyenv")
    of_pyenv = sorted(Path(shim).resolve().parent.parent.glob("versions/3.9*/bin/python")) if shim else []
    for candidate in (os.environ.get("COPYDESK_TEST_PYTHON39"), shutil.which("python3.9"), *of_pyenv):
        program = "import sys; print(sys.version_info[:2] == (3, 9) and sys.executable)"
        if candidate:
            asked = subprocess.run([candidate, "-c", program], capture_output=True, text=True, check=False)
            if asked.returncode == 0 and asked.stdout.strip() != "False":
                return asked.stdout.strip()
    return None


def install(prefix: Path, *requirements: str) -> bool:
    """Install wheels without what they depend on, and return whether they could be had."""
    command = [sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--ignore-requires-python"]
    target = ["--target", str(site_packages(prefix)), *requirements]
    return subprocess.run([*command, *target], capture_output=True, check=False).returncode == 0


def run(*command: str) -> None:
    """Run a program that has to succeed."""
    subprocess.run(command, check=True, capture_output=True)
