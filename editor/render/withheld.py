"""What a published page holds that the preview does not bring to the screen, in words for the badge."""

import re

from editor.translation import gettext as _

_SCRIPT = re.compile(
    r"<script\b(?![^>]*type=[\"']math/tex)|<[a-z][^<>]*\son\w+\s*=|(?:href|src)\s*=\s*[\"']\s*javascript:",
    re.IGNORECASE,
)
_STYLE = re.compile(r"<style\b|<link\b[^>]*stylesheet", re.IGNORECASE)
_EMBEDDED = re.compile(r"<(?:iframe|object|embed|frame)\b", re.IGNORECASE)
_FORM = re.compile(r"<(?:form|button|select|textarea)\b", re.IGNORECASE)
_REMOTE = re.compile(r"<(?:img|video|audio|source)\b[^<>]*\ssrc\s*=\s*[\"']?(?:https?:)?//", re.IGNORECASE)
_DIAGRAM = re.compile(r"<(?:pre|div) class=\"[^\"]*\bmermaid\b")
_CODE = re.compile(r"<(pre|code)\b.*?</\1>", re.DOTALL | re.IGNORECASE)


def withheld(html: str) -> tuple[str, ...]:
    """Return a sentence (translated) for each kind of content of `html` that the preview leaves out or replaces."""
    found = []
    bare = _CODE.sub("", html) if "<pre" in html or "<code" in html else html
    for pattern, sentence in (
        (_SCRIPT, _("Scripts of the post do not run in the preview")),
        (_STYLE, _("Style sheets of the post do not apply in the preview")),
        (_EMBEDDED, _("Embedded pages are shown as placeholders")),
        (_FORM, _("Forms can't be filled in here")),
        (_REMOTE, _("Pictures and films from other hosts are not loaded")),
    ):
        if pattern.search(bare):
            found.append(sentence)
    if _DIAGRAM.search(html):
        found.append(_("Diagrams are shown as their source: the site draws them with a script"))
    return tuple(found)
