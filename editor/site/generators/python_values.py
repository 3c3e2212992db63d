"""The values of Python expressions that are data: `python_config` follows the statements around them."""

import ast
import operator
import os
import posixpath
import re
import string
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePath
from typing import Any

MAX_LENGTH = 1_000_000
_MAX_DEPTH = 60
_MAX_STEPS = 200_000


@dataclass(frozen=True, slots=True)
class Unread:
    """In the place of a value that is no data."""

    code: str
    """The expression, on one line."""
    line: int | None
    path: Path | None = None
    name: str = ""
    """The dotted name of what was imported, where the expression is just that (`slugs.slugify`)."""


@dataclass(frozen=True, slots=True)
class Module:
    """A module, or something in one, that was imported and not looked into."""

    name: str


class CannotRead(Exception):
    """An expression or a statement is no data."""

    def __init__(self, place: ast.expr | ast.stmt, name: str = "") -> None:
        super().__init__()
        self.line: int | None = getattr(place, "lineno", None)
        self.name = name
        try:
            code = " ".join(ast.unparse(place).split())
        except (RecursionError, ValueError):
            code = "…"
        self.code = code if len(code) <= 60 else code[:59] + "…"


def read_parts(value: Any, depth: int = 0) -> Iterator[Unread]:
    """Yield what in `value`, at any depth, could not be read."""
    if isinstance(value, Unread):
        yield value
    elif depth < _MAX_DEPTH and isinstance(value, Mapping):
        for key, entry in value.items():
            yield from read_parts(key, depth + 1)
            yield from read_parts(entry, depth + 1)
    elif depth < _MAX_DEPTH and isinstance(value, list | tuple | set):
        for entry in value:
            yield from read_parts(entry, depth + 1)


class SafeFormatter(string.Formatter):
    """`str.format` that looks at no attributes but those of dates, and fills no page with spaces."""

    def get_field(self, field_name: str, args: Sequence[Any], kwargs: Mapping[str, Any]) -> Any:
        """See `string.Formatter`; raises ValueError for anything but a name, or a part of a date."""
        first, dot, rest = field_name.partition(".")
        if "[" in field_name:
            raise ValueError(field_name)
        value = self.get_value(int(first) if first.isdigit() else first, args, kwargs)
        if dot:
            if rest not in ("year", "month", "day", "hour", "minute", "second"):
                raise ValueError(field_name)
            value = getattr(value, rest) if isinstance(value, date) else None
        return value, first

    def format_field(self, value: Any, format_spec: str) -> str:
        """See `string.Formatter`; raises ValueError for a width that no text has."""
        if any(int(number) > 1_000 for number in re.findall(r"\d+", format_spec)):
            raise ValueError(format_spec)
        return str(format(value, format_spec))


class Evaluator:
    """Evaluates expressions over names."""

    def __init__(self, names: dict[str, Any], path: Path) -> None:
        self._names = names
        self._path = path
        self._steps = 0

    def value(self, expression: ast.expr) -> Any:
        """Return the value of `expression`; raises CannotRead where it, or any part of it, is no data."""
        value = self.tolerant(expression)
        if isinstance(value, Unread | Module):
            raise CannotRead(expression, value.name)
        return value

    def tolerant(self, expression: ast.expr) -> Any:
        """Return the value of `expression`; what in it is no data is an `Unread`."""
        try:
            return self._value(expression)
        except CannotRead as error:
            return Unread(error.code, error.line, self._path, error.name)

    def change(self, call: ast.Call) -> None:
        """Follow a call that changes a list or a map in place; raises CannotRead for any other."""
        if not isinstance(call.func, ast.Attribute) or call.keywords:
            if isinstance(call.func, ast.Name) and call.func.id == "print":
                return
            raise CannotRead(call)
        target = self.value(call.func.value)
        name = call.func.attr
        arguments = [self.tolerant(argument) for argument in call.args]
        allowed: dict[type, tuple[str, ...]] = {
            list: ("append", "extend", "insert", "remove", "sort", "reverse"),
            dict: ("update", "setdefault", "pop"),
            set: ("add", "update", "discard"),
        }
        if name not in allowed.get(type(target), ()):
            raise CannotRead(call)
        try:
            getattr(target, name)(*arguments)
        except (TypeError, ValueError, KeyError, IndexError) as error:
            raise CannotRead(call) from error
        if len(target) > MAX_LENGTH:
            raise CannotRead(call)

    def _value(self, expression: ast.expr) -> Any:
        self._steps += 1
        if self._steps > _MAX_STEPS:
            raise CannotRead(expression)
        match expression:
            case ast.Constant(value=value):
                return value
            case ast.Name(id=name):
                if name in self._names:
                    return self._named(expression, self._names[name])
                if name in _BUILTINS:
                    return Module(name)
                raise CannotRead(expression)
            case ast.List(elts=parts):
                return list(self._entries(parts))
            case ast.Tuple(elts=parts):
                return tuple(self._entries(parts))
            case ast.Set(elts=parts):
                return self._attempt(expression, lambda: set(self._entries(parts)))
            case ast.Dict(keys=keys, values=values):
                return self._attempt(expression, lambda: self._mapping(keys, values))
            case ast.BinOp(left=left, op=sign, right=right):
                return self._operation(expression, sign, self.value(left), self.value(right))
            case ast.UnaryOp(op=sign, operand=operand):
                return self._unary(expression, sign, self.value(operand))
            case ast.BoolOp(op=sign, values=parts):
                return self._boolean(sign, parts)
            case ast.Compare():
                return self._comparison(expression)
            case ast.IfExp(test=test, body=body, orelse=other):
                return self._value(body if self.value(test) else other)
            case ast.JoinedStr(values=parts):
                return "".join(self._piece(part) for part in parts)
            case ast.Subscript(value=base, slice=key):
                container, place = self.value(base), self._place(key)
                return self._attempt(expression, lambda: container[place])
            case ast.Attribute():
                return self._attribute(expression)
            case ast.Call():
                return self._call(expression)
        raise CannotRead(expression)

    def _named(self, expression: ast.expr, value: Any) -> Any:
        if isinstance(value, Unread):
            raise CannotRead(expression, value.name)
        return value

    def _entries(self, parts: list[ast.expr]) -> Iterator[Any]:
        for part in parts:
            if isinstance(part, ast.Starred):
                yield from self._attempt(part, lambda part=part: list(self.value(part.value)))  # type: ignore[misc]
            else:
                yield self._data(part)

    def _data(self, expression: ast.expr) -> Any:
        """Return an entry of a container: what was only imported is no data."""
        value = self.tolerant(expression)
        if isinstance(value, Module):
            error = CannotRead(expression)
            return Unread(error.code, error.line, self._path, value.name)
        return value

    def _mapping(self, keys: list[ast.expr | None], values: list[ast.expr]) -> dict[Any, Any]:
        mapping: dict[Any, Any] = {}
        for key, value in zip(keys, values, strict=True):
            if key is None:
                mapping.update(self.value(value))
            else:
                mapping[self.value(key)] = self._data(value)
        return mapping

    def _operation(self, expression: ast.expr, sign: ast.operator, left: Any, right: Any) -> Any:
        if isinstance(sign, ast.Mult) and not _small_product(left, right):
            raise CannotRead(expression)
        numbers = re.findall(r"\d+", left) if isinstance(left, str) and isinstance(sign, ast.Mod) else []
        if any(len(number) > 3 for number in numbers):
            raise CannotRead(expression)
        known = _OPERATORS.get(type(sign))
        if known is None:
            raise CannotRead(expression)
        result = self._attempt(expression, lambda: known(left, right))
        if isinstance(result, str | list | tuple) and len(result) > MAX_LENGTH:
            raise CannotRead(expression)
        return result

    def _unary(self, expression: ast.expr, sign: ast.unaryop, value: Any) -> Any:
        if isinstance(sign, ast.Not):
            return not value
        if isinstance(value, int | float) and isinstance(sign, ast.USub | ast.UAdd):
            return -value if isinstance(sign, ast.USub) else value
        raise CannotRead(expression)

    def _boolean(self, sign: ast.boolop, parts: list[ast.expr]) -> Any:
        value: Any = None
        for part in parts:
            value = self.value(part)
            if bool(value) is isinstance(sign, ast.Or):
                break
        return value

    def _comparison(self, expression: ast.Compare) -> bool:
        left = self.value(expression.left)
        for sign, part in zip(expression.ops, expression.comparators, strict=True):
            right = self.value(part)
            known = _COMPARISONS.get(type(sign))
            if known is None:
                raise CannotRead(expression)
            if not self._attempt(expression, lambda a=left, b=right, known=known: known(a, b)):  # type: ignore[misc]
                return False
            left = right
        return True

    def _piece(self, part: ast.expr) -> str:
        if not isinstance(part, ast.FormattedValue):
            return str(self.value(part))
        value = self.value(part.value)
        if part.conversion == ord("r"):
            value = repr(value)
        elif part.conversion != -1:
            value = str(value)
        spec = self.value(part.format_spec) if part.format_spec else ""
        return str(self._attempt(part, lambda: SafeFormatter().format_field(value, spec)))

    def _place(self, key: ast.expr) -> Any:
        if isinstance(key, ast.Slice):
            bounds = (key.lower, key.upper, key.step)
            return slice(*(None if bound is None else self.value(bound) for bound in bounds))
        return self.value(key)

    def _attribute(self, expression: ast.Attribute) -> Any:
        base = self._value(expression.value)
        if isinstance(base, Module):
            name = f"{base.name}.{expression.attr}"
            return os.environ if name == "os.environ" else _CONSTANTS.get(name, Module(name))
        if isinstance(base, PurePath) and expression.attr in ("parent", "name", "stem", "suffix", "parents"):
            return getattr(base, expression.attr)
        raise CannotRead(expression)

    def _call(self, call: ast.Call) -> Any:
        if any(isinstance(argument, ast.Starred) for argument in call.args):
            raise CannotRead(call)
        arguments = [self.value(argument) for argument in call.args]
        options = {keyword.arg: self.value(keyword.value) for keyword in call.keywords if keyword.arg}
        if len(options) != len(call.keywords):
            raise CannotRead(call)
        function = call.func
        if isinstance(function, ast.Attribute):
            base = self._value(function.value)
            if not isinstance(base, Module):
                return self._method(call, base, function.attr, arguments, options)
        named = self._value(function)
        known = _FUNCTIONS.get(named.name) if isinstance(named, Module) else None
        if known is None:
            raise CannotRead(call, named.name if isinstance(named, Module) else "")
        return self._attempt(call, lambda: known(*arguments, **options))

    def _method(
        self, call: ast.Call, base: Any, name: str, arguments: list[Any], options: dict[str, Any]
    ) -> Any:
        for kind, names in _METHODS.items():
            if isinstance(base, kind) and name in names.split():
                if any(isinstance(argument, int) and argument > 10_000 for argument in arguments):
                    raise CannotRead(call)
                if isinstance(base, str) and name == "format":
                    return self._attempt(call, lambda: SafeFormatter().vformat(base, arguments, options))
                result = self._attempt(call, lambda: getattr(base, name)(*arguments, **options))
                if isinstance(result, str | list) and len(result) > MAX_LENGTH:
                    break
                return list(result) if name in ("keys", "values", "items") else result
        raise CannotRead(call)

    def _attempt(self, expression: ast.expr, attempt: Callable[[], Any]) -> Any:
        try:
            return attempt()
        except (
            TypeError,
            ValueError,
            KeyError,
            IndexError,
            AttributeError,
            ArithmeticError,
            MemoryError,
        ) as error:
            raise CannotRead(expression) from error


def _small_product(left: Any, right: Any) -> bool:
    for first, second in ((left, right), (right, left)):
        if isinstance(first, str | list | tuple | bytes):
            return isinstance(second, int) and len(first) * second <= MAX_LENGTH
    return all(isinstance(value, int | float) and abs(value) < 10**12 for value in (left, right))


def _absolute(path: Any) -> str:
    return os.path.normpath(Path.cwd() / str(path))


_OPERATORS: Mapping[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.FloorDiv: operator.floordiv,
    ast.Mod: operator.mod,
    ast.BitOr: operator.or_,
}
_COMPARISONS: Mapping[type[ast.cmpop], Callable[[Any, Any], Any]] = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.Is: operator.is_,
    ast.IsNot: operator.is_not,
    ast.In: lambda left, right: left in right,
    ast.NotIn: lambda left, right: left not in right,
}
_BUILTINS = frozenset(("str", "int", "bool", "len", "list", "tuple", "dict", "set", "sorted", "range"))
_CONSTANTS: Mapping[str, Any] = {
    "os.sep": os.sep,
    "os.path.sep": os.sep,
    "os.curdir": os.curdir,
    "os.pardir": os.pardir,
    "os.path.pardir": os.pardir,
}
_FUNCTIONS: Mapping[str, Callable[..., Any]] = {
    "str": str,
    "int": int,
    "bool": bool,
    "len": len,
    "list": list,
    "tuple": tuple,
    "dict": dict,
    "set": set,
    "sorted": sorted,
    "range": lambda *bounds: list(range(*bounds)) if all(abs(bound) < 10_000 for bound in bounds) else None,
    "os.path.join": os.path.join,
    "os.path.dirname": os.path.dirname,
    "os.path.basename": os.path.basename,
    "os.path.normpath": os.path.normpath,
    "os.path.abspath": _absolute,
    "os.path.realpath": _absolute,
    "os.path.splitext": os.path.splitext,
    "posixpath.join": posixpath.join,
    "os.getenv": os.environ.get,
    "os.getcwd": os.getcwd,
    "pathlib.Path": Path,
    "pathlib.PurePath": Path,
    "pathlib.Path.cwd": Path.cwd,
}
_METHODS: Mapping[type, str] = {
    str: (
        "capitalize casefold endswith format join lower lstrip partition removeprefix removesuffix replace "
        "rpartition rsplit rstrip split splitlines startswith strip swapcase title upper zfill"
    ),
    dict: "copy get items keys values",
    os._Environ: "get",
    list: "copy count index",
    tuple: "count index",
    PurePath: "absolute as_posix joinpath resolve with_name with_suffix",
}
"""What may be called of a value: nothing of it changes the value or looks at the disk for more than links."""
