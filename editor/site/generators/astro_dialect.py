"""How an Astro site writes Markdown: from its configuration to the dialect that the render worker follows.

Read as text, never run: https://docs.astro.build/en/reference/configuration-reference/#markdown-options
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from editor.render.protocol import Dialect
from editor.site.generators.js_literals import Unread, readable
from editor.translation import gettext as _

_HARMLESS = re.compile(
    r"(?i)@astrojs/(?!starlight|markdoc)|sitemap|rss|tailwind|unocss|icon|robots|compress|pagefind|swup|critters|purgecss|"
    r"partytown|react|preact|svelte|vue|solid|lit|alpine|mdx|seo|manifest|analytics|netlify|vercel|cloudflare|pwa|font|"
    r"auto-?import|db\b|decap|keystatic|og-|sentry|spotlight|inox|embedx|min-?light|lighthouse|subsites|page-?insight"
)
"""Integrations that add components, files or scripts, and leave the HTML of Markdown as it is."""

_ONLY_DATA = re.compile(
    r"(?i)reading-?time|modified|word-?count|^rehypeHeadingIds$|excerpt|deduct|frontmatter"
)
"""Plugins that write to the front matter, as Astro's own recipes do."""

_NAME = re.compile(r"[\w$./@-]+")
_REHYPE = (
    "footnoteLabel",
    "footnoteBackLabel",
    "footnoteBackContent",
    "footnoteLabelTagName",
    "footnoteLabelProperties",
    "clobberPrefix",
)
_IMPORT = re.compile(
    r"""import\s+(?:\*\s+as\s+)?([\w$]+|\{[^}]*\}|[\w$]+\s*,\s*\{[^}]*\})\s+from\s*["']([^"']+)["']"""
)


def imported(source: str) -> dict[str, str]:
    """Return the package of each name that a file imports."""
    found = {}
    for match in _IMPORT.finditer(source):
        for name in re.findall(r"[\w$]+(?:\s+as\s+[\w$]+)?", match[1]):
            found[re.split(r"\s+as\s+", name)[-1]] = match[2]
    return found


def dialect(values: Mapping[str, Any], names: Mapping[str, str]) -> Dialect:
    """Return the dialect of a site: what its configuration exports, and the package of each name that it imports."""
    markdown = values.get("markdown")
    reasons: dict[str, None] = {}
    if isinstance(markdown, Unread):
        reasons[_computed("markdown")] = None
    section = markdown if isinstance(markdown, Mapping) else {}
    for key, value in section.items():
        if isinstance(value, Unread) and not key.endswith("Plugins"):
            reasons[_computed(f"markdown.{key}")] = None
    given = readable(section)
    highlighter, exclude = _highlighter(given.get("syntaxHighlight", "shiki"))
    keeps_hyphens = False
    for key in ("remarkPlugins", "rehypePlugins"):
        for name in _plugins(section.get(key)):
            if name in ("rehypeSlug", "rehype-slug"):
                keeps_hyphens = True
            elif not _ONLY_DATA.search(name):
                said = _("The Markdown plugin {name} is not known: what it adds is missing in the preview.")
                reasons[said.format(name=names.get(name, name))] = None
    reasons.update(dict.fromkeys(_shiki_reasons(section.get("shikiConfig"))))
    reasons.update(dict.fromkeys(_integration_reasons(values.get("integrations"), names)))
    rehype = given.get("remarkRehype")
    for key in rehype if isinstance(rehype, Mapping) else ():
        if key not in _REHYPE:
            reasons[_not_known(f"remarkRehype.{key}")] = None
    options = {
        "flavour": "astro",
        "front_matter": "hugo",
        "gfm": given.get("gfm", True) is not False,
        "smartypants": _smartypants(given.get("smartypants", True)),
        "highlighter": highlighter,
        "exclude": exclude,
        "shiki": _mapping(given.get("shikiConfig")),
        "rehype": {key: value for key, value in _mapping(rehype).items() if key in _REHYPE},
        "keeps_hyphens": keeps_hyphens,
        "remote": list(_remote(values.get("image"))),
        "trusted": False,
    }
    return Dialect("commonmark", options, tuple(reasons))


def _computed(name: str) -> str:
    return _("{name} is computed, and can't be read without running the site's code").format(name=name) + "."


def _not_known(name: str) -> str:
    said = _("The option {name} of {package} is not known to the preview.")
    return said.format(name=name, package="Astro")


def _mapping(value: Any) -> dict[str, Any]:
    return dict(value) if isinstance(value, Mapping) else {}


def _smartypants(value: Any) -> Any:
    return dict(value) if isinstance(value, Mapping) else value is not False


def _highlighter(value: Any) -> tuple[str, list[str]]:
    exclude: list[str] = []
    if isinstance(value, Mapping):
        listed = value.get("excludeLangs")
        exclude = [str(name) for name in listed] if isinstance(listed, list) else []
        value = value.get("type", "shiki")
    return (value if value in ("shiki", "prism") else "") if value else "", exclude


def _plugins(value: Any) -> Iterator[str]:
    """Yield the names of plugins, as the configuration calls them."""
    if isinstance(value, Unread):
        yield value.source[:60]
        return
    for entry in value if isinstance(value, list) else ():
        plugin = entry[0] if isinstance(entry, list) and entry else entry
        if isinstance(plugin, Unread):
            found = _NAME.match(plugin.source.lstrip("[ \n\t("))
            yield found[0] if found is not None else plugin.source[:60]
        elif isinstance(plugin, str):
            yield plugin


def _shiki_reasons(config: Any) -> Iterator[str]:
    for key, value in config.items() if isinstance(config, Mapping) else ():
        if key == "transformers" and value:
            yield _not_known("shikiConfig.transformers")
        elif isinstance(value, Unread) or key not in (
            "theme",
            "themes",
            "wrap",
            "langs",
            "langAlias",
            "defaultColor",
            "transformers",
        ):
            yield _not_known(f"shikiConfig.{key}")


def _integration_reasons(value: Any, names: Mapping[str, str]) -> Iterator[str]:
    if isinstance(value, Unread):
        yield _computed("integrations")
        return
    for entry in value if isinstance(value, list) else ():
        found = _NAME.match(entry.source) if isinstance(entry, Unread) else None
        if found is None:
            continue
        package = names.get(found[0].split(".")[0], found[0])
        if not _HARMLESS.search(package):
            yield _("The plugin {name} is not known: what it changes is missing in the preview.").format(
                name=package
            )


def _remote(image: Any) -> Iterator[str]:
    """Yield the beginnings of the addresses of other sites whose pictures a build fetches."""
    section = readable(image) if isinstance(image, Mapping) else {}
    for domain in section.get("domains") or ():
        yield from (f"https://{domain}/", f"http://{domain}/")
    if isinstance(image, Mapping) and image.get("remotePatterns"):
        yield from ("https://", "http://")
