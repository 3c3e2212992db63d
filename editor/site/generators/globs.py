"""Globs as generators write them in their configuration: `*`, `**`, `?`, `[…]`, `{a,b}`."""

import re
from functools import lru_cache


def matches(pattern: str, path: str) -> bool:
    """Return whether `path`, with forward slashes, matches the whole `pattern`."""
    return compiled(pattern).fullmatch(path) is not None


def matches_as_go(pattern: str, path: str) -> bool:
    """Return whether `path` matches the whole `pattern` as Go's library gobwas/glob reads it, which Hugo uses.

    There `**/` takes the slash too: `/**/x` is no `/x`.
    """
    return compiled(pattern, folders_needed=True).fullmatch(path) is not None


def matches_across(pattern: str, path: str) -> bool:
    """Return whether `path` matches the whole `pattern` as Rust's library globset reads it, which Zola uses.

    There `*` and `?` stand for slashes too.
    """
    return compiled(pattern, across=True).fullmatch(path) is not None


@lru_cache(maxsize=256)
def compiled(pattern: str, *, folders_needed: bool = False, across: bool = False) -> re.Pattern[str]:
    """Return the regular expression that a glob stands for; one that can't be read stands for itself.

    `folders_needed` says whether `**/` stands for at least a slash, `across` whether `*` may.
    """
    try:
        return re.compile(_translated(pattern, folders_needed, "." if across else "[^/]"), re.DOTALL)
    except re.error:
        return re.compile(re.escape(pattern))


def _translated(pattern: str, folders_needed: bool, one: str) -> str:
    parts: list[str] = []
    depth = 0
    at = 0
    while at < len(pattern):
        rest = pattern[at:]
        if rest.startswith("**/"):
            optional = not folders_needed and (at == 0 or pattern[at - 1] == "/")
            parts.append("(?:.*/)?" if optional else ".*/")
            at += 3
        elif rest.startswith("**"):
            parts.append(".*")
            at += 2
        elif rest[0] == "*":
            parts.append(one + "*")
            at += 1
        elif rest[0] == "?":
            parts.append(one)
            at += 1
        elif rest[0] == "[" and "]" in rest[2:]:
            end = rest.index("]", 2)
            inner = rest[1:end].replace("\\", "\\\\")
            parts.append("[^" + inner[1:] + "]" if inner[0] in "!^" else f"[{inner}]")
            at += end + 1
        elif rest[0] == "{" and "}" in rest:
            parts.append("(?:")
            depth += 1
            at += 1
        elif rest[0] == "}" and depth:
            parts.append(")")
            depth -= 1
            at += 1
        elif rest[0] == "," and depth:
            parts.append("|")
            at += 1
        else:
            if rest[0] == "\\" and len(rest) > 1:
                at += 1
            parts.append(re.escape(pattern[at]))
            at += 1
    return "".join(parts)
