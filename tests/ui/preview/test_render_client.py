"""The window's client of the render worker: a real process, a real event loop."""

import os
import signal
import time

import pytest

from editor.post.text_edit import TextEdit
from editor.render.page_blocks import Block, Change, PageBlocks
from editor.render.protocol import Dialect, PageContext
from editor.render.queue import TimeLimit
from editor.ui.preview.render_client import RenderClient
from tests.render.worker_model import HeldText

DIALECT = Dialect("python-markdown", {"extensions": ["toc"]})


class Writer:
    """A client with the text that it is told of."""

    def __init__(self, client):
        self.client = client
        self.text = HeldText("")

    def __getattr__(self, name):
        return getattr(self.client, name)

    def open(self, text, *arguments):
        self.text = HeldText(text)
        self.client.open(self.text, *arguments)

    def edit(self, edit, number):
        self.text.change(edit)
        self.client.edit(edit, number)

    @property
    def html(self):
        return self.page.html().strip()


@pytest.fixture
def page(tmp_path):
    return PageContext(str(tmp_path), "post.md")


@pytest.fixture
def make_client(qapp):
    made = []

    def make(limit=None):
        made.append(Writer(RenderClient(limit=limit)))
        return made[-1]

    yield make
    for client in made:
        client.shutdown()


@pytest.fixture
def client(make_client):
    return make_client()


def slow_dialect(tmp_path, body):
    (tmp_path / "slow.py").write_text(
        "import time, os\nfrom markdown import Extension\nfrom markdown.preprocessors import Preprocessor\n"
        f"class Lines(Preprocessor):\n    def run(self, lines):\n        {body}\n        return lines\n"
        "class Slow(Extension):\n"
        "    def extendMarkdown(self, md): md.preprocessors.register(Lines(md), 'x', 1)\n"
        "def makeExtension(**options): return Slow()\n"
    )
    return Dialect("python-markdown", {"extensions": ["slow"], "trusted": True})


def revision(number):
    return lambda outcome: outcome.revision == number


def test_open_and_edit(client, page, qtbot):
    with qtbot.waitSignal(client.rendered, timeout=20_000):
        client.open("# One\n", 1, DIALECT, page)
    assert client.html == '<h1 id="one">One</h1>'
    with qtbot.waitSignal(client.rendered, timeout=20_000) as edited:
        client.edit(TextEdit(2, 5, "T\U0001f642"), 2)
    assert edited.args[0].revision == 2
    assert ">T\U0001f642</h1>" in client.html


def test_the_last_of_many_edits_is_shown(client, page, qtbot):
    client.open("", 1, DIALECT, page)
    seen = []
    client.rendered.connect(seen.append)
    with qtbot.waitSignal(client.rendered, timeout=20_000, check_params_cb=revision(301)):
        for number in range(300):
            client.edit(TextEdit(number, number, "x"), number + 2)
    assert client.html == "<p>" + "x" * 300 + "</p>"
    assert len(seen) < 20


def test_busy_is_told_once_each(client, page, qtbot):
    told = []
    client.busy_changed.connect(told.append)
    with qtbot.waitSignal(client.busy_changed, timeout=20_000, check_params_cb=lambda busy: not busy):
        client.open("text", 1, DIALECT, page)
    assert told == [True, False]


def test_prewarm_starts_the_worker(client, page, qtbot):
    assert client.process_id is None
    client.prewarm()
    qtbot.waitUntil(lambda: client.process_id is not None)
    process = client.process_id
    with qtbot.waitSignal(client.rendered, timeout=20_000):
        client.open("text", 1, DIALECT, page)
    assert client.process_id == process


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="there is no SIGKILL")
def test_a_killed_worker_is_replaced(client, page, qtbot):
    with qtbot.waitSignal(client.rendered, timeout=20_000):
        client.open("text", 1, DIALECT, page)
    first = client.process_id
    os.kill(first, signal.SIGKILL)
    with qtbot.waitSignal(client.rendered, timeout=20_000, check_params_cb=revision(2)):
        client.edit(TextEdit(0, 0, "more "), 2)
    assert client.html == "<p>more text</p>"
    assert client.process_id != first


def test_too_slow_a_text_is_given_up_and_the_next_is_rendered(make_client, tmp_path, page, qtbot):
    client = make_client(TimeLimit(base=1.0, per_million=0))
    failures = []
    client.failed.connect(failures.append)
    dialect = slow_dialect(tmp_path, "while 'forever' in lines: pass")
    client.open("forever", 1, dialect, page)
    started = time.monotonic()
    qtbot.waitUntil(lambda: len(failures) == 2, timeout=20_000)
    assert time.monotonic() - started < 15
    qtbot.waitUntil(lambda: client.process_id is None, timeout=5000)  # it is not tried a third time
    with qtbot.waitSignal(client.rendered, timeout=20_000, check_params_cb=revision(2)):
        client.edit(TextEdit(0, 7, "fine"), 2)
    assert client.html == "<p>fine</p>"
    assert [failure.revision for failure in failures] == [1, 1]


def test_an_error_of_an_extension_is_told(client, tmp_path, page, qtbot):
    dialect = slow_dialect(tmp_path, "raise ValueError('no good')")
    with qtbot.waitSignal(client.failed, timeout=20_000) as failed:
        client.open("text", 1, dialect, page)
    assert "no good" in failed.args[0].message
    assert "Traceback" in failed.args[0].details


def test_a_dialect_that_changed_renders_anew(client, page, qtbot):
    with qtbot.waitSignal(client.rendered, timeout=20_000):
        client.open("# One\n", 1, DIALECT, page)
    with qtbot.waitSignal(client.rendered, timeout=20_000, check_params_cb=revision(2)):
        client.open("# One\n", 2, Dialect("python-markdown", {"extensions": []}), page)
    assert client.html == "<h1>One</h1>"


def test_no_call_waits_for_the_worker(client, page, qtbot):
    """A call that waited for the process to start, or for an answer, would take some ten milliseconds."""
    text = "A line of some words, as long as lines are.\n\n" * 35_000
    longest = 0.0

    def timed(function, *arguments):
        nonlocal longest
        started = time.perf_counter()
        function(*arguments)
        longest = max(longest, time.perf_counter() - started)

    client.open("", 1, DIALECT, page)
    for number in range(50):
        timed(client.edit, TextEdit(number, number, "x"), 2 + number)
    assert longest < 0.02
    with qtbot.waitSignal(client.rendered, timeout=60_000, check_params_cb=revision(100)):
        client.open(text, 100, DIALECT, page)
    longest = 0.0
    for number in range(20):
        timed(client.edit, TextEdit(number, number, "x"), 101 + number)
    assert longest < 0.02


def test_after_shutdown_nothing_starts(client, page, qtbot):
    with qtbot.waitSignal(client.rendered, timeout=20_000):
        client.open("text", 1, DIALECT, page)
    client.shutdown()
    assert client.process_id is None
    client.edit(TextEdit(0, 0, "x"), 2)
    client.prewarm()
    assert client.process_id is None


def test_a_worker_that_cannot_start_is_told(client, page, qtbot, monkeypatch):
    monkeypatch.setattr("editor.render.worker_process.worker_command", lambda *_: ["/no/such/program"])
    failures = []
    client.failed.connect(failures.append)
    client.open("text", 1, DIALECT, page)
    qtbot.waitUntil(lambda: len(failures) == 2, timeout=5000)
    assert "can't be started" in failures[0].message


# -- The second worker


def spoiled(client):
    """Show something else than what the worker gave, as one would that renders a block wrong."""
    client.page.apply([Change(1, 1, [Block("<p>wrong</p>", 2)])])


@pytest.fixture
def by_blocks(monkeypatch):
    """Have each block's lines told, so that the page is verified."""
    monkeypatch.setattr(PageBlocks, "lines_known", True)


def test_a_page_is_verified_when_nothing_is_typed(client, page, qtbot, by_blocks):
    with qtbot.waitSignal(client.verified, timeout=20_000) as verified:
        client.open("# One\n\ntwo\n\nthree\n", 1, DIALECT, page)
    assert verified.args[0].revision == 1
    assert verified.args[0].changes == ()
    assert client.corrected == 0


def test_what_is_wrong_is_corrected_and_counted(client, page, qtbot, by_blocks):
    with qtbot.waitSignal(client.rendered, timeout=20_000):
        client.open("# One\n\ntwo\n\nthree\n", 1, DIALECT, page)
    right = client.html
    spoiled(client)
    assert client.html != right
    with qtbot.waitSignal(client.verified, timeout=20_000) as verified:
        pass
    (change,) = verified.args[0].changes
    assert (change.start, change.removed) == (1, 1)
    assert client.html == right
    assert client.corrected == 1


def test_a_key_ends_the_verification(client, tmp_path, page, qtbot, by_blocks):
    """The first worker renders at once, the second one takes for ever over the first text."""
    dialect = slow_dialect(tmp_path, "while os.path.exists('slow') and 'first' in lines: time.sleep(0.01)")
    with qtbot.waitSignal(client.rendered, timeout=20_000):
        client.open("first", 1, dialect, page)
    (tmp_path / "slow").touch()
    verified = []
    client.verified.connect(verified.append)
    qtbot.waitUntil(lambda: client.verifying_process_id is not None, timeout=20_000)
    process = client.verifying_process_id
    with qtbot.waitSignal(client.verified, timeout=20_000):
        client.edit(TextEdit(0, 5, "second"), 2)
        assert client.verifying_process_id is None
    qtbot.waitUntil(lambda: not is_running(process), timeout=5000)
    assert [patch.revision for patch in verified] == [2]


def test_the_second_worker_of_a_long_text_is_ended_after_its_answer(client, page, qtbot, by_blocks):
    with qtbot.waitSignal(client.verified, timeout=60_000):
        client.open("short\n", 1, DIALECT, page)
    assert client.verifying_process_id is not None
    with qtbot.waitSignal(client.verified, timeout=60_000):
        client.open(("A line of some words. " * 50 + "\n\n") * 300, 2, DIALECT, page)
    qtbot.waitUntil(lambda: client.verifying_process_id is None, timeout=5000)


def test_a_verification_that_fails_changes_nothing(client, tmp_path, page, qtbot, by_blocks, log):
    dialect = slow_dialect(tmp_path, "if os.path.exists('deadly'): os._exit(1)")
    with qtbot.waitSignal(client.rendered, timeout=20_000):
        client.open("text", 1, dialect, page)
    (tmp_path / "deadly").touch()
    log.expect("could not be verified")
    qtbot.waitUntil(lambda: bool(log.messages()), timeout=20_000)
    assert client.html == "<p>text</p>"
    assert client.verifying_process_id is None
    (tmp_path / "deadly").unlink()
    with qtbot.waitSignal(client.verified, timeout=20_000, check_params_cb=revision(2)):
        client.edit(TextEdit(0, 0, "more "), 2)


def is_running(process):
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True
