"""Made-up sites, one for each generator: a post, a draft, and a post of the future, each with words of its own."""

from collections.abc import Mapping
from pathlib import Path

from tests.site.generators.real_builds import program

WORDS = (
    "The quick {name} jumps over the lazy dog while nobody at all is watching it.\n\n"
    "A second paragraph of {name} speaks of rivers, of mountains and of the wide sea between them.\n"
)

NODE = ("eleventy", "astro", "hexo")


def words(name: str) -> str:
    return WORDS.format(name=name)


def _yaml(title: str, name: str, *lines: str) -> str:
    return "\n".join(["---", f"title: {title}", *lines, "---", "", ""]) + words(name)


_NIKOLA_CONF = """\
BLOG_TITLE = "Notes"
BLOG_AUTHOR = "A Writer"
BLOG_EMAIL = "writer@example.org"
BLOG_DESCRIPTION = "Notes"
SITE_URL = "https://example.org/"
DEFAULT_LANG = "en"
TRANSLATIONS = {"en": ""}
POSTS = (("posts/*.md", "posts", "post.tmpl"),)
PAGES = ()
TIMEZONE = "UTC"
THEME = "base"
COMPILERS = {"markdown": (".md",), "rest": (".rst",)}
"""

_ELEVENTY_CONFIG = """\
export default function (config) {
  config.addPreprocessor("drafts", "*", (data) => {
    if (data.draft && process.env.ELEVENTY_RUN_MODE === "build") return false;
  });
  return { dir: { input: "content", includes: "../_includes" } };
}
"""

_ASTRO_CONTENT = """\
import { defineCollection, z } from "astro:content";
import { glob } from "astro/loaders";
const blog = defineCollection({
  loader: glob({ base: "./src/content/blog", pattern: "**/*.md" }),
  schema: z.object({ title: z.string(), draft: z.boolean().optional() }),
});
export const collections = { blog };
"""

_ASTRO_PAGE = """\
---
import { getCollection, render } from "astro:content";
export async function getStaticPaths() {
  const posts = await getCollection("blog", ({ data }) => (import.meta.env.PROD ? data.draft !== true : true));
  return posts.map((post) => ({ params: { slug: post.id }, props: post }));
}
const { Content } = await render(Astro.props);
---
<html><head><title>{Astro.props.data.title}</title></head><body><Content /></body></html>
"""

SITES: Mapping[str, Mapping[str, str]] = {
    "mkdocs": {
        "mkdocs.yml": "site_name: Notes\nsite_url: https://example.org/m/\ndraft_docs: draft.md\n",
        "docs/index.md": "# Home\n",
        "docs/post.md": "# Post\n\n" + words("fox"),
        "docs/draft.md": "# Draft\n\n" + words("badger"),
    },
    "mkdocs-material": {
        "mkdocs.yml": (
            "site_name: Notes\nsite_url: https://example.org/m/\ntheme: {name: material, font: false}\n"
            "plugins:\n  - blog:\n      post_url_format: '{slug}'\nhooks: [hook.py]\n"
        ),
        "hook.py": "def on_page_markdown(markdown, **_):\n    return markdown + '\\n\\nFrom the hook.\\n'\n",
        "docs/index.md": "# Home\n",
        "docs/blog/index.md": "# Blog\n",
        "docs/blog/posts/post.md": "---\ndate: 2024-01-31\n---\n\n# Post\n\n" + words("fox"),
        "docs/blog/posts/draft.md": "---\ndate: 2024-01-31\ndraft: true\n---\n\n# Draft\n\n"
        + words("badger"),
    },
    "zensical": {
        "zensical.toml": '[project]\nsite_name = "Notes"\nsite_url = "https://example.org/z/"\n',
        "docs/index.md": "# Home\n",
        "docs/post.md": "# Post\n\n" + words("fox"),
    },
    "pelican": {
        "pelicanconf.py": (
            "SITENAME = 'Notes'\nAUTHOR = 'A Writer'\nSITEURL = 'https://example.org'\nPATH = 'content'\n"
            "TIMEZONE = 'UTC'\nFEED_ALL_ATOM = None\nTHEME = 'simple'\nWITH_FUTURE_DATES = False\n"
        ),
        "content/post.md": "Title: Post\nDate: 2024-01-31\n\n" + words("fox"),
        "content/draft.md": "Title: Draft\nDate: 2024-01-31\nStatus: draft\n\n" + words("badger"),
        "content/future.md": "Title: Future\nDate: 2999-01-31\n\n" + words("heron"),
    },
    "nikola": {
        "conf.py": _NIKOLA_CONF,
        "posts/post.md": "<!--\n.. title: Post\n.. slug: post\n.. date: 2024-01-31\n-->\n\n" + words("fox"),
        "posts/draft.md": (
            "<!--\n.. title: Draft\n.. slug: draft\n.. date: 2024-01-31\n.. status: draft\n-->\n\n"
            + words("badger")
        ),
        "posts/future.md": "<!--\n.. title: Future\n.. slug: future\n.. date: 2999-01-31\n-->\n\n"
        + words("heron"),
    },
    "hugo": {
        "hugo.toml": 'baseURL = "https://example.org/h/"\ntitle = "Notes"\n',
        "layouts/_default/baseof.html": (
            '<!doctype html><html><head><title>{{ .Title }}</title><link rel="stylesheet" '
            'href="{{ "css/site.css" | absURL }}"></head><body>{{ block "main" . }}{{ end }}</body></html>\n'
        ),
        "layouts/_default/single.html": '{{ define "main" }}{{ .Content }}{{ end }}\n',
        "layouts/_default/list.html": (
            '{{ define "main" }}{{ range .Site.RegularPages }}<a href="{{ .Permalink }}">{{ .Title }}</a>'
            "{{ .Content }}{{ end }}{{ end }}\n"
        ),
        "static/css/site.css": "body { margin: 0 }\n",
        "content/posts/post.md": _yaml("Post", "fox", "date: 2024-01-31"),
        "content/posts/draft.md": _yaml("Draft", "badger", "date: 2024-01-31", "draft: true"),
        "content/posts/future.md": _yaml("Future", "heron", "date: 2999-01-31"),
    },
    "jekyll": {
        "_config.yml": "title: Notes\nurl: https://example.org\nbaseurl: /j\n",
        "_layouts/post.html": (
            "<html><head><title>{{ page.title }}</title></head><body>{{ content }}</body></html>\n"
        ),
        "index.html": (
            "---\n---\n<html><body>{% for post in site.posts %}{{ post.content }}{% endfor %}</body></html>\n"
        ),
        "_posts/2024-01-31-post.md": _yaml("Post", "fox", "layout: post"),
        "_drafts/draft.md": _yaml("Draft", "badger", "layout: post"),
        "_posts/2999-01-31-future.md": _yaml("Future", "heron", "layout: post"),
    },
    "eleventy": {
        "eleventy.config.js": _ELEVENTY_CONFIG,
        "package.json": '{"type": "module", "name": "notes"}\n',
        "_includes/post.njk": "<html><head><title>{{ title }}</title></head><body>{{ content | safe }}</body></html>\n",
        "content/blog/post.md": _yaml("Post", "fox", "layout: post.njk", "date: 2024-01-31"),
        "content/blog/draft.md": _yaml("Draft", "badger", "layout: post.njk", "draft: true"),
    },
    "astro": {
        "astro.config.mjs": (
            'import { defineConfig } from "astro/config";\n'
            'export default defineConfig({ site: "https://example.org" });\n'
        ),
        "package.json": '{"type": "module", "name": "notes"}\n',
        "src/content.config.ts": _ASTRO_CONTENT,
        "src/pages/blog/[...slug].astro": _ASTRO_PAGE,
        "src/content/blog/post.md": _yaml("Post", "fox"),
        "src/content/blog/draft.md": _yaml("Draft", "badger", "draft: true"),
    },
    "hexo": {
        "_config.yml": (
            "title: Notes\nurl: https://example.org\nroot: /\npermalink: :year/:month/:day/:title/\n"
            "source_dir: source\npublic_dir: public\nnew_post_name: :title.md\ntheme: bare\nfuture: false\n"
        ),
        "package.json": (
            '{"name": "notes", "hexo": {"version": "8.1.2"}, "dependencies": {"hexo": "^8", '
            '"hexo-generator-index": "*", "hexo-renderer-ejs": "*", "hexo-renderer-marked": "*"}}\n'
        ),
        "themes/bare/layout/index.ejs": (
            "<html><body><% page.posts.each(post => { %><%- post.content %><% }) %></body></html>"
        ),
        "themes/bare/layout/post.ejs": (
            "<html><head><title><%= page.title %></title></head><body><%- page.content %></body></html>"
        ),
        "source/_posts/post.md": _yaml("Post", "fox", "date: 2024-01-31"),
        "source/_drafts/draft.md": _yaml("Draft", "badger"),
        "source/_posts/future.md": _yaml("Future", "heron", "date: 2999-01-31"),
    },
}
"""Generator -> path in the site -> text."""


def make(generator: str, folder: Path, changed: Mapping[str, str] | None = None) -> Path:
    """Write the site of a generator, with `changed` files besides."""
    for name, text in {**SITES[generator], **(changed or {})}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
    if generator in NODE:
        (folder / "node_modules").symlink_to(node_modules(generator))
    return folder


def node_modules(generator: str) -> Path:
    """Return the packages of a generator in JavaScript."""
    return program(generator).parent.parent


def posts(generator: str) -> dict[str, str]:
    """Return path in the site -> the animal in its words, of every post of a generator's site."""
    animals = ("fox", "badger", "heron")
    return {
        name: animal for name, text in SITES[generator].items() for animal in animals if words(animal) in text
    }


def listing(folder: Path) -> dict[str, tuple[int, int, int, bytes]]:
    """Return all below a folder, by path: what it is, when it and its inode were changed, and its bytes."""
    found = {}
    for path in sorted((folder, *folder.rglob("*"))):
        status = path.lstat()
        data = path.read_bytes() if path.is_file() and not path.is_symlink() else b""
        found[path.as_posix()] = (status.st_mode, status.st_mtime_ns, status.st_ctime_ns, data)
    return found
