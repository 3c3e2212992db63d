"""Render one block of a page by the site's own Markdown, with placeholders for what the whole page decides.

Does what `Markdown.convert` does, step by step, so that between the steps the block's own definitions can be
taken out and the page's put in their place (Markdown 3.4 to 3.11, pymdown-extensions 10 to 13). Nothing is
registered: a block's rendering leaves the instance as it was but for what `reset` clears.
"""

# What is paired here is as long as its pair; `strict` came with Python 3.10.
# ruff: noqa: B905
from __future__ import annotations

from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import Element, SubElement

from markdown.extensions import toc as toc_module
from markdown.inlinepatterns import InlineProcessor

from editor.render.python_markdown import tokens
from editor.render.python_markdown.constructs import Constructs, named
from editor.render.python_markdown.generator_steps import GeneratorSteps
from editor.render.python_markdown.rendered import (
    Context,
    NotBetweenError,
    Reference,
    Rendered,
    Tab,
    Wide,
)

if TYPE_CHECKING:
    import re

    import markdown

_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))


class _Asked(dict[str, Any]):
    """The page's link definitions; keeps account of which were asked for."""

    def __init__(self, known: dict[str, Any], asked: dict[str, Any]) -> None:
        super().__init__(known)
        self._asked = asked

    def __contains__(self, key: object) -> bool:
        self._asked[str(key)] = super().get(str(key))
        return super().__contains__(key)

    def __getitem__(self, key: str) -> Any:
        self._asked[key] = super().get(key)
        return super().__getitem__(key)

    def get(self, key: str, default: Any = None) -> Any:
        self._asked[key] = super().get(key)
        return super().get(key, default)


class _Abbreviations(dict[str, str]):
    """A block's abbreviations; keeps account of the order in which they were defined and taken back."""

    def __init__(self, start: dict[str, str]) -> None:
        super().__init__(start)
        self.log: list[tuple[str, str | None]] = []

    def __setitem__(self, key: str, title: str) -> None:
        self.log.append((key, title))
        super().__setitem__(key, title)

    def pop(self, key: str, *default: Any) -> Any:
        self.log.append((key, None))
        return super().pop(key, *default)


class _Reference(InlineProcessor):
    """Footnote references, as markdown.extensions.footnotes writes them; ids and numbers come later."""

    def __init__(self, pattern: str, renderer: BlockRenderer) -> None:
        super().__init__(pattern, renderer.md)
        self._renderer = renderer

    def handleMatch(self, m: re.Match[str], data: str) -> Any:  # type: ignore[override]
        """Return the mark of the footnote, where it is defined anywhere on the page."""
        del data
        made = self._renderer.reference(m.group(1))
        return (None, None, None) if made is None else (made, m.start(0), m.end(0))


class BlockRenderer:
    """Renders blocks by one Markdown instance, which is its own from then on."""

    def __init__(self, md: markdown.Markdown, steps: GeneratorSteps | None = None) -> None:
        """Find what is to be stepped in at; `steps` are those of the generator."""
        self.md: Any = md
        self._generator = steps or GeneratorSteps()
        self.constructs = Constructs(md)
        registered = md.registeredExtensions
        self._footnotes = self.constructs.footnotes
        self._abbr: Any = next((e for e in registered if hasattr(e, "abbrs")), None)
        self._abbr_tree: Any = named(md.treeprocessors, "abbr")
        self._abbr_block: Any = named(md.parser.blockprocessors, "abbr")
        self._counted = [e for e in registered if hasattr(e, "pygments_code_block")]
        self._tabbed = [e.tab_processor for e in registered if hasattr(e, "tab_processor")]
        self._meta: Any = named(md.preprocessors, "meta")
        self._toc: Any = named(md.treeprocessors, "toc")
        self._slugs: Any = named(md.treeprocessors, "tab_slugs")
        self._inline: Any = md.treeprocessors["inline"]
        self._notes_step: Any = named(md.treeprocessors, "footnote") if self._footnotes is not None else None
        self.appended: list[str] = []
        """The snippets that the site adds to every page."""
        if self.constructs.snippets is not None:
            self.appended = list(self.constructs.snippets.auto_append)
            self.constructs.snippets.auto_append = []
        if self._footnotes is not None:
            pattern = md.inlinePatterns["footnote"].pattern
            md.inlinePatterns.register(_Reference(pattern, self), "footnote", 175)
        if self._toc is not None:
            self._build_contents = self._toc.build_toc_div
            self._toc.build_toc_div = self._contents_later
        self._parent = ""
        if self._slugs is not None and hasattr(self._slugs, "get_parent_header_slug"):
            self._parent_of = self._slugs.get_parent_header_slug
            self._slugs.get_parent_header_slug = self._parent_slug
        self._wide = Wide()
        self._rendered = Rendered()
        self._in_slugs = False
        self._context: Context | None = None

    @property
    def tab_separator(self) -> str:
        """What stands between the slug of a heading and that of a tab below it."""
        return str(self._slugs.sep) if self._slugs is not None else "-"

    @property
    def combines_slugs(self) -> bool:
        """Whether the ids of tabs begin with those of the headings above them."""
        return self._slugs is not None and bool(self._slugs.combine_header_slug)

    @property
    def has_metadata(self) -> bool:
        """Whether the first block of a page may hold metadata."""
        return self._meta is not None

    @property
    def glossary(self) -> dict[str, str]:
        """The abbreviations that the site defines for every page."""
        return dict(self._abbr.glossary) if self._abbr is not None else {}

    def render(self, source: str, wide: Wide, first: bool = False, fenced: bool = True) -> Rendered:
        """Render one block.

        `first`: whether it is the page's first, which may hold metadata; `fenced`: whether a fence may open.
        Raises whatever an extension raises.
        """
        rendered = Rendered()
        self._wide, self._rendered = wide, rendered
        if not source.strip():
            return rendered
        steps: Any = toc_module
        unique = steps.unique
        steps.unique = self._unique
        try:
            self._convert(source, first, fenced)
        finally:
            steps.unique = unique
            self.md.references = {}
        rendered.settle()
        return rendered

    def render_part(self, context: Context, wide: Wide) -> Rendered:
        """Render a block or a part of one. Raises NotBetweenError, and whatever an extension raises."""
        self._context = context if context.kind else None
        try:
            text = context.before + context.source + context.after
            return self.render(text, wide, context.first, context.fenced)
        finally:
            self._context = None

    def contents(self, entries: list[dict[str, Any]]) -> str:
        """Return the HTML of a table of contents over these entries of the page's headings."""
        nest: Any = toc_module.nest_toc_tokens
        div = self._build_contents(nest(entries))
        html: str = self.md.serializer(div)
        for step in self.md.postprocessors:
            html = step.run(html)
        return self._generator.finish(html)

    # ---- the steps

    def _convert(self, source: str, first: bool, fenced: bool) -> None:
        md, rendered = self.md, self._rendered
        if self.constructs.shortcodes and "{{%" in source:
            rendered.whole = True  # one may reach from block to block
        md.references = {}
        md.reset()
        if self._abbr is not None:
            self._abbr_block.abbrs = _Abbreviations(self._abbr.glossary)
        for extension in self._counted:
            extension.pygments_code_block = tokens.CODE_BASE - 1
        for processor in self._tabbed:
            processor.tab_group_count = tokens.TAB_BASE - 1
        generic = self.constructs.generic
        if generic is not None and "tab" in generic.trackers:
            generic.trackers["tab"]["tab_group_count"] = tokens.TAB_BASE - 1
        lines = md.lines = source.split("\n")
        for step in md.preprocessors:
            if (step is not self._meta or first) and (step is not self.constructs.fences or fenced):
                lines = md.lines = step.run(lines)
        root = md.parser.parseDocument(lines).getroot()
        rendered.codes = sum(e.pygments_code_block - tokens.CODE_BASE + 1 for e in self._counted)
        rendered.tab_sets = sum(p.tab_group_count - tokens.TAB_BASE + 1 for p in self._tabbed)
        if generic is not None and "tab" in generic.trackers:
            rendered.tab_sets += generic.trackers["tab"]["tab_group_count"] - tokens.TAB_BASE + 1
        root, notes = self._steps(root)
        if self._context is not None:
            found = self._between(root, self._context)
            html = "\n".join(md.serializer(element) for element in found)
        else:
            html = md.serializer(root)
            # As `convert` does; a root that holds nothing is written without an end tag.
            html = html[html.index("<div>") + 5 : html.rindex("</div>")].strip() if "</div>" in html else ""
        rendered.parts = tokens.parts(self._finished(html))
        for name, element in notes:
            text = self._finished(md.serializer(element))
            rendered.notes.append((name, tokens.parts(text)))
            # Headings and tab sets of footnotes are counted behind those of the whole page.
            if "tabbed-set" in text or any(child.tag in _HEADINGS for child in element.iter()):
                rendered.whole = True

    def _between(self, root: Element, context: Context) -> list[Element]:
        """Return the elements of the part that is being rendered."""
        if context.kind == "margin":
            self._rendered.last_heading = None  # it stands in an element
            return list(root)
        if len(root) != 1:
            raise NotBetweenError
        found = list(root[0])
        marks = [tokens.mark(0), tokens.mark(1)]
        if context.kind == "list":
            if root[0].tag not in ("ul", "ol"):
                raise NotBetweenError
            self._rendered.around = (root[0].tag, dict(root[0].attrib))
            start, end = (1 if context.before else 0), len(found) - (1 if context.after else 0)
            edges = found[:start] + found[end:]
            texts = ["".join(element.itertext()).strip() for element in edges]
            if texts != marks[1 - start : 1 + (end < len(found))] or start >= end:
                raise NotBetweenError
        else:
            places = [
                index for index, element in enumerate(found) if element.tag == "p" and element.text in marks
            ]
            if len(places) != 2:
                raise NotBetweenError
            start, end = places[0] + 1, places[1]
        if any(mark in text for element in found[start:end] for text in element.itertext() for mark in marks):
            raise NotBetweenError
        return found[start:end]

    def _finished(self, html: str) -> str:
        for step in self.md.postprocessors:
            html = step.run(html)
        later = tokens.token(tokens.CONTENTS, 0)
        html = html.strip().replace(f"<div>{later}</div>", later)
        if self._generator.reaches_over(html):
            self._rendered.whole = True
        html = self._generator.finish(html)
        # A number of a stash that shows is one that counts through the whole page.
        if "\x02" in html or "wzxhzdk" in html or "klzzwxh" in html:
            self._rendered.whole = True
        return html

    def _steps(self, root: Element) -> tuple[Element, list[tuple[str, Element]]]:
        """Take the tree through the treeprocessors; return it, and the footnotes that it defines."""
        md, rendered, wide = self.md, self._rendered, self._wide
        div: Element | None = None
        names: list[str] = []
        for step in md.treeprocessors:
            if step is self._notes_step:
                names = list(self._footnotes.footnotes)
                div = self._own_notes(root, names)
                continue
            if step is self._inline:
                rendered.references = dict(md.references)
                md.references = _Asked(wide.references, rendered.asked)
                if self._abbr_block is not None:
                    rendered.abbreviations = self._abbr_block.abbrs.log
            elif step is self._abbr_tree:
                rendered.text = "".join(root.itertext())
                rendered.used_abbreviations = used = wide.abbreviations_in(rendered.text)
                if not used:
                    continue
                step.abbrs = used
            elif step is self._toc:
                self._take_ids(root)
            elif step is self._slugs:
                if self._toc is None:
                    self._take_ids(root)
                self._in_slugs = True
            try:
                made = step.run(root)
            finally:
                self._in_slugs = False
            root = made if made is not None else root
        for child in root:
            if child.tag in _HEADINGS and child.get("id"):
                rendered.last_heading = child.get("id")
        if div is None:
            return root, []
        root.remove(div)
        notes = list(zip(names, next(div.iter("ol"))))
        for name, item in notes:
            for mark in item.iter("sup"):
                for found in tokens.names(mark.get("id", "")):
                    number = int(found[1:])
                    rendered.referred[number] = rendered.referred[number]._replace(holder=name)
        return root, notes

    def _take_ids(self, root: Element) -> None:
        self._rendered.ids = [element.attrib["id"] for element in root.iter() if "id" in element.attrib]

    def _own_notes(self, root: Element, names: list[str]) -> Element | None:
        """Add the footnotes that the block defines at its end, as if they were all there are."""
        notes = self._footnotes
        div: Element | None = notes.makeFootnotesDiv(root)
        counts = {name: self._wide.notes.get(name, 0) for name in names}
        self._rendered.counts = counts
        separator = notes.get_separator()
        notes.found_refs = {f"fnref{separator}{name}": count for name, count in counts.items() if count > 1}
        if div is None:
            return None
        title = notes.getConfig("BACKLINK_TITLE")
        for number, item in enumerate(next(div.iter("ol"))):
            for link in item.iter("a"):
                if link.get("class") == "footnote-backref":
                    link.set("title", title.format(tokens.token(tokens.BACKLINK, number)))
        root.append(div)
        return div

    # ---- what Markdown asks for

    def reference(self, name: str) -> Element | None:
        """Return the mark of a footnote, or None where the page defines none of that name."""
        rendered, notes = self._rendered, self._footnotes
        known = name in self._wide.notes
        rendered.asked_notes[name] = known
        if not known:
            return None
        number = len(rendered.referred)
        deeper = self._context.deeper if self._context is not None else 0
        rendered.referred.append(Reference(len(self._inline.ancestors) + deeper, name, None))
        mark = Element("sup")
        link = SubElement(mark, "a")
        # What stands in a heading is taken out of its name by the beginning of this id.
        again = tokens.token(tokens.REFERENCE, number)
        mark.set("id", f"fnref{again}{notes.get_separator()}{name}")
        link.set("href", "#" + notes.makeFootnoteId(name))
        link.set("class", "footnote-ref")
        text = notes.config["SUPERSCRIPT_TEXT"][0] if "SUPERSCRIPT_TEXT" in notes.config else "{}"
        link.text = text.format(tokens.token(tokens.NUMBER, number))
        return mark

    def _unique(self, slug: str, _ids: Any, _counters: Any = None) -> str:
        """Stand in for `unique` of markdown.extensions.toc: only the page knows which ids are taken."""
        rendered = self._rendered
        if self._in_slugs:
            above = bool(self._slugs.combine_header_slug) and not self._parent
            rendered.tabs.append(Tab(slug, above))
            return tokens.token(tokens.TAB, len(rendered.tabs) - 1)
        if len(tokens.parts(slug)) > 1:
            rendered.whole = True
        rendered.headings.append(slug)
        return tokens.token(tokens.HEADING, len(rendered.headings) - 1)

    def _parent_slug(self, *arguments: Any) -> str:
        self._parent = self._parent_of(*arguments)
        return self._parent

    def _contents_later(self, nested: list[dict[str, Any]]) -> Element:
        entries = self._rendered.contents
        waiting = list(nested)
        while waiting:
            entry = waiting.pop(0)
            entries.append({key: value for key, value in entry.items() if key != "children"})
            waiting[:0] = entry.get("children", ())
        div = Element("div")
        div.text = tokens.token(tokens.CONTENTS, 0)
        return div
