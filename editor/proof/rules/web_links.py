"""Links to the web, once it was asked what is behind them: not among the rules that every check has."""

import html
from collections.abc import Iterator, Mapping
from functools import partial

from editor.post.text_edit import TextEdit
from editor.proof.body.source import Link
from editor.proof.diagnostic import INFO, WARNING, QuickFix
from editor.proof.external_links import GONE, MOVED, UNKNOWN, Outcome, is_web_link
from editor.proof.reading import Reading
from editor.proof.rule import BODY, Finding, Rule
from editor.translation import gettext as _


def web_rules(outcomes: Mapping[str, Outcome]) -> tuple[Rule, ...]:
    """Return the rules for what became of asking for addresses, see `external_links`."""
    return (
        Rule(
            "broken-web-link",
            WARNING,
            BODY,
            _("a page of the web that is not there any more (asked for on request alone)"),
            partial(_gone, outcomes),
        ),
        Rule(
            "moved-web-link",
            INFO,
            BODY,
            _("a page of the web that has moved for good (asked for on request alone)"),
            partial(_moved, outcomes),
        ),
        Rule(
            "unanswered-web-link",
            INFO,
            BODY,
            _("a page of the web that could not be looked at (asked for on request alone)"),
            partial(_unknown, outcomes),
        ),
    )


def web_addresses(reading: Reading) -> list[str]:
    """Return the addresses of the web that a post links to, each once."""
    return list(dict.fromkeys(address for address, _link in _links(reading)))


def _links(reading: Reading) -> Iterator[tuple[str, Link]]:
    """Yield each place with an address of the web, and the first link that is made of it."""
    places = set()
    for link in reading.body.links:
        address = html.unescape(link.destination)
        if link.defined and is_web_link(address) and link.target not in places:
            places.add(link.target)
            yield address, link


def _with(outcomes: Mapping[str, Outcome], reading: Reading, verdict: str) -> Iterator[tuple[Link, Outcome]]:
    if any(outcome.verdict == verdict for outcome in outcomes.values()):
        for address, link in _links(reading):
            outcome = outcomes.get(address)
            if outcome is not None and outcome.verdict == verdict:
                yield link, outcome


def _gone(outcomes: Mapping[str, Outcome], reading: Reading) -> Iterator[Finding]:
    for link, outcome in _with(outcomes, reading, GONE):
        yield Finding(
            *link.target, _("This page of the web is gone: {reason}").format(reason=outcome.message)
        )


def _moved(outcomes: Mapping[str, Outcome], reading: Reading) -> Iterator[Finding]:
    for link, outcome in _with(outcomes, reading, MOVED):
        fix = None
        if reading.text[slice(*link.target)] == link.destination and not set(outcome.address) & set(
            " <>()\n"
        ):
            fix = QuickFix(_("Link to the new address"), TextEdit(*link.target, outcome.address))
        yield Finding(
            *link.target, _("This page of the web is elsewhere: {reason}").format(reason=outcome.message), fix
        )


def _unknown(outcomes: Mapping[str, Outcome], reading: Reading) -> Iterator[Finding]:
    for link, outcome in _with(outcomes, reading, UNKNOWN):
        if outcome.message:
            words = _("This page of the web could not be looked at: {reason}")
            yield Finding(*link.target, words.format(reason=outcome.message))
