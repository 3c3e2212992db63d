"""The size of a picture, from the first bytes of its file."""

import re
import struct
from pathlib import Path
from typing import BinaryIO

Size = tuple[int | None, float]
"""Width and height in CSS pixels. A width of None: as wide as there is room, and the height for a width of 1."""

_SVG_HEAD = 64 * 1024
_MOST_SEGMENTS = 256
"""Of a JPEG: one with more of them before its frame is left to the browser."""
_LARGEST_SIDE = 1_000_000
_EXIF_HEAD = 16 * 1024

_JPEG_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_JPEG_ALONE = frozenset({0x01, *range(0xD0, 0xD8)})
_ORIENTATION = 0x0112

_SVG_ROOT = re.compile(r"<(?:[\w.-]+:)?svg\b((?:[^<>\"']|\"[^\"]*\"|'[^']*')*)>")
_SVG_SKIPPED = re.compile(r"<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>\[]*(?:\[.*?\])?\s*>", re.DOTALL)
_SVG_ATTRIBUTE = re.compile(r"([\w:.-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_LENGTH = re.compile(r"\s*(\d+(?:\.\d+)?|\.\d+)\s*(px|pt|pc|in|cm|mm|q|)\s*\Z", re.IGNORECASE)
_PIXELS = {
    "": 1.0,
    "px": 1.0,
    "pt": 96 / 72,
    "pc": 16.0,
    "in": 96.0,
    "cm": 96 / 2.54,
    "mm": 9.6 / 2.54,
    "q": 2.4 / 2.54,
}


def picture_size(path: Path) -> Size | None:
    """Return the size that a browser shows the picture at `path` in; None where its first bytes don't tell.

    PNG, JPEG (turned as its EXIF data say), GIF, WebP and SVG are known. Reads 64 KB of the file at most. Raises
    OSError.
    """
    with path.open("rb") as stream:
        head = stream.read(32)
        try:
            size = _size(stream, head)
        except struct.error:  # the file ends too soon
            return None
    if size is None or not 0 < size[1] <= _LARGEST_SIDE:
        return None
    return size if size[0] is None or 0 < size[0] <= _LARGEST_SIDE else None


def _size(stream: BinaryIO, head: bytes) -> Size | None:
    if head.startswith(b"\x89PNG\r\n\x1a\n") and head[12:16] == b"IHDR":
        width, height = struct.unpack_from(">II", head, 16)
        return width, height
    if head.startswith((b"GIF87a", b"GIF89a")):
        width, height = struct.unpack_from("<HH", head, 6)
        return width, height
    if head.startswith(b"\xff\xd8"):
        return _jpeg_size(stream)
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return _webp_size(head)
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith(b"<"):
        return _svg_size((head + stream.read(_SVG_HEAD - len(head))).decode("utf-8-sig", "replace"))
    return None


def _webp_size(head: bytes) -> Size | None:
    kind = head[12:16]
    if kind == b"VP8 " and head[23:26] == b"\x9d\x01\x2a":
        width, height = struct.unpack_from("<HH", head, 26)
        return width & 0x3FFF, height & 0x3FFF
    if kind == b"VP8L" and head[20:21] == b"\x2f":
        (bits,) = struct.unpack_from("<I", head, 21)
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if kind == b"VP8X" and len(head) >= 30:
        return int.from_bytes(head[24:27], "little") + 1, int.from_bytes(head[27:30], "little") + 1
    return None


def _jpeg_size(stream: BinaryIO) -> Size | None:
    stream.seek(2)
    turned = False
    for _segment in range(_MOST_SEGMENTS):
        marker = stream.read(2)
        while len(marker) == 2 and marker == b"\xff\xff":  # filled up
            marker = marker[1:] + stream.read(1)
        if len(marker) < 2 or marker[0] != 0xFF:
            return None
        if marker[1] in _JPEG_ALONE:
            continue
        (length,) = struct.unpack(">H", stream.read(2))
        if length < 2:
            return None
        if marker[1] in _JPEG_FRAMES:
            height, width = struct.unpack_from(">HH", stream.read(5), 1)
            return (height, width) if turned else (width, height)
        if marker[1] == 0xDA:  # the picture itself begins
            return None
        after = stream.tell() + length - 2
        if marker[1] == 0xE1:
            turned = turned or _is_turned(stream.read(min(length - 2, _EXIF_HEAD)))
        stream.seek(after)
    return None


def _is_turned(exif: bytes) -> bool:
    """Tell whether EXIF data say that a picture lies on its side (TIFF 6.0, orientations 5 to 8)."""
    if not exif.startswith(b"Exif\0\0"):
        return False
    tiff = exif[6:]
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2])
    if order is None:
        return False
    try:
        (start,) = struct.unpack_from(f"{order}I", tiff, 4)
        (count,) = struct.unpack_from(f"{order}H", tiff, start)
        for entry in range(start + 2, start + 2 + 12 * count, 12):
            tag, _kind, _count, value = struct.unpack_from(f"{order}HHIH", tiff, entry)
            if tag == _ORIENTATION:
                return int(value) in range(5, 9)
    except struct.error:
        return False
    return False


def _svg_size(text: str) -> Size | None:
    """Return the size of an SVG: width and height, or what its viewBox and one of them give (CSS Images 3)."""
    root = _SVG_ROOT.search(_SVG_SKIPPED.sub("", text))
    if root is None:
        return None
    attributes = {name: _unescaped(one or other) for name, one, other in _SVG_ATTRIBUTE.findall(root[1])}
    width, height = _length(attributes.get("width")), _length(attributes.get("height"))
    ratio = _ratio(attributes.get("viewBox", ""))
    if width is not None and height is not None:
        return round(width), height
    if ratio is None:
        return None
    if width is not None:
        return round(width), width / ratio
    if height is not None:
        return round(height * ratio), height
    return None, round(1 / ratio, 6)


def _length(text: str | None) -> float | None:
    found = _LENGTH.match(text or "")
    return float(found[1]) * _PIXELS[found[2].lower()] if found else None


def _ratio(view_box: str) -> float | None:
    try:
        _x, _y, width, height = (float(part) for part in view_box.replace(",", " ").split())
    except ValueError:
        return None
    return width / height if width > 0 and height > 0 else None


def _unescaped(value: str) -> str:
    """Return what an attribute says; xml.sax.saxutils would do, but brings half of the network library along."""
    return value.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
