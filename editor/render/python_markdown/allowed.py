"""What a site that nobody has trusted may have imported and called: the one list of it.

Every name here belongs to an installed package whose code does nothing but format text; a file or the network
is only reached by what `confined` holds back.
"""

from __future__ import annotations

import re

_STANDARD = (
    "abbr admonition attr_list codehilite def_list extra fenced_code footnotes legacy_attrs legacy_em "
    "md_in_html meta nl2br sane_lists smarty tables toc wikilinks"
)
"""The short names that Markdown itself declares, each for `markdown.extensions.NAME`."""

_PACKAGES = ("markdown.extensions.", "pymdownx.")

LINK_PREVIEWS = ("material.extensions.preview", "zensical.extensions.preview")
"""The extension that `previews` stands in for: Material's own needs MkDocs around it."""

_NAME = re.compile(r"[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*(?::[A-Za-z_]\w*Extension)?")

MATERIAL_INDEX = frozenset(
    f"{package}.twemoji"
    for package in ("material.extensions.emoji", "materialx.emoji", "zensical.extensions.emoji")
)
"""The names under which sites ask for Material's icons; `icons` stands in for all of them."""

MATERIAL_GENERATOR = (
    "material.extensions.emoji.to_svg",
    "materialx.emoji.to_svg",
    "zensical.extensions.emoji.to_svg",
)

_OBJECTS = {
    "markdown.extensions.toc": "slugify slugify_unicode",
    "pymdownx.arithmatex": (
        "arithmatex_fenced_format arithmatex_inline_format fence_generic_format "
        "fence_mathjax_format fence_mathjax_preview_format inline_generic_format "
        "inline_mathjax_format inline_mathjax_preview_format"
    ),
    "pymdownx.emoji": "emojione gemoji to_alt to_png to_png_sprite to_svg to_svg_sprite twemoji",
    "pymdownx.slugs": (
        "gfm gfm_encoded slugify uslugify uslugify_cased uslugify_cased_encoded uslugify_encoded"
    ),
    "pymdownx.superfences": "default_validator fence_code_format fence_div_format highlight_validator",
}

_FACTORIES = (
    "pymdownx.arithmatex.arithmatex_fenced_format",
    "pymdownx.arithmatex.arithmatex_inline_format",
    "pymdownx.slugs.slugify",
)
"""What may also be called: each only returns a function with its options bound."""


def extension(name: str) -> str | None:
    """Return the full name by which the extension `name` is imported, or None where it is not on the list."""
    if name in _STANDARD.split():
        return "markdown.extensions." + name
    if name in LINK_PREVIEWS:
        return name
    return name if name.startswith(_PACKAGES) and _NAME.fullmatch(name) else None


def python_name(name: str) -> bool:
    """Return whether the Python object of this dotted name may be handed to an extension."""
    module, _, attribute = name.rpartition(".")
    return attribute in _OBJECTS.get(module, "").split()


def factory(name: str) -> bool:
    """Return whether the Python object of this dotted name may be called to make an option."""
    return name in _FACTORIES
