"""The shortcodes that come with Hugo, as their templates write them, observed with Hugo 0.168.

https://gohugo.io/shortcodes/. Those that ask another host while the site is built (x, instagram's simple mode,
vimeo's simple mode) can't be had here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import escape, unescape
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

if TYPE_CHECKING:
    from editor.render.commonmark.plugins.shortcodes import Shortcode, Value

_TAGS = re.compile(r"<[^>]*>")
_COVER = "position: relative; padding-bottom: 56.25%; height: 0; overflow: hidden;"
_FILL = "position: absolute; top: 0; left: 0; width: 100%; height: 100%; border:0;"


@dataclass(frozen=True)
class Surroundings:
    """What the templates ask the page and the site."""

    inner: str
    """What stands between the tags, with the shortcodes in it done."""
    markdown: Callable[[str, bool], str]
    """Renders Markdown: as a block (True) or in a line."""
    highlight: Callable[[str, str, str], str]
    """Renders code, given with its language and options."""
    link: Callable[[str, bool], str | None]
    """The address of a page for a reference to it, absolute (True) or from the site's root; None: not known."""
    resource: Callable[[str], str | None]
    """The address of a file of the page's bundle or of the site's assets."""
    parameter: Callable[[str], Any]
    """A parameter of the page or the site, None where there is none."""
    privacy: Mapping[str, Any]


def render(shortcode: Shortcode, around: Surroundings) -> str | None:
    """Return the HTML of a shortcode of Hugo's own; None where it is none, or can't be rendered here."""
    make = _TEMPLATES.get(shortcode.tag.name)
    return make(shortcode, around) if make else None


def is_known(name: str) -> bool:
    """Tell whether Hugo itself brings a shortcode of that name."""
    return name in _TEMPLATES or name in ("x", "instagram", "qr", "gist", "tweet", "twitter", "vimeo_simple")


def _text(value: Value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def _attribute(name: str, value: Value) -> str:
    return f' {name}="{escape(_text(value))}"' if value not in ("", False, 0) else ""


def _figure(code: Shortcode, around: Surroundings) -> str:
    source = _text(code.get("src"))
    if source and not re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", source):
        source = around.resource(source) or source
    caption, alternative = _text(code.get("caption")), _text(code.get("alt"))
    made = [f"<figure{_attribute('class', code.get('class'))}>"]
    link = code.get("link")
    if link:
        made.append(
            f'<a href="{escape(_url(_text(link)))}"{_attribute("target", code.get("target"))}'
            f"{_attribute('rel', code.get('rel'))}>"
        )
    made.append(f'<img src="{escape(_url(source))}"')
    if alternative or caption:
        plain = alternative or unescape(_TAGS.sub("", around.markdown(caption, False)))
        made.append(f'\n\t\t\talt="{escape(plain)}"')
    made += [_attribute(name, code.get(name)) for name in ("width", "height", "loading")]
    made.append(">")
    if link:
        made.append("</a>")
    title, credit = _text(code.get("title")), _text(code.get("attr"))
    if title or caption or credit:
        made.append("<figcaption>\n\t\t\t")
        if title:
            made.append(f"<h4>{escape(title)}</h4>")
        if caption or credit:
            made.append(f"<p>{around.markdown(caption, False)}")
            if code.get("attrlink"):
                made.append(f'\n\t\t\t\t\t\t<a href="{escape(_url(_text(code.get("attrlink"))))}">')
            made.append(around.markdown(credit, False))
            made.append("</a>" if code.get("attrlink") else "")
            made.append("</p>")
        made.append("\n\t\t</figcaption>")
    return "".join([*made, "\n</figure>\n"])


def _url(url: str) -> str:
    """Return an address as Hugo's templates write it into an attribute."""
    scheme = re.match(r"([A-Za-z][A-Za-z0-9+.-]*):", url)
    if scheme and scheme[1].lower() not in ("http", "https", "mailto"):
        return "#ZgotmplZ"
    return quote(url, safe="!#$%&()*+,-./:;=?@_~[]")


def _youtube(code: Shortcode, around: Surroundings) -> str | None:
    identifier = _text(code.get("id") or code.get(0))
    privacy = _part(around.privacy, "youtube")
    if privacy.get("disable"):
        return ""
    if not identifier:
        return None
    plays = _is_on(code.get("autoplay"), False)
    parameters: dict[str, Value] = {
        "autoplay": int(plays),
        "controls": int(_is_on(code.get("controls"), True)),
        "end": code.get("end") or 0,
        "loop": int(_is_on(code.get("loop"), False)),
        "mute": int(plays or _is_on(code.get("mute"), False)),
        "start": code.get("start") or 0,
    }
    if parameters["loop"]:
        parameters["playlist"] = identifier
    host = "www.youtube-nocookie.com" if privacy.get("privacyenhanced") else "www.youtube.com"
    source = f"https://{host}/embed/{identifier}?{urlencode(sorted(parameters.items()))}"
    allow = (
        "accelerometer; autoplay; clipboard-write; encrypted-media; gyroscope; picture-in-picture; web-share"
    )
    if _is_on(code.get("allowFullScreen"), True):
        allow += "; fullscreen"
    own = code.get("class")
    outer = _attribute("class", own) if own else f' style="{_COVER}"'
    style = "" if own else f' style="{_FILL}"'
    return (
        f'<div{outer}>\n\t\t\t<iframe allow="{allow}" loading="{escape(_text(code.get("loading") or "eager"))}"'
        f' referrerpolicy="strict-origin-when-cross-origin" src="{escape(source)}"{style}'
        f' title="{escape(_text(code.get("title") or "YouTube video"))}"></iframe>\n\t\t</div>\n'
    )


def _vimeo(code: Shortcode, around: Surroundings) -> str | None:
    privacy = _part(around.privacy, "vimeo")
    if privacy.get("disable"):
        return ""
    identifier = _text(code.get("id") or code.get(0))
    if privacy.get("simple") or not identifier:
        return None
    own = code.get("class") or code.get(1)
    title = code.get("title") or code.get(2)
    loading = code.get("loading") or code.get(3)
    allow = ' allow="fullscreen"' if _is_on(code.get("allowFullScreen"), True) else ""
    source = f"https://player.vimeo.com/video/{identifier}?dnt={1 if privacy.get('enablednt') else 0}"
    outer = _attribute("class", own) if own else f' style="{_COVER}"'
    style = "" if own else f' style="{_FILL}"'
    return (
        f'\n<div{outer}>\n<iframe src="{escape(source)}"{style}{allow}{_attribute("loading", loading)}'
        f"{_attribute('title', title)}>\n</iframe>\n</div>\n"
    )


def _details(code: Shortcode, around: Surroundings) -> str:
    summary = _text(code.get("summary") or "Details")
    opened = " open" if _is_on(code.get("open"), False) else ""
    attributes = f"{_attribute('class', code.get('class'))}{_attribute('name', code.get('name'))}{opened}"
    return (
        f"\n<details{attributes}{_attribute('title', code.get('title'))}>\n\t"
        f"<summary>{around.markdown(summary, False)}</summary>\n\t"
        f"{around.markdown(around.inner, True)}\n</details>\n"
    )


def _highlight(code: Shortcode, around: Surroundings) -> str:
    source = around.inner.strip("\n\r")
    return around.highlight(source, _text(code.get(0)), _text(code.get(1)))


def _param(code: Shortcode, around: Surroundings) -> str | None:
    value = around.parameter(_text(code.get(0)))
    if not isinstance(value, (str, int, float, bool)) or value in ("", False, 0):
        return None
    return escape(_text(value))


def _ref(code: Shortcode, around: Surroundings) -> str | None:
    return _reference(code, around, True)


def _relref(code: Shortcode, around: Surroundings) -> str | None:
    return _reference(code, around, False)


def _reference(code: Shortcode, around: Surroundings, absolute: bool) -> str | None:
    if code.tag.named.get("lang") or code.tag.named.get("outputFormat") or len(code.tag.positional) > 1:
        return None
    found = around.link(_text(code.get("path") or code.get(0)), absolute)
    return None if found is None else escape(found)


def _comment(_code: Shortcode, _around: Surroundings) -> str:
    return ""


def _part(settings: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = settings.get(name)
    return found if isinstance(found, Mapping) else {}


def _is_on(value: Value, default: bool) -> bool:
    if value in ("true", True, 1) and value != "":
        return True
    return False if value in ("false", False, 0) and value != "" else default


_TEMPLATES: Mapping[str, Callable[[Shortcode, Surroundings], str | None]] = {
    "figure": _figure,
    "youtube": _youtube,
    "vimeo": _vimeo,
    "details": _details,
    "highlight": _highlight,
    "param": _param,
    "ref": _ref,
    "relref": _relref,
    "comment": _comment,
}
