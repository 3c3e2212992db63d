"""Small sites with links of every kind that generators know: some arrive, some lead nowhere.

`broken` names the ends of the addresses that lead nowhere in the built site; all others of the posts arrive.
"""

from typing import NamedTuple


class Planted(NamedTuple):
    """A site, and which links in it are broken."""

    generator: str
    files: dict[str, str]
    broken: tuple[str, ...]
    """Each as the published page has it, in no order; once for each time."""


PICTURE = "GIF89a\x01\x00\x01\x00\x00\x00\x00!\x0a"

MATERIAL = Planted(
    "mkdocs",
    {
        "mkdocs.yml": """\
site_name: Example
site_url: https://example.org/base/
theme:
  name: material
  custom_dir: overrides
plugins: [search, blog, tags]
markdown_extensions: [footnotes, attr_list, {toc: {permalink: true}}]
""",
        "overrides/img/own.gif": PICTURE,
        "docs/index.md": "# Home\n",
        "docs/about.md": "# About me\n\n## Where & when\n",
        "docs/guide/index.md": "# Guide\n",
        "docs/files/a b.pdf": PICTURE,
        "docs/img/one.gif": PICTURE,
        "docs/.hidden.md": "# Hidden\n",
        "docs/blog/index.md": "# Blog\n",
        "docs/blog/posts/pic.gif": PICTURE,
        "docs/blog/posts/draft.md": "---\ndate: 2024-01-01\ndraft: true\n---\n# A draft\n",
        "docs/blog/posts/two.md": """\
---
date: 2024-01-02
categories: [Things]
---
# Two

## A `code` heading, isn't it?

## Twice

## Twice

### Named {#own}
""",
        "docs/blog/posts/one.md": """\
---
date: 2024-01-01
slug: first
---
# One

<!-- more -->

## Näh, was?

[a](two.md) [b](../../about.md) [c](../../guide/index.md) [d](../posts/two.md#twice_1) [e](two.md#own)
[f](../../about.md#where-when) [g](<../../files/a b.pdf>) [h](../../files/a%20b.pdf) [i](#nah-was) [j](#top)
[k](/base/about/) [l](/base/blog/) [m](../../../../../about/) [n](/base/blog/2024/01/02/two/#twice) [o](/base/)
[p](https://example.org/base/guide/) [q](two.md#a-code-heading-isnt-it) ![r](pic.gif) ![s](../../img/one.gif)
![t](/base/img/one.gif) [u](/base/blog/category/things/) [v](/base/blog/archive/2024/) [w](?x=1) [x](#) [y](/elsewhere/)
[z](../category/things.md) [aa](../index.md) [bb](../archive/2024.md) ![cc](/base/img/own.gif) Note.[^1]

[A](three.md) [B](../about.md) [C](two.md#twice_3) [D](/base/abuot/) [E](#nah) ![F](nothing.gif) [G](draft.md)
[H](two) [I](/base/blog/2024/01/02/two/#nope) [J](../../.hidden.md) ![K](/base/img/two.gif) [L](/base/guide/nope/)
[M](../../about.md#where--when) [N](../../files/A%20B.pdf) [O](https://example.org/base/nope/) [P](Two.md)

[^1]: It is.
""",
    },
    (
        *(
            "three.md",
            "../about.md",
            "two.md#twice_3",
            "/base/abuot/",
            "#nah",
            "nothing.gif",
            "draft.md",
            "two",
        ),
        *("/base/blog/2024/01/02/two/#nope", "../../.hidden.md", "/base/img/two.gif", "/base/guide/nope/"),
        *("../../about.md#where--when", "../../files/A%20B.pdf", "https://example.org/base/nope/", "Two.md"),
    ),
)

MKDOCS = Planted(
    "mkdocs",
    {
        "mkdocs.yml": """\
site_name: Example
use_directory_urls: false
exclude_docs: |
  secret.md
""",
        "docs/index.md": """\
# Home

[a](page.md) [b](sub/other.md#two) [c](page.html) [d](sub/other.html#two) [e](/page.html) [f](sub/index.md) [g](sub/)
[A](pages.md) [B](sub/other.md#three) [C](page/) [D](secret.md) [E](sub/other/) [F](README.md)
""",
        "docs/page.md": "# Page\n\n[a](index.md) [b](./) [c](../docs/index.md) [A](page.md#nope)\n",
        "docs/secret.md": "# Secret\n",
        "docs/sub/index.md": "# Sub\n\n[a](../index.md) [b](../page.md) [A](page.md)\n",
        "docs/sub/other.md": "# Other\n\n## Two\n\n<span id='three-'></span>[a](#three-)\n",
    },
    (
        *("pages.md", "sub/other.md#three", "secret.md", "sub/other/", "README.md", "page/"),
        *("../docs/index.md", "page.md#nope", "page.md"),
    ),
)

PELICAN = Planted(
    "pelican",
    {
        "pelicanconf.py": """\
SITENAME = "Example"
SITEURL = ""
PATH = "content"
STATIC_PATHS = ["images", "extra/robots.txt"]
EXTRA_PATH_METADATA = {"extra/robots.txt": {"path": "robots.txt"}}
ARTICLE_URL = "{date:%Y}/{slug}/"
ARTICLE_SAVE_AS = "{date:%Y}/{slug}/index.html"
DEFAULT_LANG = "en"
TIMEZONE = "UTC"
MARKDOWN = {"extension_configs": {"markdown.extensions.extra": {}, "markdown.extensions.toc": {}}}
""",
        "content/images/one.gif": PICTURE,
        "content/files/a.txt": "text",
        "content/files/loose.txt": "text",
        "content/extra/robots.txt": "",
        "content/pages/about.md": "Title: About\n\n# Here\n",
        "content/two.md": "Title: Two\nDate: 2024-01-02\nTags: x\n\n## Part\n",
        "content/draft.md": "Title: Draft\nDate: 2024-01-02\nStatus: draft\n\nText.\n",
        "content/one.md": """\
Title: One
Date: 2024-01-01

## First part

[a]({filename}two.md) [b]({filename}/two.md#part) [c](|filename|two.md) [d]({static}/images/one.gif)
[e]({static}files/a.txt) [f]({filename}pages/about.md#here) [g](/2024/two/) [h](../two/) [i](#first-part)
[j](/pages/about.html) [k](/robots.txt) [l]({tag}x) [m]({index}) ![n](/images/one.gif) ![o]({static}images/one.gif)
[p](/tag/x.html) [q](/) [r]({filename}draft.md) [s]({attach}files/a.txt) [t](/archives.html)

[A]({filename}three.md) [B]({filename}two.md#nope) [C](two.md) [D](/2024/three/) [E](#nope) ![F](/images/two.gif)
[G](/files/loose.txt) [H](/about.html) ![I]({static}/images/two.gif) [J](/pages/about.html#there)
[K]({filename}/pages/x.md)
""",
    },
    (
        *("{filename}three.md", "/2024/two/#nope", "two.md", "/2024/three/", "#nope", "/images/two.gif"),
        *(
            "/files/loose.txt",
            "/about.html",
            "/images/two.gif",
            "/pages/about.html#there",
            "{filename}/pages/x.md",
        ),
    ),
)

PELICAN_RELATIVE = Planted(
    "pelican",
    {
        "pelicanconf.py": """\
SITENAME = "Example"
PATH = "content"
RELATIVE_URLS = True
PLUGINS = []
ARTICLE_URL = "posts/{slug}.html"
ARTICLE_SAVE_AS = "posts/{slug}.html"
DEFAULT_LANG = "en"
TIMEZONE = "UTC"
""",
        "content/images/one.gif": PICTURE,
        "content/two.md": "Title: Two\nDate: 2024-01-02\n\n<h2 id='part'>Part</h2>\n",
        "content/one.md": """\
Title: One
Date: 2024-01-01

[a]({filename}two.md) [b]({filename}two.md#part) ![c]({static}images/one.gif) [d](two.html) ![e](../images/one.gif)

[A]({filename}three.md) [B]({filename}/two.md#nope) [C](three.html) ![D](../images/two.gif) ![E]({static}images/two.gif)
""",
    },
    ("{filename}three.md", "posts/two.html#nope", "three.html", "../images/two.gif", "images/two.gif"),
)

NIKOLA = Planted(
    "nikola",
    {
        "conf.py": """\
BLOG_TITLE = "Example"
BLOG_AUTHOR = "Someone"
BLOG_EMAIL = "x@example.org"
BLOG_DESCRIPTION = "x"
SITE_URL = "https://example.org/blog/"
DEFAULT_LANG = "en"
TIMEZONE = "UTC"
TRANSLATIONS = {"en": "", "es": "es"}
POSTS = (("posts/*.md", "posts", "post.tmpl"),)
PAGES = (("pages/*.md", "", "page.tmpl"),)
COMPILERS = {"markdown": (".md",)}
MARKDOWN_EXTENSIONS = ["fenced_code", "codehilite", "extra", "toc"]
""",
        "files/a.pdf": "x",
        "images/one.svg": '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>',
        "pages/about.md": ".. title: About\n.. slug: about\n\n# Here\n",
        "posts/two.md": "<!--\n.. title: Two\n.. slug: two\n.. date: 2020-01-02\n-->\n\n# Part\n",
        "posts/one.md": """\
<!--
.. title: One
.. slug: one
.. date: 2020-01-01
-->

# First part

[a](link://slug/two) [b](link://filename/posts/two.md#part) [c](/posts/two/) [d](../two/) [e](/a.pdf) [f](#first-part)
[g](/about/#here) [h](https://example.org/blog/posts/two/) [i](/) [j](../../a.pdf) [k](/archive.html)
[m](/es/posts/two/) ![l](/one.svg)

[B](/posts/three/) [C](../three/) [D](/b.pdf) [E](#nope) [F](/about/#there) [G](two.md)
[H](https://example.org/blog/posts/three/) ![I](/images/one.svg)
""",
    },
    (
        *("/posts/three/", "../three/", "/b.pdf", "#nope", "/about/#there", "two.md"),
        *("https://example.org/blog/posts/three/", "/images/one.svg"),
    ),
)

HUGO = Planted(
    "hugo",
    {
        "hugo.toml": """\
baseURL = "https://example.org/base/"
title = "Example"
[permalinks]
posts = "/:year/:slug/"
[markup.goldmark.renderer]
unsafe = true
[markup.goldmark.parser.attribute]
block = true
""",
        "static/files/a.pdf": "x",
        "static/one.gif": PICTURE,
        "content/about.md": "---\ntitle: About\naliases: [/me/, old]\n---\n## Here\n",
        "content/docs/_index.md": "---\ntitle: Docs\n---\n",
        "content/docs/shown.gif": PICTURE,
        "content/docs/deep/page.md": "---\ntitle: Page\n---\n",
        "content/docs/deep/shown.gif": PICTURE,
        "content/posts/draft.md": "---\ntitle: Draft\ndate: 2024-01-03\ndraft: true\n---\n",
        "content/posts/two.md": """\
---
title: Two
date: 2024-01-02
tags: [x]
---
## Part one!

## Part one!

### Named {#own}
""",
        "content/posts/bundle/index.md": """\
---
title: In a bundle
date: 2024-01-03
---
![a](pic.gif) ![b](sub/pic.gif) [c](../two/) [d](/base/2024/two/) ![A](gone.gif) [B](../bundle/) ![C](../pic.gif)
""",
        "content/posts/bundle/pic.gif": PICTURE,
        "content/posts/bundle/sub/pic.gif": PICTURE,
        "content/posts/one.md": """\
---
title: One
date: 2024-01-01
---
## First part

[a]({{< ref "two.md" >}}) [b]({{< relref "two#own" >}}) [c](../two/) [d](/base/2024/two/#part-one) [e](#first-part)
[f](/base/files/a.pdf) [g](/base/about/#here) [h](/base/docs/) [i](/base/me/) [j](/base/tags/x/) [k](/base/posts/)
[l](/base/2024/two/#part-one-1) [m](/base/docs/deep/page/) ![n](/base/one.gif) [o](/base/2024/in-a-bundle/pic.gif)
[p](https://example.org/base/about/) [q](/base/index.xml) ![r](/base/docs/shown.gif) [s](/base/)
![t](/base/docs/deep/shown.gif)
<a name="spot"></a>[u](#spot)

[A](two.md) [B](/base/2024/three/) [C](/base/2024/two/#nope) [D](#nope) [E](/base/posts/two/) [F](/base/files/b.pdf)
![G](/base/two.gif) [H](/base/docs/deep/) [I](/base/2024/draft/) ![J](one.gif) [K](/base/2024/in-a-bundle/gone.gif)
[L](../two.html/x) [M](/base/about/#there)
""",
    },
    (
        *("gone.gif", "../bundle/", "../pic.gif"),
        *(
            "two.md",
            "/base/2024/three/",
            "/base/2024/two/#nope",
            "#nope",
            "/base/posts/two/",
            "/base/files/b.pdf",
        ),
        *(
            "/base/two.gif",
            "/base/docs/deep/",
            "/base/2024/draft/",
            "one.gif",
            "/base/2024/in-a-bundle/gone.gif",
        ),
        *("../two.html/x", "/base/about/#there"),
    ),
)

JEKYLL = Planted(
    "jekyll",
    {
        "_config.yml": """\
title: Example
url: https://example.org
baseurl: /base
permalink: /:year/:title/
collections:
  recipes:
    output: true
  hidden: {}
plugins: [jekyll-redirect-from, jekyll-feed]
exclude: [private]
""",
        "index.html": "---\n---\nHome\n",
        "about.md": "---\ntitle: About\npermalink: /me/\nredirect_from: [/about/, /old]\n---\n## Here\n",
        "contact.html": "---\ntitle: Contact\n---\nx\n",
        "plain.html": "<p id='spot'>x</p>\n",
        "assets/one.gif": PICTURE,
        "private/x.txt": "x",
        "_recipes/pie.md": "---\ntitle: Pie\n---\n## Crust\n",
        "_recipes/pie.gif": PICTURE,
        "_hidden/x.md": "---\ntitle: X\n---\nx\n",
        "_drafts/draft.md": "---\ntitle: Draft\n---\nx\n",
        "_posts/2024-01-02-two.md": "---\ntitle: Two\n---\n## Part\n\n## Part\n\n### Named\n{: #own}\n",
        "_posts/2024-01-01-one.md": """\
---
title: One
---
## First part

[a]({% post_url 2024-01-02-two %}) [b]({% link _recipes/pie.md %}#crust) [c](/base/2024/two/#part-1)
[d]({{ site.baseurl }}/me/#here) [e]({{ "/me/" | relative_url }}) [f](../two/#own) [g](#first-part) [h](/base/contact/)
[i](/base/recipes/pie/) ![j](/base/assets/one.gif) [k](/base/about/) [l](/base/plain.html#spot) [m](/base/feed.xml)
[n](https://example.org/base/me/) [o](/base/) [p](/base/old) ![q](/base/recipes/pie.gif) [r](/base/contact)

[A](/base/2024/three/) [B](#nope) [C](/base/2024/two/#part-2) ![D](/base/assets/two.gif) [E](/base/private/x.txt)
[F](/base/contact.html) [G](../three/) [H](/base/plain.html#nope) [I](2024-01-02-two.md) [J](/base/hidden/x.html)
[K](/base/2024/draft/) [L](/base/_recipes/pie.md) [M](/base/me/#there)
""",
    },
    (
        *(
            "/base/2024/three/",
            "#nope",
            "/base/2024/two/#part-2",
            "/base/assets/two.gif",
            "/base/private/x.txt",
        ),
        *(
            "/base/contact.html",
            "../three/",
            "/base/plain.html#nope",
            "2024-01-02-two.md",
            "/base/hidden/x.html",
        ),
        *("/base/2024/draft/", "/base/_recipes/pie.md", "/base/me/#there"),
    ),
)

TAGS = """\
---
pagination:
  data: collections
  size: 1
  alias: tag
permalink: /tags/{{ tag }}/
---
x
"""

ELEVENTY = Planted(
    "eleventy",
    {
        "eleventy.config.js": """\
export default function (config) {
  config.addPassthroughCopy({ "public": "/" });
  config.addPassthroughCopy("content/files");
  return { dir: { input: "content", output: "_site" } };
}
""",
        "public/img/one.gif": PICTURE,
        "content/files/a.pdf": "x",
        "content/index.njk": "Home",
        "content/about.html": "---\npermalink: /me/\n---\nAbout",
        "content/tag.njk": TAGS,
        "content/blog/two.md": '---\ntitle: Two\ntags: x\n---\n## Part\n\n<h3 id="own">Named</h3>\n',
        "content/blog/third/third.md": "---\ntitle: Third\n---\n[a](../two/) ![A](gone.gif)\n",
        "content/blog/one.md": """\
---
title: One
---
[a](/blog/two/) [b](../two/#own) [c](/me/) [d](/) [e](/files/a.pdf) ![f](/img/one.gif) [g](/blog/third/) [h](/tags/x/)

[A](two.md) [B](/blog/three/) [C](../two/#part) [D](/about/) [E](/files/b.pdf) ![F](/img/two.gif) ![G](one.gif)
[H](/blog/third/third/)
""",
    },
    (
        "gone.gif",
        *("two.md", "/blog/three/", "../two/#part", "/about/", "/files/b.pdf", "/img/two.gif", "one.gif"),
        "/blog/third/third/",
    ),
)

HEXO = Planted(
    "hexo",
    {
        "_config.yml": """\
title: Example
url: https://example.org/base
root: /base/
permalink: :year/:title/
post_asset_folder: true
future: true
timezone: UTC
relative_link: false
""",
        "source/about/index.md": "---\ntitle: About\n---\n## Here\n",
        "source/img/one.gif": PICTURE,
        "source/raw.html": "<p id='spot'>x</p>",
        "source/_posts/two.md": "---\ntitle: Two\ndate: 2024-01-02\n---\n## Part one\n",
        "source/_posts/one/pic.gif": PICTURE,
        "source/_drafts/draft.md": "---\ntitle: Draft\n---\nx\n",
        "source/_posts/one.md": """\
---
title: One
date: 2024-01-01
---
## First part

[a](/base/2024/two/) [b](../two/#Part-one) [c](#First-part) [d](/base/about/#Here) [f](/base/img/one.gif)
[g](/base/archives/) [h](https://example.org/base/about/) [i](/base/raw.html) [j](/base/2024/one/pic.gif) [k](/base/)

[A](two.md) [B](/base/2024/three/) [C](#nope) [D](/base/2024/two/#nope) ![E](/img/two.gif) [F](../three/)
[G](/base/about/#there) [H](/base/2024/one/gone.gif)
""",
    },
    (
        *("two.md", "/base/2024/three/", "#nope", "/base/2024/two/#nope", "/base/img/two.gif", "../three/"),
        *("/base/about/#there", "/base/2024/one/gone.gif"),
    ),
)

ASTRO = Planted(
    "astro",
    {
        "astro.config.mjs": 'export default { site: "https://example.org", base: "/base" };\n',
        "package.json": '{"private": true, "type": "module"}',
        "src/content.config.mjs": """\
import { defineCollection } from "astro:content";
import { glob } from "astro/loaders";
const blog = defineCollection({ loader: glob({ pattern: "**/*.md", base: "./src/content/blog" }) });
export const collections = { blog };
""",
        "src/pages/index.astro": "<p>Home</p>\n",
        "src/pages/about.astro": "<p id='spot'>About</p>\n",
        "src/pages/tags/[tag].astro": """\
---
export function getStaticPaths() { return [{ params: { tag: "x" } }]; }
---
<p>Tag</p>
""",
        "src/pages/blog/[...slug].astro": """\
---
import { getCollection, render } from "astro:content";
export async function getStaticPaths() {
  const posts = await getCollection("blog");
  return posts.map((post) => ({ params: { slug: post.id }, props: { post } }));
}
const { post } = Astro.props;
const { Content } = await render(post);
---
<copydesk-post data-source={`src/content/blog/${post.id}.md`}><Content /></copydesk-post>
""",
        "public/img/one.svg": '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>',
        "src/content/blog/two.md": "---\ntitle: Two\n---\n## Part one!\n\n## Part one!\n",
        "src/content/blog/one.md": """\
---
title: One
---
## First part

[a](/base/blog/two/) [b](../two/#part-one-1) [c](#first-part) [d](/base/about/) [e](/base/) [f](/base/tags/x/)
![g](/base/img/one.svg)

[A](two.md) [B](/base/blog/three/) [C](#nope) [D](/base/blog/two/#nope) [E](/base/abuot/) ![F](/base/img/two.svg)
""",
    },
    ("two.md", "/base/blog/three/", "#nope", "/base/blog/two/#nope", "/base/abuot/", "/base/img/two.svg"),
)

ALL = {
    "material": MATERIAL,
    "mkdocs": MKDOCS,
    "pelican": PELICAN,
    "pelican-relative": PELICAN_RELATIVE,
    "nikola": NIKOLA,
    "hugo": HUGO,
    "jekyll": JEKYLL,
    "eleventy": ELEVENTY,
    "hexo": HEXO,
    "astro": ASTRO,
}
