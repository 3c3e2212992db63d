"""New posts of Pelican, Nikola and Jekyll: named and begun as their generator takes them."""

from datetime import datetime

import pytest

from editor.site.find import open_site
from editor.site.index import read_posts
from editor.site.new_post import new_post

NOW = datetime(2024, 1, 31, 9, 5)


def _made(folder, write):
    path, text = new_post(open_site(folder), "A new: “one”", today=NOW)
    name = path.relative_to(folder).as_posix()
    write(folder, {name: text})
    posts = {post.path.relative_to(folder).as_posix(): post for post in read_posts(open_site(folder))}
    return name, text, posts[name]


SITES = {
    "pelican lines": (
        {
            "pelicanconf.py": "PATH = 'content'\nTIMEZONE = 'UTC'\n",
            "content/2020-01-02-a.md": "Title: A\nDate: 2020-01-02 10:20\nTags: x, y\nCategory: news\n\nText.\n",
            "content/2020-02-02-b.md": "Title: B\nDate: 2020-02-02 10:20\nTags: x\nCategory: news\n\nText.\n",
        },
        "content/2024-01-31-a-new-one.md",
        "Title: A new: “one”\nDate: 2024-01-31 09:05\nStatus: draft\nTags:\nCategory: news\n\n",
        ("draft", "/drafts/a-new-one.html"),
    ),
    "pelican yaml": (
        {
            "pelicanconf.py": "PATH = 'content'\nPLUGINS = ['yaml_metadata']\n",
            "content/a.md": "---\ntitle: A\ndate: 2020-01-02\nstatus: published\n---\n\nText.\n",
        },
        "content/a-new-one.md",
        "---\ntitle: 'A new: “one”'\ndate: 2024-01-31\nstatus: draft\n---\n",
        ("draft", "/drafts/a-new-one.html"),
    ),
    "nikola comment": (
        {
            "conf.py": "BLOG_TITLE = 'x'\nPOSTS = (('posts/*.md', 'blog', 'post.tmpl'),)\n",
            "posts/a.md": "<!--\n.. title: A\n.. slug: a\n.. date: 2020-01-02 10:20:00\n.. tags: x\n-->\n\nText.\n",
        },
        "posts/a-new-one.md",
        (
            "<!--\n.. title: A new: “one”\n.. slug: a-new-one\n.. date: 2024-01-31 09:05:00\n"
            ".. status: draft\n.. tags:\n-->\n\n"
        ),
        ("draft", "/blog/a-new-one/"),
    ),
    "jekyll": (
        {
            "_config.yml": "title: x\npermalink: pretty\n",
            "_posts/2020-01-02-a.md": "---\ntitle: A\nlayout: post\ncategories: [x]\n---\n\nText.\n",
            "_posts/2020-01-03-b.md": "---\ntitle: B\nlayout: post\ncategories: [y]\n---\n\nText.\n",
        },
        "_posts/2024-01-31-a-new-one.md",
        "---\ntitle: 'A new: “one”'\ndate: 2024-01-31\npublished: false\nlayout: post\ncategories: []\n---\n",
        ("hidden", "/2024/01/31/a-new-one/"),
    ),
}


@pytest.mark.parametrize("name", SITES)
def test_a_new_post(tmp_path, write, name):
    files, made, begun, (state, url) = SITES[name]
    found, text, post = _made(write(tmp_path, files), write)
    assert (found, text) == (made, begun)
    assert (post.title, post.state, post.url) == ("A new: “one”", state, url)


FIRST = {
    "pelican": ({"pelicanconf.py": "PATH = 'content'\n", "content/x": ""}, "content/a-new-one.md"),
    "nikola": (
        {"conf.py": "BLOG_TITLE = 'x'\nPOSTS = [('in/*.md', '', 'post.tmpl')]\nNEW_POST_DATE_PATH = True\n"},
        "in/2024/01/31/a-new-one.md",
    ),
    "jekyll": ({"_config.yml": "title: x\n"}, "_posts/2024-01-31-a-new-one.md"),
}


@pytest.mark.parametrize("name", FIRST)
def test_the_first_post(tmp_path, write, name):
    files, made = FIRST[name]
    found, _text, post = _made(write(tmp_path, files), write)
    assert found == made
    assert post.state in ("draft", "hidden")
