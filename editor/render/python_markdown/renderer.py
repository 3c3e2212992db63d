"""One page: front matter off, the site's own steps, Python-Markdown with the site's extensions."""

# Paths are texts here: the extensions take and give them as such.
# ruff: noqa: PTH100, PTH113, PTH118, PTH120
from __future__ import annotations

import gc
import json
import os
import re
import time
import weakref
from collections import OrderedDict
from contextlib import nullcontext
from typing import TYPE_CHECKING, Any, NamedTuple

import markdown

from editor.render.python_markdown import coloured_code, front_matter, generator_steps
from editor.render.python_markdown.block_renderer import BlockRenderer
from editor.render.python_markdown.confined import Confinement, inside
from editor.render.python_markdown.constructs import is_known
from editor.render.python_markdown.heads import Head
from editor.render.python_markdown.icons import Icons
from editor.render.python_markdown.incremental import IncrementalPage
from editor.render.python_markdown.links import SourceLinks
from editor.render.python_markdown.notes import Notes
from editor.render.python_markdown.options import Maker, Place, Resolver, imported
from editor.render.python_markdown.patches import PatchedPage
from editor.render.python_markdown.versions import note_differences
from editor.render.python_markdown.watch import Watch

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from editor.render.python_markdown.documents import Document
    from editor.render.python_markdown.generator_steps import GeneratorSteps

_KEPT = 4
"""How many converters are kept: making one takes some ten milliseconds."""

_NEW_EACH_TIME = ("UNIQUE_IDS",)
"""Options that count on from page to page, where a build has a converter of its own for each page."""


_SETTINGS = ("output_format", "tab_length", "lazy_ol")
"""What a dialect may set of Markdown itself, beside the extensions."""


class _Converter:
    """A Python-Markdown instance with what was noted while it was made."""

    def __init__(
        self,
        md: markdown.Markdown,
        links: SourceLinks,
        notes: list[list[str]],
        icons: Icons,
        names: list[str],
        steps: GeneratorSteps,
    ) -> None:
        self.md = md
        self.links = links
        self.steps = steps
        self.notes = notes
        self.icons = icons
        self.names = names
        """Of the extensions."""
        self.cut: _Cutter | None = None
        """What renders single blocks; made for the first page that is kept."""
        self.tried_to_cut = False

    @property
    def all_links(self) -> list[SourceLinks]:
        """What rewrites links, of whole pages and of blocks."""
        return [self.links, self.cut.links] if self.cut is not None else [self.links]

    @property
    def all_steps(self) -> list[GeneratorSteps]:
        """What the generator does beside, to whole pages and to blocks."""
        return [self.steps, self.cut.steps] if self.cut is not None else [self.steps]


class _Cutter(NamedTuple):
    """A second Markdown instance, which renders blocks."""

    renderer: BlockRenderer
    links: SourceLinks
    steps: GeneratorSteps


class _Watch(Watch):
    """Tells apart what is noted and read for each block of a page."""

    def __init__(self, confinement: Confinement, notes: Notes, document: Document) -> None:
        self._confinement = confinement
        self._notes = notes
        self._root = os.path.abspath(document.root)
        self._own = os.path.realpath(os.path.join(self._root, document.path))

    def begin(self) -> None:
        self._notes.clear()
        self._confinement.taken(self._root)

    def seen(self) -> tuple[list[list[str]], list[str]]:
        files = [file for file in self._confinement.taken(self._root) if file != self._own]
        return self._notes.as_list(), files


class _KeptPage(NamedTuple):
    document: weakref.ref[Document]
    page: IncrementalPage
    head: Head


class _Pages:
    """The pages that are kept, by the documents that they are of."""

    def __init__(self) -> None:
        self._kept: OrderedDict[int, _KeptPage] = OrderedDict()

    def take(self, document: Document) -> _KeptPage | None:
        """Take the page of a document out."""
        kept = self._kept.pop(id(document), None)
        if kept is None or kept.document() is not document:  # another's, that is gone
            return None
        return kept

    def keep(self, document: Document, page: IncrementalPage, head: Head) -> None:
        """Keep a page."""
        self._kept[id(document)] = _KeptPage(weakref.ref(document), page, head)
        while len(self._kept) > _KEPT:
            self._kept.popitem(last=False)


class Renderer:
    """Renders documents; keeps its converters from one to the next."""

    def __init__(self, confinement: Confinement) -> None:
        self._confinement = confinement
        self._kept: OrderedDict[str, _Converter] = OrderedDict()
        self._notes = Notes()
        self._pages = _Pages()
        self._at_hand: _Converter | None = None

    def render(self, document: Document) -> tuple[str, list[list[str]], list[str]]:
        """Return the page's HTML before any template, the notes, and the files that were read for it.

        Raises whatever an extension raises.
        """
        html: list[str] = []
        notes, files = self._with_converter(
            document, lambda _converter, body: html.append(self._whole(body or ""))
        )
        return html[0], notes, files

    def patch(self, document: Document) -> PatchedPage:
        """Return what changed in the page since the last patch of this document; all of it the first time.

        Clears the document's pending edits. Blocks that there is no time for within the document's `within` are left
        to the next patches. Raises whatever an extension raises; the next patch is a fresh one then.
        """
        made: list[PatchedPage] = []
        like = self._pages.take(document.like) if document.like is not None else None
        document.like = None
        kept = self._pages.take(document)
        edits = kept.head.edits_of_body(document.pending) if kept is not None else None
        started = 0.0

        def enough() -> bool:
            return document.within is not None and time.perf_counter() - started >= document.within

        def patched(converter: _Converter, body: str | None) -> None:
            nonlocal started
            started = time.perf_counter()
            cutter = converter.cut.renderer if converter.cut is not None else None
            if kept is None or kept.page.renderer is not cutter or (body is None and edits is None):
                assert body is not None
                watch = _Watch(self._confinement, self._notes, document)
                page = IncrementalPage(cutter, self._whole, watch)
                head = self._head(document, body)
                patch = page.open(body, enough, like.page if like is not None else None)
            else:
                page = kept.page
                if body is None:
                    head = kept.head
                    for edit in edits or ():
                        page.edit(*edit)
                else:
                    head = self._head(document, body)
                    page.become(body)
                patch = page.patch(enough)
            notes = Notes()
            notes.extend([*head.told, *page.notes])
            made.append(PatchedPage(patch, head.first_line, notes.as_list(), page.files))
            # Only now: after something was raised the page is not what it was.
            self._pages.keep(document, page, head)
            if patch.fresh or patch.more:
                gc.freeze()  # thousands of blocks that stay: looking through them would hold up a key

        self._with_converter(document, patched, cut=True, body_is_known=edits is not None)
        document.pending.clear()
        return made[0]

    def _head(self, document: Document, body: str) -> Head:
        told = self._notes.as_list()
        return Head(document.text, body, told, _rule(document), not document.options.get("tag_listings"))

    def _whole(self, body: str) -> str:
        assert self._at_hand is not None
        return self._at_hand.steps.finish(str(self._at_hand.md.reset().convert(body)))

    def _with_converter(
        self,
        document: Document,
        task: Callable[[_Converter, str | None], None],
        cut: bool = False,
        body_is_known: bool = False,
    ) -> tuple[list[list[str]], list[str]]:
        options = document.options
        trusted = bool(options.get("trusted"))
        self._notes.clear()
        place = _place(document)
        key = json.dumps([options, document.root, place.page_folder], sort_keys=True, default=str)
        made_before = key in self._kept
        converter = self._kept.pop(key, None) or self._converter(options, place, trusted)
        if cut and not converter.tried_to_cut:
            converter.tried_to_cut = True
            converter.cut = self._cutter(converter, options, place, trusted)
        self._at_hand = converter
        self._notes.extend(converter.notes)
        # Now: what it imports may not be had while the site is held.
        body = None if body_is_known and made_before else self._body(document)
        for links in converter.all_links:
            links.source = document.facts.get("src_uri") or None
        for steps in converter.all_steps:
            steps.turn_to(document.facts)
        held = nullcontext() if trusted else self._confinement.holding(place.root, self._notes)
        with held, self._confinement.reading(place.root) as files:
            task(converter, body)
        # Only now: a converter that failed half way is not used again.
        if not self._counts_on(options, trusted):
            self._kept[key] = converter
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        own = os.path.realpath(os.path.join(place.root, document.path))
        return self._notes.as_list(), [file for file in files if file != own]

    def _converter(self, options: Mapping[str, Any], place: Place, trusted: bool) -> _Converter:
        wanted = options.get("versions") or {}
        icons = Icons(self._notes, wanted, str(options.get("icons") or ""))
        resolver = Resolver(place, trusted, self._notes, icons)
        makers = imported(resolver.configured(options), trusted, self._notes)
        steps = generator_steps.made(options, self._notes)
        settings = options.get("markdown", {})
        md = markdown.Markdown(**{name: settings[name] for name in _SETTINGS if name in settings})
        held = nullcontext() if trusted else self._confinement.holding(place.root, self._notes)
        with held:
            steps.begin(md)
            for name, config, make in makers:
                steps.configure(name, config)
                self._register(md, name, config, make)
            steps.end(md)
        note_differences(wanted, [name for name, _, _ in makers], self._notes)
        coloured_code.watch(md, wanted, steps.pygments_below, self._notes)
        links = SourceLinks()
        links.docs = place.docs
        links.absolute_to_docs = bool(options.get("absolute_links_to_docs"))
        md.treeprocessors.register(links, "relpath", 0)
        if not trusted and "snippet" in md.preprocessors:
            self._confine_snippets(md.preprocessors["snippet"], place.root)
        names = [name for name, _, _ in makers]
        return _Converter(md, links, self._notes.as_list(), icons, names, steps)

    def _cutter(
        self, converter: _Converter, options: Mapping[str, Any], place: Place, trusted: bool
    ) -> _Cutter | None:
        """Return what renders blocks one by one as the converter does pages, if that can be done."""
        if self._counts_on(options, trusted) or not all(map(is_known, converter.names)):
            return None
        own = self._converter(options, place, trusted)
        renderer = BlockRenderer(own.md, own.steps)
        return _Cutter(renderer, own.links, own.steps) if renderer.constructs.why_whole() is None else None

    def _register(self, md: markdown.Markdown, name: str, config: dict[str, Any], make: Maker) -> None:
        try:
            try:
                made = make(md, config)
            except KeyError:  # an option that this version of the extension does not know
                known = make(md, {}).config
                for option in sorted(set(config) - set(known)):
                    self._notes.add("option-unknown", f"{name}: {option}")
                made = make(md, {option: value for option, value in config.items() if option in known})
            md.registerExtensions([made], {})
        except ImportError:
            self._notes.add("extension-missing", name)
        except Exception:  # whatever an extension raises over its options: the page is better off without it
            self._notes.add("extension-failed", name)

    def _confine_snippets(self, snippets: Any, root: str) -> None:
        """Let a snippet that leads out of the site be missing, rather than stop the page."""
        look_up = snippets.get_snippet_path

        def held(path: str) -> str | None:
            found: str | None = look_up(path)
            if found is not None and not (inside(found, root) and os.path.isfile(found)):
                self._notes.add("snippet-refused", path)
                return None
            return found

        snippets.get_snippet_path = held

    def _body(self, document: Document) -> str:
        # MkDocs reads in text mode: every kind of line ending is a line feed.
        text = document.text.replace("\r\n", "\n").replace("\r", "\n")
        rule = _rule(document)
        if rule != "mkdocs":
            return front_matter.other_body(text, rule)
        if (document.facts.get("blog") or {}).get("post"):
            body = front_matter.post_body(text, self._notes)
        else:
            body = front_matter.page_body(text)
        for listing in document.options.get("tag_listings", []):
            body = self._tag_listing(body, listing, document.facts.get("src_uri") or "")
        return body

    def _tag_listing(self, body: str, listing: Mapping[str, Any], source: str) -> str:
        """Put Material's mark in the place of a tags directive, as its tags plugin does before rendering.

        Source: material/plugins/tags, `ListingManager.add` and the deprecated `tags_file`.
        """
        directive = str(listing.get("directive") or "material/tags")
        if listing.get("file") and listing["file"] == source:
            body = body.replace("[TAGS]", f"<!-- {directive} -->")
            if not re.search(rf"<!--\s+{directive}", body):
                body += f"\n<!-- {directive} -->"

        def mark(match: re.Match[str]) -> str:
            self._notes.add("tag-listing")
            if not listing.get("listings", True):
                return ""
            name = f"{source}:{match.start()}-{match.end()}".replace(" ", "-")
            return f"###### {name}/name {{ #{name}/slug }}"

        return re.sub(
            rf"<!--\s*?{directive}(.*?)\s*-->", mark, body, flags=re.IGNORECASE | re.MULTILINE | re.DOTALL
        )

    @staticmethod
    def _counts_on(options: Mapping[str, Any], trusted: bool) -> bool:
        configs = options.get("extension_configs", {})
        if any(config.get(option) for config in configs.values() if config for option in _NEW_EACH_TIME):
            return True
        # What a site's own extension keeps from page to page is not known.
        return trusted and any(
            not name.startswith(("markdown.", "pymdownx.")) and "." in name
            for name in options.get("extensions", [])
        )


def _rule(document: Document) -> str:
    return str(document.options.get("front_matter", "fenced"))


def _place(document: Document) -> Place:
    root = os.path.abspath(document.root)
    docs = os.path.join(root, str(document.facts.get("docs_dir") or document.options.get("docs_dir") or ""))
    configuration = str(document.options.get("config_dir") or root)
    return Place(
        root, os.path.normpath(docs), configuration, os.path.dirname(os.path.join(root, document.path))
    )
