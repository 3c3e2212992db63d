"""What keeps the memory of the window and its processes small."""

import ctypes
import os
import platform

_ARENAS = 1
"""Heaps of a process: glibc makes eight for each core otherwise, one a thread, that are hardly ever given back."""
_TRIM = 128 * 1024
"""Bytes that may lie free at the end of the heap. Once said, glibc no longer raises it by itself."""
_M_ARENA_MAX, _M_TRIM_THRESHOLD = -8, -1  # malloc.h

SCRIPT_FLAG = "--js-flags=--optimize-for-size,--no-opt"
"""For Chromium: scripts are not compiled to run faster, which takes memory; the page's own has little to do."""


def be_thrifty() -> None:
    """Have this process, and those that it starts, keep less memory that they do not use (glibc; else nothing)."""
    if platform.libc_ver()[0] != "glibc":
        return
    os.environ.setdefault("MALLOC_ARENA_MAX", str(_ARENAS))
    os.environ.setdefault("MALLOC_TRIM_THRESHOLD_", str(_TRIM))
    mallopt = ctypes.CDLL(None).mallopt
    mallopt(_M_ARENA_MAX, int(os.environ["MALLOC_ARENA_MAX"]))
    mallopt(_M_TRIM_THRESHOLD, int(os.environ["MALLOC_TRIM_THRESHOLD_"]))
