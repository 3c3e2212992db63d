"""What is JavaScript in an MDX page: imports and exports, components, expressions.

Nothing of it is run. https://mdxjs.com/docs/what-is-mdx/
"""

import re
from collections.abc import Iterator

from editor.render.commonmark.flavour import Told
from editor.render.commonmark.plugins.gfm_stand_ins import folded_lines, stand_in

MARKS = ("{", "<", "import", "export")

_MODULE = re.compile(r"(?:import|export)\b[^\n]*(?:\n(?![ \t]*\n)[^\n]*)*", re.MULTILINE)
_FENCE = re.compile(
    r"(?P<fence>`{3,}|~{3,})[^\n]*\n(?:[^\n]*\n)*?[ \t>]*(?P=fence)[`~]*[ \t]*$", re.MULTILINE
)
_CODE = re.compile(r"(`+)(?!`).+?(?<!`)\1(?!`)", re.DOTALL)
_NAME = re.compile(r"</?\s*([A-Z][\w.$-]*|[a-z][\w$-]*(?:[.:][\w.$-]+))?(?=[\s/>])")
_QUOTES = "\"'`"


def fold(text: str, told: Told) -> str:
    """Return `text` with a stand-in for each part that is JavaScript; each is noted by its name."""
    told.note("mdx")
    parts: list[str] = []
    at = copied = 0
    for start, end, kind, name in _found(text):
        parts.append(text[copied:start])
        source = text[start:end]
        if kind == "module":
            parts.append(folded_lines(source))
        else:
            if kind != "end":
                told.note("placeholder", name)
            parts.append(stand_in("expression" if kind == "expression" else "component", name, source))
        at = copied = end
    parts.append(text[at:])
    return "".join(parts)


def _found(text: str) -> Iterator[tuple[int, int, str, str]]:
    """Yield (start, end, kind, name) of each part, outside of code."""
    at = 0
    line_begins = True
    while at < len(text):
        letter = text[at]
        if line_begins and (at == 0 or text[:at].endswith("\n\n") or not text[:at].strip()):
            module = _MODULE.match(text, at)
            if module is not None:
                yield at, module.end(), "module", ""
                at = module.end()
                continue
        if letter in "`~":
            fence = _FENCE.match(text, at) if _begins_line(text, at) else None
            code = fence or (_CODE.match(text, at) if letter == "`" else None)
            at = code.end() if code is not None else at + 1
            line_begins = False
            continue
        if letter == "\\":
            at += 2
            line_begins = False
            continue
        if letter == "{":
            end = _closing(text, at)
            if end is not None:
                inner = text[at + 1 : end - 1].strip()
                comment = inner.startswith("/*") and inner.endswith("*/")
                yield at, end, "module" if comment else "expression", " ".join(inner.split())[:60]
                at = end
                line_begins = False
                continue
        if letter == "<":
            name = _NAME.match(text, at)
            end = _tag_end(text, at) if name is not None else None
            if name is not None and end is not None and (name[1] or text[at : at + 2] in ("<>", "</")):
                closes = text.startswith("</", at)
                yield at, end, "end" if closes else "component", name[1] or ""
                at = end
                line_begins = False
                continue
        line_begins = letter == "\n"
        at += 1


def _begins_line(text: str, at: int) -> bool:
    start = text.rfind("\n", 0, at) + 1
    return not text[start:at].strip(" \t>-*+0123456789.")


def _closing(text: str, at: int) -> int | None:
    """Return the end of what a brace begins, None where it is never closed."""
    depth, quote = 0, ""
    for position in range(at, len(text)):
        letter = text[position]
        if quote:
            if letter == quote and text[position - 1] != "\\":
                quote = ""
        elif letter in _QUOTES and depth:
            quote = letter
        elif letter == "{":
            depth += 1
        elif letter == "}":
            depth -= 1
            if depth == 0:
                return position + 1
    return None


def _tag_end(text: str, at: int) -> int | None:
    """Return the end of a component's tag, None where it is never closed."""
    position = at + 1
    while position < len(text):
        letter = text[position]
        if letter == "{":
            end = _closing(text, position)
            if end is None:
                return None
            position = end
            continue
        if letter in "\"'":
            position = text.find(letter, position + 1)
            if position < 0:
                return None
        elif letter == ">":
            return position + 1
        position += 1
    return None
