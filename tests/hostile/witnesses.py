"""Who would notice: a server of this machine that counts every connection, and a folder whose files nobody may open."""

import ctypes
import os
import select
import socketserver
import struct
import sys
import threading
from pathlib import Path

import pytest

_OPENED_OR_READ = 0x20 | 0x01
"""IN_OPEN and IN_ACCESS of inotify(7)."""
_FOLDER = 0x40000000


class Listener:
    """Takes connections on 127.0.0.1 and answers none of them; `asked` has what came first on each.

    `port` is in no address by chance, so whoever connects has read it in an attack. No name has to be looked up:
    `localhost` and the number are this machine.
    """

    def __init__(self) -> None:
        self.asked: list[bytes] = []
        asked = self.asked

        class Handler(socketserver.BaseRequestHandler):
            def handle(self) -> None:
                self.request.settimeout(0.5)
                try:
                    asked.append(bytes(self.request.recv(200)))
                except OSError:
                    asked.append(b"")

        self._server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)
        self.port = int(self._server.server_address[1])
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02})
        self._thread.start()

    def close(self) -> None:
        """Take no more connections."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class Canary:
    """A folder outside the site, with files of many kinds, all of which hold `words`.

    Where the system can tell (inotify of Linux), `opened` names those that any process has opened or read.
    """

    words = "the-canary-sings"
    width = 77
    """Pixels: no other picture in a test is so wide."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir()
        drawing = f"<svg xmlns='http://www.w3.org/2000/svg' width='{self.width}' height='7'><title>{self.words}</title></svg>"
        page = f"<script>document.title = '{self.words}'</script><p>{self.words}</p>"
        files = {"c.svg": drawing, "c.html": page, "c.css": f"p::after {{ content: '{self.words}' }}"}
        for name in ("c.md", "c.txt", "c.png", "c.toml", "c.yml", "c.json", "c.py", "c.woff2"):
            files[name] = f"# {self.words}\n"
        for name, text in files.items():
            (folder / name).write_text(text, "utf-8")
        self._notifier: int | None = None
        if sys.platform.startswith("linux"):
            libc = ctypes.CDLL(None, use_errno=True)
            made = libc.inotify_init1(os.O_NONBLOCK | os.O_CLOEXEC)
            if made < 0:
                pytest.skip(f"inotify has no more instances: {os.strerror(ctypes.get_errno())}")
            self._notifier = made
            if libc.inotify_add_watch(made, os.fsencode(folder), _OPENED_OR_READ) < 0:
                raise OSError(ctypes.get_errno(), "inotify_add_watch")

    def opened(self) -> list[str]:
        """Return the names of the files that were opened since the last call."""
        names: list[str] = []
        if self._notifier is None:
            return names
        while select.select([self._notifier], [], [], 0)[0]:
            data = os.read(self._notifier, 65536)
            while data:
                _watch, mask, _cookie, length = struct.unpack_from("iIII", data)
                name = data[16 : 16 + length].rstrip(b"\0")
                data = data[16 + length :]
                if name and not mask & _FOLDER:
                    names.append(os.fsdecode(name))
        return names

    def close(self) -> None:
        """Stop watching."""
        if self._notifier is not None:
            os.close(self._notifier)
