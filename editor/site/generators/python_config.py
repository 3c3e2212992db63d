"""Configuration that is Python, such as `pelicanconf.py` and Nikola's `conf.py`, read without running it.

The statements are followed through `ast` as far as they are data: literals, names bound earlier, operators,
f-strings, harmless methods of text, lists and maps, paths, environment variables, and `import` of files that
lie beside. What is anything else stays an `Unread`, wherever it stands in a value: it is named, never guessed.
"""

import ast
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from editor.errors import SiteError
from editor.site.files import start_of
from editor.site.generators.python_values import (
    CannotRead,
    Evaluator,
    Module,
    Unread,
    read_parts,
)
from editor.translation import gettext as _

MAX_BYTES = 2_000_000
MAX_FILES = 20
_MAX_ROUNDS = 1_000


@dataclass(frozen=True, slots=True)
class PythonConfiguration:
    """What a configuration file and those that it imports say together."""

    path: Path
    values: Mapping[str, Any]
    """The names that it leaves bound; a value, or a part of one, that is no data is an `Unread`."""
    files: tuple[Path, ...]
    """Every file that was read, `path` first."""

    def problems(self, names: frozenset[str]) -> list[SiteError]:
        """Return a sentence for each setting of `names` that could not be read, or not in full."""
        found = []
        for name, value in self.values.items():
            unread = next(read_parts(value), None) if name in names else None
            if unread is not None:
                said = _("The setting {name} is made by code, which is not run: {code} was not read")
                message = said.format(name=name, code=unread.code)
                found.append(SiteError(message, path=unread.path or self.path, line=unread.line))
        return found


def read(path: Path, inside: Path) -> PythonConfiguration:
    """Read the configuration `path`; files that it imports are read where they lie inside `inside`.

    Raises SiteError, with line and column, where it can't be read or is no Python.
    """
    files: list[Path] = []
    names = _Reader(inside, files).module(path)
    values = {
        name: Unread(value.name, None, path, value.name) if isinstance(value, Module) else value
        for name, value in names.items()
    }
    return PythonConfiguration(path, values, tuple(files))


def parse(path: Path) -> ast.Module:
    """Return the syntax tree of a file; raises SiteError with the place of what is wrong."""
    try:
        source = start_of(path, MAX_BYTES + 1)
    except OSError as error:
        reason = error.strerror or error
        said = _("The configuration can't be read: {reason}").format(reason=reason)
        raise SiteError(said, path=path) from error
    if len(source) > MAX_BYTES:
        raise SiteError(_("The configuration is too large to be read"), path=path)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of an odd escape in a text, which is the site's own affair
            return ast.parse(source, str(path))
    except SyntaxError as error:
        raise SiteError(
            _("This is not valid Python: {reason}").format(reason=error.msg),
            path=path,
            line=error.lineno,
            column=error.offset,
        ) from error
    except (ValueError, RecursionError, MemoryError) as error:
        raise SiteError(_("This is not valid Python: {reason}").format(reason=error), path=path) from error


class _Reader:
    """Follows the statements of a file, and of those that it imports."""

    def __init__(self, inside: Path, files: list[Path]) -> None:
        self._inside = inside
        self._files = files

    def module(self, path: Path) -> dict[str, Any]:
        """Return the names that the file `path` binds."""
        self._files.append(path)
        names: dict[str, Any] = {"__file__": str(path), "__name__": path.stem}
        _Statements(self, path, names).run(parse(path).body)
        return names

    def beside(self, name: str, path: Path) -> dict[str, Any] | None:
        """Return the names of the module `name` that lies beside `path`; None where there is none to read."""
        file = path.parent.joinpath(*name.split(".")).with_suffix(".py")
        if not file.is_file():
            file = file.with_suffix("") / "__init__.py"
        if not file.is_file() or not file.resolve().is_relative_to(self._inside.resolve()):
            return None
        if file in self._files or len(self._files) >= MAX_FILES:
            return None
        return self.module(file)


class _Statements:
    """Binds the names of one file."""

    def __init__(self, reader: _Reader, path: Path, names: dict[str, Any]) -> None:
        self._reader = reader
        self._path = path
        self._names = names
        self._evaluator = Evaluator(names, path)

    def run(self, body: list[ast.stmt]) -> None:
        """Follow statements in their order."""
        for statement in body:
            try:
                self._statement(statement)
            except CannotRead as error:
                self._forget(statement, error)
            except RecursionError:
                self._forget(statement, CannotRead(statement))

    def _statement(self, statement: ast.stmt) -> None:
        match statement:
            case ast.Assign(targets=targets, value=value):
                result = self._evaluator.tolerant(value)
                for target in targets:
                    self._bind(target, result)
            case ast.AnnAssign(target=target, value=ast.expr() as value):
                self._bind(target, self._evaluator.tolerant(value))
            case ast.AugAssign(target=ast.Name(id=name), op=operator, value=value):
                both = ast.BinOp(ast.Name(name, ast.Load()), operator, value)
                self._names[name] = self._evaluator.value(ast.copy_location(both, statement))
            case ast.Expr(value=ast.Constant()) | ast.Pass() | ast.AnnAssign():
                pass
            case ast.Expr(value=ast.Call() as call):
                self._evaluator.change(call)
            case ast.Delete(targets=targets):
                for target in targets:
                    if isinstance(target, ast.Name):
                        self._names.pop(target.id, None)
            case ast.If(test=test, body=body, orelse=other):
                self.run(body if self._evaluator.value(test) else other)
            case ast.For(target=target, iter=over, body=body):
                self._loop(target, over, body)
            case ast.Try():
                self._try(statement)
            case ast.With(body=body):
                raise CannotRead(statement)
            case ast.Import(names=aliases):
                for alias in aliases:
                    name = alias.name if alias.asname else alias.name.split(".")[0]
                    self._names[alias.asname or name] = Module(name)
            case ast.ImportFrom():
                self._import_from(statement)
            case _:
                raise CannotRead(statement)

    def _bind(self, target: ast.expr, value: Any) -> None:
        match target:
            case ast.Name(id=name):
                self._names[name] = value
            case ast.Tuple(elts=targets) | ast.List(elts=targets):
                entries = list(value) if isinstance(value, list | tuple | str) else None
                if entries is None or len(entries) != len(targets):
                    raise CannotRead(target)
                for inner, entry in zip(targets, entries, strict=True):
                    self._bind(inner, entry)
            case ast.Subscript(value=base, slice=key):
                container = self._evaluator.value(base)
                place = self._evaluator.value(key)
                try:
                    container[place] = value
                except (TypeError, IndexError, KeyError, ValueError) as error:
                    raise CannotRead(target) from error
            case ast.Attribute():
                pass  # of a module or an object, neither of which is data
            case _:
                raise CannotRead(target)

    def _loop(self, target: ast.expr, over: ast.expr, body: list[ast.stmt]) -> None:
        entries = self._evaluator.value(over)
        if not isinstance(entries, list | tuple | dict | str | range) or len(entries) > _MAX_ROUNDS:
            raise CannotRead(over)
        for entry in list(entries):
            self._bind(target, entry)
            self.run(body)

    def _try(self, statement: ast.Try) -> None:
        missing = next(self._missing(statement.body), None)
        handler = next((known for known in statement.handlers if _catches_import(known)), None)
        if missing is not None and handler is not None:
            self.run(statement.body[: statement.body.index(missing)])
            self.run(handler.body)
        else:
            self.run(statement.body)
            self.run(statement.orelse)
        self.run(statement.finalbody)

    def _missing(self, body: list[ast.stmt]) -> Iterator[ast.stmt]:
        """Yield imports of a module beside the file that is not there: `from local_settings import *`."""
        for statement in body:
            if isinstance(statement, ast.ImportFrom) and statement.names[0].name == "*":
                file = self._path.parent.joinpath(*(statement.module or "").split(".")).with_suffix(".py")
                if not file.is_file():
                    yield statement

    def _import_from(self, statement: ast.ImportFrom) -> None:
        module = statement.module or ""
        if module == "__future__":
            return
        values = self._reader.beside(module, self._path) if module else None
        for alias in statement.names:
            if alias.name == "*":
                bound = {name: value for name, value in (values or {}).items() if not name.startswith("_")}
                self._names.update(bound)
            elif values is not None and alias.name in values:
                self._names[alias.asname or alias.name] = values[alias.name]
            else:
                self._names[alias.asname or alias.name] = Module(f"{module}.{alias.name}")

    def _forget(self, statement: ast.stmt, error: CannotRead) -> None:
        """Mark every name that `statement` may bind or change as not read."""
        unread = Unread(error.code, error.line, self._path)
        for name in dict.fromkeys(_bound(statement)):
            self._names[name] = unread


def _catches_import(handler: ast.ExceptHandler) -> bool:
    if handler.type is None:
        return True
    kinds = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    names = ("ImportError", "ModuleNotFoundError", "Exception", "BaseException")
    return any(isinstance(kind, ast.Name) and kind.id in names for kind in kinds)


def _bound(statement: ast.stmt) -> Iterator[str]:
    """Yield the names of the module that a statement may bind or change."""
    if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        yield statement.name
        return
    for part in ast.walk(statement):
        match part:
            case ast.Name(id=name, ctx=ast.Store() | ast.Del()):
                yield name
            case ast.Subscript(ctx=ast.Store() | ast.Del(), value=base):
                yield from _base_name(base)
            case ast.Expr(value=ast.Call(func=ast.Attribute(value=base))):
                yield from _base_name(base)
            case ast.alias(name=name, asname=other):
                yield other or name.split(".")[0]


def _base_name(expression: ast.expr) -> Iterator[str]:
    while isinstance(expression, ast.Subscript | ast.Attribute):
        expression = expression.value
    if isinstance(expression, ast.Name):
        yield expression.id
