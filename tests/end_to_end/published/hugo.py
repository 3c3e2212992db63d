"""What Hugo makes of the pages: their `.Content`, with the site's own shortcodes, partials and render hooks.

All other templates are left out, and so are themes: nothing but the content counts. Code is compared as text:
Chroma's colours are its own.
"""

import html
import re
import shutil
from pathlib import Path

from tests.end_to_end.published.programs import GeneratorError, program, run

FLAT_CODE = True

_KEPT = ("shortcodes", "_shortcodes", "partials", "_partials", "_markup")
_PAGE = '{{ with .File }}<article data-path="{{ .Path }}">{{ end }}{{ .Content }}</article>'
_ARTICLE = re.compile(r'<article data-path="([^"]+)">(.*)</article>', re.DOTALL)
_SWITCHES = ("--buildDrafts", "--buildFuture", "--buildExpired")


def published(site: Path, scratch: Path) -> dict[str, str]:
    """See the package's docstring."""
    layouts = site / "layouts"
    for child in layouts.iterdir() if layouts.is_dir() else ():
        hooks = child / "_markup"
        if child.name == "_default" and hooks.is_dir() and not (layouts / "_markup").exists():
            hooks.rename(layouts / "_markup")
        if child.name not in _KEPT:
            shutil.rmtree(child) if child.is_dir() else child.unlink()
    page = layouts / "_default"
    page.mkdir(parents=True)
    (page / "single.html").write_text(_PAGE, "utf-8")
    (page / "list.html").write_text("-", "utf-8")
    command = [str(program("hugo")), "--source", str(site), "--destination", str(scratch), *_SWITCHES]
    done = run([*command, "--theme", ""], site)
    pages = {}
    for file in scratch.rglob("*.html"):
        found = _ARTICLE.match(file.read_text("utf-8"))
        if found:
            pages[f"content/{html.unescape(found[1])}"] = found[2]
    if not pages:
        raise GeneratorError(f"hugo published nothing:\n{(done.stdout + done.stderr)[-3000:]}")
    return pages
