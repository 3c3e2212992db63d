"""`copydesk check` beyond front matter: the body with its published page, hooks, many files, the web."""

import json
import os
import signal
import subprocess
import sys
import time
from importlib.util import find_spec
from pathlib import Path

import pytest
import yaml

from editor.cli import checker, run
from editor.cli.check_formats import table
from editor.cli.checker import Checker
from editor.cli.side_by_side import side_by_side
from editor.errors import CopydeskError, RenderTimeout
from editor.proof.rules import all_rules
from editor.render.process import BlockingRenderer
from editor.render.queue import TimeLimit
from tests.conftest import ROOT
from tests.proof.test_external_links import Web

POST = "---\ndate: 2024-01-31\n---\n\n# A heading\n\n{}\n"


@pytest.fixture
def blog(site_copy, monkeypatch) -> Path:
    """Give a blog without a fault, in which the tests run."""
    site = site_copy("small-blog")
    monkeypatch.chdir(site)
    return site


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())
    return path


def codes(output: str) -> list[str]:
    return [line.rpartition("[")[2].rstrip("]") for line in output.splitlines()]


def environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT)}


def test_the_body_is_checked_as_its_page_is_published(blog, capsys):
    """The anchors are those that the generator makes of the headings, of this post and of another one."""
    write(
        blog / "docs/posts/a.md",
        POST.format("[1](#a-heading) [2](#a-heading_1) [3](second.md#gone) [4](x.md)"),
    )
    run(["check", "docs/posts/a.md"])
    lines = capsys.readouterr().out.splitlines()
    assert [line.split(":")[2] for line in lines] == ["21", "39", "59"]
    assert codes("\n".join(lines)) == ["broken-anchor", "broken-anchor", "broken-link"]


def test_the_rules_are_listed(capsys):
    assert run(["check", "--rules"]) == 0
    lines = capsys.readouterr().out.splitlines()
    listed = [line.split()[0] for line in lines]
    assert listed == [
        *(rule.code for rule in all_rules()),
        "broken-web-link",
        "moved-web-link",
        "unanswered-web-link",
    ]
    assert len(set(listed)) == len(listed)
    assert run(["check", "--rules", "--format", "json"]) == 0
    assert [rule["code"] for rule in json.loads(capsys.readouterr().out)] == listed
    assert table(all_rules())[0].split("  ")[-1] == all_rules()[0].says


def test_files_are_given_from_the_folder_that_git_starts_a_hook_in(blog, capsys, monkeypatch):
    """Git sets variables that lead to the repository; a site may be a folder of it."""
    top = blog.parent / "top"
    top.mkdir()
    blog.rename(top / "site")
    write(top / "site/docs/posts/bad.md", POST.format("[x](gone.md)"))
    monkeypatch.chdir(top)
    for name, value in (("GIT_DIR", ".git"), ("GIT_INDEX_FILE", ".git/index"), ("GIT_PREFIX", "")):
        monkeypatch.setenv(name, value)
    run(["check", "site/docs/posts/bad.md"])
    assert capsys.readouterr().out.startswith("docs/posts/bad.md:7:")


def test_only_what_is_given_is_rendered(blog):
    for number in range(5):
        write(blog / f"docs/posts/p{number}.md", POST.format("[x](#a-heading)"))
    with Checker(None) as checks:
        checks.check(checker.Given(Path("docs/posts/p3.md"), Path("docs/posts/p3.md")), all_rules())
        assert checks._renderer.count == 1


@pytest.mark.parametrize("processes", [1, 2, 3])
def test_side_by_side_it_is_the_same_in_the_same_order(processes):
    things = list(range(23))
    assert list(side_by_side(lambda thing: thing * thing, things, processes)) == [n * n for n in things]


def test_a_process_that_goes_is_told(capsys):
    def work(thing: int) -> int:
        if thing == 7:
            os._exit(9)
        return thing

    with pytest.raises(CopydeskError, match="ended unexpectedly"):
        list(side_by_side(work, list(range(20)), 2))


def test_many_files_are_checked_as_few_are(blog, capsys, monkeypatch):
    for number in range(12):
        write(
            blog / f"docs/posts/p{number}.md", POST.format(f"[x](#a-heading) [y](#no-{number}) [z](gone.md)")
        )
    run(["check"])
    alone = capsys.readouterr()
    monkeypatch.setattr("editor.cli.check.processes_for", lambda _count, _each: 2)
    run(["check"])
    together = capsys.readouterr()
    assert together == alone
    assert codes(alone.out).count("broken-link") == 12
    assert codes(alone.out).count("broken-anchor") == 12


def test_a_page_that_takes_too_long_is_a_sentence_and_the_others_go_on(blog, capsys, monkeypatch):
    write(blog / "docs/posts/slow.md", POST.format("[x](#gone)"))
    write(blog / "docs/posts/fine.md", POST.format("[x](#gone)"))
    render = BlockingRenderer.render

    def hang(self: BlockingRenderer):
        if "slow.md" in self._queue._context.path:
            raise RenderTimeout("Rendering took more than 10 s and was stopped.")
        return render(self)

    monkeypatch.setattr(BlockingRenderer, "render", hang)
    assert run(["check", "docs/posts/slow.md", "docs/posts/fine.md"]) == 1
    captured = capsys.readouterr()
    assert captured.err == (
        "docs/posts/slow.md:1:1: Its page could not be looked at: "
        "Rendering took more than 10 s and was stopped.\n"
    )
    anchors = [line for line in captured.out.splitlines() if "[broken-anchor]" in line]
    assert [line.split(":")[0] for line in anchors] == ["docs/posts/fine.md"]


def test_what_waits_for_a_page_can_be_ended_from_elsewhere(tmp_path):
    """As it is where a window closes: nobody waits for the time limit."""
    import threading

    from editor.render.protocol import Dialect, PageContext

    with BlockingRenderer(TimeLimit(base=60.0)) as renderer:
        renderer.open("words\n", Dialect("python-markdown"), PageContext(str(tmp_path), "a.md"))
        renderer.render()
        renderer.open(
            "*" * 3000 + "\n" + "a_" * 60_000, Dialect("python-markdown"), PageContext(str(tmp_path), "b.md")
        )
        threading.Timer(0.05, renderer.abort).start()
        begun = time.monotonic()
        try:
            renderer.render()
        except CopydeskError as error:
            assert "ended unexpectedly" in error.message
        assert time.monotonic() - begun < 30
        renderer.open("words\n", Dialect("python-markdown"), PageContext(str(tmp_path), "a.md"))
        with pytest.raises(CopydeskError):
            renderer.render()


@pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX")
def test_ctrl_c_ends_it_at_once_without_a_traceback(blog):
    for number in range(300):
        write(blog / f"docs/posts/p{number}.md", POST.format("[x](#a-heading) [y](#gone)\n\n" * 20))
    process = subprocess.Popen(
        [sys.executable, "-m", "editor", "check"],
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    assert process.stdout is not None
    process.stdout.readline()  # it is in the midst of it
    begun = time.monotonic()
    os.killpg(process.pid, signal.SIGINT)
    _out, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert err == b""
    assert time.monotonic() - begun < 15


def test_a_rule_that_can_t_bear_a_post_is_a_sentence(blog, capsys, monkeypatch):
    def stumble(*_arguments):
        raise ZeroDivisionError("by zero")

    monkeypatch.setattr(checker, "check_content", stumble)
    assert run(["check", "docs/posts/first.md"]) == 1
    assert capsys.readouterr().err == (
        "docs/posts/first.md:1:1: The file can't be checked: ZeroDivisionError: by zero\n"
    )


# The web, which is a server on this machine here


@pytest.fixture
def web():
    server = Web()
    yield server
    server.close()


def test_the_web_is_asked_on_request_alone(blog, capsys, web):
    gone, moved, there = web.at("/status/404"), web.at("/to/301/new"), web.at("/ok")
    body = f"[a]({gone}) [b]({there}#x) <{moved}>\n\n[c][r] [d][r]\n\n[r]: {gone}\n\n`{web.at('/code')}`"
    write(blog / "docs/posts/links.md", POST.format(body))
    run(["check", "docs/posts/links.md"])
    without = capsys.readouterr().out.splitlines()
    assert web.asked == []
    run(["check", "docs/posts/links.md", "--external"])
    lines = [line for line in capsys.readouterr().out.splitlines() if line not in without]
    assert codes("\n".join(lines)) == ["broken-web-link", "moved-web-link", "broken-web-link"]
    assert [line.split(":")[1] for line in lines] == ["7", "7", "11"]
    assert {path for _method, path in web.asked} == {"/status/404", "/to/301/new", "/new", "/ok"}


def test_what_the_web_says_is_weighed_as_the_site_says(blog, capsys, web):
    write(blog / "copydesk.toml", '[check.severity]\nbroken-web-link = "error"\n')
    write(blog / "docs/posts/links.md", POST.format(f"[a]({web.at('/status/410')})"))
    assert run(["check", "docs/posts/links.md"]) == 0
    assert run(["check", "docs/posts/links.md", "--external"]) == 1
    assert ": error: " in capsys.readouterr().out


# Hooks


def hooks() -> dict[str, dict[str, object]]:
    listed = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    return {hook["id"]: hook for hook in listed}


def test_the_hooks_are_what_pre_commit_wants():
    """https://pre-commit.com/#new-hooks"""
    assert set(hooks()) == {"copydesk-check", "copydesk-check-system"}
    for hook in hooks().values():
        assert {"id", "name", "entry", "language"} <= set(hook)
        assert hook["entry"] == "copydesk check"
        assert hook["require_serial"] is True
        assert "markdown" in hook["types_or"]
    assert [hook["language"] for hook in hooks().values()] == ["python", "system"]


@pytest.mark.skipif(find_spec("pre_commit") is None, reason="pre-commit is not installed")
def test_a_site_that_uses_the_hook(blog, tmp_path):
    commands = tmp_path / "bin"
    write(commands / "copydesk", f'#!/bin/sh\nPYTHONPATH="{ROOT}" exec "{sys.executable}" -m editor "$@"\n')
    (commands / "copydesk").chmod(0o755)
    hook_repository = tmp_path / "hooks"
    write(hook_repository / ".pre-commit-hooks.yaml", (ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    around = {
        **os.environ,
        "PATH": os.pathsep.join([str(commands), os.environ["PATH"]]),
        "PRE_COMMIT_HOME": str(tmp_path / "pre-commit"),
        "GIT_CONFIG_COUNT": "1",
        "GIT_CONFIG_KEY_0": "safe.directory",
        "GIT_CONFIG_VALUE_0": "*",
    }

    def do(*command: str, folder: Path = blog) -> subprocess.CompletedProcess[str]:
        return subprocess.run(command, cwd=folder, env=around, capture_output=True, text=True, check=False)

    for step in (("init", "-q"), ("add", "-A"), ("commit", "-qm", "hooks")):
        assert do("git", *step, folder=hook_repository).returncode == 0
    revision = do("git", "rev-parse", "HEAD", folder=hook_repository).stdout.strip()
    write(
        blog / ".pre-commit-config.yaml",
        f"repos:\n  - repo: file://{hook_repository}\n    rev: {revision}\n"
        "    hooks:\n      - id: copydesk-check-system\n",
    )
    assert do("git", "init", "-q").returncode == 0
    assert do(sys.executable, "-m", "pre_commit", "install").returncode == 0
    do("git", "add", "-A")
    fine = do("git", "commit", "-m", "fine")
    assert fine.returncode == 0, fine.stderr
    bad = write(blog / "docs/posts/a bad “one”.md", "---\ntitle: 12:30\ndate: '2024-01-31'\n---\n\nWords.\n")
    do("git", "add", "-A")
    refused = do("git", "commit", "-m", "bad")
    assert refused.returncode == 1
    assert "docs/posts/a bad “one”.md:2:8: error: " in refused.stderr + refused.stdout
    write(bad, POST.format("Words."))
    do("git", "add", "-A")
    assert do("git", "commit", "-m", "mended").returncode == 0
