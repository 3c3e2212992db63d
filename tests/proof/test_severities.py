"""A rule is left out for a site by one line of its copydesk.toml, and nothing else there changes."""

import tomllib

import pytest

from editor.errors import SaveError
from editor.proof.severities import set_severity

FILE = """\
# What this site wants
title = "x"  # kept

[types.post.fields.mood]
kind = "text"

[check.severity]
future-date = "off" # we plan ahead
"""


def test_a_file_that_is_not_there_yet(tmp_path):
    set_severity(tmp_path, "todo", "off")
    assert (tmp_path / "copydesk.toml").read_text("utf-8") == '[check.severity]\ntodo = "off"\n'


def test_all_else_stays(tmp_path):
    path = tmp_path / "copydesk.toml"
    path.write_text(FILE, "utf-8")
    set_severity(tmp_path, "todo", "off")
    assert path.read_text("utf-8") == FILE + 'todo = "off"\n'
    set_severity(tmp_path, "future-date", "info")
    assert path.read_text("utf-8") == FILE.replace('"off" # we', '"info" # we') + 'todo = "off"\n'


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a = 1\n", 'a = 1\n\n[check.severity]\ntodo = "off"\n'),
        ("check = {severity = {a = 'off'}}\n", None),
        ("[check]\n", None),
        ("check.severity.a = 'off'\n", None),
        ("[check.severity]\r\na = 'off'\r\n", None),
    ],
)
def test_in_whatever_form_the_table_is_written(tmp_path, before, after):
    path = tmp_path / "copydesk.toml"
    path.write_bytes(before.encode())
    set_severity(tmp_path, "todo", "off")
    written = path.read_bytes().decode()
    expected = tomllib.loads(before)
    expected.setdefault("check", {}).setdefault("severity", {})["todo"] = "off"
    assert tomllib.loads(written) == expected
    assert all(line in written for line in before.splitlines() if "{" not in line)
    if after is not None:
        assert written == after


@pytest.mark.parametrize("text", ["check = 1\n", "[check]\nseverity = 'x'\n", "x = [\n", "x = '\udcff'\n"])
def test_a_file_that_can_t_be_changed_is_left_as_it_is(tmp_path, text):
    path = tmp_path / "copydesk.toml"
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    before = path.read_bytes()
    with pytest.raises(SaveError) as error:
        set_severity(tmp_path, "todo", "off")
    assert error.value.path == path
    assert path.read_bytes() == before
