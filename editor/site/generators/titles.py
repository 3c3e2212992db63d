"""The title that a post takes from its first heading."""

import re

_SETEXT = re.compile(r"=+[ \t]*")
_ATTRIBUTES = re.compile(r"[ \t]*\{:?[^{}]*\}[ \t]*$")
_CLOSING = re.compile(r"[ \t]+#+[ \t]*$")
_LINK = re.compile(r"!?\[([^\[\]]*)\](?:\([^()]*\)|\[[^\[\]]*\])")
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_EMPHASIS = re.compile(
    r"(?<![\w\\*])(\*{1,3})(?=\S)(.+?)(?<=\S)\1(?![\w*])|(?<![\w\\_])(_{1,3})(?=\S)(.+?)(?<=\S)\3(?![\w_])"
)
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()>#+.!~^-])")


def first_heading(body: str, *, atx_only: bool = False) -> str:
    """Return the text of the first-level heading that the body begins with, as it stands; else an empty text.

    With `atx_only`, only `# Title` counts, as for mkdocs before it has rendered the page.
    """
    lines = iter(body.splitlines())
    for line in lines:
        line = line.strip()
        if not line:
            continue
        if line.startswith("# "):
            return line.lstrip("# ")
        if (
            not atx_only
            and _SETEXT.fullmatch(next(lines, "").rstrip("\n"))
            and not line.startswith(("#", ">", "<"))
        ):
            return line
        return ""
    return ""


def clean_title(heading: str) -> str:
    """Return a heading without its attribute list and inline markup, as a list of posts shows it."""
    text = _CLOSING.sub("", _ATTRIBUTES.sub("", heading))
    text = _TAG.sub("", _LINK.sub(r"\1", text))
    text = re.sub(r"(`+)(.+?)\1", lambda match: match.group(2).strip(), text)
    text = _EMPHASIS.sub(lambda match: match.group(2) or match.group(4), text)
    return _ESCAPE.sub(r"\1", text).strip()
