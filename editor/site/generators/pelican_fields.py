"""The fields of Pelican's articles and pages (https://docs.getpelican.com/en/latest/content.html)."""

from typing import Any

from editor.schema.content_type import ContentType, Field
from editor.translation import gettext as _


def post_type(statuses: tuple[str, ...], *, page: bool, dated: bool) -> ContentType:
    """Return the fields of an article, or of a page; `dated` says whether it needs a date."""
    date: dict[str, Any] = {"free": True}
    listed = {"items": "scalar", "scalar": True}
    fields = (
        Field("title", "text", _("Title"), _("Names the post; it needs one."), required=True, core=True),
        Field(
            "date",
            "date",
            _("Date"),
            _("When the post was written; without a zone, in the site's own."),
            required=dated,
            core=not page,
            options=date,
        ),
        Field("modified", "date", _("Modified"), _("When the post was last changed."), options=date),
        Field(
            "status",
            "choice",
            _("Status"),
            _("A draft is built where only its address leads to it; hidden is built and not listed."),
            core=True,
            choices=statuses,
            default="published",
        ),
        Field("category", "text", _("Category"), _("The one category of the post."), core=not page),
        Field(
            "tags",
            "list",
            _("Tags"),
            _("Words that posts on the same subject share."),
            core=not page,
            options=listed,
        ),
        Field(
            "slug",
            "slug",
            _("Slug"),
            _("The name in the address; empty: made from the title."),
            core=True,
        ),
        Field("authors", "list", _("Authors"), _("Who wrote it."), options=listed),
        Field("author", "text", _("Author"), _("Who wrote it, where it is one person.")),
        Field(
            "summary",
            "long_text",
            _("Summary"),
            _("What lists of posts show; empty: the first words of the post. It is Markdown."),
            core=True,
            options={"length": 155},
        ),
        Field("lang", "text", _("Language"), _("The language of the post, such as en.")),
        Field("translation", "text", _("Translation"), _("true: this post is a translation of another.")),
        Field("template", "text", _("Template"), _("A template of the theme, in place of the usual one.")),
        Field("save_as", "text", _("File"), _("The file that the post is written to.")),
        Field("url", "text", _("Address"), _("The address of the post, in place of the usual one.")),
    )
    return ContentType("page" if page else "post", fields)
