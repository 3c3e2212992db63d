import json
import re

import pytest

from editor import resources
from editor.proof.rules import all_rules
from editor.schema import kinds
from editor.site.content_types import copydesk_toml
from tests.sources import ROOT

SCHEMA = json.loads(resources.text(copydesk_toml.SCHEMA))
README = (ROOT / "README.md").read_text("utf-8")
FULL = """\
[types.post]
folders = ["content/blog"]
order = ["title", "mood"]

[types.post.fields.mood]
choices = ["happy", "so so"]
label = "How it felt"
description = "One word."
required = true

[types.post.fields.stars]
kind = "integer"
min = 1
max = 5
default = 3

[types.post.fields.code]
kind = "text"
pattern = "^[A-Z]{3}$"
pattern_message = "Three capitals"
placeholder = "ABC"
length = 3
shown = false

[types.post.fields.people]
kind = "list"
min_items = 1
max_items = 2
suggestions = ["Ada", "Bob"]

[types.post.fields.cover]
kind = "map"
[types.post.fields.cover.fields.alt]
kind = "text"

[types.note]
folders = ["content/blog/notes"]
fields.title = {label = "Note"}
"""


def section(title: str) -> str:
    return re.split(r"(?m)^## ", README.split(f"\n## {title}\n", 1)[1])[0]


def test_every_option_reaches_its_field(fields_of):
    fields = fields_of({"copydesk.toml": FULL}, "content/blog/a.md")
    assert list(fields) == ["title", "mood", "stars", "code", "people", "cover", "cover.alt"]
    mood = fields["mood"]
    assert (mood.kind, mood.choices, mood.label, mood.description) == (
        "choice",
        ("happy", "so so"),
        "How it felt",
        "One word.",
    )
    assert [problem.severity for problem in kinds.validate(mood, "sad")] == ["warning"]
    assert kinds.default(fields["stars"]) == 3
    assert kinds.validate(fields["stars"], 6)[0].message == "Stars must be 5 or less"
    assert kinds.validate(fields["code"], "abc")[0].message == "Three capitals"
    assert fields["code"].options["placeholder"] == "ABC"
    assert not fields["code"].core
    assert kinds.validate(fields["people"], [])[0].message == "People must have at least 1 entry"
    assert kinds.validate(fields["people"], ["Eve"]) == []
    assert fields["cover.alt"].kind == "text"


def test_the_deepest_folder_wins(fields_of):
    assert set(fields_of({"copydesk.toml": FULL}, "content/blog/notes/a.md")) == {"title"}


def test_a_type_without_folders_is_for_all_posts(fields_of):
    text = '[types.post.fields]\ntitle = {label = "Name"}\n'
    assert fields_of({"copydesk.toml": text}, "anywhere/a.md")["title"].label == "Name"


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ('[types.post]\nfolder = "a"\n', 2, "“folder” is not known here: choose from folders, order, fields"),
        ("[types.post]\nfolders = 5\n", 2, "“types.post.folders” must be a list"),
        ("[types.post]\nfolders = [5]\n", 2, "“types.post.folders.0” must be a text"),
        (
            '[types.post.fields.a]\nkind = "colour"\n',
            2,
            "“colour” is not known for “types.post.fields.a.kind”",
        ),
        (
            '[types.post.fields.a]\nrequired = "yes"\n',
            2,
            "“types.post.fields.a.required” must be true or false",
        ),
        (
            "[types.post.fields.a]\nmin_items = true\n",
            2,
            "“types.post.fields.a.min_items” must be a whole number",
        ),
        ("[types.post.fields.a]\n\nmin = [1]\n", 3, "“types.post.fields.a.min” must be a number"),
        ("[types.post]\nfields.a = 1\n", 2, "“types.post.fields.a” must have names with values"),
        ('colour = "red"\n', 1, "“colour” is not known here: choose from types"),
        ('[types.post.fields.a]\npattern = "(a+)+$"\n', 2, "“(a+)+$” is too involved"),
        ('[types.post]\nfolders = ["../x"]\n', 2, "“../x” leads out of the site"),
        ("[types.post\n", 1, "This is not valid TOML"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(types_of, text, line, said):
    [problem] = types_of({"copydesk.toml": text}).problems
    assert (problem.path.name, problem.line) == ("copydesk.toml", line)
    assert said in problem.message


def test_a_mistake_leaves_the_rest_as_it_is(types_of, tmp_path):
    found = types_of({"copydesk.toml": FULL + '[types.post.fields.more]\nkind = "colour"\nlabel = "More"\n'})
    assert len(found.problems) == 1
    [declared] = found.of(tmp_path / "content/blog/a.md")
    assert {"mood", "stars", "more"} <= {field.key for field in declared.type.fields}


def test_the_schema_knows_the_kinds_that_there_are():
    assert set(SCHEMA["$defs"]["field"]["properties"]["kind"]["enum"]) == set(kinds.KINDS)


def test_the_schema_says_something_about_everything():
    def undescribed(schema, place):
        for name, inner in schema.get("properties", {}).items():
            if not inner.get("description"):
                yield f"{place}.{name}"
            yield from undescribed(inner, f"{place}.{name}")

    for part, schema in {"": SCHEMA, **SCHEMA["$defs"]}.items():
        assert list(undescribed(schema, part)) == []


def test_every_option_of_the_schema_is_in_the_readme():
    rows = re.findall(r"(?m)^\| (`.+?) \|", section("Your site's own fields"))
    told = {name for row in rows for name in re.findall(r"`(\w+)`", row)}
    options = {name for schema in (SCHEMA, *SCHEMA["$defs"].values()) for name in schema["properties"]}
    assert told == options
    for kind in kinds.KINDS:
        assert f"`{kind}`" in section("Your site's own fields")


def test_the_example_of_the_readme_is_right(types_of, tmp_path):
    [example] = re.findall(r"```toml\n(.*?)```", section("Your site's own fields"), re.DOTALL)
    found = types_of({"copydesk.toml": example})
    assert found.problems == ()
    [declared] = found.declared
    assert declared.type.fields


def test_the_schema_knows_the_rules_that_there_are():
    stated = SCHEMA["properties"]["check"]["properties"]["severity"]["properties"]
    assert list(stated) == [rule.code for rule in all_rules()]


def test_severities_of_rules_are_read_and_mistakes_in_them_told(types_of):
    text = '[check.severity]\nfuture-date = "off"\nwrong-type = "bad"\nno-rule = "off"\n'
    found = types_of({"copydesk.toml": text})
    assert found.severities == {"future-date": "off", "no-rule": "off"}
    assert [(problem.line, problem.message[:30]) for problem in found.problems] == [
        (3, "“bad” is not known for “check."),
        (4, "“no-rule” is not known here: c"),
    ]
