"""What a site reads in a post, and what is edited in it, are the same: two readers, one for each purpose.

`Site.read` takes a text apart as the generator does, with all that it then makes of values; `Site.front_matter_of`
finds the places of what stands there. Where both see a key, they must see it in the same block of the file.
"""

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from editor.site.find import open_site

SITES = {
    "pelican": {"pelicanconf.py": "PATH = 'content'\n", "content/.keep": ""},
    "pelican-yaml": {
        "pelicanconf.py": "PATH = 'content'\nPLUGINS = ['yaml_metadata']\n",
        "content/.keep": "",
    },
    "nikola": {"conf.py": "BLOG_TITLE = 'x'\nPOSTS = (('posts/*.md', 'posts', 'post.tmpl'),)\n"},
    "nikola-meta": {
        "conf.py": (
            "BLOG_TITLE = 'x'\nMETADATA_FORMAT = 'Pelican'\nMARKDOWN_EXTENSIONS = ['markdown.extensions.meta']\n"
            "POSTS = (('posts/*.md', 'posts', 'post.tmpl'),)\n"
        )
    },
    "mkdocs": {"mkdocs.yml": "site_name: x\n", "docs/index.md": "# x\n"},
    "hugo": {"hugo.toml": ""},
    "zola": {"zola.toml": "base_url = '/'\n"},
    "jekyll": {"_config.yml": "title: x\n", "_posts/.keep": ""},
}
SHAPES = {
    "pelican": ("lines", "fenced lines", "none"),
    "pelican-yaml": ("yaml", "yaml with dots", "lines", "none"),
    "nikola": ("yaml", "toml", "comment", "comment lines", "none"),
    "nikola-meta": ("yaml", "toml", "comment", "comment lines", "lines", "none"),
    "mkdocs": ("yaml", "yaml with dots", "lines", "none"),
    "hugo": ("yaml", "toml", "none"),
    "zola": ("yaml", "toml", "none"),
    "jekyll": ("yaml", "yaml with dots", "none"),
}
"""The forms that each takes for front matter."""
KEYS = ("title", "slug", "my-key", "other_key", "summary")
WORDS = (
    st.text("abcXYZ 09,;'é.-", min_size=1, max_size=12)
    .map(str.strip)
    .filter(lambda text: text.strip("-. ,;'"))
)
FIELDS = st.dictionaries(st.sampled_from(KEYS), WORDS.filter(lambda text: text[0].isalpha()), min_size=1)
BODIES = st.sampled_from(
    ["Text.\n", "# Heading\n\nkey: value\n", "a: b\n", "---\n\nText.\n", ".. a: b\n", ""]
)
GAPS = st.sampled_from(["", "\n"])


def _shapes(fields):
    pairs = list(fields.items())
    lines = "".join(f"{key.capitalize()}: {value}\n" for key, value in pairs)
    yaml = "".join(f'{key}: "{value}"\n' for key, value in pairs)
    return {
        "lines": lines + "\n",
        "fenced lines": f"---\n{lines}---\n",
        "yaml": f"---\n{yaml}---\n",
        "yaml with dots": f"---\n{yaml}...\n",
        "toml": "+++\n" + "".join(f'{key} = "{value}"\n' for key, value in pairs) + "+++\n",
        "comment": "<!--\n" + "".join(f".. {key}: {value}\n" for key, value in pairs) + "-->\n",
        "comment lines": "".join(f".. {key}: {value}\n" for key, value in pairs) + "\n",
        "none": "",
    }


class Opened:
    """A site, told by its name where an example fails."""

    def __init__(self, name, site):
        self.name, self.site = name, site

    def __repr__(self):
        return self.name


@pytest.fixture(scope="module", params=SITES)
def opened(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp(request.param)
    for name, text in SITES[request.param].items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    return Opened(request.param, open_site(folder))


@given(FIELDS, GAPS, BODIES, st.booleans(), st.booleans())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_both_readers_see_the_same_fields(opened, fields, gap, body, windows, marked):
    site, shapes = opened.site, _shapes(fields)
    for shape in SHAPES[opened.name]:
        text = shapes[shape] + gap + body
        if windows:
            text = text.replace("\n", "\r\n")
        found = site.front_matter_of(text)
        read = site.read("\ufeff" + text if marked else text)
        if found.problem is not None:
            continue  # it is locked, whatever the generator makes of it
        edited = {str(key).lower(): _plain(value) for key, value in found.values.items()}
        taken = {str(key).lower(): _plain(value) for key, value in read.values.items()}
        assert edited == taken, (shape, text)


@given(FIELDS, WORDS.filter(lambda text: text[0].isalpha()), st.sampled_from(KEYS), BODIES)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_set_is_what_the_site_reads_then(opened, fields, value, key, body):
    site, shapes = opened.site, _shapes(fields)
    for shape in SHAPES[opened.name]:
        text = shapes[shape] + body
        found = site.front_matter_of(text)
        if found.problem is not None:
            continue
        edit = found.set(key, value)
        after = edit.apply(text) if edit is not None else text
        taken = {str(name).lower(): _plain(entry) for name, entry in site.read(after).values.items()}
        assert taken[key] == _plain(value), (shape, text, after)


def _plain(value):
    return re.sub(r"\s+", " ", value).strip() if isinstance(value, str) else value
