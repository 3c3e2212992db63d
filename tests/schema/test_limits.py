import time

import pytest

from editor.schema import kinds
from editor.schema.content_type import ContentType, Field
from editor.schema.limits import compiled


def said(field: Field, value) -> list[tuple[str, str]]:
    return [(problem.severity, problem.message) for problem in kinds.validate(field, value)]


@pytest.mark.parametrize(
    ("kind", "options", "value", "message"),
    [
        ("integer", {"min": 1}, 0, "A must be 1 or more"),
        ("integer", {"min": 1}, 1, None),
        ("number", {"max": 2.5}, 2.6, "A must be 2.5 or less"),
        ("list", {"min_items": 2}, ["x"], "A must have at least 2 entries"),
        ("list", {"min_items": 1}, [], "A must have at least 1 entry"),
        ("list", {"max_items": 1}, ["x", "y"], "A must have at most 1 entry"),
        ("text", {"pattern": "^[a-z]+$"}, "ABC", "A must look like ^[a-z]+$"),
        ("text", {"pattern": "^[a-z]+$", "pattern_message": "Small letters"}, "ABC", "Small letters"),
        ("text", {"pattern": "b"}, "abc", None),
        ("text", {"pattern": "^[a-z]+$"}, "", None),
        ("text", {"pattern": "^[a-z]+$"}, "A" * 200, None),  # too long to be tried
        ("text", {"pattern": "("}, "abc", None),
    ],
)
def test_limits_are_warnings(kind, options, value, message):
    assert said(Field("a", kind, options=options), value) == ([("warning", message)] if message else [])


def test_a_value_of_the_wrong_kind_is_told_for_that_alone():
    assert len(said(Field("a", "integer", options={"min": 5}), "4")) == 1


@pytest.mark.parametrize("severity", ["error", "warning", "info"])
def test_nothing_is_worth_more_than_the_field_says(severity):
    assert [found[0] for found in said(Field("a", "switch", severity=severity), "x")] == [severity]
    assert [found[0] for found in said(Field("a", "slug", severity="info"), "a b")] == ["info"]
    assert said(Field("a", "switch", severity=""), "x") == []


def test_a_site_may_want_what_the_build_goes_without():
    wanted = ContentType(
        "post", (Field("mood", "text", options={"wanted": True}), Field("date", "date", required=True))
    )
    found = kinds.problems(wanted, {})
    assert [problem.severity for problem in found["mood"]] == ["warning"]
    assert [problem.severity for problem in found["date"]] == ["error"]
    assert kinds.problems(wanted, {"mood": "", "date": None}).keys() == {"date"}


def test_a_new_field_holds_what_the_site_wants():
    assert kinds.default(Field("a", "switch", default=False, options={"new": True})) is True
    assert kinds.default(Field("a", "switch", default=False)) is False


QUICK = [
    "^[a-z0-9]+(?:-[a-z0-9]+)*$",
    "^[a-z0-9-]+$",
    "^.{1,80}$",
    "^https?://.+",
    r"^\d{4}-\d{2}$",
    "^(draft|done)$",
    r".+\.(png|jpg)$",
    r"^[^\s]+$",
]
RUNAWAY = [
    "(a+)+$",
    "(a|a)*$",
    r"(\w+\s?)*$",
    "(.*)*x",
    "(x?){30}y",
    r"(a)\1",
    ".*.*.*.*x",
    "(?=a+)b",
    "a?a?a?a?aaaa",
]


@pytest.mark.parametrize("pattern", QUICK)
def test_patterns_of_everyday_are_tried(pattern):
    assert compiled(pattern) is not None


@pytest.mark.parametrize("pattern", RUNAWAY)
def test_patterns_that_may_run_away_are_not(pattern):
    assert compiled(pattern) is None


@pytest.mark.parametrize("pattern", [*QUICK, "a*a*a*$", ".*.*.*x", "[ab]+[bc]+[cd]+e"])
def test_what_is_tried_is_quick_on_the_worst_text(pattern):
    field = Field("a", "text", options={"pattern": pattern})
    for text in ("a" * 119 + "!", "a-" * 59 + "!", "1" * 120, "ab" * 60):
        started = time.perf_counter()
        kinds.validate(field, text)
        # The worst of them takes 20 ms: a person does not notice, even on a slow machine.
        assert time.perf_counter() - started < 0.5
