from editor.site.find import open_site
from editor.site.index import PostIndex
from editor.ui.form.facts import FormFacts
from editor.ui.form.rows import all_suggestions, row_states
from editor.ui.form_facts import completions


def test_the_form_of_a_plain_folder_is_that_of_its_posts(tmp_path):
    from editor.post.front_matter import read

    for number in range(12):
        mood, place = ("happy", "sad")[number % 2], ("Bonn", "Köln", f"P{number}")[number % 3]
        text = f"---\ntitle: T{number}\nmood: {mood}\nplaces: [{place}]\nstars: {number}\n---\n"
        (tmp_path / f"{number}.md").write_text(text, "utf-8")
    index = PostIndex(open_site(tmp_path))
    posts = index.refresh()
    suggestions = completions(posts, index.learned)
    content_type = index.site.content_type_of(tmp_path / "0.md", {}, index.learned)
    facts = FormFacts(completions=suggestions)
    rows = {row.field.key: row for row in row_states(read("---\ntitle: New\n---\n"), content_type, facts)}
    assert [(key, row.field.kind) for key, row in rows.items()] == [
        ("title", "text"),
        ("draft", "switch"),
        ("mood", "choice"),
        ("places", "list"),
        ("stars", "integer"),
    ]
    assert [(entry.value, entry.count) for entry in rows["places"].suggestions][:2] == [
        ("Bonn", 4),
        ("Köln", 4),
    ]
    assert [(entry.value, entry.count) for entry in rows["mood"].suggestions] == [("happy", 6), ("sad", 6)]
    assert all(not row.problems for row in rows.values())


def test_words_that_a_site_suggests_come_with_those_of_its_posts(tmp_path):
    own = '[types.post.fields]\nplaces = {kind = "list", suggestions = ["Bonn", "Ulm"]}\n'
    (tmp_path / "copydesk.toml").write_text(own, "utf-8")
    content_type = open_site(tmp_path).content_type_of(None)
    facts = FormFacts(completions={"places": {"Köln": 2}})
    offered = all_suggestions(content_type, facts)["places"]
    assert [(entry.value, entry.count) for entry in offered] == [("Köln", 2), ("Bonn", 0), ("Ulm", 0)]
