"""Who may import whom: the map in `editor/__init__.py`, held by reading every import of every module.

Imports inside functions and under TYPE_CHECKING count: a layer that needs another's types depends on it.
"""

import ast
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.sources import ROOT, Source

MAY_USE: dict[str, frozenset[str]] = {
    "errors": frozenset(),
    "resources": frozenset(),
    "translation": frozenset({"resources"}),
    "options": frozenset(),
    "settings_files": frozenset({"errors"}),
    "settings": frozenset({"errors", "options", "settings_files"}),
    "git": frozenset({"errors"}),
    "schema": frozenset({"errors"}),
    "post": frozenset({"schema", "errors"}),
    "render": frozenset({"errors", "resources"}),
    "site": frozenset({"post", "schema", "settings", "errors", "resources", "render.protocol"}),
    "proof": frozenset({"site", "post", "schema", "git", "errors", "render.protocol"}),
    "cli": frozenset({"errors", "resources", "settings", "git", "schema", "post", "render", "site", "proof"}),
    "ui": frozenset(
        {
            "errors",
            "resources",
            "options",
            "settings",
            "git",
            "schema",
            "post",
            "render",
            "site",
            "proof",
            "cli",
        }
    ),
    "__main__": frozenset({"cli", "ui", "render", "errors"}),
}
"""Layer -> the layers, or single modules, that it may import besides itself and `translation`."""

QT = ("PySide6", "shiboken6")


def imported(source: Source) -> Iterator[tuple[str, ast.AST]]:
    """Yield the dotted name of all that a module imports; `from editor.post import disk` gives the module."""
    for part in source.parts:
        if isinstance(part, ast.Import):
            for name in part.names:
                yield name.name, part
        elif isinstance(part, ast.ImportFrom) and part.module:
            for name in part.names:
                full = f"{part.module}.{name.name}"
                yield full if is_module(full) else part.module, part


def is_module(name: str) -> bool:
    place = ROOT.joinpath(*name.split("."))
    return place.is_dir() or place.with_suffix(".py").is_file()


def layer(name: str) -> str:
    """Return the layer of the module `name`: its first part below `editor`; empty for the package itself."""
    return [*name.split("."), ""][1]


def allowed(user: str, used: str) -> bool:
    """Tell whether the module `user` may import `used`, both dotted names in the package."""
    mine, theirs = layer(user), layer(used)
    if theirs in {mine, "", "translation"} or user == "editor":
        return True
    below = used.removeprefix("editor.")
    return any(below == name or below.startswith(name + ".") for name in MAY_USE[mine])


def test_every_layer_is_in_the_table(package):
    unknown = {layer(source.name) for source in package} - {""} - set(MAY_USE)
    assert not unknown, f"say in MAY_USE what these may import: {unknown}"


def test_each_layer_imports_only_what_it_may(package):
    wrong = [
        f"{source.place(at)}: {source.name} imports {name}"
        for source in package
        for name, at in imported(source)
        if name.split(".")[0] == "editor" and not allowed(source.name, name)
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("user", "used", "may"),
    [
        ("editor.errors", "editor.resources", False),
        ("editor.errors", "editor.translation", True),
        ("editor.post.disk", "editor.errors", True),
        ("editor.post.disk", "editor.site", False),
        ("editor.site.index", "editor.render.protocol", True),
        ("editor.site.index", "editor.render.worker", False),
        ("editor.cli.render", "editor.render.worker", True),
        ("editor.cli", "editor.ui.app", False),
        ("editor.ui.app", "editor.site", True),
        ("editor.render.worker", "editor.ui", False),
    ],
)
def test_the_rule_itself(user, used, may):
    assert allowed(user, used) is may


def test_qt_is_imported_in_the_window_alone(package):
    wrong = [
        f"{source.place(at)}: {source.name} imports {name}"
        for source in package
        for name, at in imported(source)
        if name.split(".")[0] in QT and layer(source.name) != "ui"
    ]
    assert wrong == []


def test_imports_are_absolute(package):
    wrong = [
        source.place(part)
        for source in package
        for part in source.parts
        if isinstance(part, ast.ImportFrom) and part.level
    ]
    assert wrong == []


def test_no_function_rebinds_a_module_s_names(package):
    wrong = [
        source.place(part) for source in package for part in source.parts if isinstance(part, ast.Global)
    ]
    assert wrong == []


def test_no_window_came_into_the_layers_below(package, tmp_path: Path):
    """Import every module that is not the window's in a process of its own: no Qt may have come along."""
    names = [source.name for source in package if layer(source.name) != "ui"]
    program = (
        "import importlib, sys\n"
        f"for name in {names!r}: importlib.import_module(name)\n"
        f"print([name for name in sys.modules if name.split('.')[0] in {QT!r}])\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", program],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.stderr == ""
    assert ended.stdout.strip() == "[]"
