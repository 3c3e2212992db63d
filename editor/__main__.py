"""The entry point of `copydesk` and of `python -m editor`."""

import sys
from collections.abc import Sequence


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line on `argv` (default: the process's own) and return its exit status."""
    import editor

    if not hasattr(editor, "__version__"):
        # PyPI has another package of the import name `editor`, which overwrites ours where both are installed.
        sys.stderr.write(
            "copydesk: another package named 'editor' is installed over Copydesk: "
            "install Copydesk in an environment of its own (pipx install copydesk)\n"
        )
        return 1
    return _run(list(sys.argv[1:] if argv is None else argv))


def _run(argv: list[str]) -> int:
    import logging
    import os

    from editor import cli
    from editor.errors import CopydeskError

    logging.basicConfig(format="copydesk: %(message)s", level=os.environ.get("COPYDESK_LOG", "ERROR").upper())
    try:
        if argv and argv[0] in cli.commands():
            return cli.run(argv)
        from editor.ui import launch

        return launch.run(argv)
    except CopydeskError as error:
        sys.stderr.write(error.located() + "\n")
        return 1
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # Whoever read us has gone; Python would complain once more while it closes stdout.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1


def leave_current_folder() -> None:
    """Take the current folder off the search path, where `python -m` has put it.

    It may be a site, with modules that are called as those of Python. Nothing else of ours has been imported yet.
    """
    import os

    program = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))  # noqa: PTH100, PTH120
    if sys.path and os.path.realpath(sys.path[0]) == os.path.realpath(os.curdir) != os.path.realpath(program):
        del sys.path[0]


if __name__ == "__main__":
    leave_current_folder()
    sys.exit(main())
