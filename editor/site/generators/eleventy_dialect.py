"""How an Eleventy site writes Markdown: from its configuration to the dialect that the render worker follows.

Read as text, never run: `setLibrary` and `amendLibrary`, the options of the markdown-it that is made there, the
plugins that it uses. https://www.11ty.dev/docs/languages/markdown/, src/Engines/Markdown.js of version 3.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from editor.errors import SiteError
from editor.render.protocol import Dialect
from editor.site.generators.eleventy_config import Configuration, text_of
from editor.site.generators.js_literals import Call, Script, Unread, readable
from editor.translation import gettext as _

_PLUGINS = (
    "markdown-it-anchor markdown-it-attrs markdown-it-deflist markdown-it-footnote markdown-it-ins markdown-it-mark "
    "markdown-it-sub markdown-it-sup"
)
"""The packages that the render worker reproduces."""

_HARMLESS = (
    "@11ty/eleventy-navigation @11ty/eleventy-plugin-bundle @11ty/eleventy-plugin-directory-output "
    "@11ty/eleventy-plugin-rss @11ty/eleventy-plugin-vite @11ty/eleventy-plugin-webc eleventy-plugin-nesting-toc "
    "eleventy-plugin-reading-time eleventy-plugin-sitemap eleventy-plugin-toc @quasibit/eleventy-plugin-sitemap "
    "eleventy-plugin-feed eleventyPluginFeedsCss pluginRss feedPlugin EleventyRenderPlugin RenderPlugin I18nPlugin "
    "EleventyI18nPlugin BundlePlugin eleventy-plugin-metagen eleventy-plugin-time-to-read eleventy-sass"
)
"""Plugins that add filters, shortcodes or files, and leave the HTML of Markdown as it is."""

_CHANGES = {
    "HtmlBasePlugin": "",
    "EleventyHtmlBasePlugin": "",
    "InputPathToUrlTransformPlugin": ".md",
    "eleventyImageTransformPlugin": "<img",
}
"""Plugins that change the finished HTML, and which part of it must be there for that; empty: with a path prefix."""

_HIGHLIGHT = "@11ty/eleventy-plugin-syntaxhighlight"
_MINIFIES = re.compile(r"(?:^|html[-_ ]?)min(?:$|if)|minif|prett|format|beautif", re.IGNORECASE)
_IMPORT = re.compile(
    r"""import\s+(?:\*\s+as\s+)?([\w$]+|\{[^}]*\}|[\w$]+\s*,\s*\{[^}]*\})\s+from\s*["']([^"']+)["']"""
    r"""|(?:const|let|var)\s+([\w$]+|\{[^}]*\})\s*=\s*(?:await\s+import|require)\(\s*["']([^"']+)["']\s*\)(?:\.(\w+))?"""
)
_OPTIONS = ("html", "breaks", "linkify", "typographer", "quotes", "xhtmlOut", "langPrefix")
_PERMALINK = re.compile(r"permalink\s*\.\s*(\w+)\s*\(")
_SLUGIFY = re.compile(r"""getFilter\(\s*["']slugify["']\s*\)""")
_INLINE_REQUIRE = re.compile(r"""require\(\s*["']([^"']+)["']\s*\)""")
_MADE_AT_ONCE = re.compile(r"""require\(\s*["']markdown-it["']\s*\)\s*(?=\()""")


def dialect(config: Configuration) -> Dialect:
    """Return the dialect of a site by its configuration; what can't be reproduced is told in its reasons."""
    reading = _Reading()
    for file in config.files:
        try:
            source = text_of(file)
        except SiteError:
            continue
        reading.take(source)
    return reading.dialect(config)


class _Reading:
    """What the site's own files say, one after the other."""

    def __init__(self) -> None:
        self._preset = "default"
        self._options: dict[str, Any] = {"html": True}
        self._enable: list[str] = []
        self._disable: list[str] = ["code"]
        self._plugins: list[list[Any]] = []
        self._engine = "liquid"
        self._heading_ids = False
        self._highlighter = ""
        self._changes: list[list[str]] = []
        self._reasons: dict[str, None] = {}
        self._html_base = False
        self._separator = ""

    def take(self, source: str) -> None:
        """Read one file."""
        script = Script(_MADE_AT_ONCE.sub("markdownIt", source))
        names = dict(_imported(source))
        for found in (script.exported(), *script.returned(), script.name("config")):
            if isinstance(found, Mapping) and "markdownTemplateEngine" in found:
                engine = found["markdownTemplateEngine"]
                self._engine = engine if isinstance(engine, str) else ""
        for call in script.calls("setMarkdownTemplateEngine"):
            engine = call.arguments[0] if call.arguments else None
            self._engine = engine if isinstance(engine, str) else ""
        self._library(script, names)
        for call in script.calls("use"):
            self._use(call, names)
        for call in script.calls("addPlugin"):
            self._plugin(call, names)
        self._steps(script)

    def dialect(self, config: Configuration) -> Dialect:
        """Return what was read."""
        if self._html_base and config.path_prefix.strip("/"):
            self._changes += [[part, "HtmlBasePlugin"] for part in ('href="/', 'src="/')]
        options = {
            "flavour": "eleventy",
            "front_matter": "fenced",
            "preset": self._preset,
            "markdown_it": self._options,
            "enable": self._enable,
            "disable": [rule for rule in dict.fromkeys(self._disable) if rule not in self._enable],
            "plugins": self._plugins,
            "templates": self._engine,
            "heading_ids": self._heading_ids,
            "excerpt_separator": self._separator,
            "highlighter": self._highlighter,
            "changes": self._changes,
            "trusted": False,
        }
        return Dialect("commonmark", options, tuple(self._reasons))

    def _reason(self, sentence: str) -> None:
        self._reasons[sentence] = None

    def _library(self, script: Script, names: Mapping[str, str]) -> None:
        """Read the options of the markdown-it that the site makes for itself, and what it does to it later."""
        makers = {name for name, package in names.items() if package == "markdown-it"} | {
            "markdownIt",
            "markdownit",
        }
        own = any(_is_markdown(call) for call in script.calls("setLibrary"))
        for call in script.calls(*makers):
            if not own:
                continue
            self._options = {}
            for argument in call.arguments:
                if isinstance(argument, str):
                    self._preset = argument if argument in ("commonmark", "zero") else "default"
                else:
                    self._set(argument)
        if own and not any(True for _ in script.calls(*makers)):
            self._reason(_("The site's own Markdown library is computed: its options can't be read."))
        for call in script.calls("set"):
            if call.arguments and isinstance(call.arguments[0], Mapping):
                self._set(call.arguments[0])
        for call in script.calls("enable", "disable"):
            rules = call.arguments[0] if call.arguments else None
            found = [rules] if isinstance(rules, str) else rules if isinstance(rules, list) else []
            known = [rule for rule in found if isinstance(rule, str)]
            (self._enable if call.name == "enable" else self._disable).extend(known)
        if re.search(
            r"\.renderer\.rules\b",
            "".join(call.source for call in script.calls("amendLibrary", "setLibrary")),
        ):
            self._reason(_("The site's own rules for Markdown's HTML are not run in the preview."))

    def _set(self, given: Any) -> None:
        if isinstance(given, Unread):
            self._reason(_("The site's own Markdown library is computed: its options can't be read."))
        for name, value in given.items() if isinstance(given, Mapping) else ():
            if name in _OPTIONS and not isinstance(value, Unread):
                self._options[name] = value
            elif name in (*_OPTIONS, "highlight"):
                self._reason(
                    _(
                        "The option {name} of the site's Markdown library is computed, and can't be read."
                    ).format(name=name)
                )

    def _use(self, call: Call, names: Mapping[str, str]) -> None:
        """Read one plugin of markdown-it."""
        first = call.arguments[0] if call.arguments else None
        source = first.source if isinstance(first, Unread) else ""
        required = _INLINE_REQUIRE.search(source)
        package = required[1] if required else names.get(source.split(".")[0].strip(), source)
        settings = call.arguments[1] if len(call.arguments) > 1 else {}
        if package == "markdown-it-anchor":
            self._anchor(settings, call.source)
        elif package in _PLUGINS.split():
            self._plugins.append([package, {}])
        else:
            self._reason(
                _("The Markdown plugin {name} is not known: what it adds is missing in the preview.").format(
                    name=package or _("written into the configuration")
                )
            )

    def _anchor(self, settings: Any, source: str) -> None:
        options: dict[str, Any] = readable(settings) if isinstance(settings, Mapping) else {}
        options = {
            name: value
            for name, value in options.items()
            if name in ("level", "tabIndex", "uniqueSlugStartIndex") and value is not None
        }
        given = settings if isinstance(settings, Mapping) else {}
        unread = isinstance(settings, Unread)
        if "slugify" in given:
            function = given["slugify"]
            if isinstance(function, Unread) and _SLUGIFY.search(function.source):
                options["slugify"] = "slugify"
            else:
                unread = True
        permalink = given.get("permalink")
        if isinstance(permalink, Unread):
            found = _PERMALINK.search(permalink.source)
            kind = found[1] if found else ""
            inner = next(Script(permalink.source).calls(kind), None) if kind else None
            if kind in ("linkInsideHeader", "ariaHidden", "headerLink") and inner is not None:
                chosen = inner.arguments[0] if inner.arguments else {}
                unread = unread or _has_unread(chosen)
                options["permalink"] = {
                    **(readable(chosen) if isinstance(chosen, Mapping) else {}),
                    "kind": kind,
                }
            else:
                unread = True
        elif permalink:
            unread = True
        unread = unread or any(name in source for name in ("getTokensText", "callback", "slugifyWithState"))
        if unread:
            self._reason(
                _("Some options of {name} are computed, and can't be read.").format(name="markdown-it-anchor")
            )
        self._plugins.append(["markdown-it-anchor", options])

    def _plugin(self, call: Call, names: Mapping[str, str]) -> None:
        """Read one plugin of Eleventy."""
        first = call.arguments[0] if call.arguments else None
        source = first.source.split(".")[-1].strip() if isinstance(first, Unread) else ""
        if isinstance(first, Unread) and ("=>" in first.source or "function" in first.source):
            return
        required = _INLINE_REQUIRE.search(first.source) if isinstance(first, Unread) else None
        package = required[1] if required else names.get(source, source)
        if package.startswith("."):
            return  # the site's own file, which is read as well
        if source in _CHANGES:
            part = _CHANGES[source]
            if part:
                self._changes.append([part, source])
            else:
                self._html_base = True
        elif source == "IdAttributePlugin":
            self._heading_ids = True
        elif package == _HIGHLIGHT:
            self._highlighter = "Prism"
        elif package not in _HARMLESS.split() and source not in _HARMLESS.split():
            self._reason(
                _("The plugin {name} is not known: what it changes is missing in the preview.").format(
                    name=package
                )
            )

    def _steps(self, script: Script) -> None:
        """Read what the site does to pages by functions of its own."""
        for call in script.calls("addTransform"):
            name = call.arguments[0] if call.arguments and isinstance(call.arguments[0], str) else ""
            if not _MINIFIES.search(name):
                self._reason(
                    _("The site's own step {subject} changes the page when it is built.").format(subject=name)
                )
        for call in script.calls("addPreprocessor"):
            name = call.arguments[0] if call.arguments and isinstance(call.arguments[0], str) else ""
            if name != "drafts" and not re.search(r"return\s+false", call.source):
                self._reason(
                    _("The site's own step {subject} changes the page when it is built.").format(subject=name)
                )
        for call in script.calls("setFrontMatterParsingOptions"):
            given = call.arguments[0] if call.arguments and isinstance(call.arguments[0], Mapping) else {}
            separator = given.get("excerpt_separator", "---")
            if given.get("excerpt") is True and isinstance(separator, str):
                self._separator = separator
            elif given.get("excerpt"):
                self._reason(
                    _("Where excerpts end is told by the site's own code, which the preview does not run.")
                )
        for call in script.calls("addExtension", "addMarkdownHighlighter"):
            if call.name == "addMarkdownHighlighter" or (call.arguments and call.arguments[0] == "md"):
                self._reason(
                    _("The site renders Markdown by code of its own, which the preview does not run.")
                )


def _is_markdown(call: Call) -> bool:
    return bool(call.arguments) and call.arguments[0] == "md"


def _has_unread(value: Any) -> bool:
    if isinstance(value, Mapping):
        return any(map(_has_unread, value.values()))
    return isinstance(value, Unread)


def _imported(source: str) -> Iterator[tuple[str, str]]:
    """Yield (name, package) of what a file imports."""
    for found in _IMPORT.finditer(source):
        names, package = found[1] or found[3], found[2] or found[4]
        for name in re.findall(r"[\w$]+(?:\s*(?:as|:)\s*[\w$]+)?", names):
            yield re.split(r"\s*(?:\bas\b|:)\s*", name)[-1], package
