"""Git where it may take long: what it prints is heard as it comes, and nothing that it starts holds us up."""

import os
import threading
import time

import pytest

from editor.errors import GitError
from editor.git import command, running
from editor.git.command import person_environment
from editor.git.running import Ended, run_aloud
from tests.git.conftest import has_ended


def run(repo, script: str, said=lambda _line: None, cancelled=lambda: False) -> Ended:
    """Have git run a script of the shell, as it does with a hook."""
    arguments = ["-c", f"alias.script=!{script}", "script"]
    return run_aloud(arguments, repo.top, {**os.environ, **person_environment()}, said, cancelled)


def test_lines_without_colours_and_each_state_of_progress(repo):
    heard: list[str] = []
    script = (
        r"printf 'a\r\n\033[1mb\033[m\n10%%\r'; printf '50%%\r\n'; printf '\303\251\377\n\nlast' >&2; exit 3"
    )
    ended = run(repo, script, heard.append)
    assert ended.status == 3
    assert heard == ["a", "b", "10%", "50%", "é\ufffd", "", "last"]
    assert ended.output == "a\nb\n50%\né\ufffd\n\nlast"


def test_a_line_is_heard_while_git_still_runs(repo):
    heard: list[str] = []

    def answer(line: str) -> None:
        heard.append(line)
        repo.write("answer", "")

    assert run(repo, "echo question; until [ -e answer ]; do sleep 0.02; done; echo done", answer).status == 0
    assert heard == ["question", "done"]


def test_what_stays_in_the_background_is_not_waited_for(repo):
    """As an agent, or a connection that ssh keeps for the next time."""
    start = time.monotonic()
    ended = run(repo, "(sleep 8; echo late) & echo started")
    assert ended == Ended(0, "started")
    assert time.monotonic() - start < 6


def test_a_listener_that_fails_stops_nothing(repo, log):
    log.expect("could not be shown")

    def fail(_line: str) -> None:
        raise RuntimeError("gone")

    ended = run(repo, "for n in $(seq 20000); do echo line $n; done", fail)
    assert ended.status == 0
    assert ended.output.endswith("line 20000")


def test_a_program_that_will_not_end_is_ended(repo, monkeypatch):
    monkeypatch.setattr(running, "_GRACE_SECONDS", 0.3)
    ready = threading.Event()
    start = time.monotonic()
    ended = run(repo, "trap '' INT TERM; echo ready; sleep 300", lambda _line: ready.set(), ready.is_set)
    assert ended == Ended(None, "ready")
    assert time.monotonic() - start < 20


def test_a_program_may_clean_up_when_it_is_cancelled(repo):
    ready = threading.Event()
    script = "trap 'echo clean > cleaned; kill $!; exit 1' INT; sleep 300 & echo ready; wait"
    run(repo, script, lambda _line: ready.set(), ready.is_set)
    assert repo.read("cleaned") == b"clean\n"


def test_the_environment_is_the_person_s_and_git_speaks_english(repo, monkeypatch):
    monkeypatch.setenv("LC_ALL", "de_DE.UTF-8")
    monkeypatch.setenv("GIT_DIR", "/nowhere")
    monkeypatch.setenv("SSH_ASKPASS", "ask")
    monkeypatch.setenv("GIT_SSH_COMMAND", "ssh -v")
    found = person_environment()
    assert "GIT_DIR" not in found
    assert (found["LC_ALL"], found["SSH_ASKPASS"], found["GIT_SSH_COMMAND"]) == (
        "de_DE.UTF-8",
        "ask",
        "ssh -v",
    )
    assert (found["LANGUAGE"], found["GIT_TERMINAL_PROMPT"]) == ("en", "0")


def test_a_line_without_an_end_is_heard_in_pieces(repo):
    heard: list[str] = []
    begun = time.monotonic()
    ended = run(repo, r"head -c 20000000 /dev/zero | tr '\0' a", heard.append)
    assert time.monotonic() - begun < 20  # each piece anew from the beginning takes minutes
    assert sum(map(len, heard)) == 20_000_000
    assert max(map(len, heard)) == 10_000
    assert 190_000 <= len(ended.output) <= 200_000
    assert ended.output.endswith("aaaa")


def test_of_very_much_output_the_end_is_kept(repo):
    ended = run(repo, "seq 1 60000")
    assert ended.output.endswith("59999\n60000")
    assert 190_000 <= len(ended.output) <= 200_000


def test_what_git_has_started_ends_with_it(repo, tmp_path):
    started = tmp_path / "started"
    filtering = f"echo $$ > '{started}'; exec sleep 60"
    repo.git("config", "filter.slow.clean", filtering)
    repo.write(".gitattributes", "*.md filter=slow\n")
    repo.write("a.md", "changed\n")
    with pytest.raises(GitError, match="did not answer"):
        command.run(["status"], repo.top, seconds=2)
    process = int(started.read_text())
    until = time.monotonic() + 10
    while not has_ended(process):
        assert time.monotonic() < until, "the filter still runs"
        threading.Event().wait(0.02)
