"""The state machine between a client and the render worker."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.errors import RenderTimeout, WorkerDied
from editor.post.text_edit import TextEdit
from editor.render.messages import decoded
from editor.render.protocol import Dialect, PageContext, RenderFailure
from editor.render.queue import PagePatch, RenderQueue, TimeLimit
from tests.render.worker_model import EchoWorker, HeldText

DIALECT = Dialect("python-markdown")
PAGE = PageContext("/site", "post.md")


class Held:
    """A queue, with the text that it is told of."""

    def __init__(self, text="one two three", revision=1):
        self.queue = RenderQueue()
        self.text = HeldText(text)
        self.revision = revision
        self.queue.open(self.text, revision, DIALECT, PAGE)

    def edit(self, start, end, replacement):
        edit = TextEdit(start, end, replacement)
        self.text.change(edit)
        self.revision += 1
        self.queue.edit(edit, self.revision)

    def open(self, text, dialect=DIALECT, page=PAGE):
        self.text = HeldText(text)
        self.revision += 1
        self.queue.open(self.text, self.revision, dialect, page)

    @property
    def html(self):
        return "\n".join(self.queue.page.pieces())


def opened(text="one two three", revision=1):
    return Held(text, revision), EchoWorker()


def exchange(held, worker):
    request = held.queue.next_request()
    assert request is not None
    return held.queue.receive(worker.answer(request))


def test_the_whole_text_goes_once_then_only_edits():
    held, worker = opened()
    exchange(held, worker)
    assert held.html == "one two three"
    held.edit(3, 3, " and")
    assert exchange(held, worker).revision == 2
    assert held.html == "one and two three"
    assert [request["request"] for request in worker.requests] == ["open", "edit"]
    assert worker.requests[1]["edits"] == [[3, 3, " and"]]


def test_a_patch_says_which_blocks_became_others():
    held, worker = opened("a\nb\nc\nd")
    exchange(held, worker)
    held.edit(2, 3, "B\nb")
    (change,) = exchange(held, worker).changes
    assert (change.start, change.removed) == (1, 0)
    assert [block.html for block in change.blocks] == ["B"]


def test_one_request_is_in_flight():
    held, worker = opened()
    first = held.queue.next_request()
    held.edit(0, 0, "x")
    assert held.queue.next_request() is None
    assert held.queue.waits_for_answer
    # The text went out as it was then.
    held.queue.receive(worker.answer({**first, "text": "one two three"}))
    assert not held.queue.waits_for_answer
    assert held.queue.busy
    exchange(held, worker)
    assert held.html == "xone two three"
    assert not held.queue.busy


def test_nothing_to_do_gives_no_request():
    assert RenderQueue().next_request() is None
    held, worker = opened()
    exchange(held, worker)
    assert held.queue.next_request() is None


def test_what_is_typed_meanwhile_goes_out_as_one_edit():
    held, worker = opened("")
    exchange(held, worker)
    held.edit(0, 0, "a")
    request = held.queue.next_request()
    for at, letter in enumerate("bcd"):
        held.edit(1 + at, 1 + at, letter)
    held.edit(3, 4, "")
    held.queue.receive(worker.answer(request))
    exchange(held, worker)
    assert held.html == "abc"
    assert worker.requests[-1]["edits"] == [[1, 1, "bc"]]
    assert (worker.requests[-1]["base"], worker.requests[-1]["revision"]) == (2, 6)


def test_edits_far_apart_stay_apart():
    held, worker = opened("x" * 10_000)
    exchange(held, worker)
    held.edit(10, 10, "a")
    held.edit(9000, 9001, "b")
    exchange(held, worker)
    assert held.html == held.text.text
    assert worker.requests[-1]["edits"] == [[10, 10, "a"], [9000, 9001, "b"]]


def test_a_crowd_of_edits_becomes_one():
    held, worker = opened("x " * 500)
    exchange(held, worker)
    for number in range(100):
        held.edit(100 + number * 3, 101 + number * 3, "yz")
    exchange(held, worker)
    assert held.html == held.text.text
    (edit,) = worker.requests[-1]["edits"]
    assert edit[0] == 100
    assert edit[1] < 400


def test_a_key_asks_for_no_more_than_what_stands_around_it():
    class Narrow(HeldText):
        whole = True

        @property
        def text(self):
            assert self.whole
            return self._text

        @text.setter
        def text(self, text):
            self._text = text

        @property
        def length(self):
            return len(self._text)

        def slice(self, start, end):
            assert end - start <= 128
            return self._text[start:end]

    held, worker = opened()
    text = Narrow("word\n" * 10_000)
    held.queue.open(text, 1, DIALECT, PAGE)
    exchange(held, worker)
    text.whole = False
    for number in range(10):
        edit = TextEdit(20_000, 20_001, "key")
        text._text = edit.apply(text._text)
        held.queue.edit(edit, 2 + number)
        patch = exchange(held, worker)
        assert sum(len(change.blocks) for change in patch.changes) <= 1
    assert held.html == text._text


def test_a_mismatch_sends_the_whole_text():
    held, worker = opened()
    exchange(held, worker)
    worker.documents["1"].content.edit(0, 3, "THREE")
    held.edit(0, 3, "1")
    assert exchange(held, worker) is None
    exchange(held, worker)
    assert held.html == "1 two three"
    assert [request["request"] for request in worker.requests] == ["open", "edit", "open"]


def test_an_owner_who_is_ahead_of_what_he_told_is_put_right():
    held, worker = opened()
    exchange(held, worker)
    held.text.text = "zero one two three"
    held.queue.edit(TextEdit(0, 0, "0"), 2)
    assert exchange(held, worker) is None
    exchange(held, worker)
    assert held.html == "zero one two three"


@pytest.mark.parametrize(
    "wrong",
    [
        {"base": 17},
        {"changes": [[5, 1, [["x", 1]]]]},
        {"changes": [[0, 1, [["x", 1]]], [0, 1, [["y", 1]]]]},
    ],
)
def test_a_patch_that_does_not_fit_sends_the_whole_text(wrong):
    held, worker = opened("a\nb")
    exchange(held, worker)
    held.edit(0, 0, "x")
    request = held.queue.next_request()
    answer = {"answer": "patched", "document": "1", "revision": 2, "base": 1, "first_line": 0, "changes": []}
    worker.answer(request)
    assert held.queue.receive(decoded(json.dumps({**answer, **wrong}))) is None
    exchange(held, worker)
    assert held.html == "xa\nb"
    assert worker.requests[-1]["request"] == "open"


def test_a_long_page_comes_in_parts():
    held, _worker = opened()
    request = held.queue.next_request()
    answer = {"document": request["document"], "revision": 1}
    for number in range(3):
        part = {"answer": "blocks", **answer, "blocks": [[f"<p>{number}</p>", 2]]}
        assert held.queue.receive(decoded(json.dumps(part))) is None
    last = {
        "answer": "patched",
        **answer,
        "base": None,
        "first_line": 4,
        "changes": [[0, None, [["<hr>", 1]]]],
    }
    (change,) = held.queue.receive(decoded(json.dumps(last))).changes
    assert [block.html for block in change.blocks] == ["<p>0</p>", "<p>1</p>", "<p>2</p>", "<hr>"]
    assert held.queue.page.first_line == 4
    assert held.queue.page.lines_known


def head(request, *blocks):
    answer = {
        "answer": "head",
        "document": request["document"],
        "revision": request["revision"],
        "first_line": 2,
    }
    return decoded(json.dumps({**answer, "blocks": [[block, 1] for block in blocks]}))


def test_the_head_of_a_long_page_is_shown_until_the_page_comes():
    held, worker = opened("a\nb\nc")
    request = held.queue.next_request()
    assert held.queue.receive(head(request, "a", "b'")).partial
    assert held.html == "a\nb'"
    assert held.queue.waits_for_answer
    assert not held.queue.page_is_current
    patch = held.queue.receive(worker.answer(request))
    assert not patch.partial
    assert [(change.start, change.removed) for change in patch.changes] == [(1, 1)]
    assert held.html == "a\nb\nc"


def test_the_head_of_a_long_page_gives_way_to_what_goes_on_from_it():
    held = Held(LONG)
    request = held.queue.next_request()
    held.queue.receive(head(request, "a", "b", "longer than what comes"))
    assert held.queue.receive(part(request, None, (0, None, [["a", 1], ["", 9_999]]))).partial
    assert held.html == "a\n"


def test_a_page_is_not_cut_down_to_its_head():
    held, worker = opened("a\nb\nc")
    exchange(held, worker)
    held.queue.open(held.text, 2, Dialect("python-markdown", {"other": 1}), PAGE)
    assert held.queue.receive(head(held.queue.next_request(), "a")) is None
    assert held.html == "a\nb\nc"


LONG = "word\n" * 10_000


def part(request, base, *changes, more=True, revision=None):
    answer = {
        "answer": "patched",
        "document": request["document"],
        "first_line": 0,
        "base": base,
        "more": more,
    }
    return decoded(
        json.dumps(
            {**answer, "revision": revision or request["revision"], "changes": [list(c) for c in changes]}
        )
    )


def test_a_long_page_is_asked_for_part_by_part():
    held = Held(LONG)
    request = held.queue.next_request()
    assert request["within"] < 0.1
    patch = held.queue.receive(part(request, None, (0, None, [["a", 1], ["", 9_999]])))
    assert patch.partial
    assert held.queue.busy
    assert not held.queue.page_is_current
    assert held.queue.verify_request() is None
    request = held.queue.next_request()
    assert request["request"] == "more"
    patch = held.queue.receive(part(request, 1, (1, 1, [["b", 9_999]]), more=False))
    assert not patch.partial
    assert held.html == "a\nb"
    assert held.queue.page_is_current
    assert held.queue.next_request() is None


def test_a_short_page_comes_at_once():
    held, _worker = opened()
    assert "within" not in held.queue.next_request()


def test_a_key_goes_before_the_rest_of_a_page():
    held = Held(LONG)
    request = held.queue.next_request()
    held.edit(0, 0, "x")
    held.queue.receive(part(request, None, (0, None, [["a", 1], ["", 9_999]])))
    request = held.queue.next_request()
    assert (request["request"], request["edits"], request["base"]) == ("edit", [(0, 0, "x")], 1)
    patch = held.queue.receive(part(request, 1, (0, 1, [["xa", 1]])))
    assert patch.partial
    assert held.html == "xa\n"
    assert held.queue.next_request()["request"] == "more"


def test_a_page_that_is_shown_stays_until_as_much_of_it_is_there_again():
    held = Held(LONG)
    held.queue.receive(
        part(held.queue.next_request(), None, (0, None, [["old", 9], ["page", 9]]), more=False)
    )
    held.queue.refresh()
    request = held.queue.next_request()
    assert request["request"] == "render"
    assert held.queue.receive(part(request, None, (0, None, [["new", 9], ["", 9]]))) is None
    assert held.html == "old\npage"
    held.edit(0, 0, "x")
    request = held.queue.next_request()
    assert held.queue.receive(part(request, 1, (0, 1, [["xnew", 9]]))) is None
    request = held.queue.next_request()
    patch = held.queue.receive(part(request, 2, (1, 1, [["page", 9]]), more=False))
    assert [[block.html for block in change.blocks] for change in patch.changes] == [["xnew"]]
    assert held.html == "xnew\npage"
    assert held.queue.page_is_current


def test_a_worker_that_ends_before_the_rest_is_there_begins_anew_once():
    held = Held(LONG)
    for _ in range(2):
        held.queue.receive(part(held.queue.next_request(), None, (0, None, [["a", 1], ["", 9]])))
        request = held.queue.next_request()
        assert request["request"] == "more"
        assert isinstance(held.queue.worker_gone(WorkerDied("gone")), RenderFailure)
    assert held.queue.next_request() is None
    assert not held.queue.page_is_current
    held.edit(0, 0, "x")
    assert held.queue.next_request()["request"] == "open"


def test_a_rest_that_fails_is_not_asked_for_again():
    held = Held(LONG)
    held.queue.receive(part(held.queue.next_request(), None, (0, None, [["a", 1], ["", 9]])))
    request = held.queue.next_request()
    failed = {"answer": "failed", "error": "no", "document": request["document"], "revision": 1}
    assert isinstance(held.queue.receive(failed), RenderFailure)
    assert held.queue.next_request() is None
    assert not held.queue.page_is_current


def test_a_refresh_renders_the_same_text_once_more():
    held, worker = opened("a\nb")
    exchange(held, worker)
    held.queue.refresh()
    assert exchange(held, worker) == PagePatch(1, ())
    assert worker.requests[-1]["request"] == "render"
    assert not held.queue.busy
    held.edit(0, 1, "1")
    held.queue.refresh()
    assert exchange(held, worker) is None  # the edit first
    assert exchange(held, worker).revision == 2
    assert [request["request"] for request in worker.requests] == ["open", "render", "edit", "render"]
    assert held.html == "1\nb"
    assert held.queue.next_request() is None


def test_a_refresh_of_nothing_is_nothing():
    queue = RenderQueue()
    queue.refresh()
    assert queue.next_request() is None


def test_the_answer_for_another_document_is_not_shown():
    held, worker = opened("old")
    request = held.queue.next_request()
    held.open("new")
    assert held.queue.receive(worker.answer(request)) is None
    assert held.html == ""
    assert exchange(held, worker).revision == 2
    assert held.html == "new"
    assert len(worker.documents) == 1  # the old one was closed


def test_an_error_of_the_worker_is_told_and_not_repeated():
    held, worker = opened()
    request = held.queue.next_request()
    answer = {"answer": "failed", "error": "ValueError: no", "details": "trace"}
    outcome = held.queue.receive({**answer, "document": request["document"], "revision": 1})
    assert isinstance(outcome, RenderFailure)
    assert "ValueError: no" in outcome.message
    assert outcome.details == "trace"
    assert held.queue.next_request() is None
    assert not held.queue.page_is_current
    worker.documents.open(request)
    held.edit(0, 0, "!")
    exchange(held, worker)
    assert held.html == "!one two three"


def test_a_deadly_revision_is_tried_twice_and_the_next_again():
    held, _worker = opened("deadly")
    for attempt in range(2):
        assert held.queue.next_request() is not None, attempt
        failure = held.queue.worker_gone(RenderTimeout("too slow"))
        assert failure == RenderFailure(1, "too slow")
    assert held.queue.next_request() is None
    assert not held.queue.busy
    held.edit(0, 6, "harmless")
    exchange(held, EchoWorker())
    assert held.html == "harmless"


def test_two_deaths_apart_do_not_add_up():
    held, _worker = opened("text")
    held.queue.next_request()
    held.queue.worker_gone(WorkerDied("gone"))
    exchange(held, EchoWorker())
    assert held.html == "text"
    held.edit(0, 0, "a")
    held.queue.next_request()
    held.queue.worker_gone(WorkerDied("gone"))
    assert held.queue.next_request() is not None


def test_a_worker_that_ends_while_idle_is_no_failure():
    held, worker = opened()
    exchange(held, worker)
    assert held.queue.worker_gone(WorkerDied("gone")) is None
    assert held.queue.next_request() is None
    held.edit(0, 0, "x")
    new = EchoWorker()
    exchange(held, new)
    assert held.html == "xone two three"
    assert new.requests[0]["request"] == "open"


@pytest.mark.parametrize(
    "line",
    ["", "null", "[1]", "{", '{"answer": "patched"}', '{"answer": "patched", "changes": 1}', b"\xff\xfe"],
)
def test_a_stray_line_is_nothing(line):
    held, worker = opened()
    sent = held.queue.next_request()
    assert held.queue.receive(decoded(line)) is None
    assert isinstance(held.queue.receive(worker.answer(sent)), PagePatch)


def test_another_protocol_is_refused():
    with pytest.raises(WorkerDied):
        RenderQueue().receive({"answer": "ready", "protocol": 99})
    assert RenderQueue().receive({"answer": "ready", "protocol": 2}) is None


def test_the_limit_grows_with_the_text():
    limit = TimeLimit(base=1, per_million=10)
    assert limit.seconds(0) == 1
    assert limit.seconds(500_000) == 6
    queue = RenderQueue(limit)
    queue.open(HeldText("x" * 100_000), 1, DIALECT, PAGE)
    assert queue.next_request()["limit"] == 2
    assert queue.seconds == 2


# -- What the second worker says


def verified(held, *corrections, revision=1):
    answer = {"answer": "verified", "document": "1", "revision": revision, "corrections": corrections}
    return held.queue.correct(decoded(json.dumps(answer)))


def test_a_page_as_it_is_now_can_be_verified():
    held, worker = opened("a\nb")
    assert held.queue.verify_request() is None
    exchange(held, worker)
    request = held.queue.verify_request()
    assert (request["request"], request["text"], request["revision"]) == ("verify", "a\nb", 1)
    held.edit(0, 0, "x")
    assert held.queue.verify_request() is None
    held.queue.next_request()
    assert held.queue.verify_request() is None


def test_a_page_that_was_rendered_as_a_whole_needs_no_verification():
    held, _worker = opened()
    held.queue.next_request()
    answer = {"answer": "patched", "document": "1", "revision": 1, "base": None, "first_line": 0}
    held.queue.receive(decoded(json.dumps({**answer, "changes": [[0, None, [["<p>x</p>", None]]]]})))
    assert held.queue.page_is_current
    assert held.queue.verify_request() is None


def test_what_differs_is_corrected_and_stays_so_until_it_changes():
    held, worker = opened("a\nb\nc")
    exchange(held, worker)
    patch = verified(held, [1, 2, "<p>B C</p>"])
    assert [(change.start, change.removed) for change in patch.changes] == [(1, 2)]
    assert held.html == "a\n<p>B C</p>\n"
    held.edit(0, 1, "A")
    exchange(held, worker)
    assert held.html == "A\n<p>B C</p>\n"
    held.edit(4, 5, "d")
    patch = exchange(held, worker)
    assert held.html == "A\nb\nd"
    assert [[block.html for block in change.blocks] for change in patch.changes] == [["b", "d"]]


def test_a_correction_of_another_text_is_dropped():
    held, worker = opened("a\nb\nc")
    exchange(held, worker)
    assert verified(held, [0, 1, "x"], revision=7) is None
    held.edit(0, 1, "A")
    assert verified(held, [0, 1, "x"]) is None
    exchange(held, worker)
    assert held.html == "A\nb\nc"


TEXTS = st.text(st.sampled_from("ab\né\U0001f642\ud800"), max_size=12)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("edit"), st.floats(0, 1), st.floats(0, 1), TEXTS),
        st.tuples(st.sampled_from(["send", "answer", "die", "spoil", "refresh"])),
        st.tuples(st.just("correct"), st.floats(0, 1), st.integers(1, 3)),
        st.tuples(st.just("open"), TEXTS),
    ),
    max_size=60,
)


@given(TEXTS, STEPS)
def test_whatever_happens_the_page_ends_as_our_text(text, steps):
    held, worker, request = Held(text), EchoWorker(), None
    mirror = []  # what one sees who only hears of changes

    def receive(answer):
        patch = held.queue.receive(answer)
        follow(mirror, patch)
        return patch

    for kind, *rest in steps:
        if kind == "edit":
            start, end = sorted(round(part * held.text.length) for part in rest[:2])
            held.edit(start, end, rest[2])
        elif kind == "open":
            held.open(rest[0])
        elif kind == "send":
            request = copied(held.queue.next_request()) or request
        elif kind == "refresh":
            held.queue.refresh()
        elif kind == "answer" and request is not None:
            receive(worker.answer(request))
            request = None
        elif kind == "die":
            worker, request = EchoWorker(), None
            held.queue.worker_gone(WorkerDied("gone"))
        elif kind == "correct" and held.queue.page_is_current:
            at = round(rest[0] * (len(held.queue.page) - 1))
            count = min(rest[1], len(held.queue.page) - at)
            document, revision = held.queue._page_of
            answer = {"answer": "verified", "document": document, "revision": revision}
            answer["corrections"] = [[at, count, "(corrected)"]]
            follow(mirror, held.queue.correct(decoded(json.dumps(answer))))
        elif kind == "spoil" and len(worker.documents):
            for document in worker.documents._open.values():
                document.content.edit(0, 0, "?")
        assert mirror == held.queue.page.pieces()
    held.edit(0, 0, "!")  # a revision that has not ended a worker yet
    last = None
    for _ in range(6):
        request = request or copied(held.queue.next_request())
        if request is None:
            break
        last = receive(worker.answer(request)) or last
        request = None
    assert isinstance(last, PagePatch)
    assert last.revision == held.revision
    assert worker.documents[str(held.queue._opened)].text == held.text.text
    assert mirror == held.queue.page.pieces()
    for correction in list(held.queue.page._corrections):
        held.queue.page._made([], [correction])
    assert held.html == held.text.text


def copied(request):
    """Return a request as it went out: its text does not change any more."""
    return None if request is None else dict(request)


def follow(mirror, patch):
    """Make the changes of a patch in a list of HTML."""
    for change in reversed(patch.changes if isinstance(patch, PagePatch) else ()):
        mirror[change.start : change.start + change.removed] = [block.html for block in change.blocks]


def test_code_of_one_site_does_not_stay_for_another():
    trusted = Dialect("python-markdown", {"trusted": True})
    held, worker = opened()
    steps = [
        (DIALECT, PAGE, False),
        (trusted, PAGE, False),
        (trusted, PAGE, False),
        (trusted, PageContext("/other", "post.md"), True),
        (DIALECT, PageContext("/other", "post.md"), True),
        (DIALECT, PAGE, False),
    ]
    for number, (dialect, context, expected) in enumerate(steps):
        held.open(str(number), dialect, context)
        assert held.queue.wants_new_worker == expected, number
        if expected:
            assert held.queue.worker_gone(WorkerDied("gone")) is None
            worker = EchoWorker()
        exchange(held, worker)
        assert held.html == str(number)
