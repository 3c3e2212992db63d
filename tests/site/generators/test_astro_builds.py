"""What the site says of Astro's posts is what the real Astro does with them."""

import pytest

from editor.site.find import open_site
from editor.site.index import read_posts
from tests.site.generators import real_builds

COLLECTION = """\
import { defineCollection, z } from "astro:content";
import { glob } from "astro/loaders";

const blog = defineCollection({
  loader: glob({ base: "./src/content/blog", pattern: "**/*.{md,mdx}" }),
  schema: z.object({
    title: z.string(),
    description: z.string().optional(),
    pubDate: z.coerce.date().optional(),
    tags: z.array(z.string()).default([]),
    kind: z.enum(["note", "essay"]).optional(),
    draft: z.boolean().default(false),
    weight: z.number().int().optional(),
  }),
});

export const collections = { blog };
"""
PAGE = """\
---
import { getCollection } from "astro:content";
export async function getStaticPaths() {
  const posts = await getCollection("blog", ({ data }) => FILTER);
  return posts.map((post) => ({ params: { PARAM: post.id }, props: post }));
}
const { filePath } = Astro.props;
---
<p data-source={filePath}></p>
"""
CASES = {
    "plain": "title: Plain\npubDate: 2024-01-31",
    "draft": "title: x\ndraft: true",
    "not a draft": "title: x\ndraft: false",
    "future": "title: x\npubDate: 2099-01-31",
    "quoted date": "title: x\npubDate: '2024-01-31'",
    "named day": "title: x\npubDate: Jul 08 2022",
    "slug": "title: x\nslug: my/own-slug",
    "tags": "title: x\ntags: [one, two]",
    "kind": "title: x\nkind: essay",
    "more": "title: x\nother: 1",
}
FAILING = {
    "no title": "description: x",
    "number as title": "title: 2024",
    "draft quoted": "title: x\ndraft: 'true'",
    "draft yes": "title: x\ndraft: yes",
    "tags bare": "title: x\ntags: one",
    "number as tag": "title: x\ntags: [1]",
    "bad kind": "title: x\nkind: poem",
    "bad date": "title: x\npubDate: someday",
    "broken yaml": "title: a: b: c",
}
NAMES = (
    "My First Post.md",
    "UPPER_Case.md",
    "über größe.md",
    "v1.2.md",
    "it's (one) & two!.md",
    "2024-05-06-dated.md",
    "folder/index.md",
    "folder/Deep Er/page.md",
    "_under.md",
    ".hidden.md",
)


def _site(folder, write, posts, *, page="blog/[...slug]", config="{}", drafts="data.draft !== true"):
    param = page.rsplit(".", 1)[-1].rstrip("]")
    return write(
        folder,
        {
            "package.json": '{"private": true, "type": "module"}',
            "astro.config.mjs": f"export default {config};\n",
            "src/content.config.ts": COLLECTION,
            f"src/pages/{page}.astro": PAGE.replace("FILTER", drafts).replace("PARAM", param),
            **{
                f"src/content/blog/{name}.md": f"---\n{header}\n---\n\nText.\n"
                for name, header in posts.items()
            },
        },
    )


REFUSED = ("no title", "draft yes", "tags bare", "bad date", "broken yaml")
"""Those of FAILING that are built: each takes Astro a while."""


HELPED = """\
---
import { getCollection, render } from "astro:content";
import { every } from "@/posts";
import { shown } from "../../lib";
export async function getStaticPaths() {
  const posts = FUNCTION;
  return posts.map((post) => ({ params: { slug: PARAM }, props: { post } }));
}
const { post } = Astro.props;
const authors = await getCollection("people");
---
<p data-source={post.filePath}></p>
"""
HELPERS = {
    "tsconfig.json": '{"compilerOptions": {"baseUrl": ".", "paths": {"@/*": ["src/*"]}}}\n',
    "src/posts.ts": (
        'import { getCollection } from "astro:content";\n'
        "export async function every(name: any) {\n  return getCollection(name);\n}\n"
        'export async function people() {\n  return getCollection("people");\n}\n'
    ),
    "src/lib/index.ts": (
        'import { every } from "../posts";\nexport const shown = async () => (await every("blog")).slice();\n'
    ),
    "src/pages/tags/[tag].astro": (
        '---\nimport { getCollection } from "astro:content";\nexport async function getStaticPaths() {\n'
        '  const posts = await getCollection("blog");\n'
        "  const tags = [...new Set(posts.flatMap((post) => post.data.tags ?? []))];\n"
        "  return tags.map((tag) => ({ params: { tag } }));\n}\n---\n<p>tag</p>\n"
    ),
    "src/content/people/ada.md": "---\ntitle: Ada\n---\n",
    "src/content/blog/one.md": "---\ntitle: One\ntags: [x]\nkey: nr-1\n---\n",
    "src/content/blog/deep/Two.md": "---\ntitle: Two\nkey: nr-2\n---\n",
    "src/content.config.ts": (
        'import { defineCollection, z } from "astro:content";\nimport { glob } from "astro/loaders";\n'
        "const base = z.object({ title: z.string() });\n"
        "const blog = defineCollection({\n"
        '  loader: glob({ pattern: "**/*.md", base: "./src/content/blog" }),\n'
        "  schema: () => base.extend({\n    cover: z.object({ alt: z.string() }).optional(),\n"
        "    tags: z.array(z.string()).optional(), key: z.string().optional(),\n"
        "    date: z.string().or(z.date()).optional(), lang: z.enum([...['en']]).optional(),\n  }),\n});\n"
        'const people = defineCollection({ loader: glob({ pattern: "*.md", base: "./src/content/people" }) });\n'
        "export const collections: { blog: typeof blog; people: typeof people } = { blog, people };\n"
    ),
}
FUNCTIONS = {
    "one of another module": ('await every("blog")', "post.id", "/writing/one/"),
    "one that calls another": ("await shown()", "post.id", "/writing/one/"),
    "one that calls another, by a field": ("await shown()", "post.data.key", "/writing/nr-1/"),
    "Astro's, by a field or its id": (
        'await getCollection("blog")',
        "post.data.missing ?? post.id",
        "/writing/one/",
    ),
}
"""What the page asks for posts -> that, what it is named by, and the first post's address."""


def _helped(folder, write, name):
    function, parameter, _address = FUNCTIONS[name]
    _site(folder, write, {})
    (folder / "src/pages/blog/[...slug].astro").unlink()
    page = HELPED.replace("FUNCTION", function).replace("PARAM", parameter)
    return write(folder, {**HELPERS, "src/pages/writing/[...slug].astro": page})


@pytest.fixture(scope="module")
def sites(tmp_path_factory, write):
    """Give folder and pages of the site of every case, all built in one run."""
    folder = tmp_path_factory.mktemp("sites")
    names = {name.removesuffix(".md"): "title: x" for name in NAMES}
    config = '{ site: "https://example.org", base: "/sub", build: { format: "file" } }'
    made = {
        "filtered": _site(folder / "filtered", write, {**CASES, **names}),
        "unfiltered": _site(
            folder / "unfiltered", write, CASES, page="writing/[...id]", config=config, drafts="true"
        ),
        **{name: _site(folder / name, write, {name: FAILING[name]}) for name in REFUSED},
        **{name: _helped(folder / name, write, name) for name in FUNCTIONS},
    }
    pages = real_builds.astro(made, tmp_path_factory.mktemp("scratch"))
    return {name: (site, pages[name]) for name, site in made.items()}


def test_posts_are_published_as_astro_does(sites):
    assert len(real_builds.agreed(*sites["filtered"])) > 15


def test_drafts_that_nobody_filters_on_another_page(sites):
    folder, pages = sites["unfiltered"]
    assert real_builds.agreed(folder, pages)["src/content/blog/draft.md"] == "/writing/draft.html"
    assert open_site(folder).url == "https://example.org/sub"


@pytest.mark.parametrize("name", FAILING)
def test_a_post_that_the_schema_refuses_is_invalid(tmp_path, write, name):
    folder = _site(tmp_path / "site", write, {name: FAILING[name]})
    [post] = read_posts(open_site(folder))
    assert post.state == "invalid"
    assert post.problem


@pytest.mark.parametrize("name", REFUSED)
def test_such_a_post_fails_the_real_build(sites, name):
    _folder, pages = sites[name]
    assert pages is None


@pytest.mark.parametrize("name", FUNCTIONS)
def test_pages_that_ask_for_posts_by_functions_of_the_site(sites, name):
    folder, pages = sites[name]
    assert real_builds.agreed(folder, pages)["src/content/blog/one.md"] == FUNCTIONS[name][2]
    states = {post.path.stem: post.state for post in read_posts(open_site(folder))}
    assert states == {"one": "published", "Two": "published", "ada": "hidden"}
