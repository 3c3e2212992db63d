"""The front matter of a post: read it, and change a field by the smallest edit of the text.

    front_matter = read(text)
    edit = front_matter.set("draft", False)
    if edit: text = edit.apply(text)

`interface` says what a FrontMatter can do; a format's reading and spelling are in its modules; `spliced`
proves each edit by reading the result again.
"""

from typing import Any

from editor.errors import FrontMatterError
from editor.post.front_matter.block import find_block, misplaced_block
from editor.post.front_matter.interface import FrontMatter
from editor.post.front_matter.none import NoFrontMatter
from editor.post.front_matter.spliced import SplicedFrontMatter
from editor.post.front_matter.toml_format import TomlFrontMatter
from editor.post.front_matter.yaml_format import YamlFrontMatter
from editor.post.front_matter.yaml_reading import read_yaml
from editor.post.lines import position
from editor.translation import gettext as _

__all__ = ["FrontMatter", "read", "read_value"]

_FORMATS: dict[str, type[SplicedFrontMatter]] = {"yaml": YamlFrontMatter, "toml": TomlFrontMatter}


def read(text: str) -> FrontMatter:
    """Return the front matter of a post's text (its byte order mark left out).

    Never raises on bad content: what is wrong is `problem` of the front matter then.
    """
    try:
        block = find_block(text)
    except FrontMatterError as error:
        return NoFrontMatter(text, error)
    if block is not None:
        return _FORMATS[block.format](text, block)
    below = misplaced_block(text)
    if below is not None and _FORMATS[below.format](text, below).values:
        line, column = position(text, below.start)
        reason = _("The front matter does not begin on the first line: remove the blank lines above it")
        return NoFrontMatter(text, FrontMatterError(reason, line=line, column=column))
    return NoFrontMatter(text)


def read_value(source: str) -> Any:
    """Return the one value that `source` means in YAML, whatever a post's own format; None for an empty text.

    What can't be built is its text, as in `FrontMatter.values`. Raises FrontMatterError.
    """
    value = read_yaml(source, 0, len(source))
    return None if value is None else value.built
