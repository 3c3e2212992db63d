"""Is the preview what the site's own generator publishes, and is the badge honest?

Builds a scratch copy of SITE with the real generator, renders the same posts with `copydesk render --json`,
and compares them post by post (see `compare`). Prints

    parity GENERATOR: P of N posts equal (X %)
    honesty: D posts say exact and differ, U posts say inexact and are equal

and exits with 0 only where all are equal and none is called exact that is not.
"""

import argparse
import contextlib
import fnmatch
import importlib
import io
import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import venv
from collections import Counter
from pathlib import Path
from typing import Any, NamedTuple

from editor import cli
from tests.end_to_end.published.compare import Difference, difference
from tests.end_to_end.published.programs import GeneratorError

ROOT = Path(__file__).resolve().parents[3]
_BATCH = 100
_NOT_NEEDED = ("pyside", "shiboken", "mypy", "ruff", "pip", "__pycache__", "hypothesis")
_EXTRAS = ("material", "mkdocs_material", "typogrify", "smartypants", "zensical")
"""How the packages of Copydesk's extras begin, which --extras no leaves out."""


class Outcome(NamedTuple):
    """One post."""

    name: str
    difference: Difference | None
    exact: bool
    reasons: list[str]


def outcomes(
    site: Path,
    generator: str,
    scratch: Path,
    options: list[str],
    *,
    only: str = "*",
    without: str = r"(?!)",
    python: str = sys.executable,
    truth: dict[str, str] | None = None,
) -> list[Outcome]:
    """Build and render the posts of a site; return what came of each.

    `options` are further ones of `copydesk render`, which runs under `python`. `truth` is what `published` said of
    the same site, where it was built already. Raises GeneratorError.
    """
    module = importlib.import_module(f"tests.end_to_end.published.{generator}")
    edited = Path(shutil.copytree(site, scratch / "site", symlinks=True))
    truth = published(site, generator, scratch) if truth is None else truth
    names = sorted(
        name
        for name in truth
        if fnmatch.fnmatch(name, only)
        and name.endswith((".md", ".markdown", ".mkd", ".mdown", ".mdx"))
        and (edited / name).is_file()
        and not re.search(without, (edited / name).read_text("utf-8", "replace"))
    )
    if not names:
        raise GeneratorError("the generator published no Markdown post that matches")
    mine = previewed(edited, names, options, python)
    flat = bool(getattr(module, "FLAT_CODE", False))
    found = []
    for name in names:
        page = mine.get(name)
        if page is None:
            found.append(Outcome(name, Difference("", "(not rendered)"), False, []))
            continue
        differs = difference(truth[name], page["html"], flat_code=flat)
        found.append(Outcome(name, differs, page["exact"], page["reasons"]))
    return found


def published(site: Path, generator: str, scratch: Path) -> dict[str, str]:
    """Return what a generator makes of each post of a site; raises GeneratorError."""
    module = importlib.import_module(f"tests.end_to_end.published.{generator}")
    built = Path(shutil.copytree(site, scratch / "published", symlinks=True))
    (scratch / "build").mkdir()
    pages: dict[str, str] = module.published(built, scratch / "build")
    return pages


def previewed(
    site: Path, names: list[str], options: list[str], python: str = sys.executable
) -> dict[str, dict[str, Any]]:
    """Return what `copydesk render --json` prints of each post, by its path; no program is started for this Python."""
    pages = {}
    for start in range(0, len(names), _BATCH):
        files = [str(site / name) for name in names[start : start + _BATCH]]
        arguments = ["render", "--json", "--site", str(site), *options, *files]
        if python == sys.executable:
            with contextlib.redirect_stdout(io.StringIO()) as stream:
                cli.run(arguments)
            printed = stream.getvalue()
        else:
            command = [python, "-m", "editor", *arguments]
            done = subprocess.run(
                command, cwd=ROOT, capture_output=True, text=True, timeout=3000, check=False
            )
            if done.stderr:
                print(done.stderr[-2000:], file=sys.stderr)
            printed = done.stdout
        pages.update({page["path"]: page for page in json.loads(printed or "[]")})
    return pages


def _without_extras(scratch: Path) -> str:
    """Return a Python that has every package of this one but those of the extras.

    The render worker takes nothing from PYTHONPATH, so an environment of its own is needed.
    """
    folder = scratch / "without-extras"
    venv.create(folder, with_pip=False, symlinks=True)
    packages = next(folder.glob("lib/python3*/site-packages"))
    for file in Path(sysconfig.get_paths()["purelib"]).iterdir():
        if file.name.lower().replace("-", "_").startswith((*_EXTRAS, *_NOT_NEEDED)):
            continue
        if file.is_dir():  # copied: what a link leads to lies outside of what the worker may read
            shutil.copytree(file, packages / file.name)
        else:
            shutil.copyfile(file, packages / file.name)
    return str(folder / "bin/python")


def main() -> int:
    """Run the comparison that the arguments ask for; return 1 where something differs."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.end_to_end.published",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("site", type=Path)
    parser.add_argument("--generator", required=True, help="the name of a module beside this one")
    parser.add_argument("--python", help="the interpreter that has the generator, for one written in Python")
    parser.add_argument(
        "--list", action="store_true", help="print each difference, and why posts are inexact"
    )
    parser.add_argument("--replay", metavar="SEED", help="type each post in by random edits")
    parser.add_argument("--trust", action="store_true", help="trust the site's code")
    parser.add_argument("--only", default="*", metavar="GLOB", help="a glob over the posts' paths")
    parser.add_argument("--without", default=r"(?!)", metavar="REGEX", help="leave out posts that have this")
    parser.add_argument("--extras", choices=["yes", "no"], default="yes", help="hide the optional packages")
    arguments = parser.parse_args()
    if arguments.python:
        os.environ["COPYDESK_GENERATOR_PYTHON"] = arguments.python
    options = ["--replay", arguments.replay] if arguments.replay else []
    options += ["--trust"] if arguments.trust else []
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder).resolve()
        os.environ.setdefault("COPYDESK_HOME", str(scratch / "home"))
        python = _without_extras(scratch) if arguments.extras == "no" else sys.executable
        try:
            found = outcomes(
                arguments.site,
                arguments.generator,
                scratch,
                options,
                only=arguments.only,
                without=arguments.without,
                python=python,
            )
        except GeneratorError as error:
            print(error, file=sys.stderr)
            return 1
    return _report(arguments.generator, found, details=arguments.list)


def _report(generator: str, found: list[Outcome], *, details: bool) -> int:
    equal = [outcome for outcome in found if outcome.difference is None]
    lying = [outcome for outcome in found if outcome.difference is not None and outcome.exact]
    shy = [outcome for outcome in equal if not outcome.exact]
    for outcome in found if details else ():
        if outcome.difference is not None:
            print(f"    {outcome.name}:{' SAYS EXACT' if outcome.exact else ''}")
            print(f"        published {outcome.difference.published[:200]!r}")
            print(f"        previewed {outcome.difference.previewed[:200]!r}")
    if details:
        reasons = Counter(reason for outcome in found for reason in outcome.reasons)
        for reason, count in reasons.most_common():
            print(f"    {count} x {reason}")
    print(
        f"parity {generator}: {len(equal)} of {len(found)} posts equal ({100 * len(equal) / len(found):.1f} %)"
    )
    print(f"honesty: {len(lying)} posts say exact and differ, {len(shy)} posts say inexact and are equal")
    return int(len(equal) != len(found) or bool(lying))


if __name__ == "__main__":
    sys.exit(main())
