"""How the window is put together with the web page in it: by the processor, or by the GPU.

Qt draws the page's picture into the window with Qt Quick. Where OpenGL is done by the processor (llvmpipe: a
virtual machine, a remote or virtual screen), each frame goes through it twice, and a key shows up in the preview some
34 ms later than with Qt's own software backend. Where a GPU does it, that is the better one for large screens.
Starting OpenGL to ask takes some 100 ms and brings down the program where a driver is broken, so that it is told
from what the system says of itself.
"""

import ctypes
import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

CHOICES = ("auto", "software", "gpu")

_BACKEND = "QT_QUICK_BACKEND"
_FLAGS = "QTWEBENGINE_CHROMIUM_FLAGS"
_DRM = Path("/sys/class/drm")
_DEVICES = Path("/dev/dri")
_WITHOUT_GPU = frozenset(
    {"vgem", "vkms", "virtio-pci", "virtio_gpu", "bochs-drm", "cirrus", "simpledrm", "ast", "hyperv_drm"}
)
"""Kernel drivers of screens that no GPU, or none that can be told for sure, stands behind."""
_DIRECT = ("DRI3", "DRI2", "NV-GLX")
"""Extensions of an X server that hands OpenGL on to a GPU of this machine; virtual and remote ones have none."""


def choose(option: str, environment: Mapping[str, str] = os.environ) -> str:
    """Return `software` or `gpu` for `option`, one of CHOICES.

    What the environment says by QT_QUICK_BACKEND goes before `auto`.
    """
    if option != "auto":
        return option
    if environment.get(_BACKEND):
        return "software" if environment[_BACKEND] == "software" else "gpu"
    return "gpu" if has_gpu(environment) else "software"


def apply(composition: str) -> None:
    """Let Qt and Chromium compose as `composition` says, `software` or `gpu`; before the QApplication is made."""
    flags = os.environ.get(_FLAGS, "").split()
    if composition == "software":
        os.environ[_BACKEND] = "software"
        if "--disable-gpu" not in flags:
            flags.append("--disable-gpu")
    else:
        os.environ.pop(_BACKEND, None)
        flags = [flag for flag in flags if flag != "--disable-gpu"]
    os.environ[_FLAGS] = " ".join(flags)


def has_gpu(
    environment: Mapping[str, str] = os.environ,
    *,
    platform: str = sys.platform,
    devices: Path = _DEVICES,
    drm: Path = _DRM,
    has_extension: Callable[[str, tuple[str, ...]], bool | None] | None = None,
) -> bool:
    """Return whether OpenGL is likely to be done by a GPU, without starting it.

    On macOS and Windows it is taken to be. Elsewhere there must be a render node (/dev/dri/renderD*) that this person
    may open, with a driver that stands for a GPU, and the screen must be one of this machine: no platform of Qt's
    without a screen, and an X server with one of the extensions by which OpenGL gets to a GPU (a Wayland compositor
    uses the render node itself). Mesa's switches to software are honoured.
    """
    if platform in ("darwin", "win32"):
        return True
    if environment.get("LIBGL_ALWAYS_SOFTWARE", "") not in ("", "0", "false"):
        return False
    if environment.get("GALLIUM_DRIVER", "") in ("llvmpipe", "softpipe", "swr"):
        return False
    wanted = environment.get("QT_QPA_PLATFORM", "").partition(";")[0].partition(":")[0]
    wayland = wanted.startswith("wayland") or (
        not wanted
        and bool(environment.get("WAYLAND_DISPLAY"))
        and environment.get("XDG_SESSION_TYPE") != "x11"
    )
    if not wayland and wanted not in ("", "xcb"):
        return wanted in ("eglfs", "linuxfb") and _has_render_node(devices, drm)
    if not _has_render_node(devices, drm):
        return False
    if wayland:
        return True
    display = environment.get("DISPLAY", "")
    if not display or not display.startswith((":", "unix:", "/")):  # none, or one of another machine
        return False
    return (has_extension or _x_server_has)(display, _DIRECT) is not False


def _has_render_node(devices: Path, drm: Path) -> bool:
    try:
        nodes = sorted(devices.glob("renderD*"))
    except OSError:
        return False
    for node in nodes:
        if not os.access(node, os.R_OK | os.W_OK):
            continue
        driver = Path(os.path.realpath(drm / node.name / "device" / "driver")).name
        if driver not in _WITHOUT_GPU:
            return True
    return False


class _ExtensionReply(ctypes.Structure):
    """xcb_query_extension_reply_t, as far as it matters."""

    _fields_ = (
        ("response_type", ctypes.c_uint8),
        ("pad", ctypes.c_uint8),
        ("sequence", ctypes.c_uint16),
        ("length", ctypes.c_uint32),
        ("present", ctypes.c_uint8),
    )


class _Cookie(ctypes.Structure):
    _fields_ = (("sequence", ctypes.c_uint),)


def _x_server_has(display: str, names: tuple[str, ...]) -> bool | None:
    """Ask the X server `display` whether it has one of the extensions `names`; None where it can't be asked."""
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
        libc = ctypes.CDLL(None)
    except OSError:
        return None
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connect.argtypes = (ctypes.c_char_p, ctypes.c_void_p)
    xcb.xcb_connection_has_error.argtypes = (ctypes.c_void_p,)
    xcb.xcb_disconnect.argtypes = (ctypes.c_void_p,)
    xcb.xcb_query_extension.restype = _Cookie
    xcb.xcb_query_extension.argtypes = (ctypes.c_void_p, ctypes.c_uint16, ctypes.c_char_p)
    xcb.xcb_query_extension_reply.restype = ctypes.POINTER(_ExtensionReply)
    xcb.xcb_query_extension_reply.argtypes = (ctypes.c_void_p, _Cookie, ctypes.c_void_p)
    libc.free.argtypes = (ctypes.c_void_p,)
    connection = xcb.xcb_connect(display.encode(), None)
    try:
        if xcb.xcb_connection_has_error(connection):
            return None
        asked = [xcb.xcb_query_extension(connection, len(name), name.encode()) for name in names]
        found = False
        for cookie in asked:
            reply = xcb.xcb_query_extension_reply(connection, cookie, None)
            if reply:
                found = found or bool(reply.contents.present)
                libc.free(reply)
        return found
    finally:
        xcb.xcb_disconnect(connection)
