"""How a Nikola site writes Markdown: from its settings to the dialect that the render worker follows.

Source: nikola/plugins/compile/markdown and nikola/post.py, Nikola 8.3. What does the rest of Nikola's work is
`render.python_markdown.nikola_steps`.
"""

import configparser
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from editor.errors import OpenError
from editor.post.disk import read_bytes
from editor.render.protocol import Dialect
from editor.site.generators.nikola_settings import NikolaSettings
from editor.site.generators.python_options import options_of
from editor.site.generators.python_values import Unread
from editor.translation import gettext as _

_META = ("meta", "markdown.extensions.meta")
"""What takes the metadata off: that is done before, by the same rule."""
_SETTINGS = ("MARKDOWN_EXTENSIONS", "MARKDOWN_EXTENSION_CONFIGS", "DEMOTE_HEADERS", "FILTERS")
_HARMLESS_FILTERS = (
    "apply_to_binary_file apply_to_text_file closure_compiler cssminify csso html5lib_minify html5lib_xmllike "
    "html_tidy_mini html_tidy_nowrap html_tidy_nowrap_p html_tidy_withconfig html_tidy_wrap html_tidy_wrap_attr "
    "jpegoptim jpegoptim_progressive jsminify jsonminify list_replace minify_lines normalize_html optipng "
    "php_template_injection unique_string xmlminify yui_compressor"
)
"""Filters of nikola.filters that change how a page is written, and not what it says."""
_CODE_PLUGINS = ("MarkdownExtension", "CompilerExtension")
_MOST_PLUGINS = 200


def dialect(settings: NikolaSettings, root: Path, body_rule: str, trusted: bool) -> Dialect:
    """Return the dialect of a site with these settings; `body_rule` is the one of the front matter."""
    reasons: list[str] = []
    values = settings.values
    for name in _SETTINGS:
        if name in settings.unread:
            said = _("The setting {name} is made by code, which is not run: {code} was not read")
            reasons.append(said.format(name=name, code=settings.unread[name].code) + ".")
    configs = values["MARKDOWN_EXTENSION_CONFIGS"]
    if configs and all(key in settings.translations for key in configs):  # one for each language
        configs = configs.get(settings.default_lang, next(iter(configs.values())))
    names, options = options_of(
        values["MARKDOWN_EXTENSIONS"], configs, "MARKDOWN_EXTENSION_CONFIGS", reasons, adding=False
    )
    if values["HYPHENATE"]:
        reasons.append(_("The site has words hyphenated (HYPHENATE), and the preview does not."))
    reasons += _filter_reasons(values["FILTERS"])
    reasons += _plugin_reasons(root)
    return Dialect(
        "python-markdown",
        {
            "extensions": [name for name in names if name not in _META],
            "extension_configs": {name: options[name] for name in names if options.get(name)},
            "markdown": {"output_format": "html"},
            "front_matter": body_rule,
            "trusted": trusted,
            "nikola": {"demote": int(values["DEMOTE_HEADERS"])},
        },
        tuple(reasons),
    )


def _filter_reasons(filters: Mapping[Any, Any]) -> Iterator[str]:
    """Yield a sentence for each filter of pages that may change what they say."""
    for suffix, given in filters.items():
        if suffix not in (".html", ".htm"):
            continue
        for entry in given if isinstance(given, list | tuple) else [given]:
            name = entry.name or entry.code if isinstance(entry, Unread) else str(entry)
            plain = name.removeprefix("nikola.").removeprefix("filters.")
            if plain not in _HARMLESS_FILTERS.split():
                said = _("The filter {name} changes pages once they are built, and not in the preview.")
                yield said.format(name=name)


def _plugin_reasons(root: Path) -> Iterator[str]:
    """Yield a sentence for each plugin in the site's own folder that Markdown goes through."""
    folder = root / "plugins"
    found = sorted([*folder.glob("*.plugin"), *folder.glob("*/*.plugin")])[:_MOST_PLUGINS]
    for file in found:
        described = configparser.ConfigParser(interpolation=None)
        try:
            described.read_string(read_bytes(file).decode("utf-8"))
        except (OpenError, UnicodeDecodeError, configparser.Error):
            continue
        category = described.get("Nikola", "PluginCategory", fallback="")
        name = described.get("Core", "Name", fallback=file.stem)
        if category in _CODE_PLUGINS:
            yield _("The plugin {name} changes pages: what it adds is missing in the preview.").format(
                name=name
            )
