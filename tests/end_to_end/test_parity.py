"""The preview is what gets published: DOM equality with the real MkDocs, on the demo site and a real blog."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from editor import resources

html5lib = pytest.importorskip("html5lib")
pytest.importorskip("material")

ROOT = Path(__file__).resolve().parents[2]

BUILD = """
import json, os, sys
from mkdocs.commands.build import build
from mkdocs.config import load_config
site, out, built = sys.argv[1:]
os.chdir(site)
config = load_config("mkdocs.yml", site_dir=built, hooks=[])
pages = {}
def keep(html, *, page, config, files):
    if page.file.abs_src_path and page.file.src_uri.endswith(".md"):
        pages[os.path.relpath(page.file.abs_src_path, site)] = html
    return html
config.plugins.events["page_content"].append(keep)
for name, plugin in config.plugins.items():
    if name.endswith("blog"):
        plugin.config.draft = True
config.plugins.on_startup(command="build", dirty=False)
build(config)
json.dump(pages, open(out, "w"))
"""

BLOCKS = frozenset(
    """
    address article aside blockquote br dd details div dl dt figcaption figure footer form h1 h2 h3 h4 h5 h6
    header hr li nav ol p pre section summary table tbody td tfoot th thead tr ul
    """.split()  # noqa: SIM905
)


def tree(html):
    """Return the DOM as nested lists: comments, and white space at the edges of blocks, do not count."""
    root = html5lib.parseFragment(html, treebuilder="etree", namespaceHTMLElements=False)
    return shape(root, False)


def shape(element, preserved):
    name = str(element.tag)
    preserved = preserved or name == "pre"
    parts = [element.text or ""]
    for child in element:
        if isinstance(child.tag, str):
            parts.append(shape(child, preserved))
        parts.append(child.tail or "")
    joined = []
    for part in parts:
        if isinstance(part, str) and joined and isinstance(joined[-1], str):
            joined[-1] += part
        else:
            joined.append(part)
    content = joined if preserved else trimmed(joined, name in BLOCKS or name == "DOCUMENT_FRAGMENT")
    attributes = {key: link(key, value) for key, value in element.attrib.items()}
    return [name, attributes, *[part for part in content if part != ""]]


def trimmed(parts, block):
    result = []
    for at, part in enumerate(parts):
        if isinstance(part, str):
            part = " ".join(part.replace("\n", " ").replace("\t", " ").split(" "))
            while "  " in part:
                part = part.replace("  ", " ")
            if (at == 0 and block) or (at and parts[at - 1][0] in BLOCKS):
                part = part.lstrip(" ")
            if (at + 1 == len(parts) and block) or (at + 1 < len(parts) and parts[at + 1][0] in BLOCKS):
                part = part.rstrip(" ")
        result.append(part)
    return result


def link(key, value):
    """A relative link is rewritten when the site is built: only the name of what it leads to counts."""
    if key in {"href", "src"} and not value.startswith(
        ("http:", "https:", "//", "#", "/", "mailto:", "data:")
    ):
        return "relative " + (value.rpartition("/")[2] if key == "src" else "")
    return " ".join(value.split())


def published(site, scratch):
    copied = Path(shutil.copytree(site, scratch / "published"))
    out = scratch / "pages.json"
    subprocess.run(
        [sys.executable, "-c", BUILD, str(copied), str(out), str(scratch / "built")],
        check=True,
        capture_output=True,
        timeout=150,
    )
    pages = json.loads(out.read_text())
    return {name: html for name, html in pages.items() if not name.startswith("..")}  # archives are made up


def previewed(site, names, *options):
    command = [sys.executable, "-m", "editor", "render", "--json", "--site", str(site), *options]
    run = subprocess.run(
        [*command, *(str(site / name) for name in names)],
        cwd=ROOT,
        capture_output=True,
        check=True,
        timeout=150,
    )
    return {page["path"]: page for page in json.loads(run.stdout)}


def check(site, pages, *options):
    mine = previewed(site, sorted(pages), *options)
    assert pages
    assert set(mine) == set(pages)
    for name, html in pages.items():
        assert tree(mine[name]["html"]) == tree(html), name
    return mine


def test_the_comparison_sees_a_difference():
    assert tree("<p>a <b>b</b></p>") != tree("<p>a<b>b</b></p>")
    assert tree("<p id=x>a</p>") != tree("<p>a</p>")
    assert tree("<pre>a\n b</pre>") != tree("<pre>a\nb</pre>")
    assert tree("<div>\n<p> a</p> </div><!-- x -->") == tree("<div><p>a</p></div>")


@pytest.fixture(scope="module")
def demo_pages(tmp_path_factory):
    return published(resources.path("demo-site"), tmp_path_factory.mktemp("demo"))


@pytest.fixture(scope="module")
def blog_pages(seed_site, tmp_path_factory):
    return published(seed_site, tmp_path_factory.mktemp("blog"))


@pytest.mark.parametrize("options", [(), ("--replay", "7")], ids=["whole", "replay"])
def test_the_demo_site(demo_pages, options):
    mine = check(resources.path("demo-site"), demo_pages, *options)
    assert all(page["exact"] for page in mine.values()), {tuple(page["reasons"]) for page in mine.values()}


@pytest.mark.parametrize("options", [(), ("--replay", "7")], ids=["whole", "replay"])
def test_a_real_blog(seed_site, blog_pages, options):
    check(seed_site, blog_pages, *options)
