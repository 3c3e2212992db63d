"""Runs of one sign in a post of the CommonMark family: four times as many take about four times as long."""

import pytest

from editor.render.commonmark.renderer import CommonMarkRenderer
from tests.hostile.fuzz import within
from tests.render.commonmark.model import document_of

ELEVENTY = {"flavour": "eleventy", "markdown_it": {"html": True, "linkify": True, "typographer": True}}
FLAVOURS = {
    "hexo": {"flavour": "hexo", "templates": True, "marked": {}},
    "eleventy": {**ELEVENTY, "templates": "njk", "plugins": [["markdown-it-anchor", {}]]},
    "liquid": {**ELEVENTY, "templates": "liquid"},
    "hugo": {"flavour": "hugo"},
    "astro": {"flavour": "astro"},
    "zola": {"flavour": "zola"},
}
RUNS = (
    "](", "[a](", "<", "<a ", "{", "{{", "{%", "{#", "{{ 'a ", "{% raw %}", "$", "=", "=\n", "#", "\\", "&a;", ":", "a:", "a b ",
    "http://a", "a@b.c ", "[a@b.c ", "a_", "h f w ", "# a\n", "## x\n\n",
)  # fmt: skip


@pytest.mark.parametrize("flavour", FLAVOURS)
def test_a_run_takes_no_time(flavour):
    for run in RUNS:
        document = document_of(run * (10_000 // len(run)), FLAVOURS[flavour])
        with within(2.0):
            CommonMarkRenderer().render(document)
