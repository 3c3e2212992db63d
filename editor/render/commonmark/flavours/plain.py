"""CommonMark with GitHub's tables: a folder without a generator."""

from collections.abc import Mapping
from typing import Any

from editor.render.commonmark.flavour import Flavour
from editor.render.commonmark.plugins.gfm_tables import gfm_tables
from editor.render.commonmark.plugins.gfm_urls import Micromark
from editor.render.commonmark.plugins.javascript import javascript_blocks


def make(options: Mapping[str, Any]) -> Flavour:  # noqa: ARG001
    """Return the flavour; it has no options."""
    md = Micromark("commonmark", {"maxNesting": 100})
    javascript_blocks(md)
    gfm_tables(md)
    return Flavour(md)
