"""What is said of changed files in a few words."""

from editor.git.repository import State
from editor.ui.commit.words import details, push_hint
from tests.ui.commit.conftest import POST


def test_what_the_numbers_count_is_said_in_sentences(blog):
    blog.write("posts/one.md", POST.replace(b"true", b"false").replace(b"First words.", b"Other\nwords."))
    blog.write("posts/two.md", b"")
    blog.write("posts/new.md", b"# New\n")
    files = blog.files(before={"posts/one.md": POST})
    assert details(files["one.md"]) == (
        "1 field of the front matter differs. The text has 1 change (2 changed lines)."
    )
    assert details(files["new.md"]) == ""


def test_where_a_push_would_be_refused_the_hint_says_so():
    state = State("main", "a" * 40, upstream="origin/main", remotes=("origin",), ahead=1)
    assert push_hint(state) == "Push to origin/main"
    behind = State("main", "a" * 40, upstream="origin/main", remotes=("origin",), ahead=1, behind=2)
    assert "pull first" in push_hint(behind)
