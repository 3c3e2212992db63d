"""What each kind of field takes, and what is said about what it doesn't."""

import datetime

import pytest
import yaml

from editor.errors import FrontMatterError
from editor.schema import kinds
from editor.schema.content_type import ContentType, Field

DATE = Field("date", "date", required=True, options={"map": True})
CATEGORIES = Field("categories", "list", choices=("introspection", "logbook"))
TAGS = Field("tags", "list", options={"items": "scalar"})


def said(field: Field, source: str) -> list[tuple[str, str]]:
    value = yaml.safe_load(source)
    return [(problem.severity, problem.message) for problem in kinds.validate(field, value, source)]


@pytest.mark.parametrize(
    ("source", "says"),
    [
        ("'2024-01-31'", "quotes"),
        ('"2024-01-31"', "quotes"),
        ("|\n  2024-01-31", "on the line of its key"),
        ("2024-01-31 09:05", "2024-01-31 09:05:00"),
        ("2024-1-5", "2024-01-05"),
        ("2024-01-05 12:00:00 UTC", "Z, or +02:00"),
        ("2024-02-30x", "not a date"),
        ("", "missing"),
        ("~", "missing"),
        ("2024", "must be a date"),
        ("[2024-01-31]", "must be a date"),
        ("{updated: 2024-01-31}", "created"),
        ("{created: }", "created"),
        ("{created: 2024-01-31, updated: }", "“updated” is empty"),
        ("{created: 2024-01-31, updated: '2024-02-01'}", "updated: The quotes"),
    ],
)
def test_what_is_no_date_is_an_error_that_says_what_to_do(source: str, says: str) -> None:
    [(severity, message)] = said(DATE, source)
    assert severity == "error"
    assert says in message


@pytest.mark.parametrize(
    "source",
    [
        "2024-01-31",
        "2024-01-31 09:05:00",
        "2024-01-31T09:05:00Z",
        "2024-01-31T00:30:00+02:00",
        "2001-12-14t21:59:43.10-05:00",
        "{created: 2024-01-31}",
        "{created: 2024-01-31, updated: 2024-02-01T09:00:00, reviewed: 2024-03-01}",
    ],
)
def test_dates_are_fine(source: str) -> None:
    assert said(DATE, source) == []


def test_a_day_that_does_not_exist_is_named() -> None:
    # The front matter hands over the text of a date that can't be built.
    [problem] = kinds.validate(DATE, "2024-02-30", "2024-02-30")
    assert "no such day" in problem.message


def test_a_map_of_dates_is_for_fields_that_allow_it() -> None:
    assert said(Field("date", "date"), "{created: 2024-01-31}")[0][0] == "error"


def test_a_generator_that_reads_dates_from_text_takes_quotes() -> None:
    field = Field("date", "date", options={"text": True})
    assert said(field, "'2024-01-31 09:05'") == []
    assert said(field, "yesterday")[0][0] == "warning"


@pytest.mark.parametrize(
    ("field", "source", "severity", "says"),
    [
        (CATEGORIES, "Search", "error", "[Search]"),
        (CATEGORIES, "{a: 1}", "error", "must be a list"),
        (CATEGORIES, "[2024]", "error", "quotes"),
        (CATEGORIES, "[[logbook]]", "error", "plain words"),
        (CATEGORIES, "[logbook, ]", None, ""),
        (CATEGORIES, "[logbook, ~]", "error", "empty"),
        (CATEGORIES, "[logbook, Logbook]", "error", "introspection, logbook"),
        (CATEGORIES, "~", "error", "write []"),
        (TAGS, "~", None, ""),
        (TAGS, "[2024-01-31]", "error", "quotes"),
        (TAGS, "a, b", "error", "[a, b]"),
        (TAGS, "[2024, 1.5, true]", None, ""),
        (TAGS, "[{a: b}]", "error", "plain words"),
        (Field("tags", "list", options={"scalar": True}), "a b", None, ""),
        (Field("authors", "list", choices=("ed",), options={"unknown": "No {value} in .authors.yml"}), "[me]",
         "error", "No me in .authors.yml"),
        (Field("slug", "slug"), "2024", "error", "number"),
        (Field("slug", "slug"), "two words", "warning", "spaces"),
        (Field("slug", "slug"), "fine-slug", None, ""),
        (Field("slug", "slug"), "你好", None, ""),
        (Field("draft", "switch"), '"true"', "error", "quotes"),
        (Field("draft", "switch"), "1", "error", "true or false"),
        (Field("draft", "switch"), "yes", None, ""),
        (Field("readtime", "integer"), '"5"', "error", "quotes"),
        (Field("readtime", "integer"), "5.5", "error", "whole number"),
        (Field("readtime", "integer"), "true", "warning", "whole number"),
        (Field("readtime", "integer"), "0", None, ""),
        (Field("boost", "number"), "1.5", None, ""),
        (Field("boost", "number"), "'1.5'", "error", "number"),
        (Field("title", "text", options={"strict": True}), "2024", "error", "number"),
        (Field("title", "text"), "2024-01-31", "warning", "date"),
        (Field("title", "text"), "[a]", "warning", "text"),
        (Field("template", "choice", choices=("a.html",)), "b.html", "error", "a.html"),
        (Field("x", "choice", choices=("a.html",), options={"open": True}), "b.html", "warning", "a.html"),
        (Field("hide", "choices", choices=("toc", "path")), "[tocs]", "error", "toc, path"),
        (Field("links", "links"), "a.md", "error", "list"),
        (Field("links", "links"), "[a.md, 5]", "error", "5"),
        (Field("links", "links"), "[a.md, {B: b.md}, {C: [c.md, {D: d.md}]}]", None, ""),
        (Field("search", "map"), "yes", "error", "names with values"),
        (Field("x", "a kind of tomorrow"), "[1, {a: b}]", None, ""),
    ],
)  # fmt: skip
def test_what_a_generator_says_of_a_value(field: Field, source: str, severity: str | None, says: str) -> None:
    found = said(field, source)
    if severity is None:
        assert found == []
    else:
        assert found[0][0] == severity
        assert says in found[0][1]


@pytest.mark.parametrize(
    ("field", "text", "value"),
    [
        (Field("title", "text"), " 12:30 ", " 12:30 "),
        (Field("title", "text"), "no", "no"),
        (Field("slug", "slug"), " 2024 ", "2024"),
        (Field("readtime", "integer"), " 7 ", 7),
        (Field("boost", "number"), "2", 2),
        (Field("boost", "number"), "2.50", 2.5),
        (Field("draft", "switch"), "Yes", True),
        (Field("draft", "switch"), "off", False),
        (DATE, "2024-01-31", datetime.date(2024, 1, 31)),
        (DATE, "2024-01-31 09:05:07", datetime.datetime(2024, 1, 31, 9, 5, 7)),
        (DATE, "{created: 2024-01-31}", {"created": datetime.date(2024, 1, 31)}),
        (CATEGORIES, "logbook, introspection", ["logbook", "introspection"]),
        (CATEGORIES, "", []),
        (TAGS, "[2024, 1.10, 'a, b', no]", ["2024", "1.10", "a, b", "no"]),
        (Field("template", "choice", choices=("a.html",)), "a.html", "a.html"),
        (Field("search", "map"), "{boost: 2}", {"boost": 2}),
        (Field("links", "links"), "[a.md]", ["a.md"]),
        (Field("x", "raw"), "[1, no]", [1, False]),
    ],
)
def test_what_a_person_types_is_read_as_the_field_s_type(field: Field, text: str, value: object) -> None:
    parsed = kinds.parse(field, text)
    assert parsed == value
    assert type(parsed) is type(value)


@pytest.mark.parametrize(
    ("field", "text", "says"),
    [
        (Field("readtime", "integer"), "five", "“five”"),
        (Field("readtime", "integer"), "1_000", "whole number"),
        (Field("boost", "number"), "nan", "number"),
        (Field("draft", "switch"), "maybe", "neither true nor false"),
        (DATE, "", "empty"),
        (DATE, "2024-01-31 09:05", "seconds"),
        (DATE, "2024-13-01", "no such day"),
        (DATE, "2024-01-31 25:00:00", "no such day and time"),
        (DATE, "{updated: 2024-01-31}", "created"),
        (CATEGORIES, "logbok", "introspection, logbook"),
        (TAGS, "[a, [b]]", "list of words"),
        (TAGS, "[a", "YAML"),
        (Field("template", "choice", choices=("a.html",)), "b.html", "a.html"),
        (Field("search", "map"), "5", "names with values"),
        (Field("links", "links"), "5", "list"),
        (Field("x", "raw"), "a: [b", "YAML"),
        (Field("x", "raw"), "2024-13-45", "YAML"),
        (Field("x", "raw"), "!!python/object:os.system x", "YAML"),
    ],
)
def test_what_can_t_be_read_is_said_in_a_sentence(field: Field, text: str, says: str) -> None:
    with pytest.raises(FrontMatterError) as caught:
        kinds.parse(field, text)
    assert says in caught.value.message


def test_a_zone_is_kept_and_none_stays_none() -> None:
    zoned = kinds.parse(DATE, "2024-01-31T00:30:00-02:30")
    assert zoned.utcoffset() == datetime.timedelta(hours=-2, minutes=-30)
    assert kinds.parse(DATE, "2024-01-31T00:30:00Z").utcoffset() == datetime.timedelta(0)
    assert kinds.parse(DATE, "2024-01-31T00:30:00").tzinfo is None


@pytest.mark.parametrize(
    "text",
    [
        "2024-01-31",
        "2024-01-31 09:05:00",
        "2001-12-14t21:59:43.10-05:00",
        "2024-01-31T9:05:00Z",
        "2024-1-5 09:05:00",
        "2024-01-31T09:05:00.123456789+2",
    ],
)
def test_a_date_is_read_as_the_yaml_loader_reads_it(text: str) -> None:
    loaded = yaml.safe_load(text)
    assert isinstance(loaded, datetime.date), "else the example is no date to YAML"
    assert kinds.parse(DATE, text) == loaded


def test_a_new_field_holds_its_default_or_an_empty_value() -> None:
    assert kinds.default(Field("draft", "switch")) is False
    assert kinds.default(Field("draft", "switch", default=True)) is True
    assert kinds.default(TAGS) == []
    assert kinds.default(DATE) == datetime.date.today()
    assert kinds.default(Field("template", "choice", choices=("a.html", "b.html"))) == "a.html"


@pytest.mark.parametrize(
    ("key", "label"),
    [
        ("og_image", "Og image"),
        ("lastMod", "Last mod"),
        ("date.updated", "Date updated"),
        ("_", "_"),
        ("X", "X"),
    ],
)
def test_a_label_is_made_of_the_key(key: str, label: str) -> None:
    assert kinds.label_of(Field(key, "text")) == label
    assert kinds.label_of(Field(key, "text", label="Given")) == "Given"


POST = ContentType(
    "post", (DATE, CATEGORIES, TAGS, Field("search.boost", "number"), Field("draft", "switch"))
)


def test_the_problems_of_a_whole_front_matter() -> None:
    values = yaml.safe_load("{catgories: [a], tags: x, search: {boost: high}, mine: 1, 5: x}")
    found = kinds.problems(POST, values)
    assert set(found) == {"date", "tags", "search.boost", "catgories"}
    assert "did you mean “categories”" in found["catgories"][0].message
    assert "missing" in found["date"][0].message


def test_a_key_is_misspelt_only_where_the_right_one_is_not_there() -> None:
    assert "drafts" not in kinds.problems(POST, {"date": datetime.date.today(), "drafts": 1, "draft": True})
    assert "drafts" in kinds.problems(POST, {"date": datetime.date.today(), "drafts": 1})


def test_a_closed_content_type_refuses_what_it_does_not_know() -> None:
    closed = ContentType("section", (Field("title", "text"),), closed=True)
    [problem] = kinds.problems(closed, {"mine": 1})["mine"]
    assert problem.severity == "error"


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        ("yes", "switch"),
        ("5", "integer"),
        ("1.5", "number"),
        ("2024-01-31", "date"),
        ("2024-01-31 10:00:00", "date"),
        ("a", "text"),
        ("", "text"),
        ("|\n  a\n  b", "long_text"),
        ("[a, b]", "list"),
        ("[]", "list"),
        ("[1]", "raw"),
        ("{a: 1}", "map"),
        ("[{a: 1}]", "raw"),
    ],
)
def test_an_unknown_key_is_edited_by_the_type_of_its_value(source: str, kind: str) -> None:
    assert kinds.kind_for_value(yaml.safe_load(source)) == kind


def test_a_date_that_is_read_freely():
    field = Field("date", "date", options={"free": True})
    for text in (
        "2024-01-31",
        "2024-01-31 09:05",
        "31 January 2024 8pm",
        "2012-09-15 19:52:05 UTC",
        "2024/1/5",
    ):
        assert kinds.validate(field, text) == []
    for text in ("someday", "2024-02-30", "", "2024-13-45"):
        assert [problem.severity for problem in kinds.validate(field, text)] == ["error"]
    assert kinds.parse(field, "2024-01-31") == datetime.date(2024, 1, 31)
    assert kinds.parse(field, " 31 January 2024 ") == "31 January 2024"
    with pytest.raises(FrontMatterError):
        kinds.parse(field, "someday")


def test_a_switch_that_is_read_from_text():
    field = Field("hidetitle", "switch", options={"text": True})
    for value in (True, "True", "yes", "0", 1):
        assert kinds.validate(field, value) == []
    assert [problem.severity for problem in kinds.validate(field, "perhaps")] == ["error"]


def test_words_that_stand_for_a_date() -> None:
    field = Field("date", "date", options={"text": True, "words": ("last modified",)})
    assert said(field, "Last Modified") == []
    assert kinds.parse(field, "Last Modified") == "Last Modified"
    assert [severity for severity, _said in said(field, "Lately")] == ["warning"]
    with pytest.raises(FrontMatterError, match="not a date"):
        kinds.parse(field, "Lately")


@pytest.mark.parametrize(("option", "severity"), [("free", "error"), ("text", "warning"), ("other", "error")])
def test_an_empty_date_is_called_so(option: str, severity: str) -> None:
    [found] = said(Field("date", "date", options={option: True}), "'  '")
    assert found == (severity, "The date is empty: write one such as 2024-01-31")


@pytest.mark.parametrize("text", ["Jul 08 2022", "11 Oct 2023", "2013/7/13 20:46:25"])
def test_a_date_of_javascript_is_nearly_any(text: str) -> None:
    field = Field("date", "date", options={"text": True, "free": True})
    assert said(field, f"'{text}'") == []
    assert kinds.parse(field, text) == text
    assert [severity for severity, _said in said(field, "'some day'")] == ["warning"]


def test_an_empty_entry_is_an_error_where_the_generator_is_strict_only() -> None:
    [(strict, message)] = said(TAGS, "[a, null]")
    [(lenient, same)] = said(Field("tags", "list", options={"items": "scalar", "scalar": True}), "[a, null]")
    assert (strict, lenient, same) == ("error", "warning", message)


def test_false_is_no_date_where_the_generator_says_so() -> None:
    assert said(Field("date", "date", options={"text": True, "false": True}), "false") == []
    assert [severity for severity, _said in said(Field("date", "date", options={"text": True}), "false")] == [
        "error"
    ]
