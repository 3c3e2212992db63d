"""The files of other editors: Decap and Sveltia, Pages CMS, Front Matter CMS, and Astro's own schemas."""

import json

import pytest

from editor.schema import kinds

DECAP = """\
backend: {name: git-gateway}
media_folder: static/images
collections:
  - name: blog
    label: Blog
    folder: content/blog
    fields:
      - {label: Title, name: title, widget: string, hint: What it is about}
      - {name: date, widget: datetime, format: YYYY-MM-DD}
      - name: layout
        widget: hidden
        default: post
      - {name: draft, widget: boolean, default: true}
      - {name: rating, widget: number, value_type: float, min: 1, max: 5, required: false}
      - {name: order, widget: number, required: false}
      - {name: mood, widget: select, options: [happy, {label: So so, value: soso}]}
      - {name: topics, widget: select, multiple: true, options: [a, b], required: false, max: 1}
      - {name: cover, widget: image, required: false}
      - {name: tags, widget: list, required: false}
      - {name: slug, required: false, pattern: ['^[a-z0-9]+(?:-[a-z0-9]+)*$', Small letters and hyphens]}
      - name: seo
        widget: object
        required: false
        fields: [{name: canonical, widget: string}]
      - {name: parts, widget: list, required: false, fields: [{name: text}, {name: image, widget: image}]}
      - {name: related, widget: relation, collection: blog, multiple: true, required: false}
      - {name: body, widget: markdown}
  - name: english
    folder: content/notes
    filter: {field: lang, value: en}
    fields: [{name: only_english}]
  - name: notes
    folder: content/notes
    fields: [{name: anyone}]
  - name: pages
    files:
      - {name: about, file: content/about.md, fields: [{name: headline}]}
"""


@pytest.mark.parametrize("place", ["admin", "static/admin", "public/admin", "source/admin"])
def test_decap_is_found_where_sites_have_it(fields_of, place):
    assert "title" in fields_of({f"{place}/config.yml": DECAP}, "content/blog/a.md")


def test_decap_widgets_are_kinds(fields_of):
    fields = fields_of({"static/admin/config.yml": DECAP}, "content/blog/2024/a.md")
    assert {key: field.kind for key, field in fields.items()} == {
        "title": "text",
        "date": "date",
        "layout": "raw",
        "draft": "switch",
        "rating": "number",
        "order": "integer",
        "mood": "choice",
        "topics": "choices",
        "cover": "text",
        "tags": "list",
        "slug": "text",
        "seo": "map",
        "seo.canonical": "text",
        "parts": "raw",
        "related": "list",
    }
    assert (fields["title"].label, fields["title"].description) == ("Title", "What it is about")
    assert fields["mood"].choices == ("happy", "soso")
    assert not fields["layout"].core
    assert kinds.default(fields["layout"]) == "post"
    assert kinds.default(fields["draft"]) is True
    assert fields["draft"].default is None  # the build knows nothing of it
    assert fields["cover"].options["picture"]
    assert [field.key for field in fields["parts"].options["entries"]] == ["text", "image"]


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("rating", 6, "Rating must be 5 or less"),
        ("rating", 0.5, "Rating must be 1 or more"),
        ("rating", 3, None),
        ("rating", "3", "Rating must be a number, without quotes"),
        ("mood", "sad", "“sad” is not allowed here: choose from happy, soso"),
        ("topics", ["a", "b"], "Topics must have at most 1 entry"),
        ("slug", "Not A Slug", "Small letters and hyphens"),
        ("slug", "a-slug-2", None),
    ],
)
def test_decap_rules_are_warnings(fields_of, key, value, said):
    field = fields_of({"admin/config.yml": DECAP}, "content/blog/a.md")[key]
    found = [(problem.severity, problem.message) for problem in kinds.validate(field, value)]
    assert found == ([("warning", said)] if said else [])


def test_decap_collections_are_told_apart(fields_of):
    files = {"admin/config.yml": DECAP}
    assert set(fields_of(files, "content/notes/a.md", lang="en")) == {"only_english"}
    assert set(fields_of(files, "content/notes/a.md", lang="de")) == {"anyone"}
    assert set(fields_of(files, "content/about.md")) == {"headline"}


def test_a_post_of_no_collection_has_no_type(types_of, tmp_path):
    found = types_of({"admin/config.yml": DECAP})
    assert found.of(tmp_path / "content/other/a.md") == ()
    assert found.of(tmp_path / "content/blog.md") == ()
    assert found.of(tmp_path.parent / "elsewhere.md") == ()


def test_folders_may_be_counted_from_the_repository(tmp_path, write):
    from editor.site.content_types.site_types import read_site_types

    write(tmp_path, {".git/HEAD": "", "site/content/blog/a.md": ""})
    config = "collections: [{name: b, folder: site/content/blog, fields: [{name: title}]}]"
    site = write(tmp_path / "site", {"static/admin/config.yml": config})
    [declared] = read_site_types(site).of(site / "content/blog/a.md")
    assert declared.type.name == "b"


def test_a_file_at_the_top_of_the_repository_is_heard(tmp_path, write):
    from editor.site.content_types.site_types import read_site_types

    config = "content: [{name: b, type: collection, path: web/site/posts, fields: [{name: title}]}]"
    write(
        tmp_path,
        {".git/HEAD": "", ".pages.yml": config, "web/site/posts/a.md": "", "other/.pages.yml": "x: ["},
    )
    site = tmp_path / "web/site"
    [declared] = read_site_types(site).of(site / "posts/a.md")
    assert declared.type.name == "b"
    (tmp_path / ".git/HEAD").unlink()
    (tmp_path / ".git").rmdir()
    assert read_site_types(site).declared == ()


@pytest.mark.parametrize(
    ("entry", "line", "said"),
    [
        ("{name: x, widget: hologram}", 5, "The widget “hologram” is not known here"),
        ("{label: X}", 5, "The name is missing"),
        ("title", 5, "Each entry must have names with values"),
        ("{name: x, pattern: ['(a+)+$', no]}", 5, "“(a+)+$” is too involved"),
    ],
)
def test_what_decap_says_wrong_is_told_with_its_line(types_of, tmp_path, entry, line, said):
    text = f"collections:\n  - name: b\n    folder: b\n    fields:\n      - {entry}\n      - name: fine\n"
    found = types_of({"admin/config.yml": text})
    [problem] = found.problems
    assert (problem.path, problem.line) == (tmp_path / "admin/config.yml", line)
    assert said in problem.message
    [declared] = found.of(tmp_path / "b/a.md")
    assert "fine" in {field.key for field in declared.type.fields}


@pytest.mark.parametrize(
    "text",
    [
        "collections: 5",
        "collections: [5]",
        "collections: [{name: b, folder: 5}]",
        "x: [",
        "collections: {a: b}",
        "collections: [{name: b, folder: ../../out, fields: []}]",
        "collections: [{folder: a, fields: {a: b}}]",
    ],
)
def test_no_file_is_fatal(types_of, text):
    for name in ("admin/config.yml", ".pages.yml"):
        found = types_of(
            {name: text.replace("collections", "content" if name == ".pages.yml" else "collections")}
        )
        assert all(problem.path for problem in found.problems)
    assert found.problems


PAGES = """\
media: media
components:
  seo: {type: object, fields: [{name: canonical, type: string}]}
content:
  - type: group
    name: all
    items:
      - name: posts
        type: collection
        path: src/posts
        fields:
          - {name: title, type: string, required: true, label: The title}
          - {name: summary, type: text, description: A sentence}
          - {name: date, type: date}
          - {name: count, type: number, options: {min: 2}}
          - {name: live, type: boolean, default: true}
          - {name: status, type: select, options: {values: [draft, {name: done, label: Done}]}}
          - {name: labels, type: select, options: {multiple: true, values: [a, b]}}
          - {name: words, type: string, list: {max: 2}}
          - {name: cover, type: image}
          - {name: seo, component: seo}
          - {name: parts, type: object, list: true, fields: [{name: a}]}
          - {name: code, pattern: {regex: '^[A-Z]{3}$', message: Three capitals}}
          - {name: secret, type: string, hidden: true}
          - {name: body, type: rich-text}
  - {name: about, type: file, path: about.md, fields: [{name: headline, type: string}]}
"""


def test_pages_cms(fields_of):
    fields = fields_of({".pages.yml": PAGES}, "src/posts/a.md")
    assert {key: field.kind for key, field in fields.items()} == {
        "title": "text",
        "summary": "long_text",
        "date": "date",
        "count": "number",
        "live": "switch",
        "status": "choice",
        "labels": "choices",
        "words": "list",
        "cover": "text",
        "seo": "map",
        "seo.canonical": "text",
        "parts": "raw",
        "code": "text",
        "secret": "text",
    }
    assert not fields["secret"].core
    assert fields["status"].choices == ("draft", "done")
    assert fields["title"].options["wanted"]
    [problem] = kinds.validate(fields["code"], "abc")
    assert (problem.severity, problem.message) == ("warning", "Three capitals")
    [problem] = kinds.validate(fields["words"], ["a", "b", "c"])
    assert "at most 2" in problem.message
    assert set(fields_of({".pages.yml": PAGES}, "about.md")) == {"headline"}


FRONT_MATTER = """\
{
  "$schema": "https://frontmatter.codes/frontmatter.schema.json",
  // two kinds of posts
  "frontMatter.content.pageFolders": [
    {"title": "Recipes", "path": "[[workspace]]/content/recipes", "contentTypes": ["recipe"]},
    {"title": "Blog", "path": "[[workspace]]/content/blog",},
  ],
  "frontMatter.taxonomy.customTaxonomy": [{"id": "diets", "options": ["vegan", "none"]}],
  "frontMatter.taxonomy.fieldGroups": [{"id": "common", "fields": [{"name": "lang", "type": "string"}]}],
  "frontMatter.content.draftField": {"name": "state", "type": "choice", "choices": ["open", "done"]},
  "frontMatter.taxonomy.contentTypes": [
    {"name": "default", "fields": [
      {"title": "Title", "name": "title", "type": "string", "single": true, "required": true},
      {"title": "When", "name": "date", "type": "datetime", "default": "{{now}}"},
      {"title": "Text", "name": "summary", "type": "string", "wysiwyg": true},
      {"title": "Part", "name": "divider", "type": "heading"},
      {"name": "count", "type": "number", "numberOptions": {"min": 1, "isDecimal": true}},
      {"name": "kind", "type": "choice", "choices": ["a", {"id": "b", "title": "B"}]},
      {"name": "kinds", "type": "choice", "multiple": true, "choices": ["a"]},
      {"name": "tags", "type": "tags", "taxonomyLimit": 3},
      {"name": "diet", "type": "taxonomy", "taxonomyId": "diets"},
      {"name": "state", "type": "draft"},
      {"name": "photo", "type": "fields", "fields": [{"name": "alt", "type": "string"}]},
      {"type": "fieldCollection", "name": "x", "fieldGroup": "common"},
      {"name": "hidden", "type": "boolean", "hidden": true}
    ]},
    {"name": "recipe", "fields": [{"name": "minutes", "type": "number"}]}
  ]
}
"""


def test_front_matter_cms(fields_of):
    fields = fields_of({"frontmatter.json": FRONT_MATTER}, "content/blog/a.md")
    assert {key: field.kind for key, field in fields.items()} == {
        "title": "text",
        "date": "date",
        "summary": "long_text",
        "count": "number",
        "kind": "choice",
        "kinds": "choices",
        "tags": "list",
        "diet": "list",
        "state": "choice",
        "photo": "map",
        "photo.alt": "text",
        "lang": "text",
        "hidden": "switch",
    }
    assert fields["kind"].choices == ("a", "b")
    assert fields["diet"].options["suggestions"] == ("vegan", "none")
    assert fields["state"].choices == ("open", "done")
    assert "new" not in fields["date"].options  # {{now}} is for an editor that is not there
    assert fields["tags"].options["max_items"] == 3
    assert not fields["hidden"].core


def test_front_matter_cms_has_types_by_folder_and_by_name(fields_of):
    files = {"frontmatter.json": FRONT_MATTER}
    assert set(fields_of(files, "content/recipes/a.md")) == {"minutes"}
    assert set(fields_of(files, "content/blog/a.md", fmContentType="recipe")) == {"minutes"}
    assert "title" in fields_of(files, "content/recipes/a.md", fmContentType="default")


def test_front_matter_cms_in_several_files(fields_of, types_of, tmp_path):
    types, groups = (f".frontmatter/config/taxonomy/{name}" for name in ("contentTypes", "fieldgroups"))
    cook, shared = {"name": "cook", "type": "string"}, {"type": "fieldCollection", "fieldGroup": "g"}
    pan = {"name": "pan", "type": "choice", "choices": ["big"]}
    folder = {"path": "[[workspace]]/recipes", "contentTypes": ["recipe"]}
    files = {
        "frontmatter.json": '{"frontMatter.framework.id": "hugo"}',
        f"{types}/recipe.json": json.dumps({"name": "recipe", "fields": [cook, shared]}),
        f"{groups}/g.json": json.dumps({"id": "g", "fields": [pan]}),
        ".frontmatter/config/content/pagefolders/r.json": json.dumps(folder),
    }
    fields = fields_of(files, "recipes/a.md")
    assert {key: field.kind for key, field in fields.items()} == {"cook": "text", "pan": "choice"}
    bad = '{\n "name": "bad",\n "fields": [\n  {"name": "x", "type": "?"}]}'
    found = types_of({f"{types}/bad.json": bad})
    [problem] = found.problems
    assert (problem.path.name, problem.line) == ("bad.json", 4)
    assert tmp_path / types / "bad.json" in found.files


def many(*fields: str) -> str:
    return "[" + ", ".join(fields * 30) + "]"


COMPONENT = many("{name: a, component: c}")
COMPONENTS = f"""\
components: {{c: {{type: object, fields: {COMPONENT}}}}}
content: [{{name: b, path: b, fields: [{{name: a, component: c}}]}}]
"""
ALIASES = many("{name: a, widget: object, fields: *x}")
COLLECTION = {"type": "fieldCollection", "fieldGroup": "g"}
GROUPS = {
    "frontMatter.taxonomy.fieldGroups": [{"id": "g", "fields": [COLLECTION] * 30}],
    "frontMatter.taxonomy.contentTypes": [{"name": "t", "fields": [COLLECTION]}],
}
PROPERTIES = {f"p{number}": {"$ref": "#/definitions/b"} for number in range(30)}
DEFINITIONS = {"$ref": "#/definitions/b", "definitions": {"b": {"type": "object", "properties": PROPERTIES}}}


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        (".pages.yml", COMPONENTS, "does a part of it contain itself?"),
        (
            "admin/config.yml",
            f"x: &x {ALIASES}\ncollections: [{{name: b, folder: b, fields: *x}}]",
            "a value contains itself",
        ),
        ("frontmatter.json", json.dumps(GROUPS), "does a part of it contain itself?"),
        (".astro/collections/b.schema.json", json.dumps(DEFINITIONS), "does a part of it contain itself?"),
    ],
)
def test_what_contains_itself_comes_to_an_end(types_of, name, text, words):
    """Each of them would be a thousand million fields."""
    [problem] = types_of({name: text}).problems
    assert problem.message.endswith(words)


REFERENCE = {
    "type": "object",
    "properties": {"id": {"type": "string"}, "collection": {"type": "string"}},
    "required": ["id", "collection"],
}
ASTRO = {
    "$ref": "#/definitions/blog",
    "$schema": "http://json-schema.org/draft-07/schema#",
    "definitions": {
        "blog": {
            "type": "object",
            "properties": {
                "title": {"type": "string"},
                "pubDate": {
                    "anyOf": [
                        {"type": "string", "format": "date-time"},
                        {"type": "string", "format": "date"},
                        {"type": "integer", "format": "unix-time"},
                    ]
                },
                "updatedDate": {"anyOf": [{"type": "string", "format": "date-time"}, {"type": "null"}]},
                "draft": {"type": "boolean", "default": False, "description": "Not yet."},
                "tags": {"type": "array", "items": {"type": "string"}, "default": ["others"]},
                "level": {"type": "string", "enum": ["easy", "hard"]},
                "weight": {"type": "integer", "minimum": 1},
                "cover": {"type": "object", "properties": {"alt": {"type": "string"}}, "required": ["alt"]},
                "authors": {
                    "type": "array",
                    "items": {"type": "object", "properties": {"name": {"type": "string"}}},
                },
                "layout": {"type": ["string", "null"]},
                "related": {"type": "array", "items": {"anyOf": [{"type": "string"}, REFERENCE]}},
                "either": {"anyOf": [{"type": "string"}, {"type": "number"}]},
                "$schema": {"type": "string"},
            },
            "required": ["title", "pubDate", "draft"],
            "additionalProperties": False,
        }
    },
}


def test_astro_schemas_are_the_builds_own(fields_of):
    files = {".astro/collections/blog.schema.json": json.dumps(ASTRO)}
    fields = fields_of(files, "src/content/blog/a.md")
    assert {key: field.kind for key, field in fields.items()} == {
        "title": "text",
        "pubDate": "date",
        "updatedDate": "date",
        "draft": "switch",
        "tags": "list",
        "level": "choice",
        "weight": "integer",
        "cover": "map",
        "cover.alt": "text",
        "authors": "raw",
        "layout": "text",
        "related": "list",
        "either": "raw",
    }
    assert [key for key, field in fields.items() if field.required] == ["title", "pubDate", "cover.alt"]
    assert fields["draft"].default is False
    assert fields["draft"].description == "Not yet."
    assert [problem.severity for problem in kinds.validate(fields["level"], "mild")] == ["error"]
    assert [problem.severity for problem in kinds.validate(fields["title"], 5)] == ["error"]
    assert kinds.validate(fields["pubDate"], "2024-01-31") == []


def test_a_part_of_a_map_is_missing_only_where_the_map_is_there(fields_of):
    from editor.schema.content_type import ContentType

    fields = fields_of({".astro/collections/blog.schema.json": json.dumps(ASTRO)}, "src/content/blog/a.md")
    whole = ContentType("blog", tuple(fields.values()))
    assert "cover.alt" not in kinds.problems(whole, {"title": "T"})
    assert "cover.alt" in kinds.problems(whole, {"title": "T", "cover": {}})


def test_the_first_of_several_editors_is_heard(types_of, tmp_path):
    found = types_of({"frontmatter.json": FRONT_MATTER, "admin/config.yml": DECAP})
    [declared] = found.of(tmp_path / "content/blog/a.md")
    assert declared.file.name == "frontmatter.json"
    assert found.files == (tmp_path / "frontmatter.json",)


def test_a_link_out_of_the_site_is_not_followed(types_of, tmp_path, write):
    outside = write(tmp_path / "outside", {"config.yml": DECAP})
    site = tmp_path / "site"
    (site / "admin").mkdir(parents=True)
    (site / "admin/config.yml").symlink_to(outside / "config.yml")
    from editor.site.content_types.site_types import read_site_types

    assert read_site_types(site).declared == ()


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("static/admin/config.yml", DECAP),
        (
            ".pages.yml",
            (
                "content: [{name: blog, type: collection, path: content/blog, fields: [{name: mood, type: select, "
                "options: {values: [happy, {value: soso, label: So so}]}}]}]\n"
            ),
        ),
        (
            "frontmatter.json",
            json.dumps(
                {
                    "frontMatter.taxonomy.contentTypes": [
                        {
                            "name": "default",
                            "fields": [
                                {
                                    "name": "mood",
                                    "type": "choice",
                                    "choices": ["happy", {"id": "soso", "title": "So so"}],
                                }
                            ],
                        }
                    ]
                }
            ),
        ),
        (
            "copydesk.toml",
            '[types.post.fields.mood]\nchoices = ["happy", "soso"]\nlabels = {soso = "So so"}\n',
        ),
    ],
)
def test_the_labels_of_choices_are_kept(fields_of, name, text):
    mood = fields_of({name: text}, "content/blog/a.md")["mood"]
    assert mood.choices == ("happy", "soso")
    assert mood.options["labels"] == {"soso": "So so"}
