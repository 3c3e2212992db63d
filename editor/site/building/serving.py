"""The generator's own server, run in the site itself as the person would start it: `hugo server` and its like.

It watches the site's files and shows what is saved. What it leaves in the site (locks, caches) is what it
leaves there whenever it runs.
"""

import re
import socket
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from editor.errors import BuildError, NotTrusted
from editor.site.building import addresses, problems, programs
from editor.site.building.running import Running
from editor.site.site import Site
from editor.translation import gettext as _

_ADDRESS = re.compile(
    r"https?://(?:localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1?\])(?::(\d+))?(?:/[^\s\"'<>),]*)?"
)
_SPEAKS_OF_ITSELF = re.compile(r"\b(?:serv\w*|listen\w*|available|running|local)\b", re.IGNORECASE)
_POLL_SECONDS = 0.1


class SiteServer:
    """The server of one site. `stop` must be called before the program ends."""

    def __init__(
        self,
        site: Site,
        cache_dir: Path,
        *,
        on_line: Callable[[str], None] = lambda _line: None,
        on_ready: Callable[[str], None] = lambda _address: None,
        on_end: Callable[[str], None] = lambda _reason: None,
    ) -> None:
        """Take the trusted `site`; nothing runs yet. All three functions are called in threads of the server's.

        `on_line` gets each line that it prints; `on_ready` its address, once, when it answers; `on_end` a
        sentence when it ended by itself, or an empty text after `stop`.
        """
        self._site = site
        self._cache = cache_dir.absolute()
        self._on_line = on_line
        self._on_ready = on_ready
        self._on_end = on_end
        self._running: Running | None = None
        self._port = 0
        self._named = ""
        self._address = ""
        self._stopped = threading.Event()
        self._watcher: threading.Thread | None = None

    @property
    def address(self) -> str:
        """The address of the served site's root, with a slash at the end; empty until it answers."""
        return self._address

    @property
    def is_running(self) -> bool:
        """Whether the server's program runs."""
        return self._running is not None and self._running.status is None

    def start(self) -> None:
        """Start the server on a free port of this machine only.

        Raises NotTrusted, and BuildError where the generator is not installed, has no server or can't be started.
        """
        if self.is_running:
            return
        if not self._site.trusted:
            said = _("The site's server runs its own code, which may do anything: trust the site first")
            raise NotTrusted(said, path=self._site.root)
        self._port = _free_port()
        arguments = _command(self._site, self._port)
        self._named = self._address = ""
        self._stopped.clear()
        environment = programs.environment(self._cache / "builds", {})
        self._running = Running(arguments, self._folder(), environment, self._heard)
        self._watcher = threading.Thread(target=self._watch, name="site server", daemon=True)
        self._watcher.start()

    def stop(self) -> None:
        """End the server with all processes that it started; it takes some seconds at most."""
        self._stopped.set()
        if self._running is not None:
            self._running.end()
        if self._watcher is not None and self._watcher is not threading.current_thread():
            self._watcher.join()
        self._address = ""

    def address_of(self, url: str) -> str:
        """Return where the page with the address `url`, from the root of the published site, is served.

        Empty while the server does not answer.
        """
        return urljoin(self._address, url.lstrip("/")) if self._address else ""

    def _folder(self) -> Path:
        if self._site.generator in ("mkdocs-material", "mkdocs", "zensical", "pelican"):
            return self._site.configuration[0].parent
        return self._site.root

    def _heard(self, line: str) -> None:
        found = _ADDRESS.search(line)
        if found is not None and found[1] == str(self._port) and _SPEAKS_OF_ITSELF.search(line):
            self._named = found[0]
        self._on_line(line)

    def _watch(self) -> None:
        running = self._running
        assert running is not None
        while running.status is None and not self._stopped.wait(_POLL_SECONDS):
            if not self._address and _answers(self._port):
                self._address = self._root_address()
                self._on_ready(self._address)
        self._address = ""
        if self._stopped.is_set():
            self._on_end("")
            return
        running.end()  # what it started goes with it
        reason = problems.last_word(list(running.lines)) or str(running.status)
        self._on_end(_("The site's server ended: {reason}").format(reason=reason))

    def _root_address(self) -> str:
        """Return the address that the server printed, else that of the port with the path of the site's address."""
        path = urlsplit(self._named).path if self._named else ""
        if not path and self._site.generator in _AT_THE_SITES_PATH:
            path = addresses.prefix_of(self._site.url)
        return f"http://127.0.0.1:{self._port}/{path.strip('/')}".rstrip("/") + "/"


def _command(site: Site, port: int) -> tuple[str, ...]:
    made = _SERVERS.get(site.generator)
    if made is None or not site.configuration:
        raise BuildError(_("This folder has no generator with a server of its own"), path=site.root)
    return made(site, str(port))


def _mkdocs(site: Site, port: str) -> tuple[str, ...]:
    program = programs.python_program("mkdocs", site.root, site.generator)
    return (program, "serve", "--config-file", site.configuration[0].name, "--dev-addr", f"127.0.0.1:{port}")


def _zensical(site: Site, port: str) -> tuple[str, ...]:
    program = programs.python_program("zensical", site.root, "zensical")
    return (program, "serve", "--config-file", site.configuration[0].name, "--dev-addr", f"127.0.0.1:{port}")


def _pelican(site: Site, port: str) -> tuple[str, ...]:
    program = programs.python_program("pelican", site.root, site.generator)
    settings = site.configuration[0].name
    return (
        program,
        "--settings",
        settings,
        "--autoreload",
        "--listen",
        "--bind",
        "127.0.0.1",
        "--port",
        port,
    )


def _nikola(site: Site, port: str) -> tuple[str, ...]:
    program = programs.python_program("nikola", site.root, site.generator)
    return (program, "auto", "--address", "127.0.0.1", "--port", port)


def _hugo(_site: Site, port: str) -> tuple[str, ...]:
    return (programs.program("hugo"), "server", "-D", "-F", "--bind", "127.0.0.1", "--port", port)


def _jekyll(site: Site, port: str) -> tuple[str, ...]:
    start: tuple[str, ...] = (programs.program("jekyll"),)
    if (site.root / "Gemfile").is_file():
        start = (programs.program("bundle"), "exec", "jekyll")
    options = ("--drafts", "--future", "--unpublished", "--host", "127.0.0.1", "--port", port)
    return (*start, "serve", *options)


def _eleventy(site: Site, port: str) -> tuple[str, ...]:
    return (programs.node_program("eleventy", site.root), "--serve", f"--port={port}")


def _astro(site: Site, port: str) -> tuple[str, ...]:
    return (programs.node_program("astro", site.root), "dev", "--host", "127.0.0.1", "--port", port)


def _hexo(site: Site, port: str) -> tuple[str, ...]:
    if not programs.has_package("hexo-server", site.root):
        raise BuildError(
            _("Hexo's server is a package of its own; this installs it: npm install hexo-server")
        )
    return (
        programs.node_program("hexo", site.root),
        "server",
        "--draft",
        "--ip",
        "127.0.0.1",
        "--port",
        port,
    )


def _zola(_site: Site, port: str) -> tuple[str, ...]:
    return (programs.program("zola"), "serve", "--drafts", "--interface", "127.0.0.1", "--port", port)


_SERVERS: Mapping[str, Callable[[Site, str], tuple[str, ...]]] = {
    "mkdocs-material": _mkdocs,
    "mkdocs": _mkdocs,
    "zensical": _zensical,
    "pelican": _pelican,
    "nikola": _nikola,
    "hugo": _hugo,
    "jekyll": _jekyll,
    "eleventy": _eleventy,
    "astro": _astro,
    "hexo": _hexo,
    "zola": _zola,
}
_AT_THE_SITES_PATH = ("mkdocs-material", "mkdocs", "zensical", "hugo", "jekyll", "astro", "hexo")
"""The generators whose server keeps the path of the published address."""


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
    return port


def _answers(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), 0.2):
            return True
    except OSError:
        return False
