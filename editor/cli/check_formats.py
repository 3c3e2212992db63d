"""How `copydesk check` says what it has found: lines for people, JSON, annotations of GitHub's actions."""

from collections.abc import Iterable

from editor.proof.diagnostic import Diagnostic
from editor.proof.rule import Rule

_COMMANDS = {"error": "error", "warning": "warning", "info": "notice"}
"""What GitHub calls the severities."""


def line(name: str, diagnostic: Diagnostic) -> str:
    """Return a diagnostic of the file `name` in a line."""
    place = f"{name}:{diagnostic.line}:{diagnostic.column}"
    words = " ".join(diagnostic.message.split())
    return f"{place}: {diagnostic.severity}: {words} [{diagnostic.code}]"


def annotation(name: str, diagnostic: Diagnostic) -> str:
    """Return a diagnostic as a workflow command of GitHub's actions.

    https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions
    """
    where = f"file={_escaped(name)},line={diagnostic.line},col={diagnostic.column}"
    if (diagnostic.end_line, diagnostic.end_column) > (diagnostic.line, diagnostic.column):
        where += f",endLine={diagnostic.end_line},endColumn={diagnostic.end_column}"
    command = _COMMANDS[diagnostic.severity]
    words = diagnostic.message.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return f"::{command} {where},title={diagnostic.code}::{words}"


def as_json(name: str, diagnostic: Diagnostic) -> dict[str, object]:
    """Return a diagnostic as an object."""
    return {
        "path": name,
        "line": diagnostic.line,
        "column": diagnostic.column,
        "end_line": diagnostic.end_line,
        "end_column": diagnostic.end_column,
        "code": diagnostic.code,
        "severity": diagnostic.severity,
        "message": diagnostic.message,
        "fix": diagnostic.fix.title if diagnostic.fix else None,
    }


def table(rules: Iterable[Rule]) -> list[str]:
    """Return the lines of a table of rules: code, severity, the part of a post, what it finds."""
    rows = [(rule.code, rule.severity, rule.part, rule.says) for rule in rules]
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    return ["  ".join([*map(str.ljust, row[:3], widths), row[3]]) for row in rows]


def rule_as_json(rule: Rule) -> dict[str, str]:
    """Return a rule as an object."""
    return {"code": rule.code, "severity": rule.severity, "part": rule.part, "says": rule.says}


def _escaped(text: str) -> str:
    """Return a property of a workflow command."""
    for character, code in (("%", "%25"), ("\r", "%0D"), ("\n", "%0A"), (":", "%3A"), (",", "%2C")):
        text = text.replace(character, code)
    return text
