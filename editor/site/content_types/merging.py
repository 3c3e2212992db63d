"""One content type out of several: what the generator knows, what the site says, what its posts show.

The order is `copydesk.toml`, then the site's content management system, then the generator, then what was
learnt. But a value that the generator refuses fails the build, whatever an editor's file says of it: there the
generator's kind stays, and the site is told.
"""

import dataclasses
import datetime
from collections.abc import Mapping, Sequence
from typing import Any

from editor.errors import SiteError
from editor.schema import kinds
from editor.schema.content_type import ContentType, Field
from editor.site.content_types.declared import BUILD, Declared
from editor.site.content_types.learning import Learned
from editor.translation import gettext as _

_SAMPLES: Mapping[str, Any] = {
    "text": "some words",
    "long_text": "some words",
    "slug": "some-words",
    "integer": 1,
    "number": 1.5,
    "switch": True,
    "date": datetime.date(2024, 1, 31),
    "choices": ["words"],
    "list": ["words"],
    "links": [{"words": "address"}],
    "map": {"created": datetime.date(2024, 1, 31)},
}
"""A value that a field of the kind would write."""
_LOOSER = ("text", "free", "cast", "scalar", "map", "items", "open", "unknown", "strict")
"""Options by which a kind accepts more or less: the generator's word on them stays."""
_UNUSED_AFTER = 10
"""Posts that must lack a key before a form hides it."""
_ALWAYS_SHOWN = ("title", "draft")


def merged(
    generator_type: ContentType, site_types: Sequence[Declared] = (), learned: Learned | None = None
) -> ContentType:
    """Return the content type of a post.

    `generator_type` is the generator's, `site_types` what the site's files say of this post, the weakest first
    (`SiteTypes.of`), `learned` what its other posts show. A field that is only learnt has no severity.
    """
    result, _conflicts = _stated(generator_type, site_types)
    stated = {field.key for types in site_types for field in types.type.fields}
    return _with_kinds(_with_learned(result, learned, stated), learned)


def conflicts(generator_type: ContentType, declared: Declared) -> list[SiteError]:
    """Return where `declared` asks for what the generator refuses, each with its line."""
    return _stated(generator_type, [declared])[1]


def _stated(
    generator_type: ContentType, site_types: Sequence[Declared]
) -> tuple[ContentType, list[SiteError]]:
    fields = {field.key: field for field in generator_type.fields}
    found: list[SiteError] = []
    order = list(fields)
    name = generator_type.name
    for declared in site_types:
        name = declared.type.name
        for stated in declared.type.fields:
            base = fields.get(stated.key)
            if base is None:
                fields[stated.key] = dataclasses.replace(stated, core=_is_core(None, stated))
                continue
            fields[stated.key], message = (
                (stated, "") if declared.source == BUILD else _combined(base, stated)
            )
            if message:
                found.append(SiteError(message, path=declared.file, line=declared.lines.get(stated.key)))
        stated_keys = [field.key for field in declared.type.fields if field.key in fields]
        order = [*stated_keys, *(key for key in order if key not in stated_keys)]
    listed = tuple(fields[key] for key in order if key in fields)
    return ContentType(name, listed, generator_type.closed), found


def _combined(base: Field, stated: Field) -> tuple[Field, str]:
    """Return the field that both make, and what the site is to be told (translated)."""
    message = ""
    kind, severity = stated.kind or base.kind, base.severity
    options = {**base.options, **stated.options}
    if kind == "raw":
        kind = base.kind  # anything at all: the generator knows more
    if kind != base.kind:
        if refused := _refused(base, stated, stated.kind):
            # An editor's dates are texts in the file as often as not.
            as_text = (
                stated.kind == "date" and stated.options.get("text") and not _refused(base, stated, "text")
            )
            message = (
                ""
                if as_text
                else _("The build fails where “{key}” is what this file says: {reason}").format(
                    key=base.key, reason=refused
                )
            )
            kind = base.kind
        elif base.severity == "error" and not _is_as_strict(base, kind):
            severity = "warning"  # the build takes more than what is asked for
    if _is_as_strict(base, kind):
        for name in _LOOSER:
            if name in base.options:
                options[name] = base.options[name]
            elif name in stated.options and base.severity == "error" and name != "open":
                del options[name]
    allowed = stated.choices or base.choices
    if base.choices and stated.choices and not base.options.get("open"):
        allowed = tuple(choice for choice in stated.choices if choice in base.choices)
        extra = [choice for choice in stated.choices if choice not in base.choices]
        if extra:
            message = _("The build fails where “{key}” is {choices}: it is not among those allowed").format(
                key=base.key, choices=", ".join(extra)
            )
        allowed = allowed or base.choices
        options.pop("open", None)
    return (
        Field(
            key=base.key,
            kind=kind,
            label=stated.label or base.label,
            description=stated.description or base.description,
            required=base.required,
            core=_is_core(base, stated),
            choices=allowed,
            default=base.default,
            options=options,
            severity=severity,
        ),
        message,
    )


def _is_as_strict(base: Field, kind: str) -> bool:
    """Return whether the generator refuses all that is no value of `kind`."""
    if base.kind == "text" and base.options.get("strict"):
        return kind in ("text", "long_text", "choice")
    return kind == base.kind or {kind, base.kind} == {"list", "choices"}


def _is_core(base: Field | None, stated: Field) -> bool:
    if isinstance(stated.options.get("shown"), bool):
        return bool(stated.options["shown"])
    return stated.core or (base is not None and base.core)


def _refused(base: Field, stated: Field, kind: str) -> str:
    """Return why the generator refuses what a field of `kind` writes; empty where it doesn't."""
    sample = stated.choices[0] if kind == "choice" and stated.choices else _SAMPLES.get(kind)
    if kind == "choices" and stated.choices:
        sample = [stated.choices[0]]
    if sample is None:
        return ""
    found = [
        problem.message
        for problem in kinds.validate(dataclasses.replace(base, choices=()), sample)
        if problem.severity == "error"
    ]
    return found[0] if found else ""


def _with_learned(content_type: ContentType, learned: Learned | None, stated: set[str]) -> ContentType:
    if learned is None or not learned.posts:
        return content_type
    fields = [_refined(field, learned, field.key in stated) for field in content_type.fields]
    known = {field.key for field in fields}
    more = [field for field in learned.fields if field.key not in known]
    core = [field for field in more if field.core]
    last = max((number for number, field in enumerate(fields) if field.core), default=-1) + 1
    fields[last:last] = core
    fields += [field for field in more if not field.core]
    return ContentType(content_type.name, tuple(fields), content_type.closed)


def _with_kinds(content_type: ContentType, learned: Learned | None) -> ContentType:
    """Give the fields of which the site says no kind that of its posts; those that it only puts in order go."""
    if all(field.kind for field in content_type.fields):
        return content_type
    fields = []
    for field in content_type.fields:
        found = learned.keys.get(field.key) if learned else None
        if field.kind:
            fields.append(field)
        elif found is not None:
            options = {**found.options, **field.options}
            fields.append(dataclasses.replace(field, kind=found.kind, options=options))
        elif field.label or field.description or field.options:
            fields.append(dataclasses.replace(field, kind="text"))
    return ContentType(content_type.name, tuple(fields), content_type.closed)


def _refined(field: Field, learned: Learned, stated: bool) -> Field:
    """Return a known field as this site's posts use it."""
    if stated or "." in field.key:
        return field
    found = learned.keys.get(field.key)
    if found is None or not found.posts:
        unused = field.core and not field.required and learned.posts >= _UNUSED_AFTER
        hidden = unused and field.key not in _ALWAYS_SHOWN
        return dataclasses.replace(field, core=False) if hidden else field
    if found.usual and not field.core:
        field = dataclasses.replace(field, core=True)
    # One word where the generator takes a list as well: the posts say which it is here.
    if field.kind == "list" and field.options.get("scalar") and found.kind in ("text", "choice"):
        return dataclasses.replace(field, kind="text", severity="warning" if field.severity else "")
    return field
