"""What stands in for a picture where it can't be seen: https://www.w3.org/WAI/tutorials/images/."""

import re
from collections.abc import Iterator

from editor.post.text_edit import TextEdit
from editor.proof.body.source import BodySource, Link, Tag
from editor.proof.diagnostic import INFO, WARNING, QuickFix
from editor.proof.reading import Reading
from editor.proof.rule import BODY, Finding, Rule
from editor.translation import gettext as _

_NO_PICTURE = re.compile(
    r"(?i)\.(?:mp4|webm|mov|m4v|ogv|ogg|mp3|wav|pdf|md)(?:[?#]|$)|^(?:type|video|audio):"
)
"""What some generators show by the signs of a picture, and that is none."""
_ALT = re.compile(r"(?:^|[ \t])alt[ \t]*=")
_PLACEHOLDER = re.compile(
    r"(?i:image|img|picture|pic|photo|alt|alt[ -]?text|alternative text|image alt(?:[ -]text)?|image description)"
    r"|[^\s/\\]+\.(?:png|jpe?g|gif|webp|svg|avif|bmp|PNG|JPE?G|GIF)"
    r"|(?i:img|dsc|dscn|image|screenshot|screen shot|bildschirmfoto|untitled|pasted image)"
    r"[-_ ]?\d[\d _.:apm-]*(?: at \d[\d _.:apm-]*)?"
)
_PICTURE = re.compile(r"!\[[^\[\]]*+\](?:\([^()]*+\)|\[[^\[\]]*+\])|<[^<>]*+>")
_DECORATION = ("presentation", "none")


def rules() -> tuple[Rule, ...]:
    """Return the rules of this module."""
    return (
        Rule(
            "missing-alt-text",
            WARNING,
            BODY,
            _("a picture without words for those who can't see it"),
            missing,
        ),
        Rule(
            "poor-alt-text",
            INFO,
            BODY,
            _("a picture whose words are only its file's name, or a placeholder"),
            poor,
        ),
    )


def missing(reading: Reading) -> Iterator[Finding]:
    body = reading.body
    said = _("The picture has no alternative text: say in the brackets what it shows")
    around: Link | None = None
    for picture in body.links:
        if not picture.picture:
            around = picture
            continue
        if not _is_shown(picture):
            continue
        if body.text[slice(*picture.text)].strip() or _ALT.search(picture.attributes):
            continue
        if not (picture.in_link and around is not None and _has_words(body, around)):
            yield Finding(picture.start, picture.end, said, _from_title(picture))
    said = _(
        'The picture has no alternative text: say in “alt” what it shows, or alt="" where it only decorates'
    )
    for tag in body.tags:
        if tag.name == "img" and not tag.closing and _lacks_words(tag) and not body.grammar.javascript:
            yield Finding(tag.start, tag.end, said)


def poor(reading: Reading) -> Iterator[Finding]:
    body = reading.body
    said = _("“{words}” says nothing of what the picture shows: describe it, or leave it empty")
    for picture in body.links:
        words = body.text[slice(*picture.text)].strip() if picture.picture else ""
        if words and _is_shown(picture) and _PLACEHOLDER.fullmatch(words):
            yield Finding(*picture.text, said.format(words=words))
    for tag in body.tags:
        if tag.name == "img" and "alt" in tag.attributes:
            words, start, end = tag.attributes["alt"]
            if _PLACEHOLDER.fullmatch(words.strip()):
                yield Finding(start, end, said.format(words=words))


def _is_shown(picture: Link) -> bool:
    return picture.defined and bool(picture.destination) and not _NO_PICTURE.search(picture.destination)


def _has_words(body: BodySource, link: Link) -> bool:
    """Return whether a link has words of its own, beside the pictures in it, which decorate them."""
    words = _PICTURE.sub("", body.text[slice(*link.text)])
    return any(character.isalnum() for character in words)


def _lacks_words(tag: Tag) -> bool:
    given = tag.attributes
    if any(name in given for name in ("alt", ":alt", "v-bind", "aria-label", "aria-labelledby")):
        return False
    if given.get("role", ("",))[0] in _DECORATION or given.get("aria-hidden", ("",))[0] == "true":
        return False
    if any(name.startswith("{") for name in given) or not ("src" in given or "data-src" in given):
        return False
    counts = given.get("width", ("",))[0] in ("0", "1") or given.get("height", ("",))[0] in ("0", "1")
    return not counts  # a picture of one point counts visitors


def _from_title(picture: Link) -> QuickFix | None:
    if not picture.title or picture.kind != "inline" or "]" in picture.title or "[" in picture.title:
        return None
    return QuickFix(_("Take the title for it"), TextEdit(*picture.text, picture.title))
