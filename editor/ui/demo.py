"""The demo site: a fresh copy each time, which nothing comes back to."""

import shutil
import tempfile
from pathlib import Path

from editor import resources

_PREFIX = "copydesk-demo-"


def demo_copy() -> Path:
    """Copy the demo site to a fresh temporary folder and return the post to begin with."""
    folder = Path(tempfile.mkdtemp(prefix=_PREFIX)) / "demo-site"
    shutil.copytree(resources.path("demo-site"), folder)
    return folder / "docs/posts/showcase.md"


def is_demo(path: Path) -> bool:
    """Return whether `path` lies in a copy of the demo site."""
    return any(part.startswith(_PREFIX) for part in path.parts)
