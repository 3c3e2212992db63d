"""The render worker, as a process: what it renders, and what nobody can make it do."""

import ast
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from textwrap import dedent

import pytest

import editor.render.python_markdown
from editor.errors import RenderError, RenderTimeout, WorkerDied
from editor.post.text_edit import TextEdit
from editor.render.python_markdown.documents import text_hash
from editor.render.worker_process import worker_command, worker_folder

FOLDER = Path(editor.render.python_markdown.__file__).parent

EXTENSION = """
    import os, subprocess, sys, time
    from markdown import Extension
    from markdown.preprocessors import Preprocessor

    class Lines(Preprocessor):
        def run(self, lines):
            {body}
            return lines

    def makeExtension(**options):
        class Made(Extension):
            def extendMarkdown(self, md):
                md.preprocessors.register(Lines(md), "lines_of_the_site", 100)
        return Made()
"""


def with_extension(site, body, name="of_the_site"):
    """Give the site an extension module of its own that runs `body` over the lines of a page."""
    site.write(f"{name}.py", EXTENSION.format(body=body))
    site.configure(f"markdown_extensions: [{name}]")
    site.trusted = True


CONTEXT = {"root": "/nowhere", "path": "", "facts": {}}
EDIT = {"request": "edit", "document": "d", "base": 1, "revision": 2, "length": 4, "place": 0, "hash": 0}


class Pipe:
    """The bare protocol, a line at a time."""

    def __init__(self, cwd=None, niceness=0):
        self.process = subprocess.Popen(
            worker_command(niceness),
            cwd=cwd or worker_folder(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        self.ready = self.read()

    def read(self):
        return json.loads(self.process.stdout.readline())

    def tell(self, **request):
        self.process.stdin.write(json.dumps(request).encode() + b"\n")
        self.process.stdin.flush()

    def ask(self, **request):
        self.tell(**request)
        return self.read()

    def open(self, text, render=False, within=None, **options):
        return self.ask(
            request="open",
            document="d",
            revision=1,
            text=text,
            dialect={"family": "python-markdown", "options": options},
            context=CONTEXT,
            render=render,
            within=within,
        )


@pytest.fixture
def pipe():
    made = Pipe()
    yield made
    made.process.kill()
    made.process.wait()
    made.process.stdin.close()
    made.process.stdout.close()


# -- The protocol


def test_it_says_that_it_is_ready(pipe):
    assert pipe.ready == {"answer": "ready", "protocol": 2, "python": "{}.{}.{}".format(*sys.version_info)}


def test_open_edit_render_are_each_answered(pipe):
    assert pipe.open("one")["answer"] == "held"
    edit = {"request": "edit", "document": "d", "base": 1, "revision": 2, "edits": [[0, 3, "*two*"]]}
    edit |= {"length": 5, "place": 5}
    assert pipe.ask(**edit, hash=1)["answer"] == "mismatch"
    assert pipe.ask(**{**edit, "length": 6}, hash=text_hash("*two*"))["answer"] == "mismatch"
    assert pipe.ask(**edit, hash=text_hash("*two*"))["answer"] == "held"
    patched = pipe.ask(request="render", document="d")
    assert (patched["answer"], patched["base"], patched["revision"]) == ("patched", None, 2)
    ((start, removed, blocks),) = patched["changes"]
    assert (start, removed) == (0, None)
    assert "\n".join(html for html, _lines in blocks).strip() == "<p><em>two</em></p>"
    assert patched["notes"] == []
    assert patched["milliseconds"] > 0


def test_an_edit_is_answered_with_what_changed(pipe):
    text = "\n\n".join(f"paragraph {number}" for number in range(20)) + "\n"
    pipe.open(text, render=True)
    edit = {
        "request": "edit",
        "document": "d",
        "base": 1,
        "revision": 2,
        "edits": [[10, 11, "x"]],
        "render": True,
    }
    around = ("paragraph x" + text[11:])[: 11 + 64]
    patched = pipe.ask(**edit, length=len(text), place=11, hash=text_hash(around))
    assert patched["base"] == 1
    ((_start, removed, blocks),) = patched["changes"]
    assert (removed, len(blocks)) == (1, 1)
    assert blocks[0][0] == "<p>paragraph x</p>"


def test_a_long_page_is_answered_in_parts(pipe):
    text = "\n\n".join(f"paragraph {number} {'words ' * 100}" for number in range(1000))
    answer, blocks = pipe.open(text, render=True), []
    assert answer["answer"] == "head"
    first = [html for html, _lines in answer["blocks"] if html]
    assert 10 < len(first) < 100
    answer = pipe.read()
    while answer["answer"] == "blocks":
        assert sum(len(html) for html, _lines in answer["blocks"]) < 200_000
        blocks += answer["blocks"]
        answer = pipe.read()
    assert answer["answer"] == "patched"
    blocks += answer["changes"][0][2]
    assert [html.split()[1] for html, _lines in blocks if html] == [str(number) for number in range(1000)]
    assert [html for html, _lines in blocks if html][: len(first)] == first


def test_a_page_comes_in_as_many_answers_as_there_is_time_for(pipe):
    text = "\n\n".join(f"paragraph {number}" for number in range(200))
    answer = pipe.open(text, render=True, within=0)
    assert answer["more"]
    ((_start, _removed, blocks),) = answer["changes"]
    assert blocks == [["<p>paragraph 0</p>", 2], ["", 397]]
    edit = {
        "request": "edit",
        "document": "d",
        "base": 1,
        "revision": 2,
        "edits": [[11, 11, "!"]],
        "render": True,
    }
    around = text[:11] + "!" + text[11:]
    answer = pipe.ask(**edit, length=len(text) + 1, place=12, hash=text_hash(around[: 12 + 64]), within=0)
    assert (answer["base"], answer["more"]) == (1, True)
    assert answer["changes"][0] == [0, 1, [["<p>paragraph 0!</p>", 2]]]
    answer = pipe.ask(request="more", document="d", revision=2)
    assert (answer["base"], answer["revision"], answer["more"]) == (2, 2, False)
    ((start, removed, blocks),) = answer["changes"]
    assert (start, removed, len(blocks)) == (1, 1, 199)


def test_the_head_of_a_long_page_knows_the_definitions_below(pipe):
    text = "[a link][there]\n\n" + "words\n\n" * 40_000 + "[there]: https://example.org\n"
    answer = pipe.open(text, render=True)
    assert answer["answer"] == "head"
    assert answer["blocks"][0][0] == '<p><a href="https://example.org">a link</a></p>'


def test_what_is_shown_is_verified(pipe):
    page = {"dialect": {"family": "python-markdown", "options": {}}, "context": CONTEXT, "revision": 3}
    verify = {"request": "verify", "document": "x", "text": "# one\n\ntwo\n\nthree\n", **page}
    pipe.tell(request="shown", html=["<h1>one</h1>"])
    pipe.tell(request="shown", html=["<p>two</p>", "<p>three</p>"])
    right = pipe.ask(**verify)
    assert (right["answer"], right["document"], right["revision"]) == ("verified", "x", 3)
    assert right["corrections"] == []
    pipe.tell(request="shown", html=["<h1>one</h1>", "<p>to</p>", "<p>three</p>"])
    assert pipe.ask(**verify)["corrections"] == [[1, 1, "<p>two</p>"]]


@pytest.mark.skipif(not hasattr(os, "getpriority"), reason="the system tells no priorities")
def test_it_is_as_nice_as_it_is_told_to_be():
    pipe = Pipe(niceness=7)
    assert os.getpriority(os.PRIO_PROCESS, pipe.process.pid) == os.getpriority(os.PRIO_PROCESS, 0) + 7
    pipe.process.kill()
    pipe.process.wait()
    pipe.process.stdin.close()
    pipe.process.stdout.close()


@pytest.mark.parametrize(
    "request_of",
    [
        {"request": "render", "document": "unknown"},
        {**EDIT, "base": 9, "edits": []},
        {
            **EDIT,
            "base": 9,
            "edits": [],
            "length": 4,
            "place": 4,
            "hash": text_hash("text"),
        },  # fits by chance
        {**EDIT, "edits": [[2, 1, "x"]]},
        {**EDIT, "edits": [[0, 99, "x"]]},
    ],
)
def test_what_does_not_fit_is_a_mismatch(pipe, request_of):
    pipe.open("text")
    assert pipe.ask(**request_of)["answer"] == "mismatch"


@pytest.mark.parametrize("request_of", [{}, {"request": "dance"}, {"request": "open"}, {"request": "edit"}])
def test_an_impossible_request_is_answered_too(pipe, request_of):
    assert pipe.ask(**request_of)["answer"] in {"failed", "mismatch"}
    assert (
        pipe.open(
            "still here",
        )["answer"]
        == "held"
    )


def test_it_ends_when_stdin_is_closed(pipe):
    pipe.process.stdin.close()
    assert pipe.process.wait(timeout=20) == 0


@pytest.mark.skipif(os.name != "posix", reason="there is no SIGINT to send")
def test_control_c_in_the_terminal_does_not_end_it(pipe):
    pipe.process.send_signal(signal.SIGINT)
    assert pipe.open("text")["answer"] == "held"


def test_lone_surrogates_and_other_planes_come_back(small_site):
    assert small_site.render("\ud83d \U0001f642 é\u2028x").html == "<p>\ud83d \U0001f642 é\u2028x</p>"


# -- What extensions do to it


def test_stray_prints_do_not_reach_the_protocol(small_site):
    body = (
        "print('{\"answer\": 1}'); sys.__stdout__.write('x'); os.write(1, b'raw'); "
        "subprocess.run([sys.executable, '-c', 'print(1)'])"
    )
    with_extension(small_site, body)
    assert small_site.render("still *here*").html == "<p>still <em>here</em></p>"


def test_an_extension_that_reads_stdin_finds_nothing(small_site):
    with_extension(small_site, "lines = [repr(sys.stdin.read()), repr(os.read(0, 1))]")
    assert "''" in small_site.render("text").html


def test_an_endless_loop_is_ended_and_the_next_text_renders(impatient):
    site = impatient(1.5)
    with_extension(site, "while 'forever' in lines: pass")
    started = time.monotonic()
    with pytest.raises(RenderTimeout):
        site.render("forever")
    assert time.monotonic() - started < 15
    assert site.edit(TextEdit(0, 7, "fine")).html == "<p>fine</p>"


def test_a_crash_is_told_and_the_next_text_renders(small_site):
    with_extension(small_site, "'crash' in lines and os._exit(3)")
    with pytest.raises(WorkerDied):
        small_site.render("crash")
    assert small_site.edit(TextEdit(0, 5, "fine")).html == "<p>fine</p>"


@pytest.mark.parametrize(
    "body", ["raise ValueError('no good')", "sys.exit('no good')", "assert 0, 'no good'"]
)
def test_an_exception_is_told(small_site, body):
    with_extension(small_site, body)
    with pytest.raises(RenderError, match="no good") as caught:
        small_site.render("text")
    assert not isinstance(caught.value, RenderTimeout | WorkerDied)


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="the system keeps no alarms")
def test_it_ends_by_itself_when_nobody_is_left_to_end_it(tmp_path):
    (tmp_path / "forever.py").write_text(
        "import re\ndef makeExtension(**options):\n    re.match(r'(a+)+$', 'a' * 64 + 'b')\n"
    )
    pipe = Pipe()
    options = {"extensions": ["forever"], "trusted": True}
    request = {
        "request": "open",
        "document": "d",
        "revision": 1,
        "text": "text",
        "dialect": {"family": "python-markdown", "options": options},
        "context": {**CONTEXT, "root": str(tmp_path)},
        "render": True,
        "limit": 0.2,
    }
    pipe.process.stdin.write(json.dumps(request).encode() + b"\n")
    pipe.process.stdin.flush()
    assert pipe.process.wait(timeout=20) != 0
    pipe.process.stdin.close()
    pipe.process.stdout.close()


# -- What it is made of


def test_nothing_but_markdown_comes_along(small_site):
    with_extension(small_site, "lines = ['    ' + ' '.join(sorted(sys.modules))]")
    loaded = small_site.render("text").html.split()
    assert "editor.render.python_markdown.renderer" in loaded
    assert not [name for name in loaded if name.startswith(("PySide6", "shiboken6", "mkdocs", "hypothesis"))]
    ours = {name for name in loaded if name.startswith("editor")}
    package = "editor.render.python_markdown"
    assert {name for name in ours if not name.startswith(package)} == {"editor", "editor.render"}


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.py")), ids=lambda path: path.name)
def test_its_code_is_python_3_9(path):
    tree = ast.parse(path.read_text("utf-8"), feature_version=(3, 9))
    for part in ast.walk(tree):
        if isinstance(part, ast.ImportFrom | ast.Import):
            names = [part.module or ""] if isinstance(part, ast.ImportFrom) else [a.name for a in part.names]
            for name in names:
                top = name.split(".")[0]
                ours = name.startswith("editor.render.python_markdown")
                assert ours or top in {"markdown", "yaml"} or top in sys.stdlib_module_names, name
        if isinstance(part, ast.Call):
            newer = {keyword.arg for keyword in part.keywords} & {"slots", "kw_only", "strict"}
            assert not newer, f"{path.name}:{part.lineno}: {newer} came after 3.9"


def test_it_starts_where_a_site_has_modules_of_the_same_names(tmp_path):
    for name in ("json", "markdown", "notes", "renderer", "editor"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit('taken from the site')")
    pipe = Pipe(cwd=tmp_path)
    assert pipe.open("text")["answer"] == "held"
    pipe.process.stdin.close()
    assert pipe.process.wait(timeout=20) == 0
    pipe.process.stdout.close()


def test_nothing_is_left_behind_in_a_site_whose_extensions_run(impatient, monkeypatch):
    monkeypatch.delenv("PYTHONDONTWRITEBYTECODE", raising=False)
    site = impatient(60)  # with a worker that is started now
    with_extension(site, "lines = ['own']")
    assert site.render("text").html == "<p>own</p>"
    assert not list(site.root.rglob("__pycache__"))


def test_a_page_is_verified_where_the_site_is(pipe, tmp_path):
    """As in a build: modules and files of a trusted site are found from its folder."""
    (tmp_path / "near.txt").write_text("from a file")
    (tmp_path / "near.py").write_text(dedent(EXTENSION.format(body="lines = [open('near.txt').read()]")))
    pipe.tell(request="shown", html=["<p>something else</p>"])
    answer = pipe.ask(
        request="verify",
        document="d",
        revision=1,
        text="text",
        dialect={"family": "python-markdown", "options": {"extensions": ["near"], "trusted": True}},
        context={"root": str(tmp_path), "path": "a.md", "facts": {}},
    )
    assert (answer["answer"], answer["corrections"]) == ("verified", [[0, 1, "<p>from a file</p>"]])
