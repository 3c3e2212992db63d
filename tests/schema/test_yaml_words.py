"""What is said of YAML that can't be read: one sentence for people, whichever parser found it."""

import re

import pytest
import yaml

from editor.schema.yaml_words import reason

_LOADERS = (yaml.SafeLoader, getattr(yaml, "CSafeLoader", yaml.SafeLoader))


def said(text: str, loader: type) -> str:
    with pytest.raises((yaml.YAMLError, ValueError, TypeError)) as caught:
        yaml.load(text, loader)
    return reason(caught.value, text)


@pytest.mark.parametrize("loader", _LOADERS)
@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("title: a: b\n", "needs quotes"),
        ("a: 1\n  b: 2\n", "indented further"),
        ("a: 'x\n", "a quote is never closed"),
        ("a: *x\n", "no anchor"),
        ("a: &x 1\nb: &x 2\n", "two anchors"),
        ("a:\n\t- x\n", "tabs"),
        ("a: @x\n", "@, % or `"),
        ("a: [x, y\nb: 1\n", "list in brackets"),
        ("a: {x: 1\nb: 2\n", "map in braces"),
        ("a: [\n", "never closed"),
        ('a: "\\d"\n', "backslash"),
        ("a: - x\n", "lines of its own"),
        ("a: 1\nb\nc: 2\n", "colon"),
        ("a: * b\n", "* or &"),
        ("a: !<x\n", "begins with !"),
        ("a: !this x\n", "means nothing"),
        ("a: |x\n  y\n", "next line"),
        ("a: 'x\n---\ny'\n", "dashes or dots"),
        ("a: 'x' y\n", "behind a quote"),
        ("a: 1\n- b\n", "does not fit"),
        ("a: , b\n", "comma or a bracket"),
        ("a: 2024-02-30\n", "no such day"),
        ("{a: b}: c\n", "a key is a list or a map"),
    ],
)
def test_people_are_told_in_their_own_words(text, words, loader):
    assert words in said(text, loader)


@pytest.mark.parametrize("loader", _LOADERS)
def test_the_parsers_words_are_never_told(loader):
    for first in ("a: ", "- ", "? ", "'", '"', "[", "{", "*", "&", "!", "|", "\t", "%", "a:\n  b: 1\n c: "):
        for second in ("]", "}", ": ", "\n- x", "'", '"', "*", "!", "@", "\x01", ",", "\n---\n", "\n\tx: y"):
            try:
                yaml.load(first + second + "\nz: 1\n", loader)
            except (yaml.YAMLError, ValueError, TypeError) as error:
                words = reason(error, first + second + "\nz: 1\n")
                assert not re.search("expected|found|token|scalar|context|block|stream|<|mapping", words), (
                    words
                )
