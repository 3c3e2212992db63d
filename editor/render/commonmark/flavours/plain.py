"""CommonMark with GitHub's tables, strikethrough and addresses: a folder without a generator."""

from collections.abc import Mapping
from typing import Any

from markdown_it import MarkdownIt

from editor.render.commonmark.flavour import Flavour


def make(options: Mapping[str, Any]) -> Flavour:  # noqa: ARG001
    """Return the flavour; it has no options."""
    return Flavour(MarkdownIt("commonmark").enable(["table", "strikethrough"]))
