"""The Markdown of a folder whose generator is not read exactly."""

from editor.render.protocol import Dialect
from editor.translation import gettext as _


def dialect(front_matter: str = "fenced") -> Dialect:
    """Return Python-Markdown with what most generators have; its reason says that it is no more.

    `front_matter` is the rule by which the body is found, see `render.python_markdown.front_matter`.
    """
    options = {
        "extensions": ["extra", "sane_lists", "toc", "pymdownx.tilde", "pymdownx.tasklist"],
        "extension_configs": {"pymdownx.tilde": {"subscript": False}},
        "front_matter": front_matter,
        "trusted": False,
    }
    reason = _(
        "The generator's own Markdown is approximated: the page may look different once it is published."
    )
    return Dialect("python-markdown", options, (reason,))
