"""What the site says of Eleventy's pages is what the real Eleventy does with them."""

from datetime import date, datetime

import pytest

from editor.site.find import open_site
from editor.site.index import read_posts
from tests.site.generators import real_builds

CASES = {
    "plain": "title: Plain\ndate: 2024-01-31",
    "draft": "draft: true",
    "draft quoted": "draft: 'true'",
    "draft yes": "draft: yes",
    "future": "date: 2099-01-31",
    "not in collections": "eleventyExcludeFromCollections: true",
    "no permalink": "permalink: false",
    "own build": "permalink:\n  build: /built/here/",
    "nothing to build": "permalink:\n  serve: /served/",
    "empty permalink": "permalink: ''",
    "own place": "permalink: /own/place/",
    "relative place": "permalink: own/relative/",
    "file": "permalink: /own/file.html",
    "index file": "permalink: /own/index.html",
    "spaces": "permalink: /own place/ü/",
    "feed": "permalink: /own/feed.xml",
    "slug": "permalink: '/s/{{ page.fileSlug }}/'",
    "stem": "permalink: '/t{{ page.filePathStem }}.html'",
    "title slug": "title: A Good Day\npermalink: '/t/{{ title | slugify }}/'",
    "own key": "part: x\npermalink: '/{{ part }}/{{ page.fileSlug }}/'",
    "date time": "date: 2024-01-31T09:05:00",
    "date spaced": "date: 2024-01-31 09:05:00",
    "date zone": "date: 2024-01-31 09:05:00 +01:00",
    "date quoted": "date: '2024-01-31'",
    "month": "date: '2024-01'",
    "modified": "date: Last Modified",
    "created": "date: Created",
    "tags": "tags: one",
}
FAILING = {
    "no build": "permalink:\n  build: false",
    "bad date": "date: someday",
    "no seconds": "date: 2024-01-31 09:05",
    "number as date": "date: 2024",
    "no suffix": "permalink: /own/place",
    "true": "permalink: true",
    "number": "permalink: 12",
    "broken yaml": "title: a: b: c",
    "twice": "title: a\ntitle: b",
}
CONFIGS = {
    "none": "module.exports = function (config) {};\n",
    "drafts left out": (
        'export default function (config) {\n  config.addPreprocessor("drafts", "*", (data) => {\n'
        "    if (data.draft) { return false; }\n  });\n}\n"
    ),
    "data handed down": "export default { };\n",
}


def _write(folder, write, config, posts, name="content/posts"):
    kind = "module" if "export default" in config else "commonjs"
    return write(
        folder,
        {
            "package.json": '{"private": true, "type": "' + kind + '"}',
            "eleventy.config.js": config,
            **{f"{name}/{key}.md": f"---\n{header}\n---\n\nText.\n" for key, header in posts.items()},
        },
    )


NAMES = (
    "src/index.md",
    "src/about.md",
    "src/posts/index.md",
    "src/same/same.md",
    "src/posts/My First Post.md",
    "src/posts/2024-05-06-dated.md",
    "src/posts/2024-05-06-folder/index.md",
    "src/posts/2024-05-06-same/2024-05-06-same.md",
    "src/posts/ümlaut.md",
    "src/posts/v1.2.md",
    "src/posts/UPPER.md",
    "src/posts/_under.md",
    "src/_drafts/left.md",
    "src/_includes/part.md",
    "src/_data/data.md",
    "src/ignored/gone.md",
    "src/node_modules/pack/readme.md",
    "README.md",
)
INPUTS = {
    "src by object": 'module.exports = function (config) {\n  return { dir: { input: "src" } };\n};\n',
    "src by call": 'export default function (config) {\n  config.setInputDirectory("./src/");\n}\n',
    "src by export": 'export default () => {};\nexport const config = { dir: { input: "src" }, pathPrefix: "/x/" };\n',
    "all": "module.exports = {};\n",
}


HANDED_DOWN = {
    "eleventy.config.js": 'module.exports = () => { return { dir: { input: "src" } }; };\n',
    "src/src.json": '{"where": "root"}',
    "src/blog/blog.11tydata.json": '{"tags": ["posts"], "permalink": "/{{ where }}/{{ page.fileSlug }}/"}',
    "src/blog/deep/deep.json": '{"where": "deep"}',
    "src/blog/deep/own.11tydata.js": 'module.exports = { where: "own", other: process.env.HOME };\n',
    "src/blog/one.md": "---\ntags: [mine]\n---\n\nText.\n",
    "src/blog/deep/two.md": "---\ntitle: x\n---\n\nText.\n",
    "src/blog/deep/own.md": "---\ntitle: x\n---\n\nText.\n",
    "src/blog/deep/hidden.json": '{"permalink": false}',
    "src/blog/deep/hidden.md": "Text.\n",
}
FORMATS = {
    "posts/script.md": '---js\nconst permalink = "/by/script/";\nconst other = Date.now();\n---\n\nText.\n',
    "posts/script-draft.md": "---js\nconst draft = true;\n---\n\nText.\n",
    "posts/object.md": '---js\n{ permalink: "/by/object/" }\n---\n\nText.\n',
    "posts/json.md": '---json\n{ "permalink": "/by/json/" }\n---\n\nText.\n',
    "posts/none.md": "Text.\n",
}
COMPUTED = {
    "eleventy.config.js": "export default function (c) {}\n",
    "posts/posts.11tydata.js": (
        'export default { eleventyComputed: { permalink: "/c/{{ page.fileSlug }}/" } };\n'
    ),
    "posts/one.md": "---\ntitle: One\n---\n\nText.\n",
    "posts/own.md": "---\npermalink: false\n---\n\nText.\n",
    "code/code.11tydata.js": (
        'export default { eleventyComputed: { permalink: (data) => "/x/" + data.page.fileSlug + "/" } };\n'
    ),
    "code/two.md": "---\ntitle: Two\n---\n\nText.\n",
    "dated/dated.json": '{"permalink": "/{{ page.date | date: \'%Y/%m\' }}/{{ page.fileSlug }}/"}',
    "dated/2024-05-16-named.md": "---\ntitle: Named\n---\n\nText.\n",
    "dated/given.md": "---\ndate: 2024-06-16\n---\n\nText.\n",
    "dated/text.md": "---\ndate: '2024-07-16T12:00:00'\n---\n\nText.\n",
    "dated/own.md": "---\ndate: 2024-08-16\npermalink: '/{{ date | date: \"%y\" }}/own.html'\n---\n\nText.\n",
}


@pytest.fixture(scope="module")
def sites(tmp_path_factory, write):
    """Give folder and pages of the site of every case, all built in one run."""
    made = {}

    def site(name, config, posts, files):
        folder = _write(tmp_path_factory.mktemp("site"), write, config, posts)
        made[name] = write(folder, files)

    for name, config in CONFIGS.items():
        handed = {"content/posts/posts.json": '{"permalink": "/handed/{{ page.fileSlug }}.html"}'}
        site(name, config, CASES, handed if name == "data handed down" else {})
    for name, header in FAILING.items():
        site(name, CONFIGS["none"], {name.replace(" ", "-"): header}, {})
    for name, config in INPUTS.items():
        files = dict.fromkeys(NAMES, "---\ntitle: x\n---\n\nText.\n")
        site(name, config, {}, {**files, ".eleventyignore": "src/ignored\n"})
    site("folders", HANDED_DOWN["eleventy.config.js"], {}, HANDED_DOWN)
    site("formats", CONFIGS["drafts left out"], {}, FORMATS)
    made["computed"] = write(tmp_path_factory.mktemp("site"), COMPUTED)
    pages = real_builds.eleventy(made, tmp_path_factory.mktemp("scratch"))
    return {name: (folder, pages[name]) for name, folder in made.items()}


@pytest.mark.parametrize("config", CONFIGS)
def test_pages_are_published_as_eleventy_does(sites, config):
    assert len(real_builds.agreed(*sites[config])) > 15


@pytest.mark.parametrize("name", FAILING)
def test_a_page_that_fails_the_build_is_invalid(sites, name):
    folder, pages = sites[name]
    assert pages is None
    [post] = read_posts(open_site(folder))
    assert post.state == "invalid"
    assert post.problem


@pytest.mark.parametrize("config", INPUTS)
def test_names_and_folders(sites, config):
    assert len(real_builds.agreed(*sites[config])) > 8


def test_data_of_folders_and_files(sites):
    folder, pages = sites["folders"]
    real_builds.agreed(folder, pages)
    assert set(pages.values()) == {"/root/one/", "/deep/two/", "/own/own/"}
    site = open_site(folder)
    assert site.inherited(folder / "src/blog/one.md")["tags"] == ["posts"]
    assert site.rules.merged(folder / "src/blog/one.md", {"tags": ["mine"]})["tags"] == ["posts", "mine"]


def test_formats_of_front_matter(sites):
    assert set(real_builds.agreed(*sites["formats"]).values()) == {
        "/by/script/",
        "/by/object/",
        "/by/json/",
        "/posts/none/",
    }


def test_what_can_not_be_read_is_named(tmp_path, write):
    folder = _write(
        tmp_path / "site",
        write,
        'module.exports = (config) => {\n  return { dir: { input: "src" }, pathPrefix: process.env.PREFIX };\n};\n',
        {},
    )
    [problem] = open_site(folder).problems
    assert "pathPrefix" in problem.message
    assert problem.line == 2


def test_links_find_what_is_copied(tmp_path, write):
    config = (
        "module.exports = (config) => {\n"
        '  config.addPassthroughCopy({ "./public/": "/" });\n  config.addPassthroughCopy("src/img");\n'
        '  config.addPassthroughCopy("src/**/*.png");\n  config.addPassthroughCopy({ "css": "assets/styles" });\n'
        '  return { dir: { input: "src" } };\n};\n'
    )
    folder = _write(tmp_path / "site", write, config, {})
    names = ("public/a.txt", "src/img/b.jpg", "src/posts/c.png", "css/d.css", "src/posts/e.jpg")
    write(folder, {**dict.fromkeys(names, "x"), "src/posts/one.md": "Text.\n"})
    site, post = open_site(folder), folder / "src/posts/one.md"
    assert site.resolve("/a.txt", post) == folder / "public/a.txt"
    assert site.resolve("/img/b.jpg", post) == folder / "src/img/b.jpg"
    assert site.resolve("../c.png", post) == folder / "src/posts/c.png"
    assert site.resolve("/assets/styles/d.css", post) == folder / "css/d.css"
    assert site.resolve("e.jpg", post) is None
    assert site.resolve("/posts/e.jpg", post) is None


def test_a_moment_is_shown_as_the_day_in_utc(tmp_path, write):
    site = open_site(write(tmp_path, {"eleventy.config.js": "", "one.md": "Text.\n"}))
    moment = datetime.fromisoformat("2024-01-31T23:30:00-05:00")
    assert site.shown_day(moment) == (date(2024, 2, 1), "UTC")
    assert site.shown_day(moment.replace(tzinfo=None)) is None
    assert site.shown_day(date(2024, 1, 31)) is None


def test_computed_permalinks_and_dates_in_them(sites):
    folder, built = sites["computed"]
    assert built is not None
    pages = dict(built)
    posts, published = real_builds.said(folder)
    assert published.pop("code/two.md") == ""  # what a function gives can't be told
    assert pages.pop("code/two.md") == "/x/two/"
    assert published == {source: url for source, url in pages.items() if source in posts}
    assert published["dated/2024-05-16-named.md"] == "/2024/05/named/"
