"""What Pygments knows: the lexer of a language, and how its tokens are shown.

Imported when the first fence is to be lexed: most of a window's start needs no Pygments.
"""

from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name
from pygments.token import (
    Comment,
    Error,
    Generic,
    Keyword,
    Literal,
    Name,
    Number,
    Operator,
    Punctuation,
    String,
    _TokenType,
)
from pygments.util import ClassNotFound

from editor.ui.text_editor.styles import Flag, Style

_STYLES: tuple[tuple[_TokenType, Style, Flag], ...] = (
    (Comment, Style.COMMENT, Flag.NONE),
    (Keyword, Style.KEYWORD, Flag.NONE),
    (Operator.Word, Style.KEYWORD, Flag.NONE),
    (String, Style.STRING, Flag.NONE),
    (Number, Style.NUMBER, Flag.NONE),
    (Literal, Style.STRING, Flag.NONE),
    (Name.Function, Style.NAME, Flag.NONE),
    (Name.Class, Style.NAME, Flag.NONE),
    (Name.Tag, Style.KEYWORD, Flag.NONE),
    (Name.Attribute, Style.NAME, Flag.NONE),
    (Name.Decorator, Style.NAME, Flag.NONE),
    (Name.Builtin, Style.NAME, Flag.NONE),
    (Name.Constant, Style.NUMBER, Flag.NONE),
    (Generic.Heading, Style.PLAIN, Flag.BOLD),
    (Generic.Subheading, Style.PLAIN, Flag.BOLD),
    (Generic.Prompt, Style.FAINT, Flag.NONE),
    (Generic.Inserted, Style.INSERTED, Flag.NONE),
    (Generic.Deleted, Style.DELETED, Flag.NONE),
    (Generic.Emph, Style.PLAIN, Flag.ITALIC),
    (Generic.Strong, Style.PLAIN, Flag.BOLD),
    (Punctuation, Style.DIM, Flag.NONE),
    (Operator, Style.DIM, Flag.NONE),
    (Error, Style.PLAIN, Flag.NONE),
)


def lexer_of(language: str) -> Lexer | None:
    """Return the lexer of `language`, or None where there is none."""
    try:
        return get_lexer_by_name(language, stripnl=False, ensurenl=False)
    except ClassNotFound:
        return None


def look(kind: _TokenType) -> tuple[Style, Flag]:
    """Return how a token of this kind is shown."""
    for family, style, flags in _STYLES:
        if kind in family:  # type: ignore[comparison-overlap]
            return style, flags
    return Style.PLAIN, Flag.NONE
