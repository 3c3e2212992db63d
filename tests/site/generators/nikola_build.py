"""Build Nikola sites with the real nikola, as a program of its own, for its own Python.

    python nikola_build.py SITE...

Prints a JSON list: per site an object from source (relative to the site) to [address, written file], of every
post and page that was written; null where the build failed. It leaves `output` and `cache` in the site.
"""

import json
import os
import runpy
import subprocess
import sys
from pathlib import Path

LEAN = 'DISABLED_PLUGINS = ["render_galleries", "render_listings", "robots", "sitemap", "create_bundles"]\n'


def pages_of(site):
    """Return what the build of `site` wrote, or None."""
    os.chdir(site)
    config = Path("conf.py")
    config.write_text(config.read_text("utf-8") + "\n" + LEAN, "utf-8")
    build = subprocess.run(
        [sys.executable, "-m", "nikola", "build", "-q"], capture_output=True, text=True, check=False
    )
    if build.returncode:
        print(f"{site}: {build.stdout[-2000:]}\n{build.stderr[-2000:]}", file=sys.stderr)
        return None
    from nikola import Nikola
    from nikola.utils import LocaleBorg

    values = {name: value for name, value in runpy.run_path("conf.py").items() if not name.startswith("_")}
    made = Nikola(**values, __quiet__=True)
    LocaleBorg.reset()
    LocaleBorg.initialize({}, values.get("DEFAULT_LANG", "en"))
    made.init_plugins()
    made.scan_posts()
    written = {}
    for post in made.timeline:
        for language in post.translated_to:
            file = post.destination_path(language)
            if Path("output", file).is_file():
                written[post.translated_source_path(language)] = [post.permalink(language), file]
    return written


real, sys.stdout = sys.stdout, sys.stderr
print(json.dumps([pages_of(str(Path(site).resolve())) for site in sys.argv[1:]]), file=real)
