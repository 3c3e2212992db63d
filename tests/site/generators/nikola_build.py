"""Build Nikola sites with the real nikola, as a program of its own, for its own Python.

    python nikola_build.py SITE...

Prints a JSON list: per site an object from source (relative to the site) to [address, written file], of every
post and page that was written; null where the build failed. It leaves `output` and `cache` in the site.
"""

import json
import os
import sys
from pathlib import Path

import nikola.__main__ as program
from nikola import Nikola
from own_process import each_alone

LEAN = """
DISABLED_PLUGINS = [
    "classify_archive", "classify_authors", "classify_categories", "classify_indexes", "classify_page_index",
    "classify_tags", "copy_assets", "copy_files", "create_bundles", "render_galleries", "render_listings",
    "render_sources", "render_taxonomies", "robots", "scale_images", "sitemap",
]
THEME = "base"
"""
"""Only posts and pages are asked for, not what lists and shows them."""


def pages_of(site):
    """Return what the build of `site` wrote, or None; in a process of its own."""
    os.chdir(site)
    config = Path("conf.py")
    config.write_text(config.read_text("utf-8") + LEAN, "utf-8")
    for name in ("post", "page", "story"):
        template = Path("templates", name + ".tmpl")
        template.parent.mkdir(exist_ok=True)
        template.write_text("${post.text()}", "utf-8")
    made = []

    def make(**settings):
        made.append(Nikola(**settings))
        return made[-1]

    program.Nikola = make
    if program.main(["build", "-q"]):
        return None
    written = {}
    for post in made[0].timeline:
        for language in post.translated_to:
            file = post.destination_path(language)
            if Path("output", file).is_file():
                written[post.translated_source_path(language)] = [post.permalink(language), file]
    return written


if __name__ == "__main__":
    real, sys.stdout = sys.stdout, sys.stderr
    sites = [str(Path(site).resolve()) for site in sys.argv[1:]]
    print(json.dumps(each_alone(pages_of, sites)), file=real)
