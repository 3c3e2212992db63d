import pytest

from editor.site.content_types.learning import learn, observe
from editor.site.content_types.outliers import Slips, is_one_slip, outliers
from editor.site.find import open_site
from editor.site.generators.material_fields import post_type
from editor.site.index import PostIndex


def slips_in(values, others, content_type=None):
    from pathlib import Path

    slips = Slips(learn([*others, values]), content_type)
    return [(found.key, found.code, found.instead) for found in slips.outliers(Path("a.md"), observe(values))]


POSTS = [
    {"title": f"T{n}", "category": "news", "tags": ["python", "Machine Learning", "tips"], "draft": True}
    for n in range(20)
]


@pytest.mark.parametrize(
    ("values", "found"),
    [
        ({"title": "T", "ategory": "news"}, [("ategory", "misspelt-key", "category")]),
        ({"title": "T", "Category": "news"}, [("Category", "misspelt-key", "category")]),
        ({"title": "T", "tag": ["python"]}, [("tag", "misspelt-key", "tags")]),
        ({"title": "T", "catgeory": "news"}, [("catgeory", "misspelt-key", "category")]),
        ({"ategory": "a", "category": "news"}, []),  # it has the right one as well
        ({"title": "T", "series": "x"}, []),
        ({"tags": "python"}, [("tags", "other-kind", "")]),
        ({"draft": "yes"}, [("draft", "other-kind", "")]),
        ({"title": 2024}, []),
        ({"title": ["a"]}, [("title", "other-kind", "")]),
        ({"tags": []}, []),
        ({"category": None}, []),
        ({"tags": ["Python"]}, [("tags", "misspelt-value", "python")]),
        ({"tags": ["machine-learning"]}, [("tags", "misspelt-value", "Machine Learning")]),
        ({"tags": ["pyhton", "pythn"]}, [("tags", "misspelt-value", "python")] * 2),
        ({"tags": ["tops"]}, []),  # too short to tell
        ({"tags": ["pythons2"]}, []),
        ({"tags": ["rust"]}, []),
    ],
)
def test_a_slip_is_told_from_something_new(values, found):
    assert slips_in(values, POSTS) == found


def test_what_the_generator_knows_is_not_misspelt():
    values = {"title": "T", "slugs": "x"}
    others = [{"title": "T", "slugs": "x"}] * 20
    assert slips_in({"slug": "x"}, others) == [("slug", "misspelt-key", "slugs")]
    assert slips_in({"slug": "x"}, others, post_type()) == []
    assert slips_in(values, others) == []


def test_two_of_a_kind_are_no_habit():
    assert slips_in({"tags": "python"}, POSTS[:5]) == []
    assert slips_in({"ategory": "news"}, POSTS[:5]) == []


def test_versions_are_not_slips():
    others = [{"tags": ["version 1", "python3"]}] * 20
    assert slips_in({"tags": ["version 2", "python2"]}, others) == []


def test_all_posts_of_a_site(tmp_path, write):
    header = "---\ntitle: T{n}\ncategory: news\ntags: [python]\n---\n"
    write(tmp_path, {f"{n}.md": header.replace("{n}", str(n)) for n in range(10)})
    write(tmp_path, {"odd.md": "---\ntitle: Odd\nategory: news\ntags: Python\n---\n"})
    index = PostIndex(open_site(tmp_path))
    index.refresh()
    found = outliers(index)
    assert {(slip.path.name, slip.key, slip.code) for slip in found} == {
        ("odd.md", "ategory", "misspelt-key"),
        ("odd.md", "tags", "other-kind"),
        ("odd.md", "tags", "misspelt-value"),
    }
    assert {slip.why for slip in found if slip.key == "ategory"} == {
        "“ategory” is not used elsewhere, “category” in 10 posts: is that meant?"
    }


@pytest.mark.parametrize(
    ("one", "other", "slip"),
    [
        ("abc", "abd", True),
        ("abc", "acb", True),
        ("abc", "abcd", True),
        ("bc", "abc", True),
        ("abc", "abc", False),
        ("abc", "cba", False),
        ("abcd", "ab", False),
        ("", "a", True),
        ("abc", "bca", False),
    ],
)
def test_one_slip(one, other, slip):
    assert is_one_slip(one, other) is slip
    assert is_one_slip(other, one) is slip
