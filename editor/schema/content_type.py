"""ContentType and Field: the keys that a post's front matter may have, as a generator or a site declares them."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any


@dataclass(frozen=True, slots=True)
class Field:
    """One key of the front matter.

    `kind` is a key of `editor.schema.kinds.KINDS`, which knows how to parse, default and validate it.
    """

    key: str
    """As it stands in the file; dotted for a nested one (`date.updated`)."""
    kind: str
    label: str = ""
    """What the form calls it (translated); empty: made from the key."""
    description: str = ""
    """One sentence for people (translated)."""
    required: bool = False
    core: bool = False
    """Whether the form shows it when the post does not have it; the others wait behind "Add field"."""
    choices: tuple[str, ...] = ()
    """The allowed values, where the site or the generator restricts them; empty: anything goes."""
    default: Any = None
    """What the generator takes where the key is missing."""
    options: Mapping[str, Any] = field(default_factory=dict)
    """What only this kind knows (`{"length": 155}`, `{"map": True}`)."""
    severity: str = "error"
    """The most that a wrong value is worth: `error` where the build fails on it, `warning` or `info` where the
    site only asks for it; empty: nothing, the field was learnt from other posts."""


@dataclass(frozen=True, slots=True)
class ContentType:
    """The fields of one kind of post, in the order in which a form shows them."""

    name: str
    fields: tuple[Field, ...]
    closed: bool = False
    """Whether the generator refuses keys that are not listed."""

    def field(self, key: str) -> Field | None:
        """Return the field of `key`, or None where the content type does not know it."""
        found = next((known for known in self.fields if known.key == key), None)
        if found is None and "." in key:
            # The entries of a map of dates (`date.updated`) are what the field is without the map.
            whole = self.field(key.partition(".")[0])
            if whole is not None and whole.kind == "date" and whole.options.get("map"):
                options = {name: value for name, value in whole.options.items() if name != "map"}
                found = replace(whole, key=key, label="", required=False, options=options)
        return found


@dataclass(frozen=True, slots=True)
class Problem:
    """Something about a value that the generator will not like, or that the writer may not have meant."""

    severity: str
    """`error` (the build fails), `warning` or `info`."""
    message: str
    """One sentence (translated): what is wrong, then what to do."""
