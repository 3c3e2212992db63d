"""The front matter that Eleventy itself reads: https://www.11ty.dev/docs/data-configuration/.

All else is the templates' own: any key may be there, and what it must be is theirs to say.
"""

from editor.schema.content_type import ContentType, Field
from editor.translation import gettext as _

SPECIAL_DATES = ("git last modified", "last modified", "git created", "created")
"""What may stand for a date, in whatever case: https://www.11ty.dev/docs/dates/."""


def post_type() -> ContentType:
    """Return the fields of a page."""
    words = {"items": "scalar", "scalar": True}
    core = (
        Field("title", "text", _("Title"), _("Names the page."), core=True),
        Field(
            "date",
            "date",
            _("Date"),
            _("When it was written; empty: the date in the file's name, else that of the file."),
            core=True,
            options={"text": True, "words": SPECIAL_DATES, "false": True},
        ),
        Field(
            "draft",
            "switch",
            _("Draft"),
            _("Left out of the build, where the site's configuration sees to it."),
            core=True,
            default=False,
        ),
        Field(
            "tags",
            "list",
            _("Tags"),
            _("The collections that the page belongs to."),
            core=True,
            options=words,
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
    more = (
        Field("layout", "text", _("Layout"), _("The template around the page.")),
        Field("permalink", "raw", _("Address"), _("The path of the page; false: it is not published.")),
        Field(
            "eleventyExcludeFromCollections",
            "switch",
            _("Left out of collections"),
            _("The page is published, and listed nowhere."),
            default=False,
        ),
        Field("eleventyNavigation", "map", _("Navigation"), _("Where the page stands in the site's menu.")),
        Field("templateEngineOverride", "text", _("Template languages"), _("In place of the usual ones.")),
        Field("eleventyComputed", "map", _("Computed values")),
    )
    return ContentType("post", (*core, *more))
