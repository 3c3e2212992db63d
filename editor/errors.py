"""Everything that can go wrong, as a tree.

    CopydeskError
     ├── OpenError               a file could not be read
     ├── SaveError               a file could not be written; the old content is still there
     │    └── ChangedOnDisk      someone else changed it since it was read
     ├── FrontMatterError        the front matter can't be read
     │    └── NotEditable        it can be read, but this edit would touch more than its field
     ├── SiteError               the site or its configuration can't be used
     ├── BuildError              the site's own generator can't be run
     │    └── NotTrusted         it may not run: the person does not trust the site's code
     ├── GitError                the git command can't be run, or refuses
     ├── LinkCheckError          the web can't be asked
     └── RenderError             the preview could not be made
          ├── RenderTimeout      it took too long
          └── WorkerDied         the render worker ended by itself

The core raises these, the command line prints them as `PATH:LINE:COLUMN: message`, the window says them in words.
"""

from pathlib import Path


class CopydeskError(Exception):
    """An error that a person can be told in one sentence.

    `message` is that sentence (translated, no full stop needed); `path` the file it is about; `line` and `column`
    count from 1, columns in code points; None where there is no such place.
    """

    def __init__(
        self,
        message: str,
        *,
        path: Path | None = None,
        line: int | None = None,
        column: int | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.path = path
        self.line = line
        self.column = column

    def located(self) -> str:
        """Return `PATH:LINE:COLUMN: message`, with 1:1 where the place is not known; no path, no place."""
        if self.path is None:
            return self.message
        return f"{self.path}:{self.line or 1}:{self.column or 1}: {self.message}"


class OpenError(CopydeskError):
    """A file could not be read."""


class SaveError(CopydeskError):
    """A file could not be written; what was on disk is still there."""


class ChangedOnDisk(SaveError):
    """The file was changed by someone else since it was read."""


class FrontMatterError(CopydeskError):
    """The front matter can't be read."""


class NotEditable(FrontMatterError):
    """The front matter can be read, but this edit can't be made without touching more than its field."""


class SiteError(CopydeskError):
    """The site or its configuration can't be used."""


class BuildError(CopydeskError):
    """The site's own generator can't be run."""


class NotTrusted(BuildError):
    """The site's own generator may not run: the person does not trust the site's code."""


class GitError(CopydeskError):
    """The git command can't be run, or refuses what was asked of it."""


class LinkCheckError(CopydeskError):
    """The web can't be asked whether its pages are there."""


class RenderError(CopydeskError):
    """The preview could not be made."""


class RenderTimeout(RenderError):
    """Rendering took longer than its limit."""


class WorkerDied(RenderError):
    """The render worker ended by itself."""
