"""What holds for every diagnostic of every text: its place is in the text, and its fix mends it and no more."""

import random
from pathlib import Path

import pytest

from editor.post.lines import position
from editor.proof.diagnostic import Diagnostic
from editor.proof.engine import check
from editor.proof.other_posts import OtherPosts
from editor.proof.reading import Reading
from editor.site.find import open_site
from editor.site.site import Site
from tests.proof.conftest import NOW, SITES, Desk

LINES = (
    "title: A title", "title: It's: so", "title: 12:30", "title: 'x", "date: '2024-01-31'", "date: 2024-1-5 9:05",
    "date:\n  created: 2024-01-31\n  updated: '2024-02-01'", "draft: 'true'  # why", "draft: maybe",
    "tags: a, b", "tags: [no, 1.10, x]", "tags:\n- 007\n- {a: b}", "tags:\n\t- x", "categories:", "categories: [Serch]",
    "catgories: [Notes]", "authors: nobody", "authors: [anm]", "slug: 2024", "slug: two words", "readtime: '5'",
    "description: #5", "date: !!timestamp x",
    "draft: !!bool maybe", "hide: toc", "&a key: *a", "# a comment", "", "no key at all", "title: again",
    "Ünknown: é🎉",
)  # fmt: skip
BITS = ("'", '"', ": ", "\n", "- ", "[", "}", "#", "\t", "---\n", "\r\n", "🎉", "\u2028", "|", "\x00")


def texts(seed: int, count: int) -> list[str]:
    """Return posts of those lines, some of them spoilt."""
    dice = random.Random(seed)
    made = []
    for _number in range(count):
        lines = dice.sample(LINES, dice.randint(0, 7))
        text = "---\n" + "".join(line + "\n" for line in lines) + "---\n\n# A heading\n\nWords.\n"
        for _bit in range(dice.choice((0, 0, 1, 2))):
            place = dice.randint(0, len(text))
            text = text[:place] + dice.choice(BITS) + text[place + dice.choice((0, 0, 1)) :]
        made.append(text)
    return made


@pytest.mark.parametrize("generator", list(SITES))
def test_places_and_fixes(site_of, generator):
    desk = site_of(generator)
    others = OtherPosts.of(desk.site)
    path = desk.post("post", "")
    fixes = 0
    for text in texts(list(SITES).index(generator), 200):
        for found in check(Reading(desk.site, path, text, False, others, NOW)):
            assert 0 <= found.start <= found.end <= len(text)
            assert (found.line, found.column) == position(text, found.start)
            assert (found.end_line, found.end_column) == position(text, found.end)
            if found.fix is None:
                continue
            fixes += 1
            after = found.fix.edit.apply(text)
            again = check(Reading(desk.site, path, after, False, others, NOW))
            assert told(found) not in [told(each) for each in again], (text, after)
            if found.code != "foreign-front-matter":  # what reads it makes something else of it
                assert_only_that_changed(desk.site, text, after, found.key)
    assert fixes > 20


def told(found: Diagnostic) -> tuple[str, str, str, int]:
    return found.code, found.key, found.message, found.start


def assert_only_that_changed(site: Site, before: str, after: str, key: str) -> None:
    """Hold the fix of a field to that field: all others are as they were, as is the body."""
    old, new = site.front_matter_of(before), site.front_matter_of(after)
    if old.problem is not None or not key or old.format == "none":
        return
    first = key.partition(".")[0]
    kept = [(name, repr(value)) for name, value in old.values.items() if name != first]
    assert [
        pair for pair in ((name, repr(value)) for name, value in new.values.items()) if pair in kept
    ] == kept
    assert after[new.body_start :] == before[old.body_start :]


@pytest.mark.parametrize(
    ("stated", "severities"),
    [
        ("", {"wrong-type": "error", "unknown-field": "warning"}),
        ('wrong-type = "info"\n', {"wrong-type": "info", "unknown-field": "warning"}),
        ('unknown-field = "error"\n', {"wrong-type": "error", "unknown-field": "error"}),
        ('unknown-field = "off"\nwrong-type = "off"\n', {}),
        ('unknown-field = "loud"\n', {"wrong-type": "error", "unknown-field": "warning"}),
    ],
)
def test_a_site_says_how_bad_it_takes_what_a_rule_finds(
    tmp_path: Path, stated: str, severities: dict[str, str]
) -> None:
    desk = Desk(tmp_path, "mkdocs-material")
    desk.write("copydesk.toml", f"[check.severity]\n{stated}")
    desk.site = open_site(tmp_path)
    found = desk.check("---\ndate: '2024-01-31'\ncatgories: [Notes]\n---\n\n# A heading\n")
    assert {diagnostic.code: diagnostic.severity for diagnostic in found} == severities
