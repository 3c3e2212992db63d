"""How a Jekyll site writes Markdown: from its configuration to the dialect that the render worker follows.

Sources: https://jekyllrb.com/docs/configuration/markdown/ and
https://kramdown.gettalong.org/options.html.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from editor.render.protocol import Dialect
from editor.site import files
from editor.site.generators.jekyll_config import JekyllConfig
from editor.translation import gettext as _

_KNOWN_OPTIONS = frozenset(
    """
    auto_id_prefix auto_id_stripping auto_ids entity_output footnote_backlink footnote_backlink_inline
    footnote_nr footnote_prefix gfm_quirks gfm_emojis guess_lang hard_wrap header_offset input
    math_engine math_engine_opts parse_block_html parse_span_html show_warnings smart_quotes syntax_highlighter
    syntax_highlighter_opts toc_levels typographic_symbols line_width template latex_headers enable_coderay
    default_lang
    """.split()  # noqa: SIM905
)
"""Options that are followed, or that change nothing in HTML."""

_HARMLESS = re.compile(
    r"jekyll-(?:feed|sitemap|seo-tag|paginate(?:-v2|-v2-unofficial)?|redirect-from|archives.*|last-modified-at|"
    r"github-metadata|sass-converter|coffeescript|optional-front-matter|readme-index|default-layout|"
    r"titles-from-headings|include-cache|gist|remote-theme|avatar|data-.*|compose|admin|watch|"
    r"category-pages|tagging|tagories|twitter-plugin|youtube|minifier|compress-.*|assets?|livereload|"
    r"netlify|postcss.*|algolia|locale|menus|image-size|dash|asciidoc|diagrams|inline-svg|tagging-related_posts|figure|polyglot|get-json|postfiles|reading-time)"
    r"|jekyll/tagging|octopress-minify-html|bundler|webrick|rouge|kramdown.*|jekyll|github-pages|rake|html-proofer|faraday.*|csv"
    r"|base64|logger|bigdecimal"
)
"""Gems that leave what a post's Markdown became as it is, as far as their tags are not used."""

_OWN_STEPS = re.compile(
    rb"Hooks\.register\s*\(?\s*(?!:site\b|:clean\b)|<\s*(?:::)?(?:Jekyll::)?Converters?\b|Kramdown"
)
"""What a plugin of the site itself has that changes pages; tags and filters are seen where they are used."""

_GITHUB_PLUGINS = ("jekyll-relative-links",)
_HANDLED = (
    "jekyll-mentions",
    "jemoji",
    "jekyll-relative-links",
    "jekyll-target-blank",
    "jekyll-loading-lazy",
)


def dialect(config: JekyllConfig, root: Path) -> Dialect:
    """Return the dialect of the site in `root`."""
    values = config.values
    kramdown = values.get("kramdown")
    given = kramdown if isinstance(kramdown, Mapping) else {}
    options = {
        "kramdown": files.as_json(given),
        "plugins": sorted(_plugins(values, root)),
        "new_footnotes": _has_new_footnotes(root),
        "front_matter": "fenced",
        "trusted": False,
    }
    return Dialect("kramdown", options, tuple(_reasons(values, given, config.source, root)))


def _reasons(values: Mapping[str, Any], given: Mapping[str, Any], source: Path, root: Path) -> Iterator[str]:
    engine = str(values.get("markdown") or "kramdown")
    if engine.lower() != "kramdown":
        yield _("The site renders Markdown with {name}; the preview approximates it by kramdown.").format(
            name=engine
        )
    for name in given:
        # The options of CodeRay count where that is asked for, which is a reason of its own.
        if str(name) not in _KNOWN_OPTIONS and not str(name).startswith("coderay"):
            yield _unknown(str(name))
    parser = str(given.get("input", "GFM")).lower()
    if parser not in ("gfm", "kramdown"):
        yield _("The site's kramdown reads {name}, which the preview does not know.").format(name=parser)
    if given.get("math_engine", "mathjax") not in ("mathjax", None, "nil"):
        yield _unknown("math_engine")
    if given.get("syntax_highlighter", "rouge") not in ("rouge", None, "nil"):
        yield _unknown("syntax_highlighter")
    if _formats_code(given.get("syntax_highlighter_opts")):
        yield _unknown("syntax_highlighter_opts")
    if values.get("highlighter", "rouge") not in ("rouge", None):
        yield _("The option {name} of {package} is not known to the preview.").format(
            name="highlighter", package="Jekyll"
        )
    for name in sorted(_plugins(values, root)):
        if not _HARMLESS.fullmatch(name) and name not in _HANDLED:
            yield _("The plugin {name} may change pages: what it adds is missing in the preview.").format(
                name=name
            )
    if _has_own_steps(source, values):
        yield _("The site's own plugins, in {folder}, change pages: the preview does not run them.").format(
            folder=values.get("plugins_dir") or "_plugins"
        )


def _unknown(name: str) -> str:
    return _("The option {name} of {package} is not known to the preview.").format(
        name=name, package="kramdown"
    )


def _formats_code(options: Any) -> bool:
    """Return whether options of the highlighter change more than colours."""
    if not isinstance(options, Mapping):
        return options is not None
    block = options.get("block")
    for some in (options, block if isinstance(block, Mapping) else {}):
        usual = {"css_class": "highlight", "start_line": 1, "wrap": True}
        if some.get("line_numbers") or any(name in some for name in ("formatter", "inline_theme")):
            return True
        if any(some.get(name, value) != value for name, value in usual.items()):
            return True
    return False


def _plugins(values: Mapping[str, Any], root: Path) -> set[str]:
    listed = values.get("plugins")
    found = {str(name) for name in listed} if isinstance(listed, list) else set()
    gems = values.get("gems")
    found |= {str(name) for name in gems} if isinstance(gems, list) else set()
    text = _start_of(root / "Gemfile").decode("utf-8", "replace")
    if re.search(r"(?m)^\s*gem[ (]+[\"']github-pages[\"']", text):
        found |= set(_GITHUB_PLUGINS)
    group = re.search(r"(?ms)^\s*group\s*\(?\s*:jekyll_plugins.*?^\s*end\b", text)
    if group:
        found |= set(re.findall(r"(?m)^\s*gem[ (]+[\"']([\w-]+)[\"']", group[0]))
    return found


def _has_own_steps(source: Path, values: Mapping[str, Any]) -> bool:
    name = values.get("plugins_dir")
    folder = source / (name if isinstance(name, str) and name else "_plugins")
    if not folder.resolve().is_relative_to(source.resolve()) or not folder.is_dir():
        return False
    return any(_OWN_STEPS.search(_start_of(file)) for file in sorted(folder.rglob("*.rb"))[:200])


def _has_new_footnotes(root: Path) -> bool:
    """Return whether the site's kramdown is 2.5 or later, which gives footnotes other attributes."""
    locked = re.search(rb"(?m)^    kramdown \((\d+)\.(\d+)", _start_of(root / "Gemfile.lock"))
    return locked is not None and (int(locked[1]), int(locked[2])) >= (2, 5)


def _start_of(file: Path) -> bytes:
    try:
        return files.start_of(file, 200_000)
    except OSError:
        return b""
