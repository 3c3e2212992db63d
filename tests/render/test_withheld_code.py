"""What of a dialect is the site's own code, before anything runs."""

import pytest

from editor.render.protocol import Dialect
from editor.render.withheld_code import withheld_extensions, withheld_functions


def dialect(extensions=(), configs=None, family="python-markdown"):
    return Dialect(family, {"extensions": list(extensions), "extension_configs": configs or {}})


def test_extensions_that_are_not_on_the_list():
    names = [
        "toc",
        "pymdownx.tilde",
        "markdown.extensions.extra",
        "own",
        "docs.own:Own",
        "own",
        "material.extensions.preview",
    ]
    assert withheld_extensions(dialect(names)) == ("own", "docs.own:Own")


@pytest.mark.parametrize(
    ("value", "refused"),
    [
        ({"$python": "pymdownx.slugs.uslugify"}, ()),
        ({"$python": "pymdownx.slugs.slugify", "kwds": {"case": "lower"}}, ()),
        ({"$python": "material.extensions.emoji.twemoji"}, ()),
        ({"$python": "own.slug"}, ("own.slug",)),
        ({"$python": "os.system", "args": ["true"]}, ("os.system",)),
        (
            [{"format": {"$python": "own.fence"}}, {"format": {"$python": "own.other"}}],
            ("own.fence", "own.other"),
        ),
        ({"$python": "pymdownx.slugs.slugify", "kwds": {"case": {"$python": "own.case"}}}, ("own.case",)),
        ("own.slug", ()),
    ],
)
def test_functions_that_are_not_on_the_list(value, refused):
    assert withheld_functions(dialect(configs={"toc": {"slugify": value}})) == refused


def test_the_other_families_have_none():
    other = dialect(["own"], {"x": {"$python": "own"}}, "commonmark")
    assert (withheld_extensions(other), withheld_functions(other)) == ((), ())
