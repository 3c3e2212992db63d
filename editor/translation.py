"""Words that people see, through gettext.

`_("Save")` and `ngettext("{count} post", "{count} posts", count)` look the sentence up at each call, in the language
of the environment; placeholders are named and filled with `str.format` afterwards, so that translators may move them.
"""

import gettext as _gettext

from editor import resources

DOMAIN = "copydesk"


def install() -> None:
    """Tell gettext where the translations are; called once, at the start of the program."""
    _gettext.bindtextdomain(DOMAIN, str(resources.root() / "translations"))


def gettext(message: str) -> str:
    """Return `message` in the person's language."""
    return _gettext.dgettext(DOMAIN, message)


def ngettext(singular: str, plural: str, count: int) -> str:
    """Return the form for `count` in the person's language."""
    return _gettext.dngettext(DOMAIN, singular, plural, count)


def pgettext(context: str, message: str) -> str:
    """Return `message` in the person's language, told apart from its namesakes by `context`."""
    return _gettext.dpgettext(DOMAIN, context, message)
