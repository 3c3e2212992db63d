"""Who would notice: a server of this machine that counts every connection, and a folder whose files nobody may open."""

import ctypes
import os
import select
import socketserver
import struct
import sys
import threading
from pathlib import Path

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


class Reads:
    """Notices what is opened or read in a folder, by any process; for the whole test run, as the system has few of these.

    Where the system can't tell (inotify of Linux can), nothing is ever noticed.
    """

    def __init__(self) -> None:
        self._descriptor: int | None = None
        self._libc: ctypes.CDLL | None = None
        self._names: dict[int, list[str]] = {}
        if sys.platform.startswith("linux"):
            self._libc = ctypes.CDLL(None, use_errno=True)
            made = self._libc.inotify_init1(os.O_NONBLOCK | os.O_CLOEXEC)
            if made < 0:
                raise OSError(
                    ctypes.get_errno(), "inotify_init1: too many programs watch files at this moment"
                )
            self._descriptor = made

    def begin(self, folder: Path) -> int:
        """Notice what happens in `folder` from now on; return what `names` and `end` take."""
        if self._libc is None:
            return 0
        watch: int = self._libc.inotify_add_watch(self._descriptor, os.fsencode(folder), _OPENED_OR_READ)
        if watch < 0:
            raise OSError(ctypes.get_errno(), "inotify_add_watch")
        self._names[watch] = []
        return watch

    def names(self, watch: int) -> list[str]:
        """Return the names of the files that were opened since the last call."""
        if self._descriptor is None:
            return []
        while select.select([self._descriptor], [], [], 0)[0]:
            data = os.read(self._descriptor, 65536)
            while data:
                of, mask, _cookie, length = struct.unpack_from("iIII", data)
                name = data[16 : 16 + length].rstrip(b"\0")
                data = data[16 + length :]
                if name and not mask & _FOLDER and of in self._names:
                    self._names[of].append(os.fsdecode(name))
        found, self._names[watch] = self._names[watch], []
        return found

    def end(self, watch: int) -> None:
        """Notice no more of what happens there."""
        if self._libc is not None:
            self._libc.inotify_rm_watch(self._descriptor, watch)
            del self._names[watch]

    def close(self) -> None:
        """Give the system back what this takes of it."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None


class Canary:
    """A folder outside the site, with files of many kinds, all of which hold `words`.

    Where the system can tell, `opened` names those that any process has opened or read.
    """

    words = "the-canary-sings"
    width = 77
    """Pixels: no other picture in a test is so wide."""

    def __init__(self, folder: Path, reads: Reads) -> None:
        self.folder = folder
        self._reads = reads
        folder.mkdir()
        drawing = f"<svg xmlns='http://www.w3.org/2000/svg' width='{self.width}' height='7'><title>{self.words}</title></svg>"
        page = f"<script>document.title = '{self.words}'</script><p>{self.words}</p>"
        files = {"c.svg": drawing, "c.html": page, "c.css": f"p::after {{ content: '{self.words}' }}"}
        for name in ("c.md", "c.txt", "c.png", "c.toml", "c.yml", "c.json", "c.py", "c.woff2"):
            files[name] = f"# {self.words}\n"
        for name, text in files.items():
            (folder / name).write_text(text, "utf-8")
        self._watch = reads.begin(folder)

    def opened(self) -> list[str]:
        """Return the names of the files that were opened since the last call."""
        return self._reads.names(self._watch)

    def close(self) -> None:
        """Stop watching."""
        self._reads.end(self._watch)
