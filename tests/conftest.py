"""What every test stands on: no display, no network account, nothing of the person who runs the tests.

The environment is set while this module is read, before Qt is: pytest-qt imports Qt when the run is
configured, and QtWebEngine reads its flags once, when the first profile is made. Programs that a test starts
inherit all of it.

Fixtures:
    qtbot        pytest-qt's, which looks more often whether what is waited for is there
    log          the warnings and errors logged by the package; one that the test did not expect fails it
    corpus       a folder of real posts and sites, where there is one
    seed_site    a real Material blog, where there is one
    package      every module of the package as a syntax tree
    site_copy    a function: copy one of tests/data/sites, and give the copy's folder
"""

import itertools
import logging
import os
import re
import shutil
import signal
import sys
import tempfile
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot
from pytestqt.wait_signal import SignalBlocker

from tests.sources import Source, read_at_once

ROOT = Path(__file__).resolve().parent.parent
"""The repository."""

_HOME = Path(tempfile.mkdtemp(prefix="copydesk-tests-"))
"""The home folder of this run; removed at its end."""

_GIT_CONFIG = """\
[user]
    name = Test Writer
    email = writer@example.org
[init]
    defaultBranch = main
[commit]
    gpgSign = false
"""


def _settle_environment() -> None:
    private = {
        "HOME": _HOME,
        "USERPROFILE": _HOME,
        "XDG_CONFIG_HOME": _HOME / ".config",
        "XDG_DATA_HOME": _HOME / ".local/share",
        "XDG_STATE_HOME": _HOME / ".local/state",
        "XDG_CACHE_HOME": _HOME / ".cache",
        "XDG_RUNTIME_DIR": _HOME / "run",
        "COPYDESK_HOME": _HOME / "copydesk",
    }
    for name, folder in private.items():
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        os.environ[name] = str(folder)

    git_config = _HOME / ".gitconfig"
    git_config.write_text(_GIT_CONFIG, "utf-8")
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        del os.environ[name]
    os.environ["GIT_CONFIG_GLOBAL"] = str(git_config)
    os.environ["GIT_CONFIG_NOSYSTEM"] = "1"

    # What a test starts reads the modules of ours that one before it has compiled.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

    # LANGUAGE alone decides what gettext answers; the locale's C.UTF-8 keeps Qt and git at UTF-8.
    os.environ["LANGUAGE"] = "C"
    os.environ["LC_ALL"] = "C.UTF-8"

    os.environ["QT_QPA_PLATFORM"] = os.environ.get("COPYDESK_TEST_PLATFORM", "offscreen")
    os.environ["QT_QUICK_BACKEND"] = "software"
    os.environ["QTWEBENGINE_CHROMIUM_FLAGS"] = "--disable-gpu"
    os.environ["QT_ACCESSIBILITY"] = "0"
    for name in (
        "QT_STYLE_OVERRIDE",
        "QT_SCALE_FACTOR",
        "QT_FONT_DPI",
        "QT_LOGGING_RULES",
        "QT_QPA_PLATFORMTHEME",
    ):
        os.environ.pop(name, None)
    if sys.platform.startswith("linux") and os.geteuid() == 0:
        # Chromium refuses to start its sandbox as root. An ordinary user tests with the sandbox on.
        os.environ["QTWEBENGINE_DISABLE_SANDBOX"] = "1"


_settle_environment()

# A shell that starts the tests in the background lets them ignore Ctrl+C, and so all that they start.
signal.signal(signal.SIGINT, signal.default_int_handler)


_NO_GPU = (
    # QtWebEngine asks for an OpenGL context that the offscreen platform does not have, says so once in a
    # process, and paints with the processor instead.
    "^QRhiGles2: Failed to create .*context$",
    "^Failed to create RHI for backend: OpenGL$",
    "^GPUInfo not initialized on GpuInfoUpdate$",
)

_NO_WINDOW_SYSTEM = ("^This plugin does not support ",)
"""What the offscreen platform says of windows that want a size, the front or the keyboard."""


@pytest.hookimpl(tryfirst=True)
def pytest_cmdline_main(config: pytest.Config) -> None:
    """Give each worker whole modules as long as there are such: what a module has made is made once then."""
    if getattr(config.option, "numprocesses", None) and config.option.dist == "no":
        config.option.dist = "worksteal"


def pytest_configure(config: pytest.Config) -> None:
    for pattern in (*_NO_GPU, *_NO_WINDOW_SYSTEM):
        config.addinivalue_line("qt_log_ignore", pattern)


def pytest_sessionfinish() -> None:
    gui = sys.modules.get("PySide6.QtGui")
    if gui is not None and gui.QGuiApplication.instance() is not None:
        # Data that a test copied is an object of Python's, which must not outlive it in Qt's clipboard.
        gui.QGuiApplication.clipboard().clear()


def pytest_unconfigure() -> None:
    shutil.rmtree(_HOME, ignore_errors=True)


_WEB_FIXTURE = re.compile(r"(^|_)(preview|web_view|main_window|app_window)($|_)")
"""Names of the fixtures that bring the real preview with them."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if any(_WEB_FIXTURE.search(name) for name in getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.web)


@pytest.fixture(scope="session")
def qapp_args() -> list[str]:
    """Prepare what must stand before the QApplication, and only in runs that make one."""
    import PySide6.QtWebEngineWidgets  # noqa: F401  (sets up the shared OpenGL contexts when it is imported)

    if find_spec("editor.ui.preview.scheme"):
        from editor.ui.preview.scheme import register_scheme

        register_scheme()
    return ["copydesk"]


class Bot(QtBot):
    """pytest-qt's, which looks every 10 ms whether what is waited for is there; most of it is there in one or two."""

    def waitUntil(self, callback: Callable[[], bool | None], *, timeout: int = 20_000) -> None:
        """Wait until `callback` returns True or, where it asserts, None."""
        __tracebackhide__ = True
        for pause in range(1, 10):
            try:
                if callback() in (True, None):
                    return
            except AssertionError:
                pass
            self.wait(pause)
        super().waitUntil(callback, timeout=timeout)

    def waitSignal(self, signal: object, *, timeout: int = 20_000, **how: Any) -> SignalBlocker:
        """Wait for a signal, as pytest-qt's does, but no less long on a machine that is busy with others' tests."""
        return super().waitSignal(signal, timeout=timeout, **how)


@pytest.fixture
def qtbot(qapp: object, request: pytest.FixtureRequest) -> Bot:
    """Give what waits for the program as a person would."""
    return Bot(request)


class Log:
    """The package's log records from WARNING up, as they came."""

    def __init__(self) -> None:
        self.records: list[logging.LogRecord] = []
        self._expected: list[re.Pattern[str]] = []

    def expect(self, pattern: str) -> None:
        """Expect records with a message that the regular expression `pattern` is found in."""
        self._expected.append(re.compile(pattern))

    def messages(self) -> list[str]:
        """Return the messages of all records."""
        return [record.getMessage() for record in self.records]

    def unexpected(self) -> list[str]:
        """Return the records that no `expect` has named, as `LEVEL logger: message`."""
        return [
            f"{record.levelname} {record.name}: {record.getMessage()}"
            for record in self.records
            if not any(pattern.search(record.getMessage()) for pattern in self._expected)
        ]


class _Collect(logging.Handler):
    def __init__(self, log: Log) -> None:
        super().__init__(logging.WARNING)
        self._log = log

    def emit(self, record: logging.LogRecord) -> None:
        self._log.records.append(record)


@pytest.fixture(autouse=True)
def log() -> Iterator[Log]:
    """Collect the package's warnings and errors; fail the test at its end for those it did not expect."""
    collected = Log()
    handler = _Collect(collected)
    logger = logging.getLogger("editor")
    logger.addHandler(handler)
    yield collected
    logger.removeHandler(handler)
    if unexpected := collected.unexpected():
        pytest.fail("logged, and not expected:\n" + "\n".join(unexpected), pytrace=False)


_homes = itertools.count(1)


@pytest.fixture(autouse=True)
def copydesk_home(monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give every test settings, state and cache of its own; the folder is there once something is written."""
    home = _HOME / f"copydesk-{next(_homes)}"
    monkeypatch.setenv("COPYDESK_HOME", str(home))
    return home


def _folder_beside(variable: str, name: str) -> Path:
    folder = Path(os.environ.get(variable) or ROOT.parent / "shared" / name)
    if not folder.is_dir():
        pytest.skip(f"there is no folder {folder}; {variable} can name one")
    return folder


@pytest.fixture(scope="session")
def corpus() -> Path:
    """Give the folder of real posts and sites; nothing in it is to be written."""
    return _folder_beside("COPYDESK_CORPUS", "corpus")


@pytest.fixture(scope="session")
def seed_site() -> Path:
    """Give the folder of a real Material blog; nothing in it is to be written."""
    return _folder_beside("COPYDESK_SEED_SITE", "seed-site")


@pytest.fixture(scope="module")
def package() -> Iterator[tuple[Source, ...]]:
    """Give every module of the package, read once for all tests of a module."""
    with read_at_once() as read:
        yield read


@pytest.fixture
def site_copy(tmp_path: Path) -> Callable[[str], Path]:
    """Give a function that copies the site `name` of tests/data/sites, and returns the copy's folder."""

    def copy(name: str) -> Path:
        return Path(shutil.copytree(ROOT / "tests/data/sites" / name, tmp_path / name))

    return copy
