import struct
import zlib

import pytest

from editor.render.display import as_published, for_screen
from editor.render.picture_size import picture_size


def png(width, height):
    return (
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0) + b"\0\0\0\0"
    )


def segment(marker, data):
    return bytes([0xFF, marker]) + struct.pack(">H", len(data) + 2) + data


def exif(orientation, order="<"):
    head = (b"II*\0" if order == "<" else b"MM\0*") + struct.pack(f"{order}I", 8)
    entries = [(0x010F, 2, 1, 0), (0x0112, 3, 1, orientation)]
    if order == "<":
        packed = b"".join(
            struct.pack("<HHIHH", tag, kind, count, value, 0) for tag, kind, count, value in entries
        )
    else:
        packed = b"".join(
            struct.pack(">HHIHH", tag, kind, count, value, 0) for tag, kind, count, value in entries
        )
    return segment(0xE1, b"Exif\0\0" + head + struct.pack(f"{order}H", len(entries)) + packed)


def jpeg(width, height, *before, frame=0xC0):
    return (
        b"\xff\xd8"
        + segment(0xE0, b"JFIF\0" + b"\0" * 9)
        + b"".join(before)
        + segment(0xC4, b"\0" * 30)
        + segment(frame, struct.pack(">BHHB", 8, height, width, 3) + b"\0" * 9)
        + b"\xff\xda"
    )


def webp(kind, data):
    return (
        b"RIFF" + struct.pack("<I", 4 + 8 + len(data)) + b"WEBP" + kind + struct.pack("<I", len(data)) + data
    )


PICTURES = {
    "png": (png(640, 480), (640, 480)),
    "gif": (b"GIF89a" + struct.pack("<HH", 30, 20) + b"\0\0\0", (30, 20)),
    "jpeg": (jpeg(1200, 800), (1200, 800)),
    "progressive jpeg": (jpeg(1200, 800, frame=0xC2), (1200, 800)),
    "jpeg with fill bytes": (jpeg(7, 5).replace(b"\xff\xc4", b"\xff\xff\xff\xc4", 1), (7, 5)),
    "jpeg on its side": (jpeg(1200, 800, exif(6)), (800, 1200)),
    "jpeg on its side, big-endian": (jpeg(1200, 800, exif(8, ">")), (800, 1200)),
    "jpeg upside down": (jpeg(1200, 800, exif(3)), (1200, 800)),
    "jpeg with large data before": (jpeg(9, 8, *[segment(0xE2, b"x" * 65_000)] * 20), (9, 8)),
    "webp, lossy": (
        webp(b"VP8 ", b"\0\0\0\x9d\x01\x2a" + struct.pack("<HH", 400 | 1 << 14, 300) + b"\0" * 9),
        (400, 300),
    ),
    "webp, lossless": (webp(b"VP8L", b"\x2f" + struct.pack("<I", 399 | 299 << 14) + b"\0" * 20), (400, 300)),
    "webp, extended": (
        webp(b"VP8X", b"\0\0\0\0" + (399).to_bytes(3, "little") + (299).to_bytes(3, "little") + b"\0" * 8),
        (400, 300),
    ),
    "svg": (b'<svg xmlns="http://www.w3.org/2000/svg" width="120" height="80px"/>', (120, 80)),
    "svg with viewBox": (
        b'<?xml version="1.0"?>\n<!-- <svg width="1"> -->\n<svg viewBox="0 0 200 50"></svg>',
        (None, 0.25),
    ),
    "svg with a width": (b'<svg viewBox="0,0,200,50" width="1in"></svg>', (96, 24)),
    "svg with a height": (
        '\ufeff<svg viewBox="0 0 200 50" height=\'10\' width="100%"></svg>'.encode(),
        (40, 10),
    ),
    "svg with a doctype": (
        b'<!DOCTYPE svg PUBLIC "x" "x.dtd" [<!ENTITY a "<svg width=\'1\'>">]><svg:svg width="2cm" height="1cm">',
        (76, pytest.approx(37.8, abs=0.1)),
    ),
    "svg without any": (b"<svg></svg>", None),
    "svg with nothing in view": (b'<svg viewBox="0 0 0 50"></svg>', None),
    "nothing": (b"", None),
    "half a png": (png(640, 480)[:20], None),
    "half a jpeg": (jpeg(1200, 800)[:30], None),
    "jpeg of nothing but marks": (b"\xff\xd8" + b"\xff\x01" * 4000, None),
    "png without a width": (png(0, 480), None),
    "html": (b"<!doctype html><p>x", None),
    "words": (b"words and words and words and words", None),
}


@pytest.mark.parametrize("name", PICTURES)
def test_the_size_is_read_from_the_first_bytes(tmp_path, name):
    data, size = PICTURES[name]
    path = tmp_path / "picture"
    path.write_bytes(data)
    assert picture_size(path) == size


def test_a_picture_that_is_cut_anywhere_is_no_error(tmp_path):
    path = tmp_path / "picture"
    for data, size in PICTURES.values():
        for end in range(len(data) if len(data) < 400 else 0):
            path.write_bytes(data[:end])
            assert picture_size(path) in (size, None) or data.startswith((b"<", b"\xef"))


def test_damaged_exif_data_say_nothing(tmp_path):
    path = tmp_path / "picture"
    for broken in (b"II*\0\xff\xff\xff\xff", b"XX", b"II*\0\x08\0\0\0\xff\xff" + zlib.compress(b"x")):
        path.write_bytes(jpeg(4, 3, segment(0xE1, b"Exif\0\0" + broken)))
        assert picture_size(path) == (4, 3)


def test_each_picture_of_a_block_gets_its_size():
    asked = []

    def size_of(url):
        asked.append(url)
        return {"/a.png": (40, 30.0), "b&c.svg": (None, 0.5)}.get(url)

    block = '<p><img src="/a.png" alt="<x>" /> <img alt=\'\' src=\'b&amp;c.svg\'><img src="none.png"/><img alt="x"></p>'
    assert for_screen(block, None, size_of) == (
        '<p><img data-copydesk-size="40x30" src="/a.png" alt="<x>" /> '
        '<img data-copydesk-size="x0.5" alt=\'\' src=\'b&amp;c.svg\'><img src="none.png"/><img alt="x"></p>'
    )
    assert asked == ["/a.png", "b&c.svg", "none.png"]
    assert not as_published(block)
    assert as_published("<p>words</p>")
