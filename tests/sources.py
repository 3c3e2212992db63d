"""The package as syntax trees, for the tests that hold all of it to a rule."""

import ast
import gc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "editor"


@dataclass(frozen=True)
class Source:
    """One module of the package."""

    path: Path
    tree: ast.Module

    @property
    def name(self) -> str:
        """Its dotted name, `editor.post.disk`."""
        parts = self.path.relative_to(ROOT).with_suffix("").parts
        return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)

    @cached_property
    def parts(self) -> tuple[ast.AST, ...]:
        """All that is in it."""
        return tuple(ast.walk(self.tree))

    @cached_property
    def calls(self) -> tuple[tuple[str, ast.Call], ...]:
        """Its calls, as the function `calls` gives them."""
        return tuple(_calls_among(self.parts))

    def place(self, at: ast.AST) -> str:
        """Return `editor/post/disk.py:12` for something in it."""
        return f"{self.path.relative_to(ROOT).as_posix()}:{getattr(at, 'lineno', 1)}"


def files(folder: Path = PACKAGE) -> list[Path]:
    """Return the files of all modules under `folder`, by name."""
    return [path for path in sorted(folder.rglob("*.py")) if "__pycache__" not in path.parts]


def sources(folder: Path = PACKAGE) -> Iterator[Source]:
    """Yield every module under `folder`, by name."""
    for path in files(folder):
        yield Source(path, ast.parse(path.read_text("utf-8"), str(path)))


@contextmanager
def read_at_once(folder: Path = PACKAGE) -> Iterator[tuple[Source, ...]]:
    """Give every module under `folder`, by name, for tests that look through all of them many times.

    The garbage collector leaves them alone meanwhile: it would look through a million objects while each tree
    is made, and again for each test.
    """
    gc.disable()
    try:
        read = tuple(sources(folder))
        gc.freeze()
    finally:
        gc.enable()
    try:
        yield read
    finally:
        gc.unfreeze()


def calls(tree: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    """Yield every call with the last part of what is called: `label.setText("x")` gives `setText`."""
    yield from _calls_among(ast.walk(tree))


def _calls_among(parts: Iterable[ast.AST]) -> Iterator[tuple[str, ast.Call]]:
    for part in parts:
        if isinstance(part, ast.Call):
            if isinstance(part.func, ast.Attribute):
                yield part.func.attr, part
            elif isinstance(part.func, ast.Name):
                yield part.func.id, part


def literal(expression: ast.AST | None) -> str | None:
    """Return the string that `expression` is, or None."""
    if isinstance(expression, ast.Constant) and isinstance(expression.value, str):
        return expression.value
    return None
