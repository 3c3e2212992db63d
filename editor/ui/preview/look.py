"""The preview page's colours: the theme's tokens, and the few more that only a rendered post needs."""

import json
from dataclasses import fields

from editor.translation import gettext as _
from editor.ui.theme import Theme

_LIGHT = {
    "code": "#f8f6f2",
    "code-line": "#fdf0cf",
    "mark": "#fdeeb5",
    "teal": "#0b6a73",
    "teal-wash": "#e0f2f3",
    "violet": "#6b3fb5",
    "violet-wash": "#f0eafb",
    "syntax-comment": "#6d685f",
    "syntax-keyword": "#8331a7",
    "syntax-string": "#17704a",
    "syntax-number": "#a2460b",
    "syntax-function": "#2f5bea",
    "syntax-class": "#8f5500",
    "syntax-builtin": "#0b6a73",
    "syntax-operator": "#6a665d",
    "syntax-tag": "#b3372f",
    "shadow": "#23211d14",
}

_DARK = {
    "code": "#22242a",
    "code-line": "#352f1f",
    "mark": "#57471a",
    "teal": "#63c5cf",
    "teal-wash": "#173034",
    "violet": "#bda0f5",
    "violet-wash": "#2b2440",
    "syntax-comment": "#9a978f",
    "syntax-keyword": "#c79bf2",
    "syntax-string": "#7fcfa6",
    "syntax-number": "#efa679",
    "syntax-function": "#8aa6ff",
    "syntax-class": "#e3b768",
    "syntax-builtin": "#6fcad4",
    "syntax-operator": "#a9a69e",
    "syntax-tag": "#f0857d",
    "shadow": "#00000055",
}


def css_variables(theme: Theme) -> dict[str, str]:
    """Return the page's custom properties for `theme`: `--accent-wash` to `#e8edfd`, and so on."""
    tokens = {field.name: getattr(theme, field.name) for field in fields(theme) if field.name != "name"}
    tokens |= _DARK if theme.name == "dark" else _LIGHT
    return {f"--{name.replace('_', '-')}": value for name, value in tokens.items()}


def dressing(theme: Theme, web: str = "", marks: str = "") -> str:
    """Return what the page is told of its looks, as JSON: the theme, and the words that it shows by itself.

    `web` is what the address of a picture in the web is appended to; empty: none are shown. `marks` is the key of the
    marks of changes on the page (editor.proof.rendered_diff); empty: there are none.
    """
    words = {
        "missing": _("No picture at {path}"),
        "remote_picture": _("Picture from {host}"),
        "remote_film": _("Film from {host}"),
        "remote_sound": _("Sound from {host}"),
        "embedded": _("Embedded page from {host}"),
        "folded": _("{count} unchanged"),
        "moved_here": _("Moved here"),
        "moved_away": _("Moved from here"),
    }
    dress = {
        "theme": theme.name,
        "variables": css_variables(theme),
        "words": words,
        "web": web,
        "marks": marks,
    }
    return json.dumps(dress)
