"""Whether links lead somewhere: in the site as its generator builds it.

What the text arouses a suspicion of is proved on the published page, where there is a renderer; without one, only
what needs no proof is told.
"""

import difflib
import os
import posixpath
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

from editor.post.text_edit import TextEdit
from editor.proof.destinations import Destination, destination, is_external, linked_file
from editor.proof.diagnostic import ERROR, INFO, WARNING, QuickFix
from editor.proof.reading import Reading
from editor.proof.references import HTML_SOURCE, TEMPLATE, Reference
from editor.proof.rule import BODY, Finding, Rule
from editor.proof.rules.schemes import missing_scheme
from editor.translation import gettext as _

_HELD_BACK = ("draft", "scheduled", "hidden")
_WRITTEN_BY_GENERATOR = (
    "{{",
    "{%",
    "{filename}",
    "{static}",
    "{attach}",
    "|filename|",
    "|static|",
    "link:",
    "@/",
)
"""What links have that a generator looks up itself."""
_NEAR = 0.8
MOST_GUESSES = 20
"""Of a post: to look for a name that is nearly that of a link takes longer than all else."""


def rules() -> tuple[Rule, ...]:
    """Return the rules of this module."""
    return (
        Rule(
            "broken-link",
            WARNING,
            BODY,
            _("a link to a page or a file of the site that is not there once it is built"),
            broken_link,
        ),
        Rule(
            "link-to-draft",
            WARNING,
            BODY,
            _("a link to a post of the site that the next build leaves out: a draft, or one of the future"),
            link_to_draft,
        ),
    )


def broken_link(reading: Reading) -> Iterator[Finding]:
    refused = list(_refused(reading))
    told = {(finding.start, finding.end) for finding in refused}
    yield from refused
    count = 0
    for reference, leads in suspects(reading, pictures=False):
        start, end = reference.target
        if any(start <= first and last <= end for first, last in told):
            continue
        if leads.place.exists is False and leads.place.held_back not in _HELD_BACK:
            count += 1
            yield _broken(reading, reference, leads, guess=count <= MOST_GUESSES)


def _broken(reading: Reading, reference: Reference, leads: Destination, *, guess: bool) -> Finding:
    places, address = reading.others.places, leads.place.address
    meant = _meant(reading, reference) or _near_page(reading, reference, leads) if guess else None
    if meant is not None:
        said = _("Nothing is published at {address}: did you mean “{near}”?")
        fix = replaced(reading, reference, meant)
        return Finding(*reference.target, said.format(address=address, near=meant), fix)
    from_root = reference.href.startswith("/") or is_external(reference.href)
    if places is not None and from_root and not places.has_folder(address):
        said = _("The site has nothing at {address}: right only if something else at its host answers there")
        return Finding(*reference.target, said.format(address=address), severity=INFO)
    return Finding(*reference.target, _("Nothing is published at {address}").format(address=address))


def link_to_draft(reading: Reading) -> Iterator[Finding]:
    own = reading.publication
    if reading.others.places is None:
        return
    for reference, leads in suspects(reading, pictures=False):
        state = leads.place.held_back
        if leads.place.exists is not False or state not in _HELD_BACK or leads.own:
            continue
        post = leads.place.source
        name = reading.site.relative(post) if post is not None else leads.place.address
        if state == "draft":
            said = _("{name} is a draft, so nothing is published there: the link will be broken")
        elif state == "scheduled":
            said = _("{name} is held back until its date: till then the link will be broken")
        else:
            said = _("{name} is left out by the next build: the link will be broken")
        held_back = own is not None and not own.published
        yield Finding(*reference.target, said.format(name=name), severity=INFO if held_back else "")


def suspects(reading: Reading, *, pictures: bool) -> Iterator[tuple[Reference, Destination]]:
    """Yield the links, or the pictures, of the text that may not arrive, each with where its page has it lead.

    Anchors are not looked at.
    """
    for reference in reading.references:
        shown = reference.picture or reference.kind == HTML_SOURCE
        if shown is not pictures or _is_of_no_site(reading, reference):
            continue
        suspected = destination(reading, reference.href, anchors=False)
        told_by_page = _is_looked_up(reference.href) or reference.kind == TEMPLATE
        if suspected is None and reference.picture and reference.href.startswith("/"):
            told_by_page = (
                True  # below the site's own folder at its host, where a generator puts that before it
            )
        if not told_by_page and (suspected is None or suspected.place.exists is not False):
            continue
        if reading.renderer is None:
            if suspected is not None and not told_by_page:
                yield reference, suspected
            continue
        if reference.kind == TEMPLATE and (suspected is None or suspected.place.exists is not False):
            continue
        proved = proof(reading, reference)
        if proved is not None and proved.place.exists is False:
            yield reference, proved


def proof(reading: Reading, reference: Reference, *, anchors: bool = False) -> Destination | None:
    """Return where a link of the text leads by the published page; None where that does not have it."""
    if _is_looked_up(reference.href) and "#" not in reference.href and linked_file(reading, reference.href):
        return None
    href = reading.on_page.address(reference) if reading.on_page is not None else None
    return None if href is None else destination(reading, href, anchors=anchors)


def replaced(reading: Reading, reference: Reference, address: str) -> QuickFix | None:
    """Return the fix that writes another address, where the text has the old one as it is."""
    start, end = reference.target
    if reading.text[start:end] != reference.href or set(address) & set(" <>()\"'\n\\"):
        return None
    return QuickFix(_("Write {address}").format(address=address), TextEdit(start, end, address))


def _is_of_no_site(reading: Reading, reference: Reference) -> bool:
    """Return whether a link stays on its page, leaves the site, or is another rule's matter."""
    href = reference.href
    if href.startswith("#") or (is_external(href) and not _is_own(reading, href)):
        return True
    return missing_scheme(reading, reference) is not None


def _is_own(reading: Reading, href: str) -> bool:
    """Return whether a whole address is one of the site."""
    if href.lstrip().startswith("link:"):
        return reading.site.generator == "nikola"
    url = reading.site.url
    return bool(url) and href.removeprefix("http:").removeprefix("https:").startswith("//" + _host(url))


def _host(url: str) -> str:
    try:
        return urlsplit(url).netloc or "\0"
    except ValueError:
        return "\0"


def _is_looked_up(href: str) -> bool:
    """Return whether a link is one that the generator looks up, so that the text does not tell where it leads."""
    return any(mark in href for mark in _WRITTEN_BY_GENERATOR)


def _refused(reading: Reading) -> Iterator[Finding]:
    """Find what the text names by the generator's own syntax and is not there: the build stops."""
    if reading.path is None or not reading.is_post:
        return
    missing = reading.site.rules.missing_references(reading.path, reading.merged, reading.text)
    for name in filter(None, dict.fromkeys(missing)):
        start = reading.text.find(name, reading.body.start)
        while start != -1:
            end = start + len(name)
            if _is_written(reading, start):
                said = _("The site has no “{name}”: its generator stops at this").format(name=name)
                yield Finding(start, end, said, severity=ERROR)
            start = reading.text.find(name, end)


def _is_written(reading: Reading, start: int) -> bool:
    """Return whether a place is in a template tag or in a link's address, and not in code."""
    if any(first <= start < last for first, last in reading.body.templates):
        return True
    return any(first <= start < last for first, last in (link.target for link in reading.body.links))


def _meant(reading: Reading, reference: Reference) -> str | None:
    """Return an address that a broken link most likely means: a file of that name, or nearly that."""
    path, _hash, fragment = reference.href.partition("#")
    if reading.path is None or is_external(path) or _is_looked_up(path) or "?" in path:
        return None
    try:
        near = _source_of(reading, path) or _near_file(reading, path)
    except (OSError, ValueError):  # a name that no file can have
        return None
    return None if near is None else near + (f"#{fragment}" if fragment else "")


def _source_of(reading: Reading, path: str) -> str | None:
    """Return the path of the source that a link means which names it as if it were its page."""
    assert reading.path is not None
    plain = path.rstrip("/")
    for written in (plain + ".md", plain + "/index.md", plain.removesuffix(".html") + ".md") if plain else ():
        if reading.site.rules.source_link(written, reading.path) is not None:
            leads = destination(reading, written, anchors=False)
            return written if leads is not None and leads.place.exists else None
    return None


def _near_page(reading: Reading, reference: Reference, leads: Destination) -> str | None:
    """Return the address of a page whose address is nearly that of a broken link from the site's root."""
    places = reading.others.places
    path, _hash, fragment = reference.href.partition("#")
    if places is None or not path.startswith("/") or not path.endswith(leads.place.address):
        return None
    near = places.near(leads.place.address)
    if near is None:
        return None
    base = path[: len(path) - len(leads.place.address)]
    return base + quote(near) + (f"#{fragment}" if fragment else "")


def _near_file(reading: Reading, path: str) -> str | None:
    """Return the path of a file in the folder that the path means whose name is nearly that of it."""
    post = reading.path
    assert post is not None
    if path.startswith("/"):
        folders = [folder / posixpath.dirname(path).lstrip("/") for folder in reading.site.static_dirs]
    else:
        folders = [post.parent / posixpath.dirname(path)]
    name = posixpath.basename(unquote(path))
    for folder in folders:
        names = _names(Path(os.path.normpath(folder)))
        near = difflib.get_close_matches(name, names, n=1, cutoff=_NEAR) if name else []
        near = [each for each in names if each.casefold() == name.casefold()] or near
        if near and posixpath.splitext(near[0])[1].lower() == posixpath.splitext(name)[1].lower():
            written = posixpath.join(posixpath.dirname(path), near[0])
            leads = destination(reading, written, anchors=False)
            if leads is not None and leads.place.exists and not leads.own:
                return written
    return None


def _names(folder: Path) -> list[str]:
    try:
        return sorted(entry.name for entry in os.scandir(folder) if entry.is_file())
    except (OSError, ValueError):
        return []
