"""How a Zensical site writes Markdown: from its configuration to the dialect that the render worker follows.

Source: zensical/config.py (`_convert_markdown_extensions` and what follows it), Zensical 0.0.73.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from editor.render.protocol import Dialect
from editor.site.generators.mkdocs_dialect import entries, json_value, plugins_of, tag_listing
from editor.translation import gettext as _

_ALWAYS = ("toc", "tables")
"""What Zensical switches on before the site's own list; superfences comes after it."""
_FENCES = "pymdownx.superfences"
_CHANGING = (
    "autorefs glightbox include-markdown macros markdown-exec markdownextradata mkdocs-audio mkdocs-video "
    "mkdocstrings table-reader"
)
"""The plugins that Zensical does the work of, and that change the HTML of a page; it knows no others."""
_QUOTES = ("callouts", "gh-admonitions")
"""Plugins in whose place Zensical switches on an extension."""


def dialect(values: Mapping[str, Any], root: Path, trusted: bool) -> Dialect:
    """Return the dialect of a site whose configuration is `values`, the table [project].

    `root` is the site's folder.
    """
    reasons: list[str] = []
    names = list(_ALWAYS)
    configs: dict[str, Any] = {}
    for name, options in entries(values.get("markdown_extensions"), reasons):
        if name not in names:
            names.append(name)
        configs[name] = _resolved(name, json_value(options or {}))
    if _FENCES not in names:
        names.append(_FENCES)
    plugins = list(plugins_of(values.get("plugins")))
    listed = [name for name, _options in plugins]
    if any(name in listed for name in _QUOTES):
        if "pymdownx.quotes" not in names:
            names.append("pymdownx.quotes")
        configs["pymdownx.quotes"] = {**configs.get("pymdownx.quotes", {}), "callouts": True}
    reasons += _plugin_reasons(listed)
    file = root / str(values.get("config_file_path") or "zensical.toml")
    options = {
        "extensions": names,
        "extension_configs": {name: config for name, config in configs.items() if config},
        "front_matter": "mkdocs",
        "docs_dir": str(root / str(values.get("docs_dir") or "docs")),
        "config_dir": str(file.parent),
        "trusted": trusted,
        "icons": "zensical",
        "absolute_links_to_docs": False,
        "tag_listings": [tag_listing(options) for name, options in plugins if name == "tags"],
    }
    return Dialect("python-markdown", options, tuple(reasons))


def _plugin_reasons(names: list[str]) -> Iterator[str]:
    for name in dict.fromkeys(names):
        if name in _CHANGING.split():
            yield _("The plugin {name} changes pages: what it adds is missing in the preview.").format(
                name=name
            )


def _resolved(extension: str, config: Any) -> Any:
    """Return an extension's options with the Python objects that TOML only has the names of."""
    if not isinstance(config, dict):
        return {}
    made = dict(config)
    if extension == "pymdownx.emoji":
        for option in ("emoji_generator", "emoji_index"):
            if isinstance(made.get(option), str):
                made[option] = {"$python": made[option]}
    elif extension in ("pymdownx.tabbed", "pymdownx.blocks.tab", "toc"):
        if isinstance(made.get("slugify"), dict):
            made["slugify"] = _called(made["slugify"], "pymdownx.slugs.slugify")
    elif extension == _FENCES:
        made["custom_fences"] = [
            _fence(fence, ("format", "validator")) for fence in _list(made.get("custom_fences"))
        ]
    elif extension == "pymdownx.inlinehilite" and "custom_inline" in made:
        made["custom_inline"] = [_fence(inline, ("format",)) for inline in _list(made.get("custom_inline"))]
    return {option: value for option, value in made.items() if value != []}


def _fence(given: Any, options: tuple[str, ...]) -> Any:
    if not isinstance(given, dict):
        return given
    made = dict(given)
    for option in options:
        if isinstance(made.get(option), str):
            made[option] = {"$python": made[option]}
        elif isinstance(made.get(option), dict) and "$python" not in made[option]:
            made[option] = _called(made[option], "pymdownx.superfences.fence_code_format")
    return made


def _called(given: Mapping[str, Any], default: str) -> Any:
    """Return the call that `{object = …, kwds = …}` stands for."""
    if "$python" in given:
        return given
    kwds = given.get("kwds")
    name = str(given.get("object") or default)
    return {"$python": name, "args": [], "kwds": kwds if isinstance(kwds, dict) else {}}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
