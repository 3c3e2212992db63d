"""Whether the pages of the web that posts link to are there: asked of the web itself, on request alone.

Politely: one question at a time to a host, with a pause after it, the head of a page rather than all of it, and under
our own name. Bounded: by a time for each page and one for all, and by a number. What a link says is a stranger's: only
http and https are spoken, nothing but a page's head is read, and an address of this machine or of a local network is
asked only where the link itself names it as a number or as `localhost`; neither a redirect nor a name server
can lead there.
"""

import http.client
import ipaddress
import queue
import socket
import ssl
import threading
import time
from collections import deque
from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from urllib.parse import SplitResult, quote, urljoin, urlsplit, urlunsplit

from editor import __version__
from editor.errors import LinkCheckError
from editor.translation import gettext as _

THERE, GONE, MOVED, UNKNOWN = "there", "gone", "moved", "unknown"
"""What may be said of a page: the last is no verdict, as it did not answer, or not as it would to a reader."""

USER_AGENT = f"Copydesk/{__version__} (link check)"
_SCHEMES = ("http", "https")
_REDIRECTS = frozenset((301, 302, 303, 307, 308))
_FOR_GOOD = frozenset((301, 308))
_MOST_REDIRECTS = 6
_TRY_GET = frozenset((400, 403, 404, 405, 406, 410, 500, 501, 502, 503))
"""Answers to HEAD that say little: some servers have none for it."""
_SAFE = "/%:@!$&'()*+,;=~-._?#[]"
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_TICK = 0.05


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is asked."""

    page_seconds: float = 10.0
    """For one page, all redirects together."""
    all_seconds: float = 300.0
    most: int = 2000
    """Pages."""
    hosts_at_once: int = 6
    pause_seconds: float = 0.2
    """Between two questions to a host."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a question."""

    verdict: str
    """THERE, GONE, MOVED or UNKNOWN."""
    message: str = ""
    """A sentence (translated) where there is something to say."""
    address: str = ""
    """Where a page is now that has moved for good."""


class LinkCheck:
    """One round of questions; for one thread that waits in `run`, and any other that calls `cancel`."""

    def __init__(self, limits: Limits | None = None) -> None:
        self._limits = limits or Limits()
        self._cancelled = threading.Event()
        self._lock = threading.Lock()
        self._open: dict[socket.socket, float] = {}
        """The connections, and when each has taken too long (by the monotonic clock)."""
        self._host_locks: dict[str, threading.Lock] = {}
        self._tls = ssl.create_default_context()

    def cancel(self) -> None:
        """Ask nothing any more: `run` returns what is known by then."""
        self._cancelled.set()

    def run(
        self, addresses: Iterable[str], told: Callable[[int, int], None] = lambda _done, _all: None
    ) -> dict[str, Outcome]:
        """Ask for each of `addresses` and return what became of it, by address; those of other schemes are left out.

        `told` is called with how many pages are done, and of how many. Raises LinkCheckError where none of several
        hosts can be found: there is no way to the web then.
        """
        pages = _pages(addresses)
        wanted = list(pages)[: self._limits.most]
        found: dict[str, Outcome] = {page: Outcome(UNKNOWN, _("It was not asked for")) for page in wanted}
        answers = self._start(wanted)
        end = time.monotonic() + self._limits.all_seconds
        done = 0
        unreachable: set[str] = set()
        while done < len(wanted) and not self._cancelled.is_set() and time.monotonic() < end:
            told(done, len(wanted))
            self._close_overdue()
            with suppress(queue.Empty):
                page, outcome, no_host = answers.get(timeout=_TICK)
                found[page] = outcome
                done += 1
                if no_host:
                    unreachable.add(urlsplit(page).netloc)
        told(done, len(wanted))
        self.cancel()
        self._close_overdue(all_of_them=True)
        hosts = {urlsplit(page).netloc for page in wanted}
        if len(hosts) > 1 and unreachable == hosts:
            raise LinkCheckError(_("No host can be found: there is no way to the web from here"))
        return {address: found[page] for page, named in pages.items() if page in found for address in named}

    def _start(self, pages: Collection[str]) -> "queue.SimpleQueue[_Answer]":
        """Start the threads, each of which asks one host after the other; return where their answers come."""
        by_host: dict[str, list[str]] = {}
        for page in pages:
            by_host.setdefault(urlsplit(page).netloc, []).append(page)
        waiting = deque(by_host.values())
        answers: queue.SimpleQueue[_Answer] = queue.SimpleQueue()

        def work() -> None:
            while not self._cancelled.is_set():
                try:
                    of_host = waiting.popleft()
                except IndexError:
                    return
                self._ask_host(of_host, answers)

        # Daemons: a name server that does not answer can't hold the program up.
        for _number in range(min(self._limits.hosts_at_once, len(by_host))):
            threading.Thread(target=work, daemon=True).start()
        return answers

    def _ask_host(self, pages: list[str], answers: "queue.SimpleQueue[_Answer]") -> None:
        enough = False
        for number, page in enumerate(pages):
            if number and self._cancelled.wait(self._limits.pause_seconds):
                return
            if enough:
                answers.put((page, Outcome(UNKNOWN), False))
                continue
            try:
                outcome = self._ask(page)
            except _NoAnswer as error:
                answers.put((page, Outcome(error.verdict, error.message), error.no_host))
                enough = error.enough
            else:
                answers.put((page, outcome, False))

    def _ask(self, page: str) -> Outcome:
        """Follow `page` to where it is; raises _NoAnswer."""
        deadline = time.monotonic() + self._limits.page_seconds
        address, for_good, host = page, True, urlsplit(page).hostname
        for _hop in range(_MOST_REDIRECTS):
            answer = self._answer(address, deadline, named_by_link=urlsplit(address).hostname == host)
            if answer.status not in _REDIRECTS or not answer.location:
                break
            target = urljoin(address, answer.location)
            if urlsplit(target).scheme not in _SCHEMES:
                raise _NoAnswer(_("It leads to something that is no page of the web"))
            for_good = for_good and answer.status in _FOR_GOOD
            address = target.partition("#")[0]
        else:
            raise _NoAnswer(_("It leads from page to page without an end"), GONE)
        return _judged(answer.status, page, address if for_good else "")

    def _answer(self, address: str, deadline: float, *, named_by_link: bool) -> "_Head":
        """Return the head of the answer of `address`: asked for by HEAD, then by GET where that says little."""
        parts = urlsplit(address)
        with self._host_lock(parts.netloc):
            reason: _NoAnswer | None = None
            for method in ("HEAD", "GET"):
                if self._cancelled.is_set():
                    raise _NoAnswer(_("It was not asked for"))
                try:
                    head = self._request(method, parts, deadline, named_by_link=named_by_link)
                except _NoAnswer as error:
                    if method == "GET" or not error.again:
                        raise
                    reason = error
                    continue
                if method == "GET" or head.status not in _TRY_GET:
                    return head
        raise reason or _NoAnswer(_("It does not answer"))

    def _request(self, method: str, parts: SplitResult, deadline: float, *, named_by_link: bool) -> "_Head":
        host, port = _host_and_port(parts)
        connection = http.client.HTTPConnection(host, port)
        taken: socket.socket | None = None
        try:
            for place in _places(host, port, named_by_link=named_by_link):
                try:
                    taken = socket.create_connection(place, _left(deadline))
                    break
                except OSError as error:
                    refused = error
            if taken is None:
                raise _NoAnswer(_said_of(refused), again=False)
            self._hold(taken, deadline)
            if parts.scheme == "https":
                bare, taken = taken, self._tls.wrap_socket(taken, server_hostname=host)
                self._let_go(bare)
                self._hold(taken, deadline)
            connection.sock = taken
            connection.request(method, _target(parts), headers=_headers(parts))
            answer = connection.getresponse()
            _left(deadline)  # one that was cut off looks as if it were at its end
            return _Head(answer.status, answer.getheader("Location") or "")
        except (OSError, ValueError, http.client.HTTPException) as error:
            raise _NoAnswer(_said_of(error), again=method == "HEAD") from error
        finally:
            if taken is not None:
                self._let_go(taken)
            connection.close()

    def _host_lock(self, host: str) -> threading.Lock:
        with self._lock:
            return self._host_locks.setdefault(host.lower(), threading.Lock())

    def _hold(self, connection: socket.socket, deadline: float) -> None:
        connection.settimeout(_left(deadline))
        with self._lock:
            self._open[connection] = deadline

    def _let_go(self, connection: socket.socket) -> None:
        with self._lock:
            self._open.pop(connection, None)

    def _close_overdue(self, *, all_of_them: bool = False) -> None:
        """End connections that go on and on, a byte at a time."""
        now = time.monotonic()
        with self._lock:
            late = [taken for taken, deadline in self._open.items() if all_of_them or deadline < now]
        for connection in late:
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)


_Answer = tuple[str, Outcome, bool]
"""The page, what became of it, and whether its host could not even be found."""


@dataclass(frozen=True, slots=True)
class _Head:
    status: int
    location: str


@dataclass(eq=False)
class _NoAnswer(Exception):
    """There is no answer, or none that says anything."""

    message: str
    verdict: str = UNKNOWN
    again: bool = field(default=False, kw_only=True)
    """Whether another method may do better."""
    no_host: bool = field(default=False, kw_only=True)
    enough: bool = field(default=False, kw_only=True)
    """Whether the host has asked us to stop."""


def is_web_link(address: str) -> bool:
    """Return whether `address` leads to the web."""
    return address.partition(":")[0].lower() in _SCHEMES and "//" in address


def _pages(addresses: Iterable[str]) -> Mapping[str, list[str]]:
    """Return page -> the addresses that lead to it, with whatever behind a `#`."""
    pages: dict[str, list[str]] = {}
    for address in addresses:
        page = address.partition("#")[0].strip()
        with suppress(ValueError):  # brackets that hold no address
            if is_web_link(page) and urlsplit(page).hostname:
                known = pages.setdefault(page, [])
                if address not in known:
                    known.append(address)
    return pages


def _judged(status: int, page: str, address: str) -> Outcome:
    if status in (404, 410):
        return Outcome(GONE, _("The server says that there is no such page ({status})").format(status=status))
    if status == 429:
        raise _NoAnswer("", enough=True)
    if status >= 500:
        raise _NoAnswer(_("The server is in trouble ({status})").format(status=status))
    if status >= 400:
        return Outcome(UNKNOWN)  # it lets no program in, which says nothing of readers
    if address not in ("", page) and _is_another(page, address):
        return Outcome(MOVED, _("It has moved to {address}").format(address=address), address)
    return Outcome(THERE)


def _is_another(page: str, address: str) -> bool:
    """Return whether `address` is more than the same page in another spelling; a home page has none to move to."""
    before, after = urlsplit(page), urlsplit(address)
    if after.path in ("", "/") and before.path not in ("", "/"):
        return False  # what is gone is often led to the front page
    return (before.netloc.lower(), before.path.rstrip("/"), before.query) != (
        after.netloc.lower(),
        after.path.rstrip("/"),
        after.query,
    ) or before.scheme != after.scheme


def _host_and_port(parts: SplitResult) -> tuple[str, int]:
    try:
        host = (parts.hostname or "").encode("idna").decode("ascii") if parts.hostname else ""
        port = parts.port or (443 if parts.scheme == "https" else 80)
    except (ValueError, UnicodeError) as error:
        raise _NoAnswer(_("Its host can't have that name"), GONE) from error
    if not host:
        raise _NoAnswer(_("It names no host"), GONE)
    return host, port


def _places(host: str, port: int, *, named_by_link: bool) -> list[tuple[str, int]]:
    """Return where `host` may be connected to; raises _NoAnswer."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        if getattr(error, "errno", None) == socket.EAI_NONAME:
            raise _NoAnswer(_("There is no host {host}").format(host=host), GONE, no_host=True) from error
        raise _NoAnswer(_("The host {host} can't be found").format(host=host), no_host=True) from error
    places = [str(address[0]) for *_kind, address in found]
    if not (named_by_link and _names_private(host)):
        places = [place for place in places if is_public(place)]
    if not places:
        raise _NoAnswer(_("It leads into a local network, and was not asked for"))
    return [(place, port) for place in dict.fromkeys(places)]


def _names_private(host: str) -> bool:
    """Return whether `host` says by itself that it is of this machine or of a local network."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return not is_public(str(ipaddress.ip_address(host)))
    except ValueError:
        return False


def is_public(place: str) -> bool:
    """Return whether an IP address is one of the internet, and stands for none of a local network."""
    try:
        address = ipaddress.ip_address(place.partition("%")[0])
    except ValueError:
        return False
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo or (None, None))[1]
        if inner is None and address in _NAT64:
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None and not is_public(str(inner)):
            return False
        if address.ipv4_mapped is not None:
            return True
    return address.is_global and not address.is_multicast


def _target(parts: SplitResult) -> str:
    path = quote(parts.path or "/", safe=_SAFE)
    return urlunsplit(
        ("", "", path if path.startswith("/") else f"/{path}", quote(parts.query, safe=_SAFE), "")
    )


def _headers(parts: SplitResult) -> dict[str, str]:
    host = parts.netloc.rpartition("@")[2]  # no names and passwords
    return {
        "Host": host.encode("idna").decode("ascii") if not host.isascii() else host,
        "User-Agent": USER_AGENT,
        "Accept": "text/html,*/*",
        "Connection": "close",
    }


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


def _said_of(error: Exception) -> str:
    if isinstance(error, TimeoutError):
        return _("It does not answer in time")
    if isinstance(error, ssl.SSLCertVerificationError):
        return _("Its certificate can't be trusted: {reason}").format(reason=error.verify_message)
    if isinstance(error, ConnectionRefusedError):
        return _("Its host refuses the connection")
    return _("It does not answer as the web does")
