import os
import stat
from dataclasses import fields
from pathlib import Path

import pytest

from editor.errors import SaveError
from editor.settings import MAX_RECENT, Options, Settings


def test_one_variable_moves_all_folders(copydesk_home):
    settings = Settings.load()
    assert settings.path == copydesk_home / "config/settings.toml"
    assert settings.state_dir == copydesk_home / "state"
    assert settings.cache_dir == copydesk_home / "cache"
    assert not copydesk_home.exists()  # reading makes nothing


def test_without_it_they_are_the_platform_s(monkeypatch):
    monkeypatch.delenv("COPYDESK_HOME")
    settings = Settings()
    folders = {settings.config_dir, settings.state_dir, settings.cache_dir}
    assert len(folders) == 3
    assert all("copydesk" in str(folder) for folder in folders)


def test_options_come_back():
    Settings.load().set(theme="dark", editor_font_size=18, preview_zoom=1.5, line_numbers=True)
    options = Settings.load().options
    assert (options.theme, options.editor_font_size, options.preview_zoom) == ("dark", 18, 1.5)
    assert options.line_numbers
    assert options.wrap


def test_comments_and_unknown_keys_stay():
    settings = Settings()
    settings.path.parent.mkdir(parents=True)
    settings.path.write_text('# mine\ntheme = "light"  # so\nfuture = [1, 2]\n\n[own]\nx = 1\n', "utf-8")
    settings = Settings.load()
    settings.set(theme="dark")
    settings.opened_site(Path("/a"))
    text = settings.path.read_text("utf-8")
    assert text.startswith('# mine\ntheme = "dark"  # so\nfuture = [1, 2]\n\n[own]\nx = 1\n')
    assert Settings.load().recent_sites == (Path("/a"),)


def test_a_new_option_beside_tables_stays_an_option():
    settings = Settings.load()
    settings.opened_site(Path("/a"))
    settings.set(theme="dark")
    again = Settings.load()
    assert again.options.theme == "dark"
    assert again.recent_sites == (Path("/a"),)


@pytest.mark.parametrize("data", [b"theme = ", b"\xff\xfe", b"a = 1\na = 2\n"])
def test_a_broken_file_is_set_aside(data, log):
    log.expect("settings.toml")
    settings = Settings()
    settings.path.parent.mkdir(parents=True)
    settings.path.write_bytes(data)
    settings = Settings.load()
    assert settings.options == Options()
    assert "settings.toml.broken" in settings.problem
    assert settings.path.with_name("settings.toml.broken").read_bytes() == data
    settings.set(theme="dark")
    assert Settings.load().options.theme == "dark"


def test_values_that_can_not_be_meant_are_the_defaults():
    settings = Settings()
    settings.path.parent.mkdir(parents=True)
    settings.path.write_text(
        'theme = "pink"\neditor_font_size = 900\npreview_zoom = 2\nwrap = "yes"\nfollow = false\n'
        "editor_font = 5\nrecent = 3\ntrust = []\n",
        "utf-8",
    )
    settings = Settings.load()
    options = settings.options
    assert (options.theme, options.editor_font_size, options.wrap, options.editor_font) == (
        "system",
        14,
        True,
        "",
    )
    assert options.preview_zoom == 2
    assert options.follow is False
    assert settings.recent_posts == ()
    assert not settings.is_trusted(Path("/"))
    settings.opened_post(Path("/a.md"))
    assert Settings.load().recent_posts == (Path("/a.md"),)


def test_an_option_that_there_is_not():
    with pytest.raises(TypeError):
        Settings.load().set(colour="red")


def test_recent_posts_are_few_and_the_latest_is_first(tmp_path):
    settings = Settings.load()
    for number in range(MAX_RECENT + 5):
        settings.opened_post(tmp_path / f"{number}.md")
    settings.opened_post(tmp_path / "12.md")
    names = [path.name for path in Settings.load().recent_posts]
    assert names[:3] == ["12.md", "14.md", "13.md"]
    assert len(names) == MAX_RECENT
    settings.forget_recent()
    assert Settings.load().recent_posts == ()


def test_trust_is_for_one_folder_by_its_real_path(tmp_path):
    site = tmp_path / "site"
    site.mkdir()
    (tmp_path / "link").symlink_to(site)
    settings = Settings.load()
    settings.trust(tmp_path / "link")
    settings.trust(site)
    settings = Settings.load()
    assert settings.trusted_sites == (site,)
    assert settings.is_trusted(site)
    assert settings.is_trusted(tmp_path / "link")
    assert not settings.is_trusted(tmp_path)
    assert not settings.is_trusted(site / "docs")
    settings.revoke(tmp_path / "link")
    assert not Settings.load().is_trusted(site)


def test_window_state_is_kept_apart(copydesk_home):
    settings = Settings.load()
    settings.keep_window_state(geometry="AdnQywADAAA=", docks="AAAA/w==")
    settings.keep_window_state(docks="BBBB")
    settings = Settings.load()
    assert (settings.window_state("geometry"), settings.window_state("docks")) == ("AdnQywADAAA=", "BBBB")
    assert settings.window_state("none") == ""
    assert not settings.path.exists()
    assert (copydesk_home / "state/window.toml").is_file()


def test_what_can_not_be_written_is_told_and_leaves_nothing(tmp_path):
    (tmp_path / "home").write_text("a file where the folder should be", "utf-8")
    with pytest.raises(SaveError) as caught:
        Settings(tmp_path / "home").set(theme="dark")
    assert caught.value.path == tmp_path / "home/config/settings.toml"


def test_a_write_that_fails_keeps_the_old_file(monkeypatch):
    settings = Settings.load()
    settings.set(theme="light")
    before = settings.path.read_bytes()

    def fail(descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(SaveError):
        settings.set(theme="dark")
    assert settings.path.read_bytes() == before
    assert [path.name for path in settings.path.parent.iterdir()] == ["settings.toml"]


def test_a_link_to_the_file_stays_a_link(tmp_path):
    settings = Settings.load()
    settings.path.parent.mkdir(parents=True)
    (tmp_path / "dotfiles.toml").write_text("", "utf-8")
    settings.path.symlink_to(tmp_path / "dotfiles.toml")
    settings.set(theme="dark")
    assert settings.path.is_symlink()
    assert "dark" in (tmp_path / "dotfiles.toml").read_text("utf-8")


def test_nobody_else_reads_them():
    settings = Settings.load()
    settings.set(theme="dark")
    assert stat.S_IMODE(settings.path.stat().st_mode) & 0o077 == 0


def test_every_option_has_a_sound_default():
    names = {option.name for option in fields(Options)}
    settings = Settings.load()
    settings.set(**{name: getattr(Options(), name) for name in names})
    assert Settings.load().options == Options()
