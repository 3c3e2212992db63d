"""What of an Eleventy configuration says how its Markdown is rendered."""

import pytest

from editor.site.generators import eleventy

COMMON = """
const markdownIt = require("markdown-it");
const markdownItAnchor = require("markdown-it-anchor");
const { EleventyHtmlBasePlugin, IdAttributePlugin } = require("@11ty/eleventy");
const syntaxHighlight = require("@11ty/eleventy-plugin-syntaxhighlight");
const own = require("eleventy-plugin-nobody-knows");
const navigation = require("@11ty/eleventy-navigation");
"""


@pytest.fixture
def dialect(tmp_path):
    def read(source, **files):
        (tmp_path / "eleventy.config.js").write_text(COMMON + source, "utf-8")
        for name, text in files.items():
            (tmp_path / f"{name}.js").write_text(text, "utf-8")
        return eleventy.read(tmp_path / "eleventy.config.js", tmp_path, lambda _path: False).dialect

    return read


def body(calls, rest=""):
    return f"module.exports = function (config) {{\n{calls}\nreturn {{ {rest} }};\n}};\n"


def test_what_holds_where_the_site_says_nothing(dialect):
    found = dialect(body(""))
    assert found.family == "commonmark" and found.reasons == ()
    assert found.options["markdown_it"] == {"html": True}
    assert found.options["disable"] == ["code"]
    assert found.options["templates"] == "liquid"


def test_a_library_of_its_own_begins_with_the_options_of_markdown_it(dialect):
    found = dialect(body('config.setLibrary("md", markdownIt({ breaks: true, linkify: true }));'))
    assert found.options["markdown_it"] == {"breaks": True, "linkify": True}
    assert found.options["disable"] == ["code"]
    assert found.reasons == ()


def test_a_library_that_is_bound_to_a_name(dialect):
    found = dialect(
        body(
            'let md = markdownIt("commonmark", { html: true }).use(require("markdown-it-footnote"));\n'
            'config.setLibrary("md", md);'
        )
    )
    assert (found.options["preset"], found.options["markdown_it"]) == ("commonmark", {"html": True})
    assert found.options["plugins"] == [["markdown-it-footnote", {}]]


def test_what_is_changed_later(dialect):
    found = dialect(
        body('config.amendLibrary("md", (md) => { md.enable("code"); md.set({ typographer: true }); });')
    )
    assert found.options["markdown_it"] == {"html": True, "typographer": True}
    assert found.options["disable"] == [] and found.reasons == ()


def test_anchors_with_their_permalinks(dialect):
    found = dialect(
        body(
            """config.amendLibrary("md", (md) => md.use(markdownItAnchor, {
                level: [2, 3], slugify: config.getFilter("slugify"),
                permalink: markdownItAnchor.permalink.ariaHidden({ placement: "after", symbol: "#" }),
            }));"""
        )
    )
    assert found.reasons == ()
    assert found.options["plugins"] == [
        [
            "markdown-it-anchor",
            {
                "level": [2, 3],
                "slugify": "slugify",
                "permalink": {"placement": "after", "symbol": "#", "kind": "ariaHidden"},
            },
        ]
    ]


@pytest.mark.parametrize(
    ("calls", "part"),
    [
        ('config.amendLibrary("md", (md) => md.use(own));', "eleventy-plugin-nobody-knows"),
        ("config.addPlugin(own);", "eleventy-plugin-nobody-knows"),
        (
            'config.amendLibrary("md", (md) => md.use(markdownItAnchor, { slugify: (text) => text }));',
            "anchor",
        ),
        ('config.setLibrary("md", markdownIt({ html: decide() }));', "html"),
        ('config.setLibrary("md", made());', "library"),
        ('config.addTransform("mine", (html) => html);', "mine"),
        ('config.addPreprocessor("mine", "md", (data, content) => content.trim());', "mine"),
        ('config.amendLibrary("md", (md) => { md.renderer.rules.image = () => ""; });', "rules"),
    ],
)
def test_what_is_code_is_told(dialect, calls, part):
    assert any(part in reason for reason in dialect(body(calls)).reasons)


@pytest.mark.parametrize(
    "calls",
    [
        "config.addPlugin(navigation);",
        "config.addPlugin(EleventyHtmlBasePlugin);",
        'config.addTransform("htmlmin", (html) => html);',
        'config.addPreprocessor("drafts", "*", (data) => { if (data.draft) return false; });',
        'config.addFilter("upper", (text) => text.toUpperCase());',
    ],
)
def test_what_leaves_pages_alone_is_not_told(dialect, calls):
    assert dialect(body(calls)).reasons == ()


def test_eleventys_own_plugins(dialect):
    found = dialect(body("config.addPlugin(IdAttributePlugin); config.addPlugin(syntaxHighlight);"))
    assert found.options["heading_ids"] is True
    assert found.options["highlighter"] == "Prism"
    assert found.reasons == ()


def test_addresses_are_changed_only_below_a_path(dialect):
    changes = dialect(body("config.addPlugin(EleventyHtmlBasePlugin);", 'pathPrefix: "/blog/"')).options[
        "changes"
    ]
    assert ['href="/', "HtmlBasePlugin"] in changes


@pytest.mark.parametrize(("said", "engine"), [('"njk"', "njk"), ("false", ""), ('"liquid"', "liquid")])
def test_the_template_engine_of_markdown(dialect, said, engine):
    assert dialect(body("", f"markdownTemplateEngine: {said}")).options["templates"] == engine


def test_a_file_of_the_site_is_read_too(dialect):
    found = dialect(
        'const mine = require("./mine");\n' + body("config.addPlugin(mine);"),
        mine='module.exports = (config) => { config.amendLibrary("md", (md) => md.use(require("markdown-it-sub"))); };',
    )
    assert found.options["plugins"] == [["markdown-it-sub", {}]]
    assert found.reasons == ()


def test_where_an_excerpt_ends(dialect):
    found = dialect(
        body('config.setFrontMatterParsingOptions({ excerpt: true, excerpt_separator: "<!-- cut -->" });')
    )
    assert found.options["excerpt_separator"] == "<!-- cut -->"
    assert (
        dialect(body("config.setFrontMatterParsingOptions({ excerpt: true });")).options["excerpt_separator"]
        == "---"
    )
    assert dialect(body("config.setFrontMatterParsingOptions({ excerpt: (file) => 1 });")).reasons
