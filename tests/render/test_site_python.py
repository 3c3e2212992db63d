"""The worker under a site's own Python: its packages render, and ours where it can't."""

import os
import subprocess
import sys
from pathlib import Path
from threading import Event

import markdown
import pytest

from editor.post.text_edit import TextEdit
from editor.render.protocol import Dialect, PageContext
from editor.render.verifier import Verifier
from editor.render.worker_process import WORKER, WorkerProcess, worker_environment
from tests import environments

TELLS = """
    import importlib.util, sys, markdown
    from markdown import Extension
    from markdown.preprocessors import Preprocessor

    class Told(Preprocessor):
        def run(self, lines):
            yaml = importlib.util.find_spec("yaml") is not None
            return [f"FILE {markdown.__file__}", f"PYTHON {sys.version_info[:2]}", f"YAML {yaml}", *lines]

    class Tells(Extension):
        def extendMarkdown(self, md):
            md.preprocessors.register(Told(md), "told", 100)

    def makeExtension(**options):
        return Tells()
"""

REPLACED = "Copydesk's own"
OURS = f"FILE {Path(markdown.__file__).parent}"


@pytest.fixture(scope="module")
def site_python(tmp_path_factory):
    """Give the Python of an environment that has Markdown and nothing else, of a version that nobody released."""
    return environments.make_environment(tmp_path_factory.mktemp("env") / ".venv", "Markdown", version="3.99")


@pytest.fixture
def page(tmp_path, renderer):
    """Give a function that renders a text in a site whose extension tells what renders it."""
    (tmp_path / "tells.py").write_text("\n".join(line[4:] for line in TELLS.splitlines()))

    def render(interpreter, text="text\n", trusted=True, **options):
        extensions = ["tells", "tables", "toc"] if trusted else ["tables", "toc"]
        options = {"extensions": extensions, "trusted": trusted, **options}
        dialect = Dialect("python-markdown", options, interpreter=str(interpreter))
        renderer.open(text, dialect, PageContext(str(tmp_path), "page.md", {}))
        return renderer.render()

    return render


def test_the_site_s_own_markdown_renders(page, site_python):
    told = page(site_python).html
    assert f"FILE {site_python.parent.parent}" in told
    assert "YAML False" in told
    assert page(site_python).reasons == ()


def test_nothing_of_our_packages_is_to_be_had_there(page, site_python, monkeypatch):
    ours = Path(sys.modules["pytest"].__file__).parents[1]
    monkeypatch.setenv("PYTHONPATH", str(ours))
    told = page(site_python, extensions=["tells", "pymdownx.tilde"])
    assert f"FILE {site_python.parent.parent}" in told.html
    assert "YAML False" in told.html
    assert [reason for reason in told.reasons if "pymdownx.tilde" in reason]


def test_a_worker_of_another_python_is_replaced(page, site_python):
    texts = [page(interpreter).html for interpreter in ("", site_python, "", site_python)]
    theirs = [f"FILE {site_python.parent.parent}" in text for text in texts]
    assert theirs == [False, True, False, True]


def test_edits_are_rendered_there_and_verified(page, site_python, renderer):
    page(
        site_python,
        "# One\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\ntwo\n\nthree\n",
        extensions=["tables", "toc"],
    )
    renderer.edit(TextEdit(2, 5, "Other"))
    html = renderer.render().html
    assert '<h1 id="other">Other</h1>' in html
    assert "<td>1</td>" in html
    assert renderer.verify() == 0


def test_an_environment_that_is_newer_than_the_lock_is_told(page, site_python):
    versions = {"Markdown": ["3.5", "uv.lock"], "pymdown-extensions": ["10.0", "uv.lock"]}
    (reason,) = page(site_python, versions=versions).reasons
    assert "Markdown 3.99 ≠ 3.5 (uv.lock)" in reason
    assert page(site_python, versions={"Markdown": ["3.99.0", "uv.lock"]}).reasons == ()


def test_the_version_of_an_icon_is_told_where_one_is_used(page):
    emoji = {
        "emoji_index": {"$python": "material.extensions.emoji.twemoji"},
        "emoji_generator": {"$python": "material.extensions.emoji.to_svg"},
    }
    options = {
        "extensions": ["pymdownx.emoji"],
        "extension_configs": {"pymdownx.emoji": emoji},
        "versions": {"mkdocs-material": ["1.0", "requirements.txt"]},
    }
    assert page("", "no icon, :smile:\n", False, **options).reasons == ()
    (reason,) = page("", "an icon, :material-account:\n", False, **options).reasons
    assert "≠ 1.0 (requirements.txt)" in reason


def program(folder, name, text):
    path = folder / name
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)
    return path


@pytest.mark.skipif(os.name != "posix", reason="the programs are scripts of sh")
@pytest.mark.parametrize(
    ("what", "said"),
    [
        ("exit 0", "can't render pages"),
        ("kill -9 $$", "can't render pages"),
        ('echo \'{"answer": "ready"\'', "can't render pages"),
        ("echo 'this Python is too old' >&2; exit 1", "older than 3.9"),
    ],
)
def test_what_can_not_run_the_worker_is_told_and_ours_does(page, tmp_path, what, said):
    (reason,) = (result := page(program(tmp_path, "python", what))).reasons
    assert said in reason
    assert REPLACED in reason
    assert str(tmp_path / "python") in reason
    assert OURS in result.html


@pytest.mark.skipif(os.name != "posix", reason="the program is a script of sh")
def test_a_python_that_says_nothing_is_not_waited_for(page, tmp_path, monkeypatch):
    monkeypatch.setattr("editor.render.worker_process._READY", 0.3)
    (reason,) = page(program(tmp_path, "python", "exec sleep 60")).reasons
    assert REPLACED in reason


def test_a_python_that_is_gone_is_told(page, tmp_path):
    (reason,) = (result := page(tmp_path / "gone")).reasons
    assert "can't render pages" in reason
    assert OURS in result.html


def test_an_environment_without_markdown_is_told(page, tmp_path):
    python = environments.make_environment(tmp_path / "bare")
    (reason,) = (result := page(python)).reasons
    assert "has no Markdown" in reason
    assert OURS in result.html


def test_a_markdown_that_does_not_go_with_its_python_is_told(page, tmp_path):
    python = environments.make_environment(tmp_path / "env", "Markdown")
    core = environments.site_packages(tmp_path / "env") / "markdown" / "core.py"
    core.write_text(core.read_text("utf-8") + "\nMarkdown.convert = None\n", "utf-8")
    (reason,) = page(python).reasons
    assert "can't render pages" in reason


def test_ours_is_used_again_without_a_word_once_the_site_is_not_trusted(page, tmp_path):
    assert page(tmp_path / "gone").reasons
    assert page("").reasons == ()


@pytest.fixture(scope="module")
def python_3_9(tmp_path_factory):
    """Give a Python 3.9 with a Markdown that goes with it."""
    base = environments.python_3_9()
    if base is None:
        pytest.skip("there is no Python 3.9; COPYDESK_TEST_PYTHON39 can name one")
    prefix = tmp_path_factory.mktemp("old") / ".venv"
    environments.run(base, "-m", "venv", "--without-pip", str(prefix))
    if not environments.install(prefix, "Markdown==3.5.2", "importlib-metadata==6.7.0", "zipp==3.15.0"):
        pytest.skip("Markdown for Python 3.9 can't be had from the package index")
    return environments.python_in(prefix)


IMPORTS = """
import importlib, importlib.util, pathlib, sys
folder = pathlib.Path(sys.argv[1])
described = importlib.util.spec_from_file_location("worker_itself", folder / "worker.py")
worker = importlib.util.module_from_spec(described)
described.loader.exec_module(worker)
worker.adopt_neighbours()
for path in folder.glob("*.py"):
    if path.stem not in ("__init__", "worker"):
        importlib.import_module("editor.render.python_markdown." + path.stem)
ours = [name for name in sys.modules if name.startswith("editor.")]
print(len(ours), [name for name in ours if not name.startswith("editor.render")])
"""


def test_every_module_of_the_worker_can_be_had_in_python_3_9(python_3_9):
    done = subprocess.run(
        [python_3_9, "-c", IMPORTS, WORKER.parent], capture_output=True, text=True, check=False, cwd="/"
    )
    assert done.stderr == ""
    count, others = done.stdout.split(" ", 1)
    assert int(count) > 30
    assert others == "[]\n"


def test_python_3_9_renders(page, python_3_9):
    python, prefix = python_3_9, python_3_9.parent.parent
    text = "".join(f"## Part {count}\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n" for count in range(30))
    result = page(python, text)
    assert "PYTHON (3, 9)" in result.html
    assert f"FILE {prefix}" in result.html
    assert result.reasons == ()
    assert result.html.count("<td>1</td>") == 30


def test_the_worker_is_told_of_no_other_packages(monkeypatch, tmp_path):
    for name in ("PYTHONPATH", "PYTHONHOME", "PYTHONSTARTUP"):
        monkeypatch.setenv(name, str(tmp_path))
    assert not {"PYTHONPATH", "PYTHONHOME", "PYTHONSTARTUP"} & set(worker_environment("/a/python"))
    assert "PYTHONPATH" not in worker_environment()


def test_a_sites_python_leaves_nothing_behind_in_its_environment(monkeypatch):
    monkeypatch.delenv("PYTHONDONTWRITEBYTECODE", raising=False)
    assert worker_environment("/a/python")["PYTHONDONTWRITEBYTECODE"] == "1"
    assert "PYTHONDONTWRITEBYTECODE" not in worker_environment()


def test_our_markdown_is_found_where_the_program_is_installed_beside_python(monkeypatch, tmp_path):
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(tmp_path), "relative"]))
    python = environments.make_environment(tmp_path / "env", "Markdown")
    packages = environments.site_packages(python.parent.parent)
    monkeypatch.syspath_prepend(str(packages))
    assert "PYTHONPATH" not in worker_environment()
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(tmp_path), str(packages), "relative"]))
    assert worker_environment()["PYTHONPATH"] == str(packages)


def test_the_verifying_worker_runs_under_it_too(page, site_python, renderer):
    page(site_python, "# One\n\ntwo\n\nthree\n", extensions=["tables", "toc"])
    request = renderer._queue.verify_request()
    assert request["dialect"]["interpreter"] == str(site_python)
    answers = []
    verifier = Verifier(answers.append)
    try:
        verifier.start(request, list(renderer._queue.page.pieces()))
        process = verifier._process
        assert process._interpreter == str(site_python)
        verifier.cancel()
        verifier.start({**request, "dialect": {**request["dialect"], "interpreter": ""}}, [])
        assert verifier._process._interpreter == ""
    finally:
        verifier.close()


def test_killing_it_before_it_is_ready_ends_it(tmp_path):
    if os.name != "posix":
        pytest.skip("the program is a script of sh")
    ended, heard = Event(), []
    python = program(tmp_path, "python", "exec sleep 60")
    process = WorkerProcess(
        lambda _p, answer: heard.append(answer), lambda _p, _r: ended.set(), 0, str(python)
    )
    process.kill()
    assert ended.wait(10)
    assert heard in ([], [{}])
    process.close()
