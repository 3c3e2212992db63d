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


if __name__ == "__main__":
    sys.exit(main())
