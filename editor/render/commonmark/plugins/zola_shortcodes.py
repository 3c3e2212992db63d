"""Zola's shortcodes: `{{ name(…) }}`, and `{% name(…) %}` with a body up to `{% end %}`.

https://www.getzola.org/documentation/content/shortcodes/
"""

import re

from editor.render.commonmark.flavour import Told
from editor.render.commonmark.plugins.gfm_stand_ins import stand_in

MARKS = ("{{", "{%")

_ARGUMENTS = r"\((?:[^()\"'`]|\"[^\"]*\"|'[^']*'|`[^`]*`|\[[^\]]*\])*\)"
_SHORTCODE = re.compile(
    rf"\{{\{{\s*(?P<name>[A-Za-z_]\w*){_ARGUMENTS}\s*\}}\}}"
    rf"|\{{%\s*(?P<wide>[A-Za-z_]\w*){_ARGUMENTS}\s*%\}}.*?\{{%\s*end\s*%\}}"
    r"|\{\{/\*(?P<kept>.*?)\*/\}\}"
    r"|\{%/\*(?P<open>.*?)\*/%\}(?P<inner>.*?)\{%/\*(?P<close>\s*end\s*)\*/%\}",
    re.DOTALL,
)


def fold(text: str, told: Told) -> str:
    """Return `text` with a stand-in for each shortcode; those that are written as comments are text."""

    def replaced(found: re.Match[str]) -> str:
        if found["kept"] is not None:
            return "{{" + found["kept"] + "}}"
        if found["open"] is not None:
            return "{%" + found["open"] + "%}" + found["inner"] + "{%" + found["close"] + "%}"
        name = found["name"] or found["wide"]
        told.note("placeholder", name)
        return stand_in("shortcode", name, found[0])

    return _SHORTCODE.sub(replaced, text)
