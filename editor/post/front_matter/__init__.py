"""The front matter of a post: read it, and change a field by the smallest edit of the text.

    front_matter = read(text, reader="pelican")
    edit = front_matter.set("draft", False)
    if edit: text = edit.apply(text)

`interface` says what a FrontMatter can do; `formats` knows all formats, whose reading and spelling are in their
own modules; `spliced` proves each edit by reading the result again.
"""

from typing import Any

from editor.errors import FrontMatterError
from editor.post.front_matter.block import check_foreign, find_block, misplaced_block
from editor.post.front_matter.formats import FORMATS, JSON_SHAPES, READERS, found_by, found_by_content
from editor.post.front_matter.interface import FrontMatter
from editor.post.front_matter.line_format import NikolaFrontMatter
from editor.post.front_matter.line_reading import nikola_block
from editor.post.front_matter.none import NoFrontMatter
from editor.post.front_matter.yaml_reading import read_yaml
from editor.post.lines import position
from editor.translation import gettext as _

__all__ = ["FrontMatter", "read", "read_meta", "read_value", "reader_of"]


def read(text: str, reader: str | None = None, new_format: str | None = None) -> FrontMatter:
    """Return the front matter of a post's text (its byte order mark left out).

    `reader` is what reads the post when it is published: a generator's name, or `yaml`, `pelican-yaml` (Pelican
    with its YAML plugin), `nikola-meta` (Nikola with Markdown's extension `meta`); None, or another name: by
    content alone, where only what plainly is front matter counts. `new_format` is what a post without any gets:
    `yaml`, `toml`, `json`, `pelican`, `multimarkdown` or `nikola`; the default is the reader's own.

    Never raises on bad content: what is wrong is `problem` of the front matter then.
    """
    ways, own = READERS.get(reader or "", ((), "yaml"))
    shape = new_format if new_format in FORMATS else own
    if shape == "json":
        shape = JSON_SHAPES.get(reader or "", "json")
    try:
        found = None if ways else found_by_content(text)
        for way in ways:
            found = found or found_by(way, text)
        if found is None and reader != "pelican":
            check_foreign(text)
    except FrontMatterError as error:
        return NoFrontMatter(text, error, shape=shape)
    if found is not None:
        return found
    below = misplaced_block(text) if "fenced" in ways or not ways else None
    if below is not None and FORMATS[below.format].kind(text, below).values:
        line, column = position(text, below.start)
        reason = _("The front matter does not begin on the first line: remove the blank lines above it")
        return NoFrontMatter(text, FrontMatterError(reason, line=line, column=column), shape=shape)
    return NoFrontMatter(text, shape=shape)


def reader_of(generator: str, front_matter: str) -> str:
    """Return the `reader` for the posts of a site, of which it is known what writes its front matter."""
    return "pelican-yaml" if generator == "pelican" and front_matter == "yaml" else generator


def read_meta(text: str) -> FrontMatter:
    """Return the front matter in Nikola's file `.meta`, which stands beside a post: it is all such a file has.

    It may be empty. Never raises, as `read`.
    """
    try:
        block = find_block(text)
    except FrontMatterError as error:
        return NoFrontMatter(text, error)
    if block is not None:
        return FORMATS[block.format].kind(text, block)
    return NikolaFrontMatter(text, nikola_block(text))


def read_value(source: str) -> Any:
    """Return the one value that `source` means in YAML, whatever a post's own format; None for an empty text.

    What can't be built is its text, as in `FrontMatter.values`. Raises FrontMatterError.
    """
    value = read_yaml(source, 0, len(source))
    return None if value is None else value.built
