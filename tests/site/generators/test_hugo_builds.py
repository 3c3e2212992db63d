"""What the site says of Hugo's posts is what the real Hugo does with them."""

import pytest

from editor.site.find import open_site
from editor.site.index import read_posts
from tests.site.generators import real_builds

CASES = {
    "plain": "title: Plain\ndate: 2024-01-31",
    "draft": "date: 2024-01-31\ndraft: true",
    "draft quoted": "date: 2024-01-31\ndraft: 'true'",
    "draft yes": "date: 2024-01-31\ndraft: yes",
    "draft one": "date: 2024-01-31\ndraft: 1",
    "draft word": "date: 2024-01-31\ndraft: 'soon'",
    "draft false": "date: 2024-01-31\ndraft: false",
    "Draft upper case": "date: 2024-01-31\nDraft: true",
    "published on": "published: 2024-01-31",
    "future": "date: 2099-01-31",
    "future publish date": "date: 2024-01-31\npublishDate: 2099-01-31",
    "future publishdate lower": "date: 2024-01-31\npublishdate: 2099-01-31",
    "pubdate past": "date: 2099-01-31\npubdate: 2020-01-31",
    "expired": "date: 2024-01-31\nexpiryDate: 2024-02-01",
    "unpublishdate": "date: 2024-01-31\nunpublishdate: 2024-02-01",
    "expires later": "date: 2024-01-31\nexpiryDate: 2099-02-01",
    "headless": "date: 2024-01-31\nheadless: true",
    "not rendered": "date: 2024-01-31\nbuild:\n  render: never",
    "not rendered old": "date: 2024-01-31\nbuild:\n  render: false",
    "linked": "date: 2024-01-31\nbuild:\n  render: link",
    "unlisted": "date: 2024-01-31\nbuild:\n  list: never",
    "no date": "title: x",
    "empty date": "date:",
    "zone": "date: 2024-01-31T23:30:00-05:00",
    "zone spaced": "date: 2024-01-31 23:30:00 +0100",
    "zone short": "date: 2024-01-31T23:30:00-0500",
    "short hour": "date: 2024-01-31 8:30:00+00:00",
    "rfc date": "date: Mon, 02 Jan 2006 15:04:05 +0000",
    "named day": "date: 02 Jan 2006",
    "unix": "date: 1700000000",
    "slug": "slug: My Own_Slug",
    "slug hyphens": "slug: '--trimmed--'",
    "slug slash": "slug: a/B",
    "slug number": "slug: 2024",
    "slug umlaut": "slug: Über-Größe",
    "slug signs": "slug: 'c++ & c#: what?'",
    "slug index": "slug: index",
    "url": "url: /Own/Place/",
    "url file": "url: /own/file.html",
    "url bare": "url: own/bare",
    "url dotted": "url: /v1.0/page",
    "url colon": "url: /on/:year/:slug/",
    "url spaces": "url: /a b/ü/",
    "title signs": "title: What's “new” in C++ & C#?\ndate: 2024-01-31",
    "alias": "aliases: [/old/]",
    "lastmod only": "lastmod: 2024-03-01",
}
FAILING = {
    "not published": "date: 2024-01-31\npublished: false",
    "bad date": "date: someday",
    "short date": "date: 2024-1-5",
    "no seconds": "date: 2024-01-31 09:05",
    "no such day": "date: 2024-02-30",
    "http url": "url: https://example.org/x",
    "http alias": "aliases: ['https://example.org/x']",
    "broken yaml": "title: a: b: c",
    "twice": "title: a\ntitle: b",
    "params no map": "params: 1",
}
CONFIGS = {
    "defaults": 'baseURL = "https://example.org/"\n',
    "pattern": 'baseURL = "https://example.org/sub/"\n[permalinks]\nposts = "/:year/:month/:day/:title/"\n',
    "slug or file": '[permalinks.page]\nposts = "/:sections/:slugorfilename/"\n',
    "weekday": '[permalinks]\nposts = "/:yearday/:weekdayname/:monthname/:filename"\n',
    "go layout": '[permalinks]\nposts = "/:2006/:01-02/:contentbasename/"\n',
    "ugly": "uglyURLs = true\n",
    "case kept": "disablePathToLower = true\nremovePathAccents = true\n",
    "drafts and future": "buildDrafts = true\nbuildFuture = true\nbuildExpired = true\n",
    "no pages": 'disableKinds = ["page"]\n',
}


def _title(number, header):
    return "" if "title:" in header else f"\ntitle: Post {number}"


def _site(folder, write, config, posts):
    write(
        folder,
        {"hugo.toml": config, "content/_index.md": "---\ntitle: Home\n---\n"}
        | {
            f"content/posts/{name}.md": f"---\n{header}{_title(number, header)}\n---\n\nText.\n"
            for number, (name, header) in enumerate(posts.items())
        },
    )
    return folder


def _agree(folder, tmp_path):
    return real_builds.agreed(folder, real_builds.hugo(folder, tmp_path / "scratch"))


@pytest.mark.parametrize("config", CONFIGS)
def test_posts_are_published_as_hugo_does(tmp_path, write, config):
    posts = dict(CASES)
    if config == "ugly":
        # /posts/index.html is then the section's list too: whichever Hugo writes last stays.
        del posts["slug index"]
    folder = _site(tmp_path / "site", write, CONFIGS[config], posts)
    pages = _agree(folder, tmp_path)
    assert config == "no pages" or len(pages) > 20


@pytest.mark.parametrize("name", FAILING)
def test_a_post_that_fails_the_build_is_invalid(tmp_path, write, name):
    folder = _site(tmp_path / "site", write, CONFIGS["defaults"], {name: FAILING[name]})
    assert real_builds.hugo(folder, tmp_path / "scratch") is None
    [post] = read_posts(open_site(folder))
    assert post.state == "invalid"
    assert post.problem


NAMES = {
    "content/about.md": "title: About",
    "content/posts/My First Post.md": "title: Nr 1",
    "content/posts/Two  Spaces.md": "title: Nr 2",
    "content/posts/UPPER_Case.md": "title: Nr 3",
    "content/posts/über.md": "title: Nr 4",
    "content/posts/v1.2.md": "title: Nr 5",
    "content/posts/c++.md": "title: Nr 6",
    "content/posts/it's (one) & two!.md": "title: Nr 7",
    "content/posts/2024-05-06-named.md": "title: Nr 8",
    "content/posts/2024-05-07-09-08-07 timed.md": "title: Nr 9",
    "content/posts/2099-05-06-future.md": "title: Nr 10",
    "content/posts/2024-05-06-own.md": "title: Nr 11\nslug: mine",
    "content/posts/Bundle One/index.md": "title: Nr 12",
    "content/posts/Bundle One/extra.md": "title: no page",
    "content/posts/Bundle One/deeper/more.md": "title: no page",
    "content/posts/2024-06-01-bundle/index.md": "title: Nr 13",
    "content/posts/deep/er/_index.md": "title: Deeper Down",
    "content/posts/deep/er/page.md": "title: Nr 14",
    "content/posts/.hidden.md": "title: Nr 15",
    "content/posts/other.markdown": "title: Nr 16",
    "content/posts/index2/index.md": "title: Nr 17",
    "content/docs/_index.md": "title: Docs & More\nslug: Manual\ncascade:\n  draft: true",
    "content/docs/handed.md": "title: Nr 18",
    "content/docs/own.md": "title: Nr 19\ndraft: false",
    "content/news/_index.md": (
        "title: News\ncascade:\n- target: {path: '/news/old/**'}\n  build: {render: never}\n"
        "- target: {kind: section}\n  draft: true\n- params: {color: red}"
    ),
    "content/news/old/gone.md": "title: Nr 20",
    "content/news/here.md": "title: Nr 21",
    "content/.secret/x.md": "title: Nr 22",
}
NAME_CONFIGS = {
    "defaults": "",
    "file names have dates": '[frontmatter]\ndate = [":filename", ":default"]\n',
    "sections": (
        '[permalinks]\nposts = "/:sections[1:]/:slug/"\ndocs = "/:section/:filename/"\n'
        'news = "/n/:sections[last]/:title"\n'
    ),
    "section slugs": '[permalinks.page]\ndocs = "/:sectionslugs/:slugorcontentbasename/"\n"/" = "/top/:slug/"\n',
    "new form": (
        '[[permalinks]]\npattern = "/first/:filename/"\n[permalinks.target]\npath = "/posts/*"\nkind = "page"\n'
        '[[permalinks]]\npattern = "/then/:filename/"\n'
    ),
    "ugly posts": "[uglyURLs]\nposts = true\n",
    "cascade": '[[cascade]]\ndraft = true\n[cascade.target]\npath = "/posts/**"\n',
}


@pytest.mark.parametrize("config", NAME_CONFIGS)
def test_names_and_folders(tmp_path, write, config):
    files = {name: f"---\n{header}\n---\n\nText.\n" for name, header in NAMES.items()}
    write(tmp_path / "site", {"hugo.toml": NAME_CONFIGS[config], **files})
    _agree(tmp_path / "site", tmp_path)


LANGUAGES = {
    "content/posts/one.md": "title: One",
    "content/posts/one.de.md": "title: Eins",
    "content/posts/two.fr.md": "title: Deux",
    "content/posts/three.pt-br.md": "title: Três\nurl: /absolute/",
    "content/posts/four.pt-br.md": "title: Quatro\nurl: relative/",
    "content/posts/bundle/index.de.md": "title: Bündel",
    "content/posts/bundle/index.md": "title: Bundle",
    "content/posts/v1.0.md": "title: Version",
    "content/posts/drafted.md": "title: Draft\ndraft: true",
    "content/posts/drafted.pt-br.md": "title: Rascunho\ndraft: true",
    "inhalt/posts/five.md": "title: Fünf",
}
LANGUAGE_CONFIGS = {
    "by name": "[languages.en]\nweight = 1\n[languages.de]\n[languages.pt-br]\n",
    "in folders": (
        "defaultContentLanguageInSubdir = true\n"
        "[languages.en]\n[languages.de]\n[languages.pt-br]\n[languages.fr]\n"
    ),
    "one switched off": "[languages.en]\n[languages.de]\ndisabled = true\n[languages.pt-br]\n",
    "another default": 'defaultContentLanguage = "de"\n[languages.en]\n[languages.de]\n[languages.pt-br]\n',
    "content folders": '[languages.en]\ncontentDir = "content"\n[languages.de]\ncontentDir = "inhalt"\n',
    "mounts": (
        "[languages.en]\n[languages.de]\n"
        '[[module.mounts]]\nsource = "content"\ntarget = "content"\n'
        '[module.mounts.sites.matrix]\nlanguages = ["en"]\n'
        '[[module.mounts]]\nsource = "inhalt"\ntarget = "content/more"\n'
        '[module.mounts.sites.matrix]\nlanguages = ["de"]\n'
    ),
    "settings of a language": (
        '[permalinks]\nposts = "/p/:slug/"\n[languages.en]\nuglyURLs = true\n'
        '[languages.de.permalinks]\nmore = "/m/:slug/"\n[languages.fr.permalinks.page]\nposts = "/f/:slug/"\n'
        "[languages.pt-br]\nbuildDrafts = true\n"
    ),
    "single in a folder": 'defaultContentLanguage = "en"\ndefaultContentLanguageInSubdir = true\n',
}


@pytest.mark.parametrize("config", LANGUAGE_CONFIGS)
def test_languages(tmp_path, write, config):
    files = {name: f"---\n{header}\n---\n\nText.\n" for name, header in LANGUAGES.items()}
    write(tmp_path / "site", {"hugo.toml": LANGUAGE_CONFIGS[config], **files})
    _agree(tmp_path / "site", tmp_path)


def test_slashes_in_titles_and_slugs(tmp_path, write):
    posts = {
        "title": "title: a/b c",
        "slug": "slug: d/e f",
        "back": "title: 'g\\h'",
        "both": "title: 'i / j/'",
    }
    pages = _agree(_site(tmp_path / "site", write, '[permalinks]\nposts = "/:slug/"\n', posts), tmp_path)
    assert pages["content/posts/title.md"] == "/a-b-c/"
    assert pages["content/posts/slug.md"] == "/d/e-f/"


MOUNTS = {
    "files": (
        'ignoreFiles = ["left-out\\\\.md$"]\n'
        '[[module.mounts]]\nsource = "more"\ntarget = "content/blog"\nfiles = ["! drafts/**", "**"]\n'
        '[[module.mounts]]\nsource = "content"\ntarget = "content"\n'
    ),
    "only some files": '[[module.mounts]]\nsource = "more"\ntarget = "content"\nfiles = "deep/**"\n',
    "without files": '[[module.mounts]]\nsource = "more"\ntarget = "content"\nfiles = ["! **/two.md"]\n',
    "themes": 'theme = ["first", "second", "missing"]\n',
    "imports": '[[module.imports]]\npath = "second"\n[[module.imports]]\npath = "first"\ndisable = true\n',
    "imports with mounts": (
        '[[module.imports]]\npath = "second"\n'
        '[[module.imports.mounts]]\nsource = "content/posts"\ntarget = "content/theirs"\n'
    ),
    "imports without": '[[module.imports]]\npath = "second"\nnoMounts = true\n',
}


@pytest.mark.parametrize("config", MOUNTS)
def test_mounts_and_the_content_of_themes(tmp_path, write, config):
    names = [
        "content/posts/one.md",
        "content/posts/left-out.md",
        "more/two.md",
        "more/deep/three.md",
        "more/drafts/four.md",
        "themes/first/content/posts/one.md",
        "themes/first/content/posts/five.md",
        "themes/second/content/posts/six.md",
        "themes/second/others/seven.md",
        "themes/third/content/posts/eight.md",
    ]
    posts = {name: f"---\ntitle: Nr {number}\n---\n\nText.\n" for number, name in enumerate(names)}
    configs = {
        "hugo.toml": MOUNTS[config],
        "themes/first/config.toml": 'theme = "third"\n[permalinks]\nposts = "/not-used/:slug/"\n',
        "themes/second/hugo.toml": '[[module.mounts]]\nsource = "others"\ntarget = "content/others"\n',
        "themes/missing/layouts/x.html": "",
    }
    folder = write(tmp_path / "site", {**posts, **configs})
    pages = _agree(folder, tmp_path)
    # Nothing is published that the site does not know for a post.
    assert set(pages) <= {open_site(folder).relative(post.path) for post in read_posts(open_site(folder))}


def test_formats_of_front_matter(tmp_path, write):
    folder = write(
        tmp_path / "site",
        {
            "config/_default/hugo.yaml": "baseURL: https://example.org/\ntimeZone: America/New_York\n",
            "config/_default/permalinks.toml": 'posts = "/:year/:month/:day/:filename/"\n',
            "config/production/params.toml": "x = 1\n",
            "content/posts/toml.md": "+++\ntitle = 'x'\ndate = 2024-01-31T23:00:00\n+++\n\nText.\n",
            "content/posts/toml-zone.md": "+++\ndate = 2024-01-31T23:00:00Z\n+++\n\nText.\n",
            "content/posts/toml-draft.md": "+++\ndraft = true\n+++\n\nText.\n",
            "content/posts/yaml.md": "---\ndate: 2024-01-31\n---\n\nText.\n",
            "content/posts/below-blank-lines.md": "\n\n---\ndraft: true\n---\n\nText.\n",
            "content/posts/none.md": "Text.\n",
            "content/posts/rule.md": "Text.\n\n---\n\nMore.\n",
        },
    )
    pages = _agree(folder, tmp_path)
    assert pages["content/posts/toml.md"] == "/2024/01/31/toml/"
