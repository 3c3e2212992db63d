"""What Zensical makes of the pages: what its Python half gives to the other one, which resolves the links."""

from pathlib import Path

from tests.end_to_end.published.programs import interpreter, pages_of

DRIVER = """
import json, os, sys

import zensical.markdown.render as renderer
from zensical import build, config

site, out, built = sys.argv[1:]
file = next(name for name in ("zensical.toml", "mkdocs.yml", "mkdocs.yaml") if os.path.exists(name))
render = renderer.render
pages = {}


def keep(content, path, *further, **named):
    page = render(content, path, *further, **named)
    docs = config.get_config()["docs_dir"]
    pages[os.path.normpath(os.path.join(docs, path))] = page["content"]
    return page


renderer.render = keep
try:
    build(os.path.abspath(file), {"clean": True, "strict": False})
except Exception as error:  # a template that is not there, once the pages are
    print(error, file=sys.stderr)
json.dump(pages, open(out, "w"))
"""


def published(site: Path, scratch: Path) -> dict[str, str]:
    """See the package's docstring."""
    return pages_of(interpreter("zensical"), DRIVER, site, scratch)
