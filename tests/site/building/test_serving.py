"""The generators' own servers: started, found, asked for a post, and gone with all that they started."""

import os
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from editor.errors import BuildError, NotTrusted
from editor.site.building.serving import SiteServer
from editor.site.find import open_site
from tests.site.building import sites

SECONDS = 60


class Heard:
    """What a server said, and when it was ready or ended."""

    def __init__(self):
        self.lines = []
        self.addresses = []
        self.reasons = []
        self.happened = threading.Event()

    def ready(self, address):
        self.addresses.append(address)
        self.happened.set()

    def ended(self, reason):
        self.reasons.append(reason)
        self.happened.set()


@pytest.fixture
def serve(tmp_path):
    """Give a function that makes the server of a site; each is stopped at the end."""
    made = []

    def make(folder, heard, *, trust=True):
        server = SiteServer(
            open_site(folder, trust=trust),
            tmp_path / "cache",
            on_line=heard.lines.append,
            on_ready=heard.ready,
            on_end=heard.ended,
        )
        made.append(server)
        return server

    yield make
    for server in made:
        server.stop()


def get(address):
    with urllib.request.urlopen(address, timeout=SECONDS) as answer:
        return answer.read().decode("utf-8")


@pytest.mark.parametrize(
    ("generator", "path"), [("hugo", "/h/"), ("jekyll", "/j/"), ("mkdocs", "/m/"), ("eleventy", "/")]
)
def test_a_server_serves_the_posts_and_ends(generator, path, site_of, serve):
    folder = site_of(generator)
    site = open_site(folder, trust=True)
    heard = Heard()
    server = serve(folder, heard)
    assert server.address == ""
    assert server.address_of("/x/") == ""
    server.start()
    assert heard.happened.wait(SECONDS)
    assert heard.reasons == [], heard.lines
    assert server.is_running
    assert server.address == heard.addresses[0]
    assert server.address.startswith("http://127.0.0.1:")
    assert server.address.endswith(path)
    for name, animal in sites.posts(generator).items():
        text = (folder / name).read_text("utf-8")
        url = site.publication(folder / name, site.read(text)).url
        assert f"The quick {animal} jumps" in get(server.address_of(url))
    assert heard.lines
    address = server.address
    server.stop()
    assert heard.reasons == [""]
    assert not server.is_running
    assert server.address == ""
    with pytest.raises(urllib.error.URLError):
        get(address)


def test_not_without_trust(site_of, serve):
    server = serve(site_of("hugo"), Heard(), trust=False)
    with pytest.raises(NotTrusted):
        server.start()
    assert not server.is_running


def test_a_folder_without_a_generator(tmp_path, serve):
    with pytest.raises(BuildError, match="no generator"):
        serve(tmp_path, Heard()).start()


def test_a_server_that_ends_by_itself_says_why(site_of, serve):
    heard = Heard()
    server = serve(
        site_of("mkdocs", {"mkdocs.yml": "site_name: x\nmarkdown_extensions: [no_such_thing]\n"}), heard
    )
    server.start()
    assert heard.happened.wait(SECONDS)
    [reason] = heard.reasons
    assert "no_such_thing" in reason
    assert not server.is_running


PROGRAM = """\
import os, sys
from pathlib import Path
from editor.site.building.running import Running
code = "import sys, time; held = open(sys.argv[1], 'w'); held.write('x'); held.flush(); time.sleep(1000)"
running = Running([sys.executable, "-c", code, sys.argv[1]], Path.cwd(), os.environ)
sys.stdin.read()
"""


@pytest.mark.skipif(
    not hasattr(os, "mkfifo"), reason="there are no pipes with a name to tell when a program ends"
)
def test_what_runs_ends_with_this_program_however_it_goes(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    root = Path(__file__).resolve().parents[3]
    start = [sys.executable, "-c", PROGRAM, str(pipe)]
    with subprocess.Popen(start, stdin=subprocess.PIPE, cwd=root) as program, pipe.open("rb") as held:
        assert held.read(1) == b"x"
        program.kill()
        assert held.read() == b""  # as soon as nobody holds the other end
