"""How a Pelican site writes Markdown: from its settings to the dialect that the render worker follows.

Source: pelican/readers.py (`MarkdownReader`) and settings.py, Pelican 4.12. What does the rest of Pelican's work is
`render.python_markdown.pelican_steps`.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from editor.render.protocol import Dialect
from editor.site.generators.pelican_settings import Settings
from editor.site.generators.python_options import options_of
from editor.site.generators.python_values import Unread
from editor.translation import gettext as _

_DEFAULT: Mapping[str, Any] = {
    "extension_configs": {
        "markdown.extensions.codehilite": {"css_class": "highlight"},
        "markdown.extensions.extra": {},
    },
    "output_format": "html5",
}
_META = ("meta", "markdown.extensions.meta")
"""What takes the metadata off: that is done before, by the same rule."""
_SETTINGS = ("MARKDOWN", "TYPOGRIFY", "INTRASITE_LINK_REGEX", "READERS", "PLUGINS")

_HARMLESS = (
    "always_modified assets atom_feed_reader avatar better_codeblock_line_numbering category_meta "
    "category_order css-html-js-minify css_html_js_minify csp custom_article_urls disqus_static draft_rss "
    "dateish feed_filter feed_summary filetime_from_git filetime_from_hg filetime_git github_activity "
    "goodreads_activity granular_signals graphviz_sitemap gzip_cache i18n_subsites ipynb_reader ical "
    "json_feed keyboard_nav liquid_feed microdata minify more_categories multi_part multi_parts_posts neighbors "
    "nojekyll open_graph optimize_images page_hierarchy page_view pelican-sitemap pelican_comment_system "
    "pelican_gist_cache pin_to_top post_stats precompress primary_category random_article read_more_link "
    "readtime reading_time related_posts representative_image search section_number_feed seo series share_post "
    "show_source similar_posts sitemap slim static_comments statistics sub_parts subcategory summary tag_cloud "
    "thumbnailer tipue_search touch unity_webgl w3c_validate webassets webring yaml_metadata yuicompressor"
)
"""Plugins that leave an article as Markdown made it; what they do is around it, or for other files."""

_CHANGING = (
    "ace_editor advthumbnailer asciidoc_reader autopages better_figures_and_images bootstrapify bootstrap-rst "
    "cjk_auto_spacing clean_summary code_include creole_reader deadlinks embed_tweet encrypt_content "
    "extract_headings extract_toc figure-ref footer_insert gallery glossary headerid html_entity image_process "
    "interlinks jinja2content just_table latex linkclass linker liquid_tags lightbox md-metayaml "
    "md_inline_extension mermaid myst-reader myst_reader obsidian pandoc_reader pandoc-reader photos "
    "pelican-toc toc pelican_dynamic pelican_fontawesome_markdown pelican_unity_webgl plantuml render_math "
    "replacer shortcodes simple_footnotes video_privacy_enhancer org_reader tables_bootstrap"
)
"""Plugins that are known to change articles."""


def dialect(settings: Settings, body_rule: str, trusted: bool) -> Dialect:
    """Return the dialect of a site with these settings; `body_rule` is the one of the front matter."""
    reasons: list[str] = []
    values = settings.values
    for name in _SETTINGS:
        if name in settings.unread:
            said = _("The setting {name} is made by code, which is not run: {code} was not read")
            reasons.append(said.format(name=name, code=settings.unread[name].code) + ".")
    given = values.get("MARKDOWN", _DEFAULT)
    if not isinstance(given, Mapping):
        reasons.append(_("The setting {name} has a value of the wrong type").format(name="MARKDOWN") + ".")
        given = _DEFAULT
    names, configs = options_of(
        given.get("extensions"), given.get("extension_configs"), "MARKDOWN", reasons, adding=True
    )
    reasons += _reader_reasons(values["READERS"])
    reasons += _plugin_reasons(values["PLUGINS"])
    options = {
        "extensions": [name for name in names if name not in _META],
        "extension_configs": {name: config for name, config in configs.items() if name not in _META},
        "markdown": _markdown(given),
        "front_matter": body_rule,
        "trusted": trusted,
        "pelican": {"typogrify": _typogrify(values), "links": str(values["INTRASITE_LINK_REGEX"])},
    }
    return Dialect("python-markdown", options, tuple(reasons))


def _markdown(given: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the site sets of Markdown itself."""
    found: dict[str, Any] = {}
    output = str(given.get("output_format") or "xhtml").lower().rstrip("145")
    found["output_format"] = output if output in ("html", "xhtml") else "xhtml"
    length = given.get("tab_length")
    if isinstance(length, int) and 0 < length < 100:
        found["tab_length"] = length
    if "lazy_ol" in given:
        found["lazy_ol"] = bool(given["lazy_ol"])
    return found


def _typogrify(values: Mapping[str, Any]) -> dict[str, Any] | None:
    if not values["TYPOGRIFY"]:
        return None
    return {
        "ignore_tags": [str(tag) for tag in values["TYPOGRIFY_IGNORE_TAGS"]],
        "omit_filters": [str(name) for name in values["TYPOGRIFY_OMIT_FILTERS"]],
        "dashes": str(values["TYPOGRIFY_DASHES"]),
    }


def _reader_reasons(readers: Mapping[Any, Any]) -> Iterator[str]:
    for suffix, reader in readers.items():
        if isinstance(reader, Unread) and suffix in ("md", "markdown", "mkd", "mdown"):
            said = _("The site reads .{suffix} files by a reader of its own, which is not run: {code}.")
            yield said.format(suffix=suffix, code=reader.code)


def _plugin_reasons(plugins: Any) -> Iterator[str]:
    for plugin in plugins or ():
        name = plugin if isinstance(plugin, str) else plugin.name or plugin.code if _unread(plugin) else ""
        if not name:
            continue
        plain = name.removeprefix("pelican.plugins.").removeprefix("pelican_plugins.").partition(".")[0]
        if plain in _CHANGING.split():
            yield _("The plugin {name} changes pages: what it adds is missing in the preview.").format(
                name=name
            )
        elif plain not in _HARMLESS.split():
            yield _("The plugin {name} is not known: what it changes is missing in the preview.").format(
                name=name
            )


def _unread(value: Any) -> bool:
    return isinstance(value, Unread)
