"""One module a generator; each has `make(options)`, which returns a Flavour for the options of a dialect."""

import importlib
from collections.abc import Mapping
from typing import Any

from editor.render.commonmark.flavour import Flavour

NAMES = ("astro", "eleventy", "hexo", "hugo", "plain", "zola")
"""What the option `flavour` of a dialect of the family `commonmark` may be; each is a module here."""


def make(options: Mapping[str, Any]) -> Flavour:
    """Return the flavour that the options of a dialect ask for.

    Raises ValueError for one that there is no module for.
    """
    name = options.get("flavour", "plain")
    if name not in NAMES:
        raise ValueError(f"unknown flavour {name!r}")
    flavour: Flavour = importlib.import_module(f"{__name__}.{name}").make(options)
    return flavour
