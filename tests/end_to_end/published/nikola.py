"""What Nikola makes of the posts: what `Post.text` gives to a template.

The addresses are left as they are written: Nikola makes them absolute there, only to make them relative again
when the page is written. Links of its own scheme (`link://`) are resolved as it does then.
"""

from pathlib import Path

from tests.end_to_end.published.programs import interpreter, pages_of

DRIVER = """
import datetime, json, os, sys

import lxml.html

site, out, built = sys.argv[1:]
sys.path.insert(0, site)
import conf  # the site's
from nikola import Nikola

from nikola.post import Post

set_date = Post._set_date


def tolerant(post, *arguments):
    try:
        set_date(post, *arguments)
    except ValueError:  # a post without a date would stop the whole build
        post.date = datetime.datetime.now(datetime.timezone.utc)


Post._set_date = tolerant
lxml.html.HtmlElement.make_links_absolute = lambda *_, **__: None
settings = {name: value for name, value in vars(conf).items() if name.isupper()}
settings.update(OUTPUT_FOLDER=built, THEME="base", DISABLED_PLUGINS=settings.get("DISABLED_PLUGINS", []))
settings["__invariant__"] = False
nikola = Nikola(**settings)
nikola.init_plugins()
nikola.scan_posts(really=True, ignore_quit=True, quiet=True)
pages = {}
for post in nikola.timeline:
    for language in nikola.config["TRANSLATIONS"]:
        if not post.is_translation_available(language):
            continue
        try:
            html = post.text(language)
        except (Exception, SystemExit) as error:
            print("failed:", post.source_path, error, file=sys.stderr)
            continue
        address = post.permalink(language)

        def shown(url):
            return nikola.url_replacer(address, url, language) if url.startswith("link:") else url

        if html and "link:" in html:
            document = lxml.html.fragment_fromstring(html, "body")
            document.rewrite_links(shown)
            html = "".join([document.text or ""] + [lxml.html.tostring(e, encoding="unicode") for e in document])
        pages[os.path.relpath(post.translated_source_path(language), site)] = html
json.dump(pages, open(out, "w"))
"""


def published(site: Path, scratch: Path) -> dict[str, str]:
    """See the package's docstring."""
    return pages_of(interpreter("nikola"), DRIVER, site, scratch)
