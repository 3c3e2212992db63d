"""Edits of whole files, front matter and line endings with them, through the worker's renderer."""

from functools import lru_cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.render.python_markdown.chunked_text import ChunkedText
from editor.render.python_markdown.confined import Confinement
from editor.render.python_markdown.documents import Document
from editor.render.python_markdown.renderer import Renderer
from tests.render.generated import DOCUMENTS, EDITS, FAST, INSERTED, Shown, placed, tree

OPTIONS = {"extensions": ["extra", "toc", "pymdownx.superfences"], "extension_configs": {}}


@lru_cache(maxsize=1)
def one_renderer():
    return Renderer(Confinement())


HEADS = st.sampled_from(
    [
        "",
        "---\ntitle: A\n---\n",
        "---\ntitle: A\n---\n\n\n",
        "---\ntitle: A\n",
        "Title: A\nMore: b\n\n",
        "---\n",
        "+++\na = 1\n+++\n",
        '{"a": 1}\n',
        ".. title: A\n\n",
        "title: A\n---\n",
    ]
)
HEAD_EDITS = st.lists(
    st.tuples(
        st.integers(0, 30),
        st.integers(0, 6),
        st.sampled_from(["---\n", "+++\n", "{", "}", "\n", "a: b\n", ".. a: b\n", "x", ""]) | INSERTED,
    ),
    max_size=3,
)


def document(text, rule, root="/nowhere", **options):
    facts = {"src_uri": "x.md"}
    return Document(1, ChunkedText(text), {**OPTIONS, "front_matter": rule, **options}, root, "x.md", facts)


def change(held, edit):
    held.content.edit(*edit)
    held.pending.append(edit)


@pytest.mark.parametrize("rule", ["fenced", "mkdocs", "lines", "nikola-lines", "hexo"])
@FAST
@given(ends=st.sampled_from(["\n", "\r\n"]), head=HEADS, body=DOCUMENTS, edits=EDITS, head_edits=HEAD_EDITS)
def test_a_patched_file_is_the_file_rendered_at_once(rule, ends, head, body, edits, head_edits):
    renderer = one_renderer()
    held = document((head + body).replace("\n", ends), rule)
    shown = Shown().take(renderer.patch(held).patch)
    for edit in [*head_edits, *edits]:
        change(held, placed(held.text, edit))
        patched = renderer.patch(held)
        assert not held.pending
        assert tree(shown.take(patched.patch).html) == tree(renderer.render(held)[0]), held.text


def test_a_key_does_not_put_the_text_together(monkeypatch):
    renderer = Renderer(Confinement())
    held = document("---\ntitle: A\n---\n\nfirst\n\nsecond\n", "mkdocs")
    assert renderer.patch(held).first_line == 4

    def asked(_document):
        pytest.fail("the whole text was asked for")

    monkeypatch.setattr(Document, "text", property(asked))
    change(held, (26, 26, "s"))
    patched = renderer.patch(held)
    assert [(one.start, one.removed) for one in patched.patch.changes] == [(1, 1)]
    assert [block.html for block in patched.patch.changes[0].blocks] == ["<p>ssecond</p>"]
    assert (patched.first_line, patched.patch.fresh) == (4, False)


def test_an_edit_of_the_front_matter_alone_changes_no_block():
    renderer = Renderer(Confinement())
    held = document("---\ntitle: A\n---\n\nfirst\n", "mkdocs")
    renderer.patch(held)
    change(held, (12, 12, "\nmore:"))
    patched = renderer.patch(held)
    assert (patched.patch.changes, patched.patch.fresh, patched.first_line) == ([], False, 5)


def test_files_and_refusals_of_blocks_are_told(tmp_path):
    site = tmp_path / "site"
    site.mkdir()
    (site / "part.md").write_text("drawn in\n")
    (tmp_path / "secret.md").write_text("secret\n")
    options = {
        "extensions": ["pymdownx.snippets"],
        "extension_configs": {"pymdownx.snippets": {"base_path": ["."], "restrict_base_path": False}},
    }
    renderer = Renderer(Confinement())
    held = document('words\n\n--8<-- "part.md"\n\n--8<-- "../secret.md"\n', "fenced", str(site), **options)
    patched = renderer.patch(held)
    html = Shown().take(patched.patch).html
    assert "drawn in" in html and "secret" not in html
    assert patched.files == [str(site / "part.md")]
    assert patched.notes == renderer.render(held)[1] != []
    change(held, (0, 5, "other"))
    patched = renderer.patch(held)
    assert patched.files == [str(site / "part.md")]
    assert patched.notes == renderer.render(held)[1]


def test_extensions_whose_reach_is_not_known_are_rendered_at_once():
    renderer = Renderer(Confinement())
    held = document("a\n\nb\n", "fenced", extensions=["tests.render.no_such_extension"], trusted=True)
    assert renderer.patch(held).patch.whole
    held = document(
        "a[^1]\n\n[^1]: b\n", "fenced", extension_configs={"extra": {"footnotes": {"UNIQUE_IDS": True}}}
    )
    assert renderer.patch(held).patch.whole


def test_after_a_failure_the_whole_list_is_handed_over(tmp_path):
    options = {
        "extensions": ["pymdownx.snippets"],
        "extension_configs": {"pymdownx.snippets": {"base_path": ["."], "check_paths": True}},
    }
    renderer = Renderer(Confinement())
    held = document("a\n\nb\n", "fenced", str(tmp_path), **options)
    renderer.patch(held)
    change(held, (3, 3, '--8<-- "missing.md"\n'))
    with pytest.raises(Exception, match="missing"):
        renderer.patch(held)
    change(held, (3, 3 + len('--8<-- "missing.md"\n'), ""))
    patched = renderer.patch(held)
    assert patched.patch.fresh
    assert Shown().take(patched.patch).html == "<p>a</p>\n<p>b</p>"


@pytest.mark.parametrize(
    ("rule", "text", "typed"),
    [
        ("fenced", "---\na: b\nwords\n", "---\n"),
        ("fenced", "+++\na = 1\n", "+++\nwords\n"),
        ("fenced", '{"a":\n1\n', "}\nwords\n"),
        ("mkdocs", "---\na: b\n", "---\nwords\n"),
        ("lines", "---\na: b\n", "---\nwords\n"),
        ("nikola", "words\nand\n", ".. title: x\n\nmore\n"),
        ("hexo", "a: b\nc: d\n", "---\nwords\n"),
    ],
)
def test_what_is_typed_far_below_may_make_metadata_of_what_was_body(rule, text, typed):
    renderer = Renderer(Confinement())
    held = document(text, rule)
    shown = Shown().take(renderer.patch(held).patch)
    before = shown.html
    change(held, (len(text), len(text), typed))
    assert shown.take(renderer.patch(held).patch).html == renderer.render(held)[0] != before
