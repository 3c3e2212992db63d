"""Build copies of sites with the real generators, each post's own part of its page marked with its source.

A mark is `<copydesk-post data-source="path">…</copydesk-post>`, the path absolute or relative to the site. Each
function takes the copy of a site (it is changed) and an empty folder, and returns the folder of the built site.
GeneratorError where there is nothing to compare with.
"""

import json
import re
import shutil
from pathlib import Path

import yaml

from tests.end_to_end.published.programs import GeneratorError, interpreter, lay_packages, program, run

_MKDOCS = """
import os, sys
from importlib.metadata import entry_points
import html as escapes

import yaml
from mkdocs.commands.build import build
from mkdocs.config import load_config

site, built = sys.argv[1:]
NETWORK = {
    "social", "privacy", "optimize", "projects", "rss", "typeset", "git-committers",
    "git-committers-2", "git-authors", "git-revision-date", "git-revision-date-localized",
}


class Loose(yaml.SafeLoader):
    pass


Loose.add_multi_constructor("", lambda loader, suffix, node: None)
file = next(name for name in ("mkdocs.yml", "mkdocs.yaml") if os.path.exists(name))
with open(file, encoding="utf-8") as stream:
    values = yaml.load(stream, Loose)
listed = values.get("plugins") or ["search"]
if isinstance(listed, dict):
    listed = [{name: options} for name, options in listed.items()]
installed = {entry.name for entry in entry_points(group="mkdocs.plugins")}
kept = []
for plugin in listed:
    name, options = (plugin, None) if isinstance(plugin, str) else next(iter(plugin.items()))
    plain = name.removeprefix("material/")
    if plain in NETWORK or not {name, "material/" + name} & installed:
        print("left out:", name, file=sys.stderr)
        continue
    options = {key: value for key, value in (options or {}).items() if value is not None}
    kept.append({name: options} if options else name)
theme = values.get("theme") or "mkdocs"
if isinstance(theme, dict):
    theme = {key: value for key, value in theme.items() if key != "icon" and value is not None}
    own = theme.get("custom_dir")
    if own and any(name.endswith(".html") for _, _, names in os.walk(own) for name in names):
        del theme["custom_dir"]  # templates of it may need what is not there
config = load_config(file, plugins=kept, site_dir=built, strict=False, hooks=[], theme=theme, extra={})


def mark(html, *, page, **_):
    page.meta.pop("template", None)  # the theme of the site need not be had
    if page.file.abs_src_path:
        source = escapes.escape(os.path.relpath(page.file.abs_src_path, site))
        return f'<copydesk-post data-source="{source}">{html}</copydesk-post>'
    return html


config.plugins.events["page_content"].append(mark)
config.plugins.on_startup(command="build", dirty=False)
build(config)
"""

_NIKOLA = """
import html as escapes, os, re, sys

site, built = sys.argv[1:]
sys.path.insert(0, site)
os.chdir(site)
import datetime

from nikola import __main__, post

set_date = post.Post._set_date
text = post.Post.text


def tolerant(self, *arguments):
    try:
        set_date(self, *arguments)
    except ValueError:  # a post without a date would stop the whole build
        self.date = self.updated = datetime.datetime.now(datetime.timezone.utc)


post.Post._set_date = tolerant


def marked(self, lang=None, teaser_only=False, *arguments, **named):
    html = text(self, lang, teaser_only, *arguments, **named)
    if teaser_only or not html:
        return html
    return f'<copydesk-post data-source="{escapes.escape(self.translated_source_path(lang))}">{html}</copydesk-post>'


post.Post.text = marked
sys.exit(__main__.main(["build", "-n", "1"]))
"""

_PELICAN = """
import html as escapes, os, sys

from pelican import Pelican, contents
from pelican.settings import read_settings

site, built = sys.argv[1:]
sys.path.insert(0, site)
settings = read_settings("pelicanconf.py", override={
    "OUTPUT_PATH": built, "PLUGINS": [], "THEME": sys.argv[1] + "/copydesk-theme",
    "CACHE_CONTENT": False, "LOAD_CONTENT_CACHE": False, "DELETE_OUTPUT_DIRECTORY": False,
})
Pelican(settings).run()
"""

_ELEVENTY = """
import fs from "node:fs";

const [modules, out] = process.argv.slice(2);
const { default: TemplateLayout } = await import(`${modules}/@11ty/eleventy/src/TemplateLayout.js`);
TemplateLayout.prototype.renderPageEntry = async (pageEntry) => pageEntry.templateContent;
const { default: Eleventy } = await import(`${modules}/@11ty/eleventy/src/Eleventy.js`);
const eleventy = new Eleventy(undefined, out, { source: "cli", quietMode: true, config: (config) => {
  config.addTransform("copydesk", function (content) {
    return `<copydesk-post data-source="${this.page.inputPath.replace(/^\\.\\//, "")}">${content}</copydesk-post>`;
  });
} });
await eleventy.write();
process.exit(0);
"""

_HUGO_PAGE = (
    '{{ with .File }}<copydesk-post data-source="content/{{ .Path }}">{{ end }}{{ .Content }}</copydesk-post>'
)
_HUGO_KEPT = ("shortcodes", "_shortcodes", "partials", "_partials", "_markup")
_JEKYLL_PLUGINS = (
    "jekyll-mentions",
    "jekyll-relative-links",
    "jekyll-redirect-from",
    "jekyll-feed",
    "jekyll-sitemap",
    "jekyll-seo-tag",
    "jekyll-titles-from-headings",
    "jekyll-optional-front-matter",
)
_JEKYLL = """
Jekyll::Hooks.register [:documents, :pages], :post_convert, priority: :low do |page|
  if page.output_ext == ".html"
    path = page.respond_to?(:relative_path) ? page.relative_path : page.path
    page.content = %Q(<copydesk-post data-source="#{path.sub(%r!\\A/!, "")}">#{page.content}</copydesk-post>)
  end
end
"""


def mkdocs(site: Path, scratch: Path) -> Path:
    """With the theme, and every plugin that is installed and needs no network."""
    return _driven(interpreter("mkdocs"), _MKDOCS, site, scratch)


def nikola(site: Path, scratch: Path) -> Path:
    """With the theme that comes with Nikola."""
    with (site / "conf.py").open("a", encoding="utf-8") as file:
        file.write(f"\nOUTPUT_FOLDER = {str(scratch / 'built')!r}\nTHEME = 'base'\nCOMMENT_SYSTEM = ''\n")
    return _driven(interpreter("nikola"), _NIKOLA, site, scratch)


def pelican(site: Path, scratch: Path) -> Path:
    """With a theme of a few lines."""
    templates = site / "copydesk-theme/templates"
    templates.mkdir(parents=True)
    for name, thing in (("article", "article"), ("page", "page")):
        mark = f'<copydesk-post data-source="{{{{ {thing}.source_path }}}}">'
        (templates / f"{name}.html").write_text(f"{mark}{{{{ {thing}.content }}}}</copydesk-post>", "utf-8")
    for name in (
        "index",
        "archives",
        "tags",
        "categories",
        "authors",
        "tag",
        "category",
        "author",
        "period_archives",
    ):
        (templates / f"{name}.html").write_text("-", "utf-8")
    return _driven(interpreter("pelican"), _PELICAN, site, scratch)


def hugo(site: Path, scratch: Path) -> Path:
    """With the site's own shortcodes, partials and render hooks, and else a theme of a few lines."""
    layouts = site / "layouts"
    for child in layouts.iterdir() if layouts.is_dir() else ():
        if child.name == "_default" and (child / "_markup").is_dir() and not (layouts / "_markup").exists():
            (child / "_markup").rename(layouts / "_markup")
        if child.name not in _HUGO_KEPT:
            shutil.rmtree(child) if child.is_dir() else child.unlink()
    page = layouts / "_default"
    page.mkdir(parents=True)
    for name in ("single", "list"):
        (page / f"{name}.html").write_text(_HUGO_PAGE, "utf-8")
    command = [
        str(program("hugo")),
        "--source",
        str(site),
        "--destination",
        str(scratch / "built"),
        "--theme",
        "",
    ]
    done = run(command, site)
    return _built(scratch, done.stdout + done.stderr)


def jekyll(site: Path, scratch: Path) -> Path:
    """Without layouts, and with the plugins that are installed."""
    for name in ("Gemfile", "Gemfile.lock"):
        (site / name).unlink(missing_ok=True)
    config = next((site / name for name in ("_config.yml", "_config.yaml") if (site / name).is_file()), None)
    values = yaml.safe_load(config.read_text("utf-8")) if config else {}
    plugins = [name for name in (values or {}).get("plugins") or [] if name in _JEKYLL_PLUGINS]
    over = scratch / "config.yml"
    over.write_text(
        json.dumps({**(values or {}), "plugins": plugins, "theme": None, "remote_theme": None}, default=str),
        "utf-8",
    )
    folder = site / str((values or {}).get("source") or ".") / "_plugins"
    folder.mkdir(exist_ok=True)
    (folder / "zz_marks.rb").write_text(_JEKYLL, "utf-8")
    command = ["env", "LANG=C.UTF-8", str(program("jekyll")), "build", "--config", str(over)]
    done = run([*command, "--destination", str(scratch / "built"), "--quiet"], site)
    return _built(scratch, done.stdout + done.stderr)


def eleventy(site: Path, scratch: Path) -> Path:
    """Without layouts."""
    modules = program("eleventy").parents[1]
    if not (site / "node_modules").exists():
        (site / "node_modules").symlink_to(modules)
    driver = scratch / "driver.mjs"
    driver.write_text(_ELEVENTY, "utf-8")
    done = run(["node", str(driver), str(modules), str(scratch / "built")], site)
    return _built(scratch, done.stdout + done.stderr)


def hexo(site: Path, scratch: Path) -> Path:
    """With a theme of a few lines."""
    modules = program("hexo").parents[1]
    if not (site / "node_modules").exists():
        (site / "node_modules").symlink_to(modules)
    if not (site / "package.json").exists():
        known = json.loads((modules.parent / "package.json").read_text("utf-8"))
        (site / "package.json").write_text(json.dumps({**known, "hexo": {"version": ""}}), "utf-8")
    layouts = site / "themes/copydesk/layout"
    layouts.mkdir(parents=True)
    for name in ("post", "page"):
        mark = '<copydesk-post data-source="source/<%= page.source %>"><%- page.content %></copydesk-post>'
        (layouts / f"{name}.ejs").write_text(mark, "utf-8")
    (layouts / "index.ejs").write_text("-", "utf-8")
    config = next(name for name in ("_config.yml", "_config.yaml", "_config.json") if (site / name).is_file())
    (site / "over.yml").write_text(f"theme: copydesk\npublic_dir: {scratch / 'built'}\n", "utf-8")
    done = run([str(program("hexo")), "generate", "--config", f"{config},over.yml"], site)
    return _built(scratch, done.stdout + done.stderr)


def astro(site: Path, scratch: Path) -> Path:
    """With the site's own pages: they mark the posts themselves, since only code tells which shows them."""
    lay_packages(site, program("astro").parents[1])
    command = ["node", str(program("astro").resolve()), "build", "--outDir", str(scratch / "built")]
    done = run(command, site)
    return _built(scratch, done.stdout + done.stderr)


def _driven(python: str, driver: str, site: Path, scratch: Path) -> Path:
    done = run([python, "-c", driver, str(site), str(scratch / "built")], site)
    return _built(scratch, done.stdout + done.stderr)


def _built(scratch: Path, said: str) -> Path:
    folder = scratch / "built"
    if not folder.is_dir() or not re.search("copydesk-post", "".join(_pages(folder))):
        raise GeneratorError(f"the build failed:\n{said[-3000:]}")
    return folder


def _pages(folder: Path) -> list[str]:
    return [file.read_text("utf-8", "replace") for file in folder.rglob("*.html")]
