"""How a Zola site writes Markdown: from its configuration to the dialect that the render worker follows.

https://www.getzola.org/documentation/getting-started/configuration/
"""

import re
from collections.abc import Mapping
from typing import Any

from editor.render.protocol import Dialect
from editor.translation import gettext as _

_TARGET = re.compile(r"@/[^\s()<>\"'#\]]+\.md")
_NOT_KNOWN = ("github_alerts", "wikilinks", "math", "insert_anchor_links_in_content")


def dialect(values: Mapping[str, Any]) -> Dialect:
    """Return the dialect of the site whose configuration is `values`; it is never taken for exact."""
    given = values.get("markdown")
    markdown: Mapping[str, Any] = given if isinstance(given, Mapping) else {}
    slugify = values.get("slugify")
    options = {
        "flavour": "zola",
        "front_matter": "hugo",
        "markdown": {
            key: value for key, value in markdown.items() if isinstance(value, bool | str | int | float)
        },
        "anchors": str(slugify.get("anchors") or "on") if isinstance(slugify, Mapping) else "on",
        "highlighted": bool(markdown.get("highlight_code") or markdown.get("highlighting")),
        "trusted": False,
    }
    reasons = [_("Zola's own Markdown is followed from its documentation: small things may differ.")]
    said = _("The option {name} of {package} is not known to the preview.")
    reasons += [said.format(name=name, package="Zola") for name in _NOT_KNOWN if markdown.get(name)]
    return Dialect("commonmark", options, tuple(reasons))


def targets(text: str) -> list[str]:
    """Return what a text links to by Zola's `@/`, without anchors."""
    return list(dict.fromkeys(_TARGET.findall(text)))
