"""What `KEY=VALUE` on the command line means: one reading for `copydesk meta` and `copydesk new`."""

import json
import re
from typing import Any

from editor.errors import FrontMatterError
from editor.post.front_matter import read_value
from editor.schema import kinds
from editor.schema.content_type import Field
from editor.translation import gettext as _

TEXTS = ("title", "slug", "description")
"""Text everywhere, whatever a site's content type or YAML would make of it."""
LINES = ("pelican", "multimarkdown", "nikola")
"""Formats in which everything is text, or a list of it."""
ANY_CASE = ("pelican", "multimarkdown")
"""Formats in which `Date` and `date` are one key."""
_SEXAGESIMAL = re.compile(r"[-+]?\d[\d_]*(?::[0-5]?\d)+(?:\.[\d_]*)?")
"""`13:45`: a number to base 60 in YAML 1.1, and the text that people mean in YAML 1.2."""


def read_setting(key: str, text: str, field: Field | None, front_matter: str) -> Any:
    """Return the value that `text` means for `key`; `front_matter` is the format that it is for.

    That is a value of the type of `field`, where the schema has one, else what YAML makes of it. Raises
    FrontMatterError, without a place, where it is no such value, or one that the field refuses.
    """
    if key in TEXTS:
        return text
    if field is None and front_matter in LINES:
        return text
    if field is not None and front_matter in LINES and not text.strip() and not field.required:
        return text  # what such a format has for no value
    if field is None:
        return _yaml(text)
    try:
        return kinds.parse(field, text)
    except FrontMatterError as error:
        raise FrontMatterError(error.message) from error  # its place is one inside the argument


def read_item(key: str, text: str, field: Field | None, front_matter: str) -> Any:
    """Return what one entry of the list in `key` is, by the same rules."""
    if key in TEXTS or front_matter in LINES:
        return text
    if field is not None and field.kind in ("list", "choices"):
        return read_setting(key, json.dumps([text], ensure_ascii=False), field, front_matter)[0]
    return _yaml(text)


def _yaml(text: str) -> Any:
    if _SEXAGESIMAL.fullmatch(text.strip()):
        return text.strip()
    try:
        return read_value(text)
    except FrontMatterError as error:
        raise FrontMatterError(_("“{text}” is not valid YAML: quote it").format(text=text)) from error
