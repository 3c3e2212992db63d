"""`copydesk trust`: its words and exits are a contract."""

import json

import pytest

from editor.cli import run
from editor.settings import Settings
from tests import environments


@pytest.fixture
def site(tmp_path):
    """A site with an extension of its own, which says that it ran."""
    root = tmp_path / "site"
    (root / "docs").mkdir(parents=True)
    (root / "mkdocs.yml").write_text(
        "site_name: Own\nhooks: [hook.py]\nplugins: [search, macros]\nmarkdown_extensions:\n  - own\n"
        "  - toc:\n      slugify: !!python/name:own.slug\n"
    )
    (root / "own.py").write_text(
        "from markdown.extensions.toc import TocExtension\n"
        "def slug(text, separator): return 'ran'\n"
        "def makeExtension(**options): return TocExtension(permalink='the code of the site')\n"
    )
    (root / "docs" / "a.md").write_text("# A\n")
    return root


def rendered(site, capsys):
    run(["render", "--json", str(site / "docs/a.md")])
    return json.loads(capsys.readouterr().out)[0]


def test_a_trusted_site_runs_its_code_and_a_revoked_one_no_longer(site, capsys):
    assert "code of the site" not in rendered(site, capsys)["html"]
    assert run(["trust", str(site / "docs")]) == 0  # any folder of the site means the site
    out, err = capsys.readouterr()
    assert err == ""
    assert str(site) in out.splitlines()[0]
    assert Settings.load().trusted_sites == (site,)
    assert "code of the site" in rendered(site, capsys)["html"]
    assert run(["trust", "--revoke", str(site)]) == 0
    assert str(site) in capsys.readouterr().out
    assert Settings.load().trusted_sites == ()
    assert Settings.load().has_declined(site)
    page = rendered(site, capsys)
    assert "code of the site" not in page["html"]
    assert page["exact"] is False


def test_it_says_what_will_run(site, capsys):
    environments.fake_environment(site / ".venv")
    run(["trust", str(site)])
    said = capsys.readouterr().out
    for name in ("own", "own.slug", "hook.py", "macros", ".venv"):
        assert name in said


def test_of_a_site_without_code_it_says_nothing_more(tmp_path, capsys):
    (tmp_path / "docs").mkdir()
    (tmp_path / "mkdocs.yml").write_text("site_name: Plain\nmarkdown_extensions: [admonition]\n")
    run(["trust", str(tmp_path)])
    assert len(capsys.readouterr().out.splitlines()) == 1


def test_an_environment_with_the_same_packages_as_ours_makes_no_difference(tmp_path, capsys):
    (tmp_path / "docs").mkdir()
    (tmp_path / "mkdocs.yml").write_text("site_name: Plain\n")
    environments.make_environment(tmp_path / ".venv", "Markdown")
    run(["trust", str(tmp_path)])
    assert len(capsys.readouterr().out.splitlines()) == 1


def test_a_folder_that_is_not_there(tmp_path, capsys):
    assert run(["trust", str(tmp_path / "none")]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert len(err.splitlines()) == 1
    assert Settings.load().trusted_sites == ()


def test_trust_in_a_site_that_is_gone_or_broken_can_be_taken_back(site, capsys):
    run(["trust", str(site)])
    (site / "mkdocs.yml").write_text("a: [")
    assert run(["trust", "--revoke", str(site)]) == 0
    assert Settings.load().trusted_sites == ()
    assert run(["trust", str(site)]) == 1
    assert Settings.load().trusted_sites == ()


def test_without_a_site_it_is_wrong_usage(capsys):
    with pytest.raises(SystemExit) as ended:
        run(["trust"])
    assert ended.value.code == 2


def test_settings_that_can_not_be_written(site, capsys, monkeypatch, log):
    log.expect("can't be read")
    monkeypatch.setenv("COPYDESK_HOME", "/dev/null/x")
    assert run(["trust", str(site)]) == 1
    assert "can't be written" in capsys.readouterr().err


def test_trust_for_one_run_is_not_kept(site, capsys):
    run(["render", "--trust", str(site / "docs/a.md")])
    assert "code of the site" in capsys.readouterr().out
    assert Settings.load().trusted_sites == ()


@pytest.mark.parametrize("generator", ["mkdocs", "pelican", "nikola"])
def test_the_packages_of_the_site_s_own_environment_render_once_it_is_trusted(tmp_path, capsys, generator):
    files = {
        "mkdocs": {"mkdocs.yml": "site_name: Own\nmarkdown_extensions: [own]\n", "docs/a.md": "# A\n"},
        "pelican": {
            "pelicanconf.py": "SITENAME = 'x'\nPATH = 'docs'\nMARKDOWN = {'extensions': ['own']}\n",
            "docs/a.md": "Title: A\nDate: 2025-01-01\n\n# A\n",
        },
        "nikola": {
            "conf.py": "BLOG_TITLE = 'x'\nPOSTS = (('docs/*.md', 'p', 'post.tmpl'),)\nMARKDOWN_EXTENSIONS = ['own']\n",
            "docs/a.md": "<!--\n.. title: A\n.. slug: a\n.. date: 2025-01-01\n-->\n\n# A\n",
        },
    }[generator]
    files["own.py"] = (
        "import markdown\nfrom markdown.extensions.toc import TocExtension\n"
        "def makeExtension(**options): return TocExtension(permalink='made by ' + markdown.__file__)\n"
    )
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    environments.make_environment(tmp_path / ".venv", "Markdown", "Pygments", version="3.99")
    untrusted = rendered(tmp_path, capsys)
    assert "made by" not in untrusted["html"]
    assert any("≠ 3.99 (.venv)" in reason for reason in untrusted["reasons"])
    run(["trust", str(tmp_path)])
    capsys.readouterr()
    trusted = rendered(tmp_path, capsys)
    assert f"made by {tmp_path / '.venv'}" in trusted["html"]
    assert not any("≠" in reason for reason in trusted["reasons"])
