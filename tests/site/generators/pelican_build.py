"""Build Pelican sites with the real pelican, as a program of its own, for its own Python.

    python pelican_build.py SITE...

Prints a JSON list: per site an object from source (relative to the site) to [address, written file], of every
article and page that was written; null where the build failed.
"""

import json
import logging
import os
import sys
import tempfile
from pathlib import Path

from own_process import each_alone
from pelican import Pelican
from pelican.plugins import signals
from pelican.settings import read_settings


def pages_of(site):
    """Return what the build of `site` wrote, or None; in a process of its own."""
    os.chdir(site)
    written = {}

    def note(path, context):
        # A page of the theme that shows articles has none of its own: it says so by its template.
        content = context.get("article") or context.get("page")
        if content is not None:
            source = os.path.relpath(content.source_path, site)
            written[source] = [content.url, os.path.relpath(path, output)]

    signals.content_written.connect(note)
    with tempfile.TemporaryDirectory() as output, tempfile.TemporaryDirectory() as theme:
        Path(theme, "templates").mkdir()
        for name in TEMPLATES:
            Path(theme, "templates", name + ".html").write_text("{{ 1 }}")
        try:
            settings = read_settings(
                "pelicanconf.py", override={"OUTPUT_PATH": output, "THEME": theme, **LEAN}
            )
            Pelican(settings).run()
        except Exception as error:
            print(f"{site}: {type(error).__name__}: {error}", file=sys.stderr)
            return None
    return written


LEAN = {"DIRECT_TEMPLATES": [], "FEED_ALL_ATOM": None, "CATEGORY_FEED_ATOM": None}
"""Lists of posts are not what is asked for."""

TEMPLATES = ("article", "author", "category", "index", "page", "period_archives", "tag")
"""A theme that is the same for all: the site's own may not be there."""

if __name__ == "__main__":
    logging.getLogger("pelican").setLevel(logging.CRITICAL)
    sites = [str(Path(site).resolve()) for site in sys.argv[1:]]
    print(json.dumps(each_alone(pages_of, sites)))
