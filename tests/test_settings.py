import os
import stat
from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields
from pathlib import Path

import pytest

from editor.errors import SaveError
from editor.options import Options
from editor.settings import MAX_RECENT, Settings


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
    settings.trust(Path("/a"))
    text = settings.path.read_text("utf-8")
    assert text.startswith('# mine\ntheme = "dark"  # so\nfuture = [1, 2]\n\n[own]\nx = 1\n')
    assert Settings.load().trusted_sites == (Path("/a"),)


def test_a_new_option_beside_tables_stays_an_option():
    settings = Settings.load()
    settings.trust(Path("/a"))
    settings.set(theme="dark")
    again = Settings.load()
    assert again.options.theme == "dark"
    assert again.trusted_sites == (Path("/a"),)


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
    settings.trust(Path("/a"))
    assert Settings.load().is_trusted(Path("/a"))
    assert Settings.load().options == options


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

    def fail(*_arguments):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(SaveError, match="No space left on device"):
        settings.set(theme="dark")
    assert settings.options.theme == "dark"  # in this window it holds
    assert settings.path.read_bytes() == before
    assert [path.name for path in settings.path.parent.iterdir()] == ["settings.toml"]


def test_only_trust_waits_for_the_disk(monkeypatch, tmp_path):
    waited = []
    monkeypatch.setattr(os, "fsync", waited.append)
    settings = Settings.load()
    settings.set(theme="light")
    settings.opened_site(tmp_path)
    settings.opened_post(tmp_path / "a.md")
    settings.keep_window_state(geometry="A")
    assert waited == []
    settings.trust(tmp_path)
    assert len(waited) == 1


@pytest.mark.parametrize("home", ["file/home", "/dev/null/x"])
def test_what_was_opened_never_stops_where_it_can_not_be_written(tmp_path, home, log):
    log.expect("can't be kept")
    log.expect("can't be read")
    (tmp_path / "file").write_text("a file where the folder should be", "utf-8")
    settings = Settings.load(tmp_path / home)
    settings.opened_site(tmp_path)
    settings.opened_post(tmp_path / "a.md")
    assert settings.recent_sites == (tmp_path,)  # for as long as the program runs
    assert settings.recent_posts == (tmp_path / "a.md",)
    for change in (settings.trust, settings.revoke):
        with pytest.raises(SaveError):
            change(tmp_path)
    with pytest.raises(SaveError):
        settings.set(theme="dark")
    assert not settings.is_trusted(tmp_path)


def test_a_name_that_is_no_text_keeps_nothing_from_opening(tmp_path):
    settings = Settings.load()
    settings.opened_post(tmp_path / "caf\udce9.md")
    settings.opened_post(tmp_path / "a.md")
    assert Settings.load().recent_posts == (tmp_path / "a.md",)


def test_trust_that_another_program_revoked_stays_revoked(tmp_path):
    here, there = Settings.load(), Settings.load()
    here.trust(tmp_path / "site")
    assert there.is_trusted(tmp_path / "site")
    there.revoke(tmp_path / "site")
    assert not here.is_trusted(tmp_path / "site")
    here.set(theme="dark")
    here.trust(tmp_path / "other")
    assert Settings.load().trusted_sites == (tmp_path / "other",)


def test_who_said_no_is_known_until_they_say_yes(tmp_path):
    settings = Settings.load()
    site, other = tmp_path / "site", tmp_path / "other"
    assert not settings.has_declined(site)
    settings.revoke(site)
    settings.trust(other)
    assert Settings.load().has_declined(site)
    assert not Settings.load().has_declined(other)
    settings.trust(site)
    assert not settings.has_declined(site)
    assert Settings.load().trusted_sites == (other, site)
    settings.revoke(site)
    settings.revoke(site)
    assert settings.has_declined(site)
    assert Settings.load().trusted_sites == (other,)
    assert settings.path.read_text("utf-8").count(str(site)) == 1


def test_what_is_written_by_hand_meanwhile_stays():
    settings = Settings.load()
    settings.set(theme="dark", wrap=False)
    by_hand = (
        "# by hand\r\n" + settings.path.read_text("utf-8") + 'editor_font = "Inter"\r\n[own]\r\nx = 1\r\n'
    )
    settings.path.write_bytes(by_hand.encode())
    settings.set(theme="light")
    assert settings.path.read_bytes().decode() == by_hand.replace('"dark"', '"light"')
    assert settings.options.editor_font == ""  # until it is asked to look
    assert settings.reload()
    assert settings.options.editor_font == "Inter"
    assert not settings.reload()


def test_a_file_that_is_broken_by_hand_meanwhile_is_left_alone():
    settings = Settings.load()
    settings.set(theme="dark")
    settings.path.write_text('theme = "li', "utf-8")
    assert not settings.reload()
    assert settings.options.theme == "dark"
    with pytest.raises(SaveError):
        settings.set(wrap=False)
    with pytest.raises(SaveError):
        settings.trust(Path("/a"))
    assert settings.path.read_text("utf-8") == 'theme = "li'
    assert [path.name for path in settings.path.parent.iterdir()] == ["settings.toml"]


def test_changes_of_many_windows_at_once_are_all_kept(tmp_path):
    windows = [Settings.load() for _ in range(8)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda pair: pair[1].trust(tmp_path / str(pair[0])), enumerate(windows)))
        list(pool.map(lambda pair: pair[1].opened_post(tmp_path / str(pair[0])), enumerate(windows)))
    assert {path.name for path in Settings.load().trusted_sites} == set("01234567")
    assert {path.name for path in Settings.load().recent_posts} == set("01234567")


def test_recent_posts_are_found_where_they_were_kept_before():
    settings = Settings()
    settings.path.parent.mkdir(parents=True)
    settings.path.write_text('[recent]\nsites = ["/s"]\nposts = ["/s/a.md"]\n', "utf-8")
    settings = Settings.load()
    assert (settings.recent_sites, settings.recent_posts) == ((Path("/s"),), (Path("/s/a.md"),))
    settings.opened_post(Path("/s/b.md"))
    assert Settings.load().recent_posts == (Path("/s/b.md"), Path("/s/a.md"))
    settings.forget_recent()
    assert Settings.load().recent_posts == ()
    assert "/s" not in settings.path.read_text("utf-8")


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


def test_pictures_from_the_web_are_for_trusted_sites_that_were_allowed_them(tmp_path):
    settings, site = Settings.load(), tmp_path / "site"
    site.mkdir()
    settings.let_load_from_web(site)
    assert not settings.may_load_from_web(site)
    settings.trust(site)
    assert settings.may_load_from_web(site)
    assert not settings.may_load_from_web(tmp_path)
    settings.revoke(site)
    settings.trust(site)
    assert not settings.may_load_from_web(site)
    settings.let_load_from_web(site)
    assert settings.may_load_from_web(site)
    settings.keep_from_web(site)
    assert not settings.may_load_from_web(site)
    assert settings.is_trusted(site)
