"""What Pelican makes of the articles, without the site's plugins: `Article.content`, its links resolved."""

from pathlib import Path

from tests.end_to_end.published.programs import interpreter, pages_of

DRIVER = """
import json, os, sys

from pelican import Pelican, signals
from pelican.settings import read_settings

site, out, built = sys.argv[1:]
sys.path.insert(0, site)
settings = read_settings("pelicanconf.py", override={
    "OUTPUT_PATH": built, "PLUGINS": [], "THEME": "simple",
    "CACHE_CONTENT": False, "LOAD_CONTENT_CACHE": False,
})


def keep(generators):
    pages = {}
    for generator in generators:
        for post in getattr(generator, "articles", []) + getattr(generator, "drafts", []):
            pages[os.path.relpath(post.source_path, site)] = post.content
    json.dump(pages, open(out, "w"))
    os._exit(0)  # themes and feeds come after this


signals.all_generators_finalized.connect(keep)
Pelican(settings).run()
"""


def published(site: Path, scratch: Path) -> dict[str, str]:
    """See the package's docstring."""
    return pages_of(interpreter("pelican"), DRIVER, site, scratch)
