"""The state machine between a client and the render worker."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.errors import RenderTimeout, WorkerDied
from editor.post.text_edit import TextEdit
from editor.render.protocol import Dialect, PageContext, RenderFailure, RenderResult
from editor.render.queue import RenderQueue, TimeLimit
from tests.render.worker_model import EchoWorker

DIALECT = Dialect("python-markdown")
PAGE = PageContext("/site", "post.md")


def opened(text="one two three", revision=1):
    queue = RenderQueue()
    queue.open(text, revision, DIALECT, PAGE)
    return queue, EchoWorker()


def exchange(queue, worker):
    line = queue.next_line()
    assert line is not None
    return queue.receive(worker.answer(line))


def test_the_whole_text_goes_once_then_only_edits():
    queue, worker = opened()
    assert exchange(queue, worker).html == "one two three"
    queue.edit(TextEdit(3, 3, " and"), 2)
    result = exchange(queue, worker)
    assert (result.revision, result.html) == (2, "one and two three")
    assert [request["request"] for request in worker.requests] == ["open", "edit"]
    assert worker.requests[1]["edits"] == [[3, 3, " and"]]


def test_one_request_is_in_flight():
    queue, worker = opened()
    first = queue.next_line()
    queue.edit(TextEdit(0, 0, "x"), 2)
    assert queue.next_line() is None
    assert queue.waits_for_answer
    queue.receive(worker.answer(first))
    assert not queue.waits_for_answer
    assert queue.busy
    assert exchange(queue, worker).html == "xone two three"
    assert not queue.busy


def test_nothing_to_do_gives_no_line():
    assert RenderQueue().next_line() is None
    queue, worker = opened()
    exchange(queue, worker)
    assert queue.next_line() is None


def test_what_is_typed_meanwhile_goes_out_as_one_edit():
    queue, worker = opened("")
    exchange(queue, worker)
    queue.edit(TextEdit(0, 0, "a"), 2)
    line = queue.next_line()
    for at, letter in enumerate("bcd"):
        queue.edit(TextEdit(1 + at, 1 + at, letter), 3 + at)
    queue.edit(TextEdit(3, 4, ""), 6)
    queue.receive(worker.answer(line))
    assert exchange(queue, worker).html == "abc"
    assert worker.requests[-1]["edits"] == [[1, 1, "bc"]]
    assert (worker.requests[-1]["base"], worker.requests[-1]["revision"]) == (2, 6)


def test_edits_far_apart_stay_apart():
    text = "x" * 10_000
    queue, worker = opened(text)
    exchange(queue, worker)
    queue.edit(TextEdit(10, 10, "a"), 2)
    queue.edit(TextEdit(9000, 9001, "b"), 3)
    assert exchange(queue, worker).html == queue.text
    assert worker.requests[-1]["edits"] == [[10, 10, "a"], [9000, 9001, "b"]]


def test_a_crowd_of_edits_becomes_one():
    queue, worker = opened("x " * 500)
    exchange(queue, worker)
    for number in range(100):
        queue.edit(TextEdit(100 + number * 3, 101 + number * 3, "yz"), 2 + number)
    assert exchange(queue, worker).html == queue.text
    (edit,) = worker.requests[-1]["edits"]
    assert edit[0] == 100
    assert edit[1] < 400


def test_a_mismatch_sends_the_whole_text():
    queue, worker = opened()
    exchange(queue, worker)
    worker.documents["1"].text = "something else"
    queue.edit(TextEdit(0, 3, "1"), 2)
    assert exchange(queue, worker) is None
    assert exchange(queue, worker).html == "1 two three"
    assert [request["request"] for request in worker.requests] == ["open", "edit", "open"]


def test_a_refresh_renders_the_same_text_once_more():
    queue, worker = opened()
    exchange(queue, worker)
    queue.refresh()
    assert exchange(queue, worker) == RenderResult(1, "one two three")
    assert (worker.requests[-1]["request"], worker.requests[-1]["edits"]) == ("edit", [])
    assert not queue.busy
    queue.edit(TextEdit(0, 3, "1"), 2)
    queue.refresh()
    assert exchange(queue, worker) == RenderResult(2, "1 two three")
    assert queue.next_line() is None


def test_a_refresh_of_nothing_is_nothing():
    queue = RenderQueue()
    queue.refresh()
    assert queue.next_line() is None


def test_the_answer_for_another_document_is_not_shown():
    queue, worker = opened("old")
    line = queue.next_line()
    queue.open("new", 7, DIALECT, PAGE)
    assert queue.receive(worker.answer(line)) is None
    result = exchange(queue, worker)
    assert (result.revision, result.html) == (7, "new")
    assert len(worker.documents) == 1  # the old one was closed


def test_an_error_of_the_worker_is_told_and_not_repeated():
    queue, worker = opened()
    request = json.loads(queue.next_line())
    answer = {"answer": "failed", "error": "ValueError: no", "details": "trace"}
    outcome = queue.receive(json.dumps({**answer, "document": request["document"], "revision": 1}))
    assert isinstance(outcome, RenderFailure)
    assert "ValueError: no" in outcome.message
    assert outcome.details == "trace"
    assert queue.next_line() is None
    worker.documents.open(request)
    queue.edit(TextEdit(0, 0, "!"), 2)
    assert exchange(queue, worker).html == "!one two three"


def test_a_deadly_text_is_tried_twice_and_again_once_it_changes():
    queue, _worker = opened("deadly")
    for attempt in range(2):
        assert queue.next_line() is not None, attempt
        failure = queue.worker_gone(RenderTimeout("too slow"))
        assert failure == RenderFailure(1, "too slow")
    assert queue.next_line() is None
    assert not queue.busy
    queue.edit(TextEdit(0, 6, "harmless"), 2)
    assert exchange(queue, EchoWorker()).html == "harmless"


def test_two_deaths_apart_do_not_add_up():
    queue, _worker = opened("text")
    queue.next_line()
    queue.worker_gone(WorkerDied("gone"))
    worker = EchoWorker()
    assert exchange(queue, worker).html == "text"
    queue.edit(TextEdit(0, 0, "a"), 2)
    queue.next_line()
    queue.worker_gone(WorkerDied("gone"))
    assert queue.next_line() is not None


def test_a_worker_that_ends_while_idle_is_no_failure():
    queue, worker = opened()
    exchange(queue, worker)
    assert queue.worker_gone(WorkerDied("gone")) is None
    assert queue.next_line() is None
    queue.edit(TextEdit(0, 0, "x"), 2)
    new = EchoWorker()
    assert exchange(queue, new).html == "xone two three"
    assert new.requests[0]["request"] == "open"


@pytest.mark.parametrize("line", ["", "null", "[1]", "{", '{"answer": "rendered"}', b"\xff\xfe"])
def test_a_stray_line_is_nothing(line):
    queue, worker = opened()
    sent = queue.next_line()
    assert queue.receive(line) is None
    assert isinstance(queue.receive(worker.answer(sent)), RenderResult)


def test_another_protocol_is_refused():
    with pytest.raises(WorkerDied):
        RenderQueue().receive('{"answer": "ready", "protocol": 99}')
    assert RenderQueue().receive('{"answer": "ready", "protocol": 1}') is None


def test_the_limit_grows_with_the_text():
    limit = TimeLimit(base=1, per_million=10)
    assert limit.seconds(0) == 1
    assert limit.seconds(500_000) == 6
    queue = RenderQueue(limit)
    queue.open("x" * 100_000, 1, DIALECT, PAGE)
    assert json.loads(queue.next_line())["limit"] == 2
    assert queue.seconds == 2


TEXTS = st.text(st.sampled_from("ab\né\U0001f642\ud800"), max_size=12)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("edit"), st.floats(0, 1), st.floats(0, 1), TEXTS),
        st.tuples(st.sampled_from(["send", "answer", "die", "spoil"])),
        st.tuples(st.just("open"), TEXTS),
    ),
    max_size=60,
)


@given(TEXTS, STEPS)
def test_whatever_happens_the_worker_ends_with_our_text(text, steps):
    queue, worker = RenderQueue(), EchoWorker()
    queue.open(text, 1, DIALECT, PAGE)
    revision, line, last = 1, None, None
    for kind, *rest in steps:
        if kind == "edit":
            start, end = sorted(round(part * len(queue.text)) for part in rest[:2])
            revision += 1
            queue.edit(TextEdit(start, end, rest[2]), revision)
        elif kind == "open":
            revision += 1
            queue.open(rest[0], revision, DIALECT, PAGE)
        elif kind == "send":
            line = queue.next_line() or line
        elif kind == "answer" and line is not None:
            queue.receive(worker.answer(line))
            line = None
        elif kind == "die":
            worker, line = EchoWorker(), None
            queue.worker_gone(WorkerDied("gone"))
        elif kind == "spoil" and len(worker.documents):
            for document in worker.documents._open.values():
                document.text += "?"
    revision += 1
    queue.edit(TextEdit(0, 0, "!"), revision)  # a text that has not ended a worker yet
    for _ in range(4):
        line = line or queue.next_line()
        if line is None:
            break
        last = queue.receive(worker.answer(line)) or last
        line = None
    assert isinstance(last, RenderResult)
    assert (last.html, last.revision) == (queue.text, revision)
    assert worker.documents[str(queue._opened)].text == queue.text


def test_code_of_one_site_does_not_stay_for_another():
    trusted = Dialect("python-markdown", {"trusted": True})
    queue, worker = RenderQueue(), EchoWorker()
    steps = [
        (DIALECT, PAGE, False),
        (trusted, PAGE, False),
        (trusted, PAGE, False),
        (trusted, PageContext("/other", "post.md"), True),
        (DIALECT, PageContext("/other", "post.md"), True),
        (DIALECT, PAGE, False),
    ]
    for number, (dialect, context, expected) in enumerate(steps):
        queue.open(str(number), number, dialect, context)
        assert queue.wants_new_worker == expected, number
        if expected:
            assert queue.worker_gone(WorkerDied("gone")) is None
            worker = EchoWorker()
        assert exchange(queue, worker).html == str(number)
