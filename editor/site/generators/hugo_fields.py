"""The front matter that Hugo knows, as fields of a form: https://gohugo.io/content-management/front-matter/.

Hugo turns nearly any value into the type that it wants: numbers are fine as text, and a date may be in quotes.
"""

from collections.abc import Mapping
from typing import Any

from editor.schema.content_type import ContentType, Field
from editor.translation import gettext as _

_DATE = {"text": True}
_CAST = {"cast": True}
_WORDS = {"items": "scalar", "scalar": True}


def post_type(taxonomies: Mapping[str, Any]) -> ContentType:
    """Return the fields of a page; `taxonomies` names each by its singular, as the configuration does."""
    plurals = [name for name in taxonomies.values() if isinstance(name, str)]
    core = (
        Field("title", "text", _("Title"), _("Names the page."), core=True, options=_CAST),
        Field(
            "date", "date", _("Date"), _("When the page was made; it sorts lists."), core=True, options=_DATE
        ),
        Field(
            "draft",
            "switch",
            _("Draft"),
            _("A draft is left out of the build."),
            core=True,
            default=False,
            options=_CAST,
        ),
        *(_taxonomy(name, core=name in ("tags", "categories")) for name in plurals),
        Field(
            "description",
            "long_text",
            _("Description"),
            _("One or two sentences that search engines and link previews show."),
            core=True,
            options={"length": 155},
        ),
        Field(
            "slug",
            "slug",
            _("Slug"),
            _("The last part of the address; empty: the name of the file."),
            core=True,
            options=_CAST,
        ),
    )
    return ContentType("post", (*core, *_dates(), *_more()))


def _taxonomy(name: str, *, core: bool) -> Field:
    labels = {
        "tags": _("Tags"),
        "categories": _("Categories"),
        "authors": _("Authors"),
        "series": _("Series"),
    }
    return Field(name, "list", labels.get(name, ""), core=core, options=_WORDS)


def _dates() -> tuple[Field, ...]:
    return (
        Field("lastmod", "date", _("Updated"), _("When the page was changed last."), options=_DATE),
        Field(
            "publishDate",
            "date",
            _("Publish on"),
            _("Before that moment the page is left out of the build; empty: the date."),
            options=_DATE,
        ),
        Field(
            "expiryDate",
            "date",
            _("Expires on"),
            _("After that moment the page is left out of the build."),
            options=_DATE,
        ),
    )


def _more() -> tuple[Field, ...]:
    return (
        Field("summary", "long_text", _("Summary"), _("Shown in lists, in place of the page's beginning.")),
        Field("linkTitle", "text", _("Link title"), _("A shorter title, for menus."), options=_CAST),
        Field("url", "text", _("Address"), _("The whole path of the page, in place of the usual one.")),
        Field(
            "aliases",
            "list",
            _("Former addresses"),
            _("Paths that lead to this page from now on."),
            options=_WORDS,
        ),
        Field("keywords", "list", _("Keywords"), options=_WORDS),
        Field("weight", "integer", _("Weight"), _("Sorts lists before the date does."), options=_CAST),
        Field("type", "text", _("Type"), _("Chooses the templates; empty: the first folder.")),
        Field("layout", "text", _("Layout"), _("A template, in place of the usual one.")),
        Field("outputs", "list", _("Output formats"), options=_WORDS),
        Field("headless", "switch", _("Headless"), _("The page is not published."), default=False),
        Field("build", "map", _("Build options"), _("Whether the page is rendered and listed.")),
        Field("params", "map", _("Own values"), _("What the site's own templates ask for.")),
        Field("resources", "raw", _("Resources"), _("Titles and values of the files beside the page.")),
        Field("menus", "raw", _("Menus"), _("The menus that the page stands in.")),
        Field("sitemap", "map", _("Sitemap")),
        Field("cascade", "raw", _("Cascade"), _("Values for all pages below.")),
        Field("translationKey", "text", _("Translation key"), _("The same on all translations of a page.")),
        Field("isCJKLanguage", "switch", _("Chinese, Japanese or Korean"), default=False),
        Field("markup", "text", _("Markup"), _("The format of the text, where the suffix does not say it.")),
    )
