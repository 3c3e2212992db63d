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
    from editor.cli import run

    return run(list(sys.argv[1:] if argv is None else argv))


if __name__ == "__main__":
    sys.exit(main())
