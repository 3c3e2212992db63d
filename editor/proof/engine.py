"""check(): run rules over one post."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from editor.post.lines import LineIndex
from editor.proof.diagnostic import ERROR, SEVERITIES, Diagnostic
from editor.proof.reading import Reading
from editor.proof.rule import Finding, Rule
from editor.proof.rules import all_rules
from editor.proof.rules.addresses import REFUSED


def check(reading: Reading, rules: Iterable[Rule] | None = None) -> list[Diagnostic]:
    """Return what `rules` (default: all) find in a post, in the order of the text.

    How bad it is, is what the site's `copydesk.toml` says of the rule, else what the rule says. A template that
    posts are made of has no diagnostics.
    """
    if reading.is_template:
        return []
    lines = LineIndex(reading.text)
    found = [
        _diagnostic(reading.path, lines, rule, finding)
        for rule in (all_rules() if rules is None else rules)
        for finding in rule.check(reading)
    ]
    if any(diagnostic.severity == ERROR and diagnostic.code != REFUSED for diagnostic in found):
        found = [diagnostic for diagnostic in found if diagnostic.code != REFUSED]
    found = [weighed for diagnostic in found if (weighed := _weighed(reading, diagnostic)) is not None]
    found.sort(key=lambda diagnostic: (diagnostic.start, SEVERITIES.index(diagnostic.severity)))
    return found


def _weighed(reading: Reading, diagnostic: Diagnostic) -> Diagnostic | None:
    """Return the diagnostic as bad as the site takes it; None where the site leaves its rule out."""
    wanted = reading.site.site_types.severities.get(diagnostic.code, diagnostic.severity)
    return None if wanted == "off" else replace(diagnostic, severity=wanted)


def _diagnostic(path: Path | None, lines: LineIndex, rule: Rule, finding: Finding) -> Diagnostic:
    line, column = lines.position(finding.start)
    end_line, end_column = lines.position(finding.end)
    return Diagnostic(
        path=path,
        line=line,
        column=column,
        end_line=end_line,
        end_column=end_column,
        code=rule.code,
        severity=finding.severity or rule.severity,
        message=finding.message,
        fix=finding.fix,
        key=finding.key,
        start=finding.start,
        end=finding.end,
    )
