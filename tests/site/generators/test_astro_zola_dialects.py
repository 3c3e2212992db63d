"""From the configurations of Astro and Zola to the Markdown that the preview makes."""

import pytest

from editor.settings import Settings
from editor.site.find import open_site


def dialect(folder, name, text):
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(text, "utf-8")
    return open_site(folder, Settings()).dialect


def astro(tmp_path, text):
    return dialect(tmp_path / "site", "astro.config.mjs", text)


def test_astro_as_it_comes(tmp_path):
    made = astro(tmp_path, "export default {};")
    assert made.family == "commonmark"
    assert made.reasons == ()
    assert made.options["gfm"] is True and made.options["smartypants"] is True
    assert made.options["highlighter"] == "shiki"


def test_astro_with_options(tmp_path):
    made = astro(
        tmp_path,
        """
        import { defineConfig } from "astro/config";
        import mdx from "@astrojs/mdx";
        import sitemap from "@astrojs/sitemap";
        import rehypeSlug from "rehype-slug";
        export default defineConfig({
          integrations: [mdx(), sitemap()],
          image: { domains: ["example.com"] },
          markdown: {
            gfm: false, smartypants: { dashes: "oldschool" },
            syntaxHighlight: { type: "prism", excludeLangs: ["mermaid"] },
            shikiConfig: { theme: "nord", wrap: true },
            remarkRehype: { footnoteLabel: "Notes" },
            rehypePlugins: [rehypeSlug],
          },
        });
        """,
    )
    assert made.reasons == ()
    options = made.options
    assert (options["gfm"], options["smartypants"]) == (False, {"dashes": "oldschool"})
    assert (options["highlighter"], options["exclude"]) == ("prism", ["mermaid"])
    assert options["shiki"] == {"theme": "nord", "wrap": True}
    assert options["rehype"] == {"footnoteLabel": "Notes"}
    assert options["keeps_hyphens"] is True
    assert options["remote"] == ["https://example.com/", "http://example.com/"]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ('import a from "remark-toc"; export default { markdown: { remarkPlugins: [a] } };', "remark-toc"),
        ('import a from "b"; export default { markdown: { rehypePlugins: [[a, { c: 1 }]] } };', "b"),
        ("export default { markdown: { rehypePlugins: plugins() } };", "plugins()"),
        ('import s from "@astrojs/starlight"; export default { integrations: [s()] };', "@astrojs/starlight"),
        ('import s from "./own"; export default { integrations: [s({ a: 1 })] };', "./own"),
        ("export default { markdown: { smartypants: f() } };", "markdown.smartypants"),
        ("export default { markdown: { shikiConfig: { transformers: [f()] } } };", "transformers"),
        ("export default { markdown: { remarkRehype: { handlers: {} } } };", "remarkRehype.handlers"),
        ("export default { markdown: f() };", "markdown"),
    ],
)
def test_what_astro_would_add_is_told(tmp_path, text, named):
    reasons = astro(tmp_path, text).reasons
    assert len(reasons) == 1
    assert named in reasons[0]


def test_a_plugin_that_only_writes_data_changes_nothing(tmp_path):
    text = "export default { markdown: { remarkPlugins: [remarkReadingTime], rehypePlugins: [rehypeHeadingIds] } };"
    assert astro(tmp_path, text).reasons == ()


def test_zola_is_never_taken_for_exact(tmp_path):
    made = dialect(
        tmp_path,
        "config.toml",
        'base_url = "https://example.com"\n[slugify]\nanchors = "safe"\n'
        "[markdown]\nhighlight_code = true\nsmart_punctuation = true\ngithub_alerts = true\n",
    )
    assert made.options["flavour"] == "zola"
    assert made.options["anchors"] == "safe"
    assert made.options["highlighted"] is True
    assert made.options["markdown"]["smart_punctuation"] is True
    assert len(made.reasons) == 2


def test_zola_pages_know_where_their_links_lead(tmp_path):
    dialect(tmp_path, "config.toml", 'base_url = "https://example.com/x"\n')
    blog = tmp_path / "content/blog"
    blog.mkdir(parents=True)
    (blog / "_index.md").write_text('+++\ninsert_anchor_links = "left"\n+++\n')
    (blog / "other.md").write_text('+++\nslug = "named"\n+++\n')
    post = blog / "post.md"
    text = "+++\n+++\n[a](@/blog/other.md#b) [c](@/blog/_index.md) [d](@/none.md) [e](@/../config.toml.md)"
    post.write_text(text)
    site = open_site(tmp_path, Settings())
    facts = site.page_context(post, {}, text).facts
    assert facts["anchor_links"] == "left"
    assert facts["permalinks"] == {
        "@/blog/other.md": "https://example.com/x/blog/named/",
        "@/blog/_index.md": "https://example.com/x/blog/",
    }
