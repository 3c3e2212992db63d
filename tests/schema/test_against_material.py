"""The verdicts of the kinds, held to those of the Material blog's own configuration classes."""

import pytest
import yaml

from editor.schema import kinds
from editor.schema.content_type import ContentType, Field

structure = pytest.importorskip("material.plugins.blog.structure.config", reason="needs the extra `material`")

POST = ContentType(
    "post",
    (
        Field("date", "date", required=True, options={"map": True}),
        Field("authors", "list"),
        Field("categories", "list"),
        Field("draft", "switch"),
        Field("pin", "switch"),
        Field("links", "links"),
        Field("readtime", "integer"),
        Field("slug", "slug"),
    ),
)

VALUES = {
    "date": (
        [
            "2024-01-31",
            "'2024-01-31'",
            "2024-01-31 09:05",
            "2024-01-31 09:05:00",
            "2024-01-31T09:05:00+02:00",
        ],
        ["2024-1-5", "", "2024", "[2024-01-31]", "{}", "yes"],
        ["{created: 2024-01-31}", "{created: '2024-01-31'}", "{updated: 2024-01-31}", "{created: 2024-1-5}"],
        ["{created: 2024-01-31, updated: 2024-02-01, mine: 2024-03-01}", "{created: 2024-01-31, updated: x}"],
        ["{created: 2024-01-31, updated: }"],
    ),
    "authors": (["[a]", "a", "[1]", "[]", "", "{a: 1}", "[a, a]", "[~]"],),
    "categories": (["[a, b]", "Search", "[2024]", "[2024-01-31]", "[true]", "", "5"],),
    "draft": (["true", "no", '"true"', "1", "", "maybe"],),
    "pin": (["true", "'yes'", "", "0"],),
    "readtime": (["5", '"5"', "5.5", "0", "-1", "", "[5]", "true"],),
    "slug": (["a-b", "2024", "'2024'", "", "true", "[a]", "2024-01-31"],),
    "links": (["[a.md]", "[{A: a.md}]", "{A: a.md}", "[{A: [a.md, {B: b.md}]}]", ""],),
}
CASES = [(key, source) for key, groups in VALUES.items() for group in groups for source in group]


def material_fails(values: dict[str, object]) -> bool:
    config = structure.PostConfig("post.md")
    config.load_dict({key: value for key, value in values.items() if key in config.keys()})  # noqa: SIM118
    try:
        errors, _warnings = config.validate()
    except (KeyError, TypeError, AttributeError):
        return True  # a traceback in the build: only `date.updated`, for one
    return bool(errors)


@pytest.mark.parametrize(("key", "source"), CASES)
def test_an_error_is_what_the_build_fails_on(key: str, source: str) -> None:
    written = f"{key}: {source}\n" if key == "date" else f"date: 2024-01-31\n{key}: {source}\n"
    found = kinds.problems(POST, yaml.safe_load(written))
    errors = [
        problem.message for listed in found.values() for problem in listed if problem.severity == "error"
    ]
    assert bool(errors) == material_fails(yaml.safe_load(written)), (written, errors)
