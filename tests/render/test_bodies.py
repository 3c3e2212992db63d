"""Where the body begins, by the rule of each generator."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown import Markdown

from editor.render.python_markdown import front_matter

BODIES = [
    ("fenced", "---\ntitle: x\n---\nBody\n", "Body\n"),
    ("fenced", "---\n---\nBody\n", "Body\n"),
    ("fenced", "---\ntitle: x\n---", ""),
    ("fenced", "---json\n{}\n---\nBody\n", "Body\n"),
    ("fenced", "\ufeff\ufeff+++\ntitle = 'x'\n# +++ no fence\n+++\n\nBody\n", "Body\n"),
    ("fenced", '{"title": "}", "a": {}}\n\nBody\n', "Body\n"),
    ("fenced", ';;;\n"title": "x"\n;;;\nBody\n', "Body\n"),
    ("fenced", "---\nno end\n", "---\nno end\n"),
    ("fenced", "{: .lead}\n", "{: .lead}\n"),
    ("fenced", "title: x\n---\nBody\n", "title: x\n---\nBody\n"),
    ("hexo", "title: x\n---\nBody\n", "Body\n"),
    ("hexo", "Heading\n---\nBody\n", "Heading\n---\nBody\n"),
    ("lines", "Title: x\n    more\nDate: y\n\nBody\n", "Body\n"),
    ("lines", "---\nTitle: x\n---\nBody\n", "Body\n"),
    ("lines", "Body: of\n", ""),
    ("lines", "+++\nBody\n", "+++\nBody\n"),
    ("nikola", "<!--\n.. title: x\n-->\n\nBody\n", "Body\n"),
    ("nikola", ".. title: x\n\nBody\n", "Body\n"),
    ("nikola", "Title: x\n\nBody\n", "Title: x\n\nBody\n"),
    ("nikola-lines", "Title: x\n\nBody\n", "Body\n"),
]


@pytest.mark.parametrize(("rule", "text", "body"), BODIES)
def test_the_body_is_what_the_generator_takes_for_it(rule, text, body):
    assert front_matter.other_body(text, rule) == body


@given(st.lists(st.sampled_from(["a: b", "", "---", "...", "    c", "d", " e: f", "--- x"])).map("\n".join))
def test_lines_are_those_of_the_extension_meta(text):
    body = front_matter.other_body(text, "lines")
    assert Markdown().convert(body) == Markdown(extensions=["meta"]).convert(text)
