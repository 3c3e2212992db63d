"""Counting the words of a post."""

import re

_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_FENCE = re.compile(r"^[ \t>]*(`{3,}|~{3,}).*$", re.MULTILINE)
_TARGET = re.compile(r"\]\([^()\s]*(?:[ \t]+\"[^\"]*\")?\)|^[ ]{0,3}\[[^\]]+\]:[ \t]*\S+.*$", re.MULTILINE)
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_CJK = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"
_WORD = re.compile(rf"[{_CJK}]|[^\W_{_CJK}](?:[^\s{_CJK}]*[^\W_{_CJK}])?")


def count_words(body: str) -> int:
    """Return how many words people read in the Markdown text `body`.

    What stands between spaces and holds a letter or a digit is one; each Chinese or Japanese character is,
    too. Comments, tags, the addresses of links and the fences of code are none.
    """
    text = _COMMENT.sub(" ", body)
    for pattern in (_FENCE, _TARGET, _TAG):
        text = pattern.sub(" ", text)
    return len(_WORD.findall(text))
