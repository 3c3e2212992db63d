"""What search engines and shared links show of a post, and what stands in for a field that is missing."""

import pytest

from editor.site import find
from editor.site.card import card_of, shortened, words_of


def card(tmp_path, head, body="Text.\n", beginning="<h1>Own</h1><p>It <em>begins</em>.</p>"):
    (tmp_path / "hugo.toml").write_text("baseURL = 'https://example.org/blog/'\ntitle = 'Site'\n", "utf-8")
    path = tmp_path / "content/posts/a-post.md"
    path.parent.mkdir(parents=True)
    text = f"---\n{head}---\n{body}"
    path.write_text(text, "utf-8")
    return card_of(find.open_site(tmp_path), path, text, beginning)


def test_fields_go_first(tmp_path):
    made = card(tmp_path, "title: A *title*\ndescription: '  What it\n  is. '\ndate: 2024-01-02\n")
    assert (made.description, made.description_field) == ("What it is.", "description")
    assert (made.host, made.trail) == ("example.org", ("blog", "posts", "a-post"))
    assert made.site_name == "Site"


def test_without_a_description_the_text_begins(tmp_path):
    made = card(tmp_path, "title: A\n")
    assert (made.description, made.description_field) == ("It begins.", "")


@pytest.mark.parametrize(
    ("head", "picture", "field"),
    [
        ("image: a.png\n", "a.png", "image"),
        ("images: [a.png, b.png]\n", "a.png", "images"),
        ("cover:\n  image: a.png\n  alt: x\n", "a.png", "cover.image"),
        ("featured-image: a.png\n", "a.png", "featured-image"),
        ("params:\n  image: a.png\n", "a.png", "params.image"),
        ("image:\n  path: /a.png\nheader:\n  teaser: b.png\n", "/a.png", "image.path"),
        ("image: ''\nthumbnail: t.png\n", "t.png", "thumbnail"),
        ("title: none\n", "", ""),
    ],
)
def test_pictures_are_found_in_the_usual_fields(tmp_path, head, picture, field):
    made = card(tmp_path, head)
    assert (made.picture, made.picture_field) == (picture, field)


def test_what_is_long_is_cut_at_a_word():
    assert shortened("short", 60) == "short"
    cut = shortened("one two three, four five", 16)
    assert cut == "one two three …"
    assert shortened("x" * 100, 10) == "x" * 9 + " …"


def test_words_of_html_are_those_that_are_read():
    html = "<h2>No</h2><p>One<b>two</b> &amp; three</p><ul><li>four</li></ul><script>no</script><!-- no -->"
    assert words_of(html) == "Onetwo & three four"
