import datetime

import pytest

from editor.schema import kinds
from editor.schema.content_type import ContentType, Field
from editor.site.content_types.learning import learn
from editor.site.content_types.merging import conflicts, merged
from editor.site.find import find_site, open_site
from editor.site.generators.material_fields import post_type

MATERIAL = "site_name: X\ntheme: {name: material}\nplugins: [blog]\n"
CMS = """\
collections:
  - name: blog
    folder: docs/blog/posts
    fields:
      - {name: mood, widget: select, options: [happy, sad]}
      - {name: title, label: Headline, required: false}
      - name: date
        widget: string
      - {name: categories, widget: string}
      - {name: description, widget: string, required: false}
"""


@pytest.fixture
def blog(tmp_path, write):
    def make(files: dict[str, str]):
        write(
            tmp_path,
            {"mkdocs.yml": MATERIAL, "docs/blog/posts/a.md": "---\ndate: 2024-01-31\n---\n", **files},
        )
        return open_site(tmp_path)

    return make


def test_the_generators_kinds_stay_where_the_build_would_fail(blog, tmp_path):
    site = blog({"docs/admin/config.yml": CMS})
    fields = site.content_type_of(tmp_path / "docs/blog/posts/a.md")
    assert fields.field("date").kind == "date"
    assert [problem.severity for problem in kinds.validate(fields.field("date"), "2024-01-31")] == ["error"]
    assert fields.field("categories").kind == "list"
    told = {problem.line: problem.message for problem in site.problems}
    assert set(told) == {7, 9}
    assert told[7].startswith("The build fails where “date” is what this file says: ")
    assert {problem.path for problem in site.problems} == {tmp_path / "docs/admin/config.yml"}
    assert tmp_path / "docs/admin/config.yml" in site.configuration


def test_the_site_says_how_a_field_is_called_and_what_it_needs(blog, tmp_path):
    site = blog({"docs/admin/config.yml": CMS})
    fields = site.content_type_of(tmp_path / "docs/blog/posts/a.md")
    title, mood = fields.field("title"), fields.field("mood")
    assert title.label == "Headline"
    assert title.description  # the generator's: the site has none
    assert [problem.severity for problem in kinds.validate(title, 5)] == ["error"]
    assert fields.field("description").kind == "text"
    found = kinds.problems(fields, {"date": datetime.date(2024, 1, 31)})
    assert [(problem.severity, problem.message) for problem in found["mood"]] == [
        ("warning", "Mood is missing: the site asks for it")
    ]
    assert mood.core


def test_fields_come_in_the_sites_order(blog, tmp_path):
    site = blog({"docs/admin/config.yml": CMS})
    keys = [field.key for field in site.content_type_of(tmp_path / "docs/blog/posts/a.md").fields]
    assert keys[:5] == ["mood", "title", "date", "categories", "description"]
    assert keys.index("draft") > 4


def test_copydesk_toml_has_the_last_word(blog, tmp_path):
    own = '[types.post]\norder = ["date"]\n[types.post.fields]\nmood = {kind = "text"}\ntitle = {label = "Name"}\n'
    site = blog({"docs/admin/config.yml": CMS, "copydesk.toml": own})
    fields = site.content_type_of(tmp_path / "docs/blog/posts/a.md")
    assert fields.field("mood").kind == "text"
    assert fields.field("title").label == "Name"
    assert fields.field("title").kind == "text"
    assert fields.fields[0].key == "date"
    assert fields.field("date").required


def test_without_a_word_of_the_site_the_generators_type_is_handed_on(blog, tmp_path):
    site = blog({})
    path = tmp_path / "docs/blog/posts/a.md"
    assert site.content_type_of(path) == site.rules.content_type(path)


def test_allowed_values_are_narrowed_never_widened(tmp_path, types_of):
    found = types_of(
        {
            "admin/config.yml": "collections: [{name: b, folder: b, fields: [{name: categories, widget: select, "
            "multiple: true, options: [News, Other]}]}]"
        }
    )
    generator = post_type(categories=("News", "Notes"))
    declared = found.of(tmp_path / "b/a.md")
    categories = merged(generator, declared).field("categories")
    assert categories.choices == ("News",)
    assert [problem.severity for problem in kinds.validate(categories, ["Other"])] == ["error"]
    [problem] = conflicts(generator, declared[0])
    assert problem.message == "The build fails where “categories” is Other: it is not among those allowed"


def test_astro_replaces_what_is_guessed(tmp_path, types_of):
    schema = '{"properties": {"date": {"type": "string"}}, "required": ["date"]}'
    declared = types_of({".astro/collections/blog.schema.json": schema}).of(
        tmp_path / "src/content/blog/a.md"
    )
    generator = ContentType("post", (Field("title", "text", core=True), Field("date", "date")))
    found = merged(generator, declared).field("date")
    assert (found.kind, found.required, found.severity) == ("text", True, "error")
    assert conflicts(generator, declared[0]) == []


def test_an_editors_date_may_be_a_text_to_the_build(tmp_path, types_of):
    declared = types_of({".pages.yml": "content: [{name: b, path: b, fields: [{name: day, type: date}]}]"})
    [stated] = declared.of(tmp_path / "b/a.md")
    generator = ContentType("post", (Field("day", "text", options={"strict": True}),))
    assert merged(generator, [stated]).field("day").kind == "text"
    assert conflicts(generator, stated) == []


def test_what_the_generator_reads_loosely_stays_so(tmp_path, types_of):
    text = '[types.post.fields]\nrank = {kind = "integer"}\nname = {kind = "text", label = "Name"}\n'
    declared = types_of({"copydesk.toml": text}).of(tmp_path / "a.md")
    generator = ContentType(
        "post",
        (Field("rank", "integer", options={"cast": True}), Field("name", "text", options={"cast": True})),
    )
    fields = merged(generator, declared)
    assert kinds.validate(fields.field("rank"), "5") == []
    assert kinds.validate(fields.field("name"), 5) == []


POSTS = [
    {"title": f"Post {n}", "layout": "post", "author": ("ada", "bob")[n % 2], "categories": "news", "seen": n}
    for n in range(20)
]


def plain_type(tmp_path):
    return open_site(tmp_path).rules.content_type(None)


def test_what_is_learnt_fills_what_nobody_says(tmp_path):
    fields = merged(plain_type(tmp_path), (), learn(POSTS))
    assert (fields.field("layout").kind, fields.field("layout").choices) == ("choice", ("post",))
    assert fields.field("author").choices == ("ada", "bob")
    assert fields.field("seen").kind == "integer"
    assert fields.field("categories").kind == "text"  # one word each, where a list would do as well
    assert fields.field("title").label == "Title"
    shown = [field.key for field in fields.fields if field.core]
    assert shown == ["title", "draft", "categories", "layout", "author", "seen"]


def test_what_is_learnt_is_never_wrong(tmp_path):
    fields = merged(plain_type(tmp_path), (), learn(POSTS))
    assert kinds.problems(fields, {"title": "T", "layout": 5, "author": ["x"], "seen": "many"}) == {}


def test_few_posts_hide_nothing(tmp_path):
    fields = merged(plain_type(tmp_path), (), learn(POSTS[:5]))
    assert fields.field("tags").core


def test_what_is_stated_is_not_learnt_otherwise(tmp_path, types_of):
    text = '[types.post.fields]\nseen = {kind = "text"}\nlayout = {label = "Page"}\nnew = {label = "New"}\n'
    declared = types_of({"copydesk.toml": text}).of(tmp_path / "a.md")
    fields = merged(plain_type(tmp_path), declared, learn(POSTS))
    assert (fields.field("seen").kind, fields.field("seen").severity) == ("text", "warning")
    assert (fields.field("layout").kind, fields.field("layout").label) == ("choice", "Page")
    assert fields.field("new").kind == "text"


def test_a_folder_with_copydesk_toml_is_a_site(tmp_path, write):
    write(tmp_path, {".git/HEAD": "", "blog/copydesk.toml": "", "blog/posts/a.md": "x"})
    found = find_site(tmp_path / "blog/posts/a.md")
    assert (found.generator, found.root) == ("plain", tmp_path / "blog")
    write(tmp_path, {"mkdocs.yml": MATERIAL})
    assert find_site(tmp_path / "blog/posts/a.md").generator != "plain"
