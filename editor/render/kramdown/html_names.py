"""How kramdown reads HTML elements by their names.

Source: https://kramdown.gettalong.org/syntax.html#html-blocks and its behaviour (2.4).
"""

# Lists of words read better as one text.
# ruff: noqa: SIM905

BODILESS = frozenset(
    "area base br col command embed hr img input keygen link meta param source track wbr".split()
)
SPANS = frozenset(
    "a abbr acronym b big bdo br button cite code del dfn em i img input ins kbd label mark option q rb rbc "
    "rp rt rtc ruby samp select small span strike strong sub sup textarea tt u var".split()
)
"""Elements that may begin a paragraph."""

BLOCK_CONTENT = frozenset(
    "address applet article aside blockquote body dd details div dl fieldset figure figcaption footer form "
    "header hgroup iframe li main map menu nav noscript object section summary td".split()
)
SPAN_CONTENT = frozenset(
    "a abbr acronym b bdo big button cite caption del dfn dt em h1 h2 h3 h4 h5 h6 i ins label legend optgroup p "
    "q rb rbc rp rt rtc ruby select small span strong sub sup th tt".split()
)
RAW_CONTENT = frozenset("script style math option textarea pre code kbd samp var".split())
BLOCKS = frozenset(
    "address article aside applet body blockquote caption col colgroup dd div dl dt fieldset figcaption footer "
    "form h1 h2 h3 h4 h5 h6 header hgroup hr html head iframe legend menu li main map nav ol optgroup p pre "
    "section summary table tbody td th thead tfoot tr ul".split()
)
"""Elements that are text where they stand within a line."""

KNOWN = SPANS | BLOCK_CONTENT | SPAN_CONTENT | RAW_CONTENT | BLOCKS | BODILESS
"""Their names, and those of their attributes, are read in lower case."""


def content_model(name: str) -> str:
    """Return how the content of an element is read where Markdown is asked for: `block`, `span` or `raw`."""
    if name in BLOCK_CONTENT:
        return "block"
    return "span" if name in SPAN_CONTENT else "raw"
