"""Grammar: what a site's dialect of Markdown has, as far as the scan and the rules need to know."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from editor.render.protocol import Dialect

PYTHON_MARKDOWN, COMMONMARK, KRAMDOWN = "python-markdown", "commonmark", "kramdown"

_EXTRA = ("extra", "markdown.extensions.extra", "pymdownx.extra")
"""The extensions that bring footnotes, attribute lists and Markdown within HTML along."""
_BREAKLESS = ("breakless", "prependnewline", "sane_lists_", "mdx_better_lists")
"""In the names of extensions that let a list begin directly below a paragraph."""
_OTHER_INDENT = ("truly_sane_lists", "indentlists", "mixed_lists", "markdown_list")
"""In the names of extensions that nest lists by less than four columns."""


@dataclass(frozen=True, slots=True)
class Grammar:
    """What is written how; None is what can't be told from the site's configuration."""

    family: str = COMMONMARK
    """python-markdown, commonmark or kramdown."""
    certain: bool = False
    """Whether it is known which dialect publishes the post; else CommonMark is only the likeliest."""
    footnotes: bool | None = None
    admonitions: bool | None = None
    """`!!! note`."""
    details: bool | None = None
    """`??? note`."""
    tabs: bool | None = None
    """`=== "Tab"`."""
    fences_need_end: bool = False
    """Whether a fence that nothing closes is text."""
    attributes: bool | None = None
    """Lists of attributes in braces behind links and pictures."""
    markdown_in_html: bool | None = None
    """`<div markdown>`."""
    reads_html: bool = False
    """Whether Markdown is read within any HTML."""
    tab_length: int = 4
    four_columns: bool = False
    """Whether what belongs to a list entry has to be indented by `tab_length`, however long its marker is."""
    blank_above_list: bool = False
    """Whether a list directly below a paragraph is a part of it."""
    defined_elsewhere: bool = False
    """Whether references may be defined outside the post: by a plugin, or by text that is added to each post."""
    breaks_lines: bool = False
    """Whether each end of a line breaks it."""
    javascript: bool = False
    """Whether the post is MDX, with components in it."""

    @staticmethod
    def of(dialect: Dialect, *, certain: bool = True, javascript: bool = False) -> "Grammar":
        """Return the grammar of a dialect; with `javascript` that of an MDX post."""
        if dialect.family == PYTHON_MARKDOWN:
            return _python_markdown(dialect.options, certain=certain)
        if dialect.family == KRAMDOWN:
            return Grammar(
                KRAMDOWN,
                certain,
                footnotes=True,
                admonitions=False,
                details=False,
                tabs=False,
                attributes=True,
                markdown_in_html=True,
                reads_html=_switched(dialect.options.get("kramdown"), "parse_block_html", on=False),
                breaks_lines=_switched(dialect.options.get("kramdown"), "hard_wrap", on=False),
            )
        return _commonmark(dialect, certain=certain, javascript=javascript)


def _python_markdown(options: Mapping[str, Any], *, certain: bool) -> Grammar:
    names = [str(name) for name in options.get("extensions", ())]
    configs = options.get("extension_configs", {})
    markdown = options.get("markdown", {})

    def has(*wanted: str) -> bool:
        return any(
            name.removeprefix("markdown.extensions.").split(":")[0] == want
            for name in names
            for want in wanted
        )

    extra = any(name in _EXTRA for name in names)
    snippets = configs.get("pymdownx.snippets", {})
    length = markdown.get("tab_length", 4)
    return Grammar(
        PYTHON_MARKDOWN,
        certain,
        footnotes=extra or any("footnote" in name for name in names),
        admonitions=has("admonition"),
        details=has("pymdownx.details"),
        tabs=has("pymdownx.tabbed"),
        fences_need_end=True,
        attributes=extra or has("attr_list"),
        markdown_in_html=extra or has("md_in_html", "pymdownx.extra"),
        tab_length=length,
        four_columns=not any(part in name for part in _OTHER_INDENT for name in names),
        blank_above_list=not any(part in name for part in (*_BREAKLESS, *_OTHER_INDENT) for name in names),
        defined_elsewhere=bool(isinstance(snippets, Mapping) and snippets.get("auto_append")),
        breaks_lines=has("nl2br"),
    )


def _commonmark(dialect: Dialect, *, certain: bool, javascript: bool) -> Grammar:
    options = dialect.options
    flavour = str(options.get("flavour") or "")
    footnotes: bool | None = None
    attributes: bool | None = None
    if flavour == "hugo":
        footnotes = _switched(options.get("goldmark"), "extensions", "footnote", on=True)
        attributes = True
    elif flavour == "zola":
        footnotes, attributes = True, True
    elif flavour == "astro":
        footnotes = bool(options.get("gfm", True))
    elif flavour == "eleventy" and any("footnote" in str(plugin) for plugin in options.get("plugins", ())):
        footnotes = True
    return Grammar(
        COMMONMARK,
        certain and flavour not in ("", "plain"),
        footnotes=footnotes,
        attributes=attributes,
        breaks_lines=_breaks_lines(flavour, options),
        javascript=javascript,
    )


def _breaks_lines(flavour: str, options: Mapping[str, Any]) -> bool:
    if flavour == "hugo":
        return _switched(options.get("goldmark"), "renderer", "hardwraps", on=False)
    if flavour == "eleventy":
        return _switched(options.get("markdown_it"), "breaks", on=False)
    return flavour == "hexo" and _switched(options.get("marked"), "breaks", on=True)


def _switched(value: Any, *names: str, on: bool) -> bool:
    """Return the switch that is nested in `value`; a map that is there may have its own `enable`."""
    for name in names:
        value = value.get(name) if isinstance(value, Mapping) else None
    if isinstance(value, Mapping):
        value = value.get("enable", on)
    return value if isinstance(value, bool) else on
