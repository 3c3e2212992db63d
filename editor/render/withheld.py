"""What a published page holds that the preview does not bring to the screen, in words for the badge."""

import re
from collections.abc import Iterator

from editor.translation import gettext as _

_SCRIPT = re.compile(
    r"<script\b(?![^>]*type=[\"']math/tex)|<[a-z][^<>]*\son\w+\s*=|(?:href|src)\s*=\s*[\"']\s*javascript:",
    re.IGNORECASE,
)
_STYLE = re.compile(r"<style\b|<link\b[^>]*stylesheet", re.IGNORECASE)
_EMBEDDED = re.compile(r"<(?:iframe|object|embed|frame)\b", re.IGNORECASE)
_FORM = re.compile(r"<(?:form|button|select|textarea)\b", re.IGNORECASE)
_REMOTE = re.compile(
    r"<(?:(?:video|audio|source)\b[^<>]*\ssrc\s*=\s*[\"']?(?:https?:)?//|img\b[^<>]*\ssrc\s*=\s*[\"']?http://)",
    re.IGNORECASE,
)
_REMOTE_PICTURE = re.compile(r"<img\b[^<>]*\ssrc\s*=\s*[\"']?(?:https:)?//", re.IGNORECASE)
_DIAGRAM = re.compile(r"<(?:pre|div) class=\"[^\"]*\bmermaid\b")
_FORMULA = re.compile(r"<[a-z]+ class=\"(?:[^\"<>]* )?arithmatex\b|<script type=\"math/tex", re.IGNORECASE)
_CODE = re.compile(r"<(pre|code)\b.*?</\1>", re.DOTALL | re.IGNORECASE)

_IN_TAGS = (_SCRIPT, _STYLE, _EMBEDDED, _FORM, _REMOTE)
SCRIPT = 1
"""The bit of scripts in the post itself."""
DIAGRAM = 1 << len(_IN_TAGS)
"""The bit of diagrams: those that are drawn here are not left out."""
FORMULA = DIAGRAM << 1
"""The bit of formulas that a script of the site's is to set; nothing is left out of the preview for them."""
REMOTE_PICTURE = FORMULA << 1
"""The bit of pictures by https from other hosts, which the person may let be loaded."""


def kinds(html: str) -> int:
    """Return what is in `html`, published HTML, as a sum of bits; those of two pieces are those of each."""
    if "<" not in html:
        return 0
    found = DIAGRAM if "mermaid" in html and _DIAGRAM.search(html) else 0
    if ("arithmatex" in html or "math/tex" in html) and _FORMULA.search(html):
        found |= FORMULA
    bare = _CODE.sub("", html) if "<pre" in html or "<code" in html else html
    for number, pattern in enumerate(_IN_TAGS):
        if pattern.search(bare):
            found |= 1 << number
    if _REMOTE_PICTURE.search(bare):
        found |= REMOTE_PICTURE
    return found


def withheld(found: int) -> tuple[str, ...]:
    """Return a sentence (translated) for each kind of content that the preview leaves out or replaces."""
    return tuple(_sentences(found))


def _sentences(found: int) -> Iterator[str]:
    for number, sentence in enumerate(
        (
            _("Scripts of the post do not run in the preview"),
            _("Style sheets of the post do not apply in the preview"),
            _("Embedded pages are shown as placeholders"),
            _("Forms can't be filled in here"),
            _("Films, sounds and unencrypted pictures from other hosts are not loaded"),
            _("Diagrams are shown as their source: the site's script draws them when it is published"),
            "",  # formulas: nothing is left out for them
            _("Pictures from other hosts are not loaded"),
        )
    ):
        if sentence and found >> number & 1:
            yield sentence
