"""What is about to be committed is checked, and built in a clean folder, with the real generator."""

import subprocess
import threading
from importlib.util import find_spec

import pytest
from PySide6.QtCore import QObject

from editor.git.committing import Pick
from editor.git.repository import Repository
from editor.settings import Settings
from editor.site.find import open_site
from editor.ui.commit import checks as checks_module
from editor.ui.commit.checks import BUILD, PROOF, CommitChecks, Content
from editor.ui.commit.checks_list import BUSY, ERROR, GOOD, NOTE, WARNING

pytestmark = pytest.mark.skipif(find_spec("mkdocs") is None, reason="MkDocs is not installed")

POST = b"# One\n\nWords with a [link](two.md).\n"


class Site:
    """A site of MkDocs in a repository, and what is checked of it."""

    def __init__(self, qtbot, top, *, trusted=True):
        self.qtbot, self.top = qtbot, top
        self.write("mkdocs.yml", b"site_name: Notes\nplugins: []\n")
        self.write("docs/index.md", POST)
        self.write("docs/two.md", b"# Two\n")
        self.git("init", "-q")
        self.git("add", "-A")
        self.git("commit", "-q", "-m", "Start")
        self.site = open_site(top, trust=trusted)
        self.parent = QObject()
        self.checks = CommitChecks(Settings.load().cache_dir, self.parent)
        self.told = {}
        self.checks.changed.connect(lambda checks: self.told.update({check.id: check for check in checks}))

    def git(self, *arguments):
        subprocess.run(["git", *arguments], cwd=self.top, capture_output=True, check=True)

    def write(self, name, data):
        path = self.top / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        return path

    def show(self, **texts):
        """Let pages be committed with these texts."""
        pages = tuple((self.top / f"docs/{name}.md", text.decode()) for name, text in texts.items())
        picks = tuple(Pick(f"docs/{name}.md", text) for name, text in texts.items())
        repository = Repository.find(self.top)
        self.checks.show(Content(self.site, repository, pages, picks))

    def wait_for(self, name, *states):
        self.qtbot.waitUntil(lambda: name in self.told and self.told[name].state in states, timeout=60_000)
        return self.told[name]


@pytest.fixture
def site(qtbot, tmp_path):
    made = Site(qtbot, tmp_path / "site")
    yield made
    made.checks.end()


def test_what_is_picked_is_checked_and_built_and_not_what_is_on_disk(site):
    site.write("docs/two.md", b"# Two\n\n[broken](nowhere.md)\n")
    site.write("docs/index.md", b"# One\n\n[broken](nowhere.md)\n")
    site.write("docs/not-picked.md", b"# Not picked\n\n[broken](nowhere.md)\n")
    site.show(index=POST.replace(b"Words", b"Other words"))
    assert site.wait_for(PROOF, GOOD).words == "Links, pictures, front matter"
    built = site.wait_for(BUILD, GOOD, WARNING, ERROR)
    assert (built.state, built.words) == (GOOD, "mkdocs build")
    assert built.detail.endswith(" s")


def test_the_complaints_of_proof_and_generator_have_their_places(site):
    site.show(index=POST + b"\nAnd [one that is gone](nowhere.md).\n")
    proof = site.wait_for(PROOF, ERROR, WARNING)
    (found,) = [one for one in proof.found if one.line == 5]
    assert found.path == site.top / "docs/index.md"
    built = site.wait_for(BUILD, WARNING)
    assert [one.path for one in built.found] == [site.top / "docs/index.md"]
    assert "nowhere.md" in built.found[0].message


def test_what_renders_pages_is_ended_once_the_check_that_asks_it_is_done(site, monkeypatch):
    begun, go, done = threading.Event(), threading.Event(), []

    def check(*_given):
        begun.set()
        assert go.wait(60)
        done.append("check")
        return []

    monkeypatch.setattr(checks_module, "check_contents", check)
    monkeypatch.setattr(site.checks._pages, "rest", lambda: done.append("rest"))
    site.show(index=POST.replace(b"Words", b"Other words"))
    site.qtbot.waitUntil(begun.is_set)
    site.checks.rest()
    queued = threading.Event()
    site.checks._proof_tasks.run(queued.set, lambda _nothing: None)  # behind it, or beside the check
    assert not queued.wait(0.2)
    go.set()
    site.qtbot.waitUntil(lambda: len(done) == 2)
    assert done == ["check", "rest"]


def test_a_build_that_fails_says_why(site):
    repository = Repository.find(site.top)
    picks = (Pick("mkdocs.yml", b"site_name: Notes\ntheme: no-such-theme\n"),)
    site.checks.show(Content(site.site, repository, (), picks))
    built = site.wait_for(BUILD, ERROR)
    assert built.detail == "failed"
    assert any("no-such-theme" in one.message for one in built.found)


def test_a_site_that_is_not_trusted_is_not_built(qtbot, tmp_path):
    site = Site(qtbot, tmp_path / "site", trusted=False)
    site.show(index=POST.replace(b"Words", b"Other words"))
    site.wait_for(PROOF, GOOD)
    built = site.told[BUILD]
    assert (built.state, built.detail, built.action) == (NOTE, "not trusted", "Trust…")
    site.checks.build_now()
    assert site.told[BUILD] == built
    site.checks.end()


def test_a_build_can_be_cancelled(site):
    site.write("slow.py", b"import time\ndef on_pre_build(config):\n    time.sleep(60)\n")
    repository = Repository.find(site.top)
    config = b"site_name: Notes\nplugins: []\nhooks: [slow.py]\n"
    picks = (Pick("mkdocs.yml", config), Pick("slow.py"))
    site.checks.show(Content(site.site, repository, (), picks))
    busy = site.wait_for(BUILD, BUSY)
    assert busy.action == "Cancel"
    site.checks.cancel()
    assert site.wait_for(BUILD, NOTE).detail == "cancelled"


def test_what_is_found_in_an_earlier_text_is_dropped(site):
    site.show(index=POST + b"\n[gone](nowhere.md)\n")
    site.show(index=POST.replace(b"Words", b"Other words"))
    site.wait_for(PROOF, GOOD)
    site.wait_for(BUILD, GOOD)
    assert site.told[PROOF].found == ()


def test_the_repository_is_as_it_was_after_a_build(site):
    def state():
        listed = sorted(path for path in site.top.rglob("*") if path.is_file())
        return {path: path.read_bytes() for path in listed}

    before = state()
    site.show(index=POST.replace(b"Words", b"Other words"))
    site.wait_for(BUILD, GOOD)
    assert state() == before
