"""Whether a site loads a script that sets formulas: without one, readers see their source."""

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from editor.site.files import start_of
from editor.site.generators.mkdocs import MkDocs
from editor.site.site import Site

_WORDS = re.compile(rb"mathjax|katex|temml|mathml", re.IGNORECASE)
_THEMES = (None, "mkdocs", "readthedocs", "material")
"""Themes that bring no such script."""
_LARGEST = 4 * 1024 * 1024


def loads_no_formula_script(site: Site) -> bool:
    """Return whether the configuration shows that no script for formulas is loaded; this reads the site's scripts.

    False also where that can't be told: MkDocs and its like alone name all scripts in one place (`extra_javascript`),
    and there templates, hooks and scripts from elsewhere may bring one that nobody names.
    """
    rules = site.rules
    if not isinstance(rules, MkDocs):
        return False
    values = rules.values
    theme = values.get("theme")
    options = theme if isinstance(theme, Mapping) else {"name": theme}
    if options.get("name") not in _THEMES or options.get("custom_dir") or values.get("hooks"):
        return False
    if _WORDS.search(repr(values.get("plugins")).encode()):
        return False
    docs_dir = Path(values["docs_dir"])
    scripts = values.get("extra_javascript")
    return all(_is_other(script, docs_dir) for script in (scripts if isinstance(scripts, list) else []))


def _is_other(script: Any, docs_dir: Path) -> bool:
    """Return whether `script`, an entry of `extra_javascript`, surely has nothing to do with formulas."""
    name = script.get("path") if isinstance(script, Mapping) else script
    if not isinstance(name, str) or "//" in name or _WORDS.search(name.encode()):
        return False
    try:
        file = (docs_dir / name).resolve(strict=True)
        if not file.is_relative_to(os.path.realpath(docs_dir)) or file.stat().st_size > _LARGEST:
            return False
        return not _WORDS.search(start_of(file, _LARGEST))
    except (OSError, ValueError, RuntimeError):
        return False
