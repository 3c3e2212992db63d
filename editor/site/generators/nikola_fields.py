"""The fields of Nikola's posts and pages (https://getnikola.com/handbook.html#metadata-fields)."""

from typing import Any

from editor.schema.content_type import ContentType, Field
from editor.translation import gettext as _


def post_type(statuses: tuple[str, ...], *, post: bool) -> ContentType:
    """Return the fields of a post or a page."""
    date: dict[str, Any] = {"free": True}
    listed: dict[str, Any] = {"items": "scalar", "scalar": True}
    truth = {"text": True}
    fields = (
        Field("title", "text", _("Title"), _("Names the post; empty: the file does."), core=True),
        Field(
            "slug",
            "slug",
            _("Slug"),
            _("The name in the address; empty: that of the file."),
            core=True,
        ),
        Field(
            "date",
            "date",
            _("Date"),
            _("When the post is published; without a zone, in the site's own."),
            required=post,
            core=True,
            options=date,
        ),
        Field("updated", "date", _("Updated"), _("When the post was last changed."), options=date),
        Field(
            "status",
            "choice",
            _("Status"),
            _("A draft is built and listed nowhere; private too, and it is no draft."),
            core=True,
            choices=statuses,
            default="published",
            options={"open": True},
        ),
        Field(
            "tags",
            "list",
            _("Tags"),
            _("Words that posts on the same subject share, with commas between them."),
            core=True,
            options=listed,
        ),
        Field("category", "text", _("Category"), _("The one category of the post."), core=True),
        Field(
            "description",
            "long_text",
            _("Description"),
            _("One or two sentences that search engines and link previews show."),
            core=True,
            options={"length": 155},
        ),
        Field("author", "text", _("Author"), _("Who wrote it, where that is not the site's author.")),
        Field("link", "text", _("Link"), _("The address of the original, such as a page that it is about.")),
        Field(
            "type",
            "choice",
            _("Type"),
            choices=("text", "micro"),
            default="text",
            options={"open": True},
        ),
        Field("previewimage", "text", _("Preview picture"), options={"picture": True}),
        Field("has_math", "switch", _("Math"), _("Whether the page loads what shows math."), options=truth),
        Field("hidetitle", "switch", _("Hide the title"), options=truth),
        Field("nocomments", "switch", _("No comments"), options=truth),
        Field("pretty_url", "switch", _("Address without a file"), options=truth),
        Field("template", "text", _("Template"), _("A template of the theme, in place of the usual one.")),
        Field("enclosure", "text", _("Enclosure"), _("A file that feeds name, such as a recording.")),
        Field("data", "text", _("Data"), _("A file of data for shortcodes.")),
        Field("filters", "text", _("Filters")),
        Field("guid", "text", _("Identifier in feeds")),
        Field(
            "url_type",
            "choice",
            _("Kind of addresses"),
            choices=("rel_path", "full_path", "absolute"),
        ),
    )
    return ContentType("post" if post else "page", fields)
