"""What Liquid in a post can be told before a build: values of the site and the page, addresses of links.

Source: https://jekyllrb.com/docs/variables/ and https://jekyllrb.com/docs/liquid/tags/.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from editor.site.generators.jekyll_config import DEFAULTS

_LINK = re.compile(r"\{%-?\s*(link|post_url)\s+(.*?)\s*-?%\}", re.DOTALL)
_NAME_OF_SITE = frozenset({"title", "url", "baseurl"})
_SET_BY_JEKYLL = frozenset(
    """
    safe keep_files encoding markdown highlighter lsi limit_posts whitelist detach port host show_dir_listing
    quiet verbose livereload layouts_dir includes_dir plugins_dir cache_dir disable_disk_cache incremental
    profile strict_front_matter paginate_path liquid kramdown watch force_polling serving theme
    """.split()  # noqa: SIM905
)
_MOST_LINKS = 500


def facts(config: Mapping[str, Any], page: Mapping[str, Any], title: str) -> dict[str, Any]:
    """Return what Liquid knows, as JSON data: `site` and `page`, and names that only a build knows.

    `config` are the values of the site's configuration, `page` those of the post with what it inherits.
    """
    unknown: list[str] = []
    site = _known("site", config, unknown)
    for name in DEFAULTS:
        if name not in _NAME_OF_SITE:
            site.pop(name, None)
            unknown.append(f"site.{name}")
    unknown += [f"site.{name}" for name in sorted(_SET_BY_JEKYLL) if name not in config or name == "kramdown"]
    if config.get("theme") or config.get("remote_theme"):
        unknown.append("site.*")  # a theme's own configuration is laid below the site's
    mine = _known("page", page, unknown)
    mine.setdefault("title", title)
    return {
        "enabled": page.get("render_with_liquid") is not False,
        "site": site,
        "page": mine,
        "unknown": unknown,
    }


def link_tags(text: str) -> Iterator[tuple[str, str]]:
    """Yield the tags `link` and `post_url` in a text: their names and what they name."""
    for number, found in enumerate(_LINK.finditer(text)):
        if number >= _MOST_LINKS:
            return
        yield found[1], found[2]


def _known(kind: str, values: Mapping[str, Any], unknown: list[str], depth: int = 0) -> dict[str, Any]:
    """Return what is shown as it stands; the names of everything else go to `unknown`."""
    known: dict[str, Any] = {}
    for key, value in values.items():
        name = str(key)
        if value is None or isinstance(value, str | bool | int):
            known[name] = value
        elif isinstance(value, Mapping) and depth < 3:
            inner: list[str] = []
            found = _known(f"{kind}.{name}", value, inner, depth + 1)
            if inner:
                unknown.append(f"{kind}.{name}")
            else:
                known[name] = found
        else:
            unknown.append(f"{kind}.{name}")
    return known
