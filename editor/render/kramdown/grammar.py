"""The patterns by which kramdown's blocks begin and end.

Source: https://kramdown.gettalong.org/syntax.html and kramdown's behaviour (2.4, kramdown-parser-gfm 1.1).
All are tried at the beginning of a line or, within HTML, behind a tag.
"""

import re

from editor.render.kramdown.html_names import SPANS
from editor.render.kramdown.scanner import compiled

_NAME_START = r"[A-Za-z_\u00aa\u00b5\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\U000effff]"
_NAME_REST = r"[-A-Za-z0-9._\u00aa\u00b5\u00b7\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\U000effff]"
NAME = rf"(?:{_NAME_START}{_NAME_REST}*:)?{_NAME_START}{_NAME_REST}*"
"""An XML name; HTML elements and attributes are read by the rules of XML."""
_WORD = r"[A-Za-z0-9_\u00aa\u00b5\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\U000effff]"

_ATTRIBUTE = rf"\s*({NAME})(?:\s*=\s*(?:({_WORD}+)|\"([^\"]*)\"|'([^']*)'))?"
HTML_ATTRIBUTE = compiled(_ATTRIBUTE)
HTML_TAG = compiled(rf"<((?>{NAME}))((?>\s+{NAME}(?:\s*=\s*(?:{_WORD}+|\"[^\"]*\"|'[^']*'))?)*)\s*(/)?>")
HTML_CLOSE = compiled(rf"</({NAME})\s*>")
HTML_COMMENT = compiled(r"<!--.*?-->", re.DOTALL)
HTML_CDATA = compiled(r"<!\[CDATA\[(.*?)\]\]>", re.DOTALL)
HTML_ENTITY = compiled(r"&([A-Za-z0-9_:][-A-Za-z0-9_:]*);|&#(\d+);|&#x([0-9a-fA-F]+);")

LIST_NAME = r"\w[\w:-]*"
ANY = r"\\\}|[^\}]"
_SPACE = r" {0,3}"

BLANK = compiled(r"\s*\n")
BOUNDARY_MARK = compiled(r"\^[^\S\n]*\n")
IAL = rf"\{{:(?!:|/)((?:{ANY})+)\}}\s*?\n"
IAL_BLOCK = compiled(_SPACE + IAL)
ALD = compiled(rf"{_SPACE}\{{:({LIST_NAME}):((?:{ANY})+)\}}\s*?\n")
EXTENSION_OPEN = rf"\{{::(\w+)(?:\s((?:{ANY})*?)|)(/)?\}}"
EXTENSION_CLOSE = rf"\{{:/({LIST_NAME})?\}}"
EXTENSION_BLOCK = compiled(rf"{_SPACE}(?:{EXTENSION_OPEN}|{EXTENSION_CLOSE})\s*?\n")

_SPAN_NAMES = "|".join(sorted(SPANS | {"script"}))
_NOT_SPAN = rf"(?!(?:{_SPAN_NAMES})\b)"
_HTML_OPENS = rf"<(?>{_NOT_SPAN}{NAME})"
_HTML_CLOSES = rf"</{_NOT_SPAN}{NAME}\s*>"
HTML_BLOCK = compiled(rf"{_SPACE}<(?:{NAME}|\?|!--|/)")
_LAZY = rf"\s*\n|{_SPACE}{IAL}|\^[^\S\n]*\n|{_SPACE}{_HTML_CLOSES}|{_SPACE}{_HTML_OPENS}|\Z"

_TAIL = r"[\t| ][^\n]*?\n"
UNORDERED = compiled(rf"({_SPACE}[+*-])({_TAIL})")
ORDERED = compiled(rf"({_SPACE}\d+\.)({_TAIL})")
_LIST = rf"(?:{_SPACE}[+*-]{_TAIL}|{_SPACE}\d+\.{_TAIL})"
ANY_LIST = compiled(_LIST)
DEFINITION = compiled(rf"({_SPACE}:)({_TAIL})")
_DEFINITION = rf"{_SPACE}:{_TAIL}"
ITEM_IAL = compiled(rf"\s*(?:\{{:(?!(?:{LIST_NAME})?:|/)((?:{ANY})+)\}})\s*")
ITEM_IAL_ALONE = compiled(rf"(?:\s*(?:\{{:(?!(?:{LIST_NAME})?:|/)((?:{ANY})+)\}})\s*)?\s*\n")

QUOTED = compiled(rf"^{_SPACE}> ?")
QUOTE = compiled(rf"{_SPACE}> ?")
_ATX_GFM = r"\#{1,6}[\t ]+[^\n]*\n"
ATX_GFM = compiled(r"(\#{1,6})[\t ]+([^\n]*)\n")
ATX = compiled(r"(\#{1,6})[\t ]*([^ \t\n][^\n]*)\n")
SETEXT = compiled(rf"{_SPACE}([^ \t\n][^\n]*)\n([-=])[-=]*\s*?\n")
HEADER_ID = compiled(r"[ \t]\{\#([A-Za-z][\w:-]*)\}\Z")
RULE = compiled(rf"{_SPACE}(\*|-|_)[ \t]*\1[ \t]*\1(?:\1|[ \t])*\n")

INDENT = compiled(r"^(?:\t| {4})")
CODE_START = compiled(r"(?:\t| {4})")
_CODE_LINE = r"(?:\t| {4})[ \t]*[^\s][^\n]*\n"
_CODE_LAZY = (
    rf"(?!{_SPACE}{IAL}|\^[^\S\n]*\n|{_SPACE}{_HTML_CLOSES}|{_SPACE}{_HTML_OPENS})[ \t]*[^\s][^\n]*\n"
)
_CODE = rf"(?:(?:\s*\n)?(?:{_CODE_LINE})+(?:{_CODE_LAZY})*)*"
CODE = compiled(_CODE)
FENCE_GFM = compiled(r" {0,3}[~`]{3,}")
FENCE = compiled(r"~{3,}")
_FENCE_START = r" {0,3}[~`]{3,}"

LAZY_END = compiled(_LAZY)
PARAGRAPH_END = compiled(rf"{_LAZY}|{_DEFINITION}")
PARAGRAPH_END_GFM = compiled(rf"{_LAZY}|{_LIST}|{_ATX_GFM}|{_DEFINITION}|{_SPACE}> ?|{_FENCE_START}")
BLOCK_BOUNDARY = compiled(rf"\s*\n|\^[^\S\n]*\n|{_SPACE}{IAL}|\Z")

MATH = compiled(rf"{_SPACE}(\\)?\$\$(.*?)\$\$(\s*?\n)?", re.DOTALL)
MATH_START = compiled(rf"{_SPACE}\\?\$\$")

FOOTNOTE = compiled(rf"{_SPACE}\[\^({LIST_NAME})\]:\s*?([^\n]*?\n{_CODE})")
LINK = compiled(
    rf"{_SPACE}\[([^\n\]]+)\]:[ \t]*(?:<([^\n]*?)>|([^\n]*?[^\s][^\n]*?))"
    r"(?:(?:[ \t]*?\n|[ \t]+?)[ \t]*?([\"'])([^\n]+?)\4)?[ \t]*?\n"
)
ABBREVIATION = compiled(rf"{_SPACE}\*\[([^\n]+?)\]:([^\n]*?)\n")

HTML_LAZY_STOP = rf"{_HTML_CLOSES}"
HTML_LAZY_START = rf"{_HTML_OPENS}"
