"""The fields of Jekyll's posts (https://jekyllrb.com/docs/front-matter/)."""

from editor.schema.content_type import ContentType, Field
from editor.translation import gettext as _


def post_type(authors: tuple[str, ...], *, has_layout: bool) -> ContentType:
    """Return the fields of a post; `has_layout` says whether the site hands down a layout."""
    listed = {"items": "scalar", "scalar": True}
    fields = (
        Field("title", "text", _("Title"), _("Names the post; empty: made of the file's name."), core=True),
        Field(
            "date",
            "date",
            _("Date"),
            _("When the post is published; empty: the day in the file's name."),
            core=True,
            options={"free": True},
        ),
        Field(
            "published",
            "switch",
            _("Published"),
            _("false: the post is left out of the site."),
            core=True,
            default=True,
        ),
        Field(
            "categories",
            "list",
            _("Categories"),
            _("What the post belongs to; they are part of its address."),
            core=True,
            options=listed,
        ),
        Field(
            "tags",
            "list",
            _("Tags"),
            _("Words that posts on the same subject share."),
            core=True,
            options=listed,
        ),
        Field(
            "layout",
            "text",
            _("Layout"),
            _("The template of the page, by its name in _layouts."),
            core=not has_layout,
        ),
        Field("permalink", "text", _("Permalink"), _("The address of the post, in place of the usual one.")),
        Field("slug", "slug", _("Slug"), _("The name in the address; empty: that of the file.")),
        Field("excerpt", "long_text", _("Excerpt"), _("What lists of posts show.")),
        Field(
            "excerpt_separator",
            "text",
            _("End of the excerpt"),
            _("The text that ends the part of the post which lists show."),
        ),
        Field(
            "description",
            "long_text",
            _("Description"),
            _("One or two sentences that search engines and link previews show."),
            core=True,
            options={"length": 155},
        ),
        Field(
            "author",
            "choice" if authors else "raw",
            _("Author"),
            _("Who wrote it."),
            choices=authors,
            options={"open": True} if authors else {},
        ),
        Field("image", "raw", _("Image"), _("The picture that link previews show.")),
        Field("category", "text", _("Category"), _("One category; its spaces stay."), options={"many": True}),
        Field("last_modified_at", "date", _("Modified"), options={"free": True}),
    )
    return ContentType("post", fields)
