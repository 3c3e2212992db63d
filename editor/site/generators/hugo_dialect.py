"""How a Hugo site writes Markdown: from its configuration to the dialect that the render worker follows.

https://gohugo.io/configuration/markup/, https://gohugo.io/render-hooks/. The rules that the worker follows are those
of Hugo 0.168. The site's templates are not run: which it has is told, so that a page that they write is not taken
for the published one.
"""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from editor.render.protocol import Dialect
from editor.site.generators import hugo_mounts
from editor.site.generators.data_files import as_text, lowered, texts
from editor.site.generators.hugo_config import Configuration, switch
from editor.site.generators.mkdocs_config import merge
from editor.translation import gettext as _

_HIGHLIGHT = {
    "style": "style",
    "codefences": "code_fences",
    "noclasses": "no_classes",
    "linenos": "line_nos",
    "linenumbersintable": "line_numbers_in_table",
    "anchorlinenos": "anchor_line_nos",
    "lineanchors": "line_anchors",
    "linenostart": "line_no_start",
    "hl_lines": "hl_lines",
    "hl_inline": "hl_inline",
    "tabwidth": "tab_width",
    "guesssyntax": "guess_syntax",
    "wrapperclass": "wrapper_class",
}
_SWITCHES = (
    "code_fences",
    "no_classes",
    "line_numbers_in_table",
    "anchor_line_nos",
    "hl_inline",
    "guess_syntax",
)
_NUMBERS = ("line_no_start", "tab_width")
_OLD = {
    "pygmentsstyle": "style",
    "pygmentscodefences": "code_fences",
    "pygmentscodefencesguesssyntax": "guess_syntax",
}
"""Names of settings before Hugo 0.60, which it still reads."""
_MOST_TEMPLATES = 2_000


def dialect(config: Configuration) -> Dialect:
    """Return the dialect of a site with this configuration; what it can't tell is in its reasons."""
    reasons: list[str] = []
    values = next(iter(config.languages.values())).values if config.languages else config.values
    markup = lowered(values.get("markup"))
    markup = markup if isinstance(markup, Mapping) else {}
    handler = as_text(markup.get("defaultmarkdownhandler")).lower()
    if handler not in ("", "goldmark"):
        reasons.append(
            _("The site's Markdown is rendered by {name}, which the preview does not have.").format(
                name=handler
            )
        )
    goldmark = markup.get("goldmark")
    goldmark = goldmark if isinstance(goldmark, Mapping) else {}
    extensions = goldmark.get("extensions")
    cjk = extensions.get("cjk") if isinstance(extensions, Mapping) else None
    if isinstance(cjk, Mapping) and switch(cjk.get("enable")) and switch(cjk.get("eastasianlinebreaks")):
        reasons.append(_("Line ends between East Asian characters are left out by the site, and kept here."))
    for name in missing_themes(values, config.root):
        said = _("The theme {name} is not in the site's folder: how its templates change pages is not known.")
        reasons.append(said.format(name=name))
    hooks, shortcodes = _templates(values, config.root)
    embedded = _embedded(goldmark, config, hooks)
    options = {
        "flavour": "hugo",
        "front_matter": "hugo",
        "goldmark": _json(goldmark),
        "highlight": _highlight(values, markup.get("highlight")),
        "emoji": switch(values.get("enableemoji")),
        "inline_shortcodes": _inline_shortcodes(values),
        "hooks": sorted(hooks),
        "embedded": embedded,
        "shortcodes": sorted(shortcodes),
        "privacy": _json(values.get("privacy") or {}),
    }
    return Dialect("commonmark", options, tuple(reasons))


def uses_embedded_hooks(config: Configuration) -> bool:
    """Tell whether Hugo's own templates for links or pictures may look for the files that are meant."""
    values = next(iter(config.languages.values())).values if config.languages else config.values
    markup = values.get("markup")
    goldmark = markup.get("goldmark") if isinstance(markup, Mapping) else None
    return bool(_embedded(goldmark if isinstance(goldmark, Mapping) else {}, config, set()))


def missing_themes(values: Mapping[str, Any], root: Path) -> Iterator[str]:
    """Yield the themes and modules that the site asks for and that are not in its folder."""
    themes = root / (as_text(values.get("themesdir")) or "themes")
    names = list(texts(values.get("theme")))
    module = values.get("module")
    imports = module.get("imports") if isinstance(module, Mapping) else None
    names += [
        as_text(entry.get("path"))
        for entry in (imports if isinstance(imports, list) else [])
        if isinstance(entry, Mapping) and as_text(entry.get("path")) and entry.get("disable") is not True
    ]
    for name in names:
        places = [themes / name, root / "_vendor" / name] if "\0" not in name else []
        if not any(place.is_dir() and any(place.iterdir()) for place in places):
            yield name


def _layouts(values: Mapping[str, Any], root: Path) -> Iterator[Path]:
    yield root / (as_text(values.get("layoutdir")) or "layouts")
    for folder in hugo_mounts.theme_folders(values, root):
        yield folder / "layouts"


def _templates(values: Mapping[str, Any], root: Path) -> tuple[set[str], set[str]]:
    """Return the render hooks (like `link` or `codeblock-mermaid`) and the shortcodes that have a template."""
    hooks: set[str] = set()
    shortcodes: set[str] = set()
    seen = 0
    for layouts in _layouts(values, root):
        for folder, folders, names in os.walk(layouts):
            folders.sort()
            parts = Path(folder).relative_to(layouts).parts
            seen += len(names)
            if seen > _MOST_TEMPLATES:
                return hooks, shortcodes
            if parts and parts[-1] == "_markup":
                hooks |= {
                    name.partition(".")[0].removeprefix("render-")
                    for name in names
                    if name.startswith("render-")
                }
            where = next((at for at, part in enumerate(parts) if part in ("shortcodes", "_shortcodes")), None)
            if where is not None:
                below = parts[where + 1 :]
                shortcodes |= {"/".join([*below, name.partition(".")[0]]) for name in names}
    return hooks, shortcodes


def _embedded(goldmark: Mapping[str, Any], config: Configuration, hooks: set[str]) -> list[str]:
    """Return for what of `link` and `image` Hugo's own template is used."""
    several = len(config.languages) > 1
    hosts = any("baseurl" in _own(config, code) for code in config.languages)
    automatic = several and not hosts and not switch(goldmark.get("duplicateresourcefiles"))
    settings = goldmark.get("renderhooks")
    found = []
    for kind in ("link", "image"):
        own = settings.get(kind) if isinstance(settings, Mapping) else None
        own = own if isinstance(own, Mapping) else {}
        mode = as_text(own.get("useembedded")) or "auto"
        if "enabledefault" in own and mode == "auto":
            mode = "fallback" if switch(own["enabledefault"]) else "never"
        if mode == "auto":
            mode = "fallback" if automatic else "never"
        if mode == "always" or (mode == "fallback" and kind not in hooks):
            found.append(kind)
    return found


def _inline_shortcodes(values: Mapping[str, Any]) -> bool:
    security = values.get("security")
    return isinstance(security, Mapping) and switch(security.get("enableinlineshortcodes"))


def _own(config: Configuration, code: str) -> Mapping[str, Any]:
    listed = config.values.get("languages")
    own = listed.get(code) if isinstance(listed, Mapping) else None
    return own if isinstance(own, Mapping) else {}


def _highlight(values: Mapping[str, Any], given: Any) -> dict[str, Any]:
    """Return the settings for code, by the names that the worker's flavour has for them."""
    made: dict[str, Any] = {}
    for old, name in _OLD.items():
        if old in values:
            made[name] = values[old]
    if "pygmentsuseclasses" in values:
        made["no_classes"] = not switch(values["pygmentsuseclasses"])
    old_options = {}
    for option in as_text(values.get("pygmentsoptions")).split(","):
        key, sign, value = option.partition("=")
        if sign:
            old_options[key.strip().lower()] = value.strip()
    for key, value in merge(old_options, given if isinstance(given, Mapping) else {}).items():
        if key in _HIGHLIGHT:
            made[_HIGHLIGHT[key]] = value
    for name, value in list(made.items()):
        if name in _SWITCHES:
            made[name] = switch(value)
        elif name in _NUMBERS:
            digits = str(value).strip()
            made[name] = (
                int(digits)
                if digits.lstrip("-").isdigit() and len(digits) < 7
                else (1 if name == "line_no_start" else 4)
            )
        elif name == "line_nos":
            made[name] = value if value in ("table", "inline") else switch(value)
        else:
            made[name] = as_text(value)
    return made


def _json(value: Any) -> Any:
    """Return `value` with nothing in it that JSON does not have."""
    if isinstance(value, Mapping):
        return {str(key): _json(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_json(inner) for inner in value]
    return value if isinstance(value, (str, int, float, bool, type(None))) else str(value)
