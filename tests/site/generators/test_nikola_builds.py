"""What a Nikola site says of its posts is what the real nikola does with them."""

import shutil
from datetime import UTC, datetime

import pytest

from editor.site.find import open_site
from tests.site.generators.python_builds import agree, build_all, said, states

CONFIG = """\
BLOG_TITLE = "Cases"
SITE_URL = "https://example.org/blog/"
DEFAULT_LANG = "en"
TRANSLATIONS = {DEFAULT_LANG: "", "de": "./de"}
POSTS = (("posts/*.md", "posts", "post.tmpl"), ("news/*.md", {"en": "news", "de": "neues"}, "post.tmpl"))
PAGES = (("pages/*.md", "", "page.tmpl"),)
COMPILERS = {"markdown": (".md",)}
TIMEZONE = "Europe/Berlin"
"""


def comment(**fields):
    lines = [f".. {key}: {value}" for key, value in fields.items()]
    return "\n".join(["<!--", *lines, "-->", "", "Text.", ""])


POSTS = {
    "posts/ordinary.md": comment(title="Ordinary", date="2024-01-31 10:20:00 UTC+01:00", tags="a, b"),
    "posts/draft.md": comment(date="2024-01-31", status="draft"),
    "posts/private.md": comment(date="2024-01-31", status="private"),
    "posts/featured.md": comment(date="2024-01-31", status="featured"),
    "posts/odd-status.md": comment(date="2024-01-31", status="pending"),
    "posts/draft-tag.md": comment(date="2024-01-31", tags="a, draft"),
    "posts/private-tag.md": comment(date="2024-01-31", tags="private"),
    "posts/future.md": comment(date="2099-01-31"),
    "posts/slug.md": comment(date="2024-01-31", slug="my-own"),
    "posts/slug-folder.md": comment(date="2024-01-31", slug="my/own"),
    "posts/empty-slug.md": comment(date="2024-01-31", slug=""),
    "posts/plain-address.md": comment(date="2024-01-31", pretty_url="False"),
    "posts/strange-address.md": comment(date="2024-01-31", pretty_url="maybe"),
    "posts/index.md": comment(date="2024-01-31"),
    "posts/Größe & more_X.md": comment(date="2024-01-31"),
    "posts/deep/er/post.md": comment(date="2024-01-31"),
    "posts/no-comment.md": ".. title: None\n.. date: 2024-01-31\n\nText.\n",
    "posts/blank-first.md": "\n\n" + comment(date="2024-01-31", slug="blank"),
    "posts/yaml.md": "---\ntitle: Yaml\ndate: 2024-01-31 10:20:30\ntags: [a, b]\nslug: from-yaml\n---\n\nText.\n",
    "posts/yaml-zone.md": "---\ndate: 2024-01-31T10:20:30Z\npretty_url: false\n---\n\nText.\n",
    "posts/yaml-day.md": "---\ndate: 2024-01-31\nstatus: draft\nslug:\n---\n\nText.\n",
    "posts/toml.md": '+++\ntitle = "Toml"\ndate = 2024-01-31T10:20:30Z\nslug = "from-toml"\n+++\n\nText.\n',
    "posts/two-files.md": "Text.\n",
    "posts/two-files.meta": ".. title: Two\n.. date: 2024-01-31\n.. slug: from-meta\n.. status: draft\n",
    "posts/two-yaml.md": comment(date="2024-01-31", slug="not-this"),
    "posts/two-yaml.meta": "---\ndate: 2024-01-31\nslug: yaml-meta\n---\n",
    "posts/words.md": comment(date="January 31, 2024 8pm"),
    "posts/bom.md": "\ufeff" + comment(date="2024-01-31", slug="bom-slug"),
    "posts/crlf.md": comment(date="2024-01-31", slug="crlf-slug").replace("\n", "\r\n"),
    "posts/both.md": comment(date="2024-01-31", slug="both-en"),
    "posts/both.de.md": comment(slug="both-de"),
    "posts/half.md": comment(date="2024-01-31"),
    "posts/half.de.md": "Nur Text.\n",
    "posts/only.de.md": comment(date="2024-01-31"),
    "news/a.md": comment(date="2024-01-31"),
    "news/sub/b.md": comment(date="2024-01-31"),
    "news/sub/b.de.md": comment(title="B"),
    "pages/about.md": comment(title="About"),
    "pages/deep/more.md": "Text.\n",
    "pages/about.de.md": comment(slug="ueber"),
}

SETTINGS = {
    "usual": "",
    "plain addresses": "PRETTY_URLS = False\nSTRIP_INDEXES = False\n",
    "indexes": "STRIP_INDEXES = False\nUSE_SLUGIFY = False\n",
    "no tags": "USE_TAG_METADATA = False\nFUTURE_IS_NOW = True\nSHOW_UNTRANSLATED_POSTS = False\n",
    "names": 'TRANSLATIONS_PATTERN = "{path}.{ext}.{lang}"\n',
    "file names": 'FILE_METADATA_REGEXP = r"^(?P<folder>[^/]*)/(?P<slug>.*?)\\.md$"\n',
    "mapped": 'METADATA_MAPPING = {"yaml": {"title": "slug"}}\n',
}


REFUSED = {
    "no date": comment(title="x"),
    "no such day": comment(date="2024-02-30"),
    "no date at all": "Text.\n",
    "draft tag with a capital": comment(date="2024-01-31", tags="a, Draft"),
    "odd update": comment(date="2024-01-31", updated="someday"),
    "empty update": "---\ndate: 2024-01-31\nupdated:\n---\n\nText.\n",
    "empty date": "---\ndate:\n---\n\nText.\n",
    "broken yaml": "---\ntitle: A: b\ndate: 2024-01-31\n---\n\nText.\n",
    "broken toml": "+++\ndate = x\n+++\n\nText.\n",
}

REAL = "nikola-asmeurer__blog"


@pytest.fixture(scope="module")
def sites(tmp_path_factory, write):
    """Give folder and pages of the site of every case, all built in one run."""

    def site(posts, settings=""):
        return write(tmp_path_factory.mktemp("site"), {"conf.py": CONFIG + settings, **posts})

    folders = {}
    for name, settings in SETTINGS.items():
        named = ".md.de" if name == "names" else ".de.md"
        texts = {at.replace(".de.md", named): text for at, text in POSTS.items()}
        if name == "names":
            del texts["posts/only.md.de"]  # no compiler of `.de` alone
        folders[name] = site(texts, settings)
    for name, text in REFUSED.items():
        folders[name] = site({"posts/x.md": text})
    return build_all("nikola", folders)


@pytest.fixture(scope="module")
def real_sites(tmp_path_factory, corpus):
    """Give folder and pages of a real site: with its dates, which are in files beside the posts, and without."""
    folder = tmp_path_factory.mktemp("real")
    shutil.copytree(corpus / "posts/nikola/asmeurer__blog", folder / "dated")
    shutil.copyfile(corpus / "sites" / REAL / "conf.py", folder / "dated/conf.py")
    shutil.copytree(corpus / "sites" / REAL, folder / "undated")
    return build_all("nikola", {name: folder / name for name in ("dated", "undated")})


@pytest.mark.parametrize("name", SETTINGS)
def test_posts_are_published_as_the_site_says(sites, name):
    folder, built = sites[name]
    posts = agree(folder, built)
    assert posts
    rules = open_site(folder).rules
    for source, page in built.items():
        path = folder / source
        publication = rules.publication(
            path, rules.read(path.read_bytes().decode("utf-8-sig")), datetime.now(UTC)
        )
        assert (publication.published, publication.url) == (True, page[0]), source


def test_states(sites):
    posts = said(sites["usual"][0])
    found = states(posts)
    assert found["ordinary"] == found["featured"] == found["odd-status"] == "published"
    assert found["draft"] == found["draft-tag"] == found["two-files"] == found["yaml-day"] == "draft"
    assert found["private"] == found["private-tag"] == "hidden"
    assert found["future"] == "scheduled"
    assert posts["posts/two-files.md"].title == "Two"
    assert posts["posts/ordinary.md"].tags == ("a", "b")


@pytest.mark.parametrize("name", REFUSED)
def test_what_makes_nikola_stop_is_invalid(sites, name):
    folder, built = sites[name]
    assert built is None
    [post] = said(folder).values()
    assert (post.state, post.published, bool(post.problem)) == ("invalid", False, True)


def test_real_posts_with_their_meta_files(real_sites):
    assert len(agree(*real_sites["dated"])) == 15


def test_a_real_site_whose_dates_are_missing_is_not_built(real_sites):
    folder, built = real_sites["undated"]
    assert built is None
    assert not any(post.published for post in said(folder).values())
