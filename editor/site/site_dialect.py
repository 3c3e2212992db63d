"""The dialect of a site, with what its own Python adds to it: interpreter and versions."""

import os
from dataclasses import replace
from pathlib import Path

from editor.render.protocol import Dialect
from editor.site import python_environment
from editor.site.generators.rules import Rules
from editor.site.pinned_versions import pinned_versions


def site_dialect(rules: Rules) -> tuple[Dialect, tuple[Path, ...]]:
    """Return the dialect of the rules, and the files that were read for what this adds.

    The versions that the site names are added for every site, the interpreter for a trusted one alone: under it, the
    site's own packages render.
    """
    dialect = rules.dialect
    if dialect.family != "python-markdown" or rules.generator not in python_environment.COMMANDS:
        return dialect, ()
    versions, files = pinned_versions(rules.root, os.environ)
    interpreter = ""
    if rules.trusted and dialect.options.get("trusted"):
        found = python_environment.find(rules.root, rules.generator, os.environ)
        interpreter = str(found.interpreter) if found is not None else ""
    options = {**dialect.options, "versions": versions} if versions else dialect.options
    return replace(dialect, options=options, interpreter=interpreter), files
