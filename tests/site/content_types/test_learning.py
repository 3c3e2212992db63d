import datetime
import time

import pytest

from editor.site.content_types.learning import Learned, learn, observe
from editor.site.find import open_site
from editor.site.index import PostIndex

DAY = datetime.date(2024, 1, 31)


def kind_of(*values) -> str:
    return learn({"key": value} for value in values).keys["key"].kind


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        ([True, False, True], "switch"),
        ([1, 2], "integer"),
        ([1, 2.5, 3], "number"),
        ([DAY, datetime.datetime(2024, 1, 31, 9)], "date"),
        (["2024-01-31", "2024-01-31 09:05:00 +0200"], "date"),
        ([DAY, {"created": DAY, "updated": DAY}], "date"),
        (["2024-01-31-a-slug", "one"], "text"),
        (["words", "other words"], "text"),
        (["words " * 30, "more " * 40, "short"], "long_text"),
        (["two\nlines", "three\nof\nthem"], "long_text"),
        ([["a"], ["b", 5]], "list"),
        ([[], []], "list"),
        ([["a"], [], None, ""], "list"),
        ([{"a": 1}, {"b": 2}], "map"),
        ([[{"a": 1}], [{"b": 2}]], "raw"),
        ([5, "words", {"a": 1}], "raw"),
        ([None, ""], "text"),
        ([1, 2, 3, "4"], "integer"),  # one of four is a slip
        ([True, 1, "x", DAY], "raw"),
    ],
)
def test_the_kind_is_what_nearly_all_values_have(values, kind):
    assert kind_of(*values) == kind


def test_one_word_or_a_list_of_them():
    found = learn([{"tags": [f"a{n}"]} for n in range(6)] + [{"tags": f"b{n}"} for n in range(6)]).keys[
        "tags"
    ]
    assert (found.kind, found.options["scalar"]) == ("list", True)


def test_a_closed_vocabulary_is_recognised():
    posts = [
        {"status": ("open", "done")[n % 2], "title": f"T{n}", "tags": [("x", "y")[n % 2]]} for n in range(12)
    ]
    keys = learn(posts).keys
    assert (keys["status"].kind, keys["status"].choices) == ("choice", ("open", "done"))
    assert (keys["tags"].kind, set(keys["tags"].choices)) == ("choices", {"x", "y"})
    assert keys["title"].choices == ()


def test_an_open_vocabulary_is_counted():
    posts = [{"tags": ["common", f"rare {n}"], "author": "Ada" if n % 3 else f"Guest {n}"} for n in range(20)]
    learned = learn(posts)
    assert learned.keys["tags"].kind == "list"
    assert learned.vocabularies["tags"]["common"] == 20
    assert learned.keys["author"].kind == "text"
    assert learned.vocabularies["author"]["Ada"] == 13
    assert "title" not in learn({"title": f"T{n}"} for n in range(20)).vocabularies


def test_habits_are_usual_keys_in_their_order():
    posts = [{"title": "T", "date": DAY, "layout": "post"}] * 9 + [{"title": "T", "rare": 1, "date": DAY}]
    learned = learn(posts)
    assert [key for key, found in learned.keys.items() if found.usual] == ["title", "date", "layout"]
    assert "rare" not in [field.key for field in learned.fields]
    assert [field.key for field in learned.fields if field.core] == ["title", "date", "layout"]


def test_styles_are_seen_in_the_text():
    header = '---\ndate: 2024-01-31 09:05\ntags: [a, b]\nauthors:\n  - x\nnames:\n- y\n"quoted": "2024-01-31"\n---\n'
    values = {
        "date": "2024-01-31 09:05",
        "tags": ["a"],
        "authors": ["x"],
        "names": ["y"],
        "quoted": "2024-01-31",
    }
    assert {seen.key: seen.style for seen in observe(values, header)} == {
        "date": "0000-00-00 00:00",
        "tags": "flow",
        "authors": "block",
        "names": "block",
        "quoted": "0000-00-00",
    }
    toml = observe({"tags": ["a"], "date": DAY}, "+++\ntags = ['a']\ndate = 2024-01-31\n+++\n")
    assert [seen.style for seen in toml] == ["flow", "0000-00-00"]


def test_inside_maps_one_level():
    learned = learn([{"params": {"color": "red", "deep": {"er": 1}}}] * 3)
    assert {key: found.kind for key, found in learned.keys.items()} == {
        "params": "map",
        "params.color": "text",
        "params.deep": "map",
    }


def test_odd_values_are_no_matter():
    circle: dict = {"a": 1}
    circle["created"] = circle
    endless: list = []
    endless.append(endless)
    values = {
        "map": circle,
        "list": endless,
        5: "number",
        None: "none",
        "big": "x" * 1_000_000,
        "tuple": (1, 2),
    }
    learned = learn([values, {}])
    assert learned.posts == 1
    assert learned.keys["5"].kind == "text"
    assert learn([]) == Learned()


def test_the_index_learns_what_has_changed(tmp_path, write):
    write(tmp_path, {f"{n}.md": f"---\ntitle: T{n}\nmood: happy\n---\n" for n in range(10)})
    index = PostIndex(open_site(tmp_path))
    assert index.learned == Learned()
    index.refresh()
    first = index.learned
    assert first.keys["mood"].choices == ("happy",)
    index.refresh()
    assert index.learned is first
    write(
        tmp_path, {"3.md": "---\ntitle: T3\nmood: [sad, sorry]\n---\n", "new.md": "---\nmood: happy\n---\n"}
    )
    (tmp_path / "4.md").unlink()
    index.refresh()
    assert (index.learned.posts, index.learned.keys["mood"].shapes) == (10, {"text": 9, "list": 1})


def test_a_refresh_that_was_cancelled_is_made_up_for(tmp_path, write):
    write(tmp_path, {f"{n}.md": "---\nmood: happy\n---\n" for n in range(4)})
    index = PostIndex(open_site(tmp_path))
    index.refresh(cancelled=lambda: bool(list(index.observed())))
    assert index.learned == Learned()
    index.refresh()
    assert index.learned.posts == 4


def test_a_thousand_posts_are_added_up_at_once():
    from editor.site.content_types.learning import add_up

    observed = [
        observe(
            {
                "title": f"T {n}",
                "date": DAY,
                "tags": [f"t{n % 300}", "all"],
                "layout": "post",
                "w": n,
                "x": True,
            }
        )
        for n in range(1000)
    ]
    started = time.process_time()
    assert add_up(observed).posts == 1000
    # It takes about 15 ms of the processor, which others do not lengthen; ten times that is for a slow one.
    assert time.process_time() - started < 0.15


def test_folders_have_habits_of_their_own(tmp_path, write):
    posts = {
        f"content/blog/{n}.md": f"---\ntitle: B\ntags: [a{n}, b]\nbanner: {n}.png\n---\n" for n in range(6)
    }
    notes = {f"content/notes/{n}.md": "---\ntitle: N\nmood: good\ntags: [c, b]\n---\n" for n in range(6)}
    few = {"content/few/1.md": "---\ntitle: F\nrare: 1\n---\n", "content/top.md": "---\ntitle: T\n---\n"}
    folder = write(tmp_path, {"hugo.toml": "", **posts, **notes, **few})
    index = PostIndex(open_site(folder))
    index.refresh()
    site, learned = index.site, index.learned

    def shown(path):
        return {field.key for field in site.content_type_of(folder / path, {}, learned).fields if field.core}

    assert {"banner", "tags"} <= shown("content/blog/1.md")
    assert "mood" not in shown("content/blog/1.md")
    assert {"mood", "tags"} <= shown("content/notes/new.md")
    assert "banner" not in shown("content/notes/new.md")
    # A folder with few posts goes with all of them, and what tags there are is the same everywhere.
    assert learned.of("content/few/1.md") is learned.of("content/top.md") is learned
    assert set(learned.of("content/notes/1.md").vocabularies["tags"]) == set(learned.vocabularies["tags"])


@pytest.mark.parametrize(
    ("path", "folder"),
    [
        ("content/blog/a.md", "content/blog"),
        ("content/blog/deep/a.md", "content/blog"),
        ("content/a.md", "content"),
        ("content/bundle/index.md", "content"),
        ("content/bundle/index.de.md", "content"),
        ("content/blog/bundle/index.md", "content/blog"),
        ("content/2024/a.md", "content"),
        ("elsewhere/a.md", "elsewhere"),
        ("a.md", "."),
    ],
)
def test_the_folder_that_a_post_shares_habits_with(tmp_path, write, path, folder):
    site = open_site(write(tmp_path, {"hugo.toml": "", path: "Text.\n"}))
    assert site.content_folder(tmp_path / path) == folder
