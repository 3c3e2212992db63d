"""Attribute lists: `{: .class #id key="value" name}`.

Source: https://kramdown.gettalong.org/syntax.html#inline-attribute-lists
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from editor.render.kramdown.grammar import LIST_NAME
from editor.render.kramdown.scanner import compiled

if TYPE_CHECKING:
    from editor.render.kramdown.elements import AttributeList

_PART = compiled(
    rf"(?:\A|\s)(?:({LIST_NAME})=(?:\"((?:\\\}}|\\\"|[^\}}\"])*?)\"|'((?:\\\}}|\\'|[^\}}'])*?)')"
    rf"|({LIST_NAME})|((?:\.[^\s.\#]+|\#[A-Za-z][\w:-]*)+))(?=\s|\Z)"
)
_CLASS_OR_ID = compiled(r"\#([A-Za-z][\w:-]*)|\.([^\s.\#]+)")


def read_into(listed: AttributeList, text: str) -> None:
    """Add what the text between `{:` and `}` says to an attribute list."""
    for key, double, single, ref, marks in _PART.findall(text):
        if ref:
            listed.refs.append(ref)
        elif marks:
            for name, css_class in _CLASS_OR_ID.findall(marks):
                if css_class:
                    listed.add_class(css_class)
                else:
                    listed.values["id"] = name
        else:
            value = (
                (double or single)
                .replace("\\}", "}")
                .replace('\\"' if double else "\\'", '"' if double else "'")
            )
            if key.lower() == "class":
                listed.add_class(value)
            else:
                listed.values[key] = value
