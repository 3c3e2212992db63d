"""Whether a body draws in text of other files, which may hold what seems to be missing, or need what seems unused."""

import re

from editor.proof.body.source import BodySource

_INCLUSION = re.compile(
    r"-8<-|\{!|\{%-?\+?\s*(?:include|snippet|import|extends|render|partial)|\{\{[<%]\s*(?:include|readfile|snippet|partial)"
    r"|\{\{\s*(?:include|read|snippet|partial)"
)


_BRANCH = re.compile(r"\{%[-+]?\s*(?:if|unless|else|elsif|elif|for|case|when|capture|macro|block)\b")


def draws_in(text: str) -> bool:
    """Return whether `text` names a file whose text is drawn in here."""
    return _INCLUSION.search(text) is not None


def has_branches(body: BodySource) -> bool:
    """Return whether a template engine leaves parts of the body out, or writes them more than once."""
    return any(_BRANCH.match(body.text, start, end) for start, end in body.templates)


def is_complete(body: BodySource) -> bool:
    """Return whether all of the post is in the body, as far as can be seen."""
    return not draws_in(body.text)
