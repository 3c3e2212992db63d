"""YAML as values with their places: PyYAML's nodes, marks and constructors.

Only `mark.index` is used (code points): PyYAML's lines count U+0085, U+2028 and U+2029 as line ends.
"""

import re
from typing import Any

import yaml

from editor.errors import FrontMatterError
from editor.post import bounded_yaml
from editor.post.front_matter.values import Entry, Value
from editor.post.lines import ending_before, line_start, position
from editor.schema import yaml_words
from editor.translation import gettext as _

# The C parser is ten times as fast, and takes tabs in places where the Python one doesn't.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

TEXT = "tag:yaml.org,2002:str"
NULL = "tag:yaml.org,2002:null"
MERGE = "tag:yaml.org,2002:merge"
_BUILT = {f"tag:yaml.org,2002:{name}" for name in ("null", "bool", "int", "float", "timestamp")}

_UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_STYLES = {"'": "single", '"': "double", "|": "literal", ">": "folded"}


def read_yaml(text: str, start: int, end: int) -> Value | None:
    """Return the value that `text[start:end]` holds, or None where it is empty but for comments.

    Raises FrontMatterError with the line and column in `text`.
    """
    source = text[start:end]
    try:
        root = _compose(source)
        if root is None:
            return None
        return _Converter(source, start, root).value(root)
    except _InvalidError as trouble:
        line, column = position(text, start + min(trouble.index, len(source)))
        raise FrontMatterError(trouble.message, line=line, column=column) from trouble.__cause__


class _InvalidError(Exception):
    """What is wrong, and where in the source."""

    def __init__(self, message: str, index: int) -> None:
        super().__init__(message)
        self.message = message
        self.index = index


def _compose(source: str) -> yaml.Node | None:
    unprintable = _UNPRINTABLE.search(source)
    if unprintable:
        code = f"U+{ord(unprintable[0]):04X}"
        message = _("The character {code} is not allowed in YAML").format(code=code)
        raise _InvalidError(message, unprintable.start())
    try:
        if bounded_yaml.too_deep(source):
            raise _InvalidError(_("The front matter is nested too deeply"), 0)
        node: yaml.Node | None = yaml.compose(source, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        said = _("The front matter is not valid YAML: {reason}").format(
            reason=yaml_words.reason(error, source)
        )
        raise _InvalidError(said, mark.index if mark else 0) from error
    except (yaml.YAMLError, RecursionError) as error:
        raise _InvalidError(_("The front matter is not valid YAML"), 0) from error
    return node


class _Converter:
    """Turns one source's nodes into values, with places in the whole text."""

    def __init__(self, source: str, offset: int, root: yaml.Node) -> None:
        self._source = source
        self._offset = offset
        self._uses: dict[int, int] = {}
        self._constructor = yaml.constructor.SafeConstructor()
        self._size = 0
        self._survey(root, 0, [])

    def value(self, node: yaml.Node) -> Value:
        """Return the value of `node` and all that is in it."""
        if isinstance(node, yaml.ScalarNode):
            value = self._scalar(node)
        elif isinstance(node, yaml.SequenceNode):
            value = self._sequence(node)
        else:
            assert isinstance(node, yaml.MappingNode)
            value = self._mapping(node)
        if self._uses[id(node)] > 1:
            value.lock = _("This value is shared with another field through an alias: change it in the text")
        return value

    def _survey(self, node: yaml.Node, depth: int, above: list[int]) -> None:
        """Count each node's uses; raise where it is endless, too large (through aliases) or too deep."""
        self._size += 1
        if id(node) in above:
            raise _InvalidError(_("The front matter holds itself through an alias"), node.start_mark.index)
        if depth > bounded_yaml.DEEPEST:
            raise _InvalidError(_("The front matter is nested too deeply"), node.start_mark.index)
        if self._size > bounded_yaml.LARGEST:
            raise _InvalidError(_("The front matter is too large"), node.start_mark.index)
        self._uses[id(node)] = self._uses.get(id(node), 0) + 1
        inner: list[yaml.Node] = []
        if isinstance(node, yaml.SequenceNode):
            inner = node.value
        elif isinstance(node, yaml.MappingNode):
            inner = [part for pair in node.value for part in pair]
        above.append(id(node))
        for part in inner:
            self._survey(part, depth + 1, above)
        above.pop()

    def _scalar(self, node: yaml.ScalarNode) -> Value:
        start, end = node.start_mark.index, node.end_mark.index
        style = _STYLES.get(node.style or "", "plain")
        if style in ("literal", "folded"):
            end = self._text_end(start, end)
        elif start == end:
            style = "empty"
        text = str(node.value)
        built = self._built(node) if node.tag != TEXT else text
        return Value(start + self._offset, end + self._offset, "scalar", style, node.tag, text, built)

    def _built(self, node: yaml.ScalarNode) -> Any:
        """Return the value that the safe loader builds, the text where it can't."""
        if node.tag in _BUILT and len(node.value) <= bounded_yaml.LONGEST_NUMBER:
            try:
                return self._constructor.construct_object(node)
            except (yaml.YAMLError, ValueError, KeyError, AttributeError, OverflowError):
                pass  # 30 February; a tag that does not fit its text
        return str(node.value)

    def _sequence(self, node: yaml.SequenceNode) -> Value:
        items = [self.value(item) for item in node.value]
        end = self._end(node, items[-1] if items else None)
        built = [item.built for item in items]
        start = node.start_mark.index + self._offset
        return Value(start, end, "list", _collection_style(node), node.tag, built=built, items=items)

    def _mapping(self, node: yaml.MappingNode) -> Value:
        entries: list[Entry] = []
        known: set[tuple[str, str]] = set()
        names: dict[str, Value] = {}
        for key, inner in node.value:
            value = self.value(inner)
            start, end = key.start_mark.index + self._offset, key.end_mark.index + self._offset
            if isinstance(key, yaml.ScalarNode):
                name = str(key.value)
            else:
                name = self._source[key.start_mark.index : key.end_mark.index]
                value.lock = _("This key is no text: change it in the text")
            if (key.tag, name) in known:
                raise _InvalidError(_("“{key}” is there twice").format(key=name), key.start_mark.index)
            alike = names.setdefault(name, value)
            if alike is not value or self._uses[id(key)] > 1:
                alike.lock = value.lock = _("Another key is written like this one: change it in the text")
            known.add((key.tag, name))
            if key.tag == MERGE:
                value.lock = _("A merge key brings in values from elsewhere: change it in the text")
            entries.append(Entry(name, key.tag, start, end, value))
        end = self._end(node, entries[-1].value if entries else None)
        start = node.start_mark.index + self._offset
        built = _merged(entries)
        return Value(start, end, "map", _collection_style(node), node.tag, built=built, entries=entries)

    def _end(self, node: yaml.CollectionNode, last: Value | None) -> int:
        """Return where the text of a list or map ends: block styles' marks run on over comments below."""
        if last is None or node.flow_style:
            return int(node.end_mark.index) + self._offset
        if last.start >= node.start_mark.index + self._offset:
            return last.end
        # An alias has the place of its anchor: the marks of what holds it are all there is.
        return self._text_end(node.start_mark.index, node.end_mark.index) + self._offset

    def _text_end(self, start: int, end: int) -> int:
        """Return where the last line that is not blank stops: marks of block styles run on over blank lines.

        The spaces at the end of that line are a part of its text.
        """
        while end > start:
            begin = line_start(self._source, end)
            if self._source[begin:end].strip(" \t"):
                return end
            end = begin - len(ending_before(self._source, begin))
        return end


def _collection_style(node: yaml.CollectionNode) -> str:
    return "flow" if node.flow_style else "block"


def _merged(entries: list[Entry]) -> dict[str, Any]:
    """Return the map that the safe loader makes of `entries`: its own keys go before what is merged in."""
    built: dict[str, Any] = {}
    for entry in entries:
        if entry.tag == MERGE:
            sources = entry.value.built if isinstance(entry.value.built, list) else [entry.value.built]
            for source in sources:
                if isinstance(source, dict):
                    built = {**source, **built}
    own = {entry.key: entry.value.built for entry in entries if entry.tag != MERGE}
    return {**built, **own}
