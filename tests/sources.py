"""The package as syntax trees, for the tests that hold all of it to a rule."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
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

    def place(self, at: ast.AST) -> str:
        """Return `editor/post/disk.py:12` for something in it."""
        return f"{self.path.relative_to(ROOT).as_posix()}:{getattr(at, 'lineno', 1)}"


def sources(folder: Path = PACKAGE) -> Iterator[Source]:
    """Yield every module under `folder`, by name."""
    for path in sorted(folder.rglob("*.py")):
        if "__pycache__" not in path.parts:
            yield Source(path, ast.parse(path.read_text("utf-8"), str(path)))


def calls(tree: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    """Yield every call with the last part of what is called: `label.setText("x")` gives `setText`."""
    for part in ast.walk(tree):
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
