"""The front matter that Hexo reads, as fields of a form: https://hexo.io/docs/front-matter."""

from editor.schema.content_type import ContentType, Field
from editor.translation import gettext as _

_DATE = {"text": True, "free": True}
"""A date that JavaScript's `new Date` makes of a text, such as 2013/7/13: of nearly any."""


def post_type() -> ContentType:
    """Return the fields of a post."""
    words = {"items": "scalar", "scalar": True}
    core = (
        Field("title", "text", _("Title"), _("Names the post."), core=True),
        Field(
            "date",
            "date",
            _("Date"),
            _("When it was written; empty: the date of the file."),
            core=True,
            options=_DATE,
        ),
        Field(
            "tags",
            "list",
            _("Tags"),
            _("Words that posts on the same subject share."),
            core=True,
            options=words,
        ),
        Field(
            "categories",
            "raw",
            _("Categories"),
            _("A list is one path, the wide before the narrow; several paths are a list of lists."),
            core=True,
        ),
        Field(
            "excerpt",
            "long_text",
            _("Excerpt"),
            _("Shown in lists, in place of the post's beginning."),
            core=True,
        ),
    )
    more = (
        Field("updated", "date", _("Updated"), _("When it was changed last."), options=_DATE),
        Field("published", "switch", _("Published"), _("Whether the post is in the site."), default=True),
        Field("comments", "switch", _("Comments"), _("Whether readers can comment."), default=True),
        Field("permalink", "text", _("Address"), _("The path of the post, in place of the usual one.")),
        Field("layout", "text", _("Layout"), _("The template of the theme; false: none.")),
        Field("lang", "text", _("Language")),
        Field("description", "long_text", _("Description"), options={"length": 155}),
        Field("disableNunjucks", "switch", _("Tags switched off"), default=False),
    )
    return ContentType("post", (*core, *more))
