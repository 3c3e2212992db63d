"""Reading: one post as the rules see it, read once for all of them."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from editor.errors import OpenError, SiteError
from editor.post.document import PostDocument
from editor.post.front_matter import FrontMatter
from editor.post.lines import line_end, next_line
from editor.proof.body.blocks import scan
from editor.proof.body.grammar import Grammar
from editor.proof.body.source import BodySource
from editor.proof.other_posts import OtherPosts
from editor.proof.page import Page
from editor.proof.page_renderer import PageRenderer
from editor.proof.references import OnPage, Reference, references_of
from editor.schema.content_type import ContentType, Field
from editor.site.generators.plain import Plain
from editor.site.generators.rules import Publication, Source
from editor.site.site import Site

_TEMPLATES = frozenset(("archetypes", "scaffolds", "_includes", "_layouts"))
"""Folders of what new posts (Hugo, Hexo) or pages (Jekyll, Eleventy) are made of: no front matter of their own."""
_JAVASCRIPT = re.compile(r"\w=\{\{|^import [^\n]{1,200} from ['\"]|^<[A-Z]\w+[ />]", re.MULTILINE)
"""What Markdown with components in it has, and hardly any other."""
_EXACT_KEYS = ("yaml", "toml", "json", "none")
"""The formats in which `Title` and `title` are two keys."""


@dataclass(frozen=True)
class Reading:
    """A post's text with what is known around it; nothing in it changes."""

    site: Site
    path: Path | None
    text: str
    """The whole text, its byte order mark left out."""
    marked: bool = False
    """Whether the file begins with a byte order mark."""
    others: OtherPosts = field(default_factory=OtherPosts)
    now: datetime = field(default_factory=lambda: datetime.now(UTC))
    renderer: PageRenderer | None = None
    """What makes the page that the post is published as; without it, rules that need it are silent."""

    @cached_property
    def page(self) -> Page | None:
        """The page that the post is published as; None without a renderer, and where it can't be rendered.

        It is made when it is first asked for, which may take a while: a rule asks where the text has something
        that it has to know of the page.
        """
        if self.renderer is None or self.site.meta_of is not None:
            return None
        return self.renderer.page(self.site, self.path, self.text)

    def page_of(self, path: Path) -> Page | None:
        """Return the page of another post or page of the site, as its file stands; None as for `page`."""
        if path == self.path:
            return self.page
        if self.renderer is None:
            return None
        try:
            text = PostDocument.open(path).text
        except OpenError:
            return None
        return self.renderer.page(self.site, path, text)

    @cached_property
    def front_matter(self) -> FrontMatter:
        """The front matter of the text."""
        return self.site.front_matter_of(self.text)

    @cached_property
    def body(self) -> BodySource:
        """What stands where in the Markdown below the front matter.

        It is empty where that is in another file, and where front matter that can't be read has no end.
        """
        script = self.path is not None and self.path.suffix == ".mdx"
        if self.is_guessed and not script:
            script = _JAVASCRIPT.search(self.text) is not None  # Docusaurus takes its .md files for MDX
        grammar = Grammar.of(self.site.dialect, certain=not self.is_guessed, javascript=script)
        return scan(self.text, self._body_start(), grammar)

    def _body_start(self) -> int:
        if self.site.meta_of is not None:
            return len(self.text)
        if self.front_matter.problem is None:
            return self.front_matter.body_start
        opened = re.match(r"\s*(---|\+\+\+|;;;)[^\r\n]*(?:\r\n|\n|\r)", self.text)
        if opened is None:
            return 0
        closing = re.compile(rf"^{re.escape(opened[1])}[ \t]*(?:\r\n|\n|\r|\Z)", re.MULTILINE)
        found = closing.search(self.text, opened.end())
        return found.end() if found else len(self.text)

    @cached_property
    def references(self) -> tuple[Reference, ...]:
        """The links and pictures of the text that have an address, in its order."""
        return references_of(self.body)

    @cached_property
    def on_page(self) -> OnPage | None:
        """What the page has of them; None where there is no page."""
        return None if self.page is None else OnPage(self.page)

    @cached_property
    def content_type(self) -> ContentType:
        """The fields that the generator knows for this post."""
        return self.site.content_type_of(self.path, self.front_matter.values)

    @property
    def is_guessed(self) -> bool:
        """Whether the fields are those that most blogs have, as nothing tells what publishes this one."""
        return isinstance(self.site.rules, Plain)

    @cached_property
    def is_post(self) -> bool:
        """Whether the generator takes the file for a post, or would once it is saved."""
        return self.path is None or self.site.is_post(self.path)

    @cached_property
    def is_template(self) -> bool:
        """Whether the file is one that posts are made of: what stands there need not be right before it is filled."""
        if self.path is None or (self.is_post and not self.is_guessed):
            return False
        return not _TEMPLATES.isdisjoint(Path(self.site.relative(self.path)).parts[:-1])

    @cached_property
    def source(self) -> Source:
        """The text as the generator takes it apart."""
        return self.site.read(self.text)

    @cached_property
    def publication(self) -> Publication | None:
        """What the next build makes of it; None for what is no post, or has no file yet."""
        if self.path is None or not self.is_post:
            return None
        return self.site.publication(self.path, self.source, self.now)

    @cached_property
    def merged(self) -> Mapping[str, Any]:
        """The front matter as the generator has it: with what folders, and files beside the post, add to it."""
        if self.path is None:
            return self.source.values
        try:
            return self.site.rules.merged(self.path, self.source.values)
        except SiteError:
            return self.source.values

    def key_of(self, name: str) -> str | None:
        """Return the key by which the post has the field `name`, as it is spelled there, or None."""
        values: Any = self.front_matter.values
        if name in values:
            return name
        if self.front_matter.format not in _EXACT_KEYS:
            return next((key for key in values if key.lower() == name.lower()), None)
        for part in name.split("."):
            if not isinstance(values, Mapping) or part not in values:
                return None
            values = values[part]
        return name

    def value(self, key: str) -> Any:
        """Return the value of `key` (dotted for a nested one), which the post has."""
        values: Any = self.front_matter.values
        if key in values:
            return values[key]
        for part in key.split("."):
            values = values[part]
        return values

    def fields(self) -> Iterator[tuple[Field, str]]:
        """Yield the known fields that the post has, each with its key as spelled there."""
        for known in self.content_type.fields:
            key = self.key_of(known.key)
            if key is not None:
                yield known, key

    def place(self, key: str, within: str = "") -> tuple[int, int]:
        """Return where the value of `key` stands, or `within` it that text.

        A value of several lines, an empty one and one that is nowhere are shown at their key.
        """
        span = self.front_matter.span(key)
        if span is None:
            return self.key_place(key)
        start, end = span
        if within:
            found = re.search(rf"(?<!\w){re.escape(within)}(?!\w)", self.text[start:end])
            if found:
                return start + found.start(), start + found.end()
        if start == end or re.search(r"[\r\n]", self.text[start:end]):
            return self.key_place(key)
        return start, end

    def key_place(self, key: str) -> tuple[int, int]:
        """Return where `key` itself is written; the first line of the text where it is nowhere."""
        number = self.front_matter.line(key)
        if number is None:
            return self.first_line()
        start = 0
        for _line in range(number - 1):
            start = next_line(self.text, start)
        line = self.text[start : line_end(self.text, start)]
        for name in (key, key.rsplit(".", 1)[-1]):
            found = re.search(rf"(?<![\w-])[\"']?{re.escape(name)}[\"']?(?![\w-])", line)
            if found:
                return start + found.start(), start + found.end()
        return start + len(line) - len(line.lstrip()), start + len(line)

    def first_line(self) -> tuple[int, int]:
        """Return the first line of the text."""
        return 0, line_end(self.text, 0)
