"""Are links and anchors that Copydesk calls broken broken in the built site, and those that it passes there?

Builds a scratch copy of SITE with the real generator, and follows every link and picture of every post that stays in
the site, in the built files and by Copydesk's own reckoning. Prints

    links GENERATOR: N followed; M broken in the built site
    verdicts: A agree, F false alarms, S missed, U left open (L of them lead nowhere)
    diagnostics: T of the M are told by a check of their post, W wrongly

with a line for each that differs, and exits with 0 only where no verdict differs.
"""

import argparse
import html
import os
import posixpath
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote, unquote, urljoin, urlsplit

from editor.cli.page_renderer import page_renderer
from editor.proof.destinations import destination
from editor.proof.engine import check
from editor.proof.other_posts import OtherPosts
from editor.proof.page import Page
from editor.proof.reading import Reading
from editor.proof.rules import all_rules
from editor.site.find import open_site
from tests.end_to_end.links import builds
from tests.end_to_end.published.programs import GeneratorError

_MARK = re.compile(r'<copydesk-post data-source="([^"]*)">(.*?)</copydesk-post>', re.DOTALL)
_HOST = "http://site.invalid"
_RULES = ("broken-link", "broken-picture", "broken-anchor", "link-to-draft", "missing-scheme")


class Followed(NamedTuple):
    """One link of a post."""

    post: str
    href: str
    truth: bool
    """Whether it arrives in the built site."""
    said: bool | None
    """Whether Copydesk thinks so; None where it leaves that open."""
    told: bool = False
    """Whether a check of the post tells that it doesn't."""


class Built:
    """A built site, as a plain web server shows it."""

    def __init__(self, folder: Path, url: str) -> None:
        self.folder = folder
        self.host = urlsplit(url).netloc
        self.base = unquote(urlsplit(url).path).rstrip("/")
        """The path of its root at its host."""

    def posts(self) -> Iterator[tuple[str, str, str]]:
        """Yield each post's source, the address of its page, and its own part of that."""
        for file in sorted(self.folder.rglob("*.html")):
            text = file.read_text("utf-8", "replace")
            address = "/" + file.relative_to(self.folder).as_posix()
            for found in _MARK.finditer(text):
                yield html.unescape(found[1]), address.removesuffix("index.html"), found[2]

    def arrives(self, address: str, href: str) -> bool | None:
        """Return whether a link on the page at an address arrives; None where it leaves the site."""
        try:
            parts = urlsplit(urljoin(_HOST + quote(self.base + address), href.strip()))
        except ValueError:
            return None
        path = unquote(parts.path)
        if parts.scheme not in ("http", "https") or parts.netloc not in (urlsplit(_HOST).netloc, self.host):
            return None
        if self.base and path != self.base and not path.startswith(self.base + "/"):
            return None
        file = self._file(path[len(self.base) :].lstrip("/"))
        if file is None:
            return False
        names = {parts.fragment, unquote(parts.fragment)}
        if names & {"", "top"} or file.suffix not in (".html", ".htm"):
            return True
        return not names.isdisjoint(_ids(file))

    def _file(self, path: str) -> Path | None:
        inner = posixpath.normpath(path or ".")
        names = [posixpath.join(inner, "index.html")]
        if not path.endswith("/"):
            names += [inner, inner + ".html"]
        for name in names:
            if (self.folder / name).is_file():
                return self.folder / name
        return None


@cache
def _ids(file: Path) -> frozenset[str]:
    return frozenset(Page.parse(file.read_text("utf-8", "replace")).ids)


def followed(site: Path, generator: str, scratch: Path) -> Iterator[Followed]:
    """Yield every link of the posts of a site that stays in it; raises GeneratorError."""
    edited = Path(shutil.copytree(site, scratch / "site", symlinks=True))
    copy = Path(shutil.copytree(site, scratch / "published", symlinks=True))
    (scratch / "build").mkdir()
    opened = open_site(edited)
    built = Built(getattr(builds, generator)(copy, scratch / "build"), opened.url)
    others = OtherPosts.of(opened)
    with page_renderer() as renderer:
        for source, address, part in built.posts():
            source = posixpath.relpath(source, copy) if source.startswith("/") else source
            path = edited / source
            if not opened.is_post(path):
                continue
            reading = Reading(
                opened, path, path.read_bytes().decode("utf-8-sig"), others=others, renderer=renderer
            )
            if not _is_own(reading, address):
                continue  # a list that shows all of the post
            page, truth = reading.page, Page.parse(part)
            if page is None:
                print(f"    {source}: can't be rendered")
                continue
            told = _told(reading)
            for mine, real in (
                *_paired([link.href for link in page.links], [link.href for link in truth.links], source),
                *_paired(
                    [shown.src for shown in page.pictures], [shown.src for shown in truth.pictures], source
                ),
            ):
                arrives = built.arrives(address, real)
                leads = destination(reading, mine)
                if arrives is not None:
                    yield Followed(source, mine, arrives, leads.arrives if leads else None, mine in told)
                elif leads is not None and leads.arrives is False:
                    print(f"    {source}: {mine} ({real}) leaves the site, and is called broken")


def _is_own(reading: Reading, address: str) -> bool:
    """Return whether the page at an address is that of the post; True where its address is not known."""
    url = unquote(reading.publication.url) if reading.publication else ""
    return not url or _plain(url) == _plain(address)


def _plain(address: str) -> str:
    return address.removesuffix("index.html").strip("/").removesuffix(".html")


def _told(reading: Reading) -> set[str | None]:
    """Return the links of a page that a check of its post calls broken."""
    rules = [rule for rule in all_rules() if rule.code in _RULES]
    places = {(found.start, found.end) for found in check(reading, rules)}
    assert reading.on_page is not None
    return {reading.on_page.address(known) for known in reading.references if known.target in places}


def _paired(mine: list[str], real: list[str], source: str) -> Iterator[tuple[str, str]]:
    """Yield the links of a page with those of the built one; they are the same, but for how they are written."""
    if len(mine) == len(real):
        yield from zip(mine, real, strict=True)
        return
    print(f"    {source}: {len(mine)} links, and {len(real)} are built")
    for tag, start, end, first, last in SequenceMatcher(None, mine, real, autojunk=False).get_opcodes():
        if tag == "equal" or (tag == "replace" and end - start == last - first):
            yield from zip(mine[start:end], real[first:last], strict=True)


def main() -> int:
    """Follow the links of the site that the arguments name; return 1 where a verdict differs."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.end_to_end.links",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("site", type=Path)
    parser.add_argument("--generator", required=True, help="the name of a function of `builds`")
    parser.add_argument("--open", action="store_true", help="print what is left open and leads nowhere, too")
    parser.add_argument("--broken", action="store_true", help="print what is broken, too")
    parser.add_argument("--keep", type=Path, help="build into this folder, and leave it there")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder).resolve()
        os.environ.setdefault("COPYDESK_HOME", str(scratch / "home"))
        if arguments.keep:
            shutil.rmtree(arguments.keep, ignore_errors=True)
            scratch = arguments.keep.resolve()
            scratch.mkdir(parents=True)
        try:
            found = list(followed(arguments.site, arguments.generator, scratch))
        except GeneratorError as error:
            print(error, file=sys.stderr)
            return 1
    return _report(arguments.generator, found, open_too=arguments.open, broken_too=arguments.broken)


def _report(generator: str, found: list[Followed], *, open_too: bool, broken_too: bool) -> int:
    alarms = [link for link in found if link.truth and link.said is False]
    missed = [link for link in found if not link.truth and link.said is True]
    left = [link for link in found if link.said is None]
    lost = [link for link in left if not link.truth]
    told = [link for link in found if link.told and not link.truth]
    wrongly = [link for link in found if link.told and link.truth]
    for name, links in (
        ("FALSE ALARM", alarms),
        ("MISSED", missed),
        ("TOLD WRONGLY", wrongly),
        ("not told", [link for link in found if link.said is False and not link.told] if open_too else []),
        ("open", lost if open_too else []),
        ("broken", [link for link in found if link.said is False and not link.truth] if broken_too else []),
    ):
        for link in links:
            print(f"    {name}: {link.post}: {link.href}")
    broken = sum(not link.truth for link in found)
    agree = len(found) - len(alarms) - len(missed) - len(left)
    print(f"links {generator}: {len(found)} followed; {broken} broken in the built site")
    print(
        f"verdicts: {agree} agree, {len(alarms)} false alarms, {len(missed)} missed, "
        f"{len(left)} left open ({len(lost)} of them lead nowhere)"
    )
    print(
        f"diagnostics: {len(told)} of the {broken} are told by a check of their post, {len(wrongly)} wrongly"
    )
    return int(bool(alarms or missed or wrongly))


if __name__ == "__main__":
    sys.exit(main())
