"""The excerpt of a post: what its generator shows of it in lists and feeds, and what tells where it ends.

A plan says which Markdown is to be rendered, by the site's own dialect, and what is left of the published HTML then:
most generators cut the HTML (`excerpt_cuts`), Jekyll and Eleventy the text. Sources, beside the documentation of each:
Material 9.7 (blog/structure/__init__.py), Pelican 4.12 (contents.py), Nikola 8.3 (post.py), Hugo 0.168
(resources/page/page_markup.go), Jekyll 4.3 (excerpt.rb), Eleventy 3.1 (TemplateContent.js), Zola 0.22 (markdown.rs),
Hexo 8 (after_post_render/excerpt.ts).
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from editor.render.protocol import Dialect
from editor.site import excerpt_cuts as cuts
from editor.site.excerpt_marks import Lookalike, lookalike
from editor.site.generators.hugo import Hugo
from editor.site.generators.jekyll import Jekyll
from editor.site.generators.mkdocs import MkDocs
from editor.site.generators.nikola import Nikola
from editor.site.generators.pelican import Pelican
from editor.site.generators.titles import first_heading
from editor.site.site import Site
from editor.translation import gettext as _
from editor.translation import ngettext

FIELD = "field"
MARK = "mark"
AUTOMATIC = "automatic"
WHOLE = "whole"
NONE = "none"


_MARKS = {
    "nikola": "<!-- TEASER_END -->",
    "hugo": "<!--more-->",
    "zola": "<!-- more -->",
    "hexo": "<!-- more -->",
}
_SPELLINGS = {"nikola": cuts.NIKOLA_MARK, "zola": cuts.ZOLA_MARK, "hexo": re.compile(cuts.HEXO_MARK)}
"""The generators that take more than one spelling."""


@dataclass(frozen=True, slots=True)
class Excerpt:
    """What lists and feeds show of a post."""

    kind: str
    """What tells where it ends: FIELD, MARK, AUTOMATIC; WHOLE is the whole post, NONE that there is no excerpt."""
    html: str
    """As published, without what themes put around it; empty where there is none."""
    words: str
    """A sentence (translated): what lists show, and why."""
    titled: bool = False
    """Whether the title is part of it; elsewhere the theme puts it above."""
    warning: str = ""
    """A sentence (translated) on a mark that looks like one and is none; else empty."""
    warning_line: int | None = None
    """Where that stands: a line of the post's text, from 0."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How to come by an excerpt: render `text` as the post itself, and `excerpt` has the rest."""

    text: str
    """The text of a post with this Markdown; empty where nothing is to be rendered."""
    dialect: Dialect
    finish: Callable[[str], Excerpt]
    mistaken: Lookalike | None = None
    mark: str = ""
    """What ends an excerpt here, as it is written; empty where nothing does."""

    def excerpt(self, html: str) -> Excerpt:
        """Return the excerpt, given the published HTML of `text`."""
        made = self.finish(html)
        if self.mistaken is None or made.kind == MARK:
            return made
        if self.mark:
            words = _("“{found}” does not end the excerpt here: this site's mark is “{mark}”.")
        else:
            words = _("“{found}” does not end the excerpt: this generator knows no such mark.")
        warning = words.format(found=self.mistaken.written, mark=_shown(self.mark))
        return replace(made, warning=warning, warning_line=self.mistaken.line)


@dataclass(frozen=True, slots=True)
class _Post:
    site: Site
    path: Path
    values: Mapping[str, Any]
    text: str
    body: str

    @property
    def head(self) -> str:
        """The text before the body."""
        return self.text[: len(self.text) - len(self.body)] if self.text.endswith(self.body) else ""


def plan_excerpt(site: Site, path: Path | None, text: str) -> Plan:
    """Return how to come by the excerpt of the post `path` with this `text`; None is one that has no file yet."""
    source = site.read(text)
    place = path or site.rules.new_post_dir() / "new.md"
    post = _Post(site, place, site.rules.merged(place, source.values), text, source.body)
    makers: Mapping[str, Callable[[_Post], Plan]] = {
        "mkdocs-material": _material,
        "pelican": _pelican,
        "nikola": _nikola,
        "hugo": _hugo,
        "jekyll": _jekyll,
        "eleventy": _eleventy,
        "zola": _zola,
        "hexo": _hexo,
    }
    return makers.get(site.generator, _without)(post)


def excerpt_mark(site: Site, path: Path, values: Mapping[str, Any]) -> str:
    """Return the comment that ends the excerpt of the post `path`; empty where none does, or no comment is asked for.

    `values` is its front matter, with what folders hand down.
    """
    if isinstance(site.rules, MkDocs):
        mark = site.rules.excerpt_mark(path)
    elif isinstance(site.rules, Jekyll):
        own = values.get("excerpt_separator")
        mark = str(own if own is not None else site.rules.config.values.get("excerpt_separator") or "")
    elif site.generator == "eleventy":
        configured = site.dialect.options.get("excerpt_separator")
        mark = str(values.get("excerpt_separator") or configured) if configured else ""
    else:
        mark = _MARKS.get(site.generator, "")
    return mark if mark.startswith("<!--") else ""


def has_mark(site: Site, mark: str, text: str) -> bool:
    """Return whether the generator finds its `mark` in `text`, as far as it is a comment there."""
    pattern = _SPELLINGS.get(site.generator)
    return pattern.search(text) is not None if pattern is not None else mark in text


def _plan(
    post: _Post,
    finish: Callable[[str], Excerpt],
    mark: str,
    takes: Callable[[str], bool],
    body: str | None = None,
) -> Plan:
    """Return the plan to render the post, or another `body` of it; `takes` tells which comments are the mark."""
    text = post.text if body is None else post.head + body
    return Plan(text, post.site.dialect, finish, lookalike(post.body, post.text, takes), mark)


def _shown(mark: str) -> str:
    """Return a mark as it can be read in a sentence."""
    return _("an empty line") if not mark.strip() else mark


def _by_mark(html: str, mark: str) -> Excerpt:
    return Excerpt(MARK, html, _("Lists show what stands before “{mark}”.").format(mark=_shown(mark)))


def _by_field(html: str, field: str) -> Excerpt:
    return Excerpt(FIELD, html, _("Lists show the field “{field}”.").format(field=field))


def _whole(html: str, mark: str) -> Excerpt:
    words = _("Lists show the whole post: “{mark}” would end its excerpt.")
    return Excerpt(WHOLE, html, words.format(mark=_shown(mark)))


def _without(post: _Post) -> Plan:
    """Astro, plain MkDocs, Zensical, a plain folder: no excerpts are made."""
    words = _(
        "This generator makes no excerpts: what lists show, such as the description, the theme decides."
    )
    return replace(_plan(post, lambda _html: Excerpt(NONE, "", words), "", lambda _found: False), text="")


def _material(post: _Post) -> Plan:
    mark = post.site.rules.excerpt_mark(post.path) if isinstance(post.site.rules, MkDocs) else ""
    if not mark:
        return _without(post)

    def finish(html: str) -> Excerpt:
        before, found, _after = html.partition(mark)
        made = _by_mark(before, mark) if found else _whole(html, mark)
        return replace(made, titled=True)

    # The blog renders posts once more for its lists: with the title, which is a link there, and these options of
    # the table of contents.
    body = None
    if not first_heading(post.body):
        title = post.site.title(post.path, post.values, post.body)
        body = f"# {title}\n\n{post.body}"
    dialect = post.site.dialect
    contents = {"anchorlink": True, "baselevel": 2, "permalink": False, "toc_depth": 2}
    configs = dict(dialect.options.get("extension_configs", {}))
    for name in ("toc", "markdown.extensions.toc"):
        if name in configs or name in dialect.options.get("extensions", ()):
            configs[name] = {**configs.get(name, {}), **contents}
    own = replace(dialect, options={**dialect.options, "extension_configs": configs})
    return replace(_plan(post, finish, mark, lambda found: mark in found, body), dialect=own)


def _pelican(post: _Post) -> Plan:
    settings = post.site.rules.settings.values if isinstance(post.site.rules, Pelican) else {}
    summary = next((value for key, value in post.values.items() if str(key).lower() == "summary"), None)
    if isinstance(summary, str):
        plan = _plan(post, lambda html: _by_field(html, "Summary"), "", lambda _found: False)
        return replace(plan, text=summary)
    words = settings.get("SUMMARY_MAX_LENGTH", 50)
    paragraphs = settings.get("SUMMARY_MAX_PARAGRAPHS")
    suffix = settings.get("SUMMARY_END_SUFFIX", "…")

    def finish(html: str) -> Excerpt:
        cut = cuts.first_paragraphs(html, paragraphs) if isinstance(paragraphs, int) else html
        if isinstance(words, int):
            cut = cuts.first_words(cut, words, suffix if isinstance(suffix, str) else "")
        cut = cuts.without_contents(cut)
        if not isinstance(words, int) and not isinstance(paragraphs, int):
            return Excerpt(WHOLE, cut, _("Lists show the whole post: SUMMARY_MAX_LENGTH is None."))
        if isinstance(paragraphs, int):
            said = ngettext(
                "Lists show the first paragraph.", "Lists show the first {count} paragraphs.", paragraphs
            )
            count = paragraphs
        else:
            said = ngettext("Lists show the first word.", "Lists show the first {count} words.", words)
            count = words
        return Excerpt(
            AUTOMATIC, cut, said.format(count=count) + " " + _("A field “Summary” would stand for them.")
        )

    return _plan(post, finish, "", lambda _found: False)


def _nikola(post: _Post) -> Plan:
    settings = post.site.rules.settings.values if isinstance(post.site.rules, Nikola) else {}
    mark = "<!-- TEASER_END -->"
    index, feed = bool(settings.get("INDEX_TEASERS")), bool(settings.get("FEED_TEASERS", True))

    def finish(html: str) -> Excerpt:
        found = cuts.NIKOLA_MARK.search(html)
        if found is None:
            return _whole(html, mark)
        made = _by_mark(html[: found.start()], found[0])
        if index and feed:
            return made
        if index:
            words = _(
                "The index shows what stands before “{mark}”; the feed has the whole post (FEED_TEASERS)."
            )
        elif feed:
            words = _(
                "The feed has what stands before “{mark}”; the index shows the whole post (INDEX_TEASERS)."
            )
        else:
            words = _("Index and feed have the whole post: INDEX_TEASERS and FEED_TEASERS are off.")
            return Excerpt(WHOLE, html, words)
        return replace(made, words=words.format(mark=found[0]))

    return _plan(post, finish, mark, lambda found: cuts.NIKOLA_MARK.search(found) is not None)


def _hugo(post: _Post) -> Plan:
    mark = "<!--more-->"
    length, cjk = (
        post.site.rules.excerpt_options(post.path, post.values, post.body)
        if isinstance(post.site.rules, Hugo)
        else (70, False)
    )

    def takes(found: str) -> bool:
        return mark in found

    if mark in post.body:
        body = cuts.with_divider(post.body, mark)
        return _plan(post, lambda html: _by_mark(cuts.before_divider(html), mark), mark, takes, body)
    summary = next((value for key, value in post.values.items() if str(key).lower() == "summary"), None)
    if isinstance(summary, str) and summary:
        plan = _plan(post, lambda html: _by_field(cuts.unwrapped(html), "summary"), mark, takes)
        return replace(plan, text=summary)

    def finish(html: str) -> Excerpt:
        cut = cuts.first_hugo_paragraphs(html, length, cjk=cjk)
        if cut == html.strip():
            return _whole(cut, mark)
        words = ngettext(
            "Lists show the post to the end of the paragraph with its first word: “{mark}” would end it elsewhere.",
            "Lists show the post to the end of the paragraph with word {count}: “{mark}” would end it elsewhere.",
            length,
        )
        return Excerpt(AUTOMATIC, cut, words.format(count=length, mark=mark))

    return _plan(post, finish, mark, takes)


def _jekyll(post: _Post) -> Plan:
    own = post.values.get("excerpt")
    if own:
        plan = _plan(post, lambda _html: _by_field(str(own), "excerpt"), "", lambda _found: False)
        return replace(plan, text="")
    config = post.site.rules.config.values if isinstance(post.site.rules, Jekyll) else {}
    given = post.values.get("excerpt_separator")
    mark = str(given if given is not None else config.get("excerpt_separator") or "")
    if not mark:
        words = _("There is no excerpt: “excerpt_separator” is empty.")
        return replace(_plan(post, lambda _html: Excerpt(NONE, "", words), "", lambda _found: False), text="")
    body, found = cuts.jekyll_excerpt(post.body, mark)

    def finish(html: str) -> Excerpt:
        if not found:
            return _whole(html, mark)
        if mark.strip():
            return _by_mark(html, mark)
        words = _("Lists show the first paragraph: up to the first empty line of the text.")
        return Excerpt(AUTOMATIC, html, words)

    return _plan(post, finish, mark, lambda comment: mark in comment, body)


def _eleventy(post: _Post) -> Plan:
    configured = str(post.site.dialect.options.get("excerpt_separator") or "")
    if not configured:
        return _without(post)
    mark = str(post.values.get("excerpt_separator") or configured)
    before, found, _after = post.body.partition(mark)

    def finish(html: str) -> Excerpt:
        if not found or not before:
            words = _(
                "The post has no excerpt: “{mark}” would end it. What lists show then, the theme decides."
            )
            return Excerpt(NONE, "", words.format(mark=mark))
        words = _("Lists show what stands before “{mark}”, as far as the template renders its Markdown.")
        return Excerpt(MARK, html, words.format(mark=mark))

    return _plan(post, finish, mark, lambda comment: mark in comment, before)


def _zola(post: _Post) -> Plan:
    mark = "<!-- more -->"

    def finish(html: str) -> Excerpt:
        found = cuts.ZOLA_MARK.search(html)
        if found:
            return _by_mark(html[: found.start()], found[0])
        words = _("The post has no summary: “{mark}” would end it. What lists show then, the theme decides.")
        return Excerpt(NONE, "", words.format(mark=mark))

    return _plan(post, finish, mark, lambda comment: cuts.ZOLA_MARK.search(comment) is not None)


def _hexo(post: _Post) -> Plan:
    mark = "<!-- more -->"
    own = post.values.get("excerpt")
    if own is not None:
        plan = _plan(post, lambda _html: _by_field(str(own), "excerpt"), "", lambda _found: False)
        return replace(plan, text="")

    def finish(html: str) -> Excerpt:
        before, found, _after = html.partition('<span id="more"></span>')
        return _by_mark(before.strip(), mark) if found else _whole(html, mark)

    return _plan(post, finish, mark, lambda comment: re.search(cuts.HEXO_MARK, comment) is not None)
