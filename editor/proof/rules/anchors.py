"""Whether the pages that links lead to have the anchors that they name."""

import difflib
from collections.abc import Iterator

from editor.proof.destinations import Destination, destination, is_external
from editor.proof.diagnostic import WARNING
from editor.proof.reading import Reading
from editor.proof.references import Reference
from editor.proof.rule import BODY, Finding, Rule
from editor.proof.rules.links import MOST_GUESSES, proof, replaced
from editor.translation import gettext as _

_NEAR = 0.6


def rules() -> tuple[Rule, ...]:
    """Return the rules of this module."""
    return (
        Rule(
            "broken-anchor",
            WARNING,
            BODY,
            _("a link to a place of this page, or of another one, that it does not have: `#no-such-heading`"),
            broken_anchor,
        ),
    )


def broken_anchor(reading: Reading) -> Iterator[Finding]:
    if reading.renderer is None:
        return  # which ids headings get, only the generator's rules tell
    count = 0
    for reference in reading.references:
        if reference.picture or "#" not in reference.href or reference.href.endswith("#"):
            continue
        if is_external(reference.href) and not reference.href.startswith("link:"):
            continue
        leads = _proved(reading, reference)
        if leads is None or not leads.place.exists or leads.anchored is not False:
            continue
        count += 1
        near = _nearest(reading, leads) if count <= MOST_GUESSES else None
        where = _("This page") if leads.own else leads.place.address
        if near is None:
            said = _("{page} has no place “{name}”").format(page=where, name=leads.fragment)
            yield Finding(*reference.target, said)
        else:
            said = _("{page} has no place “{name}”: did you mean “{near}”?")
            words = said.format(page=where, name=leads.fragment, near=near)
            path = reference.href.partition("#")[0]
            yield Finding(*reference.target, words, replaced(reading, reference, f"{path}#{near}"))


def _proved(reading: Reading, reference: Reference) -> Destination | None:
    """Return where a link leads by the page; None where its anchor is there, or the page does not have the link."""
    suspected = destination(reading, reference.href)
    if suspected is not None and suspected.place.exists and suspected.anchored is not False:
        return None
    return proof(reading, reference, anchors=True)


def _nearest(reading: Reading, leads: Destination) -> str | None:
    """Return the heading's id that a broken anchor most likely means."""
    if leads.own:
        page = reading.page
    else:
        page = reading.page_of(leads.place.source) if leads.place.source is not None else None
    if page is None:
        return None
    names = [heading.id for heading in page.headings if heading.id]
    folded = {name.casefold(): name for name in names}
    near = difflib.get_close_matches(leads.fragment.casefold(), folded, n=1, cutoff=_NEAR)
    return folded[near[0]] if near else None
