"""The worker renders documents of this family in its own process, and loads nothing else of the program for it."""

import pytest

from editor.render.python_markdown.documents import text_hash
from tests.render.test_worker import CONTEXT, Pipe


@pytest.fixture
def pipe():
    made = Pipe()
    yield made
    made.process.kill()
    made.process.wait()
    made.process.stdin.close()
    made.process.stdout.close()


def opened(pipe, text, family="commonmark", **options):
    dialect = {"family": family, "options": options}
    return pipe.ask(
        request="open", document="d", revision=1, text=text, dialect=dialect, context=CONTEXT, render=True
    )


def test_each_document_is_rendered_by_its_family(pipe):
    answer = opened(pipe, "text\n: no term", flavour="plain")
    assert answer["changes"] == [[0, None, [["<p>text\n: no term</p>", 2]]]]
    answer = opened(pipe, "term\n:   said", family="python-markdown", extensions=["def_list"])
    assert "<dt>term</dt>" in answer["changes"][0][2][0][0]


def test_edits_come_back_as_the_blocks_that_they_change(pipe):
    assert opened(pipe, "one\n\ntwo\n", flavour="plain")["base"] is None
    answer = pipe.ask(
        request="edit",
        document="d",
        base=1,
        revision=2,
        edits=[[5, 8, "*2*"]],
        length=9,
        place=8,
        hash=text_hash("one\n\n*2*\n"),
        render=True,
    )
    assert (answer["base"], answer["changes"]) == (1, [[1, 1, [["<p><em>2</em></p>", 1]]]])


def test_a_page_is_verified_as_a_whole(pipe):
    pipe.tell(request="shown", html=["<p>one</p>", "<p>other</p>"])
    answer = pipe.ask(
        request="verify",
        document="d",
        revision=1,
        text="one\n\ntwo\n",
        dialect={"family": "commonmark", "options": {"flavour": "plain"}},
        context=CONTEXT,
    )
    assert answer["corrections"] == [[1, 1, "<p>two</p>"]]


@pytest.mark.parametrize(("family", "options"), [("nobodys", {}), ("commonmark", {"flavour": "../plain"})])
def test_what_there_is_no_renderer_for_is_told(pipe, family, options):
    answer = opened(pipe, "text", family=family, **options)
    assert answer["answer"] == "failed" and "unknown" in answer["error"]
