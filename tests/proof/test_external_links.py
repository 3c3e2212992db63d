"""The web that is asked here is a server on this machine; links to it name it as a number."""

import socket
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from editor.errors import LinkCheckError
from editor.proof import external_links
from editor.proof.external_links import GONE, MOVED, THERE, UNKNOWN, Limits, LinkCheck, Outcome

QUICK = Limits(page_seconds=2.0, all_seconds=20.0, pause_seconds=0.0)


class Web:
    """A server, what it was asked, and how many questions it had at a time."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []
        self.agents: set[str] = set()
        self.most_at_once = 0
        self._now = 0
        self._lock = threading.Lock()
        self.done = threading.Event()
        web = self

        class Handler(BaseHTTPRequestHandler):
            def do_HEAD(self) -> None:
                web.note(self, 1)
                self._answer()
                web.note(self, -1)

            def do_GET(self) -> None:
                self.do_HEAD()

            def _answer(self) -> None:
                path = self.path.partition("?")[0]
                if path == "/slow":
                    web.done.wait(30)
                elif path == "/drip":
                    self.wfile.write(b"HTTP/1.1 200 OK\r\nX-A: ")
                    while not web.done.wait(0.05):
                        try:
                            self.wfile.write(b"x")
                            self.wfile.flush()
                        except OSError:
                            break
                elif path == "/no-head" and self.command == "HEAD":
                    self.send_error(405)
                elif path == "/hangs-up" and self.command == "HEAD":
                    self.connection.shutdown(socket.SHUT_RDWR)
                elif path.startswith("/to/"):
                    _empty, _to, status, target = path.split("/", 3)
                    self.send_response(int(status))
                    self.send_header("Location", web.targets.get(target, f"/{target}"))
                    self.end_headers()
                elif path.startswith("/status/"):
                    self.send_response(int(path.rpartition("/")[2]))
                    self.end_headers()
                else:
                    time.sleep(0.01)
                    self.send_response(200)
                    self.end_headers()

            def log_message(self, *_arguments: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.port = self._server.server_address[1]
        self.targets = {
            "file": "file:///etc/passwd",
            "localhost": f"http://localhost:{self.port}/ok",
            "loop": "/to/301/loop",
            "text": "javascript:alert(1)",
        }
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    def note(self, handler: BaseHTTPRequestHandler, step: int) -> None:
        with self._lock:
            self._now += step
            self.most_at_once = max(self.most_at_once, self._now)
            if step > 0:
                self.asked.append((handler.command, handler.path))
                self.agents.add(handler.headers["User-Agent"])

    def at(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    def close(self) -> None:
        self.done.set()
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def web() -> Iterator[Web]:
    server = Web()
    yield server
    server.close()


def outcome(address: str, limits: Limits = QUICK) -> Outcome:
    return LinkCheck(limits).run([address])[address]


@pytest.mark.parametrize(
    ("path", "verdict"),
    [
        ("/ok", THERE),
        ("/ok?a=ä&b=%20", THERE),
        ("/status/404", GONE),
        ("/status/410", GONE),
        ("/status/403", UNKNOWN),
        ("/status/503", UNKNOWN),
        ("/no-head", THERE),
        ("/hangs-up", THERE),
        ("/to/301/new", MOVED),
        ("/to/308/new", MOVED),
        ("/to/302/new", THERE),
        ("/to/301/", THERE),  # to the front page: nothing that a link could be changed to
        ("/to/301/loop", GONE),
        ("/to/302/file", UNKNOWN),
        ("/to/302/text", UNKNOWN),
        ("/to/302/localhost", UNKNOWN),  # which the link itself does not name
    ],
)
def test_what_becomes_of_a_link(web, path, verdict):
    found = outcome(web.at(path))
    assert found.verdict == verdict, found
    assert bool(found.message) == (verdict != THERE and path != "/status/403")
    assert found.address == (web.at("/new") if verdict == MOVED else "")


def test_the_head_is_asked_for_under_our_own_name(web):
    outcome(web.at("/ok"))
    assert web.asked == [("HEAD", "/ok")]
    [agent] = web.agents
    assert agent.startswith("Copydesk/")


def test_a_page_is_asked_for_once_whatever_its_links_lead_to_in_it(web):
    links = [web.at("/ok"), web.at("/ok#a"), web.at("/ok#b"), web.at("/ok")]
    found = LinkCheck(QUICK).run(links)
    assert set(found) == set(links)
    assert web.asked == [("HEAD", "/ok")]


def test_what_is_no_link_to_the_web_is_left_out(web):
    others = [
        "file:///etc/passwd",
        "ftp://127.0.0.1/x",
        "mailto:a@b",
        "/x",
        "#x",
        "http://",
        "http://[x/",
        "javascript:0",
    ]
    assert LinkCheck(QUICK).run(others) == {}


def test_one_question_at_a_time_to_a_host_with_pauses(web):
    limits = Limits(page_seconds=2.0, pause_seconds=0.05)
    begun = time.monotonic()
    LinkCheck(limits).run([web.at(f"/{number}") for number in range(6)])
    assert time.monotonic() - begun >= 5 * 0.05
    assert web.most_at_once == 1
    assert len(web.asked) == 6


def test_a_host_that_says_it_is_enough_is_asked_no_more(web):
    links = [web.at("/status/429"), web.at("/a"), web.at("/b")]
    found = LinkCheck(QUICK).run(links)
    assert [found[link] for link in links] == [Outcome(UNKNOWN)] * 3
    assert {path for _method, path in web.asked} == {"/status/429"}


@pytest.mark.parametrize("path", ["/slow", "/drip"])
def test_a_page_has_its_time(web, path):
    begun = time.monotonic()
    found = outcome(web.at(path), Limits(page_seconds=0.4, pause_seconds=0.0))
    assert found.verdict == UNKNOWN
    assert found.message
    assert time.monotonic() - begun < 5


def test_all_together_have_their_time(web):
    links = [web.at(f"/slow?{number}") for number in range(50)]
    begun = time.monotonic()
    found = LinkCheck(Limits(page_seconds=0.3, all_seconds=0.8)).run(links)
    assert time.monotonic() - begun < 5
    assert set(found) == set(links)
    assert found[links[-1]].message == "It was not asked for"


def test_no_more_than_so_many(web):
    links = [web.at(f"/{number}") for number in range(5)]
    assert list(LinkCheck(Limits(most=3, pause_seconds=0)).run(links)) == links[:3]
    assert len(web.asked) == 3


def test_it_can_be_ended(web):
    check = LinkCheck(Limits(page_seconds=20.0))
    counted: list[tuple[int, int]] = []

    def told(done: int, of: int) -> None:
        counted.append((done, of))
        if web.asked:
            check.cancel()

    begun = time.monotonic()
    found = check.run([web.at("/slow"), web.at("/ok")], told)
    assert time.monotonic() - begun < 5
    assert counted[0] == (0, 2)
    assert {each.verdict for each in found.values()} == {UNKNOWN}


def test_a_name_that_leads_into_the_local_network_is_not_asked(web, monkeypatch):
    """Whoever holds the name of a host can have it mean any address, from one moment to the next."""
    real = socket.getaddrinfo

    def answer(host, port, *arguments, **words):
        return real("127.0.0.1" if host == "blog.example" else host, port, *arguments, **words)

    monkeypatch.setattr(socket, "getaddrinfo", answer)
    found = outcome(f"http://blog.example:{web.port}/ok")
    assert found.verdict == UNKNOWN
    assert "local network" in found.message
    assert web.asked == []


def test_hosts_that_are_not_there(monkeypatch):
    def answer(host, *_arguments, **_words):
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", answer)
    assert outcome("http://nowhere.example/").verdict == GONE
    with pytest.raises(LinkCheckError):  # all at once: that is the way there
        LinkCheck(QUICK).run(["http://nowhere.example/", "https://nobody.example/"])


def test_a_host_that_refuses(web):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    assert outcome(f"http://127.0.0.1:{port}/") == Outcome(UNKNOWN, "Its host refuses the connection")


@pytest.mark.parametrize(
    ("place", "public"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1:248:1893:25c8:1946", True),
        ("::ffff:93.184.216.34", True),
        ("127.0.0.1", False),
        ("10.0.0.1", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("::1", False),
        ("::", False),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
        ("::ffff:10.0.0.1", False),
        ("64:ff9b::7f00:1", False),
        ("2002:7f00:1::", False),
    ],
)
def test_addresses_of_the_internet(place, public):
    assert external_links.is_public(place) is public
