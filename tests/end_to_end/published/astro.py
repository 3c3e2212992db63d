"""What Astro makes of the entries of its collections: what `<Content />` shows, before any layout.

The site's own configuration is built, with nothing in the place of its pages but one that shows each Markdown file
below its source folder between marks. What Astro does to pictures in the site is undone: their names hold numbers
that only a build knows. Colours that Shiki gives to words are its own: of code its text counts alone.
"""

import html
import json
import re
import shutil
from pathlib import Path

from tests.end_to_end.published.programs import GeneratorError, lay_packages, program, run

FLAT_CODE = True

CONFIG = """
import { defineCollection } from "astro:content";
import { glob } from "astro/loaders";
const generateId = ({ entry }) => entry;
export const collections = {
  copydesk: defineCollection({ loader: glob({ pattern: ["**/*.md", "**/*.mdx"], base: %s, generateId }) }),
};
"""
PAGE = """---
import { getCollection, render } from "astro:content";
export async function getStaticPaths() {
  const entries = await getCollection("copydesk");
  return entries.map((entry, at) => ({ params: { at: String(at) }, props: { entry } }));
}
const { entry } = Astro.props;
const { Content } = await render(entry);
---
<copydesk-entry data-path={entry.id} /><Content /><copydesk-end />
"""
_ENTRY = re.compile(r'<copydesk-entry data-path="([^"]*)"></copydesk-entry>(.*)<copydesk-end>', re.DOTALL)
_PICTURE = re.compile(r"<img [^>]*>")
_ATTRIBUTE = re.compile(r'([\w-]+)(?:="([^"]*)")?')
_BUILT = re.compile(r"/_astro/(?P<name>.+?)\.[\w-]{8}(?:_\w+)?\.(?P<kind>\w+)\Z")
_OF_BUILD = ("width", "height", "loading", "decoding", "fetchpriority", "data-image-component")


def published(site: Path, scratch: Path) -> dict[str, str]:
    """See the package's docstring."""
    lay_packages(site, program("astro").parents[1])
    source = site / "src"
    for name in ("pages", "content.config.ts", "content/config.ts", "middleware.ts", "content.config.js"):
        path = source / name
        if path.is_dir():
            shutil.rmtree(path)
        path.unlink(missing_ok=True)
    (source / "pages").mkdir(parents=True)
    (source / "content.config.mjs").write_text(CONFIG % json.dumps("./src"), "utf-8")
    (source / "pages/[at].astro").write_text(PAGE, "utf-8")
    command = ["node", str(program("astro").resolve()), "build", "--outDir", str(scratch / "built")]
    done = run(command, site)
    pages = {}
    for file in (scratch / "built").rglob("index.html"):
        found = _ENTRY.search(file.read_text("utf-8"))
        if found:
            name = f"src/{html.unescape(found[1])}"
            pages[name] = _with_own_pictures(found[2], (site / name).read_text("utf-8", "replace"))
    if not pages:
        raise GeneratorError(f"astro published nothing:\n{(done.stdout + done.stderr)[-3000:]}")
    return pages


def _with_own_pictures(page: str, text: str) -> str:
    """Return a page with pictures as they were before they were made smaller; of their address the name is left.

    `text` is what the page was made of: the names stand there.
    """

    def picture(found: re.Match[str]) -> str:
        attributes = dict(_ATTRIBUTE.findall(found[0][4:-1].strip().rstrip("/")))
        built = _BUILT.match(html.unescape(attributes.get("src", "")))
        if built is None:
            return found[0]
        own = re.search(rf"{re.escape(built['name'])}\.\w+", text)
        attributes["src"] = own[0] if own is not None else f"{built['name']}.{built['kind']}"
        kept = {key: value for key, value in attributes.items() if key not in _OF_BUILD}
        return "<img " + " ".join(f'{key}="{value}"' for key, value in kept.items()) + ">"

    return _PICTURE.sub(picture, page)
