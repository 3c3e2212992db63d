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


def _agree(folder, tmp_path):
    pages = real_builds.astro(folder, tmp_path / "scratch")
    assert pages is not None
    assert real_builds.differences(folder, pages) == []
    return pages


def test_posts_are_published_as_astro_does(tmp_path, write):
    names = {name.removesuffix(".md"): "title: x" for name in NAMES}
    folder = _site(tmp_path / "site", write, {**CASES, **names})
    assert len(_agree(folder, tmp_path)) > 15


def test_drafts_that_nobody_filters_on_another_page(tmp_path, write):
    config = '{ site: "https://example.org", base: "/sub", build: { format: "file" } }'
    folder = _site(tmp_path / "site", write, CASES, page="writing/[...id]", config=config, drafts="true")
    pages = _agree(folder, tmp_path)
    assert pages["src/content/blog/draft.md"] == "/writing/draft.html"
    assert open_site(folder).url == "https://example.org/sub"


@pytest.mark.parametrize("name", FAILING)
def test_a_post_that_the_schema_refuses_is_invalid(tmp_path, write, name):
    folder = _site(tmp_path / "site", write, {name: FAILING[name]})
    [post] = read_posts(open_site(folder))
    assert post.state == "invalid"
    assert post.problem


@pytest.mark.parametrize("name", ["no title", "draft yes", "tags bare", "bad date", "broken yaml"])
def test_such_a_post_fails_the_real_build(tmp_path, write, name):
    folder = _site(tmp_path / "site", write, {name: FAILING[name]})
    assert real_builds.astro(folder, tmp_path / "scratch") is None
