"""The rules about the body bear any text: they never fail, and what they find and mend lies within it."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from editor.proof.reading import Reading
from editor.proof.rules import (
    alt_text,
    excerpt,
    footnotes,
    headings,
    lengths,
    lists,
    marks,
    raw_html,
    references,
    structure,
    whitespace,
)
from editor.site.find import open_site
from tests.proof.body.test_scan import PIECES
from tests.proof.conftest import SITES
from tests.proof.test_body_rules import RICH

MODULES = (
    alt_text, excerpt, footnotes, headings, lengths, lists, marks, raw_html, references, structure, whitespace,
)  # fmt: skip
MORE = st.sampled_from(
    [
     "- a\n  - b\n", "1. c\n   - d\n", "\t- e\n", "## f {#g}\n", "#### h\n", "[i][j]", "[j]: k\n", "[^1]", "[^1]: l\n",
     "![](m)", "<x>", "TODO: n\n", "<<<<<<< o\n", "=======\n", ">>>>>>> p\n", "q  \nr\n", "!!! note\n", "    s\n",
     "t:\n"]
)  # fmt: skip


@pytest.fixture(scope="module")
def sites(tmp_path_factory):
    """Give a site of each generator, with the path of a post of it."""
    found = []
    for name, (files, pattern) in {**SITES, "rich": ({"mkdocs.yml": RICH}, "docs/posts/{name}.md")}.items():
        folder = tmp_path_factory.mktemp(name)
        for file, text in files.items():
            (folder / file).parent.mkdir(parents=True, exist_ok=True)
            (folder / file).write_text(text)
        path = folder / pattern.format(name="post")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("Words.\n")
        found.append((open_site(folder), path))
    return found


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data(), st.lists(PIECES | MORE, max_size=40).map("".join), st.sampled_from(["\n", "\r\n"]))
def test_any_text(sites, data, body, newline):
    site, path = data.draw(st.sampled_from(sites))
    head = data.draw(
        st.sampled_from(["", "---\ntitle: A\ndate: 2024-01-31\n---\n", "---\ntitle: [\n---\n", "---\n"])
    )
    text = (head + body).replace("\n", newline)
    reading = Reading(site, path, text)
    for module in MODULES:
        for rule in module.rules():
            for found in rule.check(reading):
                assert 0 <= found.start <= found.end <= len(text), rule.code
                assert found.message
                if found.fix is not None:
                    edit = found.fix.edit
                    assert 0 <= edit.start <= edit.end <= len(text), rule.code
                    assert edit.apply(text) != text, rule.code
