"""What stands in the HTML for something that only the site's own build can make: a label of it.

For shortcodes, Liquid, Nunjucks, components and macros. Whoever makes one notes ("placeholder", name) too, so
that the page is not taken for the published one.
"""

from html import escape

TAG = "copydesk-placeholder"


def placeholder(kind: str, name: str, source: str, *, block: bool = False) -> str:
    """Return the HTML of a label that shows `source`; `kind` is what it is one of, like `shortcode`."""
    whole = " block" if block else ""
    return f'<{TAG} kind="{escape(kind)}" name="{escape(name)}"{whole}>{escape(source)}</{TAG}>'
