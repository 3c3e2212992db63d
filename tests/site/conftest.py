import json
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest


@pytest.fixture
def built():
    """Build sites with the real mkdocs: a list of {source: address}, None for a build that failed."""
    if find_spec("material") is None or find_spec("mkdocs") is None:
        pytest.skip("mkdocs-material is not installed")

    def build(*sites: Path) -> list[dict[str, str] | None]:
        program = Path(__file__).with_name("mkdocs_build.py")
        done = subprocess.run(
            [sys.executable, str(program), *map(str, sites)],
            capture_output=True,
            text=True,
            timeout=150,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return build


@pytest.fixture(scope="session")
def write():
    """Write files: a folder, and a text by path below it."""

    def write_files(folder: Path, files: dict[str, str]) -> Path:
        for name, text in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode())
        return folder

    return write_files
