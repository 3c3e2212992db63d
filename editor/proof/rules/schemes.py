"""Addresses of the web without their scheme, or by the one that is not safe."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from editor.post.text_edit import TextEdit
from editor.proof.destinations import destination, linked_file
from editor.proof.diagnostic import INFO, WARNING, QuickFix
from editor.proof.reading import Reading
from editor.proof.references import Reference
from editor.proof.rule import BODY, Finding, Rule
from editor.translation import gettext as _

_TOP = frozenset(
    """
    com org net edu gov mil int io dev app ai co me tv info biz xyz blog site online cloud tech wiki page run design
    news social chat codes systems tools works world live academy club eu uk de fr nl be ch at it es pt pl cz sk hu ro
    se no dk fi is ie jp cn kr tw hk in ru ua au nz br ar mx ca us ly gg sh rs gl to fm im st so cc ws la sg my th vn
    id tr gr il za cl pe lt lv ee si hr bg by kz ir ae sa eg ng ke lu li mt cy cat moe ninja rocks software engineer
    network digital media zone space store shop pro mobi asia name
    """.split()  # noqa: SIM905
)
"""Ends of hosts' names that are known; those that are endings of files as well need a path behind them."""
_OF_FILES = frozenset(
    """
    sh rs pl py so cc ai me in is st la app page run name im ws design store my th id to live pro info site int by it no
    se be at us
    """.split()  # noqa: SIM905
)
_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+([a-z]{2,10})(?::\d{2,5})?", re.IGNORECASE)
_MAIL = re.compile(r"[\w.+-]+@(?:[\w-]+\.)+[a-z]{2,10}", re.IGNORECASE)
_SAFE = frozenset(
    """
    archive.org debian.org ubuntu.com kernel.org gnu.org fsf.org sourceforge.net w3.org ietf.org rfc-editor.org
    microsoft.com apple.com amazon.com mit.edu haskell.org nytimes.com bbc.co.uk slideshare.net speakerdeck.com xkcd.com
    eff.org letsencrypt.org creativecommons.org jekyllrb.com gohugo.io getpelican.com getnikola.com mkdocs.org
    ruby-lang.org rubygems.org nodejs.org docs.rs crates.io doi.org dx.doi.org goo.gl t.co youtu.be bit.ly codepen.io
    jsfiddle.net news.ycombinator.com en.wikipedia.org theguardian.com web.archive.org tools.ietf.org
    """.split()  # noqa: SIM905
)
"""Hosts that have answered by https for years, with and without `www.`."""
_SAFE_BELOW = frozenset(
    """
    github.com github.io gitlab.com gitlab.io bitbucket.org stackoverflow.com stackexchange.com superuser.com
    serverfault.com askubuntu.com wikipedia.org wikimedia.org wiktionary.org wikibooks.org wikidata.org python.org
    pypi.org readthedocs.io readthedocs.org mozilla.org google.com youtube.com golang.org go.dev rust-lang.org
    blogspot.com wordpress.com tumblr.com twitter.com x.com facebook.com instagram.com linkedin.com reddit.com
    medium.com vimeo.com flickr.com dropbox.com docker.com npmjs.com arxiv.org netlify.com netlify.app herokuapp.com
    cloudflare.com imgur.com meetup.com
    """.split()  # noqa: SIM905
)
"""Hosts of which the same is true, and of all that stand directly below them."""
_OPEN = re.compile(r"http://([^/?#:\s]+)(?::80)?(?=[/?#]|$)", re.IGNORECASE)
_NO_PAGES = (
    "www.w3.org/1999/",
    "www.w3.org/2000/",
    "www.w3.org/2001/",
    "www.w3.org/2002/",
    "www.w3.org/2005/",
)
"""Names of namespaces: these are no addresses that anyone opens."""


def rules() -> tuple[Rule, ...]:
    """Return the rules of this module."""
    return (
        Rule(
            "missing-scheme",
            WARNING,
            BODY,
            _("a link to the web without `https://`, which leads into the site instead: `[x](github.com/x)`"),
            without_scheme,
        ),
        Rule(
            "insecure-link",
            INFO,
            BODY,
            _("a link by `http:` to a host that is known to have `https:`"),
            insecure,
        ),
    )


def without_scheme(reading: Reading) -> Iterator[Finding]:
    for reference in reading.references:
        meant = missing_scheme(reading, reference)
        if meant is None or not _is_published(reading, reference):
            continue
        start, end = reference.target
        fix = None
        if reading.text[start:end] == reference.href:
            title = _("Write {address}").format(address=meant)
            fix = QuickFix(title, TextEdit(start, start, meant[: len(meant) - len(reference.href)]))
        said = _("“{address}” has no scheme, so the link leads into the site: did you mean {meant}?")
        yield Finding(start, end, said.format(address=reference.href, meant=meant), fix)


def insecure(reading: Reading) -> Iterator[Finding]:
    found = reading.references
    safe_here = {_host(reference.href) for reference in found if reference.href.startswith("https://")} - {""}
    seen = set()
    for reference in found:
        match = _OPEN.match(reference.href)
        if match is None or reference.target in seen:
            continue
        host = match[1].lower()
        if not (host in safe_here or _is_safe(host)) or reference.href[7:].lower().startswith(_NO_PAGES):
            continue
        seen.add(reference.target)
        start, end = reference.target
        fix = None
        if reading.text[start : start + 7].lower() == "http://":
            fix = QuickFix(_("Write https://"), TextEdit(start, start + 4, "https"))
        said = _("{host} is there by https as well: link to it by that").format(host=host)
        yield Finding(start, end, said, fix)


def missing_scheme(reading: Reading, reference: Reference) -> str | None:
    """Return the whole address that a link without a scheme most likely means; None where it is a path."""
    href = reference.href
    if reference.kind == "auto":
        return None  # `<x@example.org>`: every dialect writes `mailto:` there
    if _MAIL.fullmatch(href):
        return None if _is_there(reading, href) else f"mailto:{href}"
    head = re.split(r"[/?#]", href, maxsplit=1)[0]
    match = _HOST.fullmatch(head)
    if match is None or href.startswith(("/", ".")):
        return None
    top = match[1].lower()
    named = head.lower().startswith("www.") and head.count(".") > 1
    if not named and (top not in _TOP or (top in _OF_FILES and len(href.rstrip("/")) <= len(head))):
        return None
    return None if _is_there(reading, href) else f"https://{href}"


def _is_there(reading: Reading, href: str) -> bool:
    """Return whether a path leads to something of the site, or begins with a folder that is beside the post."""
    if reading.path is None:
        return False
    leads = destination(reading, href, anchors=False)
    if leads is not None and leads.place.exists:
        return True
    if linked_file(reading, href) is not None:
        return True
    try:
        return (reading.path.parent / re.split(r"[/?#]", href, maxsplit=1)[0]).exists()
    except (OSError, ValueError):
        return False


def _is_published(reading: Reading, reference: Reference) -> bool:
    """Return whether the page has the link as the text has it; True where there is no page to be asked."""
    if reading.renderer is None:
        return True
    return reading.on_page is None or reading.on_page.address(reference) is not None


def _is_safe(host: str) -> bool:
    """Return whether a host is known to answer by https; a certificate for all below one is good for one part more."""
    plain = host.removeprefix("www.")
    return plain in _SAFE or plain in _SAFE_BELOW or plain.partition(".")[2] in _SAFE_BELOW


def _host(href: str) -> str:
    try:
        return (urlsplit(href).hostname or "").lower()
    except ValueError:
        return ""
