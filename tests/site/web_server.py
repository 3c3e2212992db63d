"""A server of this machine that stands for the web: what it was asked for, and what it answers."""

import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from tests.ui.preview.conftest import PNG

__all__ = ["PNG", "WebServer"]


class WebServer:
    """Answers for every host; `asked` has a line for each request, `Host: path`, `headers` those of the last."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.hosts: list[str] = []
        self.headers: dict[str, str] = {}
        self.answers: dict[str, tuple[int, dict[str, str], bytes]] = {}
        self.waits = threading.Event()
        """What `/slow.png` waits for after its head."""
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                outer.asked.append(f"{self.headers['Host']}: {self.path}")
                outer.headers = dict(self.headers.items())
                status, headers, data = outer.answers.get(self.path, (404, {}, b""))
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.end_headers()
                if self.path == "/slow.png":
                    outer.waits.wait(30)
                try:
                    self.wfile.write(data)
                except OSError:  # nobody wants it any more
                    self.close_connection = True

            def log_message(self, *_ignored: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02})
        self._thread.start()

    def connect(self, host: str, seconds: float) -> socket.socket:
        """Stand for `connect_publicly`."""
        self.hosts.append(host)
        return socket.create_connection(self._server.server_address[:2], seconds)

    def has(self, path: str, data: bytes = PNG, said: str = "image/png", **headers: str) -> None:
        """Answer `path` with `data`."""
        self.answers[path] = 200, {"Content-Type": said, "Content-Length": str(len(data)), **headers}, data

    def moves(self, path: str, to: str) -> None:
        """Answer `path` with a redirect."""
        self.answers[path] = 302, {"Location": to, "Content-Length": "0"}, b""

    def close(self) -> None:
        self.waits.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
