"""The README says what the program does: every command, option, shortcut and setting is in it."""

import argparse
import importlib
import re
from dataclasses import fields

import pytest

from tests.sources import PACKAGE, ROOT

README = (ROOT / "README.md").read_text("utf-8")
CHANGELOG = (ROOT / "CHANGELOG.md").read_text("utf-8")


def section(title: str) -> str:
    """Return the part of the README under the heading `title`."""
    return re.split(r"(?m)^## ", README.split(f"\n## {title}\n", 1)[1])[0]


def cells(text: str) -> list[list[str]]:
    """Return the rows of the tables in `text`."""
    # A bar in a cell is written \| there.
    rows = [re.split(r"(?<!\\)\|", line.strip())[1:-1] for line in text.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in row] for row in rows]


def commands() -> list[str]:
    return list(importlib.import_module("editor.cli").commands())


def options(command: str) -> set[str]:
    """Return the long options of a command, as argparse has them."""
    parser = argparse.ArgumentParser()
    importlib.import_module(f"editor.cli.{command}").add_arguments(parser)
    return set(re.findall(r"--[a-z][a-z-]+", parser.format_help())) - {"--help"}


def test_there_are_two_commands_to_set_up():
    """`.ci/run` runs the second of them as it stands."""
    lines = [line for line in README.splitlines() if line.startswith("python3 -m venv ")]
    opens, tests = lines
    assert opens.endswith("copydesk --demo")
    assert "[material]" in opens
    assert tests.endswith("-m pytest -n auto")
    assert "[dev]" in tests


@pytest.mark.parametrize("command", commands())
def test_a_command_of_the_command_line_is_in_its_table(command):
    named = [row[0] for row in cells(section("The command line"))]
    assert any(name.startswith(f"`copydesk {command} ") for name in named)


@pytest.mark.parametrize("command", commands())
def test_the_options_of_a_command_are_named(command):
    missing = {option for option in options(command) if f"{option}" not in section("The command line")}
    assert missing == set()


def test_the_rules_are_in_their_table():
    from editor.proof.rules import all_rules
    from editor.proof.rules.web_links import web_rules

    rules = (*all_rules(), *web_rules({}))
    told = {row[0].strip("`"): row[1:] for row in cells(section("The command line")) if len(row) == 3}
    for rule in rules:
        assert told[rule.code] == [rule.severity, rule.says]
    assert set(told) - {"Rule", "---"} == {rule.code for rule in rules}


def test_no_command_is_promised_that_is_not_there():
    named = re.findall(r"`copydesk ([a-z]+)\b", section("The command line"))
    assert set(named) == set(commands())


def test_the_shortcuts_of_the_text_are_in_their_table():
    from editor.ui.text_editor.commands import COMMANDS

    table = keys_to_words(section("Keyboard"))
    for command in COMMANDS:
        if command.shortcut:
            assert command.shortcut in table, command.id
            words = re.sub(r" \d$", "", command.text)
            assert words.lower() in table[command.shortcut].lower()


def test_the_shortcuts_of_the_window_are_in_their_table(qapp):
    from editor.ui.actions import action_rows

    table = keys_to_words(section("Keyboard"))
    for row in action_rows():
        words = row.text.replace("&", "").rstrip("…")
        if isinstance(row.shortcut, str):
            assert row.shortcut in table, row.id
            assert words.lower() in table[row.shortcut].lower()
        elif row.shortcut is not None:
            # The platform's own key for it, which differs.
            assert any(words.lower() in said.lower() for said in table.values()), row.id


def keys_to_words(text: str) -> dict[str, str]:
    """Return shortcut -> the words of its row; a row may hold several of both."""
    found = {}
    for row in cells(text):
        for keys in re.split(r", (?=\S)", row[0]):
            found[keys] = row[1]
        # The comma is a key as well: "F1, F11, Ctrl+,".
        if row[0].endswith("+,"):
            found[row[0].rsplit(", ", 1)[-1]] = row[1]
    return found


def test_the_settings_are_in_their_table():
    from editor.options import Options

    told = {row[0].strip("`"): row[1].strip("`") for row in cells(section("Settings and state"))}
    for option in fields(Options):
        assert option.name in told
        value = option.default
        written = (
            str(value).lower()
            if isinstance(value, bool)
            else f'"{value}"'
            if isinstance(value, str)
            else value
        )
        assert told[option.name] == str(written), option.name


def test_the_map_of_the_code_is_the_code():
    listed = set(re.findall(r"(?m)^      (\w+(?:\.py|/))", section("The code")))
    for name in listed:
        assert (PACKAGE / name).exists(), name
    folders = {
        path.name + "/" for path in PACKAGE.iterdir() if path.is_dir() and not path.name.startswith("_")
    }
    assert folders <= listed


def test_the_changelog_is_kept():
    headings = re.findall(r"(?m)^## \[(.+?)\]", CHANGELOG)
    assert headings[0] == "Unreleased"
    assert headings[1:] == sorted(headings[1:], reverse=True)
