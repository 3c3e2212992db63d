"""What is fetched from the web for a site, and what is not."""

import os
import threading
import time

import pytest

from editor.errors import OpenError
from editor.site import web_files
from editor.site.web_files import WebFiles, connect_publicly, is_public
from tests.site.web_server import PNG, WebServer

SVG = b"<svg xmlns='http://www.w3.org/2000/svg' width='5' height='5'/>"


@pytest.fixture
def web():
    made = WebServer()
    yield made
    made.close()


@pytest.fixture
def files(web, tmp_path):
    return WebFiles(tmp_path / "web", web.connect)


def test_a_picture_is_fetched_once_and_kept(web, files):
    web.has("/a%20b.png?x=1%262")
    first = files.picture("https://pictures.example/a b.png?x=1%262#part")
    assert first.path.read_bytes() == PNG
    assert first.mime_type == "image/png"
    assert files.picture("https://pictures.example/a b.png?x=1%262#part") == first
    assert web.asked == ["pictures.example: /a%20b.png?x=1%262"]


def test_nothing_is_told_of_who_asks(web, files):
    web.has("/a.png", **{"Set-Cookie": "known=1"})
    web.has("/b.png")
    files.picture("https://pictures.example/a.png")
    files.picture("https://pictures.example/b.png")
    assert set(web.headers) == {"Host", "Accept", "Accept-Encoding", "User-Agent", "Connection"}
    assert web.headers["User-Agent"] == "Copydesk"


def test_redirects_are_followed_where_they_are_https(web, files):
    web.moves("/a.png", "/b.png")
    web.moves("/b.png", "https://other.example/c.png")
    web.has("/c.png")
    assert files.picture("https://pictures.example/a.png").path.read_bytes() == PNG
    assert web.hosts == ["pictures.example", "pictures.example", "other.example"]


@pytest.mark.parametrize(
    "to",
    ["http://pictures.example/b.png", "file:///etc/passwd", "https://me@pictures.example/b.png", "/a.png"],
)
def test_redirects_elsewhere_and_without_end_are_not(web, files, to):
    web.moves("/a.png", to)
    web.has("/b.png")
    with pytest.raises(OpenError):
        files.picture("https://pictures.example/a.png")
    assert len(web.asked) == (6 if to == "/a.png" else 1)
    assert "pictures.example: /b.png" not in web.asked


@pytest.mark.parametrize(
    "url",
    [
        "http://pictures.example/a.png",
        "file:///etc/passwd",
        "https:///a.png",
        "https://user:word@pictures.example/a.png",
        "https://pictures.example:8443/a.png",
        "https://pictures.example:99999/a.png",
        "https://[broken/a.png",
        "copydesk://site/0?a.png",
        "",
    ],
)
def test_other_addresses_are_not_asked(web, files, url):
    with pytest.raises(OpenError):
        files.picture(url)
    assert web.hosts == []


def test_a_line_break_in_an_address_adds_no_header(web, files):
    web.has("/a.png%20HTTP/1.1X-Mine:%201")
    with pytest.raises(OpenError):
        files.picture("https://pictures.example/a.png HTTP/1.1\r\nHost: other\r\n\r\nX")
    assert web.asked in ([], ["pictures.example: /a.png%20HTTP/1.1Host:%20otherX"])


@pytest.mark.parametrize(
    ("said", "data", "kind"),
    [
        ("image/jpeg", b"\xff\xd8\xff\xe0 jpeg", "image/jpeg"),
        ("image/png", b"GIF89a gif", "image/gif"),
        ("image/webp", b"RIFF\0\0\0\0WEBP", "image/webp"),
        ("image/avif", b"\0\0\0\x20ftypavif", "image/avif"),
        ("", PNG, "image/png"),
        ("application/octet-stream", PNG, "image/png"),
        ("image/svg+xml", SVG, "image/svg+xml"),
        ("image/svg+xml; charset=utf-8", b"\xef\xbb\xbf\n" + SVG, "image/svg+xml"),
        ("text/html", PNG, None),
        ("image/png", b"<html>", None),
        ("image/png", SVG, None),
        ("image/svg+xml", b"plain words", None),
        ("image/png", b"", None),
    ],
)
def test_a_picture_is_what_its_bytes_say(web, files, said, data, kind):
    web.has("/a", data, said)
    if kind is None:
        with pytest.raises(OpenError):
            files.picture("https://pictures.example/a")
    else:
        assert files.picture("https://pictures.example/a").mime_type == kind


def test_a_script_is_what_its_server_says(web, files):
    web.has("/a.js", b"let a;", "application/javascript; charset=utf-8")
    web.has("/b.js", b"<html>", "text/html")
    assert files.script("https://scripts.example/a.js").read_bytes() == b"let a;"
    with pytest.raises(OpenError):
        files.script("https://scripts.example/b.js")


@pytest.mark.parametrize("told", [True, False])
def test_what_is_too_large_is_not_read(web, files, monkeypatch, told):
    monkeypatch.setattr(web_files, "_LARGEST_PICTURE", 1000)
    web.has("/a.png", PNG + b"\0" * 1000)
    if not told:
        del web.answers["/a.png"][1]["Content-Length"]
    with pytest.raises(OpenError, match="too large"):
        files.picture("https://pictures.example/a.png")


def test_what_ended_too_soon_is_not_kept(web, files, tmp_path):
    web.has("/a.png")
    web.answers["/a.png"][1]["Content-Length"] = "100000"
    with pytest.raises(OpenError):
        files.picture("https://pictures.example/a.png")
    assert not (tmp_path / "web").exists()


def test_what_failed_is_not_asked_for_again_at_once(web, files, monkeypatch):
    for _time in range(3):
        with pytest.raises(OpenError, match="404"):
            files.picture("https://pictures.example/a.png")
    assert len(web.asked) == 1
    web.has("/a.png")
    monkeypatch.setattr(web_files, "_AGAIN_SECONDS", 0.0)
    assert files.picture("https://pictures.example/a.png").path.is_file()


def test_an_old_one_is_fetched_anew_and_stands_in_where_that_fails(web, files, monkeypatch):
    url = "https://pictures.example/a.png"
    web.has("/a.png")
    kept = files.picture(url).path
    day_before = time.time() - 2 * 24 * 3600
    os.utime(kept, (day_before, day_before))
    web.has("/a.png", PNG + b"\1")
    assert files.picture(url).path.read_bytes() == PNG + b"\1"
    os.utime(kept, (day_before, day_before))
    del web.answers["/a.png"]
    assert files.picture(url).path.read_bytes() == PNG + b"\1"
    assert len(web.asked) == 3


def test_the_oldest_go_where_all_has_grown_too_large(web, files, monkeypatch, tmp_path):
    monkeypatch.setattr(web_files, "_LARGEST_CACHE", 2 * len(PNG))
    for age, name in enumerate("abc"):
        web.has(f"/{name}.png")
        path = files.picture(f"https://pictures.example/{name}.png").path
        os.utime(path, (time.time() - 1000 + age, time.time() - 1000 + age))
    assert len(list((tmp_path / "web").iterdir())) == 2
    files.picture("https://pictures.example/c.png")
    assert len(web.asked) == 3
    files.picture("https://pictures.example/a.png")
    assert len(web.asked) == 4


def test_stopping_breaks_off_what_is_under_way(web, files):
    web.has("/slow.png")
    ended = []

    def fetch():
        try:
            files.picture("https://pictures.example/slow.png")
        except OpenError as error:
            ended.append(error)

    fetching = threading.Thread(target=fetch)
    fetching.start()
    until = time.monotonic() + 10
    while not web.asked and time.monotonic() < until:
        threading.Event().wait(0.01)
    files.stop()
    fetching.join(10)
    assert ended
    with pytest.raises(OpenError):
        files.picture("https://pictures.example/other.png")
    assert len(web.asked) == 1


def test_one_that_takes_too_long_is_broken_off(web, files, monkeypatch):
    monkeypatch.setattr(web_files, "_MOST_SECONDS", 0.3)
    web.has("/slow.png")
    with pytest.raises(OpenError):
        files.picture("https://pictures.example/slow.png")


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "224.0.0.1",
        "255.255.255.255", "::1", "::", "fe80::1", "fc00::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1",
        "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "2002:7f00:1::", "2002:a00:1::",
        "2001:0:4136:e378:8000:63bf:3fff:fdd2", "localhost", "",
    ],
)  # fmt: skip
def test_private_addresses_are_none(address):
    assert not is_public(address)


@pytest.mark.parametrize(
    "address", ["93.184.216.34", "2606:4700::1111", "64:ff9b::5db8:d822", "2002:5db8:d822::"]
)
def test_public_addresses_are(address):
    assert is_public(address)


@pytest.mark.parametrize(
    "host", ["localhost", "127.0.0.1", "[::1]", "0x7f.1", "2130706433", "no.such.invalid"]
)
def test_hosts_of_this_machine_are_not_connected_to(host):
    with pytest.raises(OSError, match="no public host"):
        connect_publicly(host, 5)
