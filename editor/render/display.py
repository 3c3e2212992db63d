"""From published HTML to what the screen shows: a step of its own, after rendering, in our own process.

The published HTML stays as it is; here math becomes MathML (the published page leaves that to a script in
the reader's browser), diagrams, which need a script too, are shown as they were drawn elsewhere or marked as source,
pictures get the size of their file, so that nothing moves when they come, and what only the site's build can make is
shown as a label.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from html import escape, unescape
from xml.etree import ElementTree

from editor.render.picture_size import Size
from editor.translation import gettext as _

_LONGEST_FORMULA = 20_000

_GENERIC_MATH = re.compile(
    r'<(?P<tag>span|div) class="(?P<classes>arithmatex(?: [^"<>]*)?)"(?P<rest>[^<>]*)>'
    r"(?P<tex>[^<]*)</(?P=tag)>"
)
_SCRIPT_MATH = re.compile(
    r'(?:<(?P<tag>span|div) class="MathJax_Preview">[^<]*</(?P=tag)>\s*)?'
    r'<script type="math/tex(?P<mode>; mode=display)?">(?P<tex>.*?)</script>',
    re.DOTALL,
)
_DIAGRAM = re.compile(r'<(?P<tag>pre|div) class="(?P<classes>(?:[^"<>]* )?mermaid(?: [^"<>]*)?)"')
_DRAWABLE = re.compile(
    r'<(?P<tag>pre|div) class="(?:[^"<>]* )?mermaid(?: [^"<>]*)?"[^<>]*>(?:<code[^<>]*>)?(?P<source>[^<]*)'
    r"(?:</code>)?\s*</(?P=tag)>"
)
_PLACEHOLDER = re.compile(
    r'<copydesk-placeholder kind="(?P<kind>[^"<>]*)" name="[^"<>]*"(?P<block> block)?>'
    r"(?P<source>[^<]*)</copydesk-placeholder>"
)
_PICTURE = re.compile(r"(<img)((?=[\s/])(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>)")
_ADDRESS = re.compile(r"\ssrc\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_DELIMITERS = ((r"\(", r"\)", "inline"), (r"\[", r"\]", "block"), ("$$", "$$", "block"), ("$", "$", "inline"))
_CHARACTER_REFERENCE = re.compile(r"&(?:#x?[0-9A-Fa-f]+|lt|gt|amp|quot);")

# Unnumbered, as MathJax and KaTeX show them unless told otherwise; `aligned` and its like are what
# latex2mathml knows under the starred name (3.81.1 leaves their `&` as it stands).
_ENVIRONMENT = re.compile(
    r"\\(begin|end)\{(align|aligned|alignat|equation|gather|gathered|multline|eqnarray)\}"
)
_PARTS = {
    "mfrac": 2,
    "mroot": 2,
    "msub": 2,
    "msup": 2,
    "munder": 2,
    "mover": 2,
    "msubsup": 3,
    "munderover": 3,
}
_STARRED = {"aligned": "align*", "gathered": "gather*"}


@dataclass(frozen=True, slots=True)
class Drawing:
    """What became of a diagram."""

    address: str
    """The picture, as a data: address; empty where it could not be drawn."""
    width: int = 0
    height: int = 0
    error: str = ""
    """What Mermaid says, where it could not."""


def as_published(block: str) -> bool:
    """Return whether `for_screen` has nothing to do for `block`."""
    return not any(
        word in block for word in ("arithmatex", "math/tex", "mermaid", "<img", "<copydesk-placeholder")
    )


def for_screen(
    block: str,
    formulas: dict[tuple[str, str], str | None] | None = None,
    size_of: Callable[[str], Size | None] | None = None,
    drawing_of: Callable[[str], Drawing | None] | None = None,
    *,
    typesets: bool = True,
) -> str:
    """Return `block`, published HTML, with math as MathML, labels on diagrams and placeholders, sizes of pictures.

    `formulas` keeps what each formula became, (TeX, display) to MathML or None, for the next call. `size_of` gives the
    size of the picture at an address, as the post has it, or None; `drawing_of` what became of a diagram's source,
    or None. Without `typesets`, formulas that stand on the published page as their source stay so.
    """
    known = {} if formulas is None else formulas
    if typesets and "arithmatex" in block:
        block = _GENERIC_MATH.sub(lambda found: _generic_math(found, known), block)
    if "math/tex" in block:
        block = _SCRIPT_MATH.sub(lambda found: _script_math(found, known), block)
    if "mermaid" in block:
        if drawing_of is not None:
            block = _DRAWABLE.sub(lambda found: _drawn(found, drawing_of), block)
        block = _DIAGRAM.sub(_diagram, block)
    if "<copydesk-placeholder" in block:
        block = _PLACEHOLDER.sub(_label, block)
    if size_of is not None and "<img" in block:
        block = _PICTURE.sub(lambda found: _sized(found, size_of), block)
    return block


def math_ml(tex: str, display: str = "inline") -> str | None:
    """Return `tex` (without its delimiters) as MathML, or None where that would not show what is meant.

    `display` is `inline` or `block`. latex2mathml passes commands that it does not know without a word:
    whatever still holds a backslash or an `&` afterwards was not understood.
    """
    if len(tex) > _LONGEST_FORMULA:
        return None
    # Here and not above: most posts hold no formula, and the start of the window would wait for its tables.
    from latex2mathml.converter import convert

    try:
        markup = convert(_ENVIRONMENT.sub(_unnumbered, tex), display=display)
        whole = all(map(_is_whole, ElementTree.fromstring(markup).iter()))
    except Exception:  # the converter fails in many ways on what it can't read (KeyError, RecursionError, …)
        return None
    left = _CHARACTER_REFERENCE.sub("", markup)
    if not whole or "\\" in left or "&" in left:
        return None
    # \sim is an operator; the converter gives the tilde of the keyboard.
    return markup.replace("<mi>&#x0007E;</mi>", "<mo>&#x0223C;</mo>")


def _is_whole(element: ElementTree.Element) -> bool:
    """Tell whether a MathML element has as many parts as it needs: a fraction with one is not."""
    needed = _PARTS.get(element.tag.rpartition("}")[2])
    return needed is None or len(element) == needed


def _unnumbered(found: re.Match[str]) -> str:
    name = found[2]
    return rf"\{found[1]}{{{_STARRED.get(name, name + '*')}}}"


def _formula(tex: str, display: str, known: dict[tuple[str, str], str | None]) -> str | None:
    key = (tex, display)
    if key not in known:
        known[key] = math_ml(tex, display)
    return known[key]


def _generic_math(found: re.Match[str], known: dict[tuple[str, str], str | None]) -> str:
    tex = unescape(found["tex"]).strip()
    tag, classes, rest = found["tag"], found["classes"], found["rest"]
    for opening, closing, display in _DELIMITERS:
        if tex.startswith(opening) and tex.endswith(closing) and len(tex) >= len(opening) + len(closing):
            inner = tex[len(opening) : -len(closing)].strip()
            markup = _formula(inner, display, known)
            break
    else:
        markup = _formula(tex, "block" if tag == "div" else "inline", known)
    if markup is None:
        return (
            f'<{tag} class="{classes} copydesk-tex"{rest} title="{_no_math_title()}">{found["tex"]}</{tag}>'
        )
    return f'<{tag} class="{classes}"{rest}>{markup}</{tag}>'


def _script_math(found: re.Match[str], known: dict[tuple[str, str], str | None]) -> str:
    # A script element knows no character references, but pymdownx writes them all the same.
    tex = unescape(found["tex"]).strip()
    display = "block" if found["mode"] else "inline"
    markup = _formula(tex, display, known)
    if markup is None:
        tag = "div" if found["mode"] else "span"
        return f'<{tag} class="arithmatex copydesk-tex" title="{_no_math_title()}">{escape(tex)}</{tag}>'
    return markup


def _no_math_title() -> str:
    return escape(_("This formula is shown as its source: the preview can't draw it."))


def _sized(found: re.Match[str], size_of: Callable[[str], Size | None]) -> str:
    tag = found.group()
    address = _ADDRESS.search(tag)
    if address is None:
        return tag
    size = size_of(unescape(address[1] if address[1] is not None else address[2]))
    if size is None:
        return tag
    width, height = size
    words = f"{'' if width is None else width}x{height:g}"
    return f'{found[1]} data-copydesk-size="{words}"{found[2]}'


def _drawn(found: re.Match[str], drawing_of: Callable[[str], Drawing | None]) -> str:
    drawing = drawing_of(unescape(found["source"]).strip())
    if drawing is None:
        return found.group()
    if not drawing.address:
        tag = found["tag"]
        label = escape(_("Mermaid can't draw this diagram: {error}").format(error=drawing.error))
        return (
            f'<{tag} data-copydesk-label="{label}" class="copydesk-diagram copydesk-failed">'
            f"{found['source']}</{tag}>"
        )
    alternative = escape(_("Mermaid diagram"))
    size = f"{drawing.width}x{drawing.height}"
    return (
        f'<div class="copydesk-drawn"><img alt="{alternative}" data-copydesk-size="{size}"'
        f' src="{drawing.address}"></div>'
    )


def _diagram(found: re.Match[str]) -> str:
    label = escape(_("Mermaid diagram, drawn in the published page"))
    return f'<{found["tag"]} data-copydesk-label="{label}" class="{found["classes"]} copydesk-diagram"'


def _label(found: re.Match[str]) -> str:
    kinds = {
        "shortcode": _("Shortcode"),
        "liquid": _("Liquid"),
        "component": _("Component"),
        "macro": _("Macro"),
        "diagram": _("Diagram"),
    }
    label = escape(kinds.get(found["kind"]) or _("Template"))
    title = escape(_("Only a build of the site makes this."))
    tag = "div" if found["block"] else "span"
    return (
        f'<{tag} class="copydesk-made" data-copydesk-label="{label}" title="{title}">'
        f"<code>{found['source']}</code></{tag}>"
    )
