"""Fields of generators that turn a value into the type that they want."""

import pytest

from editor.schema import kinds
from editor.schema.content_type import Field


@pytest.mark.parametrize(
    ("kind", "value"), [("text", 2024), ("slug", 2024), ("integer", "5"), ("switch", "true"), ("switch", 1)]
)
def test_a_value_that_is_cast_is_no_problem(kind, value):
    assert kinds.validate(Field("x", kind, options={"cast": True}), value) == []
    assert kinds.validate(Field("x", kind), value)


@pytest.mark.parametrize(
    ("kind", "value"), [("text", True), ("slug", []), ("integer", "five"), ("switch", "soon"), ("switch", 2)]
)
def test_what_can_not_be_cast_still_is(kind, value):
    assert kinds.validate(Field("x", kind, options={"cast": True}), value)
