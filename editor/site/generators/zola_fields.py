"""The front matter that Zola knows, as fields of a form: https://www.getzola.org/documentation/content/page/.

Zola refuses a value of another type, and leaves a key alone that it does not know.
"""

from editor.schema.content_type import ContentType, Field
from editor.translation import gettext as _


def post_type(taxonomies: tuple[str, ...]) -> ContentType:
    """Return the fields of a page; `taxonomies` are those that the site's configuration declares."""
    strict = {"strict": True}
    core = (
        Field("title", "text", _("Title"), _("Names the page."), core=True, options=strict),
        Field(
            "date",
            "date",
            _("Date"),
            _("When the page was made: a day, or a moment with its seconds."),
            core=True,
            options={"text": True},
        ),
        Field(
            "draft", "switch", _("Draft"), _("A draft is left out of the build."), core=True, default=False
        ),
        *(_taxonomy(name) for name in taxonomies),
        Field(
            "description",
            "long_text",
            _("Description"),
            _("One or two sentences that search engines and link previews show."),
            core=True,
            options={"length": 155, "strict": True},
        ),
        Field(
            "slug",
            "slug",
            _("Slug"),
            _("The last part of the address; empty: the name of the file."),
            core=True,
        ),
    )
    more = (
        Field("updated", "date", _("Updated"), _("When it was changed last."), options={"text": True}),
        Field("authors", "list", _("Authors"), options={"items": "text"}),
        Field("weight", "integer", _("Weight"), _("Sorts sections that are sorted by weight.")),
        Field(
            "path",
            "text",
            _("Address"),
            _("The whole path of the page, in place of the usual one."),
            options=strict,
        ),
        Field(
            "aliases",
            "list",
            _("Former addresses"),
            _("Paths that lead to this page from now on."),
            options={"items": "text"},
        ),
        Field(
            "in_search_index",
            "switch",
            _("In the search"),
            _("Whether the site's search finds it."),
            default=True,
        ),
        Field("template", "text", _("Template"), _("A template, in place of page.html."), options=strict),
        Field("render", "switch", _("Rendered"), _("Whether the page gets a file of its own."), default=True),
        Field("taxonomies", "map", _("Taxonomies"), _("Lists of words, as the configuration declares them.")),
        Field("extra", "map", _("Own values"), _("What the site's own templates ask for.")),
    )
    return ContentType("post", (*core, *more))


def _taxonomy(name: str) -> Field:
    labels = {"tags": _("Tags"), "categories": _("Categories"), "authors": _("Authors")}
    return Field(
        f"taxonomies.{name}",
        "list",
        labels.get(name, name[:1].upper() + name[1:]),
        core=True,
        options={"items": "text"},
    )
