"""`copydesk [PATH]`: the window's own arguments, read before Qt is loaded."""

import argparse
import gc
import os
import re
import sys
from collections.abc import Sequence
from pathlib import Path

import editor
from editor.cli import commands
from editor.translation import gettext as _
from editor.ui.demo import demo_copy


def run(argv: Sequence[str]) -> int:
    """Open the window, or save a picture of it, and return the exit status."""
    return _open_window(_parser().parse_args(argv))


def _parser() -> argparse.ArgumentParser:
    width = max(map(len, commands()))
    listed = "\n".join(f"  {name:{width}}  {does}" for name, does in commands().items())
    parser = argparse.ArgumentParser(
        prog="copydesk",
        description=_("Write the posts of a static blog: text, live preview and front matter in one window."),
        epilog=_("commands (copydesk COMMAND --help says more):\n{listed}").format(listed=listed),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"copydesk {editor.__version__}")
    parser.add_argument("path", nargs="?", type=Path, metavar="PATH", help=_("a site's folder or a post"))
    parser.add_argument("--demo", action="store_true", help=_("open a fresh copy of the bundled demo site"))
    parser.add_argument(
        "--screenshot",
        type=Path,
        metavar="FILE.png",
        help=_("save a picture of the window when it has settled, and exit"),
    )
    parser.add_argument(
        "--size",
        type=_size,
        default=None,
        metavar="WxH",
        help=_("size of the window in pixels (1600x1000 for a picture)"),
    )
    parser.add_argument(
        "--theme", choices=("light", "dark"), help=_("light or dark, whatever the system says")
    )
    parser.add_argument(
        "--composition",
        choices=("auto", "software", "gpu"),
        help=_("how the preview gets into the window: by the processor, or by the GPU"),
    )
    parser.add_argument(
        "--scale",
        type=_scale,
        default=1.0,
        metavar="N",
        help=_("device pixels a pixel, for a sharper picture"),
    )
    return parser


def _open_window(arguments: argparse.Namespace) -> int:
    path: Path | None = arguments.path
    if arguments.demo:
        path = demo_copy()
    elif path is not None and not path.exists():
        _tell(path, _("there is no such file or folder"))
        return 1
    if arguments.screenshot is not None:
        folder = arguments.screenshot.absolute().parent
        if not folder.is_dir():
            _tell(folder, _("there is no such folder for the picture"))
            return 1
        if sys.platform.startswith("linux"):
            # A picture needs no screen, and on one it would flash by.
            os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        if arguments.scale != 1:
            os.environ["QT_SCALE_FACTOR"] = str(arguments.scale)
    from editor.ui import system_libraries

    missing = system_libraries.problem()
    if missing is not None:
        sys.stderr.write(f"copydesk: {missing}\n")
        return 1
    gc.disable()  # a start makes much and throws nothing away; the window takes it up again when it stands
    from editor.ui.app import run as run_app

    return run_app(path, arguments.screenshot, arguments.size, arguments.theme, arguments.composition)


def _tell(path: Path, message: str) -> None:
    sys.stderr.write(f"{path}:1:1: {message}\n")


def _size(text: str) -> tuple[int, int]:
    match = re.fullmatch(r"(\d{2,5})x(\d{2,5})", text)
    if match is None:
        raise argparse.ArgumentTypeError(_("a size looks like 1600x1000"))
    return int(match[1]), int(match[2])


def _scale(text: str) -> float:
    try:
        scale = float(text)
    except ValueError:
        scale = 0.0
    if not 0.5 <= scale <= 4:
        raise argparse.ArgumentTypeError(_("a scale is a number from 0.5 to 4"))
    return scale
