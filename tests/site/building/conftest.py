import os
from collections.abc import Callable, Mapping
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.site.building import sites
from tests.site.generators.real_builds import program


@pytest.fixture
def site_of(tmp_path, monkeypatch) -> Callable[..., Path]:
    """Give a function that makes the site of a generator, whose program is then found.

    Generators in Python read their modules as they are installed: each test has a cache of its own, for which
    they would translate all of them anew.
    """
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")

    def make(generator: str, changed: Mapping[str, str] | None = None) -> Path:
        if generator.startswith("mkdocs"):
            needed = "material" if generator == "mkdocs-material" else "mkdocs"
            if find_spec(needed) is None:
                pytest.skip(f"{needed} is not installed")
        elif generator not in sites.NODE:
            monkeypatch.setenv("PATH", os.pathsep.join([os.environ["PATH"], str(program(generator).parent)]))
        return sites.make(generator, tmp_path / "site", changed)

    return make
