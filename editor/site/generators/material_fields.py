"""The front matter of the Material blog and of MkDocs' pages, as fields of a form.

Keys and types are those of material/plugins/blog/structure/config.py and of the theme's reference; what
fails a build was measured with it: https://squidfunk.github.io/mkdocs-material/plugins/blog/#metadata.
"""

from editor.schema.content_type import ContentType, Field
from editor.translation import gettext as _

HIDEABLE = ("navigation", "toc", "path", "tags", "footer", "feedback")


def post_type(
    categories: tuple[str, ...] = (), authors: tuple[str, ...] = (), *, tags_checked: bool = False
) -> ContentType:
    """Return the fields of a blog post.

    `categories` are those that the site allows, `authors` the ids that it knows; empty: anything goes.
    `tags_checked` says that the site has the tags plugin, which fails on a text where it wants a list.
    """
    core = (
        Field(
            "title",
            "text",
            _("Title"),
            _("Names the page, and its address where there is no slug."),
            core=True,
            options={"strict": True},
        ),
        Field(
            "date",
            "date",
            _("Date"),
            _("When the post was written; it sorts the blog and may be part of the address."),
            required=True,
            core=True,
            options={"map": True},
        ),
        Field(
            "draft", "switch", _("Draft"), _("A draft is left out of the build."), core=True, default=False
        ),
        Field(
            "categories",
            "list",
            _("Categories"),
            _("Each category gets a page that lists its posts."),
            core=True,
            choices=categories,
            options={"items": "text"},
        ),
        Field(
            "tags",
            "list",
            _("Tags"),
            _("Words that posts on the same subject share."),
            core=True,
            options={"items": "scalar", "scalar": not tags_checked},
        ),
        Field(
            "authors",
            "list",
            _("Authors"),
            _("Who wrote it, by the names of the site's file of authors."),
            core=True,
            choices=authors,
            options={"items": "text"},
        ),
        Field(
            "slug",
            "slug",
            _("Slug"),
            _("The last part of the address; empty: made from the title."),
            core=True,
        ),
        Field(
            "description",
            "long_text",
            _("Description"),
            _("One or two sentences that search engines and link previews show."),
            core=True,
            options={"length": 155},
        ),
    )
    blog = (
        Field("pin", "switch", _("Pinned"), _("A pinned post stays at the top of the blog."), default=False),
        Field("readtime", "integer", _("Reading time"), _("Minutes, where the estimate is wrong.")),
        Field(
            "links", "links", _("Related links"), _("Pages and addresses that are listed beside the post.")
        ),
    )
    return ContentType("post", (*core, *blog, *_page_fields()))


def page_type(*, tags_checked: bool = False) -> ContentType:
    """Return the fields of a page that is no blog post."""
    core = (
        Field("title", "text", _("Title"), _("Names the page; empty: its first heading does."), core=True),
        Field(
            "description",
            "long_text",
            _("Description"),
            _("One or two sentences that search engines and link previews show."),
            core=True,
            options={"length": 155},
        ),
        Field(
            "tags",
            "list",
            _("Tags"),
            _("Words that pages on the same subject share."),
            options={"items": "scalar", "scalar": not tags_checked},
        ),
        Field("date", "date", _("Date"), options={"map": True, "text": True}),
    )
    return ContentType("page", (*core, *_page_fields(hide_as_text=True)))


def _page_fields(*, hide_as_text: bool = False) -> tuple[Field, ...]:
    """Return the theme's own fields; its templates look for words in `hide`, the blog wants a list."""
    return (
        Field(
            "comments",
            "switch",
            _("Comments"),
            _("Whether readers can comment, where the theme is set up for it."),
            default=False,
        ),
        Field(
            "hide",
            "choices",
            _("Hide"),
            _("Parts of the page that are not shown."),
            choices=HIDEABLE,
            options={"open": True, "scalar": hide_as_text},
        ),
        Field("subtitle", "text", _("Subtitle"), _("A second line in the navigation.")),
        Field(
            "icon", "text", _("Icon"), _("Shown beside the page in the navigation, such as material/email.")
        ),
        Field("status", "text", _("Status"), _("A mark in the navigation, such as new or deprecated.")),
        Field("template", "text", _("Template"), _("A template of the theme, in place of the usual one.")),
        Field("search", "map", _("Search"), _("How the site's own search treats the page.")),
        Field("social", "map", _("Social cards"), _("How the page's social card is made.")),
    )
