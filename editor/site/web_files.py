"""Pictures and scripts that a site has from the web: fetched once, looked at, and kept in the cache.

The preview's pages have no network. Where the person allows it, this fetches for them what a post names: by https from
public addresses alone, without cookies, names or a word of who asks, within bounds of time and size; what is no
picture, whatever it says of itself, is not kept.
"""

import contextlib
import hashlib
import http.client
import ipaddress
import socket
import ssl
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from editor.errors import OpenError
from editor.translation import gettext as _

Connect = Callable[[str, float], socket.socket]
"""From a host's name and the seconds that each step may take to a connection; raises OSError."""

_PORT = 443
_STEP_SECONDS = 10.0
_MOST_SECONDS = 30.0
_MOST_REDIRECTS = 5
_LARGEST_PICTURE = 24 * 1024 * 1024
_LARGEST_SCRIPT = 16 * 1024 * 1024
_LARGEST_CACHE = 256 * 1024 * 1024
_FRESH_SECONDS = 24 * 3600
_AGAIN_SECONDS = 60.0
"""So long, what failed is not asked for again."""
_CHUNK = 64 * 1024
_SAFE = "/%:@!$&'()*+,;=~-._?"
_MOVED = frozenset((301, 302, 303, 307, 308))
_SCRIPT_TYPES = frozenset(
    ("text/javascript", "application/javascript", "application/x-javascript", "text/ecmascript")
)
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_SUFFIXES = {
    "image/png": ".png",
    "image/gif": ".gif",
    "image/jpeg": ".jpg",
    "image/webp": ".webp",
    "image/avif": ".avif",
    "image/bmp": ".bmp",
    "image/x-icon": ".ico",
    "image/svg+xml": ".svg",
}


@dataclass(frozen=True, slots=True)
class WebFile:
    """A file that was fetched."""

    path: Path
    mime_type: str


class WebFiles:
    """Fetches from the web, and keeps what came in `folder`; for any thread."""

    def __init__(self, folder: Path, connect: Connect | None = None) -> None:
        """Keep files in `folder`; `connect` makes the connections, by default to public addresses alone."""
        self._folder = folder
        self._connect = connect or connect_publicly
        self._lock = threading.Lock()
        self._under_way: dict[str, threading.Lock] = {}
        self._failed: dict[str, tuple[float, OpenError]] = {}
        self._open: set[socket.socket] = set()
        self._stopped = False

    def picture(self, url: str) -> WebFile:
        """Return the picture at `url`, out of the cache or fetched; raises OpenError."""
        return self._get(url, _picture_type, _LARGEST_PICTURE)

    def script(self, url: str) -> Path:
        """Return the script at `url`, out of the cache or fetched; raises OpenError."""
        return self._get(url, _script_type, _LARGEST_SCRIPT).path

    def stop(self) -> None:
        """Fetch nothing any more, and break off what is under way."""
        with self._lock:
            self._stopped = True
            for connection in self._open:
                _shut(connection)

    def _get(self, url: str, type_of: Callable[[str, bytes], str | None], largest: int) -> WebFile:
        with self._lock:
            own = self._under_way.setdefault(url, threading.Lock())
        with own:
            kept = self._kept(url)
            if kept is not None and time.time() - kept.path.stat().st_mtime < _FRESH_SECONDS:
                return kept
            try:
                return self._fetch_and_keep(url, type_of, largest)
            except OpenError:
                if kept is not None:
                    return kept
                raise

    def _kept(self, url: str) -> WebFile | None:
        for mime_type, suffix in (*_SUFFIXES.items(), ("text/javascript", ".js")):
            path = self._folder / (_name(url) + suffix)
            if path.is_file():
                return WebFile(path, mime_type)
        return None

    def _fetch_and_keep(self, url: str, type_of: Callable[[str, bytes], str | None], largest: int) -> WebFile:
        at, failure = self._failed.get(url, (0.0, None))
        if failure is not None and time.monotonic() - at < _AGAIN_SECONDS:
            raise failure
        try:
            said, data = self._fetch(url, largest)
            mime_type = type_of(said, data)
            if mime_type is None:
                raise _refused(url, _("it is not what it is asked for"))
            suffix = _SUFFIXES.get(mime_type, ".js")
            path = self._folder / (_name(url) + suffix)
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            _write(path, data)
            self._make_room(path)
        except (OSError, http.client.HTTPException, ValueError) as error:
            # ValueError: a connection that was shut meanwhile, an address that is none
            failure = _refused(url, getattr(error, "strerror", None) or str(error) or type(error).__name__)
            self._failed[url] = time.monotonic(), failure
            raise failure from error
        except OpenError as error:
            self._failed[url] = time.monotonic(), error
            raise
        return WebFile(path, mime_type)

    def _fetch(self, url: str, largest: int) -> tuple[str, bytes]:
        """Return the type that the server tells, and the bytes, following redirects."""
        until = time.monotonic() + _MOST_SECONDS
        address = url
        for _redirect in range(_MOST_REDIRECTS + 1):
            parts = _checked(address)
            with self._answer(parts, until) as answer:
                moved = answer.getheader("Location")
                if answer.status in _MOVED and moved:
                    address = urljoin(address, moved)
                    continue
                if answer.status != 200:
                    raise _refused(url, _("the server answers with {status}").format(status=answer.status))
                said = (answer.getheader("Content-Type") or "").partition(";")[0].strip().lower()
                return said, _body(answer, largest, url)
        raise _refused(url, _("it is moved too often"))

    @contextmanager
    def _answer(self, parts: SplitResult, until: float) -> Iterator[http.client.HTTPResponse]:
        host = parts.hostname or ""
        connection = self._connect(host, _STEP_SECONDS)
        timer = threading.Timer(max(0.1, until - time.monotonic()), _shut, (connection,))
        timer.daemon = True
        timer.start()
        try:
            with self._lock:
                self._open.add(connection)
                if self._stopped:
                    raise OSError(_("the window is closed"))
            if isinstance(connection, ssl.SSLSocket):
                connection.do_handshake()
            client = http.client.HTTPConnection(host)
            client.sock = connection
            path = quote(parts.path or "/", safe=_SAFE)
            query = f"?{quote(parts.query, safe=_SAFE)}" if parts.query else ""
            headers = {"Accept": "*/*", "Accept-Encoding": "identity", "User-Agent": "Copydesk"}
            client.request("GET", path + query, headers={**headers, "Connection": "close"})
            with client.getresponse() as answer:
                yield answer
        finally:
            timer.cancel()
            with self._lock:
                self._open.discard(connection)
            connection.close()

    def _make_room(self, newest: Path) -> None:
        """Let go of what is oldest, where all together has grown too large."""
        found = []
        for path in self._folder.iterdir():
            with contextlib.suppress(OSError):  # another window was faster
                facts = path.stat()
                found.append((facts.st_mtime, facts.st_size, path))
        total = sum(size for _time, size, _path in found)
        for _time, size, path in sorted(found):
            if total <= _LARGEST_CACHE:
                return
            if path != newest:
                with contextlib.suppress(OSError):
                    path.unlink()
                total -= size


def connect_publicly(host: str, seconds: float) -> socket.socket:
    """Return a connection to `host`, its certificate to be checked in the handshake; raises OSError.

    It goes to the very address that was looked at: a name may lead elsewhere when it is asked for again.
    """
    addresses = [address for address in _addresses(host, seconds) if is_public(address)]
    if not addresses:
        raise OSError(_("{host} is no public host").format(host=host))
    failure: OSError | None = None
    for address in addresses:
        try:
            plain = socket.create_connection((address, _PORT), timeout=seconds)
        except OSError as error:
            failure = error
            continue
        context = ssl.create_default_context()
        return context.wrap_socket(plain, server_hostname=host, do_handshake_on_connect=False)
    raise failure or OSError(host)


def is_public(address: str) -> bool:
    """Return whether an IP address is one of the public net, and not a private one in another way of writing it."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour
        if ip in _NAT64:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if ip.teredo is not None:
            return False
        if inner is not None:
            ip = inner
    return ip.is_global and not ip.is_multicast


def _addresses(host: str, seconds: float) -> list[str]:
    """Return the addresses of a host. The system may take its time for that, and can't be interrupted."""
    found: list[str] = []

    def look_up() -> None:
        with contextlib.suppress(OSError, UnicodeError):
            for *_kind, place in socket.getaddrinfo(host, _PORT, type=socket.SOCK_STREAM):
                found.append(str(place[0]))

    asking = threading.Thread(target=look_up, daemon=True)
    asking.start()
    asking.join(seconds)
    return list(dict.fromkeys(found))


def _checked(url: str) -> SplitResult:
    parts = urlsplit(url)
    port = parts.port
    if parts.scheme != "https" or not parts.hostname:
        raise _refused(url, _("only https is asked"))
    if parts.username is not None or parts.password is not None or port not in (None, _PORT):
        raise _refused(url, _("addresses with a name or a port are not asked"))
    return parts


def _body(answer: http.client.HTTPResponse, largest: int, url: str) -> bytes:
    too_large = _refused(url, _("it is too large"))
    if answer.length is not None and answer.length > largest:
        raise too_large
    data = bytearray()
    while chunk := answer.read(_CHUNK):
        data += chunk
        if len(data) > largest:
            raise too_large
    if answer.length:
        raise _refused(url, _("it ended too soon"))
    return bytes(data)


def _picture_type(said: str, data: bytes) -> str | None:
    """Return what kind of picture `data` is by its first bytes; None where it, or the server, says it is none."""
    if (
        said
        and not said.startswith("image/")
        and said not in ("application/octet-stream", "binary/octet-stream")
    ):
        return None
    for start, mime_type in (
        (b"\x89PNG\r\n\x1a\n", "image/png"),
        (b"GIF87a", "image/gif"),
        (b"GIF89a", "image/gif"),
        (b"\xff\xd8\xff", "image/jpeg"),
        (b"BM", "image/bmp"),
        (b"\0\0\1\0", "image/x-icon"),
    ):
        if data.startswith(start):
            return mime_type
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    if data[4:12] in (b"ftypavif", b"ftypavis"):
        return "image/avif"
    is_svg = said == "image/svg+xml" and data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")
    return "image/svg+xml" if is_svg else None


def _script_type(said: str, data: bytes) -> str | None:
    return "text/javascript" if said in _SCRIPT_TYPES and data else None


def _name(url: str) -> str:
    return hashlib.sha256(url.encode("utf-8", "surrogatepass")).hexdigest()


def _write(path: Path, data: bytes) -> None:
    """Write a file whole or not at all; raises OSError."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".coming-")
    try:
        with open(handle, "wb") as stream:  # noqa: PTH123 (a handle)
            stream.write(data)
        Path(name).replace(path)
    except OSError:
        with contextlib.suppress(OSError):
            Path(name).unlink()
        raise


def _shut(connection: socket.socket) -> None:
    """End a connection that another thread is reading."""
    with contextlib.suppress(OSError):
        # Not the method of the encrypted one, which takes apart what the other thread uses.
        socket.socket.shutdown(connection, socket.SHUT_RDWR)


def _refused(url: str, reason: str) -> OpenError:
    return OpenError(_("{address} can't be loaded: {reason}").format(address=url[:200], reason=reason))
