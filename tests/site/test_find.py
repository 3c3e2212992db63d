import os
import subprocess
import sys

import pytest

from editor.errors import SiteError
from editor.settings import Settings
from editor.site import find
from editor.site.find import find_site, open_site

CONFIG = "site_name: X\ntheme: {name: material}\nplugins: [blog]\n"


def test_upwards_from_a_file_or_a_folder(tmp_path, write):
    write(tmp_path, {"mkdocs.yml": CONFIG, "docs/blog/posts/a.md": "---\n---\n"})
    for path in ("docs/blog/posts/a.md", "docs/blog/posts/not-there-yet.md", "docs/blog", "", "mkdocs.yml"):
        assert find_site(tmp_path / path).root == tmp_path
    assert open_site(tmp_path / "docs/blog/posts").root == tmp_path
    assert open_site(tmp_path / "docs/blog/posts/a.md").root == tmp_path


def test_relative_paths(tmp_path, write, monkeypatch):
    write(tmp_path, {"mkdocs.yml": CONFIG, "docs/blog/posts/a.md": ""})
    monkeypatch.chdir(tmp_path / "docs/blog")
    from pathlib import Path

    assert find_site(Path("posts/../posts/a.md")).root == tmp_path


def test_the_search_ends_at_the_top_of_a_repository(tmp_path, write):
    write(
        tmp_path,
        {"mkdocs.yml": CONFIG, "notes/.git/HEAD": "", "notes/a/b.md": "", "site/.git": "", "site/c.md": ""},
    )
    assert find_site(tmp_path / "notes/a/b.md") is None
    assert find_site(tmp_path / "site/c.md") is None
    write(tmp_path / "notes", {"mkdocs.yml": CONFIG})
    assert find_site(tmp_path / "notes/a/b.md").root == tmp_path / "notes"


def test_the_search_ends_at_home(tmp_path, write, monkeypatch):
    write(tmp_path, {"mkdocs.yml": CONFIG, "home/texts/a.md": ""})
    assert find_site(tmp_path / "home/texts/a.md").root == tmp_path
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    assert find_site(tmp_path / "home/texts/a.md") is None


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can give files away")
def test_the_search_ends_before_a_folder_of_another_owner(tmp_path, write):
    write(tmp_path, {"theirs/mkdocs.yml": CONFIG, "theirs/mine/a.md": ""})
    os.chown(tmp_path / "theirs", 12345, 12345)
    os.chown(tmp_path / "theirs/mkdocs.yml", 12345, 12345)
    assert find_site(tmp_path / "theirs/mine/a.md") is None
    os.chown(tmp_path / "theirs", os.geteuid(), os.getegid())
    assert find_site(tmp_path / "theirs/mine/a.md") is None  # somebody else put it into a folder of mine
    os.chown(tmp_path / "theirs/mkdocs.yml", os.geteuid(), os.getegid())
    assert find_site(tmp_path / "theirs/mine/a.md").root == tmp_path / "theirs"


def test_a_folder_without_a_generator_is_plain(tmp_path, write):
    write(
        tmp_path,
        {
            "a.md": "---\ntitle: A\ndate: 2024-01-31\n---\n\nText.\n",
            "b/c.markdown": "# C\n",
            "b/picture.png": "",
            ".hidden/d.md": "",
            "node_modules/x/README.md": "",
            "env/pyvenv.cfg": "",
            "env/lib/e.md": "",
        },
    )
    assert find_site(tmp_path / "a.md") is None
    site = open_site(tmp_path)
    assert (site.generator, site.root, site.static_dirs) == ("plain", tmp_path, (tmp_path,))
    assert [site.relative(path) for path in site.post_paths()] == ["a.md", "b/c.markdown"]
    assert site.resolve("/b/picture.png", tmp_path / "a.md") == tmp_path / "b/picture.png"
    assert site.resolve("../../etc/passwd", tmp_path / "a.md") is None
    assert open_site(tmp_path / "a.md").root == tmp_path


def test_what_is_not_there(tmp_path):
    with pytest.raises(SiteError) as caught:
        open_site(tmp_path / "none")
    assert caught.value.path == tmp_path / "none"


def test_a_broken_configuration_is_an_error_with_its_place(tmp_path, write):
    write(tmp_path, {"mkdocs.yml": "site_name: X\na: b: c\n", "docs/a.md": ""})
    for open_it in (open_site, find_site):
        with pytest.raises(SiteError) as caught:
            open_it(tmp_path / "docs")
        assert caught.value.located().startswith(f"{tmp_path / 'mkdocs.yml'}:2:5: ")


@pytest.mark.parametrize(
    ("files", "post", "root"),
    [
        ({"mkdocs.yaml": CONFIG}, "docs/blog/posts/a.md", "."),
        ({"mkdocs.blog.yml": CONFIG}, "docs/blog/posts/a.md", "."),
        ({"site/mkdocs.yml": CONFIG}, "site/docs/blog/posts/a.md", "site"),
        ({"docs/mkdocs.yaml": CONFIG + "docs_dir: source\n"}, "docs/source/blog/posts/a.md", "docs"),
        ({"config/mkdocs.yml": CONFIG + "docs_dir: ../mkdocs\n"}, "mkdocs/blog/posts/a.md", "."),
        (
            {"mkdocs.yml": "site_name: Y\ndocs_dir: manual\n", "mkdocs.b.yml": CONFIG},
            "docs/blog/posts/a.md",
            ".",
        ),
    ],
)
def test_layouts(tmp_path, write, files, post, root):
    write(tmp_path, {**files, post: "---\ndate: 2024-01-31\n---\n"})
    site = find_site(tmp_path / post)
    assert site.root == (tmp_path / root)
    assert site.post_paths() == [tmp_path / post]
    assert site.page_context(tmp_path / post, {}).facts["src_uri"] == "blog/posts/a.md"


def test_a_site_in_the_only_subfolder(tmp_path, write):
    write(tmp_path, {"site/mkdocs.yml": CONFIG, "README.md": ""})
    assert open_site(tmp_path).root == tmp_path / "site"
    write(tmp_path, {"other/mkdocs.yml": CONFIG})
    assert open_site(tmp_path).generator == "plain"


@pytest.mark.skipif(os.name == "nt", reason="links need a right there")
def test_a_link_to_itself_is_no_folder_beside(tmp_path, write):
    write(tmp_path, {"site/mkdocs.yml": CONFIG + "docs_dir: ../words\n", "words/a.md": ""})
    (tmp_path / "loop").symlink_to("loop")
    (tmp_path / ".git").mkdir()
    assert find_site(tmp_path / "words/a.md").root == tmp_path


def test_a_docs_folder_outside_is_not_read(tmp_path, write):
    write(tmp_path, {"site/mkdocs.yml": CONFIG + "docs_dir: ../elsewhere\n", "elsewhere/blog/posts/a.md": ""})
    site = open_site(tmp_path / "site")
    assert site.post_paths() == []
    assert "elsewhere" in site.problems[0].message
    (tmp_path / ".git").mkdir()  # one repository holds both
    site = open_site(tmp_path / "site")
    assert site.root == tmp_path
    assert len(site.post_paths()) == 1


def test_trust_is_for_one_folder(tmp_path, write):
    settings = Settings()
    for name in ("a", "b"):
        write(tmp_path / name, {"mkdocs.yml": CONFIG, "docs/index.md": ""})
    settings.trust(tmp_path / "a")
    assert open_site(tmp_path / "a", settings).trusted
    assert not open_site(tmp_path / "b", settings).trusted
    assert not open_site(tmp_path / "a").trusted
    assert open_site(tmp_path / "b", settings, trust=True).trusted


@pytest.mark.parametrize(
    ("name", "text", "generator"),
    [
        ("pelicanconf.py", "", "pelican"),
        ("conf.py", "BLOG_TITLE = 'x'\n", "nikola"),
        ("hugo.toml", "", "hugo"),
        ("config.toml", "baseURL = 'https://x'\n", "hugo"),
        ("config/_default/hugo.yaml", "", "hugo"),
        ("config.toml", "base_url = 'https://x'\n", "zola"),
        ("_config.yml", "title: x\n", "jekyll"),
        ("_config.yml", "title: x\nnew_post_name: ':title.md'\n", "hexo"),
        ("eleventy.config.js", "", "eleventy"),
        ("astro.config.mjs", "", "astro"),
        ("zensical.toml", "", "zensical"),
        ("conf.py", "extensions = []\n", "plain"),
    ],
)
def test_other_generators_are_told(tmp_path, write, name, text, generator):
    write(tmp_path, {name: text})
    assert open_site(tmp_path).generator == generator
    assert open_site(tmp_path).root == tmp_path


def test_every_generator_of_the_list_is_asked():
    assert len({generator.load() for generator in find.GENERATORS}) == len(find.GENERATORS)
    assert all(callable(generator.load().find) for generator in find.GENERATORS)


def test_only_the_generator_of_the_site_is_loaded(tmp_path, write):
    write(tmp_path, {"pelicanconf.py": "PATH = 'content'\n", "content/a.md": "Title: A\n"})
    code = (
        "import sys\nfrom pathlib import Path\nfrom editor.site.find import open_site\n"
        "assert open_site(Path(sys.argv[1])).generator == 'pelican'\n"
        "loaded = {name.rsplit('.', 1)[1] for name in sys.modules if name.startswith('editor.site.generators.')}\n"
        "assert 'pelican' in loaded and not loaded & {'hugo', 'jekyll', 'astro', 'eleventy', 'hexo', 'zola'}, loaded\n"
    )
    subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=True, timeout=60)


def test_posts_with_a_folder_each_have_their_site_read_once(tmp_path, write):
    write(
        tmp_path,
        {
            "blog/hugo.toml": 'baseURL = "https://example.org/"\n',
            "blog/content/posts/a/index.md": "",
            "blog/content/posts/b/index.md": "",
            "blog/content/inner/mkdocs.yml": CONFIG,
            "blog/content/inner/docs/c.md": "",
            "other/site/mkdocs.yml": CONFIG + "docs_dir: ../words\n",
            "other/words/d/d.md": "",
            "other/else/e.md": "",
        },
    )
    finder = find.SiteFinder()
    blog = finder.find(tmp_path / "blog/content/posts/a/index.md")
    assert blog.generator == "hugo"
    assert finder.find(tmp_path / "blog/content/posts/b/index.md") is blog
    assert finder.find(tmp_path / "blog/content/posts/a") is blog
    assert finder.find(tmp_path / "blog/content/inner/docs/c.md").root == tmp_path / "blog/content/inner"
    assert finder.find(tmp_path / "other/words/d/d.md").configuration == (tmp_path / "other/site/mkdocs.yml",)
    assert finder.find(tmp_path / "other/else/e.md") is None
