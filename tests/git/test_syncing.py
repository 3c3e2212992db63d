"""Push and pull with real remotes: folders of this machine, and servers that refuse."""

import http.server
import socket
import threading

import pytest

from editor.git.syncing import SyncRefused, pull, push


@pytest.fixture
def remote(repo, new_repo):
    """A bare repository that `repo` knows as origin, and follows."""
    made = new_repo("remote", init=False)
    made.git("init", "-q", "--bare", "-b", "main")
    repo.git("remote", "add", "origin", str(made.top))
    repo.git("push", "-q", "-u", "origin", "main")
    return made


@pytest.fixture
def other(remote, new_repo):
    """Another clone of it."""
    made = new_repo("other", init=False)
    made.git("clone", "-q", str(remote.top), ".")
    made.git("config", "user.name", "Grace")
    made.git("config", "user.email", "grace@example.org")
    return made


def refused(function, repo, **options) -> SyncRefused:
    with pytest.raises(SyncRefused) as caught:
        function(repo.repository, **options)
    assert "\n" not in caught.value.message
    return caught.value


def test_push_and_pull(repo, remote, other):
    head = repo.commit("Here", a_md="here\n")
    state = repo.repository.state()
    assert (state.upstream, state.ahead, state.behind, state.head_pushed) == ("origin/main", 1, 0, False)
    heard: list[str] = []
    output = push(repo.repository, heard.append)
    assert remote.said("rev-parse", "main") == head
    assert any("main -> main" in line for line in heard) and "main -> main" in output
    assert repo.repository.state().head_pushed
    other.write("b.md", "not committed\n")
    heard.clear()
    pull(other.repository, heard.append)
    assert other.said("rev-parse", "HEAD") == head
    assert other.status() == [" M b.md"]
    assert any("Fast-forward" in line for line in heard)
    assert "up to date" in pull(other.repository)


def test_commits_on_both_sides(repo, remote, other):
    other.commit("There", b_md="there\n")
    push(other.repository)
    there = other.said("rev-parse", "HEAD")
    here = repo.commit("Here", a_md="here\n")
    error = refused(push, repo)
    assert (error.reason, error.message) == (
        "rejected",
        "origin has commits that are not here: pull first, then push",
    )
    error = refused(pull, repo)
    assert error.reason == "diverged"
    assert "git pull --rebase" in error.message
    assert repo.said("rev-parse", "HEAD") == here
    assert remote.said("rev-parse", "main") == there
    state = repo.repository.state()
    assert (state.ahead, state.behind) == (1, 1)
    assert refused(push, repo).reason == "rejected"


def test_commits_on_both_sides_are_joined_where_it_is_asked_for(repo, remote, other):
    other.commit("There", b_md="there\n")
    push(other.repository)
    there = other.said("rev-parse", "HEAD")
    here = repo.commit("Here", a_md="here\n")
    repo.write("a.md", "not committed\n")
    assert refused(pull, repo, joins=True).reason == "unclean"
    assert repo.said("rev-parse", "HEAD") == here
    repo.git("checkout", "-q", "a.md")
    repo.write("new.md", "not tracked\n")
    pull(repo.repository, joins=True)
    assert repo.said("log", "-1", "--format=%P") == f"{here} {there}"
    assert (repo.read("a.md"), repo.read("b.md"), repo.read("new.md")) == (
        b"here\n",
        b"there\n",
        b"not tracked\n",
    )
    push(repo.repository)
    assert remote.said("rev-parse", "main") == repo.said("rev-parse", "HEAD")


def test_joining_leaves_a_merge_where_the_same_lines_were_changed(repo, remote, other):
    other.commit("There", a_md="there\n")
    push(other.repository)
    here = repo.commit("Here", a_md="here\n")
    error = refused(pull, repo, joins=True)
    assert error.reason == "conflicts"
    assert "settle them" in error.message
    state = repo.repository.state()
    assert (state.operation, state.conflicts, state.head) == ("merge", 1, here)


@pytest.mark.parametrize(
    "setting",
    [
        ("pull.rebase", "true"),
        ("pull.ff", "false"),
        ("remote.origin.push", "+refs/heads/*:refs/heads/*"),
        ("push.default", "matching"),
        ("rebase.autoStash", "true"),
    ],
)
def test_no_configuration_makes_it_force_rebase_or_merge(repo, remote, other, setting):
    other.commit("There", b_md="there\n")
    push(other.repository)
    repo.commit("Here", a_md="here\n")
    repo.git("branch", "private")
    repo.git("config", *setting)
    heads = repo.said("rev-parse", "HEAD"), remote.said("for-each-ref")
    assert refused(push, repo).reason == "rejected"
    assert refused(pull, repo).reason == "diverged"
    assert heads == (repo.said("rev-parse", "HEAD"), remote.said("for-each-ref"))


@pytest.mark.parametrize("setting", [("merge.autoStash", "true"), ("rebase.autoStash", "false")])
def test_changed_files_in_the_way_of_a_pull(repo, other, setting):
    other.commit("There", a_md="there\n", c_md="c\n")
    push(other.repository)
    repo.git("config", *setting)
    head = repo.said("rev-parse", "HEAD")
    repo.write("a.md", "mine\n")
    error = refused(pull, repo)
    assert error.reason == "overwrite"
    assert error.message == "The pull would overwrite what is changed here: commit or discard a.md first"
    assert repo.read("a.md") == b"mine\n"
    repo.git("checkout", "a.md")
    repo.write("c.md", "untracked\n")
    assert "c.md" in refused(pull, repo).message
    assert repo.read("c.md") == b"untracked\n"
    assert repo.said("rev-parse", "HEAD") == head


def test_a_branch_that_follows_nothing(repo, remote):
    repo.git("checkout", "-q", "-b", "draft/über")
    repo.commit("Draft", c_md="c\n")
    assert repo.repository.state().upstream == ""
    error = refused(push, repo)
    assert error.reason == "no-upstream"
    assert "draft/über" in error.message and "origin" in error.message
    assert refused(pull, repo).reason == "no-upstream"
    push(repo.repository, set_upstream="origin")
    assert repo.repository.state().upstream == "origin/draft/über"
    assert remote.said("rev-parse", "draft/über") == repo.said("rev-parse", "HEAD")
    assert refused(push, repo, set_upstream="nowhere").reason == "no-remote"


def test_an_upstream_of_another_name(repo, remote):
    repo.git("checkout", "-q", "-b", "local", "--track", "origin/main")
    was = remote.said("rev-parse", "main")
    head = repo.commit("Local", c_md="c\n")
    error = refused(push, repo)
    assert error.reason == "other-name"
    assert "local" in error.message and "push origin HEAD:main" in error.message
    assert remote.said("rev-parse", "main") == was
    repo.git("config", "push.default", "upstream")
    push(repo.repository)
    assert remote.said("rev-parse", "main") == head
    assert remote.said("branch", "--list", "local") == ""
    repo.git("config", "push.default", "current")
    push(repo.repository)
    assert remote.said("rev-parse", "local") == head


def test_pushing_to_another_remote_than_one_fetches_from(repo, remote, new_repo):
    fork = new_repo("fork", init=False)
    fork.git("init", "-q", "--bare")
    repo.git("remote", "add", "fork", str(fork.top))
    repo.git("config", "remote.pushDefault", "fork")
    was = remote.said("rev-parse", "main")
    head = repo.commit("Here", c_md="c\n")
    push(repo.repository)
    assert (fork.said("rev-parse", "main"), remote.said("rev-parse", "main")) == (head, was)


def test_an_upstream_that_is_gone(repo, remote):
    repo.git("checkout", "-q", "-b", "gone")
    push(repo.repository, set_upstream="origin")
    remote.git("branch", "-D", "gone")
    repo.git("fetch", "-q", "--prune")
    state = repo.repository.state()
    assert state.upstream == "origin/gone" and state.upstream_gone
    assert refused(pull, repo).message
    push(repo.repository)
    assert remote.said("branch", "--list", "gone")


def test_no_remote_no_commit_no_branch(repo, new_repo):
    assert refused(push, repo).reason == "no-remote"
    assert "git remote add" in refused(pull, repo).message
    repo.git("remote", "add", "origin", "/nowhere")
    repo.git("checkout", "-q", "--detach")
    assert refused(push, repo).reason == "detached"
    assert refused(pull, repo).reason == "detached"
    fresh = new_repo("fresh")
    fresh.git("remote", "add", "origin", "/nowhere")
    assert refused(push, fresh).reason == "unborn"


def test_a_merge_under_way(repo, remote, other):
    repo.git("checkout", "-q", "-b", "side")
    repo.commit("Side", a_md="side\n")
    repo.git("checkout", "-q", "main")
    repo.commit("Main", a_md="main\n")
    repo.git("merge", "side", fails=True)
    assert refused(pull, repo).reason == "under-way"


@pytest.mark.parametrize(("hook", "side"), [("pre-push", "here"), ("pre-receive", "there")])
def test_a_hook_that_refuses_a_push(repo, remote, hook, side):
    if side == "here":
        repo.hook(hook, "echo tests fail; exit 1")
    else:
        remote.write(f"hooks/{hook}", "#!/bin/sh\necho no entry; exit 1\n").chmod(0o755)
    head = remote.said("rev-parse", "main")
    repo.commit("Here", c_md="c\n")
    error = refused(push, repo)
    assert error.reason == "hook"
    assert ("tests fail" if side == "here" else "no entry") in error.output
    assert remote.said("rev-parse", "main") == head


def test_a_remote_that_is_not_there(repo, remote):
    repo.git("remote", "set-url", "origin", str(remote.top / "moved"))
    assert "no such repository" in refused(push, repo).message


class Forbidden(http.server.BaseHTTPRequestHandler):
    asked: list[str | None] = []  # noqa: RUF012

    def do_GET(self) -> None:
        self.asked.append(self.headers.get("Authorization"))
        self.send_response(401)
        self.send_header("WWW-Authenticate", 'Basic realm="git"')
        self.end_headers()

    def log_message(self, format, *arguments) -> None:  # noqa: A002
        pass


@pytest.fixture
def server():
    Forbidden.asked.clear()
    made = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Forbidden)
    thread = threading.Thread(target=made.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{made.server_port}/site.git"
    made.shutdown()
    thread.join()
    made.server_close()


def test_a_server_that_asks_who_one_is(repo, remote, server, monkeypatch):
    """Nobody is asked in a terminal; a credential helper and an askpass of the person's are."""
    monkeypatch.delenv("SSH_ASKPASS", raising=False)
    repo.git("remote", "set-url", "origin", server)
    error = refused(push, repo)
    assert error.reason == "authentication"
    assert "origin did not accept who you are" in error.message
    assert refused(pull, repo).reason == "authentication"
    assert set(Forbidden.asked) == {None}

    helper = repo.write(".git/helper", "#!/bin/sh\n[ $1 = get ] && echo username=ada && echo password=pass\n")
    helper.chmod(0o755)
    repo.git("config", "credential.helper", str(helper))
    assert refused(push, repo).reason == "authentication"
    assert any(Forbidden.asked)

    Forbidden.asked.clear()
    repo.git("config", "--unset", "credential.helper")
    askpass = repo.write(".git/askpass", '#!/bin/sh\necho "$1" >> .git/questions; echo word\n')
    askpass.chmod(0o755)
    monkeypatch.setenv("GIT_ASKPASS", str(askpass))
    assert refused(push, repo).reason == "authentication"
    assert any(Forbidden.asked)
    assert b"Username" in repo.read(".git/questions")


def test_no_network(repo, remote):
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        repo.git("remote", "set-url", "origin", f"http://127.0.0.1:{closed.getsockname()[1]}/site.git")
        for function in (push, pull):
            error = refused(function, repo)
            assert error.reason == "network"
            assert "can't be reached" in error.message


NOT_READ = "\nfatal: Could not read from remote repository."
SAID = {
    "network": [
        "fatal: unable to access 'https://example.org/x.git/': Could not resolve host: example.org",
        "ssh: Could not resolve hostname example.org: Temporary failure in name resolution" + NOT_READ,
        "ssh: connect to host example.org port 22: Connection timed out" + NOT_READ,
        "ssh: connect to host example.org port 22: Network is unreachable" + NOT_READ,
    ],
    "authentication": [
        "git@example.org: Permission denied (publickey)." + NOT_READ,
        "remote: Invalid username or password.\nfatal: Authentication failed for 'https://example.org/x.git/'",
        "fatal: could not read Username for 'https://example.org': terminal prompts disabled",
        "Host key verification failed." + NOT_READ,
        "remote: Permission to a.git denied to c.\nfatal: unable to access 'x': The requested URL returned error: 403",
    ],
}


@pytest.mark.parametrize(
    ("reason", "words"), [(reason, words) for reason, all_ in SAID.items() for words in all_]
)
def test_what_ssh_and_servers_say(repo, remote, reason, words):
    """A program in the place of ssh says what real ones do."""
    ssh = repo.write(".git/ssh", f"#!/bin/sh\ncat >&2 <<'END'\n{words}\nEND\nexit 128\n")
    ssh.chmod(0o755)
    repo.git("config", "core.sshCommand", str(ssh))
    repo.git("remote", "set-url", "origin", "git@example.org:x.git")
    assert refused(push, repo).reason == reason


def test_cancelling_a_push(repo, remote):
    repo.hook("pre-push", "echo waiting; sleep 300")
    repo.commit("Here", c_md="c\n")
    head = remote.said("rev-parse", "main")
    waiting = threading.Event()
    error = refused(
        push, repo, said=lambda line: waiting.set() if line == "waiting" else None, cancelled=waiting.is_set
    )
    assert error.reason == "cancelled"
    assert remote.said("rev-parse", "main") == head
    (repo.top / ".git/hooks/pre-push").unlink()
    push(repo.repository)
