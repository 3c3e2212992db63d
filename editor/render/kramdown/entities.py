"""The characters that kramdown knows by name."""

from __future__ import annotations

from html.entities import name2codepoint

# Four that it takes for their neighbours, and two that HTML 4 has not.
_OTHER = {"lang": 9002, "rang": 9001, "lceil": 8969, "rceil": 8968, "apos": 39, "vellip": 8942}


def code_point(name: str) -> int | None:
    """Return the code point of a named entity."""
    return _OTHER.get(name) or name2codepoint.get(name)


def character(number: int) -> str:
    """Return the character of a numeric reference, as an HTML parser will show it."""
    if 128 <= number <= 159:
        return bytes([number]).decode("cp1252", "replace")
    if number > 0x10FFFF or 0xD800 <= number <= 0xDFFF:
        return "\ufffd"
    return chr(number)
