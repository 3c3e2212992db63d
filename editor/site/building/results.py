"""What a build gives back."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from editor.site.building import addresses, pages

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class BuildProblem:
    """Something that the generator complained of."""

    message: str
    """In the generator's own words, on one line or a few."""
    path: Path | None = None
    """The file in the site (never the one in our copy), as far as it is named."""
    line: int | None = None
    """Counted from 1."""
    severity: Severity = "error"


@dataclass(frozen=True, slots=True)
class BuildResult:
    """What one run of the site's generator came to."""

    folder: Path
    """The built site: that of this build where it succeeded, else of the last one that did. It may be missing,
    and it is replaced as a whole by the next build that succeeds."""
    succeeded: bool
    problems: tuple[BuildProblem, ...]
    seconds: float
    cancelled: bool = False
    site_addresses: tuple[str, ...] = ()
    """The site's own origins (`https://example.org`, without a slash at the end), as far as they are known."""
    prefix: str = "/"
    """The path that the built site's root has when it is published: `/blog/`, mostly `/`."""
    output: str = field(default="", repr=False)
    """The last lines that the generator printed."""

    def page_of(self, path: Path, url: str, text: str) -> Path | None:
        """Return the file of the built page of a post, or None.

        `path` is the post's file in the site, `url` the address that the site's rules give it (empty where they
        can't tell), `text` the text that was built. The address goes first, also without the prefix; else the
        page that holds the post's words is looked for among all pages, which may take a second in a large site.
        """
        by_address = pages.at_address(self.folder, url, self.prefix)
        return by_address or pages.by_content(self.folder, path, text)

    def address_of(self, page: Path) -> str:
        """Return the path, with the prefix and quoted, under which a file of the built site is published."""
        return pages.address_of(page, self.folder, self.prefix)

    def file_at(self, address: str) -> Path | None:
        """Return the file of the built site that a server would answer with for the path `address`.

        The query and what follows `#` don't count; nothing outside the folder is ever returned.
        """
        return pages.at_address(self.folder, address, self.prefix)

    def localized(self, data: bytes, origin: str = "") -> bytes:
        """Return HTML, CSS or a script with `origin` (such as `copydesk://published`) for the site's own origin.

        See `addresses.localized`.
        """
        return addresses.localized(data, self.site_addresses, origin)
