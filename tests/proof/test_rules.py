"""Every rule: a post with the fault, where it is, what mends it, and a post that nearly has it."""

from collections.abc import Callable

import pytest

from editor.proof.engine import check
from editor.proof.reading import Reading
from editor.proof.rules import all_rules
from tests.proof.conftest import Desk

Sites = Callable[[str], Desk]


def post(lines: str, *, date: str = "date: 2024-01-31\n") -> str:
    return f"---\n{date}{lines}---\n\n# A heading\n\nWords.\n"


def test_codes_are_names_of_their_own():
    codes = [rule.code for rule in all_rules()]
    assert len(set(codes)) == len(codes)
    assert all(code.replace("-", "").isalpha() and code == code.lower() for code in codes)
    assert all(rule.says and rule.severity in ("error", "warning", "info") for rule in all_rules())


def test_a_post_that_is_fine_has_nothing(material):
    assert material.check(post("title: 'Yes: no'\ncategories: [Search]\nauthors: [ann]\ndraft: true\n")) == []


# The block


@pytest.mark.parametrize(
    ("lines", "after"),
    [
        ("title: A: b\n", "title: 'A: b'\n"),
        ("title: It's: so # no\n", "title: 'It''s: so # no'\n"),
        ("title: 'A' b\n", "title: '''A'' b'\n"),
        ("title: @home\n", "title: '@home'\n"),
        ("tags:\n\t- one\n", "tags:\n  - one\n"),
    ],
)
def test_syntax_is_mended(material, lines, after):
    assert material.mended("unreadable-front-matter", post(lines)) == post(after)


def test_a_key_that_is_there_twice_has_its_place(material):
    found = material.only("unreadable-front-matter", post("title: a\ntitle: b\n"))
    assert (found.severity, found.line, found.column, found.fix) == ("error", 4, 1, None)


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("below", ["\n# A heading\n", "# A heading\n\nWords\n", "Words: and more\n\nWords\n"])
def test_a_fence_that_is_missing_is_put_in(material, newline, below):
    text = ("---\ntitle: A\ndate: 2024-01-31\n" + below).replace("\n", newline)
    after = material.mended("unclosed-front-matter", text)
    assert after.replace(f"---{newline}", "") == text.replace(f"---{newline}", "")
    assert after.count(f"---{newline}") == 2


def test_pelican_wants_no_second_fence(site_of: Sites):
    text = "---\ntitle: A\ndate: 2024-01-31\n\nWords.\n"
    assert "unclosed-front-matter" not in site_of("pelican").codes(text)


def test_a_folder_in_which_no_post_has_a_second_fence_is_let_be(site_of: Sites):
    desk = site_of("plain")
    text = "---\ntitle: A\ndate: 2024-01-31\n\nWords.\n"
    assert desk.codes(text) == ["unclosed-front-matter"]
    for name in ("one", "two"):
        desk.post(name, text)
    assert desk.codes(text) == []


def test_blank_lines_above_go(material):
    text = "\n \n" + post("")
    assert material.mended("misplaced-front-matter", text) == post("")


def test_hugo_sees_front_matter_below_blank_lines(site_of: Sites):
    [found] = [
        found for found in site_of("hugo").check("\n" + post("title: A\n")) if "misplaced" in found.code
    ]
    assert found.severity == "info"


def test_a_byte_order_mark_matters_to_jekyll_alone(site_of: Sites, material):
    text = post("title: A\n")
    assert [found.code for found in site_of("jekyll").check(text, marked=True)] == ["byte-order-mark"]
    assert material.check(text, marked=True) == []


# Types


def test_an_empty_date_is_called_so(site_of: Sites):
    found = site_of("pelican").only("wrong-type", "Title: A\nDate:\n\nWords.\n")
    assert (found.severity, found.message) == ("error", "The date is empty: write one such as 2024-01-31")


@pytest.mark.parametrize(
    ("line", "after"),
    [
        ("draft: 'true'\n", "draft: true\n"),
        ('draft: "no"   # why\n', "draft: false   # why\n"),
        ("readtime: '5'\n", "readtime: 5\n"),
        ("categories: Search\n", "categories:\n  - Search\n"),
        ("categories: Search, Notes\n", "categories:\n  - Search\n  - Notes\n"),
        ("categories:\n", "categories: []\n"),
        ("title: 2024\n", 'title: "2024"\n'),
        ("title: no\n", 'title: "no"\n'),
        ("slug: 007\n", 'slug: "007"\n'),
        ("slug: Two words\n", "slug: two-words\n"),
    ],
)
def test_a_wrong_type_is_mended(material, line, after):
    assert material.mended("wrong-type", post(line)) == post(after)


@pytest.mark.parametrize(
    ("line", "after"),
    [
        ("date: '2024-01-31'", "date: 2024-01-31"),
        ('date: "2024-01-31T09:05:00Z"', "date: 2024-01-31T09:05:00Z"),
        ("date: 2024-01-31 09:05", "date: 2024-01-31 09:05:00"),
        ("date: 2024-01-31T9:05", "date: 2024-01-31T09:05:00"),
        ("date: 2024-1-5", "date: 2024-01-05"),
        ("date: 2024/01/05", "date: 2024-01-05"),
        ("date: 2024-01-31 09:05:00 UTC", "date: 2024-01-31 09:05:00Z"),
        ("date: 2024-01-31 09:05 +0200", "date: 2024-01-31 09:05:00 +02:00"),
        ("date:\n  created: '2024-01-31'", "date:\n  created: 2024-01-31"),
        (
            "date:\n  created: 2024-01-31\n  updated: 2024-2-1",
            "date:\n  created: 2024-01-31\n  updated: 2024-02-01",
        ),
    ],
)
def test_a_date_is_mended(material, line, after):
    assert material.mended("wrong-type", post("", date=line + "\n")) == post("", date=after + "\n")


@pytest.mark.parametrize(
    "line", ["date: '2024-02-31'", "date: yesterday", "date: 31 Jan 2024", "date: [2024-01-31]"]
)
def test_a_date_that_nobody_can_tell_is_not_guessed(material, line):
    found = material.only("wrong-type", post("", date=line + "\n"))
    assert found.fix is None
    assert (found.line, found.key) == (2, "date")


def test_the_entry_of_a_list_is_underlined(material):
    found = material.only("wrong-type", post("categories: [Search, 2024]\n"))
    assert (found.line, found.column, found.end_line, found.end_column) == (3, 22, 3, 26)
    assert material.mended("wrong-type", post("categories: [Search, 2024]\n")) == post(
        'categories: [Search, "2024"]\n'
    )


def test_a_block_list_is_shown_at_its_key(material):
    found = material.only("wrong-type", post("authors:\n  - {name: x}\n  - ann\n"))
    assert (found.line, found.column, found.end_column) == (3, 1, 8)


@pytest.mark.parametrize(
    ("line", "after"),
    [
        ("tags: [no, 12:30, 1.10, 007, python]\n", None),
        ("tags: [1.10, python]\n", 'tags: ["1.10", python]\n'),
        ("description: 12:30\n", 'description: "12:30"\n'),
        ("description: 1.10\n", 'description: "1.10"\n'),
        ("description: off\n", 'description: "off"\n'),
        ("description: #5 things\n", "description: '#5 things'\n"),
    ],
)
def test_what_yaml_reads_otherwise_is_quoted(material, line, after):
    if after is not None:
        assert material.mended("read-otherwise", post(line)) == post(after)
        return
    found = [found for found in material.check(post(line)) if found.code == "read-otherwise"]
    assert [post(line)[each.start : each.end] for each in found] == ["no", "12:30", "1.10", "007"]
    assert all(
        each.fix.edit.apply(post(line)) == post('tags: ["no", "12:30", "1.10", "007", python]\n')
        for each in found
    )


@pytest.mark.parametrize(
    "line",
    [
        "tags: [2024, 1.5, python]\n",
        "description: 2024\n",
        "description: '12:30'\n",
        "description:  # none yet\n",
        "description: A text #5\n",
        "description: Nothing: no\n".replace(": no", " no"),
    ],
)
def test_what_yaml_reads_as_it_looks_is_let_be(material, line):
    assert "read-otherwise" not in material.codes(post(line))


def test_yes_is_a_text_to_hugo(site_of: Sites):
    assert "read-otherwise" not in site_of("hugo").codes(post("title: yes\n"))


# Keys


def test_a_date_that_is_missing_comes_from_the_name_of_the_file(material):
    text = post("", date="title: A\n")
    [found] = [found for found in material.check(text, "2023-05-06-x") if found.code == "missing-field"]
    assert found.fix.edit.apply(text) == post("date: 2023-05-06\n", date="title: A\n")
    assert material.mended("missing-field", text) == post("date: 2026-06-01\n", date="title: A\n")


def test_a_post_without_front_matter_lacks_its_date(material):
    found = material.only("missing-field", "# A heading\n")
    assert (found.line, found.column) == (1, 1)
    assert found.fix.edit.apply("# A heading\n").startswith("---\ndate: 2026-06-01\n---\n")


def test_an_empty_date_is_missing_once(material):
    assert material.codes(post("", date="date:\n")) == ["missing-field"]


@pytest.mark.parametrize(
    ("line", "after"),
    [
        ("catgories: [Search]\n", "categories: [Search]\n"),
        ("'catgories': [Search]  # why\n", "'categories': [Search]  # why\n"),
        ("Categories: [Search]\n", None),
        ("descripton: catgories\n", "description: catgories\n"),
    ],
)
def test_a_misspelt_key_is_renamed(material, line, after):
    if after is None:
        assert "unknown-field" not in material.codes(post(line))
    else:
        assert material.mended("unknown-field", post(line)) == post(after)


@pytest.mark.parametrize(
    "key",
    ["author", "image", "tag", "redirect_to", "category", "dates", "my_title", "description2", "titel_x"],
)
def test_a_key_of_its_own_is_no_misspelling(material, key):
    assert "unknown-field" not in material.codes(post(f"{key}: x\n"))


def test_a_misspelt_key_beside_the_right_one_is_told(material):
    text = post("title: A\ntitel: B\ncatgories: [x]\ncategories: [Search]\n")
    found = [each for each in material.check(text) if each.code == "unknown-field"]
    assert [(each.line, each.key, each.fix) for each in found] == [(4, "titel", None), (5, "catgories", None)]
    assert "“categories”, which is there as well" in found[1].message


@pytest.mark.parametrize("lines", ["title: A\nsubtitle: B\n", "tags: [a]\ntag: b\n", "slug: a\nslum: b\n"])
def test_two_keys_that_are_alike_may_both_be_meant(material, lines):
    assert "unknown-field" not in material.codes(post(lines))


@pytest.mark.parametrize("generator", ["pelican", "nikola"])
def test_who_reads_tags_reads_no_tag(site_of: Sites, generator):
    lead = ".. " if generator == "nikola" else ""
    text = f"{lead}title: A\n{lead}date: 2024-01-31\n{lead}tag: b\n\nWords.\n"
    desk = site_of(generator)
    assert desk.only("unknown-field", text).key == "tag"
    assert f"{lead}tags: b\n" in desk.mended("unknown-field", text)


def test_a_key_that_the_other_posts_have_is_no_misspelling(material):
    text = post("descriptor: x\n")
    assert "unknown-field" in material.codes(text)
    for number in range(4):
        material.post(f"other{number}", post("descriptor: y\n"))
    assert "unknown-field" not in material.codes(text)


def test_a_key_that_is_nearly_the_site_s_own_is_misspelt(material):
    for number in range(9):
        material.post(f"other{number}", post(f"title: A {number}\npub-year: 2024\n"))
    text = post("pug-year: 2024\n")
    assert material.mended("misspelt-key", text) == post("pub-year: 2024\n")
    assert material.codes(post("pub-months: 7\n")) == []


# Names


def test_an_author_that_nobody_knows(material):
    text = post("authors: [anm]\n")
    found = material.only("unknown-name", text)
    assert (text[found.start : found.end], found.severity) == ("anm", "error")
    assert material.mended("unknown-name", text) == post("authors: [ann]\n")
    assert material.only("unknown-name", post("authors: [zoe]\n")).fix is None


def test_a_category_that_is_not_allowed(material):
    assert material.mended("unknown-name", post("categories:\n  - Serch\n  - Notes\n")) == post(
        "categories:\n  - Search\n  - Notes\n"
    )


def test_a_tag_that_is_nearly_a_usual_one(material):
    for number in range(9):
        material.post(f"other{number}", post(f"title: A {number}\ntags: [Python]\n"))
    found = material.only("misspelt-name", post("tags: [python, x]\n"))
    assert found.severity == "info"
    assert material.mended("misspelt-name", post("tags: [python, x]\n")) == post("tags: [Python, x]\n")
    assert material.codes(post("tags: [Ruby]\n")) == []


def test_a_value_as_the_generator_has_it_is_right_whatever_others_have(site_of: Sites):
    hugo = site_of("hugo")
    for number in range(9):
        hugo.post(f"other{number}", post(f'title: A {number}\ndraft: "false"\nmood: fine\n'))
    assert "unlike-others" not in hugo.codes(post("title: A\ndraft: false\n"))
    found = hugo.only("unlike-others", post("title: A\nmood: [fine]\n"))
    assert found.key == "mood"


# Addresses


def test_two_posts_at_one_address(material):
    material.post("twin", post("slug: here\n"))
    text = post("slug: here\n")
    found = material.only("duplicate-address", text)
    assert (found.severity, text[found.start : found.end]) == ("error", "here")
    assert "docs/posts/twin.md" in found.message
    assert material.codes(post("slug: there\n")) == []


def test_a_draft_is_no_collision_that_breaks_anything(material):
    material.post("twin", post("slug: here\n"))
    assert material.only("duplicate-address", post("slug: here\ndraft: true\n")).severity == "warning"


def test_a_date_to_come(material, site_of: Sites):
    text = post("title: A\n", date="date: 2099-01-31\n")
    found = material.only("future-date", text)
    assert (found.severity, text[found.start : found.end]) == ("warning", "2099-01-31")
    assert site_of("hugo").only("future-date", text).severity == "info"
    assert material.codes(post("draft: true\n", date="date: 2099-01-31\n")) == []


def test_what_the_generator_refuses_is_told_once(site_of: Sites, material):
    assert material.codes(post("", date="date: never\n")) == ["wrong-type"]
    material.write(
        "mkdocs.yml", (material.folder / "mkdocs.yml").read_text() + "    post_excerpt: required\n"
    )
    strict = site_of("mkdocs-material")
    strict.write("mkdocs.yml", strict.site.configuration[0].read_text() + "    post_excerpt: required\n")
    from editor.site.find import open_site

    strict.site = open_site(strict.folder)
    assert strict.codes(post("")) == ["refused"]


def test_a_date_that_the_generator_refuses_is_marked_where_it_stands(site_of: Sites):
    text = '+++\ntitle = "A"\ndate = "2024-13-45"\n+++\n\nBody\n'
    found = site_of("hugo").only("refused", text)
    assert (found.key, text[found.start : found.end]) == ("date", '"2024-13-45"')


# Readers of their own


@pytest.mark.parametrize(
    ("lines", "after"),
    [
        ("tags:\n  - a\n  - 'b c'\n", "tags: a, b c\n"),
        ("tags: [a, 'b']\n", "tags: a, b\n"),
        ("title: 'Hi'\n", "title: Hi\n"),
        ("draft: true\n", "status: draft\n"),
        ("# a comment\n", ""),
    ],
)
def test_yaml_under_pelican_s_own_reader(site_of: Sites, lines, after):
    desk = site_of("pelican")
    found = [found for found in desk.check(post(lines)) if found.code == "foreign-front-matter"]
    assert found[0].fix.edit.apply(post(lines)) == post(after)


@pytest.mark.parametrize("lines", ["title: It's so\ntags: a, b\n", "Status: draft\nsummary: one\n    two\n"])
def test_pelican_s_own_lines_are_fine(site_of: Sites, lines):
    assert "foreign-front-matter" not in site_of("pelican").codes(post(lines))


def test_tags_that_jekyll_splits(site_of: Sites):
    desk = site_of("jekyll")
    assert desk.mended("split-tags", post("tags: machine learning, art\n")) == post(
        "tags:\n  - machine learning\n  - art\n"
    )
    assert desk.only("split-tags", post("tags: one two\n")).severity == "info"
    assert desk.codes(post("tags: one\ntitle: A\n")) == []
    assert desk.codes(post("tags: [one two]\ntitle: A\ncategory: [one]\n")) == []


# A folder of whatever


@pytest.mark.parametrize(
    "lines",
    [
        "authors:\n- {name: x}\n",
        "title: 2024\n",
        "date: {created: 2024-01-31}\n",
        "catgory: x\n",
        "tags: a b\n",
    ],
)
def test_a_plain_folder_is_let_be(site_of: Sites, lines):
    assert site_of("plain").codes(f"---\n{lines}---\n\nWords.\n") == []


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        ("draft: 'true'\n", "wrong-type"),
        ("title: 12:30\n", "read-otherwise"),
        ("titel: x\n", "unknown-field"),
    ],
)
def test_a_plain_folder_has_its_rules(site_of: Sites, lines, code):
    assert site_of("plain").codes(f"---\n{lines}---\n\nWords.\n") == [code]


# What is none of a rule's business


def test_front_matter_in_a_programming_language_is_not_judged(site_of: Sites):
    assert site_of("plain").codes('---js\n{ title: "A" }\n---\n\nWords.\n') == []


def test_a_date_in_a_file_beside_the_post_is_no_missing_one(tmp_path):
    desk = Desk(tmp_path, "nikola")
    path = desk.post("two-files", "Words.\n")
    assert "missing-field" in [found.code for found in desk.check("Words.\n", "two-files")]
    path.with_suffix(".meta").write_text(".. title: A\n.. slug: a\n.. date: 2024-01-31 09:00:00 UTC\n")
    assert "missing-field" not in [found.code for found in desk.check("Words.\n", "two-files")]


def test_a_page_s_parts_may_be_hidden_by_a_text(material):
    path = material.write("docs/about.md", "---\nhide: navigation,toc\n---\n\n# About\n")
    reading = Reading(material.site, path, path.read_text())
    assert check(reading) == []


@pytest.mark.parametrize(
    ("usual", "rare"), [("Python", "IPython"), ("python", "cython"), ("release", "releases")]
)
def test_a_name_like_another_may_be_its_own(material, usual, rare):
    for number in range(9):
        material.post(f"other{number}", post(f"title: A {number}\ntags: [{usual}]\n"))
    assert material.codes(post(f"tags: [{rare}]\n")) == []
