"""mkdocs.yml, read without importing mkdocs and without running anything that it names.

What mkdocs does with it is in mkdocs/utils/yaml.py: the file is YAML with the tags `!ENV` and `!relative` and
PyYAML's `!!python/…`; `INHERIT: other.yml` lays it over another file, maps into maps, all else replaced.
A Python object stays a description of itself: `{"$python": "dotted.name"}`, a call of one
`{"$python": "dotted.name", "args": […], "kwds": {…}}`; whether it may be had is for others to decide.
"""

import copy
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from editor.errors import SiteError
from editor.post import bounded_yaml
from editor.schema import yaml_words
from editor.site.files import start_of
from editor.translation import gettext as _

MAX_BYTES = 2_000_000
MAX_DEPTH = 100
_OF_VALUES = (ValueError, OverflowError, TypeError, KeyError, AttributeError, RecursionError)
"""What PyYAML lets through of a date such as 2024-13-45, a key that is a list, a tag that does not fit its text."""
MAX_NODES = 200_000
"""So many values, each alias counted as what it stands for, make a configuration no longer believable."""


@dataclass(frozen=True, slots=True)
class Configuration:
    """What a configuration file and those that it inherits from say together."""

    path: Path
    values: dict[str, Any]
    """The merged mapping; `docs_dir` and `config_file_path` are absolute."""
    files: tuple[Path, ...]
    """Every file that was read, `path` first."""
    problems: tuple[SiteError, ...]
    """What could not be understood; the rest holds."""


def read(path: Path, inside: Path | None = None) -> Configuration:
    """Read the configuration file `path` with all that it inherits.

    A file to inherit from outside the folder `inside` is reported, not read. Raises SiteError, with line and
    column, where a file can't be read or is no YAML mapping.
    """
    files: list[Path] = []
    problems: list[SiteError] = []
    values = _read(path, inside, files, problems)
    docs_dir = values.get("docs_dir", "docs")
    if not isinstance(docs_dir, str) or not docs_dir or "\0" in docs_dir:
        problems.append(SiteError(_("docs_dir must be the name of a folder"), path=path))
        docs_dir = "docs"
    values["docs_dir"] = os.path.normpath(path.parent / docs_dir)
    values["config_file_path"] = str(path)
    return Configuration(path, values, tuple(files), tuple(problems))


def parse(source: bytes, path: Path) -> tuple[dict[str, Any], list[SiteError]]:
    """Return the mapping that the YAML `source` of the file `path` holds, and what in it is not understood.

    Raises SiteError, with line and column, for anything else than a mapping of believable size.
    """
    if len(source) > MAX_BYTES:
        raise SiteError(_("The configuration is too large to be read"), path=path)
    try:
        text = source.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = source.count(b"\n", 0, error.start) + 1
        raise SiteError(_("The configuration is not UTF-8 text"), path=path, line=line) from error
    loader = None
    try:
        loader = _Loader(text, path)
        values = loader.get_single_data()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        reason = yaml_words.reason(error, text)
        raise SiteError(
            _("This is not valid YAML: {reason}").format(reason=reason),
            path=path,
            line=mark.line + 1 if mark else None,
            column=mark.column + 1 if mark else None,
        ) from error
    except yaml.reader.ReaderError as error:
        line, column = place(text, error.position)
        raise SiteError(
            _("This is not valid YAML: {reason}").format(reason=yaml_words.reason(error)),
            path=path,
            line=line,
            column=column,
        ) from error
    except (yaml.YAMLError, *_OF_VALUES) as error:
        raise SiteError(
            _("This is not valid YAML: {reason}").format(reason=yaml_words.reason(error)), path=path
        ) from error
    if values is None:
        values = {}
    if not isinstance(values, dict):
        raise SiteError(_("The configuration must be a list of `name: value` settings"), path=path, line=1)
    return values, loader.problems


def merge(base: Mapping[Any, Any], over: Mapping[Any, Any]) -> dict[Any, Any]:
    """Return `base` with `over` laid on it: maps are merged at every depth, anything else is replaced."""
    merged = dict(base)
    for key, value in over.items():
        mine = merged.get(key)
        if isinstance(mine, Mapping) and isinstance(value, Mapping):
            merged[key] = merge(mine, value)
        else:
            merged[key] = copy.deepcopy(value)
    return merged


def plugins_of(values: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the plugins of a configuration with their options, Material's by their full names."""
    listed = values.get("plugins")
    if isinstance(listed, Mapping):
        pairs = list(listed.items())
    else:
        pairs = []
        for entry in listed if isinstance(listed, list) else []:
            pairs += list(entry.items()) if isinstance(entry, Mapping) else [(entry, None)]
    theme = theme_name(values)
    for name, options in pairs:
        if not isinstance(name, str):
            continue
        if theme == "material" and name in ("blog", "meta", "tags", "search"):
            name = "material/" + name
        yield name.removeprefix("/"), dict(options) if isinstance(options, Mapping) else {}


def theme_name(values: Mapping[str, Any]) -> str:
    """Return the theme that a configuration names."""
    theme = values.get("theme")
    name = theme.get("name") if isinstance(theme, Mapping) else theme
    return name if isinstance(name, str) and name else "mkdocs"


def place(text: str, position: int) -> tuple[int, int]:
    """Return line and column, from 1, of the code point `position` in `text`."""
    return text.count("\n", 0, position) + 1, position - (text.rfind("\n", 0, position) + 1) + 1


def _read(path: Path, inside: Path | None, files: list[Path], problems: list[SiteError]) -> dict[str, Any]:
    files.append(path)
    try:
        source = start_of(path, MAX_BYTES + 1)
    except OSError as error:
        raise SiteError(
            _("The configuration can't be read: {reason}").format(reason=error.strerror or error), path=path
        ) from error
    values, unknown = parse(source, path)
    problems += unknown
    if "INHERIT" not in values:
        return values
    inherited = values.pop("INHERIT")
    if not isinstance(inherited, str) or "\0" in inherited:
        raise SiteError(_("INHERIT must name a file"), path=path)
    parent = Path(os.path.normpath(path.parent / inherited))
    if inside is not None and not parent.resolve().is_relative_to(inside.resolve()):
        problems.append(
            SiteError(
                _("The inherited configuration {file} lies outside the site, and was not read").format(
                    file=inherited
                ),
                path=path,
            )
        )
        return values
    if parent in files:
        raise SiteError(
            _("The configuration inherits from itself, through {file}").format(file=inherited), path=path
        )
    if not parent.is_file():
        raise SiteError(_("The inherited configuration {file} is missing").format(file=inherited), path=path)
    return merge(_read(parent, inside, files, problems), values)


class _Loader(yaml.SafeLoader):
    """PyYAML's safe loader with mkdocs' tags, and with limits.

    Pure Python, as mkdocs uses it: libyaml accepts other files here and there.
    """

    def __init__(self, text: str, path: Path) -> None:
        super().__init__(text)
        self.problems: list[SiteError] = []
        self._path = path
        self._depth = 0

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        """See PyYAML's composer; refuses what is nested too deeply."""
        self._depth += 1
        if self._depth > MAX_DEPTH:
            mark = self.peek_event().start_mark  # type: ignore[no-untyped-call]
            raise yaml.composer.ComposerError(None, None, "it is nested too deeply", mark)
        composed = super().compose_node(parent, index)
        self._depth -= 1
        return composed

    def get_single_node(self) -> yaml.Node | None:
        """See PyYAML's composer; refuses what its aliases make too large."""
        composed = super().get_single_node()
        if composed is not None and bounded_yaml.weight(composed, {}) > MAX_NODES:
            mark = composed.start_mark
            raise yaml.composer.ComposerError(None, None, "its aliases stand for too many values", mark)
        return composed

    def report(self, node: yaml.Node, message: str) -> None:
        """Note what is not understood at `node`."""
        mark = node.start_mark
        self.problems.append(SiteError(message, path=self._path, line=mark.line + 1, column=mark.column + 1))

    def environment(self, node: yaml.Node) -> Any:
        """Return the value of the first environment variable that is set, else the default.

        As the package pyyaml_env_tag: `!ENV NAME`, or `!ENV [NAME, OTHER, default]`, values read as YAML.
        """
        default: Any = None
        if isinstance(node, yaml.ScalarNode):
            names = [node.value]
        elif isinstance(node, yaml.SequenceNode) and node.value:
            *named, last = node.value
            if named:
                default = self.construct_object(last, deep=True)
            names = [str(child.value) for child in named or [last]]
        else:
            self.report(node, _("!ENV needs the name of an environment variable"))
            return None
        for name in names:
            if name in os.environ:
                value = os.environ[name]
                tag = self.resolve(yaml.ScalarNode, value, (True, False))  # type: ignore[no-untyped-call]
                return self.construct_object(yaml.ScalarNode(tag, value, node.start_mark, node.end_mark))
        return default

    def relative(self, node: yaml.Node) -> dict[str, str]:
        """Return `{"$relative": …}` of `!relative`, with what follows the tag."""
        return {"$relative": str(node.value) if isinstance(node, yaml.ScalarNode) else ""}

    def python_name(self, name: str, _node: yaml.Node) -> dict[str, Any]:
        """Return the description of a Python object."""
        return {"$python": name}

    def python_call(self, name: str, node: yaml.Node) -> dict[str, Any]:
        """Return the description of a call."""
        args: Any = []
        kwds: Any = {}
        if isinstance(node, yaml.SequenceNode):
            args = self.construct_sequence(node, deep=True)
        elif isinstance(node, yaml.MappingNode):
            given = self.construct_mapping(node, deep=True)
            args, kwds = given.get("args") or [], given.get("kwds") or {}
        if not isinstance(args, list) or not isinstance(kwds, dict):
            self.report(node, _("The arguments of {name} are not understood").format(name=name))
            args, kwds = [], {}
        return {"$python": name, "args": args, "kwds": kwds}

    def python_plain(self, name: str, node: yaml.Node) -> Any:
        """Return the value of `!!python/tuple` and its like; other Python tags are reported."""
        plain = _PLAIN.get(name)
        if plain is None:
            return self.unknown(node)
        same = type(node)("tag:yaml.org,2002:" + plain, node.value, node.start_mark, node.end_mark)
        return self.construct_object(same, deep=True)

    def unknown(self, node: yaml.Node) -> None:
        """Report a tag; its value is left out."""
        shown = node.tag.replace("tag:yaml.org,2002:", "!!")
        self.report(node, _("The tag {tag} is not known, and its value was left out").format(tag=shown))

    yaml_constructors = {  # noqa: RUF012  PyYAML's own name for the table, never changed here
        **yaml.SafeLoader.yaml_constructors,
        "!ENV": environment,
        "!relative": relative,
        None: unknown,
    }
    yaml_multi_constructors = {  # noqa: RUF012
        "tag:yaml.org,2002:python/name:": python_name,
        "tag:yaml.org,2002:python/object/apply:": python_call,
        "tag:yaml.org,2002:python/object/new:": python_call,
        "tag:yaml.org,2002:python/": python_plain,
    }


_PLAIN: Mapping[str, str] = {
    "none": "null",
    "bool": "bool",
    "str": "str",
    "unicode": "str",
    "int": "int",
    "long": "int",
    "float": "float",
    "list": "seq",
    "tuple": "seq",
    "dict": "map",
}
