"""How an MkDocs site writes Markdown: from its configuration to the dialect that the render worker follows.

Sources: mkdocs/config/config_options.py (`MarkdownExtensions`), mkdocs/config/defaults.py, material/plugins.
"""

import datetime
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from editor.render.protocol import Dialect
from editor.translation import gettext as _

_ALWAYS = ("toc", "tables", "fenced_code")
"""What MkDocs switches on before the site's own list."""

_HARMLESS = (
    "alias awesome-nav awesome-pages blog exclude exclude-search git-authors git-committers "
    "git-committers-2 group htmlproofer info linkcheck literate-nav meta mike minify minify_html "
    "monorepo multirepo nav-weight no-sitemap-file offline optimize pdf-export projects redirects rss "
    "same-dir search section-index sitemap social spellcheck tags typeset unused-files"
)
"""Plugins that leave the HTML of a page as Markdown made it; theirs is around it, or white space."""

_CHANGING = (
    "abbreviations alternate-link-tags audiotag autolinks autorefs badges bibtex callouts caption "
    "charts codeinclude coderef drawio embed-external-markdown embed-file encryptcontent ezlinks "
    "gen-files git-revision-date git-revision-date-localized git-snippet glightbox i18n img2fig "
    "img2figv2 include include-markdown kroki macros markdown-exec markdownextradata markmap mermaid2 "
    "mknotebooks mkdocs-jupyter mkdocs-simple-hooks mkdocs-video mkdocstrings open-in-new-tab plantuml "
    "privacy quiz roamlinks simple-hooks site-urls statistics swagger-ui-tag table-reader termynal "
    "wikilinks"
)
"""Plugins that are known to change the HTML of a page."""


def dialect(config: Mapping[str, Any], root: Path, trusted: bool) -> Dialect:
    """Return the dialect of a site whose merged configuration is `config`, as mkdocs_config reads it.

    `root` is the site's folder. What can't be reproduced is told in the dialect's reasons.
    """
    reasons: list[str] = []
    names = list(_ALWAYS)
    configs: dict[str, Any] = {}
    for name, options in entries(config.get("markdown_extensions"), reasons):
        if name not in names:
            names.append(name)
        if options:  # given twice, the later one holds; nothing does not count
            configs[name] = json_value(options)
    plugins = list(plugins_of(config.get("plugins", ["search"])))
    reasons += _plugin_reasons(plugins)
    if hooks := config.get("hooks"):
        files = ", ".join(map(str, hooks)) if isinstance(hooks, list) else str(hooks)
        reasons.append(_("The site's hooks are not run in the preview: {files}.").format(files=files))
    docs_dir = root / str(config.get("docs_dir") or "docs")
    config_file = root / str(config.get("config_file_path") or "mkdocs.yml")
    options = {
        "extensions": names,
        "extension_configs": configs,
        "front_matter": "mkdocs",
        "docs_dir": str(docs_dir),
        "config_dir": str(config_file.parent),
        "trusted": trusted,
        "absolute_links_to_docs": _absolute_links(config.get("validation")) == "relative_to_docs",
        "tag_listings": [tag_listing(options) for name, options in plugins if name == "tags"],
    }
    return Dialect("python-markdown", options, tuple(reasons))


def entries(value: Any, reasons: list[str]) -> Iterator[tuple[str, Any]]:
    """Yield (name, options) of a list of names and one-key maps, or of a map."""
    if isinstance(value, Mapping):
        value = [{name: options} for name, options in value.items()]
    for entry in value if isinstance(value, list) else []:
        if isinstance(entry, str):
            yield entry, None
        elif isinstance(entry, Mapping) and len(entry) == 1 and all(isinstance(name, str) for name in entry):
            name, options = next(iter(entry.items()))
            yield name, options if isinstance(options, Mapping) else None
        else:
            reasons.append(
                _("An entry of markdown_extensions is not understood: {entry}").format(entry=entry)
            )


def plugins_of(value: Any) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield (name, options) of every plugin that is switched on, those of a group plugin too."""
    for name, options in entries(value, []):
        plain = name.removeprefix("material/")
        options = options or {}
        if options.get("enabled") is False:
            continue
        yield plain, options
        if plain == "group" and options.get("enabled"):
            yield from plugins_of(options.get("plugins"))


def _plugin_reasons(plugins: list[tuple[str, Mapping[str, Any]]]) -> Iterator[str]:
    for name in dict.fromkeys(name for name, _options in plugins):
        if name in _CHANGING.split():
            yield _("The plugin {name} changes pages: what it adds is missing in the preview.").format(
                name=name
            )
        elif name not in _HARMLESS.split():
            yield _("The plugin {name} is not known: what it changes is missing in the preview.").format(
                name=name
            )


def tag_listing(options: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the tags plugin's step needs (material/plugins/tags/config.py)."""
    return {
        "directive": str(options.get("listings_directive") or "material/tags"),
        "listings": options.get("listings") is not False,
        "file": str(options.get("tags_file") or ""),
    }


def _absolute_links(validation: Any) -> Any:
    """Return the site's `validation.links.absolute_links`, which may also stand one level higher."""
    if not isinstance(validation, Mapping):
        return None
    links = validation.get("links")
    if isinstance(links, Mapping) and "absolute_links" in links:
        return links["absolute_links"]
    return validation.get("absolute_links")


def json_value(value: Any) -> Any:
    """Return `value` with nothing in it that JSON does not have."""
    if isinstance(value, Mapping):
        return {str(key): json_value(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple, set)):
        return [json_value(inner) for inner in value]
    if isinstance(value, (datetime.date, datetime.datetime)):
        return value.isoformat()
    return value if isinstance(value, (str, int, float, bool, type(None))) else str(value)
