import os
from pathlib import Path

import pytest

from editor import resources
from editor.ui.preview.scheme import NotServed, served_by_shell, served_by_site


@pytest.fixture
def site(tmp_path: Path) -> Path:
    root = tmp_path / "site"
    (root / "img").mkdir(parents=True)
    for name in (
        "img/a.png",
        "img/ü b.png",
        "img/drawing.svg",
        "film.mp4",
        "notes.txt",
        "page.html",
        "no-suffix",
    ):
        (root / name).write_text("x")
    (tmp_path / "outside.png").write_text("x")
    (tmp_path / "site-too").mkdir()
    (tmp_path / "site-too" / "a.png").write_text("x")
    (root / "out.png").symlink_to(tmp_path / "outside.png")
    (root / "alias.png").symlink_to(root / "img" / "a.png")
    (root / "notes.png").symlink_to(root / "notes.txt")
    (root / "loop.png").symlink_to(root / "loop.png")
    (root / "folder.png").mkdir()
    (root / "up").symlink_to(tmp_path)
    return root


@pytest.mark.parametrize(
    ("url", "name", "kind"),
    [
        ("/img/a.png", "img/a.png", "image/png"),
        ("img/a.png", "img/a.png", "image/png"),
        ("./img//a.png?size=2#top", "img/a.png", "image/png"),
        ("/img/%C3%BC%20b.png", "img/ü b.png", "image/png"),
        ("/img/ü b.png", "img/ü b.png", "image/png"),
        ("/img/drawing.svg", "img/drawing.svg", "image/svg+xml"),
        ("/film.mp4", "film.mp4", "video/mp4"),
        ("/alias.png", "img/a.png", "image/png"),
    ],
)
def test_a_file_of_the_site_is_served(site, url, name, kind):
    served = served_by_site(url, site, None)
    assert (served.path, served.mime_type) == ((site / name).resolve(), kind)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "/",
        ".",
        "/img",
        "/gone.png",
        "../outside.png",
        "/../outside.png",
        "img/../../outside.png",
        "%2e%2e/outside.png",
        "..%2foutside.png",
        "%2e%2e%2foutside.png",
        "..\\outside.png",
        "..%5coutside.png",
        "/img/a.png\0",
        "/img/a.png%00",
        "../site-too/a.png",
        "/up/outside.png",
        "/up/site-too/a.png",
        "/out.png",
        "/loop.png",
        "/folder.png",
        "/notes.txt",
        "/notes.png",
        "/page.html",
        "/no-suffix",
        "file:///etc/passwd",
        "C:/a.png",
        "//host/a.png",
        "x" * 5000 + ".png",
    ],
)
def test_everything_else_is_refused(site, url):
    with pytest.raises(NotServed):
        served_by_site(url, site, None)


def test_an_absolute_path_means_the_site(site, tmp_path):
    with pytest.raises(NotServed):
        served_by_site(str(tmp_path / "outside.png"), site, None)


def test_a_pipe_is_not_read(site):
    os.mkfifo(site / "pipe.png")
    with pytest.raises(NotServed, match="ordinary"):
        served_by_site("/pipe.png", site, None)


def test_a_huge_file_is_not_read(site):
    with (site / "huge.png").open("wb") as file:
        file.truncate(300 * 1024 * 1024)
    with pytest.raises(NotServed, match="large"):
        served_by_site("/huge.png", site, None)


@pytest.mark.parametrize(
    "outside", ["../outside.png", "../site-too/a.png", "out.png", "gone.png", "page.html"]
)
def test_what_the_site_resolves_is_held_to_the_same_rules(site, outside):
    with pytest.raises(NotServed):
        served_by_site("x", site, lambda _url: site / outside)


def test_the_site_resolves_first(site):
    assert served_by_site("../x.png", site, lambda _url: site / "img/a.png").path.name == "a.png"
    assert served_by_site("/img/a.png", site, lambda _url: None).path.name == "a.png"


def test_an_address_that_the_site_can_not_take_apart_is_refused(site):
    def resolve(url):
        raise ValueError("Invalid IPv6 URL")

    with pytest.raises(NotServed):
        served_by_site("//[", site, resolve)


def test_without_a_site_nothing_is_served():
    with pytest.raises(NotServed):
        served_by_site("/img/a.png", None, None)


def test_a_site_reached_through_a_link_is_a_site(site, tmp_path):
    link = tmp_path / "link"
    link.symlink_to(site)
    assert served_by_site("/img/a.png", link, None).path == (site / "img/a.png").resolve()


def test_a_drawing_may_run_nothing(site):
    policy = dict(served_by_site("/img/drawing.svg", site, None).headers)["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "sandbox" in policy


@pytest.mark.parametrize("path", ["/shell.html", "/shell.css", "/text.css", "/icons/note.svg"])
def test_the_shell_is_served(path):
    assert served_by_shell(path).path == resources.path(f"preview{path}").resolve()


@pytest.mark.parametrize(
    "path", ["/", "", "/gone.css", "/patch.js", "/../themes/window.qss", "/icons", "/icons/../../icons/x.svg"]
)
def test_nothing_else_of_ours_is_served(path):
    with pytest.raises(NotServed):
        served_by_shell(path)
