"""A site that nobody has trusted runs nothing and reads nothing outside of itself, and can be written all the same."""

import json
import os
import subprocess
import sys

import pytest

from editor import cli
from editor.settings import Settings
from editor.ui.dialogs.trust import TrustQuestion
from tests.conftest import ROOT
from tests.end_to_end.hostile_sites import SECRET, SITES, hostile_environment, make

pytestmark = pytest.mark.skipif(
    os.name != "posix", reason="the sites hold programs of sh, and symbolic links"
)


@pytest.fixture
def site(request, tmp_path, monkeypatch):
    """Give the folder of a hostile site, which is the current one, in a shell that was led into it."""
    root = make(SITES[request.param], tmp_path)
    for name, value in hostile_environment(root).items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(root)
    yield root
    assert not (tmp_path / "mark").exists()


def hostile(*names):
    """Give the test each of these sites, by its folder, and what is expected of it."""
    names = names or tuple(SITES)
    return pytest.mark.parametrize(
        ("site", "told"), [(name, SITES[name]) for name in names], indirect=["site"], ids=names
    )


@hostile()
def test_the_commands_run_nothing_of_it_and_read_nothing_outside(site, told, capsys):
    for command in (["info", "--json"], ["posts", "--json"], ["check", told.post], ["meta", told.post]):
        cli.run(command)
        out, err = capsys.readouterr()
        assert SECRET not in out + err
        if command[0] == "posts":
            assert [post["path"] for post in json.loads(out)] == [told.post]
    for replay in ([], ["--replay", "5"]):
        assert cli.run(["render", "--json", *replay, told.post]) == 0
        out, err = capsys.readouterr()
        assert SECRET not in out + err
        (page,) = json.loads(out)
        assert ">Hello" in page["html"]
        for name in told.reasons:
            assert any(name in reason for reason in page["reasons"]), name
        assert page["exact"] is (not page["reasons"])


@hostile("environment", "extensions")
def test_neither_does_the_program_started_in_it(site, told):
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    for command in (["info"], ["render", told.post]):
        done = subprocess.run(
            [sys.executable, "-m", "editor", *command],
            cwd=site,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert (done.returncode, done.stderr) == (0, "")
    assert ">Hello" in done.stdout


@hostile("pelicanconf.py", "tags of YAML", "extensions", "snippets", "environment", "eleventy.config.js")
def test_neither_does_the_window(site, told, window):
    shown = window({})
    preview = shown.window.preview
    with shown.qtbot.waitSignal(preview.settled, timeout=30_000):
        shown.parts.workspace.open_path(site / told.post)
    client = shown.parts.client
    shown.qtbot.waitUntil(lambda: not client.busy and "Hello" in client.page.html(), timeout=20_000)
    assert SECRET not in client.page.html()
    badge = shown.window.preview_pane.badge
    shown.qtbot.waitUntil(lambda: bool(badge.words), timeout=10_000)
    listed = [badge.card.list.item(row).text() for row in range(badge.card.list.count())]
    for name in told.reasons:
        assert any(name in reason for reason in listed), name
    assert not shown.parts.workspace.site.trusted
    for question in shown.window.findChildren(TrustQuestion):
        question.reject()
    shown.qtbot.waitUntil(lambda: not shown.window.findChildren(TrustQuestion), timeout=10_000)
    assert not Settings.load().trusted_sites
