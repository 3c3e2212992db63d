"""The Markdown of a folder that no generator owns."""

from editor.render.protocol import Dialect


def dialect(front_matter: str = "fenced") -> Dialect:
    """Return CommonMark with GitHub's tables.

    `front_matter` is the rule by which the body is found, see `render.python_markdown.front_matter`.
    """
    return Dialect("commonmark", {"flavour": "plain", "front_matter": front_matter, "trusted": False})
