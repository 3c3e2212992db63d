"""What the window needs of the system, and how to get it, in one sentence instead of Qt's abort.

Imports no Qt before it is asked to try. The wheels of PySide6 bring Qt with them, but not the libraries of
the system that Qt stands on; which ones those are was read from their NEEDED entries (Qt 6.12).
"""

import ctypes
import os
import re
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

from editor.translation import gettext as _

_ENGINE: Mapping[str, tuple[str, str]] = {
    "libasound.so.2": ("libasound2", "alsa-lib"),
    "libdbus-1.so.3": ("libdbus-1-3", "dbus-libs"),
    "libEGL.so.1": ("libegl1", "libglvnd-egl"),
    "libexpat.so.1": ("libexpat1", "expat"),
    "libfontconfig.so.1": ("libfontconfig1", "fontconfig"),
    "libfreetype.so.6": ("libfreetype6", "freetype"),
    "libgbm.so.1": ("libgbm1", "mesa-libgbm"),
    "libGL.so.1": ("libgl1", "libglvnd-glx"),
    "libglib-2.0.so.0": ("libglib2.0-0", "glib2"),
    "libgssapi_krb5.so.2": ("libgssapi-krb5-2", "krb5-libs"),
    "libgthread-2.0.so.0": ("libglib2.0-0", "glib2"),
    "libnspr4.so": ("libnspr4", "nspr"),
    "libnss3.so": ("libnss3", "nss"),
    "libnssutil3.so": ("libnss3", "nss-util"),
    "libsmime3.so": ("libnss3", "nss"),
    "libudev.so.1": ("libudev1", "systemd-libs"),
    "libX11.so.6": ("libx11-6", "libX11"),
    "libXcomposite.so.1": ("libxcomposite1", "libXcomposite"),
    "libXdamage.so.1": ("libxdamage1", "libXdamage"),
    "libXext.so.6": ("libxext6", "libXext"),
    "libXfixes.so.3": ("libxfixes3", "libXfixes"),
    "libXrandr.so.2": ("libxrandr2", "libXrandr"),
    "libXtst.so.6": ("libxtst6", "libXtst"),
    "libxcb.so.1": ("libxcb1", "libxcb"),
    "libxcb-dri3.so.0": ("libxcb-dri3-0", "libxcb"),
    "libxkbcommon.so.0": ("libxkbcommon0", "libxkbcommon"),
    "libxkbfile.so.1": ("libxkbfile1", "libxkbfile"),
}
"""What Qt and its web engine need: library -> its package in Debian and Ubuntu, and in Fedora.

Newer Debian and Ubuntu append `t64` to some (libasound2t64, libglib2.0-0t64); `apt` finds them by the old
names or says what they are called now.
"""

_PLATFORM: Mapping[str, Mapping[str, tuple[str, str]]] = {
    "xcb": {
        "libX11-xcb.so.1": ("libx11-xcb1", "libX11-xcb"),
        "libxcb-cursor.so.0": ("libxcb-cursor0", "xcb-util-cursor"),
        "libxcb-icccm.so.4": ("libxcb-icccm4", "xcb-util-wm"),
        "libxcb-image.so.0": ("libxcb-image0", "xcb-util-image"),
        "libxcb-keysyms.so.1": ("libxcb-keysyms1", "xcb-util-keysyms"),
        "libxcb-randr.so.0": ("libxcb-randr0", "libxcb"),
        "libxcb-render.so.0": ("libxcb-render0", "libxcb"),
        "libxcb-render-util.so.0": ("libxcb-render-util0", "xcb-util-renderutil"),
        "libxcb-shape.so.0": ("libxcb-shape0", "libxcb"),
        "libxcb-shm.so.0": ("libxcb-shm0", "libxcb"),
        "libxcb-sync.so.1": ("libxcb-sync1", "libxcb"),
        "libxcb-util.so.1": ("libxcb-util1", "xcb-util"),
        "libxcb-xfixes.so.0": ("libxcb-xfixes0", "libxcb"),
        "libxcb-xkb.so.1": ("libxcb-xkb1", "libxcb"),
        "libxkbcommon-x11.so.0": ("libxkbcommon-x11-0", "libxkbcommon-x11"),
    },
    "wayland": {
        "libwayland-client.so.0": ("libwayland-client0", "libwayland-client"),
        "libwayland-cursor.so.0": ("libwayland-cursor0", "libwayland-cursor"),
        "libwayland-egl.so.1": ("libwayland-egl1", "libwayland-egl"),
    },
}
"""What the plugin of a platform needs besides, in the same form."""

_NOT_FOUND = re.compile(r"(?P<library>\S+?\.so(?:\.[0-9]+)*): cannot open shared object file")


def problem(environment: Mapping[str, str] = os.environ) -> str | None:
    """Return one sentence (translated) on why no window can be opened, or None where nothing is missing.

    Tries to load Qt, its web engine and the plugin of the platform that Qt chooses in `environment`.
    """
    if not sys.platform.startswith("linux"):
        return None
    platform = chosen_platform(environment)
    if platform is None:
        return _(
            "There is no display (DISPLAY and WAYLAND_DISPLAY are both unset): "
            "start Copydesk in a desktop session, or set QT_QPA_PLATFORM=offscreen"
        )
    try:
        import PySide6.QtWebEngineWidgets

        _load_platform(Path(PySide6.__file__).parent, platform)
        if platform == "xcb" and not _display_answers():
            return _(
                "The display {name} does not answer: start Copydesk in a desktop session, or set DISPLAY to one"
            ).format(name=environment.get("DISPLAY", ""))
    except (ImportError, OSError) as error:
        return explain(str(error), platform)
    return None


def chosen_platform(environment: Mapping[str, str]) -> str | None:
    """Return the Qt platform for `environment` (`xcb`, `wayland`, `offscreen` …); None: there is none."""
    if asked := environment.get("QT_QPA_PLATFORM"):
        # A list of platforms to try, each with its own options: "wayland;xcb", "vnc:size=800x600".
        return re.split("[;:]", asked)[0]
    if environment.get("WAYLAND_DISPLAY"):
        return "wayland"
    return "xcb" if environment.get("DISPLAY") else None


def explain(message: str, platform: str) -> str:
    """Return one sentence (translated) for the loader's `message`, with the packages that mend it."""
    found = _NOT_FOUND.search(message)
    if found is None:
        first = message.strip().splitlines()[0] if message.strip() else "?"
        return _("Qt can't be loaded: {reason}").format(reason=first)
    # All that is missing, so that one command brings it; not only what the loader stumbled over first.
    needed = packages(platform)
    return install_sentence({found["library"], *(name for name in needed if not _loads(name))}, needed)


def packages(platform: str) -> dict[str, tuple[str, str]]:
    """Return library -> its packages (Debian's, Fedora's) of all that a window on `platform` needs."""
    return {**_ENGINE, **_PLATFORM.get(platform, {})}


def install_sentence(libraries: Iterable[str], known: Mapping[str, tuple[str, str]]) -> str:
    """Return one sentence (translated) that names the missing `libraries` and their packages by `known`."""
    names = sorted(libraries)
    wanted = [known[name] for name in names if name in known]
    if not wanted:
        return _("Copydesk needs a library of the system that is not installed: {libraries}").format(
            libraries=", ".join(names)
        )
    debian, fedora = (" ".join(sorted(set(column))) for column in zip(*wanted, strict=True))
    return _(
        "Copydesk needs libraries of the system that are not installed ({libraries}): "
        "install them with “sudo apt install {debian}” (Debian, Ubuntu) "
        "or “sudo dnf install {fedora}” (Fedora)"
    ).format(libraries=", ".join(names), debian=debian, fedora=fedora)


def _loads(name: str) -> bool:
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def _display_answers() -> bool:
    """Try to connect to the X display as Qt would; Qt itself ends the process where it can't."""
    xcb = ctypes.CDLL("libxcb.so.1")
    xcb.xcb_connect.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(xcb.xcb_connect(None, None))
    answers = xcb.xcb_connection_has_error(connection) == 0
    xcb.xcb_disconnect(connection)
    return answers


def _load_platform(pyside: Path, platform: str) -> None:
    """Load the platform's plugin; raise OSError where a library that it stands on is missing.

    Qt itself would end the process when it can't load it.
    """
    plugin = pyside / "Qt/plugins/platforms" / f"libq{platform}.so"
    if plugin.is_file():
        ctypes.CDLL(str(plugin))
