"""Words that people see, through gettext.

`_("Save")` and `ngettext("{count} post", "{count} posts", count)` look the sentence up at each call, in the language
of the environment; placeholders are named and filled with `str.format` afterwards, so that translators may move them.
"""

import gettext as _gettext
import os
from functools import lru_cache

from editor import resources

DOMAIN = "copydesk"
_VARIABLES = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")


def gettext(message: str) -> str:
    """Return `message` in the person's language."""
    return _catalogue().gettext(message)


def ngettext(singular: str, plural: str, count: int) -> str:
    """Return the form for `count` in the person's language."""
    return _catalogue().ngettext(singular, plural, count)


def pgettext(context: str, message: str) -> str:
    """Return `message` in the person's language, told apart from its namesakes by `context`."""
    return _catalogue().pgettext(context, message)


def _catalogue() -> _gettext.NullTranslations:
    return _catalogue_of(tuple(os.environ.get(name) for name in _VARIABLES))


@lru_cache(maxsize=4)
def _catalogue_of(_environment: tuple[str | None, ...]) -> _gettext.NullTranslations:
    # Looking for the file takes longer than a form of forty sentences may: once for each environment is enough.
    return _gettext.translation(DOMAIN, str(resources.root() / "translations"), fallback=True)
