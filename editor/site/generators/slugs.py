"""Slugs as the site's own configuration makes them, from the functions that are known to be harmless."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import Any

import markdown.extensions.toc
import pymdownx.slugs  # type: ignore[import-untyped]

Slugify = Callable[[str, str], str]
"""(title, separator) -> slug."""


def slugify_of(setting: Any) -> Slugify | None:
    """Return the function that a setting such as `post_slugify` names, or None where it is not a known one.

    None as a setting means the blog's own default: letters of any script, in lower case.
    """
    if setting is None:
        return _pymdownx({"case": "lower"})
    if not isinstance(setting, Mapping) or setting.get("args"):
        return None
    kwds = setting.get("kwds", {})
    name = setting.get("$python")
    if name == "pymdownx.slugs.slugify":
        if "kwds" in setting:
            return _pymdownx(kwds)
        return None  # named, not called: mkdocs would call the factory itself with a title
    if kwds:
        return None
    return {
        "pymdownx.slugs.uslugify": _pymdownx({"case": "lower"}),
        "pymdownx.slugs.uslugify_encoded": _pymdownx({"case": "lower", "percent_encode": True}),
        "pymdownx.slugs.uslugify_cased": _pymdownx({}),
        "pymdownx.slugs.uslugify_cased_encoded": _pymdownx({"percent_encode": True}),
        "pymdownx.slugs.gfm": _pymdownx({"case": "lower-ascii"}),
        "pymdownx.slugs.gfm_encoded": _pymdownx({"case": "lower-ascii", "percent_encode": True}),
        "markdown.extensions.toc.slugify": markdown.extensions.toc.slugify,
        "markdown.extensions.toc.slugify_unicode": markdown.extensions.toc.slugify_unicode,
    }.get(str(name))


def plain_slug(title: str) -> str:
    """Return a file name for `title`: letters and digits of any script, joined by single hyphens."""
    return re.sub(r"[^\w]+|_+", "-", unicodedata.normalize("NFC", title).lower()).strip("-")


def _pymdownx(options: Mapping[str, Any]) -> Slugify:
    known = {key: options[key] for key in ("case", "percent_encode", "normalize") if key in options}
    made: Slugify = pymdownx.slugs.slugify(**known)
    return made
