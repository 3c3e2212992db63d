import os
from collections.abc import Callable, Mapping
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.site.building import sites
from tests.site.generators.real_builds import program


@pytest.fixture
def site_of(tmp_path, monkeypatch) -> Callable[..., Path]:
    """Give a function that makes the site of a generator, whose program is then found."""

    def make(generator: str, changed: Mapping[str, str] | None = None) -> Path:
        if generator.startswith("mkdocs"):
            needed = "material" if generator == "mkdocs-material" else "mkdocs"
            if find_spec(needed) is None:
                pytest.skip(f"{needed} is not installed")
        elif generator not in sites.NODE:
            monkeypatch.setenv("PATH", os.pathsep.join([os.environ["PATH"], str(program(generator).parent)]))
        return sites.make(generator, tmp_path / "site", changed)

    return make
