"""`copydesk render FILE…`: the page's HTML as its generator would publish it, before any theme."""

import argparse
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from editor.cli import output, replay
from editor.errors import CopydeskError, OpenError, RenderError
from editor.post.document import PostDocument
from editor.render.process import BlockingRenderer
from editor.render.protocol import Dialect, PageContext, RenderResult
from editor.settings import Settings
from editor.site.files import as_written
from editor.site.find import SiteFinder, open_site
from editor.site.generators import plain_dialect
from editor.translation import gettext as _


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of `render`."""
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help=_("a Markdown file"))
    parser.add_argument(
        "--site", type=Path, metavar="DIR", help=_("the site; else found upwards from the file")
    )
    parser.add_argument(
        "--output-dir",
        type=Path,
        metavar="DIR",
        help=_("write DIR/<path in the site>.html instead of printing"),
    )
    parser.add_argument("--json", action="store_true", help=_("print a list of objects"))
    parser.add_argument(
        "--replay", type=int, metavar="SEED", help=_("type each post in by random edits, the same for a SEED")
    )
    parser.add_argument("--trust", action="store_true", help=_("trust the site's code for this run"))


def run(arguments: argparse.Namespace) -> int:
    """Render the files; return 1 where one of them could not be."""
    sites = _Sites(arguments.site, arguments.trust)
    results: list[dict[str, Any]] = []
    failed = False
    with BlockingRenderer() as renderer:
        for path in arguments.files:
            try:
                page = sites.page(path)
                result = _rendered(renderer, page, arguments.replay)
                if arguments.output_dir is not None:
                    _write(arguments.output_dir, page, result.html)
            except CopydeskError as error:
                failed = True
                error.path = error.path or path
                output.complain(error)
                continue
            reasons = list(dict.fromkeys((*page.dialect.reasons, *result.reasons)))
            results.append({"path": page.name, "html": result.html, "exact": not reasons, "reasons": reasons})
            if arguments.output_dir is None and not arguments.json:
                sys.stdout.write(result.html + "\n")
    if arguments.json:
        output.say_json(results)
    return 1 if failed else 0


@dataclass(frozen=True, slots=True)
class _Page:
    name: str
    """The path in the site, with forward slashes; without a site, as it was given."""
    text: str
    dialect: Dialect
    context: PageContext


class _Sites:
    """The sites of the files, each read once."""

    def __init__(self, folder: Path | None, trust: bool) -> None:
        settings = Settings.load()
        self._named = open_site(folder, settings, trust=trust) if folder is not None else None
        self._finder = SiteFinder(settings, trust=trust)

    def page(self, path: Path) -> _Page:
        """Return what is to be rendered; raises CopydeskError where the file or its site can't be read."""
        document = PostDocument.open(path)
        if document.read_only is not None:
            raise OpenError(document.read_only, path=path)
        if not document.encoding.startswith("UTF-8"):
            words = _("The file is {encoding}, and generators read UTF-8: save it as UTF-8")
            raise OpenError(words.format(encoding=document.encoding), path=path)
        text = document.text
        path = as_written(path)
        site = self._named or self._finder.find(path)
        if site is None:
            context = PageContext(str(path.parent), path.name)
            return _Page(path.name, text, plain_dialect.dialect(), context)
        name = site.relative(path)
        if Path(name).is_absolute():
            message = _("The file is outside the site {folder}").format(folder=site.root)
            raise CopydeskError(message, path=path)
        return _Page(name, text, site.dialect, site.page_context(path, site.read(text).values, text))


def _rendered(renderer: BlockingRenderer, page: _Page, seed: int | None) -> RenderResult:
    if seed is None:
        renderer.open(page.text, page.dialect, page.context)
        renderer.verify()
        return renderer.render()
    renderer.open("", page.dialect, page.context)
    for count, edit in enumerate(replay.edits(page.text, seed)):
        renderer.edit(edit)
        if count % 3 == 0:  # the others wait, as they do while a rendering is under way
            try:
                renderer.render()
            except RenderError:
                continue  # a post half typed may be one that its extensions stop at
    return renderer.render()


def _write(folder: Path, page: _Page, html: str) -> None:
    target = folder / (page.name + ".html")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(html, "utf-8", errors="surrogatepass", newline="")
    except OSError as error:
        message = _("The HTML can't be written: {reason}").format(reason=error.strerror or error)
        raise CopydeskError(message, path=target) from error
