"""What is wrong with YAML, in words for people: the parser's own are for those who wrote it.

The problems are those of libyaml and of PyYAML's own parser, which say the same in different words.
"""

import re

import yaml

from editor.translation import gettext as _


def reason(error: Exception, text: str = "") -> str:
    """Return what is wrong, to stand behind a colon (translated); the parser's words are not in it.

    `error` is what PyYAML raised in `text`: whoever tells people keeps it as the cause.
    """
    if not isinstance(error, yaml.YAMLError):
        # PyYAML lets the errors through that Python has when it builds a date or a map.
        if isinstance(error, RecursionError):
            return _("it is nested too deeply")
        if isinstance(error, KeyError | AttributeError):  # `!!bool maybe`
            return _("a value does not fit its tag")
        return (
            _("there is no such day or time")
            if isinstance(error, ValueError)
            else _("a key is a list or a map")
        )
    problem = str(getattr(error, "problem", None) or error).lower()
    context = str(getattr(error, "context", None) or "").lower()
    mark = getattr(error, "problem_mark", None)
    before = text[: mark.index].rpartition("\n")[2] if mark is not None else ""
    if "mapping values are not allowed" in problem and text and not re.search(r":\s", before):
        return _("this line is indented further than the one above it")
    if "cannot start any token" in problem and mark is not None and text[mark.index : mark.index + 1] == "\t":
        return _("indent with spaces, not with tabs")
    return next(
        (said for pattern, where, said in _sentences() if re.search(pattern, problem) and where in context),
        _("this line does not fit those above it"),
    )


def _sentences() -> list[tuple[str, str, str]]:
    """Return what the problem says, a part of its context, and what people are told; the first that fits counts."""
    return [
        ("nested too deeply", "", _("it is nested too deeply")),
        ("stand for too many values", "", _("its aliases stand for too many values")),
        ("contains itself", "", _("a value contains itself")),
        ("number is too long", "", _("a number is too long")),
        ("does not fit its tag", "", _("a value does not fit its tag")),
        ("mapping values are not allowed", "", _("a text that holds “: ” needs quotes")),
        ("unexpected end of stream", "quoted scalar", _("a quote is never closed")),
        ("undefined alias", "", _("an alias has no anchor")),
        ("duplicate anchor|second occurrence", "", _("two anchors have the same name")),
        (r"tab character|'\\t'", "", _("indent with spaces, not with tabs")),
        ("cannot start any token", "", _("a text that begins with a sign such as @, % or ` needs quotes")),
        (r"expected ',' or '\]'", "", _("a list in brackets is never closed, or lacks a comma")),
        ("expected ',' or '}'", "", _("a map in braces is never closed, or lacks a comma")),
        ("node content", "flow node", _("a bracket or a brace is never closed")),
        ("node content", "", _("a text that begins with a comma or a bracket needs quotes")),
        ("escape|hexadecimal", "", _("in double quotes, a backslash is written twice")),
        ("sequence entries are not allowed", "", _("a list needs lines of its own, below its key")),
        ("could not find expected ':'", "", _("a key needs a colon and a space behind it")),
        ("alphabetic or numeric", "", _("a text that begins with * or & needs quotes")),
        ("unhashable", "", _("a key is a list or a map")),
        ("constructor for the tag", "", _("a tag, such as !this, means nothing here")),
        ("", "a tag", _("a text that begins with ! needs quotes")),
        ("", "block scalar", _("behind | or >, the text begins on the next line")),
        ("unexpected document", "", _("a line of dashes or dots stands in the middle of a value")),
        (
            "expected key|block end|'-' indicator|document start",
            "",
            _("this line does not fit those beside it, by its indentation or by what stands behind a quote"),
        ),
        (
            "control character|unacceptable|invalid|special characters",
            "",
            _("a character is not allowed in it"),
        ),
    ]
