"""Excerpts are those that the real generators make of the same posts."""

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from editor.render.process import BlockingRenderer
from editor.site import find
from editor.site.excerpts import Excerpt, plan_excerpt
from editor.site.site import Site
from tests.end_to_end.published.compare import difference
from tests.end_to_end.published.programs import GeneratorError, interpreter, program, run

WORDS = (
    "One two three *four* five six, seven eight's nine-ten eleven `twelve` &amp; thirteen&mdash;fourteen. "
)
LONG = f"""First <em>paragraph</em> with [a link][x] and **strong**. {WORDS * 2}

> A quote. {WORDS * 2}

- {WORDS * 2}
- and a [link](https://example.org/ "of words")

Then. {WORDS * 4}

## A heading

End. {WORDS}

[x]: https://example.org/x
"""
BODIES = {
    "none": LONG,
    "short": "Only a word or two.\n",
    "empty-line": "First.\n\nSecond.\n\nThird with `code`.\n",
    "spaced": "First.\n\n<!-- more -->\n\nSecond.\n",
    "tight": "First.\n\n<!--more-->\n\nSecond.\n",
    "upper": "First.\n\n<!-- MORE -->\n\nSecond.\n",
    "inline": "First <!-- more --> half.\n\nSecond.\n",
    "tight-inline": "First <!--more--> half.\n\nSecond.\n",
    "in-code": "First `<!-- more -->` and `<!--more-->` in code.\n\n```\n<!-- more -->\n```\n\nSecond.\n",
    "twice": "First.\n\n<!-- more -->\n\nSecond.\n\n<!-- more -->\n\nThird.\n",
    "in-list": "- First\n- second\n\n<!-- more -->\n\n- third\n",
    "teaser": "First.\n\n<!-- TEASER_END -->\n\nSecond.\n",
    "teaser-words": "First.\n\n<!-- TEASER_END: go on -->\n\nSecond.\n",
    "end-teaser": "First.\n\n<!--end_teaser-->\n\nSecond.\n",
    "reference": "See [it][ref] and [that].\n\n<!-- more -->\n\nSecond.\n\n[ref]: /a 'A'\n[that]: /b\n",
    "tight-reference": "See [it][ref] and [that].\n\n<!--more-->\n\nSecond.\n\n[ref]: /a 'A'\n[that]: /b\n",
    "chinese": "这是一个很长的句子没有空格" * 9 + "\n\n第二段。\n",
    "heading": "# Own title\n\nFirst.\n\n<!-- more -->\n\nSecond.\n",
}


def excerpt(renderer: BlockingRenderer, site: Site, name: str) -> Excerpt:
    """Return the excerpt of the post `name` of `site`."""
    path = site.root / name
    text = path.read_bytes().decode()
    plan = plan_excerpt(site, path, text)
    html = ""
    if plan.text:
        renderer.open(plan.text, plan.dialect, site.page_context(path, site.read(text).values, text))
        html = renderer.render().html
    return plan.excerpt(html)


def write(root: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


@pytest.fixture(scope="module")
def renderer() -> Iterator[BlockingRenderer]:
    with BlockingRenderer() as made:
        yield made


def compare(renderer: BlockingRenderer, root: Path, published: dict[str, str], names: dict[str, str]) -> None:
    """Compare the excerpts of posts (key -> file) with what was published of them (by the key)."""
    wrong = {}
    site = find.open_site(root)
    for key, name in names.items():
        made = excerpt(renderer, site, name)
        found = difference(published[key], made.html)
        if found:
            wrong[key] = (*found, made.words, published[key])
    assert not wrong


def needs(name: str) -> Path:
    try:
        return program(name)
    except GeneratorError as error:
        pytest.skip(str(error))


def articles(html: str) -> dict[str, str]:
    return dict(re.findall(r'<article id="([^"]+)">\n?(.*?)</article>', html, re.DOTALL))


SUMMARIES = {
    "with-summary": ("summary", "Own *summary* of [it](/x).", LONG),
    "with-summary-and-mark": ("summary", "Own summary.", BODIES["tight"]),
    "with-excerpt": ("excerpt", "Own *excerpt*.", LONG),
    "with-excerpt-and-mark": ("excerpt", "Own excerpt.", BODIES["spaced"]),
}


def yaml_posts(folder: str, pattern: str) -> dict[str, str]:
    """Return the texts of all posts, by file."""
    made = {key: f"---\ntitle: The title\ndate: 2024-01-02\n---\n\n{body}" for key, body in BODIES.items()}
    for key, (field, value, body) in SUMMARIES.items():
        made[key] = f'---\ntitle: The title\ndate: 2024-01-02\n{field}: "{value}"\n---\n\n{body}'
    return {f"{folder}/{pattern.format(key)}": text for key, text in made.items()}


def keys(files: dict[str, str]) -> dict[str, str]:
    return {re.sub(r"^\d{4}-\d\d-\d\d-", "", Path(name).stem): name for name in files}


@pytest.mark.parametrize(
    "options", ["", "summaryLength = 20\n", "summaryLength = 4\nhasCJKLanguage = true\n"]
)
def test_hugo(tmp_path, renderer, options):
    hugo = needs("hugo")
    posts = yaml_posts("content/posts", "{}.md")
    write(
        tmp_path,
        {
            "hugo.toml": "baseURL = 'https://example.org/'\n" + options,
            "layouts/_default/single.html": "-",
            "layouts/_default/list.html": (
                '{{ range .Site.RegularPages }}<article id="{{ .File.ContentBaseName }}">{{ .Summary }}</article>'
                "{{ end }}"
            ),
            **posts,
        },
    )
    done = run([str(hugo), "--destination", str(tmp_path / "out")], tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    compare(renderer, tmp_path, articles((tmp_path / "out/posts/index.html").read_text("utf-8")), keys(posts))


@pytest.mark.parametrize("options", ["", 'excerpt_separator: "<!-- more -->"\n', 'excerpt_separator: ""\n'])
def test_jekyll(tmp_path, renderer, options):
    needs("jekyll")
    posts = yaml_posts("_posts", "2024-01-02-{}.md")
    posts["_posts/2024-01-02-own.md"] = "---\nexcerpt_separator: END\n---\nFirst.\n\nSecond. END\n\nThird.\n"
    write(
        tmp_path,
        {
            "_config.yml": "title: x\nurl: https://example.org\n" + options,
            "index.html": (
                '---\n---\n{% for post in site.posts %}<article id="{{ post.path }}">{{ post.excerpt }}</article>'
                "{% endfor %}"
            ),
            **posts,
        },
    )
    done = run(["jekyll", "build", "-d", str(tmp_path / "out")], tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    published = articles((tmp_path / "out/index.html").read_text("utf-8"))
    compare(renderer, tmp_path, published, {name: name for name in posts})


@pytest.mark.parametrize(
    "options",
    [
        "",
        "SUMMARY_MAX_LENGTH = 7\n",
        "SUMMARY_MAX_LENGTH = None\n",
        "SUMMARY_MAX_PARAGRAPHS = 2\nSUMMARY_END_SUFFIX = '...'\n",
        "SUMMARY_MAX_LENGTH = 0\n",
    ],
)
def test_pelican(tmp_path, renderer, options):
    pelican = needs("pelican")
    posts = {
        f"content/{key}.md": f"Title: The title\nDate: 2024-01-02\nSlug: {key}\n\n{body}"
        for key, body in BODIES.items()
    }
    posts["content/with-summary.md"] = (
        f"Title: The title\nDate: 2024-01-02\nSummary: Own *summary* [x](/y).\n\n{LONG}"
    )
    write(
        tmp_path,
        {
            "pelicanconf.py": "PATH = 'content'\nSITEURL = ''\nTIMEZONE = 'UTC'\nDEFAULT_PAGINATION = False\n"
            + options,
            "theme/templates/index.html": (
                '{% for article in articles %}<article id="{{ article.relative_source_path }}">{{ article.summary }}'
                "</article>{% endfor %}"
            ),
            **posts,
        },
    )
    done = run([str(pelican), "content", "-s", "pelicanconf.py", "-o", "out", "-t", "theme"], tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    published = articles((tmp_path / "out/index.html").read_text("utf-8"))
    names = {Path(name).name: name for name in posts}
    compare(renderer, tmp_path, published, names)


def test_nikola(tmp_path, renderer):
    needs("nikola")
    posts = {
        f"posts/{key}.md": (
            f"<!--\n.. title: The title\n.. slug: {key}\n.. date: 2024-01-02 10:00:00 UTC\n-->\n\n{body}"
        )
        for key, body in BODIES.items()
    }
    config = (
        "BLOG_TITLE = 'x'\nBLOG_AUTHOR = 'x'\nBLOG_EMAIL = 'x@example.org'\nBLOG_DESCRIPTION = 'x'\n"
        "SITE_URL = 'https://example.org/'\nPOSTS = (('posts/*.md', 'posts', 'post.tmpl'),)\nPAGES = ()\n"
        "COMPILERS = {'markdown': ('.md',)}\nINDEX_TEASERS = True\nDEMOTE_HEADERS = 0\n"
    )
    driver = """
import json, os, sys
site, out = sys.argv[1:]
os.chdir(site)
sys.path.insert(0, site)
import conf
import lxml.html
from nikola import Nikola
lxml.html.HtmlElement.make_links_absolute = lambda *_, **__: None
nikola = Nikola(**{name: value for name, value in vars(conf).items() if name.isupper()}, __invariant__=False)
nikola.init_plugins()
nikola.scan_posts(really=True, ignore_quit=True, quiet=True)
pages = {post.source_path: post.text(teaser_only=True, show_read_more_link=False) for post in nikola.timeline}
open(out, "w").write(json.dumps(pages))
"""
    write(tmp_path, {"conf.py": config, "driver.py": driver, **posts})
    done = run([interpreter("nikola"), "driver.py", str(tmp_path), str(tmp_path / "out.json")], tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    compare(
        renderer,
        tmp_path,
        json.loads((tmp_path / "out.json").read_text("utf-8")),
        {name: name for name in posts},
    )


def test_hexo(tmp_path, renderer):
    modules = needs("hexo").parents[1]
    posts = yaml_posts("source/_posts", "{}.md")
    package = json.loads((modules.parent / "package.json").read_text("utf-8"))
    driver = """
const [modules, out] = process.argv.slice(2);
const hexo = new (require(`${modules}/hexo`))(process.cwd(), { silent: true });
hexo.init().then(() => hexo.load()).then(() => {
  const pages = {};
  hexo.locals.get("posts").forEach((post) => { pages[`source/${post.source}`] = post.excerpt || post.content; });
  require("fs").writeFileSync(out, JSON.stringify(pages));
  process.exit(0);
});
"""
    write(
        tmp_path,
        {
            "_config.yml": "title: x\nurl: https://example.org\n",
            "package.json": json.dumps({**package, "hexo": {"version": ""}}),
            "driver.cjs": driver,
            **posts,
        },
    )
    (tmp_path / "node_modules").symlink_to(modules)
    done = run(["node", "driver.cjs", str(modules), str(tmp_path / "out.json")], tmp_path)
    assert (tmp_path / "out.json").exists(), done.stdout + done.stderr
    compare(
        renderer,
        tmp_path,
        json.loads((tmp_path / "out.json").read_text("utf-8")),
        {name: name for name in posts},
    )


def test_eleventy(tmp_path):
    modules = needs("eleventy").parents[1]
    posts = yaml_posts("posts", "{}.md")
    posts["posts/own.md"] = "---\nexcerpt_separator: END\n---\nFirst.\n\nSecond. END\n\nThird.\n"
    config = """module.exports = function (config) {
  config.setFrontMatterParsingOptions({ excerpt: true, excerpt_separator: "<!-- more -->" });
  config.setTemplateFormats(["md", "njk"]);
};
"""
    index = (
        "{% for page in collections.all %}{% if page.inputPath != './index.njk' %}"
        '<article id="{{ page.inputPath }}">{{ page.page.excerpt | dump | safe }}</article>{% endif %}{% endfor %}'
    )
    write(
        tmp_path,
        {"eleventy.config.cjs": config, "index.njk": f"---\npermalink: /i.html\n---\n{index}", **posts},
    )
    (tmp_path / "node_modules").symlink_to(modules)
    done = run([str(program("eleventy")), "--output=out"], tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    published = {
        name.removeprefix("./"): json.loads(text) if text else ""
        for name, text in articles((tmp_path / "out/i.html").read_text("utf-8")).items()
    }
    site = find.open_site(tmp_path)
    for name, text in posts.items():
        plan = plan_excerpt(site, tmp_path / name, text)
        made = plan.excerpt("x")
        source = plan.text.partition("---\n\n")[2] if name != "posts/own.md" else plan.text.split("---\n")[2]
        assert (source if made.kind == "mark" else "") == published[name].lstrip("\n"), name


@pytest.mark.parametrize("mark", ["<!-- more -->", "<!-- TEASER_END -->"])
def test_material(tmp_path, renderer, mark):
    pytest.importorskip("material")
    posts = {
        f"docs/blog/posts/{key}.md": f"---\ntitle: The title\ndate: 2024-01-02\n---\n\n{body}"
        for key, body in BODIES.items()
    }
    write(
        tmp_path,
        {
            "mkdocs.yml": (
                "site_name: x\nsite_url: https://example.org/\ntheme: {name: material, custom_dir: theme}\n"
                f"plugins:\n  - blog:\n      post_excerpt_separator: '{mark}'\n      pagination_per_page: 99\n"
                "markdown_extensions:\n  - toc: {permalink: true}\n  - attr_list\n"
            ),
            "docs/index.md": "# x\n",
            "docs/blog/index.md": "# Blog\n",
            "theme/blog.html": (
                '{% for post in posts %}<article id="{{ post.post.file.src_uri }}">{{ post.content }}</article>'
                "{% endfor %}"
            ),
            **posts,
        },
    )
    done = run([sys.executable, "-m", "mkdocs", "build", "-q", "-d", str(tmp_path / "out")], tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    published = articles((tmp_path / "out/blog/index.html").read_text("utf-8"))
    site = find.open_site(tmp_path)
    for name in posts:
        made = excerpt(renderer, site, name)
        # The headings of a list are links to the post.
        one, other = (
            re.sub(r'(<a class="toclink" href=)"[^"]*"', r'\1""', html)
            for html in (published[name.removeprefix("docs/")], made.html)
        )
        assert difference(one, other) is None, name
