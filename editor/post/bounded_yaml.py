"""YAML as values, of files that may mean harm: what its nesting, aliases and numbers may grow to has bounds."""

import re
from typing import Any

import yaml

DEEPEST = 100
LARGEST = 100_000
LONGEST_NUMBER = 4300
"""As many digits Python reads of an integer; PyYAML's `1:30:00` takes the square of that, and no such limit."""

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_LONG_LINE = re.compile(r"[^\n]{400}")
_MANY_BRACKETS = 400
_NUMBERS = ("tag:yaml.org,2002:int", "tag:yaml.org,2002:float")


def too_deep(source: str) -> bool:
    """Return whether `source` is nested so deeply that composing it may overflow the stack of the C parser.

    It takes a long line or many brackets to nest like that, so that others need not be parsed twice. Raises
    yaml.YAMLError.
    """
    if source.count("[") + source.count("{") < _MANY_BRACKETS and not _LONG_LINE.search(source):
        return False
    depth = 0
    for event in yaml.parse(source, Loader=_LOADER):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > DEEPEST:
                return True
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
    return False


def load(source: str, kind: Any) -> Any:
    """Return what a loader of the class `kind`, one of PyYAML's or made from one, makes of `source`.

    Raises yaml.YAMLError, also for what is too large or too deep (`yaml_words` says it to people), what the loader
    itself raises on values that can't be (ValueError, TypeError), ValueError also where Python has no room for one.
    """
    if too_deep(source):
        raise yaml.composer.ComposerError(None, None, "it is nested too deeply", None)
    loader = kind(source)
    try:
        node = loader.get_single_node()
        if node is None:
            return None
        if weight(node, {}) > LARGEST:
            raise yaml.composer.ComposerError(
                None, None, "its aliases stand for too many values", node.start_mark
            )
        return loader.construct_document(node)
    except OverflowError as error:  # a moment before the year 1, a number beyond all others
        raise ValueError(str(error)) from error
    except (KeyError, AttributeError) as error:  # `!!bool maybe`, `!!timestamp x`
        raise yaml.constructor.ConstructorError(None, None, "a value does not fit its tag", None) from error
    finally:
        loader.dispose()


def weight(node: yaml.Node, known: dict[int, int]) -> int:
    """Return of how many values `node` is made, shared ones counted each time; what can't be is refused."""
    if isinstance(node, yaml.ScalarNode):
        if node.tag in _NUMBERS and len(node.value) > LONGEST_NUMBER:
            raise yaml.composer.ComposerError(None, None, "a number is too long", node.start_mark)
        return 1
    identity = id(node)
    if identity in known:
        if not known[identity]:
            raise yaml.composer.ComposerError(None, None, "a value contains itself", node.start_mark)
        return known[identity]
    known[identity] = 0
    total = 1
    for child in node.value:
        total += sum(weight(part, known) for part in (child if isinstance(child, tuple) else (child,)))
    known[identity] = total
    return total
