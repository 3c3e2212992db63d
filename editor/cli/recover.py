"""`copydesk recover`: unsaved work that windows left behind when they ended; nothing is taken out of the journal."""

import argparse
from pathlib import Path

from editor.cli import output
from editor.errors import CopydeskError, SaveError
from editor.post.disk import write_atomically
from editor.post.recovery.unsaved import UnsavedPost, journal_folder, unsaved_posts
from editor.settings import Settings
from editor.translation import gettext as _


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command takes to its parser."""
    parser.add_argument("--json", action="store_true", help=_("print a JSON list"))
    parser.add_argument(
        "--output-dir", type=Path, metavar="DIR", help=_("write each text into DIR; what is there stays")
    )


def run(arguments: argparse.Namespace) -> int:
    """List what is unsaved, or write it out; return 1 where a text can't be written."""
    posts = unsaved_posts(journal_folder(Settings.load().state_dir))
    failed = False
    written: dict[int, Path] = {}
    if arguments.output_dir is not None:
        for number, post in enumerate(posts):
            try:
                written[number] = _write(arguments.output_dir, post)
            except CopydeskError as error:
                failed = True
                output.complain(error)
    if arguments.json:
        output.say_json([_as_json(post, written.get(number)) for number, post in enumerate(posts)])
    elif arguments.output_dir is not None:
        for path in written.values():
            output.say(str(path))
    else:
        for post in posts:
            named = post.path or _("a post without a name")
            output.say(f"{post.time.astimezone():%Y-%m-%d %H:%M}  {named}")
    return 1 if failed else 0


def _write(folder: Path, post: UnsavedPost) -> Path:
    """Write the text into `folder` under its file's name, or one with a number where that is taken."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SaveError(
            _("The folder can't be made: {reason}").format(reason=error.strerror or error), path=folder
        ) from error
    name = post.path or Path("untitled.md")
    target, number = folder / name.name, 1
    while target.exists() or target.is_symlink():
        number += 1
        target = folder / f"{name.stem}-{number}{name.suffix}"
    write_atomically(target, post.encoded())
    return target


def _as_json(post: UnsavedPost, written: Path | None) -> dict[str, object]:
    return {
        "path": str(post.path) if post.path is not None else None,
        "time": post.time.isoformat(timespec="seconds"),
        "characters": len(post.text),
        "damaged": post.damaged,
        "written": str(written) if written is not None else None,
    }
