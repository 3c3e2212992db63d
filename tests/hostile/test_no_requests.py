"""The program asks nobody anything: no socket to anywhere, of Python's or of Chromium's, while it shows a site."""

import contextlib
import os
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.conftest import ROOT

pytestmark = [
    pytest.mark.web,
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="asks Linux's /proc"),
]

START = """
import sys
events = open({events!r}, "a", buffering=1)
def note(event, arguments):
    if event in ("socket.connect", "socket.bind", "socket.sendto", "socket.getaddrinfo", "socket.gethostbyname", "urllib.Request"):
        where = str(arguments)
        if "AF_UNIX" not in where:
            events.write(f"{{event}} {{where}}\\n")
sys.addaudithook(note)
from editor.__main__ import main
sys.exit(main({arguments!r}))
"""


def tree(process: int) -> list[int]:
    """Return the process and all that it has started, and they."""
    found = [process]
    for task in Path(f"/proc/{process}/task").glob("*/children"):
        try:
            for child in task.read_text().split():
                found += tree(int(child))
        except OSError:
            continue
    return found


def internet_sockets(processes: list[int]) -> set[str]:
    """Return the lines of /proc/net that are sockets of these processes."""
    inodes: set[str] = set()
    for process in processes:
        with contextlib.suppress(OSError):  # it has ended
            for handle in os.listdir(f"/proc/{process}/fd"):  # noqa: PTH208
                with contextlib.suppress(OSError):
                    match = re.match(
                        r"socket:\[(\d+)\]", str(Path(f"/proc/{process}/fd/{handle}").readlink())
                    )
                    if match:
                        inodes.add(match[1])
    found: set[str] = set()
    for table in ("tcp", "tcp6", "udp", "udp6", "raw"):
        try:
            lines = Path(f"/proc/net/{table}").read_text().splitlines()[1:]
        except OSError:
            continue
        found |= {f"{table} {line}" for line in lines if line.split()[9] in inodes}
    return found


PRECONNECT = """
import os
import sys
from pathlib import Path
from PySide6.QtCore import QEventLoop, QTimer
from editor.ui import app
from editor.settings import Settings
from editor.ui.preview.page import WORLD
from tests.hostile.witnesses import Listener

application = app.make_application()
listener = Listener()
home = Path(sys.argv[1])
parts = app.build(Settings.load(home), "light", remember=False)
loop = QEventLoop()
QTimer.singleShot(40_000, loop.quit)
parts.window.preview.settled.connect(lambda _revision: loop.quit())
parts.window.show()
parts.workspace.open_path(Path(sys.argv[2]))
loop.exec()
links = "".join(
    f"<link rel={rel} href='http://{host}:{listener.port}'>" for rel in ("preconnect", "dns-prefetch", "prefetch")
    for host in ("127.0.0.1", "localhost")
)
page = parts.window.preview.web.page()
page.runJavaScript(f"document.head.append(document.createRange().createContextualFragment({links!r})); 'there'", WORLD, print)
QTimer.singleShot(1500, loop.quit)
loop.exec()
print(listener.asked, flush=True)
os._exit(0)
"""


def test_not_even_a_connection_is_made(tmp_path):
    """Past our own cleaning: a theme's page may well have such links."""
    post = tmp_path / "post.md"
    post.write_text("# Hello\n")
    done = subprocess.run(
        [sys.executable, "-c", PRECONNECT, str(tmp_path / "home"), str(post)],
        cwd=ROOT, capture_output=True, text=True, timeout=90, check=False,
    )  # fmt: skip
    assert done.stdout.split() == ["there", "[]"]


def test_showing_a_site_opens_no_socket(tmp_path):
    site, events, shot = tmp_path / "site", tmp_path / "events", tmp_path / "shot.png"
    post = site / "docs/blog/posts/a.md"
    post.parent.mkdir(parents=True)
    (site / ".git").mkdir()
    (site / "mkdocs.yml").write_text("site_name: x\ntheme: {name: material}\nplugins: [blog]\n")
    post.write_text(
        "---\ndate: 2025-01-01\n---\n\n# Hello\n\n![a](https://example.org/a.png)\n\n"
        "<iframe src='http://example.org/'></iframe>\n\n<link rel=preconnect href='http://example.org'>\n"
    )
    start = START.format(events=str(events), arguments=[str(post), "--screenshot", str(shot)])
    program = subprocess.Popen([sys.executable, "-c", start], cwd=ROOT, stderr=subprocess.DEVNULL)
    seen: set[str] = set()
    until = time.monotonic() + 60
    while program.poll() is None and time.monotonic() < until:
        seen |= internet_sockets(tree(program.pid))
        time.sleep(0.01)  # of a watch, not a wait: the program ends it
    program.kill()
    program.wait()
    assert program.returncode == 0
    assert shot.exists()
    assert seen == set()
    assert events.read_text() == ""
